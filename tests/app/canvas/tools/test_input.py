"""Real mouse and key events, through the widget to the tools."""

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest

from app.action_keys import bind
from app.actions import BY_ID
from app.canvas.overlays.plan import PlanScene
from app.document import Region
from engine.request import Box
from tests.app.canvas.conftest import Easel

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def drawn(easel: Easel) -> Iterator[Easel]:
    """At 100 %, canvas 0, 0 in the middle of the view."""
    easel.view.zoom_to(1.0)
    easel.view.centre_on(0, 0)
    easel.view.activateWindow()
    easel.view.setFocus()
    yield easel


def at(easel: Easel, x: float, y: float) -> QPoint:
    return easel.view.to_widget(x, y).toPoint()


def test_a_mouse_drags_out_a_region_and_carries_it(drawn: Easel):
    QTest.mousePress(drawn.view, LEFT, pos=at(drawn, -100, -60))
    QTest.mouseMove(drawn.view, at(drawn, 0, 0))
    QTest.mouseMove(drawn.view, at(drawn, 130, 66))
    QTest.mouseRelease(drawn.view, LEFT, pos=at(drawn, 130, 66))
    assert drawn.box == Box(-96, -64, 224, 128)
    assert drawn.view.cursor().shape() in (Qt.CursorShape.SizeFDiagCursor, Qt.CursorShape.SizeAllCursor)
    QTest.mousePress(drawn.view, LEFT, pos=at(drawn, 10, 10))
    QTest.mouseMove(drawn.view, at(drawn, 42, 10))
    QTest.mouseRelease(drawn.view, LEFT, pos=at(drawn, 42, 10))
    assert drawn.box == Box(-64, -64, 224, 128)


def test_esc_in_the_middle_of_a_drag(drawn: Easel):
    QTest.mousePress(drawn.view, LEFT, pos=at(drawn, 0, 0))
    QTest.mouseMove(drawn.view, at(drawn, 100, 100))
    QTest.keyClick(drawn.view, Qt.Key.Key_Escape)
    QTest.mouseMove(drawn.view, at(drawn, 200, 200))
    QTest.mouseRelease(drawn.view, LEFT, pos=at(drawn, 200, 200))
    assert drawn.box is None


def test_space_pans_whatever_tool_is_in_the_hand(drawn: Easel):
    drawn.session.set_tool("brush")
    drawn.place(64, 64)
    entries, before = drawn.history(), drawn.view.to_widget(0, 0)
    QTest.keyPress(drawn.view, Qt.Key.Key_Space)
    start = at(drawn, 5, 5)
    QTest.mousePress(drawn.view, LEFT, pos=start)
    QTest.mouseMove(drawn.view, start + QPoint(40, 0))
    QTest.mouseRelease(drawn.view, LEFT, pos=start + QPoint(40, 0))
    QTest.keyRelease(drawn.view, Qt.Key.Key_Space)
    assert drawn.history() == entries
    assert drawn.view.to_widget(0, 0).x() == pytest.approx(before.x() + 40, abs=1)


def test_a_double_click_on_a_hole(drawn: Easel):
    layer = drawn.place(300, 300, x=-150, y=-150)
    drawn.session.layers.erase(layer, Box(-16, -16, 32, 32))
    QTest.mouseDClick(drawn.view, LEFT, pos=at(drawn, 0, 0))
    QTest.mouseRelease(drawn.view, LEFT, pos=at(drawn, 0, 0))
    assert drawn.box == Box(-16, -16, 32, 32)


def test_arrows_go_to_the_region_before_the_view(drawn: Easel):
    said: list[str] = []
    drawn.session.said.connect(said.append)
    drawn.session.set_region(Region(Box(0, 0, 64, 64)))
    before = drawn.view.to_widget(0, 0)
    QTest.keyClick(drawn.view, Qt.Key.Key_Right)
    assert drawn.box == Box(16, 0, 64, 64) and drawn.view.to_widget(0, 0) == before
    assert said == ["Region 64 × 64 px at 16, 0"]


