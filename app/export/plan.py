"""What an export will write: views of the canvas, cut into files with names, checked against what the format holds."""

import os
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import NamedTuple

from app.document import Document, Layer, Reader
from app.translation import tr
from engine.media.atomic_file import check_place
from engine.request import Box, UserError

from .formats import ORA, Format, Size, fitting_tiles, format_of, limits
from .naming import Named, named_by_layer, named_by_tile
from .scaling import Read, ScaledView
from .source import opened, stack_of

LARGEST_SCALE = 64.0

Colour = tuple[int, int, int]


@dataclass(frozen=True)
class ExportRequest:
    """What is to be exported and how; the suffix of `output` names the format.

    what: a box of the canvas, or all of the picture. layers: their numbers, or those that are visible.
    each_layer: a file for each layer, at full opacity, as large as what is on it; hidden ones too.
    quality: 1 to 100, for JPEG, WebP (100 is without loss) and AVIF. tiles: largest width and height of a file.
    ground: what transparent parts are laid on; None keeps them, or takes the colour of paper where that cannot be.
    metadata: whether what the first picture says of itself, its caption and so on, goes along.
    """

    output: Path
    what: Box | None = None
    scale: float = 1.0
    layers: tuple[int, ...] | None = None
    each_layer: bool = False
    bits: int = 8
    quality: int = 90
    recipe: bool = True
    tiles: Size | None = None
    ground: Colour | None = None
    metadata: bool = True

    @property
    def format(self) -> Format:
        return format_of(self.output)


class Piece(NamedTuple):
    """One file: a part of a view, which lies at `box` of the canvas."""

    path: Path
    view: ScaledView
    part: Box
    layers: tuple[Layer, ...]


@dataclass(frozen=True)
class ExportPlan:
    """What an export will write: the size in pixels of the whole (of the largest layer), and the files' names."""

    size: Size
    files: tuple[Path, ...]
    limit: str  # why it cannot be, or empty
    tiles: Size | None = None  # those that would fit


def planned(document: Document | Path | Reader, request: ExportRequest) -> ExportPlan:
    """Looks ahead without writing; a UserError where nothing could be exported at all."""
    if not isinstance(document, Reader):
        with opened(document) as reader:
            return planned(reader, request)
    pieces = pieces_of(document, request)
    size = max((piece.view.size for piece in pieces), key=lambda size: size[0] * size[1])
    limit = limit_of(request, pieces)
    return ExportPlan(
        size, tuple(piece.path for piece in pieces), limit, fitting_tiles(request.format, size) if limit else None
    )


def check(request: ExportRequest) -> None:
    kind = request.format
    if request.bits not in (8, 16) or (request.bits == 16 and not kind.deep):
        raise UserError(
            tr("{name} does not keep {bits} bits; PNG and TIFF keep 8 or 16.").format(name=kind.name, bits=request.bits)
        )
    if not 0 < request.scale <= LARGEST_SCALE:
        raise UserError(tr("The scale must be above 0 and at most {most}.").format(most=f"{LARGEST_SCALE:g}"))
    if not 1 <= request.quality <= 100:
        raise UserError(tr("The quality must be from 1 to 100."))
    if kind.layers and (request.each_layer or request.tiles):
        raise UserError(
            tr("{name} holds all layers in one file of any size. Choose another format for single ones.").format(
                name=kind.name
            )
        )
    if request.tiles and min(request.tiles) < 1:
        raise UserError(tr("Tiles must be at least one pixel wide and high."))


def pieces_of(reader: Reader, request: ExportRequest) -> list[Piece]:
    stack = stack_of(reader, request.layers)
    layers = stack.layers
    if request.layers is None and not request.each_layer and not request.format.layers:
        layers = tuple(layer for layer in layers if layer.visible and layer.opacity > 0)
    box = request.what if request.what is not None else reader.bounds() if request.layers is None else stack.box
    if not layers and request.what is None:
        raise UserError(tr("There is nothing to export yet. Place or paint a picture first."))
    if box.empty and not request.each_layer:
        raise UserError(tr("There is nothing to export: the region is empty, or all layers are hidden."))
    if not request.each_layer:
        view = _view(partial(reader.read, layers=layers), box, request)
        return _tiled(Named(request.output, view, layers), request)
    return [piece for named in _single(reader, layers, request) for piece in _tiled(named, request)]


def _single(reader: Reader, layers: tuple[Layer, ...], request: ExportRequest) -> list[Named]:
    named = []
    for path, layer in named_by_layer(request.output, layers):
        box = reader.extent(layer)
        box = box if request.what is None else box.intersect(request.what)
        if not box.empty:
            view = _view(partial(reader.read_layer, layer.id), box, request)
            named.append(Named(path, view, (layer,)))
    if not named:
        raise UserError(tr("There is nothing to export: no layer has anything in the region."))
    return named


def _view(read: Read, box: Box, request: ExportRequest) -> ScaledView:
    return ScaledView(read, box, scaled(box, request.scale), request.bits)


def scaled(box: Box, scale: float) -> Size:
    """Whole pixels, and at least one."""
    return max(1, round(box.width * scale)), max(1, round(box.height * scale))


def _tiled(named: Named, request: ExportRequest) -> list[Piece]:
    whole = named.view.whole
    if request.tiles is None or (whole.width <= request.tiles[0] and whole.height <= request.tiles[1]):
        return [Piece(named.path, named.view, whole, named.layers)]
    return [Piece(path, named.view, part, named.layers) for path, part in named_by_tile(named, request.tiles)]


def limit_of(request: ExportRequest, pieces: list[Piece]) -> str:
    if request.format.kind == ORA:
        return ""
    found = (limits(request.output.suffix, *piece.part[2:]) for piece in pieces)
    return next((limit for limit in found if limit), "")


def check_places(pieces: list[Piece], document: Path) -> None:
    for piece in pieces:
        if os.path.isdir(piece.path):
            raise UserError(tr("{path} is a folder; add a file name.").format(path=piece.path))
        if os.path.exists(piece.path) and os.path.exists(document) and os.path.samefile(piece.path, document):
            raise UserError(tr("{path} is the document itself. Give the export another name.").format(path=piece.path))
    check_place(pieces[0].path)  # all are in one folder; what is in the way of a later one is told when it comes
