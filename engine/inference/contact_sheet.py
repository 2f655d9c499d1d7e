"""Contact sheets of continuations: what metrics cannot say about a model, to be looked at in full size."""

from collections.abc import Iterable
from pathlib import Path

import numpy as np
from PIL import Image

from engine.inference.paint import paint_all
from engine.media.atomic_file import written_whole
from engine.models.checkpoint import ImageModel
from engine.request import Box, KnownPicture, PaintRequest

GAP = 8


def continuation_sheet(model: ImageModel, crops: Iterable[np.ndarray], path: Path, columns: int = 2) -> None:
    """Write a picture of crops uint8 (height, width, 3), each kept at the left and painted on by patch columns."""
    rows = []
    for number, crop in enumerate(crops):
        height, width = crop.shape[:2]
        painted = extended(model, crop, Box(0, 0, width + columns * model.config.patch_px, height), seed=number)
        rows += [painted, np.full((GAP, painted.shape[1], 3), 255, np.uint8)]
    with written_whole(path) as file:
        Image.fromarray(np.concatenate(rows[:-1])).save(file, format="WEBP" if path.suffix == ".webp" else "PNG")


def extended(model: ImageModel, pixels: np.ndarray, target: Box, seed: int, exemplar: float = 0.0) -> np.ndarray:
    """Return the finished `target` around known pixels uint8 (h, w, 3), whose corner is (0, 0), as an artist has it.

    exemplar: how far the known pixels are followed; 0 is the model alone, which is what is measured elsewhere.
    """
    known = KnownPicture(Box(0, 0, pixels.shape[1], pixels.shape[0]), pixels)
    local = "mask_predict" if model.config.decoder.masked else "ar"
    return paint_all(PaintRequest(target, (known,), seed=seed, local=local, grain=1.0, exemplar=exemplar), model)
