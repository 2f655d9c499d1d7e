"""Keyframes in the hand: dragged along their lane, copied, carried by the arrow keys, given up and taken back."""

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest

from app.document import Region
from app.session.values import ClipView
from app.timeline.scale import USUAL
from engine.request import Box

from .conftest import CTRL, NONE, Bench

ALT, SHIFT = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier


def clip_with(bench: Bench, *numbers: int, frames: int = 24) -> ClipView:
    """A clip with other words from each of these frames on."""
    clip = bench.clip(frames)
    for number in numbers:
        bench.timeline.keyframe_edits.set(clip.id, number, prompt=f"from {number}")
    return bench.view(clip.id)


def mark(bench: Bench, clip: ClipView, number: int) -> QPoint:
    return bench.tracks.lanes.mark(clip, number).toPoint()


def keyframes(bench: Bench, clip: ClipView) -> list[tuple[int, str | None]]:
    return [(each.number, each.prompt) for each in bench.timeline.keyframes(clip.id)]


def test_a_keyframe_is_dragged_to_another_frame_in_one_step(bench: Bench):
    clip = clip_with(bench, 5)
    bench.timeline.keyframe_edits.set(clip.id, 5, region=Region(Box(clip.box.x, clip.box.y, 32, 32)))
    before = bench.history()
    bench.drag(mark(bench, clip, 5), 6.3 * USUAL)
    assert keyframes(bench, clip) == [(11, "from 5")] and bench.timeline.keyframes(clip.id)[0].moves
    assert bench.history() == [*before, "Move keyframe"]
    assert bench.timeline.selected_keyframe is not None and bench.timeline.selected_keyframe.number == 11
    bench.session.undo()
    assert keyframes(bench, clip) == [(5, "from 5")]
    bench.session.redo()
    assert keyframes(bench, clip) == [(11, "from 5")]


def test_where_it_would_come_to_lie_is_seen_while_it_is_held(bench: Bench):
    clip = clip_with(bench, 5)
    start, tracks = mark(bench, clip, 5), bench.tracks
    QTest.mousePress(tracks, Qt.MouseButton.LeftButton, pos=start)
    still = tracks.grab().toImage()
    for frames in (3, 4):
        tracks.dragging.move(QPointF(start) + QPointF(frames * USUAL, 0), NONE)
    held, ghost = tracks.grab().toImage(), tracks.dragging.ghost
    assert ghost is not None and vars(ghost)["to"] == 9 and held != still
    bench.key(Qt.Key.Key_Escape)
    QTest.mouseRelease(tracks, Qt.MouseButton.LeftButton, pos=start)
    assert keyframes(bench, clip) == [(5, "from 5")] and tracks.dragging.ghost is None
    assert tracks.grab().toImage() == still


def test_a_click_on_its_mark_chooses_it_and_a_double_click_edits_it(bench: Bench):
    clip, entries = clip_with(bench, 5), len(bench.history())
    bench.drag(mark(bench, clip, 5), 1)
    assert bench.timeline.selected_keyframe is not None and len(bench.history()) == entries
    QTest.mouseClick(bench.tracks, Qt.MouseButton.LeftButton, pos=bench.at(clip, 15, words=True))
    assert bench.timeline.selected == clip.id and bench.timeline.selected_keyframe is None
    QTest.mouseDClick(bench.tracks, Qt.MouseButton.LeftButton, pos=mark(bench, clip, 5))
    assert bench.panel.words_field.words.text() == "from 5"


def test_it_neither_leaves_its_clip_nor_covers_another_keyframe(bench: Bench):
    clip = clip_with(bench, 5, 9, 23)
    bench.drag(mark(bench, clip, 5), 4 * USUAL)
    assert keyframes(bench, clip) == [(9, "from 9"), (10, "from 5"), (23, "from 23")]
    bench.drag(mark(bench, clip, 9), -40 * USUAL)
    assert keyframes(bench, clip)[0] == (1, "from 9")
    bench.drag(mark(bench, clip, 1), 40 * USUAL)
    assert keyframes(bench, clip) == [(10, "from 5"), (22, "from 9"), (23, "from 23")]


