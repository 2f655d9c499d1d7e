"""Nearest-neighbour copying distance: whether painted blocks are nearer to the training pictures than real ones are."""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

BLOCK = 32  # pixels to the side of a block, compared at half size, in grey
STRIDE = 16  # pixels between blocks of the training pictures
_FLAT = 3.0  # grey levels of deviation: flatter blocks have no drawing of their own and are left out
_LUMA = np.array([0.299, 0.587, 0.114], np.float32)


def signatures(pixels: np.ndarray, stride: int = STRIDE) -> np.ndarray:
    """Blocks of a picture uint8 (h, w, 3) at half size in grey, mean removed, unit norm: float32 (count, 256)."""
    height, width = pixels.shape[0] // 2, pixels.shape[1] // 2
    half = BLOCK // 2
    if min(height, width) < half:
        return np.empty((0, half * half), np.float32)
    grey = (pixels[: 2 * height, : 2 * width] @ _LUMA).reshape(height, 2, width, 2).mean((1, 3))
    windows = np.lib.stride_tricks.sliding_window_view(grey, (half, half))[:: stride // 2, :: stride // 2]
    flat = windows.reshape(-1, half * half)
    flat = flat - flat.mean(1, keepdims=True)
    norm = np.linalg.norm(flat, axis=1)
    drawn = norm > _FLAT * half
    return (flat[drawn] / norm[drawn, None]).astype(np.float32)


def nearest(queries: np.ndarray, training: Iterable[np.ndarray]) -> np.ndarray:
    """For each signature the smallest distance to any block of the training pictures, 0 for equal, √2 for unrelated."""
    best = np.full(len(queries), -1.0, np.float32)
    for pixels in training:
        blocks = signatures(pixels)
        if len(blocks):
            best = np.maximum(best, (queries @ blocks.T).max(1))
    return np.sqrt((2 - 2 * best).clip(0))


def memorization(
    painted: Sequence[np.ndarray], real: Sequence[np.ndarray], training: Sequence[np.ndarray], count: int = 256
) -> dict[str, Any]:
    """Medians over `count` blocks of painted and of held-out real crops; a ratio well below 1 means copies.

    painted, real: crops uint8. Blocks for the comparison do not overlap; which ones is drawn with a fixed seed.
    """
    rng = np.random.default_rng(0)
    drawn = [np.concatenate([signatures(crop, BLOCK) for crop in crops]) for crops in (painted, real)]
    queries = [rows[rng.permutation(len(rows))[:count]] for rows in drawn]
    if not all(len(found) for found in queries):
        return {"blocks": [len(found) for found in queries], "ratio": None}
    distances = nearest(np.concatenate(queries), training)
    medians = [float(np.median(part)) for part in np.split(distances, [len(queries[0])])]
    return {
        "blocks": [len(found) for found in queries],
        "training_pictures": len(training),
        "painted": medians[0],
        "painted_smallest": float(distances[: len(queries[0])].min()),
        "held_out": medians[1],
        "held_out_smallest": float(distances[len(queries[0]) :].min()),
        "ratio": medians[0] / medians[1] if medians[1] > 0 else None,
    }
