"""Choosing tokens: temperature, top-k, top-p, min-p, and Gumbel noise that hangs on the place and the seed alone.

The noise of a token is drawn from (seed, patch column, row, frame, token, entry) with a counter-based generator
(Philox), so it is the same in any batch, under any schedule, after any stop; and the argmax of logits plus Gumbel
noise is a sample of their softmax. Small changes of the logits rarely change the choice, unlike with inverse CDFs.
"""

import math
from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor

from engine.inference.compiled.drawing import draw
from engine.request import Patch

_WORD = 2**64 - 1


def gumbel_noise(seed: int, patch: Patch, tokens: int, vocabulary: int) -> np.ndarray:
    """Standard Gumbel noise (tokens, vocabulary), float32, for one patch of a painting."""
    # As one integer: in a list numpy would take words past 2**63 through floats.
    counter = sum((place & _WORD) << (64 * word) for word, place in enumerate(patch, start=1))
    words = np.random.Philox(key=seed & (2**128 - 1), counter=counter).random_raw((tokens * vocabulary + 1) // 2)
    halves = words.astype("<u8").view("<u4")[: tokens * vocabulary].reshape(tokens, vocabulary)
    uniform = (halves.astype(np.float64) + 0.5) * 2.0**-32  # never 0 or 1
    return (-np.log(-np.log(uniform))).astype(np.float32)


def batched_noise(seed: int, patches: Sequence[Patch], tokens: int, vocabulary: int) -> Tensor:
    """Noise of several patches, (batch, tokens, vocabulary)."""
    return torch.from_numpy(np.stack([gumbel_noise(seed, patch, tokens, vocabulary) for patch in patches]))


def restrict(
    logits: Tensor, temperature: float = 1.0, top_k: int = 0, top_p: float = 1.0, min_p: float = 0.0
) -> Tensor:
    """Logits (batch, vocabulary) over the temperature, with entries outside top-k or the top-p nucleus at -inf.

    So are those less than min_p as probable as the likeliest one at temperature 1: few are left where the model is
    sure, and many where it is not (Nguyen et al. 2024).
    """
    if min_p > 0:
        logits = logits.masked_fill(logits < logits.amax(-1, keepdim=True) + math.log(min_p), -torch.inf)
    logits = logits / temperature
    if 0 < top_k < logits.shape[-1]:
        logits = logits.masked_fill(logits < logits.topk(top_k).values[..., -1:], -torch.inf)
    if top_p < 1:
        ordered, places = logits.sort(-1, descending=True)
        shares = ordered.softmax(-1)
        before = shares.cumsum(-1) - shares
        outside = torch.zeros_like(logits, dtype=torch.bool).scatter(-1, places, before >= top_p)
        logits = logits.masked_fill(outside, -torch.inf)
    return logits


def choose(
    logits: Tensor, noise: Tensor, temperature: float = 1.0, top_k: int = 0, top_p: float = 1.0, min_p: float = 0.0
) -> Tensor:
    """Sample tokens (…) from logits (…, vocabulary) with their Gumbel noise.

    What wins among all entries wins in the nucleus, too, if it is one of it, and it mostly is: only where it is not is
    the nucleus made, since to sort it takes longer than all else here. To ask that would keep a graphics card waiting,
    which makes it each time.
    """
    if logits.is_cuda:
        return choose_without_asking(logits, noise, temperature, top_k, top_p, min_p)
    chosen, outside = _winners(logits, noise, temperature, top_k, top_p, min_p)
    if outside is not None and outside.any():
        chosen[outside] = choose_without_asking(logits[outside], noise[outside], temperature, top_k, top_p, min_p)
    return chosen


def _winners(
    logits: Tensor, noise: Tensor, temperature: float, top_k: int, top_p: float, min_p: float
) -> tuple[Tensor, Tensor | None]:
    """What wins among all entries that top-k and min-p leave, (batch,), and where it lies outside of the nucleus."""
    if logits.dtype == torch.float32:
        shape = logits.shape[:-1]
        chosen, outside = torch.empty(shape, dtype=torch.int64), torch.empty(shape, dtype=torch.bool)
        behind = math.log(min_p) if min_p > 0 else -math.inf
        cuts = np.float32(temperature), top_k, np.float32(top_p), np.float32(behind)
        rows = logits.flatten(0, -2).numpy(), noise.flatten(0, -2).numpy()
        draw(*rows, *cuts, chosen.view(-1).numpy(), outside.view(-1).numpy())
        return chosen, outside
    logits = restrict(logits, temperature, top_k, min_p=min_p)
    chosen = (logits + noise).argmax(-1)
    return chosen, likelier(logits, chosen) >= top_p if top_p < 1 else None


def choose_without_asking(
    logits: Tensor, noise: Tensor, temperature: float = 1.0, top_k: int = 0, top_p: float = 1.0, min_p: float = 0.0
) -> Tensor:
    """The same tokens, with nothing that depends on what is found."""
    return (restrict(logits, temperature, top_k, top_p, min_p) + noise).argmax(-1)


def likelier(logits: Tensor, chosen: Tensor) -> Tensor:
    """How probable all entries are together that are likelier than the chosen ones, (batch,)."""
    shares = logits.softmax(-1)
    own = shares.gather(-1, chosen.unsqueeze(-1))
    return torch.where(shares > own, shares, 0).sum(-1)
