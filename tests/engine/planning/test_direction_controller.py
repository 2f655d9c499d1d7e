"""ADC: the four orders of Fig. 6, the letters of Fig. 7, and composite orders around known parts of any shape."""

from itertools import product

import pytest

from engine.planning.direction_controller import (
    label,
    label_count,
    nearby,
    offset,
    order_key,
    path_length,
    split,
    strips,
    token_order,
)
from engine.request import Extent, Order, Patch

WIDE = Extent(2, 2)


def grid(columns, rows, frames=1, x=0, y=0):
    return [Patch(x + i, y + j, k) for k in range(frames) for i in range(columns) for j in range(rows)]


def picture(text):
    """Cells and known cells of a drawing: '#' is known, '.' is to be painted."""
    places = {Patch(x, y): mark for y, line in enumerate(text.split()) for x, mark in enumerate(line)}
    return list(places), [cell for cell, mark in places.items() if mark == "#"]


def orders(found):
    return [strip.order for strip in found]


def test_split_follows_the_arrows_of_figure_6():
    first_and_last = {order: (path[0], path[1], path[-1]) for order in Order for path in [split(grid(3, 3), order)]}
    assert first_and_last == {
        Order.OMEGA: (Patch(0, 0), Patch(0, 1), Patch(2, 2)),
        Order.OMEGA_STAR: (Patch(2, 0), Patch(2, 1), Patch(0, 2)),
        Order.ZETA: (Patch(0, 0), Patch(1, 0), Patch(2, 2)),
        Order.ZETA_STAR: (Patch(0, 2), Patch(1, 2), Patch(2, 0)),
    }


@pytest.mark.parametrize("order", Order)
def test_frames_are_outermost(order):
    path = split(reversed(grid(2, 3, frames=3)), order)
    assert [patch.frame for patch in path] == [0] * 6 + [1] * 6 + [2] * 6
    assert path == sorted(path, key=lambda patch: order_key(order, patch))


def test_token_order_is_the_patch_order_on_tokens():
    assert token_order(Order.OMEGA, 3) == [0, 3, 6, 1, 4, 7, 2, 5, 8]
    assert token_order(Order.OMEGA_STAR, 3) == [2, 5, 8, 1, 4, 7, 0, 3, 6]
    assert token_order(Order.ZETA, 3) == [0, 1, 2, 3, 4, 5, 6, 7, 8]
    assert token_order(Order.ZETA_STAR, 3) == [6, 7, 8, 3, 4, 5, 0, 1, 2]
    assert all(sorted(token_order(order)) == list(range(256)) for order in Order)


def test_figure_7_letters():
    path, extent = split(grid(3, 3, frames=3), Order.OMEGA), Extent(1, 1, 1)
    letters = {n: chr(ord("a") + label(path[26], path[n - 1], extent)) for n in (14, 15, 17, 18, 23, 24, 26, 27)}
    assert letters == {14: "a", 15: "d", 17: "b", 18: "e", 23: "j", 24: "m", 26: "k", 27: "n"}


def test_label_counts_of_the_paper():
    extents = [Extent(1, 1, 1), Extent(2, 2, 0), Extent(1, 1, 3), Extent(2, 2, 3)]
    assert [label_count(extent) for extent in extents] == [18, 25, 36, 100]


@pytest.mark.parametrize("extent", [Extent(1, 1, 1), Extent(2, 1, 3), Extent(0, 3, 0)])
def test_label_and_offset_are_inverse(extent):
    reader = Patch(-4, 7, 5)
    for row in range(label_count(extent)):
        dx, dy, df = offset(row, extent)
        assert label(reader, Patch(reader.column + dx, reader.row + dy, reader.frame + df), extent) == row
    others = set(nearby(reader, extent))
    assert len(others) == label_count(extent) - 1 and reader not in others
    assert all(patch.frame <= reader.frame for patch in others)


@pytest.mark.parametrize("read", [Patch(2, 0), Patch(0, -2), Patch(0, 0, 1), Patch(0, 0, -2)])
def test_a_place_outside_the_extent_has_no_label(read):
    with pytest.raises(ValueError, match="outside the extent"):
        label(Patch(0, 0), read, Extent(1, 1, 1))


def test_nothing_known_takes_the_shorter_path():
    assert orders(strips(grid(16, 4), [], WIDE)) == [Order.ZETA]
    assert orders(strips(grid(4, 16), [], WIDE)) == [Order.OMEGA]
    assert orders(strips(grid(8, 8), [], WIDE)) == [Order.OMEGA]  # a tie
    assert strips([], [], WIDE) == [] and strips(grid(2, 2), grid(2, 2), WIDE) == []


def test_outpainting_goes_right_left_down_up_over_the_new_width():
    right, left, down, up = found = strips(grid(12, 12), grid(4, 4, x=4, y=4), WIDE)
    assert orders(found) == [Order.OMEGA, Order.OMEGA_STAR, Order.ZETA, Order.ZETA_STAR]
    assert set(right.patches) == set(grid(4, 4, x=8, y=4)) and set(left.patches) == set(grid(4, 4, x=0, y=4))
    assert set(down.patches) == set(grid(12, 4, x=0, y=8)) and set(up.patches) == set(grid(12, 4))


