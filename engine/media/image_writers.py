"""Pictures to disk, whole or not at all: PNG and TIFF row by row, JPEG, WebP and AVIF through memory.

Everything is written as sRGB into `name.part`, which takes the name when all of it is on the disk.
"""

import io
import json
import os
import struct
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

import numpy as np
from PIL import Image, ImageCms

from engine.media.atomic_file import check_place, written_whole
from engine.media.metadata import NOTHING, Metadata, left_out, short, with_dpi
from engine.request import UserError

SOFTWARE = 0x0131  # the EXIF entry of the program that wrote a file
STRIP_PIXELS = 2**20
WRITABLE = {
    ".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG", ".webp": "WEBP", ".avif": "AVIF", ".tif": "TIFF", ".tiff": "TIFF"
}  # fmt: skip
# AVIF could be 65536, but the libraries that read it stop at 32768, ours too.
LONGEST_SIDE = {"PNG": 2**31 - 1, "JPEG": 65500, "WEBP": 16383, "AVIF": 32768, "TIFF": 2**31 - 1}
STREAMED = ("PNG", "TIFF")  # written row by row; the others need the whole picture in memory
LOSSY = (
    "JPEG",
    "AVIF",
)  # whose pixels are nearly, but not exactly, those that were given, as `write_picture` calls them
TIFF_TILE = 256
TIFF_ROW = 2**24  # pixels in a row of tiles, at most: very wide pictures get lower tiles
BIG_TIFF = 2**32 - 2**25  # bytes from which on offsets may not fit into a plain TIFF

Size = tuple[int, int]  # width, height


# ---- where to


def numbered(path: str | os.PathLike[str], number: int) -> Path:
    """`out.png` becomes `out-1.png`."""
    path = Path(path)
    return path.with_name(f"{path.stem}-{number}{path.suffix}")


def check_writable(path: str | os.PathLike[str], size: Size | None = None) -> None:
    """Tells before the long work, not after it, that a picture (of `size`) cannot be written to `path`."""
    path = Path(path)
    kind = WRITABLE.get(path.suffix.lower())
    if os.path.isdir(path):
        raise UserError(f"{path} is a folder; add a file name such as {path / 'out.png'}.")
    if kind is None:
        raise UserError(
            f"{path} needs one of the suffixes {', '.join(WRITABLE)}; .png keeps every pixel and the recipe."
        )
    if size is not None:
        _check_size(path, kind, size)
    check_place(path)


def _check_size(path: Path, kind: str, size: Size) -> None:
    width, height = size
    if width < 1 or height < 1:
        raise UserError(f"A picture of {width}×{height} pixels cannot be written; both sides must be at least 1.")
    if max(size) > LONGEST_SIDE[kind]:
        raise UserError(
            f"{width}×{height} is too large for {path.suffix}, which allows {LONGEST_SIDE[kind]} pixels per side. "
            f"Write {path.with_suffix('.png')} instead."
        )


# ---- what


def write_picture(
    path: str | os.PathLike[str], rows: np.ndarray | Iterable[np.ndarray], size: Size, recipe: dict | None = None,
    metadata: Metadata = NOTHING,
) -> None:  # fmt: skip
    """Writes uint8 sRGB of `size` (width, height) to `path`, which is replaced only when all is on disk.

    rows: the whole picture (height, width, 3), or greys (height, width, 1), or from top to bottom rows (width, 3) or
    strips (any, width, 3).
    recipe: how the picture came about, for `read_recipe`; only PNG keeps it. metadata: what it says of itself.
    """
    path = Path(path)
    check_writable(path, size)
    with written_whole(path) as file:
        channels = 1 if isinstance(rows, np.ndarray) and rows.shape[-1] == 1 else 3
        encode(file, WRITABLE[path.suffix.lower()], rows, size, channels, recipe=recipe, metadata=metadata)


