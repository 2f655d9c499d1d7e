"""`handscroll dataset`: builds folders of pictures or clips, with captions and splits, that training reads."""

import argparse
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from app.cli import options
from app.cli.options import Commands, Parser
from app.cli.progress import say
from engine.datasets.builders.building import Report
from engine.request import UserError


def add(commands: Commands) -> None:
    parser = commands.add_parser("dataset", help="build a data set to train on", description=__doc__)
    kinds = parser.add_subparsers(title="what to build", metavar="WHAT", required=True)
    _add_scroll(kinds.add_parser("scroll", help="huge pictures, cut into overlapped square crops (paper: RQF)"))
    _add_captions(kinds.add_parser("captions", help="pictures with captions (paper: LHQC)"))
    _add_clips(kinds.add_parser("clips", help="films, cut into clips of one scene (paper: LHQ-V)"))
    _add_subtitles(kinds.add_parser("subtitles", help="a film and its subtitles, as clips with captions (PeppaPig)"))


def _add_scroll(parser: Parser) -> None:
    parser.add_argument("files", type=Path, nargs="+", metavar="FILE", help="pictures of any size; TIFF in strips")
    _add_common(parser)
    parser.add_argument(
        "--height", type=options.positive, default=1024, metavar="PX", help="what the shorter side is brought to"
    )
    parser.add_argument(
        "--overlap", type=_overlap, default=0.75, metavar="S", help="share that neighbouring crops have in common"
    )
    _add_medium(parser, "ink on silk, chinese handscroll")
    parser.set_defaults(run=_scroll)


def _add_captions(parser: Parser) -> None:
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="pictures, with or without text files beside them")
    _add_common(parser)
    parser.add_argument("--captions", type=Path, metavar="FILE", help="a CSV with the columns file and caption")
    parser.add_argument(
        "--side", type=options.positive, default=1024, metavar="PX", help="the shorter side of a picture, at most"
    )
    parser.add_argument(
        "--smallest", type=options.positive, default=256, metavar="PX", help="smaller pictures are left out"
    )
    _add_medium(parser, "")
    parser.set_defaults(run=_captions)


def _add_clips(parser: Parser) -> None:
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="films, in it and below")
    _add_common(parser)
    _add_clip_size(parser)
    parser.set_defaults(run=_clips)


def _add_subtitles(parser: Parser) -> None:
    parser.add_argument("film", type=Path, metavar="VIDEO", help="the film")
    parser.add_argument("subtitles", type=Path, metavar="SUBTITLES", help="SRT or WebVTT")
    _add_common(parser)
    _add_clip_size(parser)
    parser.set_defaults(run=_subtitles)


def _add_common(parser: Parser) -> None:
    parser.add_argument(
        "-o", "--output", type=Path, required=True, metavar="FOLDER", help="a data set begun there is gone on with"
    )
    options.add_json(parser)


def _add_medium(parser: Parser, default: str) -> None:
    about = "what captions call the pictures, as in “oil painting”"
    parser.add_argument("--medium", default=default, metavar="TEXT", help=about)


def _add_clip_size(parser: Parser) -> None:
    parser.add_argument("--side", type=options.positive, default=512, metavar="PX", help="the shorter side, at most")
    parser.add_argument("--frames", type=options.positive, default=5, metavar="N", help="of a clip (default 5)")
    parser.add_argument("--fps", type=options.above_zero, default=5.0, metavar="R", help="frames a second (default 5)")


def _overlap(text: str) -> float:
    value = options.part(text)
    if value >= 1:
        raise argparse.ArgumentTypeError("an overlap is less than 1")
    return value


def _scroll(args: argparse.Namespace) -> int:
    from engine.datasets.builders.scroll import ScrollSettings, build_scroll

    settings = ScrollSettings(args.height, args.overlap, args.medium)
    return _build(args, lambda: build_scroll(args.files, args.output, settings, say))


def _captions(args: argparse.Namespace) -> int:
    from engine.datasets.builders.captions import CaptionSettings, build_captions

    _check_folder(args.folder)
    settings = CaptionSettings(args.side, args.smallest, args.medium)
    return _build(args, lambda: build_captions(args.folder, args.output, settings, args.captions, say))


def _clips(args: argparse.Namespace) -> int:
    from engine.datasets.builders.clips import ClipSettings, build_clips

    _check_folder(args.folder)
    settings = ClipSettings(args.side, args.frames, args.fps)
    return _build(args, lambda: build_clips(args.folder, args.output, settings, say))


def _subtitles(args: argparse.Namespace) -> int:
    from engine.datasets.builders.clips import ClipSettings
    from engine.datasets.builders.subtitles import build_subtitles

    settings = ClipSettings(args.side, args.frames, args.fps)
    return _build(args, lambda: build_subtitles(args.film, args.subtitles, args.output, settings, say))


def _check_folder(folder: Path) -> None:
    if not folder.is_dir():
        raise UserError(f"{folder} is not a folder; check its spelling.")


def _build(args: argparse.Namespace, build: Callable[[], Report]) -> int:
    report = build()
    print(options.as_json(asdict(report)) if args.json else _summary(report))
    return 0


def _summary(report: Report) -> str:
    lines = [
        f"{report.items} items in {report.folder}: {report.train} to learn from, {report.test} held out, "
        f"{report.captions} with captions."
    ]
    lines += [f"left out, {reason}: {count}" for reason, count in report.left_out.items()]
    if report.left_out:
        lines.append(f"Each is named in {Path(report.folder) / 'left-out.csv'}.")
    return "\n".join(lines)
