"""Rulers along the upper and the left edge, in canvas pixels, with a mark where the pointer is."""

import math

from PySide6.QtCore import QEvent, QLineF, QObject, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from app import theme
from app.canvas.viewport import Viewport

THICK = 20  # widget pixels
APART = 72.0  # widget pixels between numbers, at least
LETTERS = 10  # px


def step_of(scale: float, apart: float = APART) -> int:
    """Canvas pixels between numbers: 1, 2 or 5 times a power of ten; scale in widget pixels for each."""
    least = apart / scale
    power = 10 ** max(math.floor(math.log10(least)), 0) if least > 1 else 1
    return next(int(power * times) for times in (1, 2, 5, 10) if power * times >= least)


class CanvasRuler(QWidget):
    """One of the two; it lies over the canvas and lets everything through."""

    def __init__(self, view: Viewport, upright: bool):
        super().__init__(view)
        self._view, self._upright, self._mark = view, upright, -1.0
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        view.camera_changed.connect(self.update)
        view.pointer_moved.connect(self._point)
        view.installEventFilter(self)
        self._lay()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._lay()
        return False

    def _lay(self) -> None:
        size = self._view.size()
        if self._upright:
            self.setGeometry(0, THICK, THICK, max(size.height() - THICK, 0))
        else:
            self.setGeometry(0, 0, size.width(), THICK)

    def _point(self, x: float, y: float) -> None:
        at = self._view.to_widget(x, y)
        before, self._mark = self._mark, at.y() if self._upright else at.x()
        for place in (before, self._mark):
            self.update(self._strip(place - 2, 5).toAlignedRect())

    def _strip(self, at: float, length: float) -> QRectF:
        at -= THICK if self._upright else 0
        return QRectF(0, at, THICK, length) if self._upright else QRectF(at, 0, length, THICK)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(event.rect(), theme.colour("panel"))
            painter.setPen(QPen(theme.colour("edge"), 0))
            edge = THICK - 0.5
            painter.drawLine(
                QLineF(edge, 0, edge, self.height()) if self._upright else QLineF(0, edge, self.width(), edge)
            )
            painter.setFont(theme.font(LETTERS))
            self._draw_steps(painter)
            painter.setPen(QPen(theme.colour("accent_line"), 1))
            at = self._mark - (THICK if self._upright else 0)
            painter.drawLine(QLineF(0, at, THICK, at) if self._upright else QLineF(at, 0, at, THICK))

    def _draw_steps(self, painter: QPainter) -> None:
        seen, step = self._view.visible_box(), step_of(self._view.scale)
        begin, end = (seen.y, seen.bottom) if self._upright else (seen.x, seen.right)
        small = next((step // parts for parts in (10, 5, 2) if step % parts == 0), step)
        for value in range(begin // step * step, end + 1, small):
            numbered = value % step == 0
            place = self._view.to_widget(value, value)
            at = round(place.y() - THICK if self._upright else place.x()) + 0.5
            painter.setPen(QPen(theme.colour("secondary" if numbered else "line"), 0))
            length = THICK if numbered else THICK / 4
            painter.drawLine(
                QLineF(THICK - length, at, THICK, at) if self._upright else QLineF(at, THICK - length, at, THICK)
            )
            if numbered:
                self._write(painter, at, f"{value:,}".replace(",", "\u2009"))

    def _write(self, painter: QPainter, at: float, text: str) -> None:
        painter.save()
        if self._upright:
            painter.translate(QPointF(0, at))
            painter.rotate(-90)
            painter.drawText(QPointF(4, LETTERS + 1), text)
        else:
            painter.drawText(QPointF(at + 4, LETTERS + 1), text)
        painter.restore()