def test_with_ctrl_or_alt_a_copy_is_dragged_away(bench: Bench):
    clip = clip_with(bench, 5)
    bench.drag(mark(bench, clip, 5), 4 * USUAL, modifiers=CTRL)
    bench.drag(mark(bench, clip, 9), 4 * USUAL, modifiers=ALT)
    assert keyframes(bench, clip) == [(number, "from 5") for number in (5, 9, 13)]
    assert bench.history()[-2:] == ["Copy keyframe"] * 2
    bench.session.undo()
    assert keyframes(bench, clip) == [(5, "from 5"), (9, "from 5")]


def test_the_arrows_carry_it_in_one_step_and_delete_takes_it_away(bench: Bench):
    clip = clip_with(bench, 5, 7)
    bench.timeline.select(clip.id, 5)
    entries = len(bench.history())
    bench.key(Qt.Key.Key_Right)
    bench.key(Qt.Key.Key_Right)
    assert keyframes(bench, clip) == [(7, "from 7"), (8, "from 5")], "over the one that lies there"
    bench.key(Qt.Key.Key_Right, SHIFT)
    bench.key(Qt.Key.Key_Left)
    assert keyframes(bench, clip)[-1] == (17, "from 5") and bench.timeline.playback.playhead == 0
    assert len(bench.history()) == entries + 1
    bench.session.undo()
    assert keyframes(bench, clip) == [(5, "from 5"), (7, "from 7")]
    bench.timeline.select(clip.id, 7)
    bench.key(Qt.Key.Key_Delete)
    assert keyframes(bench, clip) == [(5, "from 5")] and bench.timeline.clips
    bench.key(Qt.Key.Key_Right)
    assert bench.timeline.playback.playhead == 1, "the arrows are the playhead's again"


def test_keys_choose_keyframes_and_let_them_go(bench: Bench):
    clip = clip_with(bench, 5, 9)
    for key, number in ((Qt.Key.Key_PageDown, 5), (Qt.Key.Key_PageDown, 9), (Qt.Key.Key_PageUp, 5)):
        bench.key(key)
        chosen = bench.timeline.selected_keyframe
        assert chosen is not None and chosen.number == number and bench.timeline.playback.playhead == number
    assert "frame 5" in bench.tracks.accessibleDescription()
    bench.key(Qt.Key.Key_Return)
    assert bench.panel.words_field.words.text() == "from 5"
    bench.panel.words_field.close_back()
    bench.key(Qt.Key.Key_Escape)
    assert bench.timeline.selected_keyframe is None and bench.timeline.selected == clip.id


def test_in_a_trimmed_clip_it_keeps_its_place_in_the_film(bench: Bench):
    clip = clip_with(bench, 12)
    bench.timeline.clip_edits.trim(clip.id, 4, 23)
    clip = bench.view(clip.id)
    bench.drag(mark(bench, clip, 8), 3 * USUAL)
    assert keyframes(bench, clip) == [(11, "from 12")]
    bench.session.undo()
    bench.session.undo()
    assert keyframes(bench, clip) == [(12, "from 12")]


def test_what_was_said_on_a_frame_that_is_trimmed_away_holds_is_shown_and_can_be_changed(bench: Bench):
    clip = clip_with(bench, 3, 12)
    bench.timeline.clip_edits.trim(clip.id, 5, 23)
    clip = bench.view(clip.id)
    assert clip.prompt == "from 3" and keyframes(bench, clip) == [(7, "from 12")]
    bench.timeline.clip_edits.set_prompt(clip.id, "it snows")
    clip = bench.view(clip.id)
    assert keyframes(bench, clip) == [(0, "it snows"), (7, "from 12")], "the clip's own words are not heard any more"
    bench.session.undo()
    assert bench.view(clip.id).prompt == "from 3"
    bench.timeline.clip_edits.set_region(clip.id, None)
    assert keyframes(bench, clip) == [(7, "from 12")], "no keyframe says what moves, so the clip does"


def test_where_every_frame_has_one_a_copy_is_refused_in_a_sentence(bench: Bench):
    clip = clip_with(bench, 1, 2, frames=3)
    bench.timeline.keyframe_edits.copy(clip.id, 1, 2)
    assert "Make the clip longer" in bench.failures.pop() and len(keyframes(bench, clip)) == 2
    bench.timeline.keyframe_edits.move(clip.id, 9, 2)
    assert "not on the timeline" in bench.failures.pop()
