"""Two hundred files that are not quite a document: each is opened rightly or told in a sentence, and left as it was."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from app.document import Document, recoverable, thumbnail_of
from app.document.schema import VERSION
from app.export import ExportRequest, export
from engine.request import UserError

SEEDS = range(4)  # each makes fifty files


def truncated(data: bytes, random: np.random.Generator) -> bytes:
    return data[: int(random.integers(0, len(data)))]


def flipped(data: bytes, random: np.random.Generator, low: int, high: int, count: int) -> bytes:
    changed = bytearray(data)
    for place in random.integers(low, min(high, len(data)), count):
        changed[place] ^= 1 << int(random.integers(8))
    return bytes(changed)


def zeroed(data: bytes, random: np.random.Generator) -> bytes:
    """A page that never reached the disk."""
    page = int(random.integers(len(data) // 16384)) * 16384
    return data[:page] + bytes(16384) + data[page + 16384 :]


def swapped(data: bytes, random: np.random.Generator) -> bytes:
    """Two pages in one another's place."""
    one, two = sorted(int(page) * 16384 for page in random.choice(len(data) // 16384, 2, replace=False))
    end = two + 16384
    return data[:one] + data[two:end] + data[one + 16384 : two] + data[one : one + 16384] + data[end:]


def foreign(data: bytes, random: np.random.Generator) -> bytes:
    heads = (b"\x89PNG\r\n\x1a\n", b"PK\x03\x04", b"SQLite format 2\0", b"%PDF-1.7", b"", b"SQLite format 3\0")
    return heads[int(random.integers(len(heads)))] + random.bytes(int(random.integers(0, 5000)))


STATEMENTS = (
    f"PRAGMA user_version = {VERSION + 1}",
    "PRAGMA application_id = 7",
    "PRAGMA user_version = -3",
    "UPDATE layers SET x = 'far', opacity = 'much'",
    "UPDATE layers SET name = x'ff00fe', place = 1e300",
    "UPDATE layers SET opacity = 1e400",
    "UPDATE layers SET x = 9223372036854775807",
    'UPDATE tiles SET blob = 999999, "column" = 4000000000',
    "UPDATE blobs SET codec = 77",
    "UPDATE blobs SET data = zeroblob(10), \"left\" = 'x'",
    "UPDATE jobs SET request = '{', mask = x'00'",
    "UPDATE patches SET tokens = x'01', x = 'here'",
    "UPDATE recipes SET value = 'no json'",
    "UPDATE history SET name = NULL, x = 'y'",
    "UPDATE meta SET value = 'not a number'",
    "UPDATE previews SET data = x'89504e47', width = -5",
    "DROP TABLE tiles",
    "DELETE FROM layers",
    "CREATE VIEW v AS SELECT 1",
)


def altered(data: bytes, number: int, scratch: Path) -> bytes:
    """A sound database whose contents nobody has meant."""
    scratch.write_bytes(data)
    with closing(sqlite3.connect(scratch)) as db:
        try:
            with db:
                db.execute(STATEMENTS[number % len(STATEMENTS)])
        except sqlite3.IntegrityError:
            pass  # the file defends itself
    changed = scratch.read_bytes()
    scratch.unlink()
    return changed


def variants(data: bytes, seed: int, scratch: Path) -> Iterator[tuple[str, bytes]]:
    random = np.random.default_rng(seed)
    for _ in range(8):
        yield "truncated", truncated(data, random)
        yield "header", flipped(data, random, 0, 100, 1)
        yield "few bits", flipped(data, random, 100, len(data), 3)
        yield "many bits", flipped(data, random, 100, len(data), 300)
    for _ in range(3):
        yield "first page", flipped(data, random, 100, 16384, 40)
        yield "zeroed", zeroed(data, random)
        yield "foreign", foreign(data, random)
    yield "swapped", swapped(data, random)
    for number in range(8):
        yield "altered", altered(data, seed * 8 + number, scratch)


def looked_at(path: Path) -> None:
    """Everything that a window does with a document before the artist has done anything."""
    document = Document.open(path)
    try:
        box = document.bounds
        if max(box.width, box.height) <= 4096:
            document.read(box)
        document.read(box._replace(width=min(box.width, 300), height=min(box.height, 300)))
        assert isinstance(document.jobs.all(), list)
        assert document.history.entries() is not None and (document.history.undo_name, document.guide)
        document.patches_in(box._replace(width=min(box.width, 300), height=min(box.height, 300)))
        for look in (document.thumbnail, document.preview, document.timeline.clips):
            look()
    finally:
        document.close()


def trial(path: Path, what: str) -> str:
    """The sentence, or nothing if all went well; any other exception fails the test."""
    try:
        looked_at(path)
    except UserError as error:
        assert str(error).endswith("."), (what, str(error))
        return str(error)
    return ""


@pytest.mark.parametrize("seed", SEEDS)
def test_fifty_files_are_opened_rightly_or_told(hand, seed):
    original = hand.saved()
    data = original.read_bytes()
    told = 0
    for number, (what, changed) in enumerate(variants(data, seed, hand.folder / "scratch")):
        path = hand.folder / f"v{number}.handscroll"
        path.write_bytes(changed)
        refused = False
        try:
            Document.open(path).close()
        except UserError:
            refused = True
        sentence = trial(path, f"{what} {number}")
        told += bool(sentence)
        if refused:
            assert path.read_bytes() == changed, (what, number)
            left = {each.name for each in hand.folder.glob(f"{path.name}?*")}
            assert left <= {f"{path.name}.lock"}, (what, number)  # the sign that it is to be checked next time
        if what == "foreign":
            assert refused
    assert original.read_bytes() == data
    assert 15 < told < 50
    assert recoverable() == []


@pytest.mark.parametrize("seed", (4, 5))
def test_exports_and_thumbnails_never_stumble_either(hand, seed):
    data = hand.saved().read_bytes()
    path, out = hand.folder / "v.handscroll", hand.folder / "out.png"
    for what, changed in variants(data, seed, hand.folder / "scratch"):
        path.write_bytes(changed)
        for look in (lambda: thumbnail_of(path), lambda: export(path, ExportRequest(out, scale=0.2))):
            try:
                look()
            except UserError as error:
                assert str(error).endswith("."), what
        assert path.read_bytes() == changed
        out.unlink(missing_ok=True)
        assert {each.name for each in hand.folder.glob("*.part")} == set()
