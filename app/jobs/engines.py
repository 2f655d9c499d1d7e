"""The engines that paint: one process for each graphics card of the computer, so that jobs and variants share them out.

The first is asked everything. It tells how many cards there are, and the others, which only paint, get ready then.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from PySide6.QtCore import QObject, Signal

from app.jobs.protocol import Command, Failed, MemoryReport, ModelLoaded, Paint, Ready, Reply, RunEvent, Stop, Warm
from engine.request import Finished, Stopped


class AnyEngine(Protocol):
    """An engine's process, or what stands for it in a test."""

    @property
    def started(self) -> Any: ...  # a signal
    @property
    def replied(self) -> Any: ...  # a signal, which carries a Reply
    @property
    def lost(self) -> Any: ...  # a signal, which carries how the process ended
    @property
    def model_lacking(self) -> Any: ...  # a signal, which carries a LackingModel; `answer` has to be called
    @property
    def alive(self) -> bool: ...
    @property
    def elsewhere(self) -> bool: ...  # on another computer
    def send(self, command: Command) -> None: ...  # and start it where there is none
    def answer(self, weights: str, send: bool) -> None: ...
    def close(self) -> None: ...


@dataclass(eq=False)
class _Member:
    """runs: what it is painting. ready: it has told so since it was made. memory_mib: what it has told last."""

    engine: AnyEngine
    runs: set[int] = field(default_factory=set)
    ready: bool = False
    memory_mib: float = 0.0


class Engines(QObject):
    """All of them, as if they were one; alive and lost: of the first. runs_lost: how any has ended, and with what."""

    replied = Signal(object)
    lost = Signal(str)
    runs_lost = Signal(str, object)  # set[int]
    grown = Signal()  # there are more than before

    def __init__(self, first: AnyEngine, more: Callable[[int], AnyEngine] | None = None, parent: QObject | None = None):
        """more: makes the engine for the card of a number, from 1; without it there is one engine."""
        super().__init__(parent)
        self._more, self._cards, self._together = more, 1, 1
        self._warm: Warm | None = None
        self._loaded: set[str] = set()  # models that the first has had in memory
        self.started, self.model_lacking = first.started, first.model_lacking
        self._members: list[_Member] = []
        self._add(first)

    @property
    def alive(self) -> bool:
        return self._members[0].engine.alive

    @property
    def elsewhere(self) -> bool:
        return self._members[0].engine.elsewhere

    @property
    def count(self) -> int:
        """How many paint side by side."""
        return min(len(self._members), self._cards)

    @property
    def at_once(self) -> int:
        """How many paintings all of them advance with best: each some that share batches."""
        return self.count * self._together

    def send(self, command: Command) -> None:
        """To the engine that has the least to paint, or that a command is about."""
        member = self._members[0]
        if isinstance(command, Paint):
            member = self._free(command)
        elif isinstance(command, Stop):
            member = next((each for each in self._members if command.run in each.runs), member)
        elif isinstance(command, Warm):
            self._warm = command
        member.engine.send(command)
        if isinstance(command, Paint):
            member.runs.add(command.run)

    def answer(self, weights: str, send: bool) -> None:
        self._members[0].engine.answer(weights, send)

    def close(self) -> None:
        """Ends all; nothing is told any more."""
        for member in self._members:
            member.engine.close()
            member.runs.clear()
        self._cards = 1

    def move(self, reason: str) -> None:
        """End all, and tell it as if each had died."""
        runs = set[int]().union(*(member.runs for member in self._members))
        self.close()
        self.lost.emit(reason)
        self.runs_lost.emit(reason, runs)

    # ---- which of them

    def _free(self, command: Paint) -> _Member:
        """Elsewhere only the first asks for a model that is lacking: what it has loaded is there for all."""
        first_alone = self.elsewhere and command.model not in self._loaded
        return min(self._members[: 1 if first_alone else self.count], key=lambda member: len(member.runs))

    def _add(self, engine: AnyEngine) -> None:
        self._members.append(member := _Member(engine))
        engine.replied.connect(lambda reply: self._heard(member, reply))
        engine.lost.connect(lambda reason: self._died(member, reason))

    def _grow(self, cards: int) -> None:
        before, self._cards = self.count, cards
        while self._more and len(self._members) < cards:
            self._add(self._more(len(self._members)))
        for member in self._members[1:cards]:
            if self._warm:
                member.engine.send(self._warm)
        if self.count > before:
            self.grown.emit()

    # ---- what they tell

    def _heard(self, member: _Member, reply: Reply) -> None:
        if member not in self._members:
            return
        first = member is self._members[0]
        if isinstance(reply, RunEvent | Failed):
            if _is_last(reply):
                member.runs.discard(reply.run)
        elif isinstance(reply, Ready):
            member.ready = True
            if not first:
                return
            self._together = reply.together
            self._grow(reply.cards)
            reply = replace(reply, device=f"{self.count} × {reply.device}") if self.count > 1 else reply
        elif isinstance(reply, MemoryReport | ModelLoaded):
            member.memory_mib = reply.memory_mib
            reply = self._in_all(reply, first)
        self.replied.emit(reply)

    def _in_all(self, reply: MemoryReport | ModelLoaded, first: bool) -> Reply:
        """What they hold together; what a model is like is told once."""
        if first and isinstance(reply, ModelLoaded):
            self._loaded.add(reply.model)
            return reply
        return MemoryReport(sum(member.memory_mib for member in self._members))

    def _died(self, member: _Member, reason: str) -> None:
        """A further one that has never been ready is done without; any other is started again with its next job."""
        if member not in self._members:
            return
        runs, member.runs, member.memory_mib = member.runs, set(), 0.0
        if member is self._members[0]:
            self.lost.emit(reason)
        elif not member.ready:
            self._members.remove(member)
        self.runs_lost.emit(reason, runs)


def _is_last(reply: RunEvent | Failed) -> bool:
    """Whether a run has come to its end; where the device is lost the process ends, with all its runs."""
    return isinstance(reply.event, Finished | Stopped) if isinstance(reply, RunEvent) else reply.trouble != "device"
