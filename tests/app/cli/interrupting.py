"""A signal in the midst of a painting, for the tests of what comes after it."""

import os
import signal

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
