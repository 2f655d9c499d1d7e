"""What a picture says of itself, beside its pixels: caption, author, copyright, camera data, and pixels to an inch.

An EXIF block stays as it is, byte for byte, but for what is not true any more: the orientation, for pictures are turned
upright when they are read, and the little preview of what the picture was.
"""

import base64
import json
import re
import struct
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from PIL import Image, ImageFile, IptcImagePlugin

ORIENTATION, RESOLUTION, UNIT = 0x0112, (0x011A, 0x011B), 0x0128
CAPTION, AUTHOR, COPYRIGHT = 0x010E, 0x013B, 0x8298
CAMERA, PLACE = 0x8769, 0x8825  # blocks of their own
PLAIN = (CAPTION, 0x010F, 0x0110, 0x0131, 0x0132, AUTHOR, COPYRIGHT)  # texts: what TIFF files keep of them
IPTC = {CAPTION: (2, 120), AUTHOR: (2, 80), COPYRIGHT: (2, 116)}
PNG_TEXTS = {CAPTION: ("Description", "Title"), AUTHOR: ("Author",), COPYRIGHT: ("Copyright",)}
MOST_EXIF = 65_533 - 6  # bytes that one segment of a JPEG holds, "Exif\0\0" in front
MOST_DPI = 100_000
XMP_TURN = re.compile(rb"(tiff:Orientation(?:=[\"']|>))[2-8]")


@dataclass(frozen=True)
class Metadata:
    """exif: a block as it stands in a TIFF, without "Exif" in front. xmp: XML. dpi: pixels to an inch, (x, y)."""

    exif: bytes = b""
    xmp: bytes = b""
    dpi: tuple[float, float] | None = None

    def __bool__(self) -> bool:
        return bool(self.exif or self.xmp or self.dpi)

    def texts(self) -> dict[int, bytes]:
        """Return the plain texts of the block by their tags, as they are in the file."""
        return {tag: _as_bytes(value) for tag, value in _loaded(self.exif).items() if tag in PLAIN and value}

    def to_json(self) -> str:
        exif, xmp = (base64.b64encode(block).decode() for block in (self.exif, self.xmp))
        return json.dumps({"exif": exif, "xmp": xmp, "dpi": self.dpi})

    @classmethod
    def from_json(cls, text: str) -> "Metadata":
        """Return what `to_json` has written; nothing from what is damaged."""
        with suppress(ValueError, TypeError, KeyError, AttributeError):
            values = json.loads(text)
            exif, xmp = (base64.b64decode(values[name], validate=True) for name in ("exif", "xmp"))
            return cls(exif, xmp, _dpi(values["dpi"]))
        return cls()


NOTHING = Metadata()


def metadata_of(image: ImageFile.ImageFile) -> Metadata:
    """Return what an opened picture says of itself; damaged blocks are left out."""
    exif = xmp = b""
    with suppress(Exception):  # blocks are damaged in as many ways as there are programs that write them
        exif = _renewed(_block_of(image))
        exif = _with_texts(exif, _texts_beside(image))
    with suppress(Exception):
        found = image.info.get("xmp", b"")
        found = found.encode() if isinstance(found, str) else bytes(found)
        xmp = XMP_TURN.sub(rb"\g<1>1", found.rstrip(b"\0"))
    dpi = _dpi(image.info.get("dpi")) or _dpi_in(exif)
    return Metadata(exif, xmp, dpi)


def left_out(metadata: Metadata, kind: str) -> str:
    """Return a sentence about what a kind of file (a value of WRITABLE) cannot keep of it; empty where all is kept."""
    if kind == "TIFF" and _loaded(metadata.exif).keys() & {CAMERA, PLACE}:
        return "TIFF keeps caption, author, copyright and resolution; what the camera noted is left out."
    if kind == "JPEG" and len(metadata.xmp) > 65_000:
        return "JPEG has no room for so long an XMP block; it is left out, and PNG keeps it."
    return ""


def with_dpi(metadata: Metadata) -> bytes:
    """Return the EXIF block with the resolution in it, for files that have no other place for that."""
    if metadata.dpi is None or _dpi_in(metadata.exif):
        return metadata.exif
    exif = _loaded(metadata.exif)
    exif[RESOLUTION[0]], exif[RESOLUTION[1]], exif[UNIT] = *metadata.dpi, 2
    return _written(exif)


