"""A box of the canvas at its final size, from top to bottom in strips, so that the whole is never in memory.

Where it gets smaller, as many whole pixels as fit twice are made into one by their mean, and Lanczos does the rest; the
grid of these means begins at the box's corner, so that strips and tiles meet without a seam.
"""

from collections.abc import Callable, Iterator

import numpy as np
from PIL import Image

from app.document.geometry import COARSEST, TILE
from engine.request import Box

PIECE = 2**20  # pixels that are worked on at once
MOST_READ = 2**25  # pixels that are read at once: of pictures beyond 131072 px wide, tiles are unpacked more than once
LOBES = 3  # of Lanczos: how many pixels it reaches to each side
LOOK = 1024  # pixels to a side of the coarse picture in which holes are looked for

Size = tuple[int, int]  # width, height
Read = Callable[[Box, int], np.ndarray]  # pixels of a box of a level, uint8 (height, width, 4)


class ScaledView:
    """`box` of the canvas as `size` pixels; parts of it are boxes of these pixels."""

    def __init__(self, read: Read, box: Box, size: Size, bits: int = 8):
        self.read, self.box, self.size, self.bits = read, box, size, bits

    @property
    def whole(self) -> Box:
        return Box(0, 0, *self.size)

    def strips(self, part: Box) -> Iterator[np.ndarray]:
        """uint8 or uint16 (rows, part.width, 4) with straight alpha."""
        if self.size == (self.box.width, self.box.height):
            return self._exact(part)
        return self._scaled(part)

    def looks_opaque(self) -> bool:
        """Whether no hole is seen from afar; single pixels may still be clear."""
        level = 0
        while level < COARSEST and max(self.box[2:]) >> level > LOOK:
            level += 1
        inside = Box.spanning(
            -(-self.box.x >> level), -(-self.box.y >> level), self.box.right >> level, self.box.bottom >> level
        )
        if max(inside[2:]) > 4 * LOOK:
            return False
        return inside.empty or bool(self.read(inside, level)[:, :, 3].min() == 255)

    # ---- one to one

    def _exact(self, part: Box) -> Iterator[np.ndarray]:
        canvas = part.moved(*self.box[:2])
        top, step = canvas.y, _rows_at_once(canvas.width)
        while top < canvas.bottom:
            bottom = min((top // step + 1) * step, canvas.bottom)  # so that each tile is unpacked once
            yield from self._pieces(self.read(Box.spanning(canvas.x, top, canvas.right, bottom), 0))
            top = bottom

    def _pieces(self, pixels: np.ndarray) -> Iterator[np.ndarray]:
        step = max(1, PIECE // pixels.shape[1])
        for top in range(0, len(pixels), step):
            piece = pixels[top : top + step]
            yield piece if self.bits == 8 else piece.astype(np.uint16) * 257

    # ---- scaled

    def _scaled(self, part: Box) -> Iterator[np.ndarray]:
        across = _Axis(self.box.width, self.size[0])
        down = _Axis(self.box.height, self.size[1])
        left, right = across.needed(part.x, part.right)
        held, first = np.zeros((0, 0, 4)), 0  # reduced rows, and the number of the first of them
        rows = max(16, PIECE // max(part.width, right - left))
        for top in range(part.y, part.bottom, rows):
            bottom = min(top + rows, part.bottom)
            low, high = down.needed(top, bottom)
            held, first = self._go_on(held, first, low, high, (left, right), (across, down))
            box = across.source(part.x, left), down.source(top, first)
            box = (*box, across.source(part.right, left), down.source(bottom, first))
            yield self._resized(held[: high - first], box, (part.width, bottom - top))

    def _go_on(
        self, held: np.ndarray, first: int, low: int, high: int, columns: tuple[int, int], axes: "tuple[_Axis, _Axis]"
    ) -> tuple[np.ndarray, int]:
        """Drops rows that are done with and reads those that are needed now."""
        across, down = axes
        if not held.size or low >= first + len(held):
            kept, last = [], low
        else:
            kept, last = [held[low - first :]], first + len(held)
        step = max(1, _rows_at_once((columns[1] - columns[0]) * across.by) // down.by)
        while last < high:
            until = min(last + step, down.reduced)
            source = Box.spanning(
                self.box.x + columns[0] * across.by, self.box.y + last * down.by,
                self.box.x + min(columns[1] * across.by, across.length),
                self.box.y + min(until * down.by, down.length),
            )  # fmt: skip
            kept.append(self._reduced(self.read(source, 0), across.by, down.by))
            last = until
        return (np.concatenate(kept) if len(kept) > 1 else kept[0]), low

    def _reduced(self, pixels: np.ndarray, across: int, down: int) -> np.ndarray:
        """In whole pixels smaller, (height, width, 4): uint8 where all is opaque, else float32 weighted with alpha.

        Bytes are four times as fast, but where alpha overshoots they are cut off, and edges of holes would get a rim.
        """
        if self.bits == 8 and pixels[:, :, 3].min() == 255:
            image = Image.fromarray(pixels)
            return np.asarray(image if across == down == 1 else image.reduce((across, down)))
        weighted = pixels.astype(np.float32)
        weighted[:, :, :3] *= weighted[:, :, 3:] / 255
        if across == down == 1:
            return weighted
        return _each_channel(weighted, lambda image: image.reduce((across, down)))

    def _resized(self, pixels: np.ndarray, box: tuple[float, ...], size: Size) -> np.ndarray:
        box = (box[0], box[1], min(box[2], pixels.shape[1]), min(box[3], pixels.shape[0]))
        lanczos = Image.Resampling.LANCZOS
        if pixels.dtype == np.uint8:
            image = Image.frombuffer("RGBa", pixels.shape[1::-1], np.ascontiguousarray(pixels), "raw", "RGBa", 0, 1)
            return np.asarray(image.resize(size, lanczos, box).convert("RGBA"))
        weighted = _each_channel(pixels, lambda image: image.resize(size, lanczos, box))
        colour, alpha = np.zeros_like(weighted[:, :, :3]), weighted[:, :, 3:]
        np.divide(weighted[:, :, :3] * 255, alpha, out=colour, where=alpha > 0.25)
        most = 1 if self.bits == 8 else 257
        pixels = np.concatenate([colour, alpha], 2).clip(0, 255) * most
        return np.rint(pixels).astype(np.uint8 if self.bits == 8 else np.uint16)


class _Axis:
    """One direction: `length` pixels of canvas become `size`, by means of `by` whole pixels first."""

    def __init__(self, length: int, size: int):
        self.length, self.step = length, length / size
        self.by = max(1, int(self.step / 2))
        self.reduced = -(-length // self.by)
        self.reach = LOBES * max(self.step, 1.0) + self.by

    def source(self, place: int, first: int) -> float:
        """Where an edge between result pixels lies among the reduced ones from `first` on."""
        return max(place * self.step / self.by - first, 0.0)

    def needed(self, low: int, high: int) -> tuple[int, int]:
        """The reduced pixels that result pixels `low` to `high` are made of."""
        begin = int(max(low * self.step - self.reach, 0) / self.by)
        return begin, min(int((high * self.step + self.reach) / self.by) + 1, self.reduced)


def _rows_at_once(width: int) -> int:
    """Rows of canvas that are read together: those of a tile, or a part of them where they are very long."""
    step = TILE
    while step > 1 and step * width > MOST_READ:
        step //= 2
    return step


def _each_channel(pixels: np.ndarray, change: Callable[[Image.Image], Image.Image]) -> np.ndarray:
    channels = [change(Image.fromarray(np.ascontiguousarray(pixels[:, :, n]))) for n in range(pixels.shape[2])]
    return np.stack([np.asarray(channel) for channel in channels], 2)
