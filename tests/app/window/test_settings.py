"""Preferences survive being closed, damaged and written by a later version."""

import json
from pathlib import Path

import pytest

from app.settings import DEFAULTS, RECENT, Settings


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "kept" / "settings.json"


def test_defaults_hold_until_something_is_set(path: Path):
    settings = Settings(path)
    assert {key: settings.get(key) for key in DEFAULTS} == DEFAULTS
    assert not path.exists()


def test_what_is_set_is_there_the_next_time(path: Path, qtbot):
    settings = Settings(path)
    with qtbot.waitSignal(settings.changed) as told:
        settings.set("theme", "light")
    assert told.args == ["theme"]
    assert Settings(path).get("theme") == "light"
    assert [each.name for each in path.parent.iterdir()] == ["settings.json"]


def test_the_same_value_again_is_no_change(path: Path, qtbot):
    settings = Settings(path)
    with qtbot.assertNotEmitted(settings.changed):
        settings.set("theme", DEFAULTS["theme"])
    assert not path.exists()


@pytest.mark.parametrize(
    ("key", "value"),
    [("theme", "pink"), ("snap", 1), ("ui_scale", 9.0), ("cache_mib", True), ("recent", "a"), ("cache_mib", 100.5)],
)
def test_what_cannot_be_meant_is_refused(path: Path, key: str, value: object):
    settings = Settings(path)
    with pytest.raises(ValueError, match=key):
        settings.set(key, value)
    assert settings.get(key) == DEFAULTS[key]


@pytest.mark.parametrize("text", ["{", "[]", "\x00", "null", "[" * 100_000])
def test_a_damaged_file_is_kept_aside_and_told(path: Path, text: str):
    path.parent.mkdir()
    path.write_text(text)
    settings = Settings(path)
    assert settings.get("theme") == "dark" and "kept" in settings.problem
    (aside,) = path.parent.glob("settings-damaged-*")
    assert aside.read_text() == text


def test_single_wrong_values_fall_back_and_unknown_ones_are_kept(path: Path):
    path.parent.mkdir()
    path.write_text(json.dumps({"theme": 3, "snap": False, "from the future": [1]}))
    settings = Settings(path)
    assert settings.get("theme") == "dark" and settings.get("snap") is False
    settings.set("rulers", True)
    assert json.loads(path.read_text())["from the future"] == [1]


def test_keys_bound_to_an_action_that_has_another_id_now_stay_bound(path: Path):
    path.parent.mkdir()
    path.write_text(json.dumps({"shortcuts": {"unroll_right": ["F2"], "paint": []}}))
    assert Settings(path).get("shortcuts") == {"auto_extend_right": ["F2"], "paint": []}


def test_what_is_handed_out_is_a_copy(path: Path):
    settings = Settings(path)
    settings.get("recent").append("x")
    assert settings.get("recent") == [] == DEFAULTS["recent"]


def test_recent_files_the_latest_first_and_only_once(path: Path):
    settings = Settings(path)
    for number in (*range(RECENT + 3), 5):
        settings.remember_file(Path(f"/pictures/{number}.handscroll"))
    recent = settings.get("recent")
    assert recent[0].endswith("5.handscroll") and len(recent) == RECENT == len(set(recent))
    settings.forget_file(recent[0])
    assert len(settings.get("recent")) == RECENT - 1


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path):
    (tmp_path / "file").write_text("")
    settings = Settings(tmp_path / "file" / "settings.json")
    settings.set("snap", False)
    assert settings.get("snap") is False and "cannot be written" in settings.problem
