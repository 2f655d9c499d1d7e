"""Where frames lie across the panel: from frames to widget pixels and back, how near one looks and how far along."""

from PySide6.QtCore import QObject, Signal

GUTTER = 168  # px at the left for the names of tracks
USUAL = 22.0  # px of a frame
NEAREST, FARTHEST = 96.0, 0.04  # px of a frame: one at a time, and ten thousand across a window
AFTER = 20  # px that stay free behind the last frame when all is shown


class TimeScale(QObject):
    """`per_frame` px for each frame of the document's time; `first` is the frame at the left end, with a fraction."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None):
        super().__init__(parent)
        self.per_frame, self.first, self.width = USUAL, 0.0, 1000

    def x(self, frame: float) -> float:
        """The left edge of a frame."""
        return GUTTER + (frame - self.first) * self.per_frame

    def place(self, x: float) -> float:
        """The time at a place, in frames."""
        return self.first + (x - GUTTER) / self.per_frame

    def frame(self, x: float) -> int:
        """The frame under a place, 0 left of the first."""
        return max(int(self.place(x) // 1), 0)

    @property
    def seen(self) -> tuple[int, int]:
        """The frames that can be seen: the first, and one after the last."""
        return max(int(self.first), 0), int(self.place(self.width)) + 1

    def resize(self, width: int) -> None:
        if width != self.width:
            self.width = width
            self.changed.emit()

    def zoom(self, factor: float, x: float | None = None) -> None:
        """Nearer above 1; what is under `x` stays there, or the frame at the left end."""
        at = max(x, GUTTER) if x is not None else GUTTER
        under = self.place(at)
        self.per_frame = min(max(self.per_frame * factor, FARTHEST), NEAREST)
        self._look_from(under - (at - GUTTER) / self.per_frame)

    def pan(self, px: float) -> None:
        self._look_from(self.first + px / self.per_frame)

    def show(self, frame: int) -> None:
        """Goes along until this frame is seen; where it is seen already nothing moves."""
        room = (self.width - GUTTER) / self.per_frame
        if frame < self.first:
            self._look_from(frame - min(1.0, room / 4))
        elif frame + 1 > self.first + room:
            self._look_from(frame + 1 - room * 3 / 4)

    def fit(self, length: int) -> None:
        """So many frames across, none larger than usual."""
        room = max(self.width - GUTTER - AFTER, 1)
        self.per_frame = min(max(room / max(length, 1), FARTHEST), USUAL)
        self._look_from(0.0)

    def _look_from(self, first: float) -> None:
        self.first = max(first, 0.0)
        self.changed.emit()


def step_of(per_frame: float, apart: float) -> int:
    """Frames between marks that are at least `apart` px from one another: 1, 2 or 5 times a power of ten."""
    power = 1
    while True:
        for times in (1, 2, 5):
            if power * times * per_frame >= apart:
                return power * times
        power *= 10
