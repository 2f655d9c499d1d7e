"""Pictures on the disk for the tests of reading and writing them, some that Pillow itself cannot write."""

import os
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from PIL import Image


def painting(height: int = 40, width: int = 60, channels: int = 3) -> np.ndarray:
    """Smooth and noisy at once, so that every corner differs from every other."""
    noise = np.random.default_rng(7).integers(0, 60, (height, width, channels))
    slope = np.linspace(0, 190, width)[None, :, None] * np.linspace(0.3, 1, height)[:, None, None]
    return (noise + slope).astype(np.uint8)


def saved(path: Path, pixels: np.ndarray, **options) -> Path:
    Image.fromarray(pixels).save(path, **options)
    return path


def png(path: Path, width: int, height: int, depth: int, kind: int, rows: bytes, *more: tuple[bytes, bytes]) -> Path:
    """A PNG by hand, for what Pillow cannot write. `rows` come with their filter bytes."""
    chunks = [(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, kind, 0, 0, 0)), *more]
    chunks += [(b"IDAT", zlib.compress(rows)), (b"IEND", b"")]
    body = b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in chunks
    )
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + body)
    return path


def png16(path: Path, values: np.ndarray, kind: int, *more: tuple[bytes, bytes]) -> Path:
    rows = b"".join(b"\0" + row.astype(">u2").tobytes() for row in values)
    return png(path, values.shape[1], values.shape[0], 16, kind, rows, *more)


@contextmanager
def as_nobody() -> Iterator[None]:
    """For root no permission holds, so root becomes nobody for a while."""
    root = os.geteuid() == 0
    if root:
        os.setresuid(65534, 65534, 0)
    try:
        yield
    finally:
        if root:
            os.setresuid(0, 0, 0)
