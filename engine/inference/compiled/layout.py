"""What the compiled step reads and writes: weights, keys and values of 8 bits, and room for what is computed.

A matrix lies as `engine.inference.compiled.products` reads it, (outputs / 32, inputs / 2, 32, 2), flat.
"""

from typing import NamedTuple

import numpy as np

from engine.inference.compiled.products import TILE

LANES = 16  # sums over a row are made side by side, so many at a time: an AVX-512 register of float32
NOWHERE = np.float32(-1e30)  # bias of places that are not there


class Linear(NamedTuple):
    """Linear layers of all blocks. weight: int8 (layers, inputs · outputs); scale, bias: float32 (layers, outputs)."""

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
    """What is attended to, with room to grow.

    keys, values: int8 (layers, batch, kv_heads, …), matrices of head_dim inputs and a place for each output, and of a
    place for each input and head_dim outputs. Their scales: float32 (layers, batch, kv_heads, places),
    0 where nothing is yet; bias: float32 (batch, places), of the logits, NOWHERE where nothing is yet. There are a
    multiple of TILE places.
    """

    keys: np.ndarray
    key_scale: np.ndarray
    values: np.ndarray
    value_scale: np.ndarray
    bias: np.ndarray


class Scratch(NamedTuple):
    """Room for what is computed, a row for each patch, float32 but for the last; `…_heads` are the same memory."""

    x: np.ndarray  # (batch, dim), the states; in and out
    normed: np.ndarray  # (batch, dim)
    made: np.ndarray  # (batch, dim + 2 · kv_dim): q, k and v
    made_heads: np.ndarray  # (batch, heads + 2 · kv_heads, head_dim)
    seen: np.ndarray  # (batch, dim)
    seen_heads: np.ndarray  # (batch, heads, head_dim)
    added: np.ndarray  # (batch, dim)
    wide: np.ndarray  # (batch, 4 · dim)
    logits: np.ndarray  # (batch, vocabulary)
    scores: np.ndarray  # (batch, heads per kv_head, places)
    lanes: np.ndarray  # (batch, LANES)
    scale: np.ndarray  # (batch, heads), of rows in 16 bits
    inputs: np.ndarray  # int16 (batch, 4 · dim), rows in 16 bits
    sums: np.ndarray  # int32 (batch, the most outputs of a layer, in whole blocks)
    queries: np.ndarray  # int16 (batch, heads, head_dim)
    shares: np.ndarray  # int16 (batch, heads per kv_head, places)
    points: np.ndarray  # int32 (batch, heads per kv_head, places)
    found: np.ndarray  # int32 (batch, heads, head_dim in whole tiles)


def in_tiles(outputs: int) -> int:
    """So many outputs in whole tiles."""
    return outputs + -outputs % TILE


def as_matrix(weight: np.ndarray) -> np.ndarray:
    """Bring int8 (…, outputs, inputs) to the order in which it is read, (…, inputs · outputs); outputs in whole tiles.

    Those that are added are zeros.
    """
    *many, outputs, inputs = weight.shape
    beyond = [(0, 0)] * len(many) + [(0, in_tiles(outputs) - outputs), (0, 0)]
    blocks = np.pad(weight, beyond).reshape(*many, -1, TILE, inputs // 2, 2).swapaxes(-3, -2)
    return np.ascontiguousarray(blocks).reshape(*many, -1)
