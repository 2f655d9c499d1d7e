"""Undo without limit, kept in the file: each edit is one entry with the tiles and rows it changed, before and after.

An entry is written in the transaction of its edit. Undo and redo let tiles point to their earlier or later bytes, so
they cost the same for a brush stroke and for a whole painting. A new edit drops what could have been redone; nothing
else is dropped but by `forget`.
"""

import json
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, NamedTuple

import numpy as np

from app.document.errors import damaged
from app.document.tile_packing import packed
from engine.request import Box

from .blobs import add_blob, forget_clip, forget_layer, insert, point, remove_unused
from .file import DocumentFile
from .geometry import NOWHERE, Place, around, check_reach
from .reading import Layer, Reader

KINDS = ("layers", "clips", "keyframes", "timeline")  # the tables whose rows can be changed and changed back


class Entry(NamedTuple):
    """One line of the history: `box` is where it changed the picture, `at` seconds since 1970."""

    number: int
    name: str
    at: float
    box: Box


class Edit:
    """What one entry changes, while it is being written."""

    def __init__(self, file: DocumentFile, reader: Reader, entry: int):
        self.db, self._file, self._reader, self._entry = file.db, file, reader, entry
        self.boxes: list[Box] = []
        self.written: list[tuple[int | None, np.ndarray]] = []  # bytes by their number, and what they unpack to
        self.empty = True

    def write(self, layer: Layer, tiles: Iterable[tuple[Place, np.ndarray]], fresh: bool = False) -> None:
        """Puts tiles into a layer; those of a `fresh` one come and go with the layer and need no record."""
        places: dict[Place, int | None] = {}
        for tile in packed(tiles):
            places[tile.place] = add_blob(self.db, tile.packed)
            if not fresh:  # a stroke, which is looked at and goes on at once
                self.written.append((places[tile.place], tile.pixels))
        changes = point(self.db, layer.id, places)
        self.empty = self.empty and not changes
        if fresh:
            return
        self.db.executemany(
            "INSERT INTO tile_changes VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET after = excluded.after",
            [(self._entry, layer.id, *c.place, c.before, c.after) for c in changes],
        )
        remove_unused(self.db, [c.before for c in changes])  # what was there for a moment within a joined stroke
        for box in (place.box() for place in places):
            self.boxes.append(box.moved(layer.x, layer.y))

    def change(self, kind: str, item: int, **after: Any) -> None:
        """Gives a row other values."""
        before = self._values(kind, item, after)
        after = {key: value for key, value in after.items() if before[key] != value}
        if not after:
            return
        self.empty = False
        before = {key: before[key] for key in after}
        sides = {"before": json.dumps(before), "after": json.dumps(after)}
        insert(self.db, "row_changes", entry=self._entry, kind=kind, item=item, **sides)
        self.boxes += _assign(self._reader, kind, item, after)

    def add(self, kind: str, **values: Any) -> int:
        """A new row; it appears when it is changed to `present`, and undo only takes that back."""
        return insert(self.db, _checked(kind), **values)

    def _values(self, kind: str, item: int, names: Iterable[str]) -> dict[str, Any]:
        names = list(names)
        row = self.db.execute(f"SELECT {', '.join(names)} FROM {_checked(kind)} WHERE id = ?", (item,)).fetchone()
        if row is None:
            raise KeyError(f"there is nothing with the number {item} in {kind}")
        return dict(zip(names, row, strict=True))


def _checked(kind: str) -> str:
    if kind not in KINDS:
        raise ValueError(f"{kind} has no history")
    return kind


def _assign(reader: Reader, kind: str, item: int, values: dict[str, Any]) -> list[Box]:
    """Writes a row's values; returns where that changes the picture."""
    seen = kind == "layers" and not values.keys() <= {"name", "locked", "label", "origin", "shape"}
    before = _seen(reader, item) if seen else NOWHERE
    columns = ", ".join(f"{name} = ?" for name in values)
    reader.db.execute(f"UPDATE {_checked(kind)} SET {columns} WHERE id = ?", (*values.values(), item))
    return [before, _seen(reader, item)] if seen else []


