"""The seam score: gradient energy across the border of known and painted pixels over that beside it; real pictures
have 1.0 on average (ours: the paper has no such figure).

Differences are those of two neighbouring pixels in grey levels, |ΔY| + |ΔCb| + |ΔCr| (BT.601). Only differences of
one direction are compared, so the grain of a picture does not count as a seam.
"""

import numpy as np

from engine.request import Box

REACH = 16  # pixels on each side of the border that it is compared with
FLOOR = 0.5  # grey levels: in flat areas nothing below is seen, and nothing above is forgiven
_YCBCR = np.array([[0.299, 0.587, 0.114], [-0.168736, -0.331264, 0.5], [0.5, -0.418688, -0.081312]])


def seam_scores(pixels: np.ndarray, known: Box, painted: Box | None = None) -> dict[str, float | None]:
    """The score of each side of `known`; None where less than 1 px of painted pixels adjoins.

    pixels: uint8 (height, width, 3); known, painted: relative to it. painted: what was painted but for the known part,
    all of the array unless given.
    """
    whole = Box(0, 0, pixels.shape[1], pixels.shape[0])
    known, painted = known.intersect(whole), (painted or whole).intersect(whole)
    turned, known_t, painted_t = pixels.swapaxes(0, 1), _turned(known), _turned(painted)
    return {
        "left": _score(pixels, known, painted, known.x),
        "right": _score(pixels, known, painted, known.right),
        "up": _score(turned, known_t, painted_t, known_t.x),
        "down": _score(turned, known_t, painted_t, known_t.right),
    }


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
        scores.append(_score(part, Box(0, 0, REACH, shown), Box(0, 0, 2 * REACH, shown), REACH))
    return np.array(scores, dtype=np.float64)


def _turned(box: Box) -> Box:
    return Box(box.y, box.x, box.height, box.width)


def steps(pixels: np.ndarray) -> np.ndarray:
    """Return the differences of neighbouring columns in grey levels, (height, width - 1)."""
    return np.abs(np.diff(pixels.astype(np.float64) @ _YCBCR.T, axis=1)).sum(-1)


def _score(pixels: np.ndarray, known: Box, painted: Box, column: int) -> float | None:
    """The score of the upright border before `column`, the left or right one of `known`."""
    rightward = column == known.right
    beyond = column if rightward else column - 1  # the first painted column
    top, bottom = max(known.y, painted.y), min(known.bottom, painted.bottom)
    if known.empty or not painted.x <= beyond < painted.right or top >= bottom:
        return None
    first, last = (known.x, painted.right) if rightward else (painted.x, known.right)
    left, right = max(column - REACH, first), min(column + REACH, last)
    found, border = steps(pixels[top:bottom, left:right]), column - 1 - left
    return _ratio(found[:, border], [found[:, :border], found[:, border + 1 :]])


def _ratio(border: np.ndarray, sides: list[np.ndarray]) -> float | None:
    """Mean step across the border over the mean of the mean steps of both sides; None without anything to compare."""
    beside = [float(side.mean()) for side in sides if side.size]
    return float(border.mean()) / max(float(np.mean(beside)), FLOOR) if beside else None