def encode(
    file: BinaryIO, kind: str, rows: np.ndarray | Iterable[np.ndarray], size: Size, channels: int = 3, bits: int = 8,
    quality: int | None = None, recipe: dict | None = None, metadata: Metadata = NOTHING,
) -> None:  # fmt: skip
    """Writes rows as in `write_picture` into an open file.

    kind: a value of WRITABLE. channels: 3, or 4 with straight alpha (not JPEG), or 1. bits: 8, or 16 for PNG and TIFF.
    quality: 1 to 100 for JPEG, WebP (100: without loss) and AVIF; None is as good as can be.
    """
    strips = _strips(rows, size, channels, np.dtype(np.uint16 if bits == 16 else np.uint8))
    if kind == "PNG":
        _write_png(file, strips, size, channels, bits, recipe, metadata)
    elif kind == "TIFF":
        _write_tiff(file, strips, size, channels, bits, metadata)
    else:
        _write_with_pillow(file, strips, kind, quality, metadata)


def _strips(rows: np.ndarray | Iterable[np.ndarray], size: Size, channels: int, kind: np.dtype) -> Iterator[np.ndarray]:
    """The rows as contiguous strips (rows, width, channels) of moderate height; others than promised are refused."""
    width, height = size
    step = max(1, STRIP_PIXELS // width)
    done = 0
    for block in [rows] if isinstance(rows, np.ndarray) else rows:
        block = block[None] if block.ndim == 2 else block
        done += len(block)
        if block.dtype != kind or block.shape[1:] != (width, channels) or done > height:
            raise ValueError(f"{block.dtype} {block.shape} up to row {done} does not fit into {width}×{height}")
        for top in range(0, len(block), step):
            yield np.ascontiguousarray(block[top : top + step])
    if done != height:
        raise ValueError(f"{done} rows came instead of {height}")


def srgb_profile() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


# ---- PNG


def _write_png(
    file: BinaryIO, strips: Iterable[np.ndarray], size: Size, channels: int, bits: int, recipe: dict | None,
    metadata: Metadata,
) -> None:  # fmt: skip
    file.write(b"\x89PNG\r\n\x1a\n")
    kind = {1: 0, 3: 2, 4: 6}[channels]  # greys, colours without alpha or with; not interlaced
    _chunk(file, b"IHDR", struct.pack(">IIBBBBB", *size, bits, kind, 0, 0, 0))
    _chunk(file, b"sRGB", b"\0")
    if metadata.dpi:
        per_metre = (round(each / 0.0254) for each in metadata.dpi)
        _chunk(file, b"pHYs", struct.pack(">IIB", *per_metre, 1))
    if metadata.exif:
        _chunk(file, b"eXIf", metadata.exif)
    if metadata.xmp:
        _chunk(file, b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + metadata.xmp)
    if recipe is not None:
        text = json.dumps(recipe, ensure_ascii=False).encode()
        _chunk(file, b"iTXt", b"handscroll\0\0\0\0\0" + text)  # not compressed, no language
    # On paintings and scrolls level 3 after the filter Up comes within 2 % of Pillow's adaptive filters and level 6,
    # in a third of the time; Sub and Average were larger, Paeth and the choice per row slower and no smaller.
    packer = zlib.compressobj(3)
    above = np.zeros(size[0] * channels * bits // 8, np.uint8)
    for strip in strips:
        lines = strip if bits == 8 else strip.astype(">u2").view(np.uint8)
        lines = lines.reshape(len(strip), -1)
        filtered = np.full((len(lines), 1 + lines.shape[1]), 2, np.uint8)  # each line begins with its filter: 2 is Up
        filtered[0, 1:] = lines[0] - above
        filtered[1:, 1:] = lines[1:] - lines[:-1]
        above = lines[-1].copy()
        _chunk(file, b"IDAT", packer.compress(filtered.data))
    _chunk(file, b"IDAT", packer.flush())
    _chunk(file, b"IEND", b"")


def _chunk(file: BinaryIO, name: bytes, data: bytes) -> None:
    if name == b"IDAT" and not data:
        return
    file.write(struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)))


# ---- TIFF


