"""How fast a model paints on this machine: ratios between ways that are timed in turn, in one run, on the same weights.

Of many turns the quickest counts, since other work on the machine only ever makes them longer. Where one thread
computes, its own time is taken, so that other work does not count at all.
"""

import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import torch
from torch import Tensor

from engine.device import describe
from engine.inference.fused_states import FusedStates, compiles, get_ready, states_of
from engine.inference.incremental_decoding import PatchStates
from engine.inference.paint import most_together, paint, painting
from engine.inference.sampling import choose
from engine.memory import peak_memory_mib
from engine.models.checkpoint import ImageModel
from engine.models.vision_decoder import Context, VisionDecoder
from engine.request import Box, Finished, KnownPicture, PaintRequest, PatchPainted, Prompt
from engine.together import Together

WIDTHS = (1, 2, 4, 8, 16)
NEIGHBOURS = (0, 1, 2, 3)  # labels of what a patch reads: with itself five patches, 1,280 keys of the starter
Say = Callable[[str], None]
Clock = Callable[[], float]  # seconds
States = Callable[[VisionDecoder, Tensor, Context | None], PatchStates | FusedStates]


def measure_speed(model: ImageModel, quick: bool, say: Say) -> dict[str, Any]:
    """All figures by name; milliseconds and seconds of wall time, ratios, MiB. Takes two minutes where `quick`."""
    get_ready(model.stepper)
    own_time = model.device.type == "cpu" and torch.get_num_threads() == 1
    clock = time.process_time if own_time else time.perf_counter
    report: dict[str, Any] = {"model": model.config.name, "device": describe(model.device), "compiled": compiles()}
    report["time"] = "of the processor" if own_time else "of the clock"
    say("measuring the machine itself")
    ceilings = _ceilings(model.device, clock)
    say("measuring steps by batch size")
    report |= _steps(model, min(64 if quick else 256, model.config.decoder.tokens), clock)
    say("measuring whole paintings")
    report |= _paintings(model, quick, say, clock)
    report |= {"tokenizer": _tokenizer(model, clock), **ceilings, "peak_memory_mib": peak_memory_mib()}
    return report | _shares(model, report)


def _quickest(work: Callable[[], object], turns: int, clock: Clock) -> float:
    """Milliseconds of the quickest turn."""
    best = float("inf")
    for _ in range(turns):
        began = clock()
        work()
        if torch.cuda.is_available():
            torch.cuda.synchronize()
        best = min(best, clock() - began)
    return best * 1e3


def _ceilings(device: torch.device, clock: Clock) -> dict[str, float]:
    """What the machine can read, GB/s, and multiply and add, a thousand million times a second, in float32."""
    large, square = torch.ones(2**25, device=device), torch.ones(1024, 1024, device=device)
    return {
        "bandwidth_gb_s": large.nbytes / _quickest(large.sum, 20, clock) / 1e6,
        "multiply_adds_g_s": 1024**3 / _quickest(lambda: square @ square, 20, clock) / 1e6,
    }


# ---- steps


def _steps(model: ImageModel, steps: int, clock: Clock) -> dict[str, Any]:
    """Milliseconds of a step by width: as it was before, as it is now, and their ratio; and of the published loop."""
    before, now = {}, {}
    for width in WIDTHS:
        before[width], now[width] = _in_turn(model, width, steps, (PatchStates, states_of), clock)
    recomputed = _recomputed(model, clock)
    return {
        "published_loop_ms_per_token": recomputed,
        "recompute_over_cached": recomputed / now[1],
        "before_ms": before,
        "now_ms": now,
        "before_over_now": {width: before[width] / now[width] for width in WIDTHS},
    }


