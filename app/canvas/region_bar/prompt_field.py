"""The field for a region's prompt: the region takes the words while they are typed."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.canvas.region_bar.floating import HEIGHT
from app.session import Session
from app.translation import tr
from app.words_field import WordsField

WIDTH = 230  # px
NARROW = 110  # px, where the view leaves no room for more
TIP = tr(
    "Words that steer the painting; none go on with what is there.\n"
    "With | between, words change along the region.\n"
    "The key ↓ lists what the model knows."
)


class PromptField(WordsField):
    """Enter and Esc give the keys back to the canvas; Ctrl+Enter paints as it does everywhere."""

    def __init__(self, session: Session, view: QWidget):
        super().__init__(session.known_words, TIP)
        self.session, self._view = session, view
        self.setFixedHeight(HEIGHT)
        self.setMinimumWidth(NARROW)
        self.setMaximumWidth(WIDTH)
        self.setAccessibleName(tr("Words for the region"))
        self.written.connect(lambda words: session.set_options(prompt=words))

    def refresh(self, alone: bool) -> None:
        """alone: there is nothing near that could be continued."""
        if self.text() != self.session.options.prompt:
            self.setText(self.session.options.prompt)
        self.setVisible(self.session.knows_words())
        self.setPlaceholderText(tr("what to paint…") if alone else tr("continue the painting…"))

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, HEIGHT)

    def other_key(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape):
            self._view.setFocus()
            event.accept()
        else:
            super().other_key(event)
