"""The file itself: nothing is lost, nothing foreign is touched, and whatever is wrong is told in words."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from app.document import Document, recoverable, thumbnail_of
from app.document.lock import lock_path
from app.document.recovery import recovery_folder
from app.document.schema import APPLICATION, VERSION, create
from engine.request import Box, UserError


def test_a_document_is_named_closed_and_found_again(document: Document, hand):
    document.layers.put(hand.noise(300, 100), -10, 0)
    before, unnamed = hand.whole(document), document.path
    with pytest.raises(UserError, match="no name"):
        document.save()
    document.save_as(hand.folder / "ä picture? #1%20")
    assert not unnamed.exists() and document.named
    document.layers.put(hand.noise(5, 5), 400, 0)
    document.history.undo()
    document.save_copy(hand.folder / "copy.handscroll")
    document.save()
    for path in (hand.folder / "copy.handscroll", document.path):
        document.close()
        document = Document.open(path)
        assert hand.whole(document) == before and len(document.history.entries()) == 2
        assert document.history.redo() and document.bounds.right == 405
        document.history.undo()
    preview = document.preview()
    assert preview is not None and preview.pixels.tobytes() == document.read(document.bounds).tobytes()
    document.close()
    left = {path.name for path in hand.folder.iterdir()} - {"data"}
    assert left == {"copy.handscroll", "ä picture? #1%20.handscroll"}


def test_looking_leaves_the_file_as_it_is(hand):
    path = hand.saved()
    before = path.read_bytes()
    document = Document.open(path)
    document.read(document.bounds)
    assert document.settle() and document.recipe_at(300, 20)
    document.close()
    thumbnail = thumbnail_of(path)
    assert thumbnail is not None and thumbnail.shape == (92, 256, 4)
    assert path.read_bytes() == before and os.listdir(recovery_folder()) == []


def test_two_openers(hand):
    path = hand.saved()
    document = Document.open(path)
    with pytest.raises(UserError, match="open in another window or program"):
        Document.open(path)
    script = "import sys; from app.document import Document; Document.open(sys.argv[1])"
    other = subprocess.run([sys.executable, "-c", script, path], capture_output=True, text=True)
    assert "open in another window or program" in other.stderr
    document.layers.add()
    document.close()
    Document.open(path).close()


def test_what_another_program_does_to_it_is_told(hand):
    path = hand.saved()
    document = Document.open(path)
    before = hand.whole(document)
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("UPDATE layers SET name = 'theirs' WHERE id = 1")
    assert document.changed_elsewhere() == "was changed by another program"
    with pytest.raises(UserError, match="was changed by another program while it was open"):
        document.layers.add()
    path.unlink()
    with pytest.raises(UserError, match="moved or deleted"):
        document.layers.add()
    document.save_as(hand.folder / "rescued")
    assert hand.whole(document) == before
    document.close()


def test_recovery_offers_what_a_dead_program_left(hand):
    empty, kept = Document.new(), Document.new()
    kept.layers.put(hand.noise(9, 9), 0, 0)
    assert recoverable() == []  # both are alive
    for document in (empty, kept):
        document.close()
    (found,) = recoverable()
    assert found.path == kept.path and not found.problem and thumbnail_of(found.path) is not None
    found.path.write_bytes(found.path.read_bytes()[:5000])
    assert "damaged" in recoverable()[0].problem
    other = Document.new()
    other.layers.add()
    other.discard()
    assert len(recoverable()) == 1


def test_a_synthetic_version_0_is_brought_up_to_date(hand):
    path = hand.saved()
    with closing(sqlite3.connect(path)) as db, db:
        for table in ("clips", "frames", "keyframes", "previews", "jobs", "job_known", "patches", "recipes"):
            db.execute(f"DROP TABLE {table}")
        db.execute("PRAGMA user_version = 0")
    document = Document.open(path)
    assert len(document.layers.all()) == 2 and not document.timeline.clips()
    assert document.jobs.add({}, Box(0, 0, 9, 9)).state == "waiting"
    assert document._file.db.execute("PRAGMA user_version").fetchone() == (VERSION,)
    document.close()


def test_version_2_is_exported_as_it_is_and_brought_up_to_date_when_opened(hand):
    from app.export.source import opened

    path = hand.saved()
    with closing(sqlite3.connect(path)) as db, db:
        for column in ("frame", "origin", "shape", "label"):
            db.execute(f"ALTER TABLE layers DROP COLUMN {column}")
        db.execute("PRAGMA user_version = 2")
    with opened(path) as reader:
        assert len(reader.layers()) == 2 and not reader.bounds().empty
    document = Document.open(path)
    assert [layer.label for layer in document.layers.all()] == ["", ""]
    assert document._file.db.execute("PRAGMA user_version").fetchone() == (VERSION,)
    document.close()


def test_version_3_gets_patches_that_know_their_sources(hand):
    path = hand.saved()
    with closing(sqlite3.connect(path)) as db, db:
        patches = db.execute("SELECT count(*) FROM patches").fetchone()[0]
        db.execute("ALTER TABLE patches DROP COLUMN taken")
        db.execute("PRAGMA user_version = 3")
    document = Document.open(path)
    found = document.patches_in(document.bounds)
    assert all(patch.taken == () for patch in found) and bool(found) == bool(patches)
    document.close()


def foreign(path: Path, version: int, application: int = APPLICATION, sql: str = "") -> None:
    with closing(sqlite3.connect(path)) as db, db:
        create(db)
        db.execute(f"PRAGMA application_id = {application}")
        db.execute(f"PRAGMA user_version = {version}")
        if sql:
            db.execute(sql)


def test_files_that_cannot_be_opened_are_told_and_left_alone(hand):
    path = hand.folder / "b.handscroll"
    trigger = "CREATE TRIGGER t AFTER INSERT ON meta BEGIN DELETE FROM layers; END"
    makers = {
        "newer Handscroll": lambda: foreign(path, VERSION + 1),
        "database of another program": lambda: foreign(path, VERSION, 0),
        "contains a trigger": lambda: foreign(path, VERSION, APPLICATION, trigger),
        "parts are missing": lambda: foreign(path, VERSION, APPLICATION, "DROP TABLE jobs"),
        "is not a Handscroll document": lambda: Image.fromarray(hand.noise(40, 40)).save(path, "PNG"),
        "is empty": lambda: path.write_bytes(b""),
        "cut short": lambda: path.write_bytes(b"SQLite"),
        "is a folder": path.mkdir,
        "does not exist": lambda: None,
    }
    for words, make in makers.items():
        make()
        before = path.read_bytes() if path.is_file() else None
        with pytest.raises(UserError, match=words):
            Document.open(path)
        assert {each.name for each in hand.folder.iterdir()} - {"data"} == ({path.name} if path.exists() else set())
        if path.is_dir():
            path.rmdir()
        elif path.exists():
            assert path.read_bytes() == before
            path.unlink()


def test_forty_damaged_variants(hand):
    original = hand.saved().read_bytes()
    random = np.random.default_rng(11)
    refused = 0
    for number in range(40):
        data = bytearray(original)
        if number < 10:
            data = data[: random.integers(1, len(data))]
        elif number < 20:
            data[random.integers(20, 100)] ^= 1 << random.integers(8)
        else:
            for at in random.integers(100, len(data), 2 ** (number // 4)):
                data[at] ^= 1 << random.integers(8)
        path = hand.folder / f"variant{number}.handscroll"
        path.write_bytes(data)
        document = None
        try:
            document = Document.open(path)
            hand.whole(document)
            document.patches_in(document.bounds)
            document.thumbnail()
        except UserError as error:
            refused += 1
            assert str(error).endswith("."), error
        finally:
            if document is not None:
                document.close()
        assert document is not None or path.read_bytes() == data
        assert document is not None or not (set(hand.folder.glob(f"variant{number}.*")) - {path})
    assert 15 < refused < 40


def test_a_full_disk_loses_nothing(document: Document, hand):
    layer = document.layers.put(hand.noise(300, 300), 0, 0)
    before, entries = hand.whole(document), document.history.entries()
    (pages,) = document._file.db.execute("PRAGMA page_count").fetchone()
    document._file.db.execute(f"PRAGMA max_page_count = {pages + 2}")
    for attempt in (
        lambda: document.layers.put(hand.noise(512, 512), 600, 0),
        lambda: document.layers.paint(layer.id, Box(0, 0, 256, 256), hand.noise(256, 256, 1)),
    ):
        with pytest.raises(UserError, match="no room left"):
            attempt()
        assert hand.whole(document) == before and document.history.entries() == entries
    document._file.db.execute(f"PRAGMA max_page_count = {pages + 2000}")
    document.layers.put(hand.noise(512, 512), 600, 0)
    assert document.bounds.width == 1112


def test_what_was_forgotten_leaves_the_file(hand):
    path = hand.saved()
    with closing(Document.open(path)) as document:
        for number in range(3):
            document.layers.delete(document.layers.put(hand.noise(300, 300, number), 0, 0).id)
        document.save()
        size = path.stat().st_size
        before = hand.whole(document)
        document.history.forget()
        document.compact()
        document.save()
        assert document.size == path.stat().st_size < size - 3 * 300 * 300 * 3
        assert hand.whole(document) == before


@pytest.mark.skipif(sys.platform == "win32", reason="has no limit for the size of files")
def test_without_room_to_make_the_file_smaller_nothing_is_lost(hand):
    import resource

    with closing(Document.open(hand.saved())) as document:
        document.layers.put(hand.noise(600, 600), 0, 0)
        before = hand.whole(document)
        document.history.forget()
        _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, most))  # as on a full disk: writing fails
        try:
            with pytest.raises(UserError):
                document.compact()
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
        assert not document.changed_elsewhere() and hand.whole(document) == before
        document.layers.put(hand.noise(100, 100), 0, 0)
        size = document.size
        document.compact()
        assert document.size < size


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="needs a user whom permissions bind")
def test_a_read_only_folder_is_told(hand):
    path = hand.saved()
    for mode, target in ((0o555, path.parent), (0o444, path)):
        before = target.stat().st_mode
        target.chmod(mode)
        try:
            with pytest.raises(UserError, match="write-protected"):
                Document.open(path)
        finally:
            target.chmod(before)
    Document.open(path).close()


PAINTS = """
import sys, numpy as np
from app.document import Document
from engine.request import Box
document = Document.open(sys.argv[1])
layer = document.layers.all()[0].id
for number in range(len(document.history.entries()) + 1, 10**6):
    document.layers.paint(layer, Box(number % 5 * 200, 0, 200, 200), np.full((200, 200, 3), number % 251, np.uint8))
    print(number, flush=True)
    if number % 7 == 0: document.settle(); document.save()
