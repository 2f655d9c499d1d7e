"""Which jobs of the open document the engines are painting, and the status line about them.

The document's table of jobs is the truth. The first two jobs that wait or run are painted, taking turns, or as many as
the engines advance together; whoever changes the order changes which these are.
"""

import itertools
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QTimer

from app.document import Document, Job
from app.jobs import model_registry as models
from app.jobs import request_codec as requests
from app.jobs.active_run import Active
from app.jobs.engines import Engines
from app.jobs.protocol import Paint, Stop
from app.jobs.signals import JobSignals
from app.jobs.throughput import EngineStatus, Measured, State, work
from app.translation import tr
from engine.request import Box, UserError

AT_ONCE = 2


class Dispatcher:
    def __init__(
        self, signals: JobSignals, engine: Engines, settings_get: Callable[[str], Any] | None, measured: Measured
    ):
        self._signals, self._engine, self._get, self._measured = signals, engine, settings_get, measured
        self.document: Document | None = None
        self._stop_observing: Callable[[], None] = lambda: None
        self._numbers = itertools.count(1)
        self.runs: dict[int, Active] = {}  # by run
        self.totals: dict[int, int] = {}  # patches of a job, once planned
        self.widths: dict[int, int] = {}  # batches of jobs for which memory was short
        self.second_try: set[int] = set()  # jobs that went on by themselves once already
        self.held: set[int] = set()  # jobs that failed, even where that could not be written down
        self.status = EngineStatus()
        self._look = QTimer(signals, singleShot=True, interval=0)
        self._look.timeout.connect(self._look_again)
        engine.started.connect(lambda: self.report(state="starting"))

    def close(self) -> None:
        """Leaves running jobs paused, and ends the engine."""
        self.bind(None)
        self._look.stop()
        self._engine.close()
        self.report(state="gone")

    # ---- the document

    def bind(self, document: Document | None) -> None:
        """Leaves the former document's running jobs paused and takes the new one's; waiting jobs go on."""
        if document is self.document:
            return
        self._stop_observing()
        for active in list(self.runs.values()):
            self._engine.send(Stop(active.run))
            if not active.stopping:
                self.set_state(active.job, "paused")
        former, self.runs = [active.job for active in self.runs.values()], {}
        for memory in (self.totals, self.widths, self.second_try, self.held):
            memory.clear()
        self.document, self._stop_observing = document, lambda: None
        if document is not None:
            self._stop_observing = document.observe(self._document_changed)
        for job in former:
            self._signals.stopped.emit(job)
        self.dispatch()

    def _document_changed(self, box: Box) -> None:
        if box.empty:  # perhaps a job was added, removed or given another state
            self._look.start()

    def _look_again(self) -> None:
        for active in list(self.runs.values()):
            job = self.job(active.job)
            if job is None or job.accepted:
                self.drop(active)
                self._signals.stopped.emit(active.job)
                if job is not None and job.state == "running":
                    self.set_state(job.id, "paused", "accepted before it was finished")
        self.dispatch()

    def job(self, number: int) -> Job | None:
        try:
            return None if self.document is None else self.document.jobs.get(number)
        except KeyError:
            return None

    def set_state(self, number: int, state: Any, message: str = "") -> None:
        """The state of a job; a file that cannot be written says so by itself where patches are kept."""
        assert self.document is not None
        try:
            self.document.jobs.set_state(number, state, message)
        except UserError as error:
            self.say(str(error))

    # ---- what the engine paints

    def dispatch(self) -> None:
        """Starts what is to be painted now, and stops what is not."""
        wanted = [job for job in self.all_jobs("waiting", "running") if job.id not in self.held]
        wanted = wanted[: max(AT_ONCE, self._engine.at_once)]
        for active in [a for a in self.runs.values() if not a.stopping and a.job not in {j.id for j in wanted}]:
            job = self.job(active.job)
            if job is not None and job.state == "running":
                self.set_state(active.job, "waiting")
            self.stop(active.job)
        for job in wanted:
            if self.active(job.id) is None:
                self._start(job)
        if self.status.state in ("ready", "painting"):
            self.report(state=self.at_work)
        self._signals.changed.emit()

    def spread(self) -> None:
        """Have what takes turns on one engine go on side by side, now that there are more of them."""
        for active in list(self.runs.values())[1:]:
            if not active.stopping:
                self.set_state(active.job, "waiting")
                self.stop(active.job)
        self.dispatch()

    def all_jobs(self, *states: str) -> list[Job]:
        if self.document is None:
            return []
        try:
            return [job for job in self.document.jobs.all() if job.state in states]
        except UserError as error:
            self.say(str(error))
            return []

    def active(self, number: int) -> Active | None:
        return next((active for active in self.runs.values() if active.job == number), None)

    def _start(self, job: Job) -> None:
        assert self.document is not None
        jobs, run = self.document.jobs, self.new_number()
        try:
            finished = jobs.painted(job.id)
            request, model = requests.from_dict(job.request, jobs.known(job.id), finished, jobs.since(job.id))
            folder = models.place(model)
        except UserError as error:
            self.fail(job.id, str(error))
            return
        except KeyError:  # a file that an earlier version has left so
            self.fail(job.id, tr("What this was to be painted from is gone. Remove it from the queue."))
            return
        bits = [bits for _, bits in jobs.doubts(job.id)]
        given = {each.patch: doubt for each, doubt in zip(finished, bits, strict=True)}
        self.runs[run] = Active(run, job.id, model, given, job.clip is not None, request.exemplar > 0)
        try:
            self._engine.send(Paint(run, request, folder, self.device(), self.widths.get(job.id)))
        except UserError as error:  # it is too much for one message, or the model cannot be read
            del self.runs[run]
            self.fail(job.id, str(error))
            return
        if job.state != "running":
            self.set_state(job.id, "running")

    def new_number(self) -> int:
        """A number for a run or a question, never used twice."""
        return next(self._numbers)

    @property
    def elsewhere(self) -> bool:
        return self._engine.elsewhere

    @property
    def at_work(self) -> State:
        """The state of an engine that has started."""
        return "painting" if self.runs else "ready"

    @property
    def taking_turns(self) -> int:
        """How many runs one engine has in hand at most."""
        return -(-len(self.runs) // self._engine.count)

    def work_of(self, active: Active) -> str:
        """What its patches cost alike for."""
        return work(active.model, active.follows, self.taking_turns > 1)

    def device(self) -> str:
        """The wish of the artist."""
        return str(self._get("device")) if self._get else "auto"

    def stop(self, number: int) -> None:
        """Asks the engine to stop; what it has finished by then is still kept."""
        active = self.active(number)
        if active is not None and not active.stopping:
            active.stopping = True
            self._engine.send(Stop(active.run))

    def drop(self, active: Active) -> None:
        """Stops a run of which nothing is wanted any more."""
        del self.runs[active.run]
        self._engine.send(Stop(active.run))

    def fail(self, number: int, sentence: str) -> None:
        self.held.add(number)
        self.set_state(number, "failed", sentence)
        self._signals.failed.emit(number, sentence)

    # ---- status

    def say(self, message: str) -> None:
        self.report(message=message)

    def report(self, **changes: Any) -> None:
        active = next(iter(self.runs.values()), None)
        if active:
            changes["seconds_per_patch"] = self._measured.seconds_per_patch(
                self.work_of(active), changes.get("device", self.status.device)
            )
        status = replace(self.status, **changes)
        if status != self.status:
            self.status = status
            self._signals.status_changed.emit()
