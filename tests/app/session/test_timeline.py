"""The timeline of a session with a real document and a real queue; an engine of flat colours paints."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from app.document import Document, Region
from app.document.errors import FullDisk
from app.document.schema import VERSION
from engine.request import Box
from tests.app.film_desk import FilmDesk, flat_desk, noise

PICTURE = Box(0, 0, 100, 70)
PART = Box(10, 20, 37, 21)


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FilmDesk]:
    yield from flat_desk(tmp_path, monkeypatch)


# ---- clips


def test_a_still_becomes_a_clip_and_frame_0_is_the_still(desk: FilmDesk):
    clip = desk.make(5)
    view = desk.view(clip)
    assert view.box.width == 100 and view.box.height == 70 and view.length == view.lasts == 5 and view.name == "Hills"
    assert view.region is None and view.layer == desk.session.selected == desk.document.layers.all()[0].id
    assert desk.timeline.selected == clip and desk.timeline.length == 5
    assert desk.timeline.frames.states(clip) == ("done", "waiting", "waiting", "waiting", "waiting")
    assert np.array_equal(desk.pixels(clip, 0), noise(100, 70)) and desk.timeline.frames.pixels(clip, 1) is None
    small = desk.timeline.frames.thumbnail(clip, 0, 20)
    assert small is not None and small.shape == (20, 29, 3)
    desk.document.layers.paint(view.layer or 0, view.box, np.zeros((70, 100, 3), np.uint8))
    assert np.array_equal(desk.pixels(clip, 0), noise(100, 70)), "the still is what the layer was"


def test_frames_are_painted_and_told_and_stay_in_the_file(desk: FilmDesk):
    clip = desk.make(3)
    estimate = desk.timeline.painting.estimate(clip)
    assert estimate is not None and estimate.patches == 2 * 4
    desk.animate(clip)
    desk.until(lambda: bool(desk.timeline.frames.growing(clip, 1)))
    assert desk.timeline.frames.states(clip)[1] == "painting"
    box, growing = desk.timeline.frames.growing(clip, 1)[0]
    assert growing.shape == (box.height, box.width, 4) and (clip, (1,)) in desk.told_frames
    desk.until(lambda: set(desk.timeline.frames.states(clip)) == {"done"} and desk.timeline.painting.job(clip) is None)
    assert (
        not desk.timeline.frames.growing(clip, 2)
        and desk.timeline.painting.estimate(clip) is None
        and not desk.session.staging.groups()
    )
    before = desk.frames(clip)
    desk.session.documents.save_as(desk.folder / "film")
    path = desk.document.path
    desk.session.documents.new()
    assert desk.timeline.clips == () and not desk.timeline.length
    desk.session.documents.open(path)
    assert desk.timeline.clips[0].id == clip and set(desk.timeline.frames.states(clip)) == {"done"}
    assert desk.frames(clip) == before
    assert desk.timeline.painting.animate(clip) is None
    desk.told("All frames of this clip are painted")


def test_only_the_region_moves(desk: FilmDesk):
    desk.place(100, 70)
    box = desk.document.layers.box(desk.session.selected or 0)
    mask = np.eye(21, 37, dtype=bool) | (np.arange(37) > 20)
    part = PART._replace(x=box.x + PART.x, y=box.y + PART.y)
    desk.session.set_region(Region(part, mask))
    clip = desk.timeline.clip_edits.make_clip(3)
    assert clip is not None and desk.session.region is None
    desk.painted(clip)
    moving = Region(part, mask).inside(box)
    for number in (1, 2):
        frame = desk.pixels(clip, number)
        assert np.array_equal(frame[~moving], noise(100, 70)[~moving]) and (frame != noise(100, 70))[moving].any()


# ---- edits and undo


def snapshot(desk: FilmDesk) -> list[tuple]:
    timeline = desk.timeline
    return [
        (c.id, c.name, c.box, c.start, c.length, c.rate, c.track, c.layer, c.loop, c.prompt,
         timeline.frames.states(c.id),
         c.region and c.region.box, [(k.number, k.prompt, k.moves, k.region and k.region.box) for k in
         timeline.keyframes(c.id)])
        for c in timeline.clips
    ]  # fmt: skip


EDITS = {
    "rename": lambda t, c: t.clip_edits.rename(c, "River"),
    "move": lambda t, c: t.clip_edits.move(c, 7, 2),
    "copy": lambda t, c: t.clip_edits.copy(c, 20, 1),
    "split": lambda t, c: t.clip_edits.split(c, 2),
    "trim": lambda t, c: t.clip_edits.trim(c, 1, 2),
    "extend": lambda t, c: t.clip_edits.extend(c, 9),
    "shorten": lambda t, c: t.clip_edits.extend(c, 2),
    "delete": lambda t, c: t.clip_edits.delete(c),
    "prompt": lambda t, c: t.clip_edits.set_prompt(c, "clouds drift"),
    "region": lambda t, c: t.clip_edits.set_region(c, Region(t.clip(c).box._replace(width=30))),
    "loop": lambda t, c: t.clip_edits.set_loop(c, True),
    "keyframe": lambda t, c: t.keyframe_edits.set(c, 2, prompt="rain"),
    "change keyframe": lambda t, c: t.keyframe_edits.set(c, 1, prompt="snow"),
    "move region": lambda t, c: t.keyframe_edits.set(c, 1, region=Region(t.clip(c).box._replace(width=20))),
    "delete keyframe": lambda t, c: t.keyframe_edits.delete(c, 1),
    "rate": lambda t, c: t.clip_edits.set_rate(24),
    "model": lambda t, c: t.clip_edits.set_model(c, "other"),
}


@pytest.mark.parametrize("edit", EDITS)
def test_every_edit_is_one_entry_and_undo_takes_it_back(desk: FilmDesk, edit: str):
    clip = desk.make(4)
    desk.timeline.keyframe_edits.set(clip, 1, prompt="wind")
    desk.painted(clip)
    before, frames, head = snapshot(desk), desk.frames(clip), desk.document.history.head
    EDITS[edit](desk.timeline, clip)
    after = snapshot(desk)
    assert not desk.failures and len(desk.document.history.entries()) == 1 + len(
        [entry for entry in desk.document.history.entries() if entry.number <= head]
    )
    assert after != before or edit == "model"
    desk.session.undo()
    assert snapshot(desk) == before and desk.frames(clip) == frames
    desk.session.redo()
    assert snapshot(desk) == after


def test_undo_takes_the_clip_back_and_stops_its_job(desk: FilmDesk):
    clip = desk.make(9)
    job = desk.animate(clip)
    desk.until(lambda: desk.timeline.frames.states(clip)[1] == "painting")
    desk.session.undo()
    assert desk.timeline.clips == () and desk.timeline.selected is None and desk.timeline.frames.states(clip) == ()
    assert desk.document.jobs.get(job).state == "paused"
    desk.session.redo()
    assert len(desk.timeline.frames.states(clip)) == 9


def test_a_drag_is_one_entry(desk: FilmDesk):
    clip = desk.make()
    entry, count = desk.timeline.clip_edits.move(clip, 1, 0), len(desk.document.history.entries())
    for start in (2, 3, 4):
        entry = desk.timeline.clip_edits.move(clip, start, 0, entry or 0)
    assert desk.view(clip).start == 4 and len(desk.document.history.entries()) == count
    desk.session.undo()
    assert desk.view(clip).start == 0


# ---- what becomes stale


def test_a_key_makes_stale_only_what_depends_on_it_and_undo_needs_no_painting(desk: FilmDesk):
    clip = desk.make(6)
    desk.painted(clip)
    frames = desk.frames(clip)
    desk.timeline.keyframe_edits.set(clip, 3, prompt="rain")
    assert desk.timeline.frames.states(clip) == ("done",) * 3 + ("stale",) * 3
    assert desk.frames(clip) == frames, "stale frames show what they showed"
    desk.timeline.keyframe_edits.set(clip, 5, region=Region(desk.view(clip).box._replace(width=10)))
    desk.painted(clip)
    desk.timeline.keyframe_edits.delete(clip, 5)
    assert desk.timeline.frames.states(clip) == ("done",) * 5 + ("stale",)
    desk.timeline.keyframe_edits.delete(clip, 3)
    assert set(desk.timeline.frames.states(clip)) == {"done"} and desk.frames(clip) == frames
    desk.timeline.clip_edits.set_prompt(clip, "snow")
    assert desk.timeline.frames.states(clip) == ("done",) + ("stale",) * 5
    desk.session.undo()
    assert set(desk.timeline.frames.states(clip)) == {"done"}


def test_a_keyframe_after_painting_leaves_what_was_seen_until_it_is_painted_anew(desk: FilmDesk):
    """Half of it, as long as nobody paints, is not seen either."""
    clip = desk.make(3)
    desk.painted(clip)
    frames = desk.frames(clip)
    desk.timeline.keyframe_edits.set(clip, 1, prompt="rain")
    job = desk.animate(clip)
    desk.until(lambda: 0 < len(desk.document.jobs.painted(job)) < 4)
    assert desk.timeline.frames.states(clip) == ("done", "painting", "stale")
    assert desk.frames(clip)[1] != frames[1]
    desk.session.queue.pause(job)
    desk.until(lambda: "painting" not in desk.timeline.frames.states(clip))
    assert 0 < len(desk.document.jobs.painted(job)) < 4
    assert desk.timeline.frames.states(clip) == ("done", "stale", "stale") and desk.frames(clip) == frames
    desk.session.queue.resume(job)
    desk.until(lambda: set(desk.timeline.frames.states(clip)) == {"done"})
    after = desk.frames(clip)
    assert after[0] == frames[0]
    desk.session.undo()
    assert desk.frames(clip) == frames


def test_another_still_keeps_time_and_words(desk: FilmDesk):
    clip = desk.make(3)
    desk.timeline.clip_edits.set_prompt(clip, "wind")
    desk.timeline.clip_edits.move(clip, 5, 1)
    desk.painted(clip)
    other = desk.place(64, 90, seed=1)
    desk.timeline.clip_edits.swap_still(clip)
    view = desk.view(clip)
    assert (view.start, view.track, view.prompt, view.length) == (5, 1, "wind", 3) and view.layer == other
    assert desk.timeline.frames.states(clip) == ("done", "stale", "stale")
    assert np.array_equal(desk.pixels(clip, 0), noise(64, 90, 1)) and desk.pixels(clip, 1).shape == (90, 64, 3)
    desk.painted(clip)
    desk.session.undo()
    assert desk.view(clip).box.width == 100 and set(desk.timeline.frames.states(clip)) == {"done"}


def test_an_artist_who_moves_an_animated_picture_hears_once_that_its_clip_stays(desk: FilmDesk):
    said: list[str] = []
    desk.session.said.connect(said.append)
    clip, layer = desk.make(3), desk.session.selected
    assert layer is not None
    before = desk.view(clip).box
    desk.session.layers.move_layer(layer, 5, 0)
    desk.session.layers.move_layer(layer, 5, 0)
    assert len([words for words in said if "exchange the picture" in words]) == 1
    desk.timeline.clip_edits.swap_still(clip)
    assert desk.view(clip).box == before._replace(x=before.x + 10)
    desk.timeline.playback.seek(20)
    desk.make(2)
    desk.timeline.playback.seek(0)
    layer = desk.session.selected
    assert layer is not None
    desk.session.layers.move_layer(layer, 1, 1)
    assert len([words for words in said if "exchange the picture" in words]) == 1, "its clip is not under the playhead"


def test_a_job_that_paints_what_is_not_wanted_any_more_stops(desk: FilmDesk):
    clip = desk.make(9)
    job = desk.animate(clip)
    desk.until(lambda: desk.timeline.frames.states(clip)[1] == "painting")
    desk.timeline.clip_edits.set_prompt(clip, "rain")
    assert desk.document.jobs.get(job).state == "paused" and desk.timeline.painting.job(clip) is None
    desk.painted(clip)
    assert [each.clip for each in desk.document.jobs.all()] == [clip], "one job for each clip"


# ---- copies and parts


def test_copies_and_halves_have_the_frames_and_go_their_own_ways(desk: FilmDesk):
    clip = desk.make(4)
    desk.painted(clip)
    frames = desk.frames(clip)
    copy, half = desk.timeline.clip_edits.copy(clip, 10, 1), desk.timeline.clip_edits.split(clip, 2)
    assert copy is not None and half is not None
    assert desk.frames(copy) == frames and desk.frames(clip) + desk.frames(half) == frames
    assert desk.view(half).start == 2 and desk.view(clip).length == desk.view(half).length == 2
    desk.timeline.clip_edits.set_prompt(copy, "rain")
    assert "stale" in desk.timeline.frames.states(copy) and set(desk.timeline.frames.states(clip)) == {"done"}
    desk.timeline.clip_edits.trim(half, 1, 1)
    assert desk.frames(half) == frames[3:] and desk.view(half).start == 3
    desk.timeline.clip_edits.extend(half, 2)
    desk.painted(half)
    assert desk.frames(half)[0] == frames[3]
    desk.timeline.clip_edits.delete(clip)
    assert desk.frames(copy) == frames


def test_forgotten_clips_leave_nothing_behind(desk: FilmDesk):
    clip = desk.make(3)
    desk.painted(clip)
    copy = desk.timeline.clip_edits.copy(clip, 5, 0)
    desk.timeline.clip_edits.delete(clip)
    for job in desk.document.jobs.all():
        desk.document.jobs.remove(job.id)
    assert copy is not None
    frames = desk.frames(copy)
    desk.document.history.forget()
    assert desk.frames(copy) == frames and [clip.id for clip in desk.document.timeline.clips()] == [copy]
    desk.timeline.clip_edits.delete(copy)
    desk.document.history.forget()
    (layers,) = desk.document._file.db.execute("SELECT count(*) FROM layers WHERE present = 0").fetchone()
    assert layers == 0 and not desk.document.frames.all(clip) and not desk.document.frames.all(copy)


# ---- time


def test_playing_goes_at_the_rate_and_round_in_a_loop(desk: FilmDesk):
    desk.timeline.playback.play()
    desk.told("nothing to play")
    clip = desk.make(4)
    desk.timeline.clip_edits.set_rate(50)
    assert desk.view(clip).rate == 50
    seen: list[int] = []
    desk.timeline.playback.playhead_changed.connect(seen.append)
    desk.timeline.playback.toggle()
    desk.until(lambda: 0 in seen and desk.timeline.playback.playing)
    desk.timeline.playback.turn_loop()
    desk.until(lambda: not desk.timeline.playback.playing)
    assert desk.timeline.playback.playhead == 3 and set(seen) <= set(range(4))
    desk.timeline.playback.step(-2)
    assert desk.timeline.playback.playhead == 1 and desk.timeline.shown() == [(desk.view(clip), 1)]
    desk.timeline.playback.seek(-5)
    assert desk.timeline.playback.playhead == 0
    desk.timeline.playback.seek(4)
    assert desk.timeline.shown() == [] and desk.timeline.shown(Box(0, 0, 1, 1)) == []


def test_a_clip_of_another_rate_takes_its_own_time(desk: FilmDesk):
    clip = desk.make(6)
    desk.document.timeline.change_clip(clip, "Rate", rate=24.0)
    view = desk.view(clip)
    assert view.lasts == 3 and [desk.timeline.frame_at(view, time) for time in range(-1, 4)] == [None, 0, 2, 4, None]


# ---- bad input


@pytest.mark.parametrize("frames", [-1, 0, 1, 10_000])
def test_odd_numbers_of_frames(desk: FilmDesk, frames: int):
    desk.place(100, 70)
    assert desk.timeline.clip_edits.make_clip(frames) is None
    desk.told("limit is 2,000" if frames > 1 else "at least 2 frames")
    assert desk.timeline.clips == ()


def test_what_makes_no_sense_is_told_and_changes_nothing(desk: FilmDesk):
    assert desk.timeline.clip_edits.make_clip(5) is None
    desk.told("Choose a layer")
    clip = desk.make(4)
    before = snapshot(desk)
    outside = Region(Box(5000, 0, 10, 10))
    for wrong, words in (
        (lambda: desk.timeline.clip_edits.set_rate(0), "0 frames per second"),
        (lambda: desk.timeline.clip_edits.set_rate(1000), "1000 frames per second"),
        (lambda: desk.timeline.playback.set_speed(0), "times as fast"),
        (lambda: desk.timeline.clip_edits.split(clip, 0), "between two"),
        (lambda: desk.timeline.clip_edits.split(clip, 4), "between two"),
        (lambda: desk.timeline.clip_edits.trim(clip, 3, 2), "frames 0 to 3"),
        (lambda: desk.timeline.clip_edits.extend(clip, 0), "at least one"),
        (lambda: desk.timeline.clip_edits.extend(clip, 10_000), "limit is 2,000"),
        (lambda: desk.timeline.clip_edits.set_region(clip, outside), "outside of “Hills”"),
        (lambda: desk.timeline.keyframe_edits.set(clip, 1, region=outside), "outside"),
        (lambda: desk.timeline.keyframe_edits.set(clip, 4, prompt="x"), "none of them"),
        (lambda: desk.timeline.clip_edits.rename(999, "x"), "not on the timeline"),
    ):
        wrong()
        desk.told(words)
    desk.session.set_region(outside)
    assert desk.timeline.clip_edits.make_clip(5) is None
    desk.told("outside of “Hills”")
    assert snapshot(desk) == before


def test_a_picture_with_holes_is_not_animated(desk: FilmDesk):
    layer = desk.place(100, 70)
    desk.session.layers.erase(layer, desk.document.layers.box(layer)._replace(width=9))
    desk.document.layers.paint(layer, Box(-40, 0, 5, 5), np.zeros((5, 5, 3), np.uint8))
    assert desk.timeline.clip_edits.make_clip(3) is None
    desk.told("transparent parts")


def test_without_a_model_for_films_words_say_so(desk: FilmDesk, monkeypatch: pytest.MonkeyPatch):
    (desk.folder / "data" / "models" / "film").rename(desk.folder / "film")
    monkeypatch.setattr("app.jobs.model_registry.SHIPPED", desk.folder)
    config = (desk.folder / "film" / "config.json").read_text()
    (desk.folder / "film" / "config.json").unlink()
    (desk.folder / "data" / "models" / "pictures").mkdir()
    (desk.folder / "data" / "models" / "pictures" / "config.json").write_text(config.replace("[1, 1, 2]", "[1, 1, 0]"))
    clip = desk.make()
    assert desk.timeline.painting.animate(clip) is None
    desk.told("“film” is not here", "none yet", "The clip is kept")
    desk.timeline.clip_edits.set_model(clip, "pictures")
    assert desk.timeline.painting.animate(clip) is None
    desk.told("paints pictures, not films")
    assert desk.timeline.frames.states(clip)[0] == "done"


def test_a_full_disk_stops_the_film_in_words_and_it_goes_on_later(desk: FilmDesk, monkeypatch: pytest.MonkeyPatch):
    clip = desk.make(4)
    whole = desk.document.frames.finish

    def full(film: object, number: int, pixels: np.ndarray) -> bool:
        if number == 2:
            raise FullDisk("There is no room left on the disk.")
        return whole(film, number, pixels)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr(desk.document.frames, "finish", full)
        desk.animate(clip)
        desk.until(lambda: bool(desk.failures))
    desk.told("no room left")
    assert desk.timeline.frames.states(clip) == ("done", "done", "waiting", "waiting")
    job = desk.timeline.painting.job(clip)
    assert job is not None and job.state == "failed"
    desk.session.queue.resume(job.id)
    desk.until(lambda: set(desk.timeline.frames.states(clip)) == {"done"})


# ---- older files


def test_a_document_of_version_1_gets_what_films_need(desk: FilmDesk):
    desk.place(100, 70)
    desk.session.documents.save_as(desk.folder / "old")
    path = desk.document.path
    desk.session.documents.new()
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("DROP TABLE timeline")
        columns = {"clips": ("track", "first", "still", "x", "y", "width", "height", "value"), "frames": ("key",),
                   "jobs": ("clip",)}  # fmt: skip
        for table, names in columns.items():
            for name in names:
                db.execute(f'ALTER TABLE {table} DROP COLUMN "{name}"')
        db.execute("PRAGMA user_version = 1")
    desk.session.documents.open(path)
    assert not desk.failures and isinstance(desk.document, Document)
    assert desk.document._file.db.execute("PRAGMA user_version").fetchone() == (VERSION,)
    clip = desk.timeline.clip_edits.make_clip(3)
    assert clip is not None
    desk.painted(clip)


def test_clips_that_are_not_readable_are_told(desk: FilmDesk):
    clip = desk.make(3)
    for column, value in (("value", "{}"), ("value", "["), ("width", "wide"), ("length", 0)):
        desk.document._file.db.execute(f"UPDATE clips SET {column} = ?, rate = rate + 1 WHERE id = ?", (value, clip))
        desk.timeline.read()
        desk.told("damaged" if desk.failures else "")


def test_a_job_that_is_removed_while_it_paints_leaves_nothing_half_painted(desk: FilmDesk):
    clip = desk.make(9)
    job = desk.animate(clip)
    desk.until(lambda: bool(desk.timeline.frames.growing(clip, 1)))
    desk.session.staging.remove_job(job)
    desk.until(lambda: "painting" not in desk.timeline.frames.states(clip))
    assert not desk.timeline.frames.growing(clip, 1) and desk.timeline.painting.job(clip) is None and not desk.failures


def test_an_animated_layer_takes_its_clip_with_it_and_is_not_shaped(desk: FilmDesk):
    clip = desk.make(3)
    layer = desk.view(clip).layer
    assert layer is not None
    told: list[str] = []
    desk.session.failed.connect(told.append)
    desk.session.layers.turn(layer, 90)
    assert "animated" in told[-1] and desk.document.layers.box(layer)[2:] == (100, 70)
    desk.session.layers.delete(layer)
    assert desk.timeline.clips == () and not desk.document.layers.all()
    desk.session.undo()
    assert [each.id for each in desk.timeline.clips] == [clip] and desk.view(clip).layer == layer
    desk.session.redo()
    assert desk.timeline.clips == ()
