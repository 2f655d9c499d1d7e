"""Algorithm 2 over frames: the still stays, later frames read earlier ones, schedules and stops change nothing."""

import copy
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from PIL import Image

from engine.config import PRESETS
from engine.inference.paint import paint, paint_all, paint_frames
from engine.inference.video_canvas import FilmCanvas
from engine.models.checkpoint import ImageModel, load_model, save_model
from engine.planning.windows import window_plan
from engine.request import (
    Box,
    Extent,
    Finished,
    KnownPicture,
    Order,
    PaintedPatch,
    PaintRequest,
    Patch,
    PatchPainted,
    Planned,
    Stopped,
    UserError,
)
from engine.training.recipe import begin, train_recipe
from engine.training.scheduled_sampling import self_rollout
from engine.training.teacher_forcing import IGNORE_INDEX, patch_bits

TINY = PRESETS["tiny"]
PATCH = TINY.patch_px
SIDE = TINY.decoder.side
TARGET = Box(0, 0, 3 * PATCH, 2 * PATCH)


@pytest.fixture(scope="module")
def film_model(shaken: Callable[..., ImageModel]) -> ImageModel:
    """Looks back at two frames; random weights that all matter, in float64."""
    config = replace(TINY, decoder=replace(TINY.decoder, extent=Extent(1, 1, 2)))
    return shaken(5, dtype=torch.float64, config=config)


def still(seed: int = 1, frame: int = 0, mask: np.ndarray | None = None) -> KnownPicture:
    pixels = np.random.default_rng(seed).integers(0, 256, (TARGET.height, TARGET.width, 3), dtype=np.uint8)
    return KnownPicture(TARGET, pixels, mask, frame)


def animation(frames: int = 4, **changes: object) -> PaintRequest:
    return replace(PaintRequest(TARGET, (still(),), seed=3, frames=frames), **changes)  # type: ignore[arg-type]


def painted(request: PaintRequest, model: ImageModel, width: int = 16) -> Iterator[PatchPainted]:
    return (event for event in paint(request, model, width=width) if isinstance(event, PatchPainted))


def test_frame_0_is_the_still_and_all_others_are_painted(film_model: ImageModel) -> None:
    request = animation()
    film = paint_frames(request, film_model)
    assert film.shape == (4, TARGET.height, TARGET.width, 3)
    assert np.array_equal(film[0], request.known[0].pixels)
    planned = next(iter(paint(request, film_model)))
    assert isinstance(planned, Planned) and planned.patches == 3 * 6
    assert all((film[n] != film[n + 1]).any() for n in range(3))


def test_a_still_that_was_painted_is_read_by_its_own_tokens(film_model: ImageModel) -> None:
    """Going on from a painted picture there is no decode and encode in between."""
    picture = PaintRequest(TARGET, seed=3)
    events = [event for event in paint(picture, film_model) if isinstance(event, PatchPainted)]
    tokens = tuple(PaintedPatch(event.patch, event.tokens) for event in events)
    film = animation(known=(KnownPicture(TARGET, paint_all(picture, film_model)),), painted=tokens)
    canvas = FilmCanvas(film, film_model)
    assert any((canvas.encode(each.patch).numpy() != each.tokens).any() for each in tokens), "encoded they are others"
    replaced = replace(film, known=(still(), replace(film.known[0], pixels=255 - film.known[0].pixels)))
    bits = [next(e.bits_per_token for e in painted(each, film_model)) for each in (film, replaced)]
    assert bits[0] == bits[1], "only tokens are read"


def test_every_frame_depends_on_the_one_before(film_model: ImageModel) -> None:
    """Negative control: with another still all later frames are others."""
    one, other = (paint_frames(animation(known=(still(seed),), temperature=0.02), film_model) for seed in (1, 2))
    assert all((one[n] != other[n]).any() for n in range(4))


