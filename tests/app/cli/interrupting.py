"""A signal in the midst of a painting, for the tests of what comes after it."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from app.cli.journal import Journal


def interrupt_after(monkeypatch: pytest.MonkeyPatch, batches: int, number: int = signal.SIGINT) -> None:
    """The signal comes when so many batches are in the journal."""
    append = Journal.append
    left = iter(range(batches - 1, -1, -1))

    def counted(self, batch):
        append(self, batch)
        if next(left, -1) == 0:
            os.kill(os.getpid(), number)

    monkeypatch.setattr(Journal, "append", counted)


def kill_in_the_midst(journal: Path, lines: int, *command: object) -> None:
    """Kill a real process of the program with a real SIGKILL, as soon as its journal has so many lines."""
    words = [sys.executable, "-m", "app", *map(str, command)]
    with subprocess.Popen(words, stderr=subprocess.PIPE) as process:
        deadline = time.monotonic() + 600  # on a machine that is busy with other things
        while time.monotonic() < deadline and process.poll() is None:
            if journal.exists() and journal.read_bytes().count(b"\n") >= lines:
                break
            time.sleep(0.01)
        process.kill()
