"""Painting in the known picture's own hand, on the tiny preset in float64: guarantees, shapes, bad input."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import torch

from engine.config import PRESETS
from engine.evaluate.borders import border_seams
from engine.inference import following
from engine.inference.canvas import Canvas
from engine.inference.contact_sheet import extended
from engine.inference.following import NOTHING_NEAR, TOO_LITTLE, Following
from engine.inference.paint import paint, paint_all
from engine.inference.refinement import Refinement
from engine.inference.verbatim import verbatim
from engine.inference.working_scale import choose_scale, known_part
from engine.media.known_pictures import holds, known_mask, laid_together, lay_updates
from engine.models.checkpoint import ImageModel
from engine.models.vqgan import VOID
from engine.request import (
    Area,
    Box,
    Finished,
    KnownPicture,
    PaintedPatch,
    PaintEvent,
    PaintRequest,
    Patch,
    PatchGrown,
    PatchPainted,
    Planned,
    Stopped,
    Taken,
)

PATCH = PRESETS["tiny"].patch_px  # 16 px


@pytest.fixture(scope="module")
def model(shaken: Callable[..., ImageModel]) -> ImageModel:
    return shaken(5, dtype=torch.float64)


def landscape(width: int = 192, height: int = 128, colour: bool = True) -> np.ndarray:
    """A smooth sky over rough ground, uint8 (height, width, 3)."""
    rng = np.random.default_rng(width * height)
    rows = np.linspace(0, 1, height)[:, None, None]
    sky = 200 - 60 * rows + rng.normal(0, 2, (height, width, 1))
    ground = 60 + 50 * rng.random((height, width, 1)).repeat(1, 2)
    picture = np.where(rows < 0.5, sky, ground) * np.array([0.8, 0.9, 1.0] if colour else [1.0, 1.0, 1.0])
    return picture.clip(0, 255).astype(np.uint8)


def beside(**changes: object) -> PaintRequest:
    """A picture that is painted on to the right and below; 28 patches in small."""
    pixels = landscape()
    request = PaintRequest(Box(0, 0, 280, 180), (KnownPicture(Box(0, 0, 192, 128), pixels),), seed=3, exemplar=1.0)
    return replace(request, **changes)  # type: ignore[arg-type]


def test_all_of_a_picture_of_odd_size_is_known_in_small() -> None:
    """Its corner covers four ninths of a small pixel, its edges two thirds."""
    pixels = np.zeros((200, 155, 3), np.uint8)  # a token of 24 px is 3 px a pixel, from the right edge on
    known, target = KnownPicture(Box(0, 0, 155, 200), pixels), Box(0, 0, 235, 200)
    request = PaintRequest(target, (known,), exemplar=1.0)
    scale = choose_scale(Box(155, 0, 80, 200), known.box, 16, 8, 3.0)
    part = known_part(request, scale)
    assert scale.token == 24 and part is not None
    here = scale.reduced(known.box).intersect(part.small_box).slices(part.small_box)
    assert part.small_known[here].all()


def around(**changes: object) -> PaintRequest:
    """On all sides of a picture with a hole, odd sizes throughout."""
    mask = np.ones((101, 155), bool)
    mask[40:71, 50:95] = False
    known = KnownPicture(Box(3, -5, 155, 101), landscape(155, 101), mask)
    request = PaintRequest(Box(-37, -35, 231, 160), (known,), seed=4, exemplar=1.0)
    return replace(request, **changes)  # type: ignore[arg-type]


def finished(events: list[PaintEvent], request: PaintRequest) -> np.ndarray:
    target = request.target
    pixels = np.zeros((target.height, target.width, 3), np.uint8)
    for event in events:
        for box, new in event.updates if isinstance(event, PatchPainted) else ():
            pixels[box.slices(target)] = new
    return pixels


def painted(events: list[PaintEvent]) -> list[PatchPainted]:
    return [event for event in events if isinstance(event, PatchPainted)]


def test_without_strength_it_is_the_papers_algorithm_to_the_bit(model: ImageModel) -> None:
    plain = replace(beside(), exemplar=0.0)
    asked = replace(plain, scale=3.0, lively=0.1, not_from=(Area(Box(0, 0, 50, 50)),))
    assert (paint_all(plain, model) == paint_all(asked, model)).all()
    assert (paint_all(plain, model) != paint_all(beside(), model)).any()


@pytest.mark.parametrize("request_of", [beside, around])
def test_known_pixels_stay_and_all_others_are_painted(
    model: ImageModel, request_of: Callable[..., PaintRequest]
) -> None:
    request = request_of()
    (known,) = request.known
    events = list(paint(request, model))
    pixels = finished(events, request)
    where = known.mask if known.mask is not None else np.ones(known.pixels.shape[:2], bool)
    own = known.box.slices(request.target)
    told = np.zeros(pixels.shape[:2], bool)
    for event in painted(events):
        for box, _ in event.updates:
            told[box.slices(request.target)] = True
    touched = told[own] & where
    assert (pixels[own][touched] == known.pixels[touched]).all()
    told[own] |= where
    assert told.all()


def test_each_patch_is_shown_at_once_and_its_box_comes_first(model: ImageModel) -> None:
    request = beside()
    (planned,) = [event for event in paint(request, model) if isinstance(event, Planned)]
    for event, box in zip(painted(list(paint(request, model))), planned.boxes, strict=True):
        assert event.updates[0].box in planned.boxes and not box.empty


def test_told_once_or_live_it_ends_the_same(model: ImageModel) -> None:
    for request in (beside(), around()):
        live, once = (finished(list(paint(request, model, live=live)), request) for live in (True, False))
        own = request.known[0].box.slices(request.target)
        live[own], once[own] = 0, 0
        assert (live == once).all()


def test_the_width_of_batches_changes_nothing(model: ImageModel) -> None:
    request = around()
    wide, narrow = (finished(list(paint(request, model, width=width)), request) for width in (16, 1))
    assert (wide == narrow).all()


@pytest.mark.parametrize("kept", [1, 5, 11])
def test_stopped_and_resumed_it_is_the_same_picture(model: ImageModel, kept: int) -> None:
    request = beside()
    whole = list(paint(request, model))
    count = 0

    def stop() -> bool:
        return count >= kept

    first: list[PaintEvent] = []
    for event in paint(request, model, stop):
        first.append(event)
        count += isinstance(event, PatchPainted)
    assert isinstance(first[-1], Stopped)
    resumed = replace(request, painted=tuple(PaintedPatch(e.patch, e.tokens) for e in painted(first)))
    again = list(paint(resumed, model))
    assert (finished(again, request) == finished(whole, request)).all()
    assert [e.taken for e in painted(again)] == [e.taken for e in painted(whole)]


def test_a_patch_is_painted_again_among_the_others(model: ImageModel) -> None:
    request = beside()
    whole = painted(list(paint(request, model)))
    again = whole[4].patch
    others = tuple(PaintedPatch(e.patch, e.tokens) for e in whole if e.patch != again)
    events = painted(list(paint(replace(request, seed=99, painted=others), model)))
    tokens = {e.patch: e.tokens for e in events}
    assert all((tokens[e.patch] == e.tokens).all() for e in whole if e.patch != again)
    assert (tokens[again] != whole[4].tokens).any()


def test_growing_patches_are_shown_at_the_size_of_the_canvas(model: ImageModel) -> None:
    request = beside()
    grown = [event for event in paint(request, model, grown=True) if isinstance(event, PatchGrown)]
    assert grown
    for event in grown:
        assert event.update.pixels.shape == (event.update.box.height, event.update.box.width, 4)


def test_it_says_where_things_come_from(model: ImageModel) -> None:
    request = beside()
    events = list(paint(request, model))
    (followed,) = [event.followed for event in events if isinstance(event, Finished)]
    assert followed and followed.sources > 100 and followed.sourced > 0.5 and followed.verbatim <= 0.05
    parts = [part for event in painted(events) for part in event.taken]
    known = request.known[0].box.grow(PATCH)
    assert parts and all(known.contains(part.source) and part.box[2:] == part.source[2:] for part in parts)


def test_what_is_refined_says_anew_where_it_comes_from(model: ImageModel) -> None:
    events = painted(list(paint(beside(), model)))
    said: dict[Patch, tuple[Taken, ...]] = {}
    again: list[Patch] = []
    for event in events:
        assert said.keys() >= {patch for patch, _ in event.refined}  # earlier ones
        said |= {event.patch: event.taken, **dict(event.refined)}
        again += [patch for patch, _ in event.refined]
    assert again and len(again) == len(set(again))
    first = {event.patch: event.taken for event in events}
    assert any(first[patch] != said[patch] for patch in again)


@pytest.mark.parametrize(
    ("target", "scale"), [(Box(0, 0, 225, 128), 2.0), (Box(0, 0, 257, 128), 2.0), (Box(0, -1, 241, 129), 3.0)]
)
def test_what_ends_just_beyond_a_patch_is_painted_too(model: ImageModel, target: Box, scale: float) -> None:
    """Rounded to the working scale, the last column or row belongs to no patch."""
    asked = beside(target=target, scale=scale)
    assert_whole(asked, model)


@pytest.mark.parametrize("size", [(31, 17), (33, 33), (49, 34), (66, 19)])
def test_no_pixel_of_a_hole_stays_open(model: ImageModel, size: tuple[int, int]) -> None:
    """A round one reaches by slivers into patches that count as known."""
    y, x = np.mgrid[:128, :192]
    hole = ((x - 90.3) / size[0]) ** 2 + ((y - 62.7) / size[1]) ** 2 < 1
    known = KnownPicture(Box(0, 0, 192, 128), landscape(), ~hole)
    assert_whole(PaintRequest(Box(0, 0, 192, 128), (known,), seed=3, exemplar=1.0, scale=2.0), model)


def assert_whole(asked: PaintRequest, model: ImageModel) -> None:
    """Every pixel of a target is told, and known ones stay as they are."""
    pixels, told = laid_together(asked.known, asked.target)
    for event in paint(asked, model, live=False):
        lay_updates(event, pixels, asked.target)
        for box, _ in event.updates if isinstance(event, Planned | PatchPainted) else ():
            told[box.slices(asked.target)] = True
    assert told.all() and holds(asked.known, pixels, asked.target)


def test_empty_parts_of_two_shapes_are_no_one_part(model: ImageModel) -> None:
    """They have the same bytes; the one has not the tokens of the other."""
    canvas = Canvas(PaintRequest(Box(0, 0, 2 * PATCH, PATCH), (), 0), model)
    halo = 2 * model.tokenizer.encoder_halo * canvas.compression
    shapes = ((PATCH + halo, 3 * PATCH + halo), (3 * PATCH + halo, PATCH + halo))
    one, other = (canvas.encode_known(np.zeros((*s, 3), np.uint8), np.zeros(s, bool)).shape for s in shapes)
    assert tuple(one) == tuple(other)[::-1] and one != other


def test_what_is_never_seen_is_not_refined(model: ImageModel, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whole patches are painted, and most of those at the edge of the target lie beyond it."""
    refined: list[Box] = []
    refine = Refinement.refine

    def told(self: Refinement, section: Box, ahead: Box, *others: Any) -> tuple[Box, np.ndarray]:
        refined.append(ahead)
        return refine(self, section, ahead, *others)

    monkeypatch.setattr(Refinement, "refine", told)
    asked = beside()
    painting = Following.of(asked, model)
    paint_all(asked, model)
    assert painting is not None
    seen, token = painting.request.target, painting.scale.compression
    assert max(each.bottom for each in refined) < seen.bottom + 3 * token
    assert max(each.right for each in refined) < seen.right + 3 * token


