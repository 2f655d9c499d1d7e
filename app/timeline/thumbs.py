"""Small pictures of frames as they were drawn last; made anew for frames that have changed."""

from collections import OrderedDict
from collections.abc import Iterable

from PySide6.QtCore import QObject
from PySide6.QtGui import QImage, QPixmap

from app.session.timeline import Timeline

MOST = 600  # pictures; some 5 MB


class Thumbs(QObject):
    def __init__(self, timeline: Timeline, parent: QObject):
        super().__init__(parent)
        self._timeline = timeline
        self._made: OrderedDict[tuple[int, int, int], QPixmap | None] = OrderedDict()
        timeline.frames_changed.connect(self.forget)

    def get(self, clip: int, number: int, height: int) -> QPixmap | None:
        """height: in device pixels. None for a frame of which there is nothing."""
        key = clip, number, height
        if key not in self._made:
            self._made[key] = _pixmap(self._timeline, *key)
            while len(self._made) > MOST:
                self._made.popitem(last=False)
        self._made.move_to_end(key)
        return self._made[key]

    def forget(self, clip: int, numbers: Iterable[int]) -> None:
        gone = set(numbers)
        for key in [key for key in self._made if key[0] == clip and key[1] in gone]:
            del self._made[key]

    def clear(self) -> None:
        self._made.clear()


def _pixmap(timeline: Timeline, clip: int, number: int, height: int) -> QPixmap | None:
    pixels = timeline.thumbnail(clip, number, height)
    if pixels is None:
        return None
    pixels = pixels.copy(order="C")
    high, wide = pixels.shape[:2]
    image = QImage(pixels.data, wide, high, 3 * wide, QImage.Format.Format_RGB888)
    return QPixmap.fromImage(image)
