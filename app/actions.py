"""Every menu entry and every shortcut, in one table; what the artist has bound otherwise is in the settings."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from app.action_rules import (
    can_accept,
    can_replace,
    choose,
    clip_loops,
    frame,
    has_clip,
    has_clips,
    has_jobs,
    has_layer,
    has_picture,
    has_region,
    has_variants,
    is_staged,
    label,
    labelled,
    on_clip,
    on_layer,
    panel,
    playback,
    switch,
    tool,
    zoom_to,
)
from app.session import Session
from app.session.layer_commands import LayerCommands
from app.session.playback import Playback
from app.session.values import LABELS
from app.translation import tr

MENUS = {
    "File": tr("File"), "Edit": tr("Edit"), "View": tr("View"), "Paint": tr("Paint"), "Time": tr("Time"),
    "Layer": tr("Layer"), "Window": tr("Window"), "Help": tr("Help"),
}  # fmt: skip
LABEL_NAMES = {
    "red": tr("Red"), "orange": tr("Orange"), "yellow": tr("Yellow"), "green": tr("Green"), "blue": tr("Blue"),
    "violet": tr("Violet"), "grey": tr("Grey"),
}  # fmt: skip
INNER_MENUS = {
    "Ground": tr("Ground"), "Frame beside the Picture": tr("Frame beside the Picture"),
    "Extend without End": tr("Extend without End"), "Do Not Take from Here": tr("Do Not Take from Here"),
    "Tools": tr("Tools"), "Brush": tr("Brush"), "Clip": tr("Clip"), "Colour Label": tr("Colour Label"),
    "Colours": tr("Colours"),
}  # fmt: skip


@dataclass(frozen=True)
class Action:
    """One thing that the artist can ask for.

    menu: "Paint", "Paint/Tools" for a menu in the menu. enabled: whether there is anything to do it to.
    checkable: a key of the settings that it turns on and off, or turns to `value`; checked: the same for what is no
    setting. canvas: its keys mean this only while the canvas has the keyboard, so that arrows, Enter and Delete keep
    their sense in panels; letters mean the same wherever no text is typed. rule: a line above it.
    """

    id: str
    text: str
    menu: str
    keys: tuple[str, ...]
    run: Callable[[Any], object]  # is given the window, whose parts look keys up in this table themselves
    enabled: Callable[[Session], bool] | None = None
    checkable: str = ""
    value: Any = None
    checked: Callable[[Session], bool] | None = None
    canvas: bool = False
    rule: bool = False


ACTIONS: tuple[Action, ...] = (
    Action("new", tr("New"), "File", ("Ctrl+N",), lambda w: w.files.new()),
    Action("open", tr("Open…"), "File", ("Ctrl+O",), lambda w: w.files.choose_and_open()),
    Action("unnamed", tr("Unnamed Documents…"), "File", (), lambda w: w.files.show_recoverable()),
    Action("place", tr("Place Picture…"), "File", ("Ctrl+I",), lambda w: w.files.choose_and_place(), rule=True),
    Action("save", tr("Save"), "File", ("Ctrl+S",), lambda w: w.files.save(), rule=True),
    Action("save_as", tr("Save As…"), "File", ("Ctrl+Shift+S",), lambda w: w.files.save_as()),
    Action("save_copy", tr("Save a Copy…"), "File", (), lambda w: w.files.save_copy()),
    Action("export", tr("Export…"), "File", ("Ctrl+Shift+E",), lambda w: w.files.export(), has_picture, rule=True),
    Action("export_film", tr("Export Film…"), "File", ("Ctrl+Alt+E",), lambda w: w.files.export_film(), has_clips),
    Action("close", tr("Close Document"), "File", ("Ctrl+W",), lambda w: w.files.new(), rule=True),
    Action("quit", tr("Quit"), "File", ("Ctrl+Q",), lambda w: w.close()),
    Action(
        "undo", tr("Undo"), "Edit", ("Ctrl+Z",), lambda w: w.session.undo(),
        lambda s: bool(s.document.history.undo_name),
    ),
    Action(
        "redo", tr("Redo"), "Edit", ("Ctrl+Shift+Z", "Ctrl+Y"), lambda w: w.session.redo(),
        lambda s: bool(s.document.history.redo_name),
    ),
    Action(
        "forget_history", tr("Forget History…"), "Edit", (), lambda w: w.commands.forget_history(),
        lambda s: not s.document.bounds.empty or bool(s.document.history.entries()),
    ),
    Action("copy", tr("Copy Picture"), "Edit", ("Ctrl+C",), lambda w: w.commands.copy(), has_picture, rule=True),
    Action("paste", tr("Paste"), "Edit", ("Ctrl+V",), lambda w: w.commands.paste()),
    Action(
        "delete", tr("Delete"), "Edit", ("Del",), lambda w: w.commands.delete(),
        lambda s: has_layer(s) or (has_region(s) and has_picture(s)), canvas=True, rule=True,
    ),
    Action(
        "erase_region", tr("Erase in Region"), "Edit", ("Shift+Del",), lambda w: w.session.painting.erase_region(),
        lambda s: has_region(s) and has_layer(s), canvas=True,
    ),
    Action("settings", tr("Settings…"), "Edit", ("Ctrl+,",), lambda w: w.commands.show_settings(), rule=True),
    Action("shortcuts", tr("Shortcuts…"), "Edit", ("Ctrl+/",), lambda w: w.commands.show_shortcuts()),
    Action("zoom_in", tr("Zoom In"), "View", ("Ctrl++", "Ctrl+="), lambda w: w.view.zoom(1.5, None)),
    Action("zoom_out", tr("Zoom Out"), "View", ("Ctrl+-",), lambda w: w.view.zoom(1 / 1.5, None)),
    Action("fit", tr("Fit Picture"), "View", ("Ctrl+0",), lambda w: w.view.fit()),
    Action("fit_region", tr("Fit Region"), "View", ("Ctrl+9",), lambda w: w.commands.fit_region(), has_region),
    Action("zoom_100", "100 %", "View", ("Ctrl+1",), zoom_to(1.0), rule=True),
    Action("zoom_200", "200 %", "View", ("Ctrl+2",), zoom_to(2.0)),
    Action("zoom_400", "400 %", "View", ("Ctrl+3",), zoom_to(4.0)),
    Action("zoom_800", "800 %", "View", ("Ctrl+4",), zoom_to(8.0)),
    Action("rulers", tr("Rulers"), "View", ("Ctrl+R",), switch("rulers"), checkable="rulers", rule=True),
    Action("grid", tr("Patch Grid"), "View", ("Ctrl+G",), switch("grid"), checkable="grid"),
    Action("minimap", tr("Minimap"), "View", ("Ctrl+M",), switch("minimap"), checkable="minimap"),
    Action("doubt", tr("Doubt Map"), "View", ("Ctrl+D",), switch("doubt"), checkable="doubt"),
    Action(
        "paper", tr("Paper"), "View/Ground", (), choose("ground", "paper"), checkable="ground", value="paper",
        rule=True,
    ),
    Action(
        "checker", tr("Checkerboard"), "View/Ground", (), choose("ground", "checker"), checkable="ground",
        value="checker",
    ),
    Action("snap", tr("Snap to 16 px"), "View", ("Ctrl+;",), switch("snap"), checkable="snap"),
    Action(
        "paint", tr("Paint Region"), "Paint", ("Ctrl+Return", "Ctrl+Enter"), lambda w: w.session.painting.paint(),
        has_region,
    ),
    Action(
        "paint_front", tr("Paint Region First"), "Paint", ("Ctrl+Shift+Return", "Ctrl+Shift+Enter"),
        lambda w: w.session.painting.paint(front=True), has_region,
    ),
    Action(
        "replace_region", tr("Replace Region"), "Paint", (), lambda w: w.session.painting.paint(anew=True),
        can_replace,
    ),
    Action("pause", tr("Pause or Go On"), "Paint", ("Ctrl+P",), lambda w: w.commands.pause_or_resume(), has_jobs),
    Action(
        "frame_right", tr("To the Right"), "Paint/Frame beside the Picture", ("Ctrl+Shift+Right",), frame(1, 0),
        rule=True,
    ),
    Action("frame_left", tr("To the Left"), "Paint/Frame beside the Picture", ("Ctrl+Shift+Left",), frame(-1, 0)),
    Action("frame_up", tr("Above"), "Paint/Frame beside the Picture", ("Ctrl+Shift+Up",), frame(0, -1)),
    Action("frame_down", tr("Below"), "Paint/Frame beside the Picture", ("Ctrl+Shift+Down",), frame(0, 1)),
    Action(
        "auto_extend_right", tr("To the Right"), "Paint/Extend without End", ("Ctrl+Shift+End",),
        lambda w: w.extend_without_end(1), has_picture,
    ),
    Action(
        "auto_extend_left", tr("To the Left"), "Paint/Extend without End", ("Ctrl+Shift+Home",),
        lambda w: w.extend_without_end(-1),
        has_picture,
    ),
    Action(
        "wrap", tr("A Panorama: Its Right End Meets Its Left"), "Paint", (),
        lambda w: w.session.set_options(wrap=not w.session.options.wrap), checked=lambda s: s.options.wrap,
    ),
    Action(
        "no_region", tr("Remove Frame"), "Paint", ("Ctrl+Shift+A",), lambda w: w.session.set_region(None),
        has_region,
    ),
    Action(
        "previous", tr("Previous Variant"), "Paint", ("Left",), lambda w: w.session.staging.next_variant(-1),
        has_variants,
        canvas=True, rule=True,
    ),
    Action(
        "next", tr("Next Variant"), "Paint", ("Right",), lambda w: w.session.staging.next_variant(1), has_variants,
        canvas=True,
    ),
    Action(
        "accept", tr("Accept"), "Paint", ("Return", "Enter"), lambda w: w.commands.accept(), can_accept, canvas=True,
    ),
    Action("discard", tr("Discard"), "Paint", ("Esc",), lambda w: w.commands.discard(), is_staged, canvas=True),
    Action(
        "compare", tr("Variants Side by Side"), "Paint", ("G",), lambda w: w.variants.toggle(),
        lambda s: s.staging.current is not None and len(s.staging.current.jobs) > 1,
    ),
    Action(
        "one_more", tr("One More Variant"), "Paint", ("+",), lambda w: w.session.staging.one_more(), is_staged,
        canvas=True,
    ),
    Action("reroll", tr("Paint One Patch Again"), "Paint", ("Shift+R",), lambda w: w.commands.pick_patch(), is_staged),
    Action(
        "bring_back", tr("Restore Discarded Variants"), "Paint", ("Ctrl+B",),
        lambda w: w.session.staging.bring_back(),
    ),
    Action(
        "propose_marks", tr("Propose Marks"), "Paint/Do Not Take from Here", (), lambda w: w.session.marks.propose(),
        has_picture, rule=True,
    ),
    Action(
        "clear_marks", tr("Take from Everywhere Again"), "Paint/Do Not Take from Here", (),
        lambda w: w.session.marks.clear(), lambda s: s.marks.any,
    ),
    Action("move", tr("Move"), "Paint/Tools", ("V",), tool("move"), rule=True),
    Action("region", tr("Region"), "Paint/Tools", ("C",), tool("region")),
    Action("lasso", tr("Lasso"), "Paint/Tools", ("L",), tool("lasso")),
    Action("region_brush", tr("Region Brush"), "Paint/Tools", ("R",), tool("region_brush")),
    Action("not_from", tr("Do Not Take from Here"), "Paint/Tools", ("N",), tool("not_from")),
    Action("brush", tr("Brush"), "Paint/Tools", ("B",), tool("brush")),
    Action("eraser", tr("Eraser"), "Paint/Tools", ("E",), tool("eraser")),
    Action("eyedropper", tr("Eyedropper"), "Paint/Tools", ("I",), tool("eyedropper")),
    Action("hand", tr("Hand"), "Paint/Tools", ("H",), tool("hand")),
    Action("smaller", tr("Smaller Brush"), "Paint/Brush", ("[",), lambda w: w.hands.smaller()),
    Action("larger", tr("Larger Brush"), "Paint/Brush", ("]",), lambda w: w.hands.larger()),
    Action("swap", tr("Swap Colours"), "Paint/Brush", ("X",), lambda w: w.hands.swap_colours()),
    Action("default", tr("Black and White"), "Paint/Brush", ("D",), lambda w: w.hands.default_colours()),
    Action("make_clip", tr("Make a Clip"), "Time", ("Ctrl+T",), lambda w: w.timeline.make_clip(), has_layer),
    Action("animate", tr("Animate"), "Time", ("Ctrl+Alt+Return",), lambda w: w.timeline.animate(), has_clip),
    Action("play", tr("Play or Pause"), "Time", ("Shift+Space",), playback(Playback.toggle), has_clips, rule=True),
    Action("frame_back", tr("One Frame Back"), "Time", (",",), playback(lambda p: p.step(-1)), has_clips),
    Action("frame_on", tr("One Frame On"), "Time", (".",), playback(lambda p: p.step(1)), has_clips),
    Action("frame_first", tr("First Frame"), "Time", ("Ctrl+Home",), playback(lambda p: p.seek(0)), has_clips),
    Action("frame_last", tr("Last Frame"), "Time", ("Ctrl+End",), playback(Playback.to_end), has_clips),
    Action(
        "loop", tr("Loop Playback"), "Time", (), playback(Playback.turn_loop),
        checked=lambda s: s.timeline.playback.loop, rule=True,
    ),
    Action(
        "onion", tr("Onion Skin"), "Time", ("Alt+O",), playback(Playback.turn_onion),
        checked=lambda s: s.timeline.playback.onion,
    ),
    Action("keyframe", tr("Keyframe…"), "Time", ("Shift+K",), lambda w: w.timeline.edit_words(), has_clip, rule=True),
    Action(
        "keyframe_delete", tr("Remove Keyframe"), "Time", ("Ctrl+Shift+K",),
        lambda w: w.timeline.delete_keyframe(), has_clip,
    ),
    Action("clip_rename", tr("Rename…"), "Time/Clip", (), lambda w: w.timeline.edit_name(), has_clip, rule=True),
    Action(
        "clip_split", tr("Split at the Playhead"), "Time/Clip", ("Ctrl+K",), lambda w: w.timeline.split(), has_clip,
    ),
    Action(
        "clip_copy", tr("Duplicate"), "Time/Clip", ("Ctrl+Shift+J",),
        on_clip(lambda edits, clip: edits.copy(clip.id, clip.end, clip.track)), has_clip,
    ),
    Action(
        "clip_longer", tr("Longer by 10 Frames"), "Time/Clip", ("Ctrl+Shift+L",),
        on_clip(lambda edits, clip: edits.extend(clip.id, clip.length + 10)), has_clip,
    ),
    Action(
        "clip_begin", tr("Begin at the Playhead"), "Time/Clip", ("Alt+[",), lambda w: w.timeline.trim(True), has_clip,
    ),
    Action("clip_end", tr("End at the Playhead"), "Time/Clip", ("Alt+]",), lambda w: w.timeline.trim(False), has_clip),
    Action(
        "clip_region", tr("Move Only the Region"), "Time/Clip", (), lambda w: w.timeline.take_region(),
        lambda s: has_clip(s) and has_region(s),
    ),
    Action(
        "clip_loop", tr("Seamless Loop"), "Time/Clip", (),
        on_clip(lambda edits, clip: edits.set_loop(clip.id, not clip.loop)), has_clip, checked=clip_loops,
    ),
    Action(
        "clip_swap", tr("Replace Still with Chosen Layer"), "Time/Clip", (),
        on_clip(lambda edits, clip: edits.swap_still(clip.id)), has_clip,
    ),
    Action(
        "clip_delete", tr("Delete"), "Time/Clip", (), on_clip(lambda edits, clip: edits.delete(clip.id)), has_clip,
        rule=True,
    ),
    Action("layer_new", tr("New Layer"), "Layer", ("Ctrl+Shift+N",), lambda w: w.session.layers.add_layer()),
    Action("layer_duplicate", tr("Duplicate"), "Layer", ("Ctrl+J",), lambda w: w.commands.duplicate(), has_layer),
    Action("layer_delete", tr("Delete"), "Layer", (), lambda w: w.commands.delete_layer(), has_layer),
    Action(
        "layer_shape", tr("Scale, Turn, Cut…"), "Layer", ("Ctrl+Shift+T",), lambda w: w.commands.show_shape(),
        has_layer,
        rule=True,
    ),
    Action("mirror_across", tr("Mirror Sideways"), "Layer", (), on_layer(LayerCommands.mirror), has_layer),
    Action(
        "mirror_down", tr("Mirror Upside Down"), "Layer", (), on_layer(lambda layers, n: layers.mirror(n, True)),
        has_layer,
    ),
    Action(
        "turn_right", tr("Turn to the Right"), "Layer", (), on_layer(lambda layers, n: layers.turn(n, 90)), has_layer,
    ),
    Action(
        "turn_left", tr("Turn to the Left"), "Layer", (), on_layer(lambda layers, n: layers.turn(n, -90)), has_layer,
    ),
    Action(
        "cut_to_region", tr("Cut to Region"), "Layer", (), lambda w: w.commands.cut_to_region(),
        lambda s: has_layer(s) and has_region(s),
    ),
    Action(
        "merge_down", tr("Merge Down"), "Layer", ("Ctrl+E",), on_layer(LayerCommands.merge_down), has_layer, rule=True,
    ),
    Action("flatten", tr("Flatten Visible"), "Layer", (), lambda w: w.session.layers.flatten(), has_picture),
    Action("layer_up", tr("Move Up"), "Layer", ("Ctrl+]",), lambda w: w.commands.reorder(1), has_layer, rule=True),
    Action("layer_down", tr("Move Down"), "Layer", ("Ctrl+[",), lambda w: w.commands.reorder(-1), has_layer),
    Action(
        "layer_above", tr("Select Layer Above"), "Layer", ("Alt+PgUp",), lambda w: w.commands.choose(1), has_layer,
    ),
    Action(
        "layer_below", tr("Select Layer Below"), "Layer", ("Alt+PgDown",), lambda w: w.commands.choose(-1),
        has_layer,
    ),
    Action(
        "layer_show", tr("Show or Hide"), "Layer", ("Ctrl+H",), lambda w: w.commands.show_or_hide(), has_layer,
        rule=True,
    ),
    Action("layer_lock", tr("Lock or Unlock"), "Layer", ("Ctrl+L",), lambda w: w.commands.lock_or_unlock(), has_layer),
    Action("label_none", tr("None"), "Layer/Colour Label", (), label(""), has_layer, checked=labelled("")),
    *(
        Action(f"label_{name}", LABEL_NAMES[name], "Layer/Colour Label", (), label(name), has_layer,
               checked=labelled(name))
        for name in LABELS
    ),
    Action("panel_layers", tr("Layers"), "Window", ("F3",), panel("layers")),
    Action("panel_paint", tr("Paint"), "Window", ("F4",), panel("paint")),
    Action("panel_history", tr("History"), "Window", ("F5",), panel("history")),
    Action("panel_queue", tr("Queue"), "Window", ("F6",), panel("queue")),
    Action("panel_references", tr("Pictures That Are Painted From"), "Window", (), panel("references")),
    Action("panel_recipe", tr("Recipe under the Pointer"), "Window", ("F7",), panel("recipe")),
    Action("panel_models", tr("Models and Device"), "Window", ("F8",), panel("models")),
    Action("panel_study", tr("Study"), "Window", ("Shift+F8",), panel("study")),
    Action("panel_timeline", tr("Timeline"), "Window", ("F10",), panel("timeline")),
    Action("panels", tr("Hide All Panels"), "Window", ("F9",), lambda w: w.docks.show_or_hide_all(), rule=True),
    Action("layout", tr("Reset Layout"), "Window", (), lambda w: w.docks.reset()),
    Action("full_screen", tr("Full Screen"), "Window", ("F11",), lambda w: w.full_screen()),
    Action(
        "dark", tr("Dark"), "Window/Colours", (), choose("theme", "dark"), checkable="theme", value="dark", rule=True,
    ),
    Action("light", tr("Light"), "Window/Colours", (), choose("theme", "light"), checkable="theme", value="light"),
    Action(
        "system", tr("Follow System"), "Window/Colours", (), choose("theme", "system"), checkable="theme",
        value="system",
    ),
    Action("manual", tr("Manual"), "Help", ("F1",), lambda w: w.commands.show_manual()),
    Action("welcome", tr("Welcome Picture"), "Help", (), lambda w: w.files.welcome()),
    Action("about", tr("About Handscroll"), "Help", (), lambda w: w.commands.show_about(), rule=True),
)  # fmt: skip
BY_ID = {action.id: action for action in ACTIONS}
