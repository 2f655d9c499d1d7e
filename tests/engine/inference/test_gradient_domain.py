"""Pictures joined by their gradients."""

import numpy as np
import pytest

from engine.inference.gradient_domain import bridged, gradients, holds, settle


def noise(height: int, width: int, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).uniform(0, 255, (height, width, 3)).astype(np.float32)


def test_a_step_of_tone_at_the_border_is_settled() -> None:
    picture = noise(48, 64) / 8 + 100
    free = np.zeros((48, 64), bool)
    free[:, 16:] = True
    voted = gradients(picture + 20, np.ones((48, 64), bool))
    settled = settle(voted, picture, free, np.ones((48, 64), bool))
    apart = (settled - picture).mean((0, 2))
    assert np.abs(apart[:16]).max() == 0 and apart[16] < 3 and apart[-1] > 12
    assert (np.diff(apart[16:]) > -0.5).all()


def test_what_ends_at_the_border_does_not_shine_over_it() -> None:
    picture = np.full((96, 64, 3), 200, np.float32)
    picture[50:80, :16] = 20  # a tower that is cut
    free = np.zeros((96, 64), bool)
    free[:, 16:] = True
    voted = gradients(np.full((96, 64, 3), 200, np.float32), np.ones((96, 64), bool))
    settled = settle(voted, picture, free, np.ones((96, 64), bool))
    assert settled[:, 20:].min() > 185 and settled[64, 16].min() > 180


@pytest.mark.parametrize(("apart", "cuts", "left"), [(120, True, 100), (120, False, 0), (12, True, 0)])
def test_a_cut_between_pieces_is_no_fog(apart: int, cuts: bool, left: int) -> None:
    """Two flat pieces side by side: things that differ keep most of their step, tones go over into one another."""
    voted, free = np.zeros((48, 96, 9), np.float32), np.zeros((48, 96), bool)
    voted[..., :3], free[:, 16:] = 100, True
    voted[:, 56:, :3] += apart
    settled = settle(voted, voted[..., :3], free, np.ones((48, 96), bool), cuts=cuts)
    step = settled[24, 56, 0] - settled[24, 55, 0]
    assert step > left if left else step < apart / 4


def test_what_fits_nowhere_goes_over_without_a_line() -> None:
    picture, free = np.full((96, 64, 3), 200, np.float32), np.zeros((96, 64), bool)
    picture[:, :16], free[:, 16:] = 100, True  # beside another picture
    voted = gradients(np.full((96, 64, 3), 200, np.float32), np.ones((96, 64), bool))
    settled = settle(voted, picture, free, np.ones((96, 64), bool))
    assert np.abs(np.diff(settled[48, :, 0])).max() < 10


def test_between_two_borders_the_tone_goes_over_all_the_way() -> None:
    """A gap of 64 px between skies of two tones: without the weaker hold it kept that of one to the last pixels."""
    picture, free = np.full((48, 96, 3), 100, np.float32), np.zeros((48, 96), bool)
    picture[:, 80:], free[:, 16:80] = 160, True
    every = np.ones((48, 96), bool)
    hold = holds(~free)
    found = bridged(picture, picture, free, every, hold)
    settled = settle(gradients(found, every), picture, free, every, hold)
    for each in (found, settled):
        line = each[24, :, 0]
        assert np.abs(np.diff(line)).max() < 4 and 115 < line[48] < 145


def test_beside_one_border_a_sketch_keeps_its_tone() -> None:
    picture, free = np.full((48, 64, 3), 100, np.float32), np.zeros((48, 64), bool)
    picture[:, 16:], free[:, 16:] = 160, True
    assert bridged(picture, picture, free, np.ones((48, 64), bool), holds(~free)) is picture
