"""The ruler over the tracks: frames by number, and the playhead, which goes wherever it is pressed or dragged to."""

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QWidget

from app import theme
from app.session import Session
from app.translation import tr

from .scale import GUTTER, TimeScale, step_of

HIGH = 34  # px
APART, FINE = 70.0, 7.0  # px between numbers and between marks, at least
LONG, SHORT = 14, 6  # px of marks
HEAD = (12, 13)  # px of the playhead's handle


class TimeRuler(QWidget):
    def __init__(self, session: Session, scale: TimeScale, parent: QWidget | None = None):
        super().__init__(parent)
        self._timeline, self._scale = session.timeline, scale
        self.setFixedHeight(HIGH)
        self.setAccessibleName(tr("Ruler"))
        self.setAccessibleDescription(tr("Click or drag to go to a frame."))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        for signal in (scale.changed, theme.changed, self._timeline.playback.playhead_changed, session.opened):
            signal.connect(self.update)

    # ---- the mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._seek(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._seek(event.position().x())

    def _seek(self, x: float) -> None:
        """Beyond either end the ruler moves along."""
        frame = self._scale.frame(x)
        self._timeline.playback.seek(frame)
        self._scale.show(frame)

    def wheelEvent(self, event: QWheelEvent) -> None:
        turn_wheel(self._scale, event)

    # ---- drawing

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setClipRect(QRectF(GUTTER - HEAD[0], 0, self.width(), self.height()))
            self._draw_marks(painter)
            self._draw_head(painter)

    def _draw_marks(self, painter: QPainter) -> None:
        numbered, fine = (step_of(self._scale.per_frame, apart) for apart in (APART, FINE))
        painter.setFont(theme.font(theme.SMALL))
        first, end = self._scale.seen
        for frame in range(first // numbered * numbered, end + 1, min(fine, numbered)):
            x, long = round(self._scale.x(frame)) + 0.5, frame % numbered == 0
            if x < GUTTER:
                continue
            painter.setPen(QPen(theme.colour("secondary", 0.8 if long else 0.45), 1))
            painter.drawLine(QLineF(x, self.height() - (LONG if long else SHORT), x, self.height()))
            if long:
                self._draw_number(painter, x, frame)

    def _draw_number(self, painter: QPainter, x: float, frame: int) -> None:
        """Beside its mark, and beside the playhead where that is there; none that would be cut off."""
        text = f"{frame:,}".replace(",", "\u2009")
        left = x + (HEAD[0] / 2 + 3 if frame == self._timeline.playback.playhead else 4)
        if left + painter.fontMetrics().horizontalAdvance(text) <= self.width():
            painter.setPen(theme.colour("secondary"))
            painter.drawText(QPointF(left, self.height() - LONG + 3), text)

    def _draw_head(self, painter: QPainter) -> None:
        x = round(self._scale.x(self._timeline.playback.playhead)) + 0.5
        if x < GUTTER:
            return
        wide, high = HEAD
        top = self.height() - high - 12.0
        path = QPainterPath(QPointF(x - wide / 2, top + 2.5))
        path.quadTo(x - wide / 2, top, x - wide / 2 + 2.5, top)
        path.lineTo(x + wide / 2 - 2.5, top)
        path.quadTo(x + wide / 2, top, x + wide / 2, top + 2.5)
        path.lineTo(x + wide / 2, top + high - 5)
        path.lineTo(x, top + high)
        path.lineTo(x - wide / 2, top + high - 5)
        path.closeSubpath()
        painter.fillPath(path, theme.colour("accent_line"))
        painter.setPen(playhead_pen())
        painter.drawLine(QLineF(x, top + high - 2, x, self.height()))


def playhead_pen() -> QPen:
    return QPen(theme.colour("accent_line"), 1.5)


def turn_wheel(scale: TimeScale, event: QWheelEvent) -> None:
    """With Ctrl nearer or farther, else along."""
    turned = event.angleDelta().y() or event.angleDelta().x()
    if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
        scale.zoom(1.0015**turned, event.position().x())
    else:
        scale.pan(-turned * 0.6)
    event.accept()
