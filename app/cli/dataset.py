"""`handscroll dataset`: build a folder of training data: pictures or clips with captions, some of them held out."""

import argparse
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from app.cli import options
from app.cli.options import Commands, Parser
from app.cli.progress import say
from engine.datasets.builders.building import Report


def add(commands: Commands) -> None:
    parser = commands.add_parser("dataset", help="build a data set for training", description=__doc__)
    kinds = parser.add_subparsers(title="what to build", metavar="WHAT", required=True)
    _add_scroll(kinds.add_parser("scroll", help="cut huge pictures into overlapping square crops (RQF in the paper)"))
    _add_captions(kinds.add_parser("captions", help="collect pictures with captions (LHQC in the paper)"))
    _add_clips(kinds.add_parser("clips", help="cut films into short clips of one scene each (LHQ-V in the paper)"))
    _add_subtitles(
        kinds.add_parser("subtitles", help="cut a film into clips captioned by its subtitles (PeppaPig in the paper)")
    )


def _add_scroll(parser: Parser) -> None:
    parser.add_argument(
        "files", type=Path, nargs="+", metavar="FILE", help="pictures of any size; huge TIFF files are read in strips"
    )
    _add_common(parser)
    options.add_value(parser, "--height", options.positive, "PX", "resize the shorter side to this", 1024)
    overlap = "share of a crop that it has in common with the next, 0 to below 1"
    options.add_value(parser, "--overlap", _overlap, "S", overlap, 0.75)
    _add_medium(parser, "ink on silk, chinese handscroll")
    parser.set_defaults(run=_scroll)


def _add_captions(parser: Parser) -> None:
    parser.add_argument(
        "folder", type=Path, metavar="FOLDER", help="pictures; text files of the same name hold captions"
    )
    _add_common(parser)
    parser.add_argument(
        "--captions", type=Path, metavar="FILE", help="captions from a CSV file with the columns file and caption"
    )
    options.add_value(parser, "--side", options.positive, "PX", "shrink pictures whose shorter side is longer", 1024)
    smallest = "leave out pictures whose shorter side is shorter"
    options.add_value(parser, "--smallest", options.positive, "PX", smallest, 256)
    _add_medium(parser, "")
    parser.set_defaults(run=_captions)


def _add_clips(parser: Parser) -> None:
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="films; subfolders are searched too")
    _add_common(parser)
    _add_clip_size(parser)
    parser.set_defaults(run=_clips)


def _add_subtitles(parser: Parser) -> None:
    parser.add_argument("film", type=Path, metavar="VIDEO", help="the film")
    parser.add_argument("subtitles", type=Path, metavar="SUBTITLES", help="its subtitles, SRT or WebVTT")
    _add_common(parser)
    _add_clip_size(parser)
    parser.set_defaults(run=_subtitles)


def _add_common(parser: Parser) -> None:
    options.add_output(parser, "FOLDER", "where to build it; an unfinished data set there is continued")
    options.add_json(parser)


def _add_medium(parser: Parser, default: str) -> None:
    about = "words added to each caption, such as “oil painting”"
    parser.add_argument("--medium", default=default, metavar="TEXT", help=about)


def _add_clip_size(parser: Parser) -> None:
    options.add_value(parser, "--side", options.positive, "PX", "shrink films whose shorter side is longer", 512)
    options.add_value(parser, "--frames", options.positive, "N", "frames per clip", 5)
    options.add_value(parser, "--fps", options.above_zero, "R", "frames per second", 5.0)


def _overlap(text: str) -> float:
    value = options.part(text)
    if value >= 1:
        raise argparse.ArgumentTypeError("the overlap must be below 1")
    return value


def _scroll(args: argparse.Namespace) -> int:
    from engine.datasets.builders.scroll import ScrollSettings, build_scroll

    settings = ScrollSettings(args.height, args.overlap, args.medium)
    return _build(args, lambda: build_scroll(args.files, args.output, settings, say))


def _captions(args: argparse.Namespace) -> int:
    from engine.datasets.builders.captions import CaptionSettings, build_captions

    options.check_folder(args.folder)
    settings = CaptionSettings(args.side, args.smallest, args.medium)
    return _build(args, lambda: build_captions(args.folder, args.output, settings, args.captions, say))


def _clips(args: argparse.Namespace) -> int:
    from engine.datasets.builders.clips import ClipSettings, build_clips

    options.check_folder(args.folder)
    settings = ClipSettings(args.side, args.frames, args.fps)
    return _build(args, lambda: build_clips(args.folder, args.output, settings, say))


def _subtitles(args: argparse.Namespace) -> int:
    from engine.datasets.builders.clips import ClipSettings
    from engine.datasets.builders.subtitles import build_subtitles

    settings = ClipSettings(args.side, args.frames, args.fps)
    return _build(args, lambda: build_subtitles(args.film, args.subtitles, args.output, settings, say))


def _build(args: argparse.Namespace, build: Callable[[], Report]) -> int:
    report = build()
    print(options.as_json(asdict(report)) if args.json else _summary(report))
    return 0


def _summary(report: Report) -> str:
    lines = [
        f"{report.items} items in {report.folder}: {report.train} for training, {report.test} held out, "
        f"{report.captions} with captions."
    ]
    lines += [f"left out, {reason}: {count}" for reason, count in report.left_out.items()]
    if report.left_out:
        lines.append(f"All of these are listed in {Path(report.folder) / 'left-out.csv'}.")
    return "\n".join(lines)
