"""Reads tiles beside the window's thread, through a reader of its own that it holds only while there is work."""

import threading
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from app.canvas.tiles.layer_stack import part_of
from app.document import Document, Reader
from app.document.geometry import Place
from engine.request import Box, UserError

PICTURE = 0  # the source that is the whole picture; above it are staged layers, below it parts of the picture
LINGER = 0.2  # seconds the thread is kept when nothing is wanted; the reader is not
PATIENCE = 0.05  # seconds that a frame is waited for; a hidden window has none
ATTEMPTS = 3  # a tile may be replaced between the two looks that reading it takes


class Key(NamedTuple):
    """A tile of a source: 0 for the picture, the number of a staged layer, or one of those in `stack`."""

    source: int
    level: int
    column: int
    row: int

    @property
    def place(self) -> Place:
        return Place(self.column, self.row)


@dataclass(frozen=True, eq=False)
class LoadedTile:
    """image: None where nothing is; asked: the state of the pyramid that was read; error: why it could not be."""

    key: Key
    image: QImage | None
    asked: int
    error: str = ""


def read_pixels(reader: Reader | Document, key: Key) -> np.ndarray | None:
    """A tile of the picture, of a part of it or of a staged layer; a layer that is gone is empty."""
    if key.source == PICTURE:
        return reader.read_tile(key.level, key.column, key.row)
    if key.source < PICTURE or isinstance(reader, Document):
        tile = read_box(reader, key.source, key.place.box(), key.level)
        return tile if tile[:, :, 3].any() else None
    return reader.tile(key.source, key.level, key.place)


def read_box(reader: Reader | Document, source: int, box: Box, level: int = 0) -> np.ndarray:
    """Pixels of a source, uint8 (height, width, 4); the box is in pixels of the level."""
    if source > PICTURE:
        return reader.read_layer(source, box, level)
    layers = reader.layers.all() if isinstance(reader, Document) else reader.layers()
    return reader.read(box, level, None if source == PICTURE else part_of(layers, source))


def as_image(pixels: np.ndarray | None) -> QImage | None:
    """uint8 (height, width, 3 or 4) in the form that is drawn fastest: opaque where every pixel is."""
    if pixels is None:
        return None
    height, width, channels = pixels.shape
    pixels = np.ascontiguousarray(pixels)
    opaque = channels == 3 or int(pixels[:, :, 3].min()) == 255
    kind = QImage.Format.Format_RGBA8888
    if opaque:
        kind = QImage.Format.Format_RGB888 if channels == 3 else QImage.Format.Format_RGBX8888
    image = QImage(pixels.data, width, height, width * channels, kind)
    # Converting copies, so that nothing points into the array afterwards.
    return image.convertToFormat(QImage.Format.Format_RGB32 if opaque else QImage.Format.Format_ARGB32_Premultiplied)


class TileLoader(QObject):
    """`want` says what is needed now, most urgent first, and forgets what was wanted before."""

    arrived = Signal()  # there is something to `take`

    def __init__(self) -> None:
        super().__init__()
        self._document: Document | None = None
        self._wanted: deque[Key] = deque()
        self._busy: Key | None = None
        self._state = 0
        self._rests = False  # the thread waits, and has closed its reader
        self._loaded: deque[LoadedTile] = deque()
        self._thread: threading.Thread | None = None
        self._change = threading.Condition()
        self._open_road = threading.Event()  # closed while the window draws: the two would share one interpreter
        self._open_road.set()

    # ---- called by the window's thread

    def look_at(self, document: Document | None) -> None:
        """Another document, or none; nothing of the former one arrives any more, and its reader is closed."""
        self.let_go()
        self._document = document

    def want(self, keys: Sequence[Key], state: int) -> None:
        """state: comes back with what is loaded, to tell whether it was read before a change."""
        with self._change:
            self._wanted = deque(key for key in keys if key != self._busy or state != self._state)
            self._state = state
            if not self._wanted or self._document is None:
                return
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, args=(self._document,), name="tiles", daemon=True)
                self._rests = False
                self._thread.start()
            self._change.notify()

    def take(self) -> list[LoadedTile]:
        taken = []
        while self._loaded:
            taken.append(self._loaded.popleft())
        return taken

    def pause(self) -> None:
        """A frame is about to be drawn: no tile is begun before `go_on`, or before it is clear that none comes."""
        self._open_road.clear()

    def go_on(self) -> None:
        self._open_road.set()

    @property
    def idle(self) -> bool:
        return not self._wanted and self._busy is None and not self._loaded

    def let_go(self) -> None:
        """Wants nothing, and holds no reader when this returns."""
        with self._change:
            self._wanted.clear()
            thread, self._thread = self._thread, None
            self._change.notify()
        self._open_road.set()
        if thread is not None:
            thread.join()
        self._loaded.clear()

    # ---- the other thread

    def _work(self, document: Document) -> None:
        reader: Reader | None = None
        try:
            while (job := self._next()) is not None:
                key, state = job
                if key is None:  # nothing is wanted for the moment
                    reader = closed(reader)
                    continue
                if reader is not None and reader.path != document.path:  # it was saved under another name
                    reader = closed(reader)
                loaded = None
                with suppress(UserError):  # the file is not there for the moment: nothing can be told or shown
                    reader = reader or document.reader()
                    loaded = self._read(reader, key, state)
                self._deliver(loaded)
        finally:
            closed(reader)

    def _next(self) -> tuple[Key | None, int] | None:
        """What to read now, a key of None when that is nothing; None when the thread is to end."""
        me = threading.current_thread()
        with self._change:
            if not self._wanted and self._thread is me and not self._rests:
                self._rests = True
                return None, self._state
            if not self._wanted and self._thread is me:
                self._change.wait(LINGER)
            if not self._wanted or self._thread is not me:
                if self._thread is me:
                    self._thread = None
                return None
            self._rests = False
            self._busy = self._wanted.popleft()
            job = self._busy, self._state
        self._open_road.wait(PATIENCE)
        return job

    def _read(self, reader: Reader, key: Key, state: int) -> LoadedTile:
        for attempt in range(ATTEMPTS):
            try:
                return LoadedTile(key, as_image(read_pixels(reader, key)), state)
            except KeyError:
                break
            except UserError as error:
                if attempt == ATTEMPTS - 1:
                    return LoadedTile(key, None, state, str(error))
        return LoadedTile(key, None, state)

    def _deliver(self, loaded: LoadedTile | None) -> None:
        first = False
        with self._change:
            self._busy = None
            if loaded is not None and self._thread is threading.current_thread():
                first = not self._loaded
                self._loaded.append(loaded)
        if first:
            self.arrived.emit()


def closed(reader: Reader | None) -> None:
    """Closes what was open; an open reader would keep the document from being left as one file."""
    if reader is not None:
        reader.close()
