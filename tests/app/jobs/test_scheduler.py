"""Taking turns, token by token: what is asked between two tokens is done before the next."""

from collections.abc import Callable

import pytest

from app.jobs.protocol import (
    Broken,
    Command,
    Failed,
    MemoryReport,
    Paint,
    Reply,
    RunEvent,
    Sketch,
    Sketched,
    Stop,
    Warm,
)
from app.jobs.scheduler import DeviceLost, Scheduler
from app.jobs.worker import TorchPainter
from engine.inference import token_drawing
from engine.request import Box, Finished, PaintRequest, PatchGrown, PatchPainted, Planned, Stopped
from tests.app.inline_engines import FlatPainter

REQUEST = PaintRequest(Box(0, 0, 128, 64))


class Clerk:
    """Gives commands at a given moment, counted in tokens, and writes down the replies."""

    def __init__(self, painter: FlatPainter | TorchPainter):
        self.replies: list[Reply] = []
        self.tokens = 0
        self.at: dict[int, list[Command]] = {}
        self.turns = Scheduler(painter, self.replies.append, self.poll)

    def poll(self) -> None:
        self.tokens += 1
        for command in self.at.pop(self.tokens, []):
            self.turns.take(command)

    def work(self, until: Callable[[], bool] = lambda: False) -> None:
        while not self.turns.idle and not until():
            self.turns.step()

    def events(self, run: int) -> list[object]:
        return [reply.event for reply in self.replies if isinstance(reply, RunEvent) and reply.run == run]


@pytest.fixture(scope="module")
def painter() -> TorchPainter:
    return TorchPainter(threads=False)


def test_stopped_between_two_tokens(painter: TorchPainter, tiny: str):
    clerk = Clerk(painter)
    clerk.at[300] = [Stop(1)]
    clerk.turns.take(Paint(1, REQUEST, tiny, "cpu"))
    clerk.work()
    assert clerk.tokens == 300, "not one token more"
    *others, last = clerk.events(1)
    assert isinstance(last, Stopped) and sum(isinstance(event, PatchPainted) for event in others) == 1


def test_another_run_is_stopped_at_once_and_this_one_goes_on(painter: TorchPainter, tiny: str):
    clerk = Clerk(painter)
    clerk.at[300] = [Stop(2)]
    for run in (1, 2):
        clerk.turns.take(Paint(run, REQUEST, tiny, "cpu"))
    clerk.work()
    assert isinstance(clerk.events(2)[-1], Stopped) and isinstance(clerk.events(1)[-1], Finished)
    stopped = next(n for n, reply in enumerate(clerk.replies) if isinstance(reply, RunEvent) and reply.run == 2
                   and isinstance(reply.event, Stopped))  # fmt: skip
    assert not any(isinstance(reply, RunEvent) and reply.run == 2 for reply in clerk.replies[stopped + 1 :])


def test_both_runs_paint_what_each_paints_alone(painter: TorchPainter, tiny: str):
    def tokens(*runs: int) -> dict[int, list[bytes]]:
        clerk = Clerk(painter)
        for run in runs:
            clerk.turns.take(Paint(run, PaintRequest(REQUEST.target, seed=run), tiny, "cpu"))
        clerk.work()
        return {
            run: [event.tokens.tobytes() for event in clerk.events(run) if isinstance(event, PatchPainted)]
            for run in runs
        }

    assert tokens(1, 2) == tokens(1) | tokens(2)


def test_finished_patches_of_a_batch_are_told_before_it_stops():
    clerk = Clerk(FlatPainter(64, width=4))
    clerk.turns.take(Paint(1, PaintRequest(Box(0, 0, 256, 256)), "any"))
    clerk.turns.take(Paint(2, PaintRequest(Box(0, 0, 256, 256)), "any"))
    clerk.work(lambda: any(run.telling for run in clerk.turns.runs))
    telling = next(run for run in clerk.turns.runs if run.telling)
    clerk.turns.take(Stop(telling.number))
    begun = telling.begun
    clerk.work()
    events = clerk.events(telling.number)
    assert isinstance(events[-1], Stopped) and sum(isinstance(e, PatchPainted) for e in events[-1 - begun :]) == begun


