"""The connected parts of a mask: which pixels hang together, and where each part lies."""

import numpy as np

from engine.inference.compiled.labelling import find_bounds, number_parts


def components(mask: np.ndarray) -> np.ndarray:
    """Number the 8-connected parts of a mask from 1, int64 (h, w), 0 outside."""
    label = np.zeros(mask.shape, np.int64)
    number_parts(np.ascontiguousarray(mask), label)
    return label


def bounds(label: np.ndarray) -> list[tuple[slice, slice]]:
    """The rows and columns of each numbered part, int64 (h, w), from 1."""
    ends = np.zeros((int(label.max(initial=0)), 4), np.int64)
    ends[:, :2] = max(label.shape)
    find_bounds(np.ascontiguousarray(label), ends)
    return [(slice(top, bottom), slice(left, right)) for top, left, bottom, right in ends.tolist()]
