"""Decoded frames of films within a bound of memory; those that were looked at least lately are decoded again."""

from collections import OrderedDict
from collections.abc import Callable, Hashable

import numpy as np
from PIL import Image

from app.document import Document
from app.session.clip_state import ClipState
from engine.media.animation import faded

MOST_BYTES = 256 * 2**20


class FramePixels:
    """Only whole frames are remembered, for these do not change."""

    def __init__(self, most: int = MOST_BYTES):
        self._most, self.bytes = most, 0
        self._kept: OrderedDict[Hashable, np.ndarray] = OrderedDict()

    def clear(self) -> None:
        self._kept.clear()
        self.bytes = 0

    def frame(self, document: Document, film: ClipState, number: int) -> np.ndarray | None:
        """A frame as it is shown, uint8 (height, width, 3), of a clip that loops with its fade."""
        pixels, clip = self._plain(document, film, number), film.clip
        first = self._plain(document, film, clip.first) if clip.value.get("loop") else None
        if pixels is None or first is None:
            return pixels
        return faded(pixels, first, number - clip.first, clip.length)

    def thumbnail(self, document: Document, film: ClipState, number: int, height: int) -> np.ndarray | None:
        def make() -> np.ndarray | None:
            pixels = self._plain(document, film, number)
            return None if pixels is None else made_small(pixels, height)

        return self._kept_or(self._key(film, number, height), make)

    def _plain(self, document: Document, film: ClipState, number: int) -> np.ndarray | None:
        return self._kept_or(self._key(film, number), lambda: read_frame(document, film, number))

    def _key(self, film: ClipState, number: int, *more: int) -> Hashable | None:
        """None for what may still change. A frame that was painted over another still is laid over that of now."""
        if not number:
            return film.clip.still, film.clip.still, *more
        frame = film.shows(number)
        return None if frame is None or frame.state != "done" else (frame.layer, film.clip.still, *more)

    def _kept_or(self, key: Hashable | None, make: Callable[[], np.ndarray | None]) -> np.ndarray | None:
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        made = make()
        if key is not None and made is not None and made.nbytes <= self._most:
            made.flags.writeable = False
            self._kept[key] = made
            self.bytes += made.nbytes
            while self.bytes > self._most:
                self.bytes -= self._kept.popitem(last=False)[1].nbytes
        return made


def read_frame(document: Document, film: ClipState, number: int) -> np.ndarray | None:
    """Decoded from the document; where a former still was smaller or lay elsewhere, the one of now is seen."""
    clip = film.clip
    frame = film.shows(number)
    layer = frame.layer if frame and number else clip.still if not number else None
    if layer is None or clip.box.empty:
        return None
    pixels = document.read_layer(layer, clip.box)
    if clip.still is not None and layer != clip.still and not pixels[:, :, 3].all():
        pixels = np.where(pixels[:, :, 3:] == 255, pixels, document.read_layer(clip.still, clip.box))
    return np.ascontiguousarray(pixels[:, :, :3])


def made_small(pixels: np.ndarray, height: int) -> np.ndarray:
    """At least one pixel wide, and never larger than it is."""
    height = min(max(int(height), 1), pixels.shape[0])
    width = max(1, round(pixels.shape[1] * height / pixels.shape[0]))
    return np.asarray(Image.fromarray(pixels).resize((width, height), Image.Resampling.BOX, reducing_gap=2.0))
