"""Paints pictures from words alone: a sheet with a row for each prompt, whose columns have the same seeds.

    python tests/driven/words_sheet.py MODEL [WORDS...] [--sheet FILE] [--guidance 3] [--temperature 1] [--seeds 4]
                                       [--size 256]

Prints one JSON object with the mean red, green and blue of each picture.
"""

import argparse
import json
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

from engine.inference.paint import paint_all
from engine.models.checkpoint import ImageModel, load_model
from engine.request import GUIDANCE, Box, PaintRequest, Prompt

WORDS = ("winter", "sunset", "stormy sea", "ink on silk")
LABEL, GAP = 18, 4  # px above each row, and between pictures


def painted(model: ImageModel, words: str, seed: int, asked: argparse.Namespace) -> np.ndarray:
    request = PaintRequest(
        Box(0, 0, asked.size, asked.size), seed=seed, temperature=asked.temperature, prompts=(Prompt(words),),
        guidance=asked.guidance,
    )  # fmt: skip
    return paint_all(request, model)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model")
    parser.add_argument("words", nargs="*", default=WORDS)
    parser.add_argument("--sheet", type=Path, default=Path("words.png"))
    parser.add_argument("--guidance", type=float, default=GUIDANCE)
    parser.add_argument("--temperature", type=float, default=1.0)
    parser.add_argument("--seeds", type=int, default=4)
    parser.add_argument("--size", type=int, default=256)
    asked = parser.parse_args()
    model, each = load_model(asked.model, "auto"), asked.size + GAP
    sheet = Image.new("RGB", (asked.seeds * each - GAP, len(asked.words) * (each + LABEL) - GAP), "white")
    means: dict[str, list[list[int]]] = {words: [] for words in asked.words}
    for row, words in enumerate(asked.words):
        top = row * (each + LABEL)
        ImageDraw.Draw(sheet).text((2, top + 3), words, "black")
        for seed in range(asked.seeds):
            pixels = painted(model, words, seed, asked)
            means[words].append(pixels.mean((0, 1)).round().astype(int).tolist())
            sheet.paste(Image.fromarray(pixels), (seed * each, top + LABEL))
    sheet.save(asked.sheet, quality=90)
    print(json.dumps({"guidance": asked.guidance, "temperature": asked.temperature, "means": means}))


if __name__ == "__main__":
    main()
