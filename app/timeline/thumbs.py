"""Thumbnails of frames, cached; those of changed frames are dropped at once, or after 400 ms while many change."""

from collections import OrderedDict
from collections.abc import Iterable

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QPixmap

from app.qimages import image_of
from app.session.timeline import Timeline

MOST = 600  # pictures; some 5 MB
EVERY = 400  # ms between two looks at a frame: each reads all of it, and patches tell of themselves many times a second


class Thumbs(QObject):
    changed = Signal()  # some are out of date

    def __init__(self, timeline: Timeline, parent: QObject):
        super().__init__(parent)
        self._timeline = timeline
        self._made: OrderedDict[tuple[int, int, int], QPixmap | None] = OrderedDict()
        self._touched: dict[int, set[int]] = {}  # frames that have changed since they were looked at, by clip
        self._soon = QTimer(self, singleShot=True, interval=EVERY)
        self._soon.timeout.connect(self._look)
        timeline.frames_changed.connect(self._touch)

    def get(self, clip: int, number: int, height: int) -> QPixmap | None:
        """height: in device pixels. None for a frame of which there is nothing."""
        key = clip, number, height
        if key not in self._made:
            self._made[key] = _pixmap(self._timeline, *key)
            while len(self._made) > MOST:
                self._made.popitem(last=False)
        self._made.move_to_end(key)
        return self._made[key]

    def _touch(self, clip: int, numbers: Iterable[int]) -> None:
        """At once where all was quiet, else a little later."""
        self._touched.setdefault(clip, set()).update(numbers)
        if not self._soon.isActive():
            self._look()

    def _look(self) -> None:
        touched, self._touched = self._touched, {}
        for key in [key for key in self._made if key[1] in touched.get(key[0], ())]:
            del self._made[key]
        if touched:
            self._soon.start()
            self.changed.emit()

    def clear(self) -> None:
        self._made.clear()
        self._touched.clear()


def _pixmap(timeline: Timeline, clip: int, number: int, height: int) -> QPixmap | None:
    pixels = timeline.frames.thumbnail(clip, number, height)
    return None if pixels is None else QPixmap.fromImage(image_of(pixels))
