"""`handscroll engine`: the engine alone, for a window on this computer or, through SSH, on another one."""

import argparse

from app.cli.options import Commands


def add(commands: Commands) -> None:
    parser = commands.add_parser("engine", help="paint for a window on another computer", description=__doc__)
    parser.add_argument(
        "--stdio",
        action="store_true",
        required=True,
        help="read commands on standard input, write answers on standard output",
    )
    parser.add_argument("--card", type=int, default=0, metavar="N", help="which graphics card, from 0 (default 0)")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    from app.jobs import worker

    return worker.main(args.card)
