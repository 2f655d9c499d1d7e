"""Exports what moves: a clip, or a part of the canvas over time with the layers that stand still, as a film.

The film is written beside its place, frame by frame, and takes its name when it is whole.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import ceil
from pathlib import Path

import numpy as np

from app.document import Document, Layer, Reader
from app.document.tiles import lay_over
from app.session.values import ClipView
from app.translation import tr
from engine.media.resizing import resized
from engine.media.video import GIF_FPS, FilmWriter, check_film
from engine.request import Box, UserError

from .formats import MOST_IN_MEMORY
from .image import PAPER, Cancelled, Progress
from .plan import LARGEST_SCALE
from .scaling import Size
from .source import opened

KINDS = (
    ("MP4", ".mp4", tr("For everyone, everywhere")),
    ("WebM", ".webm", tr("Smaller, for the web")),
    ("GIF", ".gif", tr("Goes round by itself; 256 colours")),
    ("WebP", ".webp", tr("Goes round by itself; all colours")),
    (tr("PNG frames"), "", tr("A folder; every pixel of every frame")),
)
Pixels = Callable[[int, int], np.ndarray | None]  # a clip and the number of a frame
Showing = list[tuple[ClipView, int]]  # the clips that are seen at a moment, each with its frame
Placed = tuple[Box, np.ndarray]  # pixels of a frame, uint8 (height, width, 3 or 4), and where they lie


@dataclass(frozen=True)
class FilmRequest:
    """What is to be written. clip: only this one, else what is seen in `box` of the canvas over time.

    first, end: frames of the document's time. rate: of that time; fps: of the film. times: how often it goes round.
    alpha: what is transparent stays so, where the film can hold that; else it has the colour of paper.
    """

    output: Path
    box: Box
    first: int
    end: int
    rate: float
    fps: float
    clip: int | None = None
    scale: float = 1.0
    times: int = 1
    alpha: bool = False

    @property
    def size(self) -> Size:
        return max(1, round(self.box.width * self.scale)), max(1, round(self.box.height * self.scale))

    @property
    def moments(self) -> list[int]:
        """The frame of the document's time that each frame of the film shows, once through."""
        count = max(ceil((self.end - self.first) * self.fps / self.rate - 1e-6), 1)
        return [self.first + int(number * self.rate / self.fps + 1e-6) for number in range(count)]

    @property
    def frames(self) -> int:
        return len(self.moments) * self.times


def fitting_fps(suffix: str, fps: float) -> float:
    """The nearest that this kind of film can count."""
    return min(GIF_FPS, key=lambda each: abs(each - fps)) if suffix == ".gif" else fps


def check_request(request: FilmRequest) -> None:
    """Tells before the work what cannot be."""
    if request.box.empty or request.end <= request.first:
        raise UserError(tr("There is nothing to export: no clip lies in this part of the canvas and of the time."))
    if not 0 < request.scale <= LARGEST_SCALE:
        raise UserError(tr("The scale must be above 0 and at most {most}.").format(most=f"{LARGEST_SCALE:g}"))
    if request.box.width * request.box.height > MOST_IN_MEMORY:
        raise UserError(
            tr("This part of the canvas is too large for a film. Frame a smaller region, or export one clip.")
        )
    check_film(request.output, request.size, request.fps)


def export_film(
    document: Document, request: FilmRequest, showing: Callable[[int], Showing], pixels: Pixels,
    progress: Progress = lambda share: True,
) -> bool:  # fmt: skip
    """Writes the film; False when `progress` has answered False, and then nothing of it is left.

    showing: which frame each clip shows at a frame of the document's time.
    """
    check_request(request)
    try:
        with opened(document) as reader, _film(request) as film:
            stage = FrameSource(reader, request)
            for number, moment in enumerate(request.moments * request.times):
                if not progress(number / request.frames):
                    raise Cancelled
                film.add(resized(stage.frame(showing(moment), pixels), request.size))
    except Cancelled:
        return False
    except MemoryError:
        raise UserError(
            tr("The memory does not suffice, and nothing was written. Export a smaller part, or a folder of PNGs.")
        ) from None
    progress(1.0)
    return True


