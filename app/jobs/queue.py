"""The queue as the session sees it: what the artist asks for, what is done and left to do, and what it will cost.

The document's table of jobs is the truth, so everything here outlives the program; the rest is in `dispatcher` and
`event_handler`.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject

from app.document import Job, Region
from app.jobs import model_registry as models
from app.jobs import request_codec as requests
from app.jobs.dispatcher import Dispatcher
from app.jobs.engines import AnyEngine, Engines
from app.jobs.event_handler import CANCELLED, EventHandler
from app.jobs.home_engine import HomeEngine
from app.jobs.inquiries import Inquiries
from app.jobs.protocol import Warm
from app.jobs.signals import JobSignals
from app.jobs.throughput import EngineStatus, Measured, work
from app.translation import tr
from engine.request import Box, PaintRequest, UserError

from .progress import Progress
from .studies import Studies


class JobQueue(JobSignals):
    """`inquiries` and `studies` share its engine."""

    def __init__(
        self, engine: AnyEngine, settings_get: Callable[[str], Any] | None = None, parent: QObject | None = None,
        settings_set: Callable[[str, Any], None] | None = None, more: Callable[[int], AnyEngine] | None = None,
    ):  # fmt: skip
        """engine: the first; more: makes one for a further graphics card, as Engines has it."""
        super().__init__(parent)
        self._measured = Measured(settings_get, settings_set)
        self._engine = engines = Engines(engine, more, self)
        self._dispatcher = Dispatcher(self, engines, settings_get, self._measured)
        self._events = EventHandler(self._dispatcher, self, self._measured)
        self._home = HomeEngine(engines, self)
        self.inquiries = Inquiries(engines, self._dispatcher, self._home, self)
        self.studies = Studies(self._home, self._dispatcher.device, self)
        self._home.replied.connect(self.inquiries.on_reply)
        self._home.lost.connect(self.inquiries.home_lost)
        engines.replied.connect(self._events.on_reply)
        engines.lost.connect(self.inquiries.lost)
        engines.runs_lost.connect(self._events.lost)
        engines.grown.connect(self._dispatcher.spread)
        engines.model_lacking.connect(self.model_lacking)
        self.answer, self.bind = engines.answer, self._dispatcher.bind

    def close(self) -> None:
        """Leaves running jobs paused, and ends the engine."""
        self._dispatcher.close()
        self._home.close()

    def change_engine(self) -> None:
        """Ends the engine, which the settings name another place for; what it was painting goes on there."""
        if self._engine.alive:
            self._dispatcher.second_try.clear()
            self._engine.move(tr("The engine has moved."))
            self._dispatcher.second_try.clear()

    @property
    def status(self) -> EngineStatus:
        return self._dispatcher.status

    # ---- what the artist asks for

    def add(
        self, request: PaintRequest, region: Region, recipe: dict[str, Any], seeds: Sequence[int], model: str,
        front: bool = False, variant_of: int | None = None,
    ) -> list[int]:  # fmt: skip
        """One job per seed, the later ones as variants of the first; UserError when they cannot be kept."""
        document = self._dispatcher.document
        assert document is not None
        made: list[int] = []
        for seed in seeds:
            first = variant_of or (made[0] if made else None)
            asked = requests.to_dict(replace(request, seed=seed), model)
            known = made[0] if made else request.known
            job = document.jobs.add(asked, region, known, {**recipe, "seed": seed}, first)
            made.append(job.id)
        if front:
            for number in reversed(made):
                document.jobs.reorder(number, 0)
        self._dispatcher.say("")
        self._dispatcher.dispatch()
        return made

    def add_film(
        self, request: dict[str, Any], box: Box, clip: int, recipe: dict[str, Any], front: bool = False
    ) -> int:  # fmt: skip
        """A job that paints the frames of a clip; the request as the document keeps it."""
        document = self._dispatcher.document
        assert document is not None
        job = document.jobs.add(request, box, (), recipe, clip=clip)
        if front:
            document.jobs.reorder(job.id, 0)
        self._dispatcher.say("")
        self._dispatcher.dispatch()
        return job.id

    def pause(self, number: int) -> None:
        self._halt(number, "")

    def cancel(self, number: int) -> None:
        """Stops it for good; what is finished stays until the job is removed from the document."""
        self._halt(number, CANCELLED)

    def _halt(self, number: int, message: str) -> None:
        job = self._dispatcher.job(number)
        if job is None or job.state in ("done", "failed") or (job.state == "paused" and job.message == message):
            return
        self._dispatcher.set_state(number, "paused", message)
        self._dispatcher.stop(number)
        self._dispatcher.dispatch()

    def resume(self, number: int) -> None:
        """What was paused, cancelled or has failed goes on from its last finished patch."""
        job = self._dispatcher.job(number)
        if job is None or job.state == "done":
            return
        self._dispatcher.second_try.discard(number)
        self._dispatcher.held.discard(number)
        self._dispatcher.say("")
        if job.state != "running":
            self._dispatcher.set_state(number, "waiting")
        self._dispatcher.dispatch()

    def pause_or_go_on(self, job: Job) -> None:
        """What the one button of a job does in each of its states; a failed one is tried again."""
        if job.state in ("running", "waiting"):
            self.pause(job.id)
        else:
            self.resume(job.id)

    def to_front(self, number: int) -> None:
        self.move(number, 0)

    def move(self, number: int, position: int) -> None:
        """0 is the front; what comes among the first two is painted, and what no longer is waits."""
        if self._dispatcher.document is not None and self._dispatcher.job(number) is not None:
            try:
                self._dispatcher.document.jobs.reorder(number, position)
            except UserError as error:
                self._dispatcher.say(str(error))
            self._dispatcher.dispatch()

    def pause_all(self) -> None:
        for job in self._dispatcher.all_jobs("waiting", "running"):
            self._dispatcher.set_state(job.id, "paused")
            self._dispatcher.stop(job.id)
        self._dispatcher.dispatch()

    def resume_all(self) -> None:
        """All that was paused, but not what was cancelled or set aside."""
        for job in self._dispatcher.all_jobs("paused"):
            if not job.message:
                self.resume(job.id)

    def progress(self, number: int) -> Progress:
        active = self._dispatcher.active(number)
        if active is not None and active.course.total:
            return active.course.now(time.monotonic(), self._dispatcher.taking_turns)
        job = self._dispatcher.job(number)
        if job is None or self._dispatcher.document is None:
            return Progress()
        done = len(self._dispatcher.document.jobs.doubts(number))
        return Progress(done, done if job.state == "done" else self._dispatcher.totals.get(number, 0))

    # ---- what is asked besides painting

    def known_words(self, model: str) -> tuple[str, ...]:
        """Words and phrases that a model knows, the most usual first; none before it is in memory."""
        return self._measured.words(model)

    def estimate(
        self, patches: int, model: str, follows: bool = False, shared: bool = False
    ) -> tuple[float | None, float | None]:
        """Seconds and MiB, from what was measured; None where nothing was. follows: a picture, with the model.

        shared: they are those of several paintings, which may share batches.
        """
        kinds = (work(model, follows, shared), work(model, follows, not shared))
        found = (self._measured.seconds_per_patch(kind, self.status.device) for kind in kinds)
        each = next((seconds for seconds in found if seconds is not None), None)
        return None if each is None else each * patches, self._measured.memory_mib(model, patches)

    def warm(self, model: str = "starter") -> None:
        """Starts the engine and loads a model, so that the first patch need not wait for that."""
        try:
            folder = models.place(model)
        except UserError as error:
            self._dispatcher.say(str(error))
            return
        self._engine.send(Warm(folder, self._dispatcher.device()))
