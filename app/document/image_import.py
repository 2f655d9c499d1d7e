"""Writes a large picture into the document in pieces; its layer becomes visible when all of it is there."""

from collections.abc import Iterable

from app.document.blobs import add_blob, forget_layer, insert, point
from app.document.file import DocumentFile
from app.document.geometry import NOWHERE, Place
from app.document.history import History
from app.document.layers import Layers, frame_text
from app.document.reading import Layer
from app.document.tiles import Packed
from app.translation import tr
from engine.request import Box


class Placing:
    """Writes between other things that happen to the document; `finish` is its one entry in the history."""

    def __init__(self, file: DocumentFile, history: History, layers: Layers, name: str):
        self._file, self._history, self._layers, self._name = file, history, layers, name
        self._numbers: list[int] = []

    def begin(self, name: str, visible: bool = True, opacity: float = 1.0, frame: Box | None = None) -> None:
        """The next layer, above those before; frame: all that it covers, where that is more than its pixels."""
        values = {"name": name, "visible": int(visible), "opacity": opacity, "frame": frame_text(frame or NOWHERE)}
        with self._file.transaction() as db:
            number = insert(db, "layers", **values)
        self._numbers.append(number)
        self._history.making.add(number)

    def write(self, tiles: Iterable[tuple[Place, Packed | None]]) -> None:
        """Some tiles of the layer that was begun last, packed in whatever thread there was time."""
        with self._file.transaction() as db:
            point(db, self._numbers[-1], {place: add_blob(db, packed) for place, packed in tiles})

    def finish(self) -> Layer:
        """Shows it on top of the picture; returns its highest layer."""
        with self._history.edit(tr("Place {name}").format(name=self._name)) as edit:
            first = self._layers.next_place()
            for over, number in enumerate(self._numbers):
                edit.change("layers", number, place=first + over, present=1)
        self._history.making.difference_update(self._numbers)
        return self._layers.get(self._numbers[-1])

    def cancel(self) -> None:
        """Nothing of it stays."""
        self._history.making.difference_update(self._numbers)
        with self._file.transaction() as db:
            for number in self._numbers:
                forget_layer(db, number)
