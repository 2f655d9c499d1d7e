"""Token by token through a batch of patches on a CPU, by the compiled step (`engine.inference.compiled.step`).

The patches of a batch are shared out among threads, each of which goes through the whole decoder without waiting for
another.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, cast
from weakref import WeakKeyDictionary

import numpy as np
import torch
from torch import Tensor, nn

from engine.inference.graphed_states import GraphedStates
from engine.inference.incremental_decoding import PatchStates, own_e, turns_by_step
from engine.models.quantization import Int8Linear
from engine.models.text_encoder import TextStates
from engine.models.vision_decoder import Context, TextKV, VisionDecoder

if TYPE_CHECKING:
    from engine.inference.compiled.layout import KeyValues, Linear, Norm, Scratch, Weights


def states_of(
    decoder: VisionDecoder, orders: Tensor, context: Context | None, text: TextStates | None = None
) -> "PatchStates | FusedStates":
    """The quickest for a decoder: a graph on a graphics card, and where weights have 8 bits the compiled step."""
    if orders.is_cuda:
        return GraphedStates(decoder, orders, context, text)
    if isinstance(decoder.layers[0].qkv, Int8Linear) and compiles():
        return FusedStates(decoder, orders, context, text)
    return PatchStates(decoder, orders, context, text)


@cache
def compiles() -> bool:
    """Whether numba is there, and finds a place to keep what it has compiled."""
    try:
        from engine.inference.compiled import KEPT
    except ImportError:
        return False
    return KEPT is not None


@torch.inference_mode()
def get_ready(decoder: VisionDecoder) -> None:
    """Compile what a decoder will need, or fetch it from the disk, and pack its weights."""
    if isinstance(decoder.layers[0].qkv, Int8Linear) and compiles():
        config, labels = decoder.config, torch.zeros(1, 1, dtype=torch.int64)
        kept = torch.zeros(config.layers, 1, config.kv_heads, 1, config.tokens, config.head_dim)
        FusedStates(decoder, labels[0], Context(kept, kept, labels)).advance(None)


class FusedStates:
    """A batch of patches, of which each step paints one token; as PatchStates has it."""

    @torch.inference_mode()
    def __init__(self, decoder: VisionDecoder, orders: Tensor, context: Context | None, text: TextStates | None = None):
        batch = len(orders)
        self.decoder, self.orders, self.step = decoder, orders, 0
        text_kv = decoder.project_text(text, batch)
        self._weights = _weights_of(decoder, text_kv)
        self._inputs = decoder.places(orders)  # (batch, M, dim)
        self._turns = torch.view_as_real(turns_by_step(decoder, orders)).flatten(2).numpy()
        self._own = torch.view_as_real(own_e(decoder)).flatten().numpy()
        self._kv = _context(decoder, batch, context)
        self._before = _lengths(decoder, batch, context)
        self._text = _text(decoder, batch, text_kv)
        places = max(self._kv.bias.shape[1], self._text.bias.shape[1])
        self._scratch = _scratch(decoder, batch, places)
        self._x = torch.from_numpy(self._scratch.x)
        self._threads = _Threads(batch)

    @torch.inference_mode()
    def advance(self, tokens: Tensor | None) -> Tensor:
        """Feed the tokens (batch,) chosen last, None at the start; returns logits (batch, vocabulary) of the next."""
        decoder = self.decoder
        if tokens is None:
            self._x.copy_(decoder.start(self.orders))
        else:
            torch.add(decoder.token.forward(tokens), self._inputs[:, self.step - 1], out=self._x)
        self._threads.share(self._advance, len(self.orders))
        self.step += 1
        return torch.from_numpy(self._scratch.logits.copy())

    def _advance(self, first: int, last: int) -> None:
        from engine.inference.compiled.step import advance

        places, turns = self._before + self.step, self._turns[self.step]
        advance(self._weights, self._scratch, self._kv, self._text, places, turns, self._own, first, last)


class _Threads:
    """As many as torch would take; they sleep while there is nothing to do, and end with this."""

    def __init__(self, most: int):
        self._count = min(torch.get_num_threads(), most)
        self._pool = ThreadPoolExecutor(self._count - 1, "fused") if self._count > 1 else None

    def share(self, work: Callable[[int, int], None], count: int) -> None:
        """Do work(first, last) for all of `count`, in as many shares."""
        edges = [count * n // self._count for n in range(self._count + 1)]
        others = [self._pool.submit(work, *share) for share in pairwise(edges[1:])] if self._pool else []
        work(0, edges[1])
        for other in others:
            other.result()


# ---- weights


_PACKED: "WeakKeyDictionary[VisionDecoder, Weights]" = WeakKeyDictionary()


def _weights_of(decoder: VisionDecoder, text: list[TextKV | None]) -> "Weights":
    """The weights of a decoder; a text that says the same to every token becomes a part of the bias of `out`."""
    if decoder not in _PACKED:
        _PACKED[decoder] = _packed(decoder)
    weights = _PACKED[decoder]
    same = [kv.constant[0, 0] for kv in text if kv and kv.constant is not None]
    if not same:
        return weights
    return weights._replace(out=weights.out._replace(bias=weights.out.bias + torch.stack(same).numpy()))


def _packed(decoder: VisionDecoder) -> "Weights":
    from engine.inference.compiled.layout import Weights

    blocks, shrink = decoder.layers, decoder.config.head_dim**-0.5
    worded = blocks if decoder.text else []
    return Weights(
        _norms([block.attention_norm for block in blocks]),
        _linears([block.qkv for block in blocks]),
        _linears([block.out for block in blocks]),
        _norms([block.text_norm for block in worded]),
        _linears([block.text_q for block in worded], shrink),
        _linears([block.text_out for block in worded]),
        _norms([block.ffn_norm for block in blocks]),
        _linears([block.wide for block in blocks]),
        _linears([block.narrow for block in blocks]),
        _norms([decoder.norm]),
        _linears([decoder.head]),
    )


def _linears(layers: Sequence[nn.Module], factor: float = 1.0) -> "Linear":
    """Several 8-bit layers of one shape, their outputs times a factor."""
    from engine.inference.compiled.layout import Linear, as_matrix

    if not layers:
        return Linear(np.zeros((0, 0), np.int8), *np.zeros((2, 0, 0), np.float32))
    own = cast("list[Int8Linear]", layers)
    weight = as_matrix(torch.stack([layer.weight for layer in own]).numpy())
    scale = torch.stack([layer.scale for layer in own]).float().numpy() * np.float32(factor)
    bias = [np.zeros(scale.shape[1]) if layer.bias is None else layer.bias.numpy() for layer in own]
    return Linear(weight, scale, np.stack(bias).astype(np.float32) * np.float32(factor))


def _norms(norms: Sequence[nn.LayerNorm]) -> "Norm":
    from engine.inference.compiled.layout import Norm

    if not norms:
        return Norm(*np.zeros((2, 0, 0), np.float32))
    return Norm(*(np.stack([getattr(norm, part).numpy() for norm in norms]) for part in ("weight", "bias")))


# ---- keys and values


def _lengths(decoder: VisionDecoder, batch: int, context: Context | None) -> np.ndarray:
    """How many tokens of its context each patch reads, int64 (batch,); what is absent stands last."""
    if context is None:
        return np.zeros(batch, np.int64)
    return (context.labels != Context.ABSENT).sum(1).numpy() * decoder.config.tokens


def _context(decoder: VisionDecoder, batch: int, context: Context | None) -> "KeyValues":
    """The context as its readers see it, and room for the patch itself."""
    from engine.inference.compiled.attention import keep_all

    config, lengths = decoder.config, _lengths(decoder, batch, context)
    kept = _room(decoder, batch, int(lengths.max()) + config.tokens)
    kept.bias[np.arange(kept.bias.shape[1]) < lengths[:, None]] = 0
    for layer in range(config.layers if context else 0):
        assert context is not None
        keys, values = (read.contiguous().numpy() for read in decoder.read(context, layer))
        for patch, length in enumerate(lengths.tolist()):
            keep_all(kept, layer, patch, keys[patch], values[patch], length)
    return kept


def _text(decoder: VisionDecoder, batch: int, text: list[TextKV | None]) -> "KeyValues":
    """What prompts say; of no place where that is a part of the weights, or nothing."""
    from engine.inference.compiled.attention import keep_all
    from engine.inference.compiled.layout import NOWHERE

    said = [kv for kv in text if kv and kv.constant is None]
    places = said[0].bias.shape[1] if said else 0
    kept = _room(decoder, batch, places)
    for layer, (keys, values, bias, _) in enumerate(said):
        kept.bias[:, :places] = bias.float().clamp_min(float(NOWHERE)).numpy()
        for patch in range(batch):
            own_keys, own_values = (each[patch].contiguous().numpy() for each in (keys, values))
            keep_all(kept, layer, patch, own_keys, own_values, places)
    return kept


def _room(decoder: VisionDecoder, batch: int, places: int) -> "KeyValues":
    from engine.inference.compiled.layout import NOWHERE, KeyValues, in_tiles

    config = decoder.config
    places = in_tiles(places)
    shape = (config.layers, batch, config.kv_heads)
    keys = np.zeros((*shape, config.head_dim * places), np.int8)
    values = np.zeros((*shape, in_tiles(config.head_dim) * places), np.int8)
    scales = np.zeros((2, *shape, places), np.float32)
    return KeyValues(keys, scales[0], values, scales[1], np.full((batch, places), NOWHERE))


def _scratch(decoder: VisionDecoder, batch: int, places: int) -> "Scratch":
    from engine.inference.compiled.layout import LANES, Scratch, in_tiles

    config = decoder.config
    group, heads = config.heads // config.kv_heads, config.heads + 2 * config.kv_heads
    widest = max(4 * config.dim, heads * config.head_dim, config.vocabulary)

    def room(*shape: int, of: type = np.float32) -> np.ndarray:
        return np.zeros((batch, *shape), of)

    made, seen = room(heads, config.head_dim), room(config.heads, config.head_dim)
    return Scratch(
        room(config.dim), room(config.dim), made.reshape(batch, -1), made, seen.reshape(batch, -1), seen,
        room(config.dim), room(4 * config.dim), room(config.vocabulary), room(group, places), room(LANES),
        room(config.heads), room(4 * config.dim, of=np.int16), room(in_tiles(widest), of=np.int32),
        room(config.heads, config.head_dim, of=np.int16), room(group, places, of=np.int16),
        room(group, places, of=np.int32), room(config.heads, in_tiles(config.head_dim), of=np.int32),
    )  # fmt: skip
