"""Forms out of whole pieces: a shift map says where each token of a sketch comes from (ours; not in the paper).

Each token chooses among places of the known picture, so that pieces that meet show the same where they overlap, go on
from what the border cuts, and are not far from the sketch. A piece that fits nowhere, such as a treetop in the sky,
costs more than the sky does, and goes. As in shift-map editing (Pritch et al. 2009), image completion by belief
propagation (Komodakis and Tziritas 2007) and statistics of patch offsets (He and Sun 2012).
"""

from dataclasses import dataclass, replace

import numpy as np
import torch

from engine.inference.coarse_to_fine import all_set, doubt_of, means
from engine.inference.compiled.tree_reweighted import label_grid
from engine.inference.patch_match import SIDE, STEP, corners, padded, standing, weights, windows
from engine.inference.verbatim import verbatim
from engine.inference.working_scale import cut

SMALLER = 2  # times smaller than a sketch, so that a block of STEP pixels is a token
LABELS = 48  # shifts that a token chooses among
FIXED = {1: 8.0, 2: 6.0, 4: 4.0}  # what a pixel of what is fixed counts at sizes so many times smaller, which see more
SKETCH = 0.06  # what one of the sketch counts
NEAR = 16  # px beside what is fixed, in which the sketch counts less
BEYOND = 2  # px around a block in which it has to agree with its neighbours
VIEW = 0.8  # times the height, from which on it costs nothing to show again what is beside
SWEEPS = 12
MOST = 9  # tokens of a piece in both directions, beyond which it would be a copy
COPY, TRIES = 500.0, 12  # what each token of it costs then, twice that with no border, and how often it is tried
LOOKS, NEXT = 4, 3  # how often it is looked for what came twice; tokens within which neighbours are no repetition
REACHES = (1, 2, 4, 8)  # tokens at which neighbours are, whose shifts are tried
WAYS, APART = 4, 8  # shifts that go on from a place of the border, and px between them
PLACES = 9  # of the border, nearest to a token, of which every second is asked
GOING_ON = 12  # of these shifts, how many a token keeps whatever they cost
COMMON = 8  # commonest shifts, which are tried everywhere
AT_ONCE = 8192  # windows that are compared at once
NEVER = np.float32(1e8)


@dataclass(frozen=True)
class Charges:
    """What pieces cost.

    border: times FIXED. different: mean squared difference between pieces, from which on it is no worse. elsewhere: to
    come from another row, by the square of its part of the height. again: to show again what is beside.
    """

    border: float
    different: float
    elsewhere: float
    again: float


IN_VIEW = Charges(border=1.25, different=12000.0, elsewhere=5000.0, again=800.0)
GROUND = replace(IN_VIEW, again=300.0)  # where things are left out, and only the ground comes again
REFERENCES = Charges(border=1.0, different=4000.0, elsewhere=3500.0, again=0.0)  # what comes again holds all together


