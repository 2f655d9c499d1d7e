"""Learning a painting: what is learned, how far it is, the same corner painted as it learns, and what waits."""

from pathlib import Path

from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from app import theme
from app.jobs.model_library import default_base, proposed_name
from app.jobs.progress import duration
from app.jobs.studies import Study
from app.session import Session
from app.translation import tr
from engine.media.formats import patterns
from engine.media.video import READABLE
from engine.study_request import StudyRequest

from .rows import GAP, Panel, ToolButton, label, row, rule, show_text
from .study_pictures import Curve, Sample

FILMS = tr("Films ({patterns})").format(patterns=" ".join(f"*{suffix}" for suffix in sorted(READABLE)))
PICTURES = tr("Pictures ({patterns})").format(patterns=patterns())
INVITATION = tr("Learn a painting on this computer, to go on in its hand, or how films move. Nothing leaves it.")
MOST_MINUTES = 24 * 60
STATES = {
    "learning": tr("Learning “{}”"),
    "pausing": tr("“{}” pauses"),
    "ending": tr("“{}” comes to its end"),
    "paused": tr("“{}” waits"),
    "failed": tr("“{}” could not go on"),
    "done": tr("“{}” is learned"),
}


class StudyPanel(Panel):
    def __init__(self, session: Session, parent: QWidget | None = None):
        super().__init__(session, tr("Study"), parent)
        self.asking, self.under_way = StudyForm(session, self), StudyProgress(session, self)
        self.waiting = QVBoxLayout()
        self.waiting.setSpacing(4)
        self._shown: list[StudyRequest] = []
        self.rows.addWidget(self.under_way)
        self.rows.addWidget(self.asking)
        self.rows.addLayout(self.waiting)
        self.rows.addStretch(1)
        session.model_manager.studies.changed.connect(self.refresh_soon)
        session.options_changed.connect(self.refresh_soon)
        session.selection_changed.connect(self.refresh_soon)

    def refresh(self) -> None:
        studies = self.session.model_manager.studies
        study = studies.current
        self.under_way.setVisible(study is not None)
        self.asking.setVisible(study is None or not study.active)
        if study is not None:
            self.under_way.show_study(study)
        self.asking.refresh()
        current = study.request.work if study else None
        self._show_waiting([request for request in studies.waiting() if request.work != current])

    def _show_waiting(self, requests: list[StudyRequest]) -> None:
        if requests == self._shown:
            return
        self._shown = requests
        while item := self.waiting.takeAt(0):
            if widget := item.widget():
                widget.deleteLater()
        if requests:
            self.waiting.addWidget(rule())
        studies = self.session.model_manager.studies
        for request in requests:
            go_on = ToolButton(
                "play",
                tr("Go on with {name}").format(name=request.name),
                lambda request=request: studies.start(request),
            )
            drop = ToolButton(
                "trash", tr("Give up the study {name}; its model stays").format(name=request.name),
                lambda request=request: studies.give_up(request),
            )  # fmt: skip
            line = row(tr("“{name}” waits").format(name=request.name), go_on, drop)
            self.waiting.addWidget(line)


class StudyForm(QWidget):
    """What is to be learned, and how."""

    def __init__(self, session: Session, parent: QWidget):
        super().__init__(parent)
        self._session = session
        self.pictures: list[Path] = []  # none for what is on the canvas
        self.what = label("", wrap=True)
        self.choose = QPushButton(tr("Choose…"))
        self._menu = QMenu(self)
        for words, run in (
            (tr("Pictures…"), lambda: self._choose_files(tr("Learn pictures"), PICTURES)),
            (tr("Films…"), lambda: self._choose_files(tr("Learn films"), FILMS)),
            (tr("Folder…"), self._choose_folder),
            (tr("What Is on the Canvas"), lambda: self.take([])),
        ):
            self._menu.addAction(words).triggered.connect(run)
        self.choose.setMenu(self._menu)
        self.name, self.base, self.minutes = QLineEdit(), QComboBox(), QSpinBox()
        theme.inset(self.minutes)
        self.name.setMaxLength(64)
        self.minutes.setRange(1, MOST_MINUTES)
        self.minutes.setValue(15)
        self.minutes.setSuffix(tr(" min"))
        self.mirror = QCheckBox(tr("Learn the mirror images too"))
        self.begin = QPushButton(tr("Learn"))
        self.begin.setProperty("main", True)
        lines = _column(self)
        for each in (
            label(INVITATION, "secondary", wrap=True), row(tr("Learn"), self.choose), self.what,
            row(tr("Name"), self.name),
            row(tr("Begin with"), self.base), row(tr("Time"), self.minutes), self.mirror, self.begin,
        ):  # fmt: skip
            lines.addWidget(each)
        self.begin.clicked.connect(self._begin)
        self.name.returnPressed.connect(self._begin)

    def take(self, pictures: list[Path]) -> None:
        """These files or folders, or the canvas."""
        self.pictures = pictures
        self.name.clear()
        self.refresh()
        self.base.setCurrentText(default_base(pictures))

    def refresh(self) -> None:
        selected = self._session.selected
        layers = {layer.id: layer.name for layer in self._session.document.layers.all()}
        layer = layers.get(selected) if selected is not None else None
        if len(self.pictures) > 1:
            self.what.setText(tr("%n files", "", len(self.pictures)))
        elif self.pictures:
            self.what.setText(self.pictures[0].name)
        else:
            self.what.setText(
                tr("What is seen of the layer “{layer}”").format(layer=layer)
                if layer
                else tr("All that is on the canvas")
            )
        like = self.pictures[0].stem if self.pictures else layer or tr("Canvas")
        self.name.setPlaceholderText(proposed_name(like))
        self.begin.setEnabled(bool(self.pictures or layers))
        self._refresh_models()

    def _refresh_models(self) -> None:
        names = [model.name for model in self._session.models() if not model.problem]
        if names != [self.base.itemText(at) for at in range(self.base.count())]:
            chosen = self.base.currentText() or "starter"
            self.base.clear()
            self.base.addItems(names)
            self.base.setCurrentIndex(max(0, self.base.findText(chosen)))

    def _begin(self) -> None:
        name = self.name.text().strip() or self.name.placeholderText()
        minutes, flip = float(self.minutes.value()), self.mirror.isChecked()
        if self._session.model_manager.study(self.pictures, name, self.base.currentText(), minutes, flip):
            self.name.clear()

    def _choose_files(self, title: str, kinds: str) -> None:
        names, _ = QFileDialog.getOpenFileNames(self, title, "", kinds)
        if names:
            self.take([Path(name) for name in names])

    def _choose_folder(self) -> None:
        if name := QFileDialog.getExistingDirectory(self, tr("Learn a folder of pictures or films")):
            self.take([Path(name)])


