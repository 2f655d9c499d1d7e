"""A film from request to file: frames are written as they become whole, and patches are kept in a journal.

A film file cannot be gone on with when its encoder has died. The journal can: the patches that it holds are decoded
again, which takes a small part of the time that painting them took.
"""

import argparse
import signal
import time
from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from app.cli import options
from app.cli.cpu_threads import THREADS
from app.cli.fingerprint import asked, fingerprint
from app.cli.journal import Journal
from app.cli.options import WrongUsage
from app.cli.paint_command import figures, load, long_prompts
from app.cli.painting import Listener, Result, kept, seconds_painted
from app.cli.progress import ProgressLine, duration, say
from app.cli.references import painted_from
from app.cli.signals import Interrupted, StopFlag
from engine.library.search import NO_CHOICE, Choice
from engine.media import video as films
from engine.media.animation import animation, faded
from engine.media.atomic_file import check_place
from engine.media.known_pictures import holds, lay_updates
from engine.media.video import MOST_FRAMES, MOST_PIXELS
from engine.request import (
    FramePainted,
    KnownPicture,
    PaintEvent,
    PaintRequest,
    Planned,
    Stopped,
    UserError,
)

if TYPE_CHECKING:
    from engine.models.checkpoint import ImageModel


def add_film(parser: argparse.ArgumentParser, words: str) -> None:
    """What animate and video are both asked."""
    out = "the film: .mp4, .webm, .gif, .webp, or a name without an ending for a folder of PNGs"
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="OUT", help=out)
    parser.add_argument(
        "--frames", type=options.not_negative, required=True, metavar="N", help="number of frames, at least 2"
    )
    parser.add_argument("--fps", type=options.above_zero, metavar="F", help="frames per second (default 8; GIF 10)")
    parser.add_argument("--loop", action="store_true", help="fade the last frames into the first")
    parser.add_argument(
        "--keep",
        action="store_true",
        help="keep the journal, so that --resume with more --frames can make the film longer",
    )
    options.add_how(parser, words)
    options.add_model(parser, "film")


def check_frames(args: argparse.Namespace) -> None:
    """How many frames there may be; sets the rate where none was given."""
    if args.frames < 2:
        raise WrongUsage(f"A film needs at least 2 frames, not {args.frames}; a single frame is just a picture.")
    if args.frames > MOST_FRAMES:
        raise WrongUsage(
            f"{args.frames:,} frames are too many for one film; the limit is {MOST_FRAMES:,}. Join several films."
        )
    args.fps = args.fps or (10.0 if args.output.suffix.lower() == ".gif" else 8.0)
    films.check_film(args.output, (2, 2), args.fps)


def check_film(args: argparse.Namespace, size: tuple[int, int]) -> None:
    """Whether a film of this (width, height) can be written where it is to be."""
    if size[0] * size[1] > MOST_PIXELS:
        raise WrongUsage(f"Frames of {size[0]}×{size[1]} pixels are too large for a film; choose a smaller size.")
    films.check_film(args.output, size, args.fps)
    check_place(args.output if args.output.suffix else args.output.with_suffix(".journal"))


def film_to_file(
    args: argparse.Namespace, request: PaintRequest, notes: Sequence[str], flag: StopFlag, choice: Choice = NO_CHOICE
) -> int:
    """Paint a request of several frames, write the film, and print what came of it; returns the exit code 0.

    choice: pictures that frame 0 is painted from, where nothing is known of it.
    """
    model, weights = load(args, flag)
    request = model.config.sampling.applied(_begun_from(args, request, choice, model, flag))
    begins, more = _begins(args, request, model, flag)
    every_note = [*notes, *long_prompts(model, request)]
    for note in every_note:
        say(note)
    filming = _Filming(args, request, model, begins, flag)
    filming.run(weights + more)
    result = filming.result
    if args.json:
        print(options.as_json(_figures(filming, [*every_note, *result.notes])))
    else:
        width, height = request.target[2:]
        changed = "" if result.known_unchanged else ", but known pixels have CHANGED: please report this"
        print(
            f"{args.output}: {request.frames} frames of {width}×{height} pixels in {duration(result.seconds)}{changed}"
        )
    return 0


