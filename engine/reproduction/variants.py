"""The rows of a table: what each variant changes, and how it learns."""

import hashlib
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from engine.config import DecoderConfig, ModelConfig
from engine.device import half_precision
from engine.evaluate.likelihood import without_context
from engine.models.checkpoint import ImageModel
from engine.models.vision_decoder import VisionDecoder
from engine.planning.schedule import Plan
from engine.planning.windows import random_plan, window_plan
from engine.reproduction.scale import Scale, text_of
from engine.reproduction.token_sets import TokenSet
from engine.request import Extent, Order
from engine.training.optimizers import all_blocks, muon_and_adamw
from engine.training.teacher_forcing import patch_bits, teacher_forcing
from engine.training.trainer import Budget, TrainingRun

Kind = Literal["patches", "window"]
REPORTS = 4  # points of the curve of a variant
AVERAGE = 0.99  # of the weights, from step to step
KNOWN_SHARE = 0.3  # of the windows of which a part is known, as in training elsewhere


@dataclass(frozen=True)
class Variant:
    """One row. kind: "patches" paints patch by patch, "window" slides a window of tokens over the picture.

    changes: of the decoder's config. caches: whether patches read their neighbours. patch_loss: a step per patch.
    local: how tokens are drawn. cached: of sliding windows, whether keys and values are kept inside a window.
    trained_as: the variant whose weights it takes. paper: the published figures of this row, by column.
    sides: where it can continue a picture.
    """

    name: str
    kind: Kind = "patches"
    changes: dict[str, Any] = field(default_factory=dict)
    caches: bool = True
    patch_loss: bool = False
    words: bool = False
    local: Literal["ar", "mask_predict", "parallel"] = "ar"
    cached: bool = False
    trained_as: str | None = None
    paper: dict[str, float] = field(default_factory=dict)
    sides: tuple[str, ...] = ("left", "right", "up", "down")

    def config(self, scale: Scale) -> DecoderConfig:
        config = replace(scale.decoder, **self.changes)
        if self.kind == "window":
            config = replace(config, side=scale.window, window=1, extent=Extent(0, 0, 0))
        config = replace(config, text=text_of(config) if self.words else None)
        return replace(config, masked=self.local != "ar")

    def batch(self, scale: Scale) -> int:
        """Windows a step, so that every variant learns from as many tokens."""
        tokens = scale.batch * (scale.decoder.window * scale.decoder.side) ** 2
        config = self.config(scale)
        return max(1, round(tokens / (config.window * config.side) ** 2))

    def plan(self, rng: np.random.Generator, config: DecoderConfig) -> Plan:
        """What a window is learned in: one raster order for sliding windows, else as the engine trains."""
        if self.kind == "window":
            return window_plan(1, config.extent, Order.ZETA)
        planned = random_plan(rng, config, KNOWN_SHARE)
        return planned if self.caches else without_context(planned)

    def key(self, scale: Scale, seed: int, steps: int) -> str:
        """A name for what is learned: variants of different tables that learn the same have the same."""
        told = (self.config(scale), self.kind, self.caches, self.patch_loss, scale.batch, scale.rate, seed)
        return f"{self.kind}-{steps}-{hashlib.sha256(repr(told).encode()).hexdigest()[:10]}"

    def fresh(self, scale: Scale, known: ImageModel, sentences: list[str], seed: int) -> ImageModel:
        """The model of the variant over the tokenizer of a known model."""
        decoder = replace(self.config(scale), vocabulary=known.config.tokenizer.vocabulary)
        config = ModelConfig(self.name, known.config.tokenizer, decoder)
        more = {"sentences": sentences} if sentences else {}
        return replace(ImageModel.fresh(config, seed, **more), tokenizer=known.tokenizer)


@dataclass(frozen=True)
class Learning:
    """What all variants of a table have in common."""

    scale: Scale
    learned: TokenSet
    held_out: TokenSet
    seed: int
    device: torch.device
    tell: Callable[[str], None]


