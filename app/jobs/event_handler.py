"""What becomes of each thing that the engine tells, and of a job where something goes wrong.

What the engine has finished is in the document before it is told on.
"""

from collections.abc import Sequence
from contextlib import suppress

from app.jobs import model_registry as models
from app.jobs.active_run import Active
from app.jobs.dispatcher import Dispatcher
from app.jobs.protocol import Failed, MemoryReport, ModelLoaded, Ready, Reply, RunEvent, Sketched
from engine.request import (
    Finished,
    Followed,
    FramePainted,
    PaintEvent,
    PatchGrown,
    PatchPainted,
    PatchStarted,
    Planned,
    Stopped,
    StudyEvent,
    UserError,
)

CANCELLED = "cancelled"
KEPT = "Its finished patches are kept; try again to go on from there."


class EventHandler(Dispatcher):
    # ---- what the engine tells

    def _on_reply(self, reply: Reply) -> None:
        if isinstance(reply, RunEvent):
            if active := self._runs.get(reply.run):
                self._happened(active, reply.event, reply.seconds)
        elif isinstance(reply, Failed):
            if active := self._runs.get(reply.run):
                self._run_failed(active, reply)
        elif isinstance(reply, Ready):
            self._tell_status(state="painting" if self._runs else "ready", device=reply.device, reason=reply.reason)
        elif isinstance(reply, ModelLoaded):
            self._measured.loaded(models.name_of(reply.model), reply)
            self._tell_status(memory_mib=reply.memory_mib)
        elif isinstance(reply, MemoryReport):
            self._tell_status(memory_mib=reply.memory_mib)
            for active in self._runs.values():
                self._measured.memory(active.model, reply.memory_mib)
        elif isinstance(reply, Sketched) and self._sketch and reply.ticket == self._sketch.ticket:
            self._sketch = None
            self.sketched.emit(reply.ticket, reply.planned)

    def _happened(self, active: Active, event: PaintEvent | StudyEvent, seconds: float) -> None:
        active.computed(seconds)
        if isinstance(event, Planned):
            active.planned(event)
            self._totals[active.job] = event.patches
            self._tell_event(active, event)
            self.changed.emit()
        elif isinstance(event, PatchStarted):
            active.started()
            self._tell_event(active, event)
        elif isinstance(event, PatchGrown):
            self._tell_event(active, event)
        elif isinstance(event, PatchPainted):
            self._lay_again(active, event)
            self._keep(active, active.painted(event))
        elif isinstance(event, FramePainted):
            self._keep_frame(active, event)
        elif isinstance(event, Finished | Stopped):
            if isinstance(event, Finished) and event.followed:
                self._note(active.job, event.followed)
            self._ended(active, isinstance(event, Finished))

    def _tell_event(self, active: Active, event: Planned | PatchStarted | PatchGrown | PatchPainted) -> None:
        if active.film:
            self.filmed.emit(active.job, event)
        elif isinstance(event, Planned):
            self.planned.emit(active.job, event)
        elif isinstance(event, PatchStarted):
            self.started.emit(active.job, event)
        elif isinstance(event, PatchGrown):
            self.grown.emit(active.job, event.patch, event.update)
        else:
            self.painted.emit(active.job, event)

    def _keep(self, active: Active, patches: Sequence[PatchPainted]) -> None:
        if not patches or self._document is None:
            return
        try:
            self._document.jobs.keep(active.job, *patches)
        except (UserError, KeyError) as error:  # KeyError: the job was removed
            self._not_kept(active, error)
            return
        new = [patch for patch in patches if patch.patch not in active.given]
        if new:
            self._measured.batch(active.work, self.status.device, len(new), active.batch_seconds)
        for patch in patches:
            self._tell_event(active, patch)
        self.changed.emit()

    def _lay_again(self, active: Active, event: PatchPainted) -> None:
        updates = active.finished_again(event)
        if not updates or self._document is None:
            return
        try:
            self._document.jobs.lay(active.job, updates)
        except (UserError, KeyError) as error:
            self._not_kept(active, error)
            return
        self._tell_event(active, event)

    def _keep_frame(self, active: Active, event: FramePainted) -> None:
        if self._document is None:
            return
        try:
            new = self._document.jobs.finish_frame(active.job, event)
        except (UserError, KeyError) as error:
            self._not_kept(active, error)
            return
        if new:
            self.filmed.emit(active.job, event)

    def _not_kept(self, active: Active, error: Exception) -> None:
        self._drop(active)
        self.stopped.emit(active.job)
        if isinstance(error, UserError) and not active.stopping:
            self._fail(active.job, str(error))
        self._dispatch()

    def _ended(self, active: Active, finished: bool) -> None:
        del self._runs[active.run]
        self._measured.keep()
        job = self._job(active.job)
        if finished and job is not None:
            # A message that the session has left while it was stopping, such as that it was set aside, stays.
            self._set(job.id, "done", "" if job.message == CANCELLED else job.message)
            self.finished.emit(job.id)
        else:
            self.stopped.emit(active.job)
        self._dispatch()

    def _note(self, number: int, followed: Followed) -> None:
        if self._document is not None:
            with suppress(UserError, ValueError):  # a figure less in a recipe
                self._document.jobs.note_followed(number, followed)

    # ---- what goes wrong

    def _run_failed(self, active: Active, failure: Failed) -> None:
        if failure.trouble == "device":
            return  # the process is ending: all its runs are taken up again
        if active.stopping:
            self._ended(active, False)
            return
        del self._runs[active.run]
        self.stopped.emit(active.job)
        if failure.trouble == "memory":
            self._out_of_memory(active.job, failure)
        else:
            self._fail(active.job, failure.sentence)
        self._dispatch()

    def _out_of_memory(self, number: int, failure: Failed) -> None:
        """Once it goes on by itself in smaller batches; after that the artist decides, and may try smaller ones yet."""
        smaller = max(1, (failure.width or self._widths.get(number, 2)) // 2)
        again = number not in self._second_try and (failure.width or 2) > 1
        self._widths[number] = smaller
        if again:
            self._second_try.add(number)
            self._set(number, "waiting", f"{failure.sentence} It goes on with at most {smaller} at once.")
            self._say(f"{failure.sentence} Painting goes on with at most {smaller} at once.")
            return
        self._fail(
            number,
            f"There was not enough memory to paint. {KEPT} The next attempt takes at most {smaller} at once; "
            "closing other programs helps as well.",
        )

    def _lost(self, reason: str) -> None:
        """The engine's process has died: its jobs go on in a new one, each once by itself."""
        runs, self._runs = list(self._runs.values()), {}
        again = False
        for active in runs:
            job = self._job(active.job)
            self.stopped.emit(active.job)
            if active.stopping or job is None:
                continue
            if active.job in self._second_try:
                self._fail(active.job, f"{reason} That has happened twice. {KEPT}")
            else:
                self._second_try.add(active.job)
                self._set(active.job, "waiting", reason)
                again = True
        on = "It was started again, and painting goes on from the last finished patch."
        if self._sketch:  # perhaps this is what it died of
            ticket, self._sketch = self._sketch.ticket, None
            self.sketched.emit(ticket, None)
        self._tell_status(
            state="gone", memory_mib=None,
            message=f"{reason} {on if again else 'It is started again when there is something to paint.'}",
        )  # fmt: skip
        self._dispatch()
