"""`handscroll outpaint`: extend a picture on any side, paint its transparent parts, and replace parts."""

import argparse
import os
from dataclasses import replace
from pathlib import Path

from app.cli import options
from app.cli import target_box as geometry
from app.cli.options import Commands, Parser, WrongUsage, region, up_to
from app.cli.paint_command import outputs, paint_variants
from app.cli.references import named
from app.cli.signals import stop_flag
from engine.media.image_writers import check_writable
from engine.media.images import Picture, read_picture
from engine.media.known_pictures import WIDEST_FEATHER, known_mask, opened
from engine.request import Area, Box, KnownPicture, PaintRequest


def add(commands: Commands) -> None:
    parser = commands.add_parser("outpaint", help="extend a picture on any side", description=__doc__)
    parser.add_argument(
        "picture", type=Path, metavar="PICTURE", help="the picture to extend; transparent parts are painted too"
    )
    options.add_geometry(parser)
    add_replacing(parser)
    parser.add_argument(
        "--wrap", action="store_true", help="make a panorama: the right end of the result continues at its left end"
    )
    options.add_painting(parser, "what to paint (default: continue the picture)")
    parser.add_argument(
        "--recache", choices=("order", "none"), default="order",
        help="order: read the border again in the order of each strip (default); none: exactly the paper's Algorithm 2",
    )  # fmt: skip
    strength = "with --exemplar 0: strength of the canvas or paper texture on new areas, 0 to 4"
    options.add_value(parser, "--grain", options.grain, "G", strength, 1.0)
    options.add_exemplar(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    with stop_flag() as flag:
        geometry.check_kind(args)
        files = outputs(args)
        _check_outputs(args, files)
        picture = read_picture(args.picture)
        request = _request(args, picture)
        check_writable(files[-1], request.target[2:])
        notes = [*picture.notes, *_not_closed(args, request)]
        return paint_variants(args, request, args.picture, notes, flag, picture.metadata, picture.grey)


def _check_outputs(args: argparse.Namespace, files: list[Path]) -> None:
    for output in files:
        check_writable(output, args.size)
        if os.path.exists(output) and os.path.exists(args.picture) and os.path.samefile(output, args.picture):
            raise WrongUsage(f"{output} is the input picture; choose another name for the result.")


def _request(args: argparse.Namespace, picture: Picture) -> PaintRequest:
    height, width = picture.pixels.shape[:2]
    known = KnownPicture(Box(0, 0, width, height), picture.pixels, picture.mask)
    target = geometry.target_box(args, (width, height))
    if args.wrap and target.x < 0 and target.right > width:
        raise WrongUsage("A panorama is extended on one side: with --wrap give --left or --right, not both.")
    request = replace(
        options.request_of(args, target), known=(known,), recache=args.recache, grain=args.grain,
        replaced=replaced(args, known.box), feather=args.feather, wrap=target.width if args.wrap else 0,
        references=named(args.exemplar_from), **options.following(args),
    )  # fmt: skip
    geometry.check_work(opened(request))
    return request


def _not_closed(args: argparse.Namespace, request: PaintRequest) -> list[str]:
    """What is new at both ends does not know of the other one."""
    target = request.target
    ends = known_mask(opened(request).known, target)[:, [0, -1]]
    if not args.wrap or ends.any(1).all():
        return []
    width = min(128, target.width // 4)
    place = f"{target.width - width},0,{width},{target.height}"
    return [f"Where both ends are new they do not meet yet: paint the result again with --wrap --replace {place}."]


FEATHER = 16  # px
WHITE = 128  # of 255, from which on a mask is white


def add_replacing(parser: Parser) -> None:
    group = parser.add_argument_group("replacing parts of the picture")
    group.add_argument(
        "--replace", type=region, action="append", default=[], metavar="X,Y,W,H",
        help="replace this part of the picture; can be repeated",
    )  # fmt: skip
    group.add_argument("--mask", type=Path, metavar="FILE", help="an image of the same size: white parts are replaced")
    edge = f"width of the soft edge around replaced parts, 0 to {WIDEST_FEATHER} pixels"
    options.add_value(group, "--feather", _feather, "N", edge, FEATHER)


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
            f"--replace {','.join(map(str, box))} lies outside the picture of {picture.width}×{picture.height} pixels."
        )
    return shared


def _masked(path: Path, picture: Box) -> Area:
    mask = read_picture(path, placing=True)
    height, width = mask.pixels.shape[:2]
    if (width, height) != picture[2:]:
        raise WrongUsage(
            f"The mask {path} has {width}×{height} pixels and the picture {picture.width}×{picture.height}; "
            "both must have the same size."
        )
    white = mask.pixels.mean(2) >= WHITE
    white &= True if mask.alpha is None else mask.alpha >= WHITE
    if not white.any():
        raise WrongUsage(f"The mask {path} has no white parts, so nothing would be replaced.")
    box = Box.holding(white)
    return Area(box, white[box.slices(picture)])
