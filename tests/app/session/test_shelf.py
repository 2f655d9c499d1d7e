"""The shelf: words put pictures on it, the artist exchanges and pins them, and the document keeps them."""

from pathlib import Path

import pytest
from PIL import Image

from app.cli import generate, options, references
from app.cli.options import Parser
from app.document import Region
from app.jobs import request_codec as requests
from app.session import Session
from app.session.shelf import Shelf
from engine.request import Box, UserError

from .conftest import BESIDE, Studio

NOWHERE_NEAR = Box(0, 0, 256, 256)


def shelf_of(studio: Studio) -> Shelf:
    session: Session = studio.session
    return session.shelf


def red(folder: Path, name: str = "red.png") -> Path:
    Image.new("RGB", (96, 64), (200, 30, 30)).save(folder / name)
    return folder / name


def test_words_put_pictures_on_the_shelf_and_these_are_painted_from(studio: Studio) -> None:
    shelf = shelf_of(studio)
    assert not shelf.picks
    studio.session.set_options(prompt="winter xylophone")
    assert 2 <= len(shelf.picks) <= 4 and shelf.unknown == ("xylophone",)
    request = studio.session.painting.request(Region(NOWHERE_NEAR))
    assert [each.file for each in request.references] == [pick.file for pick in shelf.picks]
    assert request.exemplar == studio.session.options.exemplar and not request.known
    shelf.switch(False)
    assert studio.session.painting.request(Region(NOWHERE_NEAR)).references == ()


def test_one_is_exchanged_pinned_and_taken_off(studio: Studio) -> None:
    shelf = shelf_of(studio)
    studio.session.set_options(prompt="sea")
    before = shelf.picks
    shelf.exchange(1)
    assert shelf.picks[1].file not in {pick.file for pick in before}
    assert [pick.file for pick in shelf.picks[:1]] == [before[0].file]
    shelf.pin(1, True)
    kept = shelf.picks[1].file
    studio.session.set_options(prompt="a forest")
    assert shelf.picks[0].file == kept and shelf.picks[0].pinned and len(shelf.picks) > 1
    shelf.take_off(0)
    assert kept not in {pick.file for pick in shelf.picks}


def test_words_along_a_region_have_pictures_of_their_own(studio: Studio) -> None:
    studio.session.set_options(prompt="winter | spring")
    references = studio.session.painting.request(Region(NOWHERE_NEAR)).references
    assert {each.at for each in references} == {(64, 128), (192, 128)}


def test_beside_a_picture_they_are_taken_from_where_that_is_wanted(studio: Studio) -> None:
    studio.place()
    studio.session.set_options(prompt="winter")
    assert studio.session.painting.request(Region(BESIDE)).references == ()
    shelf_of(studio).switch_beside("both")
    request = studio.session.painting.request(Region(BESIDE))
    assert request.references and request.known and not request.not_from
    shelf_of(studio).switch_beside("shelf")
    request = studio.session.painting.request(Region(BESIDE))
    assert request.references and any(area.box.contains(request.known[0].box) for area in request.not_from)
    shelf_of(studio).switch(False)
    request = studio.session.painting.request(Region(BESIDE))
    assert not request.references and not request.not_from, "nothing else is there to take from"


def test_this_picture_is_what_the_region_touches(studio: Studio) -> None:
    studio.place()
    far = studio.place("far", 3000, 128)
    shelf_of(studio).switch_beside("picture")
    assert [area.box for area in studio.session.painting.request(Region(BESIDE)).not_from] == [
        studio.document.layers.box(far)
    ]


def test_words_paint_what_the_command_paints(studio: Studio) -> None:
    """But for the choice of pictures, which the window shows before there is a seed."""
    studio.session.set_options(prompt="winter", seed=0)
    asked = studio.session.painting.request(Region(NOWHERE_NEAR))
    parser = Parser()
    generate.add(parser.add_subparsers())
    args = parser.parse_args(["generate", "--size", "256x256", "--prompt", "winter", "--seed", "0", "-o", "a.png"])
    command = options.request_of(args, NOWHERE_NEAR)
    command = references.painted_from(args, command, references.chosen(args, command))
    assert [each.name for each in asked.references] == [each.name for each in command.references]
    fields = "target seed temperature top_p order prompts guidance exemplar scale lively wrap"
    for name in fields.split():  # of grain there is none where no picture is known
        assert getattr(asked, name) == getattr(command, name), name


def test_pictures_of_ones_own_stay_and_are_found_again_in_a_job(studio: Studio) -> None:
    picture = red(studio.folder)
    shelf_of(studio).add([picture, studio.folder / "missing.png"])
    studio.told("missing.png")
    (pick,) = shelf_of(studio).picks
    assert pick.pinned and pick.file == str(picture.resolve())
    request = studio.session.painting.request(Region(NOWHERE_NEAR))
    values = requests.to_dict(request, "starter")
    again, _ = requests.from_dict(values)
    assert again.references[0].file == pick.file and again.references[0].pixels.shape == (64, 96, 3)
    picture.unlink()
    with pytest.raises(UserError, match="red"):
        requests.from_dict(values)


def test_a_folder_of_ones_own_is_chosen_from(studio: Studio) -> None:
    folder = studio.folder / "mine"
    folder.mkdir()
    red(folder, "barn.png")
    (folder / "barn.txt").write_text("a xylophone in a barn")
    shelf_of(studio).add_folder(studio.folder / "nothing")
    studio.told("There are no pictures in")
    shelf_of(studio).add_folder(folder)
    studio.session.set_options(prompt="xylophone")
    assert "barn" in {pick.name for pick in shelf_of(studio).picks}


def test_the_document_keeps_its_shelf(studio: Studio) -> None:
    studio.session.set_options(prompt="night")
    shelf = shelf_of(studio)
    shelf.pin(0, True)
    shelf.switch_beside("shelf")
    picks, path = shelf.picks, studio.folder / "kept.handscroll"
    studio.session.documents.save_as(path)
    studio.session.documents.new()
    assert not shelf.picks and shelf.beside == "visible"
    studio.session.documents.open(path)
    assert shelf.picks == picks and shelf.beside == "shelf" and shelf.on
    studio.document.shelf = "[]"
    shelf._load()
    assert not shelf.picks, "what a later version has written is passed over"


def test_the_recipe_names_what_was_painted_from(studio: Studio) -> None:
    studio.session.set_options(prompt="forest")
    recipe = studio.session.painting.recipe(studio.session.painting.request(Region(NOWHERE_NEAR)))
    assert recipe["references"] == [pick.name for pick in shelf_of(studio).picks]
