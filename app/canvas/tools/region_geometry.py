"""Geometry of the region's frame: its eight grips, stretching it, and the hole that a click points at."""

from collections.abc import Callable

import numpy as np

from app.document import Document
from app.document.geometry import NOWHERE, SNAP, coarser
from engine.request import Box

Grip = tuple[int, int]  # -1 left or upper, 0 middle, 1 right or lower edge
GRIPS: tuple[Grip, ...] = ((-1, -1), (0, -1), (1, -1), (1, 0), (1, 1), (0, 1), (-1, 1), (-1, 0))
LEAST = SNAP  # pixels to a side
FINEST = 512  # pixels to a side at which a hole is looked for; its edge is found to a part in so many


def grip_place(box: Box, grip: Grip) -> tuple[float, float]:
    """Where a grip sits, in canvas pixels."""
    return box.x + box.width * (grip[0] + 1) / 2, box.y + box.height * (grip[1] + 1) / 2


def stretched(
    box: Box, grip: Grip, x: int, y: int, square: bool = False, centred: bool = False, least: int = LEAST
) -> Box:  # fmt: skip
    """The box with a grip pulled to x, y, past the opposite edge too; centred moves both edges away from the middle."""
    (fixed_x, right), (fixed_y, down) = (
        _pull(low, high, side, at, centred)
        for low, high, side, at in ((box.x, box.right, grip[0], x), (box.y, box.bottom, grip[1], y))
    )
    if square and all(grip):
        side = max(abs(right), abs(down))
        right, down = side if right >= 0 else -side, side if down >= 0 else -side
    left, width = _edges(fixed_x, right, centred and grip[0] != 0, least)
    top, height = _edges(fixed_y, down, centred and grip[1] != 0, least)
    return Box(left, top, width, height)


def _pull(low: int, high: int, side: int, at: int, centred: bool) -> tuple[int, int]:
    """The edge that stays, or the middle, and how far from it the grip is."""
    if side == 0:
        return low, high - low
    fixed = (low + high) // 2 if centred else (high if side < 0 else low)
    return fixed, at - fixed


def _edges(fixed: int, away: int, both: bool, least: int) -> tuple[int, int]:
    if both:
        half = max(abs(away), (least + 1) // 2)
        return fixed - half, 2 * half
    away = away if abs(away) >= least else (least if away >= 0 else -least)
    return min(fixed, fixed + away), abs(away)


def outwards(box: Box, step: int) -> Box:
    """The smallest box on the grid that holds this one."""
    left, top = box.x // step * step, box.y // step * step
    return Box.spanning(left, top, -(-box.right // step) * step, -(-box.bottom // step) * step)


def resampled(mask: np.ndarray, width: int, height: int) -> np.ndarray:
    """A free form stretched with its frame."""
    rows = (np.arange(height) * mask.shape[0]) // height
    columns = (np.arange(width) * mask.shape[1]) // width
    return mask[rows][:, columns]


# ---- holes


def hole_at(document: Document, x: int, y: int) -> Box:
    """The box round the connected transparent part of the picture at x, y; empty where there is none."""
    bounds = document.bounds
    if bounds.intersect(Box(x, y, 1, 1)).empty or document.read(Box(x, y, 1, 1))[0, 0, 3] == 255:
        return NOWHERE
    level = max(0, (max(bounds.width, bounds.height) - 1) // FINEST).bit_length()
    side, coarse = 1 << level, coarser(bounds, level)
    free = document.read(coarse, level)[:, :, 3] < 255
    found = connected(free, y // side - coarse.y, x // side - coarse.x)
    part = Box.holding(found)
    if part.empty:
        return NOWHERE
    box = Box(*(number * side for number in part))
    return box.moved(coarse.x * side, coarse.y * side).intersect(bounds)


def connected(free: np.ndarray, row: int, column: int) -> np.ndarray:
    """The part of a bool array that hangs together with one of its places, over edges, not corners."""
    found = np.zeros_like(free)
    found[row, column] = free[row, column]
    count, across, down = -1, _spreading(free), _spreading(free.T)
    while count != (count := int(found.sum())):
        found = down(across(found).T).T
    return found


def _spreading(free: np.ndarray) -> Callable[[np.ndarray], np.ndarray]:
    """Fills each run along the rows of which one place is marked."""
    starts = free.copy()
    starts[:, 1:] &= ~free[:, :-1]
    runs = np.cumsum(starts.ravel()).reshape(free.shape) * free  # numbers from 1; 0 where it is not free

    def spread(marked: np.ndarray) -> np.ndarray:
        chosen = np.zeros(int(runs.max(initial=0)) + 1, bool)
        chosen[runs[marked & free]] = True
        return chosen[runs] & free

    return spread
