"""An easel for the tests of the canvas: a real document in a session with a flat engine, a view, tools and the bar."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app import theme
from app.canvas.overlays.overlays import overlays
from app.canvas.pointer import Pointer
from app.canvas.region_bar.bar import Bar
from app.canvas.tools.toolbox import ToolBox
from app.canvas.view import CanvasView
from app.document import Region
from app.jobs.queue import JobQueue
from app.session import Session
from app.settings import Settings
from engine.request import Box
from tests.app.inline_engines import FlatPainter, SteppingEngine

NONE = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier


class Easel:
    """Drives tools in canvas pixels, as the view would from mouse and keys."""

    def __init__(self, session: Session, qtbot: QtBot):
        self.session, self.qtbot = session, qtbot
        self.view = CanvasView(session)
        self.toolbox = ToolBox(session, self.view)
        self.view.hands = self.toolbox
        self.view.overlays = overlays(session, self.toolbox, self.view.film)
        self.bar = Bar(session, self.view, self.toolbox)
        self.view.resize(1000, 700)
        self.failures: list[str] = []
        session.failed.connect(self.failures.append)

    # ---- hands

    def point(self, kind: str, x: float, y: float, modifiers: Qt.KeyboardModifier = NONE, **more: object) -> bool:
        left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
        button = left if kind in ("press", "release") else none
        buttons = left if kind in ("press", "move") else none
        at: QPointF = self.view.to_widget(x, y)
        return self.toolbox.pointer(Pointer(kind, x, y, at, button, buttons, modifiers, **more))  # type: ignore[arg-type]

    def drag(self, *points: tuple[float, float], modifiers: Qt.KeyboardModifier = NONE, **more: object) -> None:
        self.point("press", *points[0], modifiers, **more)
        for point in points[1:]:
            self.point("move", *point, modifiers, **more)
        self.point("release", *points[-1], modifiers, **more)

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE, pressed: bool = True) -> bool:
        kind = QEvent.Type.KeyPress if pressed else QEvent.Type.KeyRelease
        return self.toolbox.key(QKeyEvent(kind, key, modifiers), pressed)

    # ---- what there is

    def place(self, width: int = 256, height: int = 256, x: int = 0, y: int = 0, name: str = "Picture") -> int:
        """A layer of smooth colours; returns its number."""
        across, down = np.meshgrid(np.arange(width) % 256, np.arange(height) % 256)
        pixels = np.stack([across, down, np.full_like(across, 90)], 2).astype(np.uint8)
        layer = self.session.document.layers.put(pixels, x, y, name)
        self.session.select(layer.id)
        return layer.id

    @property
    def box(self) -> Box | None:
        return None if self.session.region is None else self.session.region.box

    def paint(self, box: Box, variants: int = 1) -> None:
        """Paints a region to its end."""
        self.session.set_options(variants=variants)
        self.session.set_region(Region(box))
        self.session.painting.paint()
        self.qtbot.waitUntil(self.all_done, timeout=8000)

    def all_done(self) -> bool:
        group = self.session.staging.current
        return group is not None and group.state == "done"

    def history(self) -> list[str]:
        return [entry.name for entry in self.session.document.history.entries()]


@pytest.fixture
def painter() -> FlatPainter:
    return FlatPainter()


@pytest.fixture
def easel(
    painter: FlatPainter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot, qapp: QApplication
) -> Iterator[Easel]:
    monkeypatch.setenv("HANDSCROLL_DATA", str(tmp_path))
    settings = Settings(tmp_path / "settings.json")
    settings.set("reduce_motion", True)
    theme.apply(qapp, settings)
    queue = JobQueue(SteppingEngine(painter), settings.get)
    session = Session(queue, settings)
    made = Easel(session, qtbot)
    made.view.show()
    yield made
    session.set_region(None)
    made.view.close()
    session.close()
    queue.close()
    made.view.deleteLater()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
