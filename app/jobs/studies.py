"""The study that is under way: what the engine learns for the artist, and how far it is. It belongs to no document.

One study at a time; others wait in their folders, and go on there.
"""

import itertools
import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

import numpy as np
from PySide6.QtCore import QObject, Signal

from app.jobs.home_engine import HomeEngine
from app.jobs.model_library import studies
from app.jobs.protocol import Failed, Learn, Reply, RunEvent, Stop
from app.translation import tr
from engine.request import Stopped
from engine.study_request import Studied, StudyEvent, StudyFinished, StudyRequest, StudySample, StudyStarted

NOTE = "study.json"  # which the engine leaves in the folder of a study, with what was asked for
State = Literal["learning", "pausing", "ending", "paused", "done", "failed"]


@dataclass(frozen=True, eq=False)
class Study:
    """How far a study is. seconds: of learning so far, and those that remain, None before the engine has told.

    curve: minutes and bits per token on the held-out end; the first point is the model it began with. sample: uint8
    (height, width, 3), the end of the picture painted on, of which `known` columns are the picture's. notes: sentences
    about the pictures. message: why it failed.
    """

    request: StudyRequest
    state: State = "learning"
    seconds: float = 0.0
    remaining: float | None = None
    curve: tuple[tuple[float, float], ...] = ()
    sample: np.ndarray | None = field(default=None, repr=False)
    known: int = 0
    notes: tuple[str, ...] = ()
    message: str = ""

    @property
    def active(self) -> bool:
        """Whether the engine works on it."""
        return self.state in ("learning", "pausing", "ending")


class Studies(QObject):
    """`current` is the study that was begun last, until it is put away."""

    changed = Signal()
    finished = Signal(str)  # the name of the model that can be painted with now

    def __init__(self, engine: HomeEngine, device: Callable[[], str], parent: QObject | None = None):
        """device: the wish of the artist."""
        super().__init__(parent)
        self.current: Study | None = None
        self._engine, self._device = engine, device
        self._numbers = itertools.count(-1, -1)  # downwards: no number of a study is one of a job as well
        self._run = 0
        engine.replied.connect(self._on_reply)
        engine.lost.connect(self._lost)

    # ---- what the artist asks for

    def start(self, request: StudyRequest) -> None:
        """Begins a study, or goes on with one that waits; another one that is under way waits then."""
        if self.current and self.current.active:
            self._engine.send(Stop(self._run))
        self._run = next(self._numbers)
        request = replace(request, device=self._device())
        known = self.current if self.current and self.current.request.work == request.work else None
        self.current = replace(known, request=request, state="learning", message="") if known else Study(request)
        self._engine.send(Learn(self._run, request))
        self.changed.emit()

    def pause(self) -> None:
        """Soon; what was learned is kept, and it goes on from there."""
        self._stop("pausing")

    def end(self) -> None:
        """Soon; the best so far is the model."""
        if self.current and self.current.state == "paused":
            self._done(self.current)
        else:
            self._stop("ending")

    def put_away(self) -> None:
        """What is over is no longer shown; what waits is kept."""
        if self.current and not self.current.active:
            self._set(None)

    def waiting(self) -> list[StudyRequest]:
        """The studies that were stopped, as they were asked for; damaged notes are passed over."""
        found = []
        for note in sorted(studies().glob(f"*/{NOTE}")):
            try:
                asked = json.loads(note.read_text(encoding="utf-8"))["asked"]
                found.append(StudyRequest(**{**asked, "pictures": tuple(asked["pictures"])}))
            except (OSError, ValueError, TypeError, KeyError):
                continue
        active = self.current.request.work if self.current and self.current.active else None
        return [request for request in found if request.work != active]

    def give_up(self, request: StudyRequest) -> None:
        """A study that waits is forgotten; the best that it had learned stays as a model."""
        _forget(request.work)
        if self.current and self.current.request.work == request.work and not self.current.active:
            self.current = None
        self.changed.emit()

    def _stop(self, state: State) -> None:
        if self.current and self.current.active:
            self._engine.send(Stop(self._run))
            self._set(replace(self.current, state=state))

    # ---- what the engine tells

    def _on_reply(self, reply: Reply) -> None:
        if self.current is None or not isinstance(reply, RunEvent | Failed) or reply.run != self._run:
            return
        if isinstance(reply, Failed):
            self._set(replace(self.current, state="failed", message=reply.sentence))
        else:
            self._happened(self.current, reply.event)

    def _happened(self, study: Study, event: StudyEvent | Any) -> None:
        if isinstance(event, StudyStarted):
            self._set(replace(study, notes=event.notes))
        elif isinstance(event, Studied):
            curve = event.curve or study.curve
            self._set(replace(study, seconds=event.seconds, remaining=event.remaining, curve=curve))
        elif isinstance(event, StudySample):
            self._set(replace(study, sample=event.pixels, known=event.known))
        elif isinstance(event, StudyFinished) or (isinstance(event, Stopped) and study.state == "ending"):
            self._done(study)
        elif isinstance(event, Stopped):
            self._set(replace(study, state="paused"))

    def _done(self, study: Study) -> None:
        _forget(study.request.work)
        self._set(replace(study, state="done", remaining=0.0))
        self.finished.emit(study.request.name)

    def _lost(self, reason: str) -> None:
        if self.current and self.current.active:
            kept = tr("What was learned up to a moment before is kept: go on from there.")
            self._set(replace(self.current, state="failed", message=f"{reason} {kept}"))

    def _set(self, study: Study | None) -> None:
        self.current = study
        self.changed.emit()


def picture_of(work: str) -> Path:
    """Where a picture from the canvas is kept, beside the folder of its study."""
    return Path(f"{work}.png")


def _forget(work: str) -> None:
    shutil.rmtree(work, ignore_errors=True)
    picture_of(work).unlink(missing_ok=True)
