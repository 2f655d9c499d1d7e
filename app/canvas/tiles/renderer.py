"""Draws the picture: the ground, paper under what lies on it, tiles, staged layers, and patches that are growing."""

import math
from collections.abc import Iterator
from typing import Protocol

import numpy as np
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPixmap

from app import theme
from app.canvas.camera import Camera
from app.canvas.tiles.layer_stack import LayerStack, seen_of
from app.canvas.tiles.mip_cache import PINNED, WHOLE, MipCache, TilePart, count_tiles
from app.canvas.tiles.tile_loader import PICTURE, Key, as_image
from app.document import Layer
from app.document.geometry import COARSEST, NOWHERE, TILE, around
from app.document.preview import Preview
from app.document.shaping import is_aslant
from app.session import Session
from engine.request import Box, Update, UserError

SMOOTH_BELOW = 2.0  # times; above it pixels are shown as squares
SQUARE = 8  # canvas-independent side of a square of the checkerboard, in device pixels
FAR = 2**15  # device pixels; beyond, Qt's painter of pixels loses count
OUTSIDE = 2**24  # device pixels; certainly not on the screen
MOST_TILES = 4096  # of one source on the screen; a guard, never reached within the limits of the scale
OVERVIEW = 240  # pixels to a side of the whole picture, at least, where it is as large
MANY = 0.4  # of the screen: so much at once is drawn in a hurry while a gesture goes on


class MovingLayers(Protocol):
    """Clips: which sources hold them, and how to draw them."""

    def sources(self) -> Iterator[tuple[int, Box]]: ...
    def draw(self, painter: QPainter, seen: Box, level: int) -> None: ...


