"""Estimates how many bytes an export will have, from a few pieces of the picture that are encoded for it."""

import io

import numpy as np
from PIL import Image

from app.document import Document
from engine.media.image_writers import encode
from engine.request import Box

from .formats import ORA, Format

SIDE = 256  # pixels of a piece; more of them cost time while the artist drags a slider
PIECES = 4


def samples(document: Document, box: Box) -> list[np.ndarray]:
    """Pieces from all over the box, uint8 (height, width, 4)."""
    if box.empty:
        return []
    width, height = min(SIDE, box.width), min(SIDE, box.height)
    places = [(k + 0.5) / PIECES for k in range(PIECES)]
    return [
        document.read(
            Box(box.x + round((box.width - width) * along), box.y + round((box.height - height) * down), width, height)
        )
        for along, down in zip(places, (0.5, 0.2, 0.8, 0.5), strict=True)
    ]


def guess(pieces: list[np.ndarray], kind: Format, size: tuple[int, int], scale: float, bits: int, quality: int) -> int:
    """Bytes for a picture of `size` made of pieces such as these."""
    packed = pixels = 0
    for piece in pieces:
        made = _scaled(piece, scale)
        height, width = made.shape[:2]
        file = io.BytesIO()
        holes = kind.alpha and int(made[:, :, 3].min()) < 255
        made = made if holes else made[:, :, :3]
        made = made.astype(np.uint16) * 257 if bits == 16 else made
        name = "PNG" if kind.kind == ORA else kind.kind
        encode(file, name, made, (width, height), made.shape[2], bits, quality)
        packed, pixels = packed + file.tell(), pixels + width * height
    share = packed / max(pixels, 1)
    return round(share * size[0] * size[1] * (2.1 if kind.kind == ORA else 1))  # layers, and merged once more


def _scaled(piece: np.ndarray, scale: float) -> np.ndarray:
    height, width = piece.shape[:2]
    if scale == 1:
        return piece
    if scale > 1:  # no more pixels than before: a cut of what it becomes
        width, height = max(1, round(width / scale)), max(1, round(height / scale))
        piece = piece[:height, :width]
    size = max(8, round(width * scale)), max(8, round(height * scale))
    return np.asarray(
        Image.fromarray(piece).resize(size, Image.Resampling.BOX if scale < 1 else Image.Resampling.BICUBIC)
    )
