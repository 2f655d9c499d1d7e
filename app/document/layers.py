"""The layers of the picture and what can be done with them; each command is one entry of the history."""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from app.translation import tr
from engine.media.layered import PictureLayer
from engine.request import Box, UserError

from .blobs import copy_tiles
from .geometry import NOWHERE, Place, check_reach, tiles_under
from .history import Edit, History
from .reading import Layer, Reader
from .tiles import Surface


class Layers:
    """Commands by the number of a layer; `all()` lists them from the lowest to the highest."""

    def __init__(self, reader: Reader, history: History):
        self._reader, self._history = reader, history

    def all(self) -> tuple[Layer, ...]:
        return self._reader.layers()

    def get(self, number: int) -> Layer:
        return self._reader.layer(number)

    def box(self, number: int) -> Box:
        """The smallest box round the visible pixels of a layer."""
        return self._reader.extent(self.get(number))

    # ---- coming and going

    def add(self, name: str = "Layer") -> Layer:
        """An empty layer on top."""
        with self._history.edit(tr("Add layer")) as edit:
            number = edit.add("layers", name=name, place=self.next_place())
            edit.change("layers", number, present=1)
        return self.get(number)

    def put(
        self, pixels: np.ndarray, x: int, y: int, name: str = "Picture", mask: np.ndarray | None = None
    ) -> Layer:  # fmt: skip
        """A picture as a layer on top: uint8 (height, width, 3 or 4), its mask True where it counts."""
        if mask is not None:
            alpha = pixels[:, :, 3] if pixels.shape[2] == 4 else 255
            pixels = np.dstack([pixels[:, :, :3], np.where(mask, alpha, 0).astype(np.uint8)])
        return self.put_all([PictureLayer(name, 0, 0, pixels)], x, y, name)[0]

    def put_all(self, parts: Sequence[PictureLayer], x: int, y: int, name: str) -> list[Layer]:
        """A picture of one or more layers, given from the lowest up, as one entry; x, y: of the corner of the whole.

        One that is all of the picture keeps its place in full, with a transparent rim.
        """
        made = []
        boxes = [Box(x + part.x, y + part.y, *part.pixels.shape[1::-1]) for part in parts]
        for box in boxes:
            check_reach(box)
        with self._history.edit(tr("Place {name}").format(name=name)) as edit:
            for over, (part, box) in enumerate(zip(parts, boxes, strict=True)):
                frame = frame_text(box if len(parts) == 1 else NOWHERE)
                number = edit.add(
                    "layers", name=part.name, place=self.next_place() + over, visible=int(part.visible),
                    opacity=part.opacity, frame=frame,
                )  # fmt: skip
                edit.write(self.get(number), cut(box, part.pixels), fresh=True)
                made.append(number)
            for number in made:
                edit.change("layers", number, present=1)
        return [self.get(number) for number in made]

    def duplicate(self, number: int) -> Layer:
        """A copy right above; the two share their bytes until one is painted on."""
        layer = self._of_picture(number)
        with self._history.edit(tr("Duplicate {name}").format(name=layer.name)) as edit:
            copy = edit.add(
                "layers", name=f"{layer.name} copy", visible=layer.visible, opacity=layer.opacity, x=layer.x,
                y=layer.y, frame=frame_text(layer.frame), origin=layer.origin, shape=layer.shape, label=layer.label,
            )  # fmt: skip
            copy_tiles(edit.db, number, copy)
            edit.db.execute(COPY_PATCHES, (copy, number))
            self._arrange(edit, [*self.order(), copy], copy, self.order().index(number) + 1)
            edit.change("layers", copy, present=1)
        return self.get(copy)

    def delete(self, number: int) -> None:
        """The clips that set it in motion go with it, and come back with it."""
        layer = self.unlocked(number)
        with self._history.edit(tr("Delete {name}").format(name=layer.name)) as edit:
            edit.change("layers", number, present=0)
            for clip in clips_of(edit.db, number):
                edit.change("clips", clip, present=0)

    # ---- what a layer is

    def label(self, number: int, colour: str) -> None:
        self._change(number, tr("Colour label"), label=colour)

    def rename(self, number: int, name: str) -> None:
        self._change(number, tr("Rename layer"), name=name)

    def show(self, number: int, visible: bool) -> None:
        self._change(number, tr("Show layer") if visible else tr("Hide layer"), visible=int(visible))

    def lock(self, number: int, locked: bool) -> None:
        self._change(number, tr("Lock layer") if locked else tr("Unlock layer"), locked=int(locked))

    def fade(self, number: int, opacity: float, joins: int = 0) -> None:
        """Opacity from 0 to 1; `joins` the entry of a slider that is still being dragged."""
        self._change(number, tr("Opacity"), joins, opacity=float(min(max(opacity, 0.0), 1.0)))

    def move(self, number: int, right: int, down: int, joins: int = 0) -> None:
        """Moves all its pixels by this much; none of them is touched."""
        layer = self.unlocked(number)
        check_reach(self.box(number).moved(right, down))
        self._change(number, tr("Move layer"), joins, x=layer.x + right, y=layer.y + down)

    def reorder(self, number: int, position: int) -> None:
        """Puts a layer at this position, counted from the bottom."""
        self._of_picture(number)
        with self._history.edit(tr("Reorder layers")) as edit:
            self._arrange(edit, self.order(), number, position)

    # ---- painting

    def paint(
        self, number: int, box: Box, pixels: np.ndarray, mask: np.ndarray | None = None, name: str = "Paint",
        joins: int = 0,
    ) -> None:  # fmt: skip
        """Replaces pixels of a layer, given in canvas coordinates, where the mask is True."""
        surface, layer = self.surface(number), self.get(number)
        check_reach(box)
        surface.write(box.moved(-layer.x, -layer.y), pixels, mask)
        self.commit(number, surface, name, joins)

    def erase(self, number: int, box: Box, strength: np.ndarray | None = None, name: str = "Erase", joins: int = 0):
        """Makes pixels transparent; strength uint8 (height, width), 255 where all is to go."""
        pixels = self._reader.read_layer(number, box)
        kept = 255 - (np.full(pixels.shape[:2], 255, np.uint8) if strength is None else strength).astype(np.uint16)
        pixels[:, :, 3] = (pixels[:, :, 3] * kept + 127) // 255
        self.paint(number, box, pixels, None, name, joins)

    def surface(self, number: int) -> Surface:
        """The layer to be painted on, in its own coordinates; nothing changes before `commit`."""
        self.unlocked(number)
        return Surface(lambda place: self._reader.tile(number, 0, place))

    def commit(self, number: int, surface: Surface, name: str = "Paint", joins: int = 0) -> None:
        """Writes what was painted as one entry, or as a part of the last one."""
        layer = self.unlocked(number)
        with self._history.edit(name, joins) as edit:
            edit.write(layer, ((place, tile) for place, tile in surface.changed.items()))
            if layer.origin is not None:  # what was painted is not in the original
                edit.change("layers", number, origin=None, shape="")

    # ---- helpers

    def next_place(self) -> int:
        return max((layer.place for layer in self.all()), default=-1) + 1

    def order(self) -> list[int]:
        return [layer.id for layer in self.all()]

    def _arrange(self, edit: Edit, order: list[int], number: int, position: int) -> None:
        order = [each for each in order if each != number]
        order.insert(min(max(position, 0), len(order)), number)
        for place, each in enumerate(order):
            edit.change("layers", each, place=place)

    def _change(self, number: int, entry: str, joins: int = 0, **values: Any) -> None:
        self._of_picture(number)
        with self._history.edit(entry, joins) as edit:
            edit.change("layers", number, **values)

    def _of_picture(self, number: int) -> Layer:
        layer = self.get(number)
        if not layer.present:
            raise UserError(f"The layer {layer.name} is no longer in the picture. Undo its deletion first.")
        return layer

    def unlocked(self, number: int) -> Layer:
        layer = self._of_picture(number)
        if layer.locked:
            raise UserError(f"The layer {layer.name} is locked. Unlock it to change it.")
        return layer


def clips_of(db: sqlite3.Connection, layer: int) -> list[int]:
    """The clips that set a layer in motion."""
    return [row[0] for row in db.execute("SELECT id FROM clips WHERE layer = ? AND present = 1", (layer,)).fetchall()]


def frame_text(frame: Box) -> str:
    """What a placed picture covers, as it is kept; empty for none."""
    return "" if frame.empty else json.dumps(frame)


COPY_PATCHES = """
INSERT INTO patches (layer, "column", "row", frame, x, y, width, height, tokens, bits, taken, recipe, at)
SELECT ?, "column", "row", frame, x, y, width, height, tokens, bits, taken, recipe, at FROM patches WHERE layer = ?"""


def cut(box: Box, pixels: np.ndarray) -> Iterator[tuple[Place, np.ndarray]]:
    """A picture tile by tile, so that a large one is never held twice; `box` is where it lies."""
    for place in tiles_under(box):
        tile = Surface()
        part = place.box().intersect(box)
        inside = part.slices(box)
        tile.write(part, pixels[inside])
        yield from tile.changed.items()
