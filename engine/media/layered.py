"""Pictures of several layers, as painting programs keep them: OpenRaster, and Photoshop's files through psd-tools."""

import io
import logging
import zipfile
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from xml.etree import ElementTree as Tree

import numpy as np

from engine.media.formats import LAYERED
from engine.media.images import decoded
from engine.media.metadata import NOTHING, Metadata, metadata_of
from engine.media.opening import MERGED, damaged, identified, opened, unpacked
from engine.request import Box, UserError

if TYPE_CHECKING:
    from psd_tools.api.layers import Layer as PsdLayer

PLAIN = "svg:src-over"
MOST_STACK = 2**24  # bytes of the list of layers
MOST_LAYERS = 1000


@dataclass(frozen=True, eq=False)
class PictureLayer:
    """pixels: uint8 (height, width, 3 or 4) in sRGB, straight alpha. x, y: of its corner. opacity: 0 to 1."""

    name: str
    x: int
    y: int
    pixels: np.ndarray
    opacity: float = 1.0
    visible: bool = True


@dataclass(frozen=True, eq=False)
class Layered:
    """width, height: of the whole. layers: from the lowest up. notes: sentences about what looks otherwise here."""

    width: int
    height: int
    layers: tuple[PictureLayer, ...]
    notes: tuple[str, ...] = ()
    metadata: Metadata = NOTHING


def is_layered(path: Path) -> bool:
    """Return whether a file is called like one that has layers."""
    return path.suffix.lower() in LAYERED


def read_layers(path: Path) -> Layered | None:
    """Return the layers of a picture; None of one that has none, which is to be read as a whole.

    Groups are laid flat: their layers take on what the group says of opacity and of being seen. Raises UserError where
    the file cannot be read.
    """
    with opened(path) as image:  # too large, or damaged, is told before anything is decoded
        size, kind = image.size, image.format
    try:
        found = _photoshop(path, size) if kind == "PSD" else _openraster(path, size)
    except (UserError, MemoryError):
        raise
    except Exception as error:  # damaged files end in anything from KeyError to struct.error
        raise damaged(path) from error
    return found if found.layers else None


# ---- OpenRaster


class _Above(NamedTuple):
    """What the groups around a layer say of it."""

    x: int = 0
    y: int = 0
    opacity: float = 1.0
    visible: bool = True


def _openraster(path: Path, size: tuple[int, int]) -> Layered:
    with zipfile.ZipFile(path) as pack:
        if pack.getinfo("stack.xml").file_size > MOST_STACK:
            raise UserError(f"{path} lists more layers than can be read.")
        root = Tree.fromstring(pack.read("stack.xml"))
        others: Counter[str] = Counter()
        layers = [*_in_stack(path, pack, root.find("stack"), _Above(), others)][::-1]
        metadata = decoded(path, identified(path, io.BytesIO(unpacked(path, pack, MERGED))), placing=True).metadata
    width, height = (int(root.get(name, given)) for name, given in zip("wh", size, strict=True))
    return Layered(width, height, tuple(layers), tuple(_modes(others)), metadata)


def _in_stack(
    path: Path, pack: zipfile.ZipFile, stack: Any, above: _Above, others: Counter[str]
) -> Iterator[PictureLayer]:
    """From the top down, as the file has them."""
    for each in stack if stack is not None else ():
        here = _Above(
            above.x + int(each.get("x", 0)), above.y + int(each.get("y", 0)),
            above.opacity * float(each.get("opacity", 1)),
            above.visible and each.get("visibility", "visible") != "hidden",
        )  # fmt: skip
        if (mode := each.get("composite-op", PLAIN)) not in (PLAIN, ""):
            others[mode.removeprefix("svg:")] += 1
        if each.tag == "stack":
            yield from _in_stack(path, pack, each, here, others)
        elif each.tag == "layer" and each.get("src", "").lower().endswith(".png"):
            data = unpacked(path, pack, each.get("src"))
            picture = decoded(path, identified(path, io.BytesIO(data)), placing=True)
            name = each.get("name") or "Layer"
            yield PictureLayer(name, here.x, here.y, picture.rgba(), here.opacity, here.visible)


def _modes(others: Counter[str]) -> Iterator[str]:
    if others:
        named = ", ".join(sorted(others))
        count = sum(others.values())
        what = "One layer is" if count == 1 else f"{count} layers are"
        yield f"{what} mixed in a way that is not known here ({named}) and laid on top instead."


# ---- Photoshop


def _photoshop(path: Path, size: tuple[int, int]) -> Layered:
    from psd_tools import PSDImage  # half a second, which nobody waits for who opens something else

    logging.getLogger("psd_tools").setLevel(logging.ERROR)  # it tells of every odd tag
    psd = PSDImage.open(path)
    frame, layers, left_out, others = Box(0, 0, *size), [], 0, Counter()
    inside = [layer for layer in psd.descendants() if not layer.is_group()]
    if len(inside) > MOST_LAYERS:
        raise UserError(f"{path} has {len(inside)} layers, more than the {MOST_LAYERS} that can be read.")
    for layer in inside:
        left_out += not layer.has_pixels()
        if layer.has_pixels() and (made := _from_photoshop(layer, frame)) is not None:
            layers.append(made)
        if layer.blend_mode.name not in ("NORMAL", "PASS_THROUGH"):
            others[layer.blend_mode.name.lower().replace("_", " ")] += 1
    notes = [*_modes(others)]
    if left_out:
        notes.append(f"{left_out} of its layers hold no pixels of their own (such as adjustments) and were left out.")
    if any(layer.has_effects() for layer in inside):
        notes.append("Effects of layers, such as shadows, were left out.")
    with opened(path) as image:
        metadata = metadata_of(image)
    return Layered(*size, tuple(layers), tuple(notes), metadata)


def _from_photoshop(layer: "PsdLayer", frame: Box) -> PictureLayer | None:
    """Cut to the frame of the picture, as Photoshop shows it; None where nothing of it is inside."""
    image = layer.topil()
    if image is None:
        return None
    pixels = np.array(image.convert("RGBA"))
    box = Box(layer.left, layer.top, pixels.shape[1], pixels.shape[0])
    shown = box.intersect(frame)
    if shown.empty:
        return None
    pixels = pixels[shown.slices(box)].copy()
    if (mask := layer.mask) is not None and not mask.disabled and (covers := _mask_of(mask, shown)) is not None:
        pixels[:, :, 3] = (pixels[:, :, 3].astype(np.uint16) * covers + 127) // 255
    opacity = layer.opacity / 255 * getattr(layer, "fill_opacity", 255) / 255
    above: Any = layer.parent
    while above is not None and above.parent is not None:
        opacity, above = opacity * above.opacity / 255, above.parent
    return PictureLayer(str(layer.name), shown.x, shown.y, pixels, opacity, layer.is_visible())


def _mask_of(mask: Any, shown: Box) -> np.ndarray | None:
    """How much of each pixel a mask leaves, uint8 (height, width)."""
    covers = np.full((shown.height, shown.width), mask.background_color, np.uint8)
    box = Box.spanning(*mask.bbox)
    shared = box.intersect(shown)
    image = mask.topil() if not shared.empty else None
    if image is not None:
        with suppress(ValueError):  # of another size than it says
            covers[shared.slices(shown)] = np.asarray(image.convert("L"))[shared.slices(box)]
    return covers
