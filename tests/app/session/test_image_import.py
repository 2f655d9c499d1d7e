"""Large pictures: they come while the artist goes on, are one entry of the history, and never half there."""

import io
import sqlite3
import zipfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

from app.jobs.queue import JobQueue
from app.session import Session
from app.session.documents import LARGE
from app.settings import Settings
from engine.request import Box
from tests.app.inline_engines import FlatEngine

WIDTH, HEIGHT = 1500, 800
assert WIDTH * HEIGHT > LARGE


class Desk:
    """A session, what it said, and a large picture in a file."""

    def __init__(self, folder: Path, qtbot: QtBot):
        self.folder, self.qtbot = folder, qtbot
        queue = JobQueue(FlatEngine())
        self.session = Session(queue, Settings(folder / "settings.json"))
        self.failures: list[str] = []
        self.said: list[str] = []
        self.session.failed.connect(self.failures.append)
        self.session.said.connect(self.said.append)
        self.pixels = np.random.default_rng(1).integers(0, 256, (HEIGHT, WIDTH, 4), dtype=np.uint8)
        self.pixels[:, :, 3] |= 1  # colours under what is not seen at all are not kept in every format
        self.path = folder / "Hills.png"
        Image.fromarray(self.pixels).save(self.path, compress_level=0)

    @property
    def names(self) -> list[str]:
        return [entry.name for entry in self.session.document.history.entries()]

    @property
    def layers(self) -> list[str]:
        return [layer.name for layer in self.session.document.layers.all()]

    def wait(self) -> None:
        self.qtbot.waitUntil(lambda: not self.session.documents.placer.busy, timeout=20_000)

    def stored(self) -> tuple[int, int]:
        """Layers and bytes of tiles that are in the file."""
        with sqlite3.connect(self.session.document.path) as db:
            found = [db.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in ("layers", "blobs")]
        db.close()
        return found[0], found[1]