class StudyProgress(QWidget):
    """How far the study is, and what can be done with it."""

    def __init__(self, session: Session, parent: QWidget):
        super().__init__(parent)
        self._session, self._studies = session, session.model_manager.studies
        self.title, self.words = label("", "name", wrap=True), label("", "secondary", wrap=True)
        self.notes = label("", "secondary", wrap=True)
        self.curve, self.sample = Curve(), Sample()
        self.go, self.stop, self.use = (
            QPushButton(tr("Pause")),
            QPushButton(tr("Stop and Keep")),
            QPushButton(tr("Paint with It")),
        )
        self.away = QPushButton(tr("Close"))
        self.use.setProperty("main", True)
        line = QHBoxLayout()
        line.setSpacing(8)
        for button in (self.go, self.stop, self.away, self.use):
            line.addWidget(button)
        lines = _column(self)
        for each in (self.title, self.words, self.curve, self.sample, self.notes):
            lines.addWidget(each)
        lines.addLayout(line)
        self.go.clicked.connect(self._toggle)
        self.stop.clicked.connect(self._studies.end)
        self.away.clicked.connect(self._studies.put_away)
        self.use.clicked.connect(self._paint_with_it)

    def show_study(self, study: Study) -> None:
        self.title.setText(STATES[study.state].format(study.request.name))
        show_text(self.words, in_words(study))
        show_text(self.notes, " ".join(study.notes))
        self.curve.setVisible(len(study.curve) > 1)
        self.curve.show_points(study.curve, study.request.minutes)
        self.sample.setVisible(study.sample is not None)
        self.sample.show_pixels(study.sample, study.known)
        rests = study.state in ("paused", "failed")
        self.go.setVisible(rests or study.state == "learning")
        self.go.setText(tr("Go on") if rests else tr("Pause"))
        self.stop.setVisible(study.state in ("learning", "paused"))
        self.use.setVisible(study.state == "done")
        self.use.setEnabled(self._session.options.model != study.request.name)
        self.away.setVisible(not study.active)

    def _toggle(self) -> None:
        study = self._studies.current
        if study and study.active:
            self._studies.pause()
        elif study:
            self._studies.start(study.request)

    def _paint_with_it(self) -> None:
        if study := self._studies.current:
            self._session.set_options(model=study.request.name)


def in_words(study: Study) -> str:
    """How far a study is, as one would say it."""
    if study.state == "failed":
        return study.message
    words = []
    if study.curve:
        first, best = study.curve[0][1], min(bits for _, bits in study.curve)
        words.append(
            tr("{best} bits per token at best, {first} at first").format(best=f"{best:.2f}", first=f"{first:.2f}")
        )
    elif study.active:
        words.append(tr("learning its strokes") if study.seconds else tr("looking at the pictures"))
    if study.active and study.remaining is not None:
        words.append(tr("{time} left").format(time=duration(study.remaining)))
    return " · ".join(words)


def _column(owner: QWidget) -> QVBoxLayout:
    lines = QVBoxLayout(owner)
    lines.setContentsMargins(0, 0, 0, 0)
    lines.setSpacing(GAP)
    return lines
