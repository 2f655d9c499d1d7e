"""Shifts that tokens of a sketch may try: how far away the places of the known picture are that they come from."""

import numpy as np

from engine.inference.coarse_to_fine import all_set, means
from engine.inference.patch_match import SIDE, STEP, at, padded, unlike_all, weights, windows
from engine.inference.shift_costs import Tokens
from engine.request import Box

LABELS = 48  # shifts that a token chooses among
REACHES = (1, 2, 4, 8)  # tokens at which neighbours are, whose shifts are tried
WAYS, APART = 4, 8  # places that look as some place does, and px between them
PLACES = 9  # of the border, nearest to a token, of which every second is asked
GOING_ON = 12  # of the shifts that go on from there, how many a token keeps whatever they cost
COMMON = 8  # commonest shifts, which are tried everywhere
AT_ONCE = 8192  # windows that are compared at once
PARTED = 300.0  # mean squared difference beside a token, from which on it is looked for what fits
TOGETHER = 2  # times smaller than the tokens, for that: a window is as wide as six of them
PAIRS = 2_000_000  # of places and sources that are compared at once: some 75 MiB
SLIGHTLY = ((0, 1), (0, -1), (1, 0), (-1, 0))  # px by which a shift is changed, so that lines meet


def begun_with(tokens: Tokens, begun: np.ndarray) -> tuple[np.ndarray, slice]:
    """Return shifts that each token may try, int64 (tokens, shifts, 2), and which of them go on from the border.

    begun: (rows, columns, 2), what was found before. They are its own, its neighbours', such as go on from the
    nearest places of the border, and the commonest of all.
    """
    places = tokens.free, tokens.rows, tokens.columns
    found = [begun[tokens.rows, tokens.columns], *beside(*places, begun, REACHES)]
    first = len(found)
    found += _going_on(tokens)
    ways, count = np.unique(np.concatenate(found), axis=0, return_counts=True)
    from_border = slice(first, len(found))
    found += [np.broadcast_to(way, found[0].shape) for way in ways[np.argsort(-count, kind="stable")[:COMMON]]]
    return np.stack(found, 1), from_border


def closer(tokens: Tokens, found: np.ndarray) -> np.ndarray:
    """Return shifts that may fit better than those found, (rows, columns, 2), as `begun_with` does.

    They are its own, slightly changed, its neighbours', and such as lead to places that look as the finished picture
    does around a token or around its neighbours, where pieces part there: a bank for what would be a cut.
    """
    own, alike = found[tokens.rows, tokens.columns], _fitting(tokens, found)
    places = tokens.free, tokens.rows, tokens.columns
    shifts = [own, *beside(*places, found, REACHES[:2]), *(own + np.array(slightly) for slightly in SLIGHTLY)]
    for way in range(WAYS):
        shifts.append(alike[tokens.rows, tokens.columns, way])
        shifts += beside(*places, alike[..., way, :], REACHES[:1]) if way < 2 else []
    return np.stack(shifts, 1)


def best(tokens: Tokens, shifts: np.ndarray, keeping: slice = slice(0)) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the LABELS best shifts of each token, and what they cost beside what is fixed, and by the sketch.

    keeping: shifts of which GOING_ON are kept whatever they cost. Those that may not be cost infinitely much, and lead
    to the first place that may be taken.
    """
    border, sketch = (np.full(shifts.shape[:2], np.inf, np.float32) for _ in range(2))
    some = np.nonzero(may(tokens.source.allowed, tokens.source.least, tokens.y, tokens.x, shifts))
    for start in range(0, len(some[0]), AT_ONCE):
        token, which = (axis[start : start + AT_ONCE] for axis in some)
        border[token, which], sketch[token, which] = tokens.cost(token, shifts[token, which])
    cost = border + sketch
    rank = cost.argsort(1, kind="stable").argsort(1, kind="stable")
    among = cost[:, keeping].argsort(1, kind="stable").argsort(1, kind="stable")
    rank[:, keeping] -= np.where(among < GOING_ON, shifts.shape[1], 0)
    rank[np.isinf(cost)] = 2 * shifts.shape[1]
    order = rank.argsort(1, kind="stable")[:, :LABELS]
    shifts = np.take_along_axis(shifts, order[..., None], 1)
    border, sketch = (np.take_along_axis(costs, order, 1) for costs in (border, sketch))
    first = np.argwhere(tokens.source.allowed)[0] - np.stack([tokens.y, tokens.x], 1)
    return np.where(np.isinf(border)[..., None], first[:, None], shifts), border, sketch


def beside(
    free: np.ndarray, rows: np.ndarray, columns: np.ndarray, shifts: np.ndarray, reaches: tuple[int, ...]
) -> list[np.ndarray]:
    """The shifts, (rows, columns, 2), of free neighbours in eight directions, (places, 2) each; else a place's own."""
    own, (height, width), found = shifts[rows, columns], free.shape, []
    for reach in reaches:
        for down, across in ((a, b) for a in (-reach, 0, reach) for b in (-reach, 0, reach) if a or b):
            row, column = (rows + down).clip(0, height - 1), (columns + across).clip(0, width - 1)
            found.append(np.where(free[row, column][:, None], shifts[row, column], own))
    return found


