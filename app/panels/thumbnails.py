"""Small pictures of layers: the middle of each at a coarse level, made one after another while nothing else waits."""

from collections.abc import Iterator

import numpy as np
from PySide6.QtCore import QElapsedTimer, QObject, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPixmap
from PySide6.QtWidgets import QWidget

from app import theme
from app.document.geometry import COARSEST, NOWHERE, TILE, around, coarser
from app.document.tiles import halved
from app.qimages import image_of
from app.session import Session
from engine.request import Box, UserError

from .row_look import THUMB

EVERY = 500  # ms between looks at what has changed
SLICE = 8  # ms of work before other things have their turn
FINE, MOST = 2, 96  # the finest level that is read at leisure, while that is not more than so many tiles


class Thumbnails(QObject):
    """`get(layer, box)` is what is known now; `changed` tells that there is something newer."""

    changed = Signal()

    def __init__(self, session: Session, panel: QWidget, ratio: float = 2.0):
        super().__init__(panel)
        self._session, self._panel, self._ratio = session, panel, ratio
        self._made: dict[int, tuple[Box, QPixmap]] = {}
        self._wanted: dict[int, Box] = {}  # layers whose picture is old, and where they lie
        self._touched: Box = NOWHERE
        self._work: Iterator[None] | None = None
        self._making: tuple[int, Box] | None = None  # what is being made
        self._later = QTimer(self, singleShot=True, interval=EVERY)
        self._later.timeout.connect(self._look)
        self._slices = QTimer(self, interval=0)
        self._slices.timeout.connect(self._go_on)
        self.stamps: dict[int, int] = {}
        session.pixels_changed.connect(self.touch)
        session.staged_changed.connect(self.touch)
        session.opened.connect(self.forget)

    def get(self, layer: int, box: Box) -> tuple[QPixmap, int]:
        """The picture of a layer that lies at `box`, an empty one until it is made, and how often it was made."""
        known = self._made.get(layer)
        if known is None or known[0][2:] != box[2:] or layer in self._wanted:
            self._want(layer, box)
        return known[1] if known else _framed(None, self._ratio), self.stamps.get(layer, 0)

    def touch(self, box: Box) -> None:
        """What lies there is another picture soon."""
        if not box.empty:
            self._touched = around([self._touched, box])
            if not self._later.isActive():
                self._later.start()

    def forget(self) -> None:
        self._made, self._wanted, self._work, self._touched = {}, {}, None, NOWHERE

    def _look(self) -> None:
        """Which of the pictures are old now; those that nobody asks for any more are forgotten."""
        touched, self._touched = self._touched, NOWHERE
        places = {layer: box for layer, (box, _) in self._made.items()}
        if self._work is not None and self._making is not None:  # it may have been read before it was touched
            places.setdefault(*self._making)
        for layer, box in places.items():
            if not box.intersect(touched).empty:
                self._want(layer, box)
        self.changed.emit()

    def _want(self, layer: int, box: Box) -> None:
        self._wanted[layer] = box
        if not self._slices.isActive():
            self._slices.start()

    def _go_on(self) -> None:
        if not self._panel.isVisible():  # it asks again when it is seen
            self._slices.stop()
            return
        watch = QElapsedTimer()
        watch.start()
        while watch.elapsed() < SLICE:
            if self._work is None and not self._wanted:
                self._slices.stop()
                return
            if self._work is None:
                self._making = self._wanted.popitem()
                self._work = self._make(*self._making)
            try:
                next(self._work)
            except StopIteration:
                self._work = None
                self.changed.emit()
            except (UserError, KeyError):  # a damaged tile is told where it is looked at; a layer may be gone
                self._work = None

    def _make(self, layer: int, box: Box) -> Iterator[None]:
        wide = round(THUMB.width() * self._ratio)
        part = _middle(box)
        level = 0
        while level < COARSEST and part.width >> (level + 1) >= wide:
            level += 1
        pixels = None
        if not part.empty:
            pixels = yield from self._read(layer, part, level)
        self._made[layer] = box, _framed(pixels, self._ratio)
        self.stamps[layer] = self.stamps.get(layer, 0) + 1

    def _read(self, layer: int, part: Box, level: int) -> "Iterator[None]":  # and returns uint8 (height, width, 4)
        """Tile by tile from a fine level, where stale coarse ones would cost a long moment; else all at once."""
        tile = TILE << FINE
        if level <= FINE or (part.width // tile + 1) * (part.height // tile + 1) > MOST:
            return self._session.document.read_layer(layer, coarser(part, level), level)
        whole = coarser(part, level)
        pixels = np.zeros((whole.height, whole.width, 4), np.uint8)
        side = TILE >> (level - FINE)
        for y in range(0, whole.height, side):
            for x in range(0, whole.width, side):
                fine = Box((whole.x + x) << (level - FINE), (whole.y + y) << (level - FINE), TILE, TILE)
                small = self._session.document.read_layer(layer, fine, FINE)
                for _ in range(level - FINE):
                    small = halved(small)
                pixels[y : y + side, x : x + side] = small[: whole.height - y, : whole.width - x]
                yield
        return pixels


def _middle(box: Box) -> Box:
    """The largest part in the middle of a box that has the shape of a thumbnail."""
    width = min(box.width, max(box.height * THUMB.width() // THUMB.height(), 1))
    height = min(box.height, max(box.width * THUMB.height() // THUMB.width(), 1))
    return Box(box.x + (box.width - width) // 2, box.y + (box.height - height) // 2, width, height)


def _framed(pixels: np.ndarray | None, ratio: float) -> QPixmap:
    """On paper, with round corners."""
    size = THUMB * ratio
    made = QPixmap(size)
    made.fill(Qt.GlobalColor.transparent)
    with QPainter(made) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        path = QPainterPath()
        path.addRoundedRect(QRectF(0, 0, size.width(), size.height()), 3 * ratio, 3 * ratio)
        painter.setClipPath(path)
        painter.fillPath(path, theme.colour("paper") if pixels is not None else QColor(theme.colour("line")))
        if pixels is not None:
            painter.drawImage(QRect(0, 0, size.width(), size.height()), image_of(pixels))
    made.setDevicePixelRatio(ratio)
    return made
