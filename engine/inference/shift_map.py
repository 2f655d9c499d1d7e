"""Forms out of whole pieces: a shift map says where each token of a sketch comes from (ours; not in the paper).

Each token chooses among places of the known picture, so that pieces that meet show the same where they overlap, go on
from what the border cuts, and are not far from the sketch. A piece that fits nowhere, such as a treetop in the sky,
costs more than the sky does, and goes. As in shift-map editing (Pritch et al. 2009), image completion by belief
propagation (Komodakis and Tziritas 2007) and statistics of patch offsets (He and Sun 2012).
"""

import numpy as np

from engine.inference.coarse_to_fine import all_set, means
from engine.inference.compiled.tree_reweighted import label_grid
from engine.inference.patch_match import STEP
from engine.inference.shift_candidates import begun_with, best, closer
from engine.inference.shift_costs import IN_VIEW, NEVER, SMALLER, Charges, Source, Tokens, counted
from engine.inference.verbatim import copied
from engine.inference.working_scale import cut

SWEEPS = 12
COPY, TRIES = 500.0, 12  # what each token of a copy costs, twice that with no border, and how often it is tried
LOOKS = 4  # how often it is looked for what came twice


class ShiftMap:
    """Arranges sketches out of pieces of one known picture."""

    def __init__(self, source: np.ndarray, usable: np.ndarray, least: int, charges: Charges = IN_VIEW):
        """source: float32 (h, w, 3), filled in where it is not known. usable: bool (h, w), what of it may be taken.

        least: pixels that a source is away at least. All of whole blocks of STEP.
        """
        self.source = Source(source, usable, least, charges)

    def arrange(self, picture: np.ndarray, fixed: np.ndarray, free: np.ndarray, offsets: np.ndarray) -> np.ndarray:
        """Return where all blocks come from, int64 (rows, columns, 2), in pixels.

        picture: float32 (h, w, 3), the sketch and what is fixed, bool (h, w). free: bool (rows, columns), which blocks
        of STEP pixels are arranged. offsets: where they came from so far.
        """
        tokens = Tokens(self.source, means(picture, SMALLER), all_set(fixed, SMALLER), _reduced(free))
        if not len(tokens.y) or not self.source.allowed.any():
            return offsets
        begun = np.round(offsets[::SMALLER, ::SMALLER] / SMALLER).astype(np.int64)
        found = _agreed(tokens, begun, *best(tokens, *begun_with(tokens, begun)))
        for _ in range(self.source.charges.rounds):
            found = _agreed(tokens, begun, *best(tokens, closer(tokens, found)))
        wide = (found * SMALLER).repeat(SMALLER, 0).repeat(SMALLER, 1)[: free.shape[0], : free.shape[1]]
        return np.where(free[..., None], wide, offsets)


def _agreed(
    tokens: Tokens, begun: np.ndarray, shifts: np.ndarray, border: np.ndarray, sketch: np.ndarray
) -> np.ndarray:
    """The shifts of all tokens that together cost the least, int64 (rows, columns, 2); no piece is a copy.

    begun: what was found before, and of what is fixed. shifts, border, sketch: as `best` has them.
    """
    many = np.isfinite(border).sum(1).clip(1)  # those that may be come first
    pairs, cost = tokens.pairs(shifts, many), np.minimum(border + sketch, NEVER)
    found, every = np.zeros((*tokens.free.shape, 2), np.int64), np.arange(len(cost))
    inside = np.where(np.isfinite(border), border, 0).max(1) == 0  # what goes on from the border may well do so
    charges, toll_of_copies = tokens.source.charges, 2 * COPY if inside.all() else COPY
    for number in range(TRIES):
        chosen = label_grid(counted(cost), many, *tokens.after, *pairs, SWEEPS)
        taken = shifts[every, chosen]
        found[tokens.free] = taken
        copy = copied(np.round(found / STEP).astype(np.int64), tokens.free, charges.most)
        toll = toll_of_copies * (copy[tokens.free] & inside)
        if number < LOOKS and charges.again:
            toll = toll + tokens.twice(taken, begun)
        if not toll.any():
            break
        cost += toll[:, None] * (np.abs(shifts - taken[:, None]).max(2) <= STEP)
    return found


def _reduced(free: np.ndarray) -> np.ndarray:
    """Which tokens have free blocks, bool, of blocks."""
    wide = np.pad(free, [(0, -length % SMALLER) for length in free.shape])
    return cut(wide, SMALLER).max(2)
