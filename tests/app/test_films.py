"""Films with the real engine and a tiny model: in this process, in one of its own that is killed, across documents."""

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot
from torch import Tensor

from app.document import Region
from app.jobs.engine_process import Engine
from engine.inference.video_canvas import FilmCanvas
from engine.request import Box
from tests.app.inline_engines import InlineEngine

from .film_desk import FilmDesk, noise, write_film_model

Sit = Callable[..., FilmDesk]
SIZE = (70, 60)  # two patches of 64 px, cut to an odd size


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data") / "models" / "film"
    write_film_model(folder)
    return folder


@pytest.fixture
def sit(qtbot: QtBot, tmp_path: Path, model: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Sit]:
    monkeypatch.setenv("HANDSCROLL_DATA", str(model.parent.parent))
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    desks: list[FilmDesk] = []

    def make(engine: object, path: Path | None = None) -> FilmDesk:
        desks.append(FilmDesk(tmp_path, engine, path))
        return desks[-1]

    yield make
    for desk in desks:
        desk.close()


def begin(desk: FilmDesk, frames: int, region: Region | None = None) -> int:
    """A clip with a seed of its own kind: the same in every desk."""
    desk.place(*SIZE)
    desk.session.set_region(region)
    clip = desk.timeline.clip_edits.make_clip(frames)
    assert clip is not None, desk.failures
    desk.document.timeline.change_clip(clip, "Seed", value={"seed": 7})
    return clip


@pytest.fixture
def calm(sit: Sit) -> list[bytes]:
    """Five frames, painted with nothing to disturb it."""
    desk = sit(InlineEngine())
    clip = begin(desk, 5)
    desk.painted(clip)
    return desk.frames(clip)


def test_a_film_begins_with_the_still_and_every_frame_is_another(sit: Sit, calm: list[bytes]):
    assert calm[0] == noise(*SIZE).tobytes() and len(set(calm)) == 5


def test_it_is_painted_in_a_process_that_dies_and_goes_on_to_the_same_frames(sit: Sit, calm: list[bytes]):
    engine = Engine()
    desk = sit(engine)
    clip = begin(desk, 5)
    desk.animate(clip)
    desk.until(lambda: desk.timeline.frames.states(clip)[2] == "painting")
    assert engine.pid
    os.kill(engine.pid, signal.SIGKILL)
    desk.until(lambda: set(desk.timeline.frames.states(clip)) == {"done"})
    assert desk.frames(clip) == calm


def test_it_is_paused_closed_and_opened_and_goes_on_to_the_same_frames(sit: Sit, calm: list[bytes]):
    desk = sit(InlineEngine())
    clip = begin(desk, 5)
    job = desk.animate(clip)
    desk.until(lambda: desk.timeline.frames.states(clip)[2] == "painting" and len(desk.document.jobs.painted(job)) >= 3)
    desk.session.documents.save_as(desk.folder / "paused")
    path = desk.document.path
    desk.close()
    other = sit(InlineEngine(), path)
    waiting = other.timeline.painting.job(clip)
    assert waiting is not None and waiting.state == "paused"
    assert 3 <= len(other.document.jobs.painted(waiting.id)) < 8
    other.session.queue.resume(waiting.id)
    other.until(lambda: set(other.timeline.frames.states(clip)) == {"done"})
    assert other.frames(clip) == calm


def test_a_longer_clip_goes_on_from_its_last_frames(sit: Sit, calm: list[bytes]):
    desk = sit(InlineEngine())
    clip = begin(desk, 3)
    desk.painted(clip)
    before = desk.frames(clip)
    assert before == calm[:3]
    layers = [frame.layer for frame in desk.document.frames.all(clip)]
    desk.timeline.clip_edits.extend(clip, 5)
    assert desk.timeline.frames.states(clip) == ("done", "done", "done", "waiting", "waiting")
    desk.painted(clip)
    assert desk.frames(clip) == calm, "as if it had been that long from the beginning"
    assert [frame.layer for frame in desk.document.frames.all(clip)][: len(layers)] == layers


