"""What is seen to come again."""

import numpy as np

from engine.inference.coarse_to_fine import means
from engine.inference.distinctiveness import MOST, SMALLER, distinctiveness
from engine.inference.patch_match import padded


def seen(picture: np.ndarray, allowed: np.ndarray) -> np.ndarray:
    return distinctiveness(padded(means(picture, SMALLER)), allowed)


def test_a_lone_house_is_distinctive_and_a_row_of_trees_is_not() -> None:
    picture = np.random.default_rng(0).normal(128, 4, (128, 320, 3)).astype(np.float32)
    picture[40:60, 60:300:30] -= 70.0  # trees, one like the other
    picture[80:104, 160:184] += 70.0
    found = seen(picture, np.ones((128, 320), bool))
    assert found.shape == (128, 320) and found.min() >= 0 and found.max() <= 1
    house, trees, ground = found[84:100, 164:180], found[40:60, 90:270], found[4:20, 20:300]
    assert house.min() > 0.5
    assert trees.mean() < 0.2 and ground.max() < 0.2


def test_what_may_not_be_taken_is_left_out() -> None:
    picture = np.zeros((64, 64, 3), np.float32)
    assert (seen(picture, np.zeros((64, 64), bool)) == 0).all()
    one = np.zeros((64, 64), bool)
    one[8, 8] = True
    assert (seen(picture, one) == 0).all(), "a single place is like nothing, and nothing can be said"


def test_places_of_a_small_picture_have_no_others_to_be_compared_with() -> None:
    noise = np.random.default_rng(2).normal(128, 40, (12, 12, 3)).astype(np.float32)
    assert (seen(noise, np.ones((12, 12), bool)) == 0).all()


def test_a_large_picture_is_compared_at_fewer_places() -> None:
    wide = np.random.default_rng(1).normal(128, 20, (320, 1600, 3)).astype(np.float32)  # 32,000 places of a block
    wide[100:124, 800:824] += 100.0
    found = seen(wide, np.ones((320, 1600), bool))
    assert found.shape == (320, 1600)
    assert found[104:120, 804:820].mean() > 2 * found.mean()
    assert 2 * MOST < 320 * 1600 / 16
