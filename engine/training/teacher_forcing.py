"""Teacher forcing through a plan: Algorithm 1 over the patches of pictures whose tokens are all known.

Training, the likelihood metrics and the tests use it; painting fills the same caches in engine/inference/prefill.py.
"""

import math
from collections.abc import Callable, Iterator

import torch
import torch.nn.functional as F
from torch import Tensor

from engine.inference.prefill import Pool, make_cache, order_rows, painting_order, patch_tokens, select_context
from engine.models.text_encoder import TextStates
from engine.models.vision_decoder import VisionDecoder
from engine.models.vqgan import VOID
from engine.planning.schedule import Plan, PlannedPatch

SHOWN = -100  # a target that a masked decoder was shown: what cross_entropy passes over


def all_hidden(tokens: Tensor) -> Tensor:
    return torch.full_like(tokens, VOID)


def some_hidden(tokens: Tensor) -> Tensor:
    """From one to all tokens of each patch (batch, M) become VOID, any number as often: what mask-predict will meet."""
    batch, count = tokens.shape
    rank = torch.rand(batch, count, device=tokens.device).argsort(1)
    return tokens.masked_fill(rank < torch.randint(1, count + 1, (batch, 1), device=tokens.device), VOID)


def walk(
    decoder: VisionDecoder,
    plan: Plan,
    grid: Tensor,
    inputs: Tensor | None = None,
    listen: Callable[[], TextStates | None] = lambda: None,
    veil: Callable[[Tensor], Tensor] = some_hidden,
) -> Iterator[tuple[PlannedPatch, Tensor, Tensor]]:
    """Yield (patch, logits (batch, M, vocabulary), targets (batch, M)) for every new patch of the plan.

    grid: token maps (batch, height, width) whose patch (0, 0) is the upper left one, or (batch, frame, height, width).
    inputs: maps that the decoder is fed instead, for instance with some tokens replaced. listen: reads what the
    captions say, anew for each patch. veil: what a masked decoder is not shown, the others are; of the rest the targets
    are SHOWN.
    Caches are detached, so each patch may be a step of its own.
    """
    side, pool = decoder.config.side, Pool(plan)
    inputs = grid if inputs is None else inputs
    for planned in plan.new:
        text = listen()
        for key in pool.missing(plan.reads(planned)):
            make_cache(decoder, plan, pool, key, patch_tokens(inputs, plan.patches[key.number - 1].patch, side), text)
        context = select_context(decoder, plan, pool, planned.patch, plan.reads(planned))
        fed = painting_order(decoder, patch_tokens(inputs, planned.patch, side), planned.order)
        targets = painting_order(decoder, patch_tokens(grid, planned.patch, side), planned.order)
        if decoder.config.masked:
            fed = veil(fed)
            targets = targets.masked_fill(fed != VOID, SHOWN)
        logits, cache = decoder(fed, order_rows([planned.order] * len(fed), fed.device), context, text)
        yield planned, logits, targets
        pool.done(planned.number)
        if pool.wanted(planned.key) and decoder.config.masked:  # readers see what is finished
            make_cache(decoder, plan, pool, planned.key, patch_tokens(inputs, planned.patch, side), text)
        elif pool.wanted(planned.key):
            pool.add(planned.key, cache.detach(), cache.nbytes)
            pool.done(planned.key)
        pool.remove()


@torch.no_grad()
def patch_bits(
    decoder: VisionDecoder, plan: Plan, grid: Tensor, text: TextStates | None = None, inputs: Tensor | None = None
) -> Iterator[tuple[PlannedPatch, Tensor]]:
    """Bits per token (batch,) of every new patch of the plan, as the decoder foresees it; inputs: as `walk` has them.

    Of a masked decoder: all tokens at once, each for itself. Tokens that are SHOWN count as 0 bits.
    """
    for planned, logits, targets in walk(decoder, plan, grid, inputs, lambda: text, all_hidden):
        logits = logits.to(torch.promote_types(logits.dtype, torch.float32))
        nats = F.cross_entropy(logits.transpose(1, 2), targets, reduction="none").mean(1)
        yield planned, nats / math.log(2)
