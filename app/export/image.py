"""Exports a document as pictures: what is asked for is planned, checked, written beside, and only then given its name.

files = export(document, ExportRequest(Path("hills.png"), scale=0.5), lambda share: not cancelled)
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

from app import version
from app.document import Document, Reader
from app.document.temp_files import Note, clear_away
from engine.media.atomic_file import not_written, part_of
from engine.media.image_writers import encode
from engine.media.metadata import NOTHING
from engine.request import UserError

from .formats import ORA
from .meter import Meter
from .naming import tiles_note
from .openraster import Said, write_openraster
from .plan import Colour, ExportPlan, ExportRequest, Piece, check, check_places, limit_of, pieces_of, planned
from .source import opened, recipes

__all__ = ["PAPER", "ExportPlan", "ExportRequest", "export", "planned"]

PAPER = (0xE9, 0xE4, 0xD8)  # what is not painted yet

Progress = Callable[[float], bool]  # is told the share done, 0 to 1; answers whether to go on


class Cancelled(Exception):
    """Somebody does not want it any more."""


def export(document: Document | Path, request: ExportRequest, progress: Progress = lambda share: True) -> list[Path]:
    """Writes the files and returns their names; none when `progress` has answered False, and then nothing is left.

    All files get their names at the end, so that what was there before stays until everything is written.
    """
    check(request)
    with opened(document) as reader, ExportFiles() as files:
        pieces = pieces_of(reader, request)
        limit = limit_of(request, pieces)
        if limit:
            raise UserError(limit)
        check_places(pieces, reader.path)
        try:
            _write_all(reader, pieces, request, files, progress)
        except Cancelled:
            return []
        except MemoryError:
            raise UserError(
                "There is not enough memory; nothing was written. Export in smaller tiles, or as PNG or TIFF."
            ) from None
        return files.take_names()


def _write_all(
    reader: Reader, pieces: list[Piece], request: ExportRequest, files: "ExportFiles", progress: Progress
) -> None:  # fmt: skip

    def report(share: float) -> None:
        if not progress(share):
            raise Cancelled

    meter = Meter(report, sum(p.part.width * p.part.height for p in pieces), not request.format.streamed)
    for piece in pieces:
        recipe = _recipe(reader, piece, request) if request.recipe and request.format.recipe else None
        said = Said(recipe, reader.metadata() if request.metadata else NOTHING)
        with files.beside(piece.path) as file:
            if request.format.kind == ORA:
                write_openraster(file, reader, piece.view, piece.layers, said, report)
            else:
                _write_picture(file, piece, request, said, meter)
    if len(pieces) > 1 and not request.each_layer:
        path, text = tiles_note(request.output, [(piece.path, piece.part) for piece in pieces])
        with files.beside(path) as file:
            file.write(text.encode())
    report(1.0)


class _HasHoles(Exception):
    """What seemed opaque has a pixel that is not."""


def _write_picture(
    file: BinaryIO, piece: Piece, request: ExportRequest, said: Said, meter: Meter
) -> None:  # fmt: skip
    ground = request.ground if request.format.alpha else request.ground or PAPER
    before = meter.done
    if ground is not None:
        _encode(file, _flat(meter.counted(piece.view.strips(piece.part)), ground), 3, piece, request, said)
    elif not piece.view.looks_opaque():
        _encode(file, meter.counted(piece.view.strips(piece.part)), 4, piece, request, said)
    else:
        try:
            _encode(file, _opaque(meter.counted(piece.view.strips(piece.part))), 3, piece, request, said)
        except _HasHoles:  # found on the way; the file begins anew, with alpha
            meter.done = before
            file.seek(0)
            file.truncate()
            _encode(file, meter.counted(piece.view.strips(piece.part)), 4, piece, request, said)
    meter.finish_file(piece.part.width * piece.part.height)


def _encode(
    file: BinaryIO, strips: Iterator[np.ndarray], channels: int, piece: Piece, request: ExportRequest, said: Said
) -> None:
    size = piece.part.width, piece.part.height
    encode(file, request.format.kind, strips, size, channels, request.bits, request.quality, *said)


def _opaque(strips: Iterator[np.ndarray]) -> Iterator[np.ndarray]:
    for strip in strips:
        if strip[:, :, 3].min() < np.iinfo(strip.dtype).max:
            raise _HasHoles
        yield strip[:, :, :3]


def _flat(strips: Iterator[np.ndarray], ground: Colour) -> Iterator[np.ndarray]:
    """Laid on a colour."""
    for strip in strips:
        most = int(np.iinfo(strip.dtype).max)
        alpha = strip[:, :, 3:]
        if alpha.min() == most:
            yield strip[:, :, :3]
            continue
        share = alpha.astype(np.float32) / most
        under = np.array(ground, np.float32) * (most // 255)
        yield np.rint(strip[:, :, :3] * share + under * (1 - share)).astype(strip.dtype)


def _recipe(reader: Reader, piece: Piece, request: ExportRequest) -> dict[str, Any]:
    """How the picture came about, for the PNG's text chunk; places are in pixels of the canvas."""
    box = piece.view.box
    return {
        "program": f"handscroll {version()}",
        "document": reader.path.stem,
        "box": list(box),
        "scale": request.scale,
        "part": list(piece.part),
        "layers": [layer.name for layer in piece.layers],
        "painted": recipes(reader, piece.layers, box),
    }


class ExportFiles:
    """Those that have not got their names are gone at the end, or when the program that died is followed by another."""

    def __init__(self) -> None:
        clear_away()
        self._grown: list[tuple[Path, Path, Path]] = []
        self._note = Note()

    def __enter__(self) -> "ExportFiles":
        return self

    def __exit__(self, *how: object) -> None:
        for _path, _target, part in self._grown:
            with suppress(OSError):
                part.unlink(missing_ok=True)
        self._note.close()

    @contextmanager
    def beside(self, path: Path) -> Iterator[BinaryIO]:
        target, part = part_of(path)
        self._grown.append((path, target, part))
        self._note.add(part)
        try:
            with open(part, "w+b") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise not_written(path, error) from error

    def take_names(self) -> list[Path]:
        for path, target, part in self._grown:
            try:
                os.replace(part, target)
            except OSError as error:
                raise not_written(path, error) from error
        return [path for path, _target, _part in self._grown]
