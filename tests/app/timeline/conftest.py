"""A timeline on a real document, with an engine of flat colours, and hands for it."""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app import theme
from app.data_folder import HOME
from app.jobs.queue import JobQueue
from app.session import Session
from app.session.values import ClipView
from app.settings import Settings
from app.timeline.panel import TimelinePanel
from tests.app.inline_engines import FlatEngine, SteppingEngine

LONG = 20  # seconds; other work may have most of the processor
NONE, CTRL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier


class Bench:
    """The panel under its transport, as the dock has them."""

    def __init__(self, session: Session):
        self.session, self.timeline = session, session.timeline
        self.failures: list[str] = []
        session.failed.connect(self.failures.append)
        self.frame = QWidget()
        self.panel = TimelinePanel(session, self.frame)
        column = QVBoxLayout(self.frame)
        column.addWidget(self.panel.transport)
        column.addWidget(self.panel, 1)
        self.frame.resize(1000, 320)
        self.frame.show()
        self.tracks, self.scale = self.panel.tracks, self.panel.scale

    def clip(self, frames: int = 12, start: int = 0, size: tuple[int, int] = (96, 64)) -> ClipView:
        pixels = np.random.default_rng(1).integers(0, 256, (size[1], size[0], 3), dtype=np.uint8)
        self.session.documents.place_pixels(pixels, None, None, "Hills", at_once=True)
        self.timeline.playback.seek(start)
        made = self.timeline.clip_edits.make_clip(frames)
        assert made is not None, self.failures
        self.timeline.playback.seek(0)
        return self.view(made)

    def view(self, clip: int) -> ClipView:
        found = self.timeline.clip(clip)
        assert found is not None
        return found

    def pixels(self, clip: int, number: int) -> np.ndarray:
        found = self.timeline.frames.pixels(clip, number)
        assert found is not None
        return found

    def paint(self, clip: int) -> None:
        self.timeline.painting.animate(clip)
        self.until(
            lambda: set(self.timeline.frames.states(clip)) == {"done"} and self.timeline.painting.job(clip) is None
        )

    def until(self, true: Callable[[], object]) -> None:
        end = time.monotonic() + LONG
        while not true():
            assert time.monotonic() < end, "it did not come"
            QTest.qWait(5)

    # ---- hands

    def at(self, clip: ClipView, frame: float, words: bool = False) -> QPoint:
        """The middle of a frame of a clip, or of its words."""
        rect = self.tracks.lanes.words_rect(clip, 0, 1) if words else self.tracks.lanes.clip_rect(clip)
        x = self.scale.x(clip.start) + (frame + 0.5) * self.tracks.lanes.per_frame(clip)
        return QPointF(x, rect.center().y()).toPoint()

    def end_of(self, clip: ClipView) -> QPoint:
        return QPointF(self.scale.x(clip.end) - 2, self.tracks.lanes.clip_rect(clip).center().y()).toPoint()

    def begin_of(self, clip: ClipView) -> QPoint:
        return QPointF(self.scale.x(clip.start) + 2, self.tracks.lanes.clip_rect(clip).center().y()).toPoint()

    def drag(self, start: QPoint, right: float, down: float = 0, modifiers: Qt.KeyboardModifier = NONE) -> None:
        end = start + QPointF(right, down).toPoint()
        QTest.mousePress(self.tracks, Qt.MouseButton.LeftButton, NONE, start)
        for part in (0.3, 0.7, 1.0):
            at = QPointF(start) + QPointF(end - start) * part
            self.tracks.dragging.move(at, modifiers)  # QTest moves without the button that is held
        QTest.mouseRelease(self.tracks, Qt.MouseButton.LeftButton, modifiers, end)

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
        QTest.keyClick(self.tracks, key, modifiers)

    def history(self) -> list[str]:
        return [entry.name for entry in self.session.document.history.entries()]


@contextmanager
def opened(engine: SteppingEngine, folder: Path, qapp: QApplication) -> Iterator[Bench]:
    """A timeline with an engine, until it is put away."""
    settings = Settings(folder / "settings.json")
    theme.apply(qapp, settings)
    queue = JobQueue(engine, settings.get)
    session = Session(queue, settings)
    made = Bench(session)
    yield made
    made.frame.close()
    session.close()
    queue.close()
    made.frame.deleteLater()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot, qapp: QApplication) -> Iterator[Bench]:
    monkeypatch.setenv(HOME, str(tmp_path / "data"))
    folder = tmp_path / "data" / "models" / "film"  # only described: flat colours need no weights
    folder.mkdir(parents=True)
    config = {"tokenizer": {"compression": 4}, "decoder": {"side": 16, "extent": [1, 1, 2], "text": {"length": 8}}}
    (folder / "config.json").write_text(json.dumps(config))
    with opened(FlatEngine(patch_px=64), tmp_path, qapp) as made:
        yield made
