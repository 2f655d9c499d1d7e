"""What the figures are taken from: crops of held-out pictures at their own scale, and paintings around them."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from engine.datasets.images import TrainingPicture, load_folder, with_margin
from engine.inference.contact_sheet import continuation_sheet
from engine.models.checkpoint import ImageModel
from engine.request import Box

SHEET = {"paintings/": 6, "photos/": 1, "scrolls/": 1}  # how many of each folder stand on the sheet of a card


def draw_crops(
    pictures: Sequence[TrainingPicture], width: int, height: int, count: int, seed: int = 0, margin: int = 0
) -> np.ndarray:
    """Crops as `picture_crops` draws them, uint8 (count, height, width, 3) with the margin.

    There are none when no picture is large enough.
    """
    crops = [crop for _, crop in picture_crops(pictures, width, height, count, seed, margin)]
    return np.stack(crops) if crops else np.empty((0, height + 2 * margin, width + 2 * margin, 3), np.uint8)


def picture_crops(
    pictures: Sequence[TrainingPicture], width: int, height: int, count: int, seed: int = 0, margin: int = 0
) -> Iterator[tuple[TrainingPicture, np.ndarray]]:
    """Pictures and crops of them at native scale, uint8 (height, width, 3), from one picture after another.

    Which comes first is drawn with the seed. Pictures that are too small are passed over. margin: pixels that crops
    have more on each side, mirrored where the picture has ended.
    """
    large = [p for p in pictures if p.pixels.shape[0] >= height and p.pixels.shape[1] >= width]
    rng = np.random.default_rng(seed)
    shuffled = rng.permutation(len(large))
    for number in range(count if large else 0):
        picture = large[shuffled[number % len(large)]]
        top, left = (
            int(rng.integers(n + 1)) for n in (picture.pixels.shape[0] - height, picture.pixels.shape[1] - width)
        )
        yield picture, with_margin(picture.pixels, top, left, (height, width), margin)


def tiles(pictures: Sequence[TrainingPicture], size: int, most: int = 16, seed: int = 0) -> list[np.ndarray]:
    """Blocks (size, size, 3) that do not overlap, at most so many of a picture, so that none outweighs the others."""
    rng, found = np.random.default_rng(seed), []
    for picture in pictures:
        own = list(blocks(picture.pixels, size))
        found += [own[number] for number in sorted(rng.permutation(len(own))[:most])]
    return found


def blocks(pixels: np.ndarray, size: int) -> Iterator[np.ndarray]:
    """Blocks (size, size, 3) of a picture, side by side."""
    for top in range(0, pixels.shape[0] - size + 1, size):
        for left in range(0, pixels.shape[1] - size + 1, size):
            yield pixels[top : top + size, left : left + size]


def blocks_around(pixels: np.ndarray, known: Box, size: int) -> Iterator[np.ndarray]:
    """Blocks (size, size, 3) without a known pixel, side by side in the four strips around the known part."""
    yield from blocks(pixels[: known.y], size)
    yield from blocks(pixels[known.bottom :], size)
    yield from blocks(pixels[known.y : known.bottom, : known.x], size)
    yield from blocks(pixels[known.y : known.bottom, known.right :], size)


def card_sheet(model: ImageModel, folder: Path, path: Path) -> list[str]:
    """Held-out pictures of each kind, 3×2 patches of them continued by as many columns; returns their names."""
    size = model.config.patch_px
    pictures = load_folder(folder, "test", 3 * size, ("monet256",))
    chosen = []
    for kind, count in SHEET.items():
        own = [p for p in pictures if p.name.startswith(kind)]
        chosen += picture_crops(own, 3 * size, 2 * size, min(count, len(own)), seed=4)
    chosen = chosen or list(picture_crops(pictures, 3 * size, 2 * size, 4, seed=4))
    continuation_sheet(model, [crop for _, crop in chosen], path, columns=3)
    return [picture.name for picture, _ in chosen]
