"""Runs take turns: one event of one run, then one of the next; commands are taken between tokens.

Paintings of one model share batches where that delays none of those whose turn it is (`engine.together`).

The same for the engine's process, for the engine within this one, and for the one that paints flat colours: what
differs is the painter. A study has its turn when nothing is to be painted: painting waits for one step of learning.
"""

import logging
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol, TypeVar

import numpy as np

from app.jobs.protocol import (
    Broken,
    Check,
    Checked,
    Command,
    Failed,
    FindMarks,
    FirstStart,
    Learn,
    MarksFound,
    MemoryReport,
    ModelLoaded,
    Paint,
    Ready,
    Reply,
    RunEvent,
    Sketch,
    Sketched,
    Trouble,
    Warm,
)
from engine.request import Finished, KnownPicture, PaintEvent, PatchPainted, PatchStarted, Planned, Stopped, UserError
from engine.study_request import StudyEvent, StudyFinished
from engine.together import Ended, Painting, Together

T = TypeVar("T")
LEADERS = 2  # paintings that take turns; others only join them
log = logging.getLogger("handscroll.jobs")


class Painter(Protocol):
    """What computes."""

    def ready(self, device: str) -> Ready:
        """The device for a wish, and why."""
        ...

    def load(self, model: str, device: str, first_start: Callable[[], None]) -> ModelLoaded | None:
        """Has the model in memory from now on; None when it was there. first_start: called before a long one."""
        ...

    def paint(self, command: Paint, stop: Callable[[], bool]) -> Painting: ...

    def plan(self, command: Sketch) -> Planned: ...

    def learn(self, command: Learn, stop: Callable[[], bool]) -> Iterator[StudyEvent]: ...

    def marks(self, picture: KnownPicture) -> np.ndarray:
        """Which of its pixels belong to seals, signatures and lettering, bool (height, width)."""
        ...

    def check(self, folder: str) -> None:
        """Raises UserError where a folder holds no model that is whole."""
        ...

    def memory_mib(self) -> float: ...

    def trouble(self, error: Exception) -> Trouble: ...

    def tidy(self) -> None:
        """Gives back what memory it can."""
        ...


class DeviceLost(Exception):
    """The device is in disorder; only a new process helps."""


@dataclass(eq=False)
class Run:
    """`begun` and `finished`: patches of the batch that is under way, and those of them that are done.

    study: what it tells, once it has begun to learn.
    """

    command: Paint | Learn
    study: Iterator[StudyEvent] | None = None
    painting: bool = False
    stopping: bool = False
    begun: int = 0
    finished: int = 0
    widest: int = 0

    @property
    def number(self) -> int:
        return self.command.run

    @property
    def learning(self) -> bool:
        """A study that has begun: it is stopped by going on, so that it keeps what it has learned."""
        return self.study is not None

    @property
    def telling(self) -> bool:
        """Amid the patches of a finished batch: those that are left cost little, so they are told before it stops."""
        return 0 < self.finished < self.begun


