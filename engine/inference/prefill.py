"""Prefill of Algorithm 2: the keys and values of finished patches, and the context that a new patch reads of them."""

from collections.abc import Sequence

import torch
from torch import Tensor

from engine.models.text_encoder import TextStates
from engine.models.vision_decoder import ORDERS, Cache, Context, VisionDecoder
from engine.planning.context_pool import ContextPool
from engine.planning.direction_controller import label
from engine.planning.schedule import CacheKey, Plan
from engine.request import Order, Patch

Pool = ContextPool[Cache]


def patch_tokens(grid: Tensor, patch: Patch, side: int) -> Tensor:
    """Tokens of one patch in raster order, (batch, M), out of token maps (batch, height, width) or those of films.

    Films are (batch, frame, height, width).
    """
    grid = grid[:, patch.frame] if grid.dim() == 4 else grid
    rows, columns = patch_slices(patch, side)
    return grid[:, rows, columns].flatten(1)


def patch_slices(patch: Patch, side: int) -> tuple[slice, slice]:
    """The rows and the columns of a patch in a token map."""
    return slice(patch.row * side, (patch.row + 1) * side), slice(patch.column * side, (patch.column + 1) * side)


def in_painting_order(decoder: VisionDecoder, raster: Tensor, order: Order) -> Tensor:
    """Raster tokens (batch, M) as the order paints them."""
    return raster[:, decoder.positions.orders[ORDERS.index(order)]]


def order_rows(orders: Sequence[Order], device: torch.device) -> Tensor:
    return torch.tensor([ORDERS.index(order) for order in orders], device=device)


def select_context(
    decoder: VisionDecoder, plan: Plan, pool: Pool, reader: Patch, keys: Sequence[CacheKey]
) -> Context | None:
    """Select and Emb of Algorithm 1: the caches of a patch's neighbours with their labels."""
    labels = [label(reader, plan.patches[key.number - 1].patch, plan.extent) for key in keys]
    caches = pool.select(keys)
    if not caches:
        return None
    batch = caches[0].keys.shape[1]
    return Context.of(caches, torch.tensor([labels], device=caches[0].keys.device).expand(batch, -1))


@torch.no_grad()
def prefill(
    decoder: VisionDecoder, plan: Plan, pool: Pool, key: CacheKey, raster: Tensor, text: TextStates | None = None
) -> None:
    """One parallel pass over a finished patch (batch, M): Image Condition Pre-caching and re-caching (Algorithm 2)."""
    patch = plan.patches[key.number - 1].patch
    context = select_context(decoder, plan, pool, patch, plan.caches[key])
    tokens = in_painting_order(decoder, raster, key.order)
    cache = decoder.compute_cache(tokens, order_rows([key.order] * len(tokens), tokens.device), context, text)
    pool.add(key, cache, cache.nbytes)
    pool.done(key)
    pool.remove()
