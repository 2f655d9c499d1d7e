"""Words: what is typed is completed with what the model knows, and what it does not know is said."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app import theme
from app.document import Region
from app.jobs.queue import JobQueue
from app.session import Session
from app.settings import Settings
from engine.request import Box
from tests.app.inline_engines import InlineEngine

from .conftest import Easel


@pytest.fixture
def words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot, qapp: QApplication) -> Iterator[Easel]:
    """An easel with the starter, which knows words, and a region whose plan is known."""
    monkeypatch.setenv("HANDSCROLL_DATA", str(tmp_path))
    settings = Settings(tmp_path / "settings.json")
    theme.apply(qapp, settings)
    queue = JobQueue(InlineEngine(), settings.get)
    session = Session(queue, settings)
    made = Easel(session, qtbot)
    made.view.show()
    made.place(64, 64)
    session.set_region(Region(Box(64, 0, 64, 64)))
    qtbot.waitUntil(lambda: session.sketch is not None, timeout=30_000)
    yield made
    session.set_region(None)
    made.view.close()
    session.close()
    queue.close()
    made.view.deleteLater()


def test_words_are_completed_and_unknown_ones_are_said(words: Easel) -> None:
    field, popup = words.bar.setup.prompt, words.bar.setup.prompt.list
    words.qtbot.waitUntil(field.isVisible)
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_Down)
    listed = [popup.model().index(row, 0).data() for row in range(popup.model().rowCount())]
    assert popup.isVisible() and listed[:2] == ["winter", "autumn"] and "ink on silk" in listed
    popup.hide()
    QTest.keyClicks(field, "winter, ink o")
    assert field.completer_.completionCount() == 1 and field.completer_.currentCompletion() == "ink on silk"
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    assert field.text() == words.session.options.prompt == "winter, ink on silk" and not popup.isVisible()
    assert not field._note.isVisible()
    words.session.set_options(prompt="winter qwzx")
    words.qtbot.waitUntil(lambda: bool(words.session.sketch and words.session.sketch.notes), timeout=10_000)
    assert "“qwzx”" in field.toolTip() and field._note.isVisible()
    words.session.set_options(prompt="winter")
    words.qtbot.waitUntil(lambda: not (words.session.sketch and words.session.sketch.notes), timeout=10_000)
    assert not field._note.isVisible()
    noted: list[str] = []
    words.session.noticed.connect(noted.append)
    words.session.set_options(prompt="qwzx vjkpt", guidance=3.0)
    words.session.painting.paint()
    words.qtbot.waitUntil(words.all_done, timeout=60_000)
    assert len(noted) == 1 and noted[0].startswith("None of these words is known")
