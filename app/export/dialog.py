"""The export dialog: what, how large, in which format and where to; a live line says what will come of it."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFileDialog, QWidget

from app import theme
from app.session import Session
from app.translation import tr
from engine.request import Box, UserError

from .fields import Fields
from .formats import FORMATS
from .guess import guess, samples
from .image import ExportPlan, ExportRequest, planned
from .job import ExportJob
from .writing_dialog import WritingDialog

GUESS_AFTER = 150  # ms of rest after a change
WIDTH = 580  # px


class ExportDialog(WritingDialog):
    """For pictures."""

    def __init__(self, session: Session, parent: QWidget | None = None):
        super().__init__(session, tr("Export"), parent)
        self._pieces: tuple[Box, list] | None = None
        self._plan: ExportPlan | None = None
        self.setMinimumWidth(WIDTH)
        region = session.region.box if session.region is not None else None
        self.fields = Fields(
            session.document.bounds,
            region,
            self._suggested(),
            session.settings.get("recipe_in_png"),
            session.document.metadata,
        )
        self._build(self.fields, self._job, self._look)
        self.fields.browse.clicked.connect(self._browse)
        self._later = QTimer(self, singleShot=True, interval=GUESS_AFTER)
        self._later.timeout.connect(self._guess)
        self.fields.changed.connect(self._look)
        theme.changed.connect(self._look)
        self._look()

    def _suggested(self) -> Path:
        """Beside the document, under its name; an unnamed one among the artist's own files."""
        document = self.session.document
        return document.path.with_suffix(".png") if document.named else Path.home() / "Untitled.png"

    # ---- what will come of it

    def request(self) -> ExportRequest:
        """What the fields ask for."""
        return self.fields.request()

    def _look(self) -> None:
        """The size and the limits at once, the bytes a moment later."""
        try:
            self._plan, problem = planned(self.session.document, replace(self.request(), tiles=None)), ""
        except UserError as error:
            self._plan, problem = None, str(error)
        self.fields.offer_tiles(self._plan.tiles if self._plan else None)
        if self._plan is not None and self._plan.limit and not self.fields.tiled:
            problem = self._plan.limit
        self._say(problem)
        self.go.setEnabled(not problem and self.job is None)
        self.line.setText(self._size_line())
        self._later.start()

    def _size_line(self, bytes: int | None = None) -> str:
        if self._plan is None:
            return ""
        width, height = self._plan.size
        parts = [f"{_grouped(width)} × {_grouped(height)} px"]
        count = self._files()
        if count > 1:
            parts.append(tr("%n files", "", count))
        if bytes is not None:
            parts.append(tr("about {bytes}").format(bytes=_amount(bytes)))
        return "  ·  ".join(parts)

    def _files(self) -> int:
        assert self._plan is not None
        if not (self._plan.tiles and self.fields.tiled):
            return len(self._plan.files)
        (width, height), (across, down) = self._plan.size, self._plan.tiles
        return -(-width // across) * -(-height // down)

    def _guess(self) -> None:
        if self._plan is None or self.job is not None or not self.isVisible():
            return
        request = self.request()
        box = request.what if request.what is not None else self.session.document.bounds
        try:
            if self._pieces is None or self._pieces[0] != box:
                self._pieces = box, samples(self.session.document, box)
            size, kind = self._plan.size, request.format
            bytes = guess(self._pieces[1], kind, size, request.scale, request.bits, request.quality)
        except (UserError, MemoryError):
            return  # told by the export itself
        self.line.setText(self._size_line(None if request.each_layer else bytes))

    # ---- exporting

    def _browse(self) -> None:
        names = ";;".join(f"{kind.name} (*{' *'.join(kind.suffixes)})" for kind in FORMATS)
        path, _ = QFileDialog.getSaveFileName(self, tr("Export to"), str(self.fields.path()), names)
        if path:
            self.fields.set_path(Path(path))

    def _job(self) -> ExportJob:
        return ExportJob(self.session.document, self.request(), self)

    def _written(self) -> None:
        self.session.settings.set("recipe_in_png", self.fields.recipe.isChecked())

    # ---- leaving

    def done(self, result: int) -> None:
        self._later.stop()
        super().done(result)


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", "\u202f")


def _amount(bytes: int) -> str:
    for unit, size in (("GB", 10**9), ("MB", 10**6)):
        if bytes >= size:
            return f"{bytes / size:.1f} {unit}"
    return f"{max(1, round(bytes / 1000))} kB"
