"""The document: what the artist makes, in one file from the first stroke on.

    document = Document.new()                      # in the recovery folder until it is named
    layer = document.layers.put(pixels, x=0, y=0)
    job = document.jobs.add({"prompt": "a river"}, Region(Box(256, 0, 512, 256)))
    document.jobs.keep(job.id, patch_painted)      # in the file when this returns
    document.jobs.accept(job.id)
    document.history.undo()
    document.save_as(path); document.close()

It belongs to the thread that opened it; other threads read through a `reader()` of their own.
"""

import json
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from app.document.errors import damaged
from app.document.image_import import Placing
from app.document.temp_files import noted
from engine.media.metadata import Metadata
from engine.request import Box, Patch, Taken, UserError

from . import preview, recovery
from .blobs import point_coarse
from .file import SUFFIX, DocumentFile, part_of
from .frames import FrameStore
from .geometry import NOWHERE, Place
from .history import History
from .jobs import Jobs
from .not_from import NotFrom
from .patches import taken_of
from .preview import Preview
from .reading import Layer, Reader
from .shaped_layers import ShapedLayers
from .tiles import Damaged, TileCache, pack
from .timeline import ClipTable

Observer = Callable[[Box], None]


@dataclass(frozen=True)
class GuideLine:
    """Where the grid of patches is anchored, and the side of a patch in pixels."""

    x: int
    y: int
    patch: int


@dataclass(frozen=True, eq=False)
class PatchRecord:
    """How a patch of the picture was made: its place on the canvas, its tokens int32 (16, 16), its recipe.

    taken: where parts of it came from, in the picture that was followed.
    """

    layer: int
    patch: Patch
    box: Box
    tokens: np.ndarray
    bits_per_token: float
    recipe: dict[str, Any]
    taken: tuple[Taken, ...] = ()


