"""The base of every tool of the canvas: its gesture, keys and cursor, and what it draws over the picture meanwhile.

A gesture is a generator: up to its first `yield` is the press, its loop the drag, what follows the release.

    def gesture(self, event):
        start = event                                      # press
        while (event := (yield)).kind == "move":           # drag
            ...
        ...                                                # release

Esc closes the generator where it waits; a tool that has changed something catches GeneratorExit and takes it back.
"""

from collections.abc import Generator

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QCursor, QKeyEvent, QPainter

from app.canvas.pointer import Pointer
from app.canvas.viewport import Viewport
from app.document import Layer
from app.document.geometry import SNAP
from app.session import Session
from engine.request import Box

Gesture = Generator[None, "Pointer", None]
NEAR = 4.0  # widget pixels that a hand may slip in a click

ARROWS: dict[int, tuple[int, int]] = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class Tool:
    """One tool; `ring` is the diameter in canvas pixels of the circle that follows the pointer, 0 for none."""

    name = ""

    def __init__(self, session: Session, view: Viewport):
        self.session, self.view = session, view

    @property
    def ring(self) -> float:
        return 0.0

    def gesture(self, event: Pointer) -> Gesture:
        """What follows a press."""
        yield

    def cursor(self, at: Pointer | None) -> QCursor | None:
        """The cursor over this place; None leaves the arrow."""
        return None

    def key(self, event: QKeyEvent) -> bool:
        """Whether the key meant something to this tool."""
        return False

    def draw(self, painter: QPainter, view: Viewport) -> None:
        """What only shows while the tool is at work."""

    # ---- what several tools need

    def step(self) -> int:
        """Canvas pixels that an arrow key moves by."""
        return SNAP if self.session.settings.get("snap") else 1

    def layer_at(self, x: float, y: float) -> Layer | None:
        """The highest layer that is visible, not locked, and has a pixel here."""
        pixel = Box(int(x // 1), int(y // 1), 1, 1)
        for layer in reversed(self.session.document.layers.all()):
            open_to_hands = layer.visible and not layer.locked and layer.opacity > 0
            if open_to_hands and self.session.document.read_layer(layer.id, pixel)[0, 0, 3]:
                return layer
        return None

    def selected_layer(self) -> Layer | None:
        """The selected layer if it is there and may be changed."""
        found = self.session.selected_layer()
        return None if found is None or found.locked else found


def held(modifiers: Qt.KeyboardModifier, key: Qt.KeyboardModifier) -> bool:
    return bool(modifiers & key)


def slipped(one: QPointF, other: QPointF) -> bool:
    """Whether the hand has moved between two places of the widget, and not only trembled."""
    return (one - other).manhattanLength() > NEAR
