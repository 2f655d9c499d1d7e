"""Reading pixels: of one layer or of all that are visible, at any level, by as many threads as have a reader each."""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from app.document.errors import damaged, disk_errors
from engine.media.metadata import NOTHING, Metadata
from engine.request import Box

from .blobs import EXTENT, KEY
from .geometry import COARSEST, NOWHERE, TILE, Place, around, tiles_under
from .tiles import SHAPE, TileCache, assembled, halved, lay_over, shifted, unpack


@dataclass(frozen=True)
class Layer:
    """What a layer is besides its pixels; `x` and `y` are how far it was moved, `place` counts from the bottom.

    frame: what a placed picture covers, its transparent rim too, before it is moved. origin: the layer that this one
    was scaled, turned or cut from, and shape how, in JSON. label: the name of its colour in lists.
    """

    id: int
    name: str
    visible: bool = True
    locked: bool = False
    opacity: float = 1.0
    x: int = 0
    y: int = 0
    place: int = 0
    present: bool = True
    frame: Box = NOWHERE
    origin: int | None = None
    shape: str = ""
    label: str = ""


FIELDS = "id, name, visible, locked, opacity, x, y, place, present"
NEWER = {"frame": "''", "origin": "NULL", "shape": "''", "label": "''"}  # fields, and what files without them mean


