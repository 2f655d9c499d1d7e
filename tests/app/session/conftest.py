"""A session with a real document, a real queue and an engine of flat colours, and all that it has said."""

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from app.document import Document, Region
from app.jobs.queue import JobQueue
from app.session import Session
from app.settings import Settings
from engine.request import Box
from tests.app.inline_engines import FlatEngine

PICTURE = Box(0, 0, 256, 256)
BESIDE = Box(256, 0, 256, 256)  # four patches of 128 px


class Studio:
    """A session, and all that it has said."""

    def __init__(self, folder: Path, qtbot: QtBot, path: Path | None = None):
        self.folder, self.qtbot = folder, qtbot
        self.settings = Settings(folder / "settings.json")
        self.engine = FlatEngine()
        self.queue = JobQueue(self.engine, self.settings.get)
        self.session = Session(self.queue, self.settings, Document.open(path) if path else None)
        self.closed = False
        self.heard: list[str] = []
        self.failures: list[str] = []
        self.staged: list[Box] = []
        self.session.failed.connect(self.failures.append)
        self.session.staged_changed.connect(self.staged.append)
        for name in ("opened", "layers_changed", "history_changed", "title_changed", "selection_changed"):
            getattr(self.session, name).connect(lambda name=name: self.heard.append(name))

    @property
    def document(self) -> Document:
        return self.session.document

    def place(self, name: str = "Hills", x: float | None = 128, y: float | None = 128) -> int:
        self.session.documents.place_pixels(noise(256, 256), x, y, name)
        assert self.session.selected is not None
        return self.session.selected

    def start(self, box: Box = BESIDE, **options: object) -> None:
        self.session.set_options(**options)
        self.session.set_region(Region(box))
        self.session.painting.paint()
        assert not self.failures, self.failures

    def paint(self, box: Box = BESIDE, **options: object) -> None:
        self.start(box, **options)
        self.until(self.all_done)

    def all_done(self) -> bool:
        return all(group.state == "done" for group in self.session.staging.groups())

    def until(self, so: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(so, timeout=10_000)

    def told(self, *words: str) -> None:
        """One failure, with these words in it."""
        assert len(self.failures) == 1, self.failures
        for word in words:
            assert word in self.failures[0]
        self.failures.clear()

    def close(self) -> None:
        if not self.closed:
            self.closed = True
            self.session.close()
            self.queue.close()


def noise(height: int, width: int) -> np.ndarray:
    return np.random.default_rng(height).integers(0, 256, (height, width, 3), dtype=np.uint8)


@pytest.fixture
def studio(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Studio]:
    monkeypatch.setenv("HANDSCROLL_DATA", str(tmp_path / "data"))
    made = Studio(tmp_path, qtbot)
    yield made
    made.close()
