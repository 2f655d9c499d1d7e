"""Files that grow beside their places, and get their names together or not at all."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from app.document.temp_files import Note, clear_away
from engine.media.images import not_written, part_of


class ExportFiles:
    """Those that have not got their names are gone at the end, or when the program that died is followed by another."""

    def __init__(self) -> None:
        clear_away()
        self._grown: list[tuple[Path, Path, Path]] = []
        self._note = Note()

    def __enter__(self) -> "ExportFiles":
        return self

    def __exit__(self, *how: object) -> None:
        for _path, _target, part in self._grown:
            with suppress(OSError):
                part.unlink(missing_ok=True)
        self._note.close()

    @contextmanager
    def beside(self, path: Path) -> Iterator[BinaryIO]:
        target, part = part_of(path)
        self._grown.append((path, target, part))
        self._note.add(part)
        try:
            with open(part, "w+b") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise not_written(path, error) from error

    def take_names(self) -> list[Path]:
        for path, target, part in self._grown:
            try:
                os.replace(part, target)
            except OSError as error:
                raise not_written(path, error) from error
        return [path for path, _target, _part in self._grown]
