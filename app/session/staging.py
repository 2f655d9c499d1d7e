"""Follows jobs on their way and stages their variants, for the artist to choose from.

Which variants are staged is read from the document's jobs, so that it outlives the program: a job stands for itself
and its variants until one of them is accepted or all are set aside; when the acceptance is undone they are back.
"""

from itertools import groupby

from app.document import Job, PatchRecord
from app.document.geometry import NOWHERE, around
from app.session.state import SessionState
from app.translation import tr
from engine.request import Box, Patch, PatchGrown, PatchPainted, PatchStarted, Planned, Taken, Update, UserError

from .values import Group, JobPlan, new_seed, reports_errors

ASIDE = "set aside"


class Staging:
    def __init__(self, state: SessionState):
        self._state, self.failed = state, state.failed
        self.growing: dict[tuple[int, Patch], Update] = {}
        self.plans: dict[int, JobPlan] = {}
        self.sources: tuple[Taken, ...] = ()
        self._chosen: dict[int, int] = {}  # group to job
        self._current: int | None = None
        self._groups = self._read_groups()
        queue = state.queue
        queue.changed.connect(self.read)
        queue.planned.connect(self._planned)
        queue.started.connect(self._started)
        queue.grown.connect(self._grown)
        queue.painted.connect(self._painted)
        queue.finished.connect(self._finished)
        queue.stopped.connect(self._forget_growth)
        queue.failed.connect(self._job_failed)
        state.opened.connect(self._stage_anew)
        state.history_changed.connect(self.read)

    # ---- jobs on their way

    def _planned(self, job: int, planned: Planned) -> None:
        for note in planned.notes if job not in self.plans else ():
            self._state.noticed.emit(note)
        for update in planned.updates:
            self._state.staged_changed.emit(update.box)
        self.plans[job] = JobPlan(list(planned.boxes))
        finished = {box for box, _ in self._state.document.jobs.doubts(job)}
        self.plans[job].done = {n for n, box in enumerate(planned.boxes) if box in finished}
        self._state.plan_changed.emit()

    def _started(self, job: int, event: PatchStarted) -> None:
        plan = self.plans.get(job)
        if plan and (index := plan.index_at(event.box)) is not None:
            plan.running.add(index)
            self._state.plan_changed.emit()

    def _grown(self, job: int, event: PatchGrown | Patch, update: Update) -> None:
        patch = event.patch if isinstance(event, PatchGrown) else event
        self.growing[job, patch] = update
        self._state.growing_changed.emit(update.box)

    def _painted(self, job: int, event: PatchPainted) -> None:
        self.growing.pop((job, event.patch), None)
        plan = self.plans.get(job)
        if plan and (index := plan.index_at(event.updates[0].box)) is not None:
            plan.running.discard(index)
            plan.done.add(index)
            self._state.said.emit(
                tr("Patch {done} of {total} is done.").format(done=len(plan.done), total=len(plan.boxes))
            )
        for update in event.updates:
            self._state.staged_changed.emit(update.box)
        self._state.plan_changed.emit()

    def _finished(self, job: int) -> None:
        self._forget_growth(job)
        film = self._state.document.jobs.get(job).clip is not None
        what = tr("accept it, look at its variants, or set it aside")
        self._state.said.emit(
            tr("The film is painted: play it.") if film else tr("The painting is done: {what}.").format(what=what)
        )

    def _job_failed(self, job: int, sentence: str) -> None:
        self._forget_growth(job)
        self.failed.emit(sentence)

    def _forget_growth(self, job: int) -> None:
        """What was half painted when it stopped is not shown any more."""
        if plan := self.plans.get(job):
            plan.running.clear()
        for key in [key for key in self.growing if key[0] == job]:
            box = self.growing.pop(key).box
            self._state.growing_changed.emit(box)
        self._state.plan_changed.emit()

    # ---- staging

    def groups(self) -> tuple[Group, ...]:
        return self._groups

    @property
    def current(self) -> Group | None:
        """The group that the keys act on: the one chosen last, else the newest."""
        found = [group for group in self._groups if group.number == self._current]
        return found[0] if found else self._groups[-1] if self._groups else None

    def choose_group(self, number: int) -> None:
        self._current = number
        self.read()

    def shown_layers(self) -> tuple[int, ...]:
        return tuple(group.shown.layer for group in self._groups)

    def growing_shown(self) -> list[Update]:
        """Half-painted patches of the variants that are shown."""
        shown = {group.shown.id for group in self._groups}
        return [update for (job, _), update in self.growing.items() if job in shown]

    def next_variant(self, step: int = 1) -> None:
        if group := self.current:
            chosen = group.jobs[(group.chosen + step) % len(group.jobs)]
            self._chosen[group.number] = chosen.id
            self.read()
            self._state.said.emit(
                tr("Variant {chosen} of {jobs}.").format(chosen=group.jobs.index(chosen) + 1, jobs=len(group.jobs))
            )

    @reports_errors
    def accept(self, group: Group | None = None) -> None:
        """Puts the variant that is shown into the picture; the others come back when that is undone."""
        group = group or self.current
        if group is None:
            raise UserError(tr("There is nothing to accept yet: paint a region first."))
        if group.shown.state in ("running", "waiting"):
            raise UserError(
                tr("This variant is still being painted. Wait for it, or pause it to accept what is there.")
            )
        for job in group.jobs:
            if job.state in ("running", "waiting"):
                # Nobody looks at it any more; what it has is kept, should this be undone.
                self._state.queue.cancel(job.id)
        layer = self._state.document.jobs.accept(group.shown.id, self._result_name(group))
        self.plans = {job: plan for job, plan in self.plans.items() if job not in {j.id for j in group.jobs}}
        self.read()
        self._state.select(layer)
        self._state.said.emit(tr("Accepted: it is a layer of the picture now."))

    def _result_name(self, group: Group) -> str:
        if group.shown.request.get("replaced"):
            return tr("Replaced")
        box = group.region.box
        layers = self._state.document.layers
        boxes = [layers.box(layer.id) for layer in layers.all() if layer.visible]
        bounds = around([each for each in boxes if not each.intersect(box.grow(1)).empty])
        if bounds.empty:
            return tr("Painted")
        if bounds.contains(box):
            return tr("Filled")
        beyond = {
            tr("to the left"): bounds.x - box.x, tr("to the right"): box.right - bounds.right,
            tr("upwards"): bounds.y - box.y, tr("downwards"): box.bottom - bounds.bottom,
        }  # fmt: skip
        return tr("Continuation {side}").format(side=max(beyond, key=lambda side: beyond[side]))

    @reports_errors
    def discard(self, group: Group | None = None) -> None:
        """Sets the variants aside; the queue lists them until they are removed there."""
        group = group or self.current
        if group is None:
            return
        for job in group.jobs:
            if job.state in ("running", "waiting"):
                self._state.queue.cancel(job.id)
            self._state.document.jobs.set_state(job.id, "done" if job.state == "done" else "paused", ASIDE)
        self.read()
        self._state.said.emit(tr("Set aside. The queue keeps the variants until you remove them there."))

    @reports_errors
    def bring_back(self, job: int | None = None) -> None:
        """Stages variants that were set aside: those of this job, or the last ones."""
        aside = [each for each in self._state.document.jobs.all() if each.message == ASIDE]
        if not aside:
            raise UserError(tr("Nothing was set aside."))
        of = self._state.document.jobs.get(job) if job else aside[-1]
        number = of.variant_of or of.id
        for each in aside:
            if number in (each.id, each.variant_of):
                self._state.document.jobs.set_state(each.id, each.state)
        self._current = number
        self.read()

    @reports_errors
    def remove_job(self, job: int) -> None:
        """Takes a job and its result out of the file; what was accepted stays in the picture."""
        self._state.queue.cancel(job)
        self._state.document.jobs.remove(job)
        self.read()

    @reports_errors
    def one_more(self) -> None:
        """Another variant of the current group, with a seed of its own."""
        if group := self.current:
            self._vary(group, None)

    @reports_errors
    def reroll(self, box: Box) -> None:
        """A variant in which only the patch under the middle of this box is painted anew."""
        group = self.current
        if group is None:
            return
        middle = box.x + box.width // 2, box.y + box.height // 2
        patch = self._state.document.jobs.patch_at(group.shown.id, *middle)
        if patch is None:
            raise UserError(tr("There is no finished patch to paint again at this place."))
        self._vary(group, patch)

    def _vary(self, group: Group, again: Patch | None) -> None:
        made = self._state.document.jobs.vary(group.shown.id, new_seed(), again)
        self._current, self._chosen[group.number] = group.number, made.id
        self._state.queue.resume(made.id)
        self.read()

    def doubts(self, group: Group) -> list[tuple[Box, float]]:
        """Where the patches of the variant shown lie, and their bits per token."""
        return [(box, bits) for box, bits in self._state.document.jobs.doubts(group.shown.id) if bits == bits]

    # ---- how patches were made

    def recipe_at(self, x: int, y: int) -> PatchRecord | None:
        """Of the patch that is seen there, in the picture or staged over it."""
        return self._state.document.recipe_at(x, y, self.shown_layers())

    def show_sources(self, taken: tuple[Taken, ...]) -> None:
        """Which parts are shown together with where they came from."""
        if taken != self.sources:
            self.sources = taken
            self._state.sources_changed.emit()

    # ---- which groups there are

    def _read_groups(self) -> tuple[Group, ...]:
        pictures = [job for job in self._state.document.jobs.all() if job.clip is None]
        jobs = sorted(pictures, key=lambda job: (job.variant_of or job.id, job.id))
        families = [list(family) for _, family in groupby(jobs, key=lambda job: job.variant_of or job.id)]
        staged = [family for family in families if not any(job.accepted or job.message == ASIDE for job in family)]
        return tuple(self._group(family) for family in staged)

    def _group(self, family: list[Job]) -> Group:
        number = family[0].variant_of or family[0].id
        chosen = self._chosen.get(number)
        index = next((n for n, job in enumerate(family) if job.id == chosen), None)
        if index is None:
            index = next((n for n, job in enumerate(family) if job.state == "running"), 0)
        return Group(number, tuple(family), index)

    def read(self) -> None:
        """Reads the groups anew; where the picture shows another variant, that part of it is told."""
        try:
            groups = self._read_groups()
        except UserError as error:
            self.failed.emit(str(error))
            return
        before = {group.number: group.shown.layer for group in self._groups}
        after = {group.number: group.shown.layer for group in groups}
        boxes = {group.number: group.region.box for group in (*self._groups, *groups)}
        self._groups = groups
        self._state.staging_changed.emit()
        for number, box in boxes.items():
            if before.get(number) != after.get(number):
                self._state.staged_changed.emit(box)

    def _stage_anew(self) -> None:
        self.growing, self.plans, self._chosen, self._current = {}, {}, {}, None
        self._groups = ()
        self.read()
        self._state.plan_changed.emit()
        self._state.staged_changed.emit(NOWHERE)
