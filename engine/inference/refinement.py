"""The picture's own pixels for what was painted in small (ours; not in the paper).

The decoder paints a sketch at the working scale, and the exemplar says where each of its tokens came from. Here blocks
of the sketch are matched with blocks of the known picture, beginning with these sources, and the full-size pixels of
the blocks that were found are laid over one another (`engine.inference.patch_match`). What is found depends on the
finished tokens alone and on a fixed seed, section after section in the order of the plan.
"""

from collections.abc import Callable
from functools import cached_property

import numpy as np
import torch
import torch.nn.functional as F

from engine.inference.coarse_to_fine import CoarseToFine
from engine.inference.cut_paths import along_cuts
from engine.inference.fragments import CELL, Fragments
from engine.inference.gradient_domain import bridged, gradients, holds, settle
from engine.inference.marks import pooled
from engine.inference.patch_match import KNOWN, STEP, Scene, corners, match, vote
from engine.inference.seam_blending import REACH, extend, joined, membrane
from engine.inference.shift_costs import REFERENCES, Charges
from engine.inference.shift_map import ShiftMap
from engine.inference.working_scale import KnownPart, WorkingScale, cut, filled_in, whole
from engine.media.known_pictures import is_cut_out
from engine.memory import give_memory_back
from engine.request import Box

ROUNDS, AGAIN = 3, 2  # of matching: of the sketch, and of what was voted
LEAST = 16  # px in small that a source is away at least
MARGIN = 2  # tokens around a section that are looked at
TILE = 256  # px to the side of what is brought to the known pixels at once


