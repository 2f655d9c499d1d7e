"""The words for a region: a line in the bar that takes what is typed as it is typed."""

import re

from PySide6.QtCore import QModelIndex, QSize, QStringListModel, Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView, QWidget

from app import icons
from app.canvas.region_bar.floating import HEIGHT
from app.session import Session
from app.translation import tr

WIDTH = 230  # px
NARROW = 110  # px, where the view leaves no room for more
LINES = 9  # words that are seen at once in the list
LONGEST = 10_000  # characters that can be typed; a model reads fewer
IN_LIST = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape, Qt.Key.Key_Down, Qt.Key.Key_Up)
TIP = tr(
    "Words that steer the painting; none go on with what is there.\n"
    "With | between, words change along the region.\n"
    "The key ↓ lists what the model knows."
)


class PromptField(QLineEdit):
    """Enter and Esc give the keys back to the canvas; Ctrl+Enter paints as it does everywhere.

    What is typed is completed with words that the model knows; the key down lists all of them.
    """

    _listed: tuple[str, ...] = ()

    def __init__(self, session: Session, view: QWidget):
        super().__init__()
        self.session, self._view = session, view
        self.setFixedHeight(HEIGHT)
        self.setMinimumWidth(NARROW)
        self.setMaximumWidth(WIDTH)
        self.setMaxLength(LONGEST)
        self.setAccessibleName(tr("Words for the region"))
        self.setToolTip(TIP)
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

    def refresh(self, alone: bool) -> None:
        """alone: there is nothing near that could be continued."""
        if self.text() != self.session.options.prompt:
            self.setText(self.session.options.prompt)
        self.setVisible(self.session.knows_words())
        self.setPlaceholderText(tr("what to paint…") if alone else tr("continue the painting…"))

    def say_of(self, note: str) -> None:
        """What the model makes of the words, where it does not know all of them."""
        self._note.setVisible(bool(note))
        self._note.setToolTip(note)
        self.setToolTip(note or TIP)

    # ---- words to choose from

    def _edited(self, words: str) -> None:
        self.session.set_options(prompt=words)
        if self._begun():
            self.offer()
        else:
            self.list.hide()

    def _begun(self) -> str:
        """The phrase that is being typed, up to the cursor."""
        return re.split(r"[,|]", self.text()[: self.cursorPosition()])[-1].lstrip()

    def offer(self) -> None:
        """Lists what the model knows, of a phrase that was begun what goes on so."""
        known = self.session.known_words()
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
        self.session.set_options(prompt=self.text())

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, HEIGHT)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.list.isVisible() and event.key() in IN_LIST:
            event.ignore()  # it is meant for the list, which asks here first
            return
        if event.key() == Qt.Key.Key_Down:
            self.offer()
            return
        plain = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape):
            self._view.setFocus()
            event.accept()
        else:
            super().keyPressEvent(event)
