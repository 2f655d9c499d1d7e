"""The handles of a layer: scaling, turning and cutting by hand, exact and taken back by Esc."""

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt

from app.canvas.tools.layer_handles import TURN, cropped, scaled, turned
from app.document.shaping import Shape
from engine.request import Box

from ..conftest import SHIFT, Easel

CTRL = Qt.KeyboardModifier.ControlModifier
BOX = Box(0, 0, 200, 100)


def place(easel: Easel) -> int:
    number = easel.place(200, 100)
    easel.session.set_tool("move")
    easel.session.settings.set("snap", False)
    easel.view.fit(Box(-200, -200, 700, 500))
    return number


def drag(easel: Easel, start: tuple[float, float], end: tuple[float, float], modifiers=Qt.KeyboardModifier.NoModifier):
    middle = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
    easel.drag(start, middle, end, modifiers=modifiers)


def test_a_corner_keeps_the_ratio_and_a_side_does_not(easel: Easel) -> None:
    number, layers = place(easel), easel.session.document.layers
    drag(easel, (200, 100), (100, 50))
    assert layers.box(number) == Box(0, 0, 100, 50)
    drag(easel, (100, 25), (200, 25))
    assert layers.box(number) == Box(0, 0, 200, 50)
    drag(easel, (200, 50), (300, 60), SHIFT)
    assert layers.box(number) == Box(0, 0, 300, 60)
    assert easel.history()[-3:] == ["Shape layer"] * 3 and not easel.failures


def test_the_round_grip_turns_and_quarter_turns_are_exact(easel: Easel) -> None:
    number, document = place(easel), easel.session.document
    before = document.read_layer(number, BOX)
    shape = document.layers.shape(number)
    tool = easel.toolbox.tools["move"]
    at = easel.view.to_canvas(tool.handles._places(shape)[TURN])  # type: ignore[attr-defined]
    drag(easel, at, (400, 51))
    box = document.layers.box(number)
    assert box[2:] == (100, 200) and np.array_equal(document.read_layer(number, box), np.rot90(before, -1))


def test_with_ctrl_a_grip_cuts_and_gives_back(easel: Easel) -> None:
    number, document = place(easel), easel.session.document
    before = document.read_layer(number, BOX)
    drag(easel, (200, 50), (150, 50), CTRL)
    assert document.layers.box(number) == Box(0, 0, 150, 100)
    assert np.array_equal(document.read_layer(number, Box(0, 0, 150, 100)), before[:, :150])
    drag(easel, (150, 50), (500, 50), CTRL)
    assert document.layers.box(number) == BOX and np.array_equal(document.read_layer(number, BOX), before)


def test_esc_leaves_it_as_it_was_and_undo_brings_it_back(easel: Easel) -> None:
    number, document = place(easel), easel.session.document
    easel.point("press", 200, 100)
    easel.point("move", 300, 150)
    assert easel.toolbox.busy
    easel.key(Qt.Key.Key_Escape)
    assert document.layers.box(number) == BOX and "Shape layer" not in easel.history()
    drag(easel, (200, 100), (100, 50))
    easel.session.undo()
    assert document.layers.box(number) == BOX


def test_locked_and_empty_layers_have_no_handles(easel: Easel) -> None:
    number = place(easel)
    handles = easel.toolbox.tools["move"].handles  # type: ignore[attr-defined]
    corner = easel.view.to_widget(200, 100)
    assert handles.grip_at(corner) == (1, 1) and handles.grip_at(QPointF(0, 0)) is None
    easel.session.layers.lock(number, True)
    assert handles.grip_at(corner) is None
    easel.session.layers.add_layer()
    assert handles.shape() is None


@pytest.mark.parametrize("angle", [0.0, 30.0, 90.0, 200.0])
def test_what_lies_across_stays_in_its_place(angle: float) -> None:
    from app.canvas.tools.layer_handles import on_canvas

    shape = Shape(200, 100, 50, 60, angle)
    for grip in ((1, 1), (-1, 0), (0, -1), (1, -1)):
        across = (-grip[0] * 100, -grip[1] * 50)
        after = scaled(shape, grip, 300, -200)
        fixed = (-grip[0] * after.width / 2, -grip[1] * after.height / 2)
        assert on_canvas(after, *fixed) == pytest.approx(on_canvas(shape, *across))
        assert all(grip) is (abs(after.width / after.height - 2) < 1e-9) or not all(grip)
        centred = scaled(shape, grip, 300, -200, centred=True)
        assert (centred.x, centred.y) == (50, 60)
    assert turned(shape, 50, -100).angle == 0 and turned(shape, 150, 59).angle == 90
    assert turned(shape, 150, 20, steps=True).angle % 15 == 0
    assert cropped(Shape.of(BOX), (-1, 0), 30, 50, BOX).left == 30
