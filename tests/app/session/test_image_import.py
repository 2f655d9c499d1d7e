"""Large pictures: they come while the artist goes on, are one entry of the history, and never half there."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

from app.jobs.inline import FlatEngine
from app.jobs.queue import JobQueue
from app.session import Session
from app.session.documents import LARGE
from app.settings import Settings
from engine.request import Box

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
        self.qtbot.waitUntil(lambda: not self.session.placer.busy, timeout=20_000)

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
    session.place(desk.path, 1000, 500)
    assert session.placer.busy and not desk.layers and session.document.bounds.empty
    session.add_layer("Mine")
    session.undo()
    session.add_layer("Another")  # what was undone is forgotten, but nothing of what is on its way
    desk.wait()
    assert desk.layers == ["Another", "Hills"] and desk.names == ["Add layer", "Place Hills"]
    box = Box(*session.corner(WIDTH, HEIGHT, 1000, 500), WIDTH, HEIGHT)
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
        session.place(desk.path)
        session.place_pixels(desk.pixels[:, :, :3].copy(), None, None, "River")
        session.place_pixels(np.zeros((8, 8, 3), np.uint8), None, None, "Dot")  # a small one waits for its turn
        assert not desk.layers
    boxes = [session.document.layers.box(layer.id) for layer in session.document.layers.all()]
    assert desk.layers == ["Hills", "River", "Dot"]
    assert boxes[0].right < boxes[1].x and boxes[1].right < boxes[2].x


def test_opening_and_closing_leave_nothing_half_placed(desk: Desk):
    session = desk.session
    session.open(desk.path)
    desk.wait()
    assert desk.names == ["Place Hills"]
    before = desk.stored()
    session.place(desk.path)
    desk.qtbot.waitUntil(lambda: desk.stored() > before, timeout=20_000)
    session.placer.cancel()
    assert desk.stored() == before and desk.names == ["Place Hills"] and not session.placer.busy
    session.place(desk.path)
    session.new()
    assert not session.placer.busy and not desk.names and not desk.failures


def test_what_cannot_be_read_is_told(desk: Desk):
    whole = desk.path.read_bytes()
    desk.path.write_bytes(whole[: len(whole) // 2])
    desk.session.place(desk.path)
    desk.session.place_pixels(desk.pixels, None, None, "River")
    desk.wait()
    assert len(desk.failures) == 1 and "Hills.png is damaged" in desk.failures[0]
    assert desk.layers == ["River"]
