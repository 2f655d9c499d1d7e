"""One painting from request to file: the engine's events become pixels, journal lines, progress and figures."""

import itertools
import mmap
import signal
import tempfile
import time
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from app.cli.cpu_threads import THREADS
from app.cli.fingerprint import asked, fingerprint
from app.cli.journal import Journal
from app.cli.progress import ProgressLine
from app.cli.signals import Interrupted, StopFlag
from app.cli.target_box import unknown_pixels
from engine.media.atomic_file import file_hash
from engine.media.image_writers import LOSSY, WRITABLE, write_picture
from engine.media.images import read_picture, read_recipe
from engine.media.known_pictures import holds, known_mask, lay_known, lay_updates, opened
from engine.media.metadata import NOTHING, Metadata
from engine.request import (
    Finished,
    Followed,
    PaintedPatch,
    PaintEvent,
    PaintRequest,
    PatchPainted,
    PatchStarted,
    Planned,
    UserError,
)
from engine.together import Wishes, wishes_alone

if TYPE_CHECKING:
    from engine.models.checkpoint import ImageModel

IN_MEMORY = 64 * 2**20  # bytes of pixels; larger pictures are painted in a file, so memory stays flat
NOTHING_KEPT = "Interrupted before the first patch was finished; nothing was written."
PAPER = (0xE9, 0xE4, 0xD8)  # what is not painted yet


@dataclass(frozen=True, eq=False)
class PaintTask:
    """A request, the model that paints it, and where the result goes; `picture` is what is extended, if anything."""

    request: PaintRequest
    model: "ImageModel"
    weights: str  # the hash of the model's weights
    picture: Path | None
    output: Path
    resume: bool
    version: str
    metadata: Metadata = NOTHING  # what the picture says of itself
    grey: bool = False  # its file holds no colours


@dataclass(eq=False)
class Result:
    """What the figures are made of; times are those of this run alone, `first_patch` is a moment of time.monotonic."""

    seed: int
    output: Path
    patches: int = 0
    levels: int = 0
    new_pixels: int = 0
    painted: list[tuple[float, float]] = field(default_factory=list)  # from when to when, of time.monotonic
    first_patch: float | None = None
    peak_pool: int = 0
    peak_pool_bytes: int = 0
    known_unchanged: bool = False
    seam: dict[str, float | None] | None = None
    edge: dict[str, float | None] | None = None
    borders: tuple[dict[str, Any], ...] = ()
    sharpness: dict[str, float | None] | None = None
    followed: Followed | None = None
    seconds: float = 0.0
    notes: tuple[str, ...] = ()


def paint_to_file(job: PaintTask, progress: ProgressLine, flag: StopFlag) -> Wishes[Result]:
    """Paint, or finish an earlier painting, and write it; raises Interrupted with a sentence about what is kept.

    It may advance together with others; all that it yields are its wishes.
    """
    from engine.inference.paint import batch_width

    started = time.monotonic()
    journal = Journal(job.output, fingerprint(job.request, job.weights, batch_width(job.model)))
    config = job.model.config.decoder
    found = job.resume and journal.resume(config.side, config.vocabulary)
    result = Result(job.request.seed, job.output)
    if job.resume and not found and _is_finished(job.output, journal.fingerprint):
        pixels = _take_finished(job, result)
    else:
        if job.resume and not found:
            result.notes = (f"There was no {journal.path} to resume, so painting started from the beginning.",)
        pixels = yield from _paint(job, journal, result, progress, flag)
        height, width = pixels.shape[:2]
        written = pixels[..., :1] if job.grey and (pixels[..., :1] == pixels).all() else pixels
        write_picture(job.output, written, (width, height), _recipe(job, journal.fingerprint, result), job.metadata)
        journal.delete()
    result.known_unchanged = True
    if job.request.known:
        _measure(job, pixels, result)
    result.seconds = time.monotonic() - started
    return result


def _paint(
    job: PaintTask, journal: Journal, result: Result, progress: ProgressLine, flag: StopFlag
) -> Wishes[np.ndarray]:
    """The finished target; every batch is in the journal before the next begins."""
    from engine.inference.paint import painting

    def stop() -> bool:
        progress.tick()
        THREADS.look()
        return bool(flag)

    request = replace(job.request, painted=tuple(journal.kept))
    pixels = blank(request, job.output.parent)
    listener = Listener(request, pixels, journal, result, progress)
    events = painting(request, job.model, stop, live=False)
    try:
        with closing(journal), closing(events):
            yield from wishes_alone(events, listener.on_event)
            if result.painted:
                return pixels
    except KeyboardInterrupt:  # asked twice
        flag.signal = flag.signal or signal.SIGINT
    finally:
        progress.close()
    raise Interrupted(flag.signal, kept(journal, result, "continues"))


