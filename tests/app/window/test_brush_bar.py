"""The bar of the brush: it says and changes what the next stroke will be, and keeps the colours that were used."""

import numpy as np
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest

from app.canvas.brush_bar import BrushBar
from app.document.geometry import NOWHERE
from engine.request import Box

from .conftest import Stage


def bar_of(stage: Stage) -> BrushBar:
    stage.session.set_tool("brush")
    stage.session.set_brush(size=24.0, hardness=0.8, opacity=1.0, colour=(200, 69, 47), other=(0, 0, 0), pressure=True)
    return stage.window.brush_bar


def stroke(stage: Stage, size: float = 40) -> None:
    view = stage.view
    stage.view.fit(Box(0, 0, 256, 256))
    start, end = (view.to_widget(*at).toPoint() for at in ((64, 64), (64 + size, 64)))
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=start)
    for step in range(1, 5):
        QTest.mouseMove(view, start + (end - start) * step / 4)
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=end)


def test_it_is_there_with_the_brush_in_hand_and_shows_it(stage: Stage) -> None:
    bar = bar_of(stage)
    assert bar.isVisible() and bar.swatch.isVisible() and bar.size_.number.value() == 24
    stage.session.set_tool("eraser")
    assert bar.isVisible() and not bar.swatch.isVisible() and bar.pressure.isVisible()
    stage.session.set_tool("region")
    assert not bar.isVisible()
    stage.session.set_tool("brush")
    stage.do("larger")
    assert bar.size_.number.value() == round(stage.session.brush.size) > 24


def test_sliders_and_numbers_change_the_brush(stage: Stage) -> None:
    bar, session = bar_of(stage), stage.session
    bar.size_.slider.setValue(100)
    assert session.brush.size == 1000
    bar.size_.slider.setValue(0)
    assert session.brush.size == 1
    bar.size_.number.setValue(77)
    assert session.brush.size == 77
    bar.hardness.number.setValue(35)
    bar.opacity.slider.setValue(50)
    assert session.brush.hardness == 0.35 and abs(session.brush.opacity - 0.5) < 0.02
    bar.pressure.click()
    assert not session.brush.pressure


def test_colours_are_swapped_picked_and_remembered(stage: Stage) -> None:
    bar, session = bar_of(stage), stage.session
    stage.settings.set("recent_colours", [])
    QTest.mouseClick(bar.swatch, Qt.MouseButton.LeftButton, pos=QPoint(38, 20))
    assert session.brush.colour == (0, 0, 0) and session.brush.other == (200, 69, 47)
    QTest.mouseClick(bar.swatch, Qt.MouseButton.LeftButton, pos=QPoint(8, 10))
    assert bar.picker is not None and bar.picker.isVisible()
    bar.picker.setCurrentColor(QColor("#3a6ea5"))
    assert session.brush.colour == (0x3A, 0x6E, 0xA5)
    bar.picker.reject()
    assert session.brush.colour == (0, 0, 0)
    for ink in ((10, 20, 30), (200, 100, 50)):
        session.set_brush(colour=ink)
        stroke(stage)
    assert stage.settings.get("recent_colours") == ["#c86432", "#0a141e"]
    shown = [square for square in bar.recent if square.isVisible()]
    assert [square.toolTip() for square in shown] == ["#c86432", "#0a141e"]
    shown[1].click()
    assert session.brush.colour == (10, 20, 30)
    stage.settings.set("recent_colours", ["nonsense", 3, "#0a141e"])
    assert session.recent_colours() == [(10, 20, 30)]


def test_opacity_counts_for_the_eraser_too(stage: Stage) -> None:
    stage.hang()
    bar_of(stage)
    stage.session.set_tool("eraser")
    stage.session.set_brush(opacity=0.5, hardness=1.0, size=20.0)
    stroke(stage)
    alpha = stage.session.document.read(Box(70, 60, 20, 8))[:, :, 3]
    assert np.abs(alpha.astype(int) - 128).max() <= 2


def test_it_fits_into_a_narrow_window(stage: Stage) -> None:
    bar, size = bar_of(stage), stage.window.size()
    stage.settings.set("recent_colours", [f"#00000{n}" for n in range(8)])
    for width in (760, 1000, 1200):
        stage.window.resize(width, 700)
        QTest.qWait(20)
        panel = bar.panel_rect().translated(bar.pos())
        assert panel.left() >= 60 and (panel.right() <= stage.view.width() or not bar.size_.slider.isVisible())
    stage.window.resize(size)
    assert stage.session.document.bounds == NOWHERE
