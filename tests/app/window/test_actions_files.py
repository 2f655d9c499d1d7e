"""Entries of the menus File and Edit do what they say."""

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from app.dialogs.recovery import RecoveryDialog
from app.dialogs.settings import SettingsDialog
from app.dialogs.shortcuts import ShortcutsDialog
from app.document import Document, Region
from engine.request import Box

from .conftest import PICTURE, Stage, noise
from .plays import Plays

PLAYS = Plays()


def _file(method: str, name: str, many: bool = False) -> Callable[[Stage], tuple[str, object]]:
    """What the artist chooses in a file dialog."""

    def chosen(stage: Stage) -> tuple[str, object]:
        path = str(stage.folder / name)
        return method, staticmethod(lambda *_, **__: ([path] if many else path, ""))

    return chosen


_CHOOSING = {
    "open": _file("getOpenFileName", "opened.png"),
    "place": _file("getOpenFileNames", "placed.png", many=True),
    "save": _file("getSaveFileName", "saved"),
    "save_as": _file("getSaveFileName", "saved as.handscroll"),
    "save_copy": _file("getSaveFileName", "copy.handscroll"),
}


# ---- file


@PLAYS.of("new")
def _new(stage: Stage) -> None:
    stage.hang()
    path = stage.session.document.path
    stage.answer("Keep It for Later")
    stage.do("new")
    assert not stage.session.document.layers.all() and path.exists()


@PLAYS.of("close")
def _close(stage: Stage) -> None:
    stage.hang()
    path = stage.session.document.path
    stage.answer("Discard")
    stage.do("close")
    assert not stage.session.document.layers.all() and not path.exists()


@PLAYS.of("open")
def _open(stage: Stage) -> None:
    stage.picture_file("opened.png")
    stage.do("open")
    assert [layer.name for layer in stage.session.document.layers.all()] == ["opened"]


@PLAYS.of("place")
def _place(stage: Stage) -> None:
    stage.hang()
    stage.picture_file("placed.png")
    stage.do("place")
    assert [layer.name for layer in stage.session.document.layers.all()] == ["Noise", "placed"]


@PLAYS.of("unnamed")
def _unnamed(stage: Stage) -> None:
    stage.hang()
    stage.session.documents.new()
    stage.do("unnamed")
    dialog = stage.dialog(RecoveryDialog)
    assert dialog.list.count() >= 1
    dialog.reject()


@PLAYS.of("save")
def _save(stage: Stage) -> None:
    stage.hang()
    stage.do("save")
    assert stage.session.documents.named and stage.session.document.path == stage.folder / "saved.handscroll"
    stage.session.documents.place_pixels(noise(), 600, 128, "More")
    assert not stage.session.documents.saved
    stage.do("save")
    assert stage.session.documents.saved


@PLAYS.of("save_as")
def _save_as(stage: Stage) -> None:
    stage.hang()
    stage.do("save_as")
    assert stage.session.document.path.name == "saved as.handscroll"
    assert stage.settings.get("recent")[0].endswith("saved as.handscroll")


@PLAYS.of("save_copy")
def _save_copy(stage: Stage) -> None:
    stage.hang()
    before = stage.session.document.read(Box(0, 0, 256, 256))
    stage.do("save_copy")
    assert not stage.session.documents.named
    copy = Document.open(stage.folder / "copy.handscroll")
    assert np.array_equal(copy.read(Box(0, 0, 256, 256)), before)
    copy.close()


@PLAYS.of("export")
def _export(stage: Stage) -> None:
    from app.export.dialog import ExportDialog

    assert not stage.window.actions_["export"].isEnabled()
    stage.hang()
    stage.do("export")
    stage.dialog(ExportDialog).reject()


@PLAYS.of("quit")
def _quit(stage: Stage) -> None:
    stage.hang()
    stage.answer("Go Back")
    stage.do("quit")
    assert stage.window.isVisible() and stage.session.document.layers.all()


# ---- edit


@PLAYS.of("undo", "redo")
def _undo(stage: Stage) -> None:
    assert not stage.window.actions_["undo"].isEnabled()
    stage.hang()
    assert stage.window.actions_["undo"].text() == "Undo Place Noise"
    stage.do("undo")
    assert not stage.session.document.layers.all()
    stage.do("redo")
    assert stage.session.document.layers.all()


