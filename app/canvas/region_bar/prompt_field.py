"""The words for a region: a line in the bar that takes what is typed as it is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from app.canvas.region_bar.floating import HEIGHT

if TYPE_CHECKING:
    from app.session import Session

WIDTH = 230  # px
NARROW = 110  # px, where the view leaves no room for more
LONGEST = 10_000  # characters that can be typed; a model reads fewer
TIP = "Words that steer the painting; none go on with what is there.\nWith | between, words change along the region."


class PromptField(QLineEdit):
    """Enter and Esc give the keys back to the canvas; Ctrl+Enter paints as it does everywhere."""

    def __init__(self, session: Session, view: QWidget):
        super().__init__()
        self.session, self._view = session, view
        self.setFixedHeight(HEIGHT)
        self.setMinimumWidth(NARROW)
        self.setMaximumWidth(WIDTH)
        self.setMaxLength(LONGEST)
        self.setAccessibleName("Words for the region")
        self.setToolTip(TIP)
        self.textEdited.connect(lambda words: session.set_options(prompt=words))

    def refresh(self, alone: bool) -> None:
        """alone: there is nothing near that could be continued."""
        if self.text() != self.session.options.prompt:
            self.setText(self.session.options.prompt)
        self.setVisible(self.session.knows_words())
        self.setPlaceholderText("what to paint…" if alone else "continue the painting…")

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, HEIGHT)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape):
            self._view.setFocus()
            event.accept()
        else:
            super().keyPressEvent(event)
