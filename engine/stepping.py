"""Token by token through a batch of patches: what the vision decoder does while it paints (paper, Algorithm 2).

It computes what `VisionDecoder.forward` computes, one step after another. A step is many small operations, and on a CPU
their number is what it costs: so what is the same for all steps is made once, states have no axis of steps, and modules
are not called but their `forward`, which spares the hooks. One patch of the starter on one core: 2.2 ms a step against
2.5 with modules called on states of one step.
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from engine.decoder import Context, DecoderBlock, Heard, VisionDecoder
from engine.device import Int8Linear, multiplies
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
        shape = (batch, config.kv_heads, length, config.head_dim)
        short = isinstance(decoder.layers[0].qkv, Int8Linear) and multiplies(torch.float16)
        dtype = torch.float16 if short else decoder.e.weight.dtype
        self.keys = [decoder.e.weight.new_zeros(shape, dtype=dtype) for _ in range(config.layers)]
        self.values = [decoder.e.weight.new_zeros(shape, dtype=dtype) for _ in range(config.layers)]
        self.mask: Tensor | None = None  # None where every patch of the batch has all neighbours
        if context is not None:
            for layer, (keys, values) in enumerate(zip(self.keys, self.values, strict=True)):
                keys[:, :, : self.before], values[:, :, : self.before] = decoder.read(context, layer)
            if bool((context.labels == Context.ABSENT).any()):
                mask = torch.ones(batch, 1, 1, length, dtype=torch.bool, device=orders.device)
                mask[..., : self.before] = decoder.seen(context, 1)
                self.mask = mask
        self._own_e = decoder.e(decoder.centre).view(config.kv_heads, config.head_dim)
        self._inputs = decoder.places(orders)  # (batch, M, dim)
        self._turns = _turns_by_step(decoder, orders)
        self._layers = list(zip(decoder.layers, decoder.hear(text, batch), self.keys, self.values, strict=True))

    @torch.no_grad()
    def advance(self, tokens: Tensor | None) -> Tensor:
        """Feed the tokens (batch,) chosen last, None at the start; returns logits (batch, vocabulary) of the next."""
        decoder, step = self.decoder, self.step
        if tokens is None:
            x = decoder.start(self.orders)
        else:
            x = decoder.token.forward(tokens) + self._inputs[:, step - 1]
        turns, end = self._turns[step], self.before + step + 1
        mask = None if self.mask is None else self.mask[..., :end]
        for block, heard, keys, values in self._layers:
            q = self._grow(block, x, turns, keys, values).to(keys.dtype)
            seen = F.scaled_dot_product_attention(q, keys[:, :, :end], values[:, :, :end], mask)
            x = _finish(block, x, seen.to(x.dtype), heard)
        self.step += 1
        return decoder.head.forward(_normed(decoder.norm, x))

    def _grow(self, block: DecoderBlock, x: Tensor, turns: Tensor, keys: Tensor, values: Tensor) -> Tensor:
        """Put the newest key and value behind the others, with e_n added where `feeding` wants it; returns q.

        Heads that share keys lie side by side as queries: (batch, kv_heads, group, head_dim).
        """
        config, place = block.config, self.before + self.step
        together = config.heads + config.kv_heads
        heads = block.qkv.forward(_normed(block.attention_norm, x)).view(len(x), -1, config.head_dim)
        pairs = torch.view_as_complex(heads[:, :together].to(self._own_e.dtype).unflatten(-1, (-1, 2)))
        qk = torch.view_as_real(pairs * turns).flatten(-2)
        k, v = qk[:, config.heads :], heads[:, together:]
        if config.feeding == "pre":
            keys[:, :, place], values[:, :, place] = k + self._own_e, v
        else:
            keys[:, :, place], values[:, :, place] = k, v + self._own_e
        return qk[:, : config.heads].unflatten(1, (config.kv_heads, -1))


def _finish(block: DecoderBlock, x: Tensor, seen: Tensor, heard: Heard | None) -> Tensor:
    """The rest of the block, as DecoderBlock.attend; seen: what was attended to, (batch, kv_heads, group, head_dim)."""
    x = x + block.out.forward(seen.flatten(1))
    if heard:
        x = x + block.listen(x.unsqueeze(1), heard)[:, 0]
    wide = block.wide.forward(_normed(block.ffn_norm, x))
    return x + block.narrow.forward(F.gelu(wide, approximate="tanh"))


def _normed(norm: nn.LayerNorm, x: Tensor) -> Tensor:
    return F.layer_norm(x, norm.normalized_shape, norm.weight, norm.bias, norm.eps)


def _turns_by_step(decoder: VisionDecoder, orders: Tensor) -> Tensor:
    """Rotations of q and k of every step, complex (step, batch, heads + kv_heads, head_dim / 2)."""
    config = decoder.config
    queries, keys = (torch.view_as_complex(turns) for turns in decoder.turns(orders))  # (batch, 1, 1 + M, half)
    together = [queries.expand(-1, config.heads, -1, -1), keys.expand(-1, config.kv_heads, -1, -1)]
    return torch.cat(together, 1).permute(2, 0, 1, 3).contiguous()
