"""Membrane and feather touch no known pixel and close the step at its border; extend fills smoothly."""

import pytest
import torch
from torch import Tensor

from engine.inference.seam_blending import FEATHER, PARTED, REACH, extend, feather, joined, membrane

Scene = tuple[Tensor, Tensor, Tensor]


@pytest.fixture
def scene() -> Scene:
    """Painted and original pixels (3, 120, 150) float64 and a known part with a corner and an island."""
    generator = torch.Generator().manual_seed(0)
    original = torch.rand(3, 120, 150, dtype=torch.float64, generator=generator) * 2 - 1
    painted = original + 0.2 + 0.1 * torch.randn(original.shape, dtype=torch.float64, generator=generator)
    known = torch.zeros(120, 150, dtype=torch.bool)
    known[:70, :40] = True
    known[90:95, 20:30] = True
    return painted, original, known


def test_known_pixels_stay_bit_identical(scene: Scene) -> None:
    painted, original, known = scene
    for kind in (torch.float32, torch.float64):
        result = membrane(painted.to(kind), original.to(kind), known)
        assert (result[:, known] == original.to(kind)[:, known]).all()


def test_a_constant_step_is_closed_at_the_border_and_fades_away(scene: Scene) -> None:
    _, original, known = scene
    smooth = torch.full_like(original, 0.1)
    left = membrane(smooth + 0.25, smooth, known) - smooth
    beside = left[0, 10, 40 : 40 + REACH]
    assert beside[0] < 0.01  # of 0.25
    assert (beside.diff() >= -1e-12).all()  # the step is spread, and nowhere overdone
    assert beside.diff().max() < 0.02
    assert left[0, 10, 40 + REACH].item() == pytest.approx(0.25, abs=1e-4)


def test_beyond_its_reach_nothing_changes(scene: Scene) -> None:
    painted, original, known = scene
    result = membrane(painted, original, known)
    assert (result[:, :, 40 + REACH + 1 :] == painted[:, :, 40 + REACH + 1 :]).all()
    assert (result[:, known.logical_not()] != painted[:, known.logical_not()]).any()


def test_without_known_pixels_the_painting_is_left_alone(scene: Scene) -> None:
    painted, original, known = scene
    assert (membrane(painted, original, known & False) == painted).all()
    assert (membrane(painted, original, known | True) == original).all()


def test_a_box_on_its_own_equals_the_same_box_of_the_whole(scene: Scene) -> None:
    painted, original, known = scene
    whole = membrane(painted, original, known)
    outer = (slice(10, 110), slice(15, 120))
    part = membrane(painted[:, *outer], original[:, *outer], known[outer])
    inner = slice(REACH, -REACH)
    assert (part - whole[:, *outer])[:, inner, inner].abs().max() < 1e-12


def test_a_feather_rises_from_nothing_beside_what_is_known_to_all_in_the_midst() -> None:
    known = torch.ones(20, 6 * FEATHER, dtype=torch.bool)
    known[:, FEATHER : 5 * FEATHER] = False  # a wide part
    share = feather(known)[10]
    assert (share[known[10]] == 0).all() and share[FEATHER] < 0.01
    rising = share[FEATHER : 2 * FEATHER + 1]
    assert (rising.diff() > 0).all() and rising.diff().max() < 2 / FEATHER
    assert (share[2 * FEATHER + 1 : 4 * FEATHER - 1] == 1).all()


def test_in_a_narrow_part_half_of_the_way_is_left_for_the_feather() -> None:
    known = torch.ones(20, 60, dtype=torch.bool)
    known[:, 20:40] = False
    share = feather(known)[10]
    assert share[20] < 0.05 and (share[25:35] == 1).all()


def test_float32_is_enough_for_eight_bits(scene: Scene) -> None:
    painted, original, known = scene
    exact = membrane(painted, original, known)
    single = membrane(painted.float(), original.float(), known)
    assert (single - exact).abs().max() < 0.25 / 127.5  # a quarter of a grey level


def test_extend_keeps_what_is_known_and_fills_the_rest_from_it() -> None:
    generator = torch.Generator().manual_seed(1)
    pixels = torch.rand(3, 37, 53, dtype=torch.float64, generator=generator)
    known = torch.rand(37, 53, generator=generator) < 0.05
    filled = extend(pixels, known)
    assert (filled[:, known] == pixels[:, known]).all()
    assert filled.isfinite().all()
    for channel in range(3):  # means of known pixels lie between them
        given = pixels[channel, known]
        assert given.min() - 1e-12 <= filled[channel].min() and filled[channel].max() <= given.max() + 1e-12


def test_extend_continues_a_plain_area_as_it_is() -> None:
    known = torch.zeros(48, 48, dtype=torch.bool)
    known[:, :7] = True
    pixels = torch.where(known, torch.tensor([0.3, -0.2, 0.9]).view(3, 1, 1), -1.0)
    filled = extend(pixels, known)
    assert (filled - torch.tensor([0.3, -0.2, 0.9]).view(3, 1, 1)).abs().max() < 1e-6


def test_extend_without_anything_known_is_zero() -> None:
    filled = extend(torch.rand(3, 16, 24), torch.zeros(16, 24, dtype=torch.bool))
    assert (filled == 0).all()


def test_extend_with_everything_known_changes_nothing() -> None:
    pixels = torch.rand(3, 9, 5)
    assert (extend(pixels, torch.ones(9, 5, dtype=torch.bool)) == pixels).all()


def test_large_differences_of_a_thing_to_its_ground_do_not_glow() -> None:
    known = torch.zeros(64, 64, dtype=torch.bool)
    known[24:40, 24:40] = True
    painted, original = torch.full((3, 64, 64), 60.0), torch.full((3, 64, 64), 200.0)
    assert membrane(painted, original, known)[0, 32, 44] > 100
    assert (membrane(painted, original, known, parted=PARTED)[:, ~known] < 62).all()
    assert (joined(painted, original, known, cut_out=True)[:, ~known] < 105).all()
    near = torch.full((3, 64, 64), 80.0)
    assert membrane(painted, near, known, parted=PARTED)[0, 32, 41] > 72
