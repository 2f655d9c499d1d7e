"""Names for several files of one export: by layer, by row and column; safe on every system."""

import re
import unicodedata
from pathlib import Path
from typing import NamedTuple

from app.document import Layer
from engine.request import Box

from .scaling import ScaledView, Size

LONGEST = 60  # characters of a layer's name; file systems end at 255 bytes


class Named(NamedTuple):
    """A view that goes into the file `path`, or into several if it is cut."""

    path: Path
    view: ScaledView
    layers: tuple[Layer, ...]


def safe(name: str) -> str:
    """The name without what some system does not want in a file name."""
    name = unicodedata.normalize("NFC", name)
    name = "".join(" " if unicodedata.category(sign)[0] in "CZ" else sign for sign in name)
    name = re.sub(r'[<>:"/\\|?*]+', "-", name)
    return re.sub(r" +", " ", name).strip(" .-")[:LONGEST].strip(" .-") or "layer"


def named_by_layer(output: Path, layers: tuple[Layer, ...]) -> list[tuple[Path, Layer]]:
    """`out.png` becomes `out-Sky.png`; of layers with the same name the later ones get numbers."""
    taken: set[str] = set()
    named = []
    for layer in layers:
        name = plain = safe(layer.name)
        number = 1
        while name.casefold() in taken:  # some systems do not tell A from a
            number += 1
            name = f"{plain} {number}"
        taken.add(name.casefold())
        named.append((output.with_name(f"{output.stem}-{name}{output.suffix}"), layer))
    return named


def named_by_tile(named: Named, tile: Size) -> list[tuple[Path, Box]]:
    """`out.png` becomes `out_r0_c0.png` and so on, row by row."""
    path, (width, height) = named.path, named.view.size
    return [
        (
            path.with_name(f"{path.stem}_r{top // tile[1]}_c{left // tile[0]}{path.suffix}"),
            Box(left, top, min(tile[0], width - left), min(tile[1], height - top)),
        )
        for top in range(0, height, tile[1])
        for left in range(0, width, tile[0])
    ]


def tiles_note(output: Path, tiles: list[tuple[Path, Box]]) -> tuple[Path, str]:
    """A text beside the tiles that says how they are put together."""
    whole = Box.around([box for _, box in tiles])
    lines = [
        f"{output.stem} is {whole.width} x {whole.height} pixels, in {len(tiles)} tiles.",
        "Each line: the file, how far its left upper corner lies to the right and down, its width and height.",
        "",
        *(f"{path.name}\t{box.x}\t{box.y}\t{box.width}\t{box.height}" for path, box in tiles),
    ]
    return output.with_name(f"{output.stem}_tiles.txt"), "\n".join(lines) + "\n"
