"""Whatever is wrong with pictures, numbers, places and weights: one clear line, the right exit code, no broken file."""

import json
import shutil

import numpy as np
import pytest
from PIL import Image


def damage(path, part: float = 0.5):
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * part)])


# ---- pictures


def test_unreadable_pictures_are_told(studio):
    out = studio.folder / "out.png"
    text = studio.folder / "text.png"
    text.write_text("no picture")
    studio.outpaint(text, out, "--right", 3).told(1, "text.png", "not a picture")
    studio.outpaint(studio.folder / "none.png", out, "--right", 3).told(1, "does not exist")
    studio.outpaint(studio.folder, out, "--right", 3).told(1, "is a folder")
    torn = studio.picture(name="torn.png")
    damage(torn)
    studio.outpaint(torn, out, "--right", 3).told(1, "damaged")
    assert not out.exists()


def _sixteen_bit_grey(path):
    Image.fromarray(np.linspace(0, 65535, 16 * 16).reshape(16, 16).astype(np.uint16)).save(path)


def _cmyk(path):
    Image.new("CMYK", (16, 16), (10, 20, 30, 40)).save(path)


def _lying_on_its_side(path):
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", (20, 16), "red").save(path, exif=exif)


def _animated(path):
    frames = [Image.new("RGB", (16, 16), colour) for colour in ("red", "green", "blue")]
    frames[0].save(path, save_all=True, append_images=frames[1:])


@pytest.mark.parametrize(
    ("name", "make", "size", "note"),
    [
        ("grey.png", _sixteen_bit_grey, [19, 16], "16 bits"),
        ("print.tif", _cmyk, [19, 16], "CMYK"),
        ("side.jpg", _lying_on_its_side, [19, 20], "upright"),
        ("moving.gif", _animated, [19, 16], "first of 3 frames"),
    ],
)
def test_unusual_pictures_are_painted_with_a_note(studio, name, make, size, note):
    make(studio.folder / name)
    ended = studio.outpaint(studio.folder / name, studio.folder / "out.png", "--right", 3, "--json")
    assert ended.figures["size"] == size and ended.figures["known_unchanged"]
    assert note in ended.figures["notes"][0] and note in ended.err


def test_one_pixel_and_thirty_thousand(studio):
    out = studio.folder / "out.png"
    assert studio.outpaint(studio.picture(1, 1), out, "--right", 2, "--json").figures["size"] == [3, 1]
    figures = studio.outpaint(studio.picture(30000, 16), out, "--right", 16, "--json").figures
    assert figures["size"] == [30016, 16] and figures["patches"] == 1 and figures["known_unchanged"]


def test_a_jpeg_tells_that_it_is_not_exact(studio):
    figures = studio.outpaint(studio.picture(), studio.folder / "out.jpg", "--right", 3, "--json").figures
    assert figures["known_unchanged"] and "JPEG" in figures["notes"][0]


# ---- numbers


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        ("", "nothing to paint"),
        ("--right 0 --left 0", "nothing to paint"),
        ("--size 10x10 --at -2,-2", "nothing to paint"),
        ("--right -5", "--right"),
        ("--right 1.5", "--right"),
        ("--right 4 --size 30x30", "not both"),
        ("--at 3,3", "--size"),
        ("--size 30", "--size"),
        ("--size 0x30", "--size"),
        ("--size 30x30 --at -40,0", "outside"),
        ("--size 100000x100000", "too large"),
        ("--right 999999999999", "too large"),
        ("--right 4 --temperature 0", "--temperature"),
        ("--right 4 --temperature nan", "--temperature"),
        ("--right 4 --top-p 1.5", "--top-p"),
        ("--right 4 --top-k -1", "--top-k"),
        ("--right 4 --variants 0", "--variants"),
        ("--right 4 --seed x", "--seed"),
        ("--right 4 --device tpu", "--device"),
        ("--right 4 --order spiral", "--order"),
        ("--right 4 --unknown", "--unknown"),
    ],
)
def test_numbers_that_cannot_be_meant_are_wrong_usage(studio, arguments, word):
    studio.outpaint(studio.picture(), studio.folder / "out.png", *arguments.split()).told(2, word)
    assert studio.left_behind() == {"in.png"}


@pytest.mark.parametrize(
    "arguments",
    ["", "--left 5", "--size 9x9 --known 9x9 --at 9,9", "--size 9x9 --patch 0", "--size 9x9 --extent 1", "--size 9"],
)
def test_plans_that_cannot_be_meant_are_wrong_usage(studio, arguments):
    studio.run("plan", *arguments.split()).told(2)
    studio.run("plan", "--size", "999999x999999", "--patch", 1).told(2, "patches")


@pytest.mark.parametrize(
    "arguments",
    ["paint", "train", "train tokenizer", "train tokenizer --data x -o y", "train tokenizer --data x -o y --steps 0"],
)
def test_commands_that_do_not_exist_are_wrong_usage(studio, arguments):
    studio.run(*arguments.split()).told(2)


# ---- places


def test_outputs_that_cannot_be_written_are_told_first(studio):
    source = studio.picture()
    studio.outpaint(source, studio.folder / "no" / "out.png", "--right", 3).told(1, "does not exist")
    studio.outpaint(source, studio.folder, "--right", 3).told(1, "is a folder")
    studio.outpaint(source, studio.folder / "out.xyz", "--right", 3).told(1, "suffixes")
    studio.outpaint(source, studio.folder / ("o" * 300 + ".png"), "--right", 3).told(1, "not written")
    studio.outpaint(source, studio.folder / "out.webp", "--right", 20000).told(1, "too large for .webp")
    studio.outpaint(source, source, "--right", 3).told(2, "another name")
    assert studio.left_behind() == {"in.png"}


def test_folders_that_are_not_there_are_told(studio):
    none = studio.folder / "none"
    studio.run("evaluate", "--data", none).told(1, "not a folder")
    studio.run("train", "tokenizer", "--data", none, "-o", studio.folder, "--steps", 1).told(1, "not a folder")
    studio.run("train", "recipe", none).told(1, "not a recipe")


# ---- models


def test_broken_and_foreign_models_are_told(studio):
    source, out, model = studio.picture(), studio.folder / "out.png", studio.folder / "model"

    def told(*words):
        studio.run("outpaint", source, "-o", out, "--right", 3, "--model", model, "--device", "cpu").told(1, *words)

    told("There is no model")
    shutil.copytree(studio.model, model)
    damage(model / "decoder.safetensors")
    told("damaged")
    (model / "decoder.safetensors").unlink()
    told("missing")
    shutil.copy(studio.model / "tokenizer.safetensors", model / "decoder.safetensors")
    told("another model")
    (model / "config.json").write_text(json.dumps({"architectures": ["Other"]}))
    told("config.json")
    assert studio.left_behind() == {"in.png", "model"}


def test_cuda_without_a_device_is_told(studio, monkeypatch):
    monkeypatch.setattr("torch.cuda.is_available", lambda: False)
    out = studio.folder / "out.png"
    asked = ("outpaint", studio.picture(), "-o", out, "--right", 3, "--model", studio.model, "--device", "cuda")
    studio.run(*asked).told(1, "No CUDA device")
    assert studio.left_behind() == {"in.png"}
