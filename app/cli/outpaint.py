"""`handscroll outpaint`: a picture is extended on any side, and its transparent parts are painted."""

import argparse
import os
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.cli import geometry, options
from app.cli.machine import prepare
from app.cli.options import SIDES, Commands, WrongUsage
from app.cli.painting import Job, Result, paint_to_file, weights_hash
from app.cli.progress import Progress, duration, say
from app.cli.signals import Interrupted, StopFlag, stop_flag
from engine.pictures import LOSSY, WRITABLE, Picture, check_writable, numbered, read_picture
from engine.request import Box, KnownPicture, PaintRequest

if TYPE_CHECKING:
    from engine.checkpoint import ImageModel

LOSSY_NOTE = "JPEG and AVIF store pixels approximately and no recipe; PNG keeps both."


def add(commands: Commands) -> None:
    parser = commands.add_parser("outpaint", help="extend a picture on any side", description=__doc__)
    parser.add_argument("picture", type=Path, metavar="PICTURE", help="what is extended; transparent parts are painted")
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="OUT", help="the result, best a .png")
    options.add_geometry(parser)
    options.add_sampling(parser)
    options.add_order(parser)
    parser.add_argument(
        "--recache", choices=("order", "none"), default="order", help="none is the paper's Algorithm 2 to the letter"
    )
    options.add_model(parser)
    parser.add_argument("--resume", action="store_true", help="go on with a painting that was interrupted")
    options.add_json(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    with stop_flag() as flag:
        geometry.check_kind(args)
        outputs = [args.output] if args.variants == 1 else [numbered(args.output, n + 1) for n in range(args.variants)]
        _check_outputs(args, outputs)
        picture = read_picture(args.picture)
        known, target = _placed(args, picture)
        check_writable(outputs[-1], target[2:])
        model, weights = _loaded(args, flag)
        for note in _notes(args, picture):
            say(note)
        request = _request(args, known, target)
        results = []
        for number, output in enumerate(outputs):
            job = Job(
                _with_seed(request, number),
                model,
                weights,
                args.picture,
                output,
                args.resume,
                options.program_version(),
            )
            results.append(_one(job, number, len(outputs), flag))
        _tell(args, model, target, results, [*_notes(args, picture), *(note for r in results for note in r.notes)])
    return 0


def _check_outputs(args: argparse.Namespace, outputs: list[Path]) -> None:
    for output in outputs:
        check_writable(output, args.size)
        if os.path.exists(output) and os.path.exists(args.picture) and os.path.samefile(output, args.picture):
            raise WrongUsage(f"{output} is the picture that is to be extended; choose another name for the result.")


def _placed(args: argparse.Namespace, picture: Picture) -> tuple[KnownPicture, Box]:
    height, width = picture.pixels.shape[:2]
    known = KnownPicture(Box(0, 0, width, height), picture.pixels, picture.mask)
    target = geometry.target_box(args, (width, height))
    geometry.check_work(known, target)
    return known, target


def _loaded(args: argparse.Namespace, flag: StopFlag) -> tuple["ImageModel", str]:
    """The model on its device and the hash of its weights; only here torch is imported."""
    from engine.checkpoint import load_model, model_folder

    prepare()
    folder = model_folder(args.model)
    model = load_model(args.model, args.device)
    if flag:
        raise Interrupted(flag.signal, "Interrupted before the first patch was finished; nothing was written.")
    return model, weights_hash(folder)


def _request(args: argparse.Namespace, known: KnownPicture, target: Box) -> PaintRequest:
    return PaintRequest(
        target,
        (known,),
        seed=args.seed,
        temperature=args.temperature,
        top_k=args.top_k,
        top_p=args.top_p,
        order=options.order_of(args),
        recache=args.recache,
    )


def _with_seed(request: PaintRequest, number: int) -> PaintRequest:
    return replace(request, seed=request.seed + number)


def _one(job: Job, number: int, count: int, flag: StopFlag) -> Result:
    label = f"variant {number + 1} of {count}: " if count > 1 else ""
    if flag:
        raise Interrupted(
            flag.signal, f"{number} of {count} variants are written; the same command with --resume goes on."
        )
    result = paint_to_file(job, Progress(label), flag)
    for note in result.notes:
        say(note)
    return result


def _notes(args: argparse.Namespace, picture: Picture) -> list[str]:
    return [*picture.notes, *([LOSSY_NOTE] if WRITABLE[args.output.suffix.lower()] in LOSSY else [])]


# ---- what is told at the end


def _tell(args: argparse.Namespace, model: "ImageModel", target: Box, results: list[Result], notes: list[str]) -> None:
    if args.json:
        print(options.as_json(_figures(args, model, target, results, notes)))
        return
    size = f"{target.width}×{target.height}"
    for result in results:
        changed = "" if result.known_unchanged else ", but known pixels have CHANGED: please report this"
        print(f"{result.output}: {size}, {result.patches} patches in {duration(result.seconds)}{changed}")


def _figures(
    args: argparse.Namespace, model: "ImageModel", target: Box, results: list[Result], notes: list[str]
) -> dict[str, Any]:
    from engine.device import describe, peak_memory_mib

    pixels, painting = sum(r.new_pixels for r in results), sum(r.painting_seconds for r in results)
    first = next((r.first_patch for r in results if r.first_patch is not None), None)
    figures = {
        "size": [target.width, target.height],
        "patches": sum(r.patches for r in results),
        "levels": max(r.levels for r in results),
        "seconds": _rounded(time.monotonic() - args.started),
        "seconds_per_256": _rounded(painting / (pixels / 65536)) if pixels else None,
        "seconds_to_first_patch": None if first is None else _rounded(first - args.started),
        "peak_memory_mib": _rounded(peak_memory_mib()),
        "device": describe(model.device),
        "model": model.config.name,
        "seed": args.seed,
        "known_unchanged": all(r.known_unchanged for r in results),
        "seam": {side: _worst(results, side) for side in SIDES},
        "peak_pool": max(r.peak_pool for r in results),
        "peak_pool_mib": _rounded(max(r.peak_pool_bytes for r in results) / 2**20),
        "output": str(args.output),
        "notes": notes,
    }
    if len(results) > 1:
        figures["variants"] = [_variant(result) for result in results]
    return figures


def _variant(result: Result) -> dict[str, Any]:
    return {
        "seed": result.seed,
        "output": str(result.output),
        "seconds": _rounded(result.seconds),
        "seam": result.seam,
        "known_unchanged": result.known_unchanged,
    }


def _worst(results: list[Result], side: str) -> float | None:
    scores = [score for r in results if r.seam and (score := r.seam[side]) is not None]
    return max(scores, default=None)


def _rounded(seconds: float) -> float:
    return round(seconds, 3)
