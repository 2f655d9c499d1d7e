"""Token by token through a batch of patches: what the vision decoder does while it paints (paper, Algorithm 2).

It computes what `VisionDecoder.forward` computes, one step after another. A step is many small operations, and on a
CPU their number is what it costs: so what is the same for all steps is made once, weights are looked up once, and q, k
and v are turned and kept together. One patch of the starter that reads four others, two cores with AVX2: 2.2 ms a step,
against 3.0 with all of this done layer by layer and in every step; eight patches at once 7.8 against 8.6.
"""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from engine.decoder import Context, DecoderBlock, Heard, VisionDecoder
from engine.device import Int8Linear, int8_product, multiplies
from engine.text import TextStates


class PatchStates:
    """Keys and values of a batch of patches grow in buffers that hold the context first.

    With weights of 8 bits they are float16 where the CPU multiplies it: reading them is what large batches cost.
    Measured on one core with AVX512, attention of 4 patches to 1152 keys 342 µs against 410 in float32, of 8 patches
    766 against 1466.
    """

    @torch.no_grad()
    def __init__(self, decoder: VisionDecoder, orders: Tensor, context: Context | None, text: TextStates | None = None):
        config = decoder.config
        self.decoder, self.orders, self.step = decoder, orders, 0
        self.before = 0 if context is None else context.labels.shape[1] * config.tokens
        batch, length = len(orders), self.before + config.tokens
        short = isinstance(decoder.layers[0].qkv, Int8Linear) and multiplies(torch.float16)
        dtype = torch.float16 if short else decoder.e.weight.dtype
        shape = (config.layers, batch, 2, config.kv_heads, length, config.head_dim)
        buffer = decoder.e.weight.new_zeros(shape, dtype=dtype)
        self.keys, self.values = buffer.unbind(2)  # (layers, batch, kv_heads, length, head_dim)
        self._places = buffer.flatten(2, 3)  # keys, then values, of all heads
        self.mask: Tensor | None = None  # None where every patch of the batch has all neighbours
        if context is not None:
            for layer, (keys, values) in enumerate(zip(self.keys, self.values, strict=True)):
                keys[:, :, : self.before], values[:, :, : self.before] = decoder.read(context, layer)
            if bool((context.labels == Context.ABSENT).any()):
                mask = torch.ones(batch, 1, 1, length, dtype=torch.bool, device=orders.device)
                mask[..., : self.before] = decoder.seen(context, 1)
                self.mask = mask
        nothing = decoder.e.weight.new_zeros(1, config.kv_heads, 1, config.head_dim)
        own = decoder.place(nothing, nothing, decoder.centre)  # what is added to the keys, and to the values
        self._own_e = torch.cat(own, 1).view(-1, config.head_dim)  # (2 · kv_heads, head_dim)
        self._norm = _normed(decoder.norm)
        self._inputs = decoder.places(orders)  # (batch, M, dim)
        self._turns = _turns_by_step(decoder, orders)
        heard = decoder.hear(text, batch)
        self._layers = [_Layer.of(block, hears) for block, hears in zip(decoder.layers, heard, strict=True)]

    @torch.no_grad()
    def advance(self, tokens: Tensor | None) -> Tensor:
        """Feed the tokens (batch,) chosen last, None at the start; returns logits (batch, vocabulary) of the next."""
        decoder, step, place = self.decoder, self.step, self.before + self.step
        if tokens is None:
            x = decoder.start(self.orders)
        else:
            x = decoder.token.forward(tokens) + self._inputs[:, step - 1]
        turns, mask = self._turns[step], None if self.mask is None else self.mask[..., : place + 1]
        places = self._places.select(3, place).unbind()
        keys, values = (kept.narrow(3, 0, place + 1).unbind() for kept in (self.keys, self.values))
        for n, layer in enumerate(self._layers):
            q = self._grow(layer, x, turns, places[n]).to(keys[n].dtype)
            seen = F.scaled_dot_product_attention(q, keys[n], values[n], mask)
            x = layer.finish(x, seen.to(x.dtype).flatten(1))
        self.step += 1
        return decoder.head.forward(self._norm(x))

    def _grow(self, layer: "_Layer", x: Tensor, turns: Tensor, place: Tensor) -> Tensor:
        """Put the newest key and value in their place, with e_n added where `feeding` wants it; returns q.

        Heads that share keys lie side by side as queries: (batch, kv_heads, group, head_dim).
        """
        config = self.decoder.config
        made = layer.qkv(layer.attention_norm(x)).to(self._own_e.dtype)
        pairs = torch.view_as_complex(made.view(len(x), -1, config.head_dim // 2, 2))
        qkv = torch.view_as_real(pairs * turns).flatten(-2)
        torch.add(qkv.narrow(1, config.heads, 2 * config.kv_heads), self._own_e, out=place)
        return qkv.narrow(1, 0, config.heads).view(len(x), config.kv_heads, -1, config.head_dim)


Map = Callable[[Tensor], Tensor]


class _Layer(NamedTuple):
    """A block whose products leave out what is added to them, which is made one with what else is the same each time.

    All is looked up once: finding a weight in a module takes as long as a small product. heard: None where the text
    says the same to every token.
    """

    block: DecoderBlock
    attention_norm: Map
    qkv: Map
    out: Map
    after: Tensor  # what is added after attention, (dim,) or (batch, dim)
    heard: Heard | None
    ffn_norm: Map
    wide: Map
    wide_bias: Tensor
    narrow: Map
    narrow_bias: Tensor

    @classmethod
    def of(cls, block: DecoderBlock, heard: Heard | None) -> "_Layer":
        same = None if heard is None else heard.same
        return cls(
            block, _normed(block.attention_norm), _product(block.qkv), _product(block.out),
            block.out.bias if same is None else block.out.bias + same[:, 0], heard if same is None else None,
            _normed(block.ffn_norm), _product(block.wide), block.wide.bias, _product(block.narrow), block.narrow.bias,
        )  # fmt: skip

    def finish(self, x: Tensor, seen: Tensor) -> Tensor:
        """The rest of the block, as DecoderBlock.attend; seen: what was attended to, (batch, dim)."""
        x = (x + self.out(seen)).add_(self.after)
        if self.heard:
            x = x + self.block.listen(x.unsqueeze(1), self.heard)[:, 0]
        wide = F.gelu(self.wide(self.ffn_norm(x)) + self.wide_bias, approximate="tanh")
        return (x + self.narrow(wide)).add_(self.narrow_bias)


def _product(layer: nn.Linear | Int8Linear) -> Map:
    """A linear layer without its bias."""
    if isinstance(layer, Int8Linear):
        return partial(int8_product, weight=layer.weight, scale=layer.scale)
    return partial(F.linear, weight=layer.weight)


def _normed(norm: nn.LayerNorm) -> Map:
    shape, weight, bias, eps = norm.normalized_shape, norm.weight, norm.bias, norm.eps
    return lambda x: torch.layer_norm(x, shape, weight, bias, eps)


def _turns_by_step(decoder: VisionDecoder, orders: Tensor) -> Tensor:
    """Rotations of q, k and v of every step, complex (step, batch, heads + 2 · kv_heads, head_dim / 2); v stays."""
    config = decoder.config
    queries, keys = (torch.view_as_complex(turns) for turns in decoder.turns(orders))  # (batch, 1, 1 + M, half)
    rests = torch.ones_like(keys).expand(-1, config.kv_heads, -1, -1)
    together = [queries.expand(-1, config.heads, -1, -1), keys.expand(-1, config.kv_heads, -1, -1), rests]
    return torch.cat(together, 1).permute(2, 0, 1, 3).contiguous()
