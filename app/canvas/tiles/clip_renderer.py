"""Clips on the canvas: the frame of each under the playhead in the place of its still, with the patches being painted.

What lies over a still lies over its frames, and a layer that lets through what is under it does so while it moves.
"""

from collections.abc import Iterator
from typing import Protocol

import numpy as np
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QImage, QPainter, QRegion

from app import theme
from app.canvas.tiles.layer_stack import above, below
from app.canvas.tiles.mip_cache import MipCache
from app.canvas.tiles.onion_skin import laid, skin
from app.canvas.tiles.renderer import CanvasRenderer
from app.canvas.tiles.tile_loader import PICTURE, as_image
from app.document import Region
from app.qimages import tinted
from app.session import Session
from app.session.values import ClipView
from engine.media.resizing import BOX, resized
from engine.request import Box

VEIL = 0.55  # of paper over the still where a frame under way is not painted yet
Shown = tuple[int, int]  # a clip and the number of a frame
Begun = tuple[Region, list[Box]]  # what moves in a frame under way, and its finished patches


class TileView(Protocol):
    """The canvas as what draws into it needs it."""

    session: Session
    pyramid: MipCache
    picture: CanvasRenderer

    def fetch(self) -> None: ...
    def spoil(self, box: Box) -> None: ...


class ClipRenderer(QObject):
    """Draws in device pixels, over the picture; tells the view what is to be drawn again."""

    def __init__(self, view: TileView, parent: QObject):
        super().__init__(parent)
        self._view, self._timeline = view, view.session.timeline
        self._shown: dict[int, tuple[int, Box]] = {}  # clip → its frame and place
        self._images: dict[Shown, tuple[int, QImage | None]] = {}  # with the level that they are made for
        self._ghosts: dict[Shown, QImage | None] = {}
        self._begun: dict[Shown, Begun | None] = {}
        self._growing: dict[int, set[Box]] = {}  # clip → where growing patches were drawn
        self._form: tuple[Region | None, QImage | None] = (None, None)  # the veil of a free form
        timeline = self._timeline
        timeline.playback.playhead_changed.connect(self._moved)
        timeline.clips_changed.connect(self._clips)
        timeline.frames_changed.connect(self._frames)
        timeline.playback.settings_changed.connect(self._settings)
        timeline.playback.playing_changed.connect(self._settings)
        view.session.opened.connect(self._clips)

    # ---- what has changed

    def _now(self) -> dict[int, tuple[int, Box]]:
        return {clip.id: (number, clip.box) for clip, number in self._timeline.shown()}

    def _moved(self, *_: object) -> None:
        """Only where another frame is shown now."""
        before, self._shown = self._shown, self._now()
        for clip in before.keys() | self._shown.keys():
            if before.get(clip) != self._shown.get(clip):
                for shown in (before, self._shown):
                    if clip in shown:
                        self._view.spoil(shown[clip][1])
        self._forget()
        if before.keys() != self._shown.keys():
            self._view.fetch()

    def _clips(self) -> None:
        self._images, self._ghosts, self._begun = {}, {}, {}
        before, self._shown = self._shown, self._now()
        for each in (*before.values(), *self._shown.values()):
            self._view.spoil(each[1])
        self._view.fetch()

    def lay_anew(self) -> None:
        """The layers lie over one another in another way."""
        pyramid, shown = self._view.pyramid, dict(self.sources())
        for source, extent in shown.items():
            pyramid.changed(source, extent)
        for source in pyramid.sources() - shown.keys():
            if source < PICTURE:
                pyramid.forget(source)
        self._clips()

    def _settings(self, *_: object) -> None:
        self._ghosts = {}
        for each in self._shown.values():
            self._view.spoil(each[1])

    def _frames(self, clip: int, numbers: object) -> None:
        number, box = self._shown.get(clip, (-1, None))
        changed = set(numbers)  # type: ignore[call-overload]
        if box is not None and number in changed and self._only_grows(clip, number):
            grown = {place for place, _ in self._timeline.frames.growing(clip, number)}
            for place in grown | self._growing.get(clip, set()):
                self._view.spoil(place)
        elif box is not None and (number in changed or self._skin_changed(clip, number, changed)):
            for known in (self._images, self._ghosts, self._begun):
                known.pop((clip, number), None)
            self._view.spoil(box)

    def _only_grows(self, clip: int, number: int) -> bool:
        """Whether no patch of a frame was finished: it happens many times a second, and all else is as it was."""
        before, now = self._begun.get((clip, number)), self._timeline.frames.begun(clip, number)
        self._begun[clip, number] = now
        return before is not None and now is not None and before[1] == now[1]

    def _skin_changed(self, clip: int, number: int, changed: set[int]) -> bool:
        """Whether the frame before or after is another one now; one being painted is no skin."""
        if not self._timeline.playback.onion or self._timeline.playback.playing:
            return False
        states = self._timeline.frames.states(clip)
        return any(other in changed and states[other] != "painting" for other in self._beside(number, len(states)))

    def _forget(self) -> None:
        """Of pictures made for the screen only those that are shown are kept; the timeline has the pixels."""
        shown = {(clip, number) for clip, (number, _) in self._shown.items()}
        for known in (self._images, self._ghosts, self._begun):
            for key in known.keys() - shown:
                del known[key]

    # ---- among the layers

    def showing(self) -> list[tuple[ClipView, int]]:
        """What is seen, from the lowest layer to the highest, of one layer from the lowest track to the highest."""
        stack = self._view.picture.stack
        shown = [each for each in self._timeline.shown() if stack.opacity(each[0].layer) > 0]
        return sorted(shown, key=lambda each: stack.place(each[0].layer))

    def sources(self) -> Iterator[tuple[int, Box]]:
        """The parts of the picture that are drawn over and under the clips, and where."""
        for clip, _ in self.showing():
            yield from self._parts(clip).items()

    def _parts(self, clip: ClipView) -> dict[int, Box]:
        stack = self._view.picture.stack
        if clip.layer is None:
            return {}
        wanted = [above(clip.layer)] + [below(clip.layer)] * (stack.opacity(clip.layer) < 1)
        parts = {source: stack.extent(source).intersect(clip.box) for source in wanted}
        return {source: extent for source, extent in parts.items() if not extent.empty}

    def _ready(self, clip: ClipView, seen: Box, level: int) -> QRegion:
        """Where it is known what lies over the clip; elsewhere the picture is seen as it is, for a moment."""
        picture = self._view.picture
        region = QRegion(picture.on_screen(clip.box))
        for source, extent in self._parts(clip).items():
            for key in picture.keys(source, extent, seen, level):
                if not picture.pyramid.ready(key):
                    region = region.subtracted(QRegion(picture.on_screen(key.place.box(key.level))))
        return region

    # ---- drawing

    def draw(self, painter: QPainter, seen: Box, level: int) -> None:
        """seen: of the canvas; the painter is clipped to it. level: of the tiles that are drawn."""
        for clip, number in self.showing():
            image, begun = self._image(clip.id, number, level), self.begun(clip.id, number)
            if (image is None and begun is None) or clip.box.intersect(seen).empty:
                continue
            painter.save()
            painter.setClipRegion(self._ready(clip, seen, level), Qt.ClipOperation.IntersectClip)
            opacity = self._view.picture.stack.opacity(clip.layer)
            if image is not None and opacity < 1:
                self._draw_below(painter, clip, seen, level)
            painter.setOpacity(opacity)
            self._draw_frame(painter, clip, number, image, begun)
            painter.setOpacity(1.0)
            self._draw_above(painter, clip, seen, level)
            painter.restore()

    def _draw_below(self, painter: QPainter, clip: ClipView, seen: Box, level: int) -> None:
        """Instead of the picture with the still in it."""
        picture = self._view.picture
        place = picture.on_screen(clip.box)
        painter.fillRect(place, theme.colour("ground"))
        picture.draw_papers(painter, place)
        if clip.layer is not None and (extent := self._parts(clip).get(below(clip.layer))) is not None:
            picture.draw_tiles(painter, below(clip.layer), extent, seen, level)

    def _draw_above(self, painter: QPainter, clip: ClipView, seen: Box, level: int) -> None:
        if clip.layer is not None and (extent := self._parts(clip).get(above(clip.layer))) is not None:
            self._view.picture.draw_tiles(painter, above(clip.layer), extent, seen, level)

    def _draw_frame(
        self, painter: QPainter, clip: ClipView, number: int, image: QImage | None, begun: Begun | None
    ) -> None:  # fmt: skip
        picture, timeline = self._view.picture, self._timeline
        if image is not None:
            picture.put(painter, image, clip.box)
        if begun is not None and not timeline.playback.playing:
            self._draw_veil(painter, *begun)
        growing = timeline.frames.growing(clip.id, number)
        self._growing[clip.id] = {box for box, _ in growing}
        for box, pixels in growing:
            if (patch := as_image(pixels)) is not None:
                picture.put(painter, patch, box)
        skinned = timeline.playback.onion and not timeline.playback.playing and image is not None
        if skinned and (ghost := self._ghost(clip, number)) is not None:
            picture.put(painter, ghost, clip.box)

    def _draw_veil(self, painter: QPainter, moves: Region, finished: list[Box]) -> None:
        """Paper over the patches that are still to come, through which what was there is seen."""
        picture = self._view.picture
        where = QRegion(picture.on_screen(moves.box))
        for box in finished:
            where = where.subtracted(QRegion(picture.on_screen(box)))
        painter.save()
        painter.setClipRegion(where, Qt.ClipOperation.IntersectClip)
        if moves.mask is None:
            painter.fillRect(picture.on_screen(moves.box), theme.colour("paper", VEIL))
        elif (form := self._veil(moves)) is not None:
            picture.put(painter, form, moves.box)
        painter.restore()

    def _veil(self, moves: Region) -> QImage | None:
        assert moves.mask is not None
        if self._form[0] is not moves:
            self._form = moves, tinted((moves.mask * round(255 * VEIL)).astype(np.uint8), theme.colour("paper"))
        return self._form[1]

    # ---- pictures for the screen, each made once

    def _image(self, clip: int, number: int, level: int) -> QImage | None:
        """As small as the tiles of a level: of a frame at full size, seen small, pixels would be left out."""
        made = self._images.get((clip, number))
        if made is None or made[0] != level:
            pixels = self._timeline.frames.pixels(clip, number)
            if pixels is not None:
                size = max(1, pixels.shape[1] >> level), max(1, pixels.shape[0] >> level)
                pixels = resized(pixels, size, BOX)
            made = self._images[clip, number] = level, as_image(pixels)
        return made[1]

    def begun(self, clip: int, number: int) -> Begun | None:
        """Of a frame that is half painted, what moves in it and its finished patches."""
        key = clip, number
        if key not in self._begun:
            self._begun[key] = self._timeline.frames.begun(clip, number)
        return self._begun[key]

    def _ghost(self, clip: ClipView, number: int) -> QImage | None:
        """Red where the frame before was otherwise, green where the one after will be."""
        key = clip.id, number
        if key not in self._ghosts:
            here = self._timeline.frames.pixels(clip.id, number)
            skins = list(self._skins(clip, number, here)) if here is not None else []
            self._ghosts[key] = as_image(laid(skins)) if skins else None
        return self._ghosts[key]

    @staticmethod
    def _beside(number: int, length: int) -> list[int]:
        return [other for other in (number - 1, number + 1) if 0 <= other < length]

    def _skins(self, clip: ClipView, number: int, here: np.ndarray) -> Iterator[np.ndarray]:
        states = self._timeline.frames.states(clip.id)
        for other in self._beside(number, clip.length):
            pixels = self._timeline.frames.pixels(clip.id, other) if states[other] in ("done", "stale") else None
            if pixels is not None and pixels.shape == here.shape:
                tint = theme.colour("before" if other < number else "after")
                yield skin(here, pixels, (tint.red(), tint.green(), tint.blue()))