def _begun_from(
    args: argparse.Namespace, request: PaintRequest, choice: Choice, model: "ImageModel", flag: StopFlag
) -> PaintRequest:
    """The request with frame 0, painted from the pictures of a choice by the model for stills, where there is one."""
    from engine.inference.paint import paint

    name = args.begin_with or model.config.stills if choice.entries else None
    if not name:
        return request
    begins, _ = load(args, flag, name)
    target = request.target
    still = painted_from(args, replace(options.request_of(args, target), local="ar"), choice)
    pixels = np.zeros((target.height, target.width, 3), np.uint8)
    for event in paint(still, begins, lambda: bool(flag), live=False):
        lay_updates(event, pixels, target)
        if isinstance(event, Stopped):
            raise Interrupted(flag.signal, "Interrupted before the first frame was finished; nothing was written.")
    return replace(request, known=animation(KnownPicture(target, pixels), request.frames))


def _begins(
    args: argparse.Namespace, request: PaintRequest, model: "ImageModel", flag: StopFlag
) -> tuple["ImageModel | None", str]:
    """What paints the first frame of a film from nothing, or what lies beside a still, and what decides how.

    None where that is the model itself.
    """
    from engine.inference.motion_direction import paints_beside

    hashes: list[str] = []

    def named(name: str) -> "ImageModel":
        other, weights = load(args, flag, name)
        hashes.append(weights)
        return other

    begins = paints_beside(request, model, named) if request.known else _paints_first(args, model, named)
    if begins is None:
        return None, ""
    first = begins.config.sampling.applied(options.request_of(args, request.target))
    return begins, f"{hashes[0]} {asked(first)}"


def _paints_first(
    args: argparse.Namespace, model: "ImageModel", named: Callable[[str], "ImageModel"]
) -> "ImageModel | None":
    """What paints frame 0 of a film from nothing; None where that is the model itself."""
    from engine.models.checkpoint import same_tokens

    name = args.begin_with or model.config.stills
    begins = named(name) if name else None
    if begins and not same_tokens(begins, model):
        raise UserError(
            f"“{model.config.name}” cannot continue what “{name}” paints, because their tokens differ. "
            "Choose another model with --begin-with, or paint a picture first and animate it."
        )
    return begins


