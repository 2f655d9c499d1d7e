"""Operations that replace layers by new ones: merging, flattening, and changing their shape."""

import json
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from app.translation import tr
from engine.request import Box, UserError

from .blobs import copy_tiles
from .errors import damaged
from .geometry import Place, check_reach, tiles_under
from .history import Edit
from .layers import Layers, clips_of, cut, frame_text
from .reading import Layer
from .shaping import Shape, check, shaped
from .tiles import SHAPE


class ShapedLayers(Layers):
    # ---- several into one

    def merge_down(self, number: int) -> int:
        """Lays a layer into the one below it, which stays; returns that one's number."""
        upper = self._still(number)
        order = self.order()
        if order.index(number) == 0:
            raise UserError(f"There is no layer below {upper.name} that it could be merged with.")
        lower = self._still(order[order.index(number) - 1])
        places = {place for box in (self.box(upper.id), self.box(lower.id)) for place in tiles_under(box)}
        seen = [layer for layer in (lower, upper) if layer.visible]
        with self._history.edit(tr("Merge {name} down").format(name=upper.name)) as edit:
            edit.change("layers", upper.id, present=0)
            self._lay_in(edit, lower, places, [replace(layer, visible=True) for layer in seen])
            edit.change("layers", lower.id, visible=1, opacity=1.0, x=0, y=0, frame="", origin=None, shape="")
        return lower.id

    def flatten(self) -> int:
        """Lays all layers that are seen into one new one; those that are hidden stay. Returns its number."""
        seen = [layer for layer in self.all() if layer.visible]
        for layer in seen:
            self._still(layer.id)
        if len(seen) < 2:
            raise UserError("Only one layer is visible, so there is nothing to flatten.")
        places = {place for layer in seen for place in tiles_under(self.box(layer.id))}
        with self._history.edit(tr("Flatten")) as edit:
            number = edit.add("layers", name="Flattened", place=seen[-1].place)
            tiles = ((place, self._reader.merged(seen, place)) for place in sorted(places))
            edit.write(self.get(number), ((p, tile) for p, tile in tiles if tile is not None), fresh=True)
            for layer in seen:
                edit.change("layers", layer.id, present=0)
            edit.change("layers", number, present=1)
        return number

    def _lay_in(self, edit: Edit, layer: Layer, places: set[Place], seen: Sequence[Layer]) -> None:
        """Makes a layer, where it is not moved, what these layers are together."""
        own = {Place(*row) for row in edit.db.execute(PLACES, (layer.id,)).fetchall()}
        empty = np.zeros(SHAPE, np.uint8)
        tiles = []
        for place in sorted(places | own):
            merged = self._reader.merged(seen, place)
            tiles.append((place, empty if merged is None else merged))
        edit.write(replace(layer, x=0, y=0), tiles)

    def _still(self, number: int) -> Layer:
        """One that is not locked, and that no clip sets in motion."""
        layer = self.unlocked(number)
        if clips_of(self._reader.db, number):
            raise UserError(f"{layer.name} is animated. Delete its clip in the timeline first, or duplicate it.")
        return layer

    # ---- shapes

    def original(self, number: int) -> Box:
        """What a layer is shaped from, in its own coordinates: all of it, before anything was cut."""
        layer = self.get(number)
        box = self._reader.extent(self.get(layer.origin) if layer.origin is not None else layer)
        return box if layer.origin is not None else box.moved(-layer.x, -layer.y)

    def shape(self, number: int) -> Shape:
        """How it was shaped; raises UserError for an empty layer."""
        layer, box = self.get(number), self.original(number)
        if box.empty:
            raise UserError(f"The layer {layer.name} is empty, so there is nothing to scale or turn.")
        if layer.origin is None:
            return Shape.of(box)
        try:
            return Shape.from_json(layer.shape)
        except (TypeError, ValueError, KeyError) as error:
            raise damaged(self._reader.path, "the shape of a layer is not readable") from error

    def reshape(self, number: int, shape: Shape, name: str = "", joins: int = 0) -> None:
        """Makes a layer anew from its original, which is kept until the layer is painted on."""
        layer, original = self._still(number), self.original(number)
        check(shape, original)
        source = layer.origin if layer.origin is not None else number
        kept = shape.kept(original)
        at = kept if layer.origin is not None else kept.moved(layer.x, layer.y)
        box, pixels = shaped(self._reader.read_layer(source, at), shape)
        check_reach(box.moved(layer.x, layer.y))
        with self._history.edit(f"{name} {layer.name}" if name else tr("Shape layer"), joins) as edit:
            origin = layer.origin if layer.origin is not None else self._keep_original(edit, layer)
            fresh = dict(cut(box, pixels))
            own = {Place(*row) for row in edit.db.execute(PLACES, (number,)).fetchall()}
            empty = np.zeros(SHAPE, np.uint8)
            edit.write(layer, ((place, fresh.get(place, empty)) for place in sorted(own | fresh.keys())))
            edit.change("layers", number, frame=json.dumps(box), origin=origin, shape=shape.to_json())

    def _keep_original(self, edit: Edit, layer: Layer) -> int:
        """A layer that is never seen; the two share their bytes."""
        origin = edit.add("layers", name=f"{layer.name} as it was", frame=frame_text(layer.frame))
        copy_tiles(edit.db, layer.id, origin)
        edit.change("layers", origin, visible=0)  # so that the history leads to it
        return origin


PLACES = 'SELECT "column", "row" FROM tiles WHERE layer = ? AND level = 0'
