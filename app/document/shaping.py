"""Shapes of layers: scaled, turned, mirrored and cut, always from the picture as placed, so that no quality is lost."""

import json
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np
from PIL import Image

from engine.media.resizing import resized
from engine.request import Box, UserError

from .reading import Layer

MOST_PIXELS = 2**27  # of a layer that is shaped: 512 MiB, and as much again while it is
LEAST_BORDER, EVEN = 2, 10  # px of a baked border, and by how much its pixels may differ
WIDEST_BORDER = 0.2  # of the picture's side


@dataclass(frozen=True)
class Shape:
    """What was made of an original of some size; angles in degrees, clockwise.

    left, top, right, bottom: pixels that are cut from its sides. width, height: of what is left, before it is turned.
    across, down: whether it is mirrored. x, y: of the middle, in the coordinates of the layer.
    """

    width: float
    height: float
    x: float
    y: float
    angle: float = 0.0
    across: bool = False
    down: bool = False
    left: int = 0
    top: int = 0
    right: int = 0
    bottom: int = 0

    @classmethod
    def of(cls, box: Box) -> "Shape":
        """The shape in which nothing is changed."""
        return cls(box.width, box.height, box.x + box.width / 2, box.y + box.height / 2)

    @classmethod
    def from_json(cls, text: str) -> "Shape":
        """Raises TypeError or ValueError where the text is no shape."""
        values: dict[str, Any] = json.loads(text)
        return cls(**{name: type(kind)(values[name]) for name, kind in asdict(cls(1, 1, 0, 0)).items()})

    def to_json(self) -> str:
        return json.dumps(asdict(self))

    def kept(self, original: Box) -> Box:
        """What is left of the original."""
        return Box.spanning(
            original.x + self.left, original.y + self.top, original.right - self.right, original.bottom - self.bottom
        )

    def moved(self, right: float, down: float) -> "Shape":
        return replace(self, x=self.x + right, y=self.y + down)

    def cut(self, left: int, top: int, right: int, bottom: int, original: Box) -> "Shape":
        """Other sides are cut; what stays keeps its size and its place."""
        before = self.kept(original)
        scale = self.width / before.width, self.height / before.height
        after = replace(self, left=left, top=top, right=right, bottom=bottom)
        box = after.kept(original)
        if box.width < 1 or box.height < 1:
            raise UserError("Nothing would be left of the layer. Cut less from its sides.")
        wander = [
            (box.x + box.width / 2 - before.x - before.width / 2) * scale[0] * (-1 if self.across else 1),
            (box.y + box.height / 2 - before.y - before.height / 2) * scale[1] * (-1 if self.down else 1),
        ]
        turn = np.deg2rad(self.angle)
        x = wander[0] * np.cos(turn) - wander[1] * np.sin(turn)
        y = wander[0] * np.sin(turn) + wander[1] * np.cos(turn)
        return replace(
            after, width=box.width * scale[0], height=box.height * scale[1], x=self.x + float(x), y=self.y + float(y)
        )


def is_aslant(layer: "Layer") -> bool:
    """Whether a layer was turned by other than quarters, so that the box round it has empty corners."""
    try:
        return bool(layer.shape) and Shape.from_json(layer.shape).angle % 90 != 0
    except (TypeError, ValueError, KeyError):
        return False


def check(shape: Shape, original: Box) -> None:
    """Raises UserError for what cannot be made."""
    kept = shape.kept(original)
    if kept.empty or min(shape.width, shape.height) < 1:
        raise UserError("Nothing would be left of the layer. Cut less, or make it larger.")
    if max(kept.width * kept.height, shape.width * shape.height) > MOST_PIXELS:
        raise UserError(f"That is more than {MOST_PIXELS / 1e6:,.0f} million pixels in one layer. Make it smaller.")


def shaped(pixels: np.ndarray, shape: Shape) -> tuple[Box, np.ndarray]:
    """What comes of the pixels that are left, uint8 (height, width, 4), and where that lies in the layer.

    Quarter turns and mirrors move pixels and change none; all else is resampled once.
    """
    pixels = pixels[:: -1 if shape.down else 1, :: -1 if shape.across else 1]
    size = max(1, round(shape.width)), max(1, round(shape.height))
    angle = shape.angle % 360
    if angle % 90 == 0:
        pixels = resized(pixels, size)
        pixels = np.rot90(pixels, -int(angle // 90))
    else:
        image = Image.fromarray(np.ascontiguousarray(resized(pixels, size))).convert("RGBa")
        turned = image.rotate(-angle, Image.Resampling.BICUBIC, expand=True)
        pixels = np.asarray(turned.convert("RGBA"))
    height, width = pixels.shape[:2]
    return Box(round(shape.x - width / 2), round(shape.y - height / 2), width, height), np.ascontiguousarray(pixels)


def baked_border(pixels: np.ndarray) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of a frame in one colour round a picture, uint8 (height, width, 4); 0 where none is.

    All sides that have one are of the same colour, as a scanner or a museum leaves it.
    """
    sides = [_even(np.rot90(pixels, turn)) for turn in (3, 0, 1, 2)]  # each side comes to the top
    found = [(depth, ink) for depth, ink in sides if depth]
    if len(found) < 2 or max(np.abs(ink - found[0][1]).max() for _, ink in found) > EVEN:
        return 0, 0, 0, 0
    left, top, right, bottom = (depth for depth, _ in sides)
    return left, top, right, bottom


def _even(pixels: np.ndarray) -> tuple[int, np.ndarray]:
    """How many rows at the top are of one colour, and which; 0 where it is too few, or more than a border would be."""
    most = int(len(pixels) * WIDEST_BORDER)
    ink = np.median(pixels[0].astype(np.float32), axis=0)
    rows = pixels[: most + 1].astype(np.float32)
    same = (np.abs(rows - ink).max(2) <= EVEN).mean(1) > 0.98
    depth = int(np.argmin(same)) if not same.all() else 0
    return (depth if depth >= LEAST_BORDER else 0), ink
