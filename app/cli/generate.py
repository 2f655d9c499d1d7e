"""`handscroll generate`: paint a picture of any size from words, or from nothing."""

import argparse

from app.cli import options, references
from app.cli import target_box as geometry
from app.cli.options import Commands
from app.cli.paint_command import outputs, paint_variants
from app.cli.signals import stop_flag
from engine.media.image_writers import check_writable
from engine.request import Box


def add(commands: Commands) -> None:
    parser = commands.add_parser("generate", help="paint a picture from words, or from nothing", description=__doc__)
    parser.add_argument("--size", type=options.size, required=True, metavar="WxH", help="width and height in pixels")
    options.add_painting(parser, "what to paint (default: anything)")
    references.add(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    with stop_flag() as flag:
        geometry.check_size(args.size)
        for output in outputs(args):
            check_writable(output, args.size)
        request = options.request_of(args, Box(0, 0, *args.size))
        choice = references.chosen(args, request)
        request = references.painted_from(args, request, choice)
        return paint_variants(args, request, None, choice.notes, flag)
