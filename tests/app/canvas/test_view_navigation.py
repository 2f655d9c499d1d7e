"""Moving over the canvas with real events: wheel, buttons, space, keys, touch pad, drops; the parts round it."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QInputDevice,
    QPointingDevice,
    QPointingDeviceUniqueId,
    QTabletEvent,
    QWheelEvent,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.canvas.pointer import Pointer
from app.document import GuideLine
from engine.request import Box

from .view_desk import HIGH, WIDE, Desk

LEFT, MIDDLE = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton
NONE, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> Iterator[Desk]:
    monkeypatch.setenv("HANDSCROLL_DATA", str(tmp_path))
    made = Desk(tmp_path)
    made.noise(0, 0, 3000, 900)
    made.corner(500, 300)
    yield made
    made.close()


class Listening:
    """Hands that note what they are given."""

    def __init__(self) -> None:
        self.events: list[Pointer] = []
        self.keys: list[int] = []
        self.takes = True

    def pointer(self, event: Pointer) -> bool:
        self.events.append(event)
        return self.takes

    def key(self, event, pressed: bool) -> bool:
        self.keys.append(event.key())
        return self.takes

    def cursor(self) -> None:
        return None


def middle(desk: Desk) -> tuple[float, float]:
    return desk.view.camera.x, desk.view.camera.y


def drag(desk: Desk, button: Qt.MouseButton, way: tuple[int, int], modifiers: Qt.KeyboardModifier = NONE) -> None:
    start = QPoint(100, 100)
    QTest.mousePress(desk.view, button, modifiers, start)
    for part in (1, 2, 3, 4):
        to = start + QPoint(way[0] * part // 4, way[1] * part // 4)
        QTest.mouseMove(desk.view, to)
        QApplication.processEvents()
    QTest.mouseRelease(desk.view, button, modifiers, start + QPoint(*way))


def turn(
    desk: Desk, angle: QPoint, modifiers: Qt.KeyboardModifier = NONE, pixels: QPoint | None = None, at=(100, 80)
) -> None:  # fmt: skip
    phase = Qt.ScrollPhase.NoScrollPhase if pixels is None else Qt.ScrollPhase.ScrollUpdate
    at = QPointF(*at)
    event = QWheelEvent(
        at, desk.view.mapToGlobal(at), pixels or QPoint(), angle, Qt.MouseButton.NoButton, modifiers, phase, False
    )
    QApplication.sendEvent(desk.view, event)


def test_the_wheel_zooms_at_the_pointer(desk: Desk):
    before = desk.view.to_canvas(QPointF(100, 80))
    turn(desk, QPoint(0, 240))
    assert desk.view.camera.scale == pytest.approx(1.44)
    assert np.allclose(desk.view.to_canvas(QPointF(100, 80)), before, atol=1.0)


def test_the_wheel_pans_where_it_is_set_so_and_sideways_with_shift(desk: Desk):
    x, y = middle(desk)
    turn(desk, QPoint(0, -120), SHIFT)
    assert middle(desk) == (x + 80, y)
    desk.settings.set("wheel", "pan")
    turn(desk, QPoint(0, -120))
    assert middle(desk) == (x + 80, y + 80) and desk.view.camera.scale == 1
    turn(desk, QPoint(0, 120), CONTROL)
    assert desk.view.camera.scale == pytest.approx(1.2)


def test_two_fingers_pan_by_their_pixels(desk: Desk):
    x, y = middle(desk)
    turn(desk, QPoint(24, 80), pixels=QPoint(3, 10))
    assert middle(desk) == (x - 3, y - 10)


@pytest.mark.parametrize("how", ["middle", "space"])
def test_dragging_moves_the_picture(desk: Desk, how: str):
    hands = desk.view.hands = Listening()
    x, y = middle(desk)
    if how == "space":
        QTest.keyPress(desk.view, Qt.Key.Key_Space)
        assert desk.view.cursor().shape() == Qt.CursorShape.OpenHandCursor
    drag(desk, MIDDLE if how == "middle" else LEFT, (40, -60))
    QTest.keyRelease(desk.view, Qt.Key.Key_Space)
    assert middle(desk) == (x - 40, y + 60)
    assert not [event for event in hands.events if event.kind in ("press", "move", "release")]
    assert desk.view.cursor().shape() == Qt.CursorShape.ArrowCursor


def test_control_and_the_middle_button_scrub_the_scale(desk: Desk):
    drag(desk, MIDDLE, (200, 0), CONTROL)
    assert desk.view.camera.scale == pytest.approx(2, rel=0.05)


def test_keys_move_when_the_hands_do_not_want_them(desk: Desk):
    hands = desk.view.hands = Listening()
    x, y = middle(desk)
    QTest.keyClick(desk.view, Qt.Key.Key_Right)
    assert middle(desk) == (x, y) and Qt.Key.Key_Right in hands.keys
    hands.takes = False
    QTest.keyClick(desk.view, Qt.Key.Key_Right)
    assert middle(desk) == (x + 64, y)
    QTest.keyClick(desk.view, Qt.Key.Key_Minus)
    assert desk.view.camera.scale == pytest.approx(0.7071, abs=1e-3)


def test_hands_get_presses_in_canvas_pixels(desk: Desk):
    hands = desk.view.hands = Listening()
    drag(desk, LEFT, (40, 20), SHIFT)
    press, release = hands.events[0], hands.events[-1]
    assert (press.kind, press.x, press.y, press.pressure) == ("press", 600.0, 400.0, 1.0)
    assert (release.kind, release.x, release.y) == ("release", 640.0, 420.0) and press.modifiers == SHIFT
    QTest.mouseDClick(desk.view, LEFT, NONE, QPoint(5, 5))
    assert hands.events[-2].clicks == 2 or hands.events[-1].clicks == 2


def test_a_pen_has_pressure_and_an_end_that_erases(desk: Desk):
    hands = desk.view.hands = Listening()
    pen = QPointingDevice(
        "pen", 7, QInputDevice.DeviceType.Stylus, QPointingDevice.PointerType.Eraser,
        QInputDevice.Capability.Pressure, 1, 1, "", QPointingDeviceUniqueId(),
    )  # fmt: skip
    at = QPointF(10, 20)
    event = QTabletEvent(
        QEvent.Type.TabletPress, pen, at, desk.view.mapToGlobal(at), 0.25, 0, 0, 0, 0, 0, NONE, LEFT, LEFT
    )
    QApplication.sendEvent(desk.view, event)
    assert event.isAccepted()
    assert hands.events[-1].pressure == pytest.approx(0.25, abs=0.01) and hands.events[-1].eraser


def test_fitting_and_going_somewhere(desk: Desk):
    desk.view.fit()
    assert desk.view.visible_box().contains(Box(0, 0, 3000, 900))
    desk.view.centre_on(-5e8, 7e8)
    assert middle(desk) == (-5e8, 7e8)
    rect = desk.view.box_to_widget(Box(-500_000_000, 700_000_000, 10, 10))
    assert abs(rect.x() - WIDE / 2) <= 1 and abs(rect.y() - HIGH / 2) <= 1


def test_a_dropped_picture_lies_under_the_pointer(desk: Desk, tmp_path: Path):
    pixels = np.full((64, 96, 3), (7, 120, 60), np.uint8)
    Image.fromarray(pixels).save(tmp_path / "green.png")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "green.png"))])
    enter = QDragEnterEvent(QPoint(9, 9), Qt.DropAction.CopyAction, data, LEFT, NONE)
    QApplication.sendEvent(desk.view, enter)
    assert enter.isAccepted() and desk.view.drops.hovering
    event = QDropEvent(QPointF(200, 150), Qt.DropAction.CopyAction, data, LEFT, NONE)
    QApplication.sendEvent(desk.view, event)
    layer = desk.session.document.layers.all()[-1]
    box = desk.session.document.layers.box(layer.id)
    assert layer.name == "green" and abs(box.x + 48 - 700) <= 8 and abs(box.y + 32 - 450) <= 8
    assert desk.at(700, 450) == (7, 120, 60)


def test_the_minimap_shows_while_something_is_out_of_sight_and_leads_there(desk: Desk):
    assert not desk.view.minimap.isVisible()
    desk.settings.set("minimap", True)
    assert desk.view.minimap.isVisible()
    whole = desk.view.minimap._whole()
    QTest.mouseClick(desk.view.minimap, LEFT, NONE, whole.center().toPoint())
    assert abs(desk.view.camera.x - 1500) < 30 and abs(desk.view.camera.y - 450) < 30
    desk.view.fit()
    assert not desk.view.minimap.isVisible()


def test_rulers_and_grid_come_and_go(desk: Desk):
    plain = desk.seen()
    desk.session.set_options(exemplar=0.0)
    desk.session.document.guide = GuideLine(0, 0, 128)
    desk.settings.set("grid", True)
    gridded = desk.seen()
    changed = (plain != gridded).any(2)
    assert changed[:, 640 - 500].mean() > 0.9 and changed[:, 650 - 500].mean() < 0.1
    desk.settings.set("rulers", True)
    assert (desk.seen()[:20] != gridded[:20]).any(2).mean() > 0.9
    desk.settings.set("rulers", False)
    desk.settings.set("grid", False)
    desk.rest()
    assert np.array_equal(desk.seen(), plain)


def test_the_grid_of_a_picture_that_is_followed_shows_its_patches(desk: Desk):
    plain = desk.seen()
    desk.session.document.guide = GuideLine(0, 0, 128)
    desk.settings.set("grid", True)
    assert np.array_equal(desk.seen(), plain), "how large they will be is known when they are planned"
    job = desk.stage(Box(600, 350, 220, 220))
    desk.patch(job, Box(600, 350, 200, 200), (90, 90, 90))
    gridded = desk.seen()
    desk.settings.set("grid", False)
    changed = (desk.seen() != gridded).any(2)
    assert changed.any() and changed.mean() < 0.05
    assert np.ptp(np.flatnonzero(changed.any(0))) == 200, "from the left edge of the patch to its right one"


def test_it_says_what_it_is(desk: Desk):
    assert desk.view.accessibleName() == "Canvas" and "arrow keys" in desk.view.accessibleDescription()


def test_nothing_is_held_of_a_document_that_is_closed(desk: Desk, tmp_path: Path):
    desk.session.documents.save_as(tmp_path / "one.handscroll")
    desk.view.fit()
    desk.rest()
    desk.session.documents.new()
    desk.rest()
    assert [path.name for path in tmp_path.glob("one*")] == ["one.handscroll"]
