"""A large picture on its way into the document: it comes in pieces, and is seen when all of it is there."""

from collections.abc import Iterable

from app.document.blobs import add_blob, forget_layer, point
from app.document.file import DocumentFile
from app.document.geometry import Place
from app.document.history import History
from app.document.layers import Layers
from app.document.reading import Layer
from app.document.tiles import Packed


class Placing:
    """Writes between other things that happen to the document; `finish` is its one entry in the history."""

    def __init__(self, file: DocumentFile, history: History, layers: Layers, name: str):
        self._file, self._history, self._layers, self._name = file, history, layers, name
        with file.transaction() as db:
            number = db.execute("INSERT INTO layers (name) VALUES (?)", (name,)).lastrowid
        assert number is not None
        self._number = number
        history.making.add(number)

    def write(self, tiles: Iterable[tuple[Place, Packed | None]]) -> None:
        """Some of its tiles, packed in whatever thread there was time."""
        with self._file.transaction() as db:
            point(db, self._number, {place: add_blob(db, packed) for place, packed in tiles})

    def finish(self) -> Layer:
        """Shows it on top of the picture."""
        with self._history.edit(f"Place {self._name}") as edit:
            edit.change("layers", self._number, place=self._layers.next_place(), present=1)
        self._history.making.discard(self._number)
        return self._layers.get(self._number)

    def cancel(self) -> None:
        """Nothing of it stays."""
        self._history.making.discard(self._number)
        with self._file.transaction() as db:
            forget_layer(db, self._number)
