"""The frames of clips as they are painted: their states and their pixels."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from contextlib import suppress

import numpy as np
from PIL import Image

from app.document import Document, Region
from app.session.clip_state import ClipState
from app.session.timeline_state import TimelineState
from engine.media.animation import faded
from engine.request import Box, FramePainted, Patch, PatchGrown, PatchPainted, PatchStarted, Planned, Update


class Frames:
    def __init__(self, timeline: TimelineState):
        self._timeline, self._session = timeline, timeline.session
        self._growing: dict[int, dict[Patch, Update]] = {}  # patches that are being painted, by clip
        self._painted_by: dict[int, int | None] = {}  # jobs and their clips
        self._pixels = FramePixels()
        queue = timeline.session.queue
        queue.filmed.connect(self._filmed)
        for stops in (queue.stopped, queue.finished):
            stops.connect(self._stopped)

    def clear(self) -> None:
        """Another document is open."""
        self._growing, self._painted_by = {}, {}
        self._pixels.clear()

    def states(self, clip: int) -> tuple[str, ...]:
        """waiting, painting, done or stale, for each frame."""
        film = self._timeline.films.get(clip)
        return tuple(film.state(number) for number in film.numbers) if film else ()

    def pixels(self, clip: int, number: int) -> np.ndarray | None:
        """A frame, uint8 (height, width, 3), decoded; of one under way its finished patches over the still.

        A stale frame shows what it showed before; None is a frame of which there is nothing yet.
        """
        film = self._timeline.film_of(clip, number)
        if film is None:
            return None
        return self._pixels.frame(self._session.document, film, film.clip.first + number)

    def growing(self, clip: int, number: int) -> list[tuple[Box, np.ndarray]]:
        """The patches of a frame that are being painted now: where, and uint8 (height, width, 4)."""
        film = self._timeline.films.get(clip)
        frame = number + (film.clip.first if film else 0)
        return [
            (update.box, update.pixels) for patch, update in self._growing.get(clip, {}).items() if patch.frame == frame
        ]

    def begun(self, clip: int, number: int) -> tuple[Region, list[Box]] | None:
        """Of a frame that is half painted, what moves in it and where its finished patches lie; None of any other."""
        film = self._timeline.films.get(clip)
        at = number + film.clip.first if film else 0
        if film is None or film.state(at) in ("done", "stale") or not (at in film.painted or at in film.under_way):
            return None
        finished = self._session.document.patch_boxes(film.painted[at].layer) if at in film.painted else []
        return film.region_at(at) or Region(film.clip.box), finished

    def thumbnail(self, clip: int, number: int, height: int) -> np.ndarray | None:
        """A frame made small, uint8 (height, width, 3)."""
        film = self._timeline.film_of(clip, number)
        if film is None:
            return None
        return self._pixels.thumbnail(self._session.document, film, film.clip.first + number, height)

    # ---- what the engine tells

    def _filmed(self, job: int, event: object) -> None:
        clip = self._clip_of(job)
        film = self._timeline.films.get(clip or 0)
        if clip is None or film is None or isinstance(event, Planned):
            return
        growing, under_way = self._growing.setdefault(clip, {}), self._timeline.under_way(clip)
        if isinstance(event, FramePainted):
            under_way.discard(event.frame)
            film.look(self._session.document)
            self._timeline.tell_frames(clip, [event.frame])
        elif isinstance(event, PatchStarted | PatchGrown | PatchPainted):
            under_way.add(event.patch.frame)
            growing.pop(event.patch, None)
            if isinstance(event, PatchGrown):
                growing[event.patch] = event.update
            elif isinstance(event, PatchPainted):
                film.look(self._session.document)
            self._timeline.tell_frames(clip, [event.patch.frame])

    def _stopped(self, job: int) -> None:
        """What was half painted is not shown any more."""
        clip = self._clip_of(job)
        if clip is not None:
            self._growing.pop(clip, None)
            self._timeline.under_way(clip).clear()
            if clip in self._timeline.films:
                self._timeline.tell_frames(clip)

    def _clip_of(self, job: int) -> int | None:
        """Of a job that was removed too."""
        if job not in self._painted_by:
            with suppress(KeyError):
                self._painted_by[job] = self._session.document.jobs.get(job).clip
        return self._painted_by.get(job)


MOST_BYTES = 256 * 2**20


class FramePixels:
    """Only whole frames are remembered, for these do not change."""

    def __init__(self, most: int = MOST_BYTES):
        self._most, self.bytes = most, 0
        self._kept: OrderedDict[Hashable, np.ndarray] = OrderedDict()

    def clear(self) -> None:
        self._kept.clear()
        self.bytes = 0

    def frame(self, document: Document, film: ClipState, number: int) -> np.ndarray | None:
        """A frame as it is shown, uint8 (height, width, 3), of a clip that loops with its fade."""
        pixels, clip = self._plain(document, film, number), film.clip
        first = self._plain(document, film, clip.first) if clip.value.get("loop") else None
        if pixels is None or first is None:
            return pixels
        return faded(pixels, first, number - clip.first, clip.length)

    def thumbnail(self, document: Document, film: ClipState, number: int, height: int) -> np.ndarray | None:
        def make() -> np.ndarray | None:
            pixels = self._plain(document, film, number)
            return None if pixels is None else made_small(pixels, height)

        return self._kept_or(self._key(film, number, height), make)

    def _plain(self, document: Document, film: ClipState, number: int) -> np.ndarray | None:
        return self._kept_or(self._key(film, number), lambda: read_frame(document, film, number))

    def _key(self, film: ClipState, number: int, *more: int) -> Hashable | None:
        """None for what may still change. A frame that was painted over another still is laid over that of now."""
        if not number:
            return film.clip.still, film.clip.still, *more
        frame = film.shows(number)
        return None if frame is None or frame.state != "done" else (frame.layer, film.clip.still, *more)

    def _kept_or(self, key: Hashable | None, make: Callable[[], np.ndarray | None]) -> np.ndarray | None:
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        made = make()
        if key is not None and made is not None and made.nbytes <= self._most:
            made.flags.writeable = False
            self._kept[key] = made
            self.bytes += made.nbytes
            while self.bytes > self._most:
                self.bytes -= self._kept.popitem(last=False)[1].nbytes
        return made


def read_frame(document: Document, film: ClipState, number: int) -> np.ndarray | None:
    """Decoded from the document; where a former still was smaller or lay elsewhere, the one of now is seen."""
    clip = film.clip
    frame = film.shows(number)
    layer = frame.layer if frame and number else clip.still if not number else None
    if layer is None or clip.box.empty:
        return None
    pixels = document.read_layer(layer, clip.box)
    if clip.still is not None and layer != clip.still and not pixels[:, :, 3].all():
        pixels = np.where(pixels[:, :, 3:] == 255, pixels, document.read_layer(clip.still, clip.box))
    return np.ascontiguousarray(pixels[:, :, :3])


def made_small(pixels: np.ndarray, height: int) -> np.ndarray:
    """At least one pixel wide, and never larger than it is."""
    height = min(max(int(height), 1), pixels.shape[0])
    width = max(1, round(pixels.shape[1] * height / pixels.shape[0]))
    return np.asarray(Image.fromarray(pixels).resize((width, height), Image.Resampling.BOX, reducing_gap=2.0))
