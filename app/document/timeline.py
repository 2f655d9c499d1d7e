"""Clips and their keyframes: rows with a history like layers have. What is painted of them lies in the frames.

A film begins with a still, its frame 0. A clip shows a part of it, from frame `first` on; keyframes and painted frames
count from the still, so they stay with what they belong to when a clip is trimmed or split.
"""

import json
import sqlite3
import zlib
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

import numpy as np

from app.document.errors import damaged, disk_errors
from app.translation import tr
from engine.request import Box

from .blobs import insert
from .file import DocumentFile
from .frames import STILL, share_frames
from .geometry import Region, check_reach, packed_mask, unpacked_mask
from .history import Edit, History
from .layers import cut
from .reading import Reader


@dataclass(frozen=True)
class Clip:
    """A moving part of the picture; `rate` in frames a second, `length` in frames, `start` in the document's frames.

    layer: of the picture, where its still comes from; still: the layer that holds it as it was then. track: from the
    lowest. value: words, region, model and whatever else the frames follow from.
    """

    id: int
    name: str
    layer: int | None
    rate: float
    start: int
    length: int
    place: int
    track: int
    first: int
    still: int | None
    box: Box
    value: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Keyframe:
    """What the artist fixes from a frame on; `value` holds prompt, region or both."""

    id: int
    clip: int
    number: int
    value: dict[str, Any] = field(default_factory=dict)


