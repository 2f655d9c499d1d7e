"""Every entry of the table does what it says; each has a play here, and one without a play fails."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import QDialog, QFileDialog

from app.action_keys import bind, conflicts, keys_of, normal
from app.actions import ACTIONS, BY_ID
from app.dialogs.about import AboutDialog
from app.dialogs.recovery import RecoveryDialog
from app.dialogs.settings import SettingsDialog
from app.dialogs.shortcuts import ShortcutsDialog
from app.document import Document, Region
from app.manual import Manual
from app.session import TOOLS
from app.session.values import LABELS
from engine.request import Box

from .conftest import BESIDE, PICTURE, Stage, noise

Play = Callable[[Stage], None]
PLAYS: dict[str, Play] = {}


def play(*names: str) -> Callable[[Play], Play]:
    def keep(function: Play) -> Play:
        PLAYS.update(dict.fromkeys(names, function))
        return function

    return keep


def _file(method: str, name: str, many: bool = False) -> Callable[[Stage], tuple[str, object]]:
    """What the artist chooses in a file dialog."""

    def chosen(stage: Stage) -> tuple[str, object]:
        path = str(stage.folder / name)
        return method, staticmethod(lambda *_, **__: ([path] if many else path, ""))

    return chosen


_CHOOSING = {
    "open": _file("getOpenFileName", "opened.png"),
    "place": _file("getOpenFileNames", "placed.png", many=True),
    "save": _file("getSaveFileName", "saved"),
    "save_as": _file("getSaveFileName", "saved as.handscroll"),
    "save_copy": _file("getSaveFileName", "copy.handscroll"),
}


# ---- file


@play("new")
def _new(stage: Stage) -> None:
    stage.hang()
    path = stage.session.document.path
    stage.answer("Keep It for Later")
    stage.do("new")
    assert not stage.session.document.layers.all() and path.exists()


@play("close")
def _close(stage: Stage) -> None:
    stage.hang()
    path = stage.session.document.path
    stage.answer("Discard")
    stage.do("close")
    assert not stage.session.document.layers.all() and not path.exists()


@play("open")
def _open(stage: Stage) -> None:
    stage.picture_file("opened.png")
    stage.do("open")
    assert [layer.name for layer in stage.session.document.layers.all()] == ["opened"]


@play("place")
def _place(stage: Stage) -> None:
    stage.hang()
    stage.picture_file("placed.png")
    stage.do("place")
    assert [layer.name for layer in stage.session.document.layers.all()] == ["Noise", "placed"]


@play("unnamed")
def _unnamed(stage: Stage) -> None:
    stage.hang()
    stage.session.documents.new()
    stage.do("unnamed")
    dialog = stage.dialog(RecoveryDialog)
    assert dialog.list.count() >= 1
    dialog.reject()


@play("save")
def _save(stage: Stage) -> None:
    stage.hang()
    stage.do("save")
    assert stage.session.documents.named and stage.session.document.path == stage.folder / "saved.handscroll"
    stage.session.documents.place_pixels(noise(), 600, 128, "More")
    assert not stage.session.documents.saved
    stage.do("save")
    assert stage.session.documents.saved


@play("save_as")
def _save_as(stage: Stage) -> None:
    stage.hang()
    stage.do("save_as")
    assert stage.session.document.path.name == "saved as.handscroll"
    assert stage.settings.get("recent")[0].endswith("saved as.handscroll")


@play("save_copy")
def _save_copy(stage: Stage) -> None:
    stage.hang()
    before = stage.session.document.read(Box(0, 0, 256, 256))
    stage.do("save_copy")
    assert not stage.session.documents.named
    copy = Document.open(stage.folder / "copy.handscroll")
    assert np.array_equal(copy.read(Box(0, 0, 256, 256)), before)
    copy.close()


@play("export")
def _export(stage: Stage) -> None:
    from app.export.dialog import ExportDialog

    assert not stage.window.actions_["export"].isEnabled()
    stage.hang()
    stage.do("export")
    stage.dialog(ExportDialog).reject()


@play("quit")
def _quit(stage: Stage) -> None:
    stage.hang()
    stage.answer("Go Back")
    stage.do("quit")
    assert stage.window.isVisible() and stage.session.document.layers.all()


# ---- edit


@play("undo", "redo")
def _undo(stage: Stage) -> None:
    assert not stage.window.actions_["undo"].isEnabled()
    stage.hang()
    assert stage.window.actions_["undo"].text() == "Undo Place Noise"
    stage.do("undo")
    assert not stage.session.document.layers.all()
    stage.do("redo")
    assert stage.session.document.layers.all()


@play("copy", "paste")
def _copy(stage: Stage) -> None:
    stage.hang()
    stage.do("copy")
    assert QGuiApplication.clipboard().image().width() == 256
    stage.do("paste")
    first, pasted = stage.session.document.layers.all()
    boxes = [stage.session.document.layers.box(layer.id) for layer in (first, pasted)]
    pixels = [
        stage.session.document.read_layer(layer.id, box) for layer, box in zip((first, pasted), boxes, strict=True)
    ]
    assert pasted.name == "Pasted" and np.array_equal(pixels[0], pixels[1])


@play("delete", "erase_region")
def _erase(stage: Stage) -> None:
    """In two layers: Delete clears both within the region, Shift with Delete only the chosen one."""
    document = stage.session.document
    stage.hang()
    stage.session.documents.place_pixels(noise(), 128, 128, "Above")
    below, above = (layer.id for layer in document.layers.all())
    region = Box(64, 64, 64, 32)
    stage.session.set_region(Region(region))
    stage.do("erase_region")
    alphas = [document.read_layer(number, region)[:, :, 3] for number in (below, above)]
    assert (alphas[0] == 255).all() and not alphas[1].any()
    assert stage.window.actions_["delete"].text() == "Clear Region"
    stage.do("delete")
    assert not document.read(region)[:, :, 3].any() and len(document.layers.all()) == 2
    assert (document.read(PICTURE)[:, :, 3] == 0).sum() == 64 * 32
    stage.do("undo")
    assert (document.read(PICTURE)[:, :, 3] == 255).all()
    stage.session.set_region(None)
    assert stage.window.actions_["delete"].text() == "Delete Layer"
    stage.do("delete")
    assert [layer.id for layer in document.layers.all()] == [below]


@play("replace_region")
def _replace(stage: Stage) -> None:
    stage.hang()
    stage.session.set_region(Region(Box(64, 64, 64, 32)))
    stage.do("replace_region")
    assert stage.session.staging.current is not None and stage.session.staging.current.shown.request["replaced"]


@play("wrap")
def _wrap(stage: Stage) -> None:
    stage.hang()
    stage.do("wrap")
    assert stage.session.options.wrap and stage.window.actions_["wrap"].isChecked()
    stage.do("wrap")
    assert not stage.session.options.wrap and not stage.window.actions_["wrap"].isChecked()


@play("settings")
def _settings(stage: Stage) -> None:
    stage.do("settings")
    stage.do("settings")
    stage.dialog(SettingsDialog).accept()


@play("shortcuts")
def _shortcuts(stage: Stage) -> None:
    stage.do("shortcuts")
    stage.dialog(ShortcutsDialog).accept()


# ---- view


@play("zoom_in", "zoom_out", "fit", "zoom_100", "zoom_200", "zoom_400", "zoom_800")
def _zoom(stage: Stage) -> None:
    stage.hang()
    ratio = stage.view.devicePixelRatioF()
    for name, scale in (("zoom_100", 1), ("zoom_200", 2), ("zoom_400", 4), ("zoom_800", 8)):
        stage.do(name)
        assert stage.view.camera.scale == pytest.approx(scale * ratio)
    stage.do("zoom_in")
    assert stage.view.camera.scale > 8
    stage.do("zoom_out")
    assert stage.view.camera.scale == pytest.approx(8 * ratio)
    stage.do("fit")
    assert stage.view.visible_box().contains(Box(0, 0, 256, 256))


@play("fit_region")
def _fit_region(stage: Stage) -> None:
    stage.hang()
    stage.session.set_region(Region(Box(9000, 9000, 256, 256)))
    stage.do("fit_region")
    assert stage.view.visible_box().contains(Box(9000, 9000, 256, 256))


@play("rulers", "grid", "minimap", "doubt", "snap")
def _switches(stage: Stage) -> None:
    for name in ("rulers", "grid", "minimap", "doubt", "snap"):
        before = stage.settings.get(name)
        stage.do(name)
        assert stage.settings.get(name) is not before
        assert stage.window.actions_[name].isChecked() is not before
        stage.do(name)
        assert stage.settings.get(name) is before


@play("paper", "checker", "dark", "light", "system")
def _choices(stage: Stage) -> None:
    for name, key in (
        ("checker", "ground"),
        ("paper", "ground"),
        ("light", "theme"),
        ("system", "theme"),
        ("dark", "theme"),
    ):
        stage.do(name)
        stage.do(name)
        assert stage.settings.get(key) == name and stage.window.actions_[name].isChecked()


# ---- paint


@play("paint", "paint_front")
def _paint(stage: Stage) -> None:
    assert not stage.window.actions_["paint"].isEnabled()
    stage.frame()
    for name in ("paint", "paint_front"):
        stage.session.set_region(Region(BESIDE._replace(y=1024 if name == "paint" else 4096)))
        stage.do(name)
        stage.until(lambda: stage.session.staging.current and stage.session.staging.current.state == "done")
    assert len(stage.session.staging.groups()) == 2


@play("pause")
def _pause(stage: Stage) -> None:
    stage.frame()
    stage.session.painting.paint()
    stage.do("pause")
    jobs = stage.session.document.jobs
    stage.until(lambda: {job.state for job in jobs.all()} == {"paused"})
    stage.do("pause")
    stage.until(lambda: {job.state for job in jobs.all()} == {"done"})


@play("frame_right", "frame_left", "frame_up", "frame_down")
def _frames(stage: Stage) -> None:
    stage.hang()
    for name, box in (
        ("frame_right", Box(256, 0, 256, 256)), ("frame_left", Box(-256, 0, 256, 256)),
        ("frame_up", Box(0, -256, 256, 256)), ("frame_down", Box(0, 256, 256, 256)),
    ):  # fmt: skip
        stage.session.set_region(None)
        stage.do(name)
        assert stage.session.region and stage.session.region.box == box
    stage.do("frame_right")
    assert stage.session.region.box == Box(256, 256, 256, 256)


@play("no_region")
def _no_region(stage: Stage) -> None:
    stage.frame()
    stage.do("no_region")
    assert stage.session.region is None


@play("compare")
def _compare(stage: Stage) -> None:
    stage.stage(variants=3)
    stage.do("compare")
    grid = stage.window.variants
    assert grid.isVisible() and [cell.text() for cell in grid.cells] == ["1", "2", "3"]
    bar = stage.window.bar.panel_box()
    assert bar.isValid() and not grid.panel_rect().translated(grid.pos()).intersects(bar)
    grid.cells[2].click()
    assert stage.session.staging.current and stage.session.staging.current.chosen == 2 and grid.cells[2].isChecked()
    stage.do("compare")
    assert not grid.isVisible()


@play("previous", "next", "accept")
def _accept(stage: Stage) -> None:
    stage.stage()
    stage.do("next")
    assert stage.session.staging.current and stage.session.staging.current.chosen == 1
    stage.do("previous")
    assert stage.session.staging.current.chosen == 0
    stage.do("accept")
    assert len(stage.session.document.layers.all()) == 2 and not stage.session.staging.groups()


@play("discard", "bring_back")
def _discard(stage: Stage) -> None:
    stage.stage()
    stage.do("discard")
    assert not stage.session.staging.groups()
    stage.do("bring_back")
    assert len(stage.session.staging.groups()) == 1


@play("one_more", "reroll")
def _one_more(stage: Stage) -> None:
    stage.stage(variants=1)
    stage.do("one_more")
    stage.until(lambda: stage.session.staging.current and stage.session.staging.current.state == "done")
    assert stage.session.staging.current and len(stage.session.staging.current.jobs) == 2
    stage.do("reroll")
    assert stage.window.hands.rerolling
    stage.do("discard")  # Esc ends the picking first
    assert not stage.window.hands.rerolling and stage.session.staging.groups()


@play("propose_marks", "clear_marks")
def _not_from(stage: Stage) -> None:
    """The engine of flat colours takes what is black for a mark."""
    marked = stage.session.document.not_from
    for name in ("propose_marks", "clear_marks"):
        assert not stage.window.actions_[name].isEnabled(), name
    pixels = noise() | 1
    pixels[40:60, 100:130] = 0
    stage.session.documents.place_pixels(pixels, 128, 128, "Sealed")
    stage.do("propose_marks")
    stage.until(lambda: stage.session.marks.any)
    assert marked.box == Box(100, 40, 30, 20) and marked.mask(marked.box).all() and stage.session.tool == "not_from"
    stage.do("clear_marks")
    assert not stage.session.marks.any and not stage.window.actions_["clear_marks"].isEnabled()
    stage.do("undo")
    assert marked.mask(Box(100, 40, 30, 20)).all()
    stage.session.set_tool("region")


@play(*TOOLS)
def _tools(stage: Stage) -> None:
    for name in (*TOOLS, "region"):
        stage.do(name)
        assert stage.session.tool == name
        assert [tool for tool, button in stage.window.palette_.buttons.items() if button.isChecked()] == [name]


@play("smaller", "larger", "swap", "default")
def _brush(stage: Stage) -> None:
    size = stage.session.brush.size
    stage.do("larger")
    assert stage.session.brush.size > size
    stage.do("smaller")
    assert stage.session.brush.size == pytest.approx(size, abs=1)
    stage.do("default")
    before = stage.session.brush
    stage.do("swap")
    assert (stage.session.brush.colour, stage.session.brush.other) == (before.other, before.colour)


# ---- layer


@play("auto_extend_right", "auto_extend_left")
def _unroll(stage: Stage) -> None:
    stage.hang()
    for name, direction in (("auto_extend_right", 1), ("auto_extend_left", -1)):
        stage.do(name)
        assert stage.session.auto_extend.direction == direction
        assert stage.window.actions_[name].text() == "Stop Extending"
        layers = len(stage.session.document.layers.all())
        stage.until(lambda layers=layers: len(stage.session.document.layers.all()) > layers)
        stage.do(name)
        assert not stage.session.auto_extend.direction and stage.window.actions_[name].text() != "Stop Extending"


@play("layer_new", "layer_duplicate", "layer_delete", "layer_up", "layer_down", "layer_above", "layer_below")
def _layers(stage: Stage) -> None:
    stage.hang()
    layers = stage.session.document.layers
    first = layers.all()[0].id
    stage.do("layer_duplicate")
    stage.do("layer_new")
    copy, new = (layer.id for layer in layers.all()[1:])
    stage.do("layer_below")
    assert stage.session.selected == copy
    stage.do("layer_above")
    assert stage.session.selected == new
    stage.do("layer_down")
    assert [layer.id for layer in layers.all()] == [first, new, copy]
    stage.do("layer_up")
    assert [layer.id for layer in layers.all()] == [first, copy, new]
    stage.do("layer_delete")
    assert [layer.id for layer in layers.all()] == [first, copy]


@play("mirror_across", "mirror_down", "turn_right", "turn_left")
def _shapes(stage: Stage) -> None:
    stage.hang()
    document = stage.session.document
    before = document.read(PICTURE)
    for name, after in (
        ("mirror_across", before[:, ::-1]), ("mirror_down", before[::-1, ::-1]),
        ("turn_right", np.rot90(before, 1)), ("turn_left", before[::-1, ::-1]),
    ):  # fmt: skip
        stage.do(name)
        assert np.array_equal(document.read(PICTURE), after), name


@play("layer_shape")
def _shape(stage: Stage) -> None:
    from app.dialogs.layer_shape import LayerShapeDialog

    stage.hang()
    stage.do("layer_shape")
    dialog = stage.dialog(LayerShapeDialog)
    dialog.width_px.setValue(128)
    assert stage.session.document.bounds == Box(64, 64, 128, 128)
    dialog.accept()


@play("cut_to_region")
def _cut_to_region(stage: Stage) -> None:
    stage.hang()
    before = stage.session.document.read(PICTURE)
    stage.session.set_region(Region(Box(30, -20, 100, 90)))
    stage.do("cut_to_region")
    assert stage.session.document.bounds == Box(30, 0, 100, 70)
    assert np.array_equal(stage.session.document.read(Box(30, 0, 100, 70)), before[:70, 30:130])


@play("merge_down", "flatten")
def _merged(stage: Stage) -> None:
    stage.hang()
    layers = stage.session.document.layers
    stage.do("layer_duplicate")
    stage.do("layer_duplicate")
    stage.do("merge_down")
    assert len(layers.all()) == 2 and stage.session.selected == layers.all()[-1].id
    stage.do("flatten")
    assert [layer.name for layer in layers.all()] == ["Flattened"]


@play("label_none", *(f"label_{name}" for name in LABELS))
def _labels(stage: Stage) -> None:
    stage.hang()
    for name in ("red", "violet"):
        stage.do(f"label_{name}")
        assert stage.session.document.layers.all()[0].label == name
        assert stage.window.actions_[f"label_{name}"].isChecked()
    stage.do("label_none")
    assert not stage.session.document.layers.all()[0].label


@play("layer_show", "layer_lock")
def _marks(stage: Stage) -> None:
    stage.hang()
    for name in ("layer_show", "layer_lock"):
        stage.do(name)
    layer = stage.session.document.layers.all()[0]
    assert not layer.visible and layer.locked
    for name in ("layer_show", "layer_lock"):
        stage.do(name)
    layer = stage.session.document.layers.all()[0]
    assert layer.visible and not layer.locked


# ---- time


@play("make_clip")
def _make_clip(stage: Stage) -> None:
    assert not stage.window.actions_["make_clip"].isEnabled()
    clip = stage.clip()
    assert stage.session.timeline.selected == clip.id and clip.length == 24 and clip.box == Box(0, 0, 256, 256)
    assert stage.window.timeline.tracks.isVisible()
    stage.do("undo")
    assert not stage.session.timeline.clips and stage.window.timeline.transport.invitation.isVisible()


@play("animate")
def _animate(stage: Stage) -> None:
    stage.clip(frames=3)
    stage.do("animate")
    stage.until(lambda: set(stage.session.timeline.frames.states(stage.chosen().id)) == {"done"})


@play("play", "frame_back", "frame_on", "frame_first", "frame_last", "loop", "onion")
def _play(stage: Stage) -> None:
    timeline = stage.session.timeline
    stage.clip()
    stage.do("frame_on")
    stage.do("frame_on")
    stage.do("frame_back")
    assert timeline.playback.playhead == 1
    stage.do("frame_last")
    assert timeline.playback.playhead == 23
    stage.do("frame_first")
    assert timeline.playback.playhead == 0
    stage.do("play")
    stage.until(lambda: timeline.playback.playhead > 1)
    stage.do("play")
    assert not timeline.playback.playing
    for name in ("loop", "onion"):
        before = getattr(timeline.playback, name)
        for value in (not before, before):
            stage.do(name)
            assert getattr(timeline.playback, name) is value and stage.window.actions_[name].isChecked() is value


@play("keyframe", "keyframe_delete")
def _keyframe(stage: Stage) -> None:
    clip, timeline = stage.clip(), stage.session.timeline
    timeline.playback.seek(12)
    stage.do("keyframe")
    field = stage.window.timeline.words_field
    assert field.isVisible()
    field.words.setText("rain begins")
    field.keep()
    assert [(each.number, each.prompt) for each in timeline.keyframes(clip.id)] == [(12, "rain begins")]
    stage.do("keyframe_delete")
    assert not timeline.keyframes(clip.id)


@play("clip_rename")
def _clip_rename(stage: Stage) -> None:
    stage.clip()
    stage.do("clip_rename")
    field = stage.window.timeline.name_field
    assert field.isVisible() and field.text() == "Noise"
    field.setText("Mist")
    field.returnPressed.emit()
    assert stage.chosen().name == "Mist"


@play("clip_split", "clip_copy", "clip_longer", "clip_begin", "clip_end", "clip_delete")
def _clip_edits(stage: Stage) -> None:
    timeline = stage.session.timeline
    clip = stage.clip()
    stage.do("clip_longer")
    assert stage.chosen().length == 34
    for at, name, span in ((30, "clip_end", (0, 31)), (4, "clip_begin", (4, 31))):
        timeline.playback.seek(at)
        stage.do(name)
        assert (stage.chosen().start, stage.chosen().end) == span
    timeline.playback.seek(10)
    stage.do("clip_split")
    assert sorted((each.start, each.length) for each in timeline.clips) == [(4, 6), (10, 21)]
    timeline.select(clip.id)
    stage.do("clip_copy")
    assert len(timeline.clips) == 3
    stage.do("clip_delete")
    assert len(timeline.clips) == 2


@play("clip_region", "clip_loop", "clip_swap")
def _clip_settings(stage: Stage) -> None:
    stage.clip()
    stage.session.set_region(Region(Box(0, 0, 64, 64)))
    stage.do("clip_region")
    moves = stage.chosen().region
    assert moves is not None and moves.box == Box(0, 0, 64, 64)
    for value in (True, False):
        stage.do("clip_loop")
        assert stage.chosen().loop is value and stage.window.actions_["clip_loop"].isChecked() is value
    stage.session.documents.place_pixels(noise(128, 128), 900, 128, "Other")
    stage.do("clip_swap")
    assert stage.chosen().layer == stage.session.selected and stage.chosen().box.width == 128


@play("export_film")
def _export_film(stage: Stage) -> None:
    from app.export.film_dialog import FilmDialog

    assert not stage.window.actions_["export_film"].isEnabled()
    stage.clip()
    stage.do("export_film")
    stage.dialog(FilmDialog).reject()


# ---- window and help


PANELS = ("layers", "paint", "history", "queue", "references", "recipe", "models", "study", "timeline")


@play(*(f"panel_{name}" for name in PANELS))
def _panels(stage: Stage) -> None:
    for name, dock in stage.window.docks.docks.items():
        before = dock.isVisible()
        stage.do(f"panel_{name}")
        assert dock.isVisible() is not before and stage.window.actions_[f"panel_{name}"].isChecked() is not before
        stage.do(f"panel_{name}")
        assert dock.isVisible() is before


@play("panels", "layout")
def _layout(stage: Stage) -> None:
    docks = stage.window.docks.docks
    stage.do("panels")
    assert not any(dock.isVisible() for dock in docks.values())
    stage.do("panels")
    assert docks["layers"].isVisible() and not docks["models"].isVisible()
    docks["layers"].setFloating(True)
    docks["history"].hide()
    stage.do("layout")
    assert docks["history"].isVisible() and not docks["layers"].isFloating()


@play("full_screen")
def _full_screen(stage: Stage) -> None:
    stage.do("full_screen")
    assert stage.window.isFullScreen()
    stage.do("full_screen")
    assert not stage.window.isFullScreen()


@play("manual")
def _manual(stage: Stage) -> None:
    stage.do("manual")
    manual = stage.dialog(Manual)
    assert manual.list.count() >= 2 and "region" in manual.text.toPlainText()
    manual.close()


@play("welcome")
def _welcome(stage: Stage) -> None:
    stage.do("welcome")
    layers = stage.session.document.layers.all()
    assert len(layers) == 3 and layers[0].id == stage.session.selected
    assert stage.window.toast.sentences
    path = stage.session.document.path
    stage.do("new")  # nobody is asked about it, and nothing of it is left
    assert not path.exists()


@play("about")
def _about(stage: Stage) -> None:
    stage.do("about")
    stage.dialog(AboutDialog).accept()
    assert not [each for each in stage.window.findChildren(QDialog) if each.isVisible()]


FIRST = {function: name for name, function in reversed(PLAYS.items())}  # one name for each play


@pytest.mark.parametrize("name", FIRST.values())
def test_what_is_in_the_menus_does_what_it_says(stage: Stage, name: str, monkeypatch: pytest.MonkeyPatch):
    if name in _CHOOSING:
        monkeypatch.setattr(QFileDialog, *_CHOOSING[name](stage))
    PLAYS[name](stage)


def test_every_action_has_a_play():
    assert set(PLAYS) == set(BY_ID)


# ---- keys


def test_no_two_actions_have_the_same_keys():
    seen: dict[str, str] = {}
    for action in ACTIONS:
        for key in {normal(key) for key in action.keys}:
            assert QKeySequence(key).toString(), f"{action.id}: {key!r} is no key"
            assert key not in seen, f"{action.id} and {seen[key]} both have {key}"
            seen[key] = action.id


def test_keys_can_be_bound_otherwise_and_back(stage: Stage):
    action, settings = BY_ID["paint"], stage.settings
    assert [other.id for other in conflicts(settings, action, ("Ctrl+S",))] == ["save"]
    assert not conflicts(settings, action, ("Ctrl+Alt+P",))
    bind(settings, action, ("Ctrl+Alt+P",))
    assert [key.toString() for key in stage.window.actions_["paint"].shortcuts()] == ["Ctrl+Alt+P"]
    bind(settings, action, action.keys)
    assert settings.get("shortcuts") == {} and keys_of(action, settings) == action.keys


def test_a_damaged_binding_falls_back_to_the_table(stage: Stage):
    stage.settings.set("shortcuts", {"paint": 3, "no such action": ["A"]})
    assert keys_of(BY_ID["paint"], stage.settings) == BY_ID["paint"].keys
    stage.settings.reset("shortcuts")


def test_enter_is_one_key():
    assert normal("Ctrl+Enter") == normal("ctrl+Return") == "Ctrl+Return"


def test_nothing_can_be_pasted_from_an_empty_clipboard(stage: Stage):
    QGuiApplication.clipboard().clear()
    stage.do("paste")
    assert "no picture in the clipboard" in stage.window.toast.sentences[0]


def test_files_in_the_clipboard_are_placed(stage: Stage, tmp_path: Path):
    from PySide6.QtCore import QMimeData, QUrl

    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(stage.picture_file(f"{name}.png"))) for name in "ab"])
    QGuiApplication.clipboard().setMimeData(data)
    stage.do("paste")
    assert [layer.name for layer in stage.session.document.layers.all()] == ["a", "b"]
