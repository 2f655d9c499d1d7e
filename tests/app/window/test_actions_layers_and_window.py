"""Entries of the menus Layer, Window and Help do what they say."""

import numpy as np
import pytest
from PySide6.QtWidgets import QDialog

from app.dialogs.about import AboutDialog
from app.document import Region
from app.manual import Manual
from app.session.values import LABELS
from engine.request import Box

from .conftest import PICTURE, Stage
from .plays import Plays

PLAYS = Plays()


# ---- layer


@PLAYS.of("auto_extend_right", "auto_extend_left")
def _unroll(stage: Stage) -> None:
    stage.hang()
    for name, direction in (("auto_extend_right", 1), ("auto_extend_left", -1)):
        stage.do(name)
        assert stage.session.auto_extend.direction == direction
        assert stage.window.actions_[name].text() == "Stop Extending"
        layers = len(stage.session.document.layers.all())
        stage.until(lambda layers=layers: len(stage.session.document.layers.all()) > layers)
        stage.do(name)
        assert not stage.session.auto_extend.direction and stage.window.actions_[name].text() != "Stop Extending"


@PLAYS.of("layer_new", "layer_duplicate", "layer_delete", "layer_up", "layer_down", "layer_above", "layer_below")
def _layers(stage: Stage) -> None:
    stage.hang()
    layers = stage.session.document.layers
    first = layers.all()[0].id
    stage.do("layer_duplicate")
    stage.do("layer_new")
    copy, new = (layer.id for layer in layers.all()[1:])
    stage.do("layer_below")
    assert stage.session.selected == copy
    stage.do("layer_above")
    assert stage.session.selected == new
    stage.do("layer_down")
    assert [layer.id for layer in layers.all()] == [first, new, copy]
    stage.do("layer_up")
    assert [layer.id for layer in layers.all()] == [first, copy, new]
    stage.do("layer_delete")
    assert [layer.id for layer in layers.all()] == [first, copy]


@PLAYS.of("mirror_across", "mirror_down", "turn_right", "turn_left")
def _shapes(stage: Stage) -> None:
    stage.hang()
    document = stage.session.document
    before = document.read(PICTURE)
    for name, after in (
        ("mirror_across", before[:, ::-1]), ("mirror_down", before[::-1, ::-1]),
        ("turn_right", np.rot90(before, 1)), ("turn_left", before[::-1, ::-1]),
    ):  # fmt: skip
        stage.do(name)
        assert np.array_equal(document.read(PICTURE), after), name


@PLAYS.of("layer_shape")
def _shape(stage: Stage) -> None:
    from app.dialogs.layer_shape import LayerShapeDialog

    stage.hang()
    stage.do("layer_shape")
    dialog = stage.dialog(LayerShapeDialog)
    dialog.width_px.setValue(128)
    assert stage.session.document.bounds == Box(64, 64, 128, 128)
    dialog.accept()


@PLAYS.of("cut_to_region")
def _cut_to_region(stage: Stage) -> None:
    stage.hang()
    before = stage.session.document.read(PICTURE)
    stage.session.set_region(Region(Box(30, -20, 100, 90)))
    stage.do("cut_to_region")
    assert stage.session.document.bounds == Box(30, 0, 100, 70)
    assert np.array_equal(stage.session.document.read(Box(30, 0, 100, 70)), before[:70, 30:130])


@PLAYS.of("merge_down", "flatten")
def _merged(stage: Stage) -> None:
    stage.hang()
    layers = stage.session.document.layers
    stage.do("layer_duplicate")
    stage.do("layer_duplicate")
    stage.do("merge_down")
    assert len(layers.all()) == 2 and stage.session.selected == layers.all()[-1].id
    stage.do("flatten")
    assert [layer.name for layer in layers.all()] == ["Flattened"]


@PLAYS.of("label_none", *(f"label_{name}" for name in LABELS))
def _labels(stage: Stage) -> None:
    stage.hang()
    for name in ("red", "violet"):
        stage.do(f"label_{name}")
        assert stage.session.document.layers.all()[0].label == name
        assert stage.window.actions_[f"label_{name}"].isChecked()
    stage.do("label_none")
    assert not stage.session.document.layers.all()[0].label


@PLAYS.of("layer_show", "layer_lock")
def _marks(stage: Stage) -> None:
    stage.hang()
    for name in ("layer_show", "layer_lock"):
        stage.do(name)
    layer = stage.session.document.layers.all()[0]
    assert not layer.visible and layer.locked
    for name in ("layer_show", "layer_lock"):
        stage.do(name)
    layer = stage.session.document.layers.all()[0]
    assert layer.visible and not layer.locked


# ---- window and help


PANELS = ("layers", "paint", "history", "queue", "references", "recipe", "models", "study", "timeline")


@PLAYS.of(*(f"panel_{name}" for name in PANELS))
def _panels(stage: Stage) -> None:
    for name, dock in stage.window.docks.docks.items():
        before = dock.isVisible()
        stage.do(f"panel_{name}")
        assert dock.isVisible() is not before and stage.window.actions_[f"panel_{name}"].isChecked() is not before
        stage.do(f"panel_{name}")
        assert dock.isVisible() is before


@PLAYS.of("panels", "layout")
def _layout(stage: Stage) -> None:
    docks = stage.window.docks.docks
    stage.do("panels")
    assert not any(dock.isVisible() for dock in docks.values())
    stage.do("panels")
    assert docks["layers"].isVisible() and not docks["models"].isVisible()
    docks["layers"].setFloating(True)
    docks["history"].hide()
    stage.do("layout")
    assert docks["history"].isVisible() and not docks["layers"].isFloating()


@PLAYS.of("full_screen")
def _full_screen(stage: Stage) -> None:
    stage.do("full_screen")
    assert stage.window.isFullScreen()
    stage.do("full_screen")
    assert not stage.window.isFullScreen()


@PLAYS.of("manual")
def _manual(stage: Stage) -> None:
    stage.do("manual")
    manual = stage.dialog(Manual)
    assert manual.list.count() >= 2 and "region" in manual.text.toPlainText()
    manual.close()


@PLAYS.of("welcome")
def _welcome(stage: Stage) -> None:
    stage.do("welcome")
    layers = stage.session.document.layers.all()
    assert len(layers) == 3 and layers[0].id == stage.session.selected
    assert stage.window.toast.sentences
    path = stage.session.document.path
    stage.do("new")  # nobody is asked about it, and nothing of it is left
    assert not path.exists()


@PLAYS.of("about")
def _about(stage: Stage) -> None:
    stage.do("about")
    stage.dialog(AboutDialog).accept()
    assert not [each for each in stage.window.findChildren(QDialog) if each.isVisible()]


@pytest.mark.parametrize("name", PLAYS.once)
def test_what_is_in_the_menus_of_layers_and_windows_does_what_it_says(stage: Stage, name: str):
    PLAYS[name](stage)
