"""Progress on stderr while work goes on: one line that renews itself on a terminal, plain lines elsewhere."""

import shutil
import sys
import time
from typing import TextIO

from app.cli.options import one_line

PLAIN_EVERY = 2.0  # seconds between plain lines
TERMINAL_EVERY = 0.2


def say(sentence: str) -> None:
    """One sentence of the program on stderr."""
    print(f"handscroll: {one_line(sentence)}", file=sys.stderr, flush=True)


def duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    if minutes >= 60:
        return f"{minutes // 60} h {minutes % 60:02} min"
    return f"{minutes} min {rest:02} s" if minutes else f"{rest} s"


class StatusLine:
    """One line on stderr: it renews itself on a terminal, and is a plain line now and then elsewhere."""

    def __init__(self, stream: TextIO | None = None):
        self.stream = stream or sys.stderr
        self.terminal = self.stream.isatty()
        self.written, self._open = -PLAIN_EVERY, False  # when it was last, in seconds of the steady clock

    def due(self, seconds: float) -> bool:
        return time.monotonic() - self.written >= seconds

    def write(self, line: str) -> None:
        self.written, self._open = time.monotonic(), self.terminal
        if self.terminal:
            line = "\r\x1b[K" + line[: shutil.get_terminal_size().columns - 1]
        self.stream.write(line + ("" if self.terminal else "\n"))
        self.stream.flush()

    def close(self) -> None:
        """Leave the line as it is, and begin a new one."""
        if self._open:
            self.stream.write("\n")
            self.stream.flush()


class ProgressLine(StatusLine):
    """Patches done, seconds gone, and seconds left as measured from the patches of this run; never climbing."""

    def __init__(self, label: str = "", stream: TextIO | None = None):
        super().__init__(stream)
        self.label, self.hidden = label, False
        self.total = self.done = self.resumed = 0
        self.started = time.monotonic()
        self._painting_since = self.started
        self._remaining = float("inf")

    def planned(self, patches: int, done: int) -> None:
        """Take what is done when this is first called as done by an earlier run."""
        if not self.total:
            self.resumed = done
        self.total, self.done = patches, done
        self.tick()

    def painting(self) -> None:
        """Count time for the estimate from here on."""
        self._painting_since = time.monotonic()

    def painted(self) -> None:
        self.done += 1
        spent = time.monotonic() - self._painting_since
        estimate = spent * (self.total - self.done) / (self.done - self.resumed)
        self._remaining = min(self._remaining, estimate)
        if self.terminal or self.done == self.total or self.due(PLAIN_EVERY):
            self._show()

    def tick(self) -> None:
        """Let the seconds go on; called often, between tokens."""
        if self.due(TERMINAL_EVERY if self.terminal else 5 * PLAIN_EVERY):
            self._show()

    def _show(self) -> None:
        if self.hidden:
            return
        line = f"{self.label}{self.done} of {self.total} patches, {duration(time.monotonic() - self.started)}"
        left = f", {duration(self._remaining)} left" if self._remaining < float("inf") else ""
        self.write(line + left)
