"""Forms that belong together, before surfaces: a sketch is made whole at small sizes first (ours; not in the paper).

Tokens are drawn one after another, so a tower may begin in the sky and find no ground, and what the border cuts may end
there. Seen at an eighth of its size, each block of the sketch, with what lies around it, is replaced by what in the
picture is most like it, several times over; then again at a quarter and at half, as in space-time completion (Wexler et
al. 2007). What has no like in the picture, a piece that floats or a thing cut in two, goes, or becomes whole.
"""

from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F

from engine.inference.patch_match import STEP, Scene, corners, match, search, vote
from engine.inference.working_scale import cut

ELSEWHERE = 10000.0  # what it costs to come from another row, by the square of its part of the height
ROUNDS = {8: 6, 4: 8, 2: 4}  # how much smaller, in turn, and how often it is matched and voted
LARGEST = max(ROUNDS)
FEWEST = 40  # rows that the picture has at a size, or a block and what is around it would be all of it
SEARCHES = 2  # rounds of each matching
NEAR, DOUBTED = 32, 0.1  # px beside the border in which the sketch counts less, and what it counts at the border
ALIKE, OTHER = 8.0, 20.0  # grey levels, summed over colours, up to which the sketch is kept, and from which it is not


@dataclass(frozen=True, eq=False)
class _Source:
    """The known picture `smaller` times smaller, float32 (h, w, 3) of whole blocks, and what of it may be taken."""

    smaller: int
    pixels: np.ndarray
    known: np.ndarray
    allowed: np.ndarray
    least: int

    def guess(self, picture: np.ndarray, offsets: np.ndarray, blocks: np.ndarray, share: np.ndarray) -> np.ndarray:
        """The picture (h, w, 3) with that share (h, w) of what the blocks' offsets lead to."""
        found, there = vote(self.pixels, self.known, offsets, blocks, STEP, 1.0, (0, 0), (0, 0, *blocks.shape))
        return picture + np.where(there, share, 0)[..., None] * (found - picture)


