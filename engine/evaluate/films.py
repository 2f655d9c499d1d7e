"""FVD of a film model: what it makes of the first frames of held-out clips, against real clips of other films."""

from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from engine.datasets.images import read_splits
from engine.datasets.video_clips import FRAMES, TrainingFilm, load_films
from engine.evaluate.foreign_networks import NOT_COMPUTED, ForeignFiles, clip_features
from engine.evaluate.frechet import frechet_distance
from engine.inference.motion_direction import paints_beside
from engine.inference.paint import paint_frames
from engine.models.checkpoint import ImageModel, load_model
from engine.request import Box, KnownPicture, PaintRequest, Prompt

PATCHES = 2  # to the side of a clip, at most
REFERENCE = 4  # times as many real clips as are painted
Clip = tuple[np.ndarray, str]  # frames uint8 (FRAMES, side, side, 3), and the caption of its film


def video_distance(
    model: ImageModel, folder: Path, files: ForeignFiles, count: int, tell: Callable[[str], None] = lambda _: None
) -> dict[str, Any] | str:
    """FVD of at most `count` animated stills, of real clips (`real`) and of stills that stay as they are (`still`).

    The stills are first frames of one half of the clips; the other half is the reference of all three.
    """
    if not model.config.decoder.extent.frames:
        return "not computed (not a model for films)"
    if files.i3d is None:
        return NOT_COMPUTED
    films = held_out_films(folder, model.config.patch_px)
    reference, chosen = halves(films, model, count)
    if min(len(reference), len(chosen)) < 2:
        return f"not computed ({folder} has too few held-out clips of {FRAMES} frames)"
    real, painted = np.stack([clip for clip, _ in chosen]), []
    for number, (clip, words) in enumerate(chosen):
        tell(f"animating still {number + 1} of {len(chosen)}")
        painted.append(animated(model, clip[0], words, seed=number))
    first = clip_features(files, np.stack([clip for clip, _ in reference]))
    ways = {"value": np.stack(painted), "real": real, "still": np.repeat(real[:, :1], FRAMES, 1)}
    return {
        "features": f"I3D ({files.i3d.name})",
        **{name: frechet_distance(first, clip_features(files, clips)) for name, clips in ways.items()},
        "count": {"painted": len(painted), "real": len(real), "reference": len(reference)},
        "frames": FRAMES,
        "clip_px": real.shape[2],
    }


def held_out_films(folder: Path, smallest: int) -> list[TrainingFilm]:
    """Films that the manifest of a folder holds out; all of them where it has no manifest."""
    return load_films(folder, smallest, least=FRAMES, split="test" if read_splits(folder) else "train")


def halves(films: Sequence[TrainingFilm], model: ImageModel, count: int) -> tuple[list[Clip], list[Clip]]:
    """Clips of every other film, at most REFERENCE times `count`, and at most `count` of the films between them.

    A single film is divided at its middle.
    """
    if not films:
        return [], []
    shortest = min(min(film.frames.shape[1:3]) for film in films)
    grid = model.config.tokenizer.compression
    side = min(PATCHES * model.config.patch_px, shortest) // grid * grid
    clips = [list(_clips(film, side)) for film in films]
    if len(films) == 1:
        middle = len(clips[0]) // 2
        clips = [clips[0][:middle], clips[0][middle:]]
    return _drawn(clips[::2], REFERENCE * count), _drawn(clips[1::2], count)


def _clips(film: TrainingFilm, side: int) -> list[Clip]:
    """The middle of its frames, cut into clips one after another."""
    height, width = film.frames.shape[1:3]
    top, left = (height - side) // 2, (width - side) // 2
    frames, words = film.frames[:, top : top + side, left : left + side], ", ".join(film.caption.scene)
    return [(frames[n : n + FRAMES], words) for n in range(0, len(frames) - FRAMES + 1, FRAMES)]


def _drawn(clips: Sequence[list[Clip]], count: int) -> list[Clip]:
    found = [clip for of_film in clips for clip in of_film]
    return [found[number] for number in np.random.default_rng(6).permutation(len(found))[:count]]


def animated(model: ImageModel, still: np.ndarray, words: str, seed: int) -> np.ndarray:
    """A clip uint8 (FRAMES, height, width, 3) that begins with a still and goes on as its caption says."""
    known = KnownPicture(Box(0, 0, still.shape[1], still.shape[0]), still)
    prompts = (Prompt(words),) if words else ()
    request = PaintRequest(known.box, (known,), seed, prompts=prompts, frames=FRAMES)
    beside = paints_beside(request, model, lambda name: _beside(name, str(model.device)))
    return paint_frames(request, model, begins=beside)


@cache
def _beside(name: str, device: str) -> ImageModel:
    return load_model(name, device)
