"""Attention of one patch to all that it has read and painted so far, keys and values of 8 bits with a scale each."""

import numpy as np

from engine.inference.compiled import FUSED, compiled
from engine.inference.compiled.products import LINE, ROOM, TILE, TOP, in_16_bits, product
from engine.inference.compiled.rows import exp, most_of, sum_of

F32 = np.float32


@compiled(FUSED)
def _largest(row):
    """The largest size in a row, never 0."""
    most = F32(1e-20)
    for j in range(len(row)):
        size = abs(row[j])
        most = size if size > most else most
    return most


@compiled(FUSED)
def keep(kv, layer, patch, head, place, key, value):
    """Put one key and one value, (head_dim,), at their place."""
    keys, values = kv.keys[layer, patch, head], kv.values[layer, patch, head]
    head_dim, places = len(key), kv.bias.shape[1]
    most = _largest(key)
    kv.key_scale[layer, patch, head, place] = most / F32(127)
    factor = F32(127) / most
    start = place // TILE * TILE * head_dim + place % TILE * 2
    for j in range(head_dim):
        keys[start + j // 2 * LINE + j % 2] = np.int8(np.rint(key[j] * factor))
    most = _largest(value)
    kv.value_scale[layer, patch, head, place] = most / F32(127)
    factor = F32(127) / most
    start = place // 2 * LINE + place % 2
    for j in range(head_dim):
        values[start + j // TILE * TILE * places + j % TILE * 2] = np.int8(np.rint(value[j] * factor))


@compiled(FUSED)
def keep_all(kv, layer, patch, keys, values, count):
    """Put keys and values (kv_heads, place, head_dim), as many as `count`, from place 0 on."""
    for head in range(keys.shape[0]):
        for place in range(count):
            keep(kv, layer, patch, head, place, keys[head, place], values[head, place])


@compiled(FUSED)
def _softmax(scores, points, scale, kv, layer, patch, head, length, lanes, shares):
    """Logits in integers, of one row, to the shares of the values, in 16 bits; returns what one of them is."""
    key_scale, value_scale = kv.key_scale[layer, patch, head], kv.value_scale[layer, patch, head]
    bias = kv.bias[patch]
    for j in range(length):
        scores[j] = F32(points[j]) * scale * key_scale[j] + bias[j]
    most = most_of(scores, length, lanes)
    for j in range(length):
        scores[j] = exp(scores[j] - most)
    share = F32(1) / sum_of(scores, length, lanes)
    for j in range(length):
        scores[j] = scores[j] * value_scale[j]
    most = max(most_of(scores, length, lanes), F32(1e-20))
    top = min(F32(TOP), F32(ROOM - 2**15) * most / max(sum_of(scores, length, lanes), F32(1e-20)))
    factor = top / most
    for j in range(length):
        shares[j] = np.int16(np.rint(scores[j] * factor))
    return share / factor


@compiled(FUSED)
def attend(scratch, kv, layer, patch, length):
    """Self-attention or cross-attention of one patch: `made_heads` begins with its q.

    Places beyond the length are read up to the next multiple of TILE; their bias is NOWHERE and their scale 0.
    """
    q, seen = scratch.made_heads[patch], scratch.seen_heads[patch]
    scores, lanes, scale = scratch.scores[patch], scratch.lanes[patch], scratch.scale[patch]
    queries, shares = scratch.queries[patch], scratch.shares[patch]
    points, found = scratch.points[patch], scratch.found[patch]
    kv_heads, (heads, head_dim), places = kv.keys.shape[2], seen.shape, kv.bias.shape[1]
    rows = heads // kv_heads
    length += -length % TILE
    for n in range(heads):
        scale[n] = in_16_bits(q[n], queries[n])
    in_pairs, shares_in_pairs = queries.view(np.int32), shares.view(np.int32)
    for head in range(kv_heads):
        first = head * rows
        keys, values = kv.keys[layer, patch, head], kv.values[layer, patch, head]
        product(points, 0, in_pairs, first, rows, keys, length, head_dim // 2, TILE * head_dim)
        for n in range(rows):
            scale[first + n] = _softmax(
                scores[n], points[n], scale[first + n], kv, layer, patch, head, length, lanes, shares[n]
            )
        product(found, first, shares_in_pairs, 0, rows, values, head_dim, length // 2, TILE * places)
    for n in range(heads):
        for j in range(head_dim):
            seen[n, j] = F32(found[n, j]) * scale[n]
