"""`outpaint --replace` and `--mask`: what they name is painted anew, and nothing else."""

import numpy as np
import pytest
from PIL import Image


def test_a_part_is_replaced_and_the_rest_stays_to_the_bit(studio):
    source, out = studio.picture(40, 24), studio.folder / "out.png"
    figures = studio.outpaint(source, out, "--replace", "8,6,12,10", "--feather", 2, "--json").figures
    changed = (studio.pixels(out) != studio.pixels(source)).any(2)
    outside = np.ones((24, 40), bool)
    outside[4:18, 6:22] = False
    assert figures["size"] == [40, 24] and figures["known_unchanged"] is True
    assert not changed[outside].any() and changed[6:16, 8:20].mean() > 0.9


def test_what_is_white_in_a_mask_is_replaced_with_a_picture_that_is_extended(studio):
    source, out, mask = studio.picture(40, 24), studio.folder / "out.png", studio.folder / "mask.png"
    form = np.zeros((24, 40), bool)
    form[4:20, 10:30] = np.tri(16, 20, dtype=bool)
    Image.fromarray(form).save(mask)
    arguments = "--mask", mask, "--replace", "0,0,4,4", "--feather", 0, "--right", 8, "--json"
    assert studio.outpaint(source, out, *arguments).figures["size"] == [48, 24]
    form[:4, :4] = True
    changed = (studio.pixels(out)[:, :40] != studio.pixels(source)).any(2)
    assert not changed[~form].any() and changed[form].mean() > 0.9


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--replace", "400,0,8,8"), ("400,0,8,8", "40×24")),
        (("--replace", "0,0,8"), ("0,0,8",)),
        (("--mask", "small.png"), ("20×24", "40×24")),
        (("--mask", "black.png"), ("black.png", "white")),
        (("--mask", "none.png"), ("none.png",)),
        (("--replace", "0,0,8,8", "--feather", "65"), ("64",)),
        ((), ("nothing to paint", "replace")),
    ],
)
def test_what_cannot_be_meant_is_told(studio, arguments, words, monkeypatch):
    monkeypatch.chdir(studio.folder)
    for name, width in (("small.png", 20), ("black.png", 40)):
        Image.new("L", (width, 24)).save(studio.folder / name)
    ended = studio.outpaint(studio.picture(40, 24), studio.folder / "out.png", *arguments)
    ended.told(1 if "none.png" in arguments else 2, *words)


def test_a_panorama_closes_on_its_left_end(studio):
    source, out = studio.picture(40, 24), studio.folder / "out.png"
    figures = studio.outpaint(source, out, "--right", 24, "--wrap", "--json").figures
    assert figures["known_unchanged"] and figures["seam"]["right"] and figures["seam"]["left"]
    assert len(figures["borders"]) == 1
    plain = studio.folder / "plain.png"
    studio.outpaint(source, plain, "--right", 24)
    assert (studio.pixels(out)[:, 40:] != studio.pixels(plain)[:, 40:]).any()
    studio.outpaint(source, out, "--right", 24, "--left", 8, "--wrap").told(2, "--left or --right")
    notes = studio.outpaint(source, out, "--right", 24, "--up", 8, "--wrap", "--json").figures["notes"]
    assert "--wrap --replace 48,0,16,32" in " ".join(notes)
