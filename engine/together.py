"""Paintings that advance together: what several of them wait for at the same time is computed at once.

A painting is a generator. It yields its events, and a `Wish` where it needs what can be computed for several paintings
together; it is sent the answer and goes on. Who it shares with changes when it goes on, never what it is sent.
"""

import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Generator, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any, Generic, NamedTuple, ParamSpec, TypeVar

from engine.request import PaintEvent

PATIENCE = 1.0  # seconds that wishes wait for others that may join them
P = ParamSpec("P")
T = TypeVar("T")
Key = TypeVar("Key", bound=Hashable)


class Wish(ABC):
    """What a painting waits for; `size`: how many patches it is about."""

    size: int

    @abstractmethod
    def joins(self, first: "Wish", taken: int) -> bool:
        """Whether it may be computed with `first` and others that make up `taken` patches with it."""

    @abstractmethod
    def begin(self, others: "Sequence[Wish]") -> "Iterator[tuple[Wish, Any]]":
        """Compute this and others together; tells each answer as it is known, or the exception that is one.

        An answer may be a part of what was wished for. The painting then yields its wish again before more is computed.
        """


Wishes = Generator[Wish, Any, T]  # of a painting whose events are taken already
Painting = Generator[PaintEvent | Wish, Any, Any] | Iterator[PaintEvent]


@dataclass(frozen=True)
class Ended:
    """The last thing that a painting tells; `value`: what it returns."""

    value: Any


class Turn(NamedTuple, Generic[Key]):
    """An event of a painting. seconds: its share of what was computed since its event before."""

    key: Key
    event: PaintEvent | Ended
    seconds: float


class Together(Generic[Key]):
    """Paintings by key. They take turns; `busy` are those that are being computed, `current` whose turn it was last."""

    def __init__(self, leaders: int = 1):
        """leaders: so many, those that were added first, take turns; others join them where that delays nobody."""
        self._leaders = leaders
        self._paintings: dict[Key, Painting] = {}
        self._ready: dict[Key, Any] = {}  # those that can go on, with the answer that they wait for
        self._waiting: dict[Key, Wish] = {}
        self._group: dict[Key, Wish] = {}  # what is being computed, until all of it is
        self._answers: Iterator[tuple[Wish, Any]] | None = None
        self._spent: dict[Key, float] = {}
        self._delay = 0.0  # seconds since something was computed that is waited for
        self.busy: tuple[Key, ...] = ()
        self.current: Key | None = None

    def __len__(self) -> int:
        return len(self._paintings)

    def add(self, key: Key, painting: Painting) -> None:
        """Have a painting advance with the others from now on."""
        self._paintings[key], self._ready[key] = painting, None

    def drop(self, key: Key) -> None:
        """Forget a painting, wherever it is; none that is busy."""
        painting = self._paintings.pop(key, None)
        for kept in (self._ready, self._waiting, self._spent, self._group):
            kept.pop(key, None)
        if not self._group:
            self._answers = None
        if isinstance(painting, Generator):
            painting.close()

    def close(self) -> None:
        """Forget all."""
        for key in list(self._paintings):
            self.drop(key)

    def turn(self) -> Turn[Key]:
        """Go on until one of them tells something; an exception is that of `current`, which is forgotten."""
        while True:
            while not self._ready or (self._waiting and self._delay > PATIENCE):
                self._compute()
            key = next(iter(self._ready))
            happened = self._go_on(key, self._ready.pop(key))
            if isinstance(happened, Wish):
                self._waiting[key] = happened
                continue
            seconds = self._spent.pop(key)
            if isinstance(happened, Ended):
                self.drop(key)
            else:
                self._ready[key] = None
            return Turn(key, happened, seconds)

    def until_all_ended(self) -> Iterator[Turn[Key]]:
        while self:
            yield self.turn()

    def _go_on(self, key: Key, answer: Any) -> PaintEvent | Wish | Ended:
        painting = self._paintings[key]
        self.busy, self.current, began = (key,), key, time.monotonic()
        try:
            return _gone_on(painting, answer)
        except StopIteration as end:
            return Ended(end.value)
        except BaseException:
            self.drop(key)
            raise
        finally:
            self.busy, seconds = (), time.monotonic() - began
            self._delay += seconds
            self._spend({key: 1}, seconds)

    def _compute(self) -> None:
        """Go on with what is being computed, or begin with what is waited for, until something of it is known."""
        if self._answers is None:
            self._group = self._next_group()
            first, *others = self._group.values()
            self._answers = first.begin(others)
        sizes = {key: wish.size for key, wish in self._group.items() if self._waiting.get(key) is wish}
        self.busy, began = tuple(sizes), time.monotonic()
        try:
            wish, answer = next(self._answers)
            self._answer([key for key in sizes if self._group[key] is wish], answer)
        except StopIteration:
            self._answers, self._group = None, {}
        except BaseException as error:
            self._answer(sizes, error)
            self._answers, self._group = None, {}
        finally:
            self.busy = ()
            self._spend(sizes, time.monotonic() - began)

    def _answer(self, keys: Iterable[Key], answer: Any) -> None:
        self._delay = 0.0
        for key in keys:
            del self._waiting[key]
            self._ready[key] = answer

    def _next_group(self) -> dict[Key, Wish]:
        """What is computed next: what a leader wishes for, of several the one that waits longest, and what may join."""
        leading = list(self._paintings)[: self._leaders]
        keys = [key for key in self._waiting if key in leading]
        keys += [key for key in self._paintings if key in self._waiting and key not in leading]
        first = self._waiting[keys[0]]
        group, taken = {keys[0]: first}, first.size
        for key in keys[1:]:
            wish = self._waiting[key]
            if wish.joins(first, taken):
                group[key] = wish
                taken += wish.size
        return group

    def _spend(self, sizes: dict[Key, int], seconds: float) -> None:
        """Share out seconds by the patches that they were spent on."""
        for key in sizes.keys() & self._paintings.keys():
            self._spent[key] = self._spent.get(key, 0.0) + seconds * sizes[key] / sum(sizes.values())


def wishes_alone(painting: Generator[PaintEvent | Wish, Any, T], listen: Callable[[PaintEvent], None]) -> Wishes[T]:
    """Pass on what a painting wishes for, and have `listen` take its events; returns what it returns."""
    answer: Any = None
    while True:
        try:
            happened = _gone_on(painting, answer)
        except StopIteration as end:
            return end.value
        answer = None
        if not isinstance(happened, Wish):
            listen(happened)
            continue
        try:
            answer = yield happened
        except BaseException as error:
            answer = error


def _gone_on(painting: Painting, answer: Any) -> PaintEvent | Wish:
    """What a painting tells next, with the answer to what it has wished for; an exception is raised in it."""
    if not isinstance(painting, Generator) or answer is None:
        return next(painting)
    return painting.throw(answer) if isinstance(answer, BaseException) else painting.send(answer)


def by_itself(painting: Callable[P, Painting]) -> Callable[P, Iterator[PaintEvent]]:
    """Make of what begins a painting what paints it, sharing nothing: the same arguments give its events."""

    @wraps(painting)
    def paint(*arguments: P.args, **named: P.kwargs) -> Iterator[PaintEvent]:
        turns = Together[int]()
        turns.add(0, painting(*arguments, **named))
        try:
            while not isinstance(event := turns.turn().event, Ended):
                yield event
        finally:
            turns.close()

    return paint
