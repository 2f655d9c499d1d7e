"""Seals and lettering that are found, and what is none."""

import numpy as np
import torch
import torch.nn.functional as F

from engine.inference.marks import _thin, find_marks, pooled


def paper() -> np.ndarray:
    return np.random.default_rng(0).normal((225, 215, 190), 3, (300, 400, 3)).clip(0, 255).astype(np.uint8)


def test_lettering_and_seals_are_marks_and_a_tree_is_none() -> None:
    pixels = paper()
    for row in range(3):  # strokes like letters
        for column in range(2):
            y, x = 40 + 26 * row, 300 + 24 * column
            pixels[y : y + 18, x : x + 3], pixels[y + 8 : y + 11, x : x + 16], pixels[y : y + 3, x : x + 14] = (
                20,
                20,
                20,
            )
    pixels[220:250, 310:340] = (190, 50, 40)
    pixels[226:244, 318:321], pixels[226:244, 328:331] = (225, 215, 190), (225, 215, 190)
    pixels[60:, 40:160] = np.random.default_rng(2).integers(20, 110, (240, 120, 1))  # a wood that reaches the edge
    found = find_marks(pixels, np.ones((300, 400), bool))
    assert found[48:52, 300:316].all() and found[230:240, 312:338].mean() > 0.9
    assert not found[80:, 40:160].any() and not found[:, 180:280].any()


def test_strokes_are_found_tile_by_tile_as_in_one() -> None:
    colours = torch.rand(3, 60, 300, generator=torch.Generator().manual_seed(0)) * 255
    assert torch.equal(_thin(colours, 64), _thin(colours, 1024)) and _thin(colours).any()


def test_nothing_on_paper_is_no_mark() -> None:
    assert not find_marks(paper(), np.ones((300, 400), bool)).any()


def test_a_seal_is_found_beside_busy_water() -> None:
    pixels = paper()
    pixels[192:300, 97::6] = (60, 110, 130)  # streaks that come close
    for line in range(5):
        pixels[140 + 12 * line : 145 + 12 * line, 40:92] = (170, 50, 40)
        pixels[140:196, 40 + 12 * line : 44 + 12 * line] = (170, 50, 40)
    found = find_marks(pixels, np.ones((300, 400), bool))
    assert found[140:196, 40:92].mean() > 0.8


def test_the_largest_within_reach_is_that_of_a_window_around() -> None:
    values = torch.randn(1, 2, 20, 31, generator=torch.Generator().manual_seed(0))
    for reach in (0, 1, 2, 5, 8):
        assert torch.equal(pooled(values, reach), F.max_pool2d(values, 2 * reach + 1, 1, reach))
