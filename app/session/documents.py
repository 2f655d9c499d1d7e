"""The part of the session that is about the document as a whole: its file, and the pictures that are placed in it."""

import os
from pathlib import Path

import numpy as np
from PySide6.QtCore import QTimer

from app.document import Document, GuideLine
from app.document.errors import ReadOnly
from app.session.image_import import Placer, Wanted, Whole, read, size_of
from app.session.state import SessionState
from app.translation import tr
from engine.media.metadata import NOTHING, Metadata
from engine.request import Box, UserError

from .values import reports_errors

IDLE, SOON = 1500, 150  # ms between moments in which coarse tiles are stored, and while some are left
LARGE = 2**20  # pixels, beyond which the window would stand still for more than a moment
BESIDE = 64  # px between a picture and the next one that is placed without a place


class Documents:
    """Opens, saves and watches the document of a session, and places pictures in it."""

    def __init__(self, state: SessionState):
        self._state, self.failed = state, state.failed
        self._saved: object = None
        self.placer = Placer(self, state)
        self.placer.placed.connect(state.placed)
        self.placer.said.connect(state.said)
        self.placer.failed.connect(state.failed)
        self._adopt(state.document)
        self._idle = QTimer(state, interval=IDLE)
        self._idle.timeout.connect(self._settle)
        self._idle.start()

    @property
    def document(self) -> Document:
        return self._state.document

    # ---- documents

    @reports_errors
    def new(self) -> None:
        self._replace(Document.new())

    @reports_errors
    def open(self, path: str | os.PathLike[str]) -> None:
        """Another document; a picture becomes a new document that holds it."""
        path = Path(path)
        if path.suffix.lower() == ".handscroll":
            self._open_document(path)
            return
        wanted = Wanted(path, path.stem)
        if is_large(size_of(path)):
            self._replace(Document.new())
            self.placer.add(wanted)
            return
        whole = read(wanted)
        self._replace(Document.new())
        self._lay(whole, wanted)

    def _open_document(self, path: Path) -> None:
        """One that may not be written is opened as a copy, so that it can be looked at and gone on with."""
        try:
            self._replace(Document.open(path))
        except ReadOnly:
            self._replace(Document.open_copy(path))
            self.failed.emit(
                tr("{name} may not be written, so this is a copy of it. Give it a name to keep it.").format(
                    name=path.name
                )
            )
        if self.named:
            self._state.settings.remember_file(path)

    @reports_errors
    def save(self) -> None:
        self._state.saving.emit()
        self.document.save()
        self._tell_saved()

    @reports_errors
    def save_as(self, path: str | os.PathLike[str]) -> None:
        self._state.saving.emit()
        self._state.closing.emit()
        self.document.save_as(Path(path))
        self._state.settings.remember_file(self.document.path)
        self._tell_saved()

    @reports_errors
    def save_copy(self, path: str | os.PathLike[str]) -> None:
        self.document.save_copy(Path(path))
        self._state.said.emit(tr("A copy was saved as {name}.").format(name=Path(path).name))

    def close(self) -> None:
        """Leaves the document as one file; what was being painted waits in it."""
        self._idle.stop()
        self.placer.cancel()
        self._state.queue.bind(None)
        self._stop_observing()
        self._stop_observing = lambda: None
        self._state.closing.emit()
        self.document.close()

    @property
    def named(self) -> bool:
        return self.document.named

    @property
    def saved(self) -> bool:
        """Whether nothing was done since the last time it was saved; everything is in the file all the same."""
        return self._entry() == self._saved

    @property
    def title(self) -> str:
        if not self.named:
            return tr("Untitled — kept")
        words = tr("{name} — saved") if self.saved else tr("{name} — changed")
        return words.format(name=self.document.path.stem)

    def _replace(self, document: Document) -> None:
        self.placer.cancel()
        self._state.queue.bind(None)
        self._stop_observing()
        self._state.closing.emit()
        self.document.close()
        self._adopt(document)
        self._state.opened.emit()
        self._tell_all()

    def _adopt(self, document: Document) -> None:
        self._state.document = document
        self._seen = self._entry()
        self._saved = self._seen
        self._layers = document.layers.all()
        self._state.selected = self._layers[-1].id if self._layers else None
        self._stands_in: dict[int, int | None] = {}  # what was selected when a layer that was selected had gone
        self._stop_observing = document.observe(self._document_changed)
        self._state.queue.bind(document)

    def _tell_saved(self) -> None:
        self._saved = self._entry()
        self._state.title_changed.emit()
        self._state.said.emit(tr("{name} is saved.").format(name=self.document.path.name))

    def _entry(self) -> object:
        return self.document.history.head, self.document.history.redo_name

    def _document_changed(self, box: Box) -> None:
        if not box.empty:
            self._state.pixels_changed.emit(box)
        if (layers := self.document.layers.all()) != self._layers:
            back = {layer.id for layer in layers} - {layer.id for layer in self._layers}
            self._layers = layers
            self._keep_selected(back)
            self._state.layers_changed.emit()
        if (state := self._entry()) != self._seen:
            self._seen = state
            self._state.history_changed.emit()
            self._state.title_changed.emit()

    def _keep_selected(self, back: set[int]) -> None:
        """The topmost layer stands in for one that is gone; it is let go when that one comes back."""
        there = {layer.id for layer in self._layers}
        returned = [number for number in back if self._stands_in.get(number, -1) == self._state.selected]
        if returned:
            self._state.select(returned[0])
        elif self._state.selected not in there:
            gone, standing = self._state.selected, self._layers[-1].id if self._layers else None
            if gone is not None:
                self._stands_in[gone] = standing
            self._state.select(standing)

    def _tell_all(self) -> None:
        state = self._state
        for signal in (state.layers_changed, state.history_changed, state.title_changed, state.selection_changed):
            signal.emit()

    def _settle(self) -> None:
        """Stores coarse tiles in idle moments, so that the file opens at once; a stroke that goes on is not held up."""
        if self.placer.busy:
            return
        try:
            self._idle.setInterval(IDLE if self.document.settle(0.01, 1) else SOON)
        except UserError:
            self._idle.stop()  # it is told where the artist saves or paints

    # ---- placing pictures

    @reports_errors
    def place(self, path: str | os.PathLike[str], x: float | None = None, y: float | None = None) -> None:
        """A picture from a file as a layer on top, its middle at this point, or beside all that is there.

        A large one comes in pieces while the artist goes on; `placed` tells when nothing is on its way any more.
        """
        wanted = Wanted(Path(path), Path(path).stem, x, y)
        if self.placer.busy or is_large(size_of(Path(path))):
            self.placer.add(wanted)
        else:
            self._lay(read(wanted), wanted)

    @reports_errors
    def place_pixels(
        self, pixels: np.ndarray, x: float | None, y: float | None, name: str = tr("Picture"), at_once: bool = False
    ) -> None:  # fmt: skip
        """The same for pixels, uint8 (height, width, 3 or 4); at_once: it is there when this returns."""
        wanted = Wanted(pixels, name, x, y)
        if not at_once and (self.placer.busy or is_large((pixels.shape[1], pixels.shape[0]))):
            self.placer.add(wanted)
        else:
            self._lay(read(wanted), wanted)

    def _lay(self, whole: Whole, wanted: Wanted) -> None:
        for note in whole.notes:
            self._state.said.emit(note)
        corner = self.corner(whole.width, whole.height, wanted.x, wanted.y)
        placed = self.document.layers.put_all(whole.layers, *corner, wanted.name)
        self.is_placed(placed[-1].id, *corner, whole.metadata)

    def corner(self, width: int, height: int, x: float | None, y: float | None) -> tuple[int, int]:
        """Left and top of a picture whose middle is to lie at x and y, or beside all that is there."""
        bounds = self.document.bounds
        if x is None or y is None:
            return (bounds.right + BESIDE, bounds.y) if not bounds.empty else (0, 0)
        return self._state.snapped(x - width / 2), self._state.snapped(y - height / 2)

    def is_placed(self, layer: int, left: int, top: int, metadata: Metadata = NOTHING) -> None:
        """A picture is there: the first one anchors the grid of patches, and what it says of itself is kept."""
        if self.document.guide is None:
            self.document.metadata = metadata
            self.document.guide = GuideLine(left, top, self._state.patch_px)
        self._state.select(layer)


def is_large(size: tuple[int, int]) -> bool:
    return size[0] * size[1] > LARGE
