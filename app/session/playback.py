"""Time: the playhead, and playing at the rate of the document, frames left out where drawing takes too long."""

from typing import Protocol

from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer, Signal, SignalInstance

from app.session.values import reports_errors
from app.translation import tr
from engine.request import UserError

RATES = (0.1, 120.0)  # frames a second; those of films on disk
SPEEDS = (0.1, 10.0)
END_OF_TIME = 10**6  # frames, some hours


class Timed(Protocol):
    """What is played: frames up to the end, and frames a second."""

    @property
    def length(self) -> int: ...
    @property
    def rate(self) -> float: ...


class Playback(QObject):
    playhead_changed = Signal(int)
    settings_changed = Signal()
    playing_changed = Signal(bool)

    def __init__(self, timed: Timed, failed: SignalInstance, parent: QObject):
        super().__init__(parent)
        self._timed, self.failed = timed, failed
        self.playhead = 0
        self.speed = 1.0
        self.loop, self.onion = True, False
        self._from, self._clock = 0, QElapsedTimer()
        self._timer = QTimer(self, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)

    # ---- the playhead

    def seek(self, frame: int) -> None:
        """Goes on playing from there where it is played."""
        self._go(frame)
        self._begin()

    def to_end(self) -> None:
        self.seek(max(self._last, 0))

    def step(self, by: int) -> None:
        self.pause()
        self._go(self.playhead + by)

    def _go(self, frame: int) -> None:
        frame = min(max(int(frame), 0), END_OF_TIME)
        if frame != self.playhead:
            self.playhead = frame
            self.playhead_changed.emit(frame)

    # ---- playing

    @property
    def playing(self) -> bool:
        return self._timer.isActive()

    @reports_errors
    def play(self) -> None:
        """From the playhead on, or from the beginning where it is at the end."""
        if not self._timed.length:
            raise UserError(tr("There is nothing to play yet. Put a picture on the timeline first."))
        if self.playing:
            return
        if self.playhead >= self._last:
            self._go(0)
        self._timer.start(self._interval)
        self._begin()
        self.playing_changed.emit(True)

    def pause(self) -> None:
        if self.playing:
            self._timer.stop()
            self.playing_changed.emit(False)

    def toggle(self) -> None:
        if self.playing:
            self.pause()
        else:
            self.play()

    @property
    def _last(self) -> int:
        return self._timed.length - 1

    @property
    def _interval(self) -> int:
        return max(1, round(1000 / (self._timed.rate * self.speed)))

    def _begin(self) -> None:
        """Time runs from the playhead."""
        self._from = self.playhead
        self._clock.start()

    def _tick(self) -> None:
        """Where the playhead is by now; a frame that comes too late is left out."""
        frame = self._from + int(self._clock.elapsed() * self._timed.rate * self.speed / 1000)
        if frame <= self._last:
            self._go(frame)
        elif self.loop and self._last >= 0:
            self._go(frame % (self._last + 1))
            self._from, _ = self.playhead, self._clock.restart()
        else:
            self._go(max(self._last, 0))
            self.pause()

    # ---- settings

    @reports_errors
    def set_speed(self, speed: float) -> None:
        """How fast it is played: 1 is as fast as it is."""
        if not SPEEDS[0] <= speed <= SPEEDS[1]:
            raise UserError(
                tr("{speed} times as fast cannot be played: give {least} to {most}.").format(
                    speed=f"{speed:g}", least=f"{SPEEDS[0]:g}", most=f"{SPEEDS[1]:g}"
                )
            )
        self.speed = float(speed)
        self.refresh()

    def turn_loop(self) -> None:
        """Whether playing begins anew at the end."""
        self.loop = not self.loop
        self.refresh()

    def turn_onion(self) -> None:
        """Whether the frames before and after shine through."""
        self.onion = not self.onion
        self.refresh()

    def refresh(self) -> None:
        """The speed or the rate is another one."""
        self._timer.setInterval(self._interval)
        self._begin()
        self.settings_changed.emit()


def check_rate(rate: float) -> None:
    if not RATES[0] <= rate <= RATES[1]:
        raise UserError(
            tr("{rate} frames per second cannot be shown: give {least} to {most}.").format(
                rate=f"{rate:g}", least=f"{RATES[0]:g}", most=f"{RATES[1]:g}"
            )
        )
