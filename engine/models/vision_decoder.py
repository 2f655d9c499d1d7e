"""The vision decoder (paper, section 3.3, Eq. 9-13): paints the tokens of one patch, reading its context's caches."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, cast

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torch.utils.checkpoint import checkpoint

from engine.config import DecoderConfig
from engine.models.cpu_attention import PlainAttention, use_plain_attention
from engine.models.rotary import ORDERS, Positions, rotate
from engine.models.text_encoder import START_PIECE, TextEncoder, TextStates
from engine.models.vqgan import VOID
from engine.planning.direction_controller import label_count


@dataclass(frozen=True)
class Cache:
    """a_n (Eq. 12): what readers need of finished patches. keys, values: (layers, batch, kv_heads, M, head_dim)."""

    keys: Tensor
    values: Tensor

    @property
    def nbytes(self) -> int:
        return self.keys.nbytes + self.values.nbytes

    def detach(self) -> "Cache":
        return Cache(self.keys.detach(), self.values.detach())


@dataclass(frozen=True)
class Context:
    """The caches c_n that a batch of patches reads. keys, values: (layers, batch, kv_heads, patches, M, head_dim).

    labels: (batch, patches) int64, the rows of e; ABSENT where a patch of the batch has fewer neighbours.
    """

    keys: Tensor
    values: Tensor
    labels: Tensor

    ABSENT = -1

    @classmethod
    def of(cls, caches: Sequence[Cache], labels: Tensor) -> "Context | None":
        """One context from caches that all samples of the batch share in number; None without any."""
        if not caches:
            return None
        return cls(torch.stack([c.keys for c in caches], 3), torch.stack([c.values for c in caches], 3), labels)

    @classmethod
    def batched(cls, contexts: "Sequence[Context | None]", least: int = 0) -> "Context | None":
        """Contexts of single patches side by side, padded to the longest, and, if there is any, to `least` patches."""
        longest = max((max(c.labels.shape[1], least) for c in contexts if c), default=0)
        if not longest:
            return None
        some = next(c for c in contexts if c)
        keys = some.keys.new_zeros(
            (some.keys.shape[0], len(contexts), *some.keys.shape[2:3], longest, *some.keys.shape[4:])
        )
        values = torch.zeros_like(keys)
        labels = some.labels.new_full((len(contexts), longest), cls.ABSENT)
        for index, context in enumerate(contexts):
            if context:
                count = context.labels.shape[1]
                keys[:, index, :, :count] = context.keys[:, 0]
                values[:, index, :, :count] = context.values[:, 0]
                labels[index, :count] = context.labels[0]
        return cls(keys, values, labels)


BlockOutput = tuple[Tensor, Tensor, Tensor]  # states, keys and values


class DecoderBlock(nn.Module):
    """Self-attention over [p; c] (Eq. 9), cross-attention to y' (Eq. 10), FFN (Eq. 11); pre-norm, no biases on q, k."""

    def __init__(self, config: DecoderConfig):
        super().__init__()
        self.config = config
        dim, kv_dim = config.dim, config.kv_heads * config.head_dim
        self.attention_norm, self.ffn_norm = nn.LayerNorm(dim), nn.LayerNorm(dim)
        self.qkv = nn.Linear(dim, dim + 2 * kv_dim, bias=False)
        self.out = nn.Linear(dim, dim)
        self.wide, self.narrow = nn.Linear(dim, 4 * dim), nn.Linear(4 * dim, dim)
        if config.text:
            self.text_norm = nn.LayerNorm(dim)
            self.text_q = nn.Linear(dim, dim, bias=False)
            self.text_kv = nn.Linear(config.text.dim, 2 * kv_dim, bias=False)
            self.text_out = nn.Linear(dim, dim)

    def forward(
        self, x: Tensor, turns: tuple[Tensor, Tensor], e: Tensor, seen: "tuple[Tensor, Tensor] | None", mask: Tensor,
        text: TextStates | None, layer: int, whole: bool = True,
    ) -> BlockOutput:  # fmt: skip
        """All tokens of a batch of patches at once: their next states where `whole`, and keys and values for readers.

        turns: rotations of queries and keys. e: of the patch itself, (1, kv_heads, 1, head_dim). seen: keys and values
        of the context, as `VisionDecoder.read` gives them. mask: what is added to the logits. layer: of this block.
        """
        q, k, v = self.project(x)
        q, k = rotate(q, turns[0]), rotate(k, turns[1])
        if whole:
            keys, values = labelled(self.config, k, v, e)
            if seen is not None:
                keys, values = torch.cat([seen[0], keys], 2), torch.cat([seen[1], values], 2)
            said = self.project_text(text, layer) if text else None
            x = self.attend(x, q.to(values.dtype), keys.to(values.dtype), values, mask, said)
        return x, k[:, :, 1:], v[:, :, 1:]

    def project(self, x: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """(batch, step, dim) to q (batch, heads, step, head_dim) and k, v (batch, kv_heads, step, head_dim)."""
        config = self.config
        heads = self.qkv(self.attention_norm(x)).unflatten(-1, (-1, config.head_dim)).transpose(1, 2)
        q, k, v = heads.split([config.heads, config.kv_heads, config.kv_heads], 1)
        return q, k, v

    def attend(
        self, x: Tensor, q: Tensor, keys: Tensor, values: Tensor, mask: Tensor | None, text: "TextKV | None" = None
    ) -> Tensor:
        """The rest of the block, after q, k and v of the self-attention."""
        x = x + self.out(self._attention(q, keys, values, mask))
        if text:
            x = x + self.cross_attend(x, text)
        return x + self.narrow(F.gelu(self.wide(self.ffn_norm(x)), approximate="tanh"))  # a third of erf's time

    def cross_attend(self, x: Tensor, text: "TextKV") -> Tensor:
        """Cross-attention to the states of the text (Eq. 10)."""
        if text.constant is not None:
            return text.constant
        q = self.text_q(self.text_norm(x)).unflatten(-1, (-1, self.config.head_dim)).transpose(1, 2)
        mask = text.bias[:, None, None].expand(-1, 1, x.shape[1], -1).to(q.dtype)
        return self.text_out(self._attention(q, text.keys.to(q.dtype), text.values.to(q.dtype), mask))

    def project_text(self, states: TextStates, layer: int) -> "TextKV":
        """What this block reads of y'; of the start piece alone every token reads its value."""
        keys, values = states.keys[layer], states.values[layer]
        if not states.empty:
            return TextKV(keys, values, states.bias)
        value = values.repeat_interleave(self.config.heads // self.config.kv_heads, 1)  # (batch, heads, 1, head_dim)
        return TextKV(keys, values, states.bias, self.text_out(value.transpose(1, 2).flatten(2)))

    def _attention(self, q: Tensor, keys: Tensor, values: Tensor, mask: Tensor | None) -> Tensor:
        """(batch, steps, dim). Heads that share keys are laid side by side as queries, so keys are never copied."""
        batch, heads, steps, head_dim = q.shape
        q = q.reshape(batch, self.config.kv_heads, -1, head_dim)  # (batch, kv_head, group · step, head_dim)
        if use_plain_attention(q):
            y = PlainAttention.apply(q * head_dim**-0.5, keys, values, mask)
        else:
            if mask is not None and mask.shape[-2] > 1:
                mask = mask.repeat(*(1,) * (mask.dim() - 2), heads // self.config.kv_heads, 1)
            y = F.scaled_dot_product_attention(q, keys, values, mask)
        return y.reshape(batch, heads, steps, head_dim).transpose(1, 2).flatten(2)


class TextKV(NamedTuple):
    """What one block reads of the text: keys, values (batch, kv_heads, piece, head_dim), bias (batch, piece).

    same: (batch, 1, dim), the outcome where it is the same for every token: the empty prompt.
    """

    keys: Tensor
    values: Tensor
    bias: Tensor
    constant: Tensor | None = None


class VisionDecoder(nn.Module):
    """p(p_n | c_n): tokens in, logits over the codebook out (Eq. 13).

    recompute: whether blocks are run again for their gradients, instead of keeping all that is between them.
    """

    recompute = False

    def __init__(self, config: DecoderConfig):
        super().__init__()
        self.config = config
        self.token = nn.Embedding(config.vocabulary, config.dim)
        self.hidden = nn.Embedding(1, config.dim) if config.masked else None  # stands for tokens that are VOID
        self.own_position = nn.Embedding(config.tokens, config.dim)  # by raster location: reads the same in any order
        self.order = nn.Embedding(len(ORDERS), config.dim)
        self.start = nn.Embedding(len(ORDERS), config.dim)
        self.e = nn.Embedding(label_count(config.extent), config.kv_heads * config.head_dim)
        self.blocks = nn.ModuleList(DecoderBlock(config) for _ in range(config.layers))
        self.norm = nn.LayerNorm(config.dim)
        self.head = nn.Linear(config.dim, config.vocabulary)
        with torch.device("cpu"):  # tables are computed, not read: also in a decoder that has no weights yet
            self.positions = Positions(config)
        self.text = TextEncoder(config.text) if config.text else None
        self._initialise()

    def _initialise(self) -> None:
        for module in self.modules():
            if isinstance(module, nn.Linear | nn.Embedding):
                nn.init.normal_(module.weight, std=0.02)
            if isinstance(module, nn.Linear) and module.bias is not None:
                nn.init.zeros_(module.bias)
        for block in self.layers:
            nn.init.zeros_(block.out.weight)
            nn.init.zeros_(block.narrow.weight)
            if self.config.text:
                nn.init.zeros_(block.text_out.weight)

    def read_text(self, pieces: Tensor, present: Tensor) -> TextStates:
        """The states of prompts for all blocks; pieces: (batch, piece) int64, present: bool (batch, piece)."""
        return self._read_text(pieces, present)

    def _read_text(self, pieces: Tensor, present: Tensor) -> TextStates:
        assert self.text is not None
        y = self.text(pieces, present)
        kv = torch.stack([b.text_kv(y) for b in self.layers])  # (layers, batch, piece, 2 · kv_dim)
        keys, values = kv.unflatten(-1, (2, self.config.kv_heads, -1)).permute(3, 0, 1, 4, 2, 5)
        return TextStates(keys, values, torch.zeros_like(present, dtype=kv.dtype).masked_fill(~present, -torch.inf))

    def unconditional_text(self, batch: int) -> TextStates | None:
        """The states of empty prompts; None in a model without words."""
        if self.text is None:
            return None
        pieces = torch.full((1, 1), START_PIECE, device=self.head.weight.device)
        return self._read_text(pieces, torch.ones_like(pieces, dtype=torch.bool)).expand(batch)

    def project_text(self, text: TextStates | None, batch: int) -> list[TextKV | None]:
        """What each block reads of the text; without one, of the empty prompt."""
        text = text or self.unconditional_text(batch)
        if text is None:
            return [None] * self.config.layers
        return [block.project_text(text, layer) for layer, block in enumerate(self.layers)]

    @property
    def layers(self) -> "list[DecoderBlock]":
        return cast("list[DecoderBlock]", list(self.blocks))

    def forward(
        self, tokens: Tensor, orders: Tensor, context: Context | None = None, text: TextStates | None = None
    ) -> tuple[Tensor, Cache]:
        """Teacher forcing: all tokens of a batch of patches at once.

        tokens: (batch, M) int64 in the painting order of each patch; orders: (batch,) int64 rows of ORDERS.
        text: what the prompts say; None is the empty prompt.
        Returns logits (batch, M, vocabulary), where step i sees the tokens before i, and the patches' own caches.
        A masked decoder sees all tokens that are not VOID, and its logits are those of the tokens themselves.
        """
        x, cache = self._run_blocks(tokens, orders, context, text)
        x = x[:, 1:] if self.config.masked else x[:, :-1]
        return self.head(self.norm(x)), cache

    def compute_cache(
        self, tokens: Tensor, orders: Tensor, context: Context | None = None, text: TextStates | None = None
    ) -> Cache:
        """The caches that `forward` gives, alone: for them the last block need not attend."""
        return self._run_blocks(tokens, orders, context, text, whole=False)[1]

    def _run_blocks(
        self, tokens: Tensor, orders: Tensor, context: Context | None, text: TextStates | None, whole: bool = True
    ) -> tuple[Tensor, Cache]:
        """States (batch, 1 + M, dim) after all blocks, where `whole`, and the caches."""
        x = torch.cat([self.start(orders).unsqueeze(1), self.embed(tokens, orders)], 1)  # (batch, 1 + M, dim)
        turns, mask, e = self.rotations(orders), self._bias(x, context), self._e(self.centre)
        text = text or self.unconditional_text(len(tokens))
        keys, values = [], []
        for layer, block in enumerate(self.layers):
            last = not whole and layer == self.config.layers - 1

            def run(x: Tensor, block: DecoderBlock = block, layer: int = layer, last: bool = last) -> BlockOutput:
                seen = None if context is None or last else self.read(context, layer)
                return block(x, turns, e, seen, mask, text, layer, not last)

            recomputed = self.recompute and torch.is_grad_enabled()
            x, k, v = checkpoint(run, x, use_reentrant=False) if recomputed else run(x)
            keys.append(k)
            values.append(v)
        return x, Cache(torch.stack(keys).to(values[0].dtype), torch.stack(values))

    def _bias(self, x: Tensor, context: Context | None) -> Tensor:
        """What is added to the logits of the attention, 0 or -inf, of the type of values, once for all layers."""
        own = torch.ones(x.shape[1], x.shape[1], dtype=torch.bool, device=x.device)
        own = own if self.config.masked else own.tril()
        seen = None if context is None else self.context_mask(context, x.shape[1])
        mask = own if seen is None else torch.cat([seen, own.expand(*seen.shape[:-1], -1)], -1)
        mask, where = mask.view(-1, 1, *mask.shape[-2:]), x.device.type
        dtype = torch.get_autocast_dtype(where) if torch.is_autocast_enabled(where) else x.dtype
        if self.config.feeding == "post":
            dtype = torch.promote_types(dtype, self.e.weight.dtype)
        return torch.zeros_like(mask, dtype=dtype).masked_fill(~mask, -torch.inf)

    @property
    def centre(self) -> Tensor:
        """The label of the patch itself."""
        extent = self.config.extent
        rows = label_count(extent) - (2 * extent.columns + 1) * (2 * extent.rows + 1) // 2 - 1
        return torch.tensor([rows], device=self.e.weight.device)

    def embed(self, tokens: Tensor, orders: Tensor) -> Tensor:
        """Input states (batch, M, dim) of the tokens (batch, M) of patches, in painting order."""
        x = self.token(tokens.clamp_min(0))
        if self.hidden:
            x = torch.where((tokens == VOID).unsqueeze(-1), self.hidden.weight, x)
        return x + self.places(orders)

    def places(self, orders: Tensor) -> Tensor:
        """What input states say of the place of each step, and of the order, (batch, M, dim)."""
        return self.own_position(self.positions.orders[orders]) + self.order(orders).unsqueeze(1)

    def rotations(self, orders: Tensor) -> tuple[Tensor, Tensor]:
        """Rotations of the 1 + M inputs, (batch, 1, 1 + M, head_dim / 2, 2).

        A query stands where the token it is about to predict will stand, a key where its own token stands.
        """
        inside = self.positions.inside[self.positions.orders[orders]].unsqueeze(1)
        keys = torch.cat([inside[:, :, :1], inside], 2)
        return keys if self.config.masked else torch.cat([inside, inside[:, :, -1:]], 2), keys

    def add_label(self, keys: Tensor, values: Tensor, labels: Tensor) -> tuple[Tensor, Tensor]:
        """Add e_n of the labels, (batch,), which broadcast."""
        return labelled(self.config, keys, values, self._e(labels))

    def _e(self, labels: Tensor) -> Tensor:
        """Rows of e, (batch, kv_heads, 1, head_dim)."""
        return self.e(labels).view(-1, self.config.kv_heads, 1, self.config.head_dim)

    def read(self, context: Context, layer: int) -> tuple[Tensor, Tensor]:
        """Keys and values of the context as its readers see them: (batch, kv_heads, patches · M, head_dim)."""
        labels = context.labels.clamp_min(0)
        e = self.e(labels).view(*labels.shape, self.config.kv_heads, 1, -1).transpose(1, 2)  # (batch, kv, patch, 1, hd)
        turns = self.positions.apart[labels][:, None, :, None]  # (batch, 1, patch, 1, half, 2)
        keys, values = labelled(self.config, rotate(context.keys[layer], turns), context.values[layer], e)
        return keys.flatten(2, 3), values.flatten(2, 3)

    def context_mask(self, context: Context, steps: int) -> Tensor:
        """Which context tokens each step may read: bool (batch, 1, steps, patches · M)."""
        present = context.labels != Context.ABSENT
        return present.repeat_interleave(self.config.tokens, 1)[:, None, None].expand(-1, 1, steps, -1)


def labelled(config: DecoderConfig, keys: Tensor, values: Tensor, e: Tensor) -> tuple[Tensor, Tensor]:
    """Add e_n: to the keys as Eq. 9 has it, or to the values in the "post" variant."""
    return (keys + e, values) if config.feeding == "pre" else (keys, values + e)


def attention_bytes(config: DecoderConfig) -> int:
    """Bytes of keys and values that one patch of a batch needs while it is painted, in float32."""
    patches = 2 * most_neighbours(config) + 1
    return 8 * config.layers * config.kv_heads * config.head_dim * config.tokens * patches


def most_neighbours(config: DecoderConfig) -> int:
    """How many patches one reads at most where nothing beyond it is known."""
    around = (2 * config.extent.columns + 1) * (2 * config.extent.rows + 1)
    return around // 2 + config.extent.frames * around
