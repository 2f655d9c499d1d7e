"""One step of the vision decoder through all its blocks, compiled by numba: what PatchStates computes, in one call.

Weights, keys and values are integers of 8 bits with a scale each: per output of a linear layer, per place and head of
the context. Every sum is made in one fixed order, along the inputs, and the lanes of the processor lie across the
outputs; so a patch is painted to the same bits in any batch. Weights lie as (inputs, outputs) for this.

The functions release Python's lock, and the first call compiles them, for some seconds; the machine code is kept on
disk. They are in one file because what is kept is made anew when the file of a function changes, not those that it
calls.
"""

from typing import Any, NamedTuple

import numpy as np
from llvmlite import ir
from numba import njit, types
from numba.extending import intrinsic

LANES = 16  # sums over a row are made side by side, so many at a time: an AVX-512 register of float32
F32 = np.float32
NOWHERE = F32(-1e30)  # bias of places that are not there

# A product and the sum that takes it may be one operation, but no sum may be reordered; no number is NaN.
compiled = njit(nogil=True, cache=True, fastmath={"contract", "nsz", "nnan"}, error_model="numpy")


class Linear(NamedTuple):
    """Linear layers of all blocks. weight: int8 (layers, inputs, outputs); scale, bias: float32 (layers, outputs)."""

    weight: np.ndarray
    scale: np.ndarray
    bias: np.ndarray


class Norm(NamedTuple):
    """Layer norms of all blocks, float32 (layers, dim)."""

    weight: np.ndarray
    bias: np.ndarray


class Weights(NamedTuple):
    """Those of a vision decoder; `norm` and `head`, of one layer, come after the blocks."""

    attention_norm: Norm
    qkv: Linear
    out: Linear
    text_norm: Norm
    text_q: Linear
    text_out: Linear
    ffn_norm: Norm
    wide: Linear
    narrow: Linear
    norm: Norm
    head: Linear


class KeyValues(NamedTuple):
    """What is attended to, with room to grow: keys lie across.

    keys: int8 (layers, batch, kv_heads, head_dim, place); values: int8 (layers, batch, kv_heads, place, head_dim);
    scales: float32 (layers, batch, kv_heads, place), 0 where nothing is yet; bias: float32 (batch, place), of the
    logits, NOWHERE where nothing is yet. There are a multiple of LANES places.
    """

    keys: np.ndarray
    key_scale: np.ndarray
    values: np.ndarray
    value_scale: np.ndarray
    bias: np.ndarray


class Scratch(NamedTuple):
    """Room for what is computed, float32, a row for each patch; `seen_heads` and `seen` are the same memory."""

    x: np.ndarray  # (batch, dim), the states; in and out
    normed: np.ndarray  # (batch, dim)
    made: np.ndarray  # (batch, dim + 2 · kv_dim): q, k and v
    made_heads: np.ndarray  # (batch, heads + 2 · kv_heads, head_dim), the same memory
    seen: np.ndarray  # (batch, dim)
    seen_heads: np.ndarray  # (batch, heads, head_dim), the same memory
    added: np.ndarray  # (batch, dim)
    wide: np.ndarray  # (batch, 4 · dim)
    logits: np.ndarray  # (batch, vocabulary)
    scores: np.ndarray  # (batch, heads per kv_head, place)
    lanes: np.ndarray  # (batch, LANES)


