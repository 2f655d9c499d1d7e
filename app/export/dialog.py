"""The export dialog: what, how large, in which format and where to; a live line says what will come of it."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from app import theme
from app.session import Session
from engine.request import Box, UserError

from .fields import Fields
from .formats import FORMATS
from .guess import guess, samples
from .image import ExportRequest, Planned, planned
from .job import ExportJob

GUESS_AFTER = 150  # ms of rest after a change
WIDTH = 580  # px


class ExportDialog(QDialog):
    """Stays open while it exports, and closes when all is written."""

    def __init__(self, session: Session, parent: QWidget | None = None):
        super().__init__(parent)
        self.session = session
        self.job: ExportJob | None = None  # while it exports
        self._pieces: tuple[Box, list] | None = None
        self._plan: Planned | None = None
        self.setWindowTitle("Export")
        self.setMinimumWidth(WIDTH)
        region = session.region.box if session.region is not None else None
        self.fields = Fields(session.document.bounds, region, self._suggested(), session.settings.get("recipe_in_png"))
        self._build()
        self._later = QTimer(self, singleShot=True, interval=GUESS_AFTER)
        self._later.timeout.connect(self._guess)
        self.fields.changed.connect(self._look)
        theme.changed.connect(self._look)
        self._look()

    # ---- building

    def _build(self) -> None:
        self.line, self.note = QLabel(), QLabel(wordWrap=True)
        self.line.setAccessibleName("What will be written")
        self.note.setProperty("tone", "secondary")
        self.bar = QProgressBar(textVisible=False, maximum=1000)
        self.bar.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(self.fields)
        column.addStretch(1)
        for each in (self.line, self.note, self.bar):
            column.addWidget(each)
        column.addLayout(self._buttons())
        self.fields.browse.clicked.connect(self._browse)

    def _buttons(self) -> QHBoxLayout:
        self.cancel, self.go = QPushButton("Cancel"), QPushButton("Export")
        self.go.setProperty("main", True)
        self.go.setDefault(True)
        self.cancel.setAutoDefault(False)
        self.cancel.clicked.connect(self.reject)
        self.go.clicked.connect(self._start)
        row = QHBoxLayout()
        row.setContentsMargins(0, 8, 0, 0)
        row.addStretch(1)
        row.addWidget(self.cancel)
        row.addWidget(self.go)
        return row

    def _suggested(self) -> Path:
        """Beside the document, under its name; an unnamed one among the artist's own files."""
        document = self.session.document
        return document.path.with_suffix(".png") if document.named else Path.home() / "Untitled.png"

    # ---- what will come of it

    def request(self) -> ExportRequest:
        """What the fields ask for."""
        return self.fields.request()

    def _look(self) -> None:
        """The size and the limits at once, the bytes a moment later."""
        try:
            self._plan, problem = planned(self.session.document, replace(self.request(), tiles=None)), ""
        except UserError as error:
            self._plan, problem = None, str(error)
        self.fields.offer_tiles(self._plan.tiles if self._plan else None)
        if self._plan is not None and self._plan.limit and not self.fields.tiled:
            problem = self._plan.limit
        self._say(problem)
        self.go.setEnabled(not problem and self.job is None)
        self.line.setText(self._size_line())
        self._later.start()

    def _say(self, problem: str) -> None:
        self.note.setText(problem)
        self.note.setVisible(bool(problem))

    def _size_line(self, bytes: int | None = None) -> str:
        if self._plan is None:
            return ""
        width, height = self._plan.size
        parts = [f"{_grouped(width)} × {_grouped(height)} px"]
        count = self._files()
        if count > 1:
            parts.append(f"{count} files")
        if bytes is not None:
            parts.append(f"about {_amount(bytes)}")
        return "  ·  ".join(parts)

    def _files(self) -> int:
        assert self._plan is not None
        if not (self._plan.tiles and self.fields.tiled):
            return len(self._plan.files)
        (width, height), (across, down) = self._plan.size, self._plan.tiles
        return -(-width // across) * -(-height // down)

    def _guess(self) -> None:
        if self._plan is None or self.job is not None:
            return
        request = self.request()
        box = request.what if request.what is not None else self.session.document.bounds
        try:
            if self._pieces is None or self._pieces[0] != box:
                self._pieces = box, samples(self.session.document, box)
            size, kind = self._plan.size, request.format
            bytes = guess(self._pieces[1], kind, size, request.scale, request.bits, request.quality)
        except (UserError, MemoryError):
            return  # told by the export itself
        self.line.setText(self._size_line(None if request.each_layer else bytes))

    # ---- exporting

    def _browse(self) -> None:
        names = ";;".join(f"{kind.name} (*{' *'.join(kind.suffixes)})" for kind in FORMATS)
        path, _ = QFileDialog.getSaveFileName(self, "Export to", str(self.fields.path()), names)
        if path:
            self.fields.set_path(Path(path))

    def _start(self) -> None:
        if self.job is not None or not self.go.isEnabled():
            return
        request = self.request()
        self.job = ExportJob(self.session.document, request, self)
        self.job.progressed.connect(lambda share: self.bar.setValue(round(share * 1000)))
        self.job.done.connect(self._done)
        self.job.failed.connect(self._failed)
        self.job.cancelled.connect(self._cancelled)
        self._working(True)
        self.job.start()

    def _working(self, working: bool) -> None:
        self.bar.setValue(0)
        self.bar.setVisible(working)
        self.fields.setEnabled(not working)
        self.go.setEnabled(not working)
        self.go.setText("Exporting…" if working else "Export")
        if not working:
            self.job = None

    def _done(self, files: list[Path]) -> None:
        if not self._end():
            return
        self.session.settings.set("recipe_in_png", self.fields.recipe.isChecked())
        where = str(files[0]) if len(files) == 1 else f"{len(files)} files in {files[0].parent}"
        self.session.said.emit(f"Exported {where}.")
        self.accept()

    def _failed(self, sentence: str) -> None:
        if self._end():
            self._look()
            self._say(sentence)

    def _cancelled(self) -> None:
        if not self._end():
            return
        self._look()
        self.session.said.emit("The export was cancelled; nothing was written.")

    def _end(self) -> bool:
        """False when it has ended before: closing does not wait for the last signal."""
        if self.job is None:
            return False
        self.job.wait()
        self.job.deleteLater()
        self._working(False)
        return True

    # ---- leaving

    def reject(self) -> None:
        """While it exports, this stops the export; else it closes."""
        if self.job is not None:
            self.job.cancel()
        else:
            super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.job is not None:
            self.job.cancel()
            self._end()
        super().closeEvent(event)

    def done(self, result: int) -> None:
        self._later.stop()
        super().done(result)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._start()
        else:
            super().keyPressEvent(event)


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", "\u202f")


def _amount(bytes: int) -> str:
    for unit, size in (("GB", 10**9), ("MB", 10**6)):
        if bytes >= size:
            return f"{bytes / size:.1f} {unit}"
    return f"{max(1, round(bytes / 1000))} kB"
