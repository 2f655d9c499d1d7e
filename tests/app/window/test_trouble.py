"""A full disk, a folder that may not be written, a file that another program changes: told in words, nothing lost."""

import os
import sqlite3
import sys
from contextlib import closing

import pytest

from app.document import Region
from engine.request import Box

from .conftest import Stage, noise


def limit(stage: Stage, pages: int) -> None:
    """Room for so many more pages, as on a disk that is nearly full; SQLite itself then finds none."""
    db = stage.session.document._file.db
    (used,) = db.execute("PRAGMA page_count").fetchone()
    db.execute(f"PRAGMA max_page_count = {used + pages}")


def said(stage: Stage) -> str:
    return " ".join(stage.window.toast.sentences)


def test_the_disk_is_full_while_painting_and_painting_goes_on_from_there(stage: Stage):
    def ended() -> bool:
        return bool(stage.session.staging.current and stage.session.staging.current.state in ("done", "failed"))

    region = Region(Box(256, 0, 1024, 512))
    stage.empty()
    stage.session.set_options(seed=5, seed_locked=True, variants=1)
    stage.hang()
    stage.session.set_region(region)
    stage.session.painting.paint()
    limit(stage, 1)
    stage.until(ended)
    limit(stage, 10_000)
    [job] = stage.session.document.jobs.all()
    kept = len(stage.session.document.jobs.doubts(job.id))
    assert job.state == "failed" and "no room left" in said(stage) and kept < 32
    stage.session.queue.resume(job.id)
    stage.until(lambda: stage.session.staging.current and stage.session.staging.current.state == "done")
    stage.session.staging.accept()
    painted = stage.session.document.read(region.box)
    stage.session.undo()
    stage.session.staging.discard()
    stage.session.set_region(region)
    stage.session.painting.paint()
    stage.until(ended)
    stage.session.staging.accept()
    assert (stage.session.document.read(region.box) == painted).all(), "as if there had always been room"


def test_the_disk_is_full_while_a_picture_comes_in(stage: Stage):
    stage.empty()
    stage.hang()
    before = stage.session.document.read(Box(0, 0, 256, 256))
    limit(stage, 2)
    stage.session.documents.place(stage.picture_file())
    stage.until(lambda: "no room left" in said(stage))
    assert len(stage.session.document.layers.all()) == 1
    limit(stage, 10_000)
    assert (stage.session.document.read(Box(0, 0, 256, 256)) == before).all()
    stage.session.documents.place(stage.picture_file())
    stage.until(lambda: len(stage.session.document.layers.all()) == 2)


def test_the_disk_is_full_while_a_picture_is_pasted(stage: Stage):
    stage.empty()
    stage.hang()
    before = stage.session.document.read(Box(0, 0, 256, 256))
    limit(stage, 1)
    stage.session.documents.place_pixels(noise(), 600, 128, "Pasted")
    assert "no room left" in said(stage) and len(stage.session.document.layers.all()) == 1
    limit(stage, 10_000)
    assert (stage.session.document.read(Box(0, 0, 256, 256)) == before).all()


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="needs a user whom permissions bind")
def test_a_folder_that_may_not_be_written(stage: Stage):
    stage.empty()
    stage.hang()
    locked = stage.folder / "locked"
    locked.mkdir()
    locked.chmod(0o555)
    stage.session.documents.save_as(locked / "hills.handscroll")
    assert "write-protected" in said(stage) and not stage.session.documents.named
    assert stage.session.document.bounds == Box(0, 0, 256, 256)


def test_a_place_that_is_no_folder(stage: Stage):
    """As above, for users whom no permission binds."""
    stage.empty()
    stage.hang()
    (stage.folder / "file").touch()
    stage.session.documents.save_as(stage.folder / "file" / "hills.handscroll")
    assert said(stage) and not stage.session.documents.named
    assert stage.session.document.bounds == Box(0, 0, 256, 256)


def test_a_file_that_another_program_has_changed(stage: Stage):
    stage.empty()
    stage.hang()
    path = stage.folder / "hills.handscroll"
    stage.session.documents.save_as(path)
    with closing(sqlite3.connect(path)) as other:
        other.execute("UPDATE layers SET name = 'Foreign'")
        other.commit()
    stage.session.documents.save()
    assert "changed by another program" in said(stage)
    copy = stage.folder / "copy.handscroll"
    stage.session.documents.save_as(copy)
    assert stage.session.document.path == copy
    assert stage.session.document.bounds == Box(0, 0, 256, 256)


def test_a_file_that_another_program_keeps_locked(stage: Stage):
    stage.empty()
    stage.hang()
    path = stage.folder / "held.handscroll"
    stage.session.documents.save_as(path)
    stage.session.document._file.db.execute("PRAGMA busy_timeout = 50")
    with closing(sqlite3.connect(path)) as other:
        other.execute("BEGIN IMMEDIATE")
        stage.session.layers.add_layer()
        assert "another program" in said(stage)
        other.rollback()
    count = len(stage.session.document.layers.all())
    stage.session.layers.add_layer()
    assert len(stage.session.document.layers.all()) == count + 1


def test_a_file_that_was_deleted_under_the_window(stage: Stage):
    stage.empty()
    stage.hang()
    path = stage.folder / "gone.handscroll"
    stage.session.documents.save_as(path)
    path.unlink()
    stage.session.documents.save()
    assert said(stage)
    copy = stage.folder / "rescued.handscroll"
    stage.session.documents.save_as(copy)
    assert copy.exists() and stage.session.document.bounds == Box(0, 0, 256, 256)