"""


def test_killed_at_any_moment_nothing_is_lost(hand):
    path = hand.saved()
    document = Document.open(path)
    document.jobs.set_state(document.jobs.all()[0].id, "running")
    document.close()
    for moment in (1, 13, 22, 35):
        environment = os.environ | {"OMP_NUM_THREADS": "1"}
        child = subprocess.Popen(
            [sys.executable, "-c", PAINTS, path], stdout=subprocess.PIPE, text=True, env=environment
        )
        with child:
            assert child.stdout is not None
            told = [int(child.stdout.readline()) for _ in range(moment)]
            os.kill(child.pid, signal.SIGKILL)
            told += [int(line) for line in child.stdout if line.endswith("\n")]
        assert lock_path(path).exists()
        copy = hand.folder / "killed.handscroll"
        for suffix in ("", "-wal"):
            if Path(f"{path}{suffix}").exists():
                shutil.copyfile(f"{path}{suffix}", f"{copy}{suffix}")
        document = Document.open(path)
        last = len(document.history.entries())
        assert last in (told[-1], told[-1] + 1) and document.history.head == document.history.entries()[-1].number
        assert document._file.db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        for number in range(max(last - 4, 4), last + 1):
            assert (document.read_layer(1, Box(number % 5 * 200, 0, 200, 200))[:, :, 0] == number % 251).all()
        assert document.jobs.all()[0].state == "paused" and len(document.jobs.painted(1)) == 1
        document.close()
        assert thumbnail_of(copy) is not None  # the log beside it is enough
    document = Document.new()
    document.save_as(copy)  # over a file whose log is still there
    document.layers.add()
    document.close()
    document = Document.open(copy)
    assert len(document.history.entries()) == 1 and document.bounds.empty
    document.close()
