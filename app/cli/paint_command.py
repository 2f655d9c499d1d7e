"""What all painting commands share: variants are painted into files, and their figures are printed."""

import argparse
import time
from collections import deque
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app import version
from app.cli import options
from app.cli.cpu_threads import THREADS
from app.cli.options import SIDES
from app.cli.painting import NOTHING_KEPT, PaintTask, Result, paint_to_file, seconds_painted
from app.cli.progress import ProgressLine, duration, say
from app.cli.signals import Interrupted, StopFlag
from app.jobs.model_library import weights_hash
from engine.media.image_writers import LOSSY, WRITABLE, numbered
from engine.media.metadata import NOTHING, Metadata, left_out
from engine.request import PaintRequest
from engine.together import Ended, Together

if TYPE_CHECKING:
    from engine.models.checkpoint import ImageModel

LOSSY_NOTE = "JPEG and AVIF store pixels approximately and no recipe; PNG keeps both."
FIRST_START = "Handscroll prepares itself for this computer. This takes a minute or two, only this once."


def outputs(args: argparse.Namespace) -> list[Path]:
    """The files of the variants: -1, -2 and so on before the ending where there are several."""
    return [args.output] if args.variants == 1 else [numbered(args.output, n + 1) for n in range(args.variants)]


def paint_variants(
    args: argparse.Namespace, request: PaintRequest, picture: Path | None, notes: Sequence[str], flag: StopFlag,
    metadata: Metadata = NOTHING, grey: bool = False,
) -> int:  # fmt: skip
    """Paint a request with as many seeds as asked for, and print what came of it; returns the exit code 0.

    picture: what is extended, and metadata what it says of itself; grey: its file holds no
    colours, so that of the result does not either. notes: sentences about the input, said on stderr and
    in the JSON.
    """
    model, weights = load(args, flag)
    request = model.config.sampling.applied(request)
    kind = WRITABLE[args.output.suffix.lower()]
    lossy = [LOSSY_NOTE] if kind in LOSSY else []
    lossy += [note] if (note := left_out(metadata, kind)) else []
    every_note = [*notes, *lossy, *long_prompts(model, request)]
    for note in every_note:
        say(note)
    tasks = [
        PaintTask(
            replace(request, seed=request.seed + number), model, weights, picture, output, args.resume, version(),
            metadata, grey,
        )
        for number, output in enumerate(outputs(args))
    ]  # fmt: skip
    results = _paint_all(tasks, flag)
    _report(args, model, request, results, [*every_note, *(note for r in results for note in r.notes)])
    return 0


def long_prompts(model: "ImageModel", request: PaintRequest) -> list[str]:
    text = model.config.decoder.text
    if text is None or model.words is None:
        return []
    longest = max((model.words.count(prompt.text) for prompt in request.prompts), default=0)
    if longest <= text.length:
        return []
    return [f"The prompt is long: of its {longest} pieces of words only the first {text.length} are read."]


def load(args: argparse.Namespace, flag: StopFlag, name: str | None = None) -> tuple["ImageModel", str]:
    """The model, or another one, on its device, and the hash of its weights; only here torch is imported."""
    from engine.inference.first_start import get_ready
    from engine.models.checkpoint import load_model, model_folder

    THREADS.begin()
    place = options.model_place(name or args.model)
    folder, model = model_folder(place), load_model(place, args.device)
    get_ready(model, lambda: say(FIRST_START))
    if flag:
        raise Interrupted(flag.signal, "Interrupted before the first patch was finished; nothing was written.")
    return model, weights_hash(folder)


def _paint_all(tasks: Sequence[PaintTask], flag: StopFlag) -> list[Result]:
    """Paint them in their order; where that is quicker some advance together, and the first never waits for another."""
    from engine.inference.paint import most_together

    turns, results, left = Together[int](), dict[int, Result](), deque(range(len(tasks)))
    most = most_together(tasks[0].model.device, tasks[0].request.exemplar > 0)
    lines: dict[int, ProgressLine] = {}  # of those that are being painted
    try:
        while len(results) < len(tasks):
            while left and not flag and len(turns) < most:
                number = left.popleft()
                lines[number] = _line(number, len(tasks))
                turns.add(number, paint_to_file(tasks[number], lines[number], flag))
            if not turns:
                raise Interrupted(flag.signal, _written(len(results), len(tasks)))
            lines[min(lines)].hidden = False
            number, event, _ = turns.turn()
            assert isinstance(event, Ended)
            results[number] = event.value
            del lines[number]
            for note in event.value.notes:
                say(note)
    except Interrupted as error:
        raise Interrupted(error.signal, _all_kept(str(error), turns)) from None
    finally:
        turns.close()
    return [results[number] for number in range(len(tasks))]


