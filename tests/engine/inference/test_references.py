"""Painting from pictures that do not lie on the canvas: out of nothing, by regions, beside a picture."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
import torch

from engine.inference.paint import paint, paint_all
from engine.inference.references import AFAR, LONGEST, ColumnRun, Layout, cheapest_path, guide, toned
from engine.inference.working_scale import filled_in
from engine.models.checkpoint import ImageModel
from engine.request import Box, Finished, KnownPicture, PaintedPatch, PaintRequest, PatchPainted, Planned, Reference


@pytest.fixture(scope="module")
def model(shaken: Callable[..., ImageModel]) -> ImageModel:
    return shaken(5, dtype=torch.float64)


def scene(seed: int, tint: tuple[float, float, float] = (1.0, 1.0, 1.0)) -> np.ndarray:
    """A sky over rough ground that meets it at another height in each column, uint8 (96, 144, 3)."""
    rng = np.random.default_rng(seed)
    rows = np.arange(96)[:, None, None]
    edge = (48 + 8 * np.sin(np.arange(144) / 17 + seed)).astype(int)[None, :, None]
    picture = np.where(rows < edge, 190 - rows / 2, 60 + 60 * rng.random((96, 144, 1))) * np.array(tint)
    return picture.clip(0, 255).astype(np.uint8)


def out_of_nothing(**changes: object) -> PaintRequest:
    references = (Reference("one", scene(1)), Reference("two", scene(2, (0.9, 1.0, 0.8))))
    request = PaintRequest(Box(0, 0, 150, 100), seed=3, exemplar=1.0, references=references)
    return replace(request, **changes)  # type: ignore[arg-type]


def test_all_comes_from_the_references_and_says_so(model: ImageModel) -> None:
    events = list(paint(out_of_nothing(), model))
    (followed,) = [event.followed for event in events if isinstance(event, Finished)]
    assert followed is not None and followed.sourced > 0.9
    assert {name for name, _ in followed.shares} == {"one", "two"}
    assert sum(share for _, share in followed.shares) == pytest.approx(followed.sourced)
    parts = [part for event in events if isinstance(event, PatchPainted) for part in event.taken]
    assert parts and {part.reference for part in parts} <= {"one", "two"}
    assert all(part.source.x >= 0 and part.source.bottom <= 104 for part in parts)
    picture = paint_all(out_of_nothing(), model)
    assert picture[:20].mean() > picture[-20:].mean() + 20, "the sky stays above"


def test_the_same_seed_paints_the_same_in_any_batch_and_after_a_stop(model: ImageModel) -> None:
    request = out_of_nothing()
    picture = paint_all(request, model)
    assert (paint_all(request, model, width=1) == picture).all()
    assert (paint_all(replace(request, seed=4), model) != picture).any()
    events = [event for event in paint(request, model) if isinstance(event, PatchPainted)]
    half = tuple(PaintedPatch(e.patch, e.tokens) for e in events[: len(events) // 2])
    assert (paint_all(replace(request, painted=half), model) == picture).all()


def test_what_is_to_be_avoided_is_not_taken(model: ImageModel) -> None:
    avoid = np.zeros((96, 144), bool)
    avoid[:, 40:] = True
    references = (Reference("one", scene(1), avoid), Reference("two", scene(2)))
    parts = [
        part
        for event in paint(out_of_nothing(references=references), model)
        if isinstance(event, PatchPainted)
        for part in event.taken
    ]
    assert all(part.source.x < 48 for part in parts if part.reference == "one")


def test_too_small_or_too_avoided_references_leave_it_to_the_model(model: ImageModel) -> None:
    nothing = Reference("none", scene(1), np.ones((96, 144), bool))
    planned = next(iter(paint(out_of_nothing(references=(nothing,)), model)))
    assert isinstance(planned, Planned) and "cannot" not in planned.notes and planned.notes


def test_places_of_words_keep_their_references(model: ImageModel) -> None:
    one, two = (Reference("one", scene(1), at=(0, 50)), Reference("two", scene(2), at=(150, 50)))
    parts = [
        part
        for event in paint(out_of_nothing(references=(one, two)), model)
        if isinstance(event, PatchPainted)
        for part in event.taken
    ]
    left = [part.reference for part in parts if part.box.right < 60]
    right = [part.reference for part in parts if part.box.x > 90]
    assert left.count("one") > left.count("two") and right.count("two") > right.count("one")


def test_a_picture_is_gone_on_with_in_another_hand(model: ImageModel) -> None:
    known = KnownPicture(Box(0, 0, 96, 96), scene(1)[:, :96])
    request = PaintRequest(
        Box(0, 0, 160, 96), (known,), seed=2, exemplar=1.0, references=(Reference("other", scene(5, (1.0, 0.8, 0.6))),)
    )
    events = list(paint(request, model))
    (followed,) = [event.followed for event in events if isinstance(event, Finished)]
    assert followed is not None and 0 < dict(followed.shares)["other"] <= followed.sourced
    assert (paint_all(request, model)[:, :96] == known.pixels).all()


def test_without_strength_references_change_nothing(model: ImageModel) -> None:
    plain = out_of_nothing(exemplar=0.0)
    assert (paint_all(plain, model) == paint_all(replace(plain, references=()), model)).all()


def test_a_layout_covers_the_width_in_short_runs_that_go_over_into_one_another() -> None:
    rng = np.random.default_rng(0)
    pictures = [rng.random((12, 30, 3)).astype(np.float32), rng.random((12, 20, 3)).astype(np.float32)]
    clear = [np.ones(30, bool), np.ones(20, bool)]
    runs = Layout(pictures, clear, np.zeros((50, 2), np.float32), 1).best()
    assert sum(run.length for run in runs) == 50 and max(run.length for run in runs) <= LONGEST
    assert all(run.start >= 0 and run.start + run.length <= pictures[run.picture].shape[1] for run in runs)


def test_colours_are_brought_to_those_of_the_first() -> None:
    warm = toned(scene(2), scene(1, (1.0, 0.7, 0.4)))
    assert warm[..., 0].mean() > warm[..., 2].mean() + 20


def test_what_is_unknown_is_filled_in_tile_by_tile_as_in_one() -> None:
    """Floats of a whole scroll took gigabytes."""
    chance = np.random.default_rng(0)
    known = np.ones((90, 700), bool)
    known[:, 130:210] = known[20:40, 300:390] = known[:, 650:] = False
    pixels = np.where(known[..., None], chance.integers(0, 256, (*known.shape, 3), np.uint8), 0).astype(np.uint8)
    whole = filled_in(pixels, known, 1024)
    assert np.array_equal(filled_in(pixels, known, 128), whole) and whole[~known].any(1).all()
    known[:, 128:256] = False  # a tile of which nothing is known
    assert np.array_equal(filled_in(pixels, known, 128), filled_in(pixels, known, 1024))


def test_runs_meet_where_they_are_alike_and_nowhere_else_changes() -> None:
    rng = np.random.default_rng(0)
    one, two = rng.random((12, 30, 3)).astype(np.float32), rng.random((12, 30, 3)).astype(np.float32)
    shared = np.arange(12) % 5 + 8  # a path along which both are the same: column 8 to 12 of one
    for row, column in enumerate(shared):
        two[row, column - 4] = one[row, column]
    runs = [ColumnRun(0, 0, 10, 0), ColumnRun(1, 6, 8, 0)]
    places = guide(runs, [Box(0, 0, 30, 12), Box(40, 0, 30, 12)], [one, two], 12)
    assert places.shape == (12, 18, 2) and (places[..., 0] == np.arange(12)[:, None]).all()
    assert (places[:, :6, 1] == np.arange(6)).all() and (places[:, 14:, 1] == np.arange(50, 54)).all()
    changes = (np.diff(places[..., 1], axis=1) != 1).argmax(1) + 1
    assert len(set(changes.tolist())) > 1, "no straight line"


def test_the_cheapest_path_goes_round_what_is_dear() -> None:
    costs = np.ones((5, 5))
    costs[np.arange(5), [1, 2, 3, 2, 1]] = 0
    assert cheapest_path(costs).tolist() == [1, 2, 3, 2, 1]


def test_a_wide_layout_takes_nothing_again_soon() -> None:
    rng = np.random.default_rng(0)
    pictures = [rng.random((8, 240, 3)).astype(np.float32) for _ in range(2)]
    runs = Layout(pictures, [np.ones(240, bool)] * 2, np.zeros((1000, 2), np.float32), 1).best()
    last, at, near = {}, 0, 0
    for run in runs:
        for column in range(run.start, run.start + run.length):
            near += at - last.get((run.picture, column), -AFAR) < AFAR
            last[run.picture, column] = at
        at += run.length
    assert near <= 0.05 * at