class CoarseToFine:
    """Makes sketches whole, of one known picture."""

    def __init__(self, source: np.ndarray, known: np.ndarray, usable: np.ndarray, least: int):
        """source: float32 (h, w, 3), filled in where it is not known. known, usable: bool (h, w), where it says
        anything, and what may be taken. least: pixels that a source is away at least. All of whole blocks of STEP.
        """
        self._sources = [
            _Source(n, means(source, n), all_set(known, n), corners(all_set(usable, n)), max(1, least // n))
            for n in (*(n for n in ROUNDS if known.any(1).sum() >= FEWEST * n), 1)
        ]

    def make_whole(
        self, picture: np.ndarray, weight: np.ndarray, free: np.ndarray, offsets: np.ndarray, seed: int
    ) -> tuple[np.ndarray, np.ndarray]:
        """Return the picture, float32 (h, w, 3), with its free blocks made whole, and where all blocks come from.

        weight: float32 (h, w), how much each pixel counts. free: bool (rows, columns), which blocks of STEP pixels.
        offsets: int64 (rows, columns, 2), in pixels, where they came from so far.
        """
        pixels = free.repeat(STEP, 0).repeat(STEP, 1)
        kept = np.ones(weight.shape, np.float32)
        *coarse, finest = self._sources
        for source in coarse:
            n = source.smaller
            small, open_px = means(picture, n), means(pixels.astype(np.float32), n) > 0.5
            here = _reduced(offsets, n, small.shape)
            begun = source.guess(small, here, cut(open_px, STEP).max(2), np.where(open_px, 1 - means(kept, n), 0))
            now = _matched(source, begun, means(weight, n), open_px, here, seed + n)
            kept = _kept(now, small, open_px, n)[: weight.shape[0], : weight.shape[1]]
            fine = (here * n).repeat(n, 0).repeat(n, 1)[: free.shape[0], : free.shape[1]]
            other = (cut(kept, STEP).mean(2) < 0.5) & free
            offsets = np.where(other[..., None], fine, offsets)
        return finest.guess(picture, offsets, free, np.where(pixels, 1 - kept, 0)), offsets


def _matched(
    source: _Source, begun: np.ndarray, weight: np.ndarray, free: np.ndarray, offsets: np.ndarray, seed: int
) -> np.ndarray:
    """The picture (h, w, 3) of one size, matched and voted; offsets, (rows, columns, 2), are improved in place.

    begun: what it is at first; free: bool (h, w), the pixels that are made whole.
    """
    blocks, doubt = cut(free, STEP).max(2), doubt_of(free, NEAR // source.smaller)
    scene = Scene(begun, weight * doubt, source.pixels, source.allowed, source.least, ELSEWHERE)
    upper = np.flatnonzero(source.allowed.max(1)).max(initial=-1) >= np.arange(len(free))[::STEP, None]
    if source.smaller == LARGEST:  # below there is no row to come from, and forms so large come again
        blocks &= upper
        search(scene, offsets, blocks)
    elif source.smaller == LARGEST // 2:
        search(scene, offsets, blocks & ~upper & (cut(doubt, STEP).min(2) < 1))
    share = free.astype(np.float32)
    scene.picture = source.guess(begun, offsets, blocks, share)
    for number in range(ROUNDS[source.smaller]):
        match(scene, offsets, blocks, SEARCHES, seed + 97 * number)
        scene.picture = source.guess(begun, offsets, blocks, share)
    return scene.picture


def doubt_of(free: np.ndarray, reach: int) -> np.ndarray:
    """How much free pixels count, (h, w): little beside what is fixed, which is to go on over the border."""
    wide = torch.from_numpy((~free).astype(np.float32))[None, None]
    near = F.avg_pool2d(wide, 2 * reach + 1, 1, reach, count_include_pad=False)[0, 0].numpy()
    return np.where(free, 1 - (1 - DOUBTED) * np.minimum(2 * near, 1), 1)


def _kept(now: np.ndarray, before: np.ndarray, free: np.ndarray, smaller: int) -> np.ndarray:
    """How much of a sketch is kept, float32 at full size: 1 where it is little changed, 0 where it is another."""
    apart = torch.from_numpy(np.abs(now - before).sum(2))[None, None]
    apart = F.avg_pool2d(apart, 3, 1, 1, count_include_pad=False)[0, 0].numpy()
    share = np.where(free, np.clip((OTHER - apart) / (OTHER - ALIKE), 0, 1), 1).astype(np.float32)
    return share.repeat(smaller, 0).repeat(smaller, 1)


def _reduced(offsets: np.ndarray, smaller: int, shape: tuple[int, ...]) -> np.ndarray:
    """The offsets of the blocks in the middle of the larger blocks, for a picture of that shape."""
    middle = smaller // 2
    wide = np.pad(offsets, ((0, 2 * smaller), (0, 2 * smaller), (0, 0)), mode="edge")
    some = wide[middle::smaller, middle::smaller][: shape[0] // STEP, : shape[1] // STEP]
    return np.round(some / smaller).astype(np.int64)


def means(values: np.ndarray, side: int) -> np.ndarray:
    """Means of squares of float32 (h, w, …), of as many as make whole blocks: the edge goes on beyond."""
    whole = STEP * side
    beyond = [(0, -length % whole) for length in values.shape[:2]] + [(0, 0)] * (values.ndim - 2)
    wide = np.pad(values, beyond, mode="edge")
    height, width = wide.shape[0] // side, wide.shape[1] // side
    return wide.reshape(height, side, width, side, *values.shape[2:]).mean((1, 3))


def all_set(mask: np.ndarray, side: int) -> np.ndarray:
    """Which squares of a mask, bool (h, w), are set all over."""
    return means(mask.astype(np.float32), side) > 0.999
