"""Messages over the canvas, of errors and other news: a few at once, each for a while; none blocks the work."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.canvas.region_bar.floating import SHADOW, Floating, IconPush
from app.translation import tr

TOP = 14  # px below the upper edge of the view
WIDEST = 620
MOST = 3  # sentences that are seen at once
PASSING, LASTING = 8_000, 30_000  # ms: news that need no answer, and what went wrong


class Toast(Floating):
    """The oldest is at the top; under the pointer they stay. `below` says how far down something else reaches."""

    def __init__(self, view: QWidget, below: Callable[[], int] = lambda: 0):
        super().__init__(view)
        self.setAccessibleName(tr("Message"))
        self._view, self._below, self._notices = view, below, list[Notice]()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(self.inner(8))
        self._column.setSpacing(4)
        view.installEventFilter(self)
        self.hide()

    @property
    def sentences(self) -> list[str]:
        """What is shown, and what comes after it."""
        return [notice.sentence for notice in self._notices]

    def tell(self, sentence: str, passing: bool = False) -> None:
        """Shows a sentence; those that find no room come when others have gone."""
        if sentence and sentence not in self.sentences:
            notice = Notice(self, sentence, passing)
            self._notices.append(notice)
            self._column.addWidget(notice)
            self._show()

    def next(self) -> None:
        """Closes the oldest."""
        if self._notices:
            self.close_notice(self._notices[0])

    def close_notice(self, notice: "Notice") -> None:
        if notice in self._notices:
            self._notices.remove(notice)
            self._column.removeWidget(notice)
            notice.hide()
            notice.deleteLater()
            self._show()

    def let_pass(self) -> None:
        """The artist goes on: news that need no answer make way."""
        for notice in [each for each in self._notices if each.passing]:
            self.close_notice(notice)

    def _show(self) -> None:
        self.setVisible(bool(self._notices))
        for place, notice in enumerate(self._notices):
            notice.setVisible(place < MOST)
            if place < MOST:
                notice.begin()
        more = len(self._notices) - MOST
        for notice in self._notices[:MOST]:
            notice.close_.setToolTip(tr("Close ({more} more)").format(more=more) if more > 0 else tr("Close"))
        if self._notices:
            self._place()
            self.raise_()

    def _place(self) -> None:
        width = min(WIDEST, self._view.width() - 2 * TOP)
        needed = max((notice.needs() for notice in self._notices[:MOST]), default=0)
        self.setFixedWidth(max(min(width, needed + 2 * (SHADOW + 8)), 160))
        self._column.invalidate()
        self._column.activate()
        self.setFixedHeight(max(self._column.heightForWidth(self.width()), self._column.minimumSize().height()))
        top = max(TOP, self._below())
        self.put(QPoint((self._view.width() - self.panel_rect().width()) // 2, top))

    def enterEvent(self, event: QEnterEvent) -> None:
        for notice in self._notices:
            notice.timer.stop()

    def leaveEvent(self, event: QEvent) -> None:
        for notice in self._notices[:MOST]:
            notice.begin()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self._notices:
            self._place()
        return False


class Notice(QWidget):
    """One sentence, with what closes it."""

    def __init__(self, toast: Toast, sentence: str, passing: bool):
        super().__init__(toast)
        self.sentence, self.passing = sentence, passing
        self._label = QLabel(sentence)
        self._label.setWordWrap(True)
        self._label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._label.setContentsMargins(8, 2, 0, 2)
        self.close_ = IconPush("cancel", tr("Close this message"), tr("Close"))
        self.close_.clicked.connect(lambda: toast.close_notice(self))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self._label, 1)
        row.addWidget(self.close_, 0, Qt.AlignmentFlag.AlignTop)
        self.timer = QTimer(self, singleShot=True, interval=PASSING if passing else LASTING)
        self.timer.timeout.connect(lambda: toast.close_notice(self))

    def needs(self) -> int:
        """px in one line."""
        return self._label.fontMetrics().horizontalAdvance(self.sentence) + 70

    def begin(self) -> None:
        """From now on it is seen."""
        if not self.timer.isActive():
            self.timer.start()
