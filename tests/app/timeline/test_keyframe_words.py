"""Words of a keyframe are completed with what the film model knows, and unknown ones are said, as beside a region."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.data_folder import HOME
from tests.app.inline_engines import InlineEngine

from .conftest import Bench, opened


@pytest.fixture
def films(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qapp: QApplication) -> Iterator[Bench]:
    """A timeline with the film model that is shipped."""
    monkeypatch.setenv(HOME, str(tmp_path / "data"))
    with opened(InlineEngine(), tmp_path, qapp) as made:
        yield made


def test_words_of_a_keyframe_are_completed_and_unknown_ones_are_said(films: Bench) -> None:
    clip = films.clip()
    assert clip.model == "film"
    films.tracks.edit_words(clip, 4)
    field = films.panel.words_field.words
    popup = field.list
    films.until(lambda: films.session.queue.known_words("film"))
    QTest.keyClick(field, Qt.Key.Key_Down)
    listed = [popup.model().index(row, 0).data() for row in range(popup.model().rowCount())]
    assert popup.isVisible() and listed[0] == "clouds drift left" and films.panel.words_field.isVisible()
    popup.hide()
    QTest.keyClicks(field, "snow f")
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    assert field.text() == "snow falls" and not popup.isVisible() and films.panel.words_field.isVisible()
    QTest.keyClicks(field, ", qwzx")
    films.until(lambda: field._note.isVisible())
    assert "“qwzx”" in field.toolTip()
    for _ in range(6):
        QTest.keyClick(field, Qt.Key.Key_Backspace)
    films.until(lambda: not field._note.isVisible())
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert [key.prompt for key in films.timeline.keyframes(clip.id)] == ["snow falls"]
