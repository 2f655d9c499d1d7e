"""NCP: Add, Select and Remove keep what is still read and nothing else, at any width and after any stop.

The painter here draws hashes instead of pictures: a patch is a hash of all it has read, so that a cache made from
the wrong inputs changes the result, and one that is dropped too soon cannot be selected.
"""

import pytest

from engine.planning.context_pool import ContextPool, peak_pool
from engine.planning.schedule import plan, readers
from engine.request import Extent, Order, Patch

WIDE = Extent(2, 2)
BOTH = pytest.mark.parametrize("recache", ["order", "none"])


def grid(columns, rows, frames=1, x=0, y=0):
    return [Patch(x + i, y + j, k) for k in range(frames) for i in range(columns) for j in range(rows)]


def some_plans(recache):
    yield plan(grid(6, 5), [], WIDE, recache=recache)
    yield plan(grid(8, 8), grid(3, 3, x=2, y=3), WIDE, recache=recache)
    yield plan(grid(9, 5), grid(2, 2, x=1, y=1) + grid(2, 3, x=5, y=2), Extent(1, 1), recache=recache)
    yield plan(grid(4, 3, 3), grid(4, 3), Extent(1, 1, 3), recache=recache)


def paint(made, batches, tokens=None, remove=True, watch=lambda pool, tokens: None):
    """Algorithm 2 on hashes; `tokens` holds what an earlier run has painted."""
    tokens = {p.number: hash(p.patch) for p in made.patches if p.known} | (tokens or {})
    pool = ContextPool(made, finished=set(tokens))

    def keep(key, inputs):
        pool.add(key, hash((tokens[key.number], key.order, *inputs)), nbytes=10)
        pool.done(key)
        if remove:
            pool.remove()
            watch(pool, tokens)

    for batch in batches:
        for p in batch:
            for key in pool.missing(made.reads(p)):
                keep(key, pool.select(made.caches[key]))
        contexts = {p: pool.select(made.reads(p)) for p in batch}
        for p, context in contexts.items():
            tokens[p.number] = hash((p.patch, *context))
            pool.done(p.number)
            if pool.wanted(p.key):
                keep(p.key, context)
        if remove:
            pool.remove()
            watch(pool, tokens)
    return tokens, pool


def one_by_one(patches):
    return [[p] for p in patches]


@BOTH
def test_the_pool_never_holds_a_cache_without_a_remaining_reader(recache):
    for made in some_plans(recache):

        def watch(pool, tokens, made=made):
            unpainted = [p for p in made.new if p.number not in tokens]
            still_read = {key for p in unpainted for key in made.reads(p)}
            still_read |= {k for key in made.needed(unpainted) if key not in pool for k in made.caches[key]}
            # The patch in hand has its tokens, but its cache may still be about to be made.
            assert all(key in still_read for key in made.caches if key in pool)

        paint(made, one_by_one(made.new), watch=watch)


@BOTH
def test_with_remove_equals_without(recache):
    for made in some_plans(recache):
        lean, pool = paint(made, one_by_one(made.new))
        full, hoard = paint(made, one_by_one(made.new), remove=False)
        assert lean == full
        assert len(pool) == 0 and len(hoard) == len(made.caches)


@BOTH
def test_wavefront_equals_sequential(recache):
    for made in some_plans(recache):
        assert paint(made, made.levels())[0] == paint(made, one_by_one(made.new))[0]


@BOTH
def test_stop_and_resume_at_any_patch_equals_never_stopped(recache):
    for made in some_plans(recache):
        whole, _ = paint(made, one_by_one(made.new))
        for stop in range(len(made.new) + 1):
            painted = {p.number: whole[p.number] for p in made.new[:stop]}
            resumed, pool = paint(made, one_by_one(made.new[stop:]), painted)
            assert resumed == whole and len(pool) == 0


@BOTH
def test_resume_makes_only_the_caches_that_are_needed(recache):
    made = plan(grid(20, 3), [], Extent(1, 1), Order.OMEGA, recache)
    last = made.new[-1]
    pool: ContextPool[None] = ContextPool(made, finished={p.number for p in made.new[:-1]})
    assert pool.missing(made.reads(last)) == made.needed([last])
    done: ContextPool[None] = ContextPool(made, finished={p.number for p in made.new})
    assert not any(done.wanted(key) for key in made.caches)


def test_remove_waits_for_the_last_reader():
    made = plan(grid(3, 1), [], Extent(1, 0), Order.OMEGA)
    first, second, _ = made.new
    pool: ContextPool[str] = ContextPool(made)
    assert readers(made) == {first.key: 2, second.key: 1}  # the first is read by the second and by its cache
    pool.add(first.key, "a", 5)
    pool.remove()
    assert pool.select([first.key]) == ["a"]
    pool.done(second.number)
    pool.done(second.number)  # saying so twice counts once
    pool.remove()
    assert first.key in pool
    pool.add(second.key, "b", 7)
    pool.done(second.key)
    pool.remove()
    assert first.key not in pool and len(pool) == 1
    assert (pool.peak, pool.peak_bytes) == (2, 12)


def test_a_cache_that_nobody_reads_is_dropped_at_the_next_remove():
    made = plan(grid(2, 1), [], Extent(1, 0), Order.OMEGA)
    last = made.new[-1]
    pool: ContextPool[int] = ContextPool(made)
    pool.add(last.key, 0, 1)
    assert last.key in pool and not pool.wanted(last.key)
    pool.remove()
    assert last.key not in pool


def test_a_dropped_cache_cannot_be_selected():
    made = plan(grid(2, 1), [], Extent(1, 0), Order.OMEGA)
    with pytest.raises(KeyError):
        ContextPool(made).select([made.new[0].key])


@BOTH
def test_peak_pool_is_that_of_a_sequential_run(recache):
    for made in some_plans(recache):
        pool = paint(made, one_by_one(made.new))[1]
        assert peak_pool(made) == pool.peak and pool.peak_bytes == 10 * pool.peak


@BOTH
@pytest.mark.parametrize("rows, peak", [(4, 11), (8, 19)])
def test_peak_pool_stays_flat_however_far_the_picture_goes_right(recache, rows, peak):
    """Two columns, the two patches above and the one just painted: 2H + 3, at any width."""
    assert {peak_pool(plan(grid(width, rows), [], WIDE, Order.OMEGA, recache)) for width in (6, 12, 60)} == {peak}


def test_recaching_holds_no_more_for_a_larger_known_picture():
    """Literal Algorithm 2 pre-caches all that is known; making the border again needs the border alone."""
    peaks = [peak_pool(plan(grid(width + 6, 4), grid(width, 4), WIDE, Order.OMEGA)) for width in (6, 12, 40)]
    assert len(set(peaks)) == 1
