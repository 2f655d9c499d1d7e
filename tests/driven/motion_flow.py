"""Sets pictures in motion by words, and measures whether what is seen goes the way that the words say, and its colours.

    python tests/driven/motion_flow.py MODEL PICTURES COUNT [--sheet FILE.png] [--guidance 1] [--top-p P]
                                        [--min-p 0.04] [--frames 6] [--first 0] [--only clouds] [--no-regions]

PICTURES is a folder with a manifest.csv; of its test split COUNT are taken evenly that have what the words are about: a
sky where clouds are asked for. Prints one JSON object; colours are the means of R, G and B and the spread of grey of
the moving part, in the still, in the middle and at the end. On the sheet each row is a picture and a prompt with its
frames.
"""

import argparse
import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from PIL import Image, ImageDraw

from engine.datasets.images import TrainingPicture, load_folder
from engine.inference.paint import paint_frames
from engine.media.animation import animation
from engine.models.checkpoint import ImageModel, load_model
from engine.request import Box, KnownPicture, PaintRequest, Prompt
from tests.engine.evaluate.flow import WAYS, part_that_moves, shifts, verdict

SIDE = 256
LABEL = 16  # px above each row


class Models(NamedTuple):
    film: ImageModel
    stills: ImageModel | None  # paints what lies beside a still


class Row(NamedTuple):
    frames: np.ndarray
    label: str


def crop(picture: TrainingPicture) -> np.ndarray:
    """The upper middle, half as high as the picture, which has sky and ground where there are both."""
    pixels = picture.pixels
    side = min(pixels.shape[0], pixels.shape[1], 2 * SIDE)
    left = (pixels.shape[1] - side) // 2
    small = Image.fromarray(pixels[:side, left : left + side]).resize((SIDE, SIDE), Image.Resampling.LANCZOS)
    return np.asarray(small)


def moved(models: Models, still: np.ndarray, words: str, part: Box, asked: argparse.Namespace) -> np.ndarray:
    """Where clouds drift, an artist gives the sky as the region that moves."""
    box = Box(0, 0, SIDE, SIDE)
    region = None if asked.no_regions or part == box else part
    request = PaintRequest(
        box, animation(KnownPicture(box, still), asked.frames, region), seed=asked.seed, top_p=asked.top_p,
        min_p=asked.min_p, prompts=(Prompt(words),), guidance=asked.guidance, frames=asked.frames,
    )  # fmt: skip
    return paint_frames(request, models.film, begins=models.stills)


def measured(frames: np.ndarray, words: str, part: Box) -> dict[str, Any]:
    found = shifts(frames, part)
    rows, columns = part.slices(Box(0, 0, 0, 0))
    shown = [frames[at, rows, columns] for at in (0, len(frames) // 2, -1)]
    return {
        "words": words, "verdict": verdict(found, words, part), "shifts": [[each.right, each.down] for each in found],
        "sure": round(float(np.mean([each.sure for each in found])), 3),
        "colours": [[*frame.mean((0, 1)).round(1).tolist(), round(float(frame.mean(2).std()), 1)] for frame in shown],
        "change_per_frame": round(float(np.abs(np.diff(frames.astype(np.int16), axis=0)).mean()), 2),
    }  # fmt: skip


def sheet(rows: list[Row]) -> Image.Image:
    made = Image.new("RGB", (max(len(row.frames) for row in rows) * SIDE, len(rows) * (SIDE + LABEL)), "white")
    draw = ImageDraw.Draw(made)
    for number, row in enumerate(rows):
        top = number * (SIDE + LABEL)
        draw.text((4, top + 2), row.label, "black")
        for column, frame in enumerate(row.frames):
            made.paste(Image.fromarray(frame), (column * SIDE, top + LABEL))
    return made


def summed(told: list[dict[str, Any]]) -> dict[str, dict[str, int]]:
    """How many of each verdict, for each prompt and in all."""
    names = {"all": told, **{words: [each for each in told if each["words"] == words] for words in WAYS}}
    return {name: {"of": len(some), **Counter(each["verdict"] for each in some)} for name, some in names.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model")
    parser.add_argument("pictures", type=Path)
    parser.add_argument("count", type=int)
    parser.add_argument("--sheet", type=Path, default=Path("motion-flow.png"))
    parser.add_argument("--guidance", type=float, default=1.0)
    parser.add_argument("--top-p", type=float)
    parser.add_argument("--min-p", type=float)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--frames", type=int, default=6)
    parser.add_argument("--first", type=int, default=0, help="of the pictures, from which on they are taken")
    parser.add_argument("--only", default="", help="prompts that have this in them")
    parser.add_argument("--no-regions", action="store_true", help="nothing but the words says what moves")
    asked = parser.parse_args()
    film = load_model(asked.model, "auto")
    models = Models(film, load_model(film.config.stills, "auto") if film.config.stills else None)
    prompts = [words for words in WAYS if asked.only in words]
    stills = [(picture.name, crop(picture)) for picture in load_folder(asked.pictures, "test", SIDE)]
    stills = [(name, still) for name, still in stills if all(part_that_moves(still, words) for words in prompts)]
    chosen = stills[asked.first :: max(1, len(stills) // asked.count)][: asked.count]
    told: list[dict[str, Any]] = []
    rows: list[Row] = []
    for name, still in chosen:
        for words in prompts:
            part = part_that_moves(still, words)
            assert part is not None
            frames = moved(models, still, words, part, asked)
            told.append({"picture": name, **measured(frames, words, part)})
            rows.append(Row(frames, f"{name}: {words}: {told[-1]['verdict']} {told[-1]['shifts']}"))
            print(json.dumps(told[-1]), file=sys.stderr, flush=True)
            sheet(rows).save(asked.sheet)
    print(json.dumps({**vars(asked), "pictures": len(chosen), "verdicts": summed(told), "clips": told}, default=str))


if __name__ == "__main__":
    main()
