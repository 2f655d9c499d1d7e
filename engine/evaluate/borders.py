"""Figures of borders of any form between known and painted pixels, of holes and gaps as well (ours).

The seam compares steps from one pixel to the next; the edge compares what lies on either side: how
light it is and how much fine detail it has. Lettering has large steps everywhere, so that its end is no seam, but it is
an edge. Both are 1 where the border is like any other place beside it: real pictures have 1.0 on average.

A step is the difference of two neighbouring pixels in grey levels, |ΔY| + |ΔCb| + |ΔCr| (BT.601). Only steps of one
direction are compared, so the grain of a picture does not count as a seam.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from engine.inference.connected_parts import components
from engine.request import Box

REACH = 16  # px on each side of the border whose steps are compared with those across it
FLOOR = 0.5  # grey levels: in flat areas nothing below is seen, and nothing above is forgiven
MOST_PARTS = 16
TILE = 512  # px to the side of what is looked at at once
WINDOW = 8  # px to the side of what is compared on either side of an edge
FAR = 3 * WINDOW  # px from the border within which other places are compared
EDGE_FLOOR = 1.0  # grey levels
DETAIL = 2.0  # how much a grey level of fine detail counts
_YCBCR = np.array([[0.299, 0.587, 0.114], [-0.168736, -0.331264, 0.5], [0.5, -0.418688, -0.081312]])
LUMA = _YCBCR[0]  # how light a pixel is

Score = float | None
Values = Callable[[np.ndarray], np.ndarray]  # of pixels (h, w, 3): how far columns x and x + 1 are apart, (h, w - 1)


@dataclass(frozen=True, eq=False)
class Part:
    """A connected part of what was painted: its box, bool (h, w) of what is not in it within `around`."""

    box: Box
    around: Box
    known: np.ndarray

    def of(self, pixels: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        return pixels[self.around.slices(Box(0, 0, 0, 0))], self.known


def parts(known: np.ndarray) -> list[Part]:
    """Return the connected parts of what is not known, bool (h, w), at most MOST_PARTS, the largest first."""
    if known.all():
        return []
    label = components(~known)
    sizes = np.bincount(label.ravel())[1:]
    return [_part(label == number + 1) for number in np.argsort(-sizes, kind="stable")[:MOST_PARTS]]


def _part(inside: np.ndarray) -> Part:
    box = Box.holding(inside)
    around = box.grow(2 * FAR).intersect(Box(0, 0, inside.shape[1], inside.shape[0]))
    return Part(box, around, ~inside[around.slices(Box(0, 0, 0, 0))])


def border_seams(pixels: np.ndarray, known: np.ndarray) -> dict[str, Score]:
    """Return the seam towards each side of known pixels, None where no border is.

    pixels: uint8 (h, w, 3); known: bool (h, w). `right` is the border of what was painted to the right of known ones.
    """
    return _scores(pixels, known, _steps, (1, REACH - 1), FLOOR)


def seam_scores(pixels: np.ndarray, known: Box) -> dict[str, Score]:
    """The same where what is known is a box of the pixels."""
    mask = np.zeros(pixels.shape[:2], bool)
    mask[known.slices(Box(0, 0, 0, 0))] = True
    return border_seams(pixels, mask)


def seam_score_real(pixels: np.ndarray, count: int = 64, length: int = 256, seed: int = 0) -> np.ndarray:
    """The reference: scores (count,) of random lines inside a real picture, upright and level ones in turn.

    pixels: uint8 (height, width, 3). length: of a line, in pixels, or as much as there is. Empty for a picture that is
    too small.
    """
    if min(pixels.shape[:2]) < 2 * REACH:
        return np.empty(0)
    rng, scores = np.random.default_rng(seed), []
    for number in range(count):
        picture = pixels.swapaxes(0, 1) if number % 2 else pixels
        height, width = picture.shape[:2]
        shown = min(length, height)
        top, column = int(rng.integers(height - shown + 1)), int(rng.integers(REACH, width - REACH + 1))
        part = picture[top : top + shown, column - REACH : column + REACH]
        scores.append(seam_scores(part, Box(0, 0, REACH, shown))["right"])
    return np.array(scores, dtype=np.float64)


def border_edges(pixels: np.ndarray, known: np.ndarray) -> dict[str, Score]:
    """Return the edge towards each side in the same way."""
    return _scores(pixels, known, _apart, (WINDOW, FAR), EDGE_FLOOR)


def _scores(
    pixels: np.ndarray, known: np.ndarray, values: Values, near: tuple[int, int], floor: float
) -> dict[str, Score]:
    turned = pixels.swapaxes(0, 1), known.swapaxes(0, 1)
    return {
        "left": _score(pixels[:, ::-1], known[:, ::-1], values, near, floor),
        "right": _score(pixels, known, values, near, floor),
        "up": _score(turned[0][:, ::-1], turned[1][:, ::-1], values, near, floor),
        "down": _score(*turned, values, near, floor),
    }


def _score(pixels: np.ndarray, known: np.ndarray, values: Values, near: tuple[int, int], floor: float) -> Score:
    """Compare the border at the right of known pixels with places `near` px from it on both of its sides."""
    sums, counts = np.zeros(3), np.zeros(3)  # of the border, the known side and the painted one
    for wide, core in _tiles(known):
        part = known[wide]
        crossing = part[:, :-1] & ~part[:, 1:]
        beside = _within(crossing, near[1]) & ~_within(crossing, near[0] - 1)
        both, none = part[:, :-1] & part[:, 1:], ~(part[:, :-1] | part[:, 1:])
        found = values(pixels[wide])
        for n, mask in enumerate((crossing, beside & both, beside & none)):
            here = found[core][mask[core]]
            sums[n] += np.nansum(here)
            counts[n] += np.isfinite(here).sum()
    if not counts[0] or not counts[1:].any():
        return None
    means = sums[counts > 0] / counts[counts > 0]
    return float(means[0] / max(float(means[1:].mean()), floor))


def _tiles(known: np.ndarray) -> Iterator[tuple[tuple[slice, slice], tuple[slice, slice]]]:
    """Parts with a border in or near them: with what lies around, and where in that they lie themselves."""
    height, width = known.shape
    for y in range(0, height, TILE):
        for x in range(0, width, TILE):
            top, left = max(0, y - FAR), max(0, x - FAR)
            wide = slice(top, y + TILE + FAR), slice(left, x + TILE + FAR)
            if (known[wide][:, :-1] & ~known[wide][:, 1:]).any():
                yield wide, (slice(y - top, y - top + TILE), slice(x - left, x - left + TILE))


def _within(crossing: np.ndarray, reach: int) -> np.ndarray:
    """Places within so many columns of a crossing."""
    near = crossing.copy()
    for shift in range(1, reach + 1):
        near[:, shift:] |= crossing[:, :-shift]
        near[:, :-shift] |= crossing[:, shift:]
    return near


def _steps(pixels: np.ndarray) -> np.ndarray:
    """The differences of neighbouring columns in grey levels."""
    return np.abs(np.diff(pixels.astype(np.float64) @ _YCBCR.T, axis=1)).sum(-1)


def _apart(pixels: np.ndarray) -> np.ndarray:
    """How far the windows before and after each pair of columns are apart, NaN where there is no room for both."""
    light = pixels.astype(np.float64) @ LUMA
    detail = np.abs(light - _mean(light, 3, 3, 1))
    result = np.full((light.shape[0], max(light.shape[1] - 1, 0)), np.nan)
    if light.shape[1] >= 2 * WINDOW:
        levels, details = (_mean(each, WINDOW, WINDOW, 0)[:, : 1 - WINDOW or None] for each in (light, detail))
        change = np.abs(levels[:, WINDOW:] - levels[:, :-WINDOW]) + DETAIL * np.abs(
            details[:, WINDOW:] - details[:, :-WINDOW]
        )
        result[:, WINDOW - 1 : WINDOW - 1 + change.shape[1]] = change
    return result


def _mean(values: np.ndarray, rows: int, columns: int, before: int) -> np.ndarray:
    """Return means over rows around each pixel and columns from `before` columns before it; edges are repeated."""
    wide = np.pad(values, ((rows // 2, rows - rows // 2), (before, columns - before)), mode="edge")
    sums = np.pad(wide.cumsum(0).cumsum(1), ((1, 0), (1, 0)))
    height, width = values.shape
    low, high = sums[:height], sums[rows : rows + height]
    return (high - low)[:, columns : columns + width] / (rows * columns) - (high - low)[:, :width] / (rows * columns)
