"""What the tests of the view share: a view on a real document, and ways to look at what it draws."""

import time
from pathlib import Path

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QRect
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from app import theme
from app.canvas.view import CanvasView
from app.document import Region
from app.jobs.queue import JobQueue
from app.qimages import pixels_of
from app.session import Session
from app.settings import Settings
from engine.request import Box, Patch, PatchPainted, Update
from tests.app.inline_engines import FlatEngine

WIDE, HIGH = 400, 300


class Desk:
    """A view of 400 × 300 without tools."""

    def __init__(self, folder: Path):
        self.settings = Settings(folder / "settings.json")
        self.settings.set("reduce_motion", True)
        self.settings.set("minimap", False)
        self.queue = JobQueue(FlatEngine(), self.settings.get)
        self.session = Session(self.queue, self.settings)
        self.view = CanvasView(self.session)
        self.view.resize(WIDE, HIGH)
        self.view.show()
        self.failures: list[str] = []
        self.session.failed.connect(self.failures.append)

    def close(self) -> None:
        self.view.close()
        self.session.close()
        self.queue.close()
        self.view.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    def noise(self, x: int, y: int, width: int = 300, height: int = 200, name: str = "Picture") -> np.ndarray:
        """Places a picture in which no two pixels are alike, and returns it."""
        pixels = np.random.default_rng(abs(x)).integers(0, 256, (height, width, 4), dtype=np.uint8)
        pixels[:, :, 3] = 255
        self.session.document.layers.put(pixels, x, y, name)
        return pixels

    def stage(self, box: Box) -> int:
        """A job that is waiting to be painted by hand."""
        job = self.session.document.jobs.add({}, Region(box))
        self.session.document.jobs.set_state(job.id, "paused")
        self.queue.changed.emit()
        return job.id

    def patch(self, job: int, box: Box, colour: tuple[int, int, int], column: int = 0) -> None:
        """A finished patch, in the file before its event."""
        pixels = np.full((box.height, box.width, 3), colour, np.uint8)
        painted = PatchPainted(Patch(column, 0), (Update(box, pixels),), np.zeros((16, 16), np.int32), 5.0)
        self.session.document.jobs.keep(job, painted)
        self.queue.painted.emit(job, painted)

    def rest(self) -> None:
        """Until everything is read and drawn at its best."""
        app, quiet, end = QApplication.instance(), 0, time.monotonic() + 5
        assert app is not None
        while quiet < 3 and time.monotonic() < end:
            app.processEvents()
            time.sleep(0.008)
            busy = not self.view.loader.idle or self.view._refine.isActive() or self.view._arrivals.isActive()
            quiet = 0 if busy else quiet + 1

    def seen(self) -> np.ndarray:
        """uint8 (height, width, 3), as the widget is now, nothing waited for."""
        image = QImage(self.view.size() * self.view.devicePixelRatioF(), QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(self.view.devicePixelRatioF())
        self.view.render(image, QPoint(), QRect(QPoint(), self.view.size()))  # type: ignore[arg-type]
        return pixels_of(image)[:, :, :3]

    def at(self, x: float, y: float) -> tuple[int, ...]:
        """The colour at a point of the canvas."""
        point = self.view.to_widget(x + 0.5, y + 0.5)
        ratio = self.view.devicePixelRatioF()
        return tuple(int(value) for value in self.seen()[int(point.y() * ratio), int(point.x() * ratio)])

    def corner(self, x: int, y: int) -> None:
        """Shows the canvas at 100 % with this pixel in the upper left corner."""
        self.view.camera.scale = 1.0
        self.view.centre_on(x + WIDE / 2, y + HIGH / 2)
        self.rest()


def token(name: str) -> tuple[int, int, int]:
    """A colour of the theme."""
    colour = theme.colour(name)
    return colour.red(), colour.green(), colour.blue()
