"""What can go wrong with a file, in sentences for the artist; SQLite's own wording never stands alone."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.document.tiles import Damaged
from engine.request import UserError

FULL, READONLY, IOERR, CORRUPT, BUSY, LOCKED, CANTOPEN, NOTADB, TOOBIG = 13, 8, 10, 11, 5, 6, 14, 26, 18


class FullDisk(UserError):
    """No room for what was to be written; the file is as it was before."""


class ReadOnly(UserError):
    """A file that can be read, and not be written."""


class ChangedElsewhere(UserError):
    """The file is no longer the one that was opened."""


@contextmanager
def disk_errors(path: Path) -> Iterator[None]:
    """Errors of SQLite and the system as sentences about this file."""
    try:
        yield
    except (sqlite3.Error, OSError, MemoryError) as error:
        raise sentence(path, error) from error
    except (UnicodeDecodeError, OverflowError) as error:  # a text that is none, a number beyond 64 bits
        raise damaged(path, "a text or a number in it is not readable") from error


def sentence(path: Path, error: BaseException) -> UserError:
    if isinstance(error, MemoryError):
        return UserError(
            "There is not enough memory for this. Nothing was changed; close other programs and try again."
        )
    if isinstance(error, OSError):
        return _of_system(path, error)
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code == FULL:
        return FullDisk(f"There is no room left on the disk of {path}. {KEPT} Free some space and do it again.")
    if code == IOERR:
        return UserError(
            f"{path} could not be read or written: the disk reports an error. {KEPT} Save a copy elsewhere."
        )
    if code in (READONLY, CANTOPEN):
        return UserError(f"{path} or its folder is write-protected. {KEPT} Save a copy in a folder of your own.")
    if code in (BUSY, LOCKED):
        return UserError(f"{path} is being written by another program. {KEPT} Close that program and try again.")
    if code == TOOBIG:
        return UserError("This is more than fits into one file. Nothing was changed.")
    if isinstance(error, sqlite3.ProgrammingError):
        raise error  # our own mistake
    return damaged(path, str(error))


KEPT = "What was saved before is safe in it."


def damaged(path: Path, reason: str) -> Damaged:
    return Damaged(f"{path} is damaged ({reason}). It was left as it is; open a backup or a copy of it.")


def _of_system(path: Path, error: OSError) -> UserError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return FullDisk(f"There is no room left on the disk of {path}. {KEPT} Free some space and do it again.")
    if isinstance(error, FileNotFoundError):
        return UserError(f"{path} does not exist. Check its name and folder.")
    if isinstance(error, PermissionError) or error.errno == errno.EROFS:
        return UserError(f"{path} or its folder cannot be accessed. Save a copy in a folder of your own.")
    return UserError(f"{path} cannot be used: {error.strerror or error}.")