@dataclass(eq=False)
class _Filming:
    """One film on its way: events go to the journal, the film and the figures."""

    args: argparse.Namespace
    request: PaintRequest
    model: "ImageModel"
    begins: "ImageModel | None"  # paints frame 0, or what lies beside it
    flag: StopFlag
    result: Result = field(init=False)
    progress: ProgressLine = field(default_factory=ProgressLine)
    begun: PaintRequest | None = None  # with frame 0, where that was painted as a picture
    first: np.ndarray | None = None  # frame 0
    before: np.ndarray | None = None
    moved: list[float] = field(default_factory=list)  # mean absolute difference of neighbouring frames

    def __post_init__(self) -> None:
        self.result = Result(self.request.seed, self.args.output, known_unchanged=True)

    def run(self, weights: str) -> None:
        """Raises Interrupted, or UserError where the film cannot be written, with a sentence about what is kept."""
        journal = self._journal(weights)
        try:
            with closing(journal):
                if self.begins and not self.request.known:
                    self._begin(journal, self.begins)
                self._paint(journal)
        except KeyboardInterrupt:  # asked twice
            raise Interrupted(
                self.flag.signal or signal.SIGINT, kept(journal, self.result, "finishes the film")
            ) from None
        except UserError as error:
            raise UserError(
                f"{error} {kept(journal, self.result, 'finishes the film')}" if journal.kept else str(error)
            ) from None
        finally:
            self.progress.close()
        if not self.args.keep:
            journal.delete()
        self.result.seconds = time.monotonic() - self.args.started

    def _journal(self, weights: str) -> Journal:
        """The same for every length, so that a longer film goes on with the journal of a shorter one."""
        from engine.inference.paint import batch_width

        config = self.model.config.decoder
        beginning = replace(self.request, known=tuple(known for known in self.request.known if known.frame < 2))
        journal = Journal(self.args.output, fingerprint(beginning, weights, batch_width(self.model)))
        if self.args.resume and not journal.resume(config.side, config.vocabulary):
            self.result.notes = (f"There was no {journal.path} to resume, so the film began anew.",)
            say(self.result.notes[0])
        return journal

    def _begin(self, journal: Journal, model: "ImageModel") -> None:
        """Frame 0 as a picture, from whose pixels and tokens the film goes on."""
        from engine.inference.paint import paint

        target = self.request.target
        pixels = np.zeros((target.height, target.width, 3), np.uint8)
        self.begun = replace(self.request, known=(KnownPicture(target, pixels),))  # which fill up
        after = next(iter(paint(self.begun, self.model)))
        painted = tuple(patch for patch in journal.kept if not patch.patch.frame)
        request = replace(options.request_of(self.args, target), painted=painted, local="ar")
        done = sum(patch.patch.frame < self.request.frames for patch in journal.kept)
        listener = Listener(request, pixels, journal, self.result, self.progress)
        events = cast("Generator[PaintEvent]", paint(request, model, self._stop, live=False))
        with closing(events):
            for event in events:
                if isinstance(event, Planned) and isinstance(after, Planned):
                    event = replace(event, patches=event.patches + after.patches, resumed=done)
                listener.on_event(event)
                if isinstance(event, Stopped):
                    raise Interrupted(self.flag.signal, kept(journal, self.result, "finishes the film"))

    def _paint(self, journal: Journal) -> None:
        from engine.inference.paint import paint

        painted = tuple(patch for patch in journal.kept if patch.patch.frame < self.request.frames)
        request = replace(self.begun or self.request, painted=painted)
        listener = Listener(request, None, journal, self.result, self.progress)
        events = cast("Generator[PaintEvent]", paint(request, self.model, self._stop, begins=self.begins))
        width, height = request.target[2:]
        film = films.FilmWriter(self.args.output, (width, height), self.args.fps, self.args.loop)
        with closing(events), film:
            for event in events:
                if isinstance(event, Planned) and self.begun:  # frame 0 belongs to the film
                    first = sum(not patch.patch.frame for patch in painted)
                    event = replace(event, patches=event.patches + first, resumed=event.resumed + first)
                listener.on_event(event)
                if isinstance(event, FramePainted):
                    film.add(self._frame(event))
            if film.count < request.frames:
                raise Interrupted(self.flag.signal, kept(journal, self.result, "finishes the film"))

    def _stop(self) -> bool:
        self.progress.tick()
        THREADS.look()
        return bool(self.flag)

    def _frame(self, event: FramePainted) -> np.ndarray:
        """A frame as it is written; what it says about the film goes into the figures."""
        self.first = event.pixels if self.first is None else self.first
        pixels = faded(event.pixels, self.first, event.frame, self.request.frames) if self.args.loop else event.pixels
        known = (picture for picture in self.request.known if picture.frame == event.frame)
        self.result.known_unchanged &= holds(known, pixels, self.request.target)
        if self.before is not None:
            self.moved.append(float(np.abs(pixels.astype(np.int16) - self.before).mean()))
        self.before = pixels
        return pixels


def _figures(filming: _Filming, notes: list[str]) -> dict[str, Any]:
    args, request, result, progress = filming.args, filming.request, filming.result, filming.progress
    found = figures(args, filming.model, request, [result], notes)
    for of_pictures in ("seam", "sharpness", "scale", "exemplar"):
        del found[of_pictures]
    frames = request.frames - bool(request.known)
    painted = frames * (progress.done - progress.resumed) / max(1, result.patches)  # by this run
    return {
        **found,
        "frames": request.frames,
        "fps": args.fps,
        "begun_with": None if request.known or not filming.begins else filming.begins.config.name,
        "seconds_per_frame": round(seconds_painted([result]) / painted, 3) if painted else None,
        "change_per_frame": round(float(np.mean(filming.moved)), 3) if filming.moved else None,
    }
