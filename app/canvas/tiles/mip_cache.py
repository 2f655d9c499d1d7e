"""The cache of tiles that are ready to be drawn, of every level and source, and what is known of those missing.

A tile that has changed is drawn as it was until it has been read again, so that nothing flickers. Where few pixels have
changed they are read at once, and all levels that are held are mended from them.
"""

from collections import OrderedDict, deque
from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QImage, QPainter

from app.canvas.tiles.tile_loader import Key, LoadedTile, as_image
from app.document.geometry import COARSEST, TILE, Place, tiles_under
from app.document.tiles import halved
from engine.request import Box

TILE_BYTES = TILE * TILE * 4
MOST_EMPTY = 20_000  # empty places that are remembered
REMEMBERED = 256  # changes that late arrivals are compared with
FINE = 3  # levels that are mended from single pixels; a patch on a coarser one is not larger than some dots
PINNED = 64  # tiles of the level that is always kept


class PixelChange(NamedTuple):
    state: int
    source: int
    box: Box


class Held:
    """A tile: its picture, None where nothing is, and whether it is known to be of an earlier moment."""

    __slots__ = ("image", "stale")

    def __init__(self, image: QImage | None, stale: bool = False):
        self.image, self.stale = image, stale


class TilePart(NamedTuple):
    """What stands for a tile: an image, the part of it, and the canvas under that part."""

    image: QImage
    source: QRect
    box: Box