def _seen(reader: Reader, item: int) -> Box:
    layer = reader.layer(item)
    return reader.extent(layer) if layer.visible and layer.present else NOWHERE


class History:
    """The entries of a document; `head` is the number of the last one that is in effect, 0 at the beginning."""

    def __init__(self, file: DocumentFile, reader: Reader, changed: Callable[[Box], None]):
        self._file, self._reader, self._changed = file, reader, changed
        self.making: set[int] = set()  # layers that no entry leads to yet

    def entries(self) -> list[Entry]:
        """All of them, those that can be redone too, from the oldest to the newest."""
        rows = self._file.rows("SELECT id, name, at, x, y, width, height FROM history ORDER BY id")
        return [Entry(number, str(name), at, Box(*box)) for number, name, at, *box in rows]

    @property
    def head(self) -> int:
        return self._count("head")

    def _count(self, key: str) -> int:
        try:
            return int(self._file.meta(key, 0))
        except (TypeError, ValueError, OverflowError) as error:
            raise damaged(self._file.path, "the place in the history is not readable") from error

    @property
    def undo_name(self) -> str | None:
        """What undo would take back; None when nothing is left."""
        return self._name("SELECT name FROM history WHERE id <= ? ORDER BY id DESC LIMIT 1")

    @property
    def redo_name(self) -> str | None:
        return self._name("SELECT name FROM history WHERE id > ? ORDER BY id LIMIT 1")

    def _name(self, question: str) -> str | None:
        found = self._file.rows(question, (self.head,))
        return str(found[0][0]) if found else None

    # ---- editing

    @contextmanager
    def edit(self, name: str, joins: int = 0) -> Iterator[Edit]:
        """One entry; with `joins`, the number of the last one, a part of that (a stroke that goes on)."""
        with self._file.transaction() as db:
            new = {"name": name, "at": time.time(), **NOWHERE._asdict()}
            entry = joins if joins and joins == self.head else insert(db, "history", **new)
            edit = Edit(self._file, self._reader, entry)
            yield edit
            box = around(edit.boxes)
            check_reach(box)
            if edit.empty and entry != joins:
                db.execute("DELETE FROM history WHERE id = ?", (entry,))
            else:
                self._finish(db, entry, box)
        self._reader.remember(edit.written)
        if not edit.empty:
            self._changed(box)

    def _finish(self, db: sqlite3.Connection, entry: int, box: Box) -> None:
        self._drop(db, "id > ? AND id <> ?", (self.head, entry))
        (x, y, width, height) = db.execute("SELECT x, y, width, height FROM history WHERE id = ?", (entry,)).fetchone()
        box = around([Box(x, y, width, height), box])
        db.execute("UPDATE history SET x = ?, y = ?, width = ?, height = ? WHERE id = ?", (*box, entry))
        self._advance(entry)

    def _advance(self, entry: int) -> None:
        self._file.set_meta("head", entry)
        self._file.set_meta("revision", self._count("revision") + 1)

    # ---- going back and forth

    def undo(self) -> Entry | None:
        """Takes the last entry back, and returns it; None when there is none."""
        done = [entry for entry in self.entries() if entry.number <= self.head]
        if not done:
            return None
        self.go_to(done[-2].number if len(done) > 1 else 0)
        return done[-1]

    def redo(self) -> Entry | None:
        undone = [entry for entry in self.entries() if entry.number > self.head]
        if not undone:
            return None
        self.go_to(undone[0].number)
        return undone[0]

    def go_to(self, number: int) -> None:
        """The document as it was after this entry; 0 is before the oldest that is kept."""
        numbers, head = [entry.number for entry in self.entries()], self.head
        if number and number not in numbers:
            raise KeyError(f"there is no history entry {number}")
        back = [n for n in reversed(numbers) if number < n <= head]
        forth = [n for n in numbers if head < n <= number]
        if not back and not forth:
            return
        boxes: list[Box] = []
        with self._file.transaction() as db:
            for entry in back or forth:
                boxes += self._apply(db, entry, backwards=bool(back))
            self._advance(number)
        self._changed(around(boxes))

    def _apply(self, db: sqlite3.Connection, entry: int, backwards: bool) -> Iterator[Box]:
        yield from self._apply_rows(db, entry, backwards) if not backwards else ()
        side = "before" if backwards else "after"
        rows = db.execute(
            f'SELECT layer, "column", "row", {side} FROM tile_changes WHERE entry = ? ORDER BY layer', (entry,)
        ).fetchall()
        for layer in {row[0] for row in rows}:
            point(db, layer, {Place(column, row): blob for of, column, row, blob in rows if of == layer})
            moved = self._reader.layer(layer)
            for _, column, row, _ in (row for row in rows if row[0] == layer):
                yield Place(column, row).box().moved(moved.x, moved.y)
        yield from self._apply_rows(db, entry, backwards) if backwards else ()

    def _apply_rows(self, db: sqlite3.Connection, entry: int, backwards: bool) -> Iterator[Box]:
        side, direction = ("before", "DESC") if backwards else ("after", "ASC")
        rows = db.execute(
            f"SELECT kind, item, {side} FROM row_changes WHERE entry = ? ORDER BY id {direction}", (entry,)
        ).fetchall()
        for kind, item, values in rows:
            yield from _assign(self._reader, kind, item, self._parsed(values))

    def _parsed(self, text: str) -> dict[str, Any]:
        with suppress(ValueError, TypeError):
            values = json.loads(text)
            if isinstance(values, dict) and values and all(name.isidentifier() for name in values):
                return values
        raise damaged(self._file.path, "an entry of the history is not readable")

    # ---- forgetting

    def forget(self) -> None:
        """Forgets all entries, those that were undone too; the picture stays as it is."""
        with self._file.transaction() as db:
            self._drop(db, "1", ())  # all of them
            self._file.set_meta("head", 0)
        self._changed(NOWHERE)

    def _drop(self, db: sqlite3.Connection, which: str, numbers: tuple[int, ...]) -> None:
        entries = [row[0] for row in db.execute(f"SELECT id FROM history WHERE {which}", numbers).fetchall()]
        for entry in entries:
            blobs = db.execute("SELECT before, after FROM tile_changes WHERE entry = ?", (entry,)).fetchall()
            db.execute("DELETE FROM tile_changes WHERE entry = ?", (entry,))
            db.execute("DELETE FROM row_changes WHERE entry = ?", (entry,))
            db.execute("DELETE FROM history WHERE id = ?", (entry,))
            remove_unused(db, [blob for pair in blobs for blob in pair])
        if entries:
            self._sweep(db)

    def sweep(self) -> None:
        """Forgets layers that a program was about to make when it died."""
        if self._file.rows(FORGOTTEN) or self._file.rows(FORGOTTEN_CLIPS):
            with self._file.transaction() as db:
                self._sweep(db)

    def _sweep(self, db: sqlite3.Connection) -> None:
        for (clip,) in db.execute(FORGOTTEN_CLIPS).fetchall():
            forget_clip(db, clip)
        while gone := {layer for (layer,) in db.execute(FORGOTTEN).fetchall()} - self.making:
            for layer in gone:  # one that it was shaped from is left over by the next
                forget_layer(db, layer)


# Layers that are not in the picture, and that neither history nor a job leads back to.
FORGOTTEN = """
SELECT id FROM layers WHERE present = 0 AND id NOT IN (SELECT item FROM row_changes WHERE kind = 'layers')
AND id NOT IN (SELECT layer FROM tile_changes)
AND id NOT IN (SELECT origin FROM layers WHERE origin IS NOT NULL)
AND id NOT IN (SELECT layer FROM jobs) AND id NOT IN (SELECT layer FROM job_known)
AND id NOT IN (SELECT layer FROM frames WHERE layer IS NOT NULL)
AND id NOT IN (SELECT value FROM meta WHERE key = 'not_from')"""
FORGOTTEN_CLIPS = """
SELECT id FROM clips WHERE present = 0 AND id NOT IN (SELECT item FROM row_changes WHERE kind = 'clips')
AND id NOT IN (SELECT clip FROM jobs WHERE clip IS NOT NULL AND state <> 'done')"""
