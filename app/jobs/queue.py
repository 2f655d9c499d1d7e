"""The queue as the session sees it: what the artist asks for, what is done and left to do, and what it will cost.

The document's table of jobs is the truth, so everything here outlives the program; the rest is in `active_run` and
`dispatcher`.
"""

import time
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal

from app.document import Document, Region
from app.jobs import model_registry as models
from app.jobs import request_codec as requests
from app.jobs.event_handler import CANCELLED, EventHandler
from app.jobs.protocol import Check, Checked, FindMarks, MarksFound, Reply, Sketch, Stop, Warm
from app.jobs.throughput import work
from engine.request import Box, KnownPicture, PaintRequest, UserError

from .progress import Progress
from .studies import Studies


class JobQueue(EventHandler):
    """`studies` share its engine."""

    checked = Signal(int, str)  # the ticket, and what is wrong with the model; empty where nothing is
    marks_found = Signal(int, object)  # the ticket, and a mask, or None where none could be looked for

    def __init__(self, *args: Any, **options: Any):
        super().__init__(*args, **options)
        self.studies = Studies(self._engine, self._begin, self._device, self)
        self._checks: set[int] = set()  # not answered yet
        self._marks: set[int] = set()

    # ---- the document

    def bind(self, document: Document | None) -> None:
        """Leaves the former document's running jobs paused and takes the new one's; waiting jobs go on."""
        if document is self._document:
            return
        self._stop_observing()
        for active in list(self._runs.values()):
            self._engine.send(Stop(active.run))
            if not active.stopping:
                self._set(active.job, "paused")
        former, self._runs = [active.job for active in self._runs.values()], {}
        for memory in (self._totals, self._widths, self._second_try, self._held):
            memory.clear()
        self._document, self._stop_observing = document, lambda: None
        if document is not None:
            self._stop_observing = document.observe(self._document_changed)
        for job in former:
            self.stopped.emit(job)
        self._dispatch()

    # ---- what the artist asks for

    def add(
        self, request: PaintRequest, region: Region, recipe: dict[str, Any], seeds: Sequence[int], model: str,
        front: bool = False, variant_of: int | None = None,
    ) -> list[int]:  # fmt: skip
        """One job per seed, the later ones as variants of the first; UserError when they cannot be kept."""
        assert self._document is not None
        made: list[int] = []
        for seed in seeds:
            first = variant_of or (made[0] if made else None)
            asked = requests.to_dict(replace(request, seed=seed), model)
            known = made[0] if made else request.known
            job = self._document.jobs.add(asked, region, known, {**recipe, "seed": seed}, first)
            made.append(job.id)
        if front:
            for number in reversed(made):
                self._document.jobs.reorder(number, 0)
        self._say("")
        self._dispatch()
        return made

    def add_film(
        self, request: dict[str, Any], box: Box, clip: int, recipe: dict[str, Any], front: bool = False
    ) -> int:  # fmt: skip
        """A job that paints the frames of a clip; the request as the document keeps it."""
        assert self._document is not None
        job = self._document.jobs.add(request, box, (), recipe, clip=clip)
        if front:
            self._document.jobs.reorder(job.id, 0)
        self._say("")
        self._dispatch()
        return job.id

    def pause(self, number: int) -> None:
        self._halt(number, "")

    def cancel(self, number: int) -> None:
        """Stops it for good; what is finished stays until the job is removed from the document."""
        self._halt(number, CANCELLED)

    def _halt(self, number: int, message: str) -> None:
        job = self._job(number)
        if job is None or job.state in ("done", "failed") or (job.state == "paused" and job.message == message):
            return
        self._set(number, "paused", message)
        self._stop(number)
        self._dispatch()

    def resume(self, number: int) -> None:
        """What was paused, cancelled or has failed goes on from its last finished patch."""
        job = self._job(number)
        if job is None or job.state == "done":
            return
        self._second_try.discard(number)
        self._held.discard(number)
        self._say("")
        if job.state != "running":
            self._set(number, "waiting")
        self._dispatch()

    def retry(self, number: int) -> None:
        self.resume(number)

    def to_front(self, number: int) -> None:
        self.move(number, 0)

    def move(self, number: int, position: int) -> None:
        """0 is the front; what comes among the first two is painted, and what no longer is waits."""
        if self._document is not None and self._job(number) is not None:
            try:
                self._document.jobs.reorder(number, position)
            except UserError as error:
                self._say(str(error))
            self._dispatch()

    def pause_all(self) -> None:
        for job in self._all("waiting", "running"):
            self._set(job.id, "paused")
            self._stop(job.id)
        self._dispatch()

    def resume_all(self) -> None:
        """All that was paused, but not what was cancelled or set aside."""
        for job in self._all("paused"):
            if not job.message:
                self.resume(job.id)

    def progress(self, number: int) -> Progress:
        active = self._active(number)
        if active is not None and active.course.total:
            return active.course.now(time.monotonic(), len(self._runs))
        job = self._job(number)
        if job is None or self._document is None:
            return Progress()
        done = len(self._document.jobs.doubts(number))
        return Progress(done, done if job.state == "done" else self._totals.get(number, 0))

    # ---- what is asked besides painting

    def sketch(self, request: PaintRequest, model: str) -> int:
        """Asks for the plan of a request; of several that are under way only the latest is answered."""
        ticket = next(self._numbers)
        self._sketch = Sketch.of(ticket, request, models.place(model), self._device())
        self._begin()
        self._engine.send(self._sketch)
        return ticket

    def known_words(self, model: str) -> tuple[str, ...]:
        """Words and phrases that a model knows, the most usual first; none before it is in memory."""
        return self._measured.words(model)

    def estimate(self, patches: int, model: str, follows: bool = False) -> tuple[float | None, float | None]:
        """Seconds and MiB, from what was measured; None where nothing was. follows: a picture, with the model."""
        each = self._measured.seconds_per_patch(work(model, follows), self.status.device)
        return None if each is None else each * patches, self._measured.memory_mib(model, patches)

    def warm(self, model: str = "starter") -> None:
        """Starts the engine and loads a model, so that the first patch need not wait for that."""
        try:
            folder = models.place(model)
        except UserError as error:
            self._say(str(error))
            return
        self._begin()
        self._engine.send(Warm(folder, self._device()))

    def check(self, folder: str) -> int:
        """Asks whether a folder holds a model that is whole; `checked` answers, with this ticket."""
        ticket = next(self._numbers)
        self._checks.add(ticket)
        self._begin()
        self._engine.send(Check(ticket, folder))
        return ticket

    def find_marks(self, picture: KnownPicture) -> int:
        """Asks for the marks in a picture; `marks_found` answers, with this ticket."""
        ticket = next(self._numbers)
        self._marks.add(ticket)
        self._begin()
        self._engine.send(FindMarks(ticket, picture))
        return ticket

    def _on_reply(self, reply: Reply) -> None:
        if isinstance(reply, Checked):
            self._checks.discard(reply.ticket)
            self.checked.emit(reply.ticket, reply.problem)
        elif isinstance(reply, MarksFound):
            self._marks.discard(reply.ticket)
            self.marks_found.emit(reply.ticket, reply.mask)
        else:
            super()._on_reply(reply)

    def _lost(self, reason: str) -> None:
        tickets, self._checks = self._checks, set()
        for ticket in tickets:
            self.checked.emit(ticket, f"The engine ended while it looked at the model. {reason}")
        marks, self._marks = self._marks, set()
        for ticket in marks:
            self.marks_found.emit(ticket, None)
        super()._lost(reason)

    def close(self) -> None:
        """Leaves running jobs paused, and ends the engine."""
        self.bind(None)
        self._look.stop()
        self._engine.close()
        self._tell_status(state="gone")
