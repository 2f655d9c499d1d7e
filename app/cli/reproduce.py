"""`handscroll reproduce`: repeat a table or figure of the paper: train its variants and baselines, and compare them."""

import argparse
from pathlib import Path

from app.cli import options
from app.cli.cpu_threads import THREADS
from app.cli.options import Commands
from app.cli.progress import say
from engine.request import UserError

SCALES = ("tiny", "starter", "base")
NAMES = ("table2", "table3", "table4", "table5", "table6", "table7a", "table7b", "table7c", "fig16", "fig17")


def add(commands: Commands) -> None:
    parser = commands.add_parser("reproduce", help="repeat a table or figure of the paper", description=__doc__)
    parser.add_argument("what", choices=NAMES, metavar="WHAT", help=f"one of {', '.join(NAMES)}")
    options.add_data(parser, "pictures to train and measure on, best with captions")
    parser.add_argument(
        "--scale",
        choices=SCALES,
        default="starter",
        help="tiny: seconds, to try it out; starter: an hour; base: for graphics cards (default starter)",
    )
    minutes = "minutes for the whole table (default for starter: 60)"
    options.add_value(parser, "--minutes", options.above_zero, "M", minutes)
    options.add_value(parser, "--steps", options.positive, "N", "training steps per variant, instead of --minutes")
    place = "where results go; unfinished ones there are continued (default runs/paper)"
    options.add_output(parser, "FOLDER", place, required=False, default=Path("runs") / "paper")
    parser.add_argument(
        "--tokenizer", metavar="NAME|FOLDER", help="the model whose tokenizer is used (default: by --scale)"
    )
    options.add_seed(parser)
    options.add_device(parser)
    options.add_networks(parser)
    options.add_json(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    if not args.data.is_dir():
        raise UserError(f"{args.data} is not a folder; name one with pictures, such as `handscroll dataset` builds.")
    THREADS.begin()
    from engine.evaluate.foreign_networks import ForeignFiles
    from engine.reproduction.reproduce import reproduce

    files = ForeignFiles(args.inception, args.clip)
    found = reproduce(
        args.what, args.scale, args.data, args.output, args.minutes, args.device, args.seed, args.tokenizer, files,
        args.steps, say,
    )  # fmt: skip
    print(options.as_json(found) if args.json else found["page"], end="\n" if args.json else "")
    say(f"{args.output / f'{args.what}-{args.scale}'} contains the page, the chart and all results")
    return 0
