"""Clips on the canvas: frames lie where their still lies among the layers, and show what of them is still to come."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from app.canvas.overlays.overlays import not_yet
from app.canvas.tiles.clip_renderer import VEIL
from app.document import Region
from engine.request import Box, Patch, PatchGrown, PatchPainted, Update

from .canvas.view_desk import HIGH, WIDE, Desk, token
from .film_desk import describe_film_model

STILL = Box(0, 0, 256, 128)  # two patches of 128 px
COVER = Box(100, 40, 80, 40)
BLUE = (20, 60, 220)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> Iterator[Desk]:
    monkeypatch.setenv("HANDSCROLL_DATA", str(tmp_path))
    describe_film_model(tmp_path / "models" / "film")
    made = Desk(tmp_path)
    yield made
    assert not made.failures
    made.close()


def lay(desk: Desk, box: Box, colour: tuple[int, int, int], alpha: int = 255) -> int:
    pixels = np.full((box.height, box.width, 4), (*colour, alpha), np.uint8)
    return desk.session.document.layers.put(pixels, box.x, box.y, "Cover").id


def film(desk: Desk, region: Region | None = None) -> int:
    """A clip of three frames, of which two wait."""
    desk.noise(0, 0, STILL.width, STILL.height, "Still")
    desk.session.select(desk.session.document.layers.all()[-1].id)
    desk.session.set_region(region)
    clip = desk.session.timeline.clip_edits.make_clip(3)
    assert clip is not None
    return clip


def painted(desk: Desk, clip: int) -> None:
    timeline = desk.session.timeline
    timeline.painting.animate(clip)
    while set(timeline.frames.states(clip)) != {"done"} or timeline.painting.job(clip) is not None:
        desk.rest()
    timeline.playback.seek(1)
    desk.corner(-20, -20)


def frame_at(desk: Desk, clip: int, x: int, y: int, number: int = 1) -> np.ndarray:
    pixels = desk.session.timeline.frames.pixels(clip, number)
    assert pixels is not None
    return pixels[y, x].astype(int)


def near(seen: tuple[int, ...], expected: np.ndarray) -> bool:
    return bool(np.abs(np.array(seen) - expected).max() <= 2)


# ---- among the layers


def test_what_lies_over_a_still_lies_over_its_frames_too(desk: Desk):
    clip = film(desk)
    cover = lay(desk, COVER, BLUE, 128)
    painted(desk, clip)
    mixed = (frame_at(desk, clip, 120, 60) + np.array(BLUE)) / 2
    assert near(desk.at(120, 60), mixed)
    assert near(desk.at(50, 60), frame_at(desk, clip, 50, 60))
    desk.session.document.layers.fade(cover, 0.5)
    desk.rest()
    assert near(desk.at(120, 60), frame_at(desk, clip, 120, 60) * 0.75 + np.array(BLUE) * 0.25)
    desk.session.document.layers.show(cover, False)
    assert near(desk.at(120, 60), frame_at(desk, clip, 120, 60))


def test_another_order_of_layers_is_another_order_of_frames(desk: Desk):
    cover_below = lay(desk, STILL, BLUE)
    clip = film(desk)
    painted(desk, clip)
    assert near(desk.at(120, 60), frame_at(desk, clip, 120, 60))
    desk.session.document.layers.reorder(cover_below, 1)
    desk.rest()
    assert desk.at(120, 60) == BLUE
    desk.session.undo()
    desk.rest()
    assert near(desk.at(120, 60), frame_at(desk, clip, 120, 60))


def test_a_stroke_over_a_frame_is_seen_at_once(desk: Desk):
    clip = film(desk)
    cover = lay(desk, COVER, BLUE)
    painted(desk, clip)
    stroke = np.full((10, 10, 4), (250, 250, 0, 255), np.uint8)
    desk.session.document.layers.paint(cover, Box(120, 60, 10, 10), stroke)
    assert desk.at(125, 65) == (250, 250, 0)


def test_frames_let_through_what_their_layer_lets_through(desk: Desk):
    lay(desk, STILL.grow(20), BLUE)
    clip = film(desk)
    still = desk.session.timeline.clips[0].layer
    assert still is not None
    painted(desk, clip)
    desk.session.document.layers.fade(still, 0.25)
    desk.rest()
    assert near(desk.at(120, 60), frame_at(desk, clip, 120, 60) * 0.25 + np.array(BLUE) * 0.75)
    desk.session.document.layers.show(still, False)
    desk.rest()
    assert desk.at(120, 60) == BLUE and not desk.view.film.showing()


def test_the_onion_skin_lies_under_what_lies_over_the_still(desk: Desk):
    clip = film(desk)
    lay(desk, COVER, BLUE)
    painted(desk, clip)
    plain = desk.at(50, 60)
    desk.session.timeline.playback.turn_onion()
    assert desk.at(50, 60) != plain and desk.at(120, 60) == BLUE


def test_a_variant_that_is_looked_at_lies_over_frames(desk: Desk):
    clip = film(desk)
    painted(desk, clip)
    job = desk.stage(Box(0, 0, 128, 128))
    desk.patch(job, Box(0, 0, 128, 128), (9, 8, 7))
    desk.rest()
    assert desk.at(60, 60) == (9, 8, 7)


# ---- what is still to come


def begun(desk: Desk, clip: int) -> int:
    """The first patch of frame 1 is finished; nothing else is done."""
    session = desk.session
    job = session.timeline.painting.animate(clip)
    assert job is not None
    session.queue.pause(job)
    pixels = np.full((128, 128, 3), (9, 200, 9), np.uint8)
    event = PatchPainted(Patch(0, 0, 1), (Update(Box(0, 0, 128, 128), pixels),), np.zeros((16, 16), np.int32), 5.0)
    session.document.jobs.keep(job, event)
    session.queue.filmed.emit(job, event)
    session.timeline.playback.seek(1)
    desk.corner(-20, -20)
    return job


def test_patches_to_come_are_the_still_under_paper(desk: Desk):
    clip = film(desk)
    job = begun(desk, clip)
    still, paper = frame_at(desk, clip, 200, 60, 0), np.array(token("paper"))
    assert desk.at(60, 60) == (9, 200, 9)
    assert near(desk.at(200, 60), still * (1 - VEIL) + paper * VEIL)
    ((_, number),) = desk.view.film.showing()
    frames = desk.session.timeline.frames
    assert not_yet(frames, desk.view.film, clip, number) == "is half painted"
    assert (
        not_yet(frames, desk.view.film, clip, 2) == "waits to be painted"
        and not_yet(frames, desk.view.film, clip, 0) == ""
    )
    half = Update(Box(128, 0, 128, 128), np.full((128, 128, 4), (1, 2, 3, 255), np.uint8))
    desk.queue.filmed.emit(job, PatchGrown(Patch(1, 0, 1), half))
    assert desk.at(200, 60) == (1, 2, 3)


def test_a_patch_that_grows_reads_nothing_anew_and_goes_when_it_is_stopped(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
):  # fmt: skip
    clip = film(desk)
    job, timeline = begun(desk, clip), desk.session.timeline
    before, read = desk.at(200, 60), list[int]()
    pixels = timeline.frames.pixels
    monkeypatch.setattr(timeline.frames, "pixels", lambda clip, number: read.append(number) or pixels(clip, number))
    for height in (40, 80):
        grown = np.zeros((128, 128, 4), np.uint8)
        grown[:height] = (1, 2, 3, 255)
        desk.queue.filmed.emit(job, PatchGrown(Patch(1, 0, 1), Update(Box(128, 0, 128, 128), grown)))
        assert desk.at(200, 60) == ((1, 2, 3) if height > 60 else before) and desk.at(60, 60) == (9, 200, 9)
    assert not read and desk.view.drawn_pixels < 2 * 130 * 130
    desk.queue.stopped.emit(job)
    assert desk.at(200, 60) == before


def test_where_nothing_moves_the_still_is_seen_as_it_is(desk: Desk):
    form = np.ones((60, 100), bool)
    form[:, :50] = False
    clip = film(desk, Region(Box(140, 10, 100, 60), form))
    begun(desk, clip)
    paper = np.array(token("paper"))
    assert near(desk.at(200, 100), frame_at(desk, clip, 200, 100, 0))
    assert near(desk.at(160, 40), frame_at(desk, clip, 160, 40, 0))
    assert near(desk.at(220, 40), frame_at(desk, clip, 220, 40, 0) * (1 - VEIL) + paper * VEIL)


def test_a_frame_that_waits_and_one_that_is_played_over_show_no_paper(desk: Desk):
    clip = film(desk)
    begun(desk, clip)
    desk.session.timeline.playback.seek(2)
    assert near(desk.at(200, 60), frame_at(desk, clip, 200, 60, 0))
    desk.session.timeline.playback.seek(1)
    desk.session.timeline.playback.play()
    desk.session.timeline.playback.seek(1)
    assert near(desk.at(200, 60), frame_at(desk, clip, 200, 60, 0))
    desk.session.timeline.playback.pause()


def test_seen_small_a_frame_is_as_smooth_as_its_still(desk: Desk):
    """Of a frame drawn from all its pixels most would be left out."""
    clip = film(desk)
    desk.view.zoom_to(0.25)
    desk.view.centre_on(128, 64)
    desk.rest()
    desk.session.timeline.playback.seek(0)
    desk.rest()
    moving = desk.seen().astype(int)
    assert [each.id for each, _ in desk.view.film.showing()] == [clip]
    desk.session.timeline.clip_edits.delete(clip)
    desk.rest()
    middle = np.s_[HIGH // 2 - 12 : HIGH // 2 + 12, WIDE // 2 - 28 : WIDE // 2 + 28]
    assert not desk.view.film.showing() and np.abs(moving - desk.seen())[middle].mean() < 2
