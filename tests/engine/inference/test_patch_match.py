"""Matching, voting and settling on small pictures whose answer is known."""

import numpy as np
import pytest

from engine.inference.marks import components, find_marks
from engine.inference.patch_match import STEP, Scene, gradients, match, settle, vote


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


def test_a_step_of_tone_at_the_border_is_settled() -> None:
    picture = noise(48, 64) / 8 + 100
    free = np.zeros((48, 64), bool)
    free[:, 16:] = True
    voted = gradients(picture + 20, np.ones((48, 64), bool))
    settled = settle(voted, picture, free, np.ones((48, 64), bool))
    apart = (settled - picture).mean((0, 2))
    assert np.abs(apart[:16]).max() == 0 and apart[16] < 3 and apart[-1] > 12
    assert (np.diff(apart[16:]) > -0.5).all()


def test_what_ends_at_the_border_does_not_shine_over_it() -> None:
    picture = np.full((96, 64, 3), 200, np.float32)
    picture[50:80, :16] = 20  # a tower that is cut
    free = np.zeros((96, 64), bool)
    free[:, 16:] = True
    voted = gradients(np.full((96, 64, 3), 200, np.float32), np.ones((96, 64), bool))
    settled = settle(voted, picture, free, np.ones((96, 64), bool))
    assert settled[:, 20:].min() > 185 and settled[64, 16].min() > 180


def test_what_fits_nowhere_goes_over_without_a_line() -> None:
    picture, free = np.full((96, 64, 3), 200, np.float32), np.zeros((96, 64), bool)
    picture[:, :16], free[:, 16:] = 100, True  # beside another picture
    voted = gradients(np.full((96, 64, 3), 200, np.float32), np.ones((96, 64), bool))
    settled = settle(voted, picture, free, np.ones((96, 64), bool))
    assert np.abs(np.diff(settled[48, :, 0])).max() < 10


def test_connected_parts_are_numbered() -> None:
    mask = np.random.default_rng(1).random((40, 60)) < 0.42
    label = components(mask)
    assert ((label > 0) == mask).all()
    for dy, dx in ((0, 1), (1, 0), (1, 1), (1, -1)):
        a = label[: 40 - dy, max(0, -dx) : 60 - max(0, dx)]
        b = label[dy:, max(0, dx) : 60 - max(0, -dx)]
        both = (a > 0) & (b > 0)
        assert (a[both] == b[both]).all()
    assert set(np.unique(label)) == set(range(label.max() + 1))


def paper() -> np.ndarray:
    return np.random.default_rng(0).normal((225, 215, 190), 3, (300, 400, 3)).clip(0, 255).astype(np.uint8)


def test_lettering_and_seals_are_marks_and_a_tree_is_none() -> None:
    pixels = paper()
    for row in range(3):  # strokes like letters
        for column in range(2):
            y, x = 40 + 26 * row, 300 + 24 * column
            pixels[y : y + 18, x : x + 3], pixels[y + 8 : y + 11, x : x + 16], pixels[y : y + 3, x : x + 14] = (
                20,
                20,
                20,
            )
    pixels[220:250, 310:340] = (190, 50, 40)
    pixels[226:244, 318:321], pixels[226:244, 328:331] = (225, 215, 190), (225, 215, 190)
    pixels[60:, 40:160] = np.random.default_rng(2).integers(20, 110, (240, 120, 1))  # a wood that reaches the edge
    found = find_marks(pixels, np.ones((300, 400), bool))
    assert found[48:52, 300:316].all() and found[230:240, 312:338].mean() > 0.9
    assert not found[80:, 40:160].any() and not found[:, 180:280].any()


def test_nothing_on_paper_is_no_mark() -> None:
    assert not find_marks(paper(), np.ones((300, 400), bool)).any()


def test_a_seal_is_found_beside_busy_water() -> None:
    pixels = paper()
    pixels[192:300, 97::6] = (60, 110, 130)  # streaks that come close
    for line in range(5):
        pixels[140 + 12 * line : 145 + 12 * line, 40:92] = (170, 50, 40)
        pixels[140:196, 40 + 12 * line : 44 + 12 * line] = (170, 50, 40)
    found = find_marks(pixels, np.ones((300, 400), bool))
    assert found[140:196, 40:92].mean() > 0.8
