"""The layers as they lie over one another, and the parts of the picture above and below one of them.

A frame of a clip takes the place of its still. What lies over it is read as a source of tiles of its own, and so is
what lies under it where it lets that through.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from app.document import Layer
from app.document.geometry import around
from engine.request import Box


def above(layer: int) -> int:
    """The source that holds all that is seen over a layer. Parts of the picture have negative numbers."""
    return -2 * layer


def below(layer: int) -> int:
    return 1 - 2 * layer


def part_of(layers: Sequence[Layer], source: int) -> list[Layer]:
    """The visible layers that such a source stands for; over a layer that is gone nothing lies."""
    numbers, layer = [each.id for each in layers], (1 - source) // 2
    at = numbers.index(layer) if layer in numbers else len(numbers)
    return seen_of(layers[:at] if source % 2 else layers[at + 1 :])


def seen_of(layers: Sequence[Layer]) -> list[Layer]:
    return [layer for layer in layers if layer.visible and layer.opacity > 0]


@dataclass(frozen=True)
class LayerStack:
    """layers: all of the picture, from the lowest; boxes: where those that can be seen have pixels."""

    layers: tuple[Layer, ...] = ()
    boxes: dict[int, Box] = field(default_factory=dict)

    def place(self, layer: int | None) -> int:
        """How many layers lie below; one that is gone is on top."""
        numbers = [each.id for each in self.layers]
        return numbers.index(layer) if layer in numbers else len(numbers)

    def opacity(self, layer: int | None) -> float:
        """0 for a layer that is hidden, 1 for one that is gone."""
        found = next((each for each in self.layers if each.id == layer), None)
        return 1.0 if found is None else found.opacity if found.visible else 0.0

    def extent(self, source: int) -> Box:
        """Where a part of the picture has pixels."""
        return around([self.boxes[layer.id] for layer in part_of(self.layers, source) if layer.id in self.boxes])
