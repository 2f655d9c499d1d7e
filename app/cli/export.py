"""`handscroll export`: write a document, a region of it or its layers as pictures that other programs can read."""

import argparse
import os
import re
import time
from pathlib import Path
from typing import TYPE_CHECKING

from app.cli import options
from app.cli.options import Commands, WrongUsage
from app.cli.progress import PLAIN_EVERY, TERMINAL_EVERY, StatusLine, duration, say
from app.cli.signals import Interrupted, stop_flag
from engine.media.metadata import left_out
from engine.memory import peak_memory_mib
from engine.request import UserError

if TYPE_CHECKING:
    from app.export import ExportPlan, ExportRequest

LOSSY_NOTE = "{} stores pixels approximately; PNG and TIFF keep every one."


def add(commands: Commands) -> None:
    parser = commands.add_parser("export", help="write a document as a picture", description=__doc__)
    parser.add_argument(
        "document", type=Path, metavar="FILE", help="a .handscroll document; it may be open in the window"
    )
    options.add_output(parser, "OUT", "output file: .png, .jpg, .webp, .avif, .tif or .ora")
    what = parser.add_argument_group("what is exported (default: all that is visible)")
    what.add_argument(
        "--region", type=options.region, metavar="X,Y,W,H", help="only this part of the canvas, in pixels"
    )
    what.add_argument("--layer", action="append", metavar="NAME", help="only this layer; can be repeated")
    what.add_argument("--each-layer", action="store_true", help="one file per layer")
    how = parser.add_argument_group("how")
    factor = "resize by this factor; 0.5 is half as wide and high"
    options.add_value(how, "--scale", options.above_zero, "S", factor, 1.0)
    how.add_argument(
        "--bits", type=int, choices=(8, 16), default=8, help="bits per channel; 16 only for PNG and TIFF (default 8)"
    )
    options.add_value(how, "--quality", quality, "Q", "1 to 100, for JPEG, WebP and AVIF", 90)
    how.add_argument("--no-recipe", action="store_true", help="do not store how the picture was painted")
    how.add_argument("--no-metadata", action="store_true", help="do not store caption, copyright and camera data")
    how.add_argument("--tiles", type=options.size, metavar="WxH", help="cut into several files of at most this size")
    how.add_argument("--ground", type=colour, metavar="RRGGBB", help="fill transparent parts with this colour")
    options.add_json(parser)
    parser.set_defaults(run=run)


def quality(text: str) -> int:
    if not re.fullmatch(r"\d{1,3}", text, re.ASCII) or not 1 <= int(text) <= 100:
        raise argparse.ArgumentTypeError(f"“{text}” is not a whole number from 1 to 100")
    return int(text)


def colour(text: str) -> tuple[int, int, int]:
    if not re.fullmatch(r"#?[0-9a-fA-F]{6}", text):
        raise argparse.ArgumentTypeError(f"“{text}” is not a colour such as e9e4d8")
    red, green, blue = bytes.fromhex(text.removeprefix("#"))
    return red, green, blue


def run(args: argparse.Namespace) -> int:
    from app.export import export, planned

    request = _request(args)
    _check_usage(args, request)
    plan = planned(args.document, request)
    if plan.limit:
        raise UserError(f"{plan.limit} The option for that is --tiles {plan.tiles[0]}x{plan.tiles[1]}.")  # type: ignore[index]
    with stop_flag() as flag:
        line = StatusLine()
        line.written = time.monotonic()  # nothing is said about what takes less than a moment

        def progress(share: float) -> bool:
            if line.due(TERMINAL_EVERY if line.terminal else PLAIN_EVERY):
                line.write(f"{share:.0%} exported")
            return not flag

        try:
            files = export(args.document, request, progress)
        finally:
            line.close()
        if not files:
            raise Interrupted(flag.signal, "Interrupted; nothing was written.")
    _report(args, request, plan, files)
    return 0


def _request(args: argparse.Namespace) -> "ExportRequest":
    from app.export import ExportRequest
    from app.export.source import named_layers, opened

    layers = None
    if args.layer:
        with opened(args.document) as reader:
            layers = named_layers(reader, args.layer)
    return ExportRequest(
        args.output, args.region, args.scale, layers, args.each_layer, args.bits, args.quality, not args.no_recipe,
        args.tiles, args.ground, not args.no_metadata,
    )  # fmt: skip


def _check_usage(args: argparse.Namespace, request: "ExportRequest") -> None:
    kind = request.format
    if args.bits == 16 and not kind.deep:
        raise WrongUsage(f"{kind.name} only stores 8 bits; --bits 16 needs .png or .tif.")
    if kind.layers and (args.each_layer or args.tiles):
        raise WrongUsage(f"{kind.name} stores all layers in one file of any size; leave out --each-layer and --tiles.")


# ---- the report at the end


def _report(args: argparse.Namespace, request: "ExportRequest", plan: "ExportPlan", files: list[Path]) -> None:
    notes = _notes(args, request, files)
    for note in notes:
        say(note)
    sizes = {path: os.path.getsize(path) for path in files}
    seconds = time.monotonic() - args.started
    if args.json:
        figures = {
            "size": list(plan.size),
            "files": [{"path": str(path), "bytes": size} for path, size in sizes.items()],
            "bytes": sum(sizes.values()),
            "format": request.format.name,
            "bits": request.bits,
            "seconds": round(seconds, 3),
            "peak_memory_mib": round(peak_memory_mib(), 1),
            "notes": notes,
        }
        print(options.as_json(figures))
        return
    if len(files) == 1:
        print(f"{files[0]}: {plan.size[0]}×{plan.size[1]}, {_amount(sizes[files[0]])} in {duration(seconds)}")
        return
    for path, size in sizes.items():
        print(f"{path}: {_amount(size)}")


def _notes(args: argparse.Namespace, request: "ExportRequest", files: list[Path]) -> list[str]:
    from app.export.source import opened

    with opened(args.document) as reader:
        note = left_out(reader.metadata(), request.format.kind) if request.metadata else ""
    notes = [note] if note else []
    if request.format.quality and not (request.format.kind == "WEBP" and request.quality == 100):
        notes.append(LOSSY_NOTE.format(request.format.name))
    if files[-1].suffix == ".txt":
        notes.append(f"{files[-1]} says how the {len(files) - 1} tiles are put together.")
    return notes


def _amount(size: int) -> str:
    return f"{size / 2**20:.1f} MiB" if size >= 2**20 else f"{max(1, size >> 10)} KiB"
