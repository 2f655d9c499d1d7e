"""What a film does only once: encode what is known in many frames, decode a patch, decode frames that are there."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
import torch

from engine.config import PRESETS, GuideConfig
from engine.inference.paint import paint, paint_frames
from engine.inference.video_canvas import FilmCanvas
from engine.media.animation import animation
from engine.models.checkpoint import ImageModel
from engine.request import Box, Extent, FramePainted, KnownPicture, PaintedPatch, PaintRequest, Patch, PatchPainted

TINY = PRESETS["tiny"]
PATCH = TINY.patch_px
TARGET = Box(0, 0, 3 * PATCH, 2 * PATCH)
STILL = KnownPicture(TARGET, np.random.default_rng(1).integers(0, 256, (2 * PATCH, 3 * PATCH, 3), dtype=np.uint8))
FILM = PaintRequest(TARGET, (STILL,), seed=3, frames=5)


@pytest.fixture(scope="module", params=["alone", "guided"])
def model(shaken: Callable[..., ImageModel], request: pytest.FixtureRequest) -> ImageModel:
    """Whose frames are decoded each alone, or under the guide of PG-VQGAN; every weight matters."""
    guide = GuideConfig(tuple(8 for _ in TINY.tokenizer.widths)) if request.param == "guided" else None
    config = replace(TINY, decoder=replace(TINY.decoder, extent=Extent(1, 1, 2)), guide=guide)
    made = shaken(5, dtype=torch.float64, config=config)
    if made.guide:
        made.guide.to(torch.float64)
        for parameter in made.guide.parameters():
            parameter.data.add_(0.1 * torch.randn_like(parameter))
    return made


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often the tokenizer was asked, for which frames pictures were decoded, and what is known was looked at."""
    made: Counter[str] = Counter()
    encode, decode, look = FilmCanvas._encode, FilmCanvas.decode, FilmCanvas._look_at_tokens

    def counted_encode(self: FilmCanvas, *args: np.ndarray) -> torch.Tensor:
        made["encoded"] += 1
        return encode(self, *args)

    def counted_decode(self: FilmCanvas, box: Box, frame: int) -> torch.Tensor:
        made[f"frame {frame}"] += 1
        return decode(self, box, frame)

    def counted_look(self: FilmCanvas, patch: Patch) -> np.ndarray:
        made["looked"] += 1
        return look(self, patch)

    monkeypatch.setattr(FilmCanvas, "_look_at_tokens", counted_look)
    monkeypatch.setattr(FilmCanvas, "_encode", counted_encode)
    monkeypatch.setattr(FilmCanvas, "decode", counted_decode)
    return made


def decoded_whole(request: PaintRequest, model: ImageModel) -> np.ndarray:
    """All frames, each decoded anew from its tokens after the frame before."""
    canvas, told = FilmCanvas(request, model), [e for e in paint(request, model) if isinstance(e, PatchPainted)]
    canvas.tokens |= {event.patch: torch.from_numpy(event.tokens.astype("int64")) for event in told}
    return np.stack([canvas.finish(frame) for frame in range(request.frames)])


def test_what_was_told_of_the_patches_is_the_frame(model: ImageModel) -> None:
    for width in (1, 16):
        assert np.array_equal(paint_frames(FILM, model, width), decoded_whole(FILM, model))


def test_a_patch_is_decoded_when_it_is_painted_and_again_when_all_around_it_is(
    model: ImageModel, calls: Counter[str]
) -> None:
    paint_frames(FILM, model)
    patches = {f"frame {frame}": 6 for frame in range(1, 5)}
    assert all(patches[frame] <= calls[frame] <= 2 * patches[frame] for frame in patches)


def test_what_is_known_of_all_frames_is_encoded_once(model: ImageModel, calls: Counter[str]) -> None:
    """Two patches change with the region: the one it lies in, and its neighbour, whose margin it reaches into."""
    region = Box(PATCH + 2, 2, PATCH - 2, PATCH - 4)
    counts = []
    for frames in (2, 8):
        calls.clear()
        paint_frames(replace(FILM, known=animation(STILL, frames, region), frames=frames), model)
        counts.append(calls["encoded"])
    assert counts[0] == counts[1] <= 12


def test_frames_that_know_the_same_places_are_looked_at_once(model: ImageModel, calls: Counter[str]) -> None:
    moving, other = Box(PATCH, 0, PATCH, PATCH), Box(0, 0, PATCH, PATCH)
    known = (*animation(STILL, 5, moving), *(each for each in animation(STILL, 9, other) if each.frame > 4))
    canvas = FilmCanvas(replace(FILM, known=known, frames=9), model)
    assert calls["looked"] == 3 * 6, "the still, and one frame of each region"
    assert canvas.paintable == {Patch(frame < 5, 0, frame) for frame in range(1, 9)}


def test_going_on_needs_only_tokens_and_the_last_frame(model: ImageModel, calls: Counter[str]) -> None:
    short = list(paint(replace(FILM, frames=3), model))
    whole = paint_frames(FILM, model)
    painted = tuple(PaintedPatch(e.patch, e.tokens) for e in short if isinstance(e, PatchPainted))
    *_, last = (event for event in short if isinstance(event, FramePainted))
    calls.clear()
    told = list(paint(replace(FILM, painted=painted, since=last), model))
    assert not any(calls[f"frame {frame}"] for frame in range(3))
    frames = [event for event in told if isinstance(event, FramePainted)]
    assert [event.frame for event in frames] == [3, 4]
    assert all(np.array_equal(event.pixels, whole[event.frame]) for event in frames)
    assert min(event.patch.frame for event in told if isinstance(event, PatchPainted)) == 3


def test_a_part_goes_on_from_what_was_painted_not_from_how_it_looks_beside_the_still(model: ImageModel) -> None:
    film = replace(FILM, known=animation(STILL, FILM.frames, Box(PATCH, 0, PATCH, PATCH)))
    events = list(paint(film, model))
    whole = [event for event in events if isinstance(event, FramePainted)]
    painted = [PaintedPatch(e.patch, e.tokens) for e in events if isinstance(e, PatchPainted) and e.patch.frame < 3]
    told = list(paint(replace(film, painted=tuple(painted), since=whole[2]), model))
    frames = [event.pixels for event in told if isinstance(event, FramePainted)]
    assert np.array_equal(frames[-1], whole[-1].pixels)


def test_frames_whose_tokens_are_not_all_there_are_told(model: ImageModel) -> None:
    """Nothing is believed to be whole that is not: then all is painted as if nothing was said."""
    whole = paint_frames(FILM, model)
    since = FramePainted(2, np.zeros_like(whole[2]))
    assert np.array_equal(paint_frames(replace(FILM, since=since), model), whole)
