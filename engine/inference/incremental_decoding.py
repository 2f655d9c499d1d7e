"""Token by token through a batch of patches: what the vision decoder does while it paints (paper, Algorithm 2).

It computes what `VisionDecoder.forward` computes, one step after another. A step is many small operations, and on a
CPU their number is what it costs: so what is the same for all steps is made once, weights are looked up once, and q, k
and v are turned and kept together. One patch of the starter that reads four others, two cores with AVX2: 2.2 ms a step,
against 3.0 with all of this done layer by layer and in every step; in inference mode, where nothing is kept for views
and versions of tensors, 1.6 against 2.05.
"""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from engine.inference.kv_cache import StepAttention, step_attention
from engine.models.quantization import BFloat16Linear, Int8Linear, bfloat16_product, int8_product
from engine.models.text_encoder import TextStates
from engine.models.vision_decoder import Context, DecoderBlock, TextKV, VisionDecoder


class PatchStates:
    """A batch of patches, of which each step paints one token."""

    @torch.inference_mode()
    def __init__(
        self, decoder: VisionDecoder, orders: Tensor, context: Context | None, text: TextStates | None = None,
        attention: Callable[[VisionDecoder, int, Context | None], StepAttention] = step_attention,
    ):  # fmt: skip
        self.decoder, self.orders, self.step = decoder, orders, 0
        self.attention = attention(decoder, len(orders), context)
        self._norm = _normed(decoder.norm)
        self._inputs = decoder.places(orders)  # (batch, M, dim)
        self._turns, self._own_e = turns_by_step(decoder, orders), own_e(decoder)
        text_kv = decoder.project_text(text, len(orders))
        self._layers = [_Layer.of(block, text) for block, text in zip(decoder.layers, text_kv, strict=True)]

    @torch.inference_mode()
    def advance(self, tokens: Tensor | None) -> Tensor:
        """Feed the tokens (batch,) chosen last, None at the start; returns logits (batch, vocabulary) of the next."""
        decoder = self.decoder
        if tokens is None:
            x = decoder.start(self.orders)
        else:
            x = decoder.token.forward(tokens) + self._inputs[:, self.step - 1]
        self.attention.go_to(self.step)
        logits = self._through(x, self._turns[self.step])
        self.step += 1
        return logits

    def _through(self, x: Tensor, turns: Tensor) -> Tensor:
        """States (batch, dim) through all blocks to logits; turns: rotations of this step."""
        for n, layer in enumerate(self._layers):
            made = layer.qkv(layer.attention_norm(x)).to(x.dtype)
            x = layer.finish(x, self.attention.attend(n, self._turned(made, turns)))
        return self.decoder.head.forward(self._norm(x))

    def _turned(self, made: Tensor, turns: Tensor) -> Tensor:
        """q, k and v, with e_n where `feeding` wants it, (batch, heads + 2 · kv_heads, head_dim)."""
        pairs = torch.view_as_complex(made.view(len(made), -1, self.decoder.config.head_dim // 2, 2))
        return torch.view_as_real(torch.addcmul(self._own_e, pairs, turns)).flatten(-2)


Map = Callable[[Tensor], Tensor]


class _Layer(NamedTuple):
    """A block whose products leave out what is added to them, which is made one with what else is the same each time.

    All is looked up once: finding a weight in a module takes as long as a small product. text: None where the text
    says the same to every token.
    """

    block: DecoderBlock
    attention_norm: Map
    qkv: Map
    out: Map
    after: Tensor  # what is added after attention, (dim,) or (batch, dim)
    text: TextKV | None
    ffn_norm: Map
    wide: Map
    wide_bias: Tensor
    narrow: Map
    narrow_bias: Tensor

    @classmethod
    def of(cls, block: DecoderBlock, text: TextKV | None) -> "_Layer":
        same = None if text is None else text.constant
        return cls(
            block, _normed(block.attention_norm), _product(block.qkv), _product(block.out),
            block.out.bias if same is None else block.out.bias + same[:, 0], text if same is None else None,
            _normed(block.ffn_norm), _product(block.wide), _as_made(block.wide), _product(block.narrow),
            block.narrow.bias,
        )  # fmt: skip

    def finish(self, x: Tensor, seen: Tensor) -> Tensor:
        """The rest of the block, as DecoderBlock.attend; seen: what was attended to, (batch, dim)."""
        x = (x + self.out(seen)).add_(self.after)
        if self.text:
            x = x + self.block.cross_attend(x.unsqueeze(1), self.text)[:, 0]
        wide = F.gelu(self.wide(self.ffn_norm(x)).add_(self.wide_bias), approximate="tanh")
        return (x + self.narrow(wide)).add_(self.narrow_bias)


AnyLinear = nn.Linear | Int8Linear | BFloat16Linear


def _as_made(layer: AnyLinear) -> Tensor:
    """The bias of a layer as short as its product, so that nothing is converted in between."""
    return layer.bias if isinstance(layer, nn.Linear) else layer.bias.bfloat16()


def _product(layer: AnyLinear) -> Map:
    """A linear layer without its bias."""
    if isinstance(layer, BFloat16Linear):
        return partial(bfloat16_product, weight=layer.weight)
    if isinstance(layer, Int8Linear):
        return partial(int8_product, weight=layer.weight, scale=layer.scale)
    return partial(F.linear, weight=layer.weight)


def _normed(norm: nn.LayerNorm) -> Map:
    shape, weight, bias, eps = norm.normalized_shape, norm.weight, norm.bias, norm.eps
    return lambda x: torch.layer_norm(x, shape, weight, bias, eps)


def own_e(decoder: VisionDecoder) -> Tensor:
    """What is added to q, k and v of the patch itself, complex (heads + 2 · kv_heads, head_dim / 2)."""
    config = decoder.config
    nothing = decoder.e.weight.new_zeros(1, config.heads + config.kv_heads, 1, config.head_dim)
    keys, values = decoder.add_label(nothing[:, config.heads :], nothing[:, config.heads :], decoder.centre)
    together = torch.cat([nothing[:, : config.heads], keys, values], 1).view(-1, config.head_dim // 2, 2)
    return torch.view_as_complex(together)


def turns_by_step(decoder: VisionDecoder, orders: Tensor) -> Tensor:
    """Rotations of q, k and v of every step, complex (step, batch, heads + 2 · kv_heads, head_dim / 2).

    v stays as it is, and q is divided by the root of head_dim on the way.
    """
    config = decoder.config
    queries, keys = (torch.view_as_complex(turns) for turns in decoder.rotations(orders))  # (batch, 1, 1 + M, half)
    rests = torch.ones_like(keys).expand(-1, config.kv_heads, -1, -1)
    queries = queries * config.head_dim**-0.5
    together = [queries.expand(-1, config.heads, -1, -1), keys.expand(-1, config.kv_heads, -1, -1), rests]
    return torch.cat(together, 1).permute(2, 0, 1, 3).contiguous()
