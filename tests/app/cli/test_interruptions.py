"""Paintings that are interrupted or killed, and go on to the same picture; variants that share batches."""

import signal

import pytest

from tests.app.cli.interrupting import interrupt_after, kill_in_the_midst


@pytest.mark.parametrize(("batches", "number", "code"), [(1, signal.SIGINT, 130), (3, signal.SIGTERM, 143)])
def test_interrupted_and_resumed_equals_uninterrupted(studio, monkeypatch, batches, number, code):
    source, whole, out = studio.picture(), studio.folder / "whole.png", studio.folder / "out.png"
    sides = ("--left", 20, "--right", 20, "--down", 7)
    assert studio.outpaint(source, whole, *sides).code == 0
    interrupt_after(monkeypatch, batches, number)
    stopped = studio.outpaint(source, out, *sides)
    assert stopped.code == code and f"kept in {out}.journal" in stopped.err and not stopped.out
    assert not out.exists()
    journal = studio.folder / "out.png.journal"
    journal.write_bytes(journal.read_bytes() + b'{"patches": [{"pla')  # torn by a kill
    figures = studio.outpaint(source, out, *sides, "--resume", "--json").figures
    assert out.read_bytes() == whole.read_bytes()
    assert figures["seconds_to_first_patch"] > 0 and studio.left_behind() == {"in.png", "out.png", "whole.png"}


def test_killed_and_resumed_equals_uninterrupted(studio):
    """A real process, a real SIGKILL."""
    source, whole, out = studio.picture(), studio.folder / "whole.png", studio.folder / "out.png"
    rest = ("--model", studio.model, "--device", "cpu", "--left", 40, "--right", 60)
    journal = studio.folder / "out.png.journal"
    kill_in_the_midst(journal, 2, "outpaint", source, "-o", out, *rest)
    assert journal.exists() and not out.exists()
    assert studio.outpaint(source, out, *rest[4:], "--resume").code == 0
    assert studio.outpaint(source, whole, *rest[4:]).code == 0
    assert out.read_bytes() == whole.read_bytes()


def test_a_journal_of_another_painting_is_not_continued_but_replaced(studio, monkeypatch):
    source, out = studio.picture(), studio.folder / "out.png"
    with monkeypatch.context() as patch:
        interrupt_after(patch, 1)
        assert studio.outpaint(source, out, "--right", 30).code == 130
    studio.outpaint(source, out, "--right", 30, "--seed", 1, "--resume").told(1, "another painting", "--resume")
    assert studio.outpaint(source, out, "--right", 30, "--seed", 1).code == 0
    assert studio.left_behind() == {"in.png", "out.png"}


def test_resume_takes_finished_variants_as_they_are(studio, monkeypatch):
    source, out = studio.picture(), studio.folder / "out.png"
    interrupt_after(monkeypatch, 3)  # two patches, one after another: in the second variant
    arguments = (source, out, "--right", 20, "--variants", 2)
    assert studio.outpaint(*arguments).code == 130
    first = (studio.folder / "out-1.png").stat()
    figures = studio.outpaint(*arguments, "--resume", "--json").figures
    assert (studio.folder / "out-1.png").stat().st_mtime_ns == first.st_mtime_ns
    assert "already finished" in figures["notes"][0] and figures["known_unchanged"]
    assert studio.left_behind() == {"in.png", "out-1.png", "out-2.png"}


def test_resume_without_a_journal_begins_anew(studio):
    ended = studio.outpaint(studio.picture(), studio.folder / "out.png", "--right", 3, "--resume")
    assert ended.code == 0 and "started from the beginning" in ended.err


# ---- variants in shared batches


@pytest.fixture
def four_threads(monkeypatch) -> list[int]:
    """Four threads compute; how many patches are drawn in each batch."""
    import torch

    from engine.inference import token_drawing

    batches, begun = [], token_drawing.GuidedStates
    monkeypatch.setattr(torch, "get_num_threads", lambda: 4)
    monkeypatch.setattr(token_drawing, "GuidedStates", lambda *given: batches.append(len(given[1])) or begun(*given))
    return batches


def test_variants_that_share_batches_are_the_pictures_that_each_is_alone(studio, four_threads):
    source, out = studio.picture(), studio.folder / "out.png"
    figures = studio.outpaint(source, out, "--right", 20, "--exemplar", 0, "--variants", 3, "--json").figures
    assert [v["seed"] for v in figures["variants"]] == [0, 1, 2] and max(four_threads) > 1
    assert figures["seconds_per_256"] > 0 and figures["known_unchanged"]
    four_threads.clear()
    for n in range(3):
        studio.outpaint(source, out, "--right", 20, "--exemplar", 0, "--seed", n)
        assert out.read_bytes() == (studio.folder / f"out-{n + 1}.png").read_bytes()
    assert max(four_threads) == 1, "each picture has one patch to a level"


def test_all_variants_that_are_being_painted_are_kept_and_go_on(studio, monkeypatch, four_threads):
    source, out = studio.picture(), studio.folder / "out.png"
    arguments = (source, out, "--right", 20, "--exemplar", 0, "--variants", 3)
    assert studio.outpaint(*arguments).code == 0
    whole = [(studio.folder / f"out-{n}.png").read_bytes() for n in (1, 2, 3)]
    for n in (1, 2, 3):
        (studio.folder / f"out-{n}.png").unlink()
    with monkeypatch.context() as patch:
        interrupt_after(patch, 1)
        ended = studio.outpaint(*arguments)
    assert ended.code == 130 and ended.err.count("1 of 2 patches are kept in") == 2
    assert studio.outpaint(*arguments, "--resume").code == 0
    assert [(studio.folder / f"out-{n}.png").read_bytes() for n in (1, 2, 3)] == whole
    assert studio.left_behind() == {"in.png", "out-1.png", "out-2.png", "out-3.png"}
