"""Moving: a layer by dragging or with the arrow keys, and the canvas itself with the hand."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QCursor, QKeyEvent, QPainter

from app.canvas.overlays.drawing import frame
from app.canvas.pointer import Pointer
from app.canvas.tools.base import ARROWS, Gesture, Tool, held
from app.canvas.tools.layer_handles import LayerHandles
from app.canvas.viewport import Viewport
from app.document.geometry import SNAP
from app.session import Session


class MoveTool(Tool):
    """Drags the layer under the pointer; what is drawn over it stays where it is. The chosen one has handles."""

    name = "move"
    _moving: int | None = None  # the layer that is dragged

    def __init__(self, session: Session, view: Viewport):
        super().__init__(session, view)
        self.handles = LayerHandles(session, view)

    def gesture(self, event: Pointer) -> Gesture:
        grip = self.handles.grip_at(event.at)
        yield from self._drag(event) if grip is None else self.handles.gesture(grip, event)

    def _drag(self, event: Pointer) -> Gesture:
        layer = self.layer_at(event.x, event.y)
        self.session.select(None if layer is None else layer.id)
        if layer is None:
            return
        start, gone, entry = event, (0, 0), 0
        self._moving = layer.id
        try:
            while (event := (yield)).kind == "move":
                at = self._way(start, event)
                if at != gone:
                    entry = self._move(layer.id, at[0] - gone[0], at[1] - gone[1], entry)
                    gone = at
        except GeneratorExit:
            if entry:
                self.session.undo()
            raise
        finally:
            self._moving = None

    def _way(self, start: Pointer, event: Pointer) -> tuple[int, int]:
        """How far it has been dragged, on the grid; Shift keeps to the longer direction."""
        right, down = event.x - start.x, event.y - start.y
        if held(event.modifiers, Qt.KeyboardModifier.ShiftModifier):
            right, down = (right, 0.0) if abs(right) >= abs(down) else (0.0, down)
        return self.session.snapped(round(right)), self.session.snapped(round(down))

    def _move(self, layer: int, right: int, down: int, joins: int) -> int:
        """Returns the entry of the history that further steps join."""
        self.session.layers.move_layer(layer, right, down, joins)
        return self.session.document.history.head

    def cursor(self, at: Pointer | None) -> QCursor:
        if at is not None and (grip := self.handles.grip_at(at.at)) is not None:
            return self.handles.cursor(grip)
        return QCursor(Qt.CursorShape.SizeAllCursor)

    def key(self, event: QKeyEvent) -> bool:
        layer = self.selected_layer()
        if event.key() not in ARROWS or layer is None:
            return False
        right, down = ARROWS[event.key()]
        step = SNAP if held(event.modifiers(), Qt.KeyboardModifier.ShiftModifier) else 1
        self.session.layers.move_layer(layer.id, right * step, down * step)
        return True

    def draw(self, painter: QPainter, view: Viewport) -> None:
        number = self._moving if self._moving is not None else self.session.selected
        layer = next((each for each in self.session.document.layers.all() if each.id == number), None)
        if self._moving is None and self.handles.shape() is not None:
            self.handles.draw(painter)
        elif layer is not None and layer.visible:
            frame(painter, view, self.session.document.layers.box(layer.id), "secondary")


class HandTool(Tool):
    """Drags the canvas."""

    name = "hand"
    _closed = False

    def gesture(self, event: Pointer) -> Gesture:
        self._closed, last = True, event.at
        try:
            while (event := (yield)).kind == "move":
                self.view.pan(event.at.x() - last.x(), event.at.y() - last.y())
                last = event.at
        finally:
            self._closed = False

    def cursor(self, at: Pointer | None) -> QCursor:
        return QCursor(Qt.CursorShape.ClosedHandCursor if self._closed else Qt.CursorShape.OpenHandCursor)
