"""Matching, voting and settling on small pictures whose answer is known."""

import numpy as np
import pytest

from engine.inference.compiled.matching import Blocks, costs
from engine.inference.patch_match import SIDE, STEP, Scene, at, match, padded, unlike_all, vote, windows


def noise(height: int, width: int, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).uniform(0, 255, (height, width, 3)).astype(np.float32)


def test_a_copied_part_is_found_where_it_came_from() -> None:
    source = noise(96, 160)
    picture = source.copy()
    picture[32:64, 120:152] = source[16:48, 24:56]  # moved by (-16, -96)
    free = np.zeros((24, 40), bool)
    free[9:15, 31:37] = True
    allowed = np.zeros((96, 160), bool)
    allowed[: 96 - STEP + 1, : 110 - STEP] = True
    offsets = np.zeros((24, 40, 2), np.int64)
    offsets[free] = (-16 + 3, -96 + 2)
    offsets[11, 33] = (-16, -96)  # one block knows
    scene = Scene(picture, np.ones((96, 160), np.float32), source, allowed, least=8)
    match(scene, offsets, free, rounds=6, seed=1)
    found = (offsets[free] == (-16, -96)).all(1)
    assert found.mean() > 0.9


def test_what_is_far_out_of_reach_is_found_all_the_same() -> None:
    """Beyond a gap all stands that nothing within 64 px is like."""
    source = np.full((64, 640, 3), 40, np.float32)
    source[:, 400:] = 200
    free, offsets = np.zeros((16, 160), bool), np.full((16, 160, 2), (0, -40), np.int64)
    free[:, 60:70] = True
    picture = np.where(free.repeat(STEP, 0).repeat(STEP, 1)[..., None], np.float32(200), source)
    allowed = np.zeros((64, 640), bool)
    allowed[: 64 - STEP, : 640 - STEP] = True
    match(Scene(picture, np.ones((64, 640), np.float32), source, allowed, least=16), offsets, free, rounds=6, seed=1)
    columns = np.nonzero(free)[1] * STEP + offsets[free][:, 1]
    assert (columns >= 400 - STEP).all()


def test_blocks_cost_their_weighted_squares_and_a_toll_for_other_rows() -> None:
    rng = np.random.default_rng(0)
    wanted, source = rng.uniform(0, 255, (2, 12, 36)).astype(np.float32), noise(40, 40)
    share = rng.random((2, 12, 12)).astype(np.float32).repeat(3, 2)
    y, x, home, toll = np.array([8, 12]), np.array([16, 4]), np.array([8, 16]), np.array([0.5, 2.0], np.float32)
    allowed = np.ones((32, 32), bool)
    blocks = Blocks(y, x, wanted, share, toll, home, source.reshape(40, 120), allowed, 4, margin=2)
    offsets, out = np.array([(5, -3), (-6, 2)]), np.empty(2, np.float32)
    costs(blocks, offsets, out)
    for n, (dy, dx) in enumerate(offsets):
        there = source[y[n] + dy + 2 :, x[n] + dx + 2 :][:12, :12].reshape(12, 36)
        expected = (share[n] * (there - wanted[n]) ** 2).sum() + toll[n] * (y[n] + dy - home[n]) ** 2
        assert np.isclose(out[n], expected, rtol=1e-5)
    costs(blocks, np.array([(3, -3), (0, 0)]), out)
    assert (out == 1e9).all(), "too near"


@pytest.mark.parametrize("smaller", [1, 2, 4])
def test_all_blocks_are_compared_at_once_as_they_are_one_by_one(smaller: int) -> None:
    chance, source = np.random.default_rng(0), padded(noise(60, 90))
    share, wanted = (
        chance.random((5, SIDE**2)).astype(np.float32),
        255 * chance.random((5, SIDE**2, 3)).astype(np.float32),
    )
    rows, columns = (at(smaller, 2 * np.arange(first, last)) for first, last in ((0, 24), (3, 40)))  # some come twice
    y, x = (each.ravel() for each in np.meshgrid(rows, columns, indexing="ij"))
    apart = (share[:, None] * ((windows(source, y, x) - wanted[:, None]) ** 2).sum(3)).sum(2)
    found = unlike_all(share, wanted, source, rows, columns)
    assert found.shape == (5, 24, 37)
    assert np.allclose(found, apart.reshape(found.shape), rtol=1e-4)


def test_nothing_is_taken_from_where_it_may_not_be() -> None:
    source = noise(64, 128)
    free = np.zeros((16, 32), bool)
    free[4:12, 20:28] = True
    allowed = np.zeros((64, 128), bool)
    allowed[8:40, 4:60] = True
    offsets = np.tile(np.array([0, -60]), (16, 32, 1))
    match(Scene(source, np.ones((64, 128), np.float32), source, allowed, least=16), offsets, free, rounds=4, seed=2)
    rows, columns = np.nonzero(free)
    to = np.stack([rows, columns], 1) * STEP + offsets[free]
    assert allowed[to[:, 0], to[:, 1]].all()


def test_the_same_seed_matches_alike() -> None:
    source, free = noise(64, 128), np.zeros((16, 32), bool)
    free[4:12, 20:28] = True
    allowed = np.ones((64, 128), bool)
    allowed[61:], allowed[:, 125:] = False, False
    found = []
    for _ in range(2):
        offsets = np.tile(np.array([0, -50]), (16, 32, 1))
        match(Scene(noise(64, 128, 3), np.ones((64, 128), np.float32), source, allowed, 16), offsets, free, 3, seed=7)
        found.append(offsets)
    assert (found[0] == found[1]).all()


@pytest.mark.parametrize("scale", [1, 2, 3])
def test_blocks_of_one_offset_are_voted_as_they_stand(scale: int) -> None:
    source = noise(32 * scale, 64 * scale)
    offsets = np.tile(np.array([4, -24]), (8, 16, 1))
    has = np.zeros((8, 16), bool)
    has[2:6, 8:14] = True
    voted, there = vote(
        source, np.ones(source.shape[:2], bool), offsets, has, STEP * scale, scale, (0, 0), (2, 8, 6, 14)
    )
    y, x, s = 2 * STEP, 8 * STEP, scale
    wanted = source[(y + 4) * s : (y + 4 + 16) * s, (x - 24) * s : (x - 24 + 24) * s]
    assert np.abs(voted - wanted).max() < 1e-3 and there.all()


def test_what_is_unknown_does_not_shine_into_what_is_voted() -> None:
    source, known = np.full((32, 64, 3), 100, np.float32), np.ones((32, 64), bool)
    known[:, 32:], source[:, 32:] = False, 255
    offsets, has = np.zeros((8, 16, 2), np.int64), np.ones((8, 16), bool)
    offsets[:, 8:] = (0, -32)
    voted, there = vote(source, known, offsets, has, STEP, 1.0, (0, 0), (0, 0, 8, 16))
    assert np.abs(voted - 100).max() < 1e-3 and there.all()
