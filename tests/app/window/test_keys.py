"""Which keys mean what, depending on where the keyboard is and on what is going on."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from app.actions import ACTIONS
from app.document import Region
from engine.request import Box

from .conftest import PICTURE, Stage


def press(widget: QWidget, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """As the keyboard does: shortcuts first."""
    widget.window().activateWindow()
    widget.setFocus()
    QTest.qWait(0)
    QTest.keyClick(widget, key, modifiers)


def test_no_key_is_one_that_desktops_take_for_themselves() -> None:
    arrows = ("Left", "Right", "Up", "Down")
    taken = [f"{a.id} {key}" for a in ACTIONS for key in a.keys if "Ctrl+Alt" in key and key.endswith(arrows)]
    assert not taken


@pytest.mark.parametrize("panel", ["layers", "history", "queue", "paint"])
def test_letters_take_a_tool_wherever_no_text_is_typed(stage: Stage, panel: str) -> None:
    stage.hang()
    stage.session.set_tool("region")
    dock = stage.window.docks.docks[panel]
    dock.show()
    dock.raise_()
    stage.until(lambda: dock.widget().isVisible())
    QTest.qWait(50)
    able = [w for w in dock.findChildren(QWidget) if w.focusPolicy() & Qt.FocusPolicy.TabFocus and w.isVisible()]
    widgets = [widget for widget in able if not isinstance(widget, QLineEdit) and not widget.findChildren(QLineEdit)]
    assert widgets
    for widget in widgets:
        press(widget, Qt.Key.Key_B)
        assert stage.session.tool == "brush", f"{type(widget).__name__} keeps the letter"
        assert stage.view.hasFocus()
        stage.session.set_tool("region")


def test_letters_are_text_where_text_is_typed(stage: Stage) -> None:
    stage.frame()
    stage.session.set_tool("region")
    prompt = stage.window.bar.setup.prompt
    prompt.setVisible(True)
    press(prompt, Qt.Key.Key_B)
    assert stage.session.tool == "region" and prompt.text().endswith("b")
    stage.session.set_options(prompt="")


def test_esc_gives_the_keys_back_to_the_canvas(stage: Stage) -> None:
    stage.hang()
    for name in ("layers", "history", "timeline"):
        panel = stage.window.docks.docks[name]
        panel.show()
        widget = next(w for w in panel.findChildren(QWidget) if w.focusPolicy() & Qt.FocusPolicy.TabFocus)
        press(widget, Qt.Key.Key_Escape)
        assert stage.view.hasFocus(), f"{name} keeps the keys"


def test_arrows_make_a_frame_only_while_nothing_is_painted_or_staged(stage: Stage) -> None:
    stage.hang()
    stage.session.set_tool("region")
    press(stage.view, Qt.Key.Key_Down)
    assert stage.session.region is not None
    stage.session.set_region(None)
    stage.stage(variants=1)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Left, Qt.Key.Key_Right):
        press(stage.view, key)
        assert stage.session.region is None
    stage.session.staging.accept()
    stage.session.set_region(Region(Box(0, 256, 256, 256)))
    stage.session.painting.paint()
    press(stage.view, Qt.Key.Key_Down)
    assert stage.session.region is None
    stage.until(lambda: stage.session.staging.current and stage.session.staging.current.state == "done")


def test_delete_clears_a_free_form_and_leaves_what_is_locked(stage: Stage) -> None:
    stage.hang()
    document, session = stage.session.document, stage.session
    (layer,) = document.layers.all()
    mask = np.zeros((100, 100), bool)
    mask[10:20, 30:50] = True
    session.set_region(Region(Box(50, 50, 100, 100), mask))
    session.layers.lock(layer.id, True)
    press(stage.view, Qt.Key.Key_Delete)
    assert (document.read(PICTURE)[:, :, 3] == 255).all() and "locked" in stage.window.toast.sentences[-1]
    session.layers.lock(layer.id, False)
    press(stage.view, Qt.Key.Key_Delete)
    gone = document.read(PICTURE)[:, :, 3] == 0
    assert gone.sum() == mask.sum() and gone[60:70, 80:100].all()
    assert session.region is not None and document.layers.all()
    press(stage.view, Qt.Key.Key_Delete)
    assert "nothing in the region" in stage.window.toast.sentences[-1]
    assert QApplication.focusWidget() is stage.view
