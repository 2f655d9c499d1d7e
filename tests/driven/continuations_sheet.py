"""Paints twelve pictures on, for the sheet in the manual: 384 px beyond the red marks, as they come with a seed.

    python tests/driven/continuations_sheet.py PICTURES [--model starter] [--seed 1] [--full FOLDER] [--sheet FILE]

PICTURES: a folder that holds the files that `resources/manual/pictures/continuations.csv` names. Each result is kept at
full size in FOLDER. Prints one line of JSON for each.
"""

import argparse
import csv
import json
import time
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

from engine.api import outpaint
from engine.device import prepare_process
from engine.media.images import read_picture
from engine.media.resizing import resized
from engine.models.checkpoint import load_model

LIST = Path(__file__).parents[2] / "resources/manual/pictures/continuations.csv"
SIDES = {3: "left", 5: "left", 6: "left", 9: "down", 10: "up", 11: "up"}  # of the list; the others to the right
PIECES = {"views-of-huqiu": 700, "landscape-after": 1030}  # first column of what is taken of a scroll 768 px high
PX, WIDE, HIGH, GAP, MARK = 384, 565, 470, 12, 8  # painted; of the sheet: of a picture at most, between them, of a mark


def known(folder: Path, file: str) -> np.ndarray:
    """The picture, or the piece of a scroll, that is painted on."""
    pixels = read_picture(folder / file).pixels
    for name, first in PIECES.items():
        if name in file:
            small = resized(pixels, (round(pixels.shape[1] * 768 / pixels.shape[0]), 768))
            return small[:, first : first + 1024]
    return pixels


def marked(pixels: np.ndarray, side: str) -> Image.Image:
    """A picture reduced for the sheet, with red marks outside of it where it was painted on."""
    scale = min(WIDE / pixels.shape[1], HIGH / pixels.shape[0])
    size = round(pixels.shape[1] * scale), round(pixels.shape[0] * scale)
    result = Image.new("RGB", (size[0] + 2 * MARK, size[1] + 2 * MARK), "white")
    result.paste(Image.fromarray(resized(pixels, size)), (MARK, MARK))
    along, length = (0, size[0]) if side in ("left", "right") else (1, size[1])
    at = MARK + (PX * scale if side in ("left", "up") else length - PX * scale)
    for start, end in ((0, MARK - 2), (size[1 - along] + MARK + 2, size[1 - along] + 2 * MARK)):
        line = [(at, start), (at, end)] if along == 0 else [(start, at), (end, at)]
        ImageDraw.Draw(result).line(line, (200, 0, 0), 2)
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pictures", type=Path)
    parser.add_argument("--model", default="starter")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--full", type=Path, default=Path("continuations"))
    parser.add_argument("--sheet", type=Path, default=Path("continuations.webp"))
    asked = parser.parse_args()
    prepare_process()
    asked.full.mkdir(parents=True, exist_ok=True)
    model, columns = load_model(asked.model, "auto"), ([], [])
    with LIST.open(encoding="utf-8") as table:
        files = [row["file"] for row in csv.DictReader(table)]
    for number, file in enumerate(files):
        start, side = time.monotonic(), SIDES.get(number, "right")
        sides: dict[str, int] = {side: PX}
        pixels = outpaint(model, known(asked.pictures, file), seed=asked.seed, **sides)  # pyright: ignore[reportArgumentType]
        Image.fromarray(pixels).save(asked.full / f"{number:02d}-{side}.png")
        print(json.dumps({"file": file, "side": side, "seconds": round(time.monotonic() - start, 1)}), flush=True)
        columns[number % 2].append(marked(pixels, side))
    width = max(each.width for column in columns for each in column)
    height = max(sum(each.height + GAP - MARK for each in column) for column in columns)
    sheet = Image.new("RGB", (2 * width, height), "white")
    for left, column in zip((0, width), columns, strict=True):
        top = 0
        for each in column:
            sheet.paste(each, (left + (width - each.width) // 2, top))
            top += each.height + GAP - MARK
    sheet.save(asked.sheet, quality=82, method=6)


if __name__ == "__main__":
    main()
