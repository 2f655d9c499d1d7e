"""The grid of patches, on demand, and what is drawn where nothing is yet."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from app import theme
from app.actions import hint

if TYPE_CHECKING:
    from app.canvas.view import CanvasView

NARROWEST = 10.0  # widget pixels between lines; a denser grid would be a veil
INVITATION = "Drop a picture here"


def draw_grid(painter: QPainter, view: CanvasView) -> None:
    """Hairlines between the patches; none before the first picture or region has anchored them."""
    guide = view.session.document.guide
    if guide is None or guide.patch * view.scale < NARROWEST:
        return
    seen = view.visible_box()
    columns = range(math.ceil((seen.x - guide.x) / guide.patch), (seen.right - guide.x) // guide.patch + 1)
    rows = range(math.ceil((seen.y - guide.y) / guide.patch), (seen.bottom - guide.y) // guide.patch + 1)
    lines = []
    for column in columns:
        x = view.to_widget(guide.x + column * guide.patch, 0).x()
        lines.append(QLineF(x, 0, x, view.height()))
    for row in rows:
        y = view.to_widget(0, guide.y + row * guide.patch).y()
        lines.append(QLineF(0, y, view.width(), y))
    pen = QPen(QColor(128, 126, 122, 130), 0)  # in the middle of light and dark: seen on ink and on paper
    painter.setPen(pen)
    painter.drawLines(lines)


def draw_invitation(painter: QPainter, view: CanvasView) -> None:
    painter.setPen(theme.colour("secondary"))
    painter.setFont(theme.font())
    keys = hint(view.session.settings, "place")
    words = f"{INVITATION}, or press {keys}" if keys else INVITATION
    painter.drawText(QRectF(view.rect()), Qt.AlignmentFlag.AlignCenter, words)


def draw_welcome_to_drop(painter: QPainter, view: CanvasView) -> None:
    """While a file is held over the canvas."""
    painter.setPen(QPen(theme.colour("accent_line"), 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(QRectF(view.rect()).adjusted(4, 4, -4, -4), 8, 8)
