"""Checks a file before it is opened for writing: whatever is wrong is reported, and no byte is changed."""

import os
import sqlite3
import struct
from contextlib import closing
from pathlib import Path

from app.document.errors import damaged, disk_errors
from engine.request import UserError

from .lock import in_use, is_held
from .schema import APPLICATION, VERSION, expected, objects

MAGIC = b"SQLite format 3\0"
QUICK = 32 * 2**20  # files up to this size are checked on every opening, larger ones after an unclean close


def uri(path: Path, options: str = "") -> str:
    return path.absolute().as_uri() + options


def read_only(path: Path, ours: bool = False) -> sqlite3.Connection:
    """A connection that cannot write; where nobody else writes (`ours`: we have the lock), it leaves no file behind."""
    # Closing an immutable one would also drop the locks of a writer in this process.
    still = not was_left(path) and (ours or not is_held(path))
    db = sqlite3.connect(uri(path, "?mode=ro&immutable=1" if still else "?mode=ro"), uri=True, isolation_level=None)
    guard(db)
    return db


def guard(db: sqlite3.Connection) -> None:
    """Documents come from strangers: SQL that is hidden in one gets no functions, and odd pages are not trusted."""
    db.execute("PRAGMA trusted_schema = OFF")
    db.execute("PRAGMA cell_size_check = ON")
    db.execute("PRAGMA busy_timeout = 2000")


def inspect(path: Path, unclean: bool, ours: bool = False) -> int:
    """The version of the document; a sentence if it is none, is damaged, or comes from a newer program."""
    with disk_errors(path):
        if _size(path, "-journal"):
            return -1  # only opening it for writing can bring it back to its last state; then it is checked
        with closing(read_only(path, ours)) as db:
            return check(path, db, unclean or path.stat().st_size <= QUICK)


def check(path: Path, db: sqlite3.Connection, thorough: bool) -> int:
    (application,) = db.execute("PRAGMA application_id").fetchone()
    (version,) = db.execute("PRAGMA user_version").fetchone()
    _check_kind(path, application, version)
    found = objects(db)
    strange = {kind for kind, _ in found} - {"table", "index"}
    missing = expected() - found if version == VERSION else {("table", "layers"), ("table", "tiles")} - found
    if strange or missing:
        raise damaged(path, "parts are missing" if missing else f"it contains a {min(strange)}")
    if thorough:
        (verdict,) = db.execute("PRAGMA quick_check(1)").fetchone()
        if verdict != "ok":
            raise damaged(path, str(verdict).splitlines()[-1])
    return version


def look(path: Path) -> None:
    """What the first hundred bytes and the length tell."""
    if is_held(path):
        raise in_use(path)
    if os.path.isdir(path):
        raise UserError(f"{path} is a folder; name a document inside it.")
    if os.path.exists(path) and not os.path.isfile(path):
        raise UserError(f"{path} is not a file.")
    with open(path, "rb") as file:
        header = file.read(100)
        size = os.fstat(file.fileno()).st_size
    if not header:
        raise UserError(f"{path} is empty. Open a backup or a copy of it.")
    if header[:16] != MAGIC:
        if len(header) < 100:
            raise damaged(path, "it is cut short")
        raise UserError(f"{path} is not a Handscroll document. Pictures are placed into a document instead.")
    if len(header) < 100:
        raise damaged(path, "it is cut short")
    (side, pages) = struct.unpack(">H", header[16:18])[0], struct.unpack(">I", header[28:32])[0]
    side = 65536 if side == 1 else side
    _check_kind(path, *reversed(struct.unpack(">I4xI", header[60:72])))
    if not _size(path, "-wal") and not _size(path, "-journal") and size < side * pages:
        raise damaged(path, f"{side * pages - size} of {side * pages} bytes are missing at its end")


def _check_kind(path: Path, application: int, version: int) -> None:
    if application != APPLICATION:
        raise UserError(f"{path} is a database of another program, not a Handscroll document.")
    if version > VERSION:
        raise UserError(
            f"{path} was made by a newer Handscroll (its version is {version}, this program supports up to {VERSION}). "
            "It was not changed; update the program to open it."
        )
    if version < 0:
        raise damaged(path, "its version is not a number that was ever given")


def _size(path: Path, suffix: str) -> int:
    try:
        return os.stat(f"{path}{suffix}").st_size
    except OSError:
        return 0


def was_left(path: Path) -> bool:
    """Whether the log beside the file tells that it was not closed properly."""
    return bool(_size(path, "-wal") or _size(path, "-journal"))
