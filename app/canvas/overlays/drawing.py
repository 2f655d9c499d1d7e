"""The marks that overlays are drawn with: hairlines, frames, grips, labels, arrows.

Places are given in canvas pixels and drawn in widget pixels; edges lie on device pixels, so that a line is one of them.
"""

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF

from app.canvas.viewport import Viewport
from app.theme import SMALL, colour, font, scheme
from engine.request import Box

GRIP = 7.0  # widget pixels to a side
DASHES = [3.0, 3.0]  # in widget pixels
VEIL = 0.8  # of the ground, behind words over the picture
FAR = 32000.0  # widget pixels; beyond, Qt's raster engine loses lines


def crisp(view: Viewport, box: Box) -> QRectF:
    """The box in the widget, each edge on the nearest device pixel; cut off far outside, where nobody looks."""
    ratio, rect = view.devicePixelRatioF(), view.box_to_widget(box)
    edges = (min(max(edge, -FAR), FAR) for edge in (rect.left(), rect.top(), rect.right(), rect.bottom()))
    left, top, right, bottom = (round(edge * ratio) / ratio for edge in edges)
    return QRectF(left, top, right - left, bottom - top)


def hairline(view: Viewport, ink: QColor, dashed: bool = False) -> QPen:
    """One device pixel wide."""
    width = 1 / view.devicePixelRatioF()
    pen = QPen(ink, width)
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    if dashed:
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        pen.setDashPattern([dash / width for dash in DASHES])
    return pen


def outline(painter: QPainter, view: Viewport, rect: QRectF, ink: QColor, dashed: bool = False) -> None:
    """A hairline on the inner side of a rectangle whose edges are device pixels."""
    half = 0.5 / view.devicePixelRatioF()
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(hairline(view, ink, dashed))
    painter.drawRect(rect.adjusted(half, half, -half, -half))


def frame(painter: QPainter, view: Viewport, box: Box, token: str, dashed: bool = False) -> None:
    """The outline of a box in a colour of the theme."""
    if not box.empty:
        outline(painter, view, crisp(view, box), colour(token), dashed)


def grip(painter: QPainter, view: Viewport, at: QPointF) -> None:
    """A white square with a border of the accent."""
    ratio = view.devicePixelRatioF()
    side = round(GRIP * ratio) / ratio
    rect = QRectF(round((at.x() - side / 2) * ratio) / ratio, round((at.y() - side / 2) * ratio) / ratio, side, side)
    painter.fillRect(rect, QColor("white"))
    outline(painter, view, rect, colour("accent"))


def label(painter: QPainter, text: str, right: float, bottom: float, inside: QRectF) -> None:
    """Small words that end at `right`, kept inside a rectangle, on a veil of the ground."""
    letters = font(SMALL)
    size = QFontMetricsF(letters).size(0, text)
    rect = QRectF(right - size.width() - 12, bottom - size.height() - 6, size.width() + 12, size.height() + 6)
    rect.moveLeft(min(max(rect.left(), inside.left()), inside.right() - rect.width()))
    rect.moveTop(min(max(rect.top(), inside.top()), inside.bottom() - rect.height()))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour("ground", VEIL))
    painter.drawRoundedRect(rect, 5, 5)
    painter.setFont(letters)
    painter.setPen(colour("text"))  # secondary words could not be read over a dark picture
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)


def arrow_head(painter: QPainter, tip: QPointF, direction: QPointF, size: float = 6.0) -> None:
    """An open head at the end of a line, in the pen that is set."""
    length = math.hypot(direction.x(), direction.y())
    if length == 0:
        return
    along = QPointF(direction.x() / length, direction.y() / length)
    across = QPointF(-along.y(), along.x())
    back = tip - along * size
    painter.drawPolyline(QPolygonF([back + across * size * 0.6, tip, back - across * size * 0.6]))


def line_token() -> str:
    """The accent for lines: lighter on a dark ground, where the seal's own red would sink in."""
    return "accent_line" if scheme() == "dark" else "accent"