class Reader:
    """Reads through one connection, in the thread that made it; decoded tiles are shared through the cache."""

    def __init__(self, path: Path, db: sqlite3.Connection, cache: TileCache):
        self.path, self.db, self.cache = path, db, cache

    def close(self) -> None:
        self.db.close()

    def _rows(self, question: str, values: tuple = ()) -> list[tuple]:
        with disk_errors(self.path):
            return self.db.execute(question, values).fetchall()

    # ---- layers

    def layers(self) -> tuple[Layer, ...]:
        """The layers of the picture from the lowest to the highest."""
        rows = self._rows(f"SELECT {self._fields} FROM layers WHERE present = 1 ORDER BY place, id")
        return tuple(self._layer(row) for row in rows)

    def layer(self, number: int) -> Layer:
        """Any layer, those too that are deleted, or staged and not accepted."""
        rows = self._rows(f"SELECT {self._fields} FROM layers WHERE id = ?", (number,))
        if not rows:
            raise KeyError(f"there is no layer {number}")
        return self._layer(rows[0])

    @cached_property
    def _fields(self) -> str:
        """An older file that is only read has not been given the newer columns."""
        there = {row[1] for row in self._rows("PRAGMA table_info(layers)")}
        return ", ".join([FIELDS, *(name if name in there else value for name, value in NEWER.items())])

    def _layer(self, row: tuple) -> Layer:
        try:
            number, name, visible, locked, opacity, x, y, place, present, frame, origin, shape, label = row
            return Layer(
                int(number), str(name), bool(visible), bool(locked), float(opacity), int(x), int(y), int(place),
                bool(present), Box(*map(int, json.loads(frame))) if frame else NOWHERE,
                None if origin is None else int(origin), str(shape), str(label),
            )  # fmt: skip
        except (TypeError, ValueError) as error:
            raise damaged(self.path, "a layer is not readable") from error

    def extent(self, layer: Layer) -> Box:
        """Where the layer has visible pixels, and all of a placed picture."""
        (found,) = self._rows(EXTENT, (layer.id,))
        try:
            pixels = NOWHERE if found[0] is None else Box.spanning(*(int(value) for value in found))
            box = around([pixels, layer.frame])
        except (TypeError, ValueError) as error:
            raise damaged(self.path, "the place of a tile is not readable") from error
        return box if box.empty else box.moved(layer.x, layer.y)

    def bounds(self) -> Box:
        """The smallest box round everything that is visible; empty for an empty document."""
        return around([self.extent(layer) for layer in self.layers() if layer.visible])

    def metadata(self) -> Metadata:
        """What the first picture that was placed says of itself."""
        found = self._rows("SELECT value FROM meta WHERE key = 'metadata'")
        return Metadata.from_json(str(found[0][0])) if found else NOTHING

    # ---- pixels: boxes are in pixels of the level, places are tiles of the level

    def read(self, box: Box, level: int = 0, layers: Sequence[Layer] | None = None) -> np.ndarray:
        """All visible layers over one another, or these ones, (height, width, 4); transparent where nothing is."""
        if layers is None:
            layers = [layer for layer in self.layers() if layer.visible and layer.opacity > 0]
        return assembled(box, lambda place: self._merged(layers, level, place))

    def read_tile(self, level: int, column: int, row: int) -> np.ndarray | None:
        """One tile of the whole picture; None when it is empty."""
        layers = [layer for layer in self.layers() if layer.visible and layer.opacity > 0]
        return self._merged(layers, level, Place(column, row))

    def read_layer(self, number: int, box: Box, level: int = 0) -> np.ndarray:
        """One layer alone, at full opacity, where it was moved to; staged ones as well."""
        layer = self.layer(number)
        return assembled(box, lambda place: self._moved(layer, level, place))

    def merged(self, layers: Sequence[Layer], place: Place) -> np.ndarray | None:
        """One tile of these layers over one another; None when it is empty."""
        return self._merged([layer for layer in layers if layer.opacity > 0], 0, place)

    def _merged(self, layers: Sequence[Layer], level: int, place: Place) -> np.ndarray | None:
        whole = None
        for layer in layers:
            tile = self._moved(layer, level, place)
            if tile is None:
                continue
            if whole is None:
                if layer.opacity == 1:
                    whole = tile
                    continue
                whole = np.zeros(SHAPE, np.uint8)
            if not whole.flags.writeable:
                whole = whole.copy()
            lay_over(whole, tile, layer.opacity, level > 0)
        return whole

    def _moved(self, layer: Layer, level: int, place: Place) -> np.ndarray | None:
        """The tile of the canvas that this layer covers from where it was moved to."""
        if layer.x == 0 and layer.y == 0:
            return self.tile(layer.id, level, place)
        right, down = (offset % 2**level / 2**level for offset in (layer.x, layer.y))
        box = Box(place.column * TILE - (layer.x >> level), place.row * TILE - (layer.y >> level), TILE, TILE)
        if right or down:
            box = Box.spanning(box.x - 1, box.y - 1, box.right, box.bottom)
        found = {place: self.tile(layer.id, level, place) for place in tiles_under(box)}
        if all(tile is None for tile in found.values()):
            return None
        pixels = assembled(box, found.__getitem__)
        return shifted(pixels, right, down) if right or down else pixels

    def tile(self, layer: int, level: int, place: Place) -> np.ndarray | None:
        """One tile of one layer, as it is before the layer is moved. A coarse one that is stale is made, not stored."""
        if not 0 <= level <= COARSEST:
            raise ValueError(f"there are levels 0 to {COARSEST}, not {level}")
        if level == 1:
            return self._made(layer, level, place)
        found = self._rows(f"SELECT blob FROM tiles WHERE {KEY}", (layer, level, *place))
        if not found:
            return None
        return self._made(layer, level, place) if found[0][0] is None else self._unpacked(found[0][0])

    def _made(self, layer: int, level: int, place: Place) -> np.ndarray | None:
        fours = [self.tile(layer, level - 1, below) for below in place.below()]
        if all(tile is None for tile in fours):
            return None
        made = np.zeros(SHAPE, np.uint8)
        half = TILE // 2
        for number, tile in enumerate(fours):
            if tile is not None:
                x, y = number % 2 * half, number // 2 * half
                made[y : y + half, x : x + half] = halved(tile)
        return made

    def remember(self, tiles: Iterable[tuple[int | None, np.ndarray]]) -> None:
        """Tiles that were just written, by the number of their bytes; only once it is sure that they stay there."""
        for number, pixels in tiles:
            if number is not None:
                self.cache.put(number, pixels)

    def _unpacked(self, number: int) -> np.ndarray:
        pixels = self.cache.get(number)
        if pixels is None:
            rows = self._rows("SELECT codec, crc, data FROM blobs WHERE id = ?", (number,))
            if not rows:
                raise damaged(self.path, "the bytes of a tile are missing")
            pixels = unpack(*rows[0])
            self.cache.put(number, pixels)
        return pixels