def test_a_part_that_moves_goes_over_into_the_still_around_it(film_model: ImageModel) -> None:
    resting = np.ones((TARGET.height, TARGET.width), bool)
    resting[:, PATCH:] = False
    rest = tuple(still(frame=n, mask=resting) for n in (1, 2, 3))
    film = paint_frames(animation(known=(still(), *rest)), film_model)
    change = np.abs(film[3].astype(int) - film[0]).mean((0, 2))
    assert not change[:PATCH].any()
    assert change[PATCH] < 1 < change[PATCH + 4] < change[2 * PATCH], "of noise, which nothing painted is like"


def test_the_wavefront_over_frames_paints_what_one_patch_after_another_paints(film_model: ImageModel) -> None:
    assert np.array_equal(paint_frames(animation(), film_model), paint_frames(animation(), film_model, width=1))


def test_a_film_out_of_nothing_and_one_frame_of_it(film_model: ImageModel) -> None:
    film = paint_frames(PaintRequest(TARGET, seed=4, frames=3), film_model)
    assert np.array_equal(film[0], paint_all(PaintRequest(TARGET, seed=4), film_model)), "the first reads no other"


def test_a_longer_film_begins_as_the_shorter(film_model: ImageModel) -> None:
    assert np.array_equal(paint_frames(animation(3), film_model), paint_frames(animation(5), film_model)[:3])


def test_what_is_known_in_later_frames_stays_pixel_still(film_model: ImageModel) -> None:
    """Only a region moves: the rest of every frame is known."""
    resting = np.ones((TARGET.height, TARGET.width), bool)
    resting[:, PATCH : 2 * PATCH] = False
    known = (still(), *(still(1, frame, resting) for frame in range(1, 4)))
    film = paint_frames(animation(known=known), film_model)
    assert (film[:, resting] == film[0][resting]).all() and (film[1:, ~resting] != film[0][~resting]).any()


def test_a_film_that_was_stopped_goes_on_to_the_same_frames(film_model: ImageModel) -> None:
    whole = paint_frames(animation(), film_model)
    left = iter(range(7 * TINY.decoder.tokens))
    events = list(paint(animation(), film_model, lambda: next(left, None) is None, width=2))
    assert isinstance(events[-1], Stopped)
    done = tuple(PaintedPatch(e.patch, e.tokens) for e in events if isinstance(e, PatchPainted))
    assert done and {patch.patch.frame for patch in done} >= {1}
    assert np.array_equal(paint_frames(animation(painted=done), film_model), whole)


def test_the_pool_is_flat_in_the_number_of_frames(film_model: ImageModel) -> None:
    peaks = []
    for frames in (5, 9):
        *_, last = paint(animation(frames), film_model)
        assert isinstance(last, Finished)
        peaks.append(last.peak_pool)
    assert peaks[0] == peaks[1]


def test_updates_name_the_frame_by_their_patch(film_model: ImageModel) -> None:
    seen = [event.patch for event in painted(animation(2), film_model)]
    assert sorted(seen) == [Patch(x, y, 1) for x in range(3) for y in range(2)]


def test_a_model_for_pictures_says_that_it_paints_no_films() -> None:
    with pytest.raises(UserError, match="not films"):
        list(paint(animation(), ImageModel.fresh(TINY)))


def test_teacher_forcing_over_frames_foresees_what_painting_saw(film_model: ImageModel) -> None:
    """Painting and training walk the same way: the bits of what was painted are those of the painting."""
    request = replace(animation(3), order=Order.OMEGA, recache="none", target=Box(0, 0, 2 * PATCH, 2 * PATCH))
    request = replace(request, known=(replace(still(), box=request.target, pixels=still().pixels[:, : 2 * PATCH]),))
    told = list(painted(request, film_model))
    canvas = FilmCanvas(request, film_model)
    grid = torch.stack([torch.zeros(2 * SIDE, 2 * SIDE, dtype=torch.int64)] * 3)
    for patch in canvas.patches_in(request.target):
        grid[0][places(patch)] = canvas.raster(patch)
    for event in told:
        grid[event.patch.frame][places(event.patch)] = torch.from_numpy(event.tokens.astype("int64"))
    window = window_plan(2, Extent(1, 1, 2), Order.OMEGA, frames=3, stills=1)
    foreseen = {planned.patch: float(bits) for planned, bits in patch_bits(film_model.decoder, window, grid[None])}
    assert foreseen == pytest.approx({event.patch: event.bits_per_token for event in told}, abs=1e-2)


