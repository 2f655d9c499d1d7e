"""Events of the pointer on the canvas, the same for mouse and pen, and the protocol of what receives them."""

from dataclasses import dataclass
from typing import Literal, Protocol

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QCursor, QKeyEvent, QMouseEvent, QPainter, QPointingDevice, QTabletEvent

from app.canvas.viewport import Viewport

Kind = Literal["press", "move", "release", "hover"]


@dataclass(frozen=True)
class Pointer:
    """x, y: canvas pixels; at: place on the widget; pressure: 0 to 1, always 1 for a mouse; clicks: 2 for a double."""

    kind: Kind
    x: float
    y: float
    at: QPointF
    button: Qt.MouseButton = Qt.MouseButton.NoButton
    buttons: Qt.MouseButton = Qt.MouseButton.NoButton
    modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    pressure: float = 1.0
    eraser: bool = False
    clicks: int = 1


class PointerHandler(Protocol):
    """Who gets the events that are not navigation; True where they were meant for it."""

    def pointer(self, event: Pointer) -> bool: ...
    def key(self, event: QKeyEvent, pressed: bool) -> bool: ...
    def cursor(self) -> QCursor | None: ...


class Overlay(Protocol):
    """Something drawn over the picture, in widget coordinates."""

    def draw(self, painter: QPainter, view: "Viewport") -> None: ...


KINDS: dict[QMouseEvent.Type, Kind] = {
    QMouseEvent.Type.MouseButtonPress: "press",
    QMouseEvent.Type.MouseButtonDblClick: "press",
    QMouseEvent.Type.MouseMove: "move",
    QMouseEvent.Type.MouseButtonRelease: "release",
    QMouseEvent.Type.TabletPress: "press",
    QMouseEvent.Type.TabletMove: "move",
    QMouseEvent.Type.TabletRelease: "release",
}


def pointer_of(event: QMouseEvent | QTabletEvent, x: float, y: float) -> Pointer:
    """The event of a mouse or a pen at this place of the canvas."""
    pen = isinstance(event, QTabletEvent)
    kind = KINDS[event.type()]
    if kind == "move" and event.buttons() == Qt.MouseButton.NoButton:
        kind = "hover"
    return Pointer(
        kind, x, y, event.position(), event.button(), event.buttons(), event.modifiers(),
        float(event.pressure()) if pen else 1.0,
        pen and event.pointerType() == QPointingDevice.PointerType.Eraser,
        2 if event.type() == QMouseEvent.Type.MouseButtonDblClick else 1,
    )  # fmt: skip
