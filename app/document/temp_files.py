"""Lists files that are being written beside their final place, so that those of a program that died are deleted.

These are exports and copies of documents; the next start, export or copy looks for them.
"""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from app.data_folder import data_folder
from app.document.file import SUFFIX
from app.document.lock import Lock, is_held, lock_path
from engine.request import UserError

PART = ".part"  # nothing with another ending is ever removed


def notes_folder() -> Path:
    return data_folder() / "exports"


class Note:
    """The names of half-written files, held while their writer lives. Where none can be kept, it goes on."""

    def __init__(self) -> None:
        self.path = notes_folder() / f"{os.getpid()}-{secrets.token_hex(3)}.txt"
        self._lock: Lock | None = None
        with suppress(OSError, UserError):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._lock = Lock(self.path)

    def add(self, part: Path) -> None:
        if self._lock is not None:
            with suppress(OSError), open(self.path, "a", encoding="utf-8", errors="surrogateescape") as file:
                file.write(f"{part.absolute()}\n")

    def close(self) -> None:
        if self._lock is not None:
            with suppress(OSError):
                self.path.unlink(missing_ok=True)
            self._lock.release()


@contextmanager
def noted(part: Path) -> Iterator[None]:
    """While this file is half-written; those of dead programs are gone before."""
    clear_away()
    note = Note()
    note.add(part)
    try:
        yield
    finally:
        note.close()


def clear_away() -> list[Path]:
    """Removes what dead programs have left half-written; returns what was there."""
    cleared: list[Path] = []
    with suppress(OSError):
        for note in notes_folder().glob("*.txt"):
            if not is_held(note):
                cleared += _cleared(note)
    return cleared


def _cleared(note: Path) -> list[Path]:
    cleared = []
    with suppress(OSError):
        for line in note.read_text(encoding="utf-8", errors="surrogateescape").splitlines():
            part = Path(line)
            if part.suffix == PART and part.is_file():
                part.unlink()
                _clear_round(part)
                cleared.append(part)
        note.unlink()
        lock_path(note).unlink(missing_ok=True)
    return cleared


def _clear_round(part: Path) -> None:
    """What SQLite and the lock leave beside a copy of a document that never got its name."""
    document = part.with_suffix("")
    if document.suffix == SUFFIX:
        Path(f"{part}-journal").unlink(missing_ok=True)
        if not document.exists() and not is_held(document):
            lock_path(document).unlink(missing_ok=True)
