"""The index of a folder of pictures and their captions: kept on disk, and updated where files have changed."""

import csv
import json
import math
import os
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from engine.library.looks import seen
from engine.media.atomic_file import write_whole
from engine.media.formats import picture_files
from engine.media.images import read_picture
from engine.request import Reference, UserError

SHIPPED = Path(__file__).parent.parent.parent / "resources" / "library"
OWN = "library:"  # before the names of those
INDEX = "index.csv"  # what a folder says of its pictures itself
MOST = 2000  # pictures of a folder that are looked at
TONES = 4  # places down and across at which the colours of a picture are kept
LARGEST = 2**24  # pixels of a picture that is painted from; a handscroll may be long


@dataclass(frozen=True)
class LibraryPicture:
    """A picture to paint from, and words about it.

    subjects: words that say what it is of. looks: what is seen in its pixels. avoid: boxes (x, y, width, height) in
    hundredths of it that nothing is taken from. tones: mean colours of TONES × TONES places, in [0, 255]. year: 0 where
    it is not known.
    """

    path: str
    title: str = ""
    artist: str = ""
    caption: str = ""
    subjects: tuple[str, ...] = ()
    medium: str = ""
    looks: tuple[str, ...] = ()
    avoid: tuple[tuple[int, int, int, int], ...] = ()
    tones: tuple[tuple[float, float, float], ...] = ()
    year: int = 0

    @property
    def file(self) -> str:
        """What it is found again by: those that are shipped wherever the program lies."""
        path = Path(self.path)
        return f"{OWN}{path.name}" if path.parent == SHIPPED else str(path.resolve())

    @property
    def name(self) -> str:
        """How it is called where it is shown."""
        title = self.title or Path(self.path).stem
        return f"{title}, {self.artist}" if self.artist else title

    def reference(self, at: tuple[int, int] | None = None) -> Reference:
        """Read the picture; raises UserError where that cannot be done."""
        return replace(reference_of(self.path, self.name, self.avoid, at), file=self.file)


def reference_of(
    path: str | os.PathLike[str],
    name: str = "",
    avoid: tuple[tuple[int, int, int, int], ...] = (),
    at: tuple[int, int] | None = None,
) -> Reference:
    """Read a picture file to be painted from; transparent parts are not taken from."""
    picture = read_picture(path)
    height, width = picture.pixels.shape[:2]
    step = math.ceil(math.sqrt(height * width / LARGEST))
    pixels = picture.pixels if step < 2 else np.asarray(Image.fromarray(picture.pixels).reduce(step))
    height, width = pixels.shape[:2]
    mask = np.zeros((height, width), bool) if picture.mask is None else ~picture.mask[::step, ::step]
    for x, y, across, down in avoid:
        mask[y * height // 100 : -(-(y + down) * height // 100), x * width // 100 : -(-(x + across) * width // 100)] = 1
    file = str(Path(path).resolve())
    return Reference(name or Path(path).stem, pixels, mask if mask.any() else None, at, file)


def found_again(file: str) -> LibraryPicture:
    """The picture that `file` of a reference stands for; reading it tells whether it is still there."""
    if file.startswith(OWN):
        for entry in shipped():
            if entry.file == file:
                return entry
    return LibraryPicture(file)


def entries(folder: Path, kept: Path | None = None) -> tuple[LibraryPicture, ...]:
    """All pictures of a folder and below, looked at; raises UserError where there are none.

    kept: a folder in which what was seen is kept for the next time. Pictures that cannot be read are left out.
    """
    files = picture_files(folder)[:MOST] if folder.is_dir() else []
    if not files:
        raise UserError(f"There are no pictures in {folder}. Choose another folder to paint from.")
    place = kept and kept / f"{blake2b(str(folder.resolve()).encode(), digest_size=12).hexdigest()}.json"
    before = _before(place) if place else {}
    said, found, now = _said(folder / INDEX), [], {}
    for path in files:
        name, state = path.relative_to(folder).as_posix(), _state(path)
        facts = _told(said.get(name, {})) or before.get(name)
        if not facts or facts.get("state", state) != state:
            facts = _looked_at(path, state)
        now[name] = facts
        if facts["looks"] is not None:
            found.append(_entry(path, said.get(name, {}), facts))
    if place and now != before:
        _keep(place, now)
    if not found:
        raise UserError(f"None of the pictures in {folder} can be read. Choose another folder to paint from.")
    return tuple(found)


@cache
def shipped() -> tuple[LibraryPicture, ...]:
    """The pictures that come with the program."""
    return entries(SHIPPED)


def _entry(path: Path, row: Mapping[str, str], facts: Mapping[str, Any]) -> LibraryPicture:
    caption = row.get("caption") or _beside(path) or re.sub(r"[-_\d]+", " ", path.stem).strip()
    boxes = (tuple(map(int, box.split())) for box in (row.get("avoid") or "").split(";") if box.strip())
    return LibraryPicture(
        str(path), row.get("title", ""), row.get("artist", ""), caption, tuple((row.get("subjects") or "").split()),
        row.get("medium", ""), tuple(facts["looks"]), tuple(box for box in boxes if len(box) == 4),
        tuple((float(r), float(g), float(b)) for r, g, b in facts["tones"]), _year(row.get("year") or ""),
    )  # fmt: skip


def _year(said: str) -> int:
    """The first year that is named, that in the middle of a century, or 0."""
    year, century = re.search(r"\d{4}", said), re.match(r"(\d+)th c", said)
    return int(year[0]) if year else 100 * int(century[1]) - 50 if century else 0


def _said(index: Path) -> dict[str, dict[str, str]]:
    if not index.is_file():
        return {}
    with index.open(newline="", encoding="utf-8", errors="replace") as table:
        return {row["file"]: row for row in csv.DictReader(table) if row.get("file")}


def _told(row: Mapping[str, str]) -> dict[str, Any] | None:
    """What the folder says is seen in a picture itself, so that it need not be looked at."""
    tones = [float(number) for number in (row.get("tones") or "").split()]
    if not row.get("looks") or len(tones) != 3 * TONES**2:
        return None
    return {"looks": row["looks"].split(", "), "tones": [tones[n : n + 3] for n in range(0, len(tones), 3)]}


def _beside(path: Path) -> str:
    """What a text file of the same name says."""
    try:
        return path.with_suffix(".txt").read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return ""


def _state(path: Path) -> list[int]:
    try:
        status = path.stat()
    except OSError:
        return [0, 0]
    return [status.st_size, status.st_mtime_ns]


def _looked_at(path: Path, state: list[int]) -> dict[str, Any]:
    try:
        pixels = read_picture(path).pixels
    except UserError:
        return {"state": state, "looks": None, "tones": []}
    height, width = pixels.shape[:2]
    rows = np.array_split(pixels[:: max(1, height // 64), :: max(1, width // 64)].astype(np.float32), TONES)
    tones = [part.reshape(-1, 3).mean(0).round(1).tolist() for row in rows for part in np.array_split(row, TONES, 1)]
    return {"state": state, "looks": seen(pixels), "tones": tones}


def _before(place: Path) -> dict[str, Any]:
    try:
        found = json.loads(place.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    whole = isinstance(found, dict) and all(isinstance(each, dict) and "looks" in each for each in found.values())
    return found if whole else {}


def _keep(place: Path, facts: dict[str, Any]) -> None:
    """What cannot be kept is looked at again the next time."""
    with suppress(OSError, UserError):
        place.parent.mkdir(parents=True, exist_ok=True)
        write_whole(place, json.dumps(facts))
