"""Places on the canvas beyond `engine.request.Box`: the tiles under a box, regions of any shape, snapping."""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from engine.request import Box, UserError

TILE = 256  # pixels to a side; independent of the engine's patches
SNAP = 16
IN_ONE = 2**22  # pixels that are held at once
COARSEST = 10  # a tile of this level covers 262144 pixels of canvas to a side
FARTHEST = 2**60  # the file counts in 64 bits
NOWHERE = Box(0, 0, 0, 0)


class Place(NamedTuple):
    """Column and row of a tile; unbounded and negative to the left and above."""

    column: int
    row: int

    def box(self, level: int = 0) -> Box:
        """The canvas pixels under this tile of `level`."""
        side = TILE << level
        return Box(self.column * side, self.row * side, side, side)

    def above(self, levels: int) -> "Place":
        """The coarser tile that holds this one."""
        return Place(self.column >> levels, self.row >> levels)

    def below(self) -> "tuple[Place, Place, Place, Place]":
        """The four finer tiles: upper left, upper right, lower left, lower right."""
        x, y = 2 * self.column, 2 * self.row
        return Place(x, y), Place(x + 1, y), Place(x, y + 1), Place(x + 1, y + 1)


def tiles_under(box: Box) -> Iterator[Place]:
    """The tiles that a box touches, row by row; the box is in pixels of the tiles' level."""
    if box.empty:
        return
    for row in range(box.y // TILE, (box.bottom - 1) // TILE + 1):
        for column in range(box.x // TILE, (box.right - 1) // TILE + 1):
            yield Place(column, row)


def coarser(box: Box, level: int) -> Box:
    """The pixels of a level that hold a box of the canvas."""
    return Box.spanning(box.x >> level, box.y >> level, -(-box.right >> level), -(-box.bottom >> level))


def pieces(box: Box) -> list[Box]:
    """A box in parts that are small enough to be held as pixels: all of it, or a tile each."""
    if box.empty:
        return []
    return [box] if box.width * box.height < IN_ONE else [place.box().intersect(box) for place in tiles_under(box)]


def snapped(value: int, step: int = SNAP) -> int:
    """The nearest multiple of `step`; halves go up."""
    return (value + step // 2) // step * step


def snapped_box(box: Box, step: int = SNAP) -> Box:
    """Every edge on its nearest multiple, and never narrower than one step."""
    left, top = snapped(box.x, step), snapped(box.y, step)
    right, bottom = snapped(box.right, step), snapped(box.bottom, step)
    return Box.spanning(left, top, max(right, left + step), max(bottom, top + step))


def around(boxes: "list[Box]") -> Box:
    """The smallest box that holds all that are not empty; an empty box if there are none."""
    boxes = [box for box in boxes if not box.empty]
    return Box.around(boxes) if boxes else NOWHERE


def check_reach(box: Box) -> None:
    """The canvas is endless for every hand, but the numbers in the file are not."""
    if max(abs(box.x), abs(box.y), abs(box.right), abs(box.bottom)) > FARTHEST:
        raise UserError("That is too far out on the canvas to be saved. Paint closer to the rest.")


@dataclass(frozen=True, eq=False)
class Region:
    """What the artist has marked: a box, and for a free form the pixels of it that count, bool (height, width)."""

    box: Box
    mask: np.ndarray | None = None

    def __post_init__(self) -> None:
        if self.mask is not None and self.mask.shape != (self.box.height, self.box.width):
            raise ValueError(f"a mask of {self.mask.shape} does not fit {self.box}")

    def inside(self, box: Box) -> np.ndarray:
        """Which pixels of `box` belong to the region."""
        found = np.zeros((box.height, box.width), bool)
        common = box.intersect(self.box)
        if not common.empty:
            found[common.slices(box)] = True if self.mask is None else self.mask[common.slices(self.box)]
        return found


def packed_mask(mask: np.ndarray, level: int = -1) -> bytes:
    """The pixels of a region, bool (height, width), as they are kept; level: of zlib."""
    return zlib.compress(np.packbits(mask).tobytes(), level)


def unpacked_mask(data: bytes, box: Box) -> np.ndarray:
    """The way back; raises ValueError or zlib.error for what is none."""
    bits = np.unpackbits(np.frombuffer(zlib.decompress(data), np.uint8), count=box.width * box.height)
    return bits.reshape(box.height, box.width).astype(bool)
