"""Builds a data set from a few huge pictures (paper, RQF): overlapped square crops along the longer side."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from engine.datasets.builders.building import Building, Item, Report, Row, Tell
from engine.media.atomic_file import file_hash
from engine.media.picture_strips import read_reduced

SECTION = 5  # crops in a row that go to the same split
FLAT = 2.0  # grey levels of deviation: flatter crops, the blank ends of a mount, show nothing


@dataclass(frozen=True)
class ScrollSettings:
    """height: pixels that the shorter side is brought to, and the side of the crops. overlap: share of a crop, [0, 1).

    medium: what captions say the picture is.
    """

    height: int = 1024
    overlap: float = 0.75
    medium: str = "ink on silk, chinese handscroll"

    @property
    def stride(self) -> int:
        return max(1, round(self.height * (1 - self.overlap)))


def build_scroll(files: Sequence[Path], out: Path, settings: ScrollSettings, tell: Tell = lambda _: None) -> Report:
    """Cut pictures into overlapped crops in `out/crops`; a call that was interrupted is gone on with.

    Sections of SECTION crops are held out by their hash, and what overlaps them is not learned from. Raises UserError
    where no picture serves.
    """
    building = Building(out, "scroll", vars(settings), tell)
    for path in files:
        read = _read(building, path, settings.height)
        if read:
            _cut(building, path, *read, settings)
    return building.finish(leaking)


def _read(building: Building, path: Path, height: int) -> tuple[str, np.ndarray] | None:
    """Return the hash of a picture and its reduced pixels; None where it is done already or cannot be read."""
    with building.reading(f"file:{path.name}", path):
        digest = file_hash(path)
        if building.has(f"done:{digest}"):
            return None
        building.tell(f"{path.name}: reading …")
        return digest, read_reduced(path, height)
    return None


def _cut(building: Building, path: Path, digest: str, pixels: np.ndarray, settings: ScrollSettings) -> None:
    side = settings.height
    for number, place in enumerate(crop_places(max(pixels.shape[:2]), side, settings.stride)):
        key = f"{digest[:16]}:{place:08}"
        if building.has(key):
            continue
        crop = _crop(pixels, place, side)
        if crop.std() < FLAT:
            building.leave_out(key, path.name, "blank", str(place))
            continue
        name = f"crops/{path.stem}-{digest[:6]}-{place:06}.png"
        building.write_picture(name, crop)
        group = f"{digest[:16]}:{number // SECTION}"
        item = Item(name, side, side, path.name, digest, group, medium=settings.medium, place=str(place))
        building.add(key, item)
    building.finished(f"done:{digest}")


def leaking(rows: list[Row]) -> list[Row]:
    """Find the crops to learn from that overlap a held-out crop of the same picture."""
    held_out = [(row["sha256"], int(row["place"])) for row in rows if row["split"] == "test"]
    learned = [row for row in rows if row["split"] == "train"]
    return [
        row
        for row in learned
        if any(row["sha256"] == source and abs(int(row["place"]) - place) < row["width"] for source, place in held_out)
    ]


def crop_places(length: int, side: int, stride: int) -> Iterator[int]:
    """Yield where crops begin along a length: every stride, and one that ends with the picture."""
    last = length - side
    yield from range(0, last, stride)
    yield last


def _crop(pixels: np.ndarray, place: int, side: int) -> np.ndarray:
    if pixels.shape[1] >= pixels.shape[0]:
        return pixels[:side, place : place + side]
    return pixels[place : place + side, :side]
