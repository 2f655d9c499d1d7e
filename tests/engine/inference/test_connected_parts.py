"""The connected parts of masks."""

import numpy as np

from engine.inference.connected_parts import bounds, components


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


def test_each_part_lies_in_its_bounds() -> None:
    label = components(np.random.default_rng(2).random((30, 50)) < 0.3)
    found = bounds(label)
    assert len(found) == label.max()
    for number, (rows, columns) in enumerate(found, start=1):
        y, x = np.nonzero(label == number)
        assert (rows.start, rows.stop, columns.start, columns.stop) == (y.min(), y.max() + 1, x.min(), x.max() + 1)


def test_nothing_has_no_parts() -> None:
    label = components(np.zeros((3, 4), bool))
    assert not label.any() and bounds(label) == []
    assert components(np.zeros((0, 4), bool)).shape == (0, 4)


def test_a_spiral_is_one_part() -> None:
    """Its arms have numbers of their own, which meet only in the end."""
    mask = np.zeros((9, 9), bool)
    mask[0], mask[:, 8], mask[8], mask[2:, 0], mask[2, :7], mask[2:7, 6], mask[6, 2:7], mask[4:7, 2] = [True] * 8
    assert components(mask).max() == 1 and components(mask).sum() == mask.sum()
