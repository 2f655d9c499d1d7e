"""Along which line pieces part: where both of them show nearly the same (ours; not in the paper).

A shift map says where each token of a sketch comes from, so its pieces end at edges of tokens, in straight lines and
steps. Here each block near such an edge chooses among the pieces around it, so that what is cut is alike on both sides:
seams as in graph-cut textures (Kwatra et al. 2003), as the finer levels of shift-map editing (Pritch et al. 2009).
"""

import numpy as np

from engine.inference.compiled.tree_reweighted import label_grid
from engine.inference.patch_match import SIDE, STEP, padded
from engine.inference.shift_candidates import beside, may
from engine.inference.shift_costs import NEVER, counted, neighbours, overlap, unlike

REACHES = (1, 2, 3)  # blocks from which on a piece may grow in one round
ROUNDS, SWEEPS = 2, 8
PIECES = 9  # that a block chooses among
MOVED = 20.0  # what it costs to leave one's own piece
FIXED = 8.0  # what a pixel of what is fixed counts


def along_cuts(
    source: np.ndarray, allowed: np.ndarray, least: int, picture: np.ndarray, fixed: np.ndarray, free: np.ndarray,
    offsets: np.ndarray,
) -> np.ndarray:  # fmt: skip
    """Return offsets, int64 (rows, columns, 2) in pixels, with cuts between pieces where they show least.

    source: float32 (h, w, 3), filled in where it is not known; allowed: bool (h, w), as `corners` has it; least: pixels
    that a source is away at least. picture: float32 (h, w, 3), and what of it is fixed, bool (h, w). free: bool (rows,
    columns), the blocks of STEP pixels that may change.
    """
    source, picture, weight = padded(source), padded(picture), np.pad(FIXED * fixed.astype(np.float32), SIDE)
    for _ in range(ROUNDS):
        offsets = offsets.copy()
        places, shifts, there = _pieces(allowed, least, free, offsets)
        if not len(shifts):
            break
        y, x = places[0] * STEP, places[1] * STEP
        from_y, from_x = y[:, None] + shifts[..., 0], x[:, None] + shifts[..., 1]
        cost = np.full(there.shape, NEVER)
        block, piece = np.nonzero(there)
        cost[there] = MOVED * (piece > 0) + unlike(
            source, picture, weight, y[block], x[block], from_y[there], from_x[there]
        )
        many, after = there.sum(1), neighbours(free.shape, *places)
        pairs = overlap(source, from_y, from_x, many, after, np.inf)
        chosen = label_grid(counted(cost), many, *after, *pairs, SWEEPS)
        offsets[tuple(places)] = shifts[np.arange(len(shifts)), chosen]
    return offsets


def _pieces(
    allowed: np.ndarray, least: int, free: np.ndarray, offsets: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The places of blocks near cuts, int64 (2, n), the pieces that they may belong to, (n, PIECES, 2), and whether.

    A block's own piece comes first, then those around, the nearest first.
    """
    rows, columns = places = np.stack(np.nonzero(free))
    shifts = np.stack([offsets[rows, columns], *beside(free, rows, columns, offsets, REACHES)], 1)
    there = may(allowed, least, rows * STEP, columns * STEP, shifts)
    there[:, 0] = True
    near = np.zeros((free.shape[0] + 2, free.shape[1] + 2), bool)  # with those beside, which say what it costs to meet
    for down, across in ((1, 1), (0, 1), (2, 1), (1, 0), (1, 2)):
        near[rows + down, columns + across] |= there.sum(1) > 1
    some = near[rows + 1, columns + 1]
    order = (~there[some]).argsort(1, kind="stable")[:, :PIECES]
    there = np.take_along_axis(there[some], order, 1)
    shifts = np.take_along_axis(shifts[some], order[..., None], 1)
    return places[:, some], np.where(there[..., None], shifts, shifts[:, :1]), there
