"""Studies as the window sees them: begun, paused, gone on with, ended, given up; and painting goes before them."""

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

from app.jobs.model_library import study_request
from app.jobs.model_registry import find
from app.jobs.protocol import Learn, Paint, Reply, RunEvent, Stop
from app.jobs.queue import JobQueue
from app.jobs.scheduler import Scheduler
from app.jobs.studies import Studies
from engine.request import Box, Finished, PaintRequest, Stopped
from engine.study_request import Studied, StudyFinished, StudyRequest, StudySample
from tests.app.inline_engines import FlatEngine, FlatPainter, InlineEngine


@pytest.fixture
def hills(tmp_path: Path) -> Path:
    x, y = np.meshgrid(np.arange(600), np.arange(220))
    waves = 128 + 90 * np.sin(x / 9) * np.cos(y / 11)
    Image.fromarray(np.stack([waves, 0.5 * waves, 255 - waves], 2).astype(np.uint8)).save(tmp_path / "hills.png")
    return tmp_path / "hills.png"


@pytest.fixture
def asked(hills: Path, tiny: str, home: Path) -> StudyRequest:
    return study_request([hills], "hills", tiny, 0.05, device="cpu")


@pytest.fixture
def queue(qapp) -> Iterator[JobQueue]:
    made = JobQueue(InlineEngine(), {"device": "cpu"}.get)
    yield made
    made.close()


def until(qtbot: QtBot, so: Callable[[], bool]) -> None:
    qtbot.waitUntil(so, timeout=60_000)


def state(studies: Studies) -> str:
    return studies.current.state if studies.current else ""


def test_a_study_becomes_a_model(queue: JobQueue, asked: StudyRequest, qtbot: QtBot):
    studies, names = queue.studies, []
    studies.finished.connect(names.append)
    studies.start(asked)
    until(qtbot, lambda: state(studies) in ("done", "failed"))
    study = studies.current
    assert study and study.state == "done" and names == ["hills"], study
    assert study.sample is not None and study.known == 128 and len(study.curve) >= 2
    assert find("hills") and not Path(asked.work).exists()
    studies.put_away()
    assert studies.current is None and not studies.waiting()


def test_paused_gone_on_with_and_ended(queue: JobQueue, asked: StudyRequest, qtbot: QtBot):
    studies = queue.studies
    studies.start(asked)
    until(qtbot, lambda: bool(studies.current and studies.current.seconds))
    studies.pause()
    assert state(studies) == "pausing"
    until(qtbot, lambda: state(studies) == "paused")
    assert find("hills"), "the best so far is a model already"
    other = JobQueue(InlineEngine(), {"device": "cpu"}.get)  # as after another start of the program
    [waiting] = other.studies.waiting()
    assert waiting == asked
    other.studies.start(waiting)
    until(qtbot, lambda: bool(other.studies.current and other.studies.current.seconds))
    assert not other.studies.waiting(), "what is under way does not wait"
    other.studies.end()
    until(qtbot, lambda: state(other.studies) == "done")
    assert not Path(asked.work).exists() and find("hills")
    other.close()


def test_given_up_but_the_model_stays(queue: JobQueue, asked: StudyRequest, qtbot: QtBot):
    studies = queue.studies
    studies.start(asked)
    until(qtbot, lambda: bool(studies.current and studies.current.seconds))
    studies.pause()
    until(qtbot, lambda: state(studies) == "paused")
    studies.give_up(asked)
    assert studies.current is None and not studies.waiting() and find("hills")


def test_what_cannot_be_learned_is_told(queue: JobQueue, tiny: str, tmp_path: Path, qtbot: QtBot):
    Image.new("RGB", (4, 4)).save(tmp_path / "dot.png")
    queue.studies.start(study_request([tmp_path / "dot.png"], "dot", tiny, 1, device="cpu"))
    until(qtbot, lambda: state(queue.studies) == "failed")
    assert queue.studies.current and "too small" in queue.studies.current.message


def test_an_engine_that_dies_leaves_the_study_to_be_gone_on_with(asked: StudyRequest, qtbot: QtBot):
    engine = FlatEngine(pace=3)
    queue = JobQueue(engine)
    queue.studies.start(asked)
    until(qtbot, lambda: bool(queue.studies.current and queue.studies.current.curve))
    engine.die("The engine has crashed.")
    study = queue.studies.current
    assert study and study.state == "failed" and "crashed" in study.message and study.curve
    queue.studies.start(asked)
    until(qtbot, lambda: state(queue.studies) == "done")
    queue.close()


def test_painting_goes_before_learning(asked: StudyRequest):
    replies: list[Reply] = []
    turns = Scheduler(FlatPainter(), replies.append)
    turns.take(Learn(-1, asked))
    for _ in range(5):
        turns.step()
    turns.take(Paint(1, PaintRequest(Box(0, 0, 256, 128)), "flat"))
    while not turns.idle:
        turns.step()
    runs = [(reply.run, type(reply.event)) for reply in replies if isinstance(reply, RunEvent)]
    first, last = runs.index((1, runs[[run for run, _ in runs].index(1)][1])), runs.index((1, Finished))
    assert all(run == 1 for run, _ in runs[first : last + 1]), "not one step of learning between"
    assert runs[-1] == (-1, StudyFinished) and {Studied, StudySample} <= {kind for run, kind in runs if run == -1}


def test_learning_that_waits_behind_painting_is_stopped_first(asked: StudyRequest):
    replies: list[Reply] = []
    turns = Scheduler(FlatPainter(), replies.append)
    turns.take(Learn(-1, asked))
    for _ in range(3):
        turns.step()
    turns.take(Paint(1, PaintRequest(Box(0, 0, 256, 128)), "flat"))
    turns.step()
    turns.take(Stop(-1))
    turns.step()
    stopped = [reply.run for reply in replies if isinstance(reply, RunEvent) and isinstance(reply.event, Stopped)]
    assert stopped == [-1] and not turns.idle, "it keeps what it has learned, and painting goes on"


def test_a_model_is_looked_at_by_the_engine(queue: JobQueue, tiny: str, tmp_path: Path, qtbot: QtBot):
    answers: dict[int, str] = {}
    queue.checked.connect(answers.__setitem__)
    whole, cut = queue.inquiries.check(tiny), tmp_path / "cut"
    cut.mkdir()
    for file in Path(tiny).iterdir():
        content = file.read_bytes()
        (cut / file.name).write_bytes(content[: len(content) // 2] if file.suffix == ".safetensors" else content)
    broken = queue.inquiries.check(str(cut))
    until(qtbot, lambda: len(answers) == 2)
    assert answers[whole] == "" and "damaged" in answers[broken]
