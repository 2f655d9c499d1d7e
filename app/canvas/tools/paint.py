"""Painting by hand: brush, eraser and eyedropper, with a mouse or a pen that knows how hard it is pressed."""

import time

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QCursor, QImage, QPainter

from app.canvas.overlays.drawing import crisp
from app.canvas.pointer import Pointer
from app.canvas.tools.base import Gesture, Tool, held
from app.canvas.tools.brush_stroke import Stroke, Touch
from app.canvas.viewport import Viewport
from app.document.geometry import NOWHERE, TILE, Place, around, pieces, tiles_under
from app.document.tiles import lay_over
from app.qimages import tinted
from app.theme import colour
from app.translation import tr
from engine.request import Box, UserError

OFTEN = 0.03  # seconds between two looks of the eraser at the file


class PaintTool(Tool):
    """What brush and eraser share: a ring of their size, and straight lines with Shift from the last stroke."""

    _end: Touch | None = None

    @property
    def ring(self) -> float:
        return max(self.session.brush.size, 1.0)

    def cursor(self, at: Pointer | None) -> QCursor:
        ring = self.ring * self.view.camera.scale / self.view.devicePixelRatioF()
        return QCursor(Qt.CursorShape.BlankCursor if ring >= 6 else Qt.CursorShape.CrossCursor)

    def _start(self, stroke: Stroke, event: Pointer) -> Box:
        if self._end is not None and held(event.modifiers, Qt.KeyboardModifier.ShiftModifier):
            first = stroke.to(*self._end)
            return around([first, stroke.line_to(event.x, event.y, self._pressure(event))])
        return stroke.to(event.x, event.y, self._pressure(event))

    def _pressure(self, event: Pointer) -> float:
        return event.pressure if self.session.brush.pressure else 1.0


class BrushTool(PaintTool):
    """A stroke is shown over the picture while it is drawn, and is in the layer as one entry when it ends."""

    name = "brush"

    def __init__(self, *arguments) -> None:
        super().__init__(*arguments)
        self._stroke: Stroke | None = None
        self._seen: dict[Place, QImage] = {}

    def gesture(self, event: Pointer) -> Gesture:
        brush = self.session.brush
        self._stroke = stroke = Stroke(brush.size, brush.hardness)
        self._show(self._start(stroke, event))
        try:
            while (event := (yield)).kind == "move":
                self._show(stroke.to(event.x, event.y, self._pressure(event)))
            stroke.finish()
            self._end = Touch(event.x, event.y, 1.0)
            self._commit(stroke)
            self.session.remember_colour(brush.colour)
        finally:
            self._stroke, self._seen = None, {}

    # ---- into the layer

    def _commit(self, stroke: Stroke) -> None:
        layer, entry = self.selected_layer(), 0
        number = layer.id if layer is not None and layer.visible else None
        if number is None:
            number = self.session.layers.add_layer(tr("Brush"))
            entry = self.session.document.history.head if number is not None else 0
        for box in stroke.pieces() if number is not None else ():
            entry = self._lay(number, box, stroke, entry)
            if entry is None:
                return

    def _lay(self, number: int, box: Box, stroke: Stroke, joins: int) -> int | None:
        """Lays a piece of the stroke over the layer; returns the entry that the others join, None if it failed."""
        brush, pixels = self.session.brush, self.session.document.read_layer(number, box)
        ink = stroke.pixels(box, brush.colour, brush.opacity)
        lay_over(pixels, ink)
        return self.session.layers.stroke(number, box, pixels, tr("Brush stroke"), joins, ink[:, :, 3] > 0)

    # ---- while it is drawn

    def _show(self, changed: Box) -> None:
        brush, stroke = self.session.brush, self._stroke
        assert stroke is not None
        for place in tiles_under(changed):
            if place in stroke.tiles:
                self._seen[place] = tinted(stroke.tiles[place], QColor(*brush.colour), brush.opacity)

    def draw(self, painter: QPainter, view: Viewport) -> None:
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, view.camera.scale < 4)
        for place, image in self._seen.items():
            painter.drawImage(crisp(view, place.box()), image)


class EraserTool(PaintTool):
    """Erases at once, several times a second, all in one entry; pressure is strength. What is gone can be painted."""

    name = "eraser"

    def gesture(self, event: Pointer) -> Gesture:
        layer = self.selected_layer() or self.layer_at(event.x, event.y)
        if layer is None:
            raise UserError(tr("There is nothing to erase here. Unlock a layer or select another one."))
        brush = self.session.brush
        rubbed = _Rubbed(self, layer.id, Stroke(brush.size, brush.hardness, thins=False))
        rubbed.add(self._start(rubbed.stroke, event))
        try:
            while (event := (yield)).kind == "move":
                rubbed.add(rubbed.stroke.to(event.x, event.y, self._pressure(event)))
        except GeneratorExit:
            if rubbed.entry:
                self.session.undo()
            raise
        self._end = Touch(event.x, event.y, 1.0)
        rubbed.add(rubbed.stroke.finish(), now=True)


class _Rubbed:
    """How much of a stroke the layer has lost already; `entry` is where the history keeps it."""

    def __init__(self, tool: EraserTool, layer: int, stroke: Stroke):
        self.tool, self.layer, self.stroke, self.entry = tool, layer, stroke, 0
        self.opacity = tool.session.brush.opacity
        self._gone: dict[Place, np.ndarray] = {}
        self._due, self._last = NOWHERE, 0.0

    def add(self, box: Box, now: bool = False) -> None:
        self._due = around([self._due, box])
        if not self._due.empty and (now or time.monotonic() - self._last > OFTEN):
            self._rub(self._due)
            self._due, self._last = NOWHERE, time.monotonic()

    def _rub(self, box: Box) -> None:
        for piece in pieces(box):
            strength = self._still_to_go(piece)
            if strength.any():
                entry = self.tool.session.layers.erase(self.layer, piece, strength, self.entry)
                self.entry = entry or self.entry

    def _still_to_go(self, box: Box) -> np.ndarray:
        """What takes the layer from what it has lost to what the stroke asks for by now."""
        strength = np.zeros((box.height, box.width), np.uint8)
        for place in tiles_under(box):
            if place not in self.stroke.tiles:
                continue
            part = place.box().intersect(box)
            inner = part.slices(place.box())
            before = self._gone.setdefault(place, np.zeros((TILE, TILE), np.uint8))[inner]
            wanted = (self.stroke.tiles[place][inner] * self.opacity).astype(np.uint8)
            left, keep = 255.0 - before, 255.0 - wanted
            strength[part.slices(box)] = np.rint(255 * (1 - keep / np.maximum(left, 1))).clip(0, 255)
            before[:] = wanted
        return strength


class EyedropperTool(Tool):
    """Takes the colour under the pointer for as long as it is pressed."""

    name = "eyedropper"
    _at: QPointF | None = None

    def gesture(self, event: Pointer) -> Gesture:
        try:
            while event.kind in ("press", "move"):
                self._at = event.at
                picked = self.session.layers.pick_colour(event.x, event.y)
                if picked is not None and picked != self.session.brush.colour:
                    self.session.set_brush(colour=picked)
                event = yield
        finally:
            self._at = None

    def cursor(self, at: Pointer | None) -> QCursor:
        return QCursor(Qt.CursorShape.CrossCursor)

    def draw(self, painter: QPainter, view: Viewport) -> None:
        if self._at is not None:
            swatch = QRectF(self._at.x() + 14, self._at.y() - 42, 28, 28)
            painter.setPen(colour("line"))
            painter.setBrush(QColor(*self.session.brush.colour))
            painter.drawRoundedRect(swatch, 8, 8)
