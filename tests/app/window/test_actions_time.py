"""Entries of the menu Time do what they say."""

import pytest

from app.document import Region
from engine.request import Box

from .conftest import Stage, noise
from .plays import Plays

PLAYS = Plays()


# ---- time


@PLAYS.of("make_clip")
def _make_clip(stage: Stage) -> None:
    assert not stage.window.actions_["make_clip"].isEnabled()
    clip = stage.clip()
    assert stage.session.timeline.selected == clip.id and clip.length == 24 and clip.box == Box(0, 0, 256, 256)
    assert stage.window.timeline.tracks.isVisible()
    stage.do("undo")
    assert not stage.session.timeline.clips and stage.window.timeline.transport.invitation.isVisible()


@PLAYS.of("animate")
def _animate(stage: Stage) -> None:
    stage.clip(frames=3)
    stage.do("animate")
    stage.until(lambda: set(stage.session.timeline.frames.states(stage.chosen().id)) == {"done"})


@PLAYS.of("play", "frame_back", "frame_on", "frame_first", "frame_last", "loop", "onion")
def _play(stage: Stage) -> None:
    timeline = stage.session.timeline
    stage.clip()
    stage.do("frame_on")
    stage.do("frame_on")
    stage.do("frame_back")
    assert timeline.playback.playhead == 1
    stage.do("frame_last")
    assert timeline.playback.playhead == 23
    stage.do("frame_first")
    assert timeline.playback.playhead == 0
    stage.do("play")
    stage.until(lambda: timeline.playback.playhead > 1)
    stage.do("play")
    assert not timeline.playback.playing
    for name in ("loop", "onion"):
        before = getattr(timeline.playback, name)
        for value in (not before, before):
            stage.do(name)
            assert getattr(timeline.playback, name) is value and stage.window.actions_[name].isChecked() is value


@PLAYS.of("keyframe", "keyframe_delete")
def _keyframe(stage: Stage) -> None:
    clip, timeline = stage.clip(), stage.session.timeline
    timeline.playback.seek(12)
    stage.do("keyframe")
    field = stage.window.timeline.words_field
    assert field.isVisible()
    field.words.setText("rain begins")
    field.keep()
    assert [(each.number, each.prompt) for each in timeline.keyframes(clip.id)] == [(12, "rain begins")]
    stage.do("keyframe_delete")
    assert not timeline.keyframes(clip.id)


@PLAYS.of("clip_rename")
def _clip_rename(stage: Stage) -> None:
    stage.clip()
    stage.do("clip_rename")
    field = stage.window.timeline.name_field
    assert field.isVisible() and field.text() == "Noise"
    field.setText("Mist")
    field.returnPressed.emit()
    assert stage.chosen().name == "Mist"


@PLAYS.of("clip_split", "clip_copy", "clip_longer", "clip_begin", "clip_end", "clip_delete")
def _clip_edits(stage: Stage) -> None:
    timeline = stage.session.timeline
    clip = stage.clip()
    stage.do("clip_longer")
    assert stage.chosen().length == 34
    for at, name, span in ((30, "clip_end", (0, 31)), (4, "clip_begin", (4, 31))):
        timeline.playback.seek(at)
        stage.do(name)
        assert (stage.chosen().start, stage.chosen().end) == span
    timeline.playback.seek(10)
    stage.do("clip_split")
    assert sorted((each.start, each.length) for each in timeline.clips) == [(4, 6), (10, 21)]
    timeline.select(clip.id)
    stage.do("clip_copy")
    assert len(timeline.clips) == 3
    stage.do("clip_delete")
    assert len(timeline.clips) == 2


@PLAYS.of("clip_region", "clip_loop", "clip_swap")
def _clip_settings(stage: Stage) -> None:
    stage.clip()
    stage.session.set_region(Region(Box(0, 0, 64, 64)))
    stage.do("clip_region")
    moves = stage.chosen().region
    assert moves is not None and moves.box == Box(0, 0, 64, 64)
    for value in (True, False):
        stage.do("clip_loop")
        assert stage.chosen().loop is value and stage.window.actions_["clip_loop"].isChecked() is value
    stage.session.documents.place_pixels(noise(128, 128), 900, 128, "Other")
    stage.do("clip_swap")
    assert stage.chosen().layer == stage.session.selected and stage.chosen().box.width == 128


@PLAYS.of("export_film")
def _export_film(stage: Stage) -> None:
    from app.export.film_dialog import FilmDialog

    assert not stage.window.actions_["export_film"].isEnabled()
    stage.clip()
    stage.do("export_film")
    stage.dialog(FilmDialog).reject()


@pytest.mark.parametrize("name", PLAYS.once)
def test_what_is_in_the_menu_of_time_does_what_it_says(stage: Stage, name: str):
    PLAYS[name](stage)
