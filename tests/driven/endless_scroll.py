"""Paints scrolls of several widths by the command, and measures what must not grow: memory, time per pixel, drift.

    python tests/driven/endless_scroll.py FOLDER [--model NAME] [--height 512] [--widths 2048 8192 38912]

Prints one JSON object; in FOLDER are the scrolls, and for the widest a chart of the mean and the spread of its colours
in every 1024 columns, and of the seams between patches.
"""

import argparse
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from engine.training.trainer import draw_curve

ROOT = Path(__file__).parent.parent.parent
PART = 1024  # columns
KEPT = ("seconds", "seconds_per_256", "peak_memory_mib", "peak_pool", "peak_pool_mib", "patches")
Image.MAX_IMAGE_PIXELS = None


def paint(folder: Path, model: str, width: int, height: int, more: list[str]) -> dict[str, Any]:
    out = folder / f"scroll-{width}.png"
    asked = ["generate", "--size", f"{width}x{height}", "-o", str(out), "--model", model, "--json", *more]
    ended = subprocess.run([sys.executable, "-m", "app", *asked], cwd=ROOT, capture_output=True, text=True)
    if ended.returncode:
        raise SystemExit(ended.stderr)
    figures = json.loads(ended.stdout)
    return {"width": width, **{key: figures[key] for key in KEPT if key in figures}}


def columns(path: Path, patch: int) -> list[dict[str, float]]:
    """Figures of every 1024 columns, with their place as the axis."""
    found = []
    with Image.open(path) as picture:
        for left in range(0, picture.width, PART):
            part = np.asarray(picture.crop((left, 0, min(left + PART, picture.width), picture.height)), np.float32)
            steps = np.abs(np.diff(part, axis=1)).mean((0, 2))
            seams = steps[patch - 1 :: patch].mean() / max(steps.mean(), 1e-6)
            red, green, blue = part.mean((0, 1))
            found.append(
                {"step": left, "minutes": left, "red": red, "green": green, "blue": blue, "spread": part.std(),
                 "seams": seams}
            )  # fmt: skip
    return [{key: float(value) for key, value in point.items()} for point in found]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--model", default="scroll")
    parser.add_argument("--height", type=int, default=512)
    parser.add_argument("--widths", type=int, nargs="+", default=(2048, 8192, 38912))
    parser.add_argument("--patch", type=int, default=128)
    asked, more = parser.parse_known_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    runs = []
    for width in asked.widths:
        runs.append(paint(asked.folder, asked.model, width, asked.height, more))
        print(json.dumps(runs[-1]), file=sys.stderr, flush=True)
    parts = columns(asked.folder / f"scroll-{max(asked.widths)}.png", asked.patch)
    draw_curve(parts, asked.folder / "columns.png", "columns")
    figures = {key: [round(point[key], 3) for point in parts] for key in ("red", "green", "blue", "spread", "seams")}
    print(json.dumps({"model": asked.model, "height": asked.height, "runs": runs, "every_1024_columns": figures}))


if __name__ == "__main__":
    main()