class Document:
    def __init__(self, file: DocumentFile):
        self._file = file
        self._observers: list[Observer] = []
        self._cache = TileCache()
        self._reader = Reader(file.path, file.db, self._cache)
        self.history = History(file, self._reader, self._tell)
        self.layers = ShapedLayers(self._reader, self.history)
        self.frames = FrameStore(file, self._reader)
        self.not_from = NotFrom(file, self._reader, self.history)
        self.jobs = Jobs(file, self._reader, self.history, self.layers, self.frames, lambda: self._tell(NOWHERE))
        self.timeline = ClipTable(file, self._reader, self.history)

    # ---- opening and closing

    @classmethod
    def new(cls) -> "Document":
        """An empty document without a name."""
        return cls(DocumentFile(recovery.new_file()))

    @classmethod
    def open(cls, path: str | Path) -> "Document":
        """The document in this file, named or not; UserError says what is wrong with it, and leaves it untouched."""
        document = cls(DocumentFile(Path(path)))
        try:
            for look in (document.layers.all, document.history.entries, document.jobs.all):
                look()
            document.jobs.pause_running()
            document.history.sweep()
        except BaseException:
            document._file.close(still_unclean=True)
            raise
        return document

    @classmethod
    def open_copy(cls, path: str | Path) -> "Document":
        """A document without a name that holds what this file holds, which stays as it is."""
        return cls.open(recovery.new_file(Path(path)))

    @property
    def path(self) -> Path:
        return self._file.path

    @property
    def named(self) -> bool:
        return not recovery.is_unnamed(self.path)

    @property
    def empty(self) -> bool:
        """Whether nothing is in it, seen, undone or to be painted; `recovery.ANYTHING` asks the same of a file."""
        return not (self.layers.all() or self.history.entries() or self.jobs.all())

    def save(self) -> None:
        """Everything was in the file already; now it is on the disk itself, with new previews. Needs a name."""
        if not self.named:
            raise UserError("This document has no name yet. Choose one to save it.")
        with suppress(Damaged):  # told where it is looked at; all the rest is to be saved
            self.settle()
            preview.refresh(self._file, self._reader)
        self._file.flush()

    def save_as(self, path: str | Path) -> None:
        """Gives the document a name, or another one; a named file stays under its own. Readers are to be remade."""
        path = Path(path)
        path = path if path.suffix == SUFFIX else path.with_name(path.name + SUFFIX)
        if path.absolute() == self.path:
            return self.save()
        before = None if self.named else self.path
        with suppress(UserError):  # a file that was changed by others can still be saved under a new name
            preview.refresh(self._file, self._reader)
        with noted(part_of(path)):
            self._file.move_to(path)
        self._reader.path, self._reader.db = self._file.path, self._file.db
        if before:
            with suppress(UserError):  # where somebody still reads it, it is offered once more, which harms nothing
                recovery.delete(before)
        self._tell(NOWHERE)

    def forget_history(self) -> None:
        """Nothing can be undone any more, so what only undo led to leaves the file; the picture stays as it is."""
        for job in self.jobs.of_accepted():
            self.jobs.remove(job.id)
        self.history.forget()

    @property
    def size(self) -> int:
        """Bytes of the file, with all that is still in the log beside it."""
        return self._file.size()

    def compact(self) -> None:
        """Makes the file as small as what it holds."""
        self._file.compact()

    def save_copy(self, path: str | Path) -> None:
        """A copy beside; work goes on in this file."""
        with noted(part_of(Path(path))):
            self._file.copy_to(Path(path))

    def close(self) -> None:
        """Leaves one file. An unnamed document stays recoverable, unless nothing was ever done in it."""
        if self._file.closed:
            return
        with suppress(UserError):  # a full disk keeps nobody from closing: only previews are older then
            self.settle()
            preview.refresh(self._file, self._reader)
        empty = not self.named and self.empty
        self._file.close()
        if empty:
            recovery.delete(self.path)

    def discard(self) -> None:
        """Closes an unnamed document and removes it for good."""
        if self.named:
            raise UserError("This document has a name; delete its file if you do not want it any more.")
        self._file.close()
        recovery.delete(self.path)

    def changed_elsewhere(self) -> str:
        """What another program has done to the file, in words to follow its name; empty when nothing."""
        return self._file.changed_elsewhere()

    # ---- placing

    def placing(self, name: str) -> Placing:
        """A picture that comes in pieces; `layers.put` for one that is small."""
        return Placing(self._file, self.history, self.layers, name)

    # ---- looking

    def reader(self) -> Reader:
        """For another thread: made, used and closed there."""
        return Reader(self.path, self._file.reader(), self._cache)

    @property
    def bounds(self) -> Box:
        return self._reader.bounds()

    def read(self, box: Box, level: int = 0, layers: Sequence[Layer] | None = None) -> np.ndarray:
        """The picture, uint8 (height, width, 4); the box is in pixels of the level, each 2**level canvas pixels.

        layers: only these of it.
        """
        return self._reader.read(box, level, layers)

    def read_tile(self, level: int, column: int, row: int) -> np.ndarray | None:
        return self._reader.read_tile(level, column, row)

    def read_layer(self, number: int, box: Box, level: int = 0) -> np.ndarray:
        """One layer alone; that of a job too."""
        return self._reader.read_layer(number, box, level)

    def thumbnail(self) -> Preview | None:
        return self._stored("thumbnail")

    def preview(self) -> Preview | None:
        """The merged picture as it was when it was last saved, to show in the first moment."""
        return self._stored("preview")

    def _stored(self, name: str) -> Preview | None:
        return preview.stored(self.path, self._file.db, name)

    # ---- patches

    @property
    def guide(self) -> GuideLine | None:
        """None until the first picture is there to anchor the grid."""
        text = self._file.meta("guide")
        try:
            return None if text is None else GuideLine(*json.loads(text))
        except (TypeError, ValueError) as error:
            raise damaged(self.path, "the place of the patch grid is not readable") from error

    @guide.setter
    def guide(self, guide: GuideLine) -> None:
        self._file.set_meta("guide", json.dumps([int(guide.x), int(guide.y), int(guide.patch)]))
        self._tell(NOWHERE)

    @property
    def shelf(self) -> str:
        """The pictures that are painted from, as JSON; empty until there are any."""
        return str(self._file.meta("shelf") or "")

    @shelf.setter
    def shelf(self, text: str) -> None:
        if text != self.shelf:
            self._file.set_meta("shelf", text)

    @property
    def wraps(self) -> bool:
        """Whether it is a panorama, whose right end goes on at its left one; files before 0.2.0 say nothing of it."""
        return self._file.meta("wraps") == 1

    @wraps.setter
    def wraps(self, wraps: bool) -> None:
        if wraps != self.wraps:
            self._file.set_meta("wraps", int(wraps))

    @property
    def metadata(self) -> Metadata:
        """What the first picture says of itself, for what is exported."""
        return self._reader.metadata()

    @metadata.setter
    def metadata(self, metadata: Metadata) -> None:
        if metadata:
            self._file.set_meta("metadata", metadata.to_json())

    def recipe_at(self, x: int, y: int, over: Sequence[int] = ()) -> PatchRecord | None:
        """How the visible pixel there was made; None where it was placed or painted by hand, or nothing is.

        over: layers that are shown over the picture, the highest last.
        """
        pixel = Box(x, y, 1, 1)
        for layer in reversed([*(layer.id for layer in self.layers.all() if layer.visible), *over]):
            if self.read_layer(layer, pixel)[0, 0, 3]:
                return next(iter(self._patches(layer, pixel)), None)
        return None

    def patches_in(self, box: Box) -> list[PatchRecord]:
        """The patches of all visible layers that touch a box, those of the lowest layer first."""
        layers = [layer for layer in self.layers.all() if layer.visible]
        return [patch for layer in layers for patch in self._patches(layer.id, box)]

    def patch_boxes(self, layer: int) -> list[Box]:
        """Where the finished patches of a layer lie, one that is not in the picture too."""
        return [
            Box(*row) for row in self._file.rows("SELECT x, y, width, height FROM patches WHERE layer = ?", (layer,))
        ]

    def _patches(self, number: int, box: Box) -> list[PatchRecord]:
        layer = self.layers.get(number)
        if layer.shape:  # its patches do not lie where they were painted
            return []
        near = (number, box.right - layer.x, box.x - layer.x, box.bottom - layer.y, box.y - layer.y)
        return [self._record(layer.id, layer.x, layer.y, *row) for row in self._file.rows(TOUCHING, near)]

    def _record(
        self, layer: int, right: int, down: int, column: int, row: int, frame: int, x: int, y: int, width: int,
        height: int, tokens: bytes, bits: float, taken: str, recipe: str,
    ) -> PatchRecord:  # fmt: skip
        box = Box(x + right, y + down, width, height)
        try:
            made, sources = json.loads(recipe), taken_of(taken, right, down)
        except (TypeError, ValueError) as error:
            raise damaged(self.path, "a recipe is not readable") from error
        return PatchRecord(layer, Patch(column, row, frame), box, self.jobs.unpacked(tokens), bits, made, sources)

    # ---- keeping up

    def settle(self, seconds: float = 60.0, together: int = 8) -> bool:
        """Stores stale coarse tiles for as long as there is time; True when none is left. For idle moments.

        together: as many in one transaction; each takes 10 to 30 ms.
        """
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            rows = self._file.rows(STALE, (together,))
            if not rows:
                return True
            with self._file.transaction() as db:
                for layer, level, column, row in rows:
                    made = self._reader.tile(layer, level, place := Place(column, row))
                    point_coarse(db, layer, level, place, None if made is None else pack(made))
        return False

    def observe(self, changed: Observer) -> Callable[[], None]:
        """Calls `changed(box)` after each change, the box empty when no pixel changed; returns how to stop that."""
        self._observers.append(changed)
        return lambda: self._observers.remove(changed)

    def _tell(self, box: Box) -> None:
        for observer in tuple(self._observers):
            observer(box)


STALE = 'SELECT layer, level, "column", "row" FROM tiles WHERE blob IS NULL ORDER BY level LIMIT ?'
TOUCHING = """
SELECT p."column", p."row", p.frame, p.x, p.y, p.width, p.height, p.tokens, p.bits, p.taken, r.value
FROM patches p JOIN recipes r ON r.id = p.recipe
WHERE p.layer = ? AND p.x < ? AND p.x + p.width > ? AND p.y < ? AND p.y + p.height > ? ORDER BY p.id"""
