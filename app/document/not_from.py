"""The mask of what nothing is to be taken from: painted with a brush, kept as the alpha of a hidden layer."""

from collections.abc import Iterator

import numpy as np

from engine.request import Box

from .file import DocumentFile
from .geometry import NOWHERE, Place, check_reach, tiles_under
from .history import History
from .reading import Layer, Reader
from .tiles import Surface

KEY = "not_from"  # of the file's values: the number of the layer


class NotFrom:
    """Each change is an entry of the history, or a part of the last one."""

    def __init__(self, file: DocumentFile, reader: Reader, history: History):
        self._file, self._reader, self._history = file, reader, history

    @property
    def _layer(self) -> Layer | None:
        number = self._file.meta(KEY)
        return None if number is None else self._reader.layer(int(number))

    @property
    def box(self) -> Box:
        """The smallest box round all that is marked."""
        layer = self._layer
        return NOWHERE if layer is None else self._reader.extent(layer)

    def mask(self, box: Box, level: int = 0) -> np.ndarray:
        """What is marked, bool (height, width); the box is in pixels of the level."""
        layer = self._layer
        if layer is None:
            return np.zeros((box.height, box.width), bool)
        return self._reader.read_layer(layer.id, box, level)[:, :, 3] > 0

    def mark(self, box: Box, mask: np.ndarray, name: str, joins: int = 0) -> None:
        """Marks the pixels where the mask is True."""
        self._change(box, mask, 255, name, joins)

    def unmark(self, box: Box, mask: np.ndarray, name: str, joins: int = 0) -> None:
        """Lets pixels be taken from again."""
        self._change(box, mask, 0, name, joins)

    def _change(self, box: Box, mask: np.ndarray, alpha: int, name: str, joins: int) -> None:
        check_reach(box)
        with self._history.edit(name, joins) as edit:
            layer = self._layer
            if layer is None:
                self._file.set_meta(KEY, edit.add("layers", name=""))
                layer = self._layer
            assert layer is not None
            edit.write(layer, self._changed(layer, box, mask, alpha))

    def _changed(self, layer: Layer, box: Box, mask: np.ndarray, alpha: int) -> Iterator[tuple[Place, np.ndarray]]:
        for place in tiles_under(box):
            surface = Surface(lambda each: self._reader.tile(layer.id, 0, each))
            part = place.box().intersect(box)
            chosen = mask[part.slices(box)]
            surface.write(part, np.full((*chosen.shape, 4), (0, 0, 0, alpha), np.uint8), chosen)
            yield from surface.changed.items()
