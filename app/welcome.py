"""The first start: a document of bundled pictures with free room beside them, and the hint on an empty canvas."""

import csv
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from app import theme
from app.action_keys import hint, hinted
from app.session import Session
from app.settings import Settings
from app.translation import tr
from app.workbench import Workbench
from engine.media.images import read_picture
from engine.request import Box

FOLDER = theme.RESOURCES / "pictures" / "welcome"
FIRST_VIEW = Box(-64, -64, 2048, 896)  # the landscape, and as much free room to its right
BELOW = 40  # px under the sentence that the canvas itself says
HINT = tr("Drag a {frame} beside the landscape, then {press}: it goes on from there.")


@dataclass(frozen=True)
class Hung:
    """Where one of the pictures hangs."""

    file: str
    name: str
    x: int
    y: int


PICTURES = (  # the lowest first; the landscape last, so that it is the one that is chosen
    Hung("hiroshige-hakone.jpg", tr("Hakone, by Hiroshige"), 0, 1536),
    Hung("hiroshige-kanbara.jpg", tr("Kanbara, by Hiroshige"), 1792, 1536),
    Hung("landscape-after-huang-gongwang.jpg", tr("Landscape after Huang Gongwang"), 0, 0),
)


def fill(session: Session) -> None:
    """Hangs the pictures into an empty document, the landscape first: it anchors the grid of patches."""
    for hung in reversed(PICTURES):
        picture = read_picture(FOLDER / hung.file)
        height, width = picture.pixels.shape[:2]
        session.documents.place_pixels(picture.pixels, hung.x + width / 2, hung.y + height / 2, hung.name, True)
    layers = session.document.layers.all()
    session.select(layers[0].id)


def first_words(settings: Settings) -> str:
    """What to do first, with the keys that do it."""
    keys = hint(settings, "paint")
    return HINT.format(
        frame=hinted(tr("frame"), settings, "region"),
        press=tr("press {keys}").format(keys=keys) if keys else tr("paint it"),
    )


def credits() -> list[str]:
    """One line for each picture, for the about box."""
    with (FOLDER / "manifest.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [f"{row['title']}, {row['artist']}, {row['year']}" for row in rows]


class Files(Protocol):
    """What can be begun with."""

    def choose_and_place(self) -> None: ...
    def choose_and_open(self) -> None: ...
    def welcome(self) -> None: ...


class Invitation(QWidget):
    """Where to begin, under what an empty canvas says; it goes with the first picture."""

    def __init__(self, window: Workbench, files: Files):
        super().__init__(window.view)
        self._view, self._session = window.view, window.session
        self.setAccessibleName(tr("The canvas is empty"))
        self._fill(files)
        self._view.installEventFilter(self)
        for signal in (
            self._session.opened, self._session.layers_changed, self._session.region_changed,
            self._session.staging_changed,
        ):  # fmt: skip
            signal.connect(self._follow)
        self._follow()

    def _fill(self, files: Files) -> None:
        row = QHBoxLayout(self)
        row.setSpacing(8)
        for text, run in (
            (tr("Place a Picture…"), files.choose_and_place),
            (tr("Open…"), files.choose_and_open),
            (tr("Welcome Picture"), files.welcome),
        ):
            button = QPushButton(text)
            button.clicked.connect(lambda _=False, run=run: run())
            row.addWidget(button)

    def _follow(self, *_: object) -> None:
        session = self._session
        empty = not session.document.layers.all() and session.region is None and not session.staging.groups()
        self.setVisible(empty)
        if empty:
            self.adjustSize()
            middle = self._view.rect().center() - self.rect().center()
            self.move(max(middle.x(), 0), max(middle.y(), 0) + BELOW)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._follow()
        return False
