"""A line for words that steer the painting: it offers those that a model knows, and tells of those that it does not."""

import re
from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QStringListModel, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView

from app import icons

LINES = 9  # words that are seen at once in the list
LONGEST = 10_000  # characters that can be typed; a model reads fewer
IN_LIST = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape, Qt.Key.Key_Down, Qt.Key.Key_Up)


class WordsField(QLineEdit):
    """What is typed is completed with words that the model knows; the key down lists all of them.

    known: gives these, those that belong first first. `written` tells of all that an artist types or chooses.
    """

    written = Signal(str)
    _listed: tuple[str, ...] = ()

    def __init__(self, known: Callable[[], tuple[str, ...]], tip: str = ""):
        super().__init__()
        self._known, self._tip = known, tip
        self.setMaxLength(LONGEST)
        self.setToolTip(tip)
        self.textEdited.connect(self._edited)
        self._note = QAction(self)
        self.addAction(self._note, QLineEdit.ActionPosition.TrailingPosition)
        self._drawing = icons.follow(self._note, "info", "secondary")
        self._note.setVisible(False)
        self.completer_ = QCompleter(self)
        self.completer_.setWidget(self)
        self.completer_.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.completer_.setMaxVisibleItems(LINES)
        self.completer_.activated.connect(self._take)
        self.list = self.completer_.popup() or QListView()  # there always is one

    def say_of(self, note: str) -> None:
        """What the model makes of the words, where it does not know all of them."""
        self._note.setVisible(bool(note))
        self._note.setToolTip(note)
        self.setToolTip(note or self._tip)

    def _edited(self, words: str) -> None:
        self.written.emit(words)
        if self._begun():
            self.offer()
        else:
            self.list.hide()

    def _begun(self) -> str:
        """The phrase that is being typed, up to the cursor."""
        return re.split(r"[,|]", self.text()[: self.cursorPosition()])[-1].lstrip()

    def offer(self) -> None:
        """Lists what the model knows, of a phrase that was begun what goes on so."""
        known = self._known()
        if self.completer_.model() is None or self._listed != known:
            self._listed = known
            self.completer_.setModel(QStringListModel(list(known), self.completer_))
        self.completer_.setCompletionPrefix(self._begun())
        only = self.completer_.completionCount() == 1 and self.completer_.currentCompletion() == self._begun()
        if self.completer_.completionCount() and not only:
            self.completer_.complete()
            self.list.setCurrentIndex(QModelIndex())  # Enter means what it says until one is chosen
        else:
            self.list.hide()

    def _take(self, phrase: str) -> None:
        at = self.cursorPosition()
        before, after = self.text()[: at - len(self._begun())], self.text()[at:]
        self.setText(before + phrase + after)
        self.setCursorPosition(len(before + phrase))
        self.written.emit(self.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.list.isVisible() and event.key() in IN_LIST:
            event.ignore()  # it is meant for the list, which asks here first
        elif event.key() == Qt.Key.Key_Down:
            self.offer()
        else:
            self.other_key(event)

    def other_key(self, event: QKeyEvent) -> None:
        """A key that the list has no use for."""
        super().keyPressEvent(event)
