"""Holds what a study paints beside the painting and what its base paints: a sheet, distances, nearest neighbours.

    python tests/driven/study_sheet.py STUDIED BASE PICTURE... [--sheet FILE.png] [--seed 0]

The end of every picture was held out from the study. What lies before it is painted on over that end, by the base and
by the study. On the sheet: the painting, the base, the study, one below the other. Prints one JSON object.
"""

import argparse
import json
from pathlib import Path

import numpy as np
from PIL import Image

from engine.evaluate.frechet import FeatureSpace, frechet_distance
from engine.evaluate.memorization import memorization
from engine.evaluate.samples import blocks
from engine.finetuning.holdout import HoldoutSplit, read_pictures
from engine.inference.contact_sheet import extended
from engine.models.checkpoint import ImageModel, load_model
from engine.request import Box

BLOCK, GAP = 128, 8


def middle(lesson: HoldoutSplit, height: int) -> np.ndarray:
    """The held-out strip and as much before it, from the middle of the picture's height."""
    pixels = lesson.picture.pixels
    top = (pixels.shape[0] - height) // 2
    return pixels[top : top + height, -2 * lesson.strip :]


def painted(model: ImageModel, known: np.ndarray, wide: int, seed: int) -> np.ndarray:
    target = Box(0, 0, known.shape[1] + wide, known.shape[0])
    return extended(model, known, target, seed)[:, known.shape[1] :]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("studied")
    parser.add_argument("base")
    parser.add_argument("pictures", nargs="+")
    parser.add_argument("--sheet", type=Path, default=Path("study.png"))
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    models = {name: load_model(name, "auto") for name in (asked.base, asked.studied)}
    patch = models[asked.base].config.patch_px
    window = models[asked.base].config.decoder.window * patch
    lessons, _ = read_pictures(asked.pictures, window, patch)
    starts, true = zip(*(np.split(middle(each, window), 2, 1) for each in lessons), strict=True)
    ends: dict[str, list[np.ndarray]] = {"painting": list(true)}
    for name, model in models.items():
        ends[name] = [painted(model, start, lessons[0].strip, asked.seed) for start in starts]
    gap = np.full((window, GAP, 3), 255, np.uint8)
    rows = [
        np.concatenate([part for n, end in enumerate(row) for part in (starts[n], end, gap)][:-1], 1)
        for row in ends.values()
    ]
    band = np.full((GAP, rows[0].shape[1], 3), 255, np.uint8)
    Image.fromarray(np.concatenate([part for row in rows for part in (row, band)][:-1])).save(asked.sheet)

    learned = [lesson.learned.pixels for lesson in lessons]
    held_out = [lesson.held_out.pixels for lesson in lessons]
    space = FeatureSpace.load()
    assert space, "pip install handscroll[metrics]"
    reference = space.features([block for pixels in held_out for block in blocks(pixels, BLOCK)])
    figures = {
        name: {
            "frechet_to_held_out": frechet_distance(reference, space.features(cut)),
            "copying": memorization(cut, held_out, learned),
        }
        for name, row in ends.items()
        if (cut := [block for end in row for block in blocks(end, BLOCK)])
    }
    print(json.dumps({"pictures": len(lessons), "block_px": BLOCK, **figures}))


if __name__ == "__main__":
    main()
