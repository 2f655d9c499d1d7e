"""The pictures that are painted from: those that the words choose, or those that were named."""

import argparse
from dataclasses import replace
from pathlib import Path

from app.cli import options
from app.data_folder import data_folder
from engine.library.entries import entries, reference_of, shipped
from engine.library.search import NO_CHOICE, Choice, choose_for
from engine.request import PaintRequest, Reference, UserError

AUTO, NONE = "auto", "none"


def add(parser: argparse.ArgumentParser) -> None:
    """Which pictures words choose to paint from, and how far these are followed."""
    group = options.add_following(parser, "following pictures chosen by the prompt", "they are")
    group.add_argument(
        "--references", default=AUTO, metavar="auto|none|FOLDER",
        help="auto: included pictures that fit the prompt (default); none; or a folder with pictures of your own",
    )  # fmt: skip


def kept() -> Path:
    """Where it is kept what was seen in the pictures of folders."""
    return data_folder() / "library"


def chosen(args: argparse.Namespace, request: PaintRequest) -> Choice:
    """What the words of a request choose; nothing where that is not wanted, or there are neither words nor a folder."""
    if args.references == NONE or not args.exemplar or (args.references == AUTO and not request.prompts):
        return NO_CHOICE
    if args.references == AUTO:
        return choose_for(request.prompts, shipped(), request.seed)
    found = entries(Path(args.references), kept())
    choice = choose_for(request.prompts, found, request.seed)
    if not choice.entries:
        raise UserError(f"No picture in {args.references} fits the prompt. Use other words, or leave out --prompt.")
    return choice


def painted_from(args: argparse.Namespace, request: PaintRequest, choice: Choice) -> PaintRequest:
    """The request of a picture with the pictures of a choice; words are followed no more strictly than is asked for."""
    if not choice.entries:
        return request
    guidance = args.guidance or PaintRequest.guidance
    return replace(request, references=choice.references(), guidance=guidance, **options.following(args))


def named(files: list[Path]) -> tuple[Reference, ...]:
    """Pictures that were named to be painted from as well."""
    return tuple(reference_of(file) for file in files)
