"""How much of a painting was taken from the known picture as it stands (ours; not in the paper)."""

import numpy as np

from engine.inference.patch_match import rectangle_sums

RUN = 12  # tokens to the side of a part that is taken as it stands: what is larger counts as copied


def verbatim(way: np.ndarray, has: np.ndarray, most: int = RUN) -> tuple[np.ndarray, tuple[int, int]]:
    """Find tokens in runs of more than most×most that came from one place, bool (h, w), and the largest run (w, h).

    way: int64 (h, w, 2), how far each token's source lies from it; has: bool (h, w), whether it has one.
    """
    longest = 0, 0
    for one in np.unique(way[has], axis=0) if has.any() else ():
        same = has & (way == one).all(2)
        if same.sum() >= 4:
            longest = max(longest, _largest_rectangle(same), key=lambda size: size[0] * size[1])
    return copied(way, has, most), longest


def copied(way: np.ndarray, has: np.ndarray, most: int) -> np.ndarray:
    """The first of what `verbatim` returns: tokens in squares that have one way all over."""
    side, covered = most + 1, np.zeros_like(has)
    if min(has.shape) < side:
        return covered
    right, down = np.zeros_like(has), np.zeros_like(has)
    right[:, :-1] = has[:, :-1] & has[:, 1:] & (way[:, :-1] == way[:, 1:]).all(2)
    down[:-1] = has[:-1] & has[1:] & (way[:-1] == way[1:]).all(2)
    full = (rectangle_sums(right, side, side - 1)[:, : has.shape[1] - most] == side * most) & (
        rectangle_sums(down, side - 1, side)[: has.shape[0] - most] == side * most
    )
    for y, x in np.argwhere(full):
        covered[y : y + side, x : x + side] = True
    return covered


def _largest_rectangle(mask: np.ndarray) -> tuple[int, int]:
    """Width and height of the largest rectangle of set places."""
    best, high = (0, 0), np.zeros(mask.shape[1], int)
    for row in mask:
        high = np.where(row, high + 1, 0)
        for start in np.flatnonzero(row).tolist():
            low = high[start]
            for end in range(start, mask.shape[1]):
                low = min(low, high[end])
                if not low:
                    break
                if low * (end - start + 1) > best[0] * best[1]:
                    best = (end - start + 1, int(low))
    return best
