"""Which jobs of the open document the engine has in hand, and the line that says how the engine is.

The document's table of jobs is the truth. The first two jobs that wait or run are painted, taking turns; whoever
changes the order changes which two these are.
"""

import itertools
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Protocol

from PySide6.QtCore import QObject, QTimer, Signal, SignalInstance

from app.document import Document, Job
from app.jobs import model_registry as models
from app.jobs import request_codec as requests
from app.jobs.active_run import Active
from app.jobs.protocol import Command, Paint, Reply, Sketch, Stop
from app.jobs.throughput import EngineStatus, Measured
from engine.request import Box, UserError

AT_ONCE = 2


class AnyEngine(Protocol):
    """A process, or one of the engines of app.jobs.inline."""

    replied: SignalInstance
    lost: SignalInstance

    @property
    def alive(self) -> bool: ...
    def start(self) -> None: ...
    def send(self, command: Command) -> None: ...
    def close(self) -> None: ...


class Dispatcher(QObject):
    """`_on_reply` and `_on_loss` take what the engine says; subclasses know what to make of it.

    `filmed` tells every event of a job that paints a film; the signals beside it are those of pictures.
    """

    changed = Signal()
    planned = Signal(int, object)
    started = Signal(int, object)
    grown = Signal(int, object, object)
    painted = Signal(int, object)
    filmed = Signal(int, object)
    finished = Signal(int)
    stopped = Signal(int)
    failed = Signal(int, str)
    sketched = Signal(int, object)
    status_changed = Signal()

    def __init__(
        self, engine: Any, settings_get: Callable[[str], Any] | None = None, parent: QObject | None = None,
        settings_set: Callable[[str, Any], None] | None = None,
    ):  # fmt: skip
        super().__init__(parent)
        self._engine: AnyEngine = engine
        self._get = settings_get
        self._measured = Measured(settings_get, settings_set)
        self._document: Document | None = None
        self._stop_observing: Callable[[], None] = lambda: None
        self._runs: dict[int, Active] = {}  # by run
        self._numbers = itertools.count(1)
        self._sketch: Sketch | None = None  # not answered yet
        self._totals: dict[int, int] = {}  # patches of a job, once planned
        self._widths: dict[int, int] = {}  # batches of jobs for which memory was short
        self._second_try: set[int] = set()  # jobs that went on by themselves once already
        self._held: set[int] = set()  # jobs that failed, even where that could not be written down
        self.status = EngineStatus()
        self._look = QTimer(self, singleShot=True, interval=0)
        self._look.timeout.connect(self._look_again)
        engine.replied.connect(self._on_reply)
        engine.lost.connect(self._lost)

    # ---- the document

    def _document_changed(self, box: Box) -> None:
        if box.empty:  # perhaps a job was added, removed or given another state
            self._look.start()

    def _look_again(self) -> None:
        for active in list(self._runs.values()):
            job = self._job(active.job)
            if job is None or job.accepted:
                self._drop(active)
                self.stopped.emit(active.job)
                if job is not None and job.state == "running":
                    self._set(job.id, "paused", "accepted before it was finished")
        self._dispatch()

    def _job(self, number: int) -> Job | None:
        try:
            return None if self._document is None else self._document.jobs.get(number)
        except KeyError:
            return None

    def _set(self, number: int, state: Any, message: str = "") -> None:
        """The state of a job; a file that cannot be written says so by itself where patches are kept."""
        assert self._document is not None
        try:
            self._document.jobs.set_state(number, state, message)
        except UserError as error:
            self._say(str(error))

    # ---- what the engine has in hand

    def _dispatch(self) -> None:
        """Starts what is to be painted now, and stops what is not."""
        wanted = [job for job in self._all("waiting", "running") if job.id not in self._held][:AT_ONCE]
        for active in [a for a in self._runs.values() if not a.stopping and a.job not in {j.id for j in wanted}]:
            job = self._job(active.job)
            if job is not None and job.state == "running":
                self._set(active.job, "waiting")
            self._stop(active.job)
        for job in wanted:
            if self._active(job.id) is None:
                self._start(job)
        self._tell_state()
        self.changed.emit()

    def _all(self, *states: str) -> list[Job]:
        if self._document is None:
            return []
        try:
            return [job for job in self._document.jobs.all() if job.state in states]
        except UserError as error:
            self._say(str(error))
            return []

    def _active(self, number: int) -> Active | None:
        return next((active for active in self._runs.values() if active.job == number), None)

    def _start(self, job: Job) -> None:
        assert self._document is not None
        jobs, run = self._document.jobs, next(self._numbers)
        try:
            finished = jobs.painted(job.id)
            request, model = requests.from_dict(job.request, jobs.known(job.id), finished, jobs.since(job.id))
            folder = models.place(model)
        except UserError as error:
            self._fail(job.id, str(error))
            return
        bits = [bits for _, bits in jobs.doubts(job.id)]
        given = {each.patch: doubt for each, doubt in zip(finished, bits, strict=True)}
        self._runs[run] = Active(run, job.id, model, given, job.clip is not None, request.exemplar > 0)
        self._begin()
        self._engine.send(Paint(run, request, folder, self._device(), self._widths.get(job.id)))
        if job.state != "running":
            self._set(job.id, "running")

    def _begin(self) -> None:
        if not self._engine.alive:
            self._engine.start()
            self._tell_status(state="starting")

    def _device(self) -> str:
        return str(self._get("device")) if self._get else "auto"

    def _stop(self, number: int) -> None:
        """Asks the engine to stop; what it has finished by then is still kept."""
        active = self._active(number)
        if active is not None and not active.stopping:
            active.stopping = True
            self._engine.send(Stop(active.run))

    def _drop(self, active: Active) -> None:
        """Stops a run of which nothing is wanted any more."""
        del self._runs[active.run]
        self._engine.send(Stop(active.run))

    def _fail(self, number: int, sentence: str) -> None:
        self._held.add(number)
        self._set(number, "failed", sentence)
        self.failed.emit(number, sentence)

    def _on_reply(self, reply: Reply) -> None:
        raise NotImplementedError

    def _lost(self, reason: str) -> None:
        raise NotImplementedError

    # ---- status

    def _say(self, message: str) -> None:
        self._tell_status(message=message)

    def _tell_state(self) -> None:
        if self.status.state in ("ready", "painting"):
            self._tell_status(state="painting" if self._runs else "ready")

    def _tell_status(self, **changes: Any) -> None:
        active = next(iter(self._runs.values()), None)
        if active:
            changes["seconds_per_patch"] = self._measured.seconds_per_patch(
                active.work, changes.get("device", self.status.device)
            )
        status = replace(self.status, **changes)
        if status != self.status:
            self.status = status
            self.status_changed.emit()
