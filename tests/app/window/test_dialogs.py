"""Settings, shortcuts, unnamed documents, about, and the manual."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QMessageBox, QSpinBox

from app.action_keys import keys_of
from app.actions import BY_ID
from app.dialogs.about import AboutDialog
from app.dialogs.engine_line import EngineLine, ask_to_send
from app.dialogs.pages import nearest
from app.dialogs.recovery import RecoveryDialog
from app.dialogs.settings import KEPT, SettingsDialog
from app.dialogs.shortcuts import ShortcutsDialog
from app.document import recoverable, recovery
from app.jobs.remote_models import LackingModel
from app.manual import FOLDER, Manual, chapters
from app.settings import DEFAULTS

from .conftest import Stage


@pytest.fixture
def settings_dialog(stage: Stage, qtbot) -> SettingsDialog:
    dialog = SettingsDialog(stage.settings, stage.session.queue)
    qtbot.addWidget(dialog)
    return dialog


def test_each_setting_holds_at_once(stage: Stage, settings_dialog: SettingsDialog):
    for box in settings_dialog.findChildren(QCheckBox):
        before = stage.settings.get(box.objectName())
        box.click()
        assert stage.settings.get(box.objectName()) is not before
    for choice in settings_dialog.findChildren(QComboBox):
        choice.activated.emit(choice.count() - 1)
        assert stage.settings.get(choice.objectName()) != DEFAULTS[choice.objectName()]
    (number,) = settings_dialog.findChildren(QSpinBox)
    number.setValue(512)
    assert stage.settings.get("cache_mib") == 512
    settings_dialog.reset()
    assert all(stage.settings.get(key) == DEFAULTS[key] for key in DEFAULTS if key not in KEPT)
    assert all(box.isChecked() == DEFAULTS[box.objectName()] for box in settings_dialog.findChildren(QCheckBox))
    stage.settings.set("reduce_motion", True)


def test_the_engine_of_another_computer_is_named_and_told_of(stage: Stage, settings_dialog: SettingsDialog, qtbot):
    host, line = settings_dialog.findChild(QLineEdit, "engine_host"), settings_dialog.findChild(EngineLine)
    where = settings_dialog.findChild(QComboBox, "engine")
    assert isinstance(host, QLineEdit) and isinstance(where, QComboBox) and isinstance(line, EngineLine)
    assert not host.isEnabled()
    started: list[object] = []
    stage.session.queue.status_changed.connect(lambda: started.append(stage.session.queue.status.state))
    where.activated.emit(1)
    assert host.isEnabled() and stage.settings.get("engine") == "ssh"
    QTest.keyClicks(host, " studio ")
    QTest.keyClick(host, Qt.Key.Key_Return)
    assert stage.settings.get("engine_host") == "studio"
    qtbot.waitUntil(lambda: "ready" in line.text.text(), timeout=10_000)
    assert "starting" in started and "flat colours" in line.text.text() and not line.start.isEnabled()


@pytest.mark.parametrize("word", ["Send", "Do Not Send"])
def test_a_model_is_sent_to_another_computer_after_asking(stage: Stage, word: str):
    answers: list[tuple[str, bool]] = []
    ask_to_send(LackingModel("abc", "Autumn", "studio", 12.4), lambda *each: answers.append(each), stage.window)
    box = stage.window.findChildren(QMessageBox)[-1]
    assert "“Autumn” to studio" in box.text() and "12 MiB" in box.informativeText()
    next(button for button in box.buttons() if button.text().replace("&", "") == word).click()
    assert answers == [("abc", word == "Send")]


def test_every_setting_that_is_a_matter_of_taste_is_shown(settings_dialog: SettingsDialog):
    shown = {
        each.objectName()
        for kind in (QCheckBox, QComboBox, QLineEdit, QSpinBox)
        for each in settings_dialog.findChildren(kind)
    }
    assert set(DEFAULTS) - set(KEPT) <= shown


def test_a_dialog_that_is_gone_is_not_told(stage: Stage, qtbot):
    dialog = SettingsDialog(stage.settings, stage.session.queue)
    dialog.deleteLater()
    qtbot.wait(10)
    stage.settings.set("snap", False)
    stage.settings.set("snap", True)


def test_a_size_between_the_steps_shows_the_nearest():
    assert nearest((0.75, 1.0, 1.25), 1.05) == 1 and nearest(("a", "b"), "b") == 1


# ---- shortcuts


@pytest.fixture
def shortcuts(stage: Stage, qtbot) -> ShortcutsDialog:
    dialog = ShortcutsDialog(stage.settings)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def shown(dialog: ShortcutsDialog) -> list[str]:
    return [name for name, item in dialog.items.items() if not item.isHidden()]


def test_actions_are_found_by_name_and_by_key(shortcuts: ShortcutsDialog):
    assert shown(shortcuts) == list(BY_ID)
    QTest.keyClicks(shortcuts.search, "region brush")
    assert shown(shortcuts) == ["region_brush"]
    shortcuts.search.setText("ctrl+shift+z")
    assert shown(shortcuts) == ["redo"]
    shortcuts.search.setText("no such thing")
    assert not shown(shortcuts)


def test_new_keys_are_pressed_and_taken(stage: Stage, shortcuts: ShortcutsDialog):
    shortcuts.choose("fit")
    shortcuts.keys.setKeySequence(QKeySequence("Alt+0"))
    shortcuts.take()
    assert keys_of(BY_ID["fit"], stage.settings) == ("Alt+0",)
    assert stage.window.actions_["fit"].shortcut().toString() == "Alt+0"
    shortcuts.none.click()
    assert keys_of(BY_ID["fit"], stage.settings) == ()
    shortcuts.first.click()
    assert keys_of(BY_ID["fit"], stage.settings) == ("Ctrl+0",)


def test_keys_of_another_action_are_refused_with_its_name(stage: Stage, shortcuts: ShortcutsDialog):
    shortcuts.choose("fit")
    shortcuts.keys.setKeySequence(QKeySequence("Ctrl+S"))
    shortcuts.take()
    assert "“Save”" in shortcuts.message.text() and keys_of(BY_ID["fit"], stage.settings) == ("Ctrl+0",)
    shortcuts.set_keys(("Ctrl+Alt+F",))
    shortcuts.reset_all()
    assert stage.settings.get("shortcuts") == {} and not shortcuts.message.text()


def test_tab_leaves_the_field_for_keys(shortcuts: ShortcutsDialog, qtbot):
    shortcuts.activateWindow()
    shortcuts.keys.setFocus()
    QTest.keyClick(shortcuts.focusWidget(), Qt.Key.Key_Tab)
    assert shortcuts.keys.keySequence().toString() != "Tab"


# ---- unnamed documents


@pytest.fixture
def left_behind(stage: Stage) -> Stage:
    for each in recoverable():
        recovery.delete(each.path)
    for _ in range(2):
        stage.hang()
        stage.session.documents.new()
    return stage


def test_unnamed_documents_can_be_opened_or_deleted(left_behind: Stage, qtbot):
    dialog = RecoveryDialog(left_behind.window)
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.list.count() == 2 and dialog.go_on.isEnabled()
    left_behind.answer("Go Back")
    dialog.delete.click()
    assert dialog.list.count() == 2
    left_behind.answer("Delete")
    dialog.delete.click()
    assert dialog.list.count() == 1 == len(recoverable())
    with qtbot.waitSignal(dialog.chosen) as chosen:
        dialog.list.itemActivated.emit(dialog.list.item(0))
    assert chosen.args[0] == recoverable()[0].path and not dialog.isVisible()


def test_a_damaged_one_says_why_it_cannot_be_opened(left_behind: Stage, qtbot):
    for each in recoverable():
        each.path.write_bytes(b"x" * 5000)
    dialog = RecoveryDialog(left_behind.window)
    qtbot.addWidget(dialog)
    dialog.show()
    assert not dialog.go_on.isEnabled() and dialog.problem.text()
    dialog.open_chosen()
    assert dialog.isVisible()
    for each in recoverable():
        recovery.delete(each.path)
    dialog.refresh()
    assert not dialog.delete.isEnabled() and not dialog.problem.isVisible()


# ---- about and the manual


def test_about_says_what_is_in_it_and_on_what_it_paints(stage: Stage, qtbot):
    dialog = AboutDialog(stage.session)
    qtbot.addWidget(dialog)
    words = " ".join(dialog.texts(stage.session))
    for word in ("Apache", "Open Font License", "LGPL", "Hiroshige", stage.session.options.model):
        assert word in words


def test_the_manual_shows_every_chapter_the_window_first(stage: Stage, qtbot):
    stems = [path.stem for path in chapters().values()]
    assert stems[0] == "window" and stems[-1] == "credits"
    assert len(chapters()) == len(list(FOLDER.glob("*.md")))
    manual = Manual()
    qtbot.addWidget(manual)
    for row in range(manual.list.count()):
        manual.list.setCurrentRow(row)
        assert len(manual.text.toPlainText()) > 200
    manual.list.setCurrentRow(0)
    stage.settings.set("theme", "light")
    assert "Ctrl+Enter" in manual.text.toPlainText()
    stage.settings.set("theme", "dark")


def test_the_manual_names_the_keys_of_the_table():
    text = (FOLDER / "window.md").read_text(encoding="utf-8")
    for name in ("fit", "place", "export", "settings", "shortcuts", "doubt", "pause", "bring_back", "reroll", "rulers"):
        assert f"`{BY_ID[name].keys[0]}`" in text, name
