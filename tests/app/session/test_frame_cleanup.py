"""What saving forgets of films: frames that no clip shows and no undo leads back to, and nothing else."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.document import Region
from app.document.timeline import Clip
from tests.app.film_desk import FilmDesk, flat_desk


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FilmDesk]:
    yield from flat_desk(tmp_path, monkeypatch)


def told(desk: FilmDesk, clip: int) -> tuple:
    """All that is seen of a clip."""
    timeline = desk.timeline
    return timeline.frames.states(clip), [None if f is None else f.tobytes() for f in pixels(desk, clip)]


def pixels(desk: FilmDesk, clip: int) -> list:
    desk.timeline.frames._pixels.clear()
    return [desk.timeline.frames.pixels(clip, number) for number in range(desk.view(clip).length)]


def rows(desk: FilmDesk) -> dict[str, int]:
    db = desk.document._file.db
    return {table: db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("frames", "layers", "blobs")}


def clip_of(desk: FilmDesk, clip: int) -> Clip:
    found = desk.document.timeline.clip(clip)
    assert found is not None
    return found


def test_frames_of_what_was_taken_back_and_done_otherwise_go(desk: FilmDesk):
    clip = desk.make(4)
    desk.painted(clip)
    desk.session.documents.save_as(desk.folder / "film")
    desk.session.documents.save()  # the coarser tiles of the picture with it
    before = rows(desk)
    desk.timeline.clip_edits.set_prompt(clip, "rain")
    desk.painted(clip)
    desk.session.undo()
    desk.session.documents.save()
    assert rows(desk)["frames"] == before["frames"] + 3, "redo still leads to them"
    desk.timeline.clip_edits.move(clip, 3, 0)
    seen = told(desk, clip)
    desk.session.documents.save()
    assert told(desk, clip) == seen
    assert rows(desk) == before


def test_undo_and_redo_find_what_they_found_without_saving(desk: FilmDesk):
    """Every state of the history is seen before and after, those that can be redone too."""
    clip = desk.make(4)
    desk.painted(clip)
    copy = desk.timeline.clip_edits.copy(clip, 10, 1)
    assert copy is not None
    edits = (
        lambda: desk.timeline.keyframe_edits.set(clip, 2, prompt="rain"),
        lambda: desk.timeline.keyframe_edits.set(clip, 3, region=Region(desk.view(clip).box._replace(width=20))),
        lambda: (desk.place(64, 90, seed=1), desk.timeline.clip_edits.swap_still(clip)),
        lambda: desk.timeline.clip_edits.set_prompt(copy, "snow"),
        lambda: desk.timeline.keyframe_edits.delete(clip, 2),
        lambda: desk.timeline.clip_edits.delete(copy),
    )
    for edit in edits:
        edit()
        for each in desk.timeline.clips:
            if set(desk.timeline.frames.states(each.id)) != {"done"}:
                desk.painted(each.id)
    numbers = [entry.number for entry in desk.document.history.entries()]

    def states() -> list:
        found = []
        for number in numbers:
            desk.session.go_to(number)
            found.append({each.id: told(desk, each.id) for each in desk.timeline.clips})
        return found

    before = states()
    desk.session.go_to(numbers[len(numbers) // 2])
    desk.session.documents.save_as(desk.folder / "film")
    desk.session.documents.save()
    assert states() == before and not desk.failures


def test_a_stale_frame_keeps_what_it_shows(desk: FilmDesk):
    clip = desk.make(3)
    desk.painted(clip)
    desk.timeline.clip_edits.set_prompt(clip, "rain")
    desk.document.history.forget()
    seen = told(desk, clip)
    assert seen[0] == ("done", "stale", "stale")
    desk.session.documents.save_as(desk.folder / "film")
    assert told(desk, clip) == seen
    desk.painted(clip)
    count = rows(desk)["frames"]
    desk.session.documents.save()
    assert rows(desk)["frames"] == count - 2, "now nobody sees the former ones, and no undo is left"
    assert set(desk.timeline.frames.states(clip)) == {"done"}


def test_a_paused_film_of_a_clip_that_is_gone_and_forgotten_can_be_gone_on_with(desk: FilmDesk):
    clip = desk.make(4)
    job = desk.animate(clip)
    desk.session.queue.pause_all()
    desk.until(lambda: desk.document.jobs.get(job).state == "paused")
    desk.timeline.clip_edits.delete(clip)
    desk.session.forget_history()
    desk.session.queue.resume_all()
    desk.until(lambda: desk.document.jobs.get(job).state in ("done", "failed"))
    assert desk.document.jobs.get(job).state == "done" and not desk.failures


def test_a_former_still_goes_with_its_last_undo(desk: FilmDesk):
    clip = desk.make(3)
    former = clip_of(desk, clip).still
    desk.place(64, 90, seed=1)
    desk.timeline.clip_edits.swap_still(clip)
    desk.session.documents.save_as(desk.folder / "film")
    db = desk.document._file.db
    assert db.execute("SELECT 1 FROM layers WHERE id = ?", (former,)).fetchone()
    desk.document.history.forget()
    desk.session.documents.save()
    assert not db.execute("SELECT 1 FROM layers WHERE id = ?", (former,)).fetchone()
    assert desk.pixels(clip, 0).shape == (90, 64, 3)


def test_saving_while_frames_are_painted_keeps_what_is_in_hand(desk: FilmDesk):
    clip = desk.make(5)
    desk.session.documents.save_as(desk.folder / "film")
    job = desk.animate(clip)
    desk.until(lambda: 0 < len(desk.document.jobs.painted(job)) < 4)
    before = len(desk.document.jobs.painted(job))
    desk.session.documents.save()
    assert len(desk.document.jobs.painted(job)) >= before
    desk.until(lambda: set(desk.timeline.frames.states(clip)) == {"done"})


def test_a_damaged_clip_costs_no_frame(desk: FilmDesk):
    clip = desk.make(3)
    desk.painted(clip)
    desk.session.documents.save_as(desk.folder / "film")
    before = rows(desk)["frames"]
    desk.document._file.db.execute("UPDATE clips SET value = '[' WHERE id = ?", (clip,))
    desk.session.documents.save()
    assert rows(desk)["frames"] == before
