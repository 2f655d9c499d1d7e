"""Files written whole or not at all: they grow in `name.part`, which takes the name when all of it is on the disk."""

import errno
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from engine.request import UserError


def check_place(path: Path) -> None:
    """Tells that no file can be written to `path`, whatever its kind."""
    target, part = part_of(path)
    if not os.path.isdir(target.parent):
        raise UserError(f"The folder {target.parent} does not exist. Create it or choose another.")
    if os.path.exists(target) and not os.path.isfile(target):
        raise UserError(f"{path} is not a file.")
    if os.path.exists(target) and not os.access(target, os.W_OK):
        raise UserError(f"{path} is write-protected. Choose another name or remove the protection.")
    was_there = os.path.exists(part)
    try:
        # Trying is the only test that knows of read-only disks, shares, quotas and names that are too long.
        open(part, "ab").close()
        if not was_there:
            part.unlink()
    except OSError as error:
        raise not_written(path, error) from error


def part_of(path: Path) -> tuple[Path, Path]:
    """The file that `path` stands for, and the one beside it in which it grows."""
    target = Path(os.path.realpath(path))  # a link stays a link; what it points to is rewritten
    return target, target.with_name(target.name + ".part")


def not_written(path: Path, error: OSError) -> UserError:
    """Why `path` was not written, as a sentence."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return UserError(f"{path} was not written: the disk is full. Free some space or choose another folder.")
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return UserError(f"{path} was not written: its folder is write-protected. Choose another folder.")
    if error.strerror is None:  # of an encoder, not of the system
        return UserError(f"{path} was not written: its kind of file cannot hold this picture. Choose another kind.")
    return UserError(f"{path} was not written: {error.strerror}. Choose another place or name.")


@contextmanager
def written_whole(path: Path) -> Iterator[BinaryIO]:
    """A file that takes the name `path` when the block ends well; otherwise nothing of it is left."""
    target, part = part_of(path)
    try:
        with open(part, "w+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, target)
    except OSError as error:
        raise not_written(path, error) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def write_whole(path: Path, text: str) -> None:
    """Write a text file in the same way."""
    with written_whole(path) as file:
        file.write(text.encode())


def file_hash(path: Path) -> str:
    """Return the SHA-256 of a file; raises UserError where it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise UserError(f"{path} cannot be read ({error.strerror or error}).") from None
