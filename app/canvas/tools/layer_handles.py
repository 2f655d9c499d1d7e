"""The handles of a layer: eight grips scale it, with Ctrl they cut from its sides, and the round one above turns it."""

import math
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QCursor, QImage, QPainter, QPolygonF

from app.canvas.overlays.drawing import grip as draw_grip
from app.canvas.overlays.drawing import hairline, label
from app.canvas.pointer import Pointer
from app.canvas.tools.base import Gesture, held
from app.canvas.tools.region_geometry import GRIPS, Grip
from app.canvas.viewport import Viewport
from app.document import Layer
from app.document.geometry import coarser
from app.document.shaping import Shape
from app.qimages import image_of
from app.session import Session
from app.theme import colour
from engine.request import Box, UserError

GRASP = 9.0  # widget pixels round a grip within which it is taken
ABOVE = 26.0  # widget pixels from the upper edge to the round grip
STEP, CATCH = 15.0, 1.5  # degrees that Shift turns by, and within which a quarter turn is caught
FINEST = 1024  # pixels to a side of what is shown while it is dragged
TURN: Grip = (0, -2)  # stands for the round grip
CURSORS = (Qt.CursorShape.SizeHorCursor, Qt.CursorShape.SizeFDiagCursor, Qt.CursorShape.SizeVerCursor,
           Qt.CursorShape.SizeBDiagCursor)  # fmt: skip  # by eighths of a turn


