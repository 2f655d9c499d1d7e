"""Grain: what a picture has of it is found again in what is painted beside it, and nowhere else."""

from dataclasses import replace

import numpy as np
import pytest
import torch

from engine.config import PRESETS
from engine.inference.canvas import Canvas
from engine.inference.grain_synthesis import FINE, NEAR, TILE, beyond, grain_of
from engine.inference.paint import paint_all
from engine.models.checkpoint import ImageModel
from engine.request import Box, KnownPicture, PaintRequest

LARGE = replace(PRESETS["tiny"], decoder=replace(PRESETS["tiny"].decoder, side=16))  # patches of 64 px
KNOWN = Box(0, 0, 192, 128)


@pytest.fixture(scope="module")
def model(shaken) -> ImageModel:
    return shaken(3, config=LARGE)


def woven(strong: float, width: int = 192, height: int = 128) -> np.ndarray:
    """A grey that grows from left to right, with upright threads two pixels wide, stronger where it is light."""
    grey = np.linspace(40, 200, width)
    threads = np.repeat(np.random.default_rng(0).standard_normal((height, width // 2)), 2, 1)
    return np.clip(grey + threads * strong * grey / 120, 0, 255).round().astype(np.uint8)[..., None].repeat(3, 2)


def patches(strong: float) -> np.ndarray:
    return np.stack([woven(strong, 128, 128)] * 4)


class Smooth:
    """A model whose tokenizer keeps nothing but the brightness of rows, as large as it is."""

    device, dtype = torch.device("cpu"), torch.float32

    def __init__(self) -> None:
        self.tokenizer = self

    def encode(self, pixels: torch.Tensor) -> torch.Tensor:
        return pixels

    def decode(self, tokens: torch.Tensor) -> torch.Tensor:
        return torch.nn.functional.avg_pool2d(tokens, 15, 1, 7, count_include_pad=False)


def test_strength_and_spectrum_are_those_of_the_picture() -> None:
    strong, weak = (grain_of(patches(strength), Smooth()) for strength in (6.0, 2.0))  # type: ignore[arg-type]
    assert strong is not None and weak is not None
    assert strong.strengths[-1] > 1.5 * strong.strengths[1], "lighter parts have more of it"
    assert strong.strengths[3] == pytest.approx(6 * 112 / 120, rel=0.3)
    assert strong.strengths[3] == pytest.approx(3 * weak.strengths[3], rel=0.2)
    across, along = (np.diff(strong.tile[..., 1], axis=axis).std() for axis in (1, 0))
    assert across < 0.8 * along, "threads are two pixels wide and one high"
    assert strong.tile.shape == (TILE, TILE, 3) and abs(float(strong.tile.mean())) < 1e-3


def test_beside_what_is_smooth_the_grain_begins_smoothly() -> None:
    """The same grey everywhere: threads in the upper half of what is known at the left, nothing in the lower one."""
    pixels = np.full((256, 192, 3), 120, np.uint8)
    pixels[:128, :128] = woven(6.0, 128, 128).astype(np.int16) - woven(0.0, 128, 128) + 120
    known = np.zeros((256, 192), bool)
    known[:, :128] = True
    grain = grain_of(patches(6.0), Smooth())  # type: ignore[arg-type]
    assert grain is not None
    share = grain.as_near(pixels, known)
    rough, smooth = share[30:98, 128:], share[158:226, 128:]
    assert rough.min() > 0.85 and (share[:, 128 + NEAR + FINE :] == 1).all()
    assert smooth[:, 0].max() < 0.15 and (np.diff(smooth.mean(0)) >= 0).all() and smooth[:, NEAR // 2].mean() > 0.4
    reach = NEAR + FINE
    part = grain.as_near(pixels[60:200, 80:180], known[60:200, 80:180])
    assert (part[reach:-reach, reach:-reach] == share[60 + reach : 200 - reach, 80 + reach : 180 - reach]).all()


def test_lines_on_dark_ground_do_not_pass_for_the_surface_of_the_paper() -> None:
    """Half of the picture is paper, half a dark ground that is full of lines, as on a woodblock print."""
    print_ = np.full((4, 128, 128), 208.0)
    print_[:, :, 64:] = 60 + 60 * (np.arange(64) % 4 < 1)
    print_ += np.random.default_rng(1).normal(0, 1.5, print_.shape)
    pixels = print_.clip(0, 255).round().astype(np.uint8)[..., None].repeat(3, 3)
    found = grain_of(pixels, Smooth())  # type: ignore[arg-type]
    assert found is not None
    assert found.strengths[6] == pytest.approx(1.5, rel=0.3)
    assert found.strengths.max() < 3 * found.strengths[6]


def test_a_smooth_picture_has_none_and_a_small_one_does_not_tell() -> None:
    smooth = grain_of(patches(0.0), Smooth())  # type: ignore[arg-type]
    assert smooth is not None and smooth.strengths.max() < 1
    assert grain_of(np.zeros((3, 32, 32, 3), np.uint8), Smooth()) is None  # type: ignore[arg-type]


def test_it_comes_gradually_behind_the_border() -> None:
    known = np.zeros((9, 20), bool)
    known[:, :10] = True
    assert beyond(known)[4].tolist() == pytest.approx([0] * 8 + [0, 0.25] + [0.5, 0.75] + [1] * 8, abs=0.3)
    assert beyond(known)[4, 10] == pytest.approx(0.5) and (beyond(known)[4, 12:] == 1).all()


def test_known_pixels_stay_and_a_box_on_its_own_has_the_grain_of_the_whole(model: ImageModel) -> None:
    request = PaintRequest(Box(0, 0, 320, 128), (KnownPicture(KNOWN, woven(10)),), seed=1, temperature=0.5)
    plain, grained = (paint_all(replace(request, grain=grain), model) for grain in (0.0, 1.0))
    assert np.array_equal(grained[:, :192], woven(10)) and np.array_equal(plain[:, :192], woven(10))
    assert np.array_equal(grained, paint_all(replace(request, grain=1.0), model))
    assert (grained[:, 192:] != plain[:, 192:]).mean() > 0.5
    canvas = Canvas(replace(request, grain=1.0), model)
    for patch in canvas.paintable:
        canvas.tokens[patch] = torch.randint(16, (16, 16))
    whole, part = canvas.render(Box(192, 0, 128, 128)), canvas.render(Box(211, 17, 64, 50))
    assert np.array_equal(whole[17:67, 19:83], part)


def test_films_have_none(model: ImageModel) -> None:
    request = PaintRequest(Box(0, 0, 256, 128), (KnownPicture(KNOWN, woven(10)),), frames=2, grain=1.0)
    assert Canvas(request, model).grain is None
