"""What stands singly in a small picture, such as a ship on the sea (ours; not in the paper).

Beside a picture of ordinary height a ship may come again farther off. A small one is seen at once with all that is
painted beside it: there it would come in rows. So nothing is taken from such a thing, unless the border cuts it, for
then it has to go on.
"""

import numpy as np

from engine.inference.connected_parts import components
from engine.inference.exemplar import grown
from engine.inference.neighbourhoods import Neighbourhoods, disc
from engine.inference.patch_match import STEP
from engine.inference.working_scale import cut
from engine.models.vqgan import VOID

SMALL = 2  # patches to the height, below which a picture is small
SINGLE, EDGE = 0.6, 0.1  # how unlike all else it is around the middle of a thing, and around its edge, in latents²
CUT = 0.2  # the same of what the border cuts
ROWS = 6  # times smaller than the height is how far up and down a thing is compared with the ground around it
APART = 4  # blocks: what lies nearer is no second place
USUAL = 0.75  # share of the ground that is less unlike all the rest of it than a thing is
MOST = 0.5  # of the blocks of the middle of a thing, that are that unlike
LARGEST = 0.6  # of all that may be taken, that is a thing: what is more is the picture


def lone_things(
    pixels: np.ndarray, tokens: np.ndarray, usable: np.ndarray, painted: np.ndarray, table: np.ndarray
) -> np.ndarray:
    """Find the pixels of lone things that are whole, bool (h, w).

    pixels: uint8 (h, w, 3). tokens: int64 (rows, columns), VOID where they are not known. usable: bool, which may be
    taken from. painted: bool, which known ones lie beside what is painted. table: what of each token is compared.
    """
    single = _single(tokens, usable, table)
    label = components(single > EDGE)
    maybe = np.setdiff1d(label[single > SINGLE], [0, *label[painted & (single > CUT)]])
    around, side = grown(np.isin(label, maybe)) & usable, pixels.shape[0] // tokens.shape[0] // STEP
    ground = _fine(usable & ~around, side)
    if not around.any() or not ground.any():
        return np.zeros(pixels.shape[:2], bool)
    apart = _apart(pixels, _fine(usable, side), ground)
    unlike = apart > np.quantile(apart[ground], USUAL)
    sure = np.intersect1d(maybe, label[(single > SINGLE) & (cut(unlike, side).mean(2) > MOST)])
    around = _fine(grown(np.isin(label, sure)) & usable, side)
    found = grown(unlike & around) & around
    found &= found.sum() <= LARGEST * usable.sum() * side**2
    return _fine(found, STEP)


def _fine(mask: np.ndarray, times: int) -> np.ndarray:
    """A mask with each of its places as so many rows and columns."""
    return mask.repeat(times, 0).repeat(times, 1)


def _single(tokens: np.ndarray, usable: np.ndarray, table: np.ndarray) -> np.ndarray:
    """How unlike all else what lies around each usable token is, float32 (rows, columns)."""
    down, across, weights = disc()
    reach = int(down.max())
    known = np.pad(tokens != VOID, reach)
    latents = table[np.pad(tokens, reach, constant_values=VOID)] * known[..., None]
    rows, columns = np.nonzero(usable)
    place = rows[:, None] + reach + down, columns[:, None] + reach + across
    found = np.zeros(usable.shape, np.float32)
    around = Neighbourhoods(latents[place].astype(np.float32), known[place].astype(np.float32), weights)
    found[rows, columns] = around.single(rows, columns)
    return found


def _apart(pixels: np.ndarray, usable: np.ndarray, ground: np.ndarray) -> np.ndarray:
    """How unlike the ground about as high each usable block is, float32 (rows, columns), by tone and roughness.

    usable, ground: bool (rows, columns), of blocks of STEP pixels.
    """
    wide = np.pad(pixels.astype(np.float32), [(STEP // 2, STEP // 2)] * 2 + [(0, 0)], mode="edge")
    twice = np.lib.stride_tricks.sliding_window_view(wide, (2 * STEP, 2 * STEP), (0, 1))[::STEP, ::STEP]
    seen = np.concatenate([twice.mean((3, 4)), twice.std((3, 4))], 2)
    places, sources = np.argwhere(usable), np.argwhere(ground)
    result = np.zeros(usable.shape, np.float32)
    for row in range(len(usable)):
        here = places[places[:, 0] == row]
        near = sources[np.abs(sources[:, 0] - row) <= len(usable) / ROWS]
        apart = ((seen[tuple(here.T)][:, None] - seen[tuple(near.T)]) ** 2).sum(2)
        beside = np.abs(here[:, None] - near).max(2) <= APART
        apart[beside & ground[tuple(here.T)][:, None]] = np.inf
        result[row, here[:, 1]] = apart.min(1, initial=1e6)
    return result