@PLAYS.of("forget_history")
def _forget_history(stage: Stage) -> None:
    stage.hang()
    stage.session.documents.place_pixels(noise(), 600, 128, "More")
    stage.session.layers.delete(stage.session.document.layers.all()[-1].id)
    stage.session.documents.save_as(stage.folder / "small.handscroll")
    document = stage.session.document
    before = document.read(Box(0, 0, 256, 256))
    size = document.path.stat().st_size
    stage.answer("Go Back")
    stage.do("forget_history")
    assert document.history.undo_name
    stage.answer("Forget")
    stage.do("forget_history")
    assert not document.history.entries() and not stage.window.actions_["undo"].isEnabled()
    assert np.array_equal(document.read(Box(0, 0, 256, 256)), before)
    assert document.path.stat().st_size < size - 100_000


@PLAYS.of("copy", "paste")
def _copy(stage: Stage) -> None:
    stage.hang()
    stage.do("copy")
    assert QGuiApplication.clipboard().image().width() == 256
    stage.do("paste")
    first, pasted = stage.session.document.layers.all()
    boxes = [stage.session.document.layers.box(layer.id) for layer in (first, pasted)]
    pixels = [
        stage.session.document.read_layer(layer.id, box) for layer, box in zip((first, pasted), boxes, strict=True)
    ]
    assert pasted.name == "Pasted" and np.array_equal(pixels[0], pixels[1])


@PLAYS.of("delete", "erase_region")
def _erase(stage: Stage) -> None:
    """In two layers: Delete clears both within the region, Shift with Delete only the chosen one."""
    document = stage.session.document
    stage.hang()
    stage.session.documents.place_pixels(noise(), 128, 128, "Above")
    below, above = (layer.id for layer in document.layers.all())
    region = Box(64, 64, 64, 32)
    stage.session.set_region(Region(region))
    stage.do("erase_region")
    alphas = [document.read_layer(number, region)[:, :, 3] for number in (below, above)]
    assert (alphas[0] == 255).all() and not alphas[1].any()
    assert stage.window.actions_["delete"].text() == "Clear Region"
    stage.do("delete")
    assert not document.read(region)[:, :, 3].any() and len(document.layers.all()) == 2
    assert (document.read(PICTURE)[:, :, 3] == 0).sum() == 64 * 32
    stage.do("undo")
    assert (document.read(PICTURE)[:, :, 3] == 255).all()
    stage.session.set_region(None)
    assert stage.window.actions_["delete"].text() == "Delete Layer"
    stage.do("delete")
    assert [layer.id for layer in document.layers.all()] == [below]


@PLAYS.of("replace_region")
def _replace(stage: Stage) -> None:
    stage.hang()
    stage.session.set_region(Region(Box(64, 64, 64, 32)))
    stage.do("replace_region")
    assert stage.session.staging.current is not None and stage.session.staging.current.shown.request["replaced"]


@PLAYS.of("wrap")
def _wrap(stage: Stage) -> None:
    stage.hang()
    stage.do("wrap")
    assert stage.session.options.wrap and stage.window.actions_["wrap"].isChecked()
    stage.do("wrap")
    assert not stage.session.options.wrap and not stage.window.actions_["wrap"].isChecked()


@PLAYS.of("settings")
def _settings(stage: Stage) -> None:
    stage.do("settings")
    stage.do("settings")
    stage.dialog(SettingsDialog).accept()


@PLAYS.of("shortcuts")
def _shortcuts(stage: Stage) -> None:
    stage.do("shortcuts")
    stage.dialog(ShortcutsDialog).accept()


@pytest.mark.parametrize("name", PLAYS.once)
def test_what_is_in_the_menus_of_files_and_edits_does_what_it_says(
    stage: Stage, name: str, monkeypatch: pytest.MonkeyPatch
):
    if name in _CHOOSING:
        monkeypatch.setattr(QFileDialog, *_CHOOSING[name](stage))
    PLAYS[name](stage)
