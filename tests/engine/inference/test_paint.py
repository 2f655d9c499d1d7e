"""Algorithm 2 as a whole, on the tiny preset in float64: known pixels, schedules, resume, streaming."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
import pytest
import torch

from engine.config import PRESETS, SamplingConfig
from engine.inference.canvas import Canvas
from engine.inference.paint import paint, paint_all
from engine.models.checkpoint import ImageModel
from engine.request import (
    Box,
    Finished,
    KnownPicture,
    Order,
    PaintedPatch,
    PaintRequest,
    Patch,
    PatchGrown,
    PatchPainted,
    PatchStarted,
    Planned,
    Stopped,
    UserError,
)

PATCH = PRESETS["tiny"].patch_px  # 16 px


@pytest.fixture(scope="module")
def model(shaken: Callable[..., ImageModel]) -> ImageModel:
    """Random weights that all matter, in float64."""
    return shaken(5, dtype=torch.float64)


def picture(width: int, height: int, x: int = 0, y: int = 0, mask: np.ndarray | None = None) -> KnownPicture:
    pixels = np.random.default_rng(width + height).integers(0, 256, (height, width, 3), dtype=np.uint8)
    return KnownPicture(Box(x, y, width, height), pixels, mask)


def all_around(**changes: object) -> PaintRequest:
    return replace(PaintRequest(Box(-20, -17, 80, 70), (picture(40, 35),), seed=7), **changes)  # type: ignore[arg-type]


def test_known_pixels_stay_bit_identical_on_all_sides(model: ImageModel) -> None:
    request = all_around()
    result = paint_all(request, model)
    assert result.shape == (70, 80, 3)
    assert (result[17 : 17 + 35, 20 : 20 + 40] == request.known[0].pixels).all()


def hole() -> PaintRequest:
    """A picture with a hole in it that is painted, and a strip beside it."""
    mask = np.ones((5 * PATCH, 5 * PATCH), bool)
    mask[PATCH + 3 : 3 * PATCH, 2 * PATCH : 4 * PATCH - 5] = False
    return PaintRequest(Box(0, 0, 7 * PATCH, 5 * PATCH), (picture(5 * PATCH, 5 * PATCH, mask=mask),), seed=3)


@pytest.mark.parametrize("request_of", [all_around, hole])
def test_patches_that_are_told_once_look_as_those_told_again_and_again_do_in_the_end(
    model: ImageModel, request_of: Callable[[], PaintRequest]
) -> None:
    request = request_of()
    pictures, told = [], np.zeros((request.target.height, request.target.width), int)
    for live in (True, False):
        pixels = np.zeros((request.target.height, request.target.width, 3), np.uint8)
        for event in paint(request, model, live=live):
            for box, new in event.updates if isinstance(event, PatchPainted) else ():
                pixels[box.slices(request.target)] = new
                told[box.slices(request.target)] += not live
        pictures.append(pixels)
    apart = np.abs(pictures[0].astype(np.int16) - pictures[1])
    assert apart.max() <= 1 and np.count_nonzero(apart) < 5  # the transform of the colour match rounds by its window
    new = [event.box for event in paint(request, model) if isinstance(event, PatchStarted)]
    assert all((told[box.slices(request.target)] == 1).all() for box in new) and told.max() == 1, "each of them once"


def test_wavefront_batches_paint_the_same_picture_as_one_patch_after_another(model: ImageModel) -> None:
    assert (paint_all(all_around(), model) == paint_all(all_around(), model, width=1)).all()


def test_what_nobody_asks_for_is_sampled_as_the_model_samples_best(model: ImageModel) -> None:
    choosy = replace(model, config=replace(model.config, sampling=SamplingConfig(top_p=0.3, min_p=0.1)))
    asked = paint_all(all_around(top_p=0.3, min_p=0.1), model)
    assert (paint_all(all_around(), choosy) == asked).all()
    assert (paint_all(all_around(top_p=1.0, min_p=0.0), choosy) == paint_all(all_around(), model)).all()
    assert (paint_all(all_around(), model) != asked).any()


def test_a_region_is_painted_from_what_lies_around_it_as_if_all_were_the_target(model: ImageModel) -> None:
    known = picture(6 * PATCH, 3 * PATCH)
    region = Box(6 * PATCH, 0, 2 * PATCH, 3 * PATCH)
    whole = paint_all(PaintRequest(Box(0, 0, 8 * PATCH, 3 * PATCH), (known,), seed=3), model)
    assert (paint_all(PaintRequest(region, (known,), seed=3), model) == whole[:, 6 * PATCH :]).all()
    near = Box(2 * PATCH + 5, 0, 4 * PATCH - 5, 3 * PATCH)  # the corner of what is cut out lies off the grid
    cut = KnownPicture(near, known.pixels[near.slices(known.box)])
    request = PaintRequest(region, (cut,), seed=3, anchor=(0, 0))
    assert (paint_all(request, model) == whole[:, 6 * PATCH :]).all()


def test_a_region_off_the_grid_keeps_what_is_known_beside_it_in_the_same_patch(model: ImageModel) -> None:
    region = Box(2 * PATCH + 4, 3, PATCH, PATCH)
    hidden = np.ones((3 * PATCH, 4 * PATCH), bool)
    hidden[region.slices(Box(0, 0, 0, 0))] = False
    request = PaintRequest(region, (picture(4 * PATCH, 3 * PATCH, mask=hidden),), seed=3)
    whole = replace(request, target=Box(0, 0, 4 * PATCH, 3 * PATCH))
    assert (paint_all(request, model) == paint_all(whole, model)[region.slices(Box(0, 0, 0, 0))]).all()


def test_a_patch_can_be_looked_at_while_it_grows(model: ImageModel) -> None:
    events = list(paint(all_around(), model, grown=True))
    grown = [e for e in events if isinstance(e, PatchGrown)]
    assert len({e.patch for e in grown}) == next(e for e in events if isinstance(e, Planned)).patches
    assert all(e.update.pixels.shape == (e.update.box.height, e.update.box.width, 4) for e in grown)
    first = [e.update for e in grown if e.patch == Patch(3, 0)]  # nothing of it is known
    shares = [float((update.pixels[..., 3] == 255).mean()) for update in first]
    assert shares == sorted(shares) and 0 < shares[0] < 1
    alpha = {int(value) for e in grown for value in np.unique(e.update.pixels[..., 3])}
    assert alpha == {0, 255}
    plain = [e for e in paint(all_around(), model) if isinstance(e, PatchPainted)]
    painted = [e for e in events if isinstance(e, PatchPainted)]
    for a, b in zip(plain, painted, strict=True):
        assert all((x.pixels == y.pixels).all() for x, y in zip(a.updates, b.updates, strict=True))


@pytest.mark.parametrize("recache", ["order", "none"])
@pytest.mark.parametrize("order", [None, Order.OMEGA_STAR, Order.ZETA_STAR])
def test_every_order_and_both_kinds_of_pre_caching_fill_the_target(
    model: ImageModel, order: Order | None, recache: str
) -> None:
    request = all_around(order=order, recache=recache)
    events = list(paint(request, model))
    assert isinstance(events[0], Planned) and isinstance(events[-1], Finished)
    assert sum(isinstance(e, PatchPainted) for e in events) == events[0].patches


def test_stopped_at_any_patch_and_resumed_equals_never_stopped(model: ImageModel) -> None:
    whole = paint_all(all_around(), model)
    total = sum(isinstance(e, PatchPainted) for e in paint(all_around(), model))
    for count in range(1, total, total // 3):
        kept: list[PaintedPatch] = []
        for event in paint(all_around(), model):
            if isinstance(event, PatchPainted):
                kept.append(PaintedPatch(event.patch, event.tokens))
                if len(kept) == count:
                    break
        assert (paint_all(all_around(painted=tuple(kept)), model) == whole).all(), count


def test_stop_acts_between_two_tokens(model: ImageModel) -> None:
    asked: Iterator[bool] = iter([False] * 5 + [True] * 1000)
    events = list(paint(all_around(), model, stop=lambda: next(asked)))
    assert isinstance(events[-1], Stopped)
    assert not any(isinstance(e, PatchPainted) for e in events)


def test_the_streamed_picture_equals_the_whole_decode(model: ImageModel) -> None:
    request = all_around()
    canvas = Canvas(request, model)
    result = canvas.read_known(request.target)[0]
    for event in paint(request, model):
        if isinstance(event, PatchPainted):
            canvas.tokens[event.patch] = torch.from_numpy(event.tokens).long()
            for box, pixels in event.updates:
                result[box.slices(request.target)] = pixels
    assert (canvas.render(request.target) == result).all()


def test_the_same_place_is_painted_the_same_in_a_larger_target(model: ImageModel) -> None:
    """Noise and plan hang on the picture, not on the corner of the target."""
    small = PaintRequest(Box(0, 0, 64, 32), (picture(32, 32),), seed=1)
    large = replace(small, target=Box(0, 0, 96, 32))
    assert (paint_all(large, model)[:, :48] == paint_all(small, model)[:, :48]).all()


def test_moving_everything_on_the_canvas_changes_nothing(model: ImageModel) -> None:
    here = PaintRequest(Box(0, 0, 64, 48), (picture(32, 48),), seed=3)
    far = PaintRequest(Box(100_003, -70_001, 64, 48), (picture(32, 48, 100_003, -70_001),), seed=3)
    assert (paint_all(here, model) == paint_all(far, model)).all()


def test_a_hole_is_filled_and_its_surroundings_are_kept(model: ImageModel) -> None:
    mask = np.ones((64, 64), bool)
    mask[20:45, 18:40] = False
    request = PaintRequest(Box(0, 0, 64, 64), (picture(64, 64, mask=mask),), seed=2)
    result = paint_all(request, model)
    assert (result[mask] == request.known[0].pixels[mask]).all()


def test_two_pictures_are_joined(model: ImageModel) -> None:
    request = PaintRequest(Box(0, 0, 96, 32), (picture(32, 32), picture(25, 20, 61, 3)), seed=2)
    result = paint_all(request, model)
    assert (result[:, :32] == request.known[0].pixels).all()
    assert (result[3:23, 61:86] == request.known[1].pixels).all()


def test_the_seed_alone_decides(model: ImageModel) -> None:
    assert (paint_all(all_around(), model) == paint_all(all_around(), model)).all()
    assert (paint_all(all_around(seed=8), model) != paint_all(all_around(), model)).any()


def test_nothing_to_paint_is_told() -> None:
    tiny = ImageModel.fresh(PRESETS["tiny"])
    with pytest.raises(UserError, match="nothing to paint"):
        list(paint(PaintRequest(Box(0, 0, 16, 16), (picture(32, 32),)), tiny))


def test_the_pool_is_flat_however_long_a_scroll_gets(model: ImageModel) -> None:
    def peak(width: int) -> int:
        last = list(paint(PaintRequest(Box(0, 0, width, 32), (picture(32, 32),)), model))[-1]
        assert isinstance(last, Finished)
        return last.peak_pool

    assert peak(20 * PATCH) == peak(8 * PATCH)


@pytest.mark.parametrize("grain", [0.0, 1.0])
def test_what_is_known_without_colour_goes_on_without(model: ImageModel, grain: float) -> None:
    pixels = np.random.default_rng(1).integers(0, 256, (6 * PATCH, 6 * PATCH, 1), dtype=np.uint8).repeat(3, 2)
    mask = np.ones(pixels.shape[:2], bool)
    mask[:5, :7] = False
    pixels[:5, :7] = (200, 10, 30)  # what the mask hides does not count
    known = KnownPicture(Box(0, 0, 6 * PATCH, 6 * PATCH), pixels, mask)
    result = paint_all(PaintRequest(Box(0, 0, 8 * PATCH, 6 * PATCH), (known,), seed=2, grain=grain), model)
    assert (result == result[..., :1]).all()
