"""Teacher forcing through a plan: Algorithm 1 over the patches of pictures whose tokens are all known.

Training, the likelihood metrics and the tests use it; painting fills the same caches in engine/inference/prefill.py.
"""

import math
from collections.abc import Callable, Iterator

import torch
import torch.nn.functional as F
from torch import Tensor

from engine.inference.prefill import Pool, in_painting_order, order_rows, patch_tokens, prefill, select_context
from engine.models.text_encoder import TextStates
from engine.models.vision_decoder import VisionDecoder
from engine.models.vqgan import VOID
from engine.planning.schedule import Plan, PlannedPatch

IGNORE_INDEX = -100  # the target of a token that a masked decoder sees: cross_entropy leaves it out


def mask_all(tokens: Tensor) -> Tensor:
    """Replace all tokens by VOID."""
    return torch.full_like(tokens, VOID)


def mask_random(tokens: Tensor) -> Tensor:
    """Replace one to all tokens of each patch (batch, M) by VOID, every number equally often, as in mask-predict."""
    batch, count = tokens.shape
    rank = torch.rand(batch, count, device=tokens.device).argsort(1)
    return tokens.masked_fill(rank < torch.randint(1, count + 1, (batch, 1), device=tokens.device), VOID)


def teacher_forcing(
    decoder: VisionDecoder,
    plan: Plan,
    grid: Tensor,
    inputs: Tensor | None = None,
    read_text: Callable[[], TextStates | None] = lambda: None,
    mask_fn: Callable[[Tensor], Tensor] = mask_random,
) -> Iterator[tuple[PlannedPatch, Tensor, Tensor]]:
    """Yield (patch, logits (batch, M, vocabulary), targets (batch, M)) for every new patch of the plan.

    grid: token maps (batch, height, width) whose patch (0, 0) is the upper left one, or (batch, frame, height, width).
    inputs: maps that the decoder is fed instead, for instance with some tokens replaced. read_text: encodes the
    captions, anew for each patch. mask_fn: hides tokens of a masked decoder; targets of those it sees are IGNORE_INDEX.
    Caches are detached, so each patch may be a step of its own.
    """
    side, pool = decoder.config.side, Pool(plan)
    inputs = grid if inputs is None else inputs
    for planned in plan.new:
        text = read_text()
        for key in pool.missing(plan.reads(planned)):
            prefill(decoder, plan, pool, key, patch_tokens(inputs, plan.patches[key.number - 1].patch, side), text)
        context = select_context(decoder, plan, pool, planned.patch, plan.reads(planned))
        fed = in_painting_order(decoder, patch_tokens(inputs, planned.patch, side), planned.order)
        targets = in_painting_order(decoder, patch_tokens(grid, planned.patch, side), planned.order)
        if decoder.config.masked:
            fed = mask_fn(fed)
            targets = targets.masked_fill(fed != VOID, IGNORE_INDEX)
        logits, cache = decoder(fed, order_rows([planned.order] * len(fed), fed.device), context, text)
        yield planned, logits, targets
        pool.done(planned.number)
        if pool.wanted(planned.key) and decoder.config.masked:  # readers see what is finished
            prefill(decoder, plan, pool, planned.key, patch_tokens(inputs, planned.patch, side), text)
        elif pool.wanted(planned.key):
            pool.add(planned.key, cache.detach(), cache.nbytes)
            pool.done(planned.key)
        pool.remove()


@torch.no_grad()
def patch_bits(
    decoder: VisionDecoder, plan: Plan, grid: Tensor, text: TextStates | None = None, inputs: Tensor | None = None
) -> Iterator[tuple[PlannedPatch, Tensor]]:
    """Yield bits per token (batch,) of every new patch of the plan; inputs: as in teacher_forcing.

    Of a masked decoder: all tokens at once, each for itself. Tokens with IGNORE_INDEX count as 0 bits.
    """
    for planned, logits, targets in teacher_forcing(decoder, plan, grid, inputs, lambda: text, mask_all):
        logits = logits.to(torch.promote_types(logits.dtype, torch.float32))
        nats = F.cross_entropy(logits.transpose(1, 2), targets, reduction="none").mean(1)
        yield planned, nats / math.log(2)
