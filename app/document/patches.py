"""Rows of finished patches: place, tokens in 512 bytes, doubt, what was taken from where, the recipe of the job."""

import json
import sqlite3
import time
from collections.abc import Iterable, Iterator

import numpy as np

from engine.request import Box, PatchPainted, Taken

# A patch that is painted again comes last in the order; its earlier row is replaced.
KEEP = """
INSERT OR REPLACE INTO patches (layer, "column", "row", frame, x, y, width, height, tokens, bits, taken, at, recipe)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, (SELECT recipe FROM jobs WHERE id = ?))"""

PLACE = 'WHERE layer = ? AND "column" = ? AND "row" = ? AND frame = ?'


def keep_patches(db: sqlite3.Connection, layer: int, job: int, painted: Iterable[PatchPainted]) -> None:
    """Into a layer, with the recipe of a job."""
    for patch in painted:
        db.execute(KEEP, (layer, *_row(patch), time.time(), job))
        for earlier, taken in patch.refined:
            place = (layer, *(int(number) for number in earlier))
            for row in db.execute(f"SELECT x, y, width, height FROM patches {PLACE}", place).fetchall():
                db.execute(f"UPDATE patches SET taken = ? {PLACE}", (taken_text(_within(taken, Box(*row))), *place))


def _row(painted: PatchPainted) -> tuple:
    """Place, box, tokens, doubt and sources; the first update is the patch itself, the others are earlier ones."""
    tokens = np.asarray(painted.tokens)
    if tokens.shape != (16, 16) or tokens.min() < 0 or tokens.max() > 65535:
        raise ValueError(f"tokens of shape {tokens.shape} up to {tokens.max()} do not fit into 512 bytes")
    numbers = [int(number) for number in (*painted.patch, *painted.updates[0].box)]  # numpy's own are not SQLite's
    taken = taken_text(_within(painted.taken, painted.updates[0].box))
    return *numbers, tokens.astype("<u2").tobytes(), float(painted.bits_per_token), taken


def taken_text(taken: Iterable[Taken]) -> str:
    """As JSON: x, y, width and height of each part, and of where it came from; the name of a reference comes last."""
    return json.dumps([[*map(int, (*each.box, *each.source)), *filter(None, [each.reference])] for each in taken])


def taken_of(text: str, right: int, down: int) -> tuple[Taken, ...]:
    """The way back, of a patch that was moved by this much; raises ValueError or TypeError for what is none."""
    parts = (Taken(Box(*part[:4]), Box(*part[4:8]), *map(str, part[8:9])) for part in json.loads(text))
    return tuple(part._replace(box=part.box.moved(right, down)) for part in parts)


def _within(taken: Iterable[Taken], box: Box) -> Iterator[Taken]:
    """What of these parts is seen: a patch is cut to what was to be painted."""
    for part in taken:
        seen = part.box.intersect(box)
        if not seen.empty:
            source = part.source._replace(width=seen.width, height=seen.height)
            yield part._replace(box=seen, source=source.moved(seen.x - part.box.x, seen.y - part.box.y))
