"""What goes by in a film is one picture, which is painted on beyond the still."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
import torch

from engine.config import PRESETS
from engine.inference.backdrop import PART, Backdrop
from engine.inference.motion_direction import NO_SKY, comes_from, first_change, what_moves
from engine.inference.paint import paint, paint_all, paint_frames
from engine.media.animation import animation
from engine.models.checkpoint import ImageModel
from engine.request import (
    Box,
    Extent,
    KnownPicture,
    PaintedPatch,
    PaintRequest,
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


def test_words_and_regions_tell_what_moves() -> None:
    sky = np.full((TARGET.height, TARGET.width, 3), (90, 110, 160), np.uint8)
    sky[PATCH:] = (60, 50, 20)
    landscape = replace(request(), known=(KnownPicture(TARGET, sky),))
    clouds = what_moves(landscape)
    assert clouds and clouds.known[: PATCH - 4].all() and not clouds.share[PATCH:].any()
    camera = what_moves(replace(landscape, prompts=(Prompt("the camera pans left"),)))
    assert camera and (camera.share == 1).all()
    assert what_moves(replace(landscape, prompts=(Prompt("a boat goes left"),))) is None
    part = what_moves(request("smoke drifts left", region=Box(0, 0, TARGET.width, PATCH)))
    assert part and part.known[:PATCH].all() and not part.known[PATCH:].any()
    hole = np.ones((TARGET.height, TARGET.width), bool)
    hole[3, 3] = False
    assert what_moves(replace(landscape, known=(KnownPicture(TARGET, sky, hole),))) is None


@pytest.mark.parametrize(
    ("words", "region", "notes"),
    [
        (LEFT, None, (NO_SKY,)),
        (LEFT, Box(0, 0, PATCH, PATCH), ()),
        ("the camera pans left over clouds", None, ()),
        ("leaves go left", None, ()),
        ("clouds", None, ()),
    ],
)
def test_a_still_without_a_sky_is_said(
    film_model: ImageModel, words: str, region: Box | None, notes: tuple[str, ...]
) -> None:
    planned = next(iter(paint(request(words, region=region), film_model)))
    assert isinstance(planned, Planned) and tuple(note for note in planned.notes if note == NO_SKY) == notes


def test_other_words_or_regions_end_what_was_told() -> None:
    region, other = Box(0, 0, PATCH, PATCH), Box(PATCH, 0, PATCH, PATCH)
    film = request(frames=9, region=region)
    assert first_change(film) == 9
    assert first_change(replace(film, prompts=(*film.prompts, Prompt("clouds drift right", frame=4)))) == 4
    changed = (*animation(still(), 5, region), *(k for k in animation(still(), 9, other) if k.frame > 4))
    assert first_change(replace(film, known=changed)) == 5


def test_a_camera_shows_one_picture_further_and_further(film_model: ImageModel, still_model: ImageModel) -> None:
    """Each frame is the one before, a token further, and what comes in is what the picture goes on with."""
    frames = 2 * PART * SIDE + 2
    film = paint_frames(request("the camera pans right", frames), film_model, begins=still_model)
    step = TINY.tokenizer.compression
    assert (film[1:, :, :-step] == film[:-1, :, step:]).all()
    beyond = Box(TARGET.right, 0, PART * PATCH, TARGET.height)
    painted = paint_all(PaintRequest(beyond, (still(),), seed=3, grain=1.0, exemplar=1.0), still_model)
    assert (film[PART * SIDE, :, -PART * PATCH :] == painted[:, -TARGET.width :]).all()


@pytest.mark.parametrize(("words", "way"), [("left", (0, -1)), ("up", (-1, 0)), ("down", (1, 0))])
def test_every_direction_is_gone(film_model: ImageModel, words: str, way: tuple[int, int]) -> None:
    film = paint_frames(request(f"the camera pans {words}", 4), film_model).astype(int)
    step = TINY.tokenizer.compression
    down, right = (step * each for each in way)
    moved = np.roll(film[:-1], (-down, -right), (1, 2))
    inner = slice(2 * step, -2 * step)
    assert (film[1:, inner, inner] == moved[:, inner, inner]).all()


def test_what_rests_stays_to_the_bit(film_model: ImageModel, still_model: ImageModel) -> None:
    film = paint_frames(request(region=Box(0, 0, TARGET.width, PATCH)), film_model, begins=still_model)
    assert (film[:, PATCH:] == still().pixels[PATCH:]).all()
    assert (film[2, :PATCH] != still().pixels[:PATCH]).any()


def test_a_small_part_comes_back_as_in_a_mirror(film_model: ImageModel) -> None:
    step = TINY.tokenizer.compression
    film = replace(request("smoke drifts right", 12, Box(0, 0, 2 * step, 2 * step)), prompts=(Prompt("right"),))
    backdrop = Backdrop.of(film, TINY)
    assert backdrop is not None
    backdrop.until(11, lambda _: iter(()))
    shown = [backdrop.seen(Box(0, 0, 2 * step, 1), frame)[0][0, 0] for frame in range(1, 12)]
    row = still().pixels[0, : 2 * step]
    places = [-frame * step for frame in range(1, 12)]
    mirrored = np.pad(row, ((20 * step, 0), (0, 0)), "symmetric")
    assert (np.abs(np.array(shown).astype(int) - mirrored[[20 * step + place for place in places]]) <= 1).all()


def test_after_other_words_the_model_goes_on(film_model: ImageModel) -> None:
    said = (Prompt(LEFT), Prompt("rain falls", frame=2))
    film = replace(request("the camera pans left", 4), prompts=(Prompt("the camera pans left"), said[1]))
    told = {e.patch: e.bits_per_token for e in paint(film, film_model) if isinstance(e, PatchPainted)}
    assert {patch.frame for patch, bits in told.items() if not bits} == {1}
    assert {patch.frame for patch, bits in told.items() if bits} == {2, 3}


def test_a_longer_film_begins_as_a_shorter_one(film_model: ImageModel, still_model: ImageModel) -> None:
    short, long = (
        paint_frames(request("the camera pans up", n), film_model, begins=still_model) for n in (SIDE, 4 * SIDE)
    )
    assert np.array_equal(long[:SIDE], short)


@pytest.mark.parametrize("words", ["the camera pans down", "rain falls"])
def test_batches_and_stops_change_nothing(film_model: ImageModel, still_model: ImageModel, words: str) -> None:
    film = request(words, 2 * SIDE + 2 if "camera" in words else 4)
    whole = paint_frames(film, film_model, begins=still_model)
    assert np.array_equal(paint_frames(film, film_model, width=1, begins=still_model), whole)
    painted: list[PaintedPatch] = []
    stopped: list[Stopped] = []
    for event in paint(film, film_model, lambda: len(painted) >= 10, begins=still_model):
        if isinstance(event, PatchPainted):
            painted.append(PaintedPatch(event.patch, event.tokens))
        stopped += [event] if isinstance(event, Stopped) else []
    assert stopped
    again = replace(film, painted=tuple(painted))
    assert np.array_equal(paint_frames(again, film_model, begins=still_model), whole)


def test_a_film_is_stopped_while_it_is_painted_what_goes_by(film_model: ImageModel, still_model: ImageModel) -> None:
    asked: list[bool] = []

    def stop() -> bool:
        asked.append(True)
        return len(asked) > 5

    events = list(paint(request("the camera pans right", 40), film_model, stop, begins=still_model))
    assert isinstance(events[-1], Stopped)
