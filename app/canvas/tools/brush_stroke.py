"""Strokes of a brush: soft round dabs along a smoothed path, gathered as coverage in sparse tiles.

Coverage is uint8, 255 where the paint hides everything. Dabs are joined by their maximum, so a stroke stays even
where it crosses itself or the hand rests; opacity and colour come in when the stroke is turned into pixels.
"""

import math
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from app.document.geometry import NOWHERE, TILE, Place, around, tiles_under
from engine.request import Box

SPACING = 0.1  # of the diameter; wider lets single dabs show in a soft edge
LEAST_PRESSURE = 0.12  # of the size is left under the lightest touch
STEPS = 4  # parts of a pixel that a dab can be shifted by


class Touch(NamedTuple):
    """Where the pen is, in canvas pixels, and how hard it presses, from 0 to 1."""

    x: float
    y: float
    pressure: float

    def towards(self, other: "Touch", part: float) -> "Touch":
        return Touch(*(a + (b - a) * part for a, b in zip(self, other, strict=True)))


@lru_cache(maxsize=256)
def dab(diameter: float, hardness: float, right: float, down: float) -> np.ndarray:
    """A soft disc, uint8 (side, side); its centre lies `right` and `down` (0 to 1) from the middle pixel's corner.

    hardness: 0 fades from the centre on, 1 has an edge one pixel soft.
    """
    radius = diameter / 2
    reach = math.ceil(radius + 1.5)
    places = np.arange(-reach, reach + 1, dtype=np.float32) + 0.5
    distance = np.hypot(places[None, :] - right, places[:, None] - down)
    outer, inner = radius + 0.5, min(radius * hardness, radius - 0.5)
    rising = np.clip((outer - distance) / (outer - inner), 0, 1)
    soft = rising * rising * (3 - 2 * rising) if outer - inner > 1.5 else rising
    shape = np.rint(soft * min(diameter, 1.0) * 255).astype(np.uint8)
    shape.flags.writeable = False
    return shape


class Stroke:
    """A stroke that is being drawn; `tiles` holds its coverage, `box` where there is any.

    size: diameter in canvas pixels, at least 1. Pressure makes a brush thinner, and with `thins` off weaker.
    """

    def __init__(self, size: float, hardness: float, thins: bool = True):
        self.size, self.hardness, self.thins = max(float(size), 1.0), min(max(float(hardness), 0.0), 1.0), thins
        self.tiles: dict[Place, np.ndarray] = {}
        self.box = NOWHERE
        self._pen: Touch | None = None  # the last touch, up to half of whose way is painted
        self._end: Touch | None = None  # where the path has been painted to
        self._rest = 0.0  # canvas pixels until the next dab is due

    def to(self, x: float, y: float, pressure: float = 1.0) -> Box:
        """Draws on to here; returns the canvas pixels that may have changed."""
        touch = Touch(x, y, min(max(pressure, 0.0), 1.0))
        if self._pen is None or self._end is None:
            self._pen = self._end = touch
            return self._grown([self._stamp(touch)])
        middle = self._pen.towards(touch, 0.5)
        changed = [self._stamp(at) for at in self._along(self._end, self._pen, middle)]
        self._pen, self._end = touch, middle
        return self._grown(changed)

    def finish(self) -> Box:
        """Draws the last half step, which `to` holds back to smooth the path."""
        if self._pen is None or self._end is None or self._pen == self._end:
            return NOWHERE
        changed = [self._stamp(at) for at in self._along(self._end, self._pen, self._pen)]
        self._end = self._pen
        return self._grown(changed)

    def line_to(self, x: float, y: float, pressure: float = 1.0) -> Box:
        """A straight line to here."""
        first = self.to(x, y, pressure)
        return around([first, self.finish()])

    # ---- what was drawn

    def coverage(self, box: Box) -> np.ndarray:
        """uint8 (height, width)."""
        found = np.zeros((box.height, box.width), np.uint8)
        for place in tiles_under(box):
            if place in self.tiles:
                part = place.box().intersect(box)
                found[part.slices(box)] = self.tiles[place][part.slices(place.box())]
        return found

    def pixels(self, box: Box, colour: tuple[int, int, int], opacity: float = 1.0) -> np.ndarray:
        """The stroke in its colour, uint8 (height, width, 4) with straight alpha."""
        made = np.empty((box.height, box.width, 4), np.uint8)
        made[:, :, :3] = colour
        made[:, :, 3] = np.rint(self.coverage(box) * np.float32(min(max(opacity, 0.0), 1.0)))
        return made

    def pieces(self, most: int = 4 * 2**20) -> list[Box]:
        """Boxes that hold all of it; one where that is no more than `most` pixels, or else one per tile."""
        if self.box.empty:
            return []
        if self.box.width * self.box.height <= most:
            return [self.box]
        return [place.box().intersect(self.box) for place in sorted(self.tiles)]

    # ---- helpers

    def _along(self, start: Touch, bend: Touch, end: Touch) -> Iterator[Touch]:
        """Touches at even distances on the curve from start to end that leaves towards `bend`."""
        length = math.dist(start[:2], bend[:2]) + math.dist(bend[:2], end[:2])
        parts = max(1, min(64, math.ceil(length / max(self.size / 4, 2))))
        last = start
        for number in range(1, parts + 1):
            part = number / parts
            at = start.towards(bend, part).towards(bend.towards(end, part), part)
            yield from self._between(last, at)
            last = at

    def _between(self, start: Touch, end: Touch) -> Iterator[Touch]:
        length, walked = math.dist(start[:2], end[:2]), self._rest
        while walked <= length and length > 0:
            at = start.towards(end, walked / length)
            yield at
            walked += max(self._diameter(at.pressure) * SPACING, 0.5)
        self._rest = walked - length

    def _diameter(self, pressure: float) -> float:
        return self.size * (LEAST_PRESSURE + (1 - LEAST_PRESSURE) * pressure) if self.thins else self.size

    def _stamp(self, at: Touch) -> Box:
        column, row = math.floor(at.x), math.floor(at.y)
        right, down = math.floor((at.x - column) * STEPS) / STEPS, math.floor((at.y - row) * STEPS) / STEPS
        shape = dab(max(round(self._diameter(at.pressure), 1), 0.3), self.hardness, right, down)
        if not self.thins and at.pressure < 1:
            shape = (shape * np.float32(at.pressure)).astype(np.uint8)
        reach = shape.shape[0] // 2
        box = Box(column - reach, row - reach, *shape.shape)
        self._join(box, shape)
        return box

    def _join(self, box: Box, shape: np.ndarray) -> None:
        for place in tiles_under(box):
            tile, part = place.box(), place.box().intersect(box)
            if place not in self.tiles:
                self.tiles[place] = np.zeros((TILE, TILE), np.uint8)
            under = self.tiles[place][part.slices(tile)]
            np.maximum(under, shape[part.slices(box)], out=under)

    def _grown(self, changed: list[Box]) -> Box:
        box = around(changed)
        self.box = around([self.box, box])
        return box
