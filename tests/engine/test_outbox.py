"""Patches that are rendered aside are told in their order, and a painting is the same with them."""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
import pytest
import torch

from engine.checkpoint import ImageModel
from engine.config import PRESETS
from engine.outbox import Outbox
from engine.paint import paint
from engine.request import (
    Box,
    Finished,
    KnownPicture,
    PaintedPatch,
    PaintEvent,
    PaintRequest,
    PatchPainted,
    PatchStarted,
    Planned,
    Stopped,
)

PATCH = PRESETS["tiny"].patch_px
CPU = torch.device("cpu")
PIXELS = np.random.default_rng(0).integers(0, 256, (2 * PATCH, 2 * PATCH, 3), dtype=np.uint8)
REQUEST = PaintRequest(
    Box(-PATCH - 3, 0, 5 * PATCH, 4 * PATCH), (KnownPicture(Box(0, 0, 2 * PATCH, 2 * PATCH), PIXELS),), seed=3
)


@pytest.fixture(scope="module")
def model(shaken: Callable[..., ImageModel]) -> ImageModel:
    return shaken(5, dtype=torch.float64)


@pytest.fixture
def two_threads() -> Iterator[None]:
    torch.set_num_threads(2)
    yield
    assert torch.get_num_threads() == 2, "what was lent is given back"
    torch.set_num_threads(1)


def told(events: Iterator[PaintEvent]) -> list[tuple[object, ...]]:
    """Kinds and patches in their order, and all that is told of what was painted."""
    found: list[tuple[object, ...]] = []
    for event in events:
        if isinstance(event, PatchPainted):
            updates = [(box, pixels.tobytes()) for box, pixels in event.updates]
            found.append((PatchPainted, event.patch, event.tokens.tobytes(), updates))
        elif isinstance(event, PatchStarted):
            found.append((PatchStarted, event.patch))
        else:
            found.append((type(event),))
    return found


def test_a_painting_tells_the_same_in_the_same_order(model: ImageModel) -> None:
    alone = told(paint(REQUEST, model))
    torch.set_num_threads(2)
    assert told(paint(REQUEST, model)) == alone
    assert told(paint(REQUEST, model, width=1)) == told(paint(REQUEST, model, width=1))


@pytest.mark.usefixtures("two_threads")
def test_what_is_finished_is_told_before_a_painting_stops(model: ImageModel) -> None:
    asked = iter([False] * 40 + [True] * 1000)
    events = list(paint(REQUEST, model, lambda: next(asked), width=2))
    kept = tuple(PaintedPatch(event.patch, event.tokens) for event in events if isinstance(event, PatchPainted))
    assert isinstance(events[-1], Stopped) and kept
    assert told(paint(replace(REQUEST, painted=kept), model, width=2))[-1] == (Finished,)


@pytest.mark.usefixtures("two_threads")
def test_whoever_leaves_early_gets_the_threads_back(model: ImageModel) -> None:
    for event in paint(REQUEST, model):
        if isinstance(event, PatchPainted):
            break


@pytest.mark.usefixtures("two_threads")
def test_events_wait_for_those_before_them() -> None:
    gate = threading.Event()

    def slow() -> PaintEvent:
        assert gate.wait(10) and torch.get_num_threads() == 1
        return Stopped()

    with Outbox(CPU) as outbox:
        outbox.say(Planned(1, 0, 1, ()))
        outbox.make(slow)
        outbox.say(Finished(1, 1))
        assert torch.get_num_threads() == 1, "a core is left to what is made"
        assert [type(event) for event in outbox.ready()] == [Planned] and len(outbox) == 2
        gate.set()
        assert [type(event) for event in outbox.ready(all_of_them=True)] == [Stopped, Finished]
        assert torch.get_num_threads() == 2


@pytest.mark.usefixtures("two_threads")
def test_what_fails_aside_fails_where_it_is_told() -> None:
    def broken() -> PaintEvent:
        raise MemoryError

    with pytest.raises(MemoryError), Outbox(CPU) as outbox:
        outbox.make(broken)
        list(outbox.ready(all_of_them=True))


def test_with_one_thread_nothing_is_made_aside() -> None:
    with Outbox(CPU) as outbox:
        outbox.make(lambda: Finished(threading.get_ident(), 0))
        (event,) = outbox.ready()
        assert isinstance(event, Finished) and event.peak_pool == threading.get_ident()


def test_an_outbox_that_is_closed_makes_no_more() -> None:
    torch.set_num_threads(2)
    made: list[int] = []
    with Outbox(CPU) as outbox:
        for n in range(50):
            outbox.make(lambda n=n: (time.sleep(0.01), made.append(n), Stopped())[-1])
    assert len(made) < 50
