"""Paintings that advance together: who takes turns, who joins whom, and whose seconds are whose."""

from collections.abc import Generator, Iterator, Sequence
from inspect import GEN_CLOSED, getgeneratorstate
from typing import Any

import numpy as np
import pytest

from engine.request import Finished, PaintEvent, Patch, PatchPainted, Stopped
from engine.together import Ended, Together, Wish, wishes_alone

Batches = list[list[str]]


class Step(Wish):
    """A wish for nothing but its turn; two of them have room in a batch, and each batch takes a second."""

    def __init__(self, name: str, clock: "Clock", batches: Batches, size: int = 1):
        self.name, self.clock, self.batches, self.size = name, clock, batches, size

    def joins(self, first: Wish, taken: int) -> bool:
        return taken + self.size <= 2

    def begin(self, others: Sequence[Wish]) -> Iterator[tuple[Wish, Any]]:
        batch = [each for each in (self, *others) if isinstance(each, Step)]
        self.batches.append([each.name for each in batch])
        self.clock.now += 1
        yield from ((each, f"for {each.name}") for each in batch)


class Clock:
    now = 0.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr("engine.together.time", clock)
    return clock


def event(number: int) -> PatchPainted:
    return PatchPainted(Patch(number, 0), (), np.zeros((1, 1), np.int32), 1.0)


def painting(name: str, clock: Clock, batches: Batches, steps: int = 3, size: int = 1) -> Generator[Any, Any, str]:
    for number in range(steps):
        assert (yield Step(name, clock, batches, size)) == f"for {name}"
        yield event(number)
    return f"{name} is done"


def test_the_first_never_waits_and_others_join_it(clock: Clock) -> None:
    turns, batches = Together[str](), Batches()
    for name in "abc":
        turns.add(name, painting(name, clock, batches))
    ended = [turn.key for turn in turns.until_all_ended() if isinstance(turn.event, Ended)]
    assert batches == [["a", "b"]] * 3 + [["c"]] * 3 and ended == ["a", "b", "c"]


def test_two_leaders_take_turns_and_a_third_fills_up(clock: Clock) -> None:
    turns, batches = Together[str](2), Batches()
    for name, size in (("a", 2), ("b", 1), ("c", 1)):
        turns.add(name, painting(name, clock, batches, size=size))
    list(turns.until_all_ended())
    assert batches == [["a"], ["b", "c"]] * 3


def test_seconds_are_shared_out_by_patches(clock: Clock) -> None:
    turns, batches = Together[str](), Batches()
    for name in "ab":
        turns.add(name, painting(name, clock, batches))
    spent = {"a": 0.0, "b": 0.0}
    for key, _, seconds in turns.until_all_ended():
        spent[key] += seconds
    assert spent == {"a": 1.5, "b": 1.5} and clock.now == 3


def test_one_that_tells_much_does_not_keep_others_waiting(clock: Clock) -> None:
    def talks() -> Iterator[PaintEvent]:
        for number in range(10):
            clock.now += 0.4
            yield event(number)
        yield Finished(0, 0)

    turns, batches = Together[str](), Batches()
    turns.add("a", painting("a", clock, batches))
    turns.add("b", talks())
    told = "".join(turn.key for turn in turns.until_all_ended())
    assert told.rindex("a") < told.rindex("b") and len(batches) == 3


def test_one_that_is_dropped_is_closed_and_the_others_go_on(clock: Clock) -> None:
    turns, batches = Together[str](), Batches()
    dropped = painting("a", clock, batches)
    turns.add("a", dropped)
    turns.add("b", painting("b", clock, batches))
    assert turns.turn().key == "a"
    turns.drop("a")
    assert getgeneratorstate(dropped) == GEN_CLOSED
    assert [turn.key for turn in turns.until_all_ended()] == ["b"] * 4


def test_wishes_alone_pass_on_and_so_do_exceptions(clock: Clock) -> None:
    def stopped() -> Generator[Any, Any, str]:
        yield event(0)
        try:
            yield Step("a", clock, [])
        except KeyboardInterrupt:
            yield Stopped()
        return "stopped"

    told: list[PaintEvent] = []
    wishes = wishes_alone(stopped(), told.append)
    assert isinstance(next(wishes), Step)
    with pytest.raises(StopIteration, match="stopped"):
        wishes.throw(KeyboardInterrupt())
    assert [type(each) for each in told] == [PatchPainted, Stopped]
