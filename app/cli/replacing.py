"""What of the picture itself is painted anew: parts in numbers, and a mask."""

import argparse
from pathlib import Path

from app.cli.options import Parser, WrongUsage, region, up_to
from engine.media.images import read_picture
from engine.media.known_pictures import WIDEST_FEATHER
from engine.request import Area, Box

FEATHER = 16  # px
WHITE = 128  # of 255, from which on a mask is white


def add_replacing(parser: Parser) -> None:
    group = parser.add_argument_group("replacing parts of the picture")
    group.add_argument(
        "--replace", type=region, action="append", default=[], metavar="X,Y,W,H",
        help="replace this part of the picture; can be repeated",
    )  # fmt: skip
    group.add_argument("--mask", type=Path, metavar="FILE", help="an image of the same size: white parts are replaced")
    group.add_argument(
        "--feather", type=_feather, default=FEATHER, metavar="N",
        help=f"width of the soft edge around replaced parts, 0 to {WIDEST_FEATHER} pixels (default {FEATHER})",
    )  # fmt: skip


def _feather(text: str) -> int:
    return round(up_to(WIDEST_FEATHER, text))


def replaced(args: argparse.Namespace, picture: Box) -> tuple[Area, ...]:
    """The parts of the picture that these options name."""
    areas = [Area(_within(box, picture)) for box in args.replace]
    return (*areas, *([_masked(args.mask, picture)] if args.mask else []))


def _within(box: Box, picture: Box) -> Box:
    shared = box.intersect(picture)
    if shared.empty:
        raise WrongUsage(
            f"--replace {','.join(map(str, box))} lies outside of the picture of {picture.width}×{picture.height} "
            "pixels."
        )
    return shared


def _masked(path: Path, picture: Box) -> Area:
    mask = read_picture(path, placing=True)
    height, width = mask.pixels.shape[:2]
    if (width, height) != picture[2:]:
        raise WrongUsage(
            f"The mask {path} has {width}×{height} pixels and the picture {picture.width}×{picture.height}; "
            "they have to be as large."
        )
    white = mask.pixels.mean(2) >= WHITE
    white &= True if mask.alpha is None else mask.alpha >= WHITE
    if not white.any():
        raise WrongUsage(f"Nothing in the mask {path} is white, so nothing would be replaced.")
    box = Box.holding(white)
    return Area(box, white[box.slices(picture)])
