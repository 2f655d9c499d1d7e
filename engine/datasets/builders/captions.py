"""Builds a data set of pictures with captions (paper, LHQC): from a table, from text files beside, or computed."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from engine.datasets.builders.building import Building, Item, Report, Tell, read_text
from engine.datasets.captions import seen
from engine.media.atomic_file import file_hash
from engine.media.formats import picture_files
from engine.media.images import read_picture
from engine.media.resizing import resized
from engine.request import UserError

FILE_COLUMNS = ("file", "filename", "file_name", "image", "path", "name")
CAPTION_COLUMNS = ("caption", "text", "description", "title")


@dataclass(frozen=True)
class CaptionSettings:
    """side: pixels that the shorter side has at most; smallest: what it has at least, or the picture is left out."""

    side: int = 1024
    smallest: int = 256
    medium: str = ""


def build_captions(
    folder: Path, out: Path, settings: CaptionSettings, table: Path | None = None, tell: Tell = lambda _: None
) -> Report:
    """Collect the pictures of a folder and below in `out/pictures`, each with a caption.

    table: a CSV file with a column for the file and one for the caption; pictures that it does not name have the text
    file of the same name, or words for what is seen in the pixels. Raises UserError where nothing serves.
    """
    captions = read_table(table) if table else {}
    files = [path for path in picture_files(folder) if out not in path.parents]
    if not files:
        raise UserError(f"There is no picture in {folder}.")
    building = Building(out, "captions", vars(settings), tell)
    for number, path in enumerate(files):
        if number % 100 == 0:
            tell(f"{number} of {len(files)} pictures")
        _take(building, path, path.relative_to(folder).as_posix(), captions, settings)
    return building.finish()


def _take(building: Building, path: Path, name: str, captions: Mapping[str, str], settings: CaptionSettings) -> None:
    with building.reading(f"file:{name}", path):
        digest = file_hash(path)
        if building.has(f"done:{name}:{digest}"):
            return
        if building.has(digest):
            building.leave_out(f"done:{name}:{digest}", name, "the same as another picture")
            return
        pixels = read_picture(path).pixels
        if min(pixels.shape[:2]) < settings.smallest:
            building.leave_out(f"done:{name}:{digest}", name, f"smaller than {settings.smallest} px")
            return
    if building.has(f"file:{name}"):
        return
    pixels = _reduced(pixels, settings.side)
    file = f"pictures/{path.stem}-{digest[:8]}.png"
    building.write_picture(file, pixels)
    caption = captions.get(name) or captions.get(path.name) or _beside(path) or ", ".join(seen(pixels))
    height, width = pixels.shape[:2]
    item = Item(file, width, height, name, digest, digest, caption=caption, medium=settings.medium)
    building.add(digest, item)
    building.finished(f"done:{name}:{digest}")


def _beside(path: Path) -> str:
    text = path.with_suffix(".txt")
    return " ".join(read_text(text).split()) if text.is_file() else ""


def _reduced(pixels: np.ndarray, side: int) -> np.ndarray:
    height, width = pixels.shape[:2]
    scale = side / min(height, width)
    if scale >= 1:
        return pixels
    return resized(pixels, (round(width * scale), round(height * scale)))


def read_table(path: Path) -> dict[str, str]:
    """Read captions by file name from a CSV file; raises UserError where its columns are not known."""
    lines = read_text(path).splitlines()
    try:
        kind = csv.Sniffer().sniff("\n".join(lines[:20]), ",;\t|") if lines else csv.excel
    except csv.Error:
        kind = csv.excel
    rows = csv.DictReader(lines, dialect=kind)
    names = {(column or "").strip().lower(): column for column in rows.fieldnames or ()}
    file = next((names[column] for column in FILE_COLUMNS if column in names), None)
    caption = next((names[column] for column in CAPTION_COLUMNS if column in names), None)
    if file is None or caption is None:
        raise UserError(f"{path} needs the columns file and caption, but has {', '.join(names) or 'none'}.")
    return {row[file].strip(): " ".join((row[caption] or "").split()) for row in rows if row[file]}
