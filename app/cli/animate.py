"""`handscroll animate`: make a still picture move, all of it or only a region."""

import argparse
from dataclasses import replace
from pathlib import Path

from app.cli import options
from app.cli.options import Commands, WrongUsage
from app.cli.signals import stop_flag
from app.cli.video_command import add_film, check_film, check_frames, film_to_file
from engine.media.animation import animation
from engine.media.images import Picture, read_picture
from engine.media.video import is_film
from engine.request import Box, KnownPicture, UserError


def add(commands: Commands) -> None:
    parser = commands.add_parser("animate", help="make a still picture move", description=__doc__)
    parser.add_argument(
        "picture", type=Path, metavar="PICTURE", help="the still picture, which becomes the first frame"
    )
    parser.add_argument(
        "--region", type=options.region, metavar="X,Y,W,H", help="only this part moves; the rest stays as it is"
    )
    add_film(parser, "what moves, such as “clouds drift left” (default: anything)")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    with stop_flag() as flag:
        check_frames(args)
        picture = _still(args.picture)
        height, width = picture.pixels.shape[:2]
        check_film(args, (width, height))
        box = Box(0, 0, width, height)
        if args.region and box.intersect(args.region).empty:
            raise WrongUsage(f"The region lies outside the picture of {width}×{height} pixels; nothing would move.")
        still = KnownPicture(box, picture.pixels, picture.mask)
        known = animation(still, args.frames, args.region)
        request = replace(options.request_of(args, box, args.frames), known=known)
        return film_to_file(args, request, picture.notes, flag)


def _still(path: Path) -> Picture:
    try:
        return read_picture(path)
    except UserError:
        if is_film(path):
            raise UserError(f"{path} is a film, but animate needs a still picture.") from None
        raise
