"""Blocks of a picture matched with those of a known one, and pictures voted from the matches (ours; not in the paper).

`match` is PatchMatch (Barnes et al. 2009): offsets spread to neighbours and are tried at random around. `vote` lays the
blocks over one another, as in space-time completion (Wexler et al. 2007) and GPNN (Granot et al. 2022).
`search` looks at every place, for small pictures.
"""

from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F

from engine.inference.compiled.matching import ROWS, WIDE, Blocks, better, costs, lay

STEP, AROUND = 4, 4  # px of a block, and around it, that are compared
SIDE = STEP + 2 * AROUND
KNOWN = 4.0  # how much more than painted pixels known ones count
NEIGHBOUR, CHANCE, MARGIN = 0.95, 0.8, 25.0  # of the cost before, and less, that a new offset has to reach
POOR = 20.0  # mean squared difference from which on chance is given a try
RADII = (1, 2, 4, 8, 24, 64)
LOST = 300.0  # from which on a place anywhere is given a try: what is like the far side of a gap lies out of reach
BESIDE = ((0, -1), (-1, 0), (0, 1), (1, 0), (-1, -1), (1, -1), (-2, 0), (2, 0), (0, -3), (0, 3))
COMB = np.array([(0, -1), (0, 1), (-1, 0), (1, 0), (0, -2), (0, 2), (-2, 0), (2, 0)])
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
    return rectangle_sums(np.pad(usable, (0, STEP - 1)), STEP, STEP) == STEP * STEP


def rectangle_sums(mask: np.ndarray, height: int, width: int) -> np.ndarray:
    """How many places of a mask, bool (h, w), are set in each rectangle of that size, integers (h - height + 1, …)."""
    sums = np.pad(mask.astype(np.int32).cumsum(0).cumsum(1), ((1, 0), (1, 0)))
    return sums[height:, width:] - sums[:-height, width:] - sums[height:, :-width] + sums[:-height, :-width]


def weights() -> np.ndarray:
    """How much each pixel in and around a block counts, float32 (SIDE²,); they sum to one."""
    axis = np.arange(SIDE) - (SIDE - 1) / 2
    fall = np.exp(-(axis[:, None] ** 2 + axis**2) / (2 * (SIDE / 2.6) ** 2))
    return (fall / fall.sum()).ravel().astype(np.float32)


def padded(values: np.ndarray) -> np.ndarray:
    """Values (h, w, …) with as much around as `windows` reaches: the edge goes on."""
    return np.pad(values, [(SIDE, SIDE)] * 2 + [(0, 0)] * (values.ndim - 2), mode="edge")


def windows(around: np.ndarray, y: np.ndarray, x: np.ndarray) -> np.ndarray:
    """What lies in and around the blocks at (y, x), (n, SIDE², …), of what is padded by SIDE."""
    corner = (y[:, None] + np.arange(SIDE)) * around.shape[1] + x[:, None]
    corner += (SIDE - AROUND) * (around.shape[1] + 1)
    return rows_of(around, corner, SIDE).reshape(len(y), SIDE * SIDE, *around.shape[2:]).numpy()


