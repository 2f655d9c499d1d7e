"""Sheets of continuations: what figures cannot say about a model, to be looked at in full size."""

from collections.abc import Iterable
from pathlib import Path

import numpy as np
from PIL import Image

from engine.datasets.images import load_folder
from engine.evaluate.samples import extended, named_crops
from engine.models.checkpoint import ImageModel
from engine.request import Box

KINDS = {"paintings/": 6, "photos/": 1, "scrolls/": 1}  # how many of each folder stand on the sheet of a card
GAP = 8


def continuation_sheet(model: ImageModel, crops: Iterable[np.ndarray], path: Path, columns: int = 2) -> None:
    """Write a picture of crops uint8 (height, width, 3), each kept at the left and painted on by patch columns."""
    rows = []
    for number, crop in enumerate(crops):
        height, width = crop.shape[:2]
        painted = extended(model, crop, Box(0, 0, width + columns * model.config.patch_px, height), seed=number)
        rows += [painted, np.full((GAP, painted.shape[1], 3), 255, np.uint8)]
    part = path.with_name(path.name + ".part")
    Image.fromarray(np.concatenate(rows[:-1])).save(part, format="WEBP" if path.suffix == ".webp" else "PNG")
    part.replace(path)


def card_sheet(model: ImageModel, folder: Path, path: Path) -> list[str]:
    """Held-out pictures of each kind, 3×2 patches of them continued by as many columns; returns their names."""
    size = model.config.patch_px
    pictures = load_folder(folder, "test", 3 * size, ("monet256",))
    chosen = []
    for kind, count in KINDS.items():
        own = [p for p in pictures if p.name.startswith(kind)]
        chosen += named_crops(own, 3 * size, 2 * size, min(count, len(own)), seed=4)
    chosen = chosen or named_crops(pictures, 3 * size, 2 * size, 4, seed=4)
    continuation_sheet(model, [crop for _, crop in chosen], path, columns=3)
    return [name for name, _ in chosen]
