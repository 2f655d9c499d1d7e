"""What a study of motion learns from: films cut in two, of which the end in time is held out."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from engine.datasets.captions import beside
from engine.datasets.video_clips import FPS, TrainingFilm, read_clip
from engine.finetuning.image_splits import ENLARGED, STRIP
from engine.media.video import film_facts, film_files, read_film
from engine.request import UserError

MOST_SIDE = 720  # pixels of the shorter side of a frame that is learned from


@dataclass(frozen=True, eq=False)
class FilmLesson:
    """A film at the rate of the clips, of which the last `ending` frames are held out."""

    film: TrainingFilm
    ending: int

    @property
    def learned(self) -> TrainingFilm:
        return replace(self.film, frames=self.film.frames[: -self.ending])

    @property
    def held_out(self) -> TrainingFilm:
        return replace(self.film, frames=self.film.frames[-self.ending :])


def read_film_lessons(paths: Sequence[str], side: int, least: int) -> tuple[list[FilmLesson], list[str]]:
    """All films of files and folders, and sentences about those that were changed or passed over.

    side: pixels that a frame has at least; least: frames of a clip. Raises UserError where nothing is left to learn.
    """
    lessons, notes = [], []
    for path in film_files(paths):
        try:
            frames, note = _fitting(path, side)
            lessons.append(_lesson(path, frames, least))
            notes += note
        except UserError as error:
            notes.append(str(error))
    if not lessons:
        raise UserError(" ".join(notes) or f"There is no film to learn from in {', '.join(paths)}.")
    return lessons, notes


def _lesson(path: Path, frames: np.ndarray, least: int) -> FilmLesson:
    if len(frames) < 2 * least:
        raise UserError(
            f"{path.name} is too short to learn from: it has {len(frames)} frames at {FPS:g} a second, and at least "
            f"{2 * least} are needed."
        )
    ending = max(least, round(STRIP * len(frames)))
    return FilmLesson(TrainingFilm(path.name, frames, beside(path)), min(ending, len(frames) - least))


def _size(path: Path) -> tuple[int, int]:
    if path.is_dir():
        height, width = next(read_film(path)).shape[:2]
        return width, height
    return film_facts(path)["size"]


def _fitting(path: Path, side: int) -> tuple[np.ndarray, list[str]]:
    """Frames at a size that can be learned from."""
    width, height = _size(path)
    shorter = min(width, height)
    if side > ENLARGED * shorter:
        least = -(-side // int(ENLARGED))
        raise UserError(
            f"{path.name} is too small to learn from: it has {width}×{height} pixels, at least {least} each are needed."
        )
    scale = max(side / shorter, min(1.0, MOST_SIDE / shorter))
    if scale == 1:
        return read_clip(path), []
    size = (round(width * scale), round(height * scale))
    how = f"is small, so it was enlarged {scale:.1f} times" if scale > 1 else f"was reduced to {scale:.0%} of its size"
    return read_clip(path, size), [f"{path.name} {how}."]
