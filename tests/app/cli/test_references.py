"""Words choose pictures to paint from; folders and files can be named instead."""

import numpy as np
from PIL import Image

from engine.media.images import read_recipe


def generated(studio, *words, size="40x32", name="out.png"):
    where = ("generate", "--size", size, "-o", studio.folder / name, "--model", studio.model, "--device", "cpu")
    return studio.run(*where, *words)


def own_folder(studio):
    folder = studio.folder / "mine"
    folder.mkdir(exist_ok=True)
    rng = np.random.default_rng(0)
    for name in ("barn", "pond"):
        rows = np.where(np.arange(64)[:, None, None] < 30, 200, rng.integers(20, 120, (64, 96, 1)))
        Image.fromarray(rows.repeat(3, 2).astype(np.uint8)).resize((96, 64)).save(folder / f"{name}.png")
    return folder


def test_words_choose_pictures_and_the_recipe_names_them_with_their_shares(studio):
    figures = generated(studio, "--prompt", "winter xylophone", "--json").figures
    told = figures["exemplar"]["references"]
    assert 2 <= len(told) <= 4 and 0 < sum(each["share"] for each in told) <= 1.0001
    assert figures["notes"] == [
        "No picture that can be painted from is known by “xylophone”.",
        *figures["notes"][1:],
    ]
    kept = read_recipe(studio.folder / "out.png")
    assert kept and [name for name, _ in kept["taken_from"]] == [each["name"] for each in told]


def test_without_words_or_with_none_the_model_paints_alone(studio):
    assert generated(studio, "--json").figures["exemplar"] is None
    assert generated(studio, "--prompt", "winter", "--references", "none", "--json").figures["exemplar"] is None
    assert generated(studio, "--prompt", "winter", "--exemplar", "0", "--json").figures["exemplar"] is None


def test_a_folder_of_ones_own_is_painted_from(studio):
    folder = own_folder(studio)
    told = generated(studio, "--references", folder, "--json").figures["exemplar"]["references"]
    assert {each["name"] for each in told} <= {"barn", "pond"}
    ended = generated(studio, "--prompt", "xylophone", "--references", folder)
    assert ended.code == 1 and "fits the prompt" in ended.err
    assert "There are no pictures in" in generated(studio, "--references", studio.folder / "nowhere").err


def test_a_painting_from_words_is_finished_to_the_same_picture(studio):
    whole = generated(studio, "--prompt", "night", name="whole.png")
    again = generated(studio, "--prompt", "night", name="again.png")
    assert whole.code == again.code == 0
    assert (studio.pixels(studio.folder / "whole.png") == studio.pixels(studio.folder / "again.png")).all()


def test_a_picture_is_gone_on_with_in_another_hand(studio):
    source, folder = studio.picture(64, 48), own_folder(studio)
    figures = studio.outpaint(
        source, studio.folder / "out.png", "--right", 32, "--exemplar-from", folder / "barn.png", folder / "pond.png",
        "--json",
    ).figures  # fmt: skip
    assert {each["name"] for each in figures["exemplar"]["references"]} == {"barn", "pond"}
    assert figures["known_unchanged"] is True
