"""Clips on the canvas: the frame of each under the playhead, in its place, with the patches that are being painted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject
from PySide6.QtGui import QImage, QPainter

from app import theme
from app.session.timeline import ClipView
from engine.request import Box

from .loader import as_image

if TYPE_CHECKING:
    from .view import CanvasView

VEIL = 0.55  # of paper over a still whose frame is being painted
GHOST = 0.7  # how much is seen at most of the frames before and after
REACH = 64.0  # levels of difference that are seen as strongly as that


class Film(QObject):
    """Draws in device pixels, over the picture; tells the view what is to be drawn again."""

    def __init__(self, view: CanvasView):
        super().__init__(view)
        self._view, self._timeline = view, view.session.timeline
        self._shown: dict[int, tuple[int, Box]] = {}  # clip → its frame and place
        self._images: dict[tuple[int, int], QImage | None] = {}
        self._ghosts: dict[tuple[int, int], QImage | None] = {}
        timeline = self._timeline
        timeline.playhead_changed.connect(self._moved)
        timeline.clips_changed.connect(self._clips)
        timeline.frames_changed.connect(self._frames)
        timeline.settings_changed.connect(self._settings)
        timeline.playing_changed.connect(self._settings)
        view.session.opened.connect(self._clips)
        view.session.layers_changed.connect(self._clips)

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

    def _clips(self) -> None:
        self._images, self._ghosts = {}, {}
        before, self._shown = self._shown, self._now()
        for each in (*before.values(), *self._shown.values()):
            self._view.spoil(each[1])

    def _settings(self, *_: object) -> None:
        self._ghosts = {}
        for each in self._shown.values():
            self._view.spoil(each[1])

    def _frames(self, clip: int, numbers: object) -> None:
        number, box = self._shown.get(clip, (-1, None))
        changed = set(numbers)  # type: ignore[call-overload]
        self._images = {key: image for key, image in self._images.items() if key[0] != clip or key[1] not in changed}
        if box is not None and changed & {number - 1, number, number + 1}:
            self._ghosts.pop((clip, number), None)
            self._view.spoil(box)

    def _forget(self) -> None:
        """Of pictures made for the screen only those that are shown are kept; the timeline has the pixels."""
        shown = {(clip, number) for clip, (number, _) in self._shown.items()}
        self._images = {key: image for key, image in self._images.items() if key in shown}
        self._ghosts = {key: image for key, image in self._ghosts.items() if key in shown}

    # ---- drawing

    def draw(self, painter: QPainter, seen: Box) -> None:
        """seen: of the canvas; the painter is clipped to it."""
        for clip, number in self._timeline.shown():
            if clip.box.intersect(seen).empty:
                continue
            image = self._image(clip.id, number)
            if image is not None:
                self._view.picture.put(painter, image, clip.box)
            self._draw_growing(painter, clip, number, image is None)
            skinned = self._timeline.onion and not self._timeline.playing and image is not None
            if skinned and (ghost := self._ghost(clip, number)) is not None:
                self._view.picture.put(painter, ghost, clip.box)

    def _draw_growing(self, painter: QPainter, clip: ClipView, number: int, bare: bool) -> None:
        """The patches of a frame under way; the still shines through the paper where nothing is painted yet."""
        growing = self._timeline.growing(clip.id, number)
        if growing and bare:
            left, top, right, bottom = self._view.camera.edges(clip.box)
            painter.fillRect(left, top, right - left, bottom - top, theme.colour("paper", VEIL))
        for box, pixels in growing:
            patch = as_image(np.ascontiguousarray(pixels))
            if patch is not None:
                self._view.picture.put(painter, patch, box)

    def _image(self, clip: int, number: int) -> QImage | None:
        key = clip, number
        if key not in self._images:
            pixels = self._timeline.pixels(clip, number)
            self._images[key] = as_image(np.ascontiguousarray(pixels)) if pixels is not None else None
        return self._images[key]

    def _ghost(self, clip: ClipView, number: int) -> QImage | None:
        """Red where the frame before was otherwise, green where the one after will be."""
        key = clip.id, number
        if key not in self._ghosts:
            here = self._timeline.pixels(clip.id, number)
            skins = list(self._skins(clip, number, here)) if here is not None else []
            self._ghosts[key] = as_image(laid(skins)) if skins else None
        return self._ghosts[key]

    def _skins(self, clip: ClipView, number: int, here: np.ndarray) -> Iterator[np.ndarray]:
        for other, token in ((number - 1, "before"), (number + 1, "after")):
            if not 0 <= other < clip.length or self._timeline.states(clip.id)[other] not in ("done", "stale"):
                continue
            pixels = self._timeline.pixels(clip.id, other)
            if pixels is not None and pixels.shape == here.shape:
                tint = theme.colour(token)
                yield skin(here, pixels, (tint.red(), tint.green(), tint.blue()))


def skin(here: np.ndarray, other: np.ndarray, tint: tuple[int, int, int]) -> np.ndarray:
    """Another frame as a tinted veil, uint8 (height, width, 4), which is there only where it is another picture."""
    apart = np.abs(here.astype(np.int16) - other).max(2)
    alpha = np.minimum(apart / REACH, 1.0) * GHOST
    colour = other * 0.25 + np.array(tint, np.float32) * 0.75
    return np.dstack([colour, alpha * 255]).astype(np.uint8)


def laid(skins: list[np.ndarray]) -> np.ndarray:
    """Veils over one another, as one; each weighs by how much of it is seen."""
    if len(skins) == 1:
        return np.ascontiguousarray(skins[0])
    weights = [skin[..., 3:].astype(np.float32) for skin in skins]
    whole = np.maximum(sum(weights), 1e-6)
    colour = sum(skin[..., :3] * (weight / whole) for skin, weight in zip(skins, weights, strict=True))
    return np.ascontiguousarray(np.dstack([colour, np.maximum(*weights[:2])]).astype(np.uint8))