class ClipTable:
    def __init__(self, file: DocumentFile, reader: Reader, history: History):
        self._file, self._reader, self._history = file, reader, history

    def clips(self) -> list[Clip]:
        rows = self._rows(f"{', '.join(COLUMNS)} FROM clips WHERE present = 1 ORDER BY place, id")
        return [self._clip(*row) for row in rows]

    def _clip(self, *row: Any) -> Clip:
        try:
            box = Box(*(int(number) for number in row[len(FIELDS) : -1]))
            clip = Clip(**dict(zip(FIELDS, row, strict=False)), box=box, value=self._value(row[-1]))
            if box.empty or clip.length < 1 or clip.first < 0 or clip.rate <= 0:
                raise ValueError(f"{clip}")
        except (TypeError, ValueError) as error:
            raise damaged(self._file.path, "a clip is not readable") from error
        return clip

    def clip(self, number: int) -> Clip | None:
        return next((clip for clip in self.clips() if clip.id == number), None)

    def keyframes(self, clip: int) -> list[Keyframe]:
        rows = self._rows(f"{', '.join(KEYFRAME)} FROM keyframes WHERE clip = ? AND present = 1 ORDER BY number", clip)
        return [self._keyframe(*row) for row in rows]

    def ever(self) -> Iterator[tuple[Clip, list[Keyframe]]]:
        """Every clip with its keyframes, as they are and as each undo and redo brings them back."""
        seen: set[str] = set()
        with disk_errors(self._file.path):
            for rows in replayed(self._file.db, self._history.head, ("clips", "keyframes")):
                for row in (row for row in rows["clips"].values() if row["present"]):
                    keys = [key for key in rows["keyframes"].values() if key["present"] and key["clip"] == row["id"]]
                    state = json.dumps([row, keys], sort_keys=True)
                    if state not in seen:
                        seen.add(state)
                        keys.sort(key=lambda key: key["number"])
                        yield (
                            self._clip(*(row[name] for name in COLUMNS)),
                            [self._keyframe(*(key[name] for name in KEYFRAME)) for key in keys],
                        )

    def _keyframe(self, number: int, clip: int, at: int, value: Any) -> Keyframe:
        return Keyframe(number, clip, at, self._value(value))

    @property
    def rate(self) -> float:
        """Frames a second of the document's time."""
        return float(self._rows("rate FROM timeline")[0][0])

    # ---- edits, each one entry

    def add_clip(self, name: str, pixels: np.ndarray, box: Box, value: dict[str, Any], **fields: Any) -> int:
        """A clip with a still, uint8 (height, width, 3) at `box`."""
        check_reach(box)
        with self._history.edit(tr("Animate {name}").format(name=name)) as edit:
            clip = self._add(edit, name=name, value=json.dumps(value), place=self._next_place(), **fields)
            self._put_still(edit, clip, pixels, box)
        return clip

    def change_clip(self, clip: int, entry: str, joins: int = 0, **fields: Any) -> None:
        """Other values for some fields; of `value` those that are given."""
        with self._history.edit(entry, joins) as edit:
            self._change(edit, clip, **fields)

    def delete_clip(self, clip: int, name: str) -> None:
        self.change_clip(clip, tr("Delete {name}").format(name=name), present=0)

    def copy_clip(self, clip: Clip, entry: str, **fields: Any) -> int:
        """Another clip with the same still, keyframes and whole frames."""
        with self._history.edit(entry) as edit:
            return self._copy(edit, clip, **fields)

    def split_clip(self, clip: Clip, at: int, start: int) -> int:
        """The clip ends before its frame `at`; with it begins another one, at `start`."""
        with self._history.edit(tr("Split {name}").format(name=clip.name)) as edit:
            fields = {"start": start, "first": clip.first + at, "length": clip.length - at}
            made = self._copy(edit, clip, **fields)
            self._change(edit, clip.id, length=at)
        return made

    def swap_still(self, clip: int, pixels: np.ndarray, box: Box, layer: int | None) -> None:
        check_reach(box)
        with self._history.edit(tr("Swap the still")) as edit:
            edit.change("clips", clip, layer=layer)
            self._put_still(edit, clip, pixels, box)

    def set_keyframe(self, clip: int, number: int, **value: Any) -> None:
        """What it fixes, besides what a keyframe at this frame fixes already."""
        there = next(self._at(clip, number), None)
        with self._history.edit(tr("Change keyframe") if there else tr("Add keyframe")) as edit:
            if there:
                edit.change("keyframes", there.id, value=json.dumps({**there.value, **value}))
            else:
                self._add_keyframe(edit, clip, number, value)

    def move_keyframe(self, clip: int, number: int, to: int, joins: int = 0) -> None:
        with self._history.edit(tr("Move keyframe"), joins) as edit:
            for each in self._at(clip, number):
                edit.change("keyframes", each.id, number=to)

    def copy_keyframe(self, clip: int, number: int, to: int) -> None:
        with self._history.edit(tr("Copy keyframe")) as edit:
            for each in self._at(clip, number):
                self._add_keyframe(edit, clip, to, each.value)

    def delete_keyframe(self, clip: int, number: int) -> None:
        with self._history.edit(tr("Delete keyframe")) as edit:
            for each in self._at(clip, number):
                edit.change("keyframes", each.id, present=0)

    def set_rate(self, rate: float) -> None:
        """Clips that were as fast as the document are so still."""
        before = self.rate
        with self._history.edit(tr("Frame rate")) as edit:
            edit.change("timeline", 1, rate=rate)
            for clip in self.clips():
                if clip.rate == before:
                    edit.change("clips", clip.id, rate=rate)

    # ---- helpers

    def _at(self, clip: int, number: int) -> Iterator[Keyframe]:
        """The keyframe at a frame, where there is one."""
        return (each for each in self.keyframes(clip) if each.number == number)

    def _add(self, edit: Edit, **fields: Any) -> int:
        clip = edit.add("clips", **fields)
        edit.change("clips", clip, present=1)
        return clip

    def _change(self, edit: Edit, clip: int, value: dict[str, Any] | None = None, **fields: Any) -> None:
        if value is not None:
            (before,) = self._rows("value FROM clips WHERE id = ?", clip)[0]
            fields["value"] = json.dumps({**self._value(before), **value})
        edit.change("clips", clip, **fields)

    def _copy(self, edit: Edit, clip: Clip, **fields: Any) -> int:
        names = ("name", *FIELDS[2:], "x", "y", "width", "height", "value")
        row = self._rows(f"{', '.join(names)} FROM clips WHERE id = ?", clip.id)[0]
        values = {**dict(zip(names, row, strict=True)), "place": self._next_place(), **fields}
        made = self._add(edit, **values)
        for each in self.keyframes(clip.id):
            self._add_keyframe(edit, made, each.number, each.value)
        share_frames(edit.db, clip.id, made)
        return made

    def _put_still(self, edit: Edit, clip: int, pixels: np.ndarray, box: Box) -> None:
        """A frame as others, so that it is there as long as the clip can come back."""
        layer = edit.add("layers", name="")
        edit.write(self._reader.layer(layer), cut(box, pixels), fresh=True)
        insert(edit.db, "frames", clip=clip, number=0, key=STILL, layer=layer, state="done")
        edit.change("clips", clip, still=layer, **box._asdict())

    def _add_keyframe(self, edit: Edit, clip: int, number: int, value: dict[str, Any]) -> None:
        made = edit.add("keyframes", clip=clip, number=number, value=json.dumps(value))
        edit.change("keyframes", made, present=1)

    def _next_place(self) -> int:
        return max((clip.place for clip in self.clips()), default=-1) + 1

    def _value(self, text: Any) -> dict[str, Any]:
        try:
            return dict(json.loads(text))
        except (ValueError, TypeError) as error:
            raise damaged(self._file.path, "a clip or a keyframe is not readable") from error

    def _rows(self, what: str, *values: Any) -> list[tuple]:
        return self._file.rows(f"SELECT {what}", values)


FIELDS = ("id", "name", "layer", "rate", "start", "length", "place", "track", "first", "still")
COLUMNS = (*FIELDS, "x", "y", "width", "height", "value")
KEYFRAME = ("id", "clip", "number", "value")


# ---- regions among the values of clips and keyframes


def region_value(region: Region | None) -> dict[str, Any] | None:
    """A region as JSON keeps it."""
    if region is None:
        return None
    mask = None if region.mask is None else b64encode(packed_mask(region.mask)).decode()
    return {"box": [int(number) for number in region.box], "mask": mask}


def region_of(value: dict[str, Any] | None) -> Region | None:
    """Raises ValueError, TypeError or KeyError for what is none."""
    if value is None:
        return None
    box = Box(*(int(number) for number in value["box"]))
    if value.get("mask") is None:
        return Region(box)
    try:
        return Region(box, unpacked_mask(b64decode(value["mask"]), box))
    except zlib.error as error:
        raise ValueError(str(error)) from error


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
