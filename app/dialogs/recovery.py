"""Documents that have no name yet: left by a program that ended early, or kept for later."""

import time
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import QDialog, QLabel, QListWidget, QListWidgetItem, QMessageBox, QPushButton, QWidget

from app.document import Recoverable, recoverable, recovery, thumbnail_of
from app.qimages import image_of
from app.translation import tr
from engine.request import UserError

from .pages import buttons, column, main_button, named, quiet, sure_to_delete

THUMBNAIL = QSize(96, 64)
NOTHING = tr("There is no document without a name. Every new one would be offered here.")
SOMETHING = tr("These have no name yet. Nothing in them is lost: open one and go on, or leave them for later.")


class RecoveryDialog(QDialog):
    chosen = Signal(Path)

    def __init__(self, parent: QWidget | None = None):
        super().__init__(parent)
        self.setWindowTitle(tr("Unnamed documents"))
        self.resize(560, 420)
        lines = column(self)
        lines.addWidget(named(tr("Unnamed documents")))
        self.words = quiet("")
        self.words.setWordWrap(True)
        lines.addWidget(self.words)
        self.list = QListWidget()
        self.list.setIconSize(THUMBNAIL)
        self.list.setSpacing(2)
        self.list.setAccessibleName(tr("Unnamed documents"))
        self.list.currentItemChanged.connect(self._follow)
        self.list.itemActivated.connect(self.open_chosen)
        lines.addWidget(self.list, 1)
        self.problem = QLabel()
        self.problem.setWordWrap(True)
        lines.addWidget(self.problem)
        self.delete, self.later, self.go_on = (
            QPushButton(tr("Delete…")),
            QPushButton(tr("Later")),
            main_button(tr("Open")),
        )
        self.delete.clicked.connect(self.delete_chosen)
        self.later.clicked.connect(self.reject)
        self.go_on.clicked.connect(self.open_chosen)
        lines.addLayout(buttons(self.later, self.go_on, left=[self.delete]))
        self.refresh()

    def refresh(self) -> None:
        self.list.clear()
        for found in recoverable():
            item = QListWidgetItem(thumbnail(found.path), describe(found))
            item.setData(Qt.ItemDataRole.UserRole, found)
            item.setSizeHint(QSize(0, THUMBNAIL.height() + 12))
            self.list.addItem(item)
        self.words.setText(SOMETHING if self.list.count() else NOTHING)
        self.list.setCurrentRow(0)
        self._follow()

    @property
    def found(self) -> Recoverable | None:
        item = self.list.currentItem()
        return item.data(Qt.ItemDataRole.UserRole) if item else None

    def _follow(self) -> None:
        found = self.found
        self.go_on.setEnabled(found is not None and not found.problem)
        self.delete.setEnabled(found is not None)
        self.problem.setText(found.problem if found else "")
        self.problem.setVisible(bool(found and found.problem))

    def open_chosen(self) -> None:
        if (found := self.found) and not found.problem:
            self.accept()
            self.chosen.emit(found.path)

    def delete_chosen(self) -> None:
        """For good, so it is asked once more."""
        if (found := self.found) and self._sure(found):
            try:
                recovery.delete(found.path)
            except UserError as error:
                QMessageBox.information(self, "Handscroll", str(error))
            self.refresh()

    def _sure(self, found: Recoverable) -> bool:
        then = tr("{found}\nIt cannot be brought back afterwards.").format(found=describe(found))
        return sure_to_delete(self, tr("Delete this document for good?"), then)


def thumbnail(path: Path) -> QIcon:
    try:
        pixels = thumbnail_of(path)
    except UserError:
        pixels = None
    if pixels is None:
        blank = QPixmap(THUMBNAIL)
        blank.fill(Qt.GlobalColor.transparent)
        return QIcon(blank)
    made, picture = QIcon(), QPixmap.fromImage(image_of(pixels))
    for mode in (QIcon.Mode.Normal, QIcon.Mode.Selected):  # Qt would tint the chosen one
        made.addPixmap(picture, mode)
    return made


def describe(found: Recoverable) -> str:
    changed = time.strftime("%Y-%m-%d, %H:%M", time.localtime(found.changed))
    size = found.size / 2**20
    return (
        tr("Last changed {changed}\n{size:.1f} MiB").format(changed=changed, size=size)
        if size >= 0.1
        else tr("Last changed {changed}").format(changed=changed)
    )
