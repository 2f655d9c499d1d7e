"""What went wrong, in a sentence over the canvas; it waits there until it is closed, and keeps nobody from working."""

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from app.canvas.region_bar.floating import Floating, IconPush

TOP = 14  # px below the upper edge of the view
WIDEST = 620
LONG = 20_000  # ms after which news that need no answer go by themselves


class Toast(Floating):
    def __init__(self, view: QWidget):
        super().__init__(view)
        self.setAccessibleName("Message")
        self._view, self._waiting = view, list[tuple[str, bool]]()
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(self.inner(8))
        row.setSpacing(12)
        self._sentence = QLabel()
        self._sentence.setWordWrap(True)
        self._sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._sentence.setContentsMargins(8, 2, 0, 2)
        self._close = IconPush("cancel", "Close this message", "Close")
        self._close.clicked.connect(self.next)
        row.addWidget(self._sentence, 1)
        row.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        self._timer = QTimer(self, singleShot=True, interval=LONG)
        self._timer.timeout.connect(self.next)
        view.installEventFilter(self)
        self.hide()

    @property
    def sentences(self) -> list[str]:
        """What is shown, and what comes after it."""
        return [sentence for sentence, _ in self._waiting]

    def tell(self, sentence: str, passing: bool = False) -> None:
        """Shows a sentence, after those that wait already; `passing` ones go by themselves."""
        if sentence and sentence not in self.sentences:
            self._waiting.append((sentence, passing))
            self._show()

    def next(self) -> None:
        """Closes what is shown."""
        del self._waiting[:1]
        self._show()

    def let_pass(self) -> None:
        """The artist goes on: news that need no answer make way."""
        self._waiting = [each for each in self._waiting if not each[1]]
        self._show()

    def _show(self) -> None:
        self._timer.stop()
        self.setVisible(bool(self._waiting))
        if not self._waiting:
            return
        sentence, passing = self._waiting[0]
        more = len(self._waiting) - 1
        self._sentence.setText(sentence)
        self._close.setToolTip(f"Close ({more} more)" if more else "Close")
        if passing:
            self._timer.start()
        self._place()
        self.raise_()

    def _place(self) -> None:
        width = min(WIDEST, self._view.width() - 2 * TOP)
        letters = self._sentence.fontMetrics().horizontalAdvance(self._sentence.text())
        self.setFixedWidth(max(min(width, letters + 110), 160))
        self.setFixedHeight(max(self._row.heightForWidth(self.width()), self._row.minimumSize().height()))
        self.put(QPoint((self._view.width() - self.panel_rect().width()) // 2, TOP))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self._waiting:
            self._place()
        return False
