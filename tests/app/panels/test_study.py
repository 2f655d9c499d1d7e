"""The study panel and the menu of models: what the artist asks for, what is seen, what is told."""

import json
import shutil
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QInputDialog, QMessageBox, QPushButton

from app.jobs.model_library import SUFFIX
from app.jobs.model_registry import SHIPPED, find, own_models
from app.panels.models import ModelsPanel
from app.panels.study import StudyPanel


@pytest.fixture
def panel(studio):
    studio.engine._timer.setInterval(2)
    return studio.show(StudyPanel(studio.session))


@pytest.fixture
def own(studio) -> str:
    shutil.copytree(SHIPPED / "starter", own_models() / "hills")
    studio.session.refresh_models()
    return "hills"


def current(studio):
    return studio.session.model_manager.studies.current


def test_the_picture_on_the_canvas_is_learned(studio, panel):
    assert not panel.asking.begin.isEnabled(), "there is nothing yet"
    studio.place("Hills")
    studio.until(lambda: "Hills" in panel.asking.what.text() and panel.asking.begin.isEnabled())
    assert panel.asking.name.placeholderText() == "Hills"
    panel.asking.begin.click()
    study = current(studio)
    assert not studio.failures and study.request.name == "Hills" and Path(study.request.pictures[0]).is_file()
    studio.until(lambda: panel.under_way.isVisible() and not panel.asking.isVisible())
    studio.until(lambda: len(panel.under_way.curve.points) > 3 and panel.under_way.sample.isVisible())
    panel.grab()
    studio.until(lambda: panel.under_way.title.text() == "“Hills” is learned")
    assert not Path(study.request.pictures[0]).exists(), "the copy of the canvas is no longer wanted"
    panel.under_way.use.click()
    assert studio.session.options.model == "Hills"
    panel.under_way.away.click()
    studio.until(lambda: not panel.under_way.isVisible() and panel.asking.isVisible())


def test_paused_gone_on_with_and_stopped(studio, panel):
    studio.place("Hills")
    panel.refresh()
    panel.asking.minutes.setValue(3)
    panel.asking.name.setText("by the pool")
    panel.asking.begin.click()
    assert current(studio).request.minutes == 3
    studio.until(lambda: panel.under_way.go.isVisible())
    panel.under_way.go.click()
    studio.until(lambda: panel.under_way.title.text() == "“by the pool” waits" and panel.under_way.go.text() == "Go on")
    panel.under_way.go.click()
    studio.until(lambda: current(studio).state == "learning" and current(studio).seconds > 0)
    studio.until(lambda: panel.under_way.stop.isVisible())
    panel.under_way.stop.click()
    studio.until(lambda: panel.under_way.title.text() == "“by the pool” is learned")


def test_files_and_folders_are_chosen(studio, panel, tmp_path, monkeypatch):
    for name in ("a.png", "b.png"):
        (tmp_path / name).touch()
    names = [str(tmp_path / "a.png"), str(tmp_path / "b.png")]
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: (names, ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    pictures, films, folder, canvas = panel.asking._menu.actions()
    pictures.trigger()
    assert panel.asking.what.text() == "2 files" and panel.asking.name.placeholderText() == "a"
    names[:] = [str(tmp_path / "c.mp4")]
    films.trigger()
    assert panel.asking.what.text() == "c.mp4" and panel.asking.base.currentText() == "film"
    folder.trigger()
    assert panel.asking.what.text() == tmp_path.name and panel.asking.base.currentText() == "starter"
    canvas.trigger()
    assert panel.asking.what.text() == "All that is on the canvas"


def test_a_name_that_is_taken_is_told_and_nothing_begins(studio, panel, own):
    studio.place("Hills")
    panel.refresh()
    panel.asking.name.setText("hills")
    panel.asking.begin.click()
    assert current(studio) is None and "already" in studio.failures[-1]


def test_studies_that_wait_are_listed(studio, panel):
    waiting = own_models().parent / "studies" / "pool"
    waiting.mkdir(parents=True)
    asked = {"pictures": ["x.png"], "name": "pool", "out": "o", "work": str(waiting), "base": "b"}
    (waiting / "study.json").write_text(json.dumps({"facts": {}, "asked": asked}))
    (waiting.parent / "damaged").mkdir()
    (waiting.parent / "damaged" / "study.json").write_text("?")
    panel.refresh()
    assert [request.name for request in panel._shown] == ["pool"]
    studio.session.model_manager.studies.give_up(panel._shown[0])
    studio.until(lambda: panel._shown == [] and not waiting.exists())


# ---- models as files


def test_a_model_is_exported_imported_renamed_and_deleted(studio, own, tmp_path, monkeypatch):
    panel = studio.show(ModelsPanel(studio.session))
    panel.refresh()
    panel.list.choose(own)
    panel._show_chosen()
    menu, file = panel.menu, tmp_path / "given away"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file), ""))
    menu.export.trigger()
    file = file.with_name(file.name + SUFFIX)
    assert file.is_file() and not studio.failures
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(file), ""))
    menu.take_in.trigger()
    studio.until(lambda: find("starter 2") is not None)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    menu.take_folder.trigger()
    assert "no config.json" in studio.failures[-1]
    monkeypatch.setattr(QInputDialog, "getText", lambda *_, **__: ("pool", True))
    studio.session.set_options(model="hills")
    menu.name.trigger()
    assert find("pool") and not find("hills") and studio.session.options.model == "pool"
    press(monkeypatch, "Go Back")
    panel.refresh()
    panel.list.choose("pool")
    panel._show_chosen()
    menu.delete_.trigger()
    assert find("pool")
    press(monkeypatch, "Delete")
    menu.delete_.trigger()
    assert not find("pool") and studio.session.options.model == "starter"


def press(monkeypatch, words: str) -> None:
    """The button of the next question."""

    def answer(box: QMessageBox) -> None:
        button = next(each for each in box.buttons() if each.text() == words)
        monkeypatch.setattr(QMessageBox, "clickedButton", lambda _: button)

    monkeypatch.setattr(QMessageBox, "exec", answer)


def test_what_came_with_the_program_stays(studio):
    panel = studio.show(ModelsPanel(studio.session))
    panel.refresh()
    panel.list.choose("starter")
    panel._show_chosen()
    assert panel.menu.export.isEnabled() and not panel.menu.delete_.isEnabled() and not panel.menu.name.isEnabled()
    assert isinstance(panel.use, QPushButton)
