"""The document as an export sees it: one moment of it, through a connection of its own that cannot write."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.document import Document, Layer, Reader
from app.document.errors import disk_errors
from app.document.geometry import NOWHERE, around
from app.document.inspection import inspect, look, read_only
from app.document.lock import is_held
from app.document.tiles import TileCache
from app.translation import tr
from engine.request import Box, UserError

CACHE = 32 * 2**20  # bytes; its own, so that what the canvas shows stays in the other one


@contextmanager
def opened(document: Document | Path) -> Iterator[Reader]:
    """Reads as the document is now, whatever is painted meanwhile; a file may be open elsewhere."""
    if isinstance(document, Document):
        reader = document.reader()
        reader.cache = TileCache(CACHE)
    else:
        reader = Reader(document, _connection(document), TileCache(CACHE))
    try:
        with disk_errors(reader.path):
            _hold_still(reader.db)
        yield reader
    finally:
        reader.close()


def _connection(path: Path) -> sqlite3.Connection:
    with disk_errors(path):
        if not is_held(path):  # what another window has open has been looked at by it
            look(path)
        if inspect(path, False) < 0:
            raise UserError(
                tr("{path} was not closed properly. Open it in Handscroll once, then export it.").format(path=path)
            )
        return read_only(path)


def _hold_still(db: sqlite3.Connection) -> None:
    (mode,) = db.execute("PRAGMA journal_mode").fetchone()
    if mode == "wal":  # elsewhere a reader that stays would keep the artist from painting
        db.execute("BEGIN")
        db.execute("SELECT count(*) FROM layers").fetchone()


# ---- layers


def named_layers(reader: Reader, names: list[str]) -> tuple[int, ...]:
    """The layers of these names; several may share one."""
    layers = reader.layers()
    found: list[int] = []
    for name in names:
        same = [layer.id for layer in layers if layer.name == name]
        same = same or [layer.id for layer in layers if layer.name.casefold() == name.strip().casefold()]
        if not same:
            have = ", ".join(f"“{layer.name}”" for layer in layers) or tr("no layer at all")
            raise UserError(tr("There is no layer “{name}”; the document has {have}.").format(name=name, have=have))
        found += [number for number in same if number not in found]
    return tuple(found)


@dataclass(frozen=True)
class ExportLayers:
    """Layers from the lowest up, and the smallest box round them."""

    layers: tuple[Layer, ...]
    box: Box


def stack_of(reader: Reader, numbers: tuple[int, ...] | None) -> ExportLayers:
    """These layers, or all; those that hold nothing are left out."""
    layers = [layer for layer in reader.layers() if numbers is None or layer.id in numbers]
    missing = set(numbers or ()) - {layer.id for layer in layers}
    if missing:
        raise UserError(tr("A layer that was to be exported is not in the picture any more. Choose the layers again."))
    layers = [layer for layer in layers if not reader.extent(layer).empty]
    return ExportLayers(tuple(layers), around([reader.extent(layer) for layer in layers]) if layers else NOWHERE)


# ---- recipes


def recipes(reader: Reader, layers: tuple[Layer, ...], box: Box) -> list[dict[str, Any]]:
    """How the painted patches in the box were made: each recipe once, with the places of its patches."""
    found: dict[int, dict[str, Any]] = {}
    for layer in (layer for layer in layers if not layer.shape):
        reach = (layer.id, box.right - layer.x, box.x - layer.x, box.bottom - layer.y, box.y - layer.y)
        for number, text, x, y, width, height in _patches(reader.db, reach):
            with suppress(ValueError, TypeError):  # a recipe that cannot be read is no reason to export nothing
                entry = found.setdefault(number, {"recipe": json.loads(text), "patches": []})
                entry["patches"].append([int(x) + layer.x, int(y) + layer.y, int(width), int(height)])
    return list(found.values())


def _patches(db: sqlite3.Connection, reach: tuple[int, ...]) -> list[tuple]:
    with suppress(sqlite3.Error):  # documents from before the first release have none
        return db.execute(PATCHES, reach).fetchall()
    return []


PATCHES = """
SELECT r.id, r.value, p.x, p.y, p.width, p.height FROM patches p JOIN recipes r ON r.id = p.recipe
WHERE p.layer = ? AND p.x < ? AND p.x + p.width > ? AND p.y < ? AND p.y + p.height > ? ORDER BY p.id"""
