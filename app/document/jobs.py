"""Work for the engine and its journal: what was asked, what was known, and every patch as soon as it is finished.

The pixels of a job lie in a staged layer, one that is not in the picture. Accepting is one entry of the history that
shows the layer; what the engine was given lies in further such layers, so that a resumed job paints the same picture.
"""

import json
import sqlite3
import time
import zlib
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

import numpy as np

from app.document.errors import damaged
from app.document.tile_packing import packed
from app.translation import tr
from engine.request import (
    Box,
    Followed,
    FramePainted,
    KnownPicture,
    PaintedPatch,
    Patch,
    PatchPainted,
    Update,
    UserError,
)

from .blobs import add_blob, copy_tiles, forget_layer, insert, point, remove_unused
from .file import DocumentFile
from .frames import FrameRun, FrameStore
from .geometry import Region, check_reach, packed_mask, unpacked_mask
from .history import History
from .layers import COPY_PATCHES, Layers
from .patches import keep_patches
from .reading import Reader
from .tiles import Surface

State = Literal["waiting", "running", "paused", "done", "failed"]


@dataclass(frozen=True, eq=False)
class Job:
    """One variant of one region; `request` is what the engine was asked besides pixels, `layer` holds the result.

    clip: the one whose frames are painted; they hold the result then.
    """

    id: int
    layer: int
    variant_of: int | None
    request: dict[str, Any]
    region: Region
    state: State
    message: str
    place: int
    at: float
    accepted: bool
    clip: int | None = None

    @property
    def film(self) -> FrameRun | None:
        return None if self.clip is None else FrameRun(self.id, self.clip, self.request, self.region.box)


SELECT = """
SELECT j.id, j.layer, j.variant_of, j.request, j.x, j.y, j.width, j.height, j.mask, j.state, j.message, j.place, j.at,
       l.present, j.clip FROM jobs j JOIN layers l ON l.id = j.layer"""


