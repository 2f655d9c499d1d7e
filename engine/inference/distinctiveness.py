"""How easily it is seen that a place of a picture comes again (ours; not in the paper).

Grass beside grass is no repetition, a second gable is. What is like hardly any other place is distinctive.
"""

import numpy as np
import torch

from engine.inference.patch_match import STEP, at, weights, windows

EVERY = STEP  # px from one place to the next
MOST = 4000  # places that are compared; where there are more, they lie farther from one another
SMALLER = 2  # times, so that a window is as wide as a house
APART = 12  # px: what lies nearer is no second place
OTHERS = 3  # places that have to be alike
HALF = 400.0  # mean squared difference from them, of grey levels, at which a place is half distinctive
AT_ONCE = 512  # places


def distinctiveness(picture: np.ndarray, allowed: np.ndarray) -> np.ndarray:
    """Return how distinctive each place is, from 0, a plain ground, to 1, float32 (h, w).

    picture: SMALLER times smaller, float32, as `padded` has it. allowed: bool (h, w), the places that are told.
    """
    every = EVERY * int(np.ceil(np.sqrt(max(1.0, allowed.sum() / EVERY**2 / MOST))))
    there = allowed[::every, ::every]
    places = np.argwhere(there) * every
    found = np.zeros(there.shape, np.float32)
    if len(places) > OTHERS:
        seen = windows(picture, *at(SMALLER, places).T) * np.sqrt(weights())[:, None]
        unlike = _unlike_all_else(torch.from_numpy(seen).flatten(1), torch.from_numpy(places))
        found[there] = unlike / (unlike + HALF)
    wide = found.repeat(every, 0).repeat(every, 1)
    return wide[: allowed.shape[0], : allowed.shape[1]]


def _unlike_all_else(seen: torch.Tensor, places: torch.Tensor) -> np.ndarray:
    """How unlike each of the places, (n, 2), is to the OTHERS that are most alike, float32 (n,); seen: (n, values).

    It is 0 where there are not as many others: nothing can be said.
    """
    result = []
    for some, here in zip(seen.split(AT_ONCE), places.split(AT_ONCE), strict=True):
        apart = torch.cdist(some, seen).square() / 3
        apart[(here[:, None] - places).abs().amax(2) < APART] = torch.inf
        result.append(apart.topk(OTHERS, 1, largest=False).values.mean(1))
    return torch.cat(result).nan_to_num(posinf=0.0).numpy()
