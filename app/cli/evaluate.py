"""`handscroll evaluate`: measure a model on pictures that it was not trained on."""

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from app.cli import options
from app.cli.cpu_threads import THREADS
from app.cli.options import Commands
from app.cli.progress import say
from engine.request import UserError


def add(commands: Commands) -> None:
    parser = commands.add_parser("evaluate", help="measure a model on held-out pictures", description=__doc__)
    options.add_data(parser, "pictures that the model was not trained on")
    options.add_model(parser)
    parser.add_argument("--quick", action="store_true", help="use fewer pictures: faster, but less precise")
    parser.add_argument(
        "--sheet", type=Path, metavar="FILE", help="also paint a sheet of continued pictures into this file"
    )
    networks = options.add_networks(parser)
    networks.add_argument("--i3d", type=Path, metavar="FILE", help="I3D as TorchScript: FVD of a film model")
    networks.add_argument(
        "--films",
        type=Path,
        metavar="FOLDER",
        help="films that the model was not trained on, for FVD (default: the folder of --data)",
    )
    options.add_json(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    for folder, what in ((args.data, "pictures"), (args.films, "films")):
        if folder and not folder.is_dir():
            raise UserError(f"{folder} is not a folder; name one with {what} that the model was not trained on.")
    from engine.evaluate.foreign_networks import ForeignFiles
    from engine.evaluate.report import evaluate
    from engine.evaluate.samples import card_sheet
    from engine.models.checkpoint import load_model

    THREADS.begin()
    model = load_model(options.model_place(args.model), args.device)
    files = ForeignFiles(args.inception, args.clip, args.i3d)
    figures = evaluate(model, args.data, args.quick, say, files, args.films)
    if args.sheet:
        say(f"{args.sheet} continues, from above: {', '.join(card_sheet(model, args.data, args.sheet))}")
    print(options.as_json(figures) if args.json else "\n".join(lines(figures)))
    return 0


def lines(figures: dict[str, Any], depth: int = 0) -> Iterator[str]:
    """Names and figures, what belongs together indented below its name."""
    indent = "  " * depth
    for name, value in figures.items():
        words = str(name).replace("_", " ")
        if isinstance(value, dict):
            yield f"{indent}{words}"
            yield from lines(value, depth + 1)
        else:
            yield f"{indent}{words:<{40 - len(indent)}} {_figure(value)}"


def _figure(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:.4g}"
    if isinstance(value, list | tuple):
        return "  ".join(map(_figure, value))
    return "–" if value is None else str(value)
