"""Training of the vision decoder from a token pack: Algorithm 1 without pixels, at several scales, measured at each.

Single patches and windows, forms and brushwork are drawn in given shares; held-out bits are told of each kind, with
and without words, and the weights that are kept have the lowest mean of them all.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from engine.device import half_precision
from engine.models.checkpoint import ImageModel
from engine.planning.schedule import Plan
from engine.planning.windows import random_plan, window_plan
from engine.request import Order
from engine.training.data_loading import DecoderTraining, prefetch
from engine.training.decoder import begun, learner, replicas_for, window_step
from engine.training.token_pack import KINDS, TokenPack
from engine.training.trainer import Budget, TrainingRun
from engine.training.validation import ema_decoder, held_out_bits

AT_ONCE = 8  # windows that are measured side by side


@dataclass(frozen=True, eq=False)
class Windows:
    """tokens: int64 (count, height, width); words: what is said of each; window: the plan they are learned in."""

    tokens: Tensor
    words: list[str]
    window: Plan


def train_packed(
    folder: Path,
    model: ImageModel,
    training: DecoderTraining,
    pack: TokenPack,
    held_out: TokenPack,
    budget: Budget,
    device: torch.device,
    seed: int = 0,
) -> Iterator[TrainingRun]:
    """Train the decoder of a model in `folder` from a pack, resuming what is there; the tokenizer stays as it is.

    Yields its run after each step. It ends with the weights that had the fewest held-out bits, those it began with
    among them, on the CPU.
    """
    torch.manual_seed(seed)
    finished = model
    model.to(device)
    run = begun(folder, model.decoder, training, budget, device, seed)
    model = replace(model, decoder=learner(run))
    replicas = replicas_for(model.decoder, training, device)
    windows = held_out_windows(model, held_out, training.held_out, device)
    batches = prefetch(partial(one_packed, pack=pack, model=model, training=training), seed, run.step)

    def step() -> None:
        batch = next(batches)
        grid = batch.tokens[run.world.part(len(batch.words))].to(device)
        window_step(run, replicas, model, grid, grid, batch.window, training, batch.words)

    def report() -> None:
        with run.off_the_clock():
            _report(run, model, windows)

    if run.step == 0:
        report()
    yield from run.train(step, report, training.report_every)
    batches.close()
    finished.decoder.load_state_dict(run.best_weights())
    finished.decoder.eval()
    finished.to(torch.device("cpu"))


def one_packed(rng: np.random.Generator, pack: TokenPack, model: ImageModel, training: DecoderTraining) -> Windows:
    """Draw a batch of one kind: `single_patch_share` of them single patches, `sketch_share` of the rest large forms."""
    config, extent = model.config.decoder, model.config.decoder.extent
    if rng.random() < training.single_patch_share:
        tokens, words = pack.draw(rng, training.batch * config.window**2, "lone", (1, 1))
        return Windows(torch.from_numpy(tokens), words, window_plan(1, extent, tuple(Order)[rng.integers(4)]))
    kind = "sketch" if rng.random() < training.sketch_share else "brush"
    rows, columns = pack.drawn_shape(rng, kind)
    tokens, words = pack.draw(rng, training.batch * config.window**2 // (rows * columns), kind, (rows, columns))
    if rng.random() < training.drop_text:
        words = [""] * len(words)  # all of a batch at once: without words it is cheaper
    window = random_plan(rng, replace(config, window=columns), training.known_share, height=rows)
    return Windows(torch.from_numpy(tokens), words, window)


def held_out_windows(
    model: ImageModel, held_out: TokenPack, count: int, device: torch.device
) -> dict[str, list[Windows]]:
    """Of each kind up to `count` square windows, half of them in the order ω and half in ζ; of single patches twice."""
    config = model.config.decoder
    windows: dict[str, list[Windows]] = {}
    for kind in KINDS:
        size = 1 if kind == "lone" else config.window
        if (size, size) not in held_out.shapes(kind):
            continue
        tokens, words = held_out.described(kind, (size, size), count)
        grids = torch.from_numpy(tokens).to(device)
        for part, order in enumerate((Order.OMEGA, Order.ZETA)):
            chosen = slice(part, None, 2)
            if len(grids[chosen]):
                window = window_plan(size, config.extent, order)
                windows.setdefault(kind, []).append(Windows(grids[chosen], words[chosen], window))
    return windows


@torch.no_grad()
def packed_figures(model: ImageModel, validation: dict[str, list[Windows]]) -> dict[str, float]:
    """Held-out bits per token of each kind without words, and with them (`brush`, `brush_words`, ...)."""
    figures = {}
    with half_precision(model.device):
        for kind, windows in validation.items():
            figures[kind] = _bits(model, windows, worded=False)
            if model.words is not None:
                figures[f"{kind}_words"] = _bits(model, windows, worded=True)
    return figures


def _bits(model: ImageModel, windows: list[Windows], worded: bool) -> float:
    total, count = 0.0, 0
    for held_out in windows:
        for start in range(0, len(held_out.tokens), AT_ONCE):
            grid = held_out.tokens[start : start + AT_ONCE]
            words = held_out.words[start : start + AT_ONCE] if worded else [""] * len(grid)
            total += held_out_bits(model.decoder, grid, held_out.window, model.read(words)) * len(grid)
            count += len(grid)
    return total / count


def _report(run: TrainingRun, model: ImageModel, validation: dict[str, list[Windows]]) -> None:
    """Tell the figures of the averaged weights; those with the lowest mean of all kinds are kept."""
    figures = packed_figures(replace(model, decoder=ema_decoder(run)), validation)
    run.record("mean", **figures, mean=sum(figures.values()) / len(figures))
