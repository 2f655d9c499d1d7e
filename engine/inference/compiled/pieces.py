"""The loops of arranging pieces, compiled by numba; `engine.inference.shift_costs` prepares what they read."""

import numpy as np

from engine.inference.compiled import ANY_ORDER, ORDERED, compiled

F32 = np.float32


@compiled(ANY_ORDER)
def apart(source, picture, weight, share, y, x, from_y, from_x):
    """How unlike what lies at (from_y, from_x) in a source is to what lies at (y, x) in a picture, float32 (n,).

    source, picture: float32 (h, 3 · w), the colours of pixels; weight: float32 (h, w), what pixels of the picture
    count; share: float32 (side, side), what they count by their place. y, x, from_y, from_x: int64 (n,), upper left
    pixels.
    """
    side, result = len(share), np.zeros(len(y), np.float32)
    much = np.empty(3 * side, np.float32)
    for n in range(len(y)):
        own, other, total = 3 * x[n], 3 * from_x[n], F32(0)
        for row in range(side):
            counts, by_place = weight[y[n] + row], share[row]
            for column in range(side):
                count = by_place[column] * counts[x[n] + column]
                much[3 * column] = count
                much[3 * column + 1] = count
                much[3 * column + 2] = count
            mine, there, part = picture[y[n] + row], source[from_y[n] + row], F32(0)
            for each in range(3 * side):
                step = there[other + each] - mine[own + each]
                part += much[each] * step * step
            total += part
        result[n] = total
    return result


@compiled(ORDERED)
def nearest_twins(order, low, high, y, x, from_y, from_x, inward, step, near, out):
    """Lower each token's distance, `out`, float64 (tokens,), to that of the nearest other one that shows the same.

    y, x: int64 (n,), where tokens lie, and those that are fixed after them; from_y, from_x: what they show; inward: how
    far they are from what is fixed: of two that show the same, the one farther in is told. order[low[i]:high[i]] are
    those in whose rows token i may be found. What is `near` or nearer is no second place.
    """
    for token in range(len(out)):
        for n in range(low[token], high[token]):
            other = order[n]
            if abs(from_x[other] - from_x[token]) < step and inward[other] <= inward[token]:
                far = max(abs(y[other] - y[token]), abs(x[other] - x[token]))
                if far > near:
                    out[token] = min(out[token], far)
