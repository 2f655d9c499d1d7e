"""The .handscroll file: one SQLite database with one writer; every change is in it when the call returns."""

import errno
import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from app.document.errors import FULL, IOERR, ChangedElsewhere, ReadOnly, disk_errors, sentence
from engine.request import UserError

from . import schema
from .inspection import check, guard, inspect, look, read_only, uri, was_left
from .lock import Lock

SUFFIX = ".handscroll"


def part_of(path: Path) -> Path:
    """What a document is called while it is not whole."""
    return path.with_name(path.name + ".part")


def create_file(path: Path) -> None:
    """An empty document; the name appears when it is whole."""
    part = part_of(path)
    with disk_errors(path):
        part.unlink(missing_ok=True)
        db = sqlite3.connect(uri(part), uri=True, isolation_level=None)
        try:
            db.execute(f"PRAGMA page_size = {schema.PAGE:d}")
            db.execute("PRAGMA auto_vacuum = NONE")  # some systems have it on, which moves pages at every commit
            db.execute("BEGIN")
            schema.migrate(db)
            db.execute(f"PRAGMA application_id = {schema.APPLICATION:d}")
            db.execute("COMMIT")
            db.close()
            os.replace(part, path)
        finally:
            db.close()
            part.unlink(missing_ok=True)


