"""A window with the engine that paints flat colours, real documents, and hands for what is modal."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox, QPushButton

from app import theme
from app.data_folder import HOME
from app.document import Region
from app.jobs.queue import JobQueue
from app.session import Session
from app.session.values import ClipView
from app.settings import Settings
from app.window import Window
from engine.request import Box
from tests.app.inline_engines import FlatEngine

from ..film_desk import describe_film_model

PICTURE = Box(0, 0, 256, 256)
BESIDE = Box(256, 0, 256, 256)
LONG = 20  # seconds; other work may have most of the processor


Kind = TypeVar("Kind", bound=QDialog)


class Stage:
    """A window and what a test does with it."""

    def __init__(self, window: Window, folder: Path):
        self.window, self.folder = window, folder
        self.session, self.settings, self.view = window.session, window.settings, window.view
        self.document_before = None

    def until(self, true: Callable[[], object]) -> None:
        end = time.monotonic() + LONG
        while not true():
            assert time.monotonic() < end, "it did not come"
            QTest.qWait(10)

    def empty(self) -> None:
        """A new document, whatever was there before."""
        self.session.documents.new()
        self.window.files._untouched = None
        while self.window.toast.sentences:
            self.window.toast.next()

    def hang(self) -> None:
        """A picture of 256×256 px."""
        self.session.documents.place_pixels(noise(), 128, 128, "Noise")

    def frame(self) -> None:
        """A picture, and a region to its right."""
        self.hang()
        self.session.set_region(Region(BESIDE))

    def stage(self, variants: int = 2) -> None:
        """Variants that are painted and wait to be chosen from."""
        self.frame()
        self.session.set_options(variants=variants)
        self.session.painting.paint()
        self.until(lambda: self.session.staging.current and self.session.staging.current.state == "done")

    def clip(self, frames: int = 24) -> ClipView:
        """A picture that has been put on the timeline."""
        self.hang()
        self.do("make_clip")
        self.session.timeline.clip_edits.extend(self.chosen().id, frames)
        return self.chosen()

    def chosen(self) -> ClipView:
        found = self.session.timeline.chosen
        assert found is not None, self.window.toast.sentences
        return found

    def do(self, name: str) -> None:
        """An entry of the menus, as a click on it; it has to be possible."""
        action = self.window.actions_[name]
        assert action.isEnabled(), f"{name} is not possible"
        action.trigger()

    def picture_file(self, name: str = "noise.png") -> Path:
        path = self.folder / name
        Image.fromarray(noise()).save(path)
        return path

    def dialog(self, kind: type[Kind]) -> Kind:
        """The one of this kind that is open."""
        found = [each for each in self.window.findChildren(kind) if each.isVisible()]
        assert len(found) == 1, f"{len(found)} of {kind.__name__}"
        return found[0]

    @staticmethod
    def answer(*buttons: str) -> None:
        """Clicks these buttons of the questions that will come, one after the other."""
        waiting = list(buttons)
        clock = QTimer(QApplication.instance(), interval=10)

        def look() -> None:
            box = QApplication.activeModalWidget()
            if isinstance(box, QMessageBox):
                button = next(each for each in box.findChildren(QPushButton) if each.text() == waiting[0])
                waiting.pop(0)
                if not waiting:
                    clock.stop()
                    clock.deleteLater()
                button.click()

        clock.timeout.connect(look)
        clock.start()


def noise(width: int = 256, height: int = 256) -> np.ndarray:
    return np.random.default_rng(1).integers(0, 256, (height, width, 3), dtype=np.uint8)


def _tidy() -> None:
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    QCoreApplication.processEvents()


def open_stage(folder: Path, **settings: object) -> Stage:
    kept = Settings()
    for key, value in {"reduce_motion": True, "welcomed": True, **settings}.items():
        kept.set(key, value)
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    theme.apply(application, kept)
    session = Session(JobQueue(FlatEngine(), kept.get, settings_set=kept.set), kept)
    window = Window(session)
    window.show()
    stage = Stage(window, folder)
    stage.until(lambda: window._greeted)
    stage.until(lambda: window.screen().availableGeometry().contains(window.frameGeometry()))
    window.resize(1200, 800)  # not sooner: once, soon after it is shown, a window fits itself into the screen
    return stage


def close_stage(stage: Stage) -> None:
    if stage.window.isVisible():
        stage.window.files.leave()
        stage.window.session.queue.close()
        stage.window.hide()
    stage.window.deleteLater()
    QApplication.clipboard().clear()  # what Python made and Qt frees only after Python has ended, crashes the process
    _tidy()


@pytest.fixture(scope="module")
def one_window(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """For tests that each begin with a new document; a window takes a moment to make."""
    folder = tmp_path_factory.mktemp("artist")
    with pytest.MonkeyPatch.context() as patch:
        data = tmp_path_factory.mktemp("data")
        patch.setenv(HOME, str(data))
        describe_film_model(data / "models" / "film")
        stage = open_stage(folder)
        yield stage
        close_stage(stage)


@pytest.fixture
def stage(one_window: Stage) -> Stage:
    one_window.empty()
    return one_window


@pytest.fixture
def fresh(qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    """A window of its own, for tests that close it."""
    monkeypatch.setenv(HOME, str(tmp_path / "data"))
    (tmp_path / "artist").mkdir()
    made = open_stage(tmp_path / "artist")
    yield made
    close_stage(made)
