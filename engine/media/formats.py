"""The kinds of pictures that can be read: one list for dialogs, messages and the manual."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import NamedTuple


@dataclass(frozen=True)
class ReadFormat:
    """One kind. decoders: Pillow's names for it, none where something else reads it. plugin: what it takes as well."""

    name: str
    suffixes: tuple[str, ...]
    decoders: tuple[str, ...] = ()
    plugin: "Plugin | None" = None


class Plugin(NamedTuple):
    """A package that is not part of the program. load: tells Pillow of it; raises ImportError without it."""

    package: str
    load: Callable[[], object]
    signs: tuple[tuple[int, bytes], ...]  # where in a file there is what


def _load_heif() -> None:
    import_module("pillow_heif").register_heif_opener()


HEIF_BRANDS = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1")
HEIF = Plugin("pillow-heif", _load_heif, tuple((4, b"ftyp" + brand) for brand in HEIF_BRANDS))
JXL = Plugin(
    "pillow-jxl-plugin", lambda: import_module("pillow_jxl"), ((0, b"\xff\x0a"), (0, b"\0\0\0\x0cJXL \r\n\x87\n"))
)

# Never EPS or PDF, for which Pillow starts other programs, and nothing that is recognised by its suffix alone.
READABLE = (
    ReadFormat("PNG", (".png",), ("PNG",)),
    ReadFormat("JPEG", (".jpg", ".jpeg", ".jpe", ".jfif"), ("JPEG", "MPO")),
    ReadFormat("WebP", (".webp",), ("WEBP",)),
    ReadFormat("AVIF", (".avif",), ("AVIF",)),
    ReadFormat("TIFF", (".tif", ".tiff"), ("TIFF",)),
    ReadFormat("GIF", (".gif",), ("GIF",)),
    ReadFormat("BMP", (".bmp",), ("BMP",)),
    ReadFormat("JPEG 2000", (".jp2", ".j2k", ".jpx"), ("JPEG2000",)),
    ReadFormat("PPM", (".ppm", ".pgm", ".pbm", ".pnm"), ("PPM",)),
    ReadFormat("QOI", (".qoi",), ("QOI",)),
    ReadFormat("Photoshop", (".psd",), ("PSD",)),
    ReadFormat("OpenRaster", (".ora",)),
    ReadFormat("HEIC", (".heic", ".heif"), ("HEIF",), HEIF),
    ReadFormat("JPEG XL", (".jxl",), ("JXL",), JXL),
)
LAYERED = (".psd", ".ora")


def suffixes() -> tuple[str, ...]:
    """Return what the names of pictures end in, with the dot."""
    return tuple(suffix for kind in READABLE for suffix in kind.suffixes)


def patterns() -> str:
    """Return them for a dialog that chooses files: "*.png *.jpg"."""
    return " ".join(f"*{suffix}" for suffix in suffixes())


def decoders() -> tuple[str, ...]:
    """Return Pillow's names of all kinds, those of plug-ins too."""
    return tuple(name for kind in READABLE for name in kind.decoders)


def names() -> str:
    """Return all kinds in words: "PNG, JPEG and WebP"."""
    *some, last = (kind.name for kind in READABLE)
    return f"{', '.join(some)} and {last}"


def needs_plugin(head: bytes) -> ReadFormat | None:
    """Return the kind of a file that begins so, where a plug-in reads it."""
    for kind in READABLE:
        if kind.plugin and any(head[at : at + len(sign)] == sign for at, sign in kind.plugin.signs):
            return kind
    return None


SUFFIXES = {*suffixes()} - {".gif"}  # most of these move


def picture_files(folder: Path) -> list[Path]:
    """Everything in a folder and below that is called like a picture, in order."""
    return sorted(p for p in folder.rglob("*") if p.suffix.lower() in SUFFIXES)
