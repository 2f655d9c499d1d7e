"""The status bar: place of the pointer, what paints and on which device, messages, and what painting will cost."""

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QLabel, QStatusBar

from app import theme
from app.jobs.device_words import device_and_reason
from app.translation import tr
from app.workbench import Workbench

NEWS = 8_000  # ms that news stay
STATES = {
    "starting": tr("the engine is starting"), "gone": tr("the engine is at rest"), "ready": "", "painting": "",
    "preparing": tr("the engine prepares itself for this computer, only this once"),
}  # fmt: skip


class StatusBar(QStatusBar):
    def __init__(self, window: Workbench):
        super().__init__(window)
        self._view, self._session, self._queue = window.view, window.session, window.session.queue
        self.setSizeGripEnabled(False)
        self.setContentsMargins(8, 0, 8, 0)
        self.zoom, self.place = self._label(tr("Zoom")), self._label(tr("Pointer"))
        self.engine, self.news = self._label(tr("Engine")), self._label(tr("News"), "text")
        self.memory, self.speed = self._label(tr("Memory of the engine")), self._label(tr("Seconds a patch"))
        self.zoom.setMinimumWidth(52)
        self.place.setMinimumWidth(130)
        for label in (self.zoom, self.place, self.engine):
            self.addWidget(label)
        self.addWidget(self.news, 1)
        for label in (self.memory, self.speed):
            self.addPermanentWidget(label)
        self._fading = QTimer(self, singleShot=True, interval=NEWS)
        self._fading.timeout.connect(lambda: self._show_news(""))
        self._view.camera_changed.connect(self._zoomed)
        self._view.pointer_moved.connect(self._pointed)
        self._session.said.connect(self.say)
        self._session.options_changed.connect(self._worked)
        self._queue.status_changed.connect(self._worked)
        self._zoomed()
        self._worked()

    def _label(self, name: str, tone: str = "secondary") -> QLabel:
        label = QLabel()
        label.setFont(theme.font(theme.SMALL))
        label.setProperty("tone", tone)
        label.setAccessibleName(name)
        label.setContentsMargins(6, 3, 10, 3)
        return label

    def say(self, news: str) -> None:
        """Shows news for a while, and tells them to screen readers."""
        self._show_news(news)
        self._fading.start()
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.news, news))

    def _show_news(self, news: str) -> None:
        self.news.setText(news)
        self.news.setToolTip(news)  # what a narrow window cuts off

    def _zoomed(self) -> None:
        self.zoom.setText(percent(self._view.camera.scale))

    def _pointed(self, x: float, y: float) -> None:
        self.place.setText(f"x {thousands(int(x // 1))}   y {thousands(int(y // 1))}")

    def _worked(self) -> None:
        status = self._queue.status
        device = device_and_reason(status.device, status.reason)
        parts = (self._session.options.model, device, STATES.get(status.state, ""))
        self.engine.setText("      ".join(part for part in parts if part))
        self.engine.setToolTip(status.message)
        self.memory.setText(tr("engine {size}").format(size=memory(status.memory_mib)) if status.memory_mib else "")
        self.speed.setText(
            tr("{seconds:.2f} s a patch").format(seconds=status.seconds_per_patch) if status.seconds_per_patch else ""
        )


def percent(scale: float) -> str:
    """62 %, and 0.4 % where one would be too coarse."""
    value = 100 * scale
    return f"{value:.0f} %" if value >= 10 else f"{value:.1f} %"


def thousands(value: int) -> str:
    """18 432, with narrow spaces and a true minus."""
    return f"{value:,}".replace(",", "\u202f").replace("-", "−")


def memory(mib: float) -> str:
    return f"{mib / 1024:.1f} GiB" if mib >= 1024 else f"{mib:.0f} MiB"
