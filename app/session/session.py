"""The session: the open document and, here, all that paints in it: region, options, jobs, variants to choose from.

Which variants are staged is read from the document's jobs, so that it outlives the program: a job stands for itself
and its variants until one of them is accepted or all are set aside; when the acceptance is undone they are back.
"""

import random
from dataclasses import replace
from itertools import groupby
from typing import Any

import numpy as np
from PySide6.QtCore import QTimer, Signal

from app.document import Guide, Job, Region
from app.document.geometry import NOWHERE, around
from app.jobs.models import ModelInfo, models
from engine.request import (
    Box,
    KnownPicture,
    PaintRequest,
    Patch,
    PatchGrown,
    PatchPainted,
    PatchStarted,
    Planned,
    Update,
    UserError,
)

from .pictures import Pictures
from .values import MOST_VARIANTS, TOOLS, Brush, Estimate, Group, JobPlan, PaintOptions, told

CONTEXT = 3  # patches around the region that the engine is given
ASIDE = "set aside"
SKETCH_AFTER = 120  # ms of rest after a change of the region
ESTIMATE_PIXELS = 2**22  # beyond this the region is looked at in coarser pixels


class Session(Pictures):
    """The open document, what is selected in it, and how the artist wants to paint; `opened` tells of another document."""

    region_changed = Signal()
    options_changed = Signal()
    tool_changed = Signal()
    brush_changed = Signal()
    staging_changed = Signal()
    staged_changed = Signal(object)
    growing_changed = Signal(object)
    plan_changed = Signal()
    estimate_changed = Signal()

    def __init__(self, *args: Any, **options: Any):
        self.region: Region | None = None
        self.options, self.brush, self.tool = PaintOptions(seed=_new_seed()), Brush(), "region"
        self.growing: dict[tuple[int, Patch], Update] = {}
        self.plans: dict[int, JobPlan] = {}
        self.sketch: Planned | None = None
        self.estimate: Estimate | None = None
        self._ticket = 0
        self._chosen: dict[int, int] = {}  # group to job
        self._current: int | None = None
        self._models = models()
        super().__init__(*args, **options)
        self._later = QTimer(self, singleShot=True, interval=SKETCH_AFTER)
        self._later.timeout.connect(self._look_ahead)
        self._groups = self._read_groups()
        self._listen()

    def _listen(self) -> None:
        queue = self.queue
        queue.changed.connect(self._jobs_changed)
        queue.planned.connect(self._planned)
        queue.started.connect(self._started)
        queue.grown.connect(self._grown)
        queue.painted.connect(self._painted)
        queue.finished.connect(self._finished)
        queue.stopped.connect(self._forget_growth)
        queue.failed.connect(self._job_failed)
        queue.sketched.connect(self._sketched)
        self.opened.connect(self._start_over)
        self.history_changed.connect(self._jobs_changed)
        self.pixels_changed.connect(self._region_may_differ)

    # ---- tools, region, options

    def set_tool(self, name: str) -> None:
        if name not in TOOLS:
            raise ValueError(f"there is no tool {name}")
        if name != self.tool:
            self.tool = name
            self.tool_changed.emit()

    def set_brush(self, **changes: Any) -> None:
        self.brush = replace(self.brush, **changes)
        self.brush_changed.emit()

    def set_region(self, region: Region | None) -> None:
        """What is to be painted; None takes the frame away. Nothing of the picture changes."""
        if region is not None and region.box.empty:
            region = None
        self.region, self.sketch, self.estimate = region, None, None
        self.region_changed.emit()
        self.plan_changed.emit()
        self._later.start()

    def set_options(self, **changes: Any) -> None:
        if "variants" in changes:
            changes["variants"] = min(max(int(changes["variants"]), 1), MOST_VARIANTS)
        options = replace(self.options, **changes)
        if options != self.options:
            self.options = options
            self.options_changed.emit()
            if changes.keys() & {"order", "model"}:
                self._later.start()

    def models(self) -> tuple[ModelInfo, ...]:
        return self._models

    def refresh_models(self) -> None:
        self._models = models()
        self.options_changed.emit()

    def _patch_px(self) -> int:
        found = [model.patch_px for model in self._models if model.name == self.options.model]
        return found[0] if found else 128

    # ---- what painting the region would mean

    def context_boxes(self) -> list[Box]:
        """Where the engine will look around the region."""
        if self.region is None:
            return []
        near = self._near()
        layers = [layer for layer in self.document.layers.all() if layer.visible]
        boxes = (self.document.layers.box(layer.id).intersect(near) for layer in layers)
        return [box for box in boxes if not box.empty]

    def touches_nothing(self) -> bool:
        """Whether the engine will find nothing to continue from."""
        return not self.context_boxes()

    def verb(self) -> str:
        """What the button will do: Paint out of nothing, Fill a hole, or Extend the picture."""
        if self.region is None or self.touches_nothing():
            return "Paint"
        return "Fill" if around(self.context_boxes()).contains(self.region.box.grow(1)) else "Extend"

    def _near(self) -> Box:
        assert self.region is not None
        return self.region.box.grow(CONTEXT * self._patch_px())

    def _guide(self) -> Guide:
        """The grid of patches; the first region anchors it where no picture has."""
        assert self.region is not None
        guide = self.document.guide
        if guide is None or guide.patch != self._patch_px():
            at = guide or self.region.box
            guide = Guide(at.x, at.y, self._patch_px())
        return guide

    def _request(self) -> PaintRequest:
        assert self.region is not None
        near, guide = self._near(), self._guide()
        pixels = self.document.read(near)
        known = pixels[:, :, 3] == 255
        pictures = (KnownPicture(near, np.ascontiguousarray(pixels[:, :, :3]), known),) if known.any() else ()
        options = self.options
        return PaintRequest(
            self.region.box, pictures, options.seed, options.freedom, top_p=options.top_p, order=options.order,
            anchor=(guide.x, guide.y),
        )  # fmt: skip

    def _look_ahead(self) -> None:
        """Once the region rests: count its patches, and ask the engine for its order."""
        if self.region is None:
            return
        try:
            patches = self._patches_to_paint()
            seconds, memory = self.queue.estimate(patches * self.options.variants, self.options.model)
            self.estimate = Estimate(patches, seconds, memory)
            self.estimate_changed.emit()
            if patches:
                self._ticket = self.queue.sketch(self._request(), self.options.model)
        except UserError as error:
            self.failed.emit(str(error))

    def _patches_to_paint(self) -> int:
        """Cells of the patch grid in the region with a pixel that is not known yet."""
        assert self.region is not None
        box, guide = self.region.box, self._guide()
        level = 0
        while (box.width >> level) * (box.height >> level) > ESTIMATE_PIXELS:
            level += 1
        step = 1 << level
        coarse = Box.spanning(box.x >> level, box.y >> level, -(-box.right >> level), -(-box.bottom >> level))
        missing = self.document.read(coarse, level)[:, :, 3] < 255
        if self.region.mask is not None and not level:
            missing &= self.region.mask
        rows, columns = np.nonzero(missing)
        x, y = (columns + coarse.x) * step - guide.x, (rows + coarse.y) * step - guide.y
        places = (x // guide.patch) * (1 << 31) + y // guide.patch
        return len(np.unique(places))

    def _sketched(self, ticket: int, planned: Planned | None) -> None:
        if ticket == self._ticket and self.region is not None:
            self.sketch = planned
            self.plan_changed.emit()

    def _region_may_differ(self, box: Box) -> None:
        if self.region is not None and not box.intersect(self._near()).empty:
            self._later.start()

    # ---- painting

    @told
    def paint(self, front: bool = False) -> None:
        """Paints the region in as many variants as are asked for; those staged on it stay what they are."""
        if self.region is None:
            raise UserError("Drag out a region first: with the region tool (C), beside the picture or over a hole.")
        if not self._patches_to_paint():
            raise UserError("Everything in this region is painted already. Drag it over an empty part, or erase first.")
        if not self.options.seed_locked:
            self.set_options(seed=_new_seed())
        self.document.guide = self._guide()
        seeds = [self.options.seed + n for n in range(self.options.variants)]
        jobs = self.queue.add(self._request(), self.region, self._recipe(), seeds, self.options.model, front)
        self._current = jobs[0]
        region, self.region, self.sketch, self.estimate = self.region, None, None, None
        self.region_changed.emit()
        self._jobs_changed()
        self.said.emit(f"Painting {region.box.width} × {region.box.height} px.")

    def _recipe(self) -> dict[str, Any]:
        options = self.options
        return {
            "prompt": options.prompt, "model": options.model, "freedom": options.freedom, "top_p": options.top_p,
            "order": options.order.value if options.order else "auto",
        }  # fmt: skip

    def pause(self, job: int) -> None:
        self.queue.pause(job)

    def resume(self, job: int) -> None:
        self.queue.resume(job)

    def cancel(self, job: int) -> None:
        self.queue.cancel(job)

    def retry(self, job: int) -> None:
        self.queue.retry(job)

    def to_front(self, job: int) -> None:
        self.queue.to_front(job)

    def _planned(self, job: int, planned: Planned) -> None:
        self.plans[job] = JobPlan(list(planned.boxes))
        finished = {box for box, _ in self.document.jobs.doubts(job)}
        self.plans[job].done = {n for n, box in enumerate(planned.boxes) if box in finished}
        self.plan_changed.emit()

    def _started(self, job: int, event: PatchStarted) -> None:
        plan = self.plans.get(job)
        if plan and (index := plan.index_at(event.box)) is not None:
            plan.running.add(index)
            self.plan_changed.emit()

    def _grown(self, job: int, event: PatchGrown | Patch, update: Update) -> None:
        patch = event.patch if isinstance(event, PatchGrown) else event
        self.growing[job, patch] = update
        self.growing_changed.emit(update.box)

    def _painted(self, job: int, event: PatchPainted) -> None:
        self.growing.pop((job, event.patch), None)
        plan = self.plans.get(job)
        if plan and (index := plan.index_at(event.updates[0].box)) is not None:
            plan.running.discard(index)
            plan.done.add(index)
            self.said.emit(f"Patch {len(plan.done)} of {len(plan.boxes)} is done.")
        for update in event.updates:
            self.staged_changed.emit(update.box)
        self.plan_changed.emit()

    def _finished(self, job: int) -> None:
        self._forget_growth(job)
        self.said.emit("The painting is done: Enter accepts it, the arrow keys show other variants.")

    def _job_failed(self, job: int, sentence: str) -> None:
        self._forget_growth(job)
        self.failed.emit(sentence)

    def _forget_growth(self, job: int) -> None:
        """What was half painted when it stopped is not shown any more."""
        if plan := self.plans.get(job):
            plan.running.clear()
        for key in [key for key in self.growing if key[0] == job]:
            box = self.growing.pop(key).box
            self.growing_changed.emit(box)
        self.plan_changed.emit()

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
        self.staging_changed.emit()

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
            self._jobs_changed()
            self.said.emit(f"Variant {group.jobs.index(chosen) + 1} of {len(group.jobs)}.")

    @told
    def accept(self, group: Group | None = None) -> None:
        """Puts the variant that is shown into the picture; the others come back when that is undone."""
        group = group or self.current
        if group is None:
            raise UserError("There is nothing to accept yet: paint a region first.")
        if group.shown.state in ("running", "waiting"):
            raise UserError("This variant is still being painted. Wait for it, or pause it to accept what is there.")
        layer = self.document.jobs.accept(group.shown.id, self._result_name(group))
        self.plans = {job: plan for job, plan in self.plans.items() if job not in {j.id for j in group.jobs}}
        self._jobs_changed()
        self.select(layer)
        self.said.emit("Accepted: it is a layer of the picture now.")

    def _result_name(self, group: Group) -> str:
        bounds, box = self.document.bounds, group.region.box
        if bounds.empty or bounds.contains(box):
            return "Filled" if not bounds.empty else "Painted"
        beyond = {
            "to the left": bounds.x - box.x, "to the right": box.right - bounds.right,
            "upwards": bounds.y - box.y, "downwards": box.bottom - bounds.bottom,
        }  # fmt: skip
        return f"Continuation {max(beyond, key=lambda side: beyond[side])}"

    @told
    def discard(self, group: Group | None = None) -> None:
        """Sets the variants aside; the queue lists them until they are removed there."""
        group = group or self.current
        if group is None:
            return
        for job in group.jobs:
            if job.state in ("running", "waiting"):
                self.queue.cancel(job.id)
            self.document.jobs.set_state(job.id, "done" if job.state == "done" else "paused", ASIDE)
        self._jobs_changed()
        self.said.emit("Set aside. The queue keeps the variants until you remove them there.")

    @told
    def bring_back(self, job: int | None = None) -> None:
        """Stages variants that were set aside: those of this job, or the last ones."""
        aside = [each for each in self.document.jobs.all() if each.message == ASIDE]
        if not aside:
            raise UserError("Nothing was set aside.")
        of = self.document.jobs.get(job) if job else aside[-1]
        number = of.variant_of or of.id
        for each in aside:
            if number in (each.id, each.variant_of):
                self.document.jobs.set_state(each.id, each.state)
        self._current = number
        self._jobs_changed()

    @told
    def remove_job(self, job: int) -> None:
        """Takes a job and its result out of the file; what was accepted stays in the picture."""
        self.queue.cancel(job)
        self.document.jobs.remove(job)
        self._jobs_changed()

    @told
    def one_more(self) -> None:
        """Another variant of the current group, with a seed of its own."""
        if group := self.current:
            self._vary(group, None)

    @told
    def reroll(self, box: Box) -> None:
        """A variant in which only the patch under the middle of this box is painted anew."""
        group = self.current
        if group is None:
            return
        middle = box.x + box.width // 2, box.y + box.height // 2
        patch = self.document.jobs.patch_at(group.shown.id, *middle)
        if patch is None:
            raise UserError("There is no finished patch to paint again at this place.")
        self._vary(group, patch)

    def _vary(self, group: Group, again: Patch | None) -> None:
        made = self.document.jobs.vary(group.shown.id, _new_seed(), again)
        self._current, self._chosen[group.number] = group.number, made.id
        self.queue.resume(made.id)
        self._jobs_changed()

    def doubts(self, group: Group) -> list[tuple[Box, float]]:
        """Where the patches of the variant shown lie, and their bits per token."""
        return [(box, bits) for box, bits in self.document.jobs.doubts(group.shown.id) if bits == bits]

    # ---- which groups there are

    def _read_groups(self) -> tuple[Group, ...]:
        jobs = sorted(self.document.jobs.all(), key=lambda job: (job.variant_of or job.id, job.id))
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

    def _jobs_changed(self) -> None:
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
        self.staging_changed.emit()
        for number, box in boxes.items():
            if before.get(number) != after.get(number):
                self.staged_changed.emit(box)

    def _start_over(self) -> None:
        self.growing, self.plans, self._chosen, self._current = {}, {}, {}, None
        self.set_region(None)
        self._groups = ()
        self._jobs_changed()
        self.plan_changed.emit()
        self.staged_changed.emit(NOWHERE)


def _new_seed() -> int:
    return random.randrange(100_000)
