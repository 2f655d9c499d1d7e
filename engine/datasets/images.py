"""Folders of pictures of any size, from which crops are drawn by pixels, at any offset and at several scales."""

import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from engine.datasets.captions import NOTHING_SAID, Caption, beside, read_captions
from engine.media.formats import picture_files
from engine.media.images import read_picture
from engine.media.resizing import resized
from engine.request import UserError

HELD_OUT_EVERY = 20  # without a manifest, every twentieth picture is kept for the figures


@dataclass(frozen=True, eq=False)
class TrainingPicture:
    name: str
    pixels: np.ndarray  # uint8 (height, width, 3)
    caption: Caption = NOTHING_SAID

    @property
    def area(self) -> int:
        return self.pixels.shape[0] * self.pixels.shape[1]


def load_folder(folder: Path, split: str, smallest: int = 0, leave_out: tuple[str, ...] = ()) -> list[TrainingPicture]:
    """All pictures of one split ("train" or "test") whose shorter side is at least `smallest` pixels.

    A `manifest.csv` with the columns file and split decides; without one every twentieth file is held out. Names that
    hold a word of `leave_out` are skipped, and so are files that cannot be read.
    """
    pictures, captions = [], read_captions(folder)
    for path in files_of(folder, split):
        if any(word in path.name for word in leave_out):
            continue
        try:
            pixels = read_picture(path).pixels
        except UserError:
            continue  # one bad file must not end a night of training
        if min(pixels.shape[:2]) >= smallest:
            name = path.relative_to(folder).as_posix()
            pictures.append(TrainingPicture(name, pixels, captions.get(name) or beside(path)))
    if not pictures:
        raise UserError(f"{folder} has no picture of at least {smallest} px on each side for the {split} split.")
    return pictures


def read_splits(folder: Path) -> dict[str, str]:
    """Return the split of each file that the `manifest.csv` of a folder names; nothing without one."""
    manifest = folder / "manifest.csv"
    if not manifest.is_file():
        return {}
    with manifest.open(newline="", encoding="utf-8") as table:
        return {row["file"]: row["split"] for row in csv.DictReader(table)}


def files_of(folder: Path, split: str) -> Iterator[Path]:
    """The pictures of one split, as `load_folder` has them."""
    if not folder.is_dir():
        raise UserError(f"{folder} is not a folder with pictures.")
    if splits := read_splits(folder):
        yield from (folder / name for name, of in splits.items() if of == split)
        return
    files = picture_files(folder)
    if len(files) == 1:
        yield files[0]  # a single painting serves both
    for number, path in enumerate(files if len(files) > 1 else []):
        if (number % HELD_OUT_EVERY == HELD_OUT_EVERY - 1) == (split == "test"):
            yield path


