"""`handscroll video`: a film out of nothing but words, or out of nothing at all."""

import argparse

from app.cli import options, references
from app.cli.options import Commands
from app.cli.signals import stop_flag
from app.cli.video_command import add_film, check_film, check_frames, film_to_file
from engine.request import Box


def add(commands: Commands) -> None:
    parser = commands.add_parser("video", help="paint a film from words, or from nothing", description=__doc__)
    parser.add_argument("--size", type=options.size, required=True, metavar="WxH", help="width and height in pixels")
    add_film(parser, "what to paint and how it moves (default: whatever comes)")
    references.add(parser)
    begin = "the image model that paints the first frame (default: as the model says, or the model itself)"
    parser.add_argument("--begin-with", metavar="NAME|FOLDER", help=begin)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    with stop_flag() as flag:
        check_frames(args)
        check_film(args, args.size)
        request = options.request_of(args, Box(0, 0, *args.size), args.frames)
        return film_to_file(args, request, (), flag, references.chosen(args, request))
