"""Films in the queue: told in frames and by the name of their clip, and gone from it when they are painted."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app import theme
from app.panels.queue import QueuePanel
from app.settings import Settings

from .film_desk import FilmDesk, flat_desk


@pytest.fixture
def desk(qtbot: QtBot, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FilmDesk]:
    theme.apply(qapp, Settings(tmp_path / "theme.json"))
    yield from flat_desk(tmp_path, monkeypatch, pace=3)


@pytest.fixture
def panel(desk: FilmDesk, qtbot: QtBot) -> QueuePanel:
    made = QueuePanel(desk.session)
    qtbot.addWidget(made)
    made.resize(300, 400)
    made.show()
    return made


def rows(panel: QueuePanel) -> list[tuple[str, str]]:
    return [(row.name, row.detail) for row in panel.list.rows.all]


def test_a_film_is_told_in_frames_with_the_time_that_is_left(desk: FilmDesk, panel: QueuePanel):
    clip = desk.make(6)
    seen: set[str] = set()
    job = desk.animate(clip)

    def frame_is_seen(number: int) -> bool:
        seen.update(detail for _, detail in rows(panel))
        return any(detail.startswith(f"painting · frame {number} of 6") for detail in seen)

    desk.until(lambda: frame_is_seen(2))
    assert rows(panel)[0][0] == "Film: Hills"
    desk.until(lambda: frame_is_seen(4))
    assert any(detail.endswith(" left") for detail in seen)
    desk.session.queue.pause(job)
    desk.until(lambda: rows(panel)[0][1].startswith("paused · ") and rows(panel)[0][1].endswith("of 6 frames"))
    assert panel.go.accessibleName() == "Go on" and "frames stay" in panel.cancel.accessibleName()
    panel.go.click()
    desk.until(lambda: not rows(panel) and set(desk.timeline.frames.states(clip)) == {"done"})
    assert panel.empty.isVisible() and not desk.failures


def test_a_film_of_a_clip_that_was_changed_says_so_and_does_not_go_on(desk: FilmDesk, panel: QueuePanel):
    clip = desk.make(6)
    desk.animate(clip)
    desk.until(lambda: "painting" in desk.timeline.frames.states(clip))
    desk.timeline.clip_edits.set_prompt(clip, "rain")
    desk.until(lambda: bool(rows(panel)) and rows(panel)[0][1] == "out of date; see below")
    assert not panel.go.isEnabled() and "clip was changed; animate it again" in panel.message.text()
    desk.timeline.clip_edits.delete(clip)
    desk.until(lambda: rows(panel)[0][0] == "Film of a clip that is gone")
    assert "not on the timeline any more" in panel.message.text()
    panel.cancel.click()
    desk.until(lambda: not rows(panel))


def test_what_is_removed_from_the_queue_has_its_frames_all_the_same(desk: FilmDesk, panel: QueuePanel):
    clip = desk.make(6)
    job = desk.animate(clip)
    desk.until(lambda: desk.timeline.frames.states(clip).count("done") == 3)
    desk.session.queue.pause(job)
    done = desk.timeline.frames.states(clip).count("done")
    desk.until(lambda: panel.cancel.isEnabled() and "Remove" in panel.cancel.accessibleName())
    panel.cancel.click()
    desk.until(lambda: not rows(panel))
    assert desk.timeline.frames.states(clip).count("done") == done and desk.timeline.painting.job(clip) is None