class Refinement:
    """The sketch of a canvas, what it was matched with, and how far that has come; boxes are in small pixels.

    sketch: decodes a box of the canvas as it stands to float32 (h, w, 3) in grey levels; known_sketch: of the known
    part, as it is known.
    """

    def __init__(
        self, part: KnownPart, scale: WorkingScale, box: Box, forbidden: np.ndarray,
        sketch: Callable[[Box], np.ndarray], known_sketch: Callable[[Box], np.ndarray], charges: Charges,
    ):  # fmt: skip
        """box: all that is ever painted and all of the known part, whole tokens. forbidden: bool, of the known part.

        charges: of pieces. Unless all is made of references, what is painted is matched coarse to fine before it is
        made of pieces; out of references alone it would become a copy.
        """
        self._charges, self._in_view = charges, charges is not REFERENCES
        self.part, self.scale, self.box, self.sketch, self._known_sketch = part, scale, box, sketch, known_sketch
        self.token = scale.compression
        shape = box.height, box.width
        own = part.small_box.slices(box)
        small = np.zeros((*shape, 3), np.uint8)
        small[own] = part.small
        self.known = np.zeros(shape, bool)
        self.known[own] = part.small_known
        self.cut_out = is_cut_out(part.known)
        self.done = self.known.copy()
        self.picture = small.astype(np.float32)  # what is known or finished
        self.source = filled_in(small, self.known).astype(np.float32)
        self.change = np.zeros((*shape, 3), np.float32)  # what settling has added to what was voted
        usable = self.known.copy()
        usable[own] &= ~forbidden
        self.usable, self.allowed = usable, corners(usable)
        self.offsets = np.zeros((shape[0] // STEP, shape[1] // STEP, 2), np.int64)
        self._themselves = whole(self.known, STEP)  # blocks that are what they are
        self.has = self._themselves.copy()
        self._slopes, self._holds = gradients(self.source, self.known), holds(self.known)

    def refine(
        self, section: Box, ahead: Box, sources: tuple[np.ndarray, np.ndarray, np.ndarray], seed: int
    ) -> tuple[Box, np.ndarray]:
        """Finish a section, whole tokens; returns the canvas box that changed and its pixels, uint8 (h, w, 3).

        ahead: the section and what is painted beyond it, which is looked at as well. sources: of the tokens of `ahead`,
        as Exemplar.sources has them, in tokens.
        """
        window = ahead.grow(MARGIN * self.token).intersect(self.box)
        view, inner = window.slices(self.box), ahead.slices(self.box)
        painted = np.zeros(self.known.shape, bool)
        painted[inner] = True
        free = ~self.done & painted
        blocks = cut(free, STEP).max(2) & whole(painted | self.done, STEP)
        self._start(ahead, sources, blocks)
        blocks = self._over_the_border(blocks)
        cells = tuple(slice(s.start // STEP, s.stop // STEP) for s in view)
        sketch = self._without_fragments(self.sketch(window), window, ahead, sources, free[view])
        fixed = np.where(self.done[view][..., None], self.picture[view], sketch)
        sketch = bridged(sketch, fixed, free[view], (self.done | free)[view], self._holds[view])
        weight = np.where(self.known, KNOWN, np.where(self.done | painted, 1.0, 0.0)).astype(np.float32)
        looked_for = np.zeros_like(self.picture)
        looked_for[view] = sketch
        new = np.zeros_like(blocks)
        new[cells] = blocks[cells] & ~whole(self.done, STEP)[cells]
        looked_for = self._made_whole(looked_for, weight, new, seed + 2)
        give_memory_back()  # to arrange pieces takes more than all that follows
        self._match(looked_for, weight, self._blurred, blocks, cells, ROUNDS, seed)
        solution = self._settled(view, cells, free)
        looked_for[view] = solution
        self._match(looked_for, weight, self.source, blocks, cells, AGAIN, seed + 1)
        self._move_cuts(new)
        solution = self._settled(view, cells, free)
        return self._finish(section, window, solution)

    def moved(self, tokens: Box) -> np.ndarray:
        """Return how far each token of a box of tokens was moved in the end, int64 (h, w, 2) in small pixels."""
        blocks = self.token // STEP
        every = Box(self.box.x // self.token, self.box.y // self.token, 0, 0)
        return self.offsets[::blocks, ::blocks][tokens.slices(every)]

    def _start(self, ahead: Box, sources: tuple[np.ndarray, np.ndarray, np.ndarray], blocks: np.ndarray) -> None:
        """Blocks begin where their tokens came from; those from nowhere with what lies beside them."""
        rows, columns, has = sources
        top, left = ahead.y // self.token, ahead.x // self.token
        dy = (rows - (top + np.arange(has.shape[0]))[:, None]) * self.token
        dx = (columns - (left + np.arange(has.shape[1]))) * self.token
        offsets = np.stack([dy, dx], 2)
        while has.any() and not has.all():
            offsets, has = _spread(offsets, has)
        own = tuple(slice(s.start // STEP, s.stop // STEP) for s in ahead.slices(self.box))
        twice = self.token // STEP
        begin = offsets.repeat(twice, 0).repeat(twice, 1)
        free = blocks[own]
        self.offsets[own][free] = begin[free]
        self.has |= blocks

    def _over_the_border(self, blocks: np.ndarray) -> np.ndarray:
        """The blocks and the known ones beside them, which are matched as well: what is new goes on from there.

        What they find is never seen, but it fades into what is, and says how that would go on over the border.
        """
        offsets, near = _spread(self.offsets, blocks)
        ring = near & ~blocks & self._themselves
        self.offsets[ring] = offsets[ring]
        self._themselves &= ~ring
        return blocks | ring

    def _without_fragments(
        self, sketch: np.ndarray, window: Box, ahead: Box, sources: tuple[np.ndarray, ...], free: np.ndarray
    ) -> np.ndarray:
        """The sketch with fragments filled in from around; their blocks begin with what lies beside them."""
        rows, columns, has = sources
        cells = self.token // CELL
        came = np.full((window.height // CELL, window.width // CELL, 2), -1)
        within = np.arange(cells)
        top, left = self.box.y // CELL, self.box.x // CELL
        y = (rows * cells)[:, None, :, None] + within[None, :, None, None] - top
        x = (columns * cells)[:, None, :, None] + within[None, None, None, :] - left
        shape = rows.shape[0] * cells, rows.shape[1] * cells
        y, x = (np.broadcast_to(v, (rows.shape[0], cells, rows.shape[1], cells)).reshape(shape) for v in (y, x))
        there = has.repeat(cells, 0).repeat(cells, 1)
        inner = tuple(slice(s.start // CELL, s.stop // CELL) for s in ahead.slices(window))
        came[inner] = np.where(there[..., None], np.stack([y, x], 2), -1)
        lost = self._fragments.find(sketch, free, came)
        if not lost.any():
            return sketch
        floats = torch.from_numpy(sketch).permute(2, 0, 1)
        return extend(floats, torch.from_numpy(~lost)).permute(1, 2, 0).numpy()

    def _made_whole(self, sketch: np.ndarray, weight: np.ndarray, new: np.ndarray, seed: int) -> np.ndarray:
        """The sketch with forms that belong together; new blocks begin from them."""
        picture = np.where((self.done & ~self.known)[..., None], self.picture, sketch)
        if self._in_view:
            picture, self.offsets = self._forms.make_whole(picture, weight, new, self.offsets, seed)
        picture = np.where(self.known[..., None], self._blurred, np.where(self.done[..., None], self.picture, picture))
        self.offsets = self._pieces.arrange(picture, self.done, new, self.offsets)
        self._move_cuts(new)
        every = 0, 0, *new.shape
        found, there = vote(self._blurred, self.known, self.offsets, new, STEP, 1.0, (0, 0), every)
        return np.where((there & ~self.done)[..., None], found, picture)

    def _move_cuts(self, new: np.ndarray) -> None:
        """Move the cuts between pieces of new blocks to where they show least."""
        if self._in_view:
            self.offsets = along_cuts(self.source, self.allowed, LEAST, self.picture, self.done, new, self.offsets)

    def _match(
        self, picture: np.ndarray, weight: np.ndarray, source: np.ndarray, blocks: np.ndarray,
        cells: tuple[slice, ...], rounds: int, seed: int,
    ) -> None:  # fmt: skip
        some = np.zeros_like(blocks)
        some[cells] = blocks[cells]
        match(Scene(picture, weight, source, self.allowed, LEAST), self.offsets, some, rounds, seed)

    def _settled(self, view: tuple[slice, slice], cells: tuple[slice, ...], free: np.ndarray) -> np.ndarray:
        """The small picture of a view, voted and settled to what is known and finished around."""
        part = cells[0].start, cells[1].start, cells[0].stop, cells[1].stop
        voted, _ = vote(self._slopes, self.known, self.offsets, self.has, STEP, 1.0, (0, 0), part)
        there = (self.done | free)[view]
        cuts = self._in_view  # between pictures of two hands fog is less than a line
        return settle(voted, self.picture[view], free[view], there, self._holds[view], cuts=cuts)

    def _finish(self, section: Box, window: Box, solution: np.ndarray) -> tuple[Box, np.ndarray]:
        own = section.slices(self.box)
        within = section.slices(window)
        fresh = ~self.done[own]
        voted, _ = self._voted(section, self.has)
        small = F.interpolate(_channels(voted), size=(section.height, section.width), mode="area")
        change = solution[within] - small[0].permute(1, 2, 0).numpy()
        self.change[own] = np.where(fresh[..., None], change, 0)
        self.picture[own] = np.where(fresh[..., None], solution[within], self.picture[own])
        self.done[own] = True
        return self._joined(section, voted)

    def _voted(self, section: Box, has: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Full-size pixels of a section before they are settled, float32, and where there are any."""
        block = self.scale.token * STEP // self.token
        top, left = (section.y - self.box.y) // STEP, (section.x - self.box.x) // STEP
        part = top, left, top + section.height // STEP, left + section.width // STEP
        canvas_box = self.scale.enlarged(self.box)
        corner = canvas_box.y - self.part.box.y, canvas_box.x - self.part.box.x
        return vote(self.part.pixels, self.part.known, self.offsets, has, block, self.scale.factor, corner, part)

    def _joined(self, section: Box, voted: np.ndarray) -> tuple[Box, np.ndarray]:
        """Settle what was voted and bring it to the known pixels at every border: a canvas box and uint8 (h, w, 3)."""
        around = section.grow(self.token).intersect(self.box)
        box, wide = self.scale.enlarged(section), self.scale.enlarged(around)
        own = box.slices(wide)
        original, known = self.part.read(wide)
        beyond, there = self._voted(around, self.has & ~self._themselves)  # what is new, gone on over the border
        change = self._change(around, wide)
        pixels = np.where(there[..., None], beyond + change, original)
        pixels[own] = np.where(known[own][..., None], pixels[own], voted + change[own])
        matched = np.clip(
            _matched(pixels, original, known, box.moved(-wide.x, -wide.y), self.cut_out).round(), 0, 255
        ).astype(np.uint8)
        return box, np.where(known[own][..., None], original[own], matched)

    def _change(self, around: Box, wide: Box) -> np.ndarray:
        """What settling has added, enlarged, float32 (h, w, 3); over known pixels as it is beside them."""
        own = around.slices(self.box)
        change = torch.from_numpy(self.change[own]).permute(2, 0, 1)
        fresh = torch.from_numpy(~self.known[own])
        change = membrane(torch.zeros_like(change), change, fresh, REACH, 8.0)[None]
        large = F.interpolate(change, size=(wide.height, wide.width), mode="bilinear", align_corners=False)
        return large[0].permute(1, 2, 0).numpy()

    @cached_property
    def _blurred(self) -> np.ndarray:
        """The source as the tokenizer shows it: a sketch is looked for among sketches, or smooth places would win."""
        blurred = self.source.copy()
        box, tile = self.part.small_box, 64 * self.token
        for y in range(box.y, box.bottom, tile):
            for x in range(box.x, box.right, tile):
                here = Box(x, y, tile, tile).intersect(box)
                own = here.slices(self.box)
                decoded = self._known_sketch(here)
                blurred[own] = np.where(self.known[own][..., None], decoded, blurred[own])
        return blurred

    @cached_property
    def _fragments(self) -> Fragments:
        return Fragments(self._blurred, self.known)

    @cached_property
    def _forms(self) -> CoarseToFine:
        return CoarseToFine(self._blurred, self.known, self.usable, LEAST)

    @cached_property
    def _pieces(self) -> ShiftMap:
        return ShiftMap(self._blurred, self.usable, LEAST, self._charges)


def _matched(pixels: np.ndarray, original: np.ndarray, known: np.ndarray, own: Box, cut_out: bool) -> np.ndarray:
    """Bring pixels (h, w, 3) to the known ones beside them, tile by tile where there are any; returns the own part."""
    result, every = pixels.copy(), Box(0, 0, known.shape[1], known.shape[0])
    near = pooled(torch.from_numpy(known.astype(np.float32))[None, None], REACH)[0, 0].numpy() > 0
    beside = near & ~known
    for y in range(own.y, own.bottom, TILE):
        for x in range(own.x, own.right, TILE):
            part = Box.holding(beside[Box(x, y, TILE, TILE).intersect(own).slices(every)]).moved(x, y)
            if part.empty:
                continue
            wide = part.grow(REACH).intersect(every)
            view = wide.slices(every)
            painted, found = (_channels(np.array(each[view], np.float32))[0] for each in (pixels, original))
            matched = joined(painted, found, torch.from_numpy(np.array(known[view])), cut_out)
            result[part.slices(every)] = matched.permute(1, 2, 0).numpy()[part.slices(wide)]
    return result[own.slices(every)]


def _channels(pixels: np.ndarray) -> torch.Tensor:
    return torch.from_numpy(pixels).permute(2, 0, 1)[None]


def _spread(offsets: np.ndarray, has: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Offsets (h, w, 2) with one more ring of places around those that have one."""
    offsets, has = offsets.copy(), has.copy()
    old_offsets, old = offsets.copy(), has.copy()
    for axis, step in ((1, 1), (1, -1), (0, 1), (0, -1)):
        moved, there = np.roll(old_offsets, step, axis), np.roll(old, step, axis)
        edge = [slice(None), slice(None)]
        edge[axis] = slice(0, 1) if step > 0 else slice(-1, None)
        there[tuple(edge)] = False
        take = there & ~has
        offsets[take] = moved[take]
        has |= take
    return offsets, has
