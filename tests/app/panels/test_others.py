"""History, queue, recipe, models and the settings of painting."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QSlider, QToolButton

from app import theme
from app.document import PatchRecord
from app.panels.history import HistoryModel, HistoryPanel
from app.panels.layers import LayersPanel
from app.panels.models import ModelsPanel
from app.panels.paint import PaintPanel
from app.panels.queue import QueuePanel
from app.panels.recipe import RecipePanel, following, options_of
from engine.request import Box, Order, Patch, Taken

from .conftest import BESIDE

# ---- history


def names(panel):
    return [entry.name for entry in panel.list.model().entries]


def test_a_click_in_the_history_goes_there(studio):
    studio.place("Hills")
    studio.place("River", 600)
    panel = studio.show(HistoryPanel(studio.session))
    assert names(panel) == ["Beginning", "Place Hills", "Place River"]
    model = panel.list.model()
    place = panel.list.visualRect(model.index(1)).topLeft() + QPoint(60, 10)
    QTest.mouseClick(panel.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert studio.names == ["Hills"]
    studio.until(lambda: model.head == model.entries[1].number)
    assert model.undone(model.entries[2]) and not model.undone(model.entries[1])
    QTest.keyClick(panel.list, Qt.Key.Key_Up)
    QTest.keyClick(panel.list, Qt.Key.Key_Return)
    assert studio.names == []


def test_a_new_edit_drops_what_was_undone(studio):
    studio.place("Hills")
    studio.place("River", 600)
    panel = studio.show(HistoryPanel(studio.session))
    studio.session.undo()
    studio.place("Lake", 600)
    studio.until(lambda: names(panel) == ["Beginning", "Place Hills", "Place Lake"])


def test_of_ten_thousand_entries_only_the_new_one_is_told_to_the_list(studio):
    number = studio.place("Hills")
    with studio.document._file.transaction():
        for n in range(10_000):
            with studio.document.history.edit(f"Step {n}") as edit:
                edit.change("layers", number, name=str(n))
    panel = studio.show(HistoryPanel(studio.session))
    model, told = panel.list.model(), []
    assert isinstance(model, HistoryModel) and model.rowCount() == 10_002
    model.rowsInserted.connect(lambda _, first, last: told.append((first, last)))
    model.modelReset.connect(lambda: told.append("all"))
    studio.session.layers.rename(number, "again")
    panel.refresh()
    assert told == [(10_002, 10_002)] and names(panel)[-1] == "Rename layer"


# ---- queue


def details(panel):
    return [row.detail for row in panel.list.rows.all]


def test_jobs_are_listed_until_they_are_accepted(studio):
    studio.place("Hills")
    panel = studio.show(QueuePanel(studio.session))
    assert panel.empty.isVisible()
    studio.paint(seed=7, seed_locked=True)
    studio.until(lambda: details(panel) == ["done · 4 patches"])
    assert panel.list.rows.all[0].name == "256 × 256 px, seed 7"
    studio.session.staging.accept()
    studio.until(lambda: not panel.list.rows.all)


def test_variants_in_the_queue_are_told_apart(studio):
    studio.place("Hills")
    panel = studio.show(QueuePanel(studio.session))
    studio.paint(variants=2)
    names = ["256 × 256 px, variant 1 of 2", "256 × 256 px, variant 2 of 2"]
    studio.until(lambda: [row.name for row in panel.list.rows.all] == names)
    studio.session.staging.accept()
    studio.until(lambda: [row.name for row in panel.list.rows.all] == names[1:])


def test_an_empty_history_says_what_it_is_for(studio):
    panel = studio.show(HistoryPanel(studio.session))
    studio.until(lambda: panel.empty.isVisible() and not panel.list.isVisible())
    studio.place("Hills")
    studio.until(lambda: panel.list.isVisible() and not panel.empty.isVisible())


def test_a_job_is_paused_resumed_and_removed(studio):
    studio.place("Hills")
    panel = studio.show(QueuePanel(studio.session))
    studio.start()
    panel.refresh()
    assert panel.go.accessibleName() == "Pause"
    panel.go.click()
    studio.until(lambda: details(panel)[0].startswith("paused"))
    assert panel.go.accessibleName() == "Go on"
    panel.go.click()
    studio.until(lambda: details(panel)[0].startswith("done"))
    assert not panel.go.isEnabled()
    panel.cancel.click()
    studio.until(lambda: not panel.list.rows.all)
    assert studio.document.jobs.all() == []


def test_what_was_set_aside_comes_back(studio):
    studio.place("Hills")
    studio.paint(variants=2)
    studio.session.staging.discard()
    panel = studio.show(QueuePanel(studio.session))
    assert details(panel) == ["set aside · 4 patches"] * 2 and panel.again.isVisible()
    panel.again.click()
    assert len(studio.session.staging.groups()[0].jobs) == 2
    studio.until(lambda: not panel.again.isVisible())


def test_a_failed_job_says_what_to_do_and_is_tried_again(studio):
    studio.place("Hills")
    panel = studio.show(QueuePanel(studio.session))
    painter = studio.engine._painter if hasattr(studio.engine, "_painter") else studio.engine.painter
    painter.failures[1] = ValueError("no such thing")
    studio.start()
    studio.until(lambda: details(panel) == ["could not go on; see below"])
    assert "kept" in panel.message.text() and panel.message.isVisible()
    panel.go.click()
    studio.until(lambda: details(panel)[0].startswith("done"))
    assert not panel.message.isVisible()


def test_jobs_are_dragged_into_another_order(studio):
    studio.place("Hills")
    for x in (256, 512, 768):
        studio.paint(Box(x, 0, 128, 128))
    panel = studio.show(QueuePanel(studio.session))
    model = panel.list.rows
    first, second, third = (row.key for row in model.all)
    model.dropMimeData(model.mimeData([model.index(2)]), Qt.DropAction.MoveAction, 0, 0, model.index(-1))
    studio.until(lambda: [row.key for row in model.all] == [third, first, second])
    model.dropMimeData(model.mimeData([model.index(0)]), Qt.DropAction.MoveAction, -1, -1, model.index(-1))
    studio.until(lambda: [row.key for row in model.all] == [first, second, third])


# ---- recipe


def test_the_recipe_under_the_pointer_can_be_used_again(studio):
    studio.place("Hills")
    studio.paint(seed=41, seed_locked=True, freedom=0.7, order=Order.ZETA)
    studio.session.staging.accept()
    panel = studio.show(RecipePanel(studio.session))
    panel.follow(300.5, 20.5)
    studio.until(lambda: panel.record is not None)
    told = {name: value.text() for name, value in panel.facts.items()}
    assert told["Seed"] == "41" and told["Freedom"] == "0.70" and told["Order"] == "Rows, downwards"
    studio.session.set_options(seed=1, seed_locked=False, freedom=1.5, order=None)
    panel.use.click()
    options = studio.session.options
    assert (options.seed, options.seed_locked, options.freedom, options.order) == (41, True, 0.7, Order.ZETA)
    panel.hold.click()
    panel.follow(20, 20)
    studio.qtbot.wait(150)
    assert panel.record is not None
    panel.hold.click()
    panel.follow(20, 20)
    studio.until(lambda: panel.record is None)
    assert "by hand" in panel.words.text() and not panel.use.isVisible()


def test_strange_recipes_are_read_as_far_as_they_go():
    found = options_of({"order": "spiral", "freedom": "high", "seed": "x", "top_p": 7, "model": 3})
    usual = {"order": None, "prompt": "", "freedom": 1.0, "guidance": 1.0, "grain": 0.0, "top_p": 1.0}
    assert found == {**usual, "exemplar": 0.0, "lively": 0.5, "scale": 0.0}, "none was followed in former programs"
    assert options_of({"top_p": None})["top_p"] is None is options_of({})["top_p"]


def test_the_recipe_names_where_a_patch_was_taken_from(studio):
    taken = (Taken(Box(256, 0, 32, 32), Box(0, 0, 32, 32)), Taken(Box(300, 0, 32, 32), Box(40, 0, 32, 32)))
    followed = {"scale": 2.25, "sources": 700, "sourced": 0.9, "verbatim": 0.031, "longest": [200, 96]}
    recipe = {"exemplar": 1.0, "lively": 0.5, "scale": 0.0, "followed": followed}
    record = PatchRecord(1, Patch(0, 0), BESIDE, np.zeros((16, 16)), 2.0, recipe, taken)
    assert following(record) == {
        "Follows the picture": "100 %, 50 % lively", "Painted at": "1 / 2.25 of its size",
        "Taken from": "this picture, 2 places", "Taken as it stands": "3 %, at most 200 × 96 px",
    }  # fmt: skip
    assert following(replace(record, recipe={"seed": 3})) == {}
    panel = studio.show(RecipePanel(studio.session))
    panel.record = record
    panel.refresh()
    assert studio.session.staging.sources == taken and panel.facts["Taken from"].isVisible()
    panel.hide()
    assert studio.session.staging.sources == ()


# ---- painting and models


def test_the_settings_of_painting_and_the_session_agree(studio):
    panel, session = studio.show(PaintPanel(studio.session)), studio.session
    QTest.keyClick(panel.freedom.slider, Qt.Key.Key_Left)
    assert session.options.freedom == pytest.approx(0.95)
    QTest.keyClick(panel.exemplar.slider, Qt.Key.Key_Left)
    assert session.options.exemplar == session.settings.get("exemplar") == pytest.approx(0.95)
    assert panel.exemplar.number.text() == "95 %" and panel.grain.isHidden() and not panel.lively.isHidden()
    assert panel.scale.isHidden() or not panel.more.inside.isVisible()
    panel.more.button.click()
    panel.scale.activated.emit(3)
    assert panel.scale.isVisible() and session.options.scale == session.settings.get("scale") == 3.0
    session.set_options(exemplar=0.0)
    studio.until(lambda: not panel.grain.isHidden())
    assert panel.lively.isHidden() and not panel.scale.isVisible(), "without a picture that is followed"
    assert panel.order.isVisible()
    panel.variants.setValue(3)
    panel.seed.setValue(99)
    panel.order.setCurrentIndex(2)
    panel.order.activated.emit(2)
    options = session.options
    assert (options.variants, options.seed, options.seed_locked) == (3, 99, True)
    assert options.order is Order.OMEGA_STAR
    session.set_options(freedom=0.5, variants=2, seed=2**40, seed_locked=False, order=None)
    studio.until(lambda: panel.variants.value() == 2)
    assert panel.freedom.number.text() == "0.50" and panel.order.currentIndex() == 0
    assert session.options.seed == 2**40 and not panel.lock.isChecked()


def test_models_are_told_with_what_is_known(studio):
    panel = studio.show(ModelsPanel(studio.session))
    assert panel.list.key == "starter"
    assert panel.facts["Licence"].text() == "Apache-2.0" and panel.facts["Patch"].text() == "128 px"
    assert "tokenizer" in panel.card.toPlainText() and not panel.use.isVisible()
    studio.place("Hills")
    studio.paint()
    studio.until(lambda: panel.engine["Device"].text() == "flat colours")
    assert panel.reason.text().startswith("Nothing is computed.")


# ---- all of them


@pytest.mark.parametrize("kind", [LayersPanel, HistoryPanel, QueuePanel, RecipePanel, ModelsPanel, PaintPanel])
def test_everything_has_a_name_and_a_key_and_survives_other_colours(studio, qapp, kind):
    studio.place("Hills")
    studio.paint()
    panel = studio.show(kind(studio.session))
    assert panel.accessibleName()
    for of in (QToolButton, QComboBox, QAbstractSpinBox, QSlider):
        for control in panel.findChildren(of):
            assert control.accessibleName(), control
            assert control.focusPolicy() & Qt.FocusPolicy.TabFocus, control.accessibleName()
    dark = panel.grab().toImage()
    studio.session.settings.set("theme", "light")
    assert theme.scheme() == "light" and panel.grab().toImage() != dark


def test_a_panel_that_is_not_seen_is_silent(studio):
    panel = LayersPanel(studio.session)
    studio.qtbot.addWidget(panel)
    studio.place("Hills")
    studio.qtbot.wait(20)
    assert not panel.list.rows.all
    panel.show()
    assert len(panel.list.rows.all) == 1
