"""The timeline of a session: clips in place and time, their frames as they are painted, playhead and playing.

It is the one thing that widgets of the timeline bind to and call. Numbers of frames count from 0 at the beginning of
their clip; the playhead and starts of clips count frames of the document's time.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import Signal

from app.document import Job, Region
from app.document.timeline import Clip
from app.jobs import model_registry as models
from app.session.clip_state import ClipState
from app.session.frame_cleanup import forget_leftovers
from engine.request import (
    Box,
    FramePainted,
    Patch,
    PatchGrown,
    PatchPainted,
    PatchStarted,
    Planned,
    Update,
    UserError,
)

from .clips import KEEP
from .frame_pixels import FramePixels
from .keyframes import Keyframes
from .values import ClipView, Estimate, KeyframeView, reports_errors

if TYPE_CHECKING:
    from .session import Session

__all__ = ["KEEP", "ClipView", "KeyframeView", "Timeline"]
OTHERWISE = "the clip was changed; animate it again"  # the message of a job whose frames are not wanted any more


class Timeline(Keyframes):
    frames_changed = Signal(int, object)  # a clip, and the numbers of its frames

    def __init__(self, session: Session):
        super().__init__(session)
        self._under_way: dict[int, set[int]] = {}  # frames in hand, by clip
        self._growing: dict[int, dict[Patch, Update]] = {}  # patches in hand, by clip
        self._painted_by: dict[int, int | None] = {}  # jobs and their clips
        self._words: dict[str, bool] = {}  # whether models read prompts
        self._pixels = FramePixels()
        self._notified: set[int] = set()  # clips of which the artist has heard that their picture is another one now
        session.queue.filmed.connect(self._filmed)
        for stops in (session.queue.stopped, session.queue.finished):
            stops.connect(self._stopped)
        session.history_changed.connect(self._read)
        session.layer_edited.connect(self._tell_of_the_still)
        session.options_changed.connect(self._models_may_differ)
        session.opened.connect(self._open)
        session.saving.connect(self._forget)
        self._read()

    # ---- frames

    def states(self, clip: int) -> tuple[str, ...]:
        """waiting, painting, done or stale, for each frame."""
        film = self._films.get(clip)
        return tuple(film.state(number) for number in film.numbers) if film else ()

    def pixels(self, clip: int, number: int) -> np.ndarray | None:
        """A frame, uint8 (height, width, 3), decoded; of one under way its finished patches over the still.

        A stale frame shows what it showed before; None is a frame of which there is nothing yet.
        """
        film = self._films.get(clip)
        if film is None or not 0 <= number < film.clip.length:
            return None
        return self._pixels.frame(self._session.document, film, film.clip.first + number)

    def growing(self, clip: int, number: int) -> list[tuple[Box, np.ndarray]]:
        """The patches of a frame that are being painted now: where, and uint8 (height, width, 4)."""
        film = self._films.get(clip)
        frame = number + (film.clip.first if film else 0)
        return [
            (update.box, update.pixels) for patch, update in self._growing.get(clip, {}).items() if patch.frame == frame
        ]

    def begun(self, clip: int, number: int) -> tuple[Region, list[Box]] | None:
        """Of a frame that is half painted, what moves in it and where its finished patches lie; None of any other."""
        film = self._films.get(clip)
        at = number + film.clip.first if film else 0
        if film is None or film.state(at) in ("done", "stale") or not (at in film.painted or at in film.under_way):
            return None
        finished = self._session.document.patch_boxes(film.painted[at].layer) if at in film.painted else []
        return film.region_at(at) or Region(film.clip.box), finished

    def thumbnail(self, clip: int, number: int, height: int) -> np.ndarray | None:
        """A frame made small, uint8 (height, width, 3)."""
        film = self._films.get(clip)
        if film is None or not 0 <= number < film.clip.length:
            return None
        return self._pixels.thumbnail(self._session.document, film, film.clip.first + number, height)

    # ---- work

    def job(self, clip: int) -> Job | None:
        """What paints a clip or is to go on with it; to be paused, resumed and cancelled as any job of the session."""
        return next((job for job in self._jobs(clip) if job.state != "done" and self._wanted(job)), None)

    @reports_errors
    def animate(self, clip: int, front: bool = False) -> int | None:
        """Paints the frames that wait or are stale, in one job for each clip; returns it."""
        film, session = self._film(clip), self._session
        missing = film.missing()
        if not missing:
            raise UserError("All frames of this clip are painted. Make it longer, or change its words or what moves.")
        self._check_model(str(film.request["model"]))
        for job in self._jobs(clip):  # what they have painted belongs to the clip
            session.queue.cancel(job.id)
            session.document.jobs.remove(job.id)
        made = session.queue.add_film(
            {**film.request, "frames": missing[-1] + 1}, film.clip.box, clip, film.clip.value, front
        )
        session.said.emit(f"Painting {len(missing)} frames of {film.clip.name}.")
        return made

    def estimate(self, clip: int) -> Estimate | None:
        """What that would take; None where there is nothing to paint."""
        film = self._films.get(clip)
        if film is None:
            return None
        model = str(film.request["model"])
        side = next((m.patch_px for m in self._session.models() if m.name == model), 0) or self._session.patch_px
        patches = sum(_patches(film, number, side) for number in film.missing())
        return Estimate(patches, *self._session.queue.estimate(patches, model)) if patches else None

    def _check_model(self, name: str) -> None:
        info = models.find(name)
        if info is None or not info.films:
            what = "is not here" if info is None else "paints pictures, not films"
            able = ", ".join(model.name for model in models.models() if model.films) or "none yet"
            raise UserError(
                f"The model “{name}” {what}. Models for films that are here: {able}. The clip is kept; choose one of "
                "these for it, or import one, and animate again."
            )
        models.place(name)

    def _jobs(self, clip: int | None = None) -> list[Job]:
        """Of a clip, or of all."""
        jobs = self._session.document.jobs.all()
        return [job for job in jobs if job.clip is not None and clip in (None, job.clip)]

    def _wanted(self, job: Job) -> bool:
        """Whether a job paints what its clip asks for now."""
        film = self._films.get(job.clip or 0)
        return film is not None and {**job.request, "frames": 0} == {**film.request, "frames": 0}

    # ---- what the engine tells

    def _filmed(self, job: int, event: object) -> None:
        clip = self._clip_of(job)
        film = self._films.get(clip or 0)
        if clip is None or film is None or isinstance(event, Planned):
            return
        growing, under_way = self._growing.setdefault(clip, {}), self._under_way.setdefault(clip, set())
        if isinstance(event, FramePainted):
            under_way.discard(event.frame)
            film.look(self._session.document)
            self._tell_frames(clip, [event.frame])
        elif isinstance(event, PatchStarted | PatchGrown | PatchPainted):
            under_way.add(event.patch.frame)
            growing.pop(event.patch, None)
            if isinstance(event, PatchGrown):
                growing[event.patch] = event.update
            elif isinstance(event, PatchPainted):
                film.look(self._session.document)
            self._tell_frames(clip, [event.patch.frame])

    def _stopped(self, job: int) -> None:
        """What was half painted is not shown any more."""
        clip = self._clip_of(job)
        if clip is not None:
            self._growing.pop(clip, None)
            self._under_way.get(clip, set()).clear()
            if clip in self._films:
                self._tell_frames(clip)

    def _clip_of(self, job: int) -> int | None:
        """Of a job that was removed too."""
        if job not in self._painted_by:
            with suppress(KeyError):
                self._painted_by[job] = self._session.document.jobs.get(job).clip
        return self._painted_by.get(job)

    def _tell_frames(self, clip: int, numbers: Iterable[int] | None = None) -> None:
        film = self._films[clip]
        shown = [number - film.clip.first for number in numbers or film.numbers if number in film.numbers]
        if shown:
            self.frames_changed.emit(clip, tuple(shown))

    # ---- keeping up

    def _made(self, clip: Clip) -> ClipState:
        """As it was, where nothing of it has changed: most of what an artist does is no edit of a clip."""
        before, document = self._films.get(clip.id), self._session.document
        if before is not None and before.clip == clip and before.keyframes == document.timeline.keyframes(clip.id):
            return before
        return ClipState.of(document, clip, self._reads_words, self._under_way.setdefault(clip.id, set()))

    def _read(self) -> None:
        """Everything as the document has it now, after an edit, an undo or the opening of another document."""
        try:
            clips, rate = self._document.clips(), self._document.rate
            films = {clip.id: self._made(clip) for clip in clips}
        except UserError as error:
            self.failed.emit(str(error))
            return
        before, self._films = self._films, films
        if rate != self._rate:
            self._rate = rate
            self._set(lambda: None)
        elif before == films:  # films are equal where they are the same
            return
        self.clips = tuple(self._view(film) for film in films.values())
        if self.selected not in films:
            self.select(None)
        self._stop_unwanted()
        self.clips_changed.emit()
        for clip in films:
            if clip in before and before[clip].request != films[clip].request:
                self._tell_frames(clip)

    def _stop_unwanted(self) -> None:
        """Jobs of clips that are gone or ask for something else now."""
        for job in self._jobs():
            if job.state in ("running", "waiting") and not self._wanted(job):
                self._session.queue.cancel(job.id)
                with suppress(UserError):
                    self._session.document.jobs.set_state(job.id, "paused", OTHERWISE)

    def _tell_of_the_still(self, layer: int) -> None:
        """What is done to a picture is not seen where its clip shows a frame; that is told once for each clip."""
        for clip in self.clips:
            if clip.layer == layer and clip.id not in self._notified and self.frame_at(clip, self.playhead) is not None:
                self._notified.add(clip.id)
                self._session.said.emit(
                    f"“{clip.name}” is on the timeline, where it stays as it was. To animate it as it is now, exchange "
                    "the picture of its clip for this layer (menu Time, Clip)."
                )

    def _open(self) -> None:
        self.pause()
        self._notified.clear()
        self._growing, self._under_way, self._painted_by = {}, {}, {}
        self._pixels.clear()
        self._films, self.clips = {}, ()
        self._read()
        self.clips_changed.emit()
        self.seek(0)

    def _forget(self) -> None:
        """The file grows by what was painted, so what nothing leads back to leaves it before it is saved."""
        with suppress(UserError):  # a full disk: saving tells that itself
            if forget_leftovers(self._session.document, self._reads_words):
                for film in self._films.values():
                    film.look(self._session.document)

    def _models_may_differ(self) -> None:
        """What is asked of a model depends on whether it reads words."""
        known, self._words = self._words, {}
        if any(self._reads_words(model) != words for model, words in known.items()):
            self._films = {}
            self._read()

    def _reads_words(self, model: str) -> bool:
        """Of one that is not here it is not known, and its words are kept."""
        if model not in self._words:
            info = models.find(model)
            self._words[model] = info is None or info.words
        return self._words[model]


def _patches(film: ClipState, number: int, side: int) -> int:
    """How many patches of a frame move; the grid begins at the corner of the still."""
    box, region = film.clip.box, film.region_at(number)
    moving = box if region is None else region.box.intersect(box)
    columns = -((box.x - moving.right) // side) - (moving.x - box.x) // side
    rows = -((box.y - moving.bottom) // side) - (moving.y - box.y) // side
    return columns * rows
