"""Clips to learn motion from: films and sequences of frames where there are some, and stills that are made to move."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from PIL import Image

from engine.datasets.captions import EMPTY_SHARE, NOTHING_SAID, Caption, beside, read_captions
from engine.datasets.images import CropSampler, TrainingPicture, read_splits
from engine.datasets.synthetic_motion import SyntheticClip, make_clip
from engine.media.animation import of_part
from engine.media.formats import picture_files
from engine.media.video import READABLE, read_film
from engine.request import UserError

FPS, FRAMES = 5.0, 5  # of the clips (paper, Table 1)
REGION_SHARE = 0.7  # of the clips of which a part moves that can be seen are learned there only
RECOLOURED_SHARE = 0.6  # of the stills: what colour moves is to be read from the frame before, not known by heart
MOST_BYTES = 2**30  # of one film in memory; what is longer is left out


@dataclass(frozen=True, eq=False)
class TrainingFilm:
    """frames: uint8 (frame, height, width, 3) at the rate of the clips."""

    name: str
    frames: np.ndarray
    caption: Caption = NOTHING_SAID


def load_films(
    folder: Path, smallest: int = 0, fps: float = FPS, least: int = 2, split: str = "train"
) -> list[TrainingFilm]:
    """All films of a folder and below, and every folder with at least `least` pictures that are numbered.

    Those that a `manifest.csv` names are of the split it says; all others are to learn from ("train").
    Films whose shorter side is under `smallest`, or that have fewer than `least` frames, are passed over, and so are
    files that cannot be read.
    """
    found = [path for path in sorted(folder.rglob("*")) if path.suffix.lower() in READABLE or _is_sequence(path, least)]
    films, splits, captions = [], read_splits(folder), read_captions(folder)
    for path in found:
        name = path.relative_to(folder).as_posix()
        if splits.get(name, "train") != split:
            continue
        try:
            frames = read_clip(path, fps=fps)
        except UserError:
            continue  # one bad file must not end a night of training
        if len(frames) >= least and min(frames.shape[1:3]) >= smallest:
            films.append(TrainingFilm(name, frames, captions.get(name) or beside(path)))
    return films


def _is_sequence(path: Path, least: int) -> bool:
    if not path.is_dir():
        return False
    numbered = [file for file in picture_files(path) if file.parent == path and file.stem[-1:].isdigit()]
    return len(numbered) >= least


def read_clip(path: Path, size: tuple[int, int] | None = None, fps: float = FPS) -> np.ndarray:
    """Frames uint8 (frame, height, width, 3) of a film, as many as memory is meant to hold; size: (width, height)."""
    taken: list[np.ndarray] = []
    for frame in read_film(path, fps, size):
        if taken and (frame.shape != taken[0].shape or (len(taken) + 1) * frame.nbytes > MOST_BYTES):
            break
        taken.append(frame)
    return np.stack(taken) if taken else np.zeros((0, 0, 0, 3), np.uint8)


class ClipSampler:
    """Draws clips uint8 (frame, size, size, 3): out of films by their length, and of stills by their pixels.

    margin: pixels that clips have more on each side, so that an encoder sees what lies around.
    """

    def __init__(
        self, stills: Sequence[TrainingPicture], films: Sequence[TrainingFilm], size: int, frames: int = FRAMES,
        film_share: float = 0.5, largest_scale: float = 3.0, margin: int = 0,
    ):  # fmt: skip
        """film_share: of the clips, where there are both."""
        self.frames, self.margin, self._whole = frames, margin, size + 2 * margin
        self.films = [f for f in films if len(f.frames) >= frames and min(f.frames.shape[1:3]) >= self._whole]
        fitting = [still for still in stills if min(still.pixels.shape[:2]) >= 2 * size]
        self.stills = CropSampler(fitting, 2 * size, largest_scale, margin=2 * margin) if fitting else None
        if not self.films and self.stills is None:
            raise UserError(
                f"There is no film with {frames} frames of {self._whole} px, and no picture of {2 * size} px."
            )
        self._share = 1.0 if self.stills is None else film_share if self.films else 0.0
        lengths = np.array([len(film.frames) for film in self.films], np.float64)
        self._weights = lengths / lengths.sum() if len(lengths) else lengths

    def captioned(self, rng: np.random.Generator, count: int) -> tuple[np.ndarray, list[str]]:
        """uint8 (count, frame, size, size, 3) with the margin, and what is said of each clip."""
        return self.with_regions(rng, count)[:2]

    def with_regions(self, rng: np.random.Generator, count: int) -> tuple[np.ndarray, list[str], np.ndarray]:
        """Clips as from `captioned`, and bool (count, size, size) where they are to be painted: the rest is known.

        So it is where an artist gives a region that moves: what is in it goes, and nobody has to find out what goes.
        """
        drawn = [self._film(rng) if rng.random() < self._share else self._still(rng) for _ in range(count)]
        words, regions = zip(*(_asked(rng, clip) for clip in drawn), strict=True)
        inside = slice(self.margin, self._whole - self.margin)
        return np.stack([clip.frames for clip in drawn]), list(words), np.stack(regions)[:, inside, inside]

    def _still(self, rng: np.random.Generator) -> SyntheticClip:
        assert self.stills
        sampler, caption = self.stills, NOTHING_SAID

        def draw() -> tuple[np.ndarray, str]:
            nonlocal caption
            crop, caption, _ = sampler.described(rng)
            about = ", ".join(caption.phrases)
            if rng.random() < RECOLOURED_SHARE:
                crop, caption = recoloured(rng, crop), NOTHING_SAID
            return crop, about

        clip = make_clip(rng, draw, self.frames)
        said = [phrase for phrase in caption.phrases if rng.random() < 0.3]
        return replace(clip, words=", ".join([clip.words, *said]))

    def _film(self, rng: np.random.Generator) -> SyntheticClip:
        film = self.films[rng.choice(len(self.films), p=self._weights)]
        first = rng.integers(len(film.frames) - self.frames + 1)
        height, width = film.frames.shape[1:3]
        scale = float(np.exp(rng.uniform(0, np.log(min(height, width) / self._whole))))
        side = min(int(self._whole * scale), height, width)
        top, left = rng.integers(height - side + 1), rng.integers(width - side + 1)
        cut = film.frames[first : first + self.frames, top : top + side, left : left + side]
        if side != self._whole:
            size, how = (self._whole, self._whole), Image.Resampling.LANCZOS
            cut = np.stack([np.asarray(Image.fromarray(frame).resize(size, how)) for frame in cut])
        return SyntheticClip(cut, ", ".join(film.caption.phrases), np.ones(cut.shape[1:3], bool))


def _asked(rng: np.random.Generator, clip: SyntheticClip) -> tuple[str, np.ndarray]:
    """What is said, and bool (height, width) what of a clip is learned: where a region is given, all of it moves."""
    words = "" if rng.random() < EMPTY_SHARE else clip.words
    in_part = clip.drawn or (0 < clip.moving.mean() < 1 and rng.random() < REGION_SHARE)
    return (of_part(words), clip.moving) if in_part else (words, np.ones_like(clip.moving))


def recoloured(rng: np.random.Generator, still: np.ndarray) -> np.ndarray:
    """uint8 (height, width, 3) in other colours, darker or lighter."""
    turn, strength, gamma = rng.uniform(-np.pi, np.pi), rng.uniform(0, 1.2), np.exp(rng.uniform(-0.6, 0.7))
    grey = np.full((3, 3), 1 / 3)
    across = np.array([[0, -1, 1], [1, 0, -1], [-1, 1, 0]]) / np.sqrt(3)
    turned = grey + strength * (np.cos(turn) * (np.eye(3) - grey) + np.sin(turn) * across)  # about the axis of greys
    mixed = np.clip(still.astype(np.float32) / 255 @ turned.T.astype(np.float32), 0, 1)
    return (255 * mixed**gamma).round().astype(np.uint8)
