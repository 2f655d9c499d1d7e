"""Labels for the nodes of a grid, so that they fit their nodes and one another: TRW-S (Kolmogorov 2006).

Sequential tree-reweighted message passing finds labels whose costs, of each node and of each pair of neighbours, add up
to little. It is compiled, for every message looks at all pairs of labels, and counts in whole numbers: of these, but
not of fractions, the compiler finds the least of eight at a time.
"""

import numpy as np

from engine.inference.compiled import ORDERED, compiled

LEFT, RIGHT, UP, DOWN = range(4)
MOST = np.int32(2**30)  # more than anything costs


@compiled(ORDERED)
def _sent_on(own: np.ndarray, told: np.ndarray, cost: np.ndarray, message: np.ndarray) -> None:
    """Write what a node tells the neighbour after it: for each of its labels, the least that it costs here.

    own: int32 (here,), what labels of the node cost, with what the neighbour told. cost: (here * there).
    """
    message[:] = MOST
    for here in range(len(own)):
        rest = np.int32(own[here] - told[here])
        row = cost[here * len(message) : (here + 1) * len(message)]
        for there in range(len(message)):
            message[there] = min(message[there], np.int32(rest + row[there]))
    _less(message)


@compiled(ORDERED)
def _sent_back(own: np.ndarray, told: np.ndarray, cost: np.ndarray, message: np.ndarray) -> None:
    """Write what it tells the neighbour before it; cost: (there * here)."""
    for there in range(len(message)):
        least, row = MOST, cost[there * len(own) : (there + 1) * len(own)]
        for here in range(len(own)):
            least = min(least, np.int32(own[here] - told[here] + row[here]))
        message[there] = least
    _less(message)


@compiled(ORDERED)
def _less(message: np.ndarray) -> None:
    """Take the least off all, so that nothing grows; as one operation on arrays it takes half as long again."""
    least = message.min()
    for there in range(len(message)):
        message[there] -= least


@compiled(ORDERED)
def _own(single: np.ndarray, told: np.ndarray, share: int, own: np.ndarray) -> None:
    """Write what labels of a node cost, with what all its neighbours told, (4, labels), so many times less."""
    for label in range(len(own)):
        total = single[label] + told[LEFT, label] + told[RIGHT, label] + told[UP, label] + told[DOWN, label]
        own[label] = total // share


@compiled(ORDERED)
def label_grid(
    single: np.ndarray, many: np.ndarray, right: np.ndarray, down: np.ndarray, pairs: np.ndarray, first: np.ndarray,
    sweeps: int,
) -> np.ndarray:  # fmt: skip
    """Return the label of each node, int64 (nodes,); nodes are in the order of their rows.

    single: int32 (nodes, labels), what each label costs, 0 to MOST / 8. many: int64 (nodes,), how many of its labels,
    the first ones, a node has, one at least. right, down: int64 (nodes,), the neighbours, -1 where there is none.
    pairs: int32, what labels of a node and of its right (0) and lower (1) neighbour cost together, first: int64
    (2, nodes), where those of a node begin: (its labels, those of the neighbour), one after the other.
    """
    count, labels = single.shape
    near = np.full((count, 4), -1)
    near[:, RIGHT], near[:, DOWN] = right, down
    for node in range(count):
        if right[node] >= 0:
            near[right[node], LEFT] = node
        if down[node] >= 0:
            near[down[node], UP] = node
    there = near >= 0
    shares = np.maximum(1, np.maximum(there[:, 0::2].sum(1), there[:, 1::2].sum(1)))
    told, room = np.zeros((count, 4, labels), np.int32), np.zeros(labels, np.int32)  # by each neighbour to a node
    for sweep in range(2 * sweeps):
        for step in range(count):
            node = step if sweep % 2 == 0 else count - 1 - step
            own, heard = room[: many[node]], told[node]
            _own(single[node], heard, shares[node], own)
            for way, (before, after) in enumerate(((LEFT, RIGHT), (UP, DOWN))):
                if sweep % 2 == 0:
                    next_ = near[node, after]
                    if next_ >= 0:
                        _sent_on(own, heard[after], pairs[first[way, node] :], told[next_, before, : many[next_]])
                else:
                    last = near[node, before]
                    if last >= 0:
                        _sent_back(own, heard[before], pairs[first[way, last] :], told[last, after, : many[last]])
    chosen = np.zeros(count, np.int64)
    for node in range(count):
        cost = (single[node] + told[node, RIGHT] + told[node, DOWN])[: many[node]]
        for way, before in enumerate((LEFT, UP)):
            last = near[node, before]
            if last >= 0:
                start = first[way, last] + chosen[last] * many[node]
                cost = cost + pairs[start : start + many[node]]
        chosen[node] = cost.argmin()
    return chosen