def _going_on(tokens: Tokens) -> list[np.ndarray]:
    """Shifts, (tokens, 2) each, of places that look as the border does where it is nearest to a token."""
    rows, columns = tokens.border
    if not len(rows):
        return []
    ways = _alike(tokens, rows * STEP, columns * STEP, tokens.held, tokens.pictures, False)
    nearest = tokens.from_border.argsort(0, kind="stable")[:PLACES:2]
    return [ways[place, way] for place in nearest for way in range(WAYS)]


def _fitting(tokens: Tokens, found: np.ndarray) -> np.ndarray:
    """Shifts, (rows, columns, WAYS, 2), of places that look as the finished picture does; as found where none parts."""
    ways, parted = found[:, :, None].repeat(WAYS, 2), tokens.parted(found) > PARTED
    there = tokens.fixed | tokens.free.repeat(STEP, 0).repeat(STEP, 1)
    held = {TOGETHER: np.pad(all_set(there, TOGETHER).astype(np.float32), SIDE)}
    pictures = {TOGETHER: padded(means(tokens.composed(found), TOGETHER)).astype(np.float32)}
    y, x = tokens.y[parted], tokens.x[parted]
    ways[tokens.rows[parted], tokens.columns[parted]] = _alike(tokens, y, x, held, pictures, True)
    return ways


def _alike(
    tokens: Tokens, rows: np.ndarray, columns: np.ndarray, held: dict[int, np.ndarray],
    pictures: dict[int, np.ndarray], again: bool,
) -> np.ndarray:  # fmt: skip
    """Shifts, int64 (places, WAYS, 2), from places to sources that look as pictures at some sizes do there.

    rows, columns: in pixels. held: what the pixels of the pictures count. again: whether coming again costs.
    """
    allowed = tokens.source.allowed[::2, ::2]
    if not len(rows) or not allowed.any():
        return np.zeros((len(rows), WAYS, 2), np.int64)
    sources = Box.holding(allowed).slices(Box(0, 0, 0, 0))
    parts = len(rows) * allowed[sources].size // PAIRS + 1
    each = zip(np.array_split(rows, parts), np.array_split(columns, parts), strict=True)
    return np.concatenate([_most_alike(tokens, sources, *some, held, pictures, again) for some in each])


def _most_alike(
    tokens: Tokens, sources: tuple[slice, ...], rows: np.ndarray, columns: np.ndarray, held: dict[int, np.ndarray],
    pictures: dict[int, np.ndarray], again: bool,
) -> np.ndarray:  # fmt: skip
    """The same for so few places that they are compared at once; sources: rows and columns of every second pixel."""
    source, ways = tokens.source, np.zeros((len(rows), WAYS, 2), np.int64)
    y, x = (2 * np.arange(some.start, some.stop, dtype=np.int32) for some in sources)
    apart = np.zeros((len(rows), len(y), len(x)), np.float32)
    for n, much in held.items():
        here = at(n, rows), at(n, columns)
        share, wanted = windows(much, *here) * weights(), windows(pictures[n], *here)
        apart += unlike_all(share, wanted, source.pictures[n], at(n, y), at(n, x))
    down, across = y - rows.astype(np.int32)[:, None], x - columns.astype(np.int32)[:, None]
    far = np.maximum(np.abs(down)[:, :, None], np.abs(across)[:, None])
    apart += source.charges.elsewhere * (down[:, :, None] / len(source.allowed)) ** 2
    if again:
        apart += source.again(y[:, None], x, far)
    apart[far < source.least] = np.inf
    apart[:, ~source.allowed[::2, ::2][sources]] = np.inf
    reach = APART // 2
    for way in range(WAYS):
        row, column = np.divmod(apart.reshape(len(rows), -1).argmin(1), len(x))
        ways[:, way] = np.stack([y[row] - rows, x[column] - columns], 1)
        for place, r, c in zip(apart, row, column, strict=True):
            place[max(0, r - reach + 1) : r + reach, max(0, c - reach + 1) : c + reach] = np.inf
    return ways


def may(allowed: np.ndarray, least: int, y: np.ndarray, x: np.ndarray, shifts: np.ndarray) -> np.ndarray:
    """Which shifts, (blocks, shifts, 2), lead to what may be taken, bool (blocks, shifts); of the same ones the first.

    allowed: as `corners` has it. least: pixels that a source is away at least. y, x: int64 (blocks,), in pixels.
    """
    y, x = y[:, None] + shifts[..., 0], x[:, None] + shifts[..., 1]
    height, width = allowed.shape
    result = (y >= 0) & (x >= 0) & (y < height) & (x < width) & (np.abs(shifts).max(2) >= least)
    result &= allowed[y.clip(0, height - 1), x.clip(0, width - 1)]
    key = y * width + x
    order = key.argsort(1, kind="stable")
    again = np.zeros_like(result)
    again[:, 1:] = np.diff(np.take_along_axis(key, order, 1), axis=1) == 0
    np.put_along_axis(again, order, again.copy(), 1)
    return result & ~again
