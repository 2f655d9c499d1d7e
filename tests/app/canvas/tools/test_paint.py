"""Brush, eraser and eyedropper on real layers."""

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt

from engine.request import Box
from tests.app.canvas.conftest import ALT, SHIFT, Easel


def brush(easel: Easel, **changes: Any) -> None:
    easel.session.set_tool("brush")
    easel.session.set_brush(**{"size": 20.0, "hardness": 1.0, "opacity": 1.0, "colour": (200, 10, 20), **changes})


def test_a_stroke_is_one_entry_on_the_selected_layer(easel: Easel):
    layer = easel.place(256, 256)
    before, picture = easel.history(), easel.session.document.read(Box(0, 0, 256, 256))
    brush(easel)
    easel.drag((50, 50), (120, 50), (200, 50))
    after = easel.session.document.read_layer(layer, Box(0, 0, 256, 256))
    assert easel.history() == [*before, "Brush stroke"]
    assert (after[50, 60:190, :3] == (200, 10, 20)).all()
    assert np.array_equal(after[100:], picture[100:]), "what is not under the stroke stays as it was"
    easel.session.undo()
    assert np.array_equal(easel.session.document.read(Box(0, 0, 256, 256)), picture)


def test_without_a_layer_that_may_be_painted_on_a_new_one_is_made(easel: Easel):
    locked = easel.place(256, 256)
    easel.session.layers.lock(locked, True)
    before = len(easel.history())
    brush(easel)
    easel.drag((300, 50), (400, 60))
    layers = easel.session.document.layers.all()
    assert layers[-1].name == "Brush" and easel.session.selected == layers[-1].id
    assert len(easel.history()) == before + 1
    easel.drag((300, 90), (400, 90))
    assert len(easel.session.document.layers.all()) == 2
    assert easel.session.document.read(Box(350, 90, 1, 1))[0, 0].tolist() == [200, 10, 20, 255]


def test_opacity_lets_the_picture_through(easel: Easel):
    layer = easel.place(256, 256)
    below = easel.session.document.read(Box(100, 100, 1, 1))[0, 0, :3].astype(int)
    brush(easel, opacity=0.5)
    easel.drag((60, 100), (160, 100))
    painted = easel.session.document.read_layer(layer, Box(100, 100, 1, 1))[0, 0]
    assert painted[3] == 255
    assert painted[:3].astype(int) == pytest.approx((below + np.array((200, 10, 20))) / 2, abs=2)


def test_a_stroke_on_a_moved_layer_lies_where_it_was_drawn(easel: Easel):
    layer = easel.place(256, 256)
    easel.session.layers.move_layer(layer, 64, 32)
    brush(easel)
    easel.drag((100, 100), (200, 100))
    assert easel.session.document.read(Box(150, 100, 1, 1))[0, 0].tolist() == [200, 10, 20, 255]


def test_esc_forgets_a_stroke(easel: Easel):
    easel.place()
    before = easel.history()
    brush(easel)
    easel.point("press", 50, 50)
    easel.point("move", 90, 50)
    easel.key(Qt.Key.Key_Escape)
    easel.point("release", 90, 50)
    assert easel.history() == before


def test_a_stroke_is_seen_while_it_is_drawn(easel: Easel):
    easel.place(256, 256)
    brush(easel)
    easel.view.centre_on(128, 128)
    easel.point("press", 50, 50)
    easel.point("move", 150, 50)
    easel.point("move", 200, 50)
    easel.toolbox.at = None
    place = easel.view.to_widget(100, 50).toPoint()
    assert easel.view.grab().toImage().pixelColor(place).name() == "#c80a14"
    easel.point("release", 200, 50)


def test_shift_draws_straight_lines_from_stroke_to_stroke(easel: Easel):
    layer = easel.place(256, 256)
    brush(easel)
    easel.drag((20, 20), (40, 20))
    easel.drag((200, 180), (200, 180), modifiers=SHIFT)
    assert easel.session.document.read_layer(layer, Box(120, 100, 1, 1))[0, 0].tolist() == [200, 10, 20, 255]


