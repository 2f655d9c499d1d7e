"""The dialog for films: which clip or part of the canvas, as what, how fast; a line says what will come of it."""

import queue
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QSignalBlocker, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDoubleSpinBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QWidget,
)

from app import theme
from app.dialogs.pages import QuietForm, combo
from app.document import Document
from app.session import Session
from app.session.timeline import Timeline
from app.translation import tr
from engine.media.video import FPS, GIF_FPS, WITH_ALPHA
from engine.request import Box, UserError

from .film import KINDS, FilmRequest, Showing, check_request, export_film, fitting_fps
from .image import Cancelled
from .job import BackgroundJob
from .naming import safe
from .plan import LARGEST_SCALE
from .writing_dialog import WritingDialog

WIDTH = 560  # px
GIF = ".gif"
MOST_TIMES = 100


class FilmDialog(WritingDialog):
    def __init__(self, session: Session, parent: QWidget | None = None):
        super().__init__(session, tr("Export Film"), parent)
        self._timeline = session.timeline
        self.setMinimumWidth(WIDTH)
        self._make()
        self._arrange()
        self._build(self.fields, self._job, self._look)
        self._connect()
        self._kind_chosen()

    # ---- making

    def _make(self) -> None:
        self.what, self.kind, self.about = combo(tr("What")), combo(tr("Format")), QLabel()
        for clip in self._timeline.clips:
            self.what.addItem(tr("Clip “{name}”").format(name=clip.name), clip.id)
        if self.session.region is not None:
            self.what.addItem(tr("Region over time"), self.session.region.box)
        self.what.addItem(tr("Whole canvas over time"), self.session.document.bounds)
        self.what.setCurrentIndex(max(self.what.findData(self._timeline.selected), 0))
        for name, suffix, _ in KINDS:
            self.kind.addItem(name, suffix)
        self.fps = QDoubleSpinBox(minimum=FPS[0], maximum=FPS[1], decimals=2, value=self._timeline.rate, suffix=" fps")
        self.scale = QDoubleSpinBox(minimum=1, maximum=LARGEST_SCALE * 100, value=100, decimals=1, suffix=" %")
        self.times = QSpinBox(minimum=1, maximum=MOST_TIMES, suffix=" ×")
        self.rates = combo(tr("Frames a second of a GIF"))  # which counts in hundredths of a second
        for rate in GIF_FPS:
            self.rates.addItem(f"{rate:g} fps", rate)
        self.rates.setFixedWidth(112)
        self.alpha = QCheckBox(tr("Keep what is transparent"))
        for each, name in ((self.fps, tr("Frames a second")), (self.scale, tr("Scale")), (self.times, tr("How often"))):
            each.setAccessibleName(name)
            each.setFixedWidth(112)
            theme.inset(each)
        self.file, self.browse = QLineEdit(str(self._suggested())), QPushButton(tr("Browse…"), autoDefault=False)
        self.file.setAccessibleName(tr("File"))
        self.about.setProperty("tone", "secondary")

    def _arrange(self) -> None:
        self.fields = QWidget()
        form = QuietForm(self.fields)
        for name, *parts in (
            (tr("What"), self.what), (tr("Format"), self.kind, self.about), (tr("Rate"), self.fps, self.rates),
            (tr("Size"), self.scale), (tr("How often"), self.times), (tr("Transparent"), self.alpha),
            (tr("File"), self.file, self.browse),
        ):  # fmt: skip
            form.add(name, *parts)

    def _connect(self) -> None:
        self.kind.currentIndexChanged.connect(self._kind_chosen)
        for signal in (
            self.what.currentIndexChanged, self.fps.valueChanged, self.scale.valueChanged, self.times.valueChanged,
            self.file.textChanged, self.rates.currentIndexChanged, self.alpha.toggled,
        ):  # fmt: skip
            signal.connect(self._look)
        self.what.currentIndexChanged.connect(lambda: self._set_path(self._suggested()))
        self.browse.clicked.connect(self._browse)

    # ---- what will come of it

    def _suggested(self) -> Path:
        """Beside the document; an unnamed one among the artist's own files."""
        document, clip = self.session.document, self._timeline.clip(self._clip() or -1)
        folder = document.path.parent if document.named else Path.home()
        name = safe(clip.name) if clip else document.path.stem if document.named else tr("Untitled")
        return folder / f"{name}{self.kind.currentData() or ''}"

    def _clip(self) -> int | None:
        data = self.what.currentData()
        return data if isinstance(data, int) else None

    def request(self) -> FilmRequest:
        """What the fields ask for."""
        clip, timeline = self._timeline.clip(self._clip() or -1), self._timeline
        box = clip.box if clip else Box(*self.what.currentData()) if self._clip() is None else Box(0, 0, 0, 0)
        return FilmRequest(
            Path(self.file.text()).expanduser(), box, clip.start if clip else 0, clip.end if clip else timeline.length,
            timeline.rate, self._rate(), self._clip(), self.scale.value() / 100, self.times.value(),
            self.alpha.isEnabled() and self.alpha.isChecked(),
        )  # fmt: skip

    def _rate(self) -> float:
        return self.rates.currentData() if self.kind.currentData() == GIF else self.fps.value()

    def _kind_chosen(self) -> None:
        suffix = self.kind.currentData()
        self.about.setText(KINDS[self.kind.currentIndex()][2])
        self.fps.setVisible(suffix != GIF)
        self.rates.setVisible(suffix == GIF)
        with QSignalBlocker(self.rates):
            self.rates.setCurrentIndex(self.rates.findData(fitting_fps(GIF, self.fps.value())))
        self.alpha.setEnabled(suffix in WITH_ALPHA)
        self.alpha.setToolTip(
            "" if suffix in WITH_ALPHA else tr("This format holds nothing transparent: it becomes paper")
        )
        self._set_path(Path(self.file.text()).with_suffix(suffix))

    def _set_path(self, path: Path) -> None:
        with QSignalBlocker(self.file):
            self.file.setText(str(path))
        self._look()

    def _look(self) -> None:
        try:
            request, problem = self.request(), ""
            self.line.setText(self._line(request))
            check_request(request)
        except (UserError, OSError, ValueError) as error:
            problem = str(error)
        self._say(problem or self._missing())
        self.go.setEnabled(not problem and self.job is None)

    @staticmethod
    def _line(request: FilmRequest) -> str:
        (width, height), count = request.size, request.frames
        frames = tr("%n frames", "", count)
        return f"{width} × {height} px  ·  {frames}  ·  {count / request.fps:.2f} s"

    def _missing(self) -> str:
        """What is not painted yet is told, and exported all the same."""
        wanted = self._clip()
        clips = [clip for clip in self._timeline.clips if wanted in (None, clip.id)]
        states = [state for clip in clips for state in self._timeline.frames.states(clip.id)]
        left, stale = states.count("waiting") + states.count("painting"), states.count("stale")
        words = [tr("%n frames are not painted yet: the still stands in for them.", "", left)] if left else []
        words += [tr("%n frames are out of date and show what was painted before.", "", stale)] if stale else []
        return " ".join(words)

    # ---- writing

    def _browse(self) -> None:
        if not self.kind.currentData():
            path = QFileDialog.getExistingDirectory(
                self, tr("Folder for the frames"), str(Path(self.file.text()).parent)
            )
        else:
            name = f"{self.kind.currentText()} (*{self.kind.currentData()})"
            path, _ = QFileDialog.getSaveFileName(self, tr("Export to"), self.file.text(), name)
        if path:
            self._set_path(Path(path))

    def _job(self) -> "FilmJob":
        return FilmJob(self.session.document, self._timeline, self.request(), self)


