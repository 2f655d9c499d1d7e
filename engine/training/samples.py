"""A sheet of what a model paints while it learns: held-out corners, each continued to the right."""

from pathlib import Path

import numpy as np
from PIL import Image

from engine.canvas import Canvas
from engine.checkpoint import ImageModel
from engine.paint import paint
from engine.request import Box, KnownPicture, PaintRequest, PatchPainted


def painted_target(request: PaintRequest, model: ImageModel) -> np.ndarray:
    """Paint a request and return its whole target, uint8 (height, width, 3)."""
    pixels = Canvas(request, model).read_known(request.target)[0]
    for event in paint(request, model):
        if isinstance(event, PatchPainted):
            for box, part in event.updates:
                pixels[box.slices(request.target)] = part
    return pixels


def continuation_sheet(model: ImageModel, crops: np.ndarray, path: Path, columns: int = 2, gap: int = 8) -> None:
    """Write a PNG of crops uint8 (count, height, width, 3), each kept at the left and painted on by patch columns."""
    rows = []
    for number, crop in enumerate(crops):
        height, width = crop.shape[:2]
        target = Box(0, 0, width + columns * model.config.patch_px, height)
        request = PaintRequest(target, (KnownPicture(Box(0, 0, width, height), crop),), seed=number)
        rows += [painted_target(request, model), np.full((gap, target.width, 3), 255, np.uint8)]
    part = path.with_name(path.name + ".part")
    Image.fromarray(np.concatenate(rows[:-1])).save(part, format="PNG")
    part.replace(path)
