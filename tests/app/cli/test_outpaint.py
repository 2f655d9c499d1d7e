"""`handscroll outpaint` and its kin, run in this process with a tiny model: what was asked for is what is written."""

import json
import shutil

import numpy as np
import pytest
from PIL import Image

from engine.media.images import read_recipe
from tests.app.cli.interrupting import interrupt_after

KEYS = {
    "size", "patches", "levels", "seconds", "seconds_per_256", "seconds_to_first_patch", "peak_memory_mib", "device",
    "model", "seed", "known_unchanged", "seam", "peak_pool", "peak_pool_mib", "output", "notes", "prompts",
    "sharpness", "scale", "exemplar", "edge", "borders",
}  # fmt: skip


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


# ---- what is followed, and kept


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