def _in_turn(model: ImageModel, width: int, steps: int, ways: Sequence[States], clock: Clock) -> list[float]:
    """Milliseconds of the quickest step of each way, runs of 16 steps taking turns, so that caches are warm."""
    orders = torch.zeros(width, dtype=torch.int64, device=model.device)
    run = [way(model.stepper, orders, _context(model, width)) for way in ways]
    best, tokens = [float("inf")] * len(ways), list[Tensor | None]([None] * len(ways))
    for _ in range(steps // 16):
        for n, states in enumerate(run):
            for _ in range(16):
                began = clock()
                logits = states.advance(tokens[n])
                best[n] = min(best[n], clock() - began)
                tokens[n] = logits.argmax(-1)
    return [seconds * 1e3 for seconds in best]


def _context(model: ImageModel, width: int) -> Context:
    config = model.config.decoder
    shape = (config.layers, width, config.kv_heads, len(NEIGHBOURS), config.tokens, config.head_dim)
    keys, values = torch.randn(2, *shape, device=model.device, dtype=model.dtype)
    return Context(keys, values, torch.tensor([NEIGHBOURS], device=model.device).expand(width, -1))


@torch.inference_mode()
def _recomputed(model: ImageModel, clock: Clock) -> float:
    """Milliseconds a token when all that is seen is gone through anew for each, as taming-transformers does."""
    decoder, config = model.decoder, model.config.decoder
    seen = torch.zeros(len(NEIGHBOURS), config.tokens, dtype=torch.int64, device=model.device)
    orders = seen[:, 0]
    labels = torch.tensor([NEIGHBOURS], device=model.device)

    def token() -> None:
        caches = decoder.compute_cache(seen, orders)
        keys, values = (each.unflatten(1, (1, -1)).transpose(2, 3) for each in (caches.keys, caches.values))
        logits, _ = decoder(seen[:1], orders[:1], Context(keys, values, labels))
        choose(logits[:, -1], torch.zeros_like(logits[:, -1]))

    return _quickest(token, 5, clock)


# ---- paintings


def _paintings(model: ImageModel, quick: bool, say: Say, clock: Clock) -> dict[str, Any]:
    """Seconds for 256 × 256 px in sequence and in batches, with options, and of a patch in pictures of all lengths."""
    px = model.config.patch_px
    square = PaintRequest(Box(0, 0, 4 * px, 4 * px), seed=1)
    area = (4 * px / 256) ** 2
    known = KnownPicture(Box(-4 * px, 0, 4 * px, 4 * px), _noise(4 * px))
    options = {"no nucleus": replace(square, top_p=1.0), "following": replace(square, known=(known,), exemplar=1.0)}
    if model.words:
        words = (Prompt("a lake in winter"),)
        options |= {"words": replace(square, prompts=words)}
        options |= {"words, guided": replace(square, prompts=words, guidance=2.0)}
    seconds = {
        "sequence": _painted(square, model, 1, clock) / area,
        "batches": _painted(square, model, 16, clock) / area,
    }
    with_options = {name: _painted(request, model, 16, clock) / area for name, request in options.items()}
    say("measuring variants in shared batches")
    shared = {count: _shared(square, count, model, clock) for count in (2, 4)}
    seconds_each = {"seconds_per_256": seconds, "seconds_per_256_with": with_options}
    return {**seconds_each, "variants_apart_over_together": shared, **_lengths(model, quick, say, clock)}


def _painted(request: PaintRequest, model: ImageModel, width: int, clock: Clock) -> float:
    began = clock()
    for _ in paint(request, model, width=width, live=False):
        pass
    return clock() - began


def _shared(request: PaintRequest, count: int, model: ImageModel, clock: Clock) -> float:
    """How much longer variants take one after another than together."""
    variants = [replace(request, seed=seed) for seed in range(1, count + 1)]
    apart = together = float("inf")
    for _ in range(2):
        apart = min(apart, sum(_painted(each, model, 16, clock) for each in variants))
        together = min(together, _painted_together(variants, model, clock))
    return apart / together


def _painted_together(requests: Sequence[PaintRequest], model: ImageModel, clock: Clock) -> float:
    """Seconds, as many of them at a time as is best."""
    began, turns, left = clock(), Together[int](), deque(enumerate(requests))
    while left or turns:
        while left and len(turns) < most_together(model.device):
            number, request = left.popleft()
            turns.add(number, painting(request, model, live=False))
        turns.turn()
    return clock() - began


def _lengths(model: ImageModel, quick: bool, say: Say, clock: Clock) -> dict[str, Any]:
    """Seconds a patch, and the pool's peak, in pictures of one row of so many patches."""
    px = model.config.patch_px
    seconds, pool = {}, {}
    for patches in (1, 10, 30) if quick else (1, 10, 100, 1000):
        say(f"painting a row of {patches} patches")
        began, last = clock(), None
        for event in paint(PaintRequest(Box(0, 0, patches * px, px), seed=1), model, live=False):
            last = event if isinstance(event, Finished) else last
        seconds[patches] = (clock() - began) / patches
        pool[patches] = last.peak_pool_bytes / 2**20 if last else 0.0
    return {"seconds_per_patch": seconds, "pool_mib": pool}


def paint_one_patch(model: ImageModel) -> None:
    """Paint the first patch of a picture."""
    px = model.config.patch_px
    events = paint(PaintRequest(Box(0, 0, px, px)), model)
    next(event for event in events if isinstance(event, PatchPainted))


def _noise(side: int) -> np.ndarray:
    return np.random.default_rng(0).integers(0, 256, (side, side, 3), np.uint8)


@torch.inference_mode()
def _tokenizer(model: ImageModel, clock: Clock) -> dict[str, float]:
    """Milliseconds for 256 × 256 px."""
    pixels = torch.zeros(1, 3, 256, 256, device=model.device, dtype=model.dtype)
    tokens = model.tokenizer.encode(pixels)
    turns = 10
    return {
        "encode_ms": _quickest(lambda: model.tokenizer.encode(pixels), turns, clock),
        "decode_ms": _quickest(lambda: model.tokenizer.decode(tokens), turns, clock),
    }


def _shares(model: ImageModel, report: dict[str, Any]) -> dict[str, Any]:
    """What a step reads and multiplies, against what the machine can; above 1 where its caches help."""
    config = model.config.decoder
    kv = config.kv_heads * config.head_dim
    products = config.layers * (10 * config.dim**2 + 2 * config.dim * kv) + config.dim * config.vocabulary
    keys = (len(NEIGHBOURS) + 1) * config.tokens
    read = products + 2 * config.layers * keys * kv  # bytes, one of each weight and of each key and value
    attended = 2 * config.layers * keys * config.dim
    ms = report["now_ms"]
    return {
        "bandwidth_share": read / ms[1] / 1e6 / report["bandwidth_gb_s"],
        "multiply_adds_share": {
            width: width * (products + attended) / ms[width] / 1e6 / report["multiply_adds_g_s"] for width in WIDTHS
        },
    }