def places(patch: Patch) -> tuple[slice, slice]:
    return slice(patch.row * SIDE, (patch.row + 1) * SIDE), slice(patch.column * SIDE, (patch.column + 1) * SIDE)


@pytest.mark.parametrize(("frames", "dreamt"), [(3, "false"), (4, "true")])
def test_a_recipe_teaches_motion(tmp_path: Path, frames: int, dreamt: str) -> None:
    data = tmp_path / "data"
    data.mkdir()
    for n in range(3):
        pixels = np.random.default_rng(n).integers(0, 256, (3 * 2 * 48 // 2, 160, 3), dtype=np.uint8)
        Image.fromarray(pixels).save(data / f"{n}.png")
    (data / "manifest.csv").write_text("file,split\n0.png,train\n1.png,train\n2.png,test\n")
    recipe = tmp_path / "films.toml"
    recipe.write_text(
        'name = "films"\npreset = "tiny"\n[decoder]\nextent = [1, 1, 2]\n'
        '[[stage]]\nkind = "films"\nsteps = 3\nbatch = 2\nheld_out = 2\n'
        f"frames = {frames}\nself_rollout = {dreamt}\nreport_every = 2\npatch_loss = false\n"
    )
    model = load_model(str(train_recipe(recipe, tmp_path / "run", data, "cpu")), "cpu")
    assert model.config.decoder.extent == Extent(1, 1, 2)
    assert paint_frames(PaintRequest(TARGET, (still(),), frames=2), model).shape[0] == 2


def test_dreams_leave_the_still_the_known_and_the_last_frame(film_model: ImageModel) -> None:
    films = torch.randint(TINY.decoder.vocabulary, (2, 4, 2 * SIDE, 2 * SIDE))
    wanted = films.clone()
    wanted[:, :, :, SIDE:] = IGNORE_INDEX

    def dream(seed: int) -> torch.Tensor:
        return self_rollout(film_model, films, wanted, [""] * 2, Order.ZETA, seed)

    assert torch.equal(dream(1), dream(1))
    changed = dream(1) != films
    assert not changed[:, [0, 3]].any()
    assert not changed[..., SIDE:].any()
    assert changed[:, 1:3, :, :SIDE].float().mean() > 0.5
    assert not torch.equal(dream(1)[:, 1], dream(2)[:, 1])


def test_tokens_that_a_dream_is_sure_of_are_put_in_their_places(film_model: ImageModel) -> None:
    """A decoder that repeats what it is fed next, whatever the order of painting, dreams the true frame."""
    films = torch.randint(TINY.decoder.vocabulary, (2, 3, 2 * SIDE, 2 * SIDE))

    def sure(_: torch.nn.Module, fed: Any, made: Any) -> Any:
        return 1e3 * F.one_hot(fed[0], TINY.decoder.vocabulary).float(), made[1]

    model = replace(film_model, decoder=copy.deepcopy(film_model.decoder))
    model.decoder.register_forward_hook(sure)
    for order in Order:
        assert torch.equal(self_rollout(model, films, films, [""] * 2, order, 0), films)


def test_a_model_for_films_goes_on_from_one_for_pictures(shaken: Callable[..., ImageModel], tmp_path: Path) -> None:
    """Before it has learned anything of time, its first frame is the picture."""
    known = shaken(7)
    save_model(known, tmp_path / "known", bits=32)
    config = replace(TINY, decoder=replace(TINY.decoder, extent=Extent(1, 1, 2), window=2))
    begin(tmp_path / "films", config, str(tmp_path / "known"))
    films = load_model(str(tmp_path / "films" / "model"), "cpu")
    request = PaintRequest(TARGET, seed=4)
    assert np.array_equal(paint_frames(replace(request, frames=2), films)[0], paint_all(request, known))
    assert films.words and known.words and films.words.model == known.words.model
