"""One program at a time: a small file beside the document that the system unlocks by itself when its program dies.

It is removed on a proper close, so one that is left over without a holder tells that the last close was not proper.
"""

import os
import sys
from contextlib import suppress
from pathlib import Path

from engine.request import UserError

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


class InUse(UserError):
    """Another program, or another window of this one, has the file open."""


def lock_path(path: Path) -> Path:
    return path.with_name(path.name + ".lock")


class Lock:
    """Held from construction to `release`; `was_left` says that an earlier holder did not release it."""

    def __init__(self, path: Path):
        self.path = lock_path(path)
        self.was_left = self.path.exists()
        while True:
            handle = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o644)
            if not _hold(handle):
                os.close(handle)
                raise in_use(path)
            if self._is_still(handle):  # the holder before us may have removed it just now
                break
            os.close(handle)
        self._handle = handle
        os.ftruncate(handle, 0)
        os.write(handle, f"{os.getpid()}\n".encode())

    def _is_still(self, handle: int) -> bool:
        with suppress(OSError):
            return os.path.samestat(os.fstat(handle), os.stat(self.path))
        return False

    def release(self, still_unclean: bool = False) -> None:
        """Lets others in; the file stays as a sign that the document needs to be checked, if it does."""
        if self._handle < 0:
            return
        if sys.platform == "win32":  # where an open file cannot be removed
            os.close(self._handle)
        if not still_unclean:
            with suppress(OSError):
                os.unlink(self.path)
        if sys.platform != "win32":
            os.close(self._handle)
        self._handle = -1


def in_use(path: Path) -> InUse:
    return InUse(f"{path} is open in another window or program. Close it there first, or open a copy.")


def is_held(path: Path) -> bool:
    """Whether a living program has this document open."""
    try:
        handle = os.open(lock_path(path), os.O_RDWR)
    except OSError:
        return False
    try:
        return not _hold(handle)
    finally:
        os.close(handle)


def _hold(handle: int) -> bool:
    """False when somebody else has it. Where the file system knows no locks, nobody is kept out."""
    try:
        if sys.platform == "win32":
            os.lseek(handle, 64, os.SEEK_SET)
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
            os.lseek(handle, 0, os.SEEK_SET)
        else:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    except OSError:
        return True
    return True
