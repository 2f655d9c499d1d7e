"""The engine in its own process with a tiny model, beside the same engine inside this process."""

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QElapsedTimer, QTimer

from app.jobs.engine_process import Engine
from engine.request import Box, KnownPicture, PaintRequest

from .conftest import KNOWN, Desk

Sit = Callable[..., Desk]
HUGE = Box(0, 0, 4096, 4096)  # its mask is more than a pipe holds
WIDE = Box(0, 0, 2048, 128)  # some seconds of work


@pytest.fixture(scope="module")
def engine(qapp: QCoreApplication) -> Iterator[Engine]:
    """One process for all tests of this file, warm after the first."""
    made = Engine()
    made.start()
    yield made
    made.close()


@pytest.fixture
def desk(sit: Sit, engine: Engine, tiny: str) -> Desk:
    return sit(engine, tiny, shared=True)


def test_a_process_paints_what_this_one_paints_while_the_window_answers(desk: Desk, calm: bytes):
    gaps: list[int] = []
    clock, timer = QElapsedTimer(), QTimer(interval=5)
    timer.timeout.connect(lambda: gaps.append(clock.restart()))
    (job,) = desk.add((3,))
    clock.start()
    timer.start()
    desk.until_done(job)
    timer.stop()
    # The middle one, for a busy computer may take any time for other things; each patch costs a few milliseconds.
    assert sorted(gaps)[len(gaps) // 2] < 50
    assert desk.kept(job) == 8 and desk.heard.count("grown", job) > 8
    status = desk.queue.status
    assert status.device.startswith("CPU") and status.reason == "the CPU was asked for"
    assert status.memory_mib is not None and status.memory_mib > 50 and status.seconds_per_patch
    assert not desk.document.read_layer(desk.job(job).layer, KNOWN)[:, :, 3].any()
    assert desk.pixels(job) == calm


def test_pause_acts_within_a_token_and_two_jobs_paint_at_once(desk: Desk):
    jobs = desk.add((1, 2), WIDE)
    desk.until(lambda: all(desk.heard.count("grown", job) > 2 for job in jobs))
    clock = QElapsedTimer()
    clock.start()
    desk.queue.pause(jobs[0])
    desk.until(lambda: desk.heard.count("stopped", jobs[0]) == 1)
    assert clock.elapsed() < 1500, "that is many tokens; a patch has 256, and two jobs share the time"
    grown = desk.heard.count("grown", jobs[0])
    before = desk.kept(jobs[1])
    desk.until(lambda: desk.kept(jobs[1]) > before)
    assert desk.heard.count("grown", jobs[0]) == grown
    desk.queue.pause_all()
    desk.until(lambda: desk.heard.count("stopped", jobs[1]) == 1)


def test_a_process_that_is_stopped_does_not_stop_the_window(desk: Desk):
    """Commands are written by a thread; what cannot be written yet holds up nobody."""
    desk.queue.warm(desk.model)
    os.kill(desk.engine.pid, signal.SIGSTOP)
    clock = QElapsedTimer()
    clock.start()
    job, _ = desk.add((1, 2), WIDE)
    known = KnownPicture(HUGE, np.zeros((0, 0, 3), np.uint8), np.zeros((HUGE.height, HUGE.width), bool))
    desk.queue.inquiries.sketch(PaintRequest(HUGE, (known,)), desk.model)
    assert clock.elapsed() < 5000
    os.kill(desk.engine.pid, signal.SIGCONT)
    desk.until(lambda: desk.kept(job) > 0)


def test_another_document_while_it_paints(desk: Desk, home: Path):
    from app.document import Document

    (job,) = desk.add((1,), WIDE)
    desk.until(lambda: desk.kept(job) > 0)
    other = Document.new()
    desk.queue.bind(other)
    assert desk.state(job) == "paused"
    kept, desk.document = desk.kept(job), other
    (mine,) = desk.add((2,))
    desk.until_done(mine)
    desk.queue.bind(None)
    assert len(other.jobs.painted(mine)) == 8 and kept < 62
    other.close()


def test_damaged_weights_are_told_in_words(desk: Desk, tiny: str, tmp_path: Path):
    folder = tmp_path / "broken"
    folder.mkdir()
    (folder / "config.json").write_bytes((Path(tiny) / "config.json").read_bytes())
    (folder / "decoder.safetensors").write_bytes(b"nothing")
    desk.model = str(folder)
    (job,) = desk.add()
    desk.until(lambda: desk.state(job) == "failed")
    assert "missing" in desk.job(job).message
    desk.model = tiny
    (job,) = desk.add()
    desk.until_done(job)
