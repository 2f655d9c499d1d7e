"""A session with a real document, a real queue and an engine that paints flat colours."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from app import theme
from app.document import Region
from app.jobs.queue import JobQueue
from app.session import Session
from app.settings import Settings
from engine.request import Box
from tests.app.inline_engines import FlatEngine

BESIDE = Box(256, 0, 256, 256)  # the picture that `place` puts down


class Studio:
    """What tests of the panels do again and again."""

    def __init__(self, session: Session, engine: FlatEngine, qtbot: QtBot):
        self.session, self.engine, self.qtbot = session, engine, qtbot
        self.failures: list[str] = []
        session.failed.connect(self.failures.append)

    @property
    def document(self):
        return self.session.document

    @property
    def names(self) -> list[str]:
        """Of the layers, the topmost first."""
        return [layer.name for layer in reversed(self.document.layers.all())]

    def place(self, name: str = "Picture", x: int = 128, y: int = 128, side: int = 256) -> int:
        pixels = np.random.default_rng(len(name)).integers(0, 256, (side, side, 3), dtype=np.uint8)
        self.session.documents.place_pixels(pixels, x, y, name)
        assert self.session.selected is not None
        return self.session.selected

    def start(self, box: Box = BESIDE, **options: object) -> None:
        self.session.set_options(**options)
        self.session.set_region(Region(box))
        self.session.painting.paint()
        assert not self.failures, self.failures

    def paint(self, box: Box = BESIDE, **options: object) -> None:
        self.start(box, **options)
        self.until(lambda: self.session.staging.groups()[-1].state == "done")

    def until(self, so: object) -> None:
        self.qtbot.waitUntil(so, timeout=5000)  # type: ignore[arg-type]

    def show(self, panel):
        self.qtbot.addWidget(panel)
        panel.resize(300, 500)
        panel.show()
        self.qtbot.waitExposed(panel)
        self.qtbot.wait(5)
        return panel


@pytest.fixture
def studio(qtbot: QtBot, qapp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Studio]:
    monkeypatch.setenv("HANDSCROLL_DATA", str(tmp_path))
    settings = Settings(tmp_path / "settings.json")
    theme.apply(qapp, settings)
    engine = FlatEngine()
    queue = JobQueue(engine, settings.get)
    session = Session(queue, settings)
    yield Studio(session, engine, qtbot)
    session.close()
    queue.close()