def _film(request: FilmRequest) -> FilmWriter:
    return FilmWriter(request.output, request.size, request.fps, loop=True, alpha=request.alpha)


class FrameSource:
    """A part of the canvas at one moment after another. What stands still between two clips is laid together once."""

    def __init__(self, reader: Reader, request: FilmRequest):
        self._reader, self._request = reader, request
        there = reader.layers()
        self._there = {layer.id for layer in there}
        self._layers = [layer for layer in there if layer.visible and layer.opacity > 0]
        self._parts: dict[tuple[int, ...], np.ndarray] = {}

    def frame(self, showing: Showing, pixels: Pixels) -> np.ndarray:
        """uint8 (height, width, 3), or 4 with alpha."""
        box, alone = self._request.box, self._request.clip
        made = np.zeros((box.height, box.width, 4), np.uint8)
        if not self._request.alpha:
            made[:] = (*PAPER, 255)
        showing = [(clip, number) for clip, number in showing if alone in (None, clip.id)]
        moving = {clip.layer: (clip, number) for clip, number in showing}
        for part in self._stack(moving) if alone is None else ():
            if isinstance(part, list):
                self._lay_still(made, part)
            else:
                self._lay_moving(made, *part, pixels)
        for clip, number in showing:
            if alone is not None or clip.layer not in self._there:  # its still is gone: it lies on top
                self._lay_frame(made, self._frame(clip, number, pixels))
        return made if self._request.alpha else made[:, :, :3]

    def _stack(
        self, moving: dict[int | None, tuple[ClipView, int]]
    ) -> Iterator[list[Layer] | tuple[Layer, ClipView, int]]:
        """From the lowest up: layers that stand still together, and between them those that move."""
        still: list[Layer] = []
        for layer in self._layers:
            if layer.id in moving:
                yield still
                yield layer, *moving[layer.id]
                still = []
            else:
                still.append(layer)
        yield still

    def _lay_moving(self, made: np.ndarray, layer: Layer, clip: ClipView, number: int, pixels: Pixels) -> None:
        """The still first, which is seen beside its frames and where one is not painted yet."""
        frame = self._frame(clip, number, pixels)
        under = None if frame is None else made[frame[0].slices(self._request.box)].copy()
        self._lay_still(made, [layer])
        if frame is not None:
            made[frame[0].slices(self._request.box)] = under
            self._lay_frame(made, frame, layer.opacity)

    def _frame(self, clip: ClipView, number: int, pixels: Pixels) -> Placed | None:
        """What is seen of a frame; None where nothing of it is painted yet, or it lies elsewhere."""
        here = clip.box.intersect(self._request.box)
        found = pixels(clip.id, number) if not here.empty else None
        if found is None and self._request.clip is not None and clip.layer is not None:
            return here, self._reader.read_layer(clip.layer, here)
        if found is None or found.shape[:2] != (clip.box.height, clip.box.width):
            return None
        return here, found[here.slices(clip.box)]

    def _lay_frame(self, made: np.ndarray, frame: Placed | None, opacity: float = 1.0) -> None:
        if frame is not None:
            box, pixels = frame
            if pixels.shape[2] == 3:
                pixels = np.dstack([pixels, np.full(pixels.shape[:2], 255, np.uint8)])
            lay_over(made[box.slices(self._request.box)], pixels, opacity)

    def _lay_still(self, made: np.ndarray, layers: list[Layer]) -> None:
        key = tuple(layer.id for layer in layers)
        if key not in self._parts:
            self._parts[key] = self._reader.read(self._request.box, 0, tuple(layers)) if layers else np.empty(0)
        part = self._parts[key]
        if part.size:
            lay_over(made, part)