def _line(number: int, count: int) -> ProgressLine:
    """The progress of a variant; only that of the first one that is being painted is shown."""
    line = ProgressLine(f"variant {number + 1} of {count}: " if count > 1 else "")
    line.hidden = True
    return line


def _written(number: int, count: int) -> str:
    return f"{number} of {count} variants are written; run the same command with --resume for the rest."


def _all_kept(sentence: str, turns: Together[int]) -> str:
    """What is kept of all that were interrupted, the first of which has told it already."""
    sentences = [sentence]
    while turns:
        try:
            turns.turn()  # one that had come to its end just then is written
        except Interrupted as error:
            sentences.append(str(error))
    return " ".join(dict.fromkeys(each for each in sentences if each != NOTHING_KEPT)) or NOTHING_KEPT


# ---- what came of it


def _report(
    args: argparse.Namespace, model: "ImageModel", request: PaintRequest, results: list[Result], notes: list[str]
) -> None:
    if args.json:
        print(options.as_json(figures(args, model, request, results, notes)))
        return
    size = f"{request.target.width}×{request.target.height}"
    for result in results:
        changed = "" if result.known_unchanged else ", but known pixels have CHANGED: please report this"
        print(f"{result.output}: {size}, {result.patches} patches in {duration(result.seconds)}{changed}")


def figures(
    args: argparse.Namespace, model: "ImageModel", request: PaintRequest, results: list[Result], notes: list[str]
) -> dict[str, Any]:
    from engine.device import describe
    from engine.memory import peak_memory_mib

    pixels, painting = sum(r.new_pixels for r in results), seconds_painted(results)
    first = min((r.first_patch for r in results if r.first_patch is not None), default=None)
    found = {
        "size": [request.target.width, request.target.height],
        "patches": sum(r.patches for r in results),
        "levels": max(r.levels for r in results),
        "seconds": _rounded(time.monotonic() - args.started),
        "seconds_per_256": _rounded(painting / (pixels / 65536)) if pixels else None,
        "seconds_to_first_patch": None if first is None else _rounded(first - args.started),
        "peak_memory_mib": _rounded(peak_memory_mib()),
        "device": describe(model.device),
        "model": model.config.name,
        "seed": args.seed,
        "prompts": [prompt.text for prompt in request.prompts],
        "known_unchanged": all(r.known_unchanged for r in results),
        "seam": {side: _worst([r.seam for r in results], side) for side in SIDES},
        "edge": {side: _worst([r.edge for r in results], side) for side in SIDES},
        "borders": [border for r in results for border in r.borders],
        "sharpness": {side: _softest(results, side) for side in SIDES},
        "scale": results[0].followed.scale if results[0].followed else 1.0,
        "exemplar": _followed(request, results),
        "peak_pool": max(r.peak_pool for r in results),
        "peak_pool_mib": _rounded(max(r.peak_pool_bytes for r in results) / 2**20),
        "output": str(args.output),
        "notes": notes,
    }
    if len(results) > 1:
        found["variants"] = [_variant(result) for result in results]
    return found


def _variant(result: Result) -> dict[str, Any]:
    return {
        "seed": result.seed,
        "output": str(result.output),
        "seconds": _rounded(result.seconds),
        "seam": result.seam,
        "edge": result.edge,
        "known_unchanged": result.known_unchanged,
    }


def _worst(found: list[dict[str, float | None] | None], side: str) -> float | None:
    scores = [score for each in found if each and (score := each[side]) is not None]
    return max(scores, default=None)


def _softest(results: list[Result], side: str) -> float | None:
    ratios = [ratio for r in results if r.sharpness and (ratio := r.sharpness[side]) is not None]
    return round(min(ratios), 3) if ratios else None


def _followed(request: PaintRequest, results: list[Result]) -> dict[str, Any] | None:
    """How far the picture was followed, in the mean of the variants; the largest piece that was taken as it stands."""
    found = [r.followed for r in results if r.followed]
    if not found:
        return None
    return {
        "strength": request.exemplar,
        "sources": found[0].sources,
        "sourced": _rounded(sum(f.sourced for f in found) / len(found)),
        "verbatim": _rounded(sum(f.verbatim for f in found) / len(found)),
        "longest_run": list(max((f.longest for f in found), key=lambda size: size[0] * size[1])),
        "references": [{"name": name, "share": _rounded(share)} for name, share in found[0].shares],
    }


def _rounded(seconds: float) -> float:
    return round(seconds, 3)
