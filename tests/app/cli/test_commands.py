"""The commands beside painting: plan, models, evaluate, train, help; and what goes wrong."""

import json
import subprocess
import sys

import numpy as np
import pytest

from app.cli import main
from engine.training.trainer import Budget


def test_without_a_display_the_commands_are_shown(studio, monkeypatch):
    for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    for arguments in ((), ("picture.png",)):
        ended = studio.run(*arguments)
        assert ended.code == 1 and "no display" in ended.err and "outpaint" in ended.out


def test_plan_numbers_the_patches(studio):
    asked = ("plan", "--known", "512x512", "--left", 256, "--right", 100, "--patch", 256, "--extent", "2,2")
    report = studio.run(*asked, "--json").figures
    assert report["count"] == 4 and report["critical_path"] >= 2 and report["peak_pool"] >= 1
    assert set(report["patches"][0]) == {
        "number", "column", "row", "frame", "known", "order", "strip", "level", "context"
    }  # fmt: skip
    assert "[1]" in studio.run(*asked).out
    same = studio.run("plan", "--known", "512x512", "--size", "868x512", "--at", "256,0", *asked[7:], "--json")
    assert same.figures == report


@pytest.mark.parametrize("added", [(0, 9, 0, 7), (1, 1, 1, 1), (3, 20, 0, 0)])
def test_plan_counts_what_outpaint_paints(studio, added: tuple[int, ...]):
    sides = [word for side, n in zip(("left", "right", "up", "down"), added, strict=True) for word in (f"--{side}", n)]
    planned = studio.run("plan", "--known", "19x16", *sides, "--model", studio.model, "--json").figures
    painted = studio.outpaint(studio.picture(), studio.folder / "out.png", *sides, "--json").figures
    assert planned["count"] == painted["patches"] and planned["critical_path"] == painted["levels"]


def test_plan_goes_by_the_model(studio):
    """The starter's patches are 128 px wide; before, 256 px were taken whatever the model."""
    assert studio.run("plan", "--size", "256x128", "--json").figures["count"] == 2
    studio.run("plan", "--size", "16x16", "--model", "none such").told(2, "none such", "handscroll models")


def test_plan_and_help_leave_torch_alone():
    code = "import sys; from app.cli import main; main(['plan', '--size', '512x512']); sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], stdout=subprocess.DEVNULL).returncode == 0


def test_help_reads_no_documents_and_a_window_no_commands():
    """Both were there later by what they did not need."""
    code = "import sys; from app.cli import main; main(['--help']); sys.exit('app.document' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], stdout=subprocess.DEVNULL).returncode == 0
    code = "import sys, app.cli, app.launch; sys.exit('app.cli.outpaint' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0


def test_models_lists_presets_with_their_parameters(studio):
    listing = studio.run("models", "--json").figures
    assert {p["name"] for p in listing["presets"]} >= {"tiny", "starter", "base", "large"}
    assert all(p["total"] == p["tokenizer"] + p["decoder"] > 0 for p in listing["presets"])
    assert "large" in studio.run("models").out


def test_an_unexpected_error_is_one_line_and_a_trace_on_request(studio, monkeypatch):
    def broken(*_: object) -> None:
        raise RuntimeError("two\nlines")

    monkeypatch.setattr("app.cli.plan.plan_report", broken)
    studio.run("plan", "--size", "16x16").told(1, "RuntimeError: two lines", "HANDSCROLL_TRACEBACK=1")
    monkeypatch.setenv("HANDSCROLL_TRACEBACK", "1")
    with pytest.raises(RuntimeError):
        main(["plan", "--size", "16x16"])


def test_exhausted_memory_is_told_with_advice(studio, monkeypatch):
    monkeypatch.setattr("app.cli.painting.blank", lambda *_: np.empty(2**60, np.uint8))
    studio.outpaint(studio.picture(), studio.folder / "out.png", "--right", 3).told(1, "smaller target", "--device cpu")
    assert studio.left_behind() == {"in.png"}


def test_evaluate_prints_what_the_report_says(studio, monkeypatch):
    report = {"bits": {"omega": 7.25, "zeta": None}, "seam": 1.0}
    monkeypatch.setattr("engine.evaluate.report.evaluate", lambda *_: report)
    asked = ("evaluate", "--data", studio.folder, "--model", studio.model, "--device", "cpu")
    assert studio.run(*asked, "--json").figures == report
    assert "omega" in studio.run(*asked).out


def test_train_hands_on_what_was_asked_and_speaks_on_stderr(studio, monkeypatch):
    asked: list[object] = []

    def noted(*arguments: object) -> None:
        asked.extend(arguments)
        print("step 1")

    monkeypatch.setattr("engine.training.recipe.train_decoder_command", noted)
    data, out = studio.folder, studio.folder / "run"
    arguments = ("--data", data, "-o", out, "--tokenizer", studio.model, "--preset", "tiny", "--steps", 3)
    ended = studio.run("train", "decoder", *arguments, "--loss", "accumulated")
    assert ended.code == 0 and not ended.out and "step 1" in ended.err
    assert asked == [data, out, studio.model, "tiny", Budget(steps=3), "auto", 0, "accumulated"]


def test_the_command_is_one_json_object_even_with_odd_names(studio):
    out = studio.folder / "größer 卷.png"
    ended = studio.outpaint(studio.picture(name="klein 山.png"), out, "--right", 1, "--json")
    assert json.loads(ended.out)["output"] == str(out) and ended.out.count("\n") == 1
