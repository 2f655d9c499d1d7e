"""The window as a whole: what it needs, how it begins, how it ends, what it remembers, what it says."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QMimeData, QObject, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from app import theme
from app.docks import LOW, SHORT
from app.document import Region, recoverable
from app.launch import begin
from app.panels.layers import LayersPanel
from app.panels.paint import PaintPanel
from app.statusbar import percent, thousands
from app.toolbar import ToolPalette
from app.welcome import FIRST_VIEW, PICTURES, credits
from engine.request import Box

from .conftest import Stage, close_stage, noise, open_stage


def test_the_window_leaves_torch_alone():
    code = "import sys, app.window, app.launch; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0


def test_void_calls_keep_their_none():
    """PySide6 6.12 on Python 3.11 loses one reference to None with each of them, and some thousands end the process."""
    thing, before = QObject(), sys.getrefcount(None)
    for _ in range(300):
        thing.setObjectName("name")
    assert sys.getrefcount(None) >= before - 20


# ---- beginning


def test_the_first_start_shows_the_welcome_picture_with_room_beside_it(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("HANDSCROLL_DATA", str(tmp_path / "data"))
    stage = open_stage(tmp_path, welcomed=False)
    begin(stage.window, None)
    layers = stage.session.document.layers
    assert [layers.box(layer.id).width for layer in layers.all()] == [1280, 992, 992]
    assert stage.view.visible_box().contains(FIRST_VIEW)
    guide = stage.session.document.guide
    assert guide and (guide.x, guide.y) == (0, 0)
    landscape = layers.box(layers.all()[0].id)
    others = [layers.box(layer.id) for layer in layers.all()[1:]]
    beside = Box(landscape.right, landscape.y, 768, landscape.height)
    assert all(beside.intersect(box).empty for box in others)
    close_stage(stage)
    assert not recoverable()  # nobody has touched it
    again = open_stage(tmp_path)
    begin(again.window, None)
    assert not again.session.document.layers.all() and again.window.invitation.isVisible()
    close_stage(again)


def test_the_welcome_pictures_are_named_in_the_manifest():
    assert len(credits()) == len(PICTURES) and any("Hiroshige" in line for line in credits())


def test_a_picture_named_on_the_command_line_is_opened(fresh: Stage):
    begin(fresh.window, fresh.picture_file("hills.png"))
    (layer,) = fresh.session.document.layers.all()
    assert layer.name == "hills" and fresh.view.visible_box().contains(Box(0, 0, 256, 256))
    assert not fresh.window.invitation.isVisible()


def test_a_file_that_is_none_is_told_and_nothing_is_lost(fresh: Stage):
    path = fresh.folder / "broken.handscroll"
    path.write_bytes(b"no document")
    fresh.hang()
    fresh.answer("Keep It for Later")
    fresh.window.files.open(path)
    assert fresh.window.toast.isVisible() and "broken.handscroll" in fresh.window.toast.sentences[0]
    assert fresh.session.document.layers.all() and path.read_bytes() == b"no document"


def test_what_was_left_behind_is_offered(fresh: Stage):
    from app.dialogs.recovery import RecoveryDialog

    fresh.hang()
    fresh.session.documents.new()
    begin(fresh.window, None)
    dialog = fresh.dialog(RecoveryDialog)
    dialog.go_on.click()
    assert [layer.name for layer in fresh.session.document.layers.all()] == ["Noise"]


def test_the_engine_is_warm_after_the_first_paint(stage: Stage):
    stage.until(lambda: stage.session.queue.status.state in ("ready", "painting"))


# ---- ending


@pytest.mark.parametrize(("button", "kept"), [("Keep It for Later", True), ("Discard", False)])
def test_an_unnamed_document_is_asked_about(fresh: Stage, button: str, kept: bool):
    fresh.hang()
    fresh.answer(button)
    assert fresh.window.close()
    assert bool(recoverable()) is kept


def test_going_back_closes_nothing(fresh: Stage):
    fresh.hang()
    fresh.answer("Go Back")
    assert not fresh.window.close()
    assert fresh.session.document.layers.all()


def test_saving_on_leaving_names_it(fresh: Stage, monkeypatch: pytest.MonkeyPatch):
    path = fresh.folder / "hills.handscroll"
    monkeypatch.setattr("app.files.QFileDialog.getSaveFileName", lambda *_: (str(path), ""))
    fresh.hang()
    fresh.answer("Save…")
    assert fresh.window.close()
    assert path.exists() and not recoverable()


def test_nothing_is_asked_where_nothing_would_be_lost(fresh: Stage):
    fresh.hang()
    fresh.session.documents.save_as(fresh.folder / "hills.handscroll")
    fresh.session.documents.place_pixels(noise(), 600, 128, "More")
    assert fresh.window.close()


def test_saved_and_opened_again_it_is_the_same(fresh: Stage):
    fresh.stage()
    fresh.session.staging.accept()
    path, box = fresh.folder / "hills.handscroll", Box(0, 0, 512, 256)
    before = fresh.session.document.read(box)
    fresh.session.documents.save_as(path)
    assert fresh.window.windowTitle().startswith("hills — saved")
    fresh.session.undo()
    assert fresh.window.windowTitle().startswith("hills — changed")
    fresh.session.redo()
    fresh.session.documents.new()
    fresh.window.files.open(path)
    assert np.array_equal(fresh.session.document.read(box), before)
    assert fresh.settings.get("recent") == [str(path)]


def test_the_layout_is_kept(qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("HANDSCROLL_DATA", str(tmp_path / "data"))
    stage = open_stage(tmp_path)
    stage.do("panel_queue")
    stage.do("panel_models")
    assert stage.window.close()
    close_stage(stage)
    again = open_stage(tmp_path)
    docks = again.window.docks.docks
    assert docks["models"].isVisible() and not docks["queue"].isVisible()
    close_stage(again)


def test_four_layers_and_all_settings_have_room_in_a_low_window(stage: Stage):
    """1280×720 less the title bar of the window."""
    stage.window.setMinimumSize(1280, 701)
    stage.window.resize(1280, 701)
    stage.do("layout")
    for number in range(4):
        stage.session.documents.place_pixels(noise(), 128, 128, f"Hill {number}")
    layers, paint = stage.window.docks.panels["layers"], stage.window.docks.panels["paint"]
    assert isinstance(layers, LayersPanel) and isinstance(paint, PaintPanel)
    stage.until(lambda: layers.list.rows.rowCount() == 4)
    stage.until(lambda: layers.list.verticalScrollBar().maximum() == 0)
    for panel in (layers, paint):
        assert panel.minimumSizeHint().height() <= panel.visibleRegion().boundingRect().height(), panel.accessibleName()
    assert paint.more.isVisible() and not paint.more.inside.isVisible()
    stage.window.setMinimumSize(0, 0)


def test_in_a_low_window_two_panels_share_a_place(qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("HANDSCROLL_DATA", str(tmp_path / "data"))
    stage = open_stage(tmp_path)
    window, docks = stage.window, stage.window.docks.docks
    together = {docks["queue"]} if window.height() < SHORT else set()
    together |= {docks["paint"]} if window.height() < LOW else set()
    assert {*window.tabifiedDockWidgets(docks["history"])} == together
    window.resize(1280, SHORT + 40)
    stage.do("layout")
    assert not window.tabifiedDockWidgets(docks["history"])
    window.resize(1280, SHORT - 40)
    stage.do("layout")
    assert window.tabifiedDockWidgets(docks["history"]) == [docks["queue"]]
    stage.do("panel_models")  # one that is called now and then takes no room from the others
    assert {*window.tabifiedDockWidgets(docks["models"])} == {docks["history"], docks["queue"]}
    stage.do("panel_models")
    headings = {name: window.docks.panels[name].heading for name in ("history", "queue", "layers")}
    stage.until(lambda: headings["history"].isHidden())  # its name is on the tab
    assert not headings["queue"].isHidden() and not headings["layers"].isHidden()
    docks["queue"].setFloating(True)
    stage.until(lambda: not headings["history"].isHidden())
    docks["queue"].setFloating(False)
    close_stage(stage)


def test_a_layout_that_cannot_be_read_is_put_back(qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("HANDSCROLL_DATA", str(tmp_path / "data"))
    stage = open_stage(tmp_path, layout="bm8gbGF5b3V0", geometry="%%%")
    assert stage.window.docks.docks["layers"].isVisible()
    close_stage(stage)


def test_a_fitted_picture_lies_beside_the_tools(stage: Stage) -> None:
    stage.session.documents.place_pixels(noise(2400, 200), 0, 0, "Wide", at_once=True)
    stage.view.fit()
    tools = next(each for each in stage.view.findChildren(ToolPalette))
    assert (
        stage.view.box_to_widget(stage.session.document.bounds).left()
        > tools.geometry().left() + tools.panel_rect().right()
    )


def test_the_menu_on_the_canvas_fits_small_screens(stage: Stage) -> None:
    """With a region it listed all that can be done with a layer as well, 750 px of it."""
    stage.hang()
    assert "layer_duplicate" in _menu_on_canvas(stage)
    stage.empty()
    stage.stage()
    stage.session.set_region(Region(Box(0, 0, 64, 64)))
    names = _menu_on_canvas(stage)
    assert {"accept", "replace_region", "paste"} <= {*names} and "layer_duplicate" not in names


def _menu_on_canvas(stage: Stage) -> list[str]:
    """The names of its entries."""
    stage.view.customContextMenuRequested.emit(QPoint(20, 20))
    (menu,) = (each for each in stage.view.findChildren(QMenu) if each.isVisible())
    names = [action.objectName() for action in menu.actions()]
    assert menu.height() < 600
    menu.close()
    stage.until(lambda: not [each for each in stage.view.findChildren(QMenu) if each.isVisible()])
    return names


# ---- files


def test_recent_files_are_in_the_menu(stage: Stage):
    stage.hang()
    path = stage.folder / "recent & more.handscroll"
    stage.session.documents.save_as(path)
    stage.session.documents.new()
    menu = QMenu()
    stage.window.files.fill_recent(menu)
    assert menu.actions()[0].text() == "recent && more"
    menu.actions()[0].trigger()
    assert stage.session.document.path == path
    menu.actions()[-1].trigger()
    assert stage.settings.get("recent") == []


def test_pictures_dropped_beside_the_canvas_are_placed(stage: Stage):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(stage.picture_file(f"{name}.png"))) for name in "ab"])
    event = QDropEvent(
        QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    stage.window.dropEvent(event)
    first, second = (stage.session.document.layers.box(layer.id) for layer in stage.session.document.layers.all())
    assert second.x > first.right


def test_a_document_dropped_is_opened(stage: Stage):
    stage.hang()
    path = stage.folder / "dropped.handscroll"
    stage.session.documents.save_as(path)
    stage.session.documents.new()
    stage.window.take([path])
    assert stage.session.document.path == path


# ---- keys and the hand


def test_keys_reach_their_actions_while_the_canvas_has_the_keyboard(stage: Stage):
    stage.window.activateWindow()
    assert QTest.qWaitForWindowActive(stage.window)
    stage.view.setFocus()
    QTest.keyClick(stage.view, Qt.Key.Key_B)
    assert stage.session.tool == "brush"
    QTest.keyClick(stage.view, Qt.Key.Key_C)
    assert stage.session.tool == "region"
    stage.frame()
    QTest.keyClick(stage.view, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    stage.until(lambda: stage.session.staging.current and stage.session.staging.current.state == "done")
    QTest.keyClick(stage.view, Qt.Key.Key_Return)
    assert len(stage.session.document.layers.all()) == 2
    QTest.keyClick(stage.view, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert len(stage.session.document.layers.all()) == 1 and stage.session.staging.groups()


def test_a_region_is_dragged_out(stage: Stage):
    stage.hang()
    stage.window.show_box(Box(-100, -100, 800, 500))
    stage.session.set_tool("region")
    first, last = (stage.view.to_widget(x, y).toPoint() for x, y in ((256, 0), (512, 256)))
    QTest.mousePress(stage.view, Qt.MouseButton.LeftButton, pos=first)
    QTest.mouseMove(stage.view, (first + last) / 2)
    QTest.mouseMove(stage.view, last)
    QTest.mouseRelease(stage.view, Qt.MouseButton.LeftButton, pos=last)
    assert stage.session.region and stage.session.region.box.intersect(Box(256, 0, 256, 256)).width >= 224


# ---- what it says


def test_errors_wait_over_the_canvas_until_they_are_closed(stage: Stage):
    toast = stage.window.toast
    stage.session.failed.emit("The first.")
    stage.session.failed.emit("The second.")
    stage.session.failed.emit("The second.")
    assert toast.isVisible() and toast.sentences == ["The first.", "The second."]
    toast.next()
    assert toast.sentences == ["The second."]
    stage.window.resize(900, 700)
    assert stage.view.rect().contains(toast.geometry().center())
    toast.next()
    assert not toast.isVisible()
    stage.window.resize(1200, 800)


def test_news_that_need_no_answer_make_way(stage: Stage):
    stage.window.toast.tell("Passing.", passing=True)
    stage.frame()
    assert not stage.window.toast.isVisible()


def test_the_line_at_the_bottom(stage: Stage):
    status = stage.window.status
    stage.hang()
    stage.do("zoom_200")
    assert status.zoom.text() == "200 %"
    stage.view.pointer_moved.emit(18432.7, -5.0)
    assert status.place.text() == "x 18\u202f432   y −5"
    stage.session.said.emit("Patch 5 of 12 is done.")
    assert status.news.text() == "Patch 5 of 12 is done."
    assert (percent(0.004), percent(0.62), thousands(-1234)) == ("0.4 %", "62 %", "−1\u202f234")


def test_everything_has_a_name_for_those_who_do_not_see(stage: Stage):
    window = stage.window
    named = [window.view, window.palette_, window.bar, window.toast, window.invitation]
    named += list(window.palette_.buttons.values())
    assert all(widget.accessibleName() for widget in named)
    assert all("(" in button.toolTip() for button in window.palette_.buttons.values())


def test_the_title_lies_in_the_middle_and_makes_way_for_the_menus(stage: Stage):
    top = stage.window.top
    QApplication.sendPostedEvents()
    assert abs(top.title.geometry().center().x() - top.width() // 2) <= 1
    menus = top.menus.geometry()
    assert top.title.x() > menus.x()
    assert top.height() <= 36


def test_colours_change_while_the_window_is_open(stage: Stage, qapp: QApplication):
    theme.apply(qapp, stage.settings)  # other windows have come and gone since this one was dressed
    stage.settings.set("theme", "light")
    QApplication.sendPostedEvents(None, QEvent.Type.StyleChange.value)
    shot = stage.window.grab().toImage()
    assert shot.pixelColor(QPoint(shot.width() // 2, 4)).lightness() > 200
    stage.settings.set("theme", "dark")
    shot = stage.window.grab().toImage()
    assert shot.pixelColor(QPoint(shot.width() // 2, 4)).lightness() < 60
