"""What is seen of a study: the curve of what it has learned, and the end of the picture painted on."""

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from app import theme
from app.qimages import image_of
from app.translation import tr


class Curve(QWidget):
    """Bits per token on the held-out end over the minutes, and as a faint line what the model began with."""

    def __init__(self) -> None:
        super().__init__()
        self.points: tuple[tuple[float, float], ...] = ()
        self._minutes = 1.0
        self.setFixedHeight(84)
        self.setAccessibleName(tr("Bits per token as it learns"))

    def show_points(self, points: tuple[tuple[float, float], ...], minutes: float) -> None:
        self.points, self._minutes = points, minutes
        if points:
            best, first = min(bits for _, bits in points), points[0][1]
            self.setAccessibleDescription(
                tr("{first} at first, {best} at best").format(first=f"{first:.2f}", best=f"{best:.2f}")
            )
            self.setToolTip(tr("Bits per token on the held-out end: the lower, the better it foresees the painting"))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if len(self.points) < 2:
            return
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
            painter.setPen(theme.colour("line"))
            painter.setBrush(theme.colour("window"))
            painter.drawRoundedRect(box, theme.RADIUS, theme.RADIUS)
            place = self._scale(box.adjusted(8, 8, -34, -8))
            first = place(self.points[0]).y()
            painter.setPen(QPen(theme.colour("secondary"), 1, Qt.PenStyle.DotLine))
            painter.drawLine(QPointF(8, first), QPointF(box.right() - 34, first))
            line = QPainterPath(place(self.points[0]))
            for point in self.points[1:]:
                line.lineTo(place(point))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.colour("accent_line"), 1.5))
            painter.drawPath(line)
            painter.setFont(theme.font(theme.SMALL))
            painter.setPen(theme.colour("secondary"))
            last = place(self.points[-1])
            at = QRectF(box.right() - 33, last.y() - 9, 32, 18)
            painter.drawText(at, Qt.AlignmentFlag.AlignVCenter, f"{self.points[-1][1]:.2f}")

    def _scale(self, box: QRectF) -> Callable[[tuple[float, float]], QPointF]:
        values = [bits for _, bits in self.points]
        low, high = min(values), max(values)
        high = max(high, low + 0.1)
        minutes = max(self._minutes * 0.8, self.points[-1][0], 1e-6)  # the rest goes to the strokes

        def place(point: tuple[float, float]) -> QPointF:
            x, y = point[0] / minutes, (high - point[1]) / (high - low)
            return QPointF(box.left() + min(x, 1.0) * box.width(), box.top() + y * box.height())

        return place


class Sample(QWidget):
    """The end of the picture painted on; a mark tells where the picture ends."""

    def __init__(self) -> None:
        super().__init__()
        self._picture: QPixmap | None = None
        self._known, self._pixels = 0.0, None
        self.setAccessibleName(tr("The end of the picture, painted on by what is learned so far"))
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_pixels(self, pixels: np.ndarray | None, known: int) -> None:
        if pixels is None or pixels is self._pixels:
            return
        self._pixels = pixels
        self._picture, self._known = QPixmap.fromImage(image_of(pixels)), known / pixels.shape[1]
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if self._picture is None:
            return 0
        return round(width * self._picture.height() / self._picture.width())

    def sizeHint(self) -> QSize:
        return QSize(220, self.heightForWidth(max(self.width(), 220)))

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._picture is None:
            return
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawPixmap(self.rect(), self._picture)
            painter.setPen(QPen(theme.colour("accent_line"), 1))
            x = round(self._known * self.width())
            painter.drawLine(x, 0, x, 6)
            painter.drawLine(x, self.height() - 6, x, self.height())
