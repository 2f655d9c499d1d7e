"""A finished patch settles in: what was there before lies over it and fades away."""

import math
import time

from PySide6.QtCore import QObject, QPoint, QRect, QTimer, Signal
from PySide6.QtGui import QPainter, QPixmap

LASTS = 0.12  # seconds
FIRST = 0.35  # how much of the new is seen at once: its coming is not to be waited for
FRAME = 16  # ms
MOST = 16  # at once; more are a change of the whole picture, not a patch


class PatchFades(QObject):
    """All in device pixels; `changed` tells which part of the screen is different now."""

    changed = Signal(QRect)

    def __init__(self, parent: QObject | None = None):
        super().__init__(parent)
        self._fading: list[tuple[QPoint, QPixmap, float]] = []
        self._timer = QTimer(self, interval=FRAME)
        self._timer.timeout.connect(self._step)

    def add(self, at: QPoint, before: QPixmap) -> None:
        if len(self._fading) < MOST and not before.isNull():
            self._fading.append((at, before, time.monotonic()))
            self._timer.start()

    def clear(self) -> None:
        """The screen shows another place: what was there before has no meaning."""
        self._fading.clear()
        self._timer.stop()

    def draw(self, painter: QPainter) -> None:
        now = time.monotonic()
        for at, before, begun in self._fading:
            gone = min((now - begun) / LASTS, 1.0)
            painter.setOpacity((1 - FIRST) * 0.5 * (1 + math.cos(math.pi * gone)))
            painter.drawPixmap(at, before)
        painter.setOpacity(1.0)

    def _step(self) -> None:
        now = time.monotonic()
        for at, before, _ in self._fading:
            self.changed.emit(QRect(at, before.size()))
        self._fading = [each for each in self._fading if now - each[2] < LASTS]
        if not self._fading:
            self._timer.stop()