def _write_tiff(
    file: BinaryIO, strips: Iterable[np.ndarray], size: Size, channels: int, bits: int, metadata: Metadata
) -> None:
    """In tiles, which other programs can read in parts; BigTIFF where offsets need it."""
    import tifffile  # half a second, which help and plans do not wait for

    width, height = size
    kind = np.dtype(np.uint16 if bits == 16 else np.uint8)
    big = width * height * channels * kind.itemsize > BIG_TIFF
    shape = (height, width, channels) if channels > 1 else (height, width)
    rows = TIFF_TILE
    while rows > 16 and rows * width > TIFF_ROW:
        rows //= 2
    with tifffile.TiffWriter(file, bigtiff=big) as writer:
        writer.write(
            _tiles(_in_rows_of(strips, rows)), shape=shape, dtype=kind,
            photometric="rgb" if channels > 1 else "minisblack",
            extrasamples=["unassalpha"] if channels == 4 else None, tile=(rows, TIFF_TILE), metadata=None,
            compression="adobe_deflate", compressionargs={"level": 3}, predictor=True,
            iccprofile=srgb_profile() if channels > 1 else None,
            software="Handscroll", maxworkers=1, resolution=metadata.dpi, resolutionunit=2 if metadata.dpi else None,
            extratags=_tiff_tags(metadata),
        )  # fmt: skip


def _tiff_tags(metadata: Metadata) -> list[tuple[int, int, int, bytes, bool]]:
    """Caption, author and so on; XMP as plain bytes."""
    texts = {tag: text.rstrip(b"\0") + b"\0" for tag, text in metadata.texts().items() if tag != SOFTWARE}
    tags = [(tag, 2, len(text), text, True) for tag, text in texts.items()]
    return [*tags, (700, 1, len(metadata.xmp), metadata.xmp, True)] if metadata.xmp else tags


def _in_rows_of(strips: Iterable[np.ndarray], rows: int) -> Iterator[np.ndarray]:
    """The same rows in strips of this height; only the last one may be lower."""
    held: list[np.ndarray] = []
    have = 0
    for strip in strips:
        while have + len(strip) >= rows:
            need = rows - have
            yield np.concatenate([*held, strip[:need]])
            held, have, strip = [], 0, strip[need:]
        if len(strip):
            held.append(strip)
            have += len(strip)
    if held:
        yield np.concatenate(held)


def _tiles(strips: Iterable[np.ndarray]) -> Iterator[np.ndarray]:
    for strip in strips:
        for left in range(0, strip.shape[1], TIFF_TILE):
            yield np.ascontiguousarray(strip[:, left : left + TIFF_TILE])


# ---- the others


def _write_with_pillow(
    file: BinaryIO, strips: Iterable[np.ndarray], kind: str, quality: int | None, metadata: Metadata
) -> None:
    pixels = np.concatenate(list(strips))
    # Into memory first: when Pillow writes to a full disk itself, it tells of an "encoder error -2" and no more.
    packed = io.BytesIO()
    options = {**OPTIONS[kind](quality), **_said(metadata, kind)}
    if pixels.shape[2] == 1:
        Image.fromarray(pixels[..., 0]).save(packed, kind, **options)
    else:
        Image.fromarray(pixels).save(packed, kind, icc_profile=srgb_profile(), **options)
    file.write(packed.getbuffer())


def _said(metadata: Metadata, kind: str) -> dict[str, object]:
    """Pillow's words for it; dpi are a part of the EXIF block where the format knows no other place."""
    if not metadata:
        return {}
    exif = short(metadata.exif) if kind == "JPEG" else with_dpi(metadata)
    said: dict[str, object] = {"exif": b"Exif\0\0" + exif} if exif else {}
    if metadata.xmp and not left_out(Metadata(xmp=metadata.xmp), kind):
        said["xmp"] = metadata.xmp
    if metadata.dpi and kind == "JPEG":
        said["dpi"] = tuple(map(round, metadata.dpi))
    return said


def _jpeg(quality: int | None) -> dict[str, object]:
    quality = 95 if quality is None else quality
    return {"quality": quality, "subsampling": 0 if quality >= 90 else 2}


def _webp(quality: int | None) -> dict[str, object]:
    if quality is None or quality == 100:
        return {"lossless": True, "quality": 25, "method": 2, "exact": True}
    return {"quality": quality, "method": 4}


def _avif(quality: int | None) -> dict[str, object]:
    quality = 95 if quality is None else quality
    return {"quality": quality, "speed": 7, "subsampling": "4:4:4" if quality >= 90 else "4:2:0"}


OPTIONS: dict[str, Callable[[int | None], dict[str, object]]] = {"JPEG": _jpeg, "WEBP": _webp, "AVIF": _avif}
