"""What version 0.1.0 (commit 32d13a0) has left is opened: a document, a film model, a study that is not finished."""

import os
import zipfile
from pathlib import Path

import numpy as np
import pytest

from app.data_folder import HOME
from app.document import Document
from engine.finetuning.study import study
from engine.models.checkpoint import load_model
from engine.study_request import StudyFinished, StudyRequest


@pytest.fixture
def old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    with zipfile.ZipFile(Path(__file__).parent / "old" / "0.1.0.zip") as samples:
        samples.extractall(tmp_path)
    monkeypatch.setenv(HOME, str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_an_old_document_is_opened(old: Path) -> None:
    document = Document.open(old / "old.handscroll")
    try:
        assert [layer.name for layer in document.layers.all()] == ["Picture", "Painted"]
        assert np.array_equal(document.read(document.bounds), np.load(old / "pixels.npy"))
        assert [job.request["prompt"] for job in document.jobs.all()] == ["a river"]
        assert [(clip.name, clip.length) for clip in document.timeline.clips()] == [("Clouds", 4)]
        assert not document.wraps
    finally:
        document.close()


def test_an_old_film_model_is_opened(old: Path) -> None:
    model = load_model(str(old / "model"), "cpu")
    assert model.config.name == "old" and {*model.parts} == {"tokenizer", "decoder", "guide"}


def test_an_old_study_goes_on(old: Path) -> None:
    """Its strokes are learned, so it goes on with the decoder where that was."""
    request = StudyRequest(("hills.png",), "hills", "result", "work", "base", minutes=0.05)
    events = list(study(request))
    assert isinstance(events[-1], StudyFinished) and events[-1].model == "result"
    assert load_model("result", "cpu").config.name == "hills"
    assert not os.path.exists("work")