class MipCache:
    """`state` counts changes; limit: bytes of pictures that are held beside the pinned level."""

    def __init__(self, limit: int):
        self.limit = limit
        self.pinned = COARSEST
        self.state = 0
        self._held: OrderedDict[Key, Held] = OrderedDict()
        self._bytes = 0
        self._changes: deque[PixelChange] = deque(maxlen=REMEMBERED)

    def clear(self) -> None:
        self._held.clear()
        self._changes.clear()
        self._bytes = 0
        self.state += 1

    def pin(self, bounds: Box) -> None:
        """The level at which everything fits into few tiles is kept whatever else is looked at."""
        self.pinned = next((n for n in range(COARSEST) if count_tiles(bounds, n) <= PINNED), COARSEST)

    @property
    def bytes(self) -> int:
        return self._bytes

    # ---- looking up

    def get(self, key: Key) -> Held | None:
        found = self._held.get(key)
        if found is not None:
            self._held.move_to_end(key)
        return found

    def lacks(self, key: Key) -> bool:
        """Whether the tile is to be read."""
        found = self._held.get(key)
        return found is None or found.stale

    def ready(self, key: Key) -> bool:
        """Whether it is known what is there, if only more coarsely or finely."""
        coarser = range(COARSEST - key.level + 1)
        if any(Key(key.source, key.level + n, key.column >> n, key.row >> n) in self._held for n in coarser):
            return True
        finer = [Key(key.source, key.level - 1, *place) for place in key.place.below()] if key.level else []
        return bool(finer) and all(each in self._held for each in finer)

    def stand_in(self, key: Key) -> TilePart | None:
        """The finest coarser tile that shows this place; None where none is held."""
        for levels in range(1, COARSEST - key.level + 1):
            above = Key(key.source, key.level + levels, key.column >> levels, key.row >> levels)
            found = self._held.get(above)
            if found is not None:
                return None if found.image is None else self._quarter(found.image, key, levels)
        return None

    def _quarter(self, image: QImage, key: Key, levels: int) -> TilePart | None:
        """The part of a tile `levels` coarser that lies under `key`; at least a pixel."""
        side = TILE >> levels
        mask = (1 << levels) - 1
        if side == 0:
            return None
        x, y = (key.column & mask) * side, (key.row & mask) * side
        return TilePart(image, QRect(x, y, side, side), key.place.box(key.level))

    def finer(self, key: Key) -> Iterator[TilePart]:
        """The tiles of the next finer level at this place, as far as they are held."""
        if key.level == 0:
            return
        for place in key.place.below():
            found = self._held.get(Key(key.source, key.level - 1, *place))
            if found is not None and found.image is not None:
                yield TilePart(found.image, WHOLE, place.box(key.level - 1))

    # ---- coming and going

    def accept(self, loaded: LoadedTile) -> bool:
        """Keeps what was read, unless it has changed since."""
        held = self._held.get(loaded.key)
        late = loaded.asked != self.state and self._touched_since(loaded.key, loaded.asked)
        if late and held is not None:
            held.stale = True
            return False
        self.put(loaded.key, loaded.image, stale=late)
        return True

    def put(self, key: Key, image: QImage | None, stale: bool = False) -> None:
        before = self._held.pop(key, None)
        if before is not None and before.image is not None:
            self._bytes -= TILE_BYTES
        self._held[key] = Held(image, stale)
        if image is not None:
            self._bytes += TILE_BYTES
        if self._bytes > self.limit or len(self._held) > MOST_EMPTY + self.limit // TILE_BYTES:
            self._make_room()

    def _make_room(self) -> None:
        """Drops a tenth of what was looked at longest ago, so that it need not be done for each tile."""
        least, most = self.limit * 9 // 10, MOST_EMPTY * 9 // 10 + self.limit // TILE_BYTES
        for key in list(self._held):
            if self._bytes <= least and len(self._held) <= most:
                return
            if key.level < self.pinned and self._held.pop(key).image is not None:
                self._bytes -= TILE_BYTES

    def _touched_since(self, key: Key, state: int) -> bool:
        if self._changes and self._changes[0].state > state + 1:
            return True  # more has changed than is remembered
        box = key.place.box(key.level)
        return any(
            change.state > state and change.source == key.source and not change.box.intersect(box).empty
            for change in self._changes
        )

    # ---- changes

    def sources(self) -> set[int]:
        return {key.source for key in self._held}

    def changed(self, source: int, box: Box, mended: int = -1) -> None:
        """Pixels of a source are others now: tiles are drawn as they were until read; levels to `mended` are mended."""
        self.state += 1
        self._changes.append(PixelChange(self.state, source, box))
        if box.empty:
            return
        for level in range(mended + 1, COARSEST + 1):
            for _, held in self._under(source, box, level):
                held.stale = True

    def _under(self, source: int, box: Box, level: int) -> Iterator[tuple[Key, Held]]:
        """The held tiles of a level that a box touches, looked for the shorter way."""
        if count_tiles(box, level) > len(self._held):
            for key, held in self._held.items():
                if key[:2] == (source, level) and not key.place.box(level).intersect(box).empty:
                    yield key, held
            return
        left, top, right, bottom = (edge >> level for edge in (box.x, box.y, box.right - 1, box.bottom - 1))
        for place in tiles_under(Box.spanning(left, top, right + 1, bottom + 1)):
            if (held := self._held.get(key := Key(source, level, *place))) is not None:
                yield key, held

    def mend(self, source: int, box: Box, read: Callable[[Box], np.ndarray], level: int) -> None:
        """Reads pixels once and puts them into the held tiles of all levels up to this one."""
        wide = aligned(box, level)
        pixels = read(wide)
        for each in range(level + 1):
            self._mend_level(source, each, wide, pixels)
            pixels = halved(pixels) if each < level else pixels

    def _mend_level(self, source: int, level: int, wide: Box, pixels: np.ndarray) -> None:
        area = Box(wide.x >> level, wide.y >> level, wide.width >> level, wide.height >> level)
        for place in tiles_under(area):
            key, part = Key(source, level, *place), place.box().intersect(area)
            held = self._held.get(key)
            if held is not None or part == place.box():  # of others, the rest is not known
                image = laid_in(held.image if held else None, place, part, pixels[part.slices(area)])
                self.put(key, image, stale=held is not None and held.stale and part != place.box())

    def forget(self, source: int) -> None:
        for key in [key for key in self._held if key.source == source]:
            if self._held.pop(key).image is not None:
                self._bytes -= TILE_BYTES


WHOLE = QRect(0, 0, TILE, TILE)


def aligned(box: Box, level: int) -> Box:
    """The smallest box round this one that is whole pixels on the level."""
    step = 1 << level
    left, top = box.x // step * step, box.y // step * step
    return Box.spanning(left, top, -(-box.right // step) * step, -(-box.bottom // step) * step)


def count_tiles(box: Box, level: int) -> int:
    """How many tiles of a level a box touches."""
    if box.empty:
        return 0
    side = TILE << level
    return ((box.right - 1) // side - box.x // side + 1) * ((box.bottom - 1) // side - box.y // side + 1)


def laid_in(image: QImage | None, place: Place, part: Box, pixels: np.ndarray) -> QImage | None:
    """A tile with some of its pixels replaced; `part` is in pixels of its level."""
    new = as_image(pixels)
    assert new is not None
    if part == place.box():
        return new
    if image is None:
        image = QImage(TILE, TILE, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(0)
    elif new.hasAlphaChannel() and not image.hasAlphaChannel():
        image = image.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)
    else:
        image = image.copy()
    with QPainter(image) as painter:
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
        tile = place.box()
        painter.drawImage(QPoint(part.x - tile.x, part.y - tile.y), new)
    return image
