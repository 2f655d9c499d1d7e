"""The plan: numbers and contexts of Fig. 8, critical paths, levels, and caches that can be computed in turn."""

import time

import pytest

from engine.planning.direction_controller import Strip, split
from engine.planning.schedule import CacheKey, plan, readers
from engine.request import Extent, Order, Patch

WIDE = Extent(2, 2)


def grid(columns, rows, frames=1, x=0, y=0):
    return [Patch(x + i, y + j, k) for k in range(frames) for i in range(columns) for j in range(rows)]


def side(order, columns, rows):
    return Strip(order, tuple(split([Patch(x, y) for x in columns for y in rows], order)))


INPUT, TARGET = grid(4, 4, x=4, y=4), grid(12, 12)
RING = [
    side(Order.OMEGA, range(8, 12), range(4, 8)),
    side(Order.ZETA_STAR, range(4, 12), range(4)),
    side(Order.OMEGA_STAR, range(4), range(8)),
    side(Order.ZETA, range(12), range(8, 12)),
]
RING_WITH_HOLE = [cell for cell in grid(8, 7) if not (2 <= cell.column < 5 and 2 <= cell.row < 5)]
TWO_PICTURES = grid(2, 3, x=1, y=1) + grid(3, 2, x=6, y=3)


def some_plans(recache):
    yield plan(grid(6, 5), [], WIDE, recache=recache)
    yield plan(TARGET, INPUT, WIDE, recache=recache)
    yield plan(TARGET, INPUT, WIDE, Order.ZETA_STAR, recache=recache)
    yield plan(TARGET, INPUT, WIDE, recache=recache, strips=RING)
    yield plan(grid(8, 7), RING_WITH_HOLE, WIDE, recache=recache)
    yield plan(grid(11, 7), TWO_PICTURES, Extent(1, 2), recache=recache, band=1)
    yield plan(grid(4, 3, 4), grid(4, 3), Extent(1, 1, 3), recache=recache)
    yield plan(grid(5, 4, 3), grid(2, 2, 3, x=1, y=1), Extent(1, 1, 1), recache=recache)


BOTH = pytest.mark.parametrize("recache", ["order", "none"])


@BOTH
def test_figure_8_contexts(recache):
    planned = plan(grid(3, 3, 3), [], Extent(1, 1, 1), Order.OMEGA, recache).patches
    assert planned[26].context == (14, 15, 17, 18, 23, 24, 26)
    assert planned[13].context == tuple(range(1, 14))


@BOTH
@pytest.mark.parametrize("extent", [Extent(1, 1), Extent(2, 2), Extent(1, 3), Extent(3, 1)])
@pytest.mark.parametrize("columns, rows", [(8, 5), (5, 9), (1, 6), (6, 4)])
def test_critical_path_formulas(recache, extent, columns, rows):
    def path(order):
        return plan(grid(columns, rows), [], extent, order, recache).critical_path

    ew, eh, _ = extent
    if rows > eh:
        assert path(Order.OMEGA) == path(Order.OMEGA_STAR) == (eh + 1) * (columns - 1) + rows
    if columns > ew:
        assert path(Order.ZETA) == path(Order.ZETA_STAR) == (ew + 1) * (rows - 1) + columns


