"""Algorithm 2: paint a request patch by patch, or rather level by level, and tell each patch as it is finished.

Known patches are pre-cached (Image Condition Pre-caching) when a new patch first wants to read them. Patches that do
not need one another are painted as one batch. Every cache comes from one parallel pass over finished tokens, so a
painting that was stopped and resumed reads the very numbers of one that was not.
"""

import math
from collections import Counter
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import torch
from torch import Tensor

from engine.inference.canvas import Canvas
from engine.inference.even_ground import fill
from engine.inference.following import NOTHING_NEAR, Following
from engine.inference.prefill import Pool, order_rows, prefill, select_context
from engine.inference.prompt_blending import Prompts
from engine.inference.shown import AsItIs, LaidBack, laid_back
from engine.inference.token_drawing import Drawing, Drawn, TokenDrawing
from engine.inference.video_canvas import FilmCanvas
from engine.media.known_pictures import Opening, known_mask, laid_together, lay_updates, repeated
from engine.memory import give_memory_back
from engine.models.checkpoint import ImageModel
from engine.models.vision_decoder import Context, attention_bytes
from engine.models.vqgan import VOID
from engine.planning.schedule import CacheKey, Plan, PlannedPatch, plan
from engine.request import (
    Finished,
    FramePainted,
    PaintEvent,
    PaintRequest,
    Patch,
    PatchGrown,
    PatchPainted,
    PatchStarted,
    Planned,
    Stopped,
    Update,
    UserError,
)
from engine.together import by_itself

WIDEST_BATCH = 16
MEMORY_FOR_BATCHES = 512 * 2**20  # bytes of keys and values that one batch may take
FEW_THREADS = 2  # on a CPU, with which paintings gain nothing together
MOST_TOGETHER = 4  # paintings on a graphics card; each holds a pool, and what it follows
LEVELS = 32  # after so many, memory that was freed is given back


class _Stop(Exception):
    """The painting was asked to stop."""


def painting(
    request: PaintRequest,
    model: ImageModel,
    stop: Callable[[], bool] = lambda: False,
    memory: int = MEMORY_FOR_BATCHES,
    width: int = WIDEST_BATCH,
    grown: bool = False,
    begins: ImageModel | None = None,
    live: bool = True,
) -> Generator[PaintEvent | Drawing, Any, None]:
    """Paint everything in the target that is not known; stops between two tokens when `stop` says so.

    It may advance together with others (`engine.together`); by itself it is `paint`. Raises UserError when there is
    nothing to paint. memory: bytes that the keys and values of a batch may take; width: the most patches of a batch.
    Both bound the batch, and a painting is only resumed to the bit under the same. grown: tell of patches while they
    grow as well. begins: paints what lies beside the still of a film, where something comes in from there; its tokens
    are those of the model, which paints it itself without. live: tell each patch as it looks at once, though those
    beside it will change it; else each patch of a picture once, when nothing does any more, in less time.
    """
    opening = Opening.of(request.replaced, request.feather) if request.replaced else None
    asked = opening.opened(request) if opening else request
    there = fill(asked)
    asked = there.added_to(asked) if there else asked
    notes, updates = (there.notes, there.updates) if there else ((), ())
    if opening:
        updates = laid_back(opening, updates, request.known)
    if there and known_mask(asked.known, asked.target).all():
        yield Planned(0, 0, 0, (), notes, updates)
        yield Finished(0, 0)
        return
    widest = batch_width(model, memory, width)
    run = _Painting(asked, model, stop, grown, begins or model, live, widest)
    if opening:
        run.shown = LaidBack(run.shown, opening, request.known)
    try:
        planned = run.planned()
        yield replace(planned, notes=(*notes, *planned.notes), updates=updates)
        run.look_ahead(0)
        yield from run.frames_done()
        give_memory_back()  # to get ready takes more than to paint
        for number, level in enumerate(run.plan.levels(), 1):
            if number % LEVELS == 0:
                give_memory_back()
            run.look_ahead(max(planned.patch.frame for planned in level))
            for first in range(0, len(level), widest):
                batch = level[first : first + widest]
                yield from run.tell_again([p for p in batch if p.patch in run.given])
                yield from run.paint_batch([p for p in batch if p.patch not in run.given])
                yield from run.frames_done()
    except _Stop:
        yield Stopped()
        return
    followed = run.following.provenance.followed() if run.following else None
    yield Finished(run.pool.peak, run.pool.peak_bytes, followed)


paint = by_itself(painting)


def paint_all(request: PaintRequest, model: ImageModel, width: int = WIDEST_BATCH) -> np.ndarray:
    """Paint to the end; the whole target with its known pixels, uint8 (height, width, 3), of a film its first frame."""
    return paint_frames(request, model, width)[0]