def test_nothing_comes_from_where_it_may_not(model: ImageModel) -> None:
    request = beside(scale=1.0)
    mask = np.zeros((128, 192), bool)
    mask[:, 96:] = True
    avoided = replace(request, not_from=(Area(Box(0, 0, 192, 128), mask),))
    parts = [part for event in painted(list(paint(avoided, model))) for part in event.taken]
    assert parts and all(part.source.right <= 96 + 4 for part in parts)


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_the_scale_can_be_chosen(model: ImageModel, scale: float) -> None:
    request = beside(scale=scale)
    events = list(paint(request, model))
    (followed,) = [event.followed for event in events if isinstance(event, Finished)]
    assert followed and followed.scale == scale


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_what_is_extended_four_times_keeps_mean_and_spread(model: ImageModel, seed: int) -> None:
    """Within a tenth of those of the picture with a ship, or of sky and sea without, as it need not come again."""
    without = landscape(96, 64)
    whole = without.copy()
    whole[34:50, 20:60] = (30, 10, 5)
    picture = whole
    for link in range(4):
        target = Box(0, 0, picture.shape[1] + 2 * PATCH, 64)
        picture = extended(model, picture, target, seed + link, exemplar=1.0)
    new = picture[:, 96:]
    for figure in (np.mean, np.std):
        known = [figure(picture, axis=(0, 1)) for picture in (without, whole)]
        now = figure(new, axis=(0, 1))
        assert (now > 0.9 * np.min(known, 0)).all() and (now < 1.1 * np.max(known, 0)).all()


