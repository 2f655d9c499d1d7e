"""Painting of token maps by the variants and the baselines, many pictures at once; all draw with the same noise rules.

The baselines are those that the paper compares with, on our tokens: taming-transformers' sliding window (Esser et al.
2021), a window of mask-predict as in MaskGIT (Chang et al. 2022), and divide-and-conquer, where no patch sees another.
"""

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor

from engine.evaluate.likelihood import without_context
from engine.inference.incremental_decoding import PatchStates
from engine.inference.mask_predict import ROUNDS, draw_at_once
from engine.inference.prefill import Pool, order_rows, patch_slices, patch_tokens, prefill, select_context
from engine.inference.sampling import choose, gumbel_noise
from engine.models.checkpoint import ImageModel
from engine.models.text_encoder import TextStates
from engine.models.vision_decoder import VisionDecoder
from engine.models.vqgan import VOID
from engine.planning.schedule import Plan, PlannedPatch, plan
from engine.reproduction.variants import Variant
from engine.request import Order, Patch

CUTS = (1.0, 0, 0.98, 0.0)  # temperature, top-k, top-p, min-p


@torch.inference_mode()
def paint(variant: Variant, model: ImageModel, maps: Tensor, seed: int, words: Sequence[str]) -> Tensor:
    """Fill what is VOID in token maps (batch, height, width), the same places in all; words: of each picture.

    Sides are multiples of the patch for variants of patches, and at least a window for the others.
    """
    maps, text = maps.clone(), model.read(words)
    if variant.kind == "patches":
        _by_patches(variant, model.decoder, maps, seed, text)
    elif variant.local != "ar":
        _by_masked_windows(model.decoder, maps, seed, text)
    elif variant.cached:
        _by_cached_windows(model.decoder, maps, seed, text)
    else:
        _by_sliding_window(model.decoder, maps, seed, text)
    return maps