def _generate_bitcast(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
    return builder.bitcast(arguments[0], ir.FloatType())


@intrinsic
def _as_float(typing: Any, bits: Any) -> Any:
    """The float32 whose bits an int32 has."""
    return types.float32(types.int32), _generate_bitcast


as_float: Any = _as_float  # as it is called: the first parameter is the compiler's


@compiled
def _exp(x):
    """exp of a float32 between -87 and 87, to 2 units of the last place (Cephes); others count as these."""
    x = F32(-87) if x < F32(-87) else x
    x = F32(87) if x > F32(87) else x
    whole = np.floor(x * F32(1.44269504) + F32(0.5))
    r = x - whole * F32(0.693359375)
    r = r + whole * F32(2.12194440e-4)
    p = F32(1.9875691500e-4)
    p = p * r + F32(1.3981999507e-3)
    p = p * r + F32(8.3334519073e-3)
    p = p * r + F32(4.1665795894e-2)
    p = p * r + F32(1.6666665459e-1)
    p = p * r + F32(5.0000001201e-1)
    p = p * r * r + r + F32(1)
    return p * as_float((np.int32(whole) + np.int32(127)) << np.int32(23))


# ---- products of rows with a matrix of 8 bits: y[to + n] += x[of + n] @ w[:, :outputs]


@compiled
def _one_row(y, to, x, of, w, inputs, outputs):
    a = y[to]
    done = inputs - inputs % 8
    for k in range(0, done, 8):
        p0, p1, p2, p3 = x[of, k], x[of, k + 1], x[of, k + 2], x[of, k + 3]
        p4, p5, p6, p7 = x[of, k + 4], x[of, k + 5], x[of, k + 6], x[of, k + 7]
        for j in range(outputs):
            s = a[j]
            s += F32(w[k, j]) * p0
            s += F32(w[k + 1, j]) * p1
            s += F32(w[k + 2, j]) * p2
            s += F32(w[k + 3, j]) * p3
            s += F32(w[k + 4, j]) * p4
            s += F32(w[k + 5, j]) * p5
            s += F32(w[k + 6, j]) * p6
            s += F32(w[k + 7, j]) * p7
            a[j] = s
    for k in range(done, inputs):
        p0 = x[of, k]
        for j in range(outputs):
            a[j] += F32(w[k, j]) * p0


@compiled
def _two_rows(y, to, x, of, w, inputs, outputs):
    a, b = y[to], y[to + 1]
    done = inputs - inputs % 8
    for k in range(0, done, 8):
        p0, p1, p2, p3 = x[of, k], x[of, k + 1], x[of, k + 2], x[of, k + 3]
        p4, p5, p6, p7 = x[of, k + 4], x[of, k + 5], x[of, k + 6], x[of, k + 7]
        q0, q1, q2, q3 = x[of + 1, k], x[of + 1, k + 1], x[of + 1, k + 2], x[of + 1, k + 3]
        q4, q5, q6, q7 = x[of + 1, k + 4], x[of + 1, k + 5], x[of + 1, k + 6], x[of + 1, k + 7]
        for j in range(outputs):
            w0, w1, w2, w3 = F32(w[k, j]), F32(w[k + 1, j]), F32(w[k + 2, j]), F32(w[k + 3, j])
            w4, w5, w6, w7 = F32(w[k + 4, j]), F32(w[k + 5, j]), F32(w[k + 6, j]), F32(w[k + 7, j])
            s = a[j]
            s += w0 * p0
            s += w1 * p1
            s += w2 * p2
            s += w3 * p3
            s += w4 * p4
            s += w5 * p5
            s += w6 * p6
            s += w7 * p7
            a[j] = s
            s = b[j]
            s += w0 * q0
            s += w1 * q1
            s += w2 * q2
            s += w3 * q3
            s += w4 * q4
            s += w5 * q5
            s += w6 * q6
            s += w7 * q7
            b[j] = s
    for k in range(done, inputs):
        p0, q0 = x[of, k], x[of + 1, k]
        for j in range(outputs):
            a[j] += F32(w[k, j]) * p0
            b[j] += F32(w[k, j]) * q0


@compiled
def _four_rows(y, to, x, of, w, inputs, outputs):
    a, b, c, d = y[to], y[to + 1], y[to + 2], y[to + 3]
    done = inputs - inputs % 4
    for k in range(0, done, 4):
        p0, p1, p2, p3 = x[of, k], x[of, k + 1], x[of, k + 2], x[of, k + 3]
        q0, q1, q2, q3 = x[of + 1, k], x[of + 1, k + 1], x[of + 1, k + 2], x[of + 1, k + 3]
        r0, r1, r2, r3 = x[of + 2, k], x[of + 2, k + 1], x[of + 2, k + 2], x[of + 2, k + 3]
        t0, t1, t2, t3 = x[of + 3, k], x[of + 3, k + 1], x[of + 3, k + 2], x[of + 3, k + 3]
        for j in range(outputs):
            w0, w1, w2, w3 = F32(w[k, j]), F32(w[k + 1, j]), F32(w[k + 2, j]), F32(w[k + 3, j])
            s = a[j]
            s += w0 * p0
            s += w1 * p1
            s += w2 * p2
            s += w3 * p3
            a[j] = s
            s = b[j]
            s += w0 * q0
            s += w1 * q1
            s += w2 * q2
            s += w3 * q3
            b[j] = s
            s = c[j]
            s += w0 * r0
            s += w1 * r1
            s += w2 * r2
            s += w3 * r3
            c[j] = s
            s = d[j]
            s += w0 * t0
            s += w1 * t1
            s += w2 * t2
            s += w3 * t3
            d[j] = s
    for k in range(done, inputs):
        p0, q0, r0, t0 = x[of, k], x[of + 1, k], x[of + 2, k], x[of + 3, k]
        for j in range(outputs):
            a[j] += F32(w[k, j]) * p0
            b[j] += F32(w[k, j]) * q0
            c[j] += F32(w[k, j]) * r0
            d[j] += F32(w[k, j]) * t0


@compiled
def _product(y, to, x, of, rows, w, inputs, outputs):
    """y[to : to + rows, :outputs] = x[of : of + rows, :inputs] @ w[:inputs, :outputs]."""
    for row in range(to, to + rows):
        for j in range(outputs):
            y[row, j] = F32(0)
    row = 0
    while row + 4 <= rows:
        _four_rows(y, to + row, x, of + row, w, inputs, outputs)
        row += 4
    if row + 2 <= rows:
        _two_rows(y, to + row, x, of + row, w, inputs, outputs)
        row += 2
    if row < rows:
        _one_row(y, to + row, x, of + row, w, inputs, outputs)


@compiled
def _linear(y, x, linear, layer, first, last):
    """A linear layer for the rows from first to last."""
    w, scale, bias = linear.weight[layer], linear.scale[layer], linear.bias[layer]
    inputs, outputs = w.shape
    _product(y, first, x, first, last - first, w, inputs, outputs)
    for row in range(first, last):
        for j in range(outputs):
            y[row, j] = y[row, j] * scale[j] + bias[j]


# ---- rows


@compiled
def _sum(row, count, lanes):
    for i in range(LANES):
        lanes[i] = F32(0)
    done = count - count % LANES
    for j in range(0, done, LANES):
        for i in range(LANES):
            lanes[i] += row[j + i]
    for j in range(done, count):
        lanes[0] += row[j]
    total = F32(0)
    for i in range(LANES):
        total += lanes[i]
    return total


@compiled
def _most(row, count, lanes):
    """The largest of so many, a multiple of LANES."""
    for i in range(LANES):
        lanes[i] = NOWHERE
    for j in range(0, count, LANES):
        for i in range(LANES):
            lanes[i] = row[j + i] if row[j + i] > lanes[i] else lanes[i]
    most = NOWHERE
    for i in range(LANES):
        most = lanes[i] if lanes[i] > most else most
    return most


@compiled
def _norm(y, x, norm, layer, lanes, first, last):
    """A layer norm of the rows from first to last; eps is PyTorch's own."""
    weight, bias = norm.weight[layer], norm.bias[layer]
    dim = x.shape[1]
    for n in range(first, last):
        row, here = y[n], x[n]
        mean = _sum(here, dim, lanes) / F32(dim)
        for j in range(dim):
            row[j] = (here[j] - mean) * (here[j] - mean)
        scale = F32(1) / np.sqrt(_sum(row, dim, lanes) / F32(dim) + F32(1e-5))
        for j in range(dim):
            row[j] = (here[j] - mean) * scale * weight[j] + bias[j]


@compiled
def _add(x, added, first, last):
    for row in range(first, last):
        for j in range(x.shape[1]):
            x[row, j] += added[row, j]


@compiled
def _gelu(x, first, last):
    """GELU by tanh, which is x · sigmoid(2 · that)."""
    for row in range(first, last):
        here = x[row]
        for j in range(x.shape[1]):
            u = here[j]
            z = F32(1.5957691216) * (u + F32(0.044715) * u * u * u)
            here[j] = u / (F32(1) + _exp(-z))


# ---- attention


@compiled
def _largest(row):
    """The largest size in a row, never 0."""
    most = F32(1e-20)
    for j in range(len(row)):
        size = abs(row[j])
        most = size if size > most else most
    return most


@compiled
def _keep(kv, layer, patch, head, place, key, value):
    """Put one key and one value, (head_dim,), at their place."""
    keys, values = kv.keys[layer, patch, head], kv.values[layer, patch, head]
    most = _largest(key)
    kv.key_scale[layer, patch, head, place] = most / F32(127)
    factor = F32(127) / most
    for j in range(len(key)):
        keys[j, place] = np.int8(np.rint(key[j] * factor))
    most = _largest(value)
    kv.value_scale[layer, patch, head, place] = most / F32(127)
    factor = F32(127) / most
    for j in range(len(value)):
        values[place, j] = np.int8(np.rint(value[j] * factor))


@compiled
def keep_all(kv, layer, patch, keys, values, count):
    """Put keys and values (kv_heads, place, head_dim), as many as `count`, from place 0 on."""
    for head in range(keys.shape[0]):
        for place in range(count):
            _keep(kv, layer, patch, head, place, keys[head, place], values[head, place])


@compiled
def _softmax(scores, rows, kv, layer, patch, head, length, lanes):
    """Logits (rows, place) to the weights of the integers that stand for the values."""
    key_scale, value_scale = kv.key_scale[layer, patch, head], kv.value_scale[layer, patch, head]
    bias = kv.bias[patch]
    for n in range(rows):
        row = scores[n]
        for j in range(length):
            row[j] = row[j] * key_scale[j] + bias[j]
        most = _most(row, length, lanes)
        for j in range(length):
            row[j] = _exp(row[j] - most)
        share = F32(1) / _sum(row, length, lanes)
        for j in range(length):
            row[j] = row[j] * value_scale[j] * share


@compiled
def _attend(scratch, kv, layer, patch, length):
    """Self-attention or cross-attention of one patch: `made_heads` begins with its q.

    Places beyond the length are read up to the next multiple of LANES; their bias is NOWHERE and their scale 0.
    """
    q, seen = scratch.made_heads[patch], scratch.seen_heads[patch]
    scores, lanes = scratch.scores[patch], scratch.lanes[patch]
    kv_heads, head_dim = kv.keys.shape[2], kv.keys.shape[3]
    rows = seen.shape[0] // kv_heads
    length += -length % LANES
    for head in range(kv_heads):
        _product(scores, 0, q, head * rows, rows, kv.keys[layer, patch, head], head_dim, length)
        _softmax(scores, rows, kv, layer, patch, head, length, lanes)
        _product(seen, head * rows, scores, 0, rows, kv.values[layer, patch, head], length, head_dim)


@compiled
def _turn(made, turns, own):
    """Rotate pairs of q, k and v, and add e_n; all (dim + 2 · kv_dim,)."""
    for j in range(0, len(made), 2):
        x, y = made[j], made[j + 1]
        made[j] = own[j] + x * turns[j] - y * turns[j + 1]
        made[j + 1] = own[j + 1] + x * turns[j + 1] + y * turns[j]


@compiled
def _self_attention(weights, scratch, kv, layer, places, turns, own, first, last):
    _linear(scratch.made, scratch.normed, weights.qkv, layer, first, last)
    heads, kv_heads = scratch.seen_heads.shape[1], kv.keys.shape[2]
    for patch in range(first, last):
        _turn(scratch.made[patch], turns[patch], own)
        made, place = scratch.made_heads[patch], places[patch]
        kv.bias[patch, place] = F32(0)
        for head in range(kv_heads):
            _keep(kv, layer, patch, head, place, made[heads + head], made[heads + kv_heads + head])
        _attend(scratch, kv, layer, patch, place + 1)


@compiled
def _cross_attention(weights, scratch, text, layer, first, last):
    """To the states of the text; its q is already divided by the root of head_dim."""
    _norm(scratch.normed, scratch.x, weights.text_norm, layer, scratch.lanes[first], first, last)
    _linear(scratch.made, scratch.normed, weights.text_q, layer, first, last)
    for patch in range(first, last):
        _attend(scratch, text, layer, patch, text.bias.shape[1])
    _linear(scratch.added, scratch.seen, weights.text_out, layer, first, last)
    _add(scratch.x, scratch.added, first, last)


@compiled
def advance(weights, scratch, kv, text, places, turns, own, first, last):
    """One step of the patches from first to last of a batch: states `x` to `logits`.

    places: int64 (batch,), where each keeps its key; turns: (batch, dim + 2 · kv_dim); own: what e_n adds, of one row.
    text: what is read of prompts; of no place where that is one with the bias of `out`.
    """
    x, normed, lanes = scratch.x, scratch.normed, scratch.lanes[first]
    for layer in range(kv.keys.shape[0]):
        _norm(normed, x, weights.attention_norm, layer, lanes, first, last)
        _self_attention(weights, scratch, kv, layer, places, turns, own, first, last)
        _linear(scratch.added, scratch.seen, weights.out, layer, first, last)
        _add(x, scratch.added, first, last)
        if text.bias.shape[1]:
            _cross_attention(weights, scratch, text, layer, first, last)
        _norm(normed, x, weights.ffn_norm, layer, lanes, first, last)
        _linear(scratch.wide, normed, weights.wide, layer, first, last)
        _gelu(scratch.wide, first, last)
        _linear(scratch.added, scratch.wide, weights.narrow, layer, first, last)
        _add(x, scratch.added, first, last)
    _norm(normed, x, weights.norm, 0, lanes, first, last)
    _linear(scratch.logits, normed, weights.head, 0, first, last)
