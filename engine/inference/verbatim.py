"""How much of a painting was taken from the known picture as it stands (ours; not in the paper)."""

import numpy as np

RUN = 12  # tokens to the side of a part that is taken as it stands: what is larger counts as copied


def verbatim(way: np.ndarray, has: np.ndarray, most: int = RUN) -> tuple[np.ndarray, tuple[int, int]]:
    """Find tokens in runs of more than most×most that came from one place, bool (h, w), and the largest run (w, h).

    way: int64 (h, w, 2), how far each token's source lies from it; has: bool (h, w), whether it has one.
    """
    height, width = has.shape
    side = most + 1
    covered, longest = np.zeros_like(has), (0, 0)
    for one in np.unique(way[has], axis=0) if has.any() else ():
        same = has & (way == one).all(2)
        if same.sum() < 4:
            continue
        run = _largest_rectangle(same)
        longest = max(longest, run, key=lambda size: size[0] * size[1])
        if run[0] * run[1] < side * side or height < side or width < side:
            continue
        sums = np.pad(same.astype(np.int32).cumsum(0).cumsum(1), ((1, 0), (1, 0)))
        full = sums[side:, side:] - sums[:-side, side:] - sums[side:, :-side] + sums[:-side, :-side] == side * side
        for y, x in np.argwhere(full):
            covered[y : y + side, x : x + side] = True
    return covered, longest


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
