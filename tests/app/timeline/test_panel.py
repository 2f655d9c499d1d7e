"""The panel as it is seen and handled: clips are dragged, trimmed, made longer, played; keys do what the hand does."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtTest import QTest

from app.document import Region
from app.timeline.scale import GUTTER, USUAL, TimeScale, step_of
from app.timeline.strips import cells, spans
from engine.request import Box

from .conftest import CTRL, Bench

ALT, SHIFT = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier


# ---- the scale, and what is drawn as one


def test_what_is_under_the_pointer_stays_there_while_one_looks_nearer():
    scale = TimeScale()
    under = scale.place(500)
    scale.zoom(1.7, 500)
    assert scale.place(500) == pytest.approx(under) and scale.per_frame == pytest.approx(1.7 * USUAL)
    scale.zoom(1e-9, 500)
    assert scale.per_frame > 0 and scale.first >= 0
    scale.fit(10_000)
    assert scale.x(10_000) <= scale.width and scale.frame(GUTTER - 50) == 0
    scale.zoom(1e9)
    scale.show(9_000)
    assert scale.seen[0] <= 9_000 < scale.seen[1]


def test_marks_of_the_ruler_are_1_2_or_5_times_a_power_of_ten():
    assert [step_of(each, 70) for each in (96, 22, 3.6, 0.7)] == [1, 5, 20, 100]


def test_frames_that_share_a_picture_are_one_cell_and_stay_in_place_while_one_scrolls():
    states = ("done",) * 10 + ("painting",) * 2 + ("waiting",) * 3
    found = list(cells(states, per_frame=20, thumb=80, first=0, end=15))
    assert [(cell.first, cell.end) for cell in found[:3]] == [(0, 4), (4, 8), (8, 10)]
    assert [cell.end - cell.first for cell in found[3:]] == [1] * 5
    scrolled = list(cells(states, per_frame=20, thumb=80, first=5, end=15))
    assert scrolled[0] == found[1]


def test_ten_thousand_waiting_frames_are_one_cell_from_afar():
    assert len(list(cells(("waiting",) * 10_000, per_frame=0.08, thumb=70, first=0, end=10_000))) == 1
    assert not list(cells((), 20, 80, 0, 5))


def test_words_hold_until_others_are_said(bench: Bench):
    clip = bench.clip()
    bench.timeline.clip_edits.set_prompt(clip.id, "mist")
    bench.timeline.keyframe_edits.set(clip.id, 5, prompt="rain")
    bench.timeline.keyframe_edits.set(clip.id, 8, region=Region(Box(0, 0, 64, 64)))
    keyframes = bench.timeline.keyframes(clip.id)
    assert spans(bench.view(clip.id), keyframes) == [(0, 5, "mist"), (5, 12, "rain")]
    assert spans(replace(bench.view(clip.id), length=4), keyframes) == [(0, 4, "mist")]


# ---- empty, and not


def test_an_empty_timeline_says_which_key_makes_a_clip(bench: Bench):
    invitation = bench.panel.transport.invitation
    assert invitation.isVisible() and "Place a picture first" in invitation.text()
    bench.session.documents.place_pixels(np.zeros((64, 64, 3), np.uint8), 0, 0, "Hills", at_once=True)
    assert "Ctrl+T" in invitation.text() and "layer" in invitation.text()
    bench.session.set_region(Region(Box(0, 0, 32, 32)))
    assert "in the frame" in invitation.text()
    bench.session.set_region(None)
    bench.panel.make_clip()
    assert not invitation.isVisible() and bench.tracks.isVisible() and bench.tracks.hasFocus()


def test_what_is_cut_off_is_told_under_the_pointer(bench: Bench):
    clip = bench.clip()
    bench.timeline.keyframe_edits.set(clip.id, 6, prompt="rain begins")

    def tip(at: QPoint) -> str:
        QTest.mouseMove(bench.tracks, at)
        bench.until(lambda: bench.tracks.toolTip())
        return bench.tracks.toolTip()

    assert tip(QPoint(40, bench.at(clip, 0).y())).startswith(clip.name)
    assert tip(bench.at(clip, 9, words=True)).startswith("rain begins")
    assert tip(bench.at(clip, 3, words=True)).startswith("as it is")


def test_it_is_seen_that_the_keys_go_to_the_tracks_before_a_clip_is_chosen(bench: Bench):
    bench.clip()
    bench.timeline.select(None)
    bench.panel.transport.play.setFocus()
    elsewhere = bench.tracks.grab().toImage()
    bench.tracks.setFocus()
    assert bench.tracks.grab().toImage() != elsewhere


def test_the_number_under_the_playhead_stands_beside_it_and_none_is_cut_off(bench: Bench):
    bench.clip()
    bench.timeline.playback.seek(5)
    under = bench.panel.ruler.grab(QRect(round(bench.scale.x(5)) + 7, 0, 14, 34)).toImage()
    bench.timeline.playback.seek(3)
    beside = bench.panel.ruler.grab(QRect(round(bench.scale.x(5)) + 2, 0, 14, 34)).toImage()
    assert under.copy(2, 0, 10, 24) == beside.copy(2, 0, 10, 24)


def test_everything_has_a_name_for_those_who_do_not_see_it(bench: Bench):
    clip = bench.clip()
    transport = bench.panel.transport
    for each in (transport.start, transport.play, transport.end, transport.rate, transport.speed, transport.loop,
                 transport.onion, transport.key, transport.split, transport.cancel, bench.tracks,
                 bench.panel.ruler, bench.panel):  # fmt: skip
        assert each.accessibleName()
    assert clip.name in bench.tracks.accessibleDescription() and "12 frames" in bench.tracks.accessibleDescription()


# ---- the hand


def test_a_clip_is_dragged_in_time_and_to_another_track(bench: Bench):
    clip = bench.clip()
    bench.drag(bench.at(clip, 5), 7 * USUAL, bench.tracks.lanes.height(0))
    moved = bench.view(clip.id)
    assert (moved.start, moved.track, moved.length) == (7, 1, 12)
    assert bench.history()[-1] == "Move clip"
    bench.session.undo()
    assert (bench.view(clip.id).start, bench.view(clip.id).track) == (0, 0)


def test_with_ctrl_a_copy_is_dragged_away(bench: Bench):
    clip = bench.clip()
    bench.drag(bench.at(clip, 5), 20 * USUAL, modifiers=CTRL)
    assert sorted(each.start for each in bench.timeline.clips) == [0, 20]
    assert bench.timeline.selected != clip.id
    bench.session.undo()
    assert [each.id for each in bench.timeline.clips] == [clip.id]


def test_its_ends_are_dragged(bench: Bench):
    clip = bench.clip()
    bench.drag(bench.end_of(clip), 10 * USUAL)
    assert bench.view(clip.id).length == 22
    bench.drag(bench.end_of(bench.view(clip.id)), -14 * USUAL)
    assert bench.view(clip.id).length == 8
    bench.drag(bench.begin_of(bench.view(clip.id)), 3 * USUAL)
    assert (bench.view(clip.id).start, bench.view(clip.id).length) == (3, 5)
    for _ in range(3):
        bench.session.undo()
    assert (bench.view(clip.id).start, bench.view(clip.id).length) == (0, 12)


def test_an_end_is_caught_by_the_playhead(bench: Bench):
    clip = bench.clip()
    bench.timeline.playback.seek(20)
    bench.drag(bench.end_of(clip), 8 * USUAL + 5)
    assert bench.view(clip.id).end == 20


def test_a_click_chooses_and_changes_nothing(bench: Bench):
    clip, entries = bench.clip(), len(bench.history())
    bench.timeline.select(None)
    bench.drag(bench.at(clip, 3), 1)
    assert bench.timeline.selected == clip.id and len(bench.history()) == entries
    QTest.mouseClick(bench.tracks, Qt.MouseButton.LeftButton, pos=QPoint(900, 40))
    assert bench.timeline.selected is None


def test_escape_gives_up_a_drag(bench: Bench):
    clip = bench.clip()
    QTest.mousePress(bench.tracks, Qt.MouseButton.LeftButton, pos=bench.at(clip, 5))
    bench.tracks.dragging.move(QPointF(bench.at(clip, 11)), Qt.KeyboardModifier.NoModifier)
    bench.tracks.dragging.move(QPointF(bench.at(clip, 11)), Qt.KeyboardModifier.NoModifier)
    assert bench.tracks.dragging.ghost is not None
    bench.key(Qt.Key.Key_Escape)
    QTest.mouseRelease(bench.tracks, Qt.MouseButton.LeftButton, pos=bench.at(clip, 11))
    assert bench.view(clip.id).start == 0


def test_the_playhead_goes_where_the_ruler_is_pressed(bench: Bench):
    bench.clip()
    ruler = bench.panel.ruler
    QTest.mousePress(ruler, Qt.MouseButton.LeftButton, pos=QPoint(round(bench.scale.x(7) + 3), 10))
    assert bench.timeline.playback.playhead == 7
    QTest.mouseRelease(ruler, Qt.MouseButton.LeftButton, pos=QPoint(0, 10))


def test_words_and_a_name_are_edited_in_place(bench: Bench):
    clip = bench.clip()
    QTest.mouseDClick(bench.tracks, Qt.MouseButton.LeftButton, pos=bench.at(clip, 6, words=True))
    field = bench.panel.words_field
    assert field.isVisible() and "frame 6" in field.heading.text()
    field.words.setText("rain begins")
    QTest.keyClick(field.words, Qt.Key.Key_Return)
    assert [(key.number, key.prompt) for key in bench.timeline.keyframes(clip.id)] == [(6, "rain begins")]
    QTest.mouseDClick(bench.tracks, Qt.MouseButton.LeftButton, pos=QPoint(40, bench.at(clip, 0).y()))
    QTest.keyClicks(bench.panel.name_field, "Mist")
    QTest.keyClick(bench.panel.name_field, Qt.Key.Key_Return)
    assert bench.view(clip.id).name == "Mist"


def test_a_keyframe_takes_the_region_on_the_canvas(bench: Bench):
    clip = bench.clip()
    bench.tracks.edit_words(clip, 4)
    field = bench.panel.words_field
    assert not field.region.isEnabled() and field.region_words.text() == "moves as before"
    field.close_back()
    bench.session.set_region(Region(Box(0, 0, 48, 48)))
    bench.tracks.edit_words(clip, 4)
    field.region.click()
    (key,) = bench.timeline.keyframes(clip.id)
    assert key.moves and key.region is not None and key.region.box.width == 48 and bench.session.region is None
    field.remove.click()
    assert not bench.timeline.keyframes(clip.id)


# ---- keys


def test_keys_step_move_lengthen_and_delete(bench: Bench):
    clip = bench.clip()
    bench.tracks.setFocus()
    for key, playhead in ((Qt.Key.Key_Right, 1), (Qt.Key.Key_Left, 0), (Qt.Key.Key_End, 11), (Qt.Key.Key_Home, 0)):
        bench.key(key)
        assert bench.timeline.playback.playhead == playhead
    bench.key(Qt.Key.Key_Right, SHIFT)
    assert bench.timeline.playback.playhead == 10
    bench.key(Qt.Key.Key_Right, ALT)
    bench.key(Qt.Key.Key_Down, ALT)
    assert (bench.view(clip.id).start, bench.view(clip.id).track) == (1, 1)
    bench.key(Qt.Key.Key_Right, ALT | SHIFT)
    assert bench.view(clip.id).length == 13
    bench.key(Qt.Key.Key_Space)
    assert bench.timeline.playback.playing
    bench.key(Qt.Key.Key_Space)
    bench.key(Qt.Key.Key_Return)
    assert bench.panel.words_field.isVisible()
    bench.panel.words_field.close_back()
    bench.key(Qt.Key.Key_Delete)
    assert not bench.timeline.clips


def test_up_and_down_choose_among_clips(bench: Bench):
    first, second = bench.clip(4), bench.clip(4, start=10)
    bench.key(Qt.Key.Key_Up)
    assert bench.timeline.selected == first.id
    bench.key(Qt.Key.Key_Down)
    bench.key(Qt.Key.Key_Down)
    assert bench.timeline.selected == second.id


# ---- work and time


def test_the_button_says_what_it_will_do_and_does_it(bench: Bench):
    clip, transport = bench.clip(4), bench.panel.transport
    assert transport.work.text() == "Animate" and "3 to paint" in transport.news.text()
    transport.work.click()
    bench.until(lambda: transport.work.text() == "Pause" or bench.timeline.painting.job(clip.id) is None)
    bench.until(lambda: set(bench.timeline.frames.states(clip.id)) == {"done"})
    bench.until(lambda: transport.news.text() == "all frames are painted")
    assert not transport.work.isEnabled()
    bench.drag(bench.end_of(bench.view(clip.id)), 3 * USUAL)
    bench.until(lambda: "3 to paint" in transport.news.text())
    assert transport.work.isEnabled()


def test_rate_speed_loop_and_onion_are_the_session_s(bench: Bench):
    bench.clip()
    transport, timeline = bench.panel.transport, bench.timeline
    transport.rate.setValue(24)
    assert timeline.rate == 24 and "s" in transport.place.text()
    transport.speed.setCurrentIndex(0)
    transport.speed.activated.emit(0)
    assert timeline.playback.speed == 0.25
    loop = timeline.playback.loop
    transport.loop.click()
    transport.onion.click()
    assert timeline.playback.loop is not loop and timeline.playback.onion
    transport.rate.setValue(0)
    assert transport.rate.value() == pytest.approx(0.1)
    timeline.clip_edits.set_rate(1000)
    assert bench.failures and timeline.rate == pytest.approx(0.1)


def test_all_of_it_can_be_drawn_in_every_state(bench: Bench):
    clip = bench.clip(30)
    bench.paint(clip.id)
    bench.timeline.clip_edits.extend(clip.id, 40)
    bench.timeline.keyframe_edits.set(clip.id, 20, prompt="rain")
    for per_frame in (1 / 50, 1, 3):
        bench.scale.zoom(per_frame)
        assert not bench.frame.grab().toImage().isNull()
    bench.scale.pan(1e6)
    assert not bench.frame.grab().toImage().isNull()
    assert not bench.failures


def test_a_frame_in_hand_is_looked_at_now_and_then(bench: Bench, monkeypatch: pytest.MonkeyPatch):
    clip, looks = bench.clip(), list[int]()
    thumbnail = bench.timeline.frames.thumbnail
    monkeypatch.setattr(
        bench.timeline.frames,
        "thumbnail",
        lambda clip, number, high: looks.append(number) or thumbnail(clip, number, high),
    )
    for _ in range(20):
        bench.timeline.frames_changed.emit(clip.id, (0,))
        bench.tracks.grab()
    assert 1 <= len(looks) <= 3, "patches tell of themselves much more often"
    seen = len(looks)
    bench.until(lambda: len(looks) > seen)  # the last change is seen in the end


def test_ten_thousand_frames_are_drawn_at_once(bench: Bench):
    clip = bench.clip(1000)
    bench.timeline.clip_edits.extend(clip.id, 10_000)
    bench.scale.fit(bench.timeline.length)
    assert not bench.frame.grab().toImage().isNull()
    assert bench.view(clip.id).length == 10_000 or bench.failures
