"""Sheets of continuations: what figures cannot say about a model, to be looked at in full size."""

from pathlib import Path

from engine.datasets.images import load_folder
from engine.evaluate.samples import named_crops
from engine.inference.contact_sheet import continuation_sheet
from engine.models.checkpoint import ImageModel

KINDS = {"paintings/": 6, "photos/": 1, "scrolls/": 1}  # how many of each folder stand on the sheet of a card


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
