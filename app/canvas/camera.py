"""The camera of the canvas: a point and a scale, and exact conversion between canvas pixels and the screen's."""

import math
from dataclasses import dataclass

from app.document.geometry import COARSEST
from engine.request import Box

LEAST, MOST = 1 / 512, 64.0
HALF_OCTAVE = 1e-9  # so that a scale that is a power of two but for rounding takes its own level


@dataclass
class Camera:
    """`scale`: device pixels for each canvas pixel; x, y: the canvas point in the middle of `width` × `height`.

    All of it float64, whole device pixels on the screen: the origin of the canvas always falls on a whole one, so that
    the picture only ever moves by whole pixels and is sharp at 100 %.
    """

    scale: float = 1.0
    x: float = 0.0
    y: float = 0.0
    width: int = 1  # device pixels
    height: int = 1

    # ---- there and back, in device pixels

    @property
    def left(self) -> int:
        """The device column on which canvas column 0 begins; may be far outside."""
        return math.floor(self.width / 2 - self.x * self.scale + 0.5)

    @property
    def top(self) -> int:
        return math.floor(self.height / 2 - self.y * self.scale + 0.5)

    def to_device(self, x: float, y: float) -> tuple[float, float]:
        return x * self.scale + self.left, y * self.scale + self.top

    def to_canvas(self, right: float, down: float) -> tuple[float, float]:
        return (right - self.left) / self.scale, (down - self.top) / self.scale

    def edges(self, box: Box) -> tuple[int, int, int, int]:
        """Left, top, right and bottom in whole device pixels; boxes that touch on the canvas touch there too."""
        left, top = self.to_device(box.x, box.y)
        right, bottom = self.to_device(box.right, box.bottom)
        return tuple(math.floor(edge + 0.5) for edge in (left, top, right, bottom))  # type: ignore[return-value]

    def seen(self, left: float = 0, top: float = 0, right: float | None = None, bottom: float | None = None) -> Box:
        """The canvas pixels under a part of the screen, by default under all of it."""
        x, y = self.to_canvas(left, top)
        end_x, end_y = self.to_canvas(
            self.width if right is None else right, self.height if bottom is None else bottom
        )  # fmt: skip
        return Box.spanning(math.floor(x), math.floor(y), math.ceil(end_x), math.ceil(end_y))

    # ---- moving

    def resize(self, width: int, height: int) -> None:
        self.width, self.height = max(width, 1), max(height, 1)

    def pan(self, right: float, down: float) -> None:
        """Moves the picture by device pixels."""
        self.x -= right / self.scale
        self.y -= down / self.scale

    def zoom_to(self, scale: float, right: float, down: float) -> None:
        """The canvas point under this place of the screen stays under it; the scale keeps to its limits."""
        scale = min(max(scale, LEAST), MOST)
        away_x, away_y = right - self.width / 2, down - self.height / 2
        self.x += away_x / self.scale - away_x / scale
        self.y += away_y / self.scale - away_y / scale
        self.scale = scale

    def fit(self, box: Box, margin: float = 0.0, most: float = MOST) -> None:
        """All of the box, with a margin in device pixels, but not larger than `most`."""
        wide, high = max(self.width - 2 * margin, 1), max(self.height - 2 * margin, 1)
        scale = min(wide / max(box.width, 1), high / max(box.height, 1), most)
        self.scale = min(max(scale, LEAST), MOST)
        self.x, self.y = box.x + box.width / 2, box.y + box.height / 2

    @property
    def level(self) -> int:
        """The finest level of the picture of which no pixel is left out."""
        return min(max(math.floor(-math.log2(self.scale) + HALF_OCTAVE), 0), COARSEST)

    @property
    def coarser(self) -> int:
        """The level for moments in which speed matters more: at most twice as coarse."""
        return min(max(math.ceil(-math.log2(self.scale) - HALF_OCTAVE), 0), COARSEST)