def test_what_moves_past_is_the_same_in_a_clip_that_grows_longer(
    sit: Sit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """What is painted beyond the still is no frame, so nothing of it is kept, and all of it is found again."""
    write_film_model(tmp_path / "models" / "film", words=True)
    monkeypatch.setenv("HANDSCROLL_DATA", str(tmp_path))

    def drifting(frames: int) -> tuple[FilmDesk, int]:
        desk = sit(InlineEngine())
        clip = begin(desk, frames)
        desk.timeline.clip_edits.set_prompt(clip, "the camera pans right")
        desk.painted(clip)
        return desk, clip

    whole, clip = drifting(5)
    frames = whole.frames(clip)
    assert len(set(frames)) == 5
    (job,) = whole.document.jobs.all()
    assert len(whole.document.jobs.painted(job.id)) == 4 * 2
    assert {whole.pixels(clip, number).shape for number in range(5)} == {(SIZE[1], SIZE[0], 3)}
    longer, clip = drifting(3)
    longer.timeline.clip_edits.extend(clip, 5)
    longer.painted(clip)
    assert longer.frames(clip) == frames


def test_what_is_there_is_not_decoded_for_what_is_to_come(sit: Sit, calm: list[bytes], monkeypatch: pytest.MonkeyPatch):
    desk = sit(InlineEngine())
    clip = begin(desk, 3)
    desk.painted(clip)
    decoded, decode = set[int](), FilmCanvas.decode

    def seen(canvas: FilmCanvas, box: Box, frame: int) -> Tensor:
        decoded.add(frame)
        return decode(canvas, box, frame)

    monkeypatch.setattr(FilmCanvas, "decode", seen)
    desk.timeline.clip_edits.extend(clip, 5)
    desk.painted(clip)
    assert decoded == {3, 4} and desk.frames(clip) == calm


def test_a_frame_whose_pixels_are_damaged_keeps_no_clip_from_going_on(sit: Sit, calm: list[bytes]):
    """Its tokens are whole, and these are what the next frames are painted from."""
    desk = sit(InlineEngine())
    clip = begin(desk, 3)
    desk.painted(clip)
    layer = desk.document.frames.all(clip)[-1].layer
    db = desk.document._file.db
    db.execute("UPDATE blobs SET data = x'00' WHERE id IN (SELECT blob FROM tiles WHERE layer = ?)", (layer,))
    (job,) = desk.document.jobs.all()
    assert desk.document.jobs.since(job.id) is None
    desk.timeline.clip_edits.extend(clip, 5)
    desk.painted(clip)
    desk.timeline.frames._pixels.clear()
    assert [desk.pixels(clip, number).tobytes() for number in (3, 4)] == calm[3:]


def test_the_second_half_of_a_clip_goes_on_too(sit: Sit, calm: list[bytes]):
    desk = sit(InlineEngine())
    clip = begin(desk, 4)
    desk.painted(clip)
    half = desk.timeline.clip_edits.split(clip, 2)
    assert half is not None
    desk.timeline.clip_edits.extend(half, 3)
    desk.painted(half)
    assert desk.frames(clip) + desk.frames(half) == calm


def test_only_a_region_moves_and_a_key_changes_only_what_follows(sit: Sit):
    desk = sit(InlineEngine())
    desk.place(*SIZE)
    box = desk.document.layers.box(desk.session.selected or 0)
    desk.session.documents.new()
    region = Region(box._replace(x=box.x + 11, width=21, height=33))
    clip = begin(desk, 4, region)
    desk.painted(clip)
    moving, before = region.inside(box), desk.frames(clip)
    for number in (1, 2, 3):
        frame = desk.pixels(clip, number)
        assert np.array_equal(frame[~moving], noise(*SIZE)[~moving]) and (frame != noise(*SIZE))[moving].any()
    desk.timeline.keyframe_edits.set(clip, 2, region=Region(box._replace(width=15)))
    desk.painted(clip)
    after = desk.frames(clip)
    assert after[:2] == before[:2] and after[2] != before[2]
    assert np.array_equal(desk.pixels(clip, 3)[:, 15:], noise(*SIZE)[:, 15:])
    desk.session.undo()
    assert desk.frames(clip) == before
