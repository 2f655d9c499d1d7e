"""Painting in the known picture's own hand: small, with the picture as exemplar, then with its own pixels (ours).

It joins the working scale, the exemplar and the refinement to the paint loop, which paints the small picture as it
paints any other. The artist sees each patch at once, enlarged, and each section of a strip finished as soon as the
patches that it reads are there.
"""

from functools import cached_property

import numpy as np
import torch
from PIL import Image

from engine.inference.canvas import Canvas
from engine.inference.exemplar import Exemplar, Manner, grown
from engine.inference.lone_things import SMALL, lone_things
from engine.inference.marks import marks
from engine.inference.neighbourhoods import compared
from engine.inference.provenance import Provenance
from engine.inference.references import HungReference, Layout, belonging, guide, hang
from engine.inference.refinement import MARGIN, Refinement
from engine.inference.shift_costs import GROUND, IN_VIEW, REFERENCES
from engine.inference.slivers import Slivers
from engine.inference.working_scale import (
    KnownPart,
    WorkingScale,
    choose_scale,
    cut,
    known_part,
    reduced_request,
    whole,
)
from engine.media.known_pictures import known_mask, laid_together, repeated
from engine.models.checkpoint import ImageModel
from engine.models.vqgan import VOID
from engine.planning.schedule import Plan
from engine.planning.sections import Section, sections
from engine.request import Area, Box, KnownPicture, PaintRequest, Patch, Taken, Update

FEWEST = 64  # tokens that have to be known
FEWER = 1  # patches to the height, where nothing is known: what is seen at once hangs together
COVERED = 0.3  # of a token that marks may cover at most
NOTHING_NEAR = "No known picture is near, so none was followed: the model painted alone."
TOO_LITTLE = "Too little of the picture can be taken from, so it was not followed: the model painted alone."


