"""Painting anew what is known, and coming round in a panorama, on the tiny preset in float64."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
import torch

from engine.inference.paint import paint, paint_all
from engine.models.checkpoint import ImageModel
from engine.request import Area, Box, KnownPicture, PaintRequest, PatchGrown, PatchPainted
from tests.engine.inference.test_following import landscape

HERE, EDGE = Box(70, 50, 40, 30), 6


@pytest.fixture(scope="module")
def model(shaken: Callable[..., ImageModel]) -> ImageModel:
    return shaken(5, dtype=torch.float64)


def replacing(**changes: object) -> PaintRequest:
    known = KnownPicture(Box(0, 0, 192, 128), landscape())
    request = PaintRequest(known.box, (known,), seed=3, exemplar=1.0, replaced=(Area(HERE),), feather=EDGE)
    return replace(request, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize("exemplar", [0.0, 1.0])
def test_only_the_part_and_its_edge_are_new(model: ImageModel, exemplar: float) -> None:
    request = replacing(exemplar=exemplar)
    changed = (paint_all(request, model) != landscape()).any(2)
    near = HERE.grow(EDGE).slices(request.target)
    assert changed[HERE.slices(request.target)].mean() > 0.9
    changed[near] = False
    assert not changed.any()


def test_nothing_is_taken_from_what_is_replaced(model: ImageModel) -> None:
    """The same is painted whatever stood there; the edge alone shows it."""
    other = landscape()
    other[HERE.slices(Box(0, 0, 0, 0))] = (255, 0, 255)
    request = replacing(feather=0)
    again = replace(request, known=(KnownPicture(request.target, other),))
    assert (paint_all(request, model) == paint_all(again, model)).all()
    for event in paint(request, model):
        for taken in event.taken if isinstance(event, PatchPainted) else ():
            assert taken.source.intersect(HERE).empty


def test_what_grows_goes_over_into_the_old_as_well(model: ImageModel) -> None:
    request = replacing()
    grown = [event.update for event in paint(request, model, grown=True) if isinstance(event, PatchGrown)]
    assert grown
    for box, pixels in grown:
        inside = np.zeros(pixels.shape[:2], bool)
        inside[HERE.grow(EDGE).intersect(box).slices(box)] = True
        assert (pixels[..., :3][~inside] == landscape()[box.slices(request.target)][~inside]).all()


def panorama(exemplar: float) -> PaintRequest:
    known = KnownPicture(Box(0, 0, 192, 64), landscape(192, 64))
    return PaintRequest(Box(0, 0, 256, 64), (known,), seed=3, exemplar=exemplar, wrap=256)


def test_a_panorama_is_painted_on_as_towards_its_own_left_end(model: ImageModel) -> None:
    request = panorama(0.0)
    (known,) = request.known
    bridge = replace(request, wrap=0, known=(known, replace(known, box=known.box.moved(256, 0))))
    wrapped = paint_all(request, model)
    assert (wrapped == paint_all(bridge, model)).all()
    assert (wrapped != paint_all(replace(request, wrap=0), model)).any()


def test_of_a_panorama_nothing_is_taken_twice(model: ImageModel) -> None:
    request = panorama(1.0)
    told = [event.taken for event in paint(request, model) if isinstance(event, PatchPainted)]
    assert any(told) and all(taken.source.x >= 0 and taken.source.right <= 256 for some in told for taken in some)