def short(exif: bytes) -> bytes:
    """Return the block as it fits into a JPEG: without the notes of the camera's maker where it is too long."""
    if len(exif) <= MOST_EXIF:
        return exif
    loaded = _loaded(exif)
    loaded.get_ifd(CAMERA).pop(0x927C, None)
    return fitting if len(fitting := _written(loaded)) <= MOST_EXIF else b""


# ---- the block


def _block_of(image: Image.Image) -> bytes:
    """As it lies in the file; of a TIFF, whose entries are those of the picture itself, made anew from the texts."""
    block = image.info.get("exif")
    if isinstance(block, bytes) and block:
        return block.removeprefix(b"Exif\0\0")
    found = image.getexif()
    exif = Image.Exif()
    for tag in PLAIN:
        if tag in found:
            exif[tag] = found[tag]
    for tag in (CAMERA, PLACE):
        if inner := found.get_ifd(tag):
            exif.get_ifd(tag).update(inner)
    return _written(exif) if exif or exif.get_ifd(CAMERA) or exif.get_ifd(PLACE) else b""


def _renewed(block: bytes) -> bytes:
    """Without the orientation and the preview; raises an error of any kind where the block is damaged."""
    if not block:
        return b""
    order = {b"II": "<", b"MM": ">"}[block[:2]]
    (first,) = struct.unpack_from(f"{order}I", block, 4)
    (count,) = struct.unpack_from(f"{order}H", block, first)
    places = [first + 2 + 12 * number for number in range(count)]
    entries = [block[at : at + 12] for at in places if struct.unpack_from(f"{order}H", block, at) != (ORIENTATION,)]
    made = struct.pack(f"{order}H", len(entries)) + b"".join(entries) + bytes(4)  # no further directory
    made = block[:first] + made + block[first + len(made) :]
    _loaded(made)
    return made


def _loaded(block: bytes) -> Image.Exif:
    exif = Image.Exif()
    if block:
        exif.load(b"Exif\0\0" + block)
    return exif


def _written(exif: Image.Exif) -> bytes:
    """Texts as the bytes that they were: Pillow reads them as Latin-1 and writes ASCII."""
    for part in (exif, exif.get_ifd(CAMERA), exif.get_ifd(PLACE)):
        for tag, value in list(part.items()):
            if isinstance(value, str) and not value.isascii():
                part[tag] = _as_bytes(value)
    return exif.tobytes().removeprefix(b"Exif\0\0")


def _as_bytes(value: Any) -> bytes:
    return value if isinstance(value, bytes) else str(value).encode("latin-1", "replace")


# ---- the same said elsewhere


def _texts_beside(image: ImageFile.ImageFile) -> dict[int, bytes]:
    """Caption, author and copyright in the texts of a PNG, or in IPTC."""
    texts = {}
    for tag, names in PNG_TEXTS.items():
        said = next((str(image.info[name]) for name in names if isinstance(image.info.get(name), str)), "")
        texts[tag] = said.encode()
    iptc = IptcImagePlugin.getiptcinfo(image)
    for tag, key in IPTC.items():
        said = (iptc or {}).get(key)
        texts[tag] = texts[tag] or (said if isinstance(said, bytes) else b"")
    return {tag: text for tag, text in texts.items() if text}


def _with_texts(block: bytes, texts: dict[int, bytes]) -> bytes:
    exif = _loaded(block)
    missing = {tag: text for tag, text in texts.items() if not exif.get(tag)}
    if not missing:
        return block
    for tag, text in missing.items():
        exif[tag] = text
    return _written(exif)


def _dpi(value: Any) -> tuple[float, float] | None:
    with suppress(TypeError, ValueError):
        x, y = (float(each) for each in value)
        if 1 <= x <= MOST_DPI and 1 <= y <= MOST_DPI:
            return x, y
    return None


def _dpi_in(block: bytes) -> tuple[float, float] | None:
    exif = _loaded(block)
    found = _dpi([exif.get(tag) for tag in RESOLUTION])
    centimetres = exif.get(UNIT) == 3
    return found and (found[0] * 2.54, found[1] * 2.54) if centimetres else found