@BOTH
@pytest.mark.parametrize(
    "size, count, omega, zeta",
    [((38912, 2048), 1216, 461, 173), ((2048, 2048), 64, 29, 29), ((4096, 1024), 64, 49, 25)],
)
def test_critical_path_table(recache, size, count, omega, zeta):
    cells = grid(size[0] // 256, size[1] // 256)
    for order, path in [(Order.OMEGA, omega), (Order.ZETA, zeta), (None, min(omega, zeta))]:
        made = plan(cells, [], WIDE, order, recache)
        assert (len(made.new), made.critical_path) == (count, path)


@BOTH
def test_critical_path_of_an_outpainting(recache):
    """34 with opposite sides first, in either way of caching; ring by ring 55, 57 when caches are made again deeper."""
    composite = plan(TARGET, INPUT, WIDE, recache=recache)
    assert (len(composite.new), composite.critical_path) == (128, 34)
    assert plan(TARGET, INPUT, WIDE, recache=recache, strips=RING).critical_path == 55
    deeper = plan(TARGET, INPUT, WIDE, recache=recache, strips=RING, band=2)
    assert deeper.critical_path == {"none": 55, "order": 57}[recache]


@BOTH
def test_known_patches_are_numbered_first_and_every_cell_once(recache):
    for made in some_plans(recache):
        assert [p.number for p in made.patches] == list(range(1, len(made.patches) + 1))
        assert len({p.patch for p in made.patches}) == len(made.patches)
        assert [p.known for p in made.patches] == sorted((p.known for p in made.patches), reverse=True)
        assert all((p.strip == 0) == (p.level == 0) == p.known for p in made.patches)


@BOTH
def test_context_is_all_that_is_earlier_and_within_the_extent(recache):
    for made in some_plans(recache):
        ew, eh, ef = made.extent
        for p in made.patches:
            x, y, frame = p.patch
            assert p.context == tuple(
                q.number
                for q in made.patches[: p.number - 1]
                if abs(q.patch.column - x) <= ew and abs(q.patch.row - y) <= eh and 0 <= frame - q.patch.frame <= ef
            )


@BOTH
def test_caches_are_in_computable_order_and_all_are_read(recache):
    for made in some_plans(recache):
        have: set[CacheKey] = set()
        for key, inputs in made.caches.items():
            assert have.issuperset(inputs)
            have.add(key)
        assert set(readers(made)) == have
        assert made.needed(made.new) and set(made.needed(made.new)) == have


@BOTH
def test_levels_wait_for_every_patch_behind_the_caches(recache):
    for made in some_plans(recache):
        level = {p.number: p.level for p in made.patches}
        latest: dict[CacheKey, int] = {}
        for key, inputs in made.caches.items():
            latest[key] = max([level[key.number], *(latest[k] for k in inputs)])
        for p in made.new:
            assert p.level == 1 + max((latest[key] for key in made.reads(p)), default=0)
        assert [p.number for batch in made.levels() for p in batch] == [
            p.number for p in sorted(made.new, key=lambda p: (p.level, p.number))
        ]


@BOTH
def test_the_cache_of_a_painted_patch_needs_no_more_than_the_patch_has_read(recache):
    for made in some_plans(recache):
        for p in made.new:
            assert [key.number for key in made.reads(p)] == list(p.context)
            assert made.caches.get(p.key, made.reads(p)) == made.reads(p)


def test_without_recaching_every_patch_has_one_cache_under_its_own_order():
    for made in some_plans("none"):
        assert all(key == made.patches[key.number - 1].key for key in made.caches)


def test_with_recaching_a_reader_finds_only_caches_of_its_own_order():
    """What is read under another order than it was painted in is made again from the border band alone."""
    made = plan(TARGET, INPUT, WIDE)
    for p in made.new:
        assert {(key.order, key.strip) for key in made.reads(p)} == {(p.order, p.strip)}
    down = [key for key in made.caches if key.order is Order.ZETA and key != made.patches[key.number - 1].key]
    assert {made.patches[key.number - 1].patch.row for key in down} == {6, 7}  # the two rows above the strip
    assert all(made.patches[key.number - 1].strip < key.strip for key in down)


def test_the_band_bounds_how_far_recaching_reaches():
    sizes = [len(plan(grid(12, 5), grid(8, 5), Extent(1, 1), Order.OMEGA, band=band).caches) for band in (1, 2, 3)]
    assert sizes == sorted(sizes)
    made = plan(grid(12, 5), grid(8, 5), Extent(1, 1), Order.OMEGA, band=2)
    assert min(made.patches[key.number - 1].patch.column for key in made.caches) == 6


def test_animation_goes_on_in_one_strip_through_all_frames():
    made = plan(grid(4, 3, 4), grid(4, 3), Extent(1, 1, 3))
    assert {(p.strip, p.patch.frame) for p in made.new} == {(1, 1), (1, 2), (1, 3)}
    again = {made.patches[key.number - 1].patch.frame for key in made.caches if made.patches[key.number - 1].known}
    assert again == {0}


def test_every_partly_known_frame_has_strips_of_its_own():
    made = plan(grid(6, 6, 2), grid(2, 2, 2, x=2, y=2), Extent(1, 1, 1))
    assert {(p.patch.frame, p.strip) for p in made.new} == {(f, 4 * f + s) for f in (0, 1) for s in (1, 2, 3, 4)}
    assert [p.patch.frame for p in made.new] == [0] * 32 + [1] * 32


def test_chains_of_thousands_of_caches_do_not_recurse():
    made = plan(grid(4001, 1), grid(4000, 1), Extent(1, 0), Order.OMEGA, recache="none")
    assert len(made.caches) == 4000 and made.critical_path == 1


@BOTH
def test_planning_a_handscroll_is_a_matter_of_a_moment(recache):
    before = time.process_time()
    plan(grid(152, 8), grid(8, 8), WIDE, recache=recache)
    assert time.process_time() - before < 2
