"""What is opened of known pictures, how it goes over into what was there, and how a panorama comes round."""

import numpy as np
import pytest

from engine.media.known_pictures import Opening, holds, is_cut_out, lay_known, lay_updates, opened, repeated
from engine.request import Area, Box, KnownPicture, PaintRequest, Patch, PatchPainted, Planned, Stopped, Update


def grey(box: Box, value: int, mask: np.ndarray | None = None) -> KnownPicture:
    return KnownPicture(box, np.full((box.height, box.width, 3), value, np.uint8), mask)


PICTURE = grey(Box(0, 0, 40, 30), 100)


@pytest.mark.parametrize("mask", [None, np.ones((6, 8), bool)])
def test_the_share_falls_from_all_in_the_area_to_none_beyond_the_edge(mask):
    opening = Opening.of((Area(Box(10, 10, 8, 6), mask),), 5)
    share = opening.share.astype(int)
    assert opening.box == Box(5, 5, 18, 16) and (share[5:11, 5:13] == 255).all()
    row = share[8, 12:]  # from the last of the area outwards
    assert row[0] == 255 and (np.diff(row) < 0).all() and 0 < row[-1] < 40
    assert share[0, 0] == 0  # a corner is farther away than 5 px


def test_a_mask_and_a_box_of_the_same_form_open_the_same():
    mask = np.zeros((20, 24), bool)
    mask[4:12, 6:20] = True
    one = Opening.of((Area(Box(6, 4, 14, 8)),), 4)
    other = Opening.of((Area(Box(0, 0, 24, 20), mask),), 4)
    assert np.array_equal(one.share, other.share[one.box.slices(other.box)])


def test_opened_pixels_are_unknown_and_all_others_stay_known():
    request = PaintRequest(PICTURE.box, (PICTURE,), replaced=(Area(Box(10, 10, 8, 6)),), feather=3)
    found = opened(request)
    (picture,) = found.known
    assert picture.mask is not None and not found.replaced
    assert not picture.mask[10:16, 7:21].any() and picture.mask[:7].all() and picture.mask[:, 21:].all()
    assert opened(PaintRequest(PICTURE.box, (PICTURE,))).known == (PICTURE,)


def test_what_is_painted_is_laid_back_over_known_pixels_alone():
    mask = np.ones((30, 40), bool)
    mask[:, 20:] = False
    known = (grey(PICTURE.box, 100, mask),)
    opening = Opening.of((Area(Box(16, 10, 8, 6)),), 6)
    painted = np.full((30, 40, 4), 200, np.uint8)
    result = opening.laid_back(painted, PICTURE.box, known)
    assert (result[12, 16:] == 200).all()  # the area, and what was not known
    assert result[12, 15, 0] in range(180, 200) and result[12, 10, 0] in range(101, 120)
    assert (result[4, 10, :3] == 100).all() and (painted == 200).all()  # in the corner nothing is painted


def test_what_is_known_is_laid_into_pixels_and_found_there_to_the_bit():
    mask = np.zeros((30, 40), bool)
    mask[:10] = True
    known = (grey(PICTURE.box, 100), grey(PICTURE.box.moved(20, 20), 200, mask))
    box = Box(10, 0, 50, 60)
    pixels = np.full((60, 50, 3), 7, np.uint8)
    lay_known(known, pixels, box)
    assert (pixels[:20, :30] == 100).all() and (pixels[20:30, 10:50] == 200).all() and (pixels[30:] == 7).all()
    assert holds(known, pixels, box)
    pixels[40, 20] = 8  # which nothing is known of
    assert holds(known, pixels, box)
    pixels[25, 20, 2] = 201
    assert not holds(known, pixels, box)


def test_what_is_painted_and_what_needed_no_painting_are_laid_into_pixels():
    box = Box(-4, 0, 8, 4)
    pixels = np.zeros((4, 8, 3), np.uint8)
    one, other = (Update(Box(x, 0, 4, 4), np.full((4, 4, 3), value, np.uint8)) for x, value in ((-4, 50), (0, 90)))
    lay_updates(Planned(1, 0, 1, (), updates=(one,)), pixels, box)
    lay_updates(PatchPainted(Patch(0, 0), (other,), np.zeros((16, 16), np.int32), 0.0), pixels, box)
    lay_updates(Stopped(), pixels, box)
    assert (pixels[:, :4] == 50).all() and (pixels[:, 4:] == 90).all()


def test_a_panorama_comes_again_on_both_sides():
    request = PaintRequest(Box(0, 0, 64, 30), (PICTURE,), wrap=64)
    assert [each.box.x for each in repeated(request.known, request.wrap)] == [0, -64, 64]
    assert [each.box.x for each in repeated((PICTURE,), 0)] == [0]


def test_a_thing_that_is_cut_out_is_told_from_pictures_with_holes_ovals_and_turned_ones():
    y, x = np.mgrid[:100, :140]
    thing = np.hypot(y - 50, x - 60) < 25
    thing[10:90, 50:62] = True
    assert is_cut_out(thing)
    oval = np.hypot((y - 50) / 50, (x - 70) / 70) < 1
    hole = np.ones((100, 140), bool)
    hole[:60, 20:100] = False
    for picture in (oval, hole, np.abs(x - y) < 90, np.zeros((9, 9), bool)):
        assert not is_cut_out(picture)


def test_a_box_holds_what_is_set_in_a_mask() -> None:
    mask = np.zeros((9, 12), bool)
    assert Box.holding(mask).empty
    mask[2, 3] = mask[6, 10] = True
    assert Box.holding(mask) == Box.spanning(3, 2, 11, 7)
