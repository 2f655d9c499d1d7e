"""Several paintings in one batch: each paints what it paints alone, to the bit, whatever becomes of the others."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import torch

from engine.inference.fused_states import states_of
from engine.inference.graphed_states import GraphedStates
from engine.inference.paint import most_together, painting
from engine.inference.token_drawing import Drawing
from engine.models.checkpoint import ImageModel
from engine.request import (
    Box,
    KnownPicture,
    PaintedPatch,
    PaintEvent,
    PaintRequest,
    PatchGrown,
    PatchPainted,
    Prompt,
    Stopped,
)
from engine.together import Ended, Painting, Together

SEEDS: tuple[int, ...] = (3, 4, 5)
Widths = list[int]


@pytest.fixture(scope="module")
def model(shaken: Callable[..., ImageModel]) -> ImageModel:
    """In float32, whose steps are the same to the bit in batches of any width."""
    return shaken(5)


@pytest.fixture
def widths(monkeypatch: pytest.MonkeyPatch) -> Widths:
    """How many patches the decoder went through with at once, batch for batch."""
    found: Widths = []

    def states(decoder: Any, orders: torch.Tensor, *others: Any) -> Any:
        found.append(len(orders))
        return states_of(decoder, orders, *others)

    monkeypatch.setattr("engine.inference.guidance.states_of", states)
    return found


@pytest.fixture
def shared(monkeypatch: pytest.MonkeyPatch) -> None:
    """Batches are filled up as on a graphics card."""
    monkeypatch.setattr(Drawing, "room", property(lambda self: self.painting.widest))


def landscape() -> KnownPicture:
    pixels = np.random.default_rng(0).normal(120, 9, (64, 96, 3)) - np.linspace(0, 60, 64)[:, None, None]
    return KnownPicture(Box(0, 0, 96, 64), pixels.clip(0, 255).astype(np.uint8))


BESIDE = PaintRequest(Box(0, 0, 150, 77), (landscape(),))
REQUESTS = {
    "beside a picture": BESIDE,
    "following it": replace(BESIDE, exemplar=1.0),
    "with words": PaintRequest(Box(0, 0, 48, 32), prompts=(Prompt("winter"),), guidance=2.0, top_p=0.9),
}


def run(paintings: dict[int, Painting]) -> dict[int, list[PaintEvent]]:
    """All of them together, to their ends."""
    turns, events = Together[int](), {key: list[PaintEvent]() for key in paintings}
    for key, each in paintings.items():
        turns.add(key, each)
    while turns:
        key, event, _ = turns.turn()
        if not isinstance(event, Ended):
            events[key].append(event)
    return events


def told(events: list[PaintEvent]) -> list[Any]:
    """What painted patches look like, and everything else that is told."""
    return [
        (type(event), event.patch, event.tokens.tobytes(), event.bits_per_token, event.taken, event.refined,
         [(box, pixels.tobytes()) for box, pixels in event.updates]) if isinstance(event, PatchPainted)
        else (event.patch, event.update.box, event.update.pixels.tobytes()) if isinstance(event, PatchGrown)
        else event
        for event in events
    ]  # fmt: skip


def pixels(events: list[PaintEvent]) -> dict[Box, bytes]:
    """What each part that is told looks like in the end."""
    return pixels_of(told(events))


def pixels_of(seen: list[Any]) -> dict[Box, bytes]:
    updates = (
        update for event in seen if isinstance(event, tuple) and event[0] is PatchPainted for update in event[-1]
    )
    return dict(updates)


def alone(requests: dict[int, PaintRequest], model: ImageModel, **options: Any) -> dict[int, list[Any]]:
    return {key: told(run({key: painting(each, model, **options)})[key]) for key, each in requests.items()}


def seeded(request: PaintRequest) -> dict[int, PaintRequest]:
    return {seed: replace(request, seed=seed) for seed in SEEDS}


@pytest.mark.usefixtures("shared")
@pytest.mark.parametrize("width", [1, 16])
@pytest.mark.parametrize("name", REQUESTS)
def test_each_paints_what_it_paints_alone(model: ImageModel, widths: Widths, name: str, width: int) -> None:
    requests = seeded(REQUESTS[name])
    options: dict[str, Any] = {"grown": True, "width": 16} if width > 1 else {"width": 1}
    single = alone(requests, model, **options)
    steps, widest = len(widths), max(widths)
    widths.clear()
    together = run({key: painting(each, model, **options) for key, each in requests.items()})
    assert {key: told(events) for key, events in together.items()} == single
    if width > 1:
        assert len(widths) < steps and widest < max(widths) <= 16
    else:
        assert max(widths) == 1, "no batch is wider than any of them allows"


@pytest.mark.usefixtures("shared")
def test_one_that_is_stopped_leaves_the_others_as_they_are_and_goes_on_among_them(
    model: ImageModel, widths: Widths
) -> None:
    requests = seeded(REQUESTS["following it"])
    single = alone(requests, model, live=False)
    tokens = iter(range(100_000))
    first, *others = SEEDS
    kept: list[PaintedPatch] = []
    turns, events = Together[int](2), {seed: list[PaintEvent]() for seed in SEEDS}
    # Stopped amid a batch, of which nothing is kept: at a token of the third one or so.
    turns.add(first, painting(requests[first], model, lambda: next(tokens) > 3 * 16 + 5, live=False))
    for seed in others:
        turns.add(seed, painting(requests[seed], model, live=False))
    for seed, event, _ in turns.until_all_ended():
        if isinstance(event, Stopped):
            kept = [PaintedPatch(e.patch, e.tokens) for e in events[first] if isinstance(e, PatchPainted)]
            events[first].clear()
            turns.add(seed, painting(replace(requests[seed], painted=tuple(kept)), model, live=False))
        elif not isinstance(event, Ended):
            events[seed].append(event)
    assert kept and max(widths) > 1
    assert {seed: told(events[seed]) for seed in others} == {seed: single[seed] for seed in others}
    assert pixels(events[first]) == pixels_of(single[first])


@pytest.mark.usefixtures("shared")
def test_the_failure_of_one_is_its_own(model: ImageModel, widths: Widths) -> None:
    requests = seeded(BESIDE)
    single = alone(requests, model)
    tokens = iter(range(100_000))

    def fails() -> bool:
        if next(tokens) > 3 * 16 + 5:
            raise ValueError("its own")
        return False

    failing, *others = SEEDS
    turns, events = Together[int](), {seed: list[PaintEvent]() for seed in SEEDS}
    for seed in SEEDS:
        turns.add(seed, painting(requests[seed], model, fails if seed == failing else lambda: False))
    failures = 0
    while turns:
        try:
            seed, event, _ = turns.turn()
        except ValueError as error:
            assert str(error) == "its own" and turns.current == failing
            failures += 1
            continue
        if not isinstance(event, Ended):
            events[seed].append(event)
    assert failures == 1 and max(widths) > 1
    assert {seed: told(events[seed]) for seed in others} == {seed: single[seed] for seed in others}
    assert told(events[failing]) == single[failing][: len(events[failing])], "what it has told by then stays"


@pytest.mark.usefixtures("shared")
def test_what_fails_for_all_is_told_to_all(model: ImageModel, monkeypatch: pytest.MonkeyPatch) -> None:
    def states(*others: Any) -> Any:
        raise RuntimeError("no longer there")

    monkeypatch.setattr("engine.inference.guidance.states_of", states)
    turns, failed = Together[int](), []
    for seed, request in seeded(BESIDE).items():
        turns.add(seed, painting(request, model))
    while turns:
        try:
            turns.turn()
        except RuntimeError:
            failed.append(turns.current)
    assert sorted(failed) == list(SEEDS)


@pytest.mark.usefixtures("shared")
def test_where_memory_is_short_each_is_drawn_alone_and_then_in_halves(
    model: ImageModel, request: pytest.FixtureRequest
) -> None:
    requests = seeded(BESIDE)
    single = alone(requests, model)
    begun = request.getfixturevalue("begun_alone")
    together = run({seed: painting(request, model) for seed, request in requests.items()})
    assert {seed: told(events) for seed, events in together.items()} == single and max(begun) > 1


@pytest.mark.parametrize(
    ("threads", "size", "room"), [(1, 1, 1), (1, 3, 3), (2, 1, 2), (2, 2, 2), (4, 1, 4), (4, 5, 8), (16, 2, 16)]
)
def test_on_a_cpu_a_batch_is_filled_up_until_every_thread_has_as_much(
    model: ImageModel, monkeypatch: pytest.MonkeyPatch, threads: int, size: int, room: int
) -> None:
    monkeypatch.setattr(torch, "get_num_threads", lambda: threads)
    drawings = [next(e for e in painting(REQUESTS[name], model) if isinstance(e, Drawing)) for name in REQUESTS]
    for drawing in drawings:
        drawing.size = size
    beside, following, words = (drawing.room for drawing in drawings)
    assert (beside, words) == (room, room) and following == size, "what is followed is not shared"
    cpu = torch.device("cpu")
    assert (most_together(cpu), most_together(cpu, follows=True)) == (1 if threads <= 2 else 2, 1)


def test_with_one_thread_nothing_is_shared_and_the_first_comes_first(
    model: ImageModel, widths: Widths, monkeypatch: pytest.MonkeyPatch
) -> None:
    requests = seeded(BESIDE)
    alone(requests, model)
    separate = sorted(widths)
    widths.clear()
    monkeypatch.setattr(torch, "get_num_threads", lambda: 1)
    turns, ended = Together[int](), []
    for seed, request in requests.items():
        turns.add(seed, painting(request, model))
    painted = dict.fromkeys(SEEDS, 0)
    for seed, event, _ in turns.until_all_ended():
        painted[seed] += isinstance(event, PatchPainted)
        if isinstance(event, Ended):
            ended.append(seed)
            assert not any(painted[other] for other in SEEDS if other not in ended), "the next one begins only now"
    assert sorted(widths) == separate and ended == list(SEEDS)


@pytest.mark.usefixtures("shared")
def test_only_what_is_drawn_alike_is_drawn_in_one_batch(model: ImageModel, widths: Widths) -> None:
    requests = {
        0: BESIDE, 1: replace(BESIDE, temperature=0.8), 2: replace(BESIDE, prompts=(Prompt("winter"),)),
        3: replace(BESIDE, top_p=0.7),
    }  # fmt: skip
    single = alone(requests, model)
    separate = sorted(widths)
    widths.clear()
    together = run({key: painting(request, model) for key, request in requests.items()})
    assert {key: told(events) for key, events in together.items()} == single and sorted(widths) == separate


@pytest.mark.usefixtures("shared")
def test_jobs_with_other_words_share_batches(model: ImageModel, widths: Widths) -> None:
    said = {0: "winter", 1: "a lake in the mist, in summer", 2: "snow falls"}
    requests = {n: replace(REQUESTS["with words"], seed=n, prompts=(Prompt(words),)) for n, words in said.items()}
    single = alone(requests, model)
    widths.clear()
    together = run({key: painting(request, model) for key, request in requests.items()})
    assert {key: told(events) for key, events in together.items()} == single and max(widths) >= 3


@pytest.mark.usefixtures("shared")
@pytest.mark.parametrize("name", REQUESTS)
def test_on_a_graphics_card_every_batch_has_one_shape(
    model: ImageModel, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It rounds by the shape: a patch is drawn the same whoever is beside it, and however few there are."""
    shapes: set[tuple[int, ...]] = set()

    def states(decoder: Any, orders: torch.Tensor, context: Any, text: Any = None) -> GraphedStates:
        shapes.add((len(orders), context.labels.shape[1] if context else 0, text.bias.shape[1] if text else 0))
        return GraphedStates(decoder, orders, context, text)

    requests = seeded(REQUESTS[name])
    plain = alone(requests, model)
    monkeypatch.setattr("engine.inference.guidance.states_of", states)
    graphed = alone(requests, model)
    monkeypatch.setattr(Drawing, "rounds_by_shape", True)
    padded = alone(requests, model)
    assert all(len(padded[seed]) == len(plain[seed]) == len(graphed[seed]) for seed in SEEDS)
    shapes.clear()
    together = run({seed: painting(request, model) for seed, request in requests.items()})
    assert {seed: told(events) for seed, events in together.items()} == padded
    assert {rows for rows, _, _ in shapes} == {16} and len({n for _, n, _ in shapes if n}) == 1