@pytest.mark.parametrize(("height", "small"), [(28, True), (40, False)])
def test_nothing_is_taken_from_lone_things_of_a_small_picture(
    model: ImageModel, monkeypatch: pytest.MonkeyPatch, height: int, small: bool
) -> None:
    thing = Box(60, 0, 60, height)

    def one(pixels: np.ndarray, *_: object) -> np.ndarray:
        found = np.zeros(pixels.shape[:2], bool)
        found[thing.slices(Box(0, 0, 0, 0))] = True
        return found

    monkeypatch.setattr(following, "lone_things", one)
    known = KnownPicture(Box(0, 0, 160, height), landscape(160, height))
    events = painted(list(paint(PaintRequest(Box(0, 0, 288, height), (known,), seed=2, exemplar=1.0), model)))
    sources = [taken.source for event in events for taken in event.taken]
    assert sources
    assert any(not source.intersect(thing).empty for source in sources) != small


def test_a_picture_without_colour_stays_without(model: ImageModel) -> None:
    known = KnownPicture(Box(0, 0, 192, 128), landscape(colour=False))
    pixels = paint_all(replace(beside(), known=(known,)), model)
    assert (pixels == pixels[..., :1]).all()


def test_one_tone_stays_one_tone(model: ImageModel) -> None:
    known = KnownPicture(Box(0, 0, 192, 128), np.full((128, 192, 3), (90, 120, 40), np.uint8))
    pixels = paint_all(replace(beside(), known=(known,)), model)
    assert (np.abs(pixels.astype(int) - (90, 120, 40)) <= 1).all()


