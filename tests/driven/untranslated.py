"""Print the texts of the window that did not go through `tr`, as one JSON list. QT_QPA_PLATFORM=offscreen.

Every text that did is put into brackets here; what stands in none, and is no name, nobody can translate. The window is
shown in all its states, with its dialogs. The order of imports is that of the program, so a table that is made before
the language is chosen is found, too.
"""

import json
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import app.cli.main
import app.launch  # noqa: F401  # as the program does
from app import translation


class Brackets:
    """Stands for a catalog."""

    def translate(self, _context: str, text: str, _comment: str, _n: int) -> str:
        return f"⟦{text}⟧"


translation._catalog = Brackets()  # type: ignore[assignment]

import numpy as np  # noqa: E402
from PySide6.QtGui import QAction  # noqa: E402
from PySide6.QtTest import QTest  # noqa: E402
from PySide6.QtWidgets import (  # noqa: E402
    QAbstractButton,
    QApplication,
    QColorDialog,
    QComboBox,
    QDialog,
    QDoubleSpinBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QMenu,
    QSpinBox,
    QTabBar,
    QTreeWidget,
    QWidget,
)

from app import theme  # noqa: E402
from app.dialogs.about import AboutDialog  # noqa: E402
from app.dialogs.layer_shape import LayerShapeDialog  # noqa: E402
from app.dialogs.recovery import RecoveryDialog  # noqa: E402
from app.dialogs.settings import SettingsDialog  # noqa: E402
from app.dialogs.shortcuts import ShortcutsDialog  # noqa: E402
from app.document import Region  # noqa: E402
from app.export.dialog import ExportDialog  # noqa: E402
from app.export.film_dialog import FilmDialog  # noqa: E402
from app.jobs.queue import JobQueue  # noqa: E402
from app.panels.models import ModelMenu  # noqa: E402
from app.session import Session  # noqa: E402
from app.settings import Settings  # noqa: E402
from app.window import Window  # noqa: E402
from engine.request import Box  # noqa: E402
from tests.app.inline_engines import FlatEngine  # noqa: E402

QT = {  # its own words, which its own catalogs translate
    "Close", "Closes the dock widget", "Float", "Undocks and re-attaches the dock widget", "Press shortcut",
    "Scroll Left", "Scroll Right",
}  # fmt: skip
NAMES = re.compile(
    r"Continuation +to the right|handscroll engine --stdio|Handscroll|NUWA-Infinity"
    r"|PNG|JPEG|WebP|WebM|AVIF|TIFF|OpenRaster|GIF|MP4|Qt|Inter|Krita|starter|scroll|film"
    r"|Deutsch|English|flat colours|[Nn]othing is computed|px|MiB|GiB|KiB|MB|kB|fps|CC0-1\.0|Apache-2\.0"
    r"|(?:Ctrl|Shift|Alt|Meta)\+\S*|Enter|Return|Esc|Del|Space|Home|End|Left|Right|Up|Down|F\d+"
    r"|/\S+|\S*\.(?:png|handscroll|mp4)|…\S*/models/\S+|#[0-9a-f]{6}|Hakone|Kanbara"
)


def bare(text: str) -> bool:
    """Whether anything is left of it that reads as a word, when brackets and names are taken out."""
    before = ""
    if text in QT:
        return False
    while before != text:
        before, text = text, re.sub(r"⟦[^⟦⟧]*⟧", "", text)
    text = re.sub(r"<[^>]*>|&", "", text)
    return bool(re.search(r"[A-Za-z]{2,}", NAMES.sub("", text)))


def texts_of(widget: QWidget) -> Iterator[str]:
    yield from (widget.windowTitle(), widget.toolTip(), widget.accessibleName(), widget.accessibleDescription())
    if isinstance(widget, QLabel | QAbstractButton):
        yield widget.text()
    if isinstance(widget, QLineEdit):
        yield widget.placeholderText()
    if isinstance(widget, QComboBox):
        yield from (widget.itemText(at) for at in range(widget.count()))
    if isinstance(widget, QTabBar):
        yield from (widget.tabText(at) for at in range(widget.count()))
    if isinstance(widget, QSpinBox | QDoubleSpinBox):
        yield from (widget.prefix(), widget.suffix())
    if isinstance(widget, QMenu):
        yield widget.title()
    if isinstance(widget, QListWidget):
        yield from (widget.item(at).text() for at in range(widget.count()))
    if isinstance(widget, QTreeWidget):
        for at in range(widget.topLevelItemCount()):
            item = widget.topLevelItem(at)
            yield from (item.text(column) for column in range(widget.columnCount())) if item else ()


class Reader:
    """The window, and what was found in it so far."""

    def __init__(self) -> None:
        self.app = QApplication(sys.argv[:1])
        settings = Settings()
        theme.apply(self.app, settings)
        self.session = Session(JobQueue(FlatEngine(), settings.get, settings_set=settings.set), settings)
        self.window = Window(self.session)
        self.window.show()
        self.found: dict[str, str] = {}
        self.session.said.connect(self._hear)
        self.session.failed.connect(self._hear)

    def _hear(self, sentence: str) -> None:
        if bare(sentence):
            self.found.setdefault(sentence, "said")

    def until(self, done: Callable[[], object]) -> None:
        for _ in range(2000):
            if done():
                return
            QTest.qWait(5)
        raise TimeoutError("it does not come")

    def look(self) -> None:
        QTest.qWait(60)
        for widget in QApplication.allWidgets():
            if isinstance(widget.window(), QColorDialog):
                continue  # Qt's own words
            actions = [action.text() for action in widget.actions() if isinstance(action, QAction)]
            for text in (*texts_of(widget), *actions):
                if bare(text):
                    self.found.setdefault(text, type(widget).__name__)

    def look_at(self, dialog: QDialog) -> None:
        dialog.show()
        self.look()
        dialog.close()
        dialog.deleteLater()


def visit(reader: Reader) -> None:
    window, session = reader.window, reader.session
    reader.look()
    session.documents.place_pixels(np.full((256, 256, 3), 120, np.uint8), 128, 128, "1")
    for name in window.docks.docks:
        if window.docks.docks[name].isHidden():
            window.docks.show_or_hide(name)
    for tool in ("brush", "not_from", "move", "region"):
        session.set_tool(tool)
        reader.look()
    session.set_region(Region(Box(256, 0, 256, 256)))
    reader.look()
    session.set_options(variants=2)
    session.painting.paint()
    reader.look()
    reader.until(lambda: session.staging.current and session.staging.current.state == "done")
    reader.look()
    window.variants.toggle()
    reader.look()
    window.variants.toggle()
    session.staging.discard()
    session.staging.bring_back()
    session.staging.accept()
    session.undo()
    session.redo()
    window.actions_["make_clip"].trigger()
    reader.look()
    window.timeline.edit_words()
    reader.look()
    window.timeline.split()
    session.undo()
    settings = session.settings
    chosen = session.document.layers.all()[0].id
    for dialog in (
        SettingsDialog(settings, session.queue, window), ShortcutsDialog(settings, window),
        AboutDialog(session, window), RecoveryDialog(window), LayerShapeDialog(session, chosen, window),
        ExportDialog(session, window),
        FilmDialog(session, window),
    ):  # fmt: skip
        reader.look_at(dialog)
    ModelMenu(session, window)
    reader.look()


def main() -> None:
    reader = Reader()
    visit(reader)
    reader.window.hide()
    reader.window.files.leave()
    reader.session.queue.close()
    print(json.dumps([f"{kind}: {text}" for text, kind in sorted(reader.found.items())], ensure_ascii=False))


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))
    main()
