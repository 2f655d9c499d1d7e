"""The onion skin: the frames before and after as tinted veils, there only where they are another picture."""

import numpy as np

GHOST = 0.7  # how much is seen at most of the frames before and after
REACH = 64.0  # levels of difference that are seen as strongly as that


def skin(here: np.ndarray, other: np.ndarray, tint: tuple[int, int, int]) -> np.ndarray:
    """Another frame as a veil, uint8 (height, width, 4)."""
    apart = np.abs(here.astype(np.int16) - other).max(2)
    alpha = np.minimum(apart / REACH, 1.0) * GHOST
    colour = other * 0.25 + np.array(tint, np.float32) * 0.75
    return np.dstack([colour, alpha * 255]).astype(np.uint8)


def laid(skins: list[np.ndarray]) -> np.ndarray:
    """Veils over one another, as one; each weighs by how much of it is seen."""
    if len(skins) == 1:
        return np.ascontiguousarray(skins[0])
    weights = [skin[..., 3:].astype(np.float32) for skin in skins]
    whole = np.maximum(sum(weights), 1e-6)
    colour = sum(skin[..., :3] * (weight / whole) for skin, weight in zip(skins, weights, strict=True))
    return np.ascontiguousarray(np.dstack([colour, np.maximum(*weights[:2])]).astype(np.uint8))
