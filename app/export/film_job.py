"""The export of a film in a thread of its own; frames are decoded where the document is, and handed over one by one."""

import queue
from pathlib import Path
from typing import NamedTuple

import numpy as np
from PySide6.QtCore import QObject, Signal

from app.document import Document
from app.session.timeline import Timeline

from .film import FilmRequest, Showing, export_film
from .image import Cancelled
from .job import BackgroundJob

PATIENCE = 0.05  # seconds between looks at whether the film is still wanted


class _Asked(NamedTuple):
    """Of the window's thread: what is seen at a moment, or the pixels of a frame."""

    moment: int | None = None
    clip: int = 0
    number: int = 0


class FilmJob(BackgroundJob):
    """As an export of pictures; `done` gives the path in a list."""

    _asked = Signal(object)

    def __init__(self, document: Document, timeline: Timeline, request: FilmRequest, parent: QObject | None = None):
        super().__init__(lambda: self._write(document, request), parent)
        self._timeline = timeline
        self._answers: queue.SimpleQueue[object] = queue.SimpleQueue()
        self._asked.connect(self._answer)

    # ---- in the thread

    def _write(self, document: Document, request: FilmRequest) -> list[Path]:
        whole = export_film(document, request, self._showing, self._pixels, self.progress)
        return [request.output] if whole else []

    def _showing(self, moment: int) -> Showing:
        return self._ask(_Asked(moment))  # type: ignore[return-value]

    def _pixels(self, clip: int, number: int) -> np.ndarray | None:
        return self._ask(_Asked(None, clip, number))  # type: ignore[return-value]

    def _ask(self, asked: _Asked) -> object:
        self._asked.emit(asked)
        while not self.stopped:
            try:
                answer = self._answers.get(timeout=PATIENCE)
            except queue.Empty:
                continue
            if isinstance(answer, Exception):
                raise answer
            return answer
        raise Cancelled

    # ---- in the window's

    def _answer(self, asked: _Asked) -> None:
        try:
            self._answers.put(self._found(asked))
        except Exception as error:  # told where it was asked for
            self._answers.put(error)

    def _found(self, asked: _Asked) -> object:
        timeline = self._timeline
        if asked.moment is None:
            return timeline.frames.pixels(asked.clip, asked.number)
        found = ((clip, timeline.frame_at(clip, asked.moment)) for clip in timeline.clips)
        return [(clip, number) for clip, number in found if number is not None]
