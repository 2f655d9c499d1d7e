"""Pictures at other sizes."""

import numpy as np
from PIL import Image

LANCZOS, BOX = Image.Resampling.LANCZOS, Image.Resampling.BOX


def resized(pixels: np.ndarray, size: tuple[int, int], how: Image.Resampling = LANCZOS) -> np.ndarray:
    """Return pixels uint8 (h, w, 3 or 4) at a size (width, height); colours count as much as they are seen."""
    if (pixels.shape[1], pixels.shape[0]) == size:
        return pixels
    image = Image.fromarray(np.ascontiguousarray(pixels))
    if image.mode == "RGBA":
        return np.array(image.convert("RGBa").resize(size, how).convert("RGBA"))
    return np.array(image.resize(size, how))  # which PyTorch may write into
