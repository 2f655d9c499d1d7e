"""What is told on stderr while work goes on: one line that renews itself on a terminal, plain lines elsewhere."""

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


class Progress:
    """Patches done, seconds gone, and seconds left as measured from the patches of this run; never climbing."""

    def __init__(self, label: str = "", stream: TextIO | None = None):
        self.label, self.stream = label, stream or sys.stderr
        self.terminal = self.stream.isatty()
        self.total = self.done = self.resumed = 0
        self.started = time.monotonic()
        self._painting_since = self.started
        self._told, self._remaining = -PLAIN_EVERY, float("inf")

    def planned(self, patches: int, done: int) -> None:
        """What is done when this is first told is not of this run."""
        if not self.total:
            self.resumed = done
        self.total, self.done = patches, done
        self.tick()

    def painting(self) -> None:
        """From here on time counts for the estimate."""
        self._painting_since = time.monotonic()

    def painted(self) -> None:
        self.done += 1
        spent = time.monotonic() - self._painting_since
        estimate = spent * (self.total - self.done) / (self.done - self.resumed)
        self._remaining = min(self._remaining, estimate)
        if self.terminal or self.done == self.total or self._due(PLAIN_EVERY):
            self._write()

    def tick(self) -> None:
        """Called often, between tokens: lets the seconds go on."""
        if self._due(TERMINAL_EVERY if self.terminal else 5 * PLAIN_EVERY):
            self._write()

    def close(self) -> None:
        """Leave the line as it is, and begin a new one."""
        if self.terminal and self.total:
            self.stream.write("\n")
            self.stream.flush()

    def _due(self, seconds: float) -> bool:
        return time.monotonic() - self._told >= seconds

    def _write(self) -> None:
        self._told = time.monotonic()
        line = f"{self.label}{self.done} of {self.total} patches, {duration(self._told - self.started)}"
        if self._remaining < float("inf"):
            line += f", {duration(self._remaining)} left"
        if self.terminal:
            line = "\r\x1b[K" + line[: shutil.get_terminal_size().columns - 1]
        self.stream.write(line + ("" if self.terminal else "\n"))
        self.stream.flush()