def test_two_pictures_are_bridged_from_both(model: ImageModel) -> None:
    left, right = landscape(112, 128), 255 - landscape(112, 128)
    known = (KnownPicture(Box(0, 0, 112, 128), left), KnownPicture(Box(176, 0, 112, 128), right))
    request = PaintRequest(Box(0, 0, 288, 128), known, seed=1, exemplar=1.0)
    parts = [part for event in painted(list(paint(request, model))) for part in event.taken]
    assert {part.source.x < 112 for part in parts} == {True, False}


@pytest.mark.parametrize("seed", [0, 3])
def test_a_gap_between_two_tones_has_no_seam_on_either_side(model: ImageModel, seed: int) -> None:
    rows = np.arange(64)[:, None, None] / 2
    left, right = (
        np.broadcast_to(rows + tone, (64, 128, 3)).astype(np.uint8) for tone in ((170, 100, 40), (100, 150, 145))
    )
    known = (KnownPicture(Box(0, 0, 128, 64), left), KnownPicture(Box(160, 0, 128, 64), right))
    request = PaintRequest(Box(0, 0, 288, 64), known, seed=seed, exemplar=1.0)
    seams = border_seams(paint_all(request, model), known_mask(known, request.target))
    assert max(seam for seam in seams.values() if seam is not None) < 1.3


@pytest.mark.parametrize("size", [(9, 9), (20, 12)])
def test_a_picture_that_is_too_small_is_said_and_painted_on(model: ImageModel, size: tuple[int, int]) -> None:
    known = KnownPicture(Box(0, 0, *size), landscape(*size))
    request = PaintRequest(Box(0, 0, 64, 40), (known,), exemplar=1.0)
    (planned,) = [event for event in paint(request, model) if isinstance(event, Planned)]
    assert planned.notes == (TOO_LITTLE,)
    assert (paint_all(request, model) == paint_all(replace(request, exemplar=0.0), model)).all()


