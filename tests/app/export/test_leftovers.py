"""Half-written files of a program that died, and of one that lives."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.document import Document
from app.document.temp_files import clear_away, notes_folder
from app.export.image import ExportFiles, ExportRequest, export

DIES = """
import os, sys
from pathlib import Path
from app.export.image import ExportFiles
with ExportFiles() as files, files.beside(Path(sys.argv[1])) as file:
    file.write(b"half")
    file.flush()
    os.kill(os.getpid(), 9)
"""


COPY_DIES = """
import os, sys
from pathlib import Path
import numpy as np
from app.document import Document
from app.document import file
document = Document.new()
document.layers.put(np.zeros((64, 64, 3), np.uint8), 0, 0)
journal = Path(sys.argv[1] + ".part-journal")  # SQLite has one while it writes
file.os.fsync = lambda handle: (journal.write_text("half"), os.kill(os.getpid(), 9))
document.save_copy(sys.argv[1])
"""


@pytest.fixture
def half(out: Path, home: Path) -> Path:
    """What was left behind, beside a file of somebody else."""
    subprocess.run([sys.executable, "-c", DIES, str(out / "a ä.png")], env={**os.environ, "HANDSCROLL_DATA": str(home)})
    (half,) = out.iterdir()
    return half


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_the_next_export_of_any_name_clears_away_what_a_dead_one_left(half: Path, out: Path, document: Document):
    (out / "mine.part").write_text("not an export")
    export(document, ExportRequest(out / "b.png"))
    assert {path.name for path in out.iterdir()} == {"b.png", "mine.part"}
    assert list(notes_folder().iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_so_does_the_next_start(half: Path):
    assert clear_away() == [half] and not half.exists() and clear_away() == []


def test_what_a_living_export_writes_stays(out: Path):
    with ExportFiles() as files, files.beside(out / "a.png") as file:
        file.write(b"half")
        assert clear_away() == [] and len(list(out.iterdir())) == 1
    assert list(notes_folder().iterdir()) == []


def test_a_note_names_nothing_else_to_be_removed(out: Path):
    kept = out / "picture.png"
    kept.write_text("mine")
    notes_folder().mkdir(parents=True)
    (notes_folder() / "1-x.txt").write_text(f"1\n{kept}\n\0\n")
    assert clear_away() == [] and kept.exists()


def test_without_a_place_for_notes_the_export_goes_on(out: Path, document: Document):
    notes_folder().write_text("no folder")
    assert export(document, ExportRequest(out / "a.png")) == [out / "a.png"]


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
@pytest.mark.parametrize("way", ["start", "copy"])
def test_a_copy_of_a_document_that_died_half_way_is_cleared_away(out: Path, home: Path, document: Document, way: str):
    name = str(out / "copy.handscroll")
    subprocess.run([sys.executable, "-c", COPY_DIES, name], env={**os.environ, "HANDSCROLL_DATA": str(home)})
    left = {f"copy.handscroll{suffix}" for suffix in (".part", ".part-journal", ".lock")}
    assert {path.name for path in out.iterdir()} == left
    if way == "start":
        assert clear_away() == [out / "copy.handscroll.part"]
        assert not list(out.iterdir())
    else:
        document.save_copy(out / "other.handscroll")
        assert [path.name for path in out.iterdir()] == ["other.handscroll"]
    assert list(notes_folder().iterdir()) == []
