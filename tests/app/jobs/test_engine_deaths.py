"""The deaths of the engine's process: killed, out of memory, orphaned; and what becomes of the job."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.document import Document
from app.document.recovery import recovery_folder
from app.jobs.engine_place import how_it_ended
from app.jobs.engine_process import Engine
from app.jobs.protocol import Check, Stop
from engine.request import Box
from tests.app.inline_engines import InlineEngine

from .conftest import LONG, Desk

Sit = Callable[..., Desk]


def test_killed_in_the_middle_it_goes_on_to_the_same_pixels(sit: Sit, tiny: str, calm: bytes):
    desk = sit(Engine(), tiny)
    (job,) = desk.add((3,))
    desk.until(lambda: desk.kept(job) >= 3)
    first = desk.engine.pid
    os.kill(first, signal.SIGKILL)
    desk.until(lambda: "ended from outside" in desk.queue.status.message)
    assert "started again" in desk.queue.status.message and 3 <= desk.kept(job) < 8
    desk.until_done(job)
    assert desk.engine.pid != first
    assert desk.heard.count("painted", job) == 8, "finished patches were painted again"
    assert desk.pixels(job) == calm


def test_a_process_short_of_memory_goes_on_in_smaller_batches(sit: Sit, tiny: str):
    """Its address space is limited while it paints, so that torch itself finds no memory."""
    resource = pytest.importorskip("resource")
    if not hasattr(resource, "prlimit"):
        pytest.skip("only on Linux")
    desk = sit(Engine(), tiny)
    (job,) = desk.add((1,), Box(0, 0, 64 * 8, 64 * 16), known=False)
    desk.until(lambda: desk.kept(job) >= 4)
    pid, free = desk.engine.pid, resource.RLIM_INFINITY
    held = int(Path(f"/proc/{pid}/statm").read_text().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    resource.prlimit(pid, resource.RLIMIT_AS, (held, free))
    desk.until(lambda: bool(desk.queue.status.message) or desk.state(job) == "failed")
    kept = desk.kept(job)
    resource.prlimit(pid, resource.RLIMIT_AS, (free, free))
    assert "not enough memory" in desk.queue.status.message and desk.state(job) == "running"
    desk.until(lambda: desk.kept(job) > kept)
    assert desk.engine.pid == pid, "running out of memory is nothing to die of"
    desk.queue.cancel(job)


WINDOW = """
import sys
import numpy as np
from PySide6.QtCore import QCoreApplication
from app.document import Document, Region
from app.jobs.engine_process import Engine
from app.jobs.protocol import Check, Stop
from app.jobs.queue import JobQueue
from engine.request import KnownPicture, PaintRequest
from tests.app.jobs.conftest import KNOWN, TARGET

def main():
    app = QCoreApplication([])
    document, engine = Document.new(), Engine()
    queue = JobQueue(engine, {"device": "cpu"}.get)
    queue.bind(document)
    pixels = np.random.default_rng(0).integers(0, 256, (KNOWN.height, KNOWN.width, 3), dtype=np.uint8)
    request = PaintRequest(TARGET, (KnownPicture(KNOWN, pixels),), anchor=(0, 0))
    queue.painted.connect(lambda job, event: print(engine.pid, flush=True))
    queue.add(request, Region(TARGET), {}, [3], sys.argv[1])
    app.exec()

if __name__ == "__main__":
    main()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_when_the_window_is_killed_the_engine_ends_and_the_job_goes_on_later(
    sit: Sit, tiny: str, calm: bytes, tmp_path: Path
):
    script = tmp_path / "window.py"
    script.write_text(WINDOW)
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])}
    window = subprocess.Popen([sys.executable, script, tiny], stdout=subprocess.PIPE, env=environment, text=True)
    with window:
        assert window.stdout is not None
        engine = {int(window.stdout.readline()) for _ in range(3)}.pop()
        assert alive(engine)
        window.kill()
        window.wait()
        deadline = time.monotonic() + 10
        while alive(engine) and time.monotonic() < deadline:
            time.sleep(0.02)
        assert not alive(engine), "the engine outlived its window"
    left = max(recovery_folder().glob("*.handscroll"), key=lambda path: path.stat().st_mtime)
    document = Document.open(left)
    (job,) = document.jobs.all()
    desk = sit(InlineEngine(), tiny, document)
    assert desk.state(job.id) == "paused" and 3 <= desk.kept(job.id) < 8
    desk.queue.resume(job.id)
    desk.until_done(job.id)
    assert desk.pixels(job.id) == calm
    desk.queue.bind(None)
    document.close()


def alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] not in ("Z", "X")
    except OSError:
        return False


def test_how_it_ended():
    assert "memory" in how_it_ended(-9) and "SIGSEGV" in how_it_ended(-11)
    assert "code 4" in how_it_ended(4) and "unexpectedly" in how_it_ended(0)


def test_the_last_words_of_a_process_are_its_reason(qtbot: Any):
    engine, lost = Engine(), []
    engine.lost.connect(lost.append)
    engine.start()
    engine.process.write(b"GET / HTTP/1.1")
    qtbot.waitUntil(lambda: bool(lost), timeout=LONG)
    assert lost == ["“GET / HTTP/1.1” came in place of a message."] and not engine.alive
    engine.close()


def test_what_is_sent_starts_a_process_but_to_stop_something_does_not(qtbot: Any):
    engine, started = Engine(), []
    engine.started.connect(lambda: started.append(engine.alive))
    engine.send(Stop(1))
    assert not engine.alive and not started
    engine.send(Check(1, "/nowhere"))
    engine.send(Check(2, "/nowhere"))
    assert engine.alive and started == [True]
    engine.close()


def test_a_program_that_is_not_there_is_told(qtbot: Any, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    engine, lost = Engine(), []
    engine.lost.connect(lost.append)
    engine.start()
    qtbot.waitUntil(lambda: bool(lost), timeout=LONG)
    assert lost == ["/nowhere/python could not be started."] and not engine.alive