def test_a_small_thing_that_is_cut_out_does_not_run_on_into_its_ground(model: ImageModel) -> None:
    rows, columns = np.mgrid[:32, :32]
    kite = np.abs(rows - 15.5) + np.abs(columns - 15.5) < 16
    thing = np.where(columns[..., None] < 16, (230, 120, 30), (200, 100, 30)).astype(np.uint8)
    known = KnownPicture(Box(8, 8, 32, 32), thing, kite)
    request = PaintRequest(Box(0, 0, 48, 48), (known,), exemplar=1.0)

    def alike(strength: float) -> int:
        """Painted tokens that are one of the thing's own."""
        asked = replace(request, exemplar=strength)
        canvas = Canvas(asked, model)
        held = {patch: canvas.forced(patch).numpy() for patch in canvas.cells}
        own = np.unique(np.concatenate([tokens[tokens != VOID] for tokens in held.values()]))
        events = painted(list(paint(asked, model)))
        assert len(own) and events
        return sum(int(np.isin(event.tokens[held[event.patch] == VOID], own).sum()) for event in events)

    assert alike(0.0) > 0, "the paper's algorithm as it is"
    assert alike(1.0) == 0


def test_where_nothing_is_known_it_is_said_and_painted(model: ImageModel) -> None:
    clear = KnownPicture(Box(0, 0, 64, 64), landscape(64, 64), np.zeros((64, 64), bool))
    request = PaintRequest(Box(0, 0, 64, 64), (clear,), exemplar=1.0)
    events = list(paint(request, model))
    assert isinstance(events[0], Planned) and events[0].notes == (NOTHING_NEAR,)
    assert isinstance(events[-1], Finished)


def test_a_mask_that_leaves_nothing_is_said(model: ImageModel) -> None:
    request = beside(not_from=(Area(Box(0, 0, 192, 128)),))
    (planned,) = [event for event in paint(request, model) if isinstance(event, Planned)]
    assert planned.notes == (TOO_LITTLE,)


def test_runs_that_are_copied_are_counted() -> None:
    way, has = np.zeros((40, 40, 2), np.int64), np.ones((40, 40), bool)
    way[..., 0] = np.arange(40)[:, None] * 7 % 5 + np.arange(40) * 3  # no two neighbours alike
    way[10:24, 5:20] = (3, -50)
    covered, longest = verbatim(way, has)
    assert longest == (15, 14) and covered.sum() == 15 * 14
    way[10:24, 5:20] = np.arange(14)[:, None, None] % 2
    assert not verbatim(way, has)[0].any()


@pytest.mark.parametrize(
    ("new", "corner"),
    [
        (Box(100, 0, 50, 80), (100, 0)),  # to the right
        (Box(-50, 0, 50, 80), (0, 0)),  # to the left
        (Box(60, 40, 90, 90), (100, 80)),  # round the lower right corner
        (Box(-50, -50, 200, 200), (0, 0)),  # on all sides
        (Box(20, 20, 30, 30), (0, 0)),  # a hole
    ],
)
def test_the_grid_hangs_on_the_border_that_is_gone_on_from(new: Box, corner: tuple[int, int]) -> None:
    scale = choose_scale(new, Box(0, 0, 100, 80), side=16, compression=8)
    assert (scale.x, scale.y) == corner


def test_the_scale_is_that_at_which_the_picture_is_three_or_four_patches_high() -> None:
    assert choose_scale(Box(1024, 0, 384, 720), Box(0, 0, 1024, 720), 16, 8).token == 16
    assert choose_scale(Box(2000, 0, 512, 1485), Box(0, 0, 2000, 1485), 16, 8).token == 24
    assert choose_scale(Box(100, 0, 60, 80), Box(0, 0, 100, 80), 16, 8).token == 8, "never larger than it is"
    assert choose_scale(Box(500, 500, 100, 100), Box(0, 0, 4000, 3000), 16, 8).token == 8, "a small hole in a large one"