@pytest.fixture
def desk(tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setenv("HANDSCROLL_DATA", str(tmp_path / "data"))
    made = Desk(tmp_path, qtbot)
    yield made
    made.session.close()
    made.session.queue.close()


def test_a_large_picture_is_placed_while_the_artist_goes_on(desk: Desk):
    session = desk.session
    session.documents.place(desk.path, 1000, 500)
    assert session.documents.placer.busy and not desk.layers and session.document.bounds.empty
    session.layers.add_layer("Mine")
    session.undo()
    session.layers.add_layer("Another")  # what was undone is forgotten, but nothing of what is on its way
    desk.wait()
    assert desk.layers == ["Another", "Hills"] and desk.names == ["Add layer", "Place Hills"]
    box = Box(*session.documents.corner(WIDTH, HEIGHT, 1000, 500), WIDTH, HEIGHT)
    assert session.document.bounds == box and np.array_equal(session.document.read(box), desk.pixels)
    assert session.selected == session.document.layers.all()[-1].id
    guide = session.document.guide
    assert guide is not None and (guide.x, guide.y) == (box.x, box.y)
    assert "Hills is placed." in desk.said and "Placing Hills, 1500 × 800 px …" in desk.said
    session.undo()
    assert desk.layers == ["Another"] and session.document.bounds.empty
    session.redo()
    assert np.array_equal(session.document.read(box), desk.pixels) and not desk.failures


def test_several_lie_beside_one_another(desk: Desk):
    session = desk.session
    with desk.qtbot.waitSignal(session.placed, timeout=20_000):
        session.documents.place(desk.path)
        session.documents.place_pixels(desk.pixels[:, :, :3].copy(), None, None, "River")
        session.documents.place_pixels(
            np.zeros((8, 8, 3), np.uint8), None, None, "Dot"
        )  # a small one waits for its turn
        assert not desk.layers
    boxes = [session.document.layers.box(layer.id) for layer in session.document.layers.all()]
    assert desk.layers == ["Hills", "River", "Dot"]
    assert boxes[0].right < boxes[1].x and boxes[1].right < boxes[2].x


def test_opening_and_closing_leave_nothing_half_placed(desk: Desk):
    session = desk.session
    session.documents.open(desk.path)
    desk.wait()
    assert desk.names == ["Place Hills"]
    before = desk.stored()
    session.documents.place(desk.path)
    desk.qtbot.waitUntil(lambda: desk.stored() > before, timeout=20_000)
    session.documents.placer.cancel()
    assert desk.stored() == before and desk.names == ["Place Hills"] and not session.documents.placer.busy
    session.documents.place(desk.path)
    session.documents.new()
    assert not session.documents.placer.busy and not desk.names and not desk.failures


def test_what_cannot_be_read_is_told(desk: Desk):
    whole = desk.path.read_bytes()
    desk.path.write_bytes(whole[: len(whole) // 2])
    desk.session.documents.place(desk.path)
    desk.session.documents.place_pixels(desk.pixels, None, None, "River")
    desk.wait()
    assert len(desk.failures) == 1 and "Hills.png is damaged" in desk.failures[0]
    assert desk.layers == ["River"]


def test_a_placed_picture_keeps_its_full_size(desk: Desk):
    """With a transparent rim, small and large, also when it is exported, duplicated, moved and reopened."""
    session = desk.session
    for side in (300, 1500):
        pixels = np.zeros((side, side, 4), np.uint8)
        pixels[20:200, 60:180] = 200
        session.documents.place_pixels(pixels, side / 2, side / 2, "Crop it")
        desk.wait()
        layer = session.document.layers.all()[-1]
        assert session.document.layers.box(layer.id) == Box(0, 0, side, side)
        session.layers.move_layer(layer.id, 16, 32)
        session.layers.duplicate(layer.id)
        assert session.document.layers.box(session.document.layers.all()[-1].id) == Box(16, 32, side, side)
    path = desk.folder / "cut out.handscroll"
    session.documents.save_as(path)
    session.documents.open(path)
    assert session.document.bounds == Box(16, 32, 1500, 1500)


STACK = """<image w="1200" h="1000"><stack><layer name="Over" src="a.png" x="7" y="9" opacity="0.5"/>
<layer name="Under" src="b.png" visibility="hidden"/></stack></image>"""


@pytest.mark.parametrize("size", [(1200, 1000), (120, 100)])
def test_layers_of_other_programs_are_placed_as_layers(desk: Desk, size: tuple[int, int]):
    session, path = desk.session, desk.folder / "Hills.ora"
    with zipfile.ZipFile(path, "w") as pack:
        pack.writestr("mimetype", "image/openraster")
        pack.writestr("stack.xml", STACK)
        for name, pixels in (("a.png", desk.pixels[:40, :50]), ("b.png", desk.pixels[:90, :80])):
            packed = io.BytesIO()
            Image.fromarray(pixels).save(packed, "PNG")
            pack.writestr(name, packed.getvalue())
        packed = io.BytesIO()
        Image.new("RGB", size).save(packed, "PNG", dpi=(300, 300))
        pack.writestr("mergedimage.png", packed.getvalue())
    session.documents.open(path)
    desk.wait()
    under, over = session.document.layers.all()
    assert (under.name, under.visible, over.name, over.opacity) == ("Under", False, "Over", 0.5)
    assert np.array_equal(session.document.read_layer(over.id, Box(7, 9, 50, 40)), desk.pixels[:40, :50])
    assert np.array_equal(session.document.read_layer(under.id, Box(0, 0, 80, 90)), desk.pixels[:90, :80])
    assert desk.names == ["Place Hills"] and session.selected == over.id and not desk.failures
    assert session.document.metadata.dpi == pytest.approx((300, 300), abs=0.1)
    session.undo()
    assert not desk.layers


def test_a_drawing_is_placed_large_enough_to_look_at(desk: Desk):
    path = desk.folder / "Sign.svg"
    path.write_text('<svg xmlns="http://www.w3.org/2000/svg" width="20" height="10"><rect width="10" height="10" '
                    'fill="#c8452f"/></svg>')  # fmt: skip
    desk.session.documents.place(path)
    desk.wait()
    box = desk.session.document.bounds
    assert box[2:] == (1024, 512)
    pixels = desk.session.document.read(box)
    assert (pixels[:, :500] == (0xC8, 0x45, 0x2F, 255)).all() and not pixels[:, 520:].any()
    path.write_text("<svg")
    desk.session.documents.place(path)
    assert "not a drawing" in desk.failures[-1]


def test_what_a_picture_says_of_itself_is_kept_for_the_export(desk: Desk):
    from app.export import ExportRequest, export

    exif = Image.Exif()
    exif[0x010E], exif[0x8298] = "Hills", "(c) me"
    Image.fromarray(desk.pixels[:, :, :3]).save(desk.path, exif=exif, dpi=(300, 300))
    desk.session.documents.open(desk.path)
    desk.wait()
    desk.session.documents.place_pixels(desk.pixels, None, None, "River")
    desk.wait()
    for ending, kept in (("jpg", True), ("png", True), ("tif", True), ("png", False)):
        out = desk.folder / f"out.{ending}"
        export(desk.session.document, ExportRequest(out, metadata=kept))
        with Image.open(out) as image:
            assert (image.getexif().get(0x8298) == "(c) me") == kept
            assert ("dpi" in image.info) == kept
