"""How a row of a list looks: a thumbnail, a name and a quieter line, marks at its end, and a line of progress."""

from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPixmap

from app import theme

THUMB = QSize(44, 28)
LABEL_INKS = {  # of colour labels, quiet enough beside the accent, readable on both themes
    "red": "#b5544a", "orange": "#c07b3a", "yellow": "#b89b3c", "green": "#6f9450", "blue": "#5580b0",
    "violet": "#8a6bb0", "grey": "#8f949b",
}  # fmt: skip
HIGH, PAD, MARK = 46, 6, 22  # px: a row, its sides, a mark


@dataclass(frozen=True)
class Mark:
    """A small picture at the end of a row; `lasting` ones are seen always, others under the pointer."""

    name: str  # what pressing it does
    icon: str
    lasting: bool = False


@dataclass(frozen=True)
class Row:
    """progress: 0 to 1, or None for no line; `key` is what the row stands for."""

    key: Any
    name: str
    detail: str = ""
    thumb: QPixmap | None = field(default=None, compare=False)
    stamp: int = 0  # another one when the thumbnail is another
    marks: tuple[Mark, ...] = ()
    progress: float | None = None
    dim: bool = False
    warn: bool = False
    fixed: bool = False  # cannot be dragged or renamed
    label: str = ""  # the name of a colour


def placed(row: Row, box: QRect) -> list[tuple[Mark, QRect]]:
    """Where the marks of a row are, the last one at its end."""
    left = box.right() - PAD - MARK * len(row.marks)
    top = box.center().y() - MARK // 2
    return [(mark, QRect(left + MARK * number, top, MARK, MARK)) for number, mark in enumerate(row.marks)]


def ground(painter: QPainter, box: QRect, chosen: bool, over: bool, focus: bool) -> None:
    """What lies under a row: nothing, or that it is chosen."""
    if chosen or over:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("raised", 1.0 if chosen else 0.55))
        painter.drawRoundedRect(QRectF(box), theme.RADIUS, theme.RADIUS)
    if focus:
        painter.setPen(theme.colour("accent_line"))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), theme.RADIUS, theme.RADIUS)


def words(painter: QPainter, box: QRect, row: Row) -> None:
    """The name, and under it the quieter line; a name alone stands in the middle."""
    draw_text(painter, box.adjusted(0, 0, 0, -18) if row.detail else box, row.name, theme.font(), "text")
    if row.detail:
        tone = "text" if row.warn else "secondary"  # the accent is kept for what is active
        draw_text(painter, box.adjusted(0, 18, 0, 0), row.detail, theme.font(theme.SMALL), tone)


def draw_text(painter: QPainter, box: QRect, text: str, font: QFont, tone: str) -> None:
    painter.setFont(font)
    painter.setPen(theme.colour(tone))
    text = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, box.width())
    painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)


def draw_thumb(painter: QPainter, box: QRect, thumb: QPixmap) -> None:
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawPixmap(box, thumb)


def draw_label(painter: QPainter, box: QRect, label: str) -> None:
    """A dot at the corner of the thumbnail."""
    painter.setPen(theme.colour("panel"))
    painter.setBrush(QColor(LABEL_INKS[label]))
    painter.drawEllipse(box.x() - 4, box.y() - 3, 10, 10)


def draw_progress(painter: QPainter, box: QRect, share: float) -> None:
    painter.fillRect(box, theme.colour("line"))
    painter.fillRect(QRect(box.x(), box.y(), round(box.width() * share), box.height()), theme.colour("accent_line"))
