"""Drives the real window with real mouse and keys through an X server, and prints what happened as one JSON object.

    xvfb-run -a -s "-screen 0 1600x1000x24" python tests/driven/paint_by_hand.py PICTURE FOLDER [MODEL]

The events come from xdotool, so they take the way of an artist's own; places on the screen are asked from the widgets.
"""

import json
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
from PySide6.QtCore import QPointF, QTimer
from PySide6.QtWidgets import QApplication

from app import theme
from app.document import Document, Region
from app.jobs.engine_process import Engine
from app.jobs.queue import JobQueue
from app.session import Session
from app.settings import Settings
from app.window import Window
from engine.request import Box

PATIENCE = 300  # seconds that painting may take
REGION = 640, 256  # px; ten patches of 128 px and more


class Hand:
    """Mouse and keyboard of the X server."""

    def __init__(self, app: QApplication):
        self.app = app

    def _do(self, *arguments: str) -> None:
        process = subprocess.Popen(["xdotool", *arguments])
        while process.poll() is None:
            self.wait(0.01)

    def wait(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.app.processEvents()
            time.sleep(0.001)

    def until(self, condition, seconds: float = PATIENCE) -> bool:
        end = time.monotonic() + seconds
        while not condition() and time.monotonic() < end:
            self.wait(0.005)
        return bool(condition())

    def drag(self, start: QPointF, end: QPointF) -> None:
        steps = [start + (end - start) * n / 8 for n in range(9)]
        self._do("mousemove", *_xy(steps[0]))
        self._do("mousedown", "1")
        for step in steps[1:]:
            self._do("mousemove", *_xy(step))
        self._do("mouseup", "1")
        self.wait(0.2)

    def press(self, *keys: str) -> None:
        for key in keys:
            self._do("key", "--clearmodifiers", key)
            self.wait(0.1)


def _xy(point: QPointF) -> tuple[str, str]:
    return str(round(point.x())), str(round(point.y()))


class Pulse:
    """The largest gap between two turns of the event loop, in milliseconds."""

    def __init__(self) -> None:
        self.gaps: list[float] = []
        self._last = time.perf_counter()
        self._timer = QTimer(interval=1)
        self._timer.timeout.connect(self._beat)

    def _beat(self) -> None:
        now = time.perf_counter()
        self.gaps.append((now - self._last) * 1000)
        self._last = now

    def start(self) -> None:
        self._last = time.perf_counter()
        self._timer.start()

    def stop(self) -> list[float]:
        self._timer.stop()
        return self.gaps


def main(picture: Path, folder: Path, model: str) -> dict:
    app = QApplication(sys.argv[:1])
    settings = Settings()
    theme.apply(app, settings)
    session = Session(JobQueue(Engine(), settings.get, settings_set=settings.set), settings)
    window = Window(session)
    view, hand = window.view, Hand(app)
    window.resize(1600, 1000)
    window.show()
    session.documents.open(picture)
    session.set_options(model=model, variants=1, seed=7, seed_locked=True)
    hand.wait(0.5)
    bounds = session.document.bounds
    view.fit(Box(bounds.x, bounds.y, bounds.width + REGION[0], max(bounds.height, REGION[1])).grow(32))
    assert hand.until(lambda: session.queue.status.state == "ready", 60), session.queue.status
    shots = [_shot(window, folder / "1-opened.png")]

    hand.press("c")
    wanted = Box(bounds.right, bounds.y, *REGION)
    corners = [view.mapToGlobal(view.to_widget(x, y)) for x, y in ((wanted.x, wanted.y), (wanted.right, wanted.bottom))]
    hand.drag(corners[0], corners[1])
    region: Region | None = session.region
    assert region is not None, "dragging made no region"
    hand.wait(0.5)
    shots.append(_shot(window, folder / "2-region.png"))

    before = session.document.read(bounds).copy()
    appeared: list[float] = []
    session.queue.painted.connect(lambda *_: appeared.append(time.monotonic()))
    pulse = Pulse()
    hand.press("ctrl+Return")
    assert hand.until(lambda: bool(session.staging.groups()), 5), "nothing was queued"
    pulse.start()
    assert hand.until(lambda: len(appeared) >= 1)
    hand.wait(0.3)
    pulse.stop()  # taking a picture of the window is no part of the program
    shots.append(_shot(window, folder / "3-painting.png"))
    pulse.start()
    assert hand.until(lambda: session.staging.groups() and session.staging.groups()[0].state == "done")
    gaps = pulse.stop()
    hand.wait(0.3)
    shots.append(_shot(window, folder / "4-staged.png"))

    hand.press("Return")
    accepted = session.document.read(region.box).copy()
    names = [entry.name for entry in session.document.history.entries()]
    hand.press("ctrl+z")
    undone = session.document.read(region.box).copy()
    hand.press("ctrl+shift+z")
    redone = session.document.read(region.box).copy()
    path = folder / "by-hand.handscroll"
    session.documents.save_as(path)
    window.close()
    hand.wait(0.3)
    reopened = Document.open(path)
    same = bool((reopened.read(region.box) == accepted).all())
    known = bool((reopened.read(bounds) == before).all())
    reopened.close()
    return {
        "region": list(region.box), "wanted": list(wanted), "patches": len(appeared),
        "one_after_another": bool(np.all(np.diff(appeared) > 0)), "history": names,
        "largest_gap_ms": round(max(gaps), 1), "p99_gap_ms": round(float(np.percentile(gaps, 99)), 1),
        "accepted_is_opaque": bool((accepted[..., 3] == 255).all()),
        "undone_is_empty": bool((undone[..., 3] == 0).all()), "redone_is_the_same": bool((redone == accepted).all()),
        "reopened_is_the_same": same, "known_unchanged": known, "screenshots": shots,
    }  # fmt: skip


def _shot(window, path: Path) -> str:
    window.grab().save(str(path))
    return path.name


if __name__ == "__main__":
    out = Path(sys.argv[2])
    out.mkdir(parents=True, exist_ok=True)
    print(json.dumps(main(Path(sys.argv[1]), out, sys.argv[3] if len(sys.argv) > 3 else "starter")))
