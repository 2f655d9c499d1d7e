"""Train and held-out parts of what a study learns from: of pictures the right edge is held out, of films the end."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from engine.datasets.captions import beside
from engine.datasets.images import TrainingPicture, with_margin
from engine.datasets.video_clips import FPS, TrainingFilm, read_clip
from engine.media.formats import picture_files
from engine.media.images import read_picture
from engine.media.resizing import resized
from engine.media.video import film_facts, film_files, read_film
from engine.request import Patch, UserError
from engine.training.validation import ValidationSet

ENLARGED = 3.0  # how much a small picture may be enlarged, so that a window fits into it
MOST_PIXELS = 64_000_000  # of one picture; larger ones are reduced
STRIP = 0.12  # of a picture's width is held out, in whole patches
MOST_SIDE = 720  # pixels of the shorter side of a frame that is learned from
WINDOWS = 6  # held-out windows at most: looking at them takes time from learning


@dataclass(frozen=True, eq=False)
class HoldoutSplit:
    """A picture, the last `strip` pixels of whose width are held out."""

    picture: TrainingPicture
    strip: int

    @property
    def learned(self) -> TrainingPicture:
        return TrainingPicture(self.picture.name, self.picture.pixels[:, : -self.strip], self.picture.caption)

    @property
    def held_out(self) -> TrainingPicture:
        return TrainingPicture(self.picture.name, self.picture.pixels[:, -self.strip :], self.picture.caption)

    def windows(self, side: int, margin: int = 0) -> Iterator[np.ndarray]:
        """Windows uint8 (side, side, 3) at the end of the picture, one below the other; the strip is their end.

        margin: pixels that they have more on each side.
        """
        height, width = self.picture.pixels.shape[:2]
        count = -(-height // side)
        for number in range(count):
            top = round(number * (height - side) / max(1, count - 1))
            yield with_margin(self.picture.pixels, top, width - side, (side, side), margin)


def read_pictures(paths: Sequence[str], window: int, patch: int) -> tuple[list[HoldoutSplit], list[str]]:
    """All pictures of files and folders, and sentences about those that were changed or passed over.

    window, patch: sides in pixels. Raises UserError where nothing is left to learn from.
    """
    pictures, notes = [], []
    for path in _files(paths):
        try:
            picture = read_picture(path)
            pixels, note = _fitting(picture.pixels, path.name, window, patch)
        except UserError as error:
            notes.append(str(error))
            continue
        notes += [*(f"{path.name}: {said}" for said in picture.notes), *note]
        pictures.append(TrainingPicture(path.name, pixels, beside(path)))
    if not pictures:
        raise UserError(" ".join(notes) or f"There is no picture to learn from in {', '.join(paths)}.")
    strips = [max(1, min(window // patch, round(STRIP * p.pixels.shape[1] / patch))) * patch for p in pictures]
    return [HoldoutSplit(picture, min(strips)) for picture in pictures], notes


def validation_set(splits: Sequence[HoldoutSplit], window: int, patch: int, margin: int = 0) -> ValidationSet:
    """The held-out strips at the right of windows; only their patches count."""
    strips = [list(split.windows(window, margin)) for split in splits]
    turns = [
        (w[n], split)
        for n in range(max(map(len, strips)))
        for w, split in zip(strips, splits, strict=True)
        if n < len(w)
    ]
    chosen = turns[:WINDOWS]
    size, columns = window // patch, splits[0].strip // patch
    counted = frozenset(Patch(x, y) for x in range(size - columns, size) for y in range(size))
    words = tuple(", ".join(split.picture.caption.phrases) for _, split in chosen)
    return ValidationSet(np.stack([crop for crop, _ in chosen]), words, counted, margin=margin)


def _files(paths: Sequence[str]) -> Iterator[Path]:
    for path in map(Path, paths):
        if path.is_dir():
            yield from picture_files(path)
        else:
            yield path


def _fitting(pixels: np.ndarray, name: str, window: int, patch: int) -> tuple[np.ndarray, list[str]]:
    """The picture at a size that can be learned from: room for a window beside a held-out column of patches."""
    height, width = pixels.shape[:2]
    scale = max((window + patch) / width, window / height)
    if scale > ENLARGED:
        least = f"{-(-(window + patch) // int(ENLARGED))}×{-(-window // int(ENLARGED))}"
        raise UserError(
            f"{name} is too small to learn from: it has {width}×{height} pixels, and at least {least} are needed."
        )
    if scale > 1:
        return _scaled(pixels, scale), [f"{name} is small, so it was enlarged {scale:.1f} times."]
    if height * width > MOST_PIXELS:
        scale = (MOST_PIXELS / (height * width)) ** 0.5
        return _scaled(pixels, scale), [f"{name} is very large, so it was reduced to {scale:.0%} of its size."]
    return pixels, []


def _scaled(pixels: np.ndarray, scale: float) -> np.ndarray:
    return resized(pixels, (int(np.ceil(pixels.shape[1] * scale)), int(np.ceil(pixels.shape[0] * scale))))


@dataclass(frozen=True, eq=False)
class VideoHoldoutSplit:
    """A film at the rate of the clips, of which the last `ending` frames are held out."""

    film: TrainingFilm
    ending: int

    @property
    def learned(self) -> TrainingFilm:
        return replace(self.film, frames=self.film.frames[: -self.ending])

    @property
    def held_out(self) -> TrainingFilm:
        return replace(self.film, frames=self.film.frames[-self.ending :])


def read_films(paths: Sequence[str], side: int, least: int) -> tuple[list[VideoHoldoutSplit], list[str]]:
    """All films of files and folders, and sentences about those that were changed or passed over.

    side: pixels that a frame has at least; least: frames of a clip. Raises UserError where nothing is left to learn.
    """
    splits, notes = [], []
    for path in film_files(paths):
        try:
            frames, note = _fitting_film(path, side)
            splits.append(_split_film(path, frames, least))
            notes += note
        except UserError as error:
            notes.append(str(error))
    if not splits:
        raise UserError(" ".join(notes) or f"There is no film to learn from in {', '.join(paths)}.")
    return splits, notes


def _split_film(path: Path, frames: np.ndarray, least: int) -> VideoHoldoutSplit:
    if len(frames) < 2 * least:
        raise UserError(
            f"{path.name} is too short to learn from: it has {len(frames)} frames at {FPS:g} a second, and at least "
            f"{2 * least} are needed."
        )
    ending = max(least, round(STRIP * len(frames)))
    return VideoHoldoutSplit(TrainingFilm(path.name, frames, beside(path)), min(ending, len(frames) - least))


def _film_size(path: Path) -> tuple[int, int]:
    if path.is_dir():
        height, width = next(read_film(path)).shape[:2]
        return width, height
    return film_facts(path)["size"]


def _fitting_film(path: Path, side: int) -> tuple[np.ndarray, list[str]]:
    """Frames at a size that can be learned from."""
    width, height = _film_size(path)
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
