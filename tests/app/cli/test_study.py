"""`handscroll study`, and models as files."""

import os
import shutil
import signal

import numpy as np
import pytest


def studied(studio, *pictures, minutes=0.05, **options):
    extra = [part for key, value in options.items() for part in (f"--{key}", value)]
    paths = pictures or (studio.picture(160, 96, "hills.png"),)
    return studio.run(
        "study", *paths, "--minutes", minutes, "--base", studio.model, "--device", "cpu", *extra, "--json"
    )


@pytest.fixture
def own(studio, monkeypatch, tmp_path):
    """The artist's own models lie in a folder of the test's."""
    monkeypatch.setenv("HANDSCROLL_DATA", str(tmp_path / "data"))
    return tmp_path / "data" / "models"


def test_a_study_is_a_model_to_paint_with(studio, own):
    figures = studied(studio).figures
    assert figures["model"] == "hills" and (own / "hills" / "card.md").exists()
    assert figures["bits_after"] <= figures["bits_before"]
    [entry] = [m for m in studio.run("models", "--json").figures["models"] if m["name"] == "hills"]
    assert not entry["shipped"] and entry["words"]
    source, out = studio.picture(), studio.folder / "out.png"
    painted = studio.run("outpaint", source, "-o", out, "--right", 8, "--model", "hills", "--device", "cpu", "--json")
    assert painted.figures["model"] == "hills" and painted.figures["known_unchanged"]
    studied(studio).told_last("already", "another name")


def test_films_are_studied_from_the_film_model_on(studio, own):

    from app.jobs import model_library as library
    from engine.media.video import FilmWriter

    path = studio.folder / "still.mp4"
    with FilmWriter(path, (96, 80), 5) as film:
        for _ in range(8):
            film.add(np.full((80, 96, 3), 128, np.uint8))
    assert library.default_base([path]) == library.default_base([studio.folder]) == "film"
    assert library.default_base([studio.picture()]) == "starter"
    studied(studio, path).told_last("cannot learn from films", "film")


def test_what_cannot_be_studied_is_told(studio, own):
    studied(studio, studio.folder / "none.png").told_last("does not exist")
    studied(studio, studio.picture(9, 9, "dot.png")).told_last("too small")
    studied(studio, name="../x").told_last("cannot be the name")
    assert not own.exists() or not list(own.iterdir())


def test_an_interrupted_study_keeps_the_best_and_goes_on(studio, own, monkeypatch):
    from engine.training.trainer import TrainingRun

    update, left = TrainingRun.update, iter(range(4))

    def interrupting(run, *arguments, **options):
        update(run, *arguments, **options)
        if next(left, None) == 3:
            os.kill(os.getpid(), signal.SIGINT)

    monkeypatch.setattr(TrainingRun, "update", interrupting)
    stopped = studied(studio)
    assert stopped.code == 130 and "run the same command" in stopped.err and (own / "hills" / "config.json").exists()
    assert studied(studio).figures["model"] == "hills"


# ---- models as files


def test_models_are_exported_imported_renamed_and_deleted(studio, own):
    studied(studio)
    file = studio.folder / "hills.handscroll-model"
    assert studio.run("models", "export", "hills", "-o", file).code == 0
    assert studio.run("models", "import", file, "--name", "pool").code == 0
    assert studio.run("models", "rename", "pool", "by the pool").code == 0
    shown = studio.run("models", "show", "by the pool", "--json").figures
    assert len(shown["sha256"]) == 64 and shown["tasks"] == ["outpaint", "text"] and not shown["shipped"]
    assert studio.run("models", "show", "by the pool").out.startswith("name")
    assert studio.run("models", "delete", "by the pool").code == 0
    assert sorted(folder.name for folder in own.iterdir()) == ["hills"]


def test_what_cannot_be_done_with_models_is_told(studio, own):
    studied(studio)
    for words in (("show", "x"), ("export", "x", "-o", "y"), ("rename", "x", "y"), ("delete", "starter")):
        ended = studio.run("models", *words)
        assert ended.code == 1 and ended.err.count("\n") == 1, ended.err
    damaged = own / "damaged"
    shutil.copytree(own / "hills", damaged)
    weights = damaged / "decoder.safetensors"
    weights.write_bytes(weights.read_bytes()[:1000])
    studio.run("models", "import", damaged, "--name", "new").told_last("damaged", str(damaged))
    assert not (own / "new").exists()
