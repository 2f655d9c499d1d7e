"""`handscroll export`, run in this process on real documents."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import tifffile
from PIL import Image

from app.data_folder import HOME
from app.document import Document
from engine.media.images import read_recipe
from engine.request import Box


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch):
    """A folder with a document that holds two layers, and the command line."""
    from tests.app.conftest import Studio

    class Desk(Studio):
        def export(self, output: str, *arguments: object):
            return self.run("export", self.folder / "d.handscroll", "-o", self.folder / output, *arguments)

    monkeypatch.setenv(HOME, str(tmp_path / "data"))
    desk = Desk(tmp_path, tmp_path, capsys)
    document = Document.new()
    document.layers.put(desk.noise(300, 200), -20, -10, "Hills")
    document.layers.put(desk.noise(60, 50, 4), 300, 10, "Mist")
    document.save_as(tmp_path / "d.handscroll")
    document.save()
    document.close()
    return desk


@pytest.fixture
def opened(desk) -> Iterator[Document]:
    document = Document.open(desk.folder / "d.handscroll")
    yield document
    document.close()


def read(path: Path) -> np.ndarray:
    return np.asarray(Image.open(path))


def test_the_whole_picture_while_it_is_open_elsewhere(desk, opened):
    ended = desk.export("a.png", "--json")
    figures = ended.figures
    assert np.array_equal(read(desk.folder / "a.png"), opened.read(opened.bounds))
    assert figures["size"] == [380, 200] and figures["format"] == "PNG" and figures["notes"] == []
    assert figures["files"] == [{"path": str(desk.folder / "a.png"), "bytes": figures["bytes"]}]
    assert figures["seconds"] > 0 and figures["peak_memory_mib"] > 0
    assert (read_recipe(desk.folder / "a.png") or {})["layers"] == ["Hills", "Mist"]
    opened.layers.add()  # who has it open may go on


def test_a_region_in_sixteen_bits_without_recipe(desk, opened):
    ended = desk.export("a.tif", "--region", "-20,-10,31,17", "--bits", 16, "--no-recipe")
    assert ended.code == 0 and "a.tif: 31×17" in ended.out and not ended.err
    expected = opened.read(Box(-20, -10, 31, 17))[:, :, :3].astype(np.uint16) * 257
    assert np.array_equal(tifffile.imread(desk.folder / "a.tif"), expected)


def test_layers_by_name_and_each_of_them(desk, opened):
    assert desk.export("a.png", "--layer", "mist").code == 0
    mist = opened.layers.all()[1]
    assert np.array_equal(read(desk.folder / "a.png"), opened.read_layer(mist.id, opened.layers.box(mist.id)))
    ended = desk.export("b.png", "--each-layer")
    assert ended.code == 0 and ended.out.count("\n") == 2
    assert {"b-Hills.png", "b-Mist.png"} < desk.left_behind()
    desk.export("c.png", "--layer", "Sea").told(1, "no layer “Sea”", "“Hills”, “Mist”")


def test_scaled_in_tiles_with_a_note(desk):
    ended = desk.export("a.webp", "--scale", 0.5, "--tiles", "100x60", "--quality", 100, "--json")
    assert len(ended.figures["files"]) == 5 and "how the 4 tiles are put together" in ended.figures["notes"][0]
    assert read(desk.folder / "a_r0_c1.webp").shape[:2] == (60, 90)


def test_ground_for_transparent_parts(desk):
    ended = desk.export("a.jpg", "--ground", "#010203", "--quality", 100)
    assert ended.code == 0 and "JPEG stores pixels approximately" in ended.err
    assert np.abs(read(desk.folder / "a.jpg")[190, 330].astype(int) - [1, 2, 3]).max() < 4


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("a.gif",), 1, ["suffixes", ".png"]),
        (("none/a.png",), 1, ["does not exist"]),
        (("a.jpg", "--bits", 16), 2, ["--bits 16", ".png"]),
        (("a.ora", "--each-layer"), 2, ["all layers"]),
        (("a.png", "--region", "1,2,3"), 2, ["“1,2,3”", "0,-128,1024,768"]),
        (("a.png", "--scale", 0), 2, ["above 0"]),
        (("a.png", "--scale", 100), 1, ["at most 64"]),
        (("a.png", "--quality", 101), 2, ["1 to 100"]),
        (("a.png", "--ground", "red"), 2, ["e9e4d8"]),
        (("a.webp", "--scale", 60), 1, ["16 383", "--tiles"]),
        (("d.handscroll",), 1, ["suffixes"]),
    ],
)
def test_mistakes_are_one_line(desk, arguments, code, words):
    before = desk.left_behind()
    desk.export(*arguments).told(code, *words)
    assert desk.left_behind() == before


@pytest.mark.parametrize(
    ("content", "words"), [(None, "does not exist"), (b"", "is empty"), (b"x" * 200, "not a Handscroll document")]
)
def test_what_is_no_document(desk, content, words):
    path = desk.folder / "e.handscroll"
    if content is not None:
        path.write_bytes(content)
    desk.run("export", path, "-o", desk.folder / "a.png").told(1, words)
    assert not (desk.folder / "a.png").exists()


def test_interrupted_nothing_is_left(desk, monkeypatch):
    from app.export.scaling import ScaledView

    strips = ScaledView.strips

    def interrupted(self, part):
        os.kill(os.getpid(), signal.SIGINT)
        return strips(self, part)

    monkeypatch.setattr(ScaledView, "strips", interrupted)
    before = desk.left_behind()
    desk.export("a.png").told(130, "nothing was written")
    assert desk.left_behind() == before


def test_neither_torch_nor_a_window_is_needed(desk):
    code = (
        "import sys; from app.cli import main; code = main(sys.argv[1:]); "
        "sys.exit(code or bool({'torch', 'PySide6'} & set(sys.modules)))"
    )
    arguments = ["export", str(desk.folder / "d.handscroll"), "-o", str(desk.folder / "a.png")]
    assert subprocess.run([sys.executable, "-c", code, *arguments], stdout=subprocess.DEVNULL).returncode == 0
