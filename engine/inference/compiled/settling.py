"""Conjugate gradients for pictures that are joined by their gradients (`engine.inference.gradient_domain`).

Pictures are framed: rows of 3 · width numbers, with a pixel of zeros around.
"""

import numpy as np

from engine.inference.compiled import ORDERED, compiled


@compiled(ORDERED)
def _apply(u, free, down, right, hold, image, sums):
    """The equations applied to a framed picture, and the sums of u · that by column.

    down, right: how much each pixel and the one above, or to the left, are joined. hold: how strongly it is held.
    """
    sums[:] = 0
    count = u.shape[1] - 6
    for y in range(1, u.shape[0] - 1):
        here, above, below = u[y, 3:], u[y - 1, 3:], u[y + 1, 3:]
        before, after = u[y], u[y, 6:]
        to_above, to_below, to_before, to_after = down[y, 3:], down[y + 1, 3:], right[y, 3:], right[y, 6:]
        own, held, result = free[y, 3:], hold[y, 3:], image[y, 3:]
        for n in range(count):
            made = held[n] * here[n] + (here[n] - above[n]) * to_above[n] - (below[n] - here[n]) * to_below[n]
            made = made + (here[n] - before[n]) * to_before[n] - (after[n] - here[n]) * to_after[n]
            result[n] = made * own[n]
            sums[n] += here[n] * result[n]


@compiled(ORDERED)
def _by_colour(sums):
    """Sums by column to those of the three colours."""
    result = np.zeros(3, np.float32)
    for n in range(len(sums)):
        result[n % 3] += sums[n]
    return result


@compiled(ORDERED)
def solve(solution, wanted, free, down, right, hold, rounds):
    """Solve the equations by conjugate gradients, each colour for itself, in place; all framed."""
    image, way, residual = np.zeros_like(solution), np.zeros_like(solution), np.zeros_like(solution)
    count = solution.shape[1] - 6
    sums, steps = np.zeros(count, np.float32), np.zeros(count, np.float32)
    _apply(solution, free, down, right, hold, image, sums)
    sums[:] = 0
    for y in range(1, solution.shape[0] - 1):
        for n in range(count):
            left = wanted[y, 3 + n] * free[y, 3 + n] - image[y, 3 + n]
            residual[y, 3 + n] = way[y, 3 + n] = left
            sums[n] += left * left
    size = _by_colour(sums)
    for _ in range(rounds):
        _apply(way, free, down, right, hold, image, sums)
        along = _by_colour(sums)
        for n in range(count):
            steps[n] = size[n % 3] / max(along[n % 3], np.float32(1e-12))
        sums[:] = 0
        for y in range(1, solution.shape[0] - 1):
            there, left, ahead, made = solution[y, 3:], residual[y, 3:], way[y, 3:], image[y, 3:]
            for n in range(count):
                there[n] += steps[n] * ahead[n]
                rest = left[n] - steps[n] * made[n]
                left[n] = rest
                sums[n] += rest * rest
        new = _by_colour(sums)
        if new.max() < np.float32(1e-3):
            break
        for n in range(count):
            steps[n] = new[n % 3] / max(size[n % 3], np.float32(1e-12))
        for y in range(1, solution.shape[0] - 1):
            left, ahead = residual[y, 3:], way[y, 3:]
            for n in range(count):
                ahead[n] = left[n] + steps[n] * ahead[n]
        size = new
