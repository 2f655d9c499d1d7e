"""Reads and packs large pictures in a thread, and hands them in pieces to `app.document.image_import`."""

import queue
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Protocol

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal

from app.document import Document
from app.document.geometry import Place, check_reach
from app.document.image_import import Placing
from app.document.layers import cut
from app.document.tile_packing import packed
from app.document.tiles import Packed
from app.session.drawings import draw, drawn_size, is_drawing
from app.translation import tr
from engine.media.images import picture_size, read_picture
from engine.media.layered import PictureLayer, is_layered, read_layers
from engine.media.metadata import NOTHING, Metadata
from engine.request import Box, UserError

PIECE = 8  # tiles that are written at once, which takes some milliseconds
WAITING = 8  # pieces that wait to be written, at most
LOOK = 5  # ms between looks at what the other thread has done

Tiles = list[tuple[Place, Packed | None]]


@dataclass(frozen=True, eq=False)
class Wanted:
    """A picture and where its middle goes, None for beside all that is there. source: a file, or its pixels."""

    source: Path | np.ndarray
    name: str
    x: float | None = None
    y: float | None = None


@dataclass(frozen=True)
class Size:
    """What is known once a picture is read; the answer is where it goes."""

    width: int
    height: int
    notes: tuple[str, ...]
    metadata: Metadata


@dataclass(frozen=True)
class Begun:
    """The next of its layers; frame: what it covers, where that is all of the picture."""

    name: str
    visible: bool
    opacity: float
    frame: Box | None


@dataclass(frozen=True, eq=False)
class Whole:
    """A picture that is read: its layers from the lowest up, and what there is to say about it."""

    width: int
    height: int
    layers: tuple[PictureLayer, ...]
    notes: tuple[str, ...] = ()
    metadata: Metadata = NOTHING


class PictureHost(Protocol):
    """Where pictures are placed: the session."""

    @property
    def document(self) -> Document: ...
    def corner(self, width: int, height: int, x: float | None, y: float | None) -> tuple[int, int]: ...
    def is_placed(self, layer: int, left: int, top: int, metadata: Metadata = ...) -> None: ...


class Placer(QObject):
    """One picture after another, so that each finds the place beside the one before."""

    placed = Signal()  # the last of them has come
    said = Signal(str)
    failed = Signal(str)

    def __init__(self, pictures: PictureHost, parent: QObject):
        super().__init__(parent)
        self._pictures = pictures
        self._waiting: deque[Wanted] = deque()
        self._work: Work | None = None
        self._placing: Placing | None = None
        self._corner, self._metadata = (0, 0), NOTHING
        self._timer = QTimer(self, interval=LOOK)
        self._timer.timeout.connect(self._look)

    @property
    def busy(self) -> bool:
        return self._work is not None

    def add(self, wanted: Wanted) -> None:
        self._waiting.append(wanted)
        if not self.busy:
            self._next()

    def cancel(self) -> None:
        """Nothing half-placed stays in the document."""
        self._waiting.clear()
        self._drop()

    def _next(self) -> None:
        if not self._waiting:
            self._timer.stop()
            self.placed.emit()
            return
        self._work = Work(self._waiting.popleft())
        self.said.emit(tr("Reading {name} …").format(name=self._work.wanted.name))
        self._timer.start()

    def _drop(self) -> None:
        self._timer.stop()
        if self._work is not None:
            self._work.stop()
        placing, self._work, self._placing = self._placing, None, None
        if placing is not None:
            with suppress(UserError):  # it is not seen, and is removed with the next thing that is forgotten
                placing.cancel()

    def _look(self) -> None:
        """One piece at a time: what the artist does meanwhile comes between two of them."""
        news = self._work.news() if self._work else None
        if news is None:
            return
        try:
            self._take(news)
        except UserError as error:
            self._drop()
            self.failed.emit(str(error))
            self._next()

    def _take(self, news: Size | Begun | Tiles | UserError) -> None:
        assert self._work is not None
        if isinstance(news, UserError):
            raise news
        if isinstance(news, Size):
            self._begin(self._work, news)
            return
        assert self._placing is not None
        if isinstance(news, Begun):
            self._placing.begin(news.name, news.visible, news.opacity, news.frame)
        elif news:
            self._placing.write(news)
        else:
            self._finish(self._work.wanted.name)

    def _begin(self, work: "Work", size: Size) -> None:
        for note in size.notes:
            self.said.emit(note)
        wanted = work.wanted
        box = Box(*self._pictures.corner(size.width, size.height, wanted.x, wanted.y), size.width, size.height)
        check_reach(box)
        self._placing = self._pictures.document.placing(wanted.name)
        self._corner, self._metadata = (box.x, box.y), size.metadata
        self.said.emit(
            tr("Placing {name}, {width} × {height} px …").format(name=wanted.name, width=box.width, height=box.height)
        )
        work.go_on(box)

    def _finish(self, name: str) -> None:
        assert self._placing is not None
        layer = self._placing.finish()
        self._work = self._placing = None
        self._pictures.is_placed(layer.id, *self._corner, self._metadata)
        self.said.emit(tr("{name} is placed.").format(name=name))
        self._next()


