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

from app.jobs.engine import Engine, how_it_ended
from app.jobs.messages import Broken
from engine.request import Box

from .conftest import Desk

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


def test_read_by_a_thread_as_on_windows(sit: Sit, tiny: str):
    desk = sit(Engine(threaded=True), tiny)
    (job,) = desk.add((3,))
    os.kill(desk.engine.pid, signal.SIGKILL)
    desk.until(lambda: "ended from outside" in desk.queue.status.message)
    desk.until_done(job)
    assert desk.heard.count("painted", job) == 8


def test_a_process_short_of_memory_goes_on_in_smaller_batches(sit: Sit, tiny: str):
    """Its address space is limited while it paints, so that torch itself finds no memory."""
    resource = pytest.importorskip("resource")
    if not hasattr(resource, "prlimit"):
        pytest.skip("only on Linux")
    desk = sit(Engine(), tiny)
    (job,) = desk.add((1,), Box(0, 0, 64 * 12, 64 * 24), known=False)
    desk.until(lambda: desk.kept(job) >= 12)
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


PARENT = """
import sys, time
from PySide6.QtCore import QCoreApplication
from app.jobs.engine import Engine
from app.jobs.messages import Warm

app = QCoreApplication([])
engine = Engine()
engine.told.connect(lambda reply: print(engine.pid, flush=True))
engine.start()
engine.send(Warm(sys.argv[1], "cpu"))
app.exec()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_killed_with_its_parent(tiny: str, tmp_path: Path):
    script = tmp_path / "parent.py"
    script.write_text(f"if __name__ == '__main__':\n{''.join(f'    {line}' + chr(10) for line in PARENT.splitlines())}")
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])}
    parent = subprocess.Popen([sys.executable, script, tiny], stdout=subprocess.PIPE, env=environment, text=True)
    with parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        assert alive(child)
        parent.kill()
        parent.wait()
        deadline = time.monotonic() + 10
        while alive(child) and time.monotonic() < deadline:
            time.sleep(0.02)
        assert not alive(child), "the engine outlived its window"


def alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] not in ("Z", "X")
    except OSError:
        return False


def test_how_it_ended():
    assert "memory" in how_it_ended(-9) and "SIGSEGV" in how_it_ended(-11)
    assert "code 4" in how_it_ended(4) and "unexpectedly" in how_it_ended(0)


def test_the_last_words_of_a_process_are_its_reason(qtbot: Any, tiny: str):
    engine = Engine()
    lost: list[str] = []
    engine.lost.connect(lost.append)
    engine.start()
    engine._take(Broken("The graphics device does not answer any more."))
    assert engine.pid is not None
    os.kill(engine.pid, signal.SIGKILL)
    qtbot.waitUntil(lambda: bool(lost), timeout=10_000)
    assert lost == ["The graphics device does not answer any more."] and not engine.alive
    engine.close()
