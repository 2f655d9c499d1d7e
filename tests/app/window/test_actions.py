"""Every entry of the table has a play, and one without a play fails; keys, and what the clipboard brings."""

from pathlib import Path

from PySide6.QtGui import QGuiApplication, QKeySequence

from app.action_keys import bind, conflicts, keys_of, normal
from app.actions import ACTIONS, BY_ID

from .conftest import Stage
from .test_actions_files import PLAYS as FILES
from .test_actions_layers_and_window import PLAYS as LAYERS
from .test_actions_time import PLAYS as TIME
from .test_actions_view_and_paint import PLAYS as VIEW


def test_every_action_has_a_play():
    assert {*FILES, *VIEW, *LAYERS, *TIME} == set(BY_ID)
    assert len(FILES) + len(VIEW) + len(LAYERS) + len(TIME) == len(BY_ID)


def test_no_two_actions_have_the_same_keys():
    seen: dict[str, str] = {}
    for action in ACTIONS:
        for key in {normal(key) for key in action.keys}:
            assert QKeySequence(key).toString(), f"{action.id}: {key!r} is no key"
            assert key not in seen, f"{action.id} and {seen[key]} both have {key}"
            seen[key] = action.id


def test_keys_can_be_bound_otherwise_and_back(stage: Stage):
    action, settings = BY_ID["paint"], stage.settings
    assert [other.id for other in conflicts(settings, action, ("Ctrl+S",))] == ["save"]
    assert not conflicts(settings, action, ("Ctrl+Alt+P",))
    bind(settings, action, ("Ctrl+Alt+P",))
    assert [key.toString() for key in stage.window.actions_["paint"].shortcuts()] == ["Ctrl+Alt+P"]
    bind(settings, action, action.keys)
    assert settings.get("shortcuts") == {} and keys_of(action, settings) == action.keys


def test_a_damaged_binding_falls_back_to_the_table(stage: Stage):
    stage.settings.set("shortcuts", {"paint": 3, "no such action": ["A"]})
    assert keys_of(BY_ID["paint"], stage.settings) == BY_ID["paint"].keys
    stage.settings.reset("shortcuts")


def test_enter_is_one_key():
    assert normal("Ctrl+Enter") == normal("ctrl+Return") == "Ctrl+Return"


def test_nothing_can_be_pasted_from_an_empty_clipboard(stage: Stage):
    QGuiApplication.clipboard().clear()
    stage.do("paste")
    assert "no picture in the clipboard" in stage.window.toast.sentences[0]


def test_files_in_the_clipboard_are_placed(stage: Stage, tmp_path: Path):
    from PySide6.QtCore import QMimeData, QUrl

    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(stage.picture_file(f"{name}.png"))) for name in "ab"])
    QGuiApplication.clipboard().setMimeData(data)
    stage.do("paste")
    assert [layer.name for layer in stage.session.document.layers.all()] == ["a", "b"]
