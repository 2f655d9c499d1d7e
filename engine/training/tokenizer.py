"""Training of the VQGAN: pixel and multi-scale gradient losses, then a small patch discriminator that trains with it.

Where `perceptual_weight` asks for it, a frozen network that is no part of any model sees the pixels, too.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image
from torch import Tensor, nn

from engine.datasets.images import CropSampler
from engine.device import half_precision
from engine.models.discriminator import Discriminator
from engine.models.pixels import as_picture, as_pixels
from engine.models.vqgan import VOID, VQGAN
from engine.training.data_loading import num_workers_for, prefetch
from engine.training.hue_anchor import SETTLED_PX, HueAnchor
from engine.training.optimizers import muon_and_adamw
from engine.training.perceptual import FrozenFeatures, Perceptual, ProjectedCritic, lattice, lattice_penalty
from engine.training.reconstruction import gradients, reconstruction_loss
from engine.training.trainer import Budget, TrainingRun


@dataclass(frozen=True)
class TokenizerTraining:
    """How to train: crops in pixels, and when and how strongly the discriminator speaks.

    keep_codes: only the way from tokens to pixels learns, so that tokens go on meaning what they mean to a decoder.
    perceptual_weight, projected_weight: of a perceptual distance and of a critic on the features of EfficientNet-Lite0
    (handscroll[metrics] brings it), beside the gradient of the reconstruction; 0 for neither.
    lattice_weight: of edges that are uneven over the cells of tokens.
    anchor_weight: of hues that tokens had in the weights that the run begins with; for `keep_codes` alone.
    anchor_steps: with such a weight, steps in the end, on top of the budget, in which these are given back to them;
    they do not stop half-way. Pictures need SETTLED_PX to a side for that.
    """

    batch: int = 8
    crop: int = 128
    learning_rate: float = 2e-3
    discriminator_learning_rate: float = 2e-4
    discriminator_from: float = 0.6  # part of the budget
    discriminator_weight: float = 0.04  # small: the discriminator wins soon
    discriminator_width: int = 32
    r1_every: int = 0  # steps from one R1 penalty of the discriminator to the next; 0 for none
    r1_weight: float = 1.0
    feature_weight: float = 0.5
    hidden_share: float = 0.25  # crops of which a part is replaced by the void
    report_every: int = 200
    keep_codes: bool = False
    ema_decay: float = 0.999  # of the weights, from step to step
    perceptual_weight: float = 0.0
    projected_weight: float = 0.0
    projected_learning_rate: float = 3e-4
    lattice_weight: float = 0.0
    anchor_weight: float = 0.0
    anchor_steps: int = 0


def train_tokenizer(
    folder: Path,
    net: VQGAN,
    training: TokenizerTraining,
    crops: CropSampler,
    held_out: CropSampler,
    budget: Budget,
    device: torch.device,
    seed: int = 0,
) -> Iterator[TrainingRun]:
    """Train a tokenizer in `folder`, resuming what is there; it ends with the averaged weights, on the CPU.

    Yields its run after each step; what happens meanwhile takes nothing off the budget.
    """
    torch.manual_seed(seed)
    net.to(device).train()
    if training.keep_codes:
        _keep_codes(net)
    discriminator = Discriminator(training.discriminator_width).to(device)
    optimizers = muon_and_adamw(net, nn.ModuleList([net.encoder, net.decoder]), training.learning_rate)
    optimizers["critic"] = torch.optim.AdamW(
        discriminator.parameters(), training.discriminator_learning_rate, betas=(0.5, 0.9)
    )
    modules = {"vqgan": net, "critic": discriminator}
    anchor = HueAnchor(net) if training.anchor_weight else None
    if anchor:
        modules["anchor"] = anchor.begun  # kept with the run: what goes on begins with other weights
    perceptual = _perceptual(training, crops, device) if training.perceptual_weight else None
    if perceptual:
        modules["projected"] = perceptual.critic
        optimizers["projected"] = torch.optim.AdamW(
            perceptual.critic.parameters(), training.projected_learning_rate, betas=(0.0, 0.99), weight_decay=0.01
        )
    run = TrainingRun(folder, modules, optimizers, budget, seed, training.ema_decay)
    sheet = as_pixels(held_out.batch(np.random.default_rng(1), 8), device)
    batches = prefetch(partial(crops.batch, count=training.batch), seed, run.step, num_workers_for(device))
    settled = CropSampler(crops.pictures, SETTLED_PX) if anchor and training.anchor_steps else None

    def step() -> None:
        pixels = as_pixels(next(batches), device)
        _train_step(run, net, discriminator, pixels, training, device, perceptual, anchor)

    yield from run.train(step, partial(_report, run, sheet), training.report_every)
    batches.close()
    net.load_state_dict(run.best_weights())
    if anchor and settled and not run.stopping:
        draw = partial(settled.batch, count=max(1, training.batch // 2))
        anchor.settle(net.eval(), lambda rng: as_pixels(draw(rng), device), training.anchor_steps, seed)
    net.cpu().eval()


def _keep_codes(net: VQGAN) -> None:
    for part in (net.encoder, net.colour_in, net.quantizer):
        part.eval().requires_grad_(False)


def _perceptual(training: TokenizerTraining, crops: CropSampler, device: torch.device) -> Perceptual:
    features = FrozenFeatures().to(device)
    features.measure(as_pixels(crops.batch(np.random.default_rng(9), 48), device))
    critic = ProjectedCritic().to(device)
    return Perceptual(features, critic, training.perceptual_weight, training.projected_weight)


def _train_step(
    run: TrainingRun,
    net: VQGAN,
    discriminator: Discriminator,
    pixels: Tensor,
    training: TokenizerTraining,
    device: torch.device,
    perceptual: Perceptual | None = None,
    anchor: HueAnchor | None = None,
) -> None:
    hidden = _hide_some(run.rng, pixels.shape, net.config.compression, training.hidden_share).to(device)
    with half_precision(device):
        painted, tokens, codebook_loss = net(pixels, hidden)
    painted = painted.float()
    loss = codebook_loss
    if anchor:
        loss = loss + training.anchor_weight * anchor.loss(net, run.rng, tokens.masked_fill(hidden, VOID), painted)
    seen = ~hidden.repeat_interleave(net.config.compression, 1).repeat_interleave(net.config.compression, 2)
    painted = torch.where(seen.unsqueeze(1), painted, pixels)  # what the void hides does not count
    plain = reconstruction_loss(painted, pixels)
    loss = loss + plain
    ramp = min(1.0, max(0.0, run.progress - training.discriminator_from) / 0.05)
    if training.lattice_weight:
        loss = loss + training.lattice_weight * lattice_penalty(painted, pixels, net.config.compression)
    if perceptual:
        speaking = ramp if training.projected_weight else 0.0
        pull, ours, true = perceptual.pull(run.rng, run.step, speaking, painted, pixels, plain)
        loss = loss + pull
        if training.projected_weight:
            run.update(perceptual.critic_loss(ours, true), "projected")
    weight = training.discriminator_weight * ramp
    if weight == 0:
        run.update(loss, "muon", "adamw")
        return
    with half_precision(device):
        verdict, features = discriminator(painted)
        with torch.no_grad():
            _, aims = discriminator(pixels)
    matching = sum(F.l1_loss(a, b) for a, b in zip(features, aims, strict=True)) / len(aims)
    run.update(loss + weight * (training.feature_weight * matching - verdict.float().mean()), "muon", "adamw")
    with half_precision(device):
        real, fake = discriminator(pixels)[0].float(), discriminator(painted.detach())[0].float()
    loss = F.relu(1 - real).mean() + F.relu(1 + fake).mean()
    if training.r1_every and run.step % training.r1_every == 0:
        loss = loss + training.r1_weight * training.r1_every * r1_penalty(discriminator, pixels)
    run.update(loss, "critic")


def r1_penalty(discriminator: Discriminator, pixels: Tensor) -> Tensor:
    """Return the R1 penalty, the squared slope of the verdict at real pictures: trifles must not win."""
    pixels = pixels.detach().requires_grad_()
    (slope,) = torch.autograd.grad(discriminator(pixels)[0].sum(), pixels, create_graph=True)
    return slope.square().flatten(1).sum(1).mean() / pixels[0].numel()


def _hide_some(rng: np.random.Generator, shape: torch.Size, compression: int, share: float) -> Tensor:
    """Which tokens are void: in some crops everything on one side of a line, as at the front of a painting."""
    height, width = shape[2] // compression, shape[3] // compression
    hidden = np.zeros((shape[0], height, width), dtype=bool)
    for index in np.flatnonzero(rng.random(shape[0]) < share):
        row, column = rng.integers(1, height), rng.integers(1, width)
        part = [np.s_[:row, :], np.s_[row:, :], np.s_[:, :column], np.s_[:, column:], np.s_[row:, column:]]
        hidden[index][part[rng.integers(len(part))]] = True
    return torch.from_numpy(hidden)


@torch.no_grad()
def _report(run: TrainingRun, sheet: Tensor) -> None:
    net = run.ema
    assert isinstance(net, VQGAN)
    painted, tokens, _ = net(sheet)
    painted = painted.clamp(-1, 1)
    error = F.mse_loss(painted, sheet).item()
    sharpness = sum(g.abs().mean() for g in gradients(painted)) / sum(g.abs().mean() for g in gradients(sheet))
    run.record(
        psnr=10 * math.log10(4 / max(error, 1e-9)),
        sharpness=float(sharpness),
        lattice=lattice(painted, net.config.compression),
        codes_used=float(tokens.unique().numel()),
    )
    rows = [np.concatenate([as_picture(p) for p in row], 1) for row in (sheet, painted)]
    Image.fromarray(np.concatenate(rows)).save(run.folder / "samples.png")
