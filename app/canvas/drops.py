"""Files and pictures that are dropped on the canvas lie where they were let go."""

from pathlib import Path

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QImage

from app.canvas.viewport import Viewport
from app.qimages import pixels_of

DOCUMENT = ".handscroll"


class Drops:
    def __init__(self, view: Viewport):
        self._view = view
        self.hovering = False

    def enter(self, event: QDragEnterEvent) -> None:
        if files_of(event.mimeData()) or event.mimeData().hasImage():
            event.acceptProposedAction()
            self._hover(True)

    def move(self, event: QDragMoveEvent) -> None:
        event.acceptProposedAction()

    def leave(self) -> None:
        self._hover(False)

    def drop(self, event: QDropEvent) -> None:
        """A document is opened, the first picture comes to lie under the pointer, others beside it."""
        self._hover(False)
        event.acceptProposedAction()
        x, y = self._view.to_canvas(event.position())
        files, session = files_of(event.mimeData()), self._view.session
        documents = [file for file in files if file.suffix.lower() == DOCUMENT]
        if documents:
            session.documents.open(documents[0])
            return
        for number, file in enumerate(files):
            session.documents.place(file, x if number == 0 else None, y if number == 0 else None)
        if not files:
            image = event.mimeData().imageData()
            if isinstance(image, QImage):
                session.documents.place_pixels(pixels_of(image), x, y)

    def _hover(self, hovering: bool) -> None:
        self.hovering = hovering
        self._view.update()


def files_of(data: QMimeData) -> list[Path]:
    """Those on this machine."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile() and Path(url.toLocalFile()).is_file()]
