"""What needs no painting: even ground goes on, thin strips are mirrored, and all else is painted."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
import torch
from PIL import Image, ImageDraw, ImageFont

from engine.inference.even_ground import GOES_ON, fill
from engine.inference.paint import paint, paint_all
from engine.models.checkpoint import ImageModel
from engine.request import Area, Box, Finished, KnownPicture, PaintRequest, Planned, Prompt
from tests.engine.inference.test_following import landscape


@pytest.fixture(scope="module")
def model(shaken: Callable[..., ImageModel]) -> ImageModel:
    return shaken(5, dtype=torch.float64)


def framed(border: int = 12, paper: tuple[int, int, int] = (255, 255, 255)) -> np.ndarray:
    """A picture with a margin all around."""
    pixels = np.full((96, 160, 3), paper, np.uint8)
    pixels[border:-border, border:-border] = landscape(160 - 2 * border, 96 - 2 * border)
    return pixels


def beside(pixels: np.ndarray, **sides: int) -> PaintRequest:
    height, width = pixels.shape[:2]
    box = Box(0, 0, width, height)
    target = Box.spanning(
        -sides.get("left", 0), -sides.get("up", 0), width + sides.get("right", 0), height + sides.get("down", 0)
    )
    return PaintRequest(target, (KnownPicture(box, pixels),), seed=1, exemplar=1.0)


def test_a_margin_goes_on_in_its_very_colour_without_a_patch(model: ImageModel) -> None:
    request = beside(framed(paper=(250, 247, 240)), right=64)
    events = list(paint(request, model))
    assert isinstance(events[0], Planned) and events[0].patches == 0 and events[0].notes == (GOES_ON,)
    assert isinstance(events[-1], Finished) and len(events) == 2
    result = paint_all(request, model)
    assert (result[:, :160] == framed(paper=(250, 247, 240))).all() and (result[:, 160:] == (250, 247, 240)).all()


def test_what_is_not_even_or_has_words_is_painted() -> None:
    assert fill(beside(landscape(), right=64)) is None
    even = beside(framed(), right=64)
    assert fill(replace(even, prompts=(Prompt("winter"),))) is None
    assert fill(replace(even, exemplar=0.0)) is None
    assert fill(replace(even, known=())) is None
    lines = framed()
    lines[40:44, 100:] = 20  # a drawn line runs out over the margin
    assert fill(beside(lines, right=64)) is None


def test_paper_goes_on_beside_lettering() -> None:
    page = Image.new("RGB", (200, 128), (250, 247, 240))
    draw, font = ImageDraw.Draw(page), ImageFont.load_default(24)
    for row in range(4):
        draw.text((10, 8 + 30 * row), "The quick brown fox", (20, 20, 24), font)
    found = fill(beside(np.array(page), right=64))
    assert found is not None and found.picture.mask is not None and found.picture.mask[:, 200:].all()
    assert (found.picture.pixels[:, 200:] == (250, 247, 240)).all()


def test_a_border_of_one_pixel_is_mirrored_on_all_sides(model: ImageModel) -> None:
    pixels = landscape()
    request = beside(pixels, left=1, right=1, up=1, down=1)
    events = list(paint(request, model))
    assert isinstance(events[0], Planned) and events[0].patches == 0 and not events[0].notes
    result = paint_all(request, model)
    assert np.array_equal(result, np.pad(pixels, ((1, 1), (1, 1), (0, 0)), mode="reflect"))


def test_a_thin_strip_is_mirrored_and_the_rest_is_painted(model: ImageModel) -> None:
    pixels = landscape(96, 64)
    request = beside(pixels, right=24, up=2)
    (planned, *_), plain = paint(request, model), next(iter(paint(beside(pixels, right=24), model)))
    assert isinstance(planned, Planned) and isinstance(plain, Planned) and 0 < planned.patches <= 2 * plain.patches
    result = paint_all(request, model)
    assert (result[2:, :96] == pixels).all() and (result[:2, :96] == pixels[2:0:-1]).all()
    told = [update.box for update in planned.updates]
    assert told and all(box.intersect(Box(96, -2, 24, 66)).empty for box in told)


def test_what_replaces_even_ground_is_even_and_laid_back(model: ImageModel) -> None:
    pixels = framed(40)
    pixels[10:14, 50:54] = 0  # a blot
    request = replace(beside(pixels), replaced=(Area(Box(48, 8, 8, 8)),), feather=2)
    assert (paint_all(request, model)[:30] == 255).all()