def test_the_other_way_round_where_that_is_strictly_shorter():
    """A picture at the top of a tall target: down first, then sideways over the full height."""
    tall = strips(grid(6, 20), grid(2, 2, x=2, y=0), WIDE)
    assert orders(tall) == [Order.ZETA, Order.OMEGA, Order.OMEGA_STAR]
    assert set(tall[1].patches) == set(grid(2, 20, x=4))
    wide = strips(grid(20, 6), grid(2, 2, x=0, y=2), WIDE)
    assert orders(wide) == [Order.OMEGA, Order.ZETA, Order.ZETA_STAR]
    assert set(wide[1].patches) == set(grid(20, 2, y=4))


def test_a_hole_is_entered_from_the_side_that_is_best_known():
    cells, known = picture("###### #....# #....# ######")
    (hole,) = strips(cells, known, WIDE)
    assert hole.order is Order.ZETA and len(hole.patches) == 8  # four above, two to the left; below is a tie
    for text, order in [
        ("##... ##... #####", Order.ZETA_STAR),
        ("...## ...## ...## ...## #####", Order.OMEGA_STAR),
        ("##... ##... ##... ##... #####", Order.OMEGA),
        ("##### ...## ...##", Order.ZETA),
    ]:
        assert orders(strips(*picture(text), WIDE)) == [order], text


def test_the_best_known_rectangle_comes_first_and_is_known_to_the_next():
    cells, known = picture("##..... #...... #######")
    first, second = strips(cells, known, WIDE)
    assert set(first.patches) == {Patch(x, 1) for x in range(1, 7)} and first.order is Order.ZETA_STAR
    assert set(second.patches) == {Patch(x, 0) for x in range(2, 7)} and second.order is Order.ZETA_STAR


def test_the_gap_between_two_pictures_is_filled_before_the_outside():
    known = grid(2, 2, x=2, y=2) + grid(2, 2, x=7, y=2)
    found = strips(grid(11, 6), known, WIDE)
    assert set(found[0].patches) == set(grid(3, 2, x=4, y=2)) and found[0].order is Order.OMEGA
    assert orders(found[1:]) == [Order.OMEGA, Order.OMEGA_STAR, Order.ZETA, Order.ZETA_STAR]


SHAPES = [
    "....... .##.... .##.... ....##. ....##. .......",  # two pictures on a diagonal
    "#..#..# ....... #..#..# ....... #..#..#",  # nine pictures
    "####### #.....# #.###.# #.###.# #.....# #######",  # a ring
    "..... ..#.. .....",
    "#######",
    ".......",
]


@pytest.mark.parametrize("text", SHAPES)
def test_strips_paint_every_unknown_cell_once(text):
    cells, known = picture(text)
    painted = [patch for strip in strips(cells, known, WIDE) for patch in strip.patches]
    assert sorted(painted) == sorted(set(cells) - set(known))


def test_cells_need_not_be_a_grid():
    cells = [cell for cell in grid(9, 9) if (cell.column * 7 + cell.row * 5) % 4]
    known = [cell for cell in cells if 3 <= cell.column < 6 and 2 <= cell.row < 7 and (cell.column + cell.row) % 3]
    painted = [patch for strip in strips(cells, known, WIDE) for patch in strip.patches]
    assert sorted(painted) == sorted(set(cells) - set(known))


def test_known_patches_outside_of_the_cells_are_seen_but_not_painted():
    (strip,) = strips(grid(3, 3, x=4), grid(4, 3), WIDE)
    assert strip.order is Order.OMEGA and set(strip.patches) == set(grid(3, 3, x=4))


def contexts(path, known, extent):
    """For every patch of a path the offsets at which it finds a context."""
    before = set(known)
    for patch in path:
        yield frozenset(
            (near.column - patch.column, near.row - patch.row) for near in nearby(patch, extent) if near in before
        )
        before.add(patch)


def test_a_plain_raster_makes_30_of_128_contexts_unseen_and_strips_none():
    """Unseen: the offsets of a context differ from all that occur when a full grid of any size is painted in any one
    of the four orders, as in training. With extent (2, 2) grids of up to 5×5 patches show all there are."""
    seen = {
        context
        for columns, rows, order in product(range(1, 6), range(1, 6), Order)
        for context in contexts(split(grid(columns, rows), order), (), WIDE)
    }
    cells, known = grid(12, 12), grid(4, 4, x=4, y=4)
    raster = split(set(cells) - set(known), Order.ZETA)
    composite = [patch for strip in strips(cells, known, WIDE) for patch in strip.patches]
    assert sum(context not in seen for context in contexts(raster, known, WIDE)) == 30
    assert sum(context not in seen for context in contexts(composite, known, WIDE)) == 0


def test_path_length_of_no_context_is_one():
    assert path_length(strips(grid(5, 5), [], Extent(0, 0)), Extent(0, 0)) == 1
    assert path_length([], WIDE) == 0
