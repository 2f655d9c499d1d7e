"""The loops of matching and voting, compiled by numba; `engine.inference.patch_match` prepares what they read.

Blocks are tried all at once: what one finds is seen by its neighbours in the next try alone, so nothing hangs on the
order in which they are gone through.
"""

from typing import NamedTuple

import numpy as np

from engine.inference.compiled import ANY_ORDER, ORDERED, compiled

F32 = np.float32
ROWS = 12  # rows of what is compared, each of so many numbers of 3 colours
WIDE = 36


class Blocks(NamedTuple):
    """N free blocks of a scene, what they look for and where they look for it.

    y, x: int64 (N,), their corners in pixels; wanted, share: float32 (N, ROWS, WIDE), the pixels to be found and how
    much each counts; toll: float32 (N,), what a row away from `home`, int64 (N,), costs by its square. source: float32
    (h + margins, 3 · (w + margins)); allowed: bool (h, w); least: pixels that a source is away at least.
    """

    y: np.ndarray
    x: np.ndarray
    wanted: np.ndarray
    share: np.ndarray
    toll: np.ndarray
    home: np.ndarray
    source: np.ndarray
    allowed: np.ndarray
    least: int
    margin: int  # of the source, to the first pixel that is compared


@compiled(ANY_ORDER)
def _apart(wanted, share, source, y, x, most):
    """How far off a place is: the sum of squares by their shares, or something above `most`, once it is that much."""
    total = F32(0)
    for row in range(ROWS):
        own, much, there = wanted[row], share[row], source[y + row]
        part = F32(0)
        for n in range(WIDE):
            step = there[x + n] - own[n]
            part += much[n] * step * step
        total += part
        if total > most:
            return total
    return total


@compiled(ANY_ORDER)
def cost(blocks, n, dy, dx, most):
    """What it costs that block n is taken from so far away; no less than `most` where it is more."""
    y, x = blocks.y[n] + dy, blocks.x[n] + dx
    away = F32(y - blocks.home[n])
    toll = blocks.toll[n] * away * away
    at_y, at_x = y + blocks.margin, 3 * (x + blocks.margin)
    return toll + _apart(blocks.wanted[n], blocks.share[n], blocks.source, at_y, at_x, most - toll)


@compiled(ANY_ORDER)
def may(blocks, n, dy, dx):
    """Whether block n may be taken from so far away."""
    least = blocks.least
    far = dy >= least or -dy >= least or dx >= least or -dx >= least
    return far and blocks.allowed[blocks.y[n] + dy, blocks.x[n] + dx]


@compiled(ANY_ORDER)
def costs(blocks, offsets, out):
    """Put down what each block's offset, (N, 2), costs; a thousand million where it may not be."""
    for n in range(len(out)):
        dy, dx = offsets[n, 0], offsets[n, 1]
        out[n] = cost(blocks, n, dy, dx, F32(1e9)) if may(blocks, n, dy, dx) else F32(1e9)


@compiled(ORDERED)
def _taken(y, x, row, column, offsets, comb, step):
    """How many neighbours take the very place (y, x): the teeth of a comb."""
    count = 0
    for n in range(len(comb)):
        r = min(max(row + comb[n, 0], 0), offsets.shape[0] - 1)
        c = min(max(column + comb[n, 1], 0), offsets.shape[1] - 1)
        dy, dx = r * step + offsets[r, c, 0] - y, c * step + offsets[r, c, 1] - x
        count += -step < dy < step and -step < dx < step
    return count


@compiled(ANY_ORDER)
def better(blocks, step, offsets, spent, tried, some, factor, margin, comb, twice, out):
    """Which of `some` blocks had better be taken from where they are tried, bool (N,); what that costs goes to `out`.

    offsets: int64 (rows, columns, 2), of all blocks as they are; spent: float32 (N,), what they cost; tried: int64
    (len(some), 2). A block is better off by `factor` of what it cost, and by `margin`; what neighbours take already
    costs `twice` for each.
    """
    result = np.zeros(len(spent), np.bool_)
    for i in range(len(some)):
        n = some[i]
        row, column = blocks.y[n] // step, blocks.x[n] // step
        dy, dx = tried[i, 0], tried[i, 1]
        if (dy == offsets[row, column, 0] and dx == offsets[row, column, 1]) or not may(blocks, n, dy, dx):
            continue
        most = spent[n] * factor - margin
        if most <= F32(0):
            continue
        found = cost(blocks, n, dy, dx, most)
        if found < most:
            y, x = blocks.y[n] + dy, blocks.x[n] + dx
            found += twice * F32(_taken(y, x, row, column, offsets, comb, step))
            if found < most:
                result[n] = True
                out[n] = found
    return result


@compiled(ORDERED)
def lay(source, known, runs, block, rise, corner, origin, total, much):
    """Add runs of blocks to what is voted, float32 (h, w, channels) and (h, w), each over `rise` into the next.

    source: (h, w, channels); known: bool (h, w). runs: int64 (count, 5), row, first and last + 1 of the blocks, and how
    far they are moved, in pixels of the source. rise: float64 (2 · fade,), by which a run begins; the first pixel of
    what is voted is `fade` beside the block `origin`, and the block (0, 0) is at the pixel `corner` of the source.
    """
    fade = len(rise) // 2
    channels = source.shape[2]
    for n in range(len(runs)):
        row, first, last, dy, dx = runs[n]
        height, width = block + 2 * fade, (last - first) * block + 2 * fade
        y, x = (row - origin[0]) * block, (first - origin[1]) * block
        sy, sx = row * block - fade + dy + corner[0], first * block - fade + dx + corner[1]
        # Cut to what is asked for and to what the source has; what lies outside is left to the neighbours.
        low_y, low_x = max(0, -y, -sy), max(0, -x, -sx)
        high_y = min(height, total.shape[0] - y, source.shape[0] - sy)
        high_x = min(width, total.shape[1] - x, source.shape[1] - sx)
        for i in range(low_y, high_y):
            down = _risen(i, height, rise)
            for j in range(low_x, high_x):
                if known[sy + i, sx + j]:
                    share = down * _risen(j, width, rise)
                    much[y + i, x + j] += share
                    for c in range(channels):
                        total[y + i, x + j, c] += F32(source[sy + i, sx + j, c]) * share


@compiled(ORDERED)
def _risen(place, length, rise):
    """The weight of a pixel of a run: it rises at its begin and falls at its end; those of neighbours sum to one."""
    weight = F32(1)
    if place < len(rise):
        weight = F32(weight * rise[place])
    if place >= length - len(rise):
        weight = F32(weight * rise[length - 1 - place])
    return weight