@dataclass(eq=False)
class Listener:
    """Takes the events of a painting; a batch begins with the PatchStarted of all its patches.

    pixels: those of the target; None for a film, whose frames come whole.
    """

    request: PaintRequest
    pixels: np.ndarray | None
    journal: Journal
    result: Result
    progress: ProgressLine
    since: float = field(default_factory=time.monotonic)
    started: list[PatchStarted] = field(default_factory=list)
    batch: list[PaintedPatch] = field(default_factory=list)

    def on_event(self, event: PaintEvent) -> None:
        if self.pixels is not None:
            lay_updates(event, self.pixels, self.request.target)
        if isinstance(event, Planned):
            self.result.patches, self.result.levels = event.patches, event.levels
            self.result.notes += event.notes
            self.progress.planned(event.patches, event.resumed)
        elif isinstance(event, PatchStarted):
            self._started(event)
        elif isinstance(event, PatchPainted):
            if self.started:  # otherwise an earlier run has painted it
                self._painted(event)
        elif isinstance(event, Finished):
            self.result.painted.append((self.since, time.monotonic()))
            self.result.peak_pool, self.result.peak_pool_bytes = event.peak_pool, event.peak_pool_bytes
            self.result.followed = event.followed

    def _started(self, event: PatchStarted) -> None:
        if self.request.painted and not self.started and self.result.first_patch is None:
            self.since = time.monotonic()  # what was told again is not painted by this run
            self.progress.painting()
        self.started.append(event)

    def _painted(self, event: PatchPainted) -> None:
        self.batch.append(PaintedPatch(event.patch, event.tokens))
        self.result.first_patch = self.result.first_patch or time.monotonic()
        self.progress.painted()
        if len(self.batch) == len(self.started):
            self.journal.append(self.batch)
            self.result.new_pixels += sum(self._new_pixels(event) for event in self.started)
            self.started, self.batch = [], []
            let_go(self.pixels)

    def _new_pixels(self, event: PatchStarted) -> int:
        known = [picture for picture in opened(self.request).known if picture.frame == event.patch.frame]
        return unknown_pixels(known, event.box)


def _recipe(job: PaintTask, painting: str, result: Result) -> dict[str, Any]:
    """How the picture came about; a PNG keeps it."""
    shares = result.followed.shares if result.followed else ()
    source = {}
    if job.picture:
        size = job.request.known[0].box[2:]
        source = {"picture": {"name": job.picture.name, "sha256": file_hash(job.picture), "size": list(size)}}
    return {
        "program": f"handscroll {job.version}",
        "model": job.model.config.name,
        "weights": job.weights,
        **asked(job.request),
        **source,
        **({"taken_from": [[name, round(share, 4)] for name, share in shares]} if shares else {}),
        "painting": painting,
    }


def seconds_painted(results: Iterable[Result]) -> float:
    """How long any of them was being painted."""
    seconds, end = 0.0, 0.0
    for since, until in sorted(span for result in results for span in result.painted):
        seconds += max(0.0, until - max(since, end))
        end = max(end, until)
    return seconds


def kept(journal: Journal, result: Result, then: str) -> str:
    """What an interruption has left, and what the same command with --resume then does, in a sentence."""
    if not journal.kept:
        return NOTHING_KEPT
    return (
        f"{len(journal.kept)} of {result.patches} patches are kept in {journal.path}; "
        f"the same command with --resume {then}."
    )


def blank(request: PaintRequest, folder: Path) -> np.ndarray:
    """The target in the colour of paper, with the known pixels in place; a large one lies in a nameless file.

    Raises UserError where the disk has no room for it in `folder`.
    """
    height, width = request.target.height, request.target.width
    if height * width * 3 <= IN_MEMORY:
        pixels = np.full((height, width, 3), PAPER, np.uint8)
    else:
        pixels = _on_disk(height, width, folder)
    lay_known(request.known, pixels, request.target)
    return pixels


def _on_disk(height: int, width: int, folder: Path) -> np.ndarray:
    row = np.full((width, 3), PAPER, np.uint8).tobytes()
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            file.writelines(itertools.repeat(row, height))  # written, not reserved: a full disk is told here
            file.flush()
            return np.memmap(file, np.uint8, "r+", shape=(height, width, 3))
    except OSError as error:
        need = height * width * 3 / 2**20
        raise UserError(
            f"There is not enough space in {folder} ({error.strerror}): painting needs {need:,.0f} MiB."
        ) from None


def let_go(pixels: np.ndarray | None) -> None:
    """Leave pixels that lie in a file to the file; they are read again where they are wanted."""
    if pixels is not None and isinstance(pixels.base, mmap.mmap) and hasattr(mmap, "MADV_DONTNEED"):
        pixels.base.madvise(mmap.MADV_DONTNEED)


# ---- what came of it


def _is_finished(output: Path, painting: str) -> bool:
    """Whether the file is the very result that is asked for: of several variants the first ones may be."""
    try:
        return (read_recipe(output) or {}).get("painting") == painting
    except UserError:
        return False


def _take_finished(job: PaintTask, result: Result) -> np.ndarray:
    from engine.inference.paint import paint

    planned = next(iter(paint(job.request, job.model)))
    assert isinstance(planned, Planned)
    result.patches, result.levels = planned.patches, planned.levels
    result.notes = (f"{job.output} was already finished.",)
    return read_picture(job.output).pixels


def _measure(job: PaintTask, pixels: np.ndarray, result: Result) -> None:
    """Look at the borders of what was known, and whether it is bit for bit in the file.

    A JPEG stores nothing exactly, so there the array counts. Of a panorama its left end counts as what follows its
    right one.
    """
    from engine.evaluate.borders import FAR, border_edges, border_seams, parts
    from engine.evaluate.sharpness import sharpness

    request = opened(job.request)
    lossy = WRITABLE[job.output.suffix.lower()] in LOSSY
    written = pixels if lossy else read_picture(job.output).pixels
    target = request.target
    result.known_unchanged = holds(request.known, written, target)
    result.sharpness = sharpness(pixels, request.known[0].box.intersect(target).moved(-target.x, -target.y))
    known = known_mask(request.known, target)
    if request.wrap:
        pixels, known = (np.concatenate([each, each[:, :FAR]], 1) for each in (pixels, known))
    result.seam, result.edge = border_seams(pixels, known), border_edges(pixels, known)
    result.borders = tuple(
        {"box": list(part.box), "seam": border_seams(*part.of(pixels)), "edge": border_edges(*part.of(pixels))}
        for part in parts(known)
    )
