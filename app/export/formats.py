"""What each format can hold, and the sentences about what it cannot."""

from dataclasses import dataclass
from pathlib import Path

from app.translation import tr
from engine.media.image_writers import LONGEST_SIDE, STREAMED, WRITABLE
from engine.request import UserError

MOST_IN_MEMORY = 2**28  # pixels of a picture that is packed as a whole: 1 GiB with alpha, and as much again packed
ORA = "ORA"

Size = tuple[int, int]  # width, height


@dataclass(frozen=True)
class Format:
    """kind: how the engine calls it. quality: whether 1 to 100 says how exact it is."""

    kind: str
    name: str
    suffixes: tuple[str, ...]
    about: str
    alpha: bool = True
    deep: bool = False  # 16 bits
    quality: bool = False
    recipe: bool = False
    layers: bool = False

    @property
    def streamed(self) -> bool:
        """Whether memory does not grow with the picture."""
        return self.kind in (*STREAMED, ORA)


FORMATS = (
    Format("PNG", "PNG", (".png",), tr("Every pixel, with the recipe"), deep=True, recipe=True),
    Format("JPEG", "JPEG", (".jpg", ".jpeg"), tr("Small; nothing is transparent"), alpha=False, quality=True),
    Format("WEBP", "WebP", (".webp",), tr("Smaller; 100 keeps every pixel"), quality=True),
    Format("AVIF", "AVIF", (".avif",), tr("The smallest, slow to write"), quality=True),
    Format("TIFF", "TIFF", (".tif", ".tiff"), tr("Every pixel, for printing"), deep=True),
    Format(ORA, "OpenRaster", (".ora",), tr("Layers, for Krita, GIMP, MyPaint"), recipe=True, layers=True),
)
_BY_SUFFIX = {suffix: each for each in FORMATS for suffix in each.suffixes}
assert {*WRITABLE} == {*_BY_SUFFIX} - {".ora"}


def format_of(path: Path | str) -> Format:
    """The format that a file's suffix (or a suffix alone) names."""
    suffix = Path(f"x{path}").suffix.lower()
    if suffix not in _BY_SUFFIX:
        raise UserError(
            tr("{path} needs one of the suffixes {suffixes}, which say how it is written.").format(
                path=path, suffixes=", ".join(_BY_SUFFIX)
            )
        )
    return _BY_SUFFIX[suffix]


def limits(suffix: str, width: int, height: int) -> str:
    """Why a picture of this size does not fit into one file and what to do; empty when it does."""
    kind = format_of(suffix)
    tile = fitting_tiles(kind, (width, height))
    if tile == (width, height):
        return ""
    ends = _ends(kind)
    return tr(
        "{width}×{height} is too large for {name}, which ends at {ends}. Export it smaller, as PNG or TIFF, "
        "or in tiles of {across}×{down}."
    ).format(width=width, height=height, name=kind.name, ends=ends, across=tile[0], down=tile[1])


def _ends(kind: Format) -> str:
    side = tr("{most} pixels a side").format(most=f"{LONGEST_SIDE[kind.kind]:,}".replace(",", " "))
    return (
        side
        if kind.streamed
        else tr("{side} and {most} million in all").format(side=side, most=MOST_IN_MEMORY // 10**6)
    )


def fitting_tiles(kind: Format, size: Size) -> Size:
    """The largest tiles of about equal size that fit into files of their own; the whole size if it fits."""
    if kind.kind == ORA:
        return size
    longest = LONGEST_SIDE[kind.kind]
    columns, rows = -(-size[0] // longest), -(-size[1] // longest)
    while True:
        tile = -(-size[0] // columns), -(-size[1] // rows)
        if kind.streamed or tile[0] * tile[1] <= MOST_IN_MEMORY:
            return tile
        if tile[0] >= tile[1]:
            columns += 1
        else:
            rows += 1
