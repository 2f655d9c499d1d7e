"""`handscroll study`: fine-tune a model on your pictures or films, on this machine."""

import argparse
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

from app.cli import options
from app.cli.cpu_threads import THREADS
from app.cli.options import Commands
from app.cli.progress import duration, say
from app.cli.signals import Interrupted, StopFlag, stop_flag
from app.jobs.model_library import default_base, study_request
from engine.study_request import Studied, StudyEvent, StudyFinished, StudyRequest, StudyStarted

EVERY = 5.0  # seconds between two lines of progress


def add(commands: Commands) -> None:
    parser = commands.add_parser("study", help="fine-tune a model on your own pictures or films", description=__doc__)
    what = "pictures to learn from, or films whose motion is learned"
    parser.add_argument("pictures", type=Path, nargs="+", metavar="PICTURE|FILM|FOLDER", help=what)
    parser.add_argument("--name", help="name of the new model (default: the name of the first picture)")
    options.add_value(parser, "--minutes", options.above_zero, "M", "training time in minutes", 15.0)
    parser.add_argument("--base", metavar="MODEL", help="model to start from (default starter; for films: film)")
    parser.add_argument("--mirror", action="store_true", help="also learn from the pictures mirrored left to right")
    parser.add_argument(
        "--no-words", dest="words", action="store_false", help="train without prompts, which makes the model smaller"
    )
    options.add_seed(parser)
    options.add_device(parser)
    options.add_tensorboard(parser)
    options.add_json(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    name = args.name or args.pictures[0].resolve().stem
    base = args.base or default_base(args.pictures)
    request = study_request(
        args.pictures, name, options.model_place(base), args.minutes, args.seed, args.mirror, args.device
    )
    request = replace(request, words=args.words)
    if args.tensorboard:
        from engine.training.event_files import want_event_files

        place = Path("runs") / "study" / name  # the study itself is tidied away when it is done
        want_event_files(True, place)
        say(f"TensorBoard event files: tensorboard --logdir {place}")
    with stop_flag() as flag:
        finished = _learn(request, flag)
    figures = {
        "model": name, "folder": finished.model, "bits_before": finished.base_bits, "bits_after": finished.bits,
    }  # fmt: skip
    print(options.as_json(figures) if args.json else _summary(figures))
    return 0


def _learn(request: StudyRequest, flag: StopFlag) -> StudyFinished:
    THREADS.begin()
    from engine.finetuning.study import study

    last: StudyEvent | None = None
    last_said = -EVERY
    for last in study(request, lambda: bool(flag)):
        if isinstance(last, StudyStarted):
            for note in last.notes:
                say(note)
            files = f"{last.pictures} file{'s' * (last.pictures != 1)}"
            say(f"learning from {files}, {last.pixels / 1e6:.1f} million pixels, for {request.minutes:g} min")
        elif isinstance(last, Studied) and time.monotonic() - last_said > EVERY:
            last_said = time.monotonic()
            say(_progress(last))
    if isinstance(last, StudyFinished):
        return last
    raise Interrupted(
        flag.signal,
        f"The best version so far is the model “{request.name}”; run the same command to continue training.",
    )


def _progress(event: Studied) -> str:
    if event.curve:
        (_, first), (_, now) = event.curve[0], event.curve[-1]
        bits = f"{now:.2f} bits per token on the held-out part, {first:.2f} before training, "
    else:
        bits = "learning its strokes, "
    return f"{bits}{duration(event.remaining)} left"


def _summary(figures: dict[str, Any]) -> str:
    return (
        f"{figures['model']}: {figures['bits_before']:.2f} bits per token on the held-out part before training, "
        f"{figures['bits_after']:.2f} after. Paint with --model “{figures['model']}”."
    )
