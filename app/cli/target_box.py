"""Where the target lies around the picture, and what of it is to be painted; impossible numbers are refused.

The picture's corner is the origin of the canvas, so a target that reaches to the left or up begins at negative places.
"""

import argparse
from collections.abc import Sequence

import numpy as np

from app.cli.options import SIDES, WrongUsage
from engine.request import Box, KnownPicture, PaintRequest

MOST_PIXELS = 2**30  # what can be read back as a picture


def check_kind(args: argparse.Namespace) -> None:
    """One kind of geometry, not both."""
    sides = [f"--{side}" for side in SIDES if getattr(args, side) is not None]
    if sides and (args.size or args.at):
        raise WrongUsage(f"Give either {' '.join(sides)} or --size with --at, not both.")
    if args.at and not args.size:
        raise WrongUsage("--at needs --size, the width and height of the result.")
    if args.size:
        check_size(args.size)


def check_size(size: tuple[int, int]) -> None:
    if size[0] * size[1] > MOST_PIXELS:
        raise WrongUsage(
            f"A target of {size[0]}×{size[1]} pixels is too large; the limit is {MOST_PIXELS / 1e6:,.0f} million "
            "pixels. Ask for less, and extend the result again."
        )


def target_box(args: argparse.Namespace, picture: tuple[int, int]) -> Box:
    """The target in canvas pixels, for a picture of this size at the origin."""
    width, height = picture
    if args.size:
        x, y = args.at or (0, 0)
        target = Box(-x, -y, *args.size)
    else:
        left, right, up, down = (getattr(args, side) or 0 for side in SIDES)
        target = Box(-left, -up, left + width + right, up + height + down)
    check_size(target[2:])
    if target.intersect(Box(0, 0, width, height)).empty:
        raise WrongUsage(
            f"The picture of {width}×{height} pixels lies completely outside the result of {target.width}×"
            f"{target.height}; choose another --at so that part of it is inside."
        )
    return target


def unknown_pixels(known: Sequence[KnownPicture], box: Box) -> int:
    """How many pixels of a box are to be painted; the known pictures do not overlap."""
    return box.width * box.height - sum(_known_pixels(picture, picture.box.intersect(box)) for picture in known)


def _known_pixels(known: KnownPicture, shared: Box) -> int:
    if known.mask is None:
        return shared.width * shared.height
    return int(np.count_nonzero(known.mask[shared.slices(known.box)]))


def check_work(request: PaintRequest) -> None:
    if not unknown_pixels(request.known, request.target):
        raise WrongUsage(
            "There is nothing to paint: the picture fills the whole result. "
            "Say how much to add, such as --right 256, or what to replace."
        )