class LayerHandles:
    """Of the chosen layer, where it may be shaped; what is dragged is shown, and made when it is let go."""

    def __init__(self, session: Session, view: Viewport):
        self.session, self.view = session, view
        self._layer: Layer | None = None
        self._shape: Shape | None = None  # while it is dragged
        self._image = QImage()

    # ---- what there is to take

    def shape(self) -> tuple[Layer, Shape] | None:
        """The chosen layer and its shape on the canvas; None where there is nothing to shape."""
        layer = self.session.selected_layer()
        if layer is None or layer.locked or not layer.visible:
            return None
        try:
            return layer, self.session.document.layers.shape(layer.id).moved(layer.x, layer.y)
        except UserError:
            return None  # an empty one

    def grip_at(self, at: QPointF) -> Grip | None:
        found = self.shape()
        if found is None:
            return None
        places = self._places(found[1])
        for each in sorted(places, key=lambda each: not all(each)):  # corners first
            way = places[each] - at
            if max(abs(way.x()), abs(way.y())) <= GRASP:
                return each
        return None

    def cursor(self, each: Grip) -> QCursor:
        found = self.shape()
        if each == TURN or found is None:
            return QCursor(Qt.CursorShape.PointingHandCursor)
        angle = math.degrees(math.atan2(each[1], each[0])) + found[1].angle
        return QCursor(CURSORS[round(angle / 45) % 4])

    def _places(self, shape: Shape) -> dict[Grip, QPointF]:
        """Where the grips are on the widget."""
        places = {each: self._at(shape, each[0] * shape.width / 2, each[1] * shape.height / 2) for each in GRIPS}
        up = math.radians(shape.angle)
        return {**places, TURN: places[0, -1] + QPointF(math.sin(up), -math.cos(up)) * ABOVE}

    def _at(self, shape: Shape, right: float, down: float) -> QPointF:
        """The place on the widget of what lies so far from the middle, before it is turned."""
        return self.view.to_widget(*on_canvas(shape, right, down))

    # ---- dragging

    def gesture(self, each: Grip, press: Pointer) -> Gesture:
        found = self.shape()
        if found is None:
            return
        self._layer, before = found
        original = self.session.document.layers.original(self._layer.id)
        change = self._change(each, press, before, original)
        try:
            self._show(self._layer.id, original, before)
            while (event := (yield)).kind == "move":
                self._shape = change(event)
            if self._shape is not None and self._shape != before:
                self.session.layers.reshape(self._layer.id, self._shape.moved(-self._layer.x, -self._layer.y))
        finally:
            self._layer, self._shape = None, None

    def _change(self, each: Grip, press: Pointer, before: Shape, original: Box) -> Callable[[Pointer], Shape]:
        if each == TURN:
            return lambda event: turned(before, event.x, event.y, held(event.modifiers, SHIFT))
        if held(press.modifiers, CTRL):
            return lambda event: cropped(before, each, event.x, event.y, original)
        return lambda event: scaled(
            before, each, event.x, event.y, held(event.modifiers, SHIFT), held(event.modifiers, ALT)
        )

    def _show(self, number: int, original: Box, shape: Shape) -> None:
        """A small picture of all of the original, to be drawn while it is dragged."""
        document = self.session.document
        layer = document.layers.get(number)
        source = layer.origin if layer.origin is not None else number
        box = original if layer.origin is not None else original.moved(layer.x, layer.y)
        level = max(0, (max(box.width, box.height) - 1) // FINEST).bit_length()
        self._image = image_of(document.read_layer(source, coarser(box, level), level))

    # ---- drawing

    def draw(self, painter: QPainter) -> None:
        found = self.shape()
        if found is None:
            return
        shape = self._shape or found[1]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._shape is not None and self._layer is not None:
            self._draw_picture(painter, shape)
        places = self._places(shape)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(hairline(self.view, colour("secondary")))
        painter.drawPolygon(QPolygonF([places[each] for each in ((-1, -1), (1, -1), (1, 1), (-1, 1))]))
        painter.drawLine(places[0, -1], places[TURN])
        for each in GRIPS:
            draw_grip(painter, self.view, places[each])
        painter.setPen(hairline(self.view, colour("accent")))
        painter.setBrush(QColor("white"))
        painter.drawEllipse(places[TURN], 4.5, 4.5)
        if self._shape is not None:
            words = f"{round(shape.width)} × {round(shape.height)} px"
            words += f" · {shape.angle:.1f}°" if shape.angle % 360 else ""
            lowest = max(place.y() for place in places.values())
            label(painter, words, places[TURN].x() + 60, lowest + 30, QRectF(self.view.rect()))
        painter.restore()

    def _draw_picture(self, painter: QPainter, shape: Shape) -> None:
        assert self._layer is not None
        original = self.session.document.layers.original(self._layer.id)
        kept, scale = shape.kept(original), self.view.scale
        share = self._image.width() / original.width, self._image.height() / original.height
        source = QRectF(
            shape.left * share[0], shape.top * share[1], kept.width * share[0], kept.height * share[1]
        )  # fmt: skip
        width, height = shape.width * scale, shape.height * scale
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setOpacity(0.8)
        painter.translate(self.view.to_widget(shape.x, shape.y))
        painter.rotate(shape.angle)
        painter.scale(-1 if shape.across else 1, -1 if shape.down else 1)
        painter.drawImage(QRectF(-width / 2, -height / 2, width, height), self._image, source)
        painter.restore()


SHIFT, ALT, CTRL = (
    Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier,
)  # fmt: skip


def on_canvas(shape: Shape, right: float, down: float) -> tuple[float, float]:
    """Where on the canvas that is which lies so far from the middle, before the layer is turned."""
    turn = math.radians(shape.angle)
    return (
        shape.x + right * math.cos(turn) - down * math.sin(turn),
        shape.y + right * math.sin(turn) + down * math.cos(turn),
    )


def from_middle(shape: Shape, x: float, y: float) -> tuple[float, float]:
    """The other way: right and down from the middle, along the sides of the layer."""
    turn, right, down = math.radians(-shape.angle), x - shape.x, y - shape.y
    return right * math.cos(turn) - down * math.sin(turn), right * math.sin(turn) + down * math.cos(turn)


def scaled(shape: Shape, each: Grip, x: float, y: float, free: bool = False, centred: bool = False) -> Shape:
    """A grip is pulled to x, y; what lies across stays, or the middle. Corners keep the ratio of the sides unless free.

    A grip that is pulled past what stays does not turn the layer over: 1 px is left.
    """
    right, down = from_middle(shape, x, y)
    sides = []
    for way, at, side in ((each[0], right, shape.width), (each[1], down, shape.height)):
        half = way * at
        sides.append(max(2 * half if centred else half + side / 2, 1.0) if way else side)
    width, height = sides
    if all(each) and not free:
        by = max(width / shape.width, height / shape.height)
        width, height = max(shape.width * by, 1.0), max(shape.height * by, 1.0)
    wander = (0.0, 0.0) if centred else (each[0] * (width - shape.width) / 2, each[1] * (height - shape.height) / 2)
    middle = on_canvas(shape, *wander)
    return replace(shape, width=width, height=height, x=middle[0], y=middle[1])


def turned(shape: Shape, x: float, y: float, steps: bool = False) -> Shape:
    """The round grip is pulled to x, y; quarter turns are caught, and with `steps` every 15 degrees."""
    angle = math.degrees(math.atan2(y - shape.y, x - shape.x)) + 90
    nearest = round(angle / 90) * 90
    if steps:
        angle = round(angle / STEP) * STEP
    elif abs(angle - nearest) < CATCH:
        angle = nearest
    return replace(shape, angle=float(angle % 360))


def cropped(shape: Shape, each: Grip, x: float, y: float, original: Box) -> Shape:
    """A grip is pulled to x, y, and what lies beyond is cut off; pulled outwards, what was cut comes back."""
    right, down = from_middle(shape, x, y)
    kept = shape.kept(original)
    scale = shape.width / kept.width, shape.height / kept.height
    cuts = {"left": shape.left, "top": shape.top, "right": shape.right, "bottom": shape.bottom}
    for way, at, side, over, by, low, high, whole in (
        (each[0], right, shape.width, shape.across, scale[0], "left", "right", original.width),
        (each[1], down, shape.height, shape.down, scale[1], "top", "bottom", original.height),
    ):
        if way:
            one, other = (low, high) if (way < 0) != over else (high, low)
            cut = round((side / 2 - way * at) / by) + cuts[one]
            cuts[one] = min(max(cut, 0), whole - cuts[other] - 1)
    return shape.cut(cuts["left"], cuts["top"], cuts["right"], cuts["bottom"], original)
