"""`handscroll bench`: measure how fast a model paints on this machine, and compare its speed-ups in one run."""

import argparse
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from app.cli import options
from app.cli.cpu_threads import THREADS
from app.cli.evaluate import lines
from app.cli.options import Commands
from app.cli.progress import say

STARTS = {"help": ["--help"], "models": ["models"], "plan": ["plan", "--size", "1024x1024"]}
BAR, GAP, HIGH = 22, 18, 160  # px of the plot


def add(commands: Commands) -> None:
    parser = commands.add_parser("bench", help="measure how fast a model paints on this machine", description=__doc__)
    options.add_model(parser)
    parser.add_argument("--quick", action="store_true", help="measure on smaller pictures; takes about two minutes")
    parser.add_argument(
        "--plot",
        type=Path,
        metavar="FILE.svg",
        help="draw the time per step by batch size, without and with the speed-ups",
    )
    options.add_json(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    from engine.models.checkpoint import load_model
    from engine.reproduction.speed import measure_speed, paint_one_patch

    THREADS.begin()
    model = load_model(options.model_place(args.model), args.device)
    paint_one_patch(model)
    first = {"clock": time.monotonic() - args.started, "processor": time.process_time()}
    starts = {name: _seconds(arguments) for name, arguments in STARTS.items()}
    figures: dict[str, Any] = {"seconds_to_first_patch": first, "start_seconds": starts}
    figures |= measure_speed(model, args.quick, say)
    if args.plot:
        args.plot.write_text(plot(figures["before_ms"], figures["now_ms"]), encoding="utf-8")
    print(options.as_json(figures) if args.json else "\n".join(lines(figures)))
    return 0


def _seconds(arguments: list[str]) -> dict[str, float]:
    """How long a small command takes from start to end, of the clock and of the processor."""
    began, before = time.monotonic(), os.times()
    subprocess.run([sys.executable, "-m", "app", *arguments], stdout=subprocess.DEVNULL, check=False)
    after = os.times()
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return {"clock": time.monotonic() - began, "processor": used}


def plot(before: dict[int, float], now: dict[int, float]) -> str:
    """Draw milliseconds a patch and step by the width of the batch, an SVG of two bars each."""
    per_patch = {width: (before[width] / width, now[width] / width) for width in before}
    most = max(max(pair) for pair in per_patch.values())
    step = 2 * BAR + GAP
    drawn = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{GAP + step * len(per_patch)}" height="{HIGH + 44}">']
    drawn.append('<g font-family="sans-serif" font-size="10" text-anchor="middle">')
    for n, (width, pair) in enumerate(per_patch.items()):
        left = GAP + n * step
        for bar, (ms, colour) in enumerate(zip(pair, ("#b8b2a6", "#3d5a80"), strict=True)):
            x, high = left + bar * BAR, HIGH * ms / most
            drawn.append(
                f'<rect x="{x}" y="{14 + HIGH - high:.1f}" width="{BAR - 2}" height="{high:.1f}" fill="{colour}"/>'
            )
            drawn.append(f'<text x="{x + BAR / 2 - 1}" y="{11 + HIGH - high:.1f}">{ms:.2f}</text>')
        drawn.append(f'<text x="{left + BAR}" y="{HIGH + 27}">{width}</text>')
    middle = (GAP + step * len(per_patch)) / 2
    drawn.append(f'<text x="{middle}" y="{HIGH + 41}">patches in a batch: ms a patch and step, before and now</text>')
    return "\n".join([*drawn, "</g>", "</svg>", ""])
