"""The session with the real engine and a tiny model: regions that paint at once, and a hole in a picture."""

import time
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from app.document import Region
from app.jobs.engine_process import Engine
from app.jobs.queue import JobQueue
from app.session import Session
from app.settings import Settings
from engine.request import Box
from tests.app.inline_engines import InlineEngine

PICTURE = Box(0, 0, 384, 384)
LONG = 120_000  # ms
Start = Callable[[Engine | InlineEngine], Session]


@pytest.fixture
def start(qtbot: QtBot, tmp_path: Path, patch_model: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Start]:
    """Sessions with a picture in their document, by engine."""
    monkeypatch.setenv("HANDSCROLL_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    made: list[Session] = []

    def make(engine: Engine | InlineEngine) -> Session:
        settings = Settings(tmp_path / "settings.json")
        session = Session(JobQueue(engine, settings.get), settings)
        made.append(session)
        pixels = np.random.default_rng(3).integers(0, 256, (PICTURE.height, PICTURE.width, 3), dtype=np.uint8)
        session.documents.place_pixels(pixels, 192, 192, "Hills")
        session.set_options(model=str(patch_model), seed=4, seed_locked=True)
        return session

    yield make
    for session in made:
        session.close()
        session.queue.close()


def paint(session: Session, box: Box) -> None:
    session.set_region(Region(box))
    session.painting.paint()


def done(session: Session) -> bool:
    return all(group.state == "done" for group in session.staging.groups())


def test_two_regions_far_apart_paint_at_once(start: Start, qtbot: QtBot):
    session, told, failures = start(Engine()), [], []
    session.failed.connect(failures.append)
    session.set_options(exemplar=0.0)
    session.queue.painted.connect(lambda job, event: told.append((job, event.patch, time.monotonic())))
    boxes = (Box(384, 0, 128, 256), Box(-128 - 4096, 0, 128, 256))
    for box in boxes:
        paint(session, box)
    qtbot.waitUntil(lambda: done(session), timeout=LONG)
    first, second = (group.shown for group in session.staging.groups())
    assert [job for job, *_ in told].count(first.id) == [job for job, *_ in told].count(second.id) == 8
    turns = sum(before[0] != after[0] for before, after in pairwise(told))
    assert turns >= 4, f"one waited for the other: {[job for job, *_ in told]}"
    for job, box in zip((first, second), boxes, strict=True):
        assert job.region.box == box and (session.document.read_layer(job.layer, box)[:, :, 3] == 255).all()
    assert not failures


def test_a_hole_is_filled_and_not_a_pixel_around_it_changes(start: Start, qtbot: QtBot):
    """The hole is round and lies off the grid, so that patches are partly known."""
    session, failures = start(InlineEngine()), []
    session.failed.connect(failures.append)
    rows, columns = np.mgrid[:150, :150]
    hole = (rows - 75) ** 2 + (columns - 75) ** 2 < 70**2
    where = Box(110, 121, 150, 150)
    layer = session.document.layers.all()[0].id
    session.layers.erase(layer, where, (hole * 255).astype(np.uint8))
    before = session.document.read(PICTURE)
    known = before[:, :, 3] == 255
    assert (~known).sum() == hole.sum()
    session.set_region(Region(where))
    assert session.painting.verb() == "Fill"
    session.painting.paint()
    qtbot.waitUntil(lambda: done(session), timeout=LONG)
    assert np.array_equal(session.document.read(PICTURE), before), "nothing is in the picture before it is accepted"
    session.staging.accept()
    after = session.document.read(PICTURE)
    assert (after[:, :, 3] == 255).all()
    assert np.array_equal(after[known], before[known])
    assert len(np.unique(after[~known], axis=0)) > 20, "it was filled with something"
    assert session.document.layers.all()[-1].name == "Filled"
    session.undo()
    assert np.array_equal(session.document.read(PICTURE), before) and not failures
