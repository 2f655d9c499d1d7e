"""The base of dialogs that write files: two buttons, a progress bar, and cancelling."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from app.session import Session
from app.translation import tr

from .job import BackgroundJob

FULL = 1000  # of the bar
BUSY_AFTER = 400  # ms without news, as while a picture is packed in one go


class WritingDialog(QDialog):
    """Closes when all is written. While it writes, Esc stops that; what had been written by then is gone."""

    def __init__(self, session: Session, title: str, parent: QWidget | None = None):
        super().__init__(parent)
        self.session = session
        self.job: BackgroundJob | None = None  # while it writes
        self.setWindowTitle(title)
        self.line, self.note = QLabel(), QLabel(wordWrap=True)
        self.line.setAccessibleName(tr("What will be written"))
        self.note.setProperty("tone", "secondary")
        self.bar = QProgressBar(textVisible=False, maximum=FULL)
        self.bar.hide()
        self._quiet = QTimer(self, singleShot=True, interval=BUSY_AFTER)
        self._quiet.timeout.connect(lambda: self.bar.setMaximum(0))  # it moves all the same
        self.cancel, self.go = QPushButton(tr("Cancel"), autoDefault=False), QPushButton(tr("Export"), default=True)
        self.go.setProperty("main", True)
        self.cancel.clicked.connect(self.reject)
        self.go.clicked.connect(self._start)

    def _build(self, fields: QWidget, make_job: Callable[[], BackgroundJob], look: Callable[[], None]) -> None:
        """Lays it out; the fields rest while it writes.

        make_job: makes what writes what the fields ask for. look: says what would be written, and whether it can be.
        """
        self._asking, self._make_job, self._look_anew = fields, make_job, look
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(fields)
        column.addStretch(1)
        for each in (self.line, self.note, self.bar):
            column.addWidget(each)
        row = QHBoxLayout()
        row.setContentsMargins(0, 8, 0, 0)
        row.addStretch(1)
        row.addWidget(self.cancel)
        row.addWidget(self.go)
        column.addLayout(row)

    # ---- what a dialog may add

    def _written(self) -> None:
        """All is there."""

    # ---- writing

    def _say(self, words: str) -> None:
        self.note.setText(words)
        self.note.setVisible(bool(words))

    def _start(self) -> None:
        if self.job is not None or not self.go.isEnabled():
            return
        self.job = self._make_job()
        self.job.progressed.connect(self._progressed)
        self.job.done.connect(self._done)
        self.job.failed.connect(self._failed)
        self.job.cancelled.connect(self._cancelled)
        self._working(True)
        self.job.start()

    def _progressed(self, share: float) -> None:
        self.bar.setMaximum(FULL)
        self.bar.setValue(round(share * FULL))
        self._quiet.start()

    def _working(self, working: bool) -> None:
        self._progressed(0)
        if not working:
            self._quiet.stop()
        self.bar.setVisible(working)
        self.cancel.setEnabled(True)
        self._asking.setEnabled(not working)
        self.go.setEnabled(not working)
        self.go.setText(tr("Exporting…") if working else tr("Export"))
        if not working:
            self.job = None

    def _done(self, files: list[Path]) -> None:
        if not self._end():
            return
        self._written()
        where = (
            str(files[0])
            if len(files) == 1
            else tr("%n files in {folder}", "", len(files)).format(folder=files[0].parent)
        )
        self.session.said.emit(tr("Exported {where}.").format(where=where))
        self.accept()

    def _failed(self, sentence: str) -> None:
        if self._end():
            self._look_anew()
            self._say(sentence)

    def _cancelled(self) -> None:
        if self._end():
            self._look_anew()
            self.session.said.emit(tr("The export was cancelled; nothing was written."))

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
            self.cancel.setEnabled(False)
            self._say(tr("It stops as soon as what is being packed is done; nothing will be written."))
        else:
            super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.job is not None:
            self.job.cancel()
            self._end()
        super().closeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._start()
        else:
            super().keyPressEvent(event)