class Work:
    """What happens in the other thread: reading, then packing; an empty list of tiles is the last of the news."""

    def __init__(self, wanted: Wanted):
        self.wanted = wanted
        self._news: queue.Queue[Size | Begun | Tiles | UserError] = queue.Queue(WAITING)
        self._box: queue.SimpleQueue[Box | None] = queue.SimpleQueue()
        self._stopped = threading.Event()
        threading.Thread(target=self._run, name="placing", daemon=True).start()

    def news(self) -> Size | Begun | Tiles | UserError | None:
        """None when there is nothing yet."""
        with suppress(queue.Empty):
            return self._news.get_nowait()
        return None

    def go_on(self, box: Box) -> None:
        self._box.put(box)

    def stop(self) -> None:
        """It ends soon; what it still tells is not heard."""
        self._stopped.set()
        self._box.put(None)

    def _run(self) -> None:
        try:
            for news in self._steps():
                self._tell(news)
        except UserError as error:
            self._tell(error)
        except Exception as error:  # an artist must not wait for ever on what nobody has foreseen
            self._tell(
                UserError(
                    tr("{name} could not be placed ({kind}: {error}).").format(
                        name=self.wanted.name, kind=type(error).__name__, error=error
                    )
                )
            )

    def _steps(self) -> Iterator[Size | Begun | Tiles]:
        whole = read(self.wanted)
        yield Size(whole.width, whole.height, whole.notes, whole.metadata)
        box = self._box.get()
        if box is None:
            return
        for layer in whole.layers:
            yield Begun(layer.name, layer.visible, layer.opacity, box if len(whole.layers) == 1 else None)
            at = Box(box.x + layer.x, box.y + layer.y, *layer.pixels.shape[1::-1])
            tiles = ((tile.place, tile.packed) for tile in packed(cut(at, layer.pixels)))
            while piece := list(islice(tiles, PIECE)):
                yield piece
        yield []

    def _tell(self, news: Size | Begun | Tiles | UserError) -> None:
        while not self._stopped.is_set():
            with suppress(queue.Full):
                return self._news.put(news, timeout=0.05)


def read(wanted: Wanted) -> Whole:
    """A picture, a drawing, or a file of several layers, decoded."""
    source, name = wanted.source, wanted.name
    if isinstance(source, np.ndarray):
        return Whole(source.shape[1], source.shape[0], (PictureLayer(name, 0, 0, source),))
    if is_drawing(source):
        pixels = draw(source)
        note = tr("{name} was drawn {width} × {height} px large.").format(
            name=name, width=pixels.shape[1], height=pixels.shape[0]
        )
        return Whole(pixels.shape[1], pixels.shape[0], (PictureLayer(name, 0, 0, pixels),), (note,))
    if is_layered(source) and (found := read_layers(source)) is not None:
        return Whole(found.width, found.height, found.layers, found.notes, found.metadata)
    picture = read_picture(source, placing=True)
    height, width = picture.pixels.shape[:2]
    return Whole(width, height, (PictureLayer(name, 0, 0, picture.rgba()),), picture.notes, picture.metadata)


def size_of(path: Path) -> tuple[int, int]:
    """Width and height of what would be placed, without decoding it."""
    return drawn_size(path) if is_drawing(path) else picture_size(path)
