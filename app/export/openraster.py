"""OpenRaster: a zip of PNGs, one for each layer, with the merged picture and a list of the layers from the top down."""

import io
import unicodedata
import zipfile
from collections.abc import Callable
from functools import partial
from typing import Any, BinaryIO, NamedTuple
from xml.etree import ElementTree as Tree

from PIL import Image

from app.document import Layer, Reader
from app.document.geometry import COARSEST, coarser
from engine.media.image_writers import encode
from engine.media.metadata import NOTHING, Metadata
from engine.request import Box

from .meter import Meter
from .scaling import ScaledView

THUMBNAIL = 256  # pixels of the longer side, at most


class Said(NamedTuple):
    """What a file tells beside its pixels."""

    recipe: dict[str, Any] | None
    metadata: Metadata


SILENT = Said(None, NOTHING)


def write_openraster(
    file: BinaryIO, reader: Reader, view: ScaledView, layers: tuple[Layer, ...], said: Said,
    report: Callable[[float], None],
) -> None:  # fmt: skip
    """The layers with their places, opacity and visibility; the merged picture shows the visible ones."""
    shown = tuple(layer for layer in layers if layer.visible and layer.opacity > 0)
    merged = ScaledView(partial(reader.read, layers=shown), view.box, view.size)
    parts = {layer.id: _part(reader.extent(layer), view) for layer in layers}
    meter = Meter(report, sum(part.width * part.height for part in [view.whole, *parts.values()]))
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as pack:  # PNGs are packed already
        pack.writestr("mimetype", "image/openraster")
        pack.writestr("stack.xml", _stack(view, layers, parts), zipfile.ZIP_DEFLATED)
        for number, layer in enumerate(layers):
            alone = ScaledView(partial(reader.read_layer, layer.id), view.box, view.size)
            if not parts[layer.id].empty:
                _add(pack, f"data/layer{number}.png", alone, parts[layer.id], SILENT, meter)
        _add(pack, "mergedimage.png", merged, view.whole, said, meter)
        pack.writestr("Thumbnails/thumbnail.png", _thumbnail(merged))


def _part(box: Box, view: ScaledView) -> Box:
    """The pixels of the result that a box of the canvas touches."""
    whole, (width, height) = view.box, view.size
    box = box.intersect(whole)
    left, top = (box.x - whole.x) * width // whole.width, (box.y - whole.y) * height // whole.height
    right = -(-(box.right - whole.x) * width // whole.width)
    bottom = -(-(box.bottom - whole.y) * height // whole.height)
    return Box.spanning(left, top, max(left, right), max(top, bottom)) if not box.empty else Box(0, 0, 0, 0)


def _stack(view: ScaledView, layers: tuple[Layer, ...], parts: dict[int, Box]) -> bytes:
    width, height = view.size
    image = Tree.Element("image", version="0.0.5", w=str(width), h=str(height))
    stack = Tree.SubElement(image, "stack")
    for number, layer in reversed(list(enumerate(layers))):
        part = parts[layer.id]
        if not part.empty:
            Tree.SubElement(
                stack, "layer", {"name": _writable(layer.name), "src": f"data/layer{number}.png", "x": str(part.x),
                "y": str(part.y), "opacity": f"{layer.opacity:g}", "composite-op": "svg:src-over",
                "visibility": "visible" if layer.visible else "hidden"},
            )  # fmt: skip
    return Tree.tostring(image, encoding="UTF-8", xml_declaration=True)


def _writable(name: str) -> str:
    """Without the signs that XML does not know."""
    return "".join(sign for sign in name if sign >= " " and unicodedata.category(sign) not in ("Cs", "Cn"))


def _add(
    pack: zipfile.ZipFile, name: str, view: ScaledView, part: Box, said: Said, meter: Meter
) -> None:  # fmt: skip
    with pack.open(name, "w", force_zip64=part.width * part.height > 2**28) as file:
        encode(file, "PNG", meter.counted(view.strips(part)), part[2:], 4, 8, None, *said)  # type: ignore[arg-type]


def _thumbnail(view: ScaledView) -> bytes:
    """From a coarse level, which costs nothing."""
    level = 0
    while level < COARSEST and max(view.box[2:]) >> (level + 1) >= THUMBNAIL:
        level += 1
    image = Image.fromarray(view.read(coarser(view.box, level), level)).convert("RGBa")
    by = min(THUMBNAIL / max(image.size), max(view.size) / max(image.size), 1.0)
    size = max(1, round(image.width * by)), max(1, round(image.height * by))
    packed = io.BytesIO()
    image.resize(size, Image.Resampling.BOX).convert("RGBA").save(packed, "PNG")
    return packed.getvalue()
