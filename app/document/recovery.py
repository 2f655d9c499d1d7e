"""The folder of documents without a name, and which of them a crashed program has left there."""

import os
import secrets
import time
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from app.data_folder import data_folder
from app.document.errors import disk_errors
from engine.request import UserError

from .file import SUFFIX, copy_of, create_file
from .inspection import inspect, look, read_only
from .lock import is_held, lock_path

ANYTHING = """
SELECT (SELECT count(*) FROM history) + (SELECT count(*) FROM jobs) + (SELECT count(*) FROM layers WHERE present = 1)"""


@dataclass(frozen=True)
class Recoverable:
    """An unnamed document that no living program has open; `problem` says why if it cannot be opened."""

    path: Path
    changed: float  # seconds since 1970
    size: int
    problem: str = ""


def recovery_folder() -> Path:
    return data_folder() / "recovery"


def is_unnamed(path: Path) -> bool:
    return path.absolute().parent == recovery_folder().absolute()


def new_file(of: Path | None = None) -> Path:
    """A fresh document in the recovery folder: empty, or a copy of a file, which may be one that cannot be written."""
    folder = recovery_folder()
    path = folder / f"untitled-{time.strftime('%Y%m%d-%H%M%S')}-{secrets.token_hex(3)}{SUFFIX}"
    with disk_errors(folder):
        folder.mkdir(parents=True, exist_ok=True)
        create_file(path) if of is None else copy_of(of, path)
    return path


def recoverable() -> list[Recoverable]:
    """What was left behind, the latest first; empty documents are not worth a question."""
    found = []
    with suppress(OSError):
        for path in recovery_folder().glob(f"*{SUFFIX}"):
            with suppress(OSError):  # gone in between
                if not is_held(path):
                    found += _looked_at(path)
    return sorted(found, key=lambda each: -each.changed)


def _looked_at(path: Path) -> list[Recoverable]:
    state = path.stat()
    changed = max(state.st_mtime, *(_changed(path, suffix) for suffix in ("-wal", "-journal")))
    problem = ""
    try:
        look(path)
        inspect(path, False)
        with disk_errors(path), closing(read_only(path)) as db:
            (anything,) = db.execute(ANYTHING).fetchone()
        if not anything:
            return []
    except UserError as error:
        problem = str(error)
    return [Recoverable(path, changed, state.st_size, problem)]


def _changed(path: Path, suffix: str) -> float:
    with suppress(OSError):
        return os.stat(f"{path}{suffix}").st_mtime
    return 0.0


def delete(path: Path) -> None:
    """Removes an unnamed document for good; only when the artist has said so, or when there is nothing in it."""
    if is_held(path):
        raise UserError(f"{path} is open in another window. Close it there first.")
    for each in (path, Path(f"{path}-wal"), Path(f"{path}-shm"), Path(f"{path}-journal"), lock_path(path)):
        with disk_errors(each):
            each.unlink(missing_ok=True)