class CropSampler:
    """Draws square crops: pictures by their pixels, offsets uniform, half of them at full size and half reduced.

    height: pictures are brought to it, and crops show all of it: so a model of a handscroll learns what belongs at its
    upper and at its lower edge.
    margin: pixels that crops have more on each side, so that an encoder sees what lies around; mirrored beyond edges.
    telling: crops show at least a third of a picture's shorter side, so that what is said of it is seen, and the
    pictures of each handle (winter, photograph) are as frequent as those of any other.
    """

    def __init__(
        self,
        pictures: list[TrainingPicture],
        size: int,
        largest_scale: float = 3.0,
        flip: bool = True,
        height: int | None = None,
        margin: int = 0,
        telling: bool = False,
    ):
        if height:
            pictures = [of_height(picture, height) for picture in pictures]
        self.pictures = [p for p in pictures if min(p.pixels.shape[:2]) >= size]
        if not self.pictures:
            raise UserError(f"No picture is at least {size} px wide and high.")
        self.size, self.largest_scale, self.flip, self.height, self.margin = size, largest_scale, flip, height, margin
        self.telling = telling
        areas = np.array([p.area for p in self.pictures], dtype=np.float64)
        self.weights = _evenly(self.pictures) if telling else areas / areas.sum()

    def telling_of(self, size: int) -> "CropSampler":
        """Crops of another size, from which it is learned what words mean."""
        return CropSampler(self.pictures, size, np.inf, self.flip, margin=self.margin, telling=True)

    def crop(self, rng: np.random.Generator) -> np.ndarray:
        """One crop, uint8 (size, size, 3), or as high as all pictures are."""
        return self._cut(rng, self._picture(rng).pixels)[0]

    def batch(self, rng: np.random.Generator, count: int) -> np.ndarray:
        """uint8 (count, size, size, 3)."""
        return np.stack([self.crop(rng) for _ in range(count)])

    def captioned(self, rng: np.random.Generator, count: int) -> tuple[np.ndarray, list[str]]:
        """Crops as from `batch`, and what is said of each."""
        crops, words = [], []
        for _ in range(count):
            crop, caption, shown = self.described(rng)
            crops.append(crop)
            words.append(caption.words(rng, crop, shown))
        return np.stack(crops), words

    def described(self, rng: np.random.Generator) -> tuple[np.ndarray, Caption, float]:
        """One crop, the caption of the whole picture, and how much of its shorter side the crop shows."""
        picture = self._picture(rng)
        crop, side = self._cut(rng, picture.pixels)
        return crop, picture.caption, side / min(picture.pixels.shape[:2])

    def _picture(self, rng: np.random.Generator) -> TrainingPicture:
        return self.pictures[rng.choice(len(self.pictures), p=self.weights)]

    def _cut(self, rng: np.random.Generator, pixels: np.ndarray) -> tuple[np.ndarray, int]:
        """A crop, and how many of the picture's pixels its side was."""
        if self.height:
            left = rng.integers(0, pixels.shape[1] - self.size + 1)
            crop = with_margin(pixels, 0, int(left), (pixels.shape[0], self.size), self.margin)
            return self._flipped(rng, crop), self.size
        side = self._side(rng, min(pixels.shape[:2]))
        top = rng.integers(0, pixels.shape[0] - side + 1)
        left = rng.integers(0, pixels.shape[1] - side + 1)
        whole = self.size + 2 * self.margin
        crop = with_margin(pixels, int(top), int(left), (side, side), round(self.margin * side / self.size))
        return self._flipped(rng, resized(crop, (whole, whole))), side

    def _side(self, rng: np.random.Generator, shorter: int) -> int:
        """Of a crop, in pixels of a picture with such a shorter side."""
        room = min(self.largest_scale, shorter / self.size)
        least = max(1.0, room / 3) if self.telling else 1.0
        scale = 1.0 if not self.telling and rng.random() < 0.5 else np.exp(rng.uniform(np.log(least), np.log(room)))
        return int(self.size * scale)

    def _flipped(self, rng: np.random.Generator, crop: np.ndarray) -> np.ndarray:
        return crop[:, ::-1] if self.flip and rng.random() < 0.5 else crop


def _evenly(pictures: list[TrainingPicture]) -> np.ndarray:
    """How often each picture is drawn so that all handles are as frequent, and pictures without one as a handle is."""
    count = Counter(handle for p in pictures for handle in p.caption.handles or ("",))
    weights = np.array([sum(1 / count[handle] for handle in p.caption.handles or ("",)) for p in pictures])
    return weights / weights.sum()


def with_margin(pixels: np.ndarray, top: int, left: int, size: tuple[int, int], margin: int) -> np.ndarray:
    """A part of pixels (height, width, 3) with a margin on each side, mirrored where the picture has ended."""
    spans = [(top - margin, top + size[0] + margin), (left - margin, left + size[1] + margin)]
    beyond = [(max(0, -start), max(0, end - length)) for (start, end), length in zip(spans, pixels.shape, strict=False)]
    rows, columns = (slice(max(0, start), end) for start, end in spans)
    part = pixels[rows, columns]
    return np.pad(part, (*beyond, (0, 0)), mode="symmetric") if any(map(any, beyond)) else part


def of_height(picture: TrainingPicture, height: int) -> TrainingPicture:
    """The picture enlarged or reduced to a height in pixels."""
    size = round(picture.pixels.shape[1] * height / picture.pixels.shape[0]), height
    return replace(picture, pixels=resized(picture.pixels, size))
