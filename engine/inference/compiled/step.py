"""One step of the vision decoder through all its blocks: what PatchStates computes, in one call.

Weights, keys and values are integers of 8 bits with a scale each: per output of a linear layer, per place and head of
the context. What they are multiplied with is brought to 16 bits, row by row, so a patch is painted to the same bits in
any batch.
"""

import numpy as np

from engine.inference.compiled import FUSED, compiled
from engine.inference.compiled.attention import attend, keep
from engine.inference.compiled.products import TILE, in_16_bits, product
from engine.inference.compiled.rows import add, gelu, norm

F32 = np.float32


@compiled(FUSED)
def _linear(scratch, y, x, linear, layer, first, last):
    """A linear layer for the rows from first to last, y from x."""
    w, scale, bias = linear.weight[layer], linear.scale[layer], linear.bias[layer]
    inputs, outputs = x.shape[1], len(scale)
    for row in range(first, last):
        scratch.scale[row, 0] = in_16_bits(x[row], scratch.inputs[row])
    in_pairs = scratch.inputs.view(np.int32)
    product(scratch.sums, first, in_pairs, first, last - first, w, outputs, inputs // 2, TILE * inputs)
    for row in range(first, last):
        own, made, here = scratch.scale[row, 0], scratch.sums[row], y[row]
        for j in range(outputs):
            here[j] = F32(made[j]) * (own * scale[j]) + bias[j]


@compiled(FUSED)
def _turn(made, turns, own):
    """Rotate pairs of q, k and v, and add e_n; all (dim + 2 · kv_dim,)."""
    for j in range(0, len(made), 2):
        x, y = made[j], made[j + 1]
        made[j] = own[j] + x * turns[j] - y * turns[j + 1]
        made[j + 1] = own[j + 1] + x * turns[j + 1] + y * turns[j]


@compiled(FUSED)
def _self_attention(weights, scratch, kv, layer, places, turns, own, first, last):
    _linear(scratch, scratch.made, scratch.normed, weights.qkv, layer, first, last)
    heads, kv_heads = scratch.seen_heads.shape[1], kv.keys.shape[2]
    for patch in range(first, last):
        _turn(scratch.made[patch], turns[patch], own)
        made, place = scratch.made_heads[patch], places[patch]
        kv.bias[patch, place] = F32(0)
        for head in range(kv_heads):
            keep(kv, layer, patch, head, place, made[heads + head], made[heads + kv_heads + head])
        attend(scratch, kv, layer, patch, place + 1)


@compiled(FUSED)
def _cross_attention(weights, scratch, text, layer, first, last):
    """To the states of the text; its q is already divided by the root of head_dim."""
    norm(scratch.normed, scratch.x, weights.text_norm, layer, scratch.lanes[first], first, last)
    _linear(scratch, scratch.made, scratch.normed, weights.text_q, layer, first, last)
    for patch in range(first, last):
        attend(scratch, text, layer, patch, text.bias.shape[1])
    _linear(scratch, scratch.added, scratch.seen, weights.text_out, layer, first, last)
    add(scratch.x, scratch.added, first, last)


@compiled(FUSED)
def advance(weights, scratch, kv, text, places, turns, own, first, last):
    """One step of the patches from first to last of a batch: states `x` to `logits`.

    places: int64 (batch,), where each keeps its key; turns: (batch, dim + 2 · kv_dim); own: what e_n adds, of one row.
    text: what is read of prompts; of no place where that is one with the bias of `out`.
    """
    x, normed, lanes = scratch.x, scratch.normed, scratch.lanes[first]
    for layer in range(kv.keys.shape[0]):
        norm(normed, x, weights.attention_norm, layer, lanes, first, last)
        _self_attention(weights, scratch, kv, layer, places, turns, own, first, last)
        _linear(scratch, scratch.added, scratch.seen, weights.out, layer, first, last)
        add(x, scratch.added, first, last)
        if text.bias.shape[1]:
            _cross_attention(weights, scratch, text, layer, first, last)
        norm(normed, x, weights.ffn_norm, layer, lanes, first, last)
        _linear(scratch, scratch.wide, normed, weights.wide, layer, first, last)
        gelu(scratch.wide, first, last)
        _linear(scratch, scratch.added, scratch.wide, weights.narrow, layer, first, last)
        add(x, scratch.added, first, last)
    norm(normed, x, weights.norm, 0, lanes, first, last)
    _linear(scratch, scratch.logits, normed, weights.head, 0, first, last)