def test_a_tool_is_held_though_an_action_has_its_letter(drawn: Easel, monkeypatch: pytest.MonkeyPatch):
    now = [10.0]
    monkeypatch.setattr("app.canvas.tools.keyboard.time.monotonic", lambda: now[0])
    action = QAction(drawn.view)
    action.setShortcut(QKeySequence("H"))
    action.triggered.connect(lambda: drawn.session.set_tool("hand"))
    drawn.view.addAction(action)
    QTest.keyPress(drawn.view, Qt.Key.Key_H)
    assert drawn.session.tool == "hand"
    now[0] += 2
    QTest.keyRelease(drawn.view, Qt.Key.Key_H)
    assert drawn.session.tool == "region"
    QTest.keyClick(drawn.view, Qt.Key.Key_H)
    assert drawn.session.tool == "hand", "a tap stays"


def test_every_state_is_drawn_without_a_word(drawn: Easel):
    """Each tool over each state; what fails in drawing would fail here."""
    layer = drawn.place(300, 300, x=-150, y=-150)
    drawn.session.layers.erase(layer, Box(-40, -40, 60, 60))
    drawn.session.settings.set("doubt", True)
    drawn.paint(Box(150, -150, 128, 300), variants=2)
    drawn.session.set_region(Region(Box(-48, -48, 96, 96)))
    drawn.qtbot.waitUntil(lambda: drawn.session.sketch is not None)
    for tool in drawn.toolbox.tools:
        drawn.session.set_tool(tool)
        drawn.point("hover", 10, 10)
        assert not drawn.view.grab().isNull()
    drawn.session.set_region(None)
    drawn.toolbox.rerolling = True
    drawn.point("hover", 200, 0)
    for scale in (1 / 300, 0.1, 1.7, 40.0):
        drawn.view.zoom_to(scale)
        assert not drawn.view.grab().isNull()
    assert not drawn.failures


def test_a_patch_keeps_its_number_until_something_of_it_is_there():
    boxes = [Box(0, 0, 128, 128), Box(0, 128, 128, 128), Box(0, 256, 128, 128)]
    region, places = Region(Box(0, 0, 128, 384)), np.array(boxes, np.int64)
    scene = PlanScene(region, boxes, places, done={0}, running={1})
    assert list(scene.numbers) == [1, 2] and scene.bare == boxes[1:]
    scene = PlanScene(region, boxes, places, done={0}, running={1}, grown=[Box(0, 128, 128, 40)])
    assert list(scene.numbers) == [2] and Box(0, 168, 128, 88) in scene.bare


def test_letters_and_words_follow_what_was_bound(drawn: Easel, monkeypatch: pytest.MonkeyPatch):
    now = [10.0]
    monkeypatch.setattr("app.canvas.tools.keyboard.time.monotonic", lambda: now[0])
    settings = drawn.session.settings
    for name, keys in (("hand", ("J",)), ("accept", ("Y",)), ("larger", ())):
        bind(settings, BY_ID[name], keys)
    QTest.keyPress(drawn.view, Qt.Key.Key_J)
    assert drawn.session.tool == "hand"
    now[0] += 2
    QTest.keyRelease(drawn.view, Qt.Key.Key_J)
    assert drawn.session.tool == "region"
    QTest.keyClick(drawn.view, Qt.Key.Key_H)
    size = drawn.session.brush.size
    QTest.keyClick(drawn.view, Qt.Key.Key_BracketRight)
    assert drawn.session.tool == "region" and drawn.session.brush.size == size
    drawn.place(128, 128)
    drawn.paint(Box(128, 0, 128, 128))
    assert "(Y)" in drawn.bar.staging.accept.toolTip() and "(Esc)" in drawn.bar.staging.discard.toolTip()
    drawn.key(Qt.Key.Key_Return)
    assert drawn.session.staging.current is not None
    drawn.key(Qt.Key.Key_Y)
    assert drawn.session.staging.current is None
