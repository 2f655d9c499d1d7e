"""Where what was painted came from: what is told of a patch, and of the whole painting (ours)."""

import numpy as np

from engine.inference.canvas import Canvas
from engine.inference.exemplar import Exemplar
from engine.inference.references import HungReference
from engine.inference.refinement import Refinement
from engine.inference.verbatim import verbatim
from engine.inference.working_scale import WorkingScale
from engine.planning.schedule import Plan
from engine.request import Box, Followed, Patch, Taken

MOST_TOLD, FEWEST_TOLD = 8, 4  # parts of a patch of which it is told where they came from; tokens of such a part


class Provenance:
    """Tells where tokens came from, and once a patch is refined, its pixels."""

    def __init__(
        self, canvas: Canvas, plan: Plan, scale: WorkingScale, exemplar: Exemplar, refinement: Refinement,
        refined_box: Box, hung: tuple[HungReference, ...],
    ):  # fmt: skip
        """refined_box: what is ever refined, whole tokens. hung: the references among what is known."""
        self.canvas, self.plan, self.scale, self.hung = canvas, plan, scale, hung
        self.refined_box = refined_box
        self.exemplar, self.refinement = exemplar, refinement
        self.refined: set[Patch] = set()

    def taken(self, patch: Patch) -> tuple[Taken, ...]:
        """Where the largest parts of a patch came from, at most MOST_TOLD: its pixels, or as yet its tokens."""
        size, side = self.canvas.compression, self.canvas.side
        left, top = patch.column * side, patch.row * side
        moved = self._moved(left, top)
        has = (moved != 0).any(2)
        if not has.any():
            return ()
        ways, which, count = np.unique(moved[has], axis=0, return_inverse=True, return_counts=True)
        found = []
        for number in np.argsort(-count, kind="stable")[:MOST_TOLD]:
            if count[number] < FEWEST_TOLD:
                break
            here = np.argwhere(has)[which.ravel() == number] + (top, left)
            (y0, x0), (y1, x1) = here.min(0).tolist(), (here.max(0) + 1).tolist()
            dy, dx = ways[number].tolist()
            box = Box.spanning(x0 * size, y0 * size, x1 * size, y1 * size)
            found.append(self._from(self.scale.enlarged(box), self.scale.enlarged(box.moved(dx, dy))))
        return tuple(found)

    def _moved(self, left: int, top: int) -> np.ndarray:
        """How far the sources of a patch's tokens lie from them, int64 (side, side, 2) in small pixels; 0 for none."""
        side = self.canvas.side
        if Patch(left // side, top // side) in self.refined:
            return self.refinement.moved(Box(left, top, side, side))
        rows, columns, has = self.exemplar.sources(left, top, left + side, top + side)
        own_rows, own_columns = np.mgrid[top : top + side, left : left + side]
        moved = np.stack([rows - own_rows, columns - own_columns], 2) * self.canvas.compression
        return np.where(has[..., None], moved, 0)

    def _from(self, box: Box, source: Box) -> Taken:
        """A part and its source, where that is a reference as it hangs at the corner of the canvas."""
        for each in self.hung:
            if not source.intersect(each.box).empty:
                right = each.box.right - source.right if each.mirrored else source.x - each.box.x
                inside = Box(right, source.y - each.box.y, source.width, source.height)
                return Taken(box, inside, each.reference.name)
        return Taken(box, source)

    def followed(self) -> Followed:
        """Return how the whole painting followed the known picture."""
        new = [planned.patch for planned in self.plan.new]
        side = self.canvas.side
        box = Box.around(Box(p.column * side, p.row * side, side, side) for p in new)
        box = box.intersect(Box(*(number // self.canvas.compression for number in self.refined_box)))
        has = self.exemplar.sources(*box[:2], box.right, box.bottom)[2]
        free = self.exemplar.free(*box[:2], box.right, box.bottom)
        for p in self.canvas.cells:
            own = Box(p.column * side, p.row * side, side, side).intersect(box)
            if p not in self.canvas.paintable and not own.empty:
                free[own.slices(box)] = False
        moved = self.refinement.moved(box)
        columns = np.arange(box.x, box.right) + moved[..., 1] // self.canvas.compression
        covered, longest = verbatim(moved, has & free)
        count = max(int(free.sum()), 1)
        px = self.scale.token
        return Followed(
            self.scale.factor, len(self.exemplar.places), float((has & free).sum() / count),
            float(covered.sum() / count), (int(longest[0]) * px, longest[1] * px),
            self._shares(columns[has & free], count),
        )  # fmt: skip

    def _shares(self, columns: np.ndarray, count: int) -> tuple[tuple[str, float], ...]:
        """How much of `count` tokens came from each reference, by the columns that they came from."""
        size, shares = self.canvas.compression, {}
        for each in self.hung:
            small = self.scale.reduced(each.box)
            taken = int(((columns >= small.x // size) & (columns < small.right // size)).sum())
            shares[each.reference.name] = shares.get(each.reference.name, 0.0) + taken / count
        return tuple(sorted(shares.items(), key=lambda share: -share[1]))