def rows_of(picture: np.ndarray, begin: np.ndarray, count: int) -> torch.Tensor:
    """So many pixels of a row from each place `begin` on, by its number in the picture, (…, count · channels).

    They are taken out as runs of memory, which is some ten times faster than pixel by pixel.
    """
    pixels = torch.from_numpy(np.ascontiguousarray(picture)).view(-1)
    channels = picture[0, 0].size
    runs = pixels.as_strided((len(pixels) // channels - count + 1, count * channels), (channels, 1))
    return runs.index_select(0, torch.from_numpy(begin.ravel())).view(*begin.shape, count * channels)


def unlike_all(
    share: np.ndarray, wanted: np.ndarray, source: np.ndarray, rows: np.ndarray, columns: np.ndarray
) -> np.ndarray:
    """How unlike what is wanted at some places is to every block of a source, float32 (places, rows, columns).

    share: float32 (places, SIDE²), what pixels count; wanted: float32 (places, SIDE², 3); source: as `padded` has it.
    rows, columns: integers, where the blocks lie, in steps of 0 or 1 pixel, or all of 2. The squared differences are
    one convolution of the source and its squares, and what is wanted alone.
    """
    aims, much = (
        torch.from_numpy(each).view(len(each), SIDE, SIDE, -1).permute(0, 3, 1, 2) for each in (wanted, share)
    )
    step = max(1, int(np.diff(rows).max(initial=1)), int(np.diff(columns).max(initial=1)))
    (top, low), (left, right) = ((axis[0] + SIDE - AROUND, axis[-1] + 2 * SIDE - AROUND) for axis in (rows, columns))
    seen = torch.from_numpy(np.ascontiguousarray(source[top:low, left:right])).permute(2, 0, 1)
    both = torch.cat([seen, seen.square().sum(0, keepdim=True)])[None]
    apart = F.conv2d(both, torch.cat([-2 * much * aims, much], 1), (much * aims.square()).sum((1, 2, 3)), step)[0]
    down, across = ((axis - axis[0]) // step for axis in (rows, columns))
    if len(down) != apart.shape[1] or len(across) != apart.shape[2]:  # some blocks are the same
        apart = apart[:, down][:, :, across]
    return apart.numpy()


def at(n: int, places: np.ndarray) -> np.ndarray:
    """Where blocks lie in a picture n times smaller, so that their middles are the same."""
    return (places + STEP // 2) // n - STEP // 2


def standing(allowed: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The rows that blocks in rows y had best come from, and how much it counts, from 0 to 1: nothing below the source.

    allowed: as Scene has it.
    """
    rows = np.flatnonzero(allowed.any(1))
    low, high = (rows[0], rows[-1]) if len(rows) else (0, -1)
    return np.maximum(y, low), np.where(y < low, ABOVE, y <= high)


class _Matching:
    """Offsets of the free blocks of a scene and what they cost."""

    def __init__(self, scene: Scene, offsets: np.ndarray, free: np.ndarray):
        self.scene, self.offsets, self.free = scene, offsets, free
        height, width = scene.weight.shape
        self.rows, self.columns = np.nonzero(free)
        self.y, self.x = self.rows * STEP, self.columns * STEP
        self.source = padded(scene.source).astype(np.float32)
        weight = windows(np.pad(scene.weight, SIDE), self.y, self.x) * weights()
        self.share = weight / np.maximum(weight.sum(1, keepdims=True), 1e-9)
        self.wanted = windows(padded(scene.picture), self.y, self.x)
        self.limit = height - STEP, width - STEP
        self.home, toll = standing(scene.allowed, self.y)
        self.toll = toll * np.float32(scene.elsewhere / height**2)
        self.blocks = Blocks(
            self.y, self.x, _rows(self.wanted), _rows(self.share[..., None].repeat(3, 2)),
            self.toll.astype(np.float32), self.home, self.source.reshape(len(self.source), -1), scene.allowed,
            scene.least, SIDE - AROUND,
        )  # fmt: skip
        clean = self._clipped(offsets[free])
        self.offsets[free] = clean
        self.cost = np.empty(len(clean), np.float32)
        costs(self.blocks, clean, self.cost)

    def _clipped(self, offsets: np.ndarray, some: np.ndarray | slice = slice(None)) -> np.ndarray:
        y = np.clip(self.y[some] + offsets[:, 0], 0, self.limit[0]) - self.y[some]
        x = np.clip(self.x[some] + offsets[:, 1], 0, self.limit[1]) - self.x[some]
        return np.stack([y, x], 1)

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

    def leap(self, chance: np.random.Generator) -> None:
        """Blocks that match nothing around try any place."""
        some = np.flatnonzero(self.cost > LOST)
        places = np.argwhere(self.scene.allowed)
        if len(some) and len(places):
            self._try(
                places[chance.integers(0, len(places), len(some))] - np.stack([self.y, self.x], 1)[some], some, CHANCE
            )

    def _try(self, offsets: np.ndarray, some: np.ndarray, factor: float) -> None:
        offsets, found = self._clipped(offsets, some), self.cost.copy()
        taken = better(
            self.blocks, STEP, self.offsets, self.cost, offsets, some, np.float32(factor), np.float32(MARGIN),
            COMB, np.float32(TWICE), found,
        )  # fmt: skip
        won = taken[some]
        self.offsets[self.rows[some[won]], self.columns[some[won]]] = offsets[won]
        self.cost = found


def _rows(blocks: np.ndarray) -> np.ndarray:
    """(n, SIDE², 3) as compiled functions read it."""
    return np.ascontiguousarray(blocks, np.float32).reshape(len(blocks), ROWS, WIDE)


def match(scene: Scene, offsets: np.ndarray, free: np.ndarray, rounds: int, seed: int) -> None:
    """Improve the offsets, int64 (rows, columns, 2) in pixels, of the free blocks, bool (rows, columns), in place.

    A block at (y, x) is taken from (y, x) + offset. The other blocks' offsets are tried as well, and stay.
    """
    if not free.any():
        return
    matching, chance, other = _Matching(scene, offsets, free), *map(np.random.default_rng, (seed, seed + 1))
    for _ in range(rounds):
        matching.spread()
        matching.jump(chance)
        matching.leap(other)


def search(scene: Scene, offsets: np.ndarray, some: np.ndarray) -> None:
    """Look at every place for those blocks, bool (rows, columns), and take the best, in place.

    For small pictures: each block is compared with all of them.
    """
    y, x = np.nonzero(scene.allowed)
    if not some.any() or not len(y):
        return
    matching = _Matching(scene, offsets, some)
    every = (np.arange(length) for length in scene.allowed.shape)
    cost = unlike_all(matching.share.astype(np.float32), matching.wanted, matching.source, *every)[:, scene.allowed]
    moved = np.stack([y - matching.y[:, None], x - matching.x[:, None]], 2)
    cost += matching.toll[:, None] * (y - matching.home[:, None]) ** 2
    cost[np.abs(moved).max(2) < scene.least] = np.inf
    best = cost.argmin(1)
    every = np.arange(len(best))
    better = cost[every, best] < matching.cost * NEIGHBOUR - MARGIN
    offsets[matching.rows[better], matching.columns[better]] = moved[every, best][better]


def _rise(fade: int) -> np.ndarray:
    """Weights (2 · fade,) by which a block begins; with those by which the one before ends they sum to one."""
    rise = (np.arange(2 * fade) + 0.5) / (2 * fade)
    return rise * rise * (3 - 2 * rise)


def _runs(offsets: np.ndarray, has: np.ndarray) -> np.ndarray:
    """Neighbouring blocks of a row that have one offset: they are laid as one. int64 (count, 5).

    Row, first and last + 1, and the offset, runs of an upper row first.
    """
    rows, columns = np.nonzero(has)
    ways = offsets[rows, columns]
    begins = np.ones(len(rows), bool)
    begins[1:] = (np.diff(rows) != 0) | (np.diff(columns) > 1) | (np.diff(ways, axis=0) != 0).any(1)
    ends = np.append(begins[1:], True)[: len(rows)]
    return np.concatenate([rows[begins, None], columns[begins, None], columns[ends, None] + 1, ways[begins]], 1)


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
    much = np.zeros((height + 2 * fade, width + 2 * fade), np.float32)
    reach = max(0, top - 1), max(0, left - 1)  # those around fade in as well
    own = slice(reach[0], bottom + 1), slice(reach[1], right + 1)
    runs = _runs(offsets[own], has[own])
    runs[:, :3] += (reach[0], reach[1], reach[1])
    runs[:, 3:] = np.rint(runs[:, 3:] * scale)
    lay(source, known, runs, block, _rise(fade), corner, (top, left), total, much)
    inside = slice(fade, fade + height), slice(fade, fade + width)
    return total[inside] / np.maximum(much[inside][..., None], 1e-4), much[inside] > 1e-3
