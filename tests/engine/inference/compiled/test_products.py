"""Products of integers are exact, for any number of rows and outputs."""

import numpy as np
import pytest

from engine.inference.compiled.layout import as_matrix, in_tiles
from engine.inference.compiled.products import ROOM, TILE, in_16_bits, product


@pytest.mark.parametrize("rows", [1, 2, 3, 4, 7])
@pytest.mark.parametrize("outputs", [32, 40, 100])
def test_products_are_exact(rows: int, outputs: int) -> None:
    rng, inputs = np.random.default_rng(rows), 22
    x = rng.integers(-32767, 32768, (rows + 1, inputs)).astype(np.int16)
    weight = rng.integers(-127, 128, (outputs, inputs)).astype(np.int8)
    sums = np.zeros((rows + 2, in_tiles(outputs)), np.int32)
    product(sums, 2, x.view(np.int32), 1, rows, as_matrix(weight), outputs, inputs // 2, TILE * inputs)
    assert (sums[2:, :outputs] == x[1:].astype(np.int64) @ weight.T.astype(np.int64)).all() and not sums[:2].any()


def test_sums_of_the_largest_numbers_have_room() -> None:
    row, numbers = np.ones(4096, np.float32), np.zeros(4096, np.int16)
    one = in_16_bits(row, numbers)
    assert numbers.astype(np.int64).sum() <= ROOM and np.allclose(numbers * one, 1, atol=1e-3)
    sums = np.zeros((1, TILE), np.int32)
    weight = as_matrix(np.full((TILE, 4096), 127, np.int8))
    product(sums, 0, numbers[None].view(np.int32), 0, 1, weight, TILE, 2048, TILE * 4096)
    assert (sums == 127 * numbers.astype(np.int64).sum()).all()
