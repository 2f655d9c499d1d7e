"""Regions of any shape: drawn round with the lasso, or painted with a brush.

Shift adds to the region that is there, Alt takes away from it; otherwise a new one begins.
"""

import math
from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QCursor, QImage, QPainter, QPainterPath, QPen, QPolygonF

from app.canvas.overlays.drawing import hairline
from app.canvas.pointer import Pointer
from app.canvas.tools.base import Gesture, Tool, held, slipped
from app.canvas.tools.region_geometry import outwards
from app.canvas.viewport import Viewport
from app.document import Region
from app.document.geometry import around
from app.theme import colour
from app.translation import tr
from engine.request import Box, UserError

MOST = 2**29  # pixels of a free form; more would take gigabytes in the hands of the painter


class FormTool(Tool):
    """A path in canvas pixels becomes a region when it is let go."""

    def __init__(self, *arguments) -> None:
        super().__init__(*arguments)
        self.points: list[QPointF] = []

    def gesture(self, event: Pointer) -> Gesture:
        press, dragged = event, False
        self.points = [QPointF(event.x, event.y)]
        try:
            while (event := (yield)).kind == "move":
                dragged = dragged or slipped(event.at, press.at)
                self.points.append(QPointF(event.x, event.y))
            self._let_go(event, dragged)
        finally:
            self.points = []

    def _let_go(self, event: Pointer, dragged: bool) -> None:
        adds = held(event.modifiers, Qt.KeyboardModifier.ShiftModifier)
        takes = held(event.modifiers, Qt.KeyboardModifier.AltModifier)
        form = self.form(dragged)
        if form is None:
            self.session.set_region(None)
        else:
            self.session.set_region(joined(self._before(), form, adds or (self.goes_on() and not takes), takes))

    def _before(self) -> Region | None:
        return self.session.region

    def form(self, dragged: bool) -> Region | None:
        """What the path has become; None for a click that gives the region up."""
        return None

    def goes_on(self) -> bool:
        """Whether the next path adds to the last without a key."""
        return False

    def cursor(self, at: Pointer | None) -> QCursor:
        return QCursor(Qt.CursorShape.CrossCursor)

    def path(self, view: Viewport) -> QPainterPath:
        return line([view.to_widget(point.x(), point.y()) for point in self.points])


class LassoTool(FormTool):
    name = "lasso"

    def form(self, dragged: bool) -> Region | None:
        if not dragged or len(self.points) < 3:
            return None
        path = line(self.points)
        path.closeSubpath()
        return filled(path, self.step())

    def draw(self, painter: QPainter, view: Viewport) -> None:
        if self.points:
            path = self.path(view)
            painter.fillPath(path, colour("accent_line", 0.08))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(hairline(view, colour("accent_line")))
            painter.drawPath(path)


class RegionBrush(FormTool):
    name = "region_brush"

    @property
    def ring(self) -> float:
        return max(self.session.brush.size, 1.0)

    def form(self, dragged: bool) -> Region | None:
        path = line(self.points if self.points[1:] else [self.points[0], self.points[0] + QPointF(0.01, 0)])
        return filled(path, self.step(), max(self.ring, 1.0))

    def goes_on(self) -> bool:
        """Strokes add up to a form; a plain frame is not one yet, and gives way."""
        return self.session.region is not None and self.session.region.mask is not None

    def draw(self, painter: QPainter, view: Viewport) -> None:
        if self.points:
            width = self.ring * view.camera.scale / view.devicePixelRatioF()
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(rounded(colour("accent_line", 0.35), width))
            path = self.path(view)
            path.lineTo(path.currentPosition() + QPointF(0.01, 0))  # a path of one point would not be drawn
            painter.drawPath(path)


def line(points: Sequence[QPointF]) -> QPainterPath:
    """From each point to the next."""
    path = QPainterPath()
    path.addPolygon(QPolygonF(points))
    return path


def rounded(ink: QColor, width: float) -> QPen:
    return QPen(ink, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)


def filled(path: QPainterPath, step: int, width: float = 0.0) -> Region:
    """The pixels inside a path of canvas pixels, or under a line of this width, in a frame on the grid."""
    edge, rect = width / 2, path.boundingRect()
    left, top = math.floor(rect.left() - edge), math.floor(rect.top() - edge)
    box = outwards(Box.spanning(left, top, math.ceil(rect.right() + edge), math.ceil(rect.bottom() + edge)), step)
    if box.width * box.height > MOST:
        raise UserError(tr("That form is too large to be kept pixel by pixel. Draw a smaller one or drag out a frame."))
    image = QImage(box.width, box.height, QImage.Format.Format_Grayscale8)
    image.fill(0)
    with QPainter(image) as painter:
        painter.translate(-box.x, -box.y)
        if width:
            painter.strokePath(path, rounded(QColor("white"), width))
        else:
            painter.fillPath(path, QColor("white"))
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(box.height, image.bytesPerLine())
    return Region(box, rows[:, : box.width] > 127)


def joined(before: Region | None, form: Region, adds: bool, takes: bool) -> Region | None:
    """The form alone, or together with the region before, or what that leaves of it."""
    if before is None or not (adds or takes):
        return None if takes else _trimmed(form)
    box = around([before.box, form.box]) if adds else before.box
    if box.width * box.height > MOST:
        raise UserError(
            tr("The two forms lie too far apart for one region. Paint the first one before you draw another.")
        )
    mask = before.inside(box) | form.inside(box) if adds else before.inside(box) & ~form.inside(box)
    return _trimmed(Region(box, mask))


def _trimmed(region: Region) -> Region | None:
    return region if region.mask is None or region.mask.any() else None


class NotFromBrush(RegionBrush):
    name = "not_from"

    def _let_go(self, event: Pointer, dragged: bool) -> None:
        form = self.form(dragged)
        if form is not None and form.mask is not None:
            takes = held(event.modifiers, Qt.KeyboardModifier.AltModifier)
            self.session.marks.mark(form.box, form.mask, not takes)
