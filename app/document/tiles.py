"""Tiles of 256×256 RGBA pixels: packed into bytes, laid over one another, halved, and changed on a copy.

Pixels are uint8 with straight alpha. A tile without a single visible pixel is absent: `None` stands for it everywhere.
Arrays are shared and therefore read-only; whoever changes one changes a copy.
"""

import io
import threading
import zlib
from collections import OrderedDict
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from PIL import Image, features

from engine.request import Box, UserError

from .geometry import TILE, Place, tiles_under

RAW, WEBP = 0, 1  # the codec byte
SHAPE = (TILE, TILE, 4)
HAS_WEBP = bool(features.check("webp"))


class Damaged(UserError):
    """Something in the file is not what was written there."""


class Packed(NamedTuple):
    """A tile as bytes; left, top, right and bottom enclose its visible pixels."""

    codec: int
    crc: int  # CRC-32 of the data
    left: int
    top: int
    right: int
    bottom: int
    data: bytes


def pack(pixels: np.ndarray) -> Packed | None:
    """The tile without loss; None when nothing of it is visible."""
    visible = pixels[:, :, 3] != 0
    box = Box.holding(visible)
    if box.empty:
        return None
    codec, data = _encoded(np.ascontiguousarray(pixels))
    return Packed(codec, zlib.crc32(data), box.x, box.y, box.right, box.bottom, data)


def _encoded(pixels: np.ndarray) -> tuple[int, bytes]:
    if HAS_WEBP:
        packed = io.BytesIO()
        # `exact` keeps colours under transparent pixels; more effort than 0 costs 4 times the time for 6 % of the size.
        Image.fromarray(pixels).save(packed, "WEBP", lossless=True, method=0, quality=0, exact=True)
        return WEBP, packed.getvalue()
    return RAW, zlib.compress(pixels.tobytes(), 1)


def unpack(codec: int, check: int, data: bytes) -> np.ndarray:
    """The pixels that were packed, or word that they are damaged; never other pixels."""
    try:
        if zlib.crc32(data) != check:
            raise ValueError("checksum")
        if codec == WEBP:
            with Image.open(io.BytesIO(data), formats=["WEBP"]) as image:
                pixels = np.array(image.convert("RGBA"))
        elif codec == RAW:
            pixels = np.frombuffer(zlib.decompress(data), np.uint8).reshape(SHAPE).copy()
        else:
            raise ValueError(f"codec {codec}")
        if pixels.shape != SHAPE:
            raise ValueError(f"shape {pixels.shape}")
    except Exception as error:  # damaged bytes end in anything from zlib.error to struct.error
        raise Damaged(
            "A piece of the picture is damaged in the file. Undo to before it was painted or open a backup."
        ) from error
    pixels.flags.writeable = False
    return pixels


# ---- laying over, halving


