"""How far a picture moves from one frame to the next, by phase correlation."""

from typing import NamedTuple

import numpy as np

SMOOTH = 0.2  # cycles per pixel: finer grain, which painting makes anew in every frame, counts little


class Shift(NamedTuple):
    """How far what is seen has moved, in pixels; `sure` is the height of the peak, 1 where nothing else has changed."""

    right: int
    down: int
    sure: float


def shift_between(before: np.ndarray, after: np.ndarray) -> Shift:
    """Measure how far the picture has moved between two frames uint8 (height, width, 3)."""
    height, width = before.shape[:2]
    window = np.outer(np.hanning(height), np.hanning(width))  # no edges, which would stand still
    one, other = (np.fft.fft2((frame.mean(-1) - frame.mean()) * window) for frame in (before, after))
    cross = np.conj(one) * other
    rows, columns = np.fft.fftfreq(height)[:, None], np.fft.fftfreq(width)
    weights = np.exp(-(rows**2 + columns**2) / (2 * SMOOTH**2)) * (np.abs(cross) > 0)
    surface = np.fft.ifft2(np.exp(1j * np.angle(cross)) * weights).real * cross.size / max(weights.sum(), 1e-9)
    down, right = np.unravel_index(surface.argmax(), surface.shape)
    return Shift(_signed(right, width), _signed(down, height), float(surface.max()))


def _signed(place: np.intp, side: int) -> int:
    """The transform goes round: what lies beyond the middle is a way back."""
    return (int(place) + side // 2) % side - side // 2
