"""The models of the artist: taken in, given away, renamed and deleted, and learned from pictures or the canvas."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject

from app.jobs import model_library as library
from app.jobs import model_registry as models
from app.jobs.studies import Studies, picture_of
from app.session.state import SessionState
from app.translation import tr
from engine.media.image_writers import write_picture
from engine.request import UserError
from engine.study_request import StudyRequest

PAPER = (0xE9, 0xE4, 0xD8)  # under what is not painted, where the canvas is learned from
MOST_PIXELS = 2**26  # of the canvas that is learned from


class ModelManager(QObject):
    def __init__(self, session: SessionState):
        super().__init__(session)
        self._session = session
        self._incoming: dict[int, Path] = {}  # models that the engine looks at, by ticket
        session.queue.checked.connect(self._checked)
        session.queue.studies.finished.connect(self._learned)

    @property
    def studies(self) -> Studies:
        return self._session.queue.studies

    # ---- models

    def take_in(self, path: Path) -> None:
        """A model file or folder; it is listed once the engine has found it whole."""
        try:
            incoming = library.receive(path)
        except UserError as error:
            self._session.failed.emit(str(error))
            return
        self._session.said.emit(tr("Looking at {name}…").format(name=path.name))
        self._incoming[self._session.queue.inquiries.check(str(incoming))] = incoming

    def _checked(self, ticket: int, problem: str) -> None:
        incoming = self._incoming.pop(ticket, None)
        if incoming is None:
            return
        if not problem:
            try:
                name = library.settle(incoming, library.name_in(incoming))
            except UserError as error:
                problem = str(error)
            else:
                self._session.refresh_models()
                self._session.said.emit(tr("“{name}” can be painted with now.").format(name=name))
        if problem:
            library.forget(incoming)
            self._session.failed.emit(
                tr("The model was not imported. {why}").format(why=problem.replace(str(incoming), tr("It")))
            )

    def give_away(self, name: str, path: Path) -> None:
        model = models.find(name)
        if model is not None and self._done(lambda: library.export_model(model, path)):
            self._session.said.emit(tr("“{name}” was exported as {file}.").format(name=name, file=path.name))

    def rename(self, name: str, new: str) -> None:
        new = new.strip()
        if new != name and self._done(lambda: library.rename(name, new)):
            self._follow(name, new)

    def delete(self, name: str) -> None:
        if self._done(lambda: library.delete(name)):
            self._follow(name, "starter")

    def _follow(self, name: str, new: str) -> None:
        session = self._session
        if session.options.model == name:
            session.set_options(model=new)
        session.refresh_models()

    def _done(self, change: Callable[[], object]) -> bool:
        try:
            change()
        except UserError as error:
            self._session.failed.emit(str(error))
            return False
        return True

    # ---- studies

    def study(
        self, pictures: Sequence[Path], name: str, base: str, minutes: float, flip: bool = False
    ) -> StudyRequest | None:
        """Begins to learn files or folders, or what is seen of the chosen layer where none are given."""
        try:
            request = library.study_request(list(pictures), name, models.place(base), minutes, flip=flip)
            if not pictures:
                request = self._canvas(request)
        except UserError as error:
            self._session.failed.emit(str(error))
            return None
        self.studies.start(request)
        return request

    def _canvas(self, request: StudyRequest) -> StudyRequest:
        """The request with a copy of what is seen; it is kept as long as the study may want it."""
        document, path = self._session.document, picture_of(request.work)
        box = self._session.chosen_box()
        if box.empty:
            raise UserError(tr("There is nothing on the canvas to learn. Place a picture, or choose files."))
        if box.width * box.height > MOST_PIXELS:
            raise UserError(
                tr("{width}×{height} px are too many. Choose a smaller layer, or export it first.").format(
                    width=box.width, height=box.height
                )
            )
        pixels = document.read(box)
        alpha = pixels[:, :, 3:].astype(np.float32) / 255
        flat = (pixels[:, :, :3] * alpha + np.array(PAPER) * (1 - alpha)).round().astype(np.uint8)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise UserError(
                tr("{folder} cannot be written: {error}.").format(folder=path.parent, error=error.strerror)
            ) from None
        write_picture(path, flat, (box.width, box.height))
        return replace(request, pictures=(str(path),))

    def _learned(self, name: str) -> None:
        self._session.refresh_models()
        self._session.said.emit(
            tr("“{name}” is learned. Choose it under Model to paint in its hand.").format(name=name)
        )
