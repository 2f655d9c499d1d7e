"""Tokens drawn from logits, row by row, as `engine.inference.sampling.choose` has it."""

import numpy as np

from engine.inference.compiled import FUSED, compiled
from engine.inference.compiled.rows import exp

F32 = np.float32


@compiled(FUSED)
def draw(logits, noise, temperature, top_k, top_p, behind, chosen, outside):
    """Put down the winner of each row, int64 (batch,), and whether it may lie outside of the nucleus, bool (batch,).

    logits, noise: float32 (batch, vocabulary). behind: how far behind the best of a row a logit may be.
    """
    count = logits.shape[1]
    own = np.empty(count, F32)
    for n in range(len(logits)):
        row, luck = logits[n], noise[n]
        best = row[0]
        for j in range(count):
            best = row[j] if row[j] > best else best
        least = best + behind
        if 0 < top_k < count:
            least = max(least, np.sort(row)[count - top_k])
        winner, most = 0, F32(-np.inf)
        for j in range(count):
            own[j] = row[j] / temperature if row[j] >= least else F32(-np.inf)
            if own[j] + luck[j] > most:
                winner, most = j, own[j] + luck[j]
        chosen[n], outside[n] = winner, False
        if top_p < F32(1):
            total, likelier, level = F32(0), F32(0), own[winner]
            for j in range(count):
                share = exp(own[j] - best / temperature)
                total += share
                likelier += share if own[j] > level else F32(0)
            outside[n] = likelier >= top_p * total