def lay_over(lower: np.ndarray, upper: np.ndarray, opacity: float = 1.0, coarse: bool = False) -> None:
    """Lays `upper` over `lower`, in place; where the upper is opaque its pixels are taken exactly.

    coarse: two layers that meet in a pixel of a coarse level each cover a part of it, and the parts lie side by side;
    the usual rule would take them as two veils and let the ground shine through in a hairline.
    """
    alpha = upper[:, :, 3]
    if opacity < 1:
        alpha = ((alpha.astype(np.uint16) * round(opacity * 255) + 127) // 255).astype(np.uint8)
    if alpha.min() == 255:
        lower[:] = upper
        return
    np.copyto(lower, upper, where=(alpha == 255)[:, :, None])
    mixed = (alpha > 0) & (alpha < 255)
    if mixed.any():
        lower[mixed] = _mixed(lower[mixed], upper[mixed], alpha[mixed], coarse and opacity == 1)


def _mixed(lower: np.ndarray, upper: np.ndarray, alpha: np.ndarray, side_by_side: bool) -> np.ndarray:
    """Pixels (n, 4) under half-transparent ones."""
    above, under = alpha.astype(np.float32) / 255, lower[:, 3].astype(np.float32) / 255
    rest = np.minimum(under, 1 - above) if side_by_side else under * (1 - above)
    whole = above + rest
    result = np.empty_like(lower)
    colour = (upper[:, :3] * above[:, None] + lower[:, :3] * rest[:, None]) / whole[:, None]
    result[:, :3] = np.rint(colour).clip(0, 255)
    result[:, 3] = np.rint(whole * 255).clip(0, 255)
    return result


def halved(pixels: np.ndarray) -> np.ndarray:
    """Half as wide and high: each four pixels become their mean, weighted with what is visible of them."""
    kind = np.uint16 if pixels[:, :, 3].min() == 255 else np.uint32
    fours = [pixels[y::2, x::2].astype(kind) for y in (0, 1) for x in (0, 1)]  # slices: 4 times as fast as an axis sum
    if kind is np.uint16:
        return ((fours[0] + fours[1] + fours[2] + fours[3] + 2) // 4).astype(np.uint8)
    weight = sum(four[:, :, 3:] for four in fours)
    colour = sum(four[:, :, :3] * four[:, :, 3:] for four in fours)
    colour = (colour + weight // 2) // np.maximum(weight, 1)
    return np.concatenate([colour, (weight + 2) // 4], 2).astype(np.uint8)


def shifted(pixels: np.ndarray, right: float, down: float) -> np.ndarray:
    """One pixel narrower and lower, moved by a fraction of a pixel: each pixel a weighted mean of its neighbours."""
    alpha = pixels[:, :, 3:].astype(np.float32)
    layers = np.concatenate([pixels[:, :, :3] * alpha, alpha], 2)
    layers = layers[:, :-1] * right + layers[:, 1:] * (1 - right)
    layers = layers[:-1] * down + layers[1:] * (1 - down)
    alpha = layers[:, :, 3:]
    colour = np.divide(layers[:, :, :3], alpha, out=np.zeros_like(layers[:, :, :3]), where=alpha > 0)
    return np.rint(np.concatenate([colour, alpha], 2)).clip(0, 255).astype(np.uint8)


# ---- changing on a copy


class Surface:
    """Tiles that may be painted on; `source` gives what lies there before, and is never altered.

    `changed` holds the tiles that differ from the source. A copy shares them until one of the two is painted on.
    """

    def __init__(self, source: Callable[[Place], np.ndarray | None] = lambda place: None):
        self._source = source
        self.changed: dict[Place, np.ndarray] = {}

    def copy(self) -> "Surface":
        other = Surface(self._source)
        other.changed = dict(self.changed)
        return other

    def tile(self, place: Place) -> np.ndarray | None:
        return self.changed[place] if place in self.changed else self._source(place)

    def write(self, box: Box, pixels: np.ndarray, mask: np.ndarray | None = None) -> None:
        """Replaces the pixels of `box`, where the mask is True; (height, width, 4), or 3 for opaque ones."""
        for place in tiles_under(box):
            tile, part = place.box(), place.box().intersect(box)
            inside = part.slices(box)
            chosen = None if mask is None else mask[inside]
            if chosen is not None and not chosen.any():
                continue
            before = self.tile(place)
            after = np.zeros(SHAPE, np.uint8) if before is None else before.copy()
            _put(after[part.slices(tile)], pixels[inside], chosen)
            after.flags.writeable = False
            self.changed[place] = after

    def read(self, box: Box) -> np.ndarray:
        return assembled(box, self.tile)


def _put(target: np.ndarray, pixels: np.ndarray, mask: np.ndarray | None) -> None:
    where = True if mask is None else mask[:, :, None]
    np.copyto(target[:, :, : pixels.shape[2]], pixels, where=where)
    if pixels.shape[2] == 3:
        np.copyto(target[:, :, 3:], np.uint8(255), where=where)


def assembled(box: Box, tile: Callable[[Place], np.ndarray | None]) -> np.ndarray:
    """The pixels of a box out of its tiles, transparent where there are none."""
    pixels = np.zeros((box.height, box.width, 4), np.uint8)
    for place in tiles_under(box):
        found = tile(place)
        if found is not None:
            part = place.box().intersect(box)
            pixels[part.slices(box)] = found[part.slices(place.box())]
    return pixels


class TileCache:
    """Decoded tiles by the number of their bytes in the file, which never change; shared between threads."""

    def __init__(self, limit: int = 64 * 2**20):
        self._most = max(limit // (TILE * TILE * 4), 1)
        self._tiles: OrderedDict[int, np.ndarray] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, number: int) -> np.ndarray | None:
        with self._lock:
            if number in self._tiles:
                self._tiles.move_to_end(number)
            return self._tiles.get(number)

    def put(self, number: int, pixels: np.ndarray) -> None:
        with self._lock:
            self._tiles[number] = pixels
            while len(self._tiles) > self._most:
                self._tiles.popitem(last=False)

    def clear(self) -> None:
        with self._lock:
            self._tiles.clear()
