"""The camera: there and back at any distance, zooming that keeps its place, levels, and what fits."""

import math
from itertools import pairwise

import numpy as np
import pytest

from app.canvas.camera import LEAST, MOST, Camera
from app.canvas.overlays.rulers import step_of
from engine.request import Box


def camera(scale: float = 1.0, x: float = 0.0, y: float = 0.0, width: int = 800, height: int = 601) -> Camera:
    return Camera(scale, x, y, width, height)


@pytest.mark.parametrize("far", [0, 1e9, -1e9, -12345.678])
@pytest.mark.parametrize("scale", [1 / 512, 0.51, 1.0, 3.3, 64.0])
def test_there_and_back(far: float, scale: float):
    seen_from = camera(scale, far, -far)
    for right, down in ((0, 0), (799, 600), (-50, 1000)):
        x, y = seen_from.to_canvas(right, down)
        assert np.allclose(seen_from.to_device(x, y), (right, down), atol=1e-4)


@pytest.mark.parametrize("far", [0, 1e9, -1e9])
def test_zooming_keeps_the_point_under_the_pointer(far: float):
    seen_from = camera(1.0, far, far)
    at = (123, 456)
    place = far + (at[0] - 400) / 1.0, far + (at[1] - 300.5) / 1.0
    for factor in [1.3] * 12 + [1 / 1.3] * 30 + [1.3] * 18:
        seen_from.zoom_to(seen_from.scale * factor, *at)
        moved = np.subtract(seen_from.to_canvas(*at), place) * seen_from.scale
        assert np.abs(moved).max() <= 1.5  # device pixels: whole ones only are drawn


def test_the_scale_keeps_to_its_limits():
    seen_from = camera()
    seen_from.zoom_to(1e9, 0, 0)
    assert seen_from.scale == MOST
    seen_from.zoom_to(1e-9, 0, 0)
    assert seen_from.scale == LEAST


def test_boxes_that_touch_touch_on_the_screen():
    seen_from = camera(0.377, 1000.3, -77.7)
    edges = [seen_from.edges(Box(256 * n, -256 * n, 256, 256)) for n in range(-9, 9)]
    for one, other in pairwise(edges):
        assert one[2] == other[0] and one[1] == other[3]


def test_the_picture_moves_by_whole_pixels():
    seen_from = camera(0.7, 5.0, 5.0)
    before = seen_from.edges(Box(3, 4, 100, 100))
    seen_from.pan(7, -3)
    after = seen_from.edges(Box(3, 4, 100, 100))
    assert np.subtract(after, before).tolist() == [7, -3, 7, -3]


@pytest.mark.parametrize(
    ("scale", "level", "coarser"), [(64, 0, 0), (1, 0, 0), (0.51, 0, 1), (0.5, 1, 1), (0.3, 1, 2), (1 / 512, 9, 9)]
)
def test_levels(scale: float, level: int, coarser: int):
    assert (camera(scale).level, camera(scale).coarser) == (level, coarser)


def test_fitting():
    seen_from = camera()
    seen_from.fit(Box(-5000, 100, 8000, 100), margin=50)
    assert seen_from.scale == pytest.approx(700 / 8000) and seen_from.seen().contains(Box(-5000, 100, 8000, 100))
    seen_from.fit(Box(0, 0, 10, 10), most=1)
    assert seen_from.scale == 1 and (seen_from.x, seen_from.y) == (5, 5)


def test_steps_of_a_ruler_are_round_and_far_enough_apart():
    for scale in np.geomspace(1 / 512, 64, 50):
        step = step_of(float(scale))
        assert step * scale >= 72 or step == 1
        assert step / 10 ** math.floor(math.log10(step)) in (1, 2, 5)
