"""Ctrl-C and SIGTERM as a flag that long work looks at between two steps; a second one does not wait."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class Interrupted(Exception):
    """The work was stopped by a signal; the sentence says what was kept."""

    def __init__(self, signal_number: int, sentence: str):
        super().__init__(sentence)
        self.signal = signal_number


class StopFlag:
    """`signal` is the number of the signal that asked to stop, 0 as long as none did."""

    def __init__(self) -> None:
        self.signal = 0

    def __bool__(self) -> bool:
        return bool(self.signal)

    def note(self, number: int, frame: FrameType | None) -> None:
        if self.signal:
            raise KeyboardInterrupt
        self.signal = number


@contextmanager
def stop_flag() -> Iterator[StopFlag]:
    """Signals set the flag as long as this lasts; outside of the main thread nobody can ask."""
    flag = StopFlag()
    if threading.current_thread() is not threading.main_thread():
        yield flag
        return
    before = {number: signal.signal(number, flag.note) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield flag
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
