"""Training of the vision decoder: Algorithm 1 on windows of patches, in four orders and around random known parts."""

import math
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from engine.checkpoint import ImageModel
from engine.config import ModelConfig
from engine.datasets.pictures import CropSampler
from engine.decoder import VisionDecoder
from engine.device import half_precision
from engine.evaluate.sheet import continuation_sheet
from engine.request import Extent, Order, Patch
from engine.schedule import Plan, plan
from engine.teaching import walk
from engine.training.optimizers import muon_and_adamw
from engine.training.run import Budget, Run
from engine.training.tokenizer import as_pixels
from engine.vqgan import VQGAN


@dataclass(frozen=True)
class DecoderTraining:
    """How to train.

    patch_loss: an optimiser step per patch (paper, Table 7c), else one per window. known_share: windows of which a
    random part is known, so that composite contexts are seen. noise: share of input tokens replaced by random ones,
    which hardens against the model's own mistakes.
    """

    batch: int = 8
    rate: float = 2e-3
    patch_loss: bool = True
    known_share: float = 0.3
    noise: float = 0.03
    held_out: int = 12
    report_every: int = 25
    sheet_every: int = 4  # reports from one sheet of samples to the next


def train_decoder(
    folder: Path,
    model: ImageModel,
    training: DecoderTraining,
    crops: CropSampler,
    held_out: CropSampler,
    budget: Budget,
    device: torch.device,
    seed: int = 0,
) -> None:
    """Train the decoder of a model in `folder`, resuming what is there; the tokenizer stays as it is.

    It ends with the weights that had the fewest held-out bits, on the CPU.
    """
    torch.manual_seed(seed)
    config, net, tokenizer = model.config, model.decoder, model.tokenizer
    model.to(device)
    net.train()
    run = Run(folder, {"decoder": net}, muon_and_adamw(net, net.blocks, training.rate), budget, seed)
    judged = encode(tokenizer, held_out.batch(np.random.default_rng(1), training.held_out), device)
    corners = held_out.batch(np.random.default_rng(2), 3)[:, : 2 * config.patch_px, : 2 * config.patch_px]
    for step in run.steps():
        grid = encode(tokenizer, crops.batch(run.rng, training.batch), device)
        _window_step(run, net, grid, _random_plan(run.rng, config, training.known_share), training, device)
        if (step + 1) % training.report_every == 0:
            _report(run, judged, config, device)
            run.save()
        if (step + 1) % (training.report_every * training.sheet_every) == 0:
            continuation_sheet(ImageModel(config, tokenizer, _averaged(run)), corners, folder / "samples.png")
    _report(run, judged, config, device)
    net.load_state_dict(run.best_weights())
    net.eval()
    continuation_sheet(model, corners, folder / "samples.png")
    model.to(torch.device("cpu"))


@torch.no_grad()
def encode(tokenizer: VQGAN, crops: np.ndarray, device: torch.device) -> Tensor:
    """Token maps (batch, h, w) of crops uint8 (batch, height, width, 3)."""
    with half_precision(device):
        return tokenizer.encode(as_pixels(crops, device))


def _window_step(
    run: Run, net: VisionDecoder, grid: Tensor, window: Plan, training: DecoderTraining, device: torch.device
) -> None:
    vocabulary = net.config.vocabulary
    inputs = torch.where(
        torch.rand(grid.shape, device=device) < training.noise, torch.randint_like(grid, vocabulary), grid
    )
    losses = []
    with half_precision(device):
        for _, logits, targets in walk(net, window, grid, inputs):
            loss = F.cross_entropy(logits.float().flatten(0, 1), targets.flatten())
            if training.patch_loss:
                run.update(loss, "muon", "adamw")
            else:
                losses.append(loss)
    if losses:
        run.update(torch.stack(losses).mean(), "muon", "adamw")


def _random_plan(rng: np.random.Generator, config: ModelConfig, known_share: float) -> Plan:
    """A window in one of the four orders, or composite strips around a random rectangle of known patches."""
    size, extent = config.decoder.window, config.decoder.extent
    if rng.random() >= known_share:
        return window_plan(size, extent, tuple(Order)[rng.integers(4)])
    columns, rows = sorted(rng.integers(0, size, 2)), sorted(rng.integers(0, size, 2))
    box = (int(columns[0]), int(rows[0]), int(columns[1]), int(rows[1]))
    return window_plan(size, extent, None, box if box != (0, 0, size - 1, size - 1) else (0, 0, 0, 0))


@cache
def window_plan(size: int, extent: Extent, order: Order | None, known: tuple[int, int, int, int] | None = None) -> Plan:
    """The plan of a square window; `known` holds the first and last column and row of a known rectangle."""
    cells = [Patch(x, y) for x in range(size) for y in range(size)]
    left, top, right, bottom = known or (0, 0, -1, -1)
    given = [p for p in cells if left <= p.column <= right and top <= p.row <= bottom]
    return plan(cells, given, extent, order, band=size - 1)


@torch.no_grad()
def held_out_bits(net: VisionDecoder, grid: Tensor, window: Plan) -> float:
    """Bits per token over all new patches of a window."""
    total = [
        F.cross_entropy(logits.float().flatten(0, 1), targets.flatten())
        for _, logits, targets in walk(net, window, grid)
    ]
    return float(torch.stack(total).mean()) / math.log(2)


def _report(run: Run, judged: Tensor, config: ModelConfig, device: torch.device) -> None:
    net = _averaged(run)
    size, extent = config.decoder.window, config.decoder.extent
    with half_precision(device):
        bits = [held_out_bits(net, judged, window_plan(size, extent, order)) for order in (Order.OMEGA, Order.ZETA)]
    run.record("bits", bits=sum(bits) / 2)


def _averaged(run: Run) -> VisionDecoder:
    assert isinstance(run.averaged, VisionDecoder)
    return run.averaged
