"""Drives the brush bar and the handles, numbers and menus of layers by real mouse and keys; prints what came of each.

xvfb-run -a -s "-screen 0 1600x1000x24" sh -c "openbox & python tests/driven/brush_and_layers_by_hand.py PICTURE"
"""

import json
import sys
from pathlib import Path

from keys_by_hand import Desk
from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QWidget

from app.canvas.tools.layer_handles import TURN
from app.canvas.tools.move import MoveTool
from app.dialogs.layer_shape import LayerShapeDialog
from engine.request import Box

INK = "#336699"


def global_middle(widget: QWidget) -> QPointF:
    return QPointF(widget.mapToGlobal(widget.rect().center()))


def shown(desk: Desk, kind: type[QWidget]) -> QWidget:
    """The one widget of this kind with a window of its own, once it is there."""
    found: list[QWidget] = []

    def look() -> bool:
        found[:] = [each for each in QApplication.topLevelWidgets() if isinstance(each, kind) and each.isVisible()]
        return bool(found)

    assert desk.hand.until(look, 5), f"no {kind.__name__} has opened"
    desk.hand.wait(0.2)
    return found[0]


def on_screen(desk: Desk, x: float, y: float) -> QPointF:
    """Of a place on the canvas."""
    return QPointF(desk.window.view.mapToGlobal(desk.window.view.to_widget(x, y).toPoint()))


def stroke(desk: Desk, box: Box, row: float) -> None:
    y = box.y + box.height * row
    desk.hand.drag(on_screen(desk, box.x + box.width * 0.2, y), on_screen(desk, box.x + box.width * 0.8, y))


def colour_at(desk: Desk, x: float, y: float) -> str:
    pixel = desk.session.document.read(Box(int(x), int(y), 1, 1))[0, 0]
    return "#{:02x}{:02x}{:02x}".format(*pixel[:3])


# ---- the brush bar


def brush(desk: Desk) -> dict:
    """A colour by its hexadecimal number, a size by the slider, a stroke, the eraser, both colours exchanged."""
    desk.hand.press("v")
    bar, session = desk.window.brush_bar, desk.session
    told: dict = {"shown": [bar.isVisible()]}
    desk.hand.press("b")
    told["shown"] += [bar.isVisible(), bar.swatch.isVisible()]
    desk.click(bar.swatch, 8, 12)
    picker = bar.picker
    assert picker is not None
    number = next(each for each in picker.findChildren(QLineEdit) if each.text().startswith("#"))
    desk.click(number)
    desk.hand.press("ctrl+a")
    desk.hand._do("type", INK)
    desk.hand.press("Tab", "Return")
    told["colour"] = "#{:02x}{:02x}{:02x}".format(*session.brush.colour)
    before, middle = session.brush.size, global_middle(bar.size_.slider)
    desk.hand.drag(middle, middle + QPointF(20, 0))
    told["larger"] = session.brush.size > before
    desk.click(bar.pressure)
    told["pressure"] = session.brush.pressure
    box = desk.session.document.bounds
    stroke(desk, box, 0.5)
    told["painted"] = colour_at(desk, box.x + box.width / 2, box.y + box.height / 2)
    told["recent"] = session.settings.get("recent_colours")[:1]
    desk.hand.press("x")
    told["swapped"] = "#{:02x}{:02x}{:02x}".format(*session.brush.other)
    desk.hand.press("e")
    told["shown"] += [bar.isVisible(), bar.swatch.isVisible()]
    stroke(desk, box, 0.5)
    desk.hand.press("ctrl+z", "ctrl+z", "v")
    told["shown"].append(bar.isVisible())
    return told


# ---- layers


def grip(desk: Desk, each: tuple[int, int]) -> QPointF:
    tool = desk.window.hands.tools["move"]
    assert isinstance(tool, MoveTool)
    found = tool.handles.shape()
    assert found is not None
    return QPointF(desk.window.view.mapToGlobal(tool.handles._places(found[1])[each].toPoint()))


def shape(desk: Desk) -> list[int]:
    """Width, height and angle of the chosen layer."""
    number = desk.session.selected
    assert number is not None
    found = desk.session.document.layers.shape(number)
    return [round(found.width), round(found.height), round(found.angle)]


def handles(desk: Desk) -> dict:
    """Scaled by a corner, turned by the round grip with Shift, cut by a side with Ctrl, and all of it undone."""
    session = desk.session
    session.select(session.document.layers.all()[0].id)
    desk.window.view.fit(session.document.bounds.grow(100))
    desk.hand.press("v")
    pixels = session.document.read(session.document.bounds).copy()
    told: dict = {"whole": shape(desk)}
    corner, left = grip(desk, (1, 1)), grip(desk, (-1, -1))
    desk.hand.drag(corner, left + (corner - left) / 2)
    told["half"] = shape(desk)
    top, right = grip(desk, TURN), grip(desk, (1, 0))
    desk.hand._do("keydown", "shift")
    desk.hand.drag(top, right + QPointF(60, 0))
    desk.hand._do("keyup", "shift")
    told["turned"] = shape(desk)
    desk.hand.press("ctrl+z")
    edge, other = grip(desk, (1, 0)), grip(desk, (-1, 0))
    desk.hand._do("keydown", "ctrl")
    desk.hand.drag(edge, other + (edge - other) * 0.75)
    desk.hand._do("keyup", "ctrl")
    told["cut"] = shape(desk)
    desk.hand.press("ctrl+z", "ctrl+z")
    told["undone"] = shape(desk)
    told["same"] = bool((session.document.read(session.document.bounds) == pixels).all())
    return told


def numbers(desk: Desk) -> list[int]:
    """A width that is typed; the height keeps the ratio; Ctrl+Z once takes it back."""
    desk.hand.press("ctrl+shift+t")
    dialog = shown(desk, LayerShapeDialog)
    assert isinstance(dialog, LayerShapeDialog)
    desk.click(dialog.width_px)
    desk.hand.press("ctrl+a")
    desk.hand._do("type", "64")
    desk.hand.press("Tab")
    found = shape(desk)
    desk.hand.press("Escape")
    desk.hand.until(lambda: not dialog.isVisible(), 5)
    desk.window.view.setFocus()
    desk.hand.press("ctrl+z")
    return [*found, *shape(desk)]


def menus(desk: Desk) -> dict:
    """The menu at the pointer: duplicate by it, merge the copy down by the keys."""
    box, layers = desk.session.document.bounds, desk.session.document.layers
    at = on_screen(desk, box.x + box.width / 2, box.y + box.height / 2)
    desk.hand._do("mousemove", str(round(at.x())), str(round(at.y())), "click", "3")
    menu = shown(desk, QMenu)
    assert isinstance(menu, QMenu)
    names = [action.objectName() for action in menu.actions()]
    entry = menu.actionGeometry(menu.actions()[names.index("layer_duplicate")]).center()
    desk.click(menu, entry.x(), entry.y())
    told: dict = {"offered": {"layer_shape", "merge_down", "paste"} <= {*names}, "layers": [len(layers.all())]}
    desk.hand.press("ctrl+e")
    told["layers"].append(len(layers.all()))
    return told


def main(picture: Path) -> dict:
    desk = Desk(picture)
    told = {
        "brush": brush(desk), "handles": handles(desk), "numbers": numbers(desk), "menus": menus(desk),
    }  # fmt: skip
    desk.window.hide()  # what has the keyboard still asks for the document
    desk.hand.wait(0.2)
    desk.window.files.leave()
    desk.session.queue.close()
    return told


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]))))
