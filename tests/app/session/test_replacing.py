"""Replacing what is in a region: staged above the picture, which stays below it before and after."""

import numpy as np

from app.document import Region
from engine.request import Box
from tests.app.session.conftest import PICTURE, Studio

HERE = Box(96, 96, 64, 48)


def test_a_region_of_known_pixels_is_replaced_above_the_picture(studio: Studio):
    session, document = studio.session, studio.document
    below = studio.place()
    before = document.read(PICTURE)
    session.set_options(feather=8)
    session.set_region(Region(HERE))
    studio.until(lambda: session.replaces and session.estimate is not None)
    assert session.painting.verb() == "Replace" and session.estimate is not None and session.estimate.patches > 0
    session.painting.paint()
    studio.until(studio.all_done)
    assert np.array_equal(document.read(PICTURE), before)  # only staged
    session.staging.accept()
    after = document.read(PICTURE)
    changed = (after != before).any(2)
    edge = HERE.grow(8)
    outside = np.ones(changed.shape, bool)
    outside[edge.slices(PICTURE)] = False
    assert not changed[outside].any() and changed[HERE.slices(PICTURE)].mean() > 0.9
    layers = document.layers.all()
    assert [layer.name for layer in layers] == ["Hills", "Replaced"] and layers[0].id == below
    assert np.array_equal(document.read_layer(below, PICTURE), before)
    session.undo()
    assert np.array_equal(document.read(PICTURE), before)


def test_the_button_says_replace_before_the_engine_answers(studio: Studio):
    """A new user's first region was called Fill for as long as the engine took to start."""
    session, told = studio.session, []
    studio.place()
    session.estimate_changed.connect(lambda: told.append((session.painting.verb(), session.sketch is None)))
    session.set_region(Region(HERE))
    studio.until(lambda: session.sketch is not None)
    assert told[0] == ("Replace", True)


def test_the_edge_goes_over_from_old_to_new(studio: Studio):
    session = studio.session
    studio.place()
    before = studio.document.read(PICTURE)[:, :, :3].astype(int)
    session.set_options(feather=32, seed=3, seed_locked=True)
    session.set_region(Region(HERE))
    session.painting.paint()
    studio.until(studio.all_done)
    session.staging.accept()
    after = studio.document.read(PICTURE)[:, :, :3].astype(int)
    row = np.abs(after - before)[HERE.y + 20].sum(1)
    assert row[HERE.right + 28 : HERE.right + 32].mean() < row[HERE.right - 8 : HERE.right].mean() / 4


def test_of_a_region_half_known_all_is_replaced_only_when_asked(studio: Studio):
    session = studio.session
    studio.place()
    half = Box(PICTURE.right - 32, 64, 64, 64)
    session.set_options(feather=0)
    for anew in (False, True):
        session.set_region(Region(half))
        session.painting.paint(anew=anew)
        studio.until(studio.all_done)
        group = session.staging.current
        assert group is not None
        known = half.intersect(PICTURE)
        found, before = studio.document.read_layer(group.shown.layer, known), studio.document.read(known)
        assert ((found[:, :, 3] == 0) | (found == before).all(2)).all() != anew


def test_a_lasso_is_replaced_within_its_form(studio: Studio):
    session = studio.session
    studio.place()
    before = studio.document.read(PICTURE)
    form = np.tri(48, 64, dtype=bool)
    session.set_options(feather=0)
    session.set_region(Region(HERE, form))
    session.painting.paint()
    studio.until(studio.all_done)
    session.staging.accept()
    changed = (studio.document.read(PICTURE) != before).any(2)
    outside = np.ones(changed.shape, bool)
    outside[HERE.slices(PICTURE)] = ~form
    assert not changed[outside].any() and changed.any()


def test_without_a_region_it_says_what_to_do(studio: Studio):
    studio.session.painting.paint(anew=True)
    studio.told("region")


def test_a_panorama_is_painted_towards_its_other_end(studio: Studio):
    session = studio.session
    studio.place()
    session.documents.place_pixels(np.full((256, 4096, 3), 7, np.uint8), PICTURE.right + 2048, 128, "Far")
    bounds = session.document.bounds
    region = Region(Box(bounds.right, 0, 128, 256))
    plain = session.painting.request(region)
    assert not plain.wrap and len(plain.known) == 1
    session.set_options(wrap=True)
    request = session.painting.request(region)
    assert request.wrap == bounds.width + 128
    known = Box.around(picture.box for picture in request.known)
    assert known.x == bounds.x and known.right == bounds.right
    session.set_region(region)
    session.painting.paint()
    studio.until(studio.all_done)
    assert session.staging.groups()[0].shown.request["wrap"] == request.wrap


def test_a_panorama_stays_one_in_its_document_alone(studio: Studio):
    session, path = studio.session, studio.folder / "round.handscroll"
    studio.place()
    session.set_options(wrap=True)
    session.documents.save_as(path)
    session.documents.new()
    assert not session.options.wrap and not session.document.wraps
    session.documents.open(path)
    assert session.options.wrap
    session.set_options(wrap=False)
    studio.close()
    again = Studio(studio.folder, studio.qtbot, path)
    assert not again.session.options.wrap
    again.session.set_options(wrap=True)
    again.close()
    third = Studio(studio.folder, studio.qtbot, path)
    assert third.session.options.wrap
    third.close()
