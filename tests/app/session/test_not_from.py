"""What nothing is to be taken from: marked by hand or proposed, kept, undone, and told to the engine."""

import numpy as np

from app.document import Document, Region
from app.jobs import request_codec as requests
from engine.request import Area, Box, PaintRequest

from .conftest import BESIDE, PICTURE, Studio

DISC = Box(40, 60, 32, 32)


def disc() -> np.ndarray:
    rows, columns = np.mgrid[: DISC.height, : DISC.width] - 15.5
    return rows**2 + columns**2 < 15**2


def marked(studio: Studio) -> np.ndarray:
    return studio.document.not_from.mask(PICTURE)


def test_marks_are_kept_undone_and_done_again(studio: Studio):
    studio.place()
    document, marks = studio.document, studio.session.marks
    bounds, picture = document.bounds, document.read(PICTURE)
    assert not marks.any
    marks.mark(DISC, disc())
    marks.mark(Box(300, 300, 10, 10), np.ones((10, 10), bool))
    assert document.not_from.mask(DISC).sum() == disc().sum() and document.not_from.box.contains(Box(300, 300, 10, 10))
    marks.mark(DISC, disc(), False)
    assert not document.not_from.mask(DISC).any()
    studio.session.undo()
    assert np.array_equal(document.not_from.mask(DISC), disc())
    studio.session.undo()
    studio.session.undo()
    assert not marks.any
    studio.session.redo()
    assert np.array_equal(document.not_from.mask(DISC), disc())
    assert document.bounds == bounds and np.array_equal(document.read(PICTURE), picture), "it is no part of the picture"
    assert len(document.layers.all()) == 1
    marks.clear()
    assert not marks.any
    studio.session.undo()
    document.history.forget()
    document.history.sweep()
    assert np.array_equal(document.not_from.mask(DISC), disc()), "though no history leads to it any more"
    path = document.path.with_name("marked.handscroll")
    document.save_copy(path)
    again = Document.open(path)
    assert np.array_equal(again.not_from.mask(DISC), disc())
    again.close()
    assert not studio.failures


def test_an_undone_mark_that_is_painted_over_leaves_a_document_that_marks_on(studio: Studio):
    studio.place()
    studio.session.marks.mark(DISC, disc())
    studio.session.undo()
    studio.session.layers.add_layer()
    assert not studio.session.marks.any
    studio.session.marks.mark(DISC, disc())
    assert studio.session.marks.any and not studio.failures


def test_the_engine_is_told_what_is_marked_where_a_picture_is_followed(studio: Studio):
    studio.place()
    session = studio.session
    session.marks.mark(DISC, disc())
    session.marks.mark(Box(20_000, 0, 10, 10), np.ones((10, 10), bool))
    (area,) = session.painting.request(Region(BESIDE)).not_from
    assert area.box == Box(41, 61, 30, 30) and area.mask is not None
    assert np.array_equal(area.mask, disc()[1:31, 1:31])
    session.set_options(exemplar=0.0)
    assert session.painting.request(Region(BESIDE)).not_from == ()


def test_it_is_part_of_a_job(studio: Studio):
    areas = (Area(Box(-4, 3, 32, 32), disc()), Area(Box(0, 0, 7, 9)))
    asked = PaintRequest(BESIDE, exemplar=0.75, scale=2.0, lively=0.25, not_from=areas)
    found, _ = requests.from_dict(requests.to_dict(asked, "starter"))
    assert (found.exemplar, found.scale, found.lively) == (0.75, 2.0, 0.25)
    assert [each.box for each in found.not_from] == [each.box for each in areas]
    assert np.array_equal(found.not_from[0].mask, disc()) and found.not_from[1].mask is None  # type: ignore[arg-type]


def test_marks_are_proposed_in_one_step(studio: Studio):
    pixels = np.full((900, 1800, 3), 200, np.uint8)
    pixels[100:140, 200:240] = 0  # what the engine of flat colours takes for a mark
    studio.session.documents.place_pixels(pixels, 900, 450, at_once=True)
    layer = studio.document.layers.all()[-1].id
    studio.session.layers.move_layer(layer, 1000, 20)
    before = len(studio.document.history.entries())
    studio.session.marks.propose()
    studio.until(lambda: studio.session.marks.any)
    assert studio.document.not_from.box == Box(1200, 120, 40, 40)
    assert studio.session.tool == "not_from" and len(studio.document.history.entries()) == before + 1
    studio.session.undo()
    assert not studio.session.marks.any


def test_large_pictures_are_looked_at_smaller(studio: Studio):
    pixels = np.full((3000, 3000, 3), 200, np.uint8)
    pixels[1000:1100, 2000:2100] = 0
    studio.session.documents.place_pixels(pixels, 1500, 1500, at_once=True)
    studio.session.marks.propose()
    studio.until(lambda: studio.session.marks.any)
    assert studio.document.not_from.box == Box(2000, 1000, 100, 100)


def test_nothing_found_is_said(studio: Studio):
    said: list[str] = []
    studio.place()
    studio.session.said.connect(said.append)
    studio.session.marks.propose()
    studio.until(lambda: len(said) > 1)
    assert "No small marks" in said[-1] and not studio.session.marks.any and not studio.document.history.redo_name