class DocumentFile:
    """An open file, locked against other programs; `db` belongs to the thread that opened it."""

    def __init__(self, path: Path):
        self.path = path.absolute()
        self.db, self._lock = _opened(self.path)
        self._remember()
        self.closed = False

    # ---- changing

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All of it or nothing; inside another one it is a part of that."""
        if self.db.in_transaction:
            yield self.db
            return
        try:
            self.db.execute("BEGIN IMMEDIATE")
            self._check_unchanged()
            yield self.db
            self.db.execute("COMMIT")
        except BaseException as error:
            with suppress(sqlite3.Error):
                if self.db.in_transaction:  # a full disk has ended it already
                    self.db.execute("ROLLBACK")
            if isinstance(error, (sqlite3.Error, OSError, MemoryError)):
                raise sentence(self.path, error) from error
            raise

    def rows(self, question: str, values: Sequence[Any] = ()) -> list[tuple]:
        """All that a question finds; errors are told in sentences."""
        with disk_errors(self.path):
            return self.db.execute(question, values).fetchall()

    def meta(self, key: str, otherwise: Any = None) -> Any:
        found = self.rows("SELECT value FROM meta WHERE key = ?", (key,))
        return found[0][0] if found else otherwise

    def set_meta(self, key: str, value: Any) -> None:
        with self.transaction() as db:
            db.execute("INSERT INTO meta VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value", (key, value))

    # ---- other programs

    def _remember(self) -> None:
        self._identity = _identity(self.path)
        (self._version,) = self.db.execute("PRAGMA data_version").fetchone()

    def changed_elsewhere(self) -> str:
        """What another program has done to the file, in words; empty when nothing."""
        now = _identity(self.path)
        if now is None:
            return "was moved or deleted"
        if now != self._identity:
            return "was replaced by another file"
        (version,) = self.db.execute("PRAGMA data_version").fetchone()
        return "" if version == self._version else "was changed by another program"

    def _check_unchanged(self) -> None:
        what = self.changed_elsewhere()
        if what:
            raise ChangedElsewhere(
                f"{self.path} {what} while it was open, so nothing more was written into it. Save under a new name to "
                "keep what you see."
            )

    # ---- saving, moving, closing

    def flush(self) -> None:
        """Everything on the disk itself, and all of it in the one file."""
        with disk_errors(self.path):
            self.db.execute("PRAGMA synchronous = FULL")
            try:
                with self.transaction() as db:
                    db.execute("INSERT INTO meta VALUES ('saves', 1) ON CONFLICT DO UPDATE SET value = value + 1")
                self.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            finally:
                self.db.execute("PRAGMA synchronous = NORMAL")

    def compact(self) -> None:
        """Gives the room of what was forgotten back to the disk; for a moment it needs as much twice over."""
        with disk_errors(self.path):
            self._check_unchanged()
            try:
                self.db.execute("VACUUM")
            except sqlite3.Error as error:
                if error.sqlite_errorcode & 0xFF in (FULL, IOERR):
                    self._remember()  # one that is rolled back looks like another program's change
                raise
            self.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def size(self) -> int:
        """Bytes of the file, once what lies in the log beside it is in it."""
        with disk_errors(self.path):
            self._check_unchanged()
            self.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            return self.path.stat().st_size

    def copy_to(self, path: Path) -> None:
        """A compact copy under another name, which appears when it is whole."""
        path = path.absolute()
        part = part_of(path)
        lock = self._lock_for(path)
        with disk_errors(path):
            try:
                self._write_copy(part)
                for suffix in ("-wal", "-shm", "-journal"):  # a log left by another file would be read into this one
                    Path(f"{path}{suffix}").unlink(missing_ok=True)
                os.replace(part, path)
                _sync_folder(path.parent)
            finally:
                part.unlink(missing_ok=True)
                lock.release()

    def _lock_for(self, path: Path) -> Lock:
        if path == self.path or (path.exists() and os.path.samefile(path, self.path)):
            raise UserError(f"{path} is the document itself. Give the copy another name.")
        with disk_errors(path):
            if path.is_dir():
                raise UserError(f"{path} is a folder. Give the document a name inside it.")
            return Lock(path)

    def _write_copy(self, part: Path) -> None:
        part.unlink(missing_ok=True)
        self.db.execute("VACUUM INTO ?", (uri(part),))
        with open(part, "rb+") as file:
            os.fsync(file.fileno())

    def move_to(self, path: Path) -> None:
        """Goes on under another name; the file it was before stays, and is closed."""
        self.copy_to(path)
        db, lock = _opened(path.absolute())
        old_db, old_lock = self.db, self._lock
        self.path, self.db, self._lock = path.absolute(), db, lock
        self._remember()
        with suppress(sqlite3.Error):
            old_db.close()
        old_lock.release()

    def reader(self) -> sqlite3.Connection:
        """A connection for another thread, which only reads; close it there."""
        with disk_errors(self.path):
            db = sqlite3.connect(uri(self.path, "?mode=ro"), uri=True, isolation_level=None)
            guard(db)
            return db

    def close(self, still_unclean: bool = False) -> None:
        self.closed = True
        with suppress(sqlite3.Error):
            self.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        with disk_errors(self.path):
            try:
                self.db.close()
            finally:
                self._lock.release(still_unclean)


def _opened(path: Path) -> tuple[sqlite3.Connection, Lock]:
    """Looked at, locked, opened, brought to the newest version."""
    with disk_errors(path):
        look(path)  # before anything is written beside it
        if not os.access(path, os.W_OK):
            raise ReadOnly(f"{path} may not be written. Change its permissions or copy it elsewhere.")
        lock = _locked(path)
    try:
        version = inspect(path, lock.was_left or was_left(path), ours=True)
        return _connected(path, version), lock
    except BaseException:
        lock.release(still_unclean=lock.was_left)
        raise


def _locked(path: Path) -> Lock:
    """The lock lies beside the document, so its folder is to be written as well."""
    try:
        return Lock(path)
    except OSError as error:
        if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            raise ReadOnly(f"The folder of {path} may not be written. Copy the document elsewhere.") from None
        raise


def copy_of(path: Path, target: Path) -> None:
    """What a file holds, as another one, which appears when it is whole; nothing is written beside the first."""
    part = part_of(target)
    with disk_errors(path):
        look(path)
        inspect(path, False)
        try:
            with closing(read_only(path)) as db:
                db.execute("VACUUM INTO ?", (uri(part),))
            os.replace(part, target)
        finally:
            part.unlink(missing_ok=True)


def _connected(path: Path, version: int) -> sqlite3.Connection:
    with disk_errors(path):
        db = sqlite3.connect(uri(path, "?mode=rw"), uri=True, isolation_level=None)
        try:
            guard(db)
            db.execute("PRAGMA cache_size = -16000")
            if version < 0:
                version = check(path, db, True)
            (mode,) = db.execute("PRAGMA journal_mode = WAL").fetchone()
            if mode != "wal":  # some network drives
                db.execute("PRAGMA journal_mode = DELETE")
            db.execute("PRAGMA synchronous = NORMAL" if mode == "wal" else "PRAGMA synchronous = FULL")
            db.execute(f"PRAGMA journal_size_limit = {64 * 2**20:d}")
            if version < schema.VERSION:
                db.execute("BEGIN IMMEDIATE")
                schema.migrate(db)
                db.execute("COMMIT")
            return db
        except BaseException:
            db.close()
            raise


def _sync_folder(folder: Path) -> None:
    """The new name on the disk itself, before an older file may be removed; Windows does so by itself."""
    if os.name == "posix":
        with suppress(OSError):
            handle = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_dev, found.st_ino