def test_a_stroke_across_many_tiles_is_still_one_entry(easel: Easel):
    layer = easel.place(64, 64)
    before = len(easel.history())
    brush(easel, size=60.0)
    easel.drag((0, 0), (1500, 1500), (3000, 3000), (3000, 3000))
    assert len(easel.history()) == before + 1
    assert easel.session.document.read_layer(layer, Box(2000, 2000, 1, 1))[0, 0, 3] == 255


def test_the_eraser_makes_a_hole_in_one_entry_and_its_pressure_is_strength(easel: Easel):
    layer = easel.place(256, 256)
    before = len(easel.history())
    easel.session.set_tool("eraser")
    easel.session.set_brush(size=20.0, hardness=1.0)
    easel.drag((50, 50), (100, 50), (150, 50), (200, 50))
    easel.drag((50, 120), (125, 120), (200, 120), pressure=0.5)
    assert len(easel.history()) == before + 2
    alpha = easel.session.document.read_layer(layer, Box(0, 0, 256, 256))[:, :, 3]
    assert alpha[50, 60:190].max() == 0 and alpha[90].min() == 255
    assert alpha[120, 60:190].min() >= 126 and alpha[120, 60:190].max() <= 130


def test_the_other_end_of_the_pen_erases_with_any_tool(easel: Easel):
    layer = easel.place(256, 256)
    brush(easel)
    easel.drag((50, 50), (150, 50), eraser=True, pressure=1.0)
    assert easel.session.tool == "brush"
    assert easel.session.document.read_layer(layer, Box(100, 50, 1, 1))[0, 0, 3] == 0


def test_erasing_nothing_is_told_of(easel: Easel):
    easel.session.set_tool("eraser")
    easel.drag((50, 50), (150, 50))
    assert len(easel.failures) == 1 and not easel.toolbox.busy


def test_esc_brings_back_what_was_rubbed_out(easel: Easel):
    layer = easel.place(256, 256)
    before = easel.session.document.read_layer(layer, Box(0, 0, 256, 256))
    easel.session.set_tool("eraser")
    easel.point("press", 50, 50)
    easel.point("move", 120, 50)
    easel.key(Qt.Key.Key_Escape)
    assert np.array_equal(easel.session.document.read_layer(layer, Box(0, 0, 256, 256)), before)


def test_the_eyedropper_and_alt_with_the_brush_take_a_colour(easel: Easel):
    easel.place(256, 256)
    easel.session.set_tool("eyedropper")
    easel.drag((100, 40), (120, 50))
    assert easel.session.brush.colour == (120, 50, 90)
    brush(easel)
    entries = easel.history()
    easel.drag((30, 31), (30, 31), modifiers=ALT)
    assert easel.session.brush.colour == (30, 31, 90) and easel.history() == entries
    easel.drag((900, 900), (900, 900), modifiers=ALT)
    assert easel.session.brush.colour == (30, 31, 90), "there is no colour where nothing is"


def test_brackets_and_letters_change_the_brush(easel: Easel):
    easel.session.set_brush(size=3.0, colour=(1, 2, 3), other=(4, 5, 6))
    sizes = []
    for key in [Qt.Key.Key_BracketLeft] * 4 + [Qt.Key.Key_BracketRight] * 3:
        easel.key(key)
        sizes.append(easel.session.brush.size)
    assert sizes == [2, 1, 1, 1, 2, 3, 4]
    easel.session.set_brush(size=999.0)
    easel.key(Qt.Key.Key_BracketRight)
    assert easel.session.brush.size == 1000
    easel.key(Qt.Key.Key_X)
    assert easel.session.brush.colour == (4, 5, 6) and easel.session.brush.other == (1, 2, 3)
    easel.key(Qt.Key.Key_D)
    assert easel.session.brush.colour == (0, 0, 0) and easel.session.brush.other == (255, 255, 255)
