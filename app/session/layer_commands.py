"""What the artist does with layers and strokes, each command one entry of the history."""

from dataclasses import replace

import numpy as np

from app.document.geometry import pieces
from app.document.shaping import Shape
from app.session.state import SessionState
from app.session.values import Colour, reports_errors
from app.translation import tr
from engine.request import Box, UserError


class LayerCommands:
    def __init__(self, state: SessionState):
        self._state, self.failed = state, state.failed

    # ---- layers

    @reports_errors
    def show(self, number: int, visible: bool) -> None:
        self._state.document.layers.show(number, visible)

    @reports_errors
    def lock(self, number: int, locked: bool) -> None:
        self._state.document.layers.lock(number, locked)

    @reports_errors
    def fade(self, number: int, opacity: float, joins: int = 0) -> int:
        """Opacity from 0 to 1; returns the entry to join while a slider is dragged."""
        self._state.document.layers.fade(number, opacity, joins)
        return self._state.document.history.head

    @reports_errors
    def rename(self, number: int, name: str) -> None:
        self._state.document.layers.rename(number, name.strip() or tr("Layer"))

    @reports_errors
    def move_layer(self, number: int, right: int, down: int, joins: int = 0) -> int:
        self._state.document.layers.move(number, right, down, joins)
        self._state.layer_edited.emit(number)
        return self._state.document.history.head

    @reports_errors
    def reorder(self, number: int, position: int) -> None:
        self._state.document.layers.reorder(number, position)

    def step(self, number: int, up: int) -> None:
        """Some places further up, or down, where there are so many."""
        order = self._state.document.layers.order()
        if number in order and 0 <= (position := order.index(number) + up) < len(order):
            self.reorder(number, position)

    @reports_errors
    def duplicate(self, number: int) -> None:
        self._state.select(self._state.document.layers.duplicate(number).id)

    @reports_errors
    def delete(self, number: int) -> None:
        self._state.document.layers.delete(number)

    @reports_errors
    def reshape(self, number: int, shape: Shape, name: str = "", joins: int = 0) -> int:
        """Scales, turns, mirrors and cuts; returns the entry to join while numbers are still being set."""
        self._state.document.layers.reshape(number, shape, name, joins)
        self._state.layer_edited.emit(number)
        return self._state.document.history.head

    @reports_errors
    def mirror(self, number: int, down: bool = False) -> None:
        """Left becomes right, or upside comes down, on the canvas, however the layer is turned."""
        shape = self._state.document.layers.shape(number)
        shape = replace(shape, angle=-shape.angle % 360)
        flipped = replace(shape, down=not shape.down) if down else replace(shape, across=not shape.across)
        self.reshape(number, flipped, tr("Mirror"))

    @reports_errors
    def turn(self, number: int, degrees: float) -> None:
        shape = self._state.document.layers.shape(number)
        self.reshape(number, replace(shape, angle=(shape.angle + degrees) % 360), tr("Turn"))

    @reports_errors
    def cut_to(self, number: int, box: Box) -> None:
        """Only what lies in a box of the canvas is left of a layer; the rest can be had back."""
        layers = self._state.document.layers
        layer, shape, original = layers.get(number), layers.shape(number), layers.original(number)
        if shape.angle % 360:
            raise UserError(tr("This layer is turned, so a region cannot cut its sides. Use its handles with Ctrl."))
        box = box.moved(-layer.x, -layer.y)
        left, top = shape.x - shape.width / 2, shape.y - shape.height / 2
        kept = shape.kept(original)
        scale = shape.width / kept.width, shape.height / kept.height
        sides = [
            max(0.0, box.x - left) / scale[0], max(0.0, left + shape.width - box.right) / scale[0],
            max(0.0, box.y - top) / scale[1], max(0.0, top + shape.height - box.bottom) / scale[1],
        ]  # fmt: skip
        one, other, above, below = map(round, sides)
        one, other = (other, one) if shape.across else (one, other)
        above, below = (below, above) if shape.down else (above, below)
        cuts = shape.left + one, shape.top + above, shape.right + other, shape.bottom + below
        self.reshape(number, shape.cut(*cuts, original), tr("Cut"))

    @reports_errors
    def merge_down(self, number: int) -> None:
        self._state.select(self._state.document.layers.merge_down(number))

    @reports_errors
    def flatten(self) -> None:
        self._state.select(self._state.document.layers.flatten())

    @reports_errors
    def label(self, number: int, colour: str) -> None:
        """The name of one of LABELS, "" for none."""
        self._state.document.layers.label(number, colour)

    @reports_errors
    def add_layer(self, name: str = tr("Layer")) -> int:
        layer = self._state.document.layers.add(name)
        self._state.select(layer.id)
        return layer.id

    # ---- strokes

    @reports_errors
    def stroke(
        self, number: int, box: Box, pixels: np.ndarray, name: str = tr("Brush stroke"), joins: int = 0,
        mask: np.ndarray | None = None,
    ) -> int:  # fmt: skip
        """Replaces pixels of a layer; returns the entry, for strokes that go on."""
        self._state.document.layers.paint(number, box, pixels, mask, name, joins)
        self._state.layer_edited.emit(number)
        return self._state.document.history.head

    @reports_errors
    def erase(self, number: int, box: Box, strength: np.ndarray | None = None, joins: int = 0) -> int:
        self._state.document.layers.erase(number, box, strength, tr("Erase"), joins)
        self._state.layer_edited.emit(number)
        return self._state.document.history.head

    def pick_colour(self, x: float, y: float) -> Colour | None:
        """The colour of the picture at a point; None where nothing is."""
        pixel = self._state.document.read(Box(int(np.floor(x)), int(np.floor(y)), 1, 1))[0, 0]
        return (int(pixel[0]), int(pixel[1]), int(pixel[2])) if pixel[3] else None


def erase_all(state: SessionState, layers: list[int], box: Box, mask: np.ndarray | None, name: str) -> bool:
    """Makes layers transparent in a box, where the mask is True, as one entry; False where nothing is there."""
    before = entry = state.document.history.head
    for number in layers:
        held = state.document.layers.box(number).intersect(box)
        for part in pieces(held):
            gone = state.document.read_layer(number, part)[:, :, 3] > 0
            gone &= True if mask is None else mask[part.slices(box)]
            if gone.any():
                joins = entry if entry != before else 0
                state.document.layers.erase(number, part, gone * np.uint8(255), name, joins)
                entry = state.document.history.head
        state.layer_edited.emit(number)
    return entry != before
