"""What becomes of each thing that the engine tells, and of a job where something goes wrong.

What the engine has finished is in the document before it is told on.
"""

from collections.abc import Sequence
from contextlib import suppress

from PySide6.QtCore import QTimer

from app.jobs import model_registry as models
from app.jobs.active_run import Active
from app.jobs.dispatcher import Dispatcher
from app.jobs.protocol import Failed, FirstStart, MemoryReport, ModelLoaded, Ready, Reply, RunEvent
from app.jobs.signals import JobSignals
from app.jobs.throughput import Measured
from app.translation import tr
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
    Update,
    UserError,
)
from engine.study_request import StudyEvent

QUIET = 1000  # ms
CANCELLED = "cancelled"
KEPT = tr("Its finished patches are kept; try again to go on from there.")


class EventHandler:
    def __init__(self, dispatcher: Dispatcher, signals: JobSignals, measured: Measured):
        self._dispatcher, self._signals, self._measured = dispatcher, signals, measured
        self._quiet = QTimer(signals, singleShot=True, interval=QUIET)
        self._quiet.timeout.connect(self._tell_time)

    # ---- what the engine tells

    def on_reply(self, reply: Reply) -> None:
        if isinstance(reply, FirstStart):
            self._dispatcher.report(state="preparing")
            return
        if self._dispatcher.status.state == "preparing":
            self._dispatcher.report(state=self._dispatcher.at_work)
        if isinstance(reply, RunEvent):
            if active := self._dispatcher.runs.get(reply.run):
                self._quiet.start()
                self._happened(active, reply.event, reply.seconds)
        elif isinstance(reply, Failed):
            if active := self._dispatcher.runs.get(reply.run):
                self._run_failed(active, reply)
        elif isinstance(reply, Ready):
            self._dispatcher.report(state=self._dispatcher.at_work, device=reply.device, reason=reply.reason)
            self._dispatcher.dispatch()  # it may advance more paintings than were known of before
        elif isinstance(reply, ModelLoaded):
            self._measured.loaded(models.name_of(reply.model), reply)
            self._dispatcher.report(memory_mib=reply.memory_mib)
        elif isinstance(reply, MemoryReport):
            self._dispatcher.report(memory_mib=reply.memory_mib)
            for active in self._dispatcher.runs.values():
                self._measured.memory(active.model, reply.memory_mib)

    def _happened(self, active: Active, event: PaintEvent | StudyEvent, seconds: float) -> None:
        active.computed(seconds)
        if isinstance(event, Planned):
            active.planned(event)
            self._lay(active, event.updates)
            self._dispatcher.totals[active.job] = event.patches
            self._tell_event(active, event)
            self._signals.changed.emit()
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

    def _tell_time(self) -> None:
        """While the engine tells nothing, as where the last section is refined, the time left goes on all the same."""
        if self._dispatcher.runs:
            self._signals.changed.emit()
            self._quiet.start()

    def _tell_event(self, active: Active, event: Planned | PatchStarted | PatchGrown | PatchPainted) -> None:
        if active.film:
            self._signals.filmed.emit(active.job, event)
        elif isinstance(event, Planned):
            self._signals.planned.emit(active.job, event)
        elif isinstance(event, PatchStarted):
            self._signals.started.emit(active.job, event)
        elif isinstance(event, PatchGrown):
            self._signals.grown.emit(active.job, event.patch, event.update)
        else:
            self._signals.painted.emit(active.job, event)

    def _keep(self, active: Active, patches: Sequence[PatchPainted]) -> None:
        if not patches or self._dispatcher.document is None:
            return
        try:
            self._dispatcher.document.jobs.keep(active.job, *patches)
        except (UserError, KeyError) as error:  # KeyError: the job was removed
            self._not_kept(active, error)
            return
        new = [patch for patch in patches if patch.patch not in active.given]
        if new:
            active.kept = True
            self._measured.batch(
                self._dispatcher.work_of(active), self._dispatcher.status.device, len(new), active.batch_seconds
            )
        for patch in patches:
            self._tell_event(active, patch)
        self._signals.changed.emit()

    def _lay_again(self, active: Active, event: PatchPainted) -> None:
        updates = active.finished_again(event)
        if updates and self._lay(active, updates):
            self._tell_event(active, event)

    def _lay(self, active: Active, updates: Sequence[Update]) -> bool:
        """Keeps pixels that belong to no new patch; whether they are kept."""
        if not updates or self._dispatcher.document is None:
            return False
        try:
            self._dispatcher.document.jobs.lay(active.job, updates)
        except (UserError, KeyError) as error:
            self._not_kept(active, error)
            return False
        return True

    def _keep_frame(self, active: Active, event: FramePainted) -> None:
        if self._dispatcher.document is None:
            return
        try:
            new = self._dispatcher.document.jobs.finish_frame(active.job, event)
        except (UserError, KeyError) as error:
            self._not_kept(active, error)
            return
        if new:
            self._signals.filmed.emit(active.job, event)

    def _not_kept(self, active: Active, error: Exception) -> None:
        self._dispatcher.drop(active)
        self._signals.stopped.emit(active.job)
        if isinstance(error, UserError) and not active.stopping:
            self._dispatcher.fail(active.job, str(error))
        self._dispatcher.dispatch()

    def _ended(self, active: Active, finished: bool) -> None:
        del self._dispatcher.runs[active.run]
        self._measured.keep()
        job = self._dispatcher.job(active.job)
        if finished and job is not None:
            # A message that the session has left while it was stopping, such as that it was set aside, stays.
            self._dispatcher.set_state(job.id, "done", "" if job.message == CANCELLED else job.message)
            self._signals.finished.emit(job.id)
        else:
            self._signals.stopped.emit(active.job)
        self._dispatcher.dispatch()

    def _note(self, number: int, followed: Followed) -> None:
        if self._dispatcher.document is not None:
            with suppress(UserError, ValueError):  # a figure less in a recipe
                self._dispatcher.document.jobs.note_followed(number, followed)

    # ---- what goes wrong

    def _run_failed(self, active: Active, failure: Failed) -> None:
        if failure.trouble == "device":
            return  # the process is ending: all its runs are taken up again
        if active.stopping:
            self._ended(active, False)
            return
        del self._dispatcher.runs[active.run]
        self._signals.stopped.emit(active.job)
        if failure.trouble == "memory":
            self._out_of_memory(active.job, failure)
        else:
            self._dispatcher.fail(active.job, failure.sentence)
        self._dispatcher.dispatch()

    def _out_of_memory(self, number: int, failure: Failed) -> None:
        """Once it goes on by itself in smaller batches; after that the artist decides, and may try smaller ones yet."""
        smaller = max(1, (failure.width or self._dispatcher.widths.get(number, 2)) // 2)
        again = number not in self._dispatcher.second_try and (failure.width or 2) > 1
        self._dispatcher.widths[number] = smaller
        if again:
            self._dispatcher.second_try.add(number)
            self._dispatcher.set_state(
                number,
                "waiting",
                tr("{sentence} It goes on with at most {smaller} at once.").format(
                    sentence=failure.sentence, smaller=smaller
                ),
            )
            self._dispatcher.say(
                tr("{sentence} Painting goes on with at most {smaller} at once.").format(
                    sentence=failure.sentence, smaller=smaller
                )
            )
            return
        self._dispatcher.fail(
            number,
            tr(
                "There was not enough memory to paint. {kept} The next attempt takes at most {smaller} at once; "
                "closing other programs helps as well."
            ).format(kept=KEPT, smaller=smaller),
        )

    def lost(self, reason: str, runs: set[int]) -> None:
        """An engine's process has died, with these runs: its jobs go on in a new one, each once by itself.

        A connection to another computer may break any number of times, while something is painted in between.
        """
        gone = [active for active in self._dispatcher.runs.values() if active.run in runs]
        for active in gone:
            del self._dispatcher.runs[active.run]
        again = False
        for active in gone:
            job = self._dispatcher.job(active.job)
            self._signals.stopped.emit(active.job)
            if active.stopping or job is None:
                continue
            if active.job in self._dispatcher.second_try and not (self._dispatcher.elsewhere and active.kept):
                self._dispatcher.fail(
                    active.job, tr("{reason} That has happened twice. {kept}").format(reason=reason, kept=KEPT)
                )
            else:
                self._dispatcher.second_try.add(active.job)
                self._dispatcher.set_state(active.job, "waiting", reason)
                again = True
        on = tr("It was started again, and painting goes on from the last finished patch.")
        self._dispatcher.report(
            state="painting" if self._dispatcher.runs else "gone", memory_mib=None,
            message=f"{reason} {on if again else 'It is started again when there is something to paint.'}",
        )  # fmt: skip
        self._dispatcher.dispatch()
