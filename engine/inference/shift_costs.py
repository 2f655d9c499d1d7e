"""What it costs tokens of a sketch to come from places of the known picture, each for itself and beside one another."""

from dataclasses import dataclass, replace

import numpy as np
import torch

from engine.inference.coarse_to_fine import all_set, doubt_of, means
from engine.inference.compiled.pieces import apart, nearest_twins
from engine.inference.distinctiveness import SMALLER as DISTINCT
from engine.inference.distinctiveness import distinctiveness
from engine.inference.patch_match import AROUND, SIDE, STEP, at, corners, padded, rows_of, standing, weights
from engine.inference.verbatim import RUN
from engine.inference.working_scale import cut

SMALLER = 2  # times smaller than a sketch, so that a block of STEP pixels is a token
FIXED = {1: 8.0, 2: 6.0, 4: 4.0}  # what a pixel of what is fixed counts at sizes so many times smaller, which see more
SKETCH = 0.06  # what one of the sketch counts
NEAR = 16  # px beside what is fixed, in which the sketch counts less
BEYOND = 2  # px around a block in which it has to agree with its neighbours
PLAIN, DISTINCTIVE = 0.4, 2.0  # what it counts to show a plain ground again, and what is unlike all else
VIEW = 0.8  # times the height, from which on it costs nothing to show again what is beside
NEXT = 3  # tokens within which neighbours are no repetition
NEVER = np.float32(1e7)  # what it costs to come from where nothing may be taken
PARTS = 4  # of a cost, which are counted in whole numbers where costs are added up
AT_ONCE = 12288  # blocks that are compared at once


@dataclass(frozen=True)
class Charges:
    """What pieces cost.

    border: times FIXED. different: mean squared difference between pieces, from which on it is no worse. elsewhere: to
    come from another row, by the square of its part of the height. again: to show again what is beside. most: tokens of
    a piece in both directions, beyond which it is a copy. rounds: how often what fits is looked for where pieces part.
    """

    border: float
    different: float
    elsewhere: float
    again: float
    most: int
    rounds: int


IN_VIEW = Charges(border=1.25, different=12000.0, elsewhere=5000.0, again=800.0, most=RUN, rounds=2)
GROUND = replace(IN_VIEW, again=300.0)  # where things are left out, and only the ground comes again
REFERENCES = Charges(border=1.0, different=4000.0, elsewhere=3500.0, again=0.0, most=9, rounds=0)  # nothing is in view


