"""Labels of grids, beside all labellings there are."""

from itertools import product

import numpy as np
import pytest

from engine.inference.compiled.tree_reweighted import MOST, label_grid


def grid(height: int, width: int) -> tuple[np.ndarray, np.ndarray]:
    """The right and lower neighbours of the nodes of a grid."""
    number = np.full((height + 1, width + 1), -1)
    number[:height, :width] = np.arange(height * width).reshape(height, width)
    return number[:height, 1:].ravel(), number[1:, :width].ravel()


def costs(chance: np.random.Generator, *shape: int) -> np.ndarray:
    return chance.integers(0, 10_000, shape, np.int32)


def cost(labels: np.ndarray, single: np.ndarray, right: np.ndarray, down: np.ndarray, pairs: np.ndarray) -> float:
    total = single[np.arange(len(labels)), labels].sum()
    for way, beside in enumerate((right, down)):
        some = np.flatnonzero(beside >= 0)
        total += pairs[way, some, labels[some], labels[beside[some]]].sum()
    return float(total)


def labelled(
    single: np.ndarray, many: np.ndarray, right: np.ndarray, down: np.ndarray, pairs: np.ndarray, sweeps: int
) -> np.ndarray:
    """The labels of all nodes; pairs: (2, nodes, labels, labels), of which some are not there."""
    found, first = [np.zeros(0, np.int32)], np.zeros((2, len(many)), np.int64)
    for way, beside in enumerate((right, down)):
        for node in np.flatnonzero(beside >= 0):
            first[way, node] = sum(map(len, found))
            found.append(pairs[way, node, : many[node], : many[beside[node]]].ravel())
    return label_grid(single, many, right, down, np.concatenate(found), first, sweeps)


@pytest.mark.parametrize(("height", "width"), [(1, 8), (8, 1), (3, 3)])
def test_the_labels_that_cost_least_are_found(height: int, width: int) -> None:
    chance, count = np.random.default_rng(height), height * width
    right, down = grid(height, width)
    for _ in range(5):
        single, pairs = costs(chance, count, 3), costs(chance, 2, count, 3, 3)
        found = cost(labelled(single, np.full(count, 3), right, down, pairs, 20), single, right, down, pairs)
        least = min(cost(np.array(each), single, right, down, pairs) for each in product(range(3), repeat=count))
        assert found <= least * (1.0001 if 1 in (height, width) else 1.1)  # chains are solved, grids nearly


def test_labels_without_neighbours_are_each_nodes_cheapest() -> None:
    single = np.array([[3, 1, 2], [0, 5, 5]], np.int32)
    none, pairs = np.full(2, -1), np.zeros((2, 2, 3, 3), np.int32)
    assert labelled(single, np.full(2, 3), none, none, pairs, 3).tolist() == [1, 0]


def test_labels_that_a_node_does_not_have_are_as_if_they_cost_too_much() -> None:
    chance, (right, down) = np.random.default_rng(3), grid(6, 7)
    single, many, pairs = costs(chance, 42, 5), chance.integers(1, 6, 42), costs(chance, 2, 42, 5, 5)
    dear = np.where(np.arange(5) >= many[:, None], MOST // 8, single)
    found = labelled(single, many, right, down, pairs, 8)
    assert found.tolist() == labelled(dear, np.full(42, 5), right, down, pairs, 8).tolist()