def _by_patches(variant: Variant, decoder: VisionDecoder, maps: Tensor, seed: int, text: TextStates | None) -> None:
    """Algorithm 2, one patch of all pictures after another."""
    side = decoder.config.side
    rows, columns = (length // side for length in maps.shape[1:])
    cells = [Patch(x, y) for x in range(columns) for y in range(rows)]
    known = [cell for cell in cells if bool((patch_tokens(maps[:1], cell, side) != VOID).all())]
    planned = plan(cells, known, decoder.config.extent)
    planned = planned if variant.caches else without_context(planned)
    pool = Pool(planned)
    for each in planned.new:
        for key in pool.missing(planned.reads(each)):
            _cache(decoder, planned, pool, key.number, key, maps, text)
        context = select_context(decoder, planned, pool, each.patch, planned.reads(each))
        drawn = _draw(variant, decoder, each, context, maps, seed, text)
        maps[:, *patch_slices(each.patch, side)] = drawn.view(len(maps), side, side)
        pool.done(each.number)
        if pool.wanted(each.key):
            _cache(decoder, planned, pool, each.number, each.key, maps, text)
        pool.remove()


def _cache(
    decoder: VisionDecoder, planned: Plan, pool: Pool, number: int, key, maps: Tensor, text: TextStates | None
) -> None:
    raster = patch_tokens(maps, planned.patches[number - 1].patch, decoder.config.side)
    prefill(decoder, planned, pool, key, raster, text)


def _draw(
    variant: Variant, decoder: VisionDecoder, planned: PlannedPatch, context, maps: Tensor, seed: int,
    text: TextStates | None,
) -> Tensor:  # fmt: skip
    """Tokens (batch, M) of one patch in raster order."""
    config, count = decoder.config, len(maps)
    orders = order_rows([planned.order] * count, maps.device)
    noise = _noise(seed, planned.patch, count, config.tokens, config.vocabulary).to(maps.device)
    if variant.local != "ar":
        free = maps.new_full((count, config.tokens), VOID)
        drawn, _ = draw_at_once(decoder, orders, context, text, free, noise, ROUNDS[variant.local], 1.0, CUTS)
    else:
        states = PatchStates(decoder, orders, context, text)
        chosen: list[Tensor] = []
        for step in range(config.tokens):
            chosen.append(choose(states.advance(chosen[-1] if chosen else None), noise[:, step], *CUTS))
        drawn = torch.stack(chosen, 1)
    return torch.empty_like(drawn).scatter_(1, decoder.positions.orders[orders], drawn)


def _by_sliding_window(decoder: VisionDecoder, maps: Tensor, seed: int, text: TextStates | None) -> None:
    """Raster order; for each token the window around it is gone through as a whole, as it was published."""
    side, (height, width) = decoder.config.side, maps.shape[1:]
    orders = order_rows([Order.ZETA] * len(maps), maps.device)
    for row, column in (maps[0] == VOID).nonzero().tolist():
        top, left = (min(max(at - side // 2, 0), end - side) for at, end in ((row, height), (column, width)))
        window = maps[:, top : top + side, left : left + side].flatten(1)
        logits, _ = decoder(window, orders, None, text)
        noise = _noise(seed, Patch(column, row), len(maps), 1, decoder.config.vocabulary)[:, 0].to(maps.device)
        maps[:, row, column] = choose(logits[:, (row - top) * side + column - left], noise, *CUTS)


def _by_cached_windows(decoder: VisionDecoder, maps: Tensor, seed: int, text: TextStates | None) -> None:
    """Raster order inside windows that move by half of themselves: keys and values are kept within each."""
    config = decoder.config
    orders = order_rows([Order.ZETA] * len(maps), maps.device)
    for top, left in _origins(maps, config.side):
        window = maps[:, top : top + config.side, left : left + config.side].flatten(1)
        if bool((window[0] != VOID).all()):
            continue
        states = PatchStates(decoder, orders, None, text)
        noise = _noise(seed, Patch(left, top), len(maps), config.tokens, config.vocabulary).to(maps.device)
        before: Tensor | None = None
        for step in range(config.tokens):
            logits, known = states.advance(before), window[:, step]
            before = torch.where(known == VOID, choose(logits, noise[:, step], *CUTS), known)
            window[:, step] = before
        maps[:, top : top + config.side, left : left + config.side] = window.unflatten(1, (config.side, -1))


def _by_masked_windows(decoder: VisionDecoder, maps: Tensor, seed: int, text: TextStates | None) -> None:
    """Windows that move by half of themselves, the one with the most known tokens first; 8 rounds in each."""
    config = decoder.config
    orders = order_rows([Order.ZETA] * len(maps), maps.device)
    waiting = _origins(maps, config.side)
    while waiting:
        unknown = [int((maps[0, t : t + config.side, x : x + config.side] == VOID).sum()) for t, x in waiting]
        waiting = [at for at, count in zip(waiting, unknown, strict=True) if count]
        unknown = [count for count in unknown if count]
        if not waiting:
            return
        top, left = waiting.pop(int(np.argmin(unknown)))
        window = maps[:, top : top + config.side, left : left + config.side].flatten(1)
        noise = _noise(seed, Patch(left, top), len(maps), config.tokens, config.vocabulary).to(maps.device)
        drawn, _ = draw_at_once(decoder, orders, None, text, window, noise, ROUNDS["mask_predict"], 1.0, CUTS)
        maps[:, top : top + config.side, left : left + config.side] = drawn.unflatten(1, (config.side, -1))


def _origins(maps: Tensor, side: int) -> list[tuple[int, int]]:
    """Upper left corners of windows that cover the maps, moved by half a window each, in raster order."""
    places = [[*range(0, length - side, side // 2), length - side] for length in maps.shape[1:]]
    return [(top, left) for top in places[0] for left in places[1]]


def _noise(seed: int, patch: Patch, count: int, tokens: int, vocabulary: int) -> Tensor:
    """(count, tokens, vocabulary): each picture has a seed of its own."""
    return torch.from_numpy(np.stack([gumbel_noise(seed + n, patch, tokens, vocabulary) for n in range(count)]))