class Source:
    """The known picture that tokens come from, and what is charged for that; all in pixels of the smaller size."""

    def __init__(self, source: np.ndarray, usable: np.ndarray, least: int, charges: Charges):
        """source: float32 (h, w, 3), filled in where it is not known. usable: bool (h, w), what of it may be taken.

        least: pixels that a source is away at least. All of whole blocks of STEP.
        """
        small = means(source, SMALLER)
        self.pictures = {n: padded(means(small, n)).astype(np.float32) for n in FIXED}
        self.allowed, self.least = corners(all_set(usable, SMALLER)), max(1, least // SMALLER)
        self.charges = charges
        self.view = VIEW * self.allowed.shape[0]
        self._again = np.zeros(self.allowed.shape, np.float32)
        if charges.again:
            distinctive = distinctiveness(self.pictures[DISTINCT], self.allowed)
            self._again += charges.again * (PLAIN + (DISTINCTIVE - PLAIN) * distinctive)

    def again(self, y: np.ndarray, x: np.ndarray, far: np.ndarray) -> np.ndarray:
        """What it costs to show the places (y, x) again so many pixels away, float32."""
        return (self._again[y, x] * (1 - far / self.view).clip(0)).astype(np.float32)


class Tokens:
    """The tokens of a sketch that are arranged, in the order of their rows; all in pixels of the smaller size."""

    def __init__(self, source: Source, picture: np.ndarray, fixed: np.ndarray, free: np.ndarray):
        self.source, self.free, self.fixed = source, free, fixed
        self.rows, self.columns = np.nonzero(free)
        self.y, self.x = self.rows * STEP, self.columns * STEP
        self.after = neighbours(free.shape, self.rows, self.columns)
        self.pictures = {n: padded(means(picture, n)).astype(np.float32) for n in FIXED}
        doubt = doubt_of(free.repeat(STEP, 0).repeat(STEP, 1), NEAR)
        counts = {n: np.float32(source.charges.border * much) for n, much in FIXED.items()}
        self.held = {n: np.pad(np.where(all_set(fixed, n), much, 0), SIDE) for n, much in counts.items()}
        self.drawn = np.pad(np.where(fixed, 0, SKETCH * doubt).astype(np.float32), SIDE)
        self.home, toll = standing(source.allowed, self.y)
        self.toll = toll * source.charges.elsewhere / source.allowed.shape[0] ** 2
        self.border = self._border()
        self.from_border = self._from_border()
        self.depth = self.from_border.min(0, initial=len(free) ** 2)

    def _border(self) -> tuple[np.ndarray, np.ndarray]:
        """Rows and columns of what is fixed beside the tokens."""
        ring = np.pad(self.free, 1)
        beside = ring[:-2, 1:-1] | ring[2:, 1:-1] | ring[1:-1, :-2] | ring[1:-1, 2:]
        rows, columns = np.nonzero(beside & cut(self.fixed, STEP).min(2))
        return rows, columns

    def _from_border(self) -> np.ndarray:
        """The squares of how far each token is from what is fixed beside them all, int64 (border, tokens)."""
        rows, columns = self.border
        return (rows[:, None] - self.rows) ** 2 + (columns[:, None] - self.columns) ** 2

    def cost(self, token: np.ndarray, shifts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """What shifts of some tokens, (n, 2), cost beside what is fixed, and by sketch and row, float32 (n,)."""
        y, x, from_y, from_x = self.y[token], self.x[token], self.y[token] + shifts[:, 0], self.x[token] + shifts[:, 1]
        sketch = self._unlike(1, self.drawn, y, x, from_y, from_x)
        border = np.sum([self._unlike(n, held, y, x, from_y, from_x) for n, held in self.held.items()], 0)
        again = self.source.again(from_y, from_x, np.abs(shifts).max(1))
        return border, (sketch + self.toll[token] * (from_y - self.home[token]) ** 2 + again).astype(np.float32)

    def _unlike(self, n: int, weight: np.ndarray, *places: np.ndarray) -> np.ndarray:
        """How unlike sources are to what is around some places at a size n times smaller, by a weight, float32."""
        return unlike(self.source.pictures[n], self.pictures[n], weight, *(at(n, each) for each in places))

    def parted(self, found: np.ndarray) -> np.ndarray:
        """How unlike tokens with the shifts `found`, (rows, columns, 2), are to their neighbours at most, float32."""
        one = np.ones(len(self.rows), np.int64)
        pairs, first = self.pairs(found[self.rows, self.columns][:, None], one)
        apart = np.zeros(len(self.rows), np.float32)
        for starts, after in zip(first, self.after, strict=True):
            there = after >= 0
            cost = pairs[starts[there]] / PARTS
            apart[there] = np.maximum(apart[there], cost)
            np.maximum.at(apart, after[there], cost)
        return apart

    def composed(self, found: np.ndarray) -> np.ndarray:
        """The picture that the shifts `found` make, float32 (h, w, 3)."""
        picture, within = self.pictures[1].copy(), np.arange(STEP) + SIDE
        shifts = found[self.rows, self.columns]
        y, x = (self.y[:, None] + within)[..., None], (self.x[:, None] + within)[:, None]
        picture[y, x] = self.source.pictures[1][y + shifts[:, :1, None], x + shifts[:, 1:, None]]
        return picture[SIDE:-SIDE, SIDE:-SIDE]

    def twice(self, taken: np.ndarray, begun: np.ndarray) -> np.ndarray:
        """What tokens with the shifts `taken` cost more where others in view show the same, float32 (tokens,).

        Of two it is the one that lies farther from what is fixed. begun: as `candidates` has it, and of what is fixed.
        """
        rows, columns = np.nonzero(~self.free & begun.any(2))
        y, x = np.append(self.y, rows * STEP), np.append(self.x, columns * STEP)
        moved = np.concatenate([taken, begun[rows, columns]])
        from_y, from_x = y + moved[:, 0], x + moved[:, 1]
        inward = np.append(self.depth, np.full(len(rows), -1))
        order = np.argsort(from_y, kind="stable")
        nearest = np.full(len(taken), self.source.view)
        low, high = (np.searchsorted(from_y[order], from_y[: len(taken)] + side, "right") for side in (-STEP, STEP - 1))
        nearest_twins(order, low, high, y, x, from_y, from_x, inward, STEP, NEXT * STEP, nearest)
        return self.source.again(from_y[: len(taken)], from_x[: len(taken)], nearest)

    def pairs(self, shifts: np.ndarray, many: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """What shifts of neighbours cost together, as `overlap` has it."""
        y, x = self.y[:, None] + shifts[..., 0], self.x[:, None] + shifts[..., 1]
        return overlap(self.source.pictures[1], y, x, many, self.after, self.source.charges.different)


def neighbours(shape: tuple[int, ...], rows: np.ndarray, columns: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The numbers of the places to the right of some on a grid, and below them, -1 for none, int64 (n,) each."""
    number = np.full((shape[0] + 1, shape[1] + 1), -1)
    number[rows, columns] = np.arange(len(rows))
    return number[rows, columns + 1], number[rows + 1, columns]


def unlike(
    source: np.ndarray, picture: np.ndarray, weight: np.ndarray, y: np.ndarray, x: np.ndarray, from_y: np.ndarray,
    from_x: np.ndarray,
) -> np.ndarray:  # fmt: skip
    """How unlike sources at (from_y, from_x) are to what is around the blocks at (y, x), by a weight, float32 (n,).

    source, picture, weight: as `padded` has them.
    """
    places = (each + SIDE - AROUND for each in (y, x, from_y, from_x))
    rows = (each.reshape(len(each), -1) for each in (source, picture))
    return apart(*rows, weight, weights().reshape(SIDE, SIDE), *places)


def counted(costs: np.ndarray) -> np.ndarray:
    """Costs in whole PARTS, int32."""
    return np.rint(PARTS * costs).astype(np.int32)


def overlap(
    source: np.ndarray, y: np.ndarray, x: np.ndarray, many: np.ndarray, after: tuple[np.ndarray, np.ndarray],
    most: float,
) -> tuple[np.ndarray, np.ndarray]:  # fmt: skip
    """How unlike neighbours of a grid are where they lie over one another, int32, and where each node's begin.

    It is the mean squared difference of blocks BEYOND pixels larger on each side, `most` at most, `counted`: with the
    neighbour to the right, and with the lower one, as `label_grid` has it. source: as `padded` has it; y, x: int64
    (nodes, labels), where each label takes its block from; many: int64 (nodes,), how many of its labels, the first
    ones, a node has; after: as `neighbours` has it.
    """
    count, labels = y.shape
    long, short = np.arange(-BEYOND, STEP + BEYOND), np.arange(-BEYOND, BEYOND)
    y, x = ((place + SIDE).clip(BEYOND, size - 2 * STEP) for place, size in zip((y, x), source.shape, strict=False))
    found, first, filled = [np.zeros(0, np.int32)], np.zeros((2, count), np.int64), 0

    def strip(some: np.ndarray, down: np.ndarray, across: np.ndarray) -> torch.Tensor:
        within = np.s_[some, : many[some].max()]
        corner = (y[within][..., None] + down) * source.shape[1] + x[within][..., None] + across[0]
        return rows_of(source, corner, len(across)).flatten(2)

    for way, other in enumerate(after):
        every = np.flatnonzero(other >= 0)
        if not len(every):
            continue
        every = every[np.argsort(many[every], kind="stable")]  # so that nodes with few labels come together
        for some in np.array_split(every, len(every) * labels // AT_ONCE + 1):
            if way:
                own, next_ = strip(some, STEP + short, long), strip(other[some], short, long)
            else:
                own, next_ = strip(some, long, STEP + short), strip(other[some], long, short)
            apart = (torch.cdist(own, next_).square() / (own.shape[2] / 3)).clamp_max(most).numpy()
            mine, theirs = many[some], many[other[some]]
            there = np.arange(apart.shape[1])[:, None] < mine[:, None, None]
            found.append(counted(apart[there & (np.arange(apart.shape[2]) < theirs[:, None, None])]))
            first[way, some] = filled + np.cumsum(mine * theirs) - mine * theirs
            filled += len(found[-1])
    return np.concatenate(found), first