def train_variant(folder: Path, variant: Variant, model: ImageModel, learning: Learning, steps: int) -> TrainingRun:
    """Train the decoder of a variant for so many steps, resuming what is there.

    It ends with the averaged weights, of the best held-out point where there is a likelihood, else the last ones. Each
    step has a generator of its own, so all variants see the same places of the same pictures.
    """
    net = model.decoder.to(learning.device).train()
    run = _run(folder, net, learning, steps)
    every = max(1, steps // REPORTS)
    best_by = "bits" if variant.local == "ar" else None  # one round over nothing says little of many
    for step in run.steps():
        learn_step(run, variant, model, learning, step)
        run.end_step()
        if run.step % every == 0:
            with run.off_the_clock():
                run.record(best_by, bits=held_out_bits(variant, replace(model, decoder=_averaged(run)), learning))
                run.save()
    net.load_state_dict(run.best_weights())
    net.eval().requires_grad_(False)
    return run


def _run(folder: Path, net: VisionDecoder, learning: Learning, steps: int) -> TrainingRun:
    optimizers = muon_and_adamw(net, all_blocks(net), learning.scale.rate)
    return TrainingRun(folder, {"decoder": net}, optimizers, Budget(steps=steps), learning.seed, AVERAGE)


def _averaged(run: TrainingRun) -> VisionDecoder:
    assert isinstance(run.ema, VisionDecoder)
    return run.ema


def learn_step(run: TrainingRun, variant: Variant, model: ImageModel, learning: Learning, step: int) -> None:
    """One batch of windows."""
    net, config = model.decoder, model.config.decoder
    rng = np.random.default_rng((learning.seed, step))
    side = config.window * config.side
    grid, words = learning.learned.windows(rng, variant.batch(learning.scale), side, side)
    grid, window = grid.to(learning.device), variant.plan(rng, config)
    share = 1.0 if variant.patch_loss else 1 / len(window.new)

    def losses() -> Iterator[Tensor]:
        with half_precision(learning.device):
            for _, logits, targets in teacher_forcing(net, window, grid, read_text=lambda: model.read(words)):
                yield F.cross_entropy(logits.float().flatten(0, 1), targets.flatten()) * share

    def backward() -> None:
        for loss in losses():
            loss.backward()

    if variant.patch_loss:
        for loss in losses():
            run.update(loss, "muon", "adamw")
            torch.clear_autocast_cache()
    else:
        run.apply(backward, "muon", "adamw")


def seconds_a_step(variant: Variant, model: ImageModel, learning: Learning, folder: Path) -> float:
    """How long a step takes, by two of them, which are forgotten."""
    net = model.decoder.to(learning.device).train()
    run = _run(folder, net, learning, 2)
    times = []
    for step in range(2):
        started = time.perf_counter()
        learn_step(run, variant, model, learning, step)
        times.append(time.perf_counter() - started)
    return min(times)


@torch.no_grad()
def held_out_bits(variant: Variant, model: ImageModel, learning: Learning, columns: int | None = None) -> float:
    """Bits per token of held-out windows under the orders ω and ζ; of sliding windows, in their raster order.

    columns: patches of a wider window. Of a masked decoder it is what one round over nothing gives.
    """
    config = model.config.decoder
    columns = columns or config.window
    rng = np.random.default_rng(1)
    count = max(1, len(learning.held_out.maps) // 2)
    grid, words = learning.held_out.windows(rng, count, config.window * config.side, columns * config.side)
    grid = grid.to(learning.device)
    orders = (Order.ZETA,) if variant.kind == "window" else (Order.OMEGA, Order.ZETA)
    found = []
    for order in orders:
        planned = window_plan(columns, config.extent, order, rows=config.window)
        planned = planned if variant.caches else without_context(planned)
        found += [float(b.mean()) for _, b in patch_bits(model.decoder, planned, grid, model.read(words))]
    return float(np.mean(found))
