"""The list of layers, driven with mouse and keys."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from app.panels.layers import HIDE, LOCK, LayersPanel
from app.panels.lists import EMPTY
from app.panels.row_look import placed
from engine.request import Box


def rows(panel):
    return [(row.name, row.detail) for row in panel.list.rows.all]


def press_mark(panel, number, name):
    index = panel.list.rows.index(number)
    row = panel.list.rows.all[number]
    place = next(place for mark, place in placed(row, panel.list.visualRect(index)) if mark.name == name)
    QTest.mouseClick(panel.list.viewport(), Qt.MouseButton.LeftButton, pos=place.center())


def test_layers_are_listed_from_the_top(studio):
    panel = studio.show(LayersPanel(studio.session))
    assert panel.empty.isVisible()
    studio.place("Hills")
    studio.place("River", 600)
    studio.until(lambda: [name for name, _ in rows(panel)] == ["River", "Hills"])
    assert rows(panel)[0][1] == "256 × 256"
    assert panel.list.key == ("layer", studio.session.selected)
    assert not panel.empty.isVisible()


def test_no_row_is_cut_where_there_is_little_room(studio):
    for number in range(6):
        studio.place(f"Hill {number}")
    panel = studio.show(LayersPanel(studio.session))
    studio.until(lambda: len(rows(panel)) == 6)
    bar, row = panel.list.verticalScrollBar(), panel.list.visualRect(panel.list.rows.index(0)).height()
    for height in range(200, 400, 7):
        panel.resize(300, height)
        studio.qtbot.wait(1)
        high = panel.list.viewport().height()
        assert -high % row <= EMPTY and high > panel.list.height() - row + EMPTY
        assert bar.maximum() % row <= EMPTY and row % bar.singleStep() == 0


def test_a_click_selects_and_the_session_selects(studio):
    hills, river = studio.place("Hills"), studio.place("River", 600)
    panel = studio.show(LayersPanel(studio.session))
    QTest.mouseClick(
        panel.list.viewport(),
        Qt.MouseButton.LeftButton,
        pos=panel.list.visualRect(panel.list.rows.index(1)).topLeft() + QPoint(60, 20),
    )
    assert studio.session.selected == hills
    studio.session.select(river)
    studio.until(lambda: panel.list.key == ("layer", river))


def test_eye_and_lock_are_pressed(studio):
    number = studio.place("Hills")
    panel = studio.show(LayersPanel(studio.session))
    press_mark(panel, 0, HIDE)
    press_mark(panel, 0, LOCK)
    layer = studio.document.layers.get(number)
    assert layer.locked and not layer.visible
    studio.until(lambda: rows(panel)[0][1] == "256 × 256, hidden, locked")
    panel.list.setFocus()
    QTest.keyClick(panel.list, Qt.Key.Key_Space)
    studio.until(lambda: studio.document.layers.get(number).visible)


def test_double_click_renames(studio):
    number = studio.place("Hills")
    panel = studio.show(LayersPanel(studio.session))
    panel.list.edit(panel.list.rows.index(0))
    editor = panel.list.findChild(QLineEdit)
    editor.setText("Mountains")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    studio.until(lambda: studio.document.layers.get(number).name == "Mountains")
    studio.until(lambda: rows(panel)[0][0] == "Mountains")


def test_rows_are_dropped_between_others(studio):
    for name in "abc":
        studio.place(name)
    panel = studio.show(LayersPanel(studio.session))
    model = panel.list.rows

    def drop(row, before):
        model.dropMimeData(model.mimeData([model.index(row)]), Qt.DropAction.MoveAction, before, 0, model.index(-1))
        studio.qtbot.wait(5)

    assert studio.names == ["c", "b", "a"]
    drop(0, 3)
    assert studio.names == ["b", "a", "c"]
    drop(2, 0)
    assert studio.names == ["c", "b", "a"]
    drop(0, 2)
    assert studio.names == ["b", "c", "a"]
    studio.session.select(studio.document.layers.all()[0].id)
    panel.list.setFocus()
    QTest.keyClick(panel.list, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert studio.names == ["b", "a", "c"]


def test_rows_of_staged_groups_are_not_counted_when_layers_are_dropped(studio):
    studio.place("a")
    studio.place("b")
    studio.paint()
    panel = studio.show(LayersPanel(studio.session))
    model = panel.list.rows
    assert [row.key[0] for row in model.all] == ["group", "layer", "layer"]
    model.dropMimeData(model.mimeData([model.index(2)]), Qt.DropAction.MoveAction, 1, 0, model.index(-1))
    assert studio.names == ["a", "b"]
    assert not model.flags(model.index(0)) & Qt.ItemFlag.ItemIsDragEnabled


def test_a_dragged_slider_is_one_entry(studio):
    number = studio.place("Hills")
    before = len(studio.document.history.entries())
    panel = studio.show(LayersPanel(studio.session))
    panel.opacity.slider.setSliderDown(True)
    for value in (80, 60, 40):
        panel.opacity.slider.setSliderPosition(value)
        studio.qtbot.wait(60)
    panel.opacity.slider.setSliderDown(False)
    assert studio.document.layers.get(number).opacity == 0.4
    assert len(studio.document.history.entries()) == before + 1
    assert panel.opacity.number.text() == "40 %"


def test_buttons_add_duplicate_and_delete(studio):
    studio.place("Hills")
    panel = studio.show(LayersPanel(studio.session))
    for icon in ("duplicate", "plus", "trash"):
        panel.heading.findChild(object, icon).click()
    assert studio.names == ["Hills copy", "Hills"]
    assert not studio.failures
    panel.list.setFocus()
    QTest.keyClick(panel.list, Qt.Key.Key_Delete)
    assert len(studio.names) == 1


def test_what_is_being_painted_stands_on_top(studio):
    studio.place("Hills")
    studio.paint(Box(256, 0, 256, 256), variants=2)
    panel = studio.show(LayersPanel(studio.session))
    assert rows(panel)[0] == ("Staged, 256 × 256 px", "variant 1 of 2 · ready to accept")
    studio.session.staging.next_variant()
    studio.until(lambda: rows(panel)[0][1].startswith("variant 2 of 2"))
    studio.session.staging.one_more()
    assert studio.session.staging.current is not None
    studio.session.queue.pause(studio.session.staging.current.shown.id)
    studio.until(lambda: rows(panel)[0][1].startswith("variant 3 of 3 · paused"))
    studio.session.staging.next_variant()
    studio.until(lambda: rows(panel)[0][1] == "variant 1 of 3 · done, others follow")
    studio.session.queue.resume(studio.session.staging.current.jobs[2].id)
    studio.until(lambda: rows(panel)[0][1] == "variant 1 of 3 · ready to accept")
    studio.session.staging.accept()
    studio.until(lambda: panel.list.rows.all[0].key == ("layer", studio.session.selected))


def test_thumbnails_follow_the_picture_but_not_each_patch(studio):
    number = studio.place("Hills")
    panel = studio.show(LayersPanel(studio.session))
    studio.until(lambda: panel.thumbnails.stamps.get(number) == 1)
    for x in range(5):
        studio.document.layers.erase(number, Box(x * 40, 0, 40, 256))
    studio.until(lambda: panel.thumbnails.stamps.get(number) == 2)
    studio.qtbot.wait(60)
    assert panel.thumbnails.stamps[number] == 2


def test_another_document_is_another_list(studio):
    studio.place("Hills")
    panel = studio.show(LayersPanel(studio.session))
    studio.session.documents.new()
    studio.until(lambda: not panel.list.rows.all)
    assert panel.empty.isVisible() and not panel.opacity.isVisible()
