"""Labels for the nodes of a grid, so that they fit their nodes and one another: TRW-S (Kolmogorov 2006).

Sequential tree-reweighted message passing finds labels whose costs, of each node and of each pair of neighbours, add up
to little. It is compiled, for every message looks at all pairs of labels.
"""

import numpy as np

from engine.inference.compiled import EXACT, ORDERED, compiled

LEFT, RIGHT, UP, DOWN = range(4)


@compiled(EXACT)
def _sent_on(own: np.ndarray, cost: np.ndarray, message: np.ndarray) -> None:
    """Write what a node tells the neighbour after it: for each of its labels, the least that it costs here.

    own: float32 (labels,), what labels of the node cost without what the neighbour told. cost: (here, there).
    """
    message[:] = np.inf
    for here in range(len(message)):
        for there in range(len(message)):
            message[there] = min(message[there], own[here] + cost[here, there])
    message -= message.min()


@compiled(EXACT)
def _sent_back(own: np.ndarray, cost: np.ndarray, message: np.ndarray) -> None:
    """Write what it tells the neighbour before it; cost: (there, here)."""
    for there in range(len(message)):
        least = np.float32(np.inf)
        for here in range(len(message)):
            least = min(least, own[here] + cost[there, here])
        message[there] = least
    message -= message.min()


@compiled(ORDERED)
def label_grid(single: np.ndarray, right: np.ndarray, down: np.ndarray, pairs: np.ndarray, sweeps: int) -> np.ndarray:
    """Return the label of each node, int64 (nodes,); nodes are in the order of their rows.

    single: float32 (nodes, labels), what each label costs. right, down: int64 (nodes,), the neighbours, -1 where there
    is none. pairs: float32 (2, nodes, labels, labels), what labels of a node and of its right (0) and lower (1)
    neighbour cost together.
    """
    count, labels = single.shape
    near = np.full((4, count), -1)
    near[RIGHT], near[DOWN] = right, down
    for node in range(count):
        if right[node] >= 0:
            near[LEFT, right[node]] = node
        if down[node] >= 0:
            near[UP, down[node]] = node
    told = np.zeros((4, count, labels), np.float32)  # what each neighbour has told a node
    for sweep in range(2 * sweeps):
        for step in range(count):
            node = step if sweep % 2 == 0 else count - 1 - step
            ahead, behind = (near[:, node] >= 0)[1::2].sum(), (near[:, node] >= 0)[::2].sum()
            own = single[node] + told[LEFT, node] + told[RIGHT, node] + told[UP, node] + told[DOWN, node]
            own = own / np.float32(max(1, ahead, behind))
            for way, (before, after) in enumerate(((LEFT, RIGHT), (UP, DOWN))):
                if sweep % 2 == 0 and near[after, node] >= 0:
                    _sent_on(own - told[after, node], pairs[way, node], told[before, near[after, node]])
                elif sweep % 2 == 1 and near[before, node] >= 0:
                    back = near[before, node]
                    _sent_back(own - told[before, node], pairs[way, back], told[after, back])
    chosen = np.zeros(count, np.int64)
    for node in range(count):
        cost = single[node] + told[RIGHT, node] + told[DOWN, node]
        if near[LEFT, node] >= 0:
            cost = cost + pairs[0, near[LEFT, node], chosen[near[LEFT, node]]]
        if near[UP, node] >= 0:
            cost = cost + pairs[1, near[UP, node], chosen[near[UP, node]]]
        chosen[node] = cost.argmin()
    return chosen
