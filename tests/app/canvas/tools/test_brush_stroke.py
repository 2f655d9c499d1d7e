"""Strokes: even, soft, thin under a light hand, and sparse."""

import numpy as np
import pytest

from app.canvas.tools.brush_stroke import Stroke, dab
from app.document.geometry import Place
from engine.request import Box


def test_a_dab_is_round_and_as_large_as_it_says():
    shape = dab(20.0, 1.0, 0.5, 0.5) / 255
    assert shape.sum() == pytest.approx(np.pi * 100, rel=0.03)
    assert np.array_equal(shape, shape.T)
    assert shape.max() == 1 and shape[0].max() == 0


def test_a_soft_dab_fades_from_its_core():
    hard, soft = dab(40.0, 1.0, 0.5, 0.5), dab(40.0, 0.0, 0.5, 0.5)
    assert int(soft.sum()) < int(hard.sum()) * 0.6
    row = soft[soft.shape[0] // 2].astype(int)
    middle = int(row.argmax())
    assert (np.diff(row[middle:]) <= 0).all()


def test_a_line_is_even_along_its_way():
    stroke = Stroke(16, 0.8)
    for x in range(0, 400, 37):
        stroke.to(x, 50.5, 1.0)
    stroke.finish()
    middle = stroke.coverage(Box(10, 50, 340, 1))
    assert middle.min() >= 250
    widths = (stroke.coverage(Box(20, 30, 320, 40)) > 127).sum(0)
    assert widths.max() - widths.min() <= 1 and abs(int(widths.mean()) - 15) <= 2


def test_crossing_and_resting_add_nothing():
    stroke = Stroke(30, 0.2)
    stroke.to(100, 100)
    once = stroke.coverage(Box(60, 60, 80, 80))
    for _ in range(20):
        stroke.to(100, 100)
    stroke.finish()
    assert np.array_equal(once, stroke.coverage(Box(60, 60, 80, 80)))


def test_a_light_hand_draws_a_thin_line_and_a_light_eraser_a_weak_one():
    def middle(thins: bool, pressure: float) -> np.ndarray:
        stroke = Stroke(40, 1.0, thins)
        stroke.to(0, 0, pressure)
        stroke.line_to(200, 0, pressure)
        return stroke.coverage(Box(100, -30, 1, 60))[:, 0]

    assert (middle(True, 0.25) > 127).sum() < (middle(True, 1.0) > 127).sum() / 2
    assert middle(True, 0.25).max() == 255
    assert 60 <= middle(False, 0.25).max() <= 66
    assert (middle(False, 0.25) > 30).sum() == (middle(False, 1.0) > 127).sum()


def test_the_smallest_brush_leaves_a_mark_everywhere():
    stroke = Stroke(1, 1.0)
    stroke.to(0.5, 0.5)
    stroke.line_to(60.5, 0.5)
    assert stroke.coverage(Box(0, 0, 60, 1)).min() > 100


def test_the_path_is_smooth_but_ends_where_the_hand_does():
    stroke = Stroke(6, 1.0)
    for at in ((0, 0), (100, 0), (100, 100)):
        stroke.to(*at)
    stroke.finish()
    assert stroke.coverage(Box(99, 97, 2, 2)).max() == 255
    assert stroke.coverage(Box(98, 0, 2, 2)).max() == 0, "the corner is rounded"


def test_only_tiles_under_the_stroke_are_kept_far_out_and_left_of_the_origin():
    stroke = Stroke(10, 0.5)
    stroke.to(-5, -5)
    stroke.line_to(-3000, -3000)
    assert Place(-1, -1) in stroke.tiles and Place(-12, -1) not in stroke.tiles
    assert len(stroke.tiles) < 40
    pieces = stroke.pieces()
    assert len(pieces) == len(stroke.tiles)
    assert sum(int((stroke.coverage(piece) > 0).sum()) for piece in pieces) == int(
        sum((tile > 0).sum() for tile in stroke.tiles.values())
    )


def test_pixels_have_the_colour_and_no_more_than_the_opacity():
    stroke = Stroke(20, 1.0)
    stroke.to(50, 50)
    pixels = stroke.pixels(stroke.pieces()[0], (10, 200, 30), 0.5)
    assert pixels.dtype == np.uint8 and (pixels[:, :, :3] == (10, 200, 30)).all()
    assert pixels[:, :, 3].max() == 128
