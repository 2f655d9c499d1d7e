"""The frames of films: each is a layer that is not in the picture, with its pixels and the tokens of its patches.

A frame is made for a key, which names all that it follows from, and is not changed once it is whole. So an edit makes
none of them worthless: taken back, it finds the frames that were painted before it, and copies of a clip share them.
"""

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from hashlib import blake2b
from itertools import count, groupby
from typing import Any

import numpy as np

from app.document.errors import Damaged
from app.document.tile_packing import packed
from engine.request import Box, FramePainted, PatchPainted

from .blobs import KEY, add_blob, insert, lay_finest
from .file import DocumentFile
from .geometry import Place
from .patches import keep_patches
from .reading import Reader
from .tiles import Surface

STILL = ""  # the key of frame 0, whose layer is a still of the clip


@dataclass(frozen=True)
class Frame:
    """state: painting, or done when it is whole."""

    id: int
    clip: int
    number: int
    layer: int
    state: str
    key: str


@dataclass(frozen=True, eq=False)
class FrameRun:
    """What a job paints: the clip, what was asked, where, and the layer of the still."""

    job: int
    clip: int
    request: Mapping[str, Any]
    box: Box

    @property
    def still(self) -> int:
        return int(self.request["still"])


def frame_keys(request: Mapping[str, Any], numbers: Sequence[int]) -> dict[int, str]:
    """The key of each of these frames: everything that was asked, of words and regions what came up to the frame."""
    changes = sorted({int(each[-1]) for each in request["prompts"]} | {int(each[0]) for each in request["regions"]})
    since = {number: max((change for change in changes if change <= number), default=0) for number in numbers}
    made = {change: _key(request, change) for change in set(since.values())}
    return {number: made[since[number]] if number else STILL for number in numbers}


def _key(request: Mapping[str, Any], number: int) -> str:
    said = {name: value for name, value in request.items() if name != "frames"}
    words = [each for each in request["prompts"] if each[-1] <= number]
    said["prompts"] = words if any(each[0] for each in words) else []  # silence, whatever is said later
    said["regions"] = [each for each in request["regions"] if each[0] <= number]
    return blake2b(json.dumps(said, sort_keys=True).encode(), digest_size=12).hexdigest()


class FrameStore:
    """Numbers count from the still of the film, of which a clip may show only a part."""

    def __init__(self, file: DocumentFile, reader: Reader):
        self._file, self._reader = file, reader

    def all(self, clip: int) -> list[Frame]:
        """Every frame that was ever painted of a clip, from the oldest to the newest; frame 0 are its stills."""
        return [Frame(*row) for row in self._file.rows(f"{SELECT} WHERE clip = ? ORDER BY id", (clip,))]

    def layers(self, clip: int, request: Mapping[str, Any]) -> list[int]:
        """Of the frames of a request that are whole or begun."""
        keys = frame_keys(request, range(1, int(request["frames"])))
        return [frame.layer for frame in self.all(clip) if keys.get(frame.number) == frame.key]

    def forget(self, gone: Iterable[Frame]) -> None:
        """Takes frames off their clips; their layers go with the next sweep, unless a copy of the clip has them."""
        with self._file.transaction() as db:
            db.executemany("DELETE FROM frames WHERE id = ?", [(frame.id,) for frame in gone])

    def last(self, film: FrameRun) -> FramePainted | None:
        """The frame up to which all of a film is whole, as it was told; None where that is the still, or damaged."""
        keys = frame_keys(film.request, range(1, int(film.request["frames"])))
        whole = {frame.number: frame.layer for frame in self.all(film.clip) if _is_whole(frame, keys)}
        number = next(number for number in count() if number + 1 not in whole)
        if not number:
            return None
        with suppress(Damaged):  # it is decoded again from its tokens then
            pixels = self._reader.read_layer(whole[number], film.box)
            return FramePainted(number, np.ascontiguousarray(pixels[:, :, :3]))
        return None

    # ---- the journal

    def keep(self, film: FrameRun, painted: Iterable[PatchPainted]) -> None:
        """Finished patches, in the file when this returns; of frames that are whole nothing is changed."""
        patches = sorted(painted, key=lambda each: each.patch.frame)  # stable: within a frame the order stays
        with self._file.transaction() as db:
            for number, some in groupby(patches, key=lambda each: each.patch.frame):
                frame = self._begun(db, film, number)
                if frame.state != "done":
                    self._keep(db, film, frame.layer, list(some))

    def finish(self, film: FrameRun, number: int, pixels: np.ndarray) -> bool:
        """A frame as it stays, uint8 (height, width, 3); False where it was whole already."""
        with self._file.transaction() as db:
            frame = self._begun(db, film, number)
            if frame.state == "done":
                return False
            surface = Surface(lambda place: self._reader.tile(film.still, 0, place))
            surface.write(film.box, pixels)
            self._lay(db, film, frame.layer, surface.changed)
            db.execute("UPDATE frames SET state = 'done' WHERE id = ?", (frame.id,))
        return True

    def _begun(self, db: sqlite3.Connection, film: FrameRun, number: int) -> Frame:
        key = frame_keys(film.request, [number])[number]
        wanted = (film.clip, number, key)
        found = db.execute(f"{SELECT} WHERE clip = ? AND number = ? AND key = ? ORDER BY id", wanted).fetchone()
        if found is not None:
            return Frame(*found)
        layer = insert(db, "layers", name="")
        db.execute(LAY_STILL, (layer, film.still))
        row = {"clip": film.clip, "number": number, "layer": layer, "state": "painting", "key": key}
        return Frame(insert(db, "frames", **row), **row)

    def _keep(self, db: sqlite3.Connection, film: FrameRun, layer: int, painted: Sequence[PatchPainted]) -> None:
        surface = Surface(lambda place: self._reader.tile(layer, 0, place))
        for update in (update for patch in painted for update in patch.updates):
            surface.write(update.box, update.pixels)
        self._lay(db, film, layer, surface.changed)
        keep_patches(db, layer, film.job, painted)

    def _lay(self, db: sqlite3.Connection, film: FrameRun, layer: int, tiles: Mapping[Place, np.ndarray]) -> None:
        """Where nothing moves a frame has the bytes of the still."""
        resting = {place: self._resting(db, film.still, place, tile) for place, tile in tiles.items()}
        moving = ((place, tile) for place, tile in tiles.items() if resting[place] is None)
        lay_finest(db, layer, resting | {tile.place: add_blob(db, tile.packed) for tile in packed(moving)})

    def _resting(self, db: sqlite3.Connection, still: int, place: Place, tile: np.ndarray) -> int | None:
        before = self._reader.tile(still, 0, place)
        if before is None or not np.array_equal(before, tile):
            return None
        return db.execute(f"SELECT blob FROM tiles WHERE {KEY}", (still, 0, *place)).fetchone()[0]


def _is_whole(frame: Frame, keys: Mapping[int, str]) -> bool:
    return frame.state == "done" and keys.get(frame.number) == frame.key


def share_frames(db: sqlite3.Connection, clip: int, copy: int) -> None:
    """What is whole of a clip belongs to its copy too."""
    db.execute(SHARE, (copy, clip))


SELECT = "SELECT id, clip, number, layer, state, key FROM frames"
LAY_STILL = 'INSERT INTO tiles SELECT ?, 0, "column", "row", blob FROM tiles WHERE layer = ? AND level = 0'
SHARE = """
INSERT INTO frames (clip, number, key, layer, state)
SELECT ?, number, key, layer, state FROM frames WHERE clip = ? AND state = 'done' ORDER BY id"""
