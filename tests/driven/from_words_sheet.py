"""Paints sixteen pictures from words, for the sheets in the manual: each from pictures that its words have chosen.

    python tests/driven/from_words_sheet.py [--model starter] [--seed 0] [--size 768x512] [--full FOLDER]
                                            [--sheet FILE] [--nearest FILE]

Each is kept at full size in FOLDER. The second sheet has each beside the picture of the library, or its mirror image,
whose colours at 24×16 px are nearest to its own. Prints one line of JSON for each.
"""

import argparse
import json
import time
from pathlib import Path

import numpy as np
from PIL import Image

from app.cli.options import size
from engine.device import prepare_process
from engine.inference.paint import paint_all
from engine.library.entries import shipped
from engine.library.search import choose_for
from engine.media.images import read_picture
from engine.models.checkpoint import load_model
from engine.request import Box, PaintRequest, Prompt

WORDS = (
    "spring", "summer", "autumn", "winter", "morning", "sunset", "night", "storm at sea", "calm sea", "river",
    "mountains", "forest", "village", "town", "flowers", "ink landscape",
)  # fmt: skip
ROW, GAP, SEEN = 4, 4, (24, 16)  # pictures in a row, px between them, at which colours are compared
SMALL, SMALLER = (384, 256), (196, 131)  # px of each on either sheet


def sheet(pictures: list[Image.Image], cell: tuple[int, int]) -> Image.Image:
    """Pictures in rows, each at the upper left of a cell."""
    result = Image.new("RGB", (ROW * (cell[0] + GAP) - GAP, len(pictures) // ROW * (cell[1] + GAP) - GAP), "white")
    for number, picture in enumerate(pictures):
        result.paste(picture, (number % ROW * (cell[0] + GAP), number // ROW * (cell[1] + GAP)))
    return result


def fitted(picture: Image.Image, cell: tuple[int, int]) -> Image.Image:
    """A picture reduced so that it fits into a cell."""
    small = picture.copy()
    small.thumbnail(cell, Image.Resampling.LANCZOS)
    return small


def colours(picture: Image.Image) -> np.ndarray:
    """Its colours as they are compared, float32 (rows, columns, 3)."""
    return np.asarray(picture.resize(SEEN, Image.Resampling.BOX), np.float32)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", default="starter")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--size", type=size, default=(768, 512))
    parser.add_argument("--full", type=Path, default=Path("from-words"))
    parser.add_argument("--sheet", type=Path, default=Path("from-words.webp"))
    parser.add_argument("--nearest", type=Path, default=Path("nearest.webp"))
    asked = parser.parse_args()
    prepare_process()
    asked.full.mkdir(parents=True, exist_ok=True)
    model, library, painted = load_model(asked.model, "auto"), shipped(), []
    for number, words in enumerate(WORDS):
        start, prompts = time.monotonic(), (Prompt(words),)
        chosen = choose_for(prompts, library, asked.seed)
        request = PaintRequest(
            Box(0, 0, *asked.size), seed=asked.seed, prompts=prompts, exemplar=1.0, grain=1.0,
            references=chosen.references(), guidance=PaintRequest.guidance,
        )  # fmt: skip
        painted.append(Image.fromarray(paint_all(request, model)))
        painted[-1].save(asked.full / f"{number:02d}-{words.replace(' ', '-')}.png")
        print(json.dumps({"words": words, "seconds": round(time.monotonic() - start, 1)}), flush=True)
    sheet([fitted(each, SMALL) for each in painted], SMALL).save(asked.sheet, quality=82, method=6)
    among, pairs = [Image.fromarray(read_picture(entry.path).pixels) for entry in library], []
    among += [each.transpose(Image.Transpose.FLIP_LEFT_RIGHT) for each in among]
    theirs = np.stack([colours(each) for each in among])
    for each in painted:
        nearest = among[int(np.abs(theirs - colours(each)).mean((1, 2, 3)).argmin())]
        both = [fitted(some, SMALLER) for some in (each, nearest)]
        pairs.append(Image.new("RGB", (2 * SMALLER[0] + 2, SMALLER[1]), "white"))
        for picture, left in zip(both, (0, SMALLER[0] + 2), strict=True):
            pairs[-1].paste(picture, (left, 0))
    sheet(pairs, (2 * SMALLER[0] + 2, SMALLER[1])).save(asked.nearest, quality=80, method=6)


if __name__ == "__main__":
    main()