class Following:
    """One painting in small, and how it is shown at full size."""

    def __init__(
        self, request: PaintRequest, scale: WorkingScale, part: KnownPart, hung: tuple[HungReference, ...] = ()
    ):
        """hung: the references among what is known."""
        self.asked, self.scale, self.part, self.hung = request, scale, part, hung
        self.on_canvas = part.small_known.copy()
        for each in hung:
            self.on_canvas[scale.reduced(each.box).slices(part.small_box)] = False
        self.request = reduced_request(request, scale, part, self.on_canvas)

    @classmethod
    def of(cls, request: PaintRequest, model: ImageModel) -> "Following | None":
        """Return the painting of a request, None where no known pixel is in reach."""
        config, boxes = model.config, [picture.box for picture in request.known] or [request.target]
        scale = choose_scale(
            _new_box(request), Box.around(boxes), config.decoder.side, config.tokenizer.compression, request.scale,
            0 if request.known else FEWER,
        )  # fmt: skip
        request, hung = hang(request, scale)
        part = known_part(request, scale, Box.around(each.box for each in hung) if hung else None)
        return part and cls(request, scale, part, hung)

    @cached_property
    def _forbidden(self) -> np.ndarray:
        """What nothing is taken from, bool, of the small known part."""
        return marks(self.part.pixels, self.part.known, self.part.small_known.shape) | self._avoided()

    @cached_property
    def _complete(self) -> np.ndarray:
        """Which tokens of the small known part are wholly known, bool (rows, columns)."""
        return whole(self.part.small_known, self.scale.compression)

    @cached_property
    def _usable(self) -> np.ndarray:
        """Which of them may be taken from."""
        return self._clear_of(self._forbidden)

    def _clear_of(self, forbidden: np.ndarray) -> np.ndarray:
        """Which of them hardly show any of the forbidden pixels."""
        return self._complete & (cut(forbidden, self.scale.compression).mean(2) <= COVERED)

    @property
    def problem(self) -> str:
        """Why the known picture cannot be followed, in a sentence; empty where it can."""
        return TOO_LITTLE if self._usable.sum() < FEWEST else ""

    def begin(self, canvas: Canvas, plan: Plan, live: bool) -> None:
        """Get ready to paint a plan on the canvas of the small request."""
        self.canvas, self.plan, self.live = canvas, plan, live
        self.tokens = self._tokens()
        size = canvas.compression
        corner = self.part.small_box.x // size, self.part.small_box.y // size
        manner = Manner.between(self.asked.lively, self.asked.exemplar)
        laid = None if self.on_canvas.any() else self._laid_out()
        lone = self._lone_things()
        forbidden = self._forbidden | lone
        charges = REFERENCES if laid else GROUND if lone.any() else IN_VIEW
        self.exemplar = Exemplar(canvas, self._clear_of(forbidden), self.tokens, corner, manner, laid)
        cells = Box.around([*map(canvas.box_of, canvas.cells), self.part.small_box])
        self.refinement = Refinement(self.part, self.scale, cells, forbidden, self._sketch, self._known_sketch, charges)
        seen = self.scale.reduced(self.scale.aligned(self.asked.target))
        self.refined_box = seen.grow(MARGIN * size).intersect(cells)  # patches reach beyond the target
        self.waiting = sections(plan)
        self._slivers = Slivers.of(self.asked, (self.box_of(planned.patch) for planned in plan.new))
        self._painted: set[Patch] = set()
        self.provenance = Provenance(
            canvas, plan, self.scale, self.exemplar, self.refinement, self.refined_box, self.hung
        )
        self._just_refined: set[Patch] = set()  # with the patch that was painted last
        self._refinable: set[Patch] = set()  # patches of sections that are finished, and of the next

    def _tokens(self) -> np.ndarray:
        """Tokens of the known part, VOID where they are not known, int64 (rows, columns)."""
        canvas, box = self.canvas, self.part.small_box
        size = canvas.compression
        tokens = np.full(self._complete.shape, VOID, np.int64)
        tile = 64 * size
        small = KnownPicture(box, self.part.small, self.part.small_known)
        for y in range(box.y, box.bottom, tile):
            for x in range(box.x, box.right, tile):
                here = Box(x, y, tile, tile).intersect(box)
                rows, columns = (slice(s.start // size, s.stop // size) for s in here.slices(box))
                seen = canvas.seen_by_the_encoder(here)
                tokens[rows, columns] = canvas.encode_known(*laid_together([small], seen)).numpy()
        held = self._complete.copy()
        for patch in canvas.cells:
            fixed = canvas.known_tokens(patch) if patch in canvas.paintable else None
            if fixed is None or not fixed.any():
                continue
            own = canvas.box_of(patch)
            shared = own.intersect(box)
            if not shared.empty:
                here = tuple(slice(s.start // size, s.stop // size) for s in shared.slices(box))
                there = tuple(slice(s.start // size, s.stop // size) for s in shared.slices(own))
                held[here] |= fixed[there]
        return np.where(held, tokens, VOID)

    def _lone_things(self) -> np.ndarray:
        """The pixels of what stands singly in a small picture, bool, of the small known part; of another one none."""
        known = self.tokens != VOID
        if not self.on_canvas.any() or known.any(1).sum() >= SMALL * self.canvas.side:
            return np.zeros_like(self.part.small_known)
        size, part = self.canvas.compression, self.part.small_box.grow(self.canvas.compression)
        open_ = np.zeros((part.height, part.width), bool)
        open_[self.request.target.intersect(part).slices(part)] = True
        open_ = cut(open_, size).max(2) & ~np.pad(known, 1)
        return lone_things(
            self.part.small, self.tokens, self._usable, known & grown(open_)[1:-1, 1:-1],
            compared(self.canvas.model.tokenizer),
        )  # fmt: skip

    def _laid_out(self) -> tuple[Box, np.ndarray]:
        """The layout of the target, in tokens, where nothing is known: its box and the place that each one wants."""
        size, corner = self.canvas.compression, self.part.small_box
        cells = Box.around(map(self.canvas.box_of, self.canvas.cells))
        box = Box(*(number // size for number in cells))
        places = [Box(*(number // size for number in self.scale.reduced(each.box))) for each in self.hung]
        pixels, clear = [], []
        for each in self.hung:
            own = self.scale.reduced(each.box).slices(corner)
            channels = [cut(self.part.small[own][..., c], size).mean(2) for c in range(3)]
            pixels.append(np.stack(channels, 2).astype(np.float32) / 255)
            clear.append(cut(self._forbidden[own], size).mean(2).mean(0) < COVERED)
        belongs = belonging(self.hung, self.scale, box)
        runs = Layout(pixels, clear, belongs, self.asked.seed).best()
        return box, guide(runs, places, pixels, box.height)

    def _avoided(self) -> np.ndarray:
        """What the artist does not want to be taken from, bool, of the small known part."""
        result = np.zeros(self.part.small_known.shape, bool)
        known = self.asked.known
        again = (Area(picture.box) for picture in repeated(known, self.asked.wrap)[len(known) :])
        for area in (*self.asked.not_from, *again):  # what comes again is no second place to take from
            box = self.scale.reduced(area.box)
            shared = box.intersect(self.part.small_box)
            if shared.empty:
                continue
            mask = np.ones((box.height, box.width), bool)
            if area.mask is not None:
                small = Image.fromarray(area.mask.astype(np.uint8) * 255).resize((box.width, box.height))
                mask = np.asarray(small) > 0  # whatever the brush has touched
            result[shared.slices(self.part.small_box)] |= mask[shared.slices(box)]
        return result

    # ---- what the paint loop shows

    def box_of(self, patch: Patch) -> Box:
        """The canvas pixels of a patch, within the target."""
        return self.scale.enlarged(self.canvas.box_of(patch)).intersect(self.asked.target)

    def glance(self, patch: Patch) -> np.ndarray:
        """A patch that is being painted, uint8 (h, w, 4), as Canvas.glance has it."""
        box = self.canvas.box_of(patch)
        small = torch.from_numpy(self.canvas.glance(box)).permute(2, 0, 1)[None].float()
        return self._enlarged(small, box, self.box_of(patch))

    def updates(self, patch: Patch) -> tuple[Update, ...]:
        """A finished patch, enlarged, and the sections that are finished with it."""
        self._painted.add(patch)
        shown = [self._shown(patch)] if self.live else []
        self._just_refined = set()
        while self.waiting and self.waiting[0].ahead <= self._painted:
            section = self.waiting.pop(0)
            shown.append(self._refined(section))
            self._just_refined |= section.patches
            if self._slivers:
                self._slivers.take(shown[-1])
                shown += [] if self.waiting else [self._slivers.filled()]
        self.provenance.refined |= self._just_refined
        return tuple(shown)

    def refined_with(self, patch: Patch) -> tuple[tuple[Patch, tuple[Taken, ...]], ...]:
        """Where the parts of earlier patches came from that were refined with this one."""
        return tuple((other, self.provenance.taken(other)) for other in sorted(self._just_refined - {patch}))

    def _shown(self, patch: Patch) -> Update:
        box, seen = self.canvas.box_of(patch), self.box_of(patch)
        small = torch.from_numpy(self._sketch(box)).permute(2, 0, 1)[None]
        pixels = self._enlarged(small, box, seen)
        original, known = self.part.read(seen)
        return Update(seen, np.where(known[..., None], original, pixels))

    def _enlarged(self, small: torch.Tensor, box: Box, seen: Box) -> np.ndarray:
        wide = self.scale.enlarged(box)
        large = torch.nn.functional.interpolate(small, size=(wide.height, wide.width), mode="bicubic")
        pixels = large[0].clamp(0, 255).round().byte().permute(1, 2, 0).numpy()
        return np.ascontiguousarray(pixels[seen.slices(wide)])

    def _refined(self, section: Section) -> Update:
        size = self.canvas.compression
        box, ahead = (
            Box.around(map(self.canvas.box_of, some)).intersect(self.refined_box)
            for some in (section.patches, section.ahead)
        )
        first = min(section.patches)
        seed = (self.request.seed * 8191 + first.column * 131 + first.row) & 0x7FFFFFFF
        sources = self.exemplar.sources(ahead.x // size, ahead.y // size, ahead.right // size, ahead.bottom // size)
        self._refinable |= section.ahead
        every = self.canvas.tokens
        # What else happens to be painted already, beside it or later, must not show.
        self.canvas.tokens = {p: t for p, t in every.items() if p in self._refinable or p in self.canvas.known}
        try:
            changed, pixels = self.refinement.refine(box, ahead, sources, seed)
        finally:
            self.canvas.tokens = every | self.canvas.tokens
        seen = changed.intersect(self.asked.target)
        return Update(seen, np.ascontiguousarray(pixels[seen.slices(changed)]))

    def _sketch(self, box: Box) -> np.ndarray:
        """The token map decoded, float32 (h, w, 3) in grey levels."""
        return _grey_levels(self.canvas.decode(box))

    def _known_sketch(self, box: Box) -> np.ndarray:
        """The same of the known part, whole tokens of it."""
        size, halo = self.canvas.compression, self.canvas.model.tokenizer.halo
        rows, columns = (slice(s.start // size, s.stop // size + 2 * halo) for s in box.slices(self.part.small_box))
        around = torch.from_numpy(np.pad(self.tokens, halo, constant_values=VOID)[rows, columns])
        decoded = self.canvas.model.tokenizer.decode(around.to(self.canvas.model.device)[None])[0]
        edge = halo * size
        return _grey_levels(decoded[:, edge : edge + box.height, edge : edge + box.width])


def _grey_levels(decoded: torch.Tensor) -> np.ndarray:
    return ((decoded.float().clamp(-1, 1) + 1) * 127.5).permute(1, 2, 0).cpu().numpy()


def _new_box(request: PaintRequest) -> Box:
    """The smallest box of the target that holds all that is not known, looked for among the edges of what is."""
    target = request.target
    new = Box.holding(~known_mask(request.known, target))
    return target if new.empty else new.moved(target.x, target.y)
