"""Cuts between pieces, on a picture of two tones with a wavy line between them."""

import numpy as np

from engine.inference.cut_paths import along_cuts
from engine.inference.patch_match import STEP, corners

HEIGHT, WIDTH, NEW = 64, 256, 192  # what lies right of NEW is free
LEFT, RIGHT = -160, -96  # how far away two pieces come from
AT = 6  # blocks of the first of them


def cut(source: np.ndarray, first: int = AT) -> np.ndarray:
    """Which blocks belong to the second piece once the cut has been moved, bool (rows, columns)."""
    fixed = np.arange(WIDTH)[None].repeat(HEIGHT, 0) < NEW
    free = ~fixed[::STEP, ::STEP]
    offsets = np.zeros((*free.shape, 2), np.int64)
    offsets[:, NEW // STEP :, 1] = LEFT
    offsets[:, NEW // STEP + first :, 1] = RIGHT
    moved = along_cuts(source, corners(fixed), 16, source, fixed, free, offsets)
    assert (moved[~free] == 0).all()
    assert np.isin(moved[free][:, 1], (LEFT, RIGHT)).all() and (moved[..., 0] == 0).all(), "no piece that was not there"
    return moved[:, NEW // STEP :, 1] == RIGHT


def test_a_cut_goes_where_both_pieces_are_alike() -> None:
    source = np.full((HEIGHT, WIDTH, 3), 128, np.float32)
    seen = np.arange(WIDTH)[None] - NEW - RIGHT  # columns of what is new, where the second piece shows them
    wave = AT * STEP + 8 * np.sin(np.arange(HEIGHT) / 8)[:, None]
    own = (seen >= 0) & (seen < WIDTH - NEW)
    source[own & (np.abs(seen - wave) > 5)] += 60.0  # it is unlike the first one but along a wave
    second, middle = cut(source), wave[STEP // 2 :: STEP, 0] / STEP
    begins = second.argmax(1)
    assert (second == (np.arange(second.shape[1]) >= begins[:, None])).all(), "still two pieces"
    assert np.abs(begins - middle).max() <= 1.5
    assert len(set(begins.tolist())) > 2, "and not along a straight line"


def test_a_cut_that_shows_nowhere_stays() -> None:
    second = cut(np.full((HEIGHT, WIDTH, 3), 128, np.float32))
    assert (second.argmax(1) == AT).all()


def test_a_piece_does_not_grow_beyond_its_source_nor_over_a_border_that_it_does_not_fit() -> None:
    source = np.full((HEIGHT, WIDTH, 3), 128, np.float32)
    source[:, NEW + LEFT + 12 : NEW + LEFT + 32] -= 50.0  # what the cut would go through is dark
    source[:, NEW + RIGHT - 8 : NEW + RIGHT + 32] += 50.0
    assert not cut(source, 3)[:, 0].any(), "the first piece goes on from the border, the second does not"


def test_nothing_free_changes_nothing() -> None:
    source, nothing = np.zeros((HEIGHT, WIDTH, 3), np.float32), np.zeros((HEIGHT, WIDTH), bool)
    offsets = np.full((HEIGHT // STEP, WIDTH // STEP, 2), 7)
    assert (along_cuts(source, ~nothing, 16, source, ~nothing, nothing[::STEP, ::STEP], offsets) == offsets).all()
