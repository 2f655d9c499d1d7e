"""Blocks of a picture matched with those of a known one, and pictures voted from the matches (ours; not in the paper).

`match` is PatchMatch (Barnes et al. 2009): offsets spread to neighbours and are tried at random around. `vote` lays the
blocks over one another, as in space-time completion (Wexler et al. 2007) and GPNN (Granot et al. 2022).
`search` looks at every place, for small pictures.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

STEP, AROUND = 4, 4  # px of a block, and around it, that are compared
SIDE = STEP + 2 * AROUND
KNOWN = 4.0  # how much more than painted pixels known ones count
NEIGHBOUR, CHANCE, MARGIN = 0.95, 0.8, 25.0  # of the cost before, and less, that a new offset has to reach
POOR = 20.0  # mean squared difference from which on chance is given a try
RADII = (1, 2, 4, 8, 24, 64)
BESIDE = ((0, -1), (-1, 0), (0, 1), (1, 0), (-1, -1), (1, -1), (-2, 0), (2, 0), (0, -3), (0, 3))
COMB = ((0, -1), (0, 1), (-1, 0), (1, 0), (0, -2), (0, 2), (-2, 0), (2, 0))
ABOVE = 0.6  # of what it costs to come from another row, where it is the topmost one: things stand on the ground
TWICE = 300.0  # what it costs to take what a neighbour has taken already
FADE = 0.4  # of a block, over which it goes over into the next one


@dataclass(eq=False)
class Scene:
    """What is matched at one size, all on one grid of pixels (height, width), both multiples of STEP.

    picture: float32 (h, w, 3), what is looked for. weight: float32 (h, w), 0 where there is nothing yet. source:
    float32 (h, w, 3), where it is looked for. allowed: bool (h, w), whether the block whose corner a pixel is may be
    taken. least: pixels that a source is away at least. elsewhere: what it costs to come from another row, by the
    square of its part of the height, above the source less, and nothing below it.
    """

    picture: np.ndarray
    weight: np.ndarray
    source: np.ndarray
    allowed: np.ndarray
    least: int
    elsewhere: float = 0.0


def corners(usable: np.ndarray) -> np.ndarray:
    """Whether the block whose upper left pixel a pixel is lies wholly in usable ones, bool (h, w)."""
    sums = np.pad(usable.astype(np.int32), ((1, STEP), (1, STEP))).cumsum(0).cumsum(1)
    low, high = slice(None, -STEP), slice(STEP, None)
    count = sums[high, high] - sums[low, high] - sums[high, low] + sums[low, low]
    return count[:-1, :-1] == STEP * STEP


def _weights() -> np.ndarray:
    axis = np.arange(SIDE) - (SIDE - 1) / 2
    fall = np.exp(-(axis[:, None] ** 2 + axis**2) / (2 * (SIDE / 2.6) ** 2))
    return (fall / fall.sum()).ravel().astype(np.float32)


class _Matching:
    """Offsets of the free blocks of a scene and what they cost."""

    def __init__(self, scene: Scene, offsets: np.ndarray, free: np.ndarray):
        self.scene, self.offsets, self.free = scene, offsets, free
        height, width = scene.weight.shape
        self.rows, self.columns = np.nonzero(free)
        self.y, self.x = self.rows * STEP, self.columns * STEP
        self.stride = width + 2 * SIDE
        pad = ((SIDE, SIDE), (SIDE, SIDE))
        source = np.pad(scene.source, (*pad, (0, 0)), mode="edge")
        self.source = source.reshape(-1, 3)
        axis = np.arange(SIDE) - AROUND + SIDE
        self.window = (axis[:, None] * self.stride + axis).ravel()
        at = self.y * self.stride + self.x
        weight = np.pad(scene.weight, pad).ravel()[at[:, None] + self.window] * _weights()
        self.share = weight / np.maximum(weight.sum(1, keepdims=True), 1e-9)
        picture = np.pad(scene.picture, (*pad, (0, 0)), mode="edge").reshape(-1, 3)
        self.wanted = picture[at[:, None] + self.window]  # (n, SIDE², 3)
        self.limit = height - STEP, width - STEP
        rows = np.flatnonzero(scene.allowed.any(1))
        low, high = (rows[0], rows[-1]) if len(rows) else (0, -1)
        self.home = np.maximum(self.y, low)  # the row that each had best come from
        toll = np.where(self.y < low, ABOVE, self.y <= high)
        self.toll = toll * np.float32(scene.elsewhere / height**2)
        clean = self._clipped(offsets[free])
        self.offsets[free] = clean
        self.cost = self._cost(clean, np.arange(len(self.y)))
        self.cost[~self._may(clean, slice(None))] = 1e9

    def _clipped(self, offsets: np.ndarray, some: np.ndarray | slice = slice(None)) -> np.ndarray:
        y = np.clip(self.y[some] + offsets[:, 0], 0, self.limit[0]) - self.y[some]
        x = np.clip(self.x[some] + offsets[:, 1], 0, self.limit[1]) - self.x[some]
        return np.stack([y, x], 1)

    def _may(self, offsets: np.ndarray, some: np.ndarray | slice) -> np.ndarray:
        allowed = self.scene.allowed[self.y[some] + offsets[:, 0], self.x[some] + offsets[:, 1]]
        return allowed & (np.abs(offsets).max(1) >= self.scene.least)

    def _cost(self, offsets: np.ndarray, some: np.ndarray) -> np.ndarray:
        result = np.empty(len(some), np.float32)
        for start in range(0, len(some), 4096):
            part = slice(start, start + 4096)
            index = some[part]
            at = (self.y[index] + offsets[part, 0]) * self.stride + self.x[index] + offsets[part, 1]
            apart = self.source[at[:, None] + self.window]
            apart -= self.wanted[index]
            result[part] = np.einsum("npc,npc,np->n", apart, apart, self.share[index], optimize=False)
        result += self.toll[some] * (self.y[some] + offsets[:, 0] - self.home[some]) ** 2
        return result

    def spread(self) -> None:
        """Each block tries what its neighbours came from, gone on."""
        for dy, dx in BESIDE:
            rows, columns = self.rows + dy, self.columns + dx
            inside = (rows >= 0) & (rows < self.free.shape[0]) & (columns >= 0) & (columns < self.free.shape[1])
            some = np.flatnonzero(inside)
            self._try(self.offsets[rows[some], columns[some]], some, NEIGHBOUR)

    def jump(self, chance: np.random.Generator) -> None:
        """Blocks that match poorly try places around theirs."""
        for radius in RADII:
            moves = chance.integers(-radius, radius + 1, (len(self.y), 2))
            some = np.flatnonzero(self.cost > POOR)
            self._try(self.offsets[self.rows[some], self.columns[some]] + moves[some], some, CHANCE)

    def _try(self, offsets: np.ndarray, some: np.ndarray, factor: float) -> None:
        offsets = self._clipped(offsets, some)
        now = self.offsets[self.rows[some], self.columns[some]]
        new = (offsets != now).any(1) & self._may(offsets, some)
        some, offsets = some[new], offsets[new]
        if not len(some):
            return
        cost = self._cost(offsets, some) + TWICE * self._taken(offsets, some)
        better = cost < self.cost[some] * factor - MARGIN
        some, offsets = some[better], offsets[better]
        self.offsets[self.rows[some], self.columns[some]] = offsets
        self.cost[some] = cost[better]

    def _taken(self, offsets: np.ndarray, some: np.ndarray) -> np.ndarray:
        """How many neighbours take the very place that an offset leads to: the teeth of a comb."""
        height, width = self.free.shape
        count = np.zeros(len(some), np.float32)
        y, x = self.y[some] + offsets[:, 0], self.x[some] + offsets[:, 1]
        for dy, dx in COMB:
            rows, columns = (self.rows[some] + dy).clip(0, height - 1), (self.columns[some] + dx).clip(0, width - 1)
            theirs = self.offsets[rows, columns]
            count += (np.abs(rows * STEP + theirs[:, 0] - y) < STEP) & (
                np.abs(columns * STEP + theirs[:, 1] - x) < STEP
            )
        return count


def match(scene: Scene, offsets: np.ndarray, free: np.ndarray, rounds: int, seed: int) -> None:
    """Improve the offsets, int64 (rows, columns, 2) in pixels, of the free blocks, bool (rows, columns), in place.

    A block at (y, x) is taken from (y, x) + offset. The other blocks' offsets are tried as well, and stay.
    """
    if not free.any():
        return
    matching, chance = _Matching(scene, offsets, free), np.random.default_rng(seed)
    for _ in range(rounds):
        matching.spread()
        matching.jump(chance)


def search(scene: Scene, offsets: np.ndarray, some: np.ndarray) -> None:
    """Look at every place for those blocks, bool (rows, columns), and take the best, in place.

    For small pictures: it takes a product of (blocks, 432) by (432, places).
    """
    y, x = np.nonzero(scene.allowed)
    if not some.any() or not len(y):
        return
    matching = _Matching(scene, offsets, some)
    windows = matching.source[(y * matching.stride + x)[:, None] + matching.window]  # (places, SIDE², 3)
    share, wanted = matching.share.astype(np.float32), matching.wanted
    cost = share @ (windows**2).sum(2).T
    cost -= 2 * (share[..., None] * wanted).reshape(len(share), -1) @ windows.reshape(len(y), -1).T
    cost += (share * (wanted**2).sum(2)).sum(1, keepdims=True)
    moved = np.stack([y - matching.y[:, None], x - matching.x[:, None]], 2)
    cost += matching.toll[:, None] * (y - matching.home[:, None]) ** 2
    cost[np.abs(moved).max(2) < scene.least] = np.inf
    best = cost.argmin(1)
    every = np.arange(len(best))
    better = cost[every, best] < matching.cost * NEIGHBOUR - MARGIN
    offsets[matching.rows[better], matching.columns[better]] = moved[every, best][better]


def _ramp(length: int, fade: int) -> np.ndarray:
    """Weights (length,) that rise over 2 · fade pixels and fall so at the end; those of neighbours sum to one."""
    rise = (np.arange(2 * fade) + 0.5) / (2 * fade) if fade else np.zeros(0)
    rise = rise * rise * (3 - 2 * rise)
    ramp = np.ones(length, np.float32)
    ramp[: 2 * fade] *= rise[:length]
    ramp[length - min(2 * fade, length) :] *= rise[::-1][-min(2 * fade, length) :]
    return ramp


def _runs(offsets: np.ndarray, has: np.ndarray) -> Iterator[tuple[int, int, int]]:
    """(row, first, last + 1) of neighbouring blocks of a row that have one offset: they are laid as one."""
    for row in range(len(offsets)):
        there = np.flatnonzero(has[row])
        if not len(there):
            continue
        cut = (np.diff(there) > 1) | (np.diff(offsets[row, there], axis=0) != 0).any(1)
        starts = np.concatenate([[0], np.flatnonzero(cut) + 1])
        ends = np.concatenate([starts[1:], [len(there)]])
        for first, last in zip(there[starts].tolist(), there[ends - 1].tolist(), strict=True):
            yield row, first, last + 1


def vote(
    source: np.ndarray, known: np.ndarray, offsets: np.ndarray, has: np.ndarray, block: int, scale: float,
    corner: tuple[int, int], part: tuple[int, int, int, int],
) -> tuple[np.ndarray, np.ndarray]:  # fmt: skip
    """Lay the blocks of a part (top, left, bottom, right, in blocks) over one another.

    Returns float32 (h, w, channels) and where any block says something, bool (h, w).

    source: (h, w, channels), uint8 or float32; known: bool (h, w), where it says anything; corner: row and column, in
    its pixels, of the block (0, 0) in it. block: pixels of a block in it; scale: how many of them a pixel of the
    offsets is. has: bool, which blocks have an offset.
    """
    top, left, bottom, right = part
    fade = max(1, round(FADE * block))
    height, width, channels = (bottom - top) * block, (right - left) * block, source.shape[2]
    total = np.zeros((height + 2 * fade, width + 2 * fade, channels), np.float32)
    much = np.zeros((height + 2 * fade, width + 2 * fade, 1), np.float32)
    reach = slice(max(0, top - 1), bottom + 1), slice(max(0, left - 1), right + 1)  # those around fade in as well
    for row, first, last in _runs(offsets[reach], has[reach]):
        row, first, last = row + reach[0].start, first + reach[1].start, last + reach[1].start
        dy, dx = (round(number * scale) for number in offsets[row, first].tolist())
        window = _ramp(block + 2 * fade, fade)[:, None] * _ramp((last - first) * block + 2 * fade, fade)
        y, x = (row - top) * block, (first - left) * block  # in `total`, where it is padded by fade
        sy, sx = row * block - fade + dy + corner[0], first * block - fade + dx + corner[1]
        # Cut to what is asked for and to what the source has; what lies outside is left to the neighbours.
        low_y, low_x = max(0, -y, -sy), max(0, -x, -sx)
        high_y = min(window.shape[0], total.shape[0] - y, source.shape[0] - sy)
        high_x = min(window.shape[1], total.shape[1] - x, source.shape[1] - sx)
        if low_y >= high_y or low_x >= high_x:
            continue
        here = slice(sy + low_y, sy + high_y), slice(sx + low_x, sx + high_x)
        there = slice(y + low_y, y + high_y), slice(x + low_x, x + high_x)
        window = (window[low_y:high_y, low_x:high_x] * known[here])[..., None]
        total[there] += source[here] * window
        much[there] += window
    inside = slice(fade, fade + height), slice(fade, fade + width)
    return total[inside] / np.maximum(much[inside], 1e-4), much[inside][..., 0] > 1e-3
