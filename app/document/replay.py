"""Rows as every entry of the history leaves them, replayed in memory: the document stays where it is."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from itertools import groupby
from typing import Any

Rows = dict[str, dict[int, dict[str, Any]]]  # by table and number


def replayed(db: sqlite3.Connection, head: int, kinds: Sequence[str]) -> Iterator[Rows]:
    """The rows of these tables as they are, then as each undo and each redo leaves them; each state until the next.

    head: the last entry that is in effect.
    """
    now = {kind: _rows(db, kind) for kind in kinds}
    changes = db.execute(
        f"SELECT entry, kind, item, before, after FROM row_changes WHERE kind IN ({', '.join('?' * len(kinds))}) "
        "ORDER BY entry, id",
        tuple(kinds),
    ).fetchall()
    yield now
    done, undone = [each for each in changes if each[0] <= head], [each for each in changes if each[0] > head]
    yield from _applied(deepcopy(now), done[::-1], 3)
    yield from _applied(deepcopy(now), undone, 4)


def _applied(rows: Rows, changes: Iterable[tuple], side: int) -> Iterator[Rows]:
    for _, of_entry in groupby(changes, key=lambda change: change[0]):
        for change in of_entry:
            rows[change[1]].get(change[2], {}).update(json.loads(change[side]))
        yield rows


def _rows(db: sqlite3.Connection, kind: str) -> dict[int, dict[str, Any]]:
    found = db.execute(f"SELECT * FROM {kind} ORDER BY id")
    names = [column[0] for column in found.description]
    return {row["id"]: row for row in (dict(zip(names, values, strict=True)) for values in found.fetchall())}