class CanvasRenderer:
    """Knows what is on the canvas and how to draw any part of the screen; `missing` tells which tiles are to come."""

    def __init__(self, session: Session, pyramid: MipCache, camera: Camera):
        self.session, self.pyramid, self.camera = session, pyramid, camera
        self.hurry = False  # a gesture goes on: rather coarse than late
        self.film: MovingLayers | None = None  # clips, among the layers
        self.stack = LayerStack()
        self.bounds = NOWHERE
        self.overview_level = 0
        self.papers: list[Box] = []
        self.retiring: list[tuple[int, Box]] = []  # shown until what takes their place is read
        self.staged: list[tuple[int, Box]] = []
        self._preview: TilePart | None = None
        self._grown: dict[int, tuple[object, QImage]] = {}

    # ---- what there is

    def open(self) -> None:
        """Another document: its preview stands for it until tiles have come."""
        self.retiring, self._grown = [], {}
        self.measure()
        self.restage()
        preview: Preview | None = None
        try:
            preview = self.session.document.preview()
        except UserError as error:
            self.session.failed.emit(str(error))
        image = as_image(preview.pixels) if preview else None
        self._preview = TilePart(image, image.rect(), preview.box) if preview and image else None

    def measure(self) -> None:
        """Reads where the layers lie. Paper is under pictures, as large as they are, and under no stroke of a brush."""
        layers = self.session.document.layers
        there = layers.all()
        self.stack = LayerStack(there, {layer.id: layers.box(layer.id) for layer in seen_of(there)})
        self.papers = [self.stack.boxes[layer.id] for layer in seen_of(there) if self._has_paper(layer)]
        self.bounds = around(list(self.stack.boxes.values()))
        self.pyramid.pin(self.bounds)
        times = max(self.bounds.width / OVERVIEW, self.bounds.height / OVERVIEW, 1.0)
        self.overview_level = min(max(math.floor(math.log2(times)), self.pyramid.pinned), COARSEST)

    def _has_paper(self, layer: Layer) -> bool:
        """Whether its holes are seen as what is not painted yet: in what was placed upright, or painted by patches."""
        if self.stack.boxes[layer.id].empty or is_aslant(layer):
            return False
        return not layer.frame.empty or bool(self.session.document.patch_boxes(layer.id))

    def restage(self) -> list[Box]:
        """Reads which staged layers are shown; returns where that is different now."""
        shown = set(self.session.staging.shown_layers())
        staged = [(group.shown.layer, group.region.box) for group in self.session.staging.groups()]
        staged = [(layer, box) for layer, box in staged if layer in shown]
        gone = [each for each in self.staged if each not in staged]
        new = [each for each in staged if each not in self.staged]
        self.retiring = [each for each in self.retiring if each not in staged] + gone
        self.staged = staged
        return [box for _, box in (*gone, *new)]

    def retire(self) -> list[Box]:
        """Lets go of layers that are not staged any more; returns where they were."""
        boxes, self.retiring = [box for _, box in self.retiring], []
        return boxes

    @property
    def empty(self) -> bool:
        return self.bounds.empty and not self.staged and self.session.region is None

    # ---- which tiles

    def sources(self) -> Iterator[tuple[int, Box]]:
        """From the lowest to the highest, with where it may have pixels."""
        yield PICTURE, self.bounds
        if self.film is not None:
            yield from self.film.sources()
        yield from self.retiring
        yield from self.staged

    def keys(self, source: int, extent: Box, seen: Box, level: int) -> Iterator[Key]:
        seen = seen.intersect(extent)
        if seen.empty or count_tiles(seen, level) > MOST_TILES:
            return
        side = TILE << level
        for row in range(seen.y // side, (seen.bottom - 1) // side + 1):
            for column in range(seen.x // side, (seen.right - 1) // side + 1):
                yield Key(source, level, column, row)

    def missing(self) -> list[Key]:
        """What is to be read for the screen, then for the ring round it, then the level that is always kept."""
        level, seen = self.camera.level, self.camera.seen()
        ring = seen.grow(TILE << level)
        wanted: dict[Key, None] = {}
        for area in (seen, ring):
            for source, extent in self.sources():
                wanted.update(dict.fromkeys(self.keys(source, extent, area, level)))
        for kept in (self.overview_level, self.pyramid.pinned):
            if count_tiles(self.bounds, kept) <= PINNED:
                wanted.update(dict.fromkeys(self.keys(PICTURE, self.bounds, self.bounds, kept)))
        return [key for key in wanted if self.pyramid.lacks(key)]

    def complete(self) -> bool:
        """Whether nothing on the screen waits to be read."""
        level, seen = self.camera.level, self.camera.seen()
        keys = (key for source, extent in self.sources() for key in self.keys(source, extent, seen, level))
        return not any(self.pyramid.lacks(key) for key in keys)

    # ---- drawing, all in device pixels

    def draw(self, painter: QPainter, rect: QRect) -> None:
        """Everything in a part of the screen; the painter is clipped to it."""
        painter.fillRect(rect, theme.colour("ground"))
        seen = self.camera.seen(rect.left(), rect.top(), rect.left() + rect.width(), rect.top() + rect.height())
        hurry = self.hurry and rect.width() * rect.height() > MANY * self.camera.width * self.camera.height
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, not hurry and self._smooth())
        self.draw_papers(painter, rect)
        level = self.camera.coarser if hurry else self.camera.level
        self.draw_tiles(painter, PICTURE, self.bounds, seen, level)
        if self.film is not None:
            self.film.draw(painter, seen, level)
        for source, extent in (*self.retiring, *self.staged):
            self.draw_tiles(painter, source, extent, seen, level)
        for update in self._growing():
            if not update.box.intersect(seen).empty:
                self.put(painter, self._grown_image(update), update.box)

    def _smooth(self) -> bool:
        return self.camera.scale < SMOOTH_BELOW and self.camera.scale != 1

    def put(self, painter: QPainter, image: QImage, box: Box, source: QRect | None = None) -> None:
        """An image over a box of the canvas, on whole pixels of the screen."""
        left, top, right, bottom = self.camera.edges(box)
        source = source or image.rect()
        if right - left == source.width() and bottom - top == source.height():
            painter.drawImage(QPoint(left, top), image, source)
        elif right > left and bottom > top:
            self._put_scaled(painter, image, source, QRect(left, top, right - left, bottom - top))

    def _put_scaled(self, painter: QPainter, image: QImage, source: QRect, target: QRect) -> None:
        """Of what would be too large for Qt only the pixels near the screen: a preview may be millions wide."""
        clip = painter.clipBoundingRect().toAlignedRect()
        if max(target.width(), target.height()) <= FAR:
            return painter.drawImage(target, image, source)
        wide, high = target.width() / source.width(), target.height() / source.height()
        first_x, last_x = span(clip.left() - target.left(), clip.right() - target.left() + 1, wide, source.width())
        first_y, last_y = span(clip.top() - target.top(), clip.bottom() - target.top() + 1, high, source.height())
        if first_x >= last_x or first_y >= last_y:
            return None
        left, right = (target.left() + math.floor(x * wide + 0.5) for x in (first_x, last_x))
        top, bottom = (target.top() + math.floor(y * high + 0.5) for y in (first_y, last_y))
        part = QRect(source.left() + first_x, source.top() + first_y, last_x - first_x, last_y - first_y)
        return painter.drawImage(QRect(left, top, right - left, bottom - top), image, part)

    def draw_tiles(self, painter: QPainter, source: int, extent: Box, seen: Box, level: int) -> None:
        for key in self.keys(source, extent, seen, level):
            self._draw_tile(painter, key)

    def _draw_tile(self, painter: QPainter, key: Key) -> None:
        held = self.pyramid.get(key)
        if held is not None:
            if held.image is not None:
                self.put(painter, held.image, key.place.box(key.level), WHOLE)
            return
        coarse = self.pyramid.stand_in(key)
        if coarse is not None:
            self.put(painter, coarse.image, coarse.box, coarse.source)
        elif key.source == PICTURE and self._preview is not None:
            self._draw_preview(painter, key, self._preview)
        for part in self.pyramid.finer(key):
            self.put(painter, part.image, part.box, part.source)

    def _draw_preview(self, painter: QPainter, key: Key, preview: TilePart) -> None:
        """The part of the whole that lies under a tile, cut to it."""
        left, top, right, bottom = self.camera.edges(key.place.box(key.level))
        painter.save()
        painter.setClipRect(QRect(left, top, right - left, bottom - top), Qt.ClipOperation.IntersectClip)
        self.put(painter, preview.image, preview.box)
        painter.restore()

    def overview(self, camera: Camera) -> QImage:
        """The picture as this camera sees it, transparent where nothing is, from the coarse tiles at hand."""
        image = QImage(camera.width, camera.height, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(0)
        mine, self.camera = self.camera, camera
        try:
            with QPainter(image) as painter:
                painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
                for key in self.keys(PICTURE, self.bounds, self.bounds, self.overview_level):
                    self._draw_tile(painter, key)
        finally:
            self.camera = mine
        return image

    # ---- paper

    def draw_papers(self, painter: QPainter, rect: QRect) -> None:
        brush = checker() if self.session.settings.get("ground") == "checker" else QBrush(theme.colour("paper"))
        painter.setBrushOrigin(self.camera.left % (2 * SQUARE), self.camera.top % (2 * SQUARE))
        for box in self.papers:
            painter.fillRect(self.on_screen(box).intersected(rect), brush)

    def on_screen(self, box: Box) -> QRect:
        left, top, right, bottom = self.camera.edges(box)
        left, top, right, bottom = (min(max(edge, -OUTSIDE), OUTSIDE) for edge in (left, top, right, bottom))
        return QRect(left, top, right - left, bottom - top)

    # ---- patches that grow

    def _growing(self) -> list[Update]:
        return self.session.staging.growing_shown()

    def _grown_image(self, update: Update) -> QImage:
        """Made once; an update is kept as long as its patch is half painted."""
        known = self._grown.get(id(update.pixels))
        if known is not None and known[0] is update.pixels:
            return known[1]
        alive = {id(each.pixels) for each in self._growing()}
        self._grown = {number: each for number, each in self._grown.items() if number in alive}
        image = as_image(_on_paper(update.pixels))
        assert image is not None
        self._grown[id(update.pixels)] = (update.pixels, image)
        return image


def _on_paper(pixels: np.ndarray) -> np.ndarray:
    """Pixels (height, width, 3) of a patch that grows: paper where nothing is painted yet."""
    if pixels.shape[2] == 3:
        return pixels
    return np.where(pixels[..., 3:] > 0, pixels[..., :3], _paper())


def _paper() -> np.ndarray:
    colour = theme.colour("paper")
    return np.array([colour.red(), colour.green(), colour.blue()], np.uint8)


def span(begin: float, end: float, size: float, count: int) -> tuple[int, int]:
    """Which of `count` steps of this size lie between two places, and one more at each side for smoothing."""
    return max(math.floor(begin / size) - 1, 0), min(math.ceil(end / size) + 1, count)


def checker() -> QBrush:
    """Squares that stand for nothing at all."""
    tile = QPixmap(2 * SQUARE, 2 * SQUARE)
    tile.fill(theme.colour("checker_a"))
    other: QColor = theme.colour("checker_b")
    with QPainter(tile) as painter:
        painter.fillRect(0, 0, SQUARE, SQUARE, other)
        painter.fillRect(SQUARE, SQUARE, SQUARE, SQUARE, other)
    return QBrush(tile)
