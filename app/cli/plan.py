"""`handscroll plan`: show which patches would be painted, and in which order, without painting them."""

import argparse
from pathlib import Path

from app.cli import options
from app.cli.options import SIDES, Commands, WrongUsage
from engine.config import ModelConfig, read_config
from engine.media.known_pictures import THIN
from engine.planning.report import draw, plan_report
from engine.request import UserError

MOST_PATCHES = 1_000_000


def add(commands: Commands) -> None:
    parser = commands.add_parser("plan", help="show the order of patches without painting", description=__doc__)
    parser.add_argument("--known", type=options.size, metavar="WxH", help="size of the known picture")
    options.add_geometry(parser)
    parser.add_argument(
        "--model", metavar="NAME|FOLDER", help="the model to plan for (default starter; with --frames: film)"
    )
    reads = "how many patches away a patch reads: width, height, frames (default: the model's)"
    options.add_value(parser, "--extent", options.extent, "EW,EH,EF", reads)
    options.add_value(parser, "--frames", options.positive, "F", "number of frames of a film", 1)
    patch = "width and height of a patch in pixels (default: the model's)"
    options.add_value(parser, "--patch", options.positive, "PX", patch)
    options.add_order(parser)
    options.add_json(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    size, at = _target(args)
    model = _model(args.model or ("starter" if args.frames == 1 else "film"))
    patch, extent = args.patch or model.patch_px, args.extent or model.decoder.extent
    if (size[0] // patch + 1) * (size[1] // patch + 1) * args.frames > MOST_PATCHES:
        raise WrongUsage(
            f"That would be more than {MOST_PATCHES:,} patches. Choose a smaller size or a larger --patch."
        )
    try:
        report = plan_report(size, args.known, at, extent, args.frames, patch, options.order_of(args))
    except UserError as error:
        raise WrongUsage(str(error)) from None
    print(options.as_json(report) if args.json else draw(report))
    return 0


def _model(name: str) -> ModelConfig:
    """What a model says of itself."""
    folder = Path(options.model_place(name))
    if not (folder / "config.json").is_file():
        raise WrongUsage(f"There is no model “{name}”. `handscroll models` lists all models.")
    return read_config(folder)


def _target(args: argparse.Namespace) -> tuple[tuple[int, int], tuple[int, int]]:
    """Size of the target, and where in it the known picture lies."""
    sides = [getattr(args, side) for side in SIDES]
    if all(side is None for side in sides):
        if not args.size:
            raise WrongUsage(
                "Give the size of the result: --size WxH, or --known WxH with --left, --right, --up, --down."
            )
        return args.size, args.at or (0, 0)
    if args.size or args.at or not args.known:
        raise WrongUsage(
            "--left, --right, --up and --down need --known WxH, and cannot be combined with --size or --at."
        )
    left, right, up, down = (side if side and side > THIN else 0 for side in sides)  # thinner ones cost no patch
    return (args.known[0] + left + right, args.known[1] + up + down), (left, up)
