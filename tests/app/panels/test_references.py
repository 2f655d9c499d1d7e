"""The panel of the pictures that are painted from: what is shown there, and what its buttons do."""

from dataclasses import replace

import numpy as np
from PIL import Image
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent

from app.document import PatchRecord
from app.panels.recipe import following
from app.panels.references import ReferencesPanel
from engine.request import Box, Patch, Taken


def shown(studio) -> ReferencesPanel:
    return studio.show(ReferencesPanel(studio.session))


def test_words_show_pictures_that_are_exchanged_pinned_and_taken_off(studio):
    panel, shelf = shown(studio), studio.session.shelf
    assert panel.words.isVisible() and not panel.picks
    studio.session.set_options(prompt="winter xylophone")
    studio.until(lambda: len(panel.picks) == len(shelf.picks) > 1)
    assert not panel.words.isVisible() and "xylophone" in panel.unknown.text()
    before = shelf.picks
    panel.picks[0].exchange.click()
    studio.until(lambda: panel.picks[0].pick == shelf.picks[0] != before[0])
    panel.picks[0].pin.click()
    studio.until(lambda: panel.picks[0].pin.isChecked())
    assert shelf.picks[0].pinned
    panel.picks[1].off.click()
    studio.until(lambda: len(panel.picks) == len(before) - 1)
    panel.on.click()
    studio.until(lambda: not panel.picks[0].isEnabled())
    panel.beside.setCurrentIndex(0)
    panel.beside.activated.emit(0)
    assert shelf.beside == "picture"
    assert not shelf.on


def test_pictures_that_are_dropped_stay(studio, tmp_path):
    panel = shown(studio)
    Image.new("RGB", (60, 40), (10, 120, 30)).save(tmp_path / "lawn.png")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "lawn.png")), QUrl.fromLocalFile(str(tmp_path))])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    panel.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, buttons, keys))
    studio.until(lambda: len(panel.picks) == 1)
    assert studio.session.shelf.picks[0].pinned and panel.picks[0].pick.name == "lawn"


def test_the_recipe_names_other_pictures_with_their_shares():
    taken = (Taken(Box(0, 0, 32, 32), Box(9, 9, 32, 32), "Hills"), Taken(Box(32, 0, 32, 32), Box(0, 0, 32, 32)))
    recipe = {"exemplar": 1.0, "lively": 0.5, "followed": {"scale": 1.0, "shares": [["Hills", 0.42]]}}
    record = PatchRecord(1, Patch(0, 0), Box(0, 0, 64, 64), np.zeros((16, 16)), 2.0, recipe, taken)
    assert following(record)["Taken from"] == "this picture, 1 place\nHills (42 %)"
    assert following(replace(record, taken=taken[:1]))["Taken from"] == "Hills (42 %)"
