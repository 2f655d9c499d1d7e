"""Measures the canvas with a picture of 38912×2048: `python tests/bench_canvas.py [FOLDER]`; FOLDER keeps the document.

Prints p50, p95 and largest milliseconds of a frame at 1920×1080, of a new patch from its event to the screen, of the
first picture after opening, and the memory of the process. It asserts nothing: figures depend on the machine.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parent.parent))
os.environ["HANDSCROLL_DATA"] = tempfile.mkdtemp()

import numpy as np
from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QApplication

from app.canvas.view import CanvasView
from app.document import Document
from app.document.jobs import Region
from app.jobs.queue import JobQueue
from app.session import Session
from app.settings import Settings
from engine.memory import peak_memory_mib, resident_mib
from engine.request import Box, Patch, PatchPainted, Update
from tests.app.inline_engines import FlatEngine

WIDE, HIGH, PART = 38912, 2048, 4864
FRAME = 1 / 60


def document(folder: Path) -> Path:
    """Noise over slow colours: as many bytes to a tile as a painting with much grain."""
    path = folder / "bench.handscroll"
    if path.exists():
        return path
    made, random = Document.new(), np.random.default_rng(1)
    y = np.linspace(0, 1, HIGH, dtype=np.float32)[:, None]
    for left in range(0, WIDE, PART):
        x = np.linspace(left, left + PART, PART, dtype=np.float32)[None] / WIDE
        waves = [128 + 90 * np.sin(9 * x + 3 * y + shift) for shift in (0, 2, 4)]
        noise = random.integers(-12, 13, (HIGH, PART, 1))
        made.layers.put(np.clip(np.stack(waves, 2) + noise, 0, 255).astype(np.uint8), left, 0, f"Part {left}")
    made.settle(600)
    made.save_as(path)
    made.save()
    made.close()
    return path


Times = list[tuple[float, float]]  # milliseconds on the clock, and of the processor in the window's thread


def now() -> tuple[float, float]:
    return time.perf_counter() * 1000, time.thread_time() * 1000


def since(begun: tuple[float, float]) -> tuple[float, float]:
    wall, busy = now()
    return wall - begun[0], busy - begun[1]


def frames(view: CanvasView, steps: Iterator[Callable[[], None]]) -> Times:
    """What each frame took, at 60 a second."""
    app, times = QApplication.instance(), []
    assert app is not None
    for step in steps:
        begun = now()
        step()
        app.processEvents()
        times.append(since(begun))
        time.sleep(max(FRAME - times[-1][0] / 1000, 0.001))
    return times


def told(name: str, times: Times) -> None:
    """A machine with other work shows in the clock, not in the processor's time."""
    wall, busy = (np.array([time[each] for time in times]) for each in (0, 1))
    p50, p95 = np.percentile(wall, [50, 95])
    own50, own95 = np.percentile(busy, [50, 95])
    print(
        f"{name:18} p50 {p50:6.2f}  p95 {p95:6.2f}  max {wall.max():6.2f} ms"
        f"   processor p50 {own50:6.2f}  p95 {own95:6.2f}  max {busy.max():6.2f} ms",
        flush=True,
    )


def rest(view: CanvasView, seconds: float = 5.0) -> None:
    """Until everything is read."""
    app, end = QApplication.instance(), time.perf_counter() + seconds
    assert app is not None
    while time.perf_counter() < end and not view.loader.idle:
        app.processEvents()
        time.sleep(0.005)
    app.processEvents()


def pan(view: CanvasView, scale: float, way: float, count: int = 300) -> Times:
    view.camera.x, view.camera.y = 6000.0, 1024.0
    view.zoom_to(scale)
    rest(view)
    return frames(view, ((lambda n=n: view.pan(-way, np.sin(n / 20) * 3)) for n in range(count)))


def zoom(view: CanvasView, count: int = 240) -> Times:
    view.camera.x, view.camera.y = 19000.0, 1024.0
    view.zoom_to(0.04)
    rest(view)
    steps = [1.05 if n % 160 < 80 else 1 / 1.05 for n in range(count)]
    return frames(view, ((lambda factor=factor: view.zoom(factor, QPointF(700, 500))) for factor in steps))


def patches(view: CanvasView, session: Session, scale: float, count: int = 40) -> Times:
    """From the event of the queue to the end of the frame that shows it; the file has the patch already."""
    region = Box(19072, 2048, 256 * count, 256)
    job = session.document.jobs.add({}, Region(region))
    session.queue.changed.emit()
    times, random, app = [], np.random.default_rng(2), QApplication.instance()
    assert app is not None
    for n in range(count):
        box = Box(region.x + 256 * n, region.y, 256, 256)
        view.camera.x, view.camera.y = box.x + 128.0, box.y - 300.0
        view.zoom_to(scale)
        rest(view)
        time.sleep(0.15)
        app.processEvents()
        rest(view)
        pixels = random.integers(0, 256, (256, 256, 3), dtype=np.uint8)
        event = PatchPainted(Patch(n, 0), (Update(box, pixels),), np.zeros((16, 16), np.int32), 6.0)
        session.document.jobs.keep(job.id, event)
        app.processEvents()
        begun = now()
        session.queue.painted.emit(job.id, event)
        app.processEvents()
        times.append(since(begun))
    session.document.jobs.remove(job.id)
    session.queue.changed.emit()
    return times


def main() -> None:
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else tempfile.mkdtemp())
    folder.mkdir(parents=True, exist_ok=True)
    path = document(folder)
    app = QApplication([])
    settings = Settings()
    session = Session(JobQueue(FlatEngine(), settings.get), settings)
    view = CanvasView(session)
    view.resize(1920, 1080)
    view.show()
    app.processEvents()
    begun = time.perf_counter()
    session.documents.open(path)
    app.processEvents()
    print(f"first picture after {(time.perf_counter() - begun) * 1000:.0f} ms; memory {resident_mib():.0f} MiB")
    rest(view)
    print(f"all that is seen after {(time.perf_counter() - begun) * 1000:.0f} ms; load {os.getloadavg()[0]:.1f}")
    told("pan at 1:1", pan(view, 1.0, 24))
    told("pan at 0.51", pan(view, 0.51, 24))
    told("fast pan at 0.51", pan(view, 0.51, 90, 150))
    told("pan at 0.27", pan(view, 0.27, 24))
    told("pan at 1.7", pan(view, 1.7, 24))
    told("pan at 8", pan(view, 8.0, 24))
    told("zoom sweep", zoom(view))
    told("new patch at 1:1", patches(view, session, 1.0))
    told("new patch at 0.51", patches(view, session, 0.51))
    told("new patch at 0.2", patches(view, session, 0.2))
    most, tiles = peak_memory_mib(), view.pyramid.bytes / 2**20
    print(f"memory {resident_mib():.0f} MiB, at most {most:.0f} MiB; tiles {tiles:.0f} MiB")
    view.let_go()
    session.close()


if __name__ == "__main__":
    main()
