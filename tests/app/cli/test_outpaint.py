"""`handscroll outpaint` and its kin, run in this process with a tiny model: what was asked for is what is written."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time

import numpy as np
import pytest
from PIL import Image

from app.cli import main
from app.cli.journal import Journal
from engine.media.images import read_recipe
from engine.training.trainer import Budget

KEYS = {
    "size", "patches", "levels", "seconds", "seconds_per_256", "seconds_to_first_patch", "peak_memory_mib", "device",
    "model", "seed", "known_unchanged", "seam", "peak_pool", "peak_pool_mib", "output", "notes", "prompts",
    "sharpness", "scale", "exemplar", "edge", "borders",
}  # fmt: skip


def interrupt_after(monkeypatch: pytest.MonkeyPatch, batches: int, number: int = signal.SIGINT) -> None:
    """The signal comes when so many batches are in the journal."""
    append = Journal.append
    left = iter(range(batches - 1, -1, -1))

    def counted(self, batch):
        append(self, batch)
        if next(left, -1) == 0:
            os.kill(os.getpid(), number)

    monkeypatch.setattr(Journal, "append", counted)


# ---- painting


def test_odd_extensions_are_painted_exactly_and_known_pixels_stay(studio):
    source, out = studio.picture(19, 13), studio.folder / "out.png"
    figures = studio.outpaint(source, out, "--left", 5, "--right", 9, "--up", 3, "--down", 1, "--json").figures
    result = studio.pixels(out)
    assert result.shape == (17, 33, 3) and figures["size"] == [33, 17]
    assert (result[3:16, 5:24] == studio.pixels(source)).all() and figures["known_unchanged"] is True
    assert set(figures) == KEYS and set(figures["seam"]) == {"left", "right", "up", "down"}
    assert figures["model"] == "tiny" and figures["patches"] > 0 and figures["seconds_per_256"] > 0
    assert studio.left_behind() == {"in.png", "out.png"}


def test_size_and_place_may_cut_the_picture(studio):
    source, out = studio.picture(40, 16), studio.folder / "out.webp"
    figures = studio.outpaint(source, out, "--size", "37x16", "--at", "-20,0", "--json").figures
    assert (studio.pixels(out)[:, :20] == studio.pixels(source)[:, 20:]).all()
    assert figures["size"] == [37, 16] and figures["known_unchanged"] and figures["seam"]["left"] is None


def test_variants_are_paintings_with_the_next_seeds(studio):
    source, out = studio.picture(), studio.folder / "out.png"
    figures = studio.outpaint(source, out, "--right", 8, "--seed", 3, "--variants", 2, "--json").figures
    assert [v["seed"] for v in figures["variants"]] == [3, 4]
    assert [v["output"] for v in figures["variants"]] == [str(studio.folder / f"out-{n}.png") for n in (1, 2)]
    assert studio.left_behind() == {"in.png", "out-1.png", "out-2.png"}
    studio.outpaint(source, out, "--right", 8, "--seed", 4)
    assert out.read_bytes() == (studio.folder / "out-2.png").read_bytes()
    assert (studio.pixels(out) != studio.pixels(studio.folder / "out-1.png")).any()


def test_transparent_parts_are_painted_without_any_extension(studio):
    rgba = studio.noise(32, 16, 4)
    rgba[..., 3] = 255
    rgba[3:14, 5:20, 3] = 254
    Image.fromarray(rgba).save(studio.folder / "in.png")
    figures = studio.outpaint(studio.folder / "in.png", studio.folder / "out.png", "--json").figures
    result, known = studio.pixels(studio.folder / "out.png"), rgba[..., 3] == 255
    assert (result[known] == rgba[known][:, :3]).all() and (result != rgba[..., :3]).any()
    assert figures["known_unchanged"] and "will be painted" in figures["notes"][0]


def test_the_recipe_is_in_the_png(studio):
    source, out = studio.picture(), studio.folder / "out.png"
    ended = studio.outpaint(source, out, "--right", 3, "--temperature", 0.5, "--top-k", 5, "--top-p", 0.9)
    recipe = read_recipe(out)
    assert ended.code == 0 and str(out) in ended.out and recipe is not None
    assert (recipe["temperature"], recipe["top_k"], recipe["top_p"]) == (0.5, 5, 0.9)
    assert recipe["target"] == [0, 0, 22, 16] and recipe["picture"]["name"] == "in.png"


def test_the_recipe_has_what_the_model_samples_best_with(studio):
    folder, out = studio.folder / "choosy", studio.folder / "out.png"
    shutil.copytree(studio.model, folder)
    config = json.loads((folder / "config.json").read_text())
    (folder / "config.json").write_text(json.dumps({**config, "sampling": {"top_p": 0.4, "min_p": 0.1}}))
    recipes = []
    for choices in ((), ("--top-p", 1), ("--min-p", 0)):
        assert studio.outpaint(studio.picture(), out, "--right", 3, "--model", folder, *choices).code == 0
        recipes.append(read_recipe(out))
    assert [(r["top_p"], r.get("min_p", 0)) for r in recipes] == [(0.4, 0.1), (1.0, 0.1), (0.4, 0)]


# ---- words


def test_words_steer_and_are_in_the_recipe(studio):
    source, plain, out = studio.picture(), studio.folder / "plain.png", studio.folder / "out.png"
    studio.outpaint(source, plain, "--right", 40)
    figures = studio.outpaint(source, out, "--right", 40, "--prompt", "stormy sea", "--guidance", 2, "--json").figures
    assert figures["prompts"] == ["stormy sea"] and figures["known_unchanged"]
    assert (studio.pixels(out) != studio.pixels(plain)).any()
    recipe = read_recipe(out)
    assert recipe is not None and recipe["prompts"] == [["stormy sea", None]] and recipe["guidance"] == 2
    places = ("--prompt-at", "0,0:winter", "--prompt-at", "-20,40:summer")
    assert studio.outpaint(source, out, "--right", 40, *places, "--json").figures["prompts"] == ["winter", "summer"]


@pytest.mark.parametrize("prompt", ["", "   ", "x" * 10_000, "山水 зима 🌊", "\n\t"])
def test_prompts_of_any_kind_are_read(studio, prompt):
    ended = studio.run(*generated(studio, "16x16"), "--prompt", prompt, "--json")
    assert ended.figures["size"] == [16, 16]
    assert any("only the first 77" in note for note in ended.figures["notes"]) == (len(prompt) > 1000)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--prompt-at", "winter"), "not a position with a prompt"),
        (("--prompt-at", "here:winter"), "not a position"),
        (("--prompt", "a", "--prompt-at", "1,1:b"), "not both"),
        (("--guidance", "0"), "above 0"),
    ],
)
def test_words_that_cannot_be_meant_are_told(studio, words, told):
    ended = studio.run(*generated(studio, "16x16"), *words)
    assert ended.code == 2 and told in ended.err and not studio.left_behind()


def generated(studio, size, name="out.png"):
    return ("generate", "--size", size, "-o", studio.folder / name, "--model", studio.model, "--device", "cpu")


def test_a_picture_is_painted_from_nothing_at_any_size(studio):
    figures = studio.run(*generated(studio, "37x18"), "--prompt", "winter", "--json").figures
    assert studio.pixels(studio.folder / "out.png").shape == (18, 37, 3)
    assert figures["seam"] == {"left": None, "right": None, "up": None, "down": None} and figures["patches"] == 6
    assert "picture" not in (read_recipe(studio.folder / "out.png") or {"picture": 0})


def test_generating_goes_on_after_an_interruption_to_the_same_picture(studio, monkeypatch):
    assert studio.run(*generated(studio, "60x40", "whole.png")).code == 0
    interrupt_after(monkeypatch, 2)
    assert studio.run(*generated(studio, "60x40")).code == 130
    assert studio.run(*generated(studio, "60x40"), "--resume").code == 0
    assert (studio.folder / "out.png").read_bytes() == (studio.folder / "whole.png").read_bytes()


def test_a_large_picture_lies_in_a_file_while_it_is_painted(studio, monkeypatch):
    assert studio.run(*generated(studio, "60x40", "whole.png")).code == 0
    monkeypatch.setattr("app.cli.painting.IN_MEMORY", 1000)
    assert studio.run(*generated(studio, "60x40")).code == 0
    assert (studio.folder / "out.png").read_bytes() == (studio.folder / "whole.png").read_bytes()
    assert studio.left_behind() == {"out.png", "whole.png"}


# ---- interruption


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
    command = [sys.executable, "-m", "app", "outpaint", source, "-o", out, *rest]
    journal = studio.folder / "out.png.journal"
    with subprocess.Popen([*map(str, command)], stderr=subprocess.PIPE) as process:
        deadline = time.monotonic() + 600  # on a machine that is busy with other things
        while time.monotonic() < deadline and process.poll() is None:
            if journal.exists() and journal.read_bytes().count(b"\n") >= 2:
                break
            time.sleep(0.01)
        process.kill()
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


# ---- the other commands


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


# ---- study


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
    import numpy as np

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


def test_what_a_picture_says_of_itself_goes_on(studio):
    exif = Image.Exif()
    exif[0x010E], exif[0x8298], exif[0x0112] = "my caption", "(c) me", 1
    picture = studio.picture(name="in.jpg", exif=exif, dpi=(300, 300))
    for ending in ("jpg", "png", "tif"):
        out = studio.folder / f"out.{ending}"
        assert studio.outpaint(picture, out, "--right", 3).code == 0
        with Image.open(out) as image:
            assert tuple(map(round, image.info["dpi"])) == (300, 300)
            assert (image.getexif()[0x010E], image.getexif()[0x8298]) == ("my caption", "(c) me")


def test_unknown_words_are_said_and_cost_nothing(studio):
    picture = studio.picture()
    plain = studio.outpaint(picture, studio.folder / "plain.png", "--right", 9, "--seed", 3)
    more = ("--right", 9, "--seed", 3, "--prompt", "qwzx 冬 vjkpt")
    asked = studio.outpaint(picture, studio.folder / "asked.png", *more)
    assert plain.code == 0 and "None of these words is known" in asked.err
    assert np.array_equal(studio.pixels(studio.folder / "plain.png"), studio.pixels(studio.folder / "asked.png"))


def test_the_picture_is_followed_as_far_as_is_asked(studio):
    source, out = studio.picture(128, 96), studio.folder / "out.png"
    figures = studio.outpaint(source, out, "--right", 40, "--json").figures
    assert figures["exemplar"]["strength"] == 1 and figures["exemplar"]["sources"] > 0 and figures["scale"] >= 1
    assert figures["sharpness"]["right"] > 0 and figures["sharpness"]["left"] is None
    followed = studio.pixels(out)
    half = studio.outpaint(source, out, "--right", 40, "--json", "--scale", 2, "--not-from", "0,0,64,96").figures
    assert half["scale"] == 2 and half["exemplar"]["sources"] < figures["exemplar"]["sources"]
    alone = studio.outpaint(source, out, "--right", 40, "--json", "--exemplar", 0).figures
    assert alone["exemplar"] is None and alone["scale"] == 1 and (studio.pixels(out) != followed).any()


def test_a_picture_that_is_too_small_to_follow_is_said(studio):
    source, out = studio.picture(19, 13), studio.folder / "out.png"
    (note,) = studio.outpaint(source, out, "--right", 9, "--json").figures["notes"]
    assert "not followed" in note


@pytest.mark.parametrize(
    "wrong", [("--exemplar", "2"), ("--scale", "0.5"), ("--scale", "big"), ("--not-from", "1,2,3"), ("--lively", "-1")]
)
def test_wrong_ways_to_follow_are_told(studio, wrong):
    studio.run("outpaint", studio.picture(), "-o", studio.folder / "out.png", "--right", 8, *wrong).told(2, wrong[0])