def test_a_sketch_goes_before_painting_and_the_latest_is_answered():
    clerk = Clerk(FlatPainter(64))
    clerk.turns.take(Paint(1, REQUEST, "any"))
    clerk.turns.take(Sketch(1, REQUEST, "any"))
    clerk.turns.take(Sketch(2, PaintRequest(Box(0, 0, 64, 64)), "any"))
    clerk.work()
    answers = [(n, reply) for n, reply in enumerate(clerk.replies) if isinstance(reply, Sketched)]
    ((place, answer),) = answers
    assert answer.ticket == 2 and answer.planned and answer.planned.patches == 1
    assert not any(isinstance(reply, RunEvent) for reply in clerk.replies[:place])
    assert isinstance(clerk.events(1)[-1], Finished)


def test_seconds_are_those_of_the_run_alone(painter: TorchPainter, tiny: str):
    clerk = Clerk(painter)
    clerk.turns.take(Warm(tiny, "cpu"))
    clerk.work()
    clerk.turns.take(Paint(1, REQUEST, tiny, "cpu"))
    clerk.work()
    assert all(reply.seconds >= 0 for reply in clerk.replies if isinstance(reply, RunEvent))
    assert isinstance(clerk.events(1)[0], Planned) and any(isinstance(e, PatchGrown) for e in clerk.events(1))
    assert isinstance(clerk.replies[-1], MemoryReport) and clerk.replies[-1].memory_mib > 10


def test_a_device_in_disorder_ends_the_engine():
    painter = FlatPainter(64)
    painter.failures[1] = SystemError()
    clerk = Clerk(painter)
    clerk.turns.take(Paint(1, REQUEST, "any"))
    with pytest.raises(DeviceLost):
        clerk.work()
    assert isinstance(clerk.replies[-1], Broken)
    assert any(isinstance(reply, Failed) and reply.trouble == "device" for reply in clerk.replies)


def test_what_torch_says_is_understood(painter: TorchPainter):
    import torch

    for error, trouble in (
        (MemoryError(), "memory"),
        (torch.OutOfMemoryError("CUDA out of memory"), "memory"),
        (RuntimeError("DefaultCPUAllocator: can't allocate memory: you tried to allocate 5 bytes"), "memory"),
        (RuntimeError("CUDA error: an illegal memory access was encountered"), "device"),
        (RuntimeError("shapes do not match"), "other"),
        (ValueError("no"), "other"),
    ):
        assert painter.trouble(error) == trouble


@pytest.mark.parametrize("stop", [None, 2])
def test_paintings_share_batches_and_each_is_what_it_is_alone(
    painter: TorchPainter, tiny: str, monkeypatch: pytest.MonkeyPatch, stop: int | None
):
    import torch

    def tokens(*runs: int, stop: int | None = None) -> dict[int, list[bytes]]:
        clerk = Clerk(painter)
        clerk.at[300] = [Stop(stop)] if stop else []
        for run in runs:
            clerk.turns.take(Paint(run, PaintRequest(REQUEST.target, seed=run), tiny, "cpu"))
        clerk.work()
        assert clerk.tokens < 300 or not stop or isinstance(clerk.events(stop)[-1], Stopped)
        assert all(isinstance(clerk.events(run)[-1], Finished) for run in runs if run != stop)
        return {
            run: [event.tokens.tobytes() for event in clerk.events(run) if isinstance(event, PatchPainted)]
            for run in runs if run != stop
        }  # fmt: skip

    alone = {run: tokens(run)[run] for run in (1, 2, 3) if run != stop}
    batches: list[int] = []
    monkeypatch.setattr(torch, "get_num_threads", lambda: 3)
    begun = token_drawing.GuidedStates
    monkeypatch.setattr(
        token_drawing, "GuidedStates", lambda *given: batches.append(len(given[1])) or begun(*given)
    )  # fmt: skip
    assert tokens(1, 2, 3, stop=stop) == alone and max(batches) == 3
