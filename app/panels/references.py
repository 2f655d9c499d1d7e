"""What is painted from: the pictures that words have chosen, or that the artist has put on the shelf."""

from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QPixmap
from PySide6.QtWidgets import QCheckBox, QComboBox, QFileDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.canvas.drops import files_of
from app.qimages import image_of
from app.session import Session
from app.session.shelf import Pick
from app.translation import tr
from engine.media.formats import SUFFIXES
from engine.request import Reference

from .rows import GAP, Panel, ToolButton, label, row, show_text

THUMB = QSize(72, 48)  # px
BESIDE = (
    (tr("This picture"), "picture"),
    (tr("Everything visible"), "visible"),
    (tr("Everything and these"), "both"),
    (tr("Only these"), "shelf"),
)
INVITATION = tr("Say what to paint, and pictures to paint from are chosen. Drop pictures here to choose them yourself.")


class ReferencesPanel(Panel):
    """Pictures that are dropped here stay on the shelf."""

    def __init__(self, session: Session, parent: QWidget | None = None):
        super().__init__(session, tr("Taken From"), parent)
        shelf = session.shelf
        self.on = QCheckBox(tr("Paint from these pictures"))
        self.on.setToolTip(tr("Out of nothing, what is painted is made of them, down to the brushwork"))
        self.beside = QComboBox(sizeAdjustPolicy=QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.beside.setMinimumContentsLength(12)  # the panel is narrow
        self.beside.setAccessibleName(tr("Beside a picture"))
        self.beside.setToolTip(tr("What a region beside a picture is painted from"))
        for text, value in BESIDE:
            self.beside.addItem(text, value)
        beside = row(tr("Beside a picture"), self.beside)
        self.words, self.unknown = label(INVITATION, "secondary", wrap=True), label("", "secondary", wrap=True)
        self.lines = QWidget()
        self._lines = QVBoxLayout(self.lines)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(GAP)
        self.picks: list[PickLine] = []
        self.pictures, self.folder = QPushButton(tr("Add Pictures…")), QPushButton(tr("Add Folder…"))
        self.folder.setToolTip(tr("Words choose from the pictures of this folder, too, from now on"))
        buttons = row("", self.pictures, self.folder)
        for each in (self.on, self.words, self.lines, self.unknown, beside, buttons):
            self.rows.addWidget(each)
        self.rows.addStretch(1)
        self.setAcceptDrops(True)
        self.on.clicked.connect(shelf.switch)
        self.beside.activated.connect(lambda _: shelf.switch_beside(self.beside.currentData()))
        self.pictures.clicked.connect(self._ask_for_pictures)
        self.folder.clicked.connect(self._ask_for_folder)
        shelf.changed.connect(self.refresh_soon)

    def refresh(self) -> None:
        shelf = self.session.shelf
        self.on.setChecked(shelf.on)
        self.beside.setCurrentIndex(self.beside.findData(shelf.beside))
        if [line.pick for line in self.picks] != list(shelf.picks):
            self._lay_out(shelf.picks)
        for line in self.picks:
            line.setEnabled(shelf.on)
        show_text(self.words, "" if shelf.picks else INVITATION)
        unknown = ", ".join(f"“{word}”" for word in shelf.unknown)
        show_text(self.unknown, tr("No picture is known by {words}.").format(words=unknown) if unknown else "")

    def _lay_out(self, picks: tuple[Pick, ...]) -> None:
        for line in self.picks:
            self._lines.removeWidget(line)
            line.deleteLater()
        self.picks = [PickLine(self.session, number, pick) for number, pick in enumerate(picks)]
        for line in self.picks:
            self._lines.addWidget(line)

    def _ask_for_pictures(self) -> None:
        kinds = " ".join(f"*{suffix}" for suffix in sorted(SUFFIXES))
        files, _ = QFileDialog.getOpenFileNames(self, tr("Add Pictures"), "", f"{tr('Pictures')} ({kinds})")
        if files:
            self.session.shelf.add(files)

    def _ask_for_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, tr("Add Folder"))
        if folder:
            self.session.shelf.add_folder(folder)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _pictures(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.session.shelf.add(_pictures(event))


class PickLine(QWidget):
    """A picture with its name, and what can be done with it."""

    def __init__(self, session: Session, number: int, pick: Pick):
        super().__init__()
        self.pick = pick
        shelf = session.shelf
        picture = QLabel()
        picture.setFixedSize(THUMB)
        picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        if reference := shelf.thumbnail(pick.file):
            picture.setPixmap(_thumbnail(reference))
        name = label(pick.name if reference else tr("{name} is gone").format(name=pick.name), "secondary", wrap=True)
        name.setToolTip(pick.name)
        keep = tr("Keep this picture when the words change")
        self.pin = ToolButton("lock" if pick.pinned else "unlock", keep, checkable=True)
        self.pin.setChecked(pick.pinned)
        self.exchange = ToolButton("dice", tr("Take another picture for these words"))
        self.off = ToolButton("cancel", tr("Do not paint from this picture"))
        self.pin.clicked.connect(lambda down: shelf.pin(number, down))
        self.exchange.clicked.connect(lambda: shelf.exchange(number))
        self.off.clicked.connect(lambda: shelf.take_off(number))
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        line.addWidget(picture)
        line.addWidget(name, 1)
        for button in (self.pin, self.exchange, self.off):
            line.addWidget(button)


def _pictures(event: QDropEvent) -> list[Path]:
    return [file for file in files_of(event.mimeData()) if file.suffix.lower() in SUFFIXES]


def _thumbnail(reference: Reference) -> QPixmap:
    ways = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    return QPixmap.fromImage(image_of(reference.pixels).scaled(THUMB, *ways))