class ShiftMap:
    """Arranges sketches out of pieces of one known picture."""

    def __init__(self, source: np.ndarray, usable: np.ndarray, least: int, charges: Charges = IN_VIEW):
        """source: float32 (h, w, 3), filled in where it is not known. usable: bool (h, w), what of it may be taken.

        least: pixels that a source is away at least. All of whole blocks of STEP.
        """
        small = means(source, SMALLER)
        self.sources = {n: padded(means(small, n)).astype(np.float32) for n in FIXED}
        self.source = self.sources[1]
        self.allowed, self.least = corners(all_set(usable, SMALLER)), max(1, least // SMALLER)
        self.charges = charges
        self.view = VIEW * self.allowed.shape[0]

    def arrange(self, picture: np.ndarray, fixed: np.ndarray, free: np.ndarray, offsets: np.ndarray) -> np.ndarray:
        """Return where all blocks come from, int64 (rows, columns, 2), in pixels.

        picture: float32 (h, w, 3), the sketch and what is fixed, bool (h, w). free: bool (rows, columns), which blocks
        of STEP pixels are arranged. offsets: where they came from so far.
        """
        tokens = _Tokens(self, means(picture, SMALLER), all_set(fixed, SMALLER), _reduced(free))
        if not len(tokens.y) or not self.allowed.any():
            return offsets
        begun = np.round(offsets[::SMALLER, ::SMALLER] / SMALLER).astype(np.int64)
        shifts, from_border = tokens.candidates(begun)
        shifts, border, sketch = tokens.best(shifts, from_border)
        pairs, cost = tokens.pairs(shifts), np.minimum(border + sketch, NEVER)
        found, every = np.zeros((*tokens.free.shape, 2), np.int64), np.arange(len(cost))
        inside = np.where(np.isfinite(border), border, 0).max(1) == 0  # what goes on from the border may well do so
        charge = 2 * COPY if inside.all() else COPY
        for number in range(TRIES):
            chosen = label_grid(cost, tokens.beside(0, 1), tokens.beside(1, 0), pairs, SWEEPS)
            taken = shifts[every, chosen]
            found[tokens.free] = taken
            copied, _ = verbatim(np.round(found / STEP).astype(np.int64), tokens.free, MOST)
            toll = charge * (copied[tokens.free] & inside)
            if number < LOOKS and self.charges.again:
                toll = toll + tokens.twice(taken, begun)
            if not toll.any():
                break
            cost += toll[:, None] * (np.abs(shifts - taken[:, None]).max(2) <= STEP)
        wide = (found * SMALLER).repeat(SMALLER, 0).repeat(SMALLER, 1)[: free.shape[0], : free.shape[1]]
        return np.where(free[..., None], wide, offsets)


class _Tokens:
    """The tokens of a sketch that are arranged, in the order of their rows; all in pixels of the smaller size."""

    def __init__(self, source: ShiftMap, picture: np.ndarray, fixed: np.ndarray, free: np.ndarray):
        self.map, self.free, self.fixed = source, free, fixed
        self.rows, self.columns = np.nonzero(free)
        self.y, self.x = self.rows * STEP, self.columns * STEP
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

    def beside(self, down: int, across: int) -> np.ndarray:
        """The number of the token beside each one, -1 where that is none, int64 (tokens,)."""
        number = np.full((self.free.shape[0] + 1, self.free.shape[1] + 1), -1)
        number[self.rows, self.columns] = np.arange(len(self.rows))
        return number[self.rows + down, self.columns + across]

    def candidates(self, begun: np.ndarray) -> tuple[np.ndarray, slice]:
        """Shifts that each token may try, int64 (tokens, shifts, 2), and which of them go on from the border.

        begun: (rows, columns, 2), what was found before. They are its own, its neighbours', such as go on from the
        nearest places of the border, and the commonest of all.
        """
        own, height, width = begun[self.rows, self.columns], *self.free.shape
        found = [own]
        for reach in REACHES:
            for down, across in ((a, b) for a in (-reach, 0, reach) for b in (-reach, 0, reach) if a or b):
                row, column = (self.rows + down).clip(0, height - 1), (self.columns + across).clip(0, width - 1)
                found.append(np.where(self.free[row, column][:, None], begun[row, column], own))
        first = len(found)
        found += self._going_on()
        ways, count = np.unique(np.concatenate(found), axis=0, return_counts=True)
        from_border = slice(first, len(found))
        found += [np.broadcast_to(way, own.shape) for way in ways[np.argsort(-count, kind="stable")[:COMMON]]]
        return np.stack(found, 1), from_border

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

    def _going_on(self) -> list[np.ndarray]:
        """Shifts, (tokens, 2) each, of places that look as the border does where it is nearest to a token."""
        rows, columns = self.border
        if not len(rows):
            return []
        y, x = (axis * 2 for axis in np.nonzero(self.map.allowed[::2, ::2]))
        apart = self._apart_from_all(rows * STEP, columns * STEP, y, x)
        ways = np.zeros((len(rows), WAYS, 2), np.int64)
        for way in range(WAYS):
            best = apart.argmin(1)
            ways[:, way] = np.stack([y[best] - rows * STEP, x[best] - columns * STEP], 1)
            apart[(np.abs(y - y[best, None]) < APART) & (np.abs(x - x[best, None]) < APART)] = np.inf
        nearest = self.from_border.argsort(0, kind="stable")[:PLACES:2]
        return [ways[place, way] for place in nearest for way in range(WAYS)]

    def _apart_from_all(self, rows: np.ndarray, columns: np.ndarray, y: np.ndarray, x: np.ndarray) -> np.ndarray:
        """How unlike what is fixed around some places is to what lies around all sources, float32 (places, sources)."""
        apart = np.sum([self._apart_at(n, rows, columns, y, x) for n in FIXED], 0)
        down, across = y - rows[:, None], x - columns[:, None]
        apart += self.map.charges.elsewhere * (down / self.free.shape[0] / STEP) ** 2
        apart[np.maximum(np.abs(down), np.abs(across)) < self.map.least] = np.inf
        return apart

    def _apart_at(self, n: int, rows: np.ndarray, columns: np.ndarray, y: np.ndarray, x: np.ndarray) -> np.ndarray:
        """The same at a size n times smaller."""
        rows, columns, y, x = (_at(n, axis) for axis in (rows, columns, y, x))
        share = torch.from_numpy(windows(self.held[n], rows, columns) * weights())
        wanted = torch.from_numpy(windows(self.pictures[n], rows, columns))
        result = []
        for start in range(0, len(y), AT_ONCE):
            some = slice(start, start + AT_ONCE)
            there = torch.from_numpy(windows(self.map.sources[n], y[some], x[some]))
            cost = share @ (there**2).sum(2).T - 2 * (share[..., None] * wanted).flatten(1) @ there.flatten(1).T
            result.append(cost + (share * (wanted**2).sum(2)).sum(1, keepdim=True))
        return torch.cat(result, 1).numpy()

    def best(self, shifts: np.ndarray, from_border: slice) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """The LABELS best shifts of each token, and what they cost beside what is fixed, and by the sketch."""
        border, sketch = (np.full(shifts.shape[:2], np.inf, np.float32) for _ in range(2))
        some = np.nonzero(self._may(shifts))
        for start in range(0, len(some[0]), AT_ONCE):
            token, which = (axis[start : start + AT_ONCE] for axis in some)
            border[token, which], sketch[token, which] = self._cost(token, shifts[token, which])
        cost = border + sketch
        rank = cost.argsort(1, kind="stable").argsort(1, kind="stable")
        among = cost[:, from_border].argsort(1, kind="stable").argsort(1, kind="stable")
        rank[:, from_border] -= np.where(among < GOING_ON, shifts.shape[1], 0)
        rank[np.isinf(cost)] = 2 * shifts.shape[1]
        order = rank.argsort(1, kind="stable")[:, :LABELS]
        shifts = np.take_along_axis(shifts, order[..., None], 1)
        return shifts, np.take_along_axis(border, order, 1), np.take_along_axis(sketch, order, 1)

    def _may(self, shifts: np.ndarray) -> np.ndarray:
        """Which shifts lead to what may be taken, bool (tokens, shifts); of the same ones the first."""
        y, x = self.y[:, None] + shifts[..., 0], self.x[:, None] + shifts[..., 1]
        height, width = self.map.allowed.shape
        may = (y >= 0) & (x >= 0) & (y < height) & (x < width) & (np.abs(shifts).max(2) >= self.map.least)
        may &= self.map.allowed[y.clip(0, height - 1), x.clip(0, width - 1)]
        key = y * width + x
        order = key.argsort(1, kind="stable")
        again = np.zeros_like(may)
        again[:, 1:] = np.diff(np.take_along_axis(key, order, 1), axis=1) == 0
        np.put_along_axis(again, order, again.copy(), 1)
        return may & ~again

    def _cost(self, token: np.ndarray, shifts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """What shifts of some tokens, (n, 2), cost beside what is fixed, and by sketch and row, float32 (n,)."""
        y, x, from_y, from_x = self.y[token], self.x[token], self.y[token] + shifts[:, 0], self.x[token] + shifts[:, 1]
        sketch = self._unlike(1, self.drawn, y, x, from_y, from_x)
        border = np.sum([self._unlike(n, held, y, x, from_y, from_x) for n, held in self.held.items()], 0)
        again = self.map.charges.again * (1 - np.abs(shifts).max(1) / self.map.view).clip(0)
        return border, (sketch + self.toll[token] * (from_y - self.home[token]) ** 2 + again).astype(np.float32)

    def _unlike(self, n: int, weight: np.ndarray, *places: np.ndarray) -> np.ndarray:
        """How unlike sources are to what is around some places, by a weight, float32; n: how much smaller that is.

        places: rows and columns, and those of the sources.
        """
        y, x, from_y, from_x = (_at(n, each) for each in places)
        share = windows(weight, y, x) * weights()
        some = np.flatnonzero(share.any(1))
        apart = windows(self.map.sources[n], from_y[some], from_x[some]) - windows(self.pictures[n], y[some], x[some])
        result = np.zeros(len(y), np.float32)
        result[some] = ((apart**2).sum(2) * share[some]).sum(1)
        return result

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
        nearest = np.full(len(taken), self.map.view)
        low, high = (np.searchsorted(from_y[order], from_y[: len(taken)] + side, "right") for side in (-STEP, STEP - 1))
        for token in range(len(taken)):
            some = order[low[token] : high[token]]
            some = some[(np.abs(from_x[some] - from_x[token]) < STEP) & (inward[some] <= inward[token])]
            far = np.maximum(np.abs(y[some] - y[token]), np.abs(x[some] - x[token]))
            nearest[token] = far[far > NEXT * STEP].min(initial=self.map.view)
        return (self.map.charges.again * (1 - nearest / self.map.view)).astype(np.float32)

    def pairs(self, shifts: np.ndarray) -> np.ndarray:
        """What shifts of neighbours cost together, float32 (2, tokens, shifts, shifts): to the right, and down.

        It is the mean squared difference where the blocks, BEYOND pixels larger on each side, lie over one another.
        """
        count, many = shifts.shape[:2]
        long, short = np.arange(-BEYOND, STEP + BEYOND), np.arange(-BEYOND, BEYOND)
        source = torch.from_numpy(self.map.source)
        y, x = (self.y[:, None] + shifts[..., 0] + SIDE), (self.x[:, None] + shifts[..., 1] + SIDE)
        y, x = (place.clip(BEYOND, size - 2 * STEP) for place, size in zip((y, x), source.shape, strict=False))
        result = np.zeros((2, count, many, many), np.float32)

        def strip(some: np.ndarray, down: np.ndarray, across: np.ndarray) -> torch.Tensor:
            rows, columns = y[some][..., None] + down, x[some][..., None] + across
            return source[rows[..., :, None], columns[..., None, :]].flatten(2)

        for way, beside in enumerate((self.beside(0, 1), self.beside(1, 0))):
            every = np.flatnonzero(beside >= 0)
            for some in np.array_split(every, len(every) // 256 + 1):
                if way:
                    own, other = strip(some, STEP + short, long), strip(beside[some], short, long)
                else:
                    own, other = strip(some, long, STEP + short), strip(beside[some], long, short)
                apart = torch.cdist(own, other).square() / (own.shape[2] / 3)
                result[way, some] = apart.clamp_max(self.map.charges.different).numpy()
        return result


def _at(n: int, places: np.ndarray) -> np.ndarray:
    """Where blocks lie in a picture n times smaller, so that their middles are the same."""
    return (places + STEP // 2) // n - STEP // 2


def _reduced(free: np.ndarray) -> np.ndarray:
    """Which tokens have free blocks, bool, of blocks."""
    wide = np.pad(free, [(0, -length % SMALLER) for length in free.shape])
    return cut(wide, SMALLER).max(2)