class Scheduler:
    """`tell` takes replies; `poll` is called between tokens and hands new commands to `take`."""

    def __init__(self, painter: Painter, tell: Callable[[Reply], None], poll: Callable[[], None] = lambda: None):
        self.painter, self.tell, self.poll = painter, tell, poll
        self.runs: list[Run] = []
        self._warm: Warm | None = None
        self._sketch: Sketch | None = None
        self._questions: list[Check | FindMarks] = []
        self._device: Ready | None = None
        self._together = Together[Run](LEADERS)

    def take(self, command: Command) -> None:
        """Notes what is to be done. A run that waits for its turn is stopped at once, the one whose turn it is soon."""
        if isinstance(command, Warm):
            self._warm = command
        elif isinstance(command, Sketch):
            self._sketch = command
        elif isinstance(command, Check | FindMarks):
            self._questions.append(command)
        elif isinstance(command, Paint | Learn):
            self.runs.append(Run(command))
        elif run := next((run for run in self.runs if run.number == command.run), None):
            run.stopping = True
            if run not in self._together.busy and not run.telling and not run.learning:
                self._end(run, RunEvent(run.number, Stopped(), 0.0))

    @property
    def idle(self) -> bool:
        return not (self._warm or self._sketch or self._questions or self.runs)

    def step(self) -> None:
        """One turn: an answer, or one event of the next run, of a study only where nothing else is to be done."""
        stopping = next((run for run in self.runs if run.learning and run.stopping), None)
        new = next((run for run in self.runs if isinstance(run.command, Paint) and not run.painting), None)
        if self._sketch:
            self._answer()
        elif self._questions:
            self._answer_one(self._questions.pop(0))
        elif stopping:
            self._learn(stopping)
        elif new:
            self._begin(new)
        elif self._together:
            self._paint()
        elif self._warm:
            self._load()
        elif self.runs:
            self._learn(self.runs[0])

    # ---- what is asked besides painting

    def _load(self) -> None:
        assert self._warm
        command, self._warm = self._warm, None
        try:
            self._prepare(command.model, command.device)
        except UserError as error:
            log.warning("%s", error)  # told again, to the artist, by the job that wants this model
        except Exception as error:
            self._out_of_order(error)

    def _answer(self) -> None:
        assert self._sketch
        command, self._sketch = self._sketch, None
        planned = None
        try:
            self._prepare(command.model, command.device)
            planned = self.painter.plan(command)
        except UserError:
            pass  # nothing to paint: that is no plan
        except Exception as error:
            self._out_of_order(error)
        self.tell(Sketched(command.ticket, planned))

    def _answer_one(self, command: Check | FindMarks) -> None:
        if isinstance(command, Check):
            self._check(command)
            return
        mask = None
        try:
            mask = self.painter.marks(command.picture)
        except Exception as error:
            self._out_of_order(error)
        self.tell(MarksFound(command.ticket, mask))

    def _check(self, command: Check) -> None:
        problem = ""
        try:
            self.painter.check(command.folder)
        except Exception as error:  # a foreign model may fail in any way
            problem = str(error) if isinstance(error, UserError) else f"It cannot be read ({named(error)})."
        self.tell(Checked(command.ticket, problem))

    def _prepare(self, model: str, device: str) -> None:
        self._be_ready(device)
        if loaded := self.painter.load(model, device, lambda: self.tell(FirstStart())):
            self.tell(loaded)

    def _be_ready(self, device: str) -> None:
        ready = self.painter.ready(device)
        if ready != self._device:
            self._device = ready
            self.tell(ready)

    # ---- painting and learning

    def _begin(self, run: Run) -> None:
        """Have a painting take part from now on."""
        run.painting = self._attempt(lambda: self._take_part(run), lambda: run) or False

    def _take_part(self, run: Run) -> bool:
        assert isinstance(run.command, Paint)
        self._prepare(run.command.model, run.command.device)
        self._together.add(run, self.painter.paint(run.command, lambda: self._asked(run)))
        return True

    def _paint(self) -> None:
        """One event of one of the paintings."""
        turn = self._attempt(self._together.turn, lambda: self._together.current)
        if turn:
            assert not isinstance(turn.event, Ended), "it has told that it is finished, or stopped"
            self._tell(turn.key, turn.event, turn.seconds)

    def _learn(self, run: Run) -> None:
        """One event of a study; of several they take turns."""
        self.runs = [*(each for each in self.runs if each is not run), run]
        began = time.monotonic()
        event = self._attempt(lambda: self._next(run), lambda: run)
        if event:
            self._tell(run, event, time.monotonic() - began)

    def _next(self, run: Run) -> StudyEvent:
        if run.study is None:
            assert isinstance(run.command, Learn)
            self._be_ready(run.command.request.device)
            run.study = iter(self.painter.learn(run.command, lambda: self._asked(run)))
        return next(run.study)

    def _attempt(self, work: Callable[[], T], whose: Callable[[], Run | None]) -> T | None:
        """Do something for a run, which ends if that fails."""
        try:
            return work()
        except Exception as error:
            run = whose()
            assert run
            failure = self._failed(run, error)
        # Told after the error is let go, for it holds on to all that was being computed.
        self._end(run, failure)
        self._after(failure)
        return None

    def _asked(self, run: Run) -> bool:
        self.poll()
        return run.stopping

    def _tell(self, run: Run, event: PaintEvent | StudyEvent, seconds: float) -> None:
        if isinstance(event, PatchStarted):
            run.begun = 1 if run.finished else run.begun + 1
            run.finished, run.widest = 0, max(run.widest, run.begun)
        elif isinstance(event, PatchPainted):
            run.finished += 1
        happened = RunEvent(run.number, event, seconds)
        if isinstance(event, Finished | Stopped | StudyFinished):
            self._end(run, happened)
            return
        self.tell(happened)
        if isinstance(event, PatchPainted) and run.finished >= run.begun:
            self.tell(MemoryReport(self.painter.memory_mib()))
            if run.stopping:
                self._end(run, RunEvent(run.number, Stopped(), 0.0))

    def _end(self, run: Run, last: Reply) -> None:
        self.runs.remove(run)
        run.study = None  # closes the generator, and frees what it holds
        self._together.drop(run)
        if not self.runs:
            self.painter.tidy()
        self.tell(last)
        self.tell(MemoryReport(self.painter.memory_mib()))

    # ---- what can go wrong

    def _failed(self, run: Run, error: Exception) -> Failed:
        if isinstance(error, UserError):
            return Failed(run.number, "user", str(error))
        trouble = self.painter.trouble(error)
        log.error("run %s failed", run.number, exc_info=error)
        if isinstance(run.command, Learn):
            sentence = NO_ROOM if trouble == "memory" else f"Learning could not go on ({named(error)}). {LEARNED}"
            return Failed(run.number, trouble, sentence)
        if trouble == "memory":
            return Failed(run.number, trouble, NO_MEMORY, run.widest)
        return Failed(run.number, trouble, f"The engine could not go on ({named(error)}). {KEPT}")

    def _after(self, failure: Failed) -> None:
        self.painter.tidy()
        if failure.trouble == "device":
            self.tell(Broken(f"The graphics card no longer responds. {KEPT}"))
            raise DeviceLost

    def _out_of_order(self, error: Exception) -> None:
        """An error amid what nobody waits for; out of memory is nothing to die of."""
        log.error("the engine failed", exc_info=error)
        if self.painter.trouble(error) == "device":
            self._after(Failed(0, "device", ""))


KEPT = "Every finished patch is kept; try again from there."
LEARNED = "What was learned a moment before is kept; go on from there."
NO_ROOM = f"There was not enough memory to learn. Closing other programs helps. {LEARNED}"
NO_MEMORY = "There was not enough memory for so many patches at once."


def named(error: BaseException) -> str:
    """The first line of an error, short enough for a sentence."""
    first = next(iter(str(error).strip().splitlines()), "")
    return f"{type(error).__name__}: {first[:160]}" if first else type(error).__name__
