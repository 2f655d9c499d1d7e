"""Which way a film goes: shifts between neighbouring frames by phase correlation, held beside what the words say."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from engine.datasets.phase_correlation import Shift, shift_between
from engine.datasets.synthetic_motion import FEATHER, PANS, sky_of
from engine.request import Box

LEAST = 32  # px to a side, below which no shift is measured
CHANCE = 12  # over the side in pixels: higher than the peaks between pictures that have nothing to do with one another
WAYS = {
    **{f"the camera pans {name}": (-right, -down) for name, right, down in PANS},  # what is seen goes the other way
    "clouds drift right": (1, 0),
    "clouds drift left": (-1, 0),
}


def shifts(frames: np.ndarray, part: Box) -> list[Shift]:
    """Between all neighbours among frames uint8 (frame, height, width, 3), as far as a part of them shows it."""
    rows, columns = part.slices(Box(0, 0, 0, 0))
    return [shift_between(before, after) for before, after in pairwise(frames[:, rows, columns])]


def part_that_moves(still: np.ndarray, words: str) -> Box | None:
    """Where a still uint8 (height, width, 3) shows what the words are about; None where that is too small to tell."""
    height, width = still.shape[:2]
    part = _clear_sky(still) if words.startswith("clouds") else Box(0, 0, width, height)
    return part if min(part.width, part.height) >= LEAST else None


def verdict(found: Sequence[Shift], words: str, part: Box) -> str:
    """right or wrong; still where most frames have not moved, unclear where most peaks may be chance."""
    clear = [shift for shift in found if shift.sure >= CHANCE / (part.width * part.height) ** 0.5]
    if 2 * len(clear) < len(found):
        return "unclear"
    right, down = (float(np.median([shift[axis] for shift in clear])) for axis in (0, 1))
    if not right and not down:
        return "still"
    main = (np.sign(right), 0) if abs(right) > abs(down) else (0, np.sign(down))
    return "right" if main == WAYS[words] else "wrong"


def _clear_sky(still: np.ndarray) -> Box:
    """The largest rectangle of sky at the upper edge, without the feather at its sides."""
    depths = sky_of(still).sum(0)  # the sky goes down from the upper edge without a gap
    best = Box(0, 0, 0, 0)
    for depth in np.unique(depths):
        edges = np.flatnonzero(np.diff(np.pad(depths >= depth, 1).astype(np.int8)))
        for left, end in zip(edges[::2], edges[1::2], strict=True):
            box = Box(int(left) + FEATHER, 0, int(end - left) - 2 * FEATHER, int(depth) - FEATHER)
            best = max(best, box, key=lambda each: max(each.width, 0) * max(each.height, 0))
    return best