class Jobs:
    """The jobs of a document in the order of the queue."""

    def __init__(
        self, file: DocumentFile, reader: Reader, history: History, layers: Layers, frames: FrameStore,
        changed: Callable[[], None],
    ):  # fmt: skip
        self._file, self._reader, self._history, self._layers = file, reader, history, layers
        self._frames, self._changed = frames, changed

    def all(self) -> list[Job]:
        accepted = self._accepted()
        return [self._job(row, accepted) for row in self._file.rows(f"{SELECT} ORDER BY j.place, j.id")]

    def get(self, number: int) -> Job:
        rows = self._file.rows(f"{SELECT} WHERE j.id = ?", (number,))
        if not rows:
            raise KeyError(f"there is no job {number}")
        return self._job(rows[0], self._accepted())

    def _accepted(self) -> set[int]:
        """Layers that came into the picture and that undo has not taken back, though they may be merged or deleted."""
        return {layer for (layer,) in self._file.rows(ACCEPTED, (self._history.head,))}

    def _job(self, row: tuple, accepted: set[int]) -> Job:
        try:
            number, layer, variant_of, request, x, y, width, height, mask, state, message, place, at, present, clip = (
                row
            )
            box = Box(x, y, width, height)
            region = Region(box, None if mask is None else unpacked_mask(mask, box))
            return Job(
                number, layer, variant_of, json.loads(request), region, state, str(message), place, at,
                bool(present) or layer in accepted, clip,
            )  # fmt: skip
        except (TypeError, ValueError, zlib.error) as error:
            raise damaged(self._file.path, "a job is not readable") from error

    # ---- the queue

    def add(
        self, request: dict[str, Any], region: Region | Box, known: Sequence[KnownPicture] | int = (),
        recipe: dict[str, Any] | None = None, variant_of: int | None = None, clip: int | None = None,
    ) -> Job:  # fmt: skip
        """A job at the end of the queue; `recipe` (prompt, seed, model, order …) stays with its patches.

        known: pictures, or the job whose pictures it shares. clip: whose frames are painted; what is known is its still
        then.
        """
        region = Region(region) if isinstance(region, Box) else region
        box = Box(*(int(number) for number in region.box))
        check_reach(box)
        mask = None if region.mask is None else packed_mask(region.mask, 1)
        with self._file.transaction() as db:
            (place,) = db.execute("SELECT coalesce(max(place), -1) + 1 FROM jobs").fetchone()
            kept = insert(db, "recipes", value=json.dumps(request if recipe is None else recipe))
            job = insert(
                db, "jobs", layer=insert(db, "layers", name=""), variant_of=variant_of, recipe=kept,
                request=json.dumps(request), **box._asdict(), mask=mask, state="waiting", place=place, at=time.time(),
                clip=clip,
            )  # fmt: skip
            if isinstance(known, int):
                db.execute(SHARE_KNOWN, (job, known))
            else:
                for number, picture in enumerate(known):
                    self._keep_known(db, job, number, picture)
        self._changed()
        return self.get(job)

    def _keep_known(self, db: sqlite3.Connection, job: int, number: int, picture: KnownPicture) -> None:
        surface = Surface()
        surface.write(picture.box, picture.pixels, picture.mask)
        layer = insert(db, "layers", name="")
        tiles = packed(surface.changed.items())
        point(db, layer, {tile.place: add_blob(db, tile.packed) for tile in tiles})
        db.execute("INSERT INTO job_known VALUES (?, ?, ?, ?, ?, ?, ?)", (job, number, layer, *map(int, picture.box)))

    def vary(self, number: int, seed: int, again: Patch | None = None) -> Job:
        """One more variant of a job with another seed; with `again`, its finished patches but for this one."""
        job = self.get(number)
        first = job.variant_of or number
        with self._file.transaction() as db:
            _, text = db.execute(f"{RECIPE} WHERE j.id = ?", (number,)).fetchone()
            recipe = {name: value for name, value in json.loads(text).items() if name != "followed"} | {"seed": seed}
            made = self.add({**job.request, "seed": seed}, job.region, number, recipe, first)
            if again is not None:
                copy_tiles(db, job.layer, made.layer)
                db.execute(COPY_FINISHED, (made.layer, job.layer, *again))
        return made

    def patch_at(self, number: int, x: int, y: int) -> Patch | None:
        """The finished patch of a job that covers a canvas pixel."""
        rows = self._file.rows(
            'SELECT "column", "row", frame FROM patches WHERE layer = ?1 AND x <= ?2 AND ?2 < x + width '
            "AND y <= ?3 AND ?3 < y + height ORDER BY id DESC LIMIT 1",
            (self.get(number).layer, x, y),
        )
        return Patch(*rows[0]) if rows else None

    def set_state(self, number: int, state: State, message: str = "") -> None:
        """`message` says in words why it failed or waits."""
        with self._file.transaction() as db:
            db.execute("UPDATE jobs SET state = ?, message = ? WHERE id = ?", (state, message, number))
        self._changed()

    def reorder(self, number: int, position: int) -> None:
        """0 is the front of the queue."""
        order = [job.id for job in self.all() if job.id != number]
        order.insert(min(max(position, 0), len(order)), number)
        with self._file.transaction() as db:
            db.executemany("UPDATE jobs SET place = ? WHERE id = ?", list(enumerate(order)))
        self._changed()

    def remove(self, number: int) -> None:
        """Takes a job out of the queue, with its result unless that was accepted; an undone acceptance counts too."""
        job = self.get(number)
        with self._file.transaction() as db:
            known = db.execute("SELECT layer FROM job_known WHERE job = ?", (number,)).fetchall()
            db.execute("DELETE FROM job_known WHERE job = ?", (number,))
            db.execute("DELETE FROM jobs WHERE id = ?", (number,))
            for (layer,) in known:
                if not db.execute("SELECT 1 FROM job_known WHERE layer = ?", (layer,)).fetchone():  # of a variant
                    forget_layer(db, layer)
            used = "SELECT 1 FROM row_changes WHERE kind = 'layers' AND item = ?"
            if not job.accepted and not db.execute(used, (job.layer,)).fetchone():
                forget_layer(db, job.layer)
        self._changed()

    def of_accepted(self) -> list[Job]:
        """Jobs whose result was accepted, and their variants, which come back only when that is undone."""
        jobs = self.all()
        families = {job.variant_of or job.id for job in jobs if job.accepted}
        return [job for job in jobs if (job.variant_of or job.id) in families]

    def pause_running(self) -> None:
        """What a program that died was painting waits to be resumed."""
        if self._file.rows("SELECT 1 FROM jobs WHERE state = 'running'"):
            with self._file.transaction() as db:
                db.execute("UPDATE jobs SET state = 'paused', message = '' WHERE state = 'running'")

    # ---- the journal

    def keep(self, number: int, *painted: PatchPainted) -> None:
        """Finished patches, in the file when this returns; of their pixels, those inside the region."""
        job = self.get(number)
        if job.accepted:
            raise UserError("This result is already in the picture; paint the region again to change it.")
        if job.film is not None:
            self._frames.keep(job.film, painted)
            return
        self._write(job, [update for patch in painted for update in patch.updates], painted)

    def lay(self, number: int, updates: Sequence[Update]) -> None:
        """How finished patches look now; of a job that paints a picture."""
        job = self.get(number)
        if not job.accepted:
            self._write(job, updates)

    def _write(self, job: Job, updates: Sequence[Update], painted: Sequence[PatchPainted] = ()) -> None:
        surface = Surface(lambda place: self._reader.tile(job.layer, 0, place))
        for update in updates:
            surface.write(update.box, update.pixels, job.region.inside(update.box))
        tiles = list(packed(surface.changed.items()))
        with self._file.transaction() as db:
            blobs = {tile.place: add_blob(db, tile.packed) for tile in tiles}
            changes = point(db, job.layer, blobs)
            remove_unused(db, [change.before for change in changes])
            keep_patches(db, job.layer, job.id, painted)
        self._reader.remember((blobs[tile.place], tile.pixels) for tile in tiles)

    def note_followed(self, number: int, followed: Followed) -> None:
        """What came from the picture that was followed, into the recipe of the patches."""
        with self._file.transaction() as db:
            found = db.execute(f"{RECIPE} WHERE j.id = ?", (number,)).fetchall()
            for recipe, text in found:
                value = json.dumps({**json.loads(text), "followed": asdict(followed)})
                db.execute("UPDATE recipes SET value = ? WHERE id = ?", (value, recipe))

    def finish_frame(self, number: int, event: FramePainted) -> bool:
        """A frame of a film as it stays; False where it was whole before."""
        film = self.get(number).film
        return film is not None and event.frame > 0 and self._frames.finish(film, event.frame, event.pixels)

    def painted(self, number: int) -> tuple[PaintedPatch, ...]:
        """The finished patches in the order in which they were finished, for exact resume."""
        rows = self._patches(number, '"column", "row", frame, tokens')
        return tuple(PaintedPatch(Patch(*place), self.unpacked(tokens)) for *place, tokens in rows)

    def doubts(self, number: int) -> list[tuple[Box, float]]:
        """Where each patch lies and how unlikely the model found it, in bits per token."""
        return [(Box(*box), bits) for *box, bits in self._patches(number, "x, y, width, height, bits")]

    def _patches(self, number: int, what: str) -> list[tuple]:
        layers = self._layers_of(self.get(number))
        question = f"SELECT {what} FROM patches WHERE layer IN ({', '.join('?' * len(layers))}) ORDER BY id"
        return self._file.rows(question, layers)

    def _layers_of(self, job: Job) -> list[int]:
        """Where its finished patches are."""
        if job.clip is None:
            return [job.layer]
        try:
            return self._frames.layers(job.clip, job.request)
        except (KeyError, TypeError, ValueError, IndexError) as error:
            raise damaged(self._file.path, "what a film was asked for is not readable") from error

    def since(self, number: int) -> FramePainted | None:
        """Of a film the frame up to which all are whole: from there it goes on."""
        film = self.get(number).film
        return None if film is None else self._frames.last(film)

    def known(self, number: int) -> tuple[KnownPicture, ...]:
        """The pictures that the engine was given, exactly; of a film its still."""
        job = self.get(number)
        if job.film is not None:
            return (self._known(job.film.still, job.region.box),)
        rows = self._file.rows(f"{KNOWN} ORDER BY number", (number,))
        return tuple(self._known(layer, Box(*box)) for layer, *box in rows)

    def _known(self, layer: int, box: Box) -> KnownPicture:
        pixels = self._reader.read_layer(layer, box)
        mask = pixels[:, :, 3] == 255
        return KnownPicture(box, np.ascontiguousarray(pixels[:, :, :3]), None if mask.all() else mask)

    def unpacked(self, tokens: bytes) -> np.ndarray:
        try:
            return np.frombuffer(tokens, "<u2").reshape(16, 16).astype(np.int32)
        except (ValueError, TypeError) as error:
            raise damaged(self._file.path, "the tokens of a patch are not readable") from error

    # ---- accepting

    def accept(self, number: int, name: str = "Painted") -> int:
        """Puts the result on top of the picture as one entry of the history; returns its layer."""
        job = self.get(number)
        if job.accepted:
            raise UserError("This result is already in the picture.")
        with self._history.edit(tr("Accept {name}").format(name=name)) as edit:
            edit.change("layers", job.layer, name=name, place=self._layers.next_place(), present=1)
        self._changed()
        return job.layer


ACCEPTED = """
SELECT DISTINCT item FROM row_changes WHERE kind = 'layers' AND entry <= ? AND after LIKE '%"present": 1%'"""
RECIPE = "SELECT r.id, r.value FROM jobs j JOIN recipes r ON r.id = j.recipe"
KNOWN = "SELECT layer, x, y, width, height FROM job_known WHERE job = ?"
SHARE_KNOWN = """
INSERT INTO job_known SELECT ?, number, layer, x, y, width, height FROM job_known WHERE job = ?"""
COPY_FINISHED = f'{COPY_PATCHES} AND NOT ("column" = ? AND "row" = ? AND frame = ?) ORDER BY id'
