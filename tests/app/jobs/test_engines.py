"""Several engines: two real processes on the CPU, as one for each graphics card would be."""

import os
import signal
from collections.abc import Callable

import pytest

from app.document import Document
from app.jobs.engine_place import EnginePlace
from app.jobs.engine_process import Engine
from app.jobs.engines import Engines
from app.jobs.protocol import Paint, Ready, Warm
from app.jobs.worker import ENGINES
from engine.request import Box, PaintRequest
from tests.app.inline_engines import FlatEngine

from .conftest import Desk

Sit = Callable[..., Desk]
ENDLESS = Box(0, 0, 16384, 128)  # it is stopped before it is finished


@pytest.fixture
def others() -> list[Engine]:
    """Those that were made beside the first."""
    return []


@pytest.fixture
def desk(sit: Sit, tiny: str, others: list[Engine], monkeypatch: pytest.MonkeyPatch) -> Desk:
    """With two engines that are ready."""
    monkeypatch.setenv(ENGINES, "2")

    def more(card: int) -> Engine:
        others.append(Engine(place=lambda: EnginePlace(card=card)))
        return others[-1]

    made = sit(Engine(), tiny, more=more)
    made.queue.warm(tiny)
    made.until(lambda: bool(others) and made.queue.status.device.startswith("2 × CPU"))
    return made


def test_variants_are_painted_side_by_side_to_the_same_pixels(desk: Desk, others: list[Engine], calm: bytes):
    jobs = desk.add((3, 4, 5))
    assert [desk.state(job) for job in jobs] == ["running", "running", "waiting"]
    desk.until_done(*jobs)
    assert desk.pixels(jobs[0]) == calm and len(others) == 1
    assert len({desk.pixels(job) for job in jobs}) == 3
    assert others[0].process.arguments()[-2:] == ["--card", "1"]


def test_one_is_stopped_and_dies_and_the_other_paints_on(desk: Desk, others: list[Engine], calm: bytes):
    first, second = desk.add((3, 4), ENDLESS)
    desk.until(lambda: desk.kept(first) > 0 and desk.kept(second) > 0)
    desk.queue.pause(second)
    desk.until(lambda: desk.heard.count("stopped", second) == 1)
    desk.queue.resume(second)
    desk.until(lambda: desk.state(second) == "running")
    before, pids = desk.kept(second), (desk.engine.pid, others[0].pid)
    os.kill(others[0].pid or 0, signal.SIGKILL)
    desk.until(lambda: desk.heard.count("stopped", second) == 2)
    assert "ended from outside" in desk.queue.status.message and desk.queue.status.state == "painting"
    desk.until(lambda: desk.kept(second) > before)
    assert desk.heard.count("stopped", first) == 0 and desk.engine.pid == pids[0]
    assert others[0].alive and others[0].pid != pids[1]
    os.kill(desk.engine.pid or 0, signal.SIGKILL)
    desk.until(lambda: desk.heard.count("stopped", first) == 1)
    kept = desk.kept(first)
    desk.until(lambda: desk.kept(first) > kept)
    assert desk.heard.count("stopped", second) == 2
    desk.queue.pause_all()
    (calm_again,) = desk.add((3,), front=True)
    desk.until_done(calm_again)
    assert desk.pixels(calm_again) == calm


def test_what_took_turns_is_spread_when_there_are_more(sit: Sit):
    others: list[FlatEngine] = []

    def more(card: int) -> FlatEngine:
        others.append(FlatEngine(patch_px=64, pace=3))
        return others[-1]

    desk = sit(FlatEngine(patch_px=64, pace=3), more=more)
    jobs = desk.add((1, 2))
    desk.until(lambda: desk.kept(jobs[1]) > 0)
    desk.engine.replied.emit(Ready("flat colours", "nothing is computed", 2))
    desk.until_done(*jobs)
    assert len(others) == 1 and desk.heard.count("stopped", jobs[1]) == 1 and not desk.heard.of("stopped", jobs[0])


def test_a_further_engine_that_never_gets_ready_is_done_without(qapp: object, document: Document):
    first, second = FlatEngine(), FlatEngine()
    engines, lost = Engines(first, lambda card: second), []
    engines.runs_lost.connect(lambda reason, runs: lost.append((reason, runs)))
    engines.send(Warm("flat"))
    first.replied.emit(Ready("flat colours", "nothing is computed", 2))
    for run in (1, 2):
        engines.send(Paint(run, PaintRequest(Box(0, 0, 64, 64)), "flat"))
    assert engines.count == 2
    second.die("It has no card.")
    assert lost == [("It has no card.", {2})] and engines.count == 1
    engines.close()
