"""Labels of grids, beside all labellings there are."""

from itertools import product

import numpy as np
import pytest

from engine.inference.compiled.tree_reweighted import label_grid


def grid(height: int, width: int) -> tuple[np.ndarray, np.ndarray]:
    """The right and lower neighbours of the nodes of a grid."""
    number = np.full((height + 1, width + 1), -1)
    number[:height, :width] = np.arange(height * width).reshape(height, width)
    return number[:height, 1:].ravel(), number[1:, :width].ravel()


def cost(labels: np.ndarray, single: np.ndarray, right: np.ndarray, down: np.ndarray, pairs: np.ndarray) -> float:
    total = single[np.arange(len(labels)), labels].sum()
    for way, beside in enumerate((right, down)):
        some = np.flatnonzero(beside >= 0)
        total += pairs[way, some, labels[some], labels[beside[some]]].sum()
    return float(total)


@pytest.mark.parametrize(("height", "width"), [(1, 8), (8, 1), (3, 3)])
def test_the_labels_that_cost_least_are_found(height: int, width: int) -> None:
    chance, count = np.random.default_rng(height), height * width
    right, down = grid(height, width)
    for _ in range(5):
        single = chance.random((count, 3)).astype(np.float32)
        pairs = chance.random((2, count, 3, 3)).astype(np.float32)
        found = cost(label_grid(single, right, down, pairs, 20), single, right, down, pairs)
        least = min(cost(np.array(each), single, right, down, pairs) for each in product(range(3), repeat=count))
        assert found <= least * (1.0001 if 1 in (height, width) else 1.1)  # chains are solved, grids nearly


def test_labels_without_neighbours_are_each_nodes_cheapest() -> None:
    single = np.array([[3, 1, 2], [0, 5, 5]], np.float32)
    none, pairs = np.full(2, -1), np.zeros((2, 2, 3, 3), np.float32)
    assert label_grid(single, none, none, pairs, 3).tolist() == [1, 0]