PATIENCE = 0.05  # seconds between looks at whether the film is still wanted


class FilmJob(BackgroundJob):
    """As an export of pictures; `done` gives the path in a list."""

    _asked = Signal(object)  # a question, which the window's thread answers by calling it

    def __init__(self, document: Document, timeline: Timeline, request: FilmRequest, parent: QObject | None = None):
        super().__init__(lambda: self._write(document, request), parent)
        self._timeline = timeline
        self._answers: queue.SimpleQueue[object] = queue.SimpleQueue()
        self._asked.connect(self._answer)

    # ---- in the thread

    def _write(self, document: Document, request: FilmRequest) -> list[Path]:
        pixels = self._timeline.frames.pixels
        whole = export_film(
            document, request, lambda moment: self._ask(lambda: self._showing(moment)),
            lambda clip, number: self._ask(lambda: pixels(clip, number)), self.progress,
        )  # fmt: skip
        return [request.output] if whole else []

    def _ask(self, question: Callable[[], Any]) -> Any:
        self._asked.emit(question)
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

    def _answer(self, question: Callable[[], Any]) -> None:
        try:
            self._answers.put(question())
        except Exception as error:  # told where it was asked for
            self._answers.put(error)

    def _showing(self, moment: int) -> Showing:
        """What is seen at a moment."""
        found = ((clip, self._timeline.frame_at(clip, moment)) for clip in self._timeline.clips)
        return [(clip, number) for clip, number in found if number is not None]
