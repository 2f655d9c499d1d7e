"""The loops that number the parts of a mask; `engine.inference.connected_parts` says what they are for."""

import numpy as np

from engine.inference.compiled import ORDERED, compiled


@compiled(ORDERED)
def _root(parent, number):
    """The first number of the part that a number belongs to."""
    while parent[number] != number:
        parent[number] = parent[parent[number]]
        number = parent[number]
    return number


@compiled(ORDERED)
def number_parts(mask, label):
    """Number the 8-connected parts of a mask, bool (h, w), from 1, as rows are read.

    label: int64 (h, w), written. Pixels take the number of what they touch before them; numbers that meet are joined.
    """
    height, width = mask.shape
    parent = np.zeros((height + 1) // 2 * ((width + 1) // 2) + 1, np.int64)
    count = 0
    for y in range(height):
        for x in range(width):
            if not mask[y, x]:
                label[y, x] = 0
                continue
            own = 0
            for down, across in ((0, -1), (-1, -1), (-1, 0), (-1, 1)):
                row, column = y + down, x + across
                if row < 0 or column < 0 or column >= width or not mask[row, column]:
                    continue
                other = _root(parent, label[row, column])
                if own and other != own:
                    parent[max(own, other)] = min(own, other)
                    own = min(own, other)
                own = own or other
            if not own:
                count += 1
                own = count
                parent[own] = own
            label[y, x] = own
    final, found = np.zeros(count + 1, np.int64), 0
    for number in range(1, count + 1):  # a root is the least number of its part
        if parent[number] == number:
            found += 1
            final[number] = found
        else:
            final[number] = final[_root(parent, number)]
    for y in range(height):
        for x in range(width):
            label[y, x] = final[label[y, x]]


@compiled(ORDERED)
def find_bounds(label, ends):
    """Widen the ends, int64 (parts, 4): top, left, bottom and right, of each part to its pixels in a label (h, w)."""
    for y in range(label.shape[0]):
        for x in range(label.shape[1]):
            part = label[y, x] - 1
            if part >= 0:
                ends[part, 0] = min(ends[part, 0], y)
                ends[part, 1] = min(ends[part, 1], x)
                ends[part, 2] = max(ends[part, 2], y + 1)
                ends[part, 3] = max(ends[part, 3], x + 1)
