"""What comes into a film is painted ahead of it, beyond the still, and is never seen as such."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
import torch

from engine.config import PRESETS
from engine.inference.motion_direction import comes_from
from engine.inference.offscreen_panorama import CALM
from engine.inference.paint import paint, paint_all, paint_frames
from engine.inference.video_canvas import FilmCanvas
from engine.media.animation import animation
from engine.models.checkpoint import ImageModel
from engine.request import (
    Box,
    Extent,
    FramePainted,
    KnownPicture,
    PaintedPatch,
    PaintRequest,
    Patch,
    PatchPainted,
    Planned,
    Prompt,
    Stopped,
)

TINY = PRESETS["tiny"]
PATCH, SIDE = TINY.patch_px, TINY.decoder.side
TARGET = Box(0, 0, 2 * PATCH + 3, 2 * PATCH)  # its last column of patches is seen in part
LEFT = "clouds drift left"


@pytest.fixture(scope="module")
def film_model(shaken: Callable[..., ImageModel]) -> ImageModel:
    config = replace(TINY, decoder=replace(TINY.decoder, extent=Extent(1, 1, 1)))
    return shaken(5, dtype=torch.float64, config=config)


@pytest.fixture(scope="module")
def still_model(shaken: Callable[..., ImageModel]) -> ImageModel:
    return shaken(6, dtype=torch.float64)


def still() -> KnownPicture:
    pixels = np.random.default_rng(1).integers(0, 256, (TARGET.height, TARGET.width, 3), dtype=np.uint8)
    return KnownPicture(TARGET, pixels)


def request(words: str = LEFT, frames: int = 3, region: Box | None = None) -> PaintRequest:
    known = animation(still(), frames, region)
    return PaintRequest(TARGET, known, seed=3, temperature=0.02, frames=frames, prompts=(Prompt(words),))


@pytest.mark.parametrize(
    ("words", "side"),
    [
        ("clouds drift left", (1, 0)),
        ("Clouds drift to the RIGHT, a bright sky", (-1, 0)),
        ("the camera pans left", (-1, 0)),
        ("the camera pans up", (0, -1)),
        ("smoke goes upwards", (0, 1)),
        ("an uproar of leftovers", None),
        ("clouds drift left, mist drifts right", None),
        ("rain falls", None),
        ("", None),
    ],
)
def test_words_tell_from_which_side_things_come(words: str, side: tuple[int, int] | None) -> None:
    assert comes_from(request(words)) == side


def test_pictures_and_films_from_words_alone_look_nowhere_ahead() -> None:
    assert comes_from(request(frames=1)) is None
    assert comes_from(replace(request(), known=())) is None


def test_what_is_ahead_lies_beside_what_moves(film_model: ImageModel) -> None:
    right = {Patch(column, row, frame) for column in (3, 4) for row in (0, 1) for frame in (0, 1, 2)}
    assert FilmCanvas(request(), film_model).ahead == right
    upper = FilmCanvas(request(region=Box(0, 0, TARGET.width, PATCH)), film_model)
    assert upper.ahead == {patch for patch in right if not patch.row}
    assert upper.wide == Box(0, 0, 5 * PATCH, 2 * PATCH)
    inside = FilmCanvas(request(region=Box(0, 0, TARGET.width - 1, PATCH)), film_model)
    assert not inside.ahead and inside.wide == TARGET


def test_nobody_is_told_of_pixels_beyond_the_target(film_model: ImageModel, still_model: ImageModel) -> None:
    events = list(paint(request(), film_model, begins=still_model))
    planned = events[0]
    assert isinstance(planned, Planned) and planned.patches == 2 * (6 + 4)
    assert len(planned.boxes) == 2 * 6
    for event in events:
        if isinstance(event, PatchPainted):
            assert all(
                TARGET.contains(box) and pixels.shape[:2] == (box.height, box.width) for box, pixels in event.updates
            )
            assert event.updates[0].box.empty == (event.patch.column > 2)
        if isinstance(event, FramePainted):
            assert event.pixels.shape == (TARGET.height, TARGET.width, 3)


def test_what_is_ahead_comes_in(film_model: ImageModel, still_model: ImageModel, shaken) -> None:
    """Where another model has painted beside the same still, other tokens are foreseen in frame 1."""

    def foreseen(begins: ImageModel) -> float:
        events = paint(request(), film_model, begins=begins)
        return next(e.bits_per_token for e in events if isinstance(e, PatchPainted) and e.patch == Patch(2, 0, 1))

    assert foreseen(still_model) == foreseen(still_model) != foreseen(shaken(7, dtype=torch.float64))


def test_what_rests_stays_to_the_bit(film_model: ImageModel, still_model: ImageModel) -> None:
    film = paint_frames(request(region=Box(0, 0, TARGET.width, PATCH)), film_model, begins=still_model)
    assert (film[:, PATCH:] == still().pixels[PATCH:]).all()
    assert (film[2, :PATCH] != still().pixels[:PATCH]).any()


def test_whenever_it_has_moved_by_a_patch_the_picture_goes_on_beyond_it(
    film_model: ImageModel, still_model: ImageModel
) -> None:
    film = request(frames=2 * SIDE + 2)
    assert list(FilmCanvas(film, film_model).fresh) == [0, SIDE, 2 * SIDE]
    events = paint(film, film_model, begins=still_model)
    told = {event.patch: event.tokens for event in events if isinstance(event, PatchPainted)}
    known = [still()]
    for first, last in ((3, 4), (5, 5), (6, 6)):  # columns, of which the last is beyond the film in every case
        box = Box(first * PATCH, 0, (last + 1 - first) * PATCH, 2 * PATCH)
        top_p = CALM if len(known) > 1 else 1.0
        beyond = PaintRequest(box, tuple(known), seed=3, anchor=(0, 0), grain=1.0, top_p=top_p)
        painted = {e.patch: e.tokens for e in paint(beyond, still_model) if isinstance(e, PatchPainted)}
        known.append(KnownPicture(box, paint_all(beyond, still_model)))
        frame = (last - 4) * SIDE
        assert not frame or all((told[Patch(4, row, frame)] == painted[Patch(last, row)]).all() for row in (0, 1))


def test_a_longer_film_begins_as_a_shorter_one(film_model: ImageModel, still_model: ImageModel) -> None:
    short, long = (paint_frames(request(frames=n), film_model, begins=still_model) for n in (SIDE, 2 * SIDE))
    assert np.array_equal(long[:SIDE], short)


@pytest.mark.parametrize("frames", [3, 2 * SIDE + 2])
def test_batches_and_stops_change_nothing(film_model: ImageModel, still_model: ImageModel, frames: int) -> None:
    film = request(frames=frames)
    whole = paint_frames(film, film_model, begins=still_model)
    assert np.array_equal(paint_frames(film, film_model, width=1, begins=still_model), whole)
    painted: list[PaintedPatch] = []
    stopped: list[Stopped] = []
    for event in paint(film, film_model, lambda: len(painted) >= 10 * frames - 25, begins=still_model):
        if isinstance(event, PatchPainted):
            painted.append(PaintedPatch(event.patch, event.tokens))
        stopped += [event] if isinstance(event, Stopped) else []
    assert stopped and any(each.patch.column > 2 for each in painted)
    again = replace(film, painted=tuple(painted))
    assert np.array_equal(paint_frames(again, film_model, begins=still_model), whole)


def test_a_film_that_goes_on_from_its_last_frame_decodes_what_is_ahead_again(
    film_model: ImageModel, still_model: ImageModel
) -> None:
    events = list(paint(request(), film_model, begins=still_model))
    whole = {event.frame: event for event in events if isinstance(event, FramePainted)}
    painted = [PaintedPatch(e.patch, e.tokens) for e in events if isinstance(e, PatchPainted) and e.patch.frame == 1]
    on = replace(request(), painted=tuple(painted), since=whole[1])
    told = [event for event in paint(on, film_model, begins=still_model) if isinstance(event, FramePainted)]
    assert np.array_equal(told[-1].pixels, whole[2].pixels)
