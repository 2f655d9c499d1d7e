"""Small pictures of the whole, kept in the file: a thumbnail for lists, a merged preview for the first moment."""

import io
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from app.document.errors import damaged, disk_errors
from engine.media.resizing import BOX, resized
from engine.request import Box

from .file import DocumentFile
from .geometry import COARSEST, TILE, Place, coarser
from .inspection import read_only
from .reading import Reader

SIZES = {"thumbnail": 256, "preview": 2048}  # the longer side, at most
FORMATS = {"thumbnail": "PNG", "preview": "WEBP"}  # the thumbnail in what every file manager reads
MOST_TILES = 256  # of one level that are read at once


@dataclass(frozen=True, eq=False)
class Preview:
    """`pixels` uint8 (height, width, 4) show all of the box, which is in canvas pixels."""

    box: Box
    pixels: np.ndarray

    @property
    def scale(self) -> float:
        """Pixels of the preview for each of the canvas."""
        return self.pixels.shape[1] / self.box.width


def shrunk(reader: Reader, longest: int) -> Preview | None:
    """The whole picture, not larger than this; None when it is empty. Memory does not grow with the picture."""
    bounds = reader.bounds()
    if bounds.empty:
        return None
    scale = min(longest / max(bounds.width, bounds.height), 1.0)
    width, height = (max(round(side * scale), 1) for side in (bounds.width, bounds.height))
    level = 0
    while level < COARSEST and scale * 2 ** (level + 1) <= 1:
        level += 1
    reach = coarser(bounds, level)
    if reach.width * reach.height <= MOST_TILES * TILE * TILE:
        pixels = resized(reader.read(reach, level), (width, height), BOX)
    else:
        pixels = _scattered(reader, bounds, width, height)
    return Preview(bounds, pixels)


def _scattered(reader: Reader, bounds: Box, width: int, height: int) -> np.ndarray:
    """A picture of a few things very far apart: each layer's coarsest tiles as dots where they lie."""
    pixels = np.zeros((height, width, 4), np.uint8)
    for layer in (layer for layer in reader.layers() if layer.visible):
        box = reader.extent(layer)
        x, y = (box.x - bounds.x) * width // bounds.width, (box.y - bounds.y) * height // bounds.height
        wide, high = max(box.width * width // bounds.width, 1), max(box.height * height // bounds.height, 1)
        middle = Place((box.x + box.right) // 2 // TILE, (box.y + box.bottom) // 2 // TILE).above(COARSEST)
        tile = reader.read_tile(COARSEST, *middle)
        if not box.empty and tile is not None and tile[:, :, 3].any():
            pixels[min(y, height - 1) : y + high, min(x, width - 1) : x + wide] = _mean(tile)
    return pixels


def _mean(tile: np.ndarray) -> tuple[int, ...]:
    red, green, blue = tile[tile[:, :, 3] > 0][:, :3].mean(0)
    return int(red), int(green), int(blue), 255


# ---- in the file


def refresh(file: DocumentFile, reader: Reader) -> None:
    """Makes the previews anew if the picture has changed since."""
    revision = file.meta("revision", 0)
    with disk_errors(file.path):
        have = dict(file.db.execute("SELECT name, revision FROM previews").fetchall())
    if all(have.get(name, 0) == revision for name in SIZES):
        return
    large = shrunk(reader, SIZES["preview"])
    with file.transaction() as db:
        db.execute("DELETE FROM previews")
        for name, longest in SIZES.items() if large else ():
            assert large is not None
            _put(db, name, large, longest, revision)


def _put(db: sqlite3.Connection, name: str, large: Preview, longest: int, revision: int) -> None:
    height, width = large.pixels.shape[:2]
    by = min(longest / max(width, height), 1.0)
    image = Image.fromarray(resized(large.pixels, (max(round(width * by), 1), max(round(height * by), 1)), BOX))
    data = io.BytesIO()
    image.save(data, FORMATS[name], **({"lossless": True, "method": 0, "quality": 0} if name == "preview" else {}))
    row = (name, FORMATS[name], *large.box, revision, data.getvalue())
    db.execute("INSERT INTO previews VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)


def stored(path: Path, db: sqlite3.Connection, name: str) -> Preview | None:
    """What the file holds, perhaps of an earlier moment; None when it holds none."""
    with disk_errors(path):
        row = db.execute("SELECT data, x, y, width, height FROM previews WHERE name = ?", (name,)).fetchone()
    if row is None:
        return None
    data, *box = row
    try:
        with Image.open(io.BytesIO(data), formats=[FORMATS[name]]) as image:
            if max(image.size) > SIZES[name]:
                raise ValueError(f"it is {image.width}×{image.height}")
            return Preview(Box(*(int(number) for number in box)), np.array(image.convert("RGBA")))
    except Exception as error:  # damaged bytes end in many ways
        raise damaged(path, "its preview is not readable") from error


def thumbnail_of(path: Path) -> np.ndarray | None:
    """The thumbnail in a file that need not be opened for it; None when there is none."""
    with disk_errors(path), closing(read_only(path)) as db:
        found = stored(path, db, "thumbnail")
    return None if found is None else found.pixels
