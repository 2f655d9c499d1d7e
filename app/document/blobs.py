"""The rows of tiles: bytes are added and never altered, tiles point to them, and coarser levels are marked stale."""

import sqlite3
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from .geometry import COARSEST, TILE, Place
from .tiles import Packed

STORED = 2  # the first coarse level that is kept in the file; level 1 is made of level 0 when it is looked at


class BlobChange(NamedTuple):
    """A tile that points elsewhere now; None where it is empty."""

    place: Place
    before: int | None
    after: int | None


def insert(db: sqlite3.Connection, table: str, **values: Any) -> int:
    """Adds a row; returns its number."""
    names = ", ".join(f'"{name}"' for name in values)
    question = f"INSERT INTO {table} ({names}) VALUES ({', '.join('?' * len(values))})"
    number = db.execute(question, (*values.values(),)).lastrowid
    assert number is not None
    return number


def add_blob(db: sqlite3.Connection, packed: Packed | None) -> int | None:
    return None if packed is None else insert(db, "blobs", **packed._asdict())


def point(db: sqlite3.Connection, layer: int, tiles: Mapping[Place, int | None]) -> list[BlobChange]:
    """Lets finest tiles point to other bytes; what was there is returned, and not removed."""
    changes = []
    for place, after in tiles.items():
        key = (layer, 0, *place)
        found = db.execute(f"SELECT blob FROM tiles WHERE {KEY}", key).fetchone()
        before = found[0] if found else None
        if after is None:
            db.execute(f"DELETE FROM tiles WHERE {KEY}", key)
        elif before != after:
            db.execute(f"INSERT INTO tiles VALUES (?, ?, ?, ?, ?) {OR_REPLACE}", (*key, after))
        if before != after:
            changes.append(BlobChange(place, before, after))
    mark_stale(db, layer, [change.place for change in changes])
    return changes


KEY = 'layer = ? AND level = ? AND "column" = ? AND "row" = ?'
OR_REPLACE = "ON CONFLICT DO UPDATE SET blob = excluded.blob"


def mark_stale(db: sqlite3.Connection, layer: int, places: Iterable[Place]) -> None:
    """Coarser tiles over these are to be made anew: a row without bytes."""
    above = set(places)
    for level in range(1, COARSEST + 1):
        above = {place.above(1) for place in above}
        for place in above if level >= STORED else ():
            key = (layer, level, *place)
            db.execute(f"DELETE FROM blobs WHERE id = (SELECT blob FROM tiles WHERE {KEY})", key)
            db.execute(f"INSERT INTO tiles VALUES (?, ?, ?, ?, NULL) {OR_REPLACE}", key)


def point_coarse(db: sqlite3.Connection, layer: int, level: int, place: Place, packed: Packed | None) -> None:
    """Puts a coarse tile that was stale into the file, if it is stale still."""
    key = (layer, level, *place)
    if packed is None:
        db.execute(f"DELETE FROM tiles WHERE {KEY} AND blob IS NULL", key)
        return
    if db.execute(f"SELECT 1 FROM tiles WHERE {KEY} AND blob IS NULL", key).fetchone():
        db.execute(f"UPDATE tiles SET blob = ? WHERE {KEY}", (add_blob(db, packed), *key))


def remove_unused(db: sqlite3.Connection, blobs: Iterable[int | None]) -> None:
    """Removes those of the bytes that no tile and no history points to."""
    db.executemany(
        "DELETE FROM blobs WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM tiles WHERE blob = ?1) "
        "AND NOT EXISTS (SELECT 1 FROM tile_changes WHERE before = ?1) "
        "AND NOT EXISTS (SELECT 1 FROM tile_changes WHERE after = ?1)",
        [(blob,) for blob in set(blobs) - {None}],
    )


def copy_tiles(db: sqlite3.Connection, source: int, target: int) -> None:
    """The same bytes for another layer; none of them is copied."""
    db.execute(
        'INSERT INTO tiles SELECT ?, level, "column", "row", blob FROM tiles WHERE layer = ? AND level = 0',
        (target, source),
    )
    rows = db.execute('SELECT "column", "row" FROM tiles WHERE layer = ? AND level = 0', (target,)).fetchall()
    mark_stale(db, target, [Place(*row) for row in rows])


def forget_layer(db: sqlite3.Connection, layer: int) -> None:
    """A layer that nothing leads back to, with all that is in it."""
    blobs = [row[0] for row in db.execute("SELECT blob FROM tiles WHERE layer = ?", (layer,)).fetchall()]
    db.execute("DELETE FROM tiles WHERE layer = ?", (layer,))
    db.execute("DELETE FROM patches WHERE layer = ?", (layer,))
    db.execute("DELETE FROM layers WHERE id = ?", (layer,))
    remove_unused(db, blobs)


def forget_clip(db: sqlite3.Connection, clip: int) -> None:
    """A clip that nothing leads back to; the layers of its frames go with the next sweep, unless a copy has them."""
    for table in ("frames", "keyframes"):
        db.execute(f"DELETE FROM {table} WHERE clip = ?", (clip,))
    db.execute("DELETE FROM clips WHERE id = ?", (clip,))


def lay_finest(db: sqlite3.Connection, layer: int, tiles: Mapping[Place, int | None]) -> None:
    """Lets tiles of a frame point to bytes. It has no coarser levels, for it is only looked at as a whole."""
    rows = db.execute('SELECT blob, "column", "row" FROM tiles WHERE layer = ? AND level = 0', (layer,)).fetchall()
    before = [blob for blob, *place in rows if tiles.get(Place(*place), blob) != blob]
    db.executemany(
        f"INSERT INTO tiles VALUES (?, 0, ?, ?, ?) {OR_REPLACE}",
        [(layer, *place, blob) for place, blob in tiles.items() if blob is not None],
    )
    remove_unused(db, before)


EXTENT = f"""
SELECT min(t."column" * {TILE} + b."left"), min(t."row" * {TILE} + b.top),
       max(t."column" * {TILE} + b."right"), max(t."row" * {TILE} + b.bottom)
FROM tiles t JOIN blobs b ON b.id = t.blob WHERE t.layer = ? AND t.level = 0"""
