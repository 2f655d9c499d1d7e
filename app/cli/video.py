"""`handscroll video`: paint a film from words, or from nothing."""

import argparse

from app.cli import options, references
from app.cli.options import Commands
from app.cli.signals import stop_flag
from app.cli.video_command import add_film, check_film, check_frames, film_to_file
from engine.request import Box


def add(commands: Commands) -> None:
    parser = commands.add_parser("video", help="paint a film from words, or from nothing", description=__doc__)
    parser.add_argument("--size", type=options.size, required=True, metavar="WxH", help="width and height in pixels")
    add_film(parser, "what to paint and how it moves (default: anything)")
    references.add(parser)
    begin = "the image model that paints the first frame (default: the one that the film model names)"
    parser.add_argument("--begin-with", metavar="NAME|FOLDER", help=begin)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    with stop_flag() as flag:
        check_frames(args)
        check_film(args, args.size)
        request = options.request_of(args, Box(0, 0, *args.size), args.frames)
        return film_to_file(args, request, (), flag, references.chosen(args, request))
