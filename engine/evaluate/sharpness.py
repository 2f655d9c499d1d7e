"""Sharpness: how much finely drawn the painted side of a border is, against the known side (ours).

It is the mean absolute difference of neighbouring pixels of the painted part near the border over that of the known
part near it: 1 where both are drawn alike, and below where what is painted is softer.
"""

import numpy as np

from engine.evaluate.borders import LUMA
from engine.request import Box

REACH = 256  # pixels on each side of the border
_FLOOR = 0.1  # grey levels: nothing is drawn below


def sharpness(pixels: np.ndarray, known: Box) -> dict[str, float | None]:
    """Return the ratio for each side of `known`, None where nothing is painted.

    pixels: uint8 (height, width, 3); known: relative to it.
    """
    whole = Box(0, 0, pixels.shape[1], pixels.shape[0])
    left, top, right, bottom = known.x, known.y, known.right, known.bottom
    sides = {
        "left": (Box.spanning(left - REACH, top, left, bottom), Box.spanning(left, top, left + REACH, bottom)),
        "right": (Box.spanning(right, top, right + REACH, bottom), Box.spanning(right - REACH, top, right, bottom)),
        "up": (Box.spanning(left, top - REACH, right, top), Box.spanning(left, top, right, top + REACH)),
        "down": (Box.spanning(left, bottom, right, bottom + REACH), Box.spanning(left, bottom - REACH, right, bottom)),
    }
    return {
        side: _ratio(pixels, whole, new.intersect(whole), old.intersect(known)) for side, (new, old) in sides.items()
    }


def _ratio(pixels: np.ndarray, whole: Box, new: Box, old: Box) -> float | None:
    if min(new.width, new.height, old.width, old.height) < 2:
        return None
    energy = [_energy(pixels[box.slices(whole)]) for box in (new, old)]
    return energy[0] / max(energy[1], _FLOOR)


def _energy(pixels: np.ndarray) -> float:
    light = pixels @ LUMA
    return float(np.abs(np.diff(light, axis=0)).mean() + np.abs(np.diff(light, axis=1)).mean())