def paint_frames(
    request: PaintRequest, model: ImageModel, width: int = WIDEST_BATCH, begins: ImageModel | None = None
) -> np.ndarray:
    """Paint a film to the end: all frames with their known pixels, uint8 (frame, height, width, 3)."""
    if request.frames > 1:
        events = paint(request, model, width=width, begins=begins)
        return np.stack([event.pixels for event in events if isinstance(event, FramePainted)])
    pixels = laid_together(repeated(request.known, request.wrap), request.target)[0]
    for event in paint(request, model, width=width, live=False):
        lay_updates(event, pixels, request.target)
    return pixels[None]


def batch_width(model: ImageModel, memory: int = MEMORY_FOR_BATCHES, width: int = WIDEST_BATCH) -> int:
    """How many patches are painted side by side at most."""
    return max(1, min(width, memory // attention_bytes(model.config.decoder)))


def most_together(device: torch.device, follows: bool = False) -> int:
    """How many paintings had best advance together; follows: they follow a picture.

    On a CPU they gain where threads would be idle beside one of them; two threads gained nothing by the clock. More
    than two paintings would end sooner together, but the first of them later; and of what is followed most of the time
    goes into its pixels, each painting by itself.
    """
    if device.type != "cpu":
        return MOST_TOGETHER
    return 1 if follows or torch.get_num_threads() <= FEW_THREADS else 2


class _Painting:
    """What one run of Algorithm 2 holds: the canvas, the plan, the pool (NCP), and what is finished.

    following: the known picture, where that is asked for and can be done; then it is the small picture that is painted.
    """

    def __init__(
        self, asked: PaintRequest, model: ImageModel, stop: Callable[[], bool], grown: bool, begins: ImageModel,
        live: bool, widest: int,
    ):  # fmt: skip
        wished = asked.exemplar > 0 and (asked.known or asked.references) and asked.frames == 1 and asked.local == "ar"
        following = Following.of(asked, model) if wished else None
        problem = (following.problem if following else NOTHING_NEAR) if wished else ""
        self.following = None if problem else following
        self.notes = (problem,) if problem else ()
        self.request = request = self.following.request if self.following else asked
        self.model, self.stop = model, stop
        self.film = FilmCanvas(request, model) if request.frames > 1 else None
        self.notes += self.film.notes if self.film else ()
        self.begins = begins
        self.canvas = self.film or Canvas(request, model)
        in_part = any(known.frame and known.mask is not None for known in request.known)
        self.prompts = Prompts(request.prompts, model, in_part)
        growing = self._growing if grown else None
        self.drawing = TokenDrawing(self.canvas, self.prompts, self._check_stop, widest, growing)
        if request.frames > 1 and not model.config.decoder.extent.frames:
            raise UserError(f"The model “{model.config.name}” is for pictures, not films. Choose a film model.")
        if (request.local != "ar") != model.config.decoder.masked:
            raise UserError(_other_local(model))
        if not self.canvas.paintable:
            raise UserError("There is nothing to paint: the picture already fills the whole result.")
        config = model.config.decoder
        self.plan: Plan = plan(self.canvas.cells, self.canvas.known, config.extent, request.order, request.recache)
        self.given = {p.patch: torch.from_numpy(p.tokens.astype("int64")) for p in request.painted}
        self.canvas.tokens |= {patch: tokens for patch, tokens in self.given.items() if patch in self.canvas.known}
        self.lacking = Counter(planned.patch.frame for planned in self.plan.new)  # patches that a frame waits for
        self.frame = 0  # the first one that is not whole
        self.pool = Pool(self.plan, {p.number for p in self.plan.new if p.patch in self.given})
        if self.film and request.since is not None:
            self._go_on(self.film, request.since)
        if self.following:
            self.following.begin(self.canvas, self.plan, live)
            self.drawing.exemplar = self.following.exemplar
        self.shown: AsItIs | Following | LaidBack = self.following or AsItIs(self.canvas, live)

    def _go_on(self, film: FilmCanvas, since: FramePainted) -> None:
        """The frames up to this one are there, unless a token of them is missing."""
        whole = [planned.patch for planned in self.plan.new if planned.patch.frame <= since.frame]
        if all(patch in self.given for patch in whole) and film.guided_by_what_is_seen:
            film.tokens |= {patch: self.given[patch] for patch in whole}
            film.go_on(since.frame, since.pixels)
            self.lacking.subtract(patch.frame for patch in whole)
            self.frame = since.frame + 1

    def frames_done(self) -> Iterator[FramePainted]:
        """The frames of a film that have become whole."""
        while self.film and self.frame < self.request.frames and not self.lacking[self.frame]:
            yield FramePainted(self.frame, self.film.finish(self.frame))
            self.frame += 1

    def planned(self) -> Planned:
        boxes = tuple(self.shown.box_of(p.patch) for p in self.plan.new)
        resumed = sum(p.patch in self.given for p in self.plan.new)
        return Planned(len(self.plan.new), resumed, self.plan.critical_path, boxes, (*self.notes, *self.prompts.notes))

    def look_ahead(self, frame: int) -> None:
        """What goes by in a film up to a frame is painted."""
        if self.film and self.film.backdrop:
            self.film.backdrop.until(frame, self._beside)
            self._check_stop()

    def _beside(self, asked: PaintRequest) -> Iterator[PaintEvent]:
        """Paint a picture that is no frame of the film."""
        local = self.request.local if self.begins.config.decoder.masked else "ar"
        return paint(replace(asked, local=local), self.begins, self.stop, live=False)

    def tell_again(self, batch: Sequence[PlannedPatch]) -> Iterator[PatchPainted]:
        """The patches of an earlier run, in its order, so that whoever listens has its very pixels."""
        batch = [p for p in batch if p.patch.frame >= self.frame]
        self.canvas.tokens |= {p.patch: self.given[p.patch] for p in batch}
        self.lacking.subtract(p.patch.frame for p in batch)
        if self.following and batch:
            orders = self.model.decoder.positions.orders[order_rows([p.order for p in batch], self.model.device)]
            rasters = [self.given[p.patch].numpy() for p in batch]
            self.following.exemplar.replay(batch, rasters, list(orders.cpu().numpy()))
        for planned in batch:
            yield self._event(planned.patch, math.nan)

    def paint_batch(
        self, batch: Sequence[PlannedPatch]
    ) -> Generator[PatchStarted | PatchGrown | PatchPainted | Drawing, Drawn, None]:
        """Select, Emb, decode token by token, Add, Remove for patches that do not need one another."""
        if not batch:
            return
        for planned in batch:
            yield PatchStarted(planned.patch, self.shown.box_of(planned.patch))
        certain = self._certain(batch)
        unsure = [planned for planned in batch if planned.patch not in certain]
        drawn = (yield from self.drawing.draw(unsure, self._contexts(unsure))) if unsure else Drawn([], [])
        doubts = {planned.patch: doubt for planned, doubt in zip(unsure, drawn.bits or (), strict=True)}
        self.canvas.tokens |= certain
        self.canvas.tokens |= {planned.patch: tokens for planned, tokens in zip(unsure, drawn.tokens, strict=True)}
        self.lacking.subtract(p.patch.frame for p in batch)
        for planned in batch:
            self._keep(planned, planned.patch in doubts)
            yield self._event(planned.patch, doubts.get(planned.patch, 0.0))

    def _certain(self, batch: Sequence[PlannedPatch]) -> dict[Patch, Tensor]:
        """The patches of a film that have come from beside as a whole, so that nothing has to be drawn."""
        if not self.film:
            return {}
        forced = {planned.patch: self.film.forced(planned.patch) for planned in batch}
        return {patch: tokens for patch, tokens in forced.items() if not bool((tokens == VOID).any())}

    def _contexts(self, batch: Sequence[PlannedPatch]) -> list[Context | None]:
        contexts = []
        for planned in batch:
            reads = self.plan.reads(planned)
            for key in self.pool.missing(reads):
                self._check_stop()
                self._make_cache(key)
            contexts.append(select_context(self.model.decoder, self.plan, self.pool, planned.patch, reads))
        return contexts

    def _keep(self, planned: PlannedPatch, now: bool) -> None:
        """Add and Remove of NCP. now: the cache is made, if anyone is to read it; else when someone does."""
        self.pool.done(planned.number)
        if now and self.pool.wanted(planned.key):
            for key in self.pool.missing([planned.key]):
                self._make_cache(key)
        self.pool.remove()

    def _make_cache(self, key: CacheKey) -> None:
        patch = self.plan.patches[key.number - 1].patch
        raster = self.canvas.raster(patch).reshape(1, -1).to(self.model.device)
        text = self.prompts.at(self.canvas.box_of(patch), patch.frame)
        prefill(self.model.decoder, self.plan, self.pool, key, raster, text)

    def _growing(self, batch: Sequence[PlannedPatch], rasters: list[Tensor]) -> Iterator[PatchGrown]:
        """Looks at the canvas as if the patches were finished; nothing of it is kept."""
        canvas = self.canvas
        canvas.tokens |= {p.patch: raster for p, raster in zip(batch, rasters, strict=True)}
        try:
            for patch in (planned.patch for planned in batch):
                yield PatchGrown(patch, Update(self.shown.box_of(patch), self.shown.glance(patch)))
        finally:
            for planned in batch:
                del canvas.tokens[planned.patch]

    def _event(self, patch: Patch, bits_per_token: float) -> PatchPainted:
        tokens = self.canvas.tokens[patch].numpy().astype("int32")
        updates = self.shown.updates(patch)
        sources = self.following
        taken, refined = (sources.provenance.taken(patch), sources.refined_with(patch)) if sources else ((), ())
        return PatchPainted(patch, updates, tokens, bits_per_token, taken, refined)

    def _check_stop(self) -> None:
        if self.stop():
            raise _Stop


def _other_local(model: ImageModel) -> str:
    name = model.config.name
    if model.config.decoder.masked:
        return f"The model “{name}” is for previews alone. Ask for mask-predict or parallel, or choose another model."
    return f"The model “{name}” draws one token after another. Previews need a model that was trained for them."
