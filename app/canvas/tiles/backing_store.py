"""The picture as it was drawn last, in device pixels: what is the same is not drawn again, panning shifts it."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QPainter, QPixmap, QRegion

Draw = Callable[[QPainter, QRect], None]
MOST_PIECES = 12  # rectangles that are drawn one by one; more are drawn as one that holds them all


class BackingStore:
    def __init__(self) -> None:
        self.pixmap = QPixmap()
        self._dirty = QRegion()
        self._at: tuple[float, int, int] | None = None  # scale, left, top

    @property
    def all(self) -> QRect:
        return self.pixmap.rect()

    def resize(self, size: QSize) -> None:
        if size != self.pixmap.size():
            self.pixmap = QPixmap(size)
            self.spoil()

    def spoil(self, rect: QRect | None = None) -> None:
        """This part, or all of it, is to be drawn again."""
        self._dirty = self._dirty.united(self.all if rect is None else rect.intersected(self.all))

    def look(self, scale: float, left: int, top: int) -> None:
        """Where the origin of the canvas falls; at the same scale what is there moves along."""
        before, self._at = self._at, (scale, left, top)
        if before == self._at:
            return
        if before is None or before[0] != scale:
            return self.spoil()
        right, down = left - before[1], top - before[2]
        if abs(right) >= self.all.width() or abs(down) >= self.all.height():
            return self.spoil()
        self.pixmap.scroll(right, down, self.all)
        moved = QRegion(self.all.translated(right, down)).intersected(QRegion(self.all))
        self._dirty = self._dirty.translated(right, down).intersected(QRegion(self.all))
        self._dirty = self._dirty.united(QRegion(self.all).subtracted(moved))

    def refresh(self, draw: Draw) -> int:
        """Draws what is to be drawn; returns how many pixels that were."""
        if self._dirty.isEmpty():
            return 0
        pieces = [self._dirty.boundingRect()]
        if self._dirty.rectCount() <= MOST_PIECES:
            pieces = [QRect(rect) for rect in self._dirty]  # type: ignore[reportGeneralTypeIssues]
        self._dirty = QRegion()
        with QPainter(self.pixmap) as painter:
            for rect in pieces:
                painter.setClipRect(rect)
                draw(painter, rect)
        return sum(rect.width() * rect.height() for rect in pieces)

    def show(self, painter: QPainter, rect: QRect) -> None:
        """Onto the widget, the painter in device pixels."""
        painter.drawPixmap(rect.topLeft(), self.pixmap, rect)

    def cut(self, rect: QRect) -> tuple[QPoint, QPixmap]:
        """What is seen there now."""
        rect = rect.intersected(self.all)
        return rect.topLeft(), self.pixmap.copy(rect)
