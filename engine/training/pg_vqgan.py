"""Training of the guide of PG-VQGAN on pairs of frames; the VQGAN stays frozen.

Where frames are painted, some tokens of what stands still come out different each time. So some of the tokens learned
from are those of frames with noise, while what is to be met is without: what is still there, where it was or elsewhere,
as it was shown before, and what is new as the VQGAN decodes it, since the true pixels would teach to blur what cannot
be known. Only some: were all of them shaken, what moves could not be told from what flickers, and would be held back.
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
from torch import Tensor

from engine.datasets.video_clips import ClipSampler
from engine.device import half_precision
from engine.models.checkpoint import ImageModel
from engine.models.pg_vqgan import Guide, GuideEncoder, compensated, decode_guided
from engine.models.pixels import as_picture, as_pixels
from engine.models.vqgan import VQGAN
from engine.request import UserError
from engine.training.data_loading import num_workers_for, prefetch
from engine.training.optimizers import muon_and_adamw
from engine.training.reconstruction import reconstruction_loss
from engine.training.trainer import Budget, TrainingRun


@dataclass(frozen=True)
class GuideTraining:
    """How to train: clips of `frames` frames of `crop` px.

    flicker: standard deviation of the noise, of pixels in [-1, 1], that shakes tokens; shaken: of the tokens at most.
    Each clip has a share of both.
    steadiness: weight in the loss of how far what stands still is from where it was.
    decoded: share of the clips whose first frame guides as the VQGAN decodes it, since later ones are painted.
    """

    batch: int = 4
    crop: int = 128
    frames: int = 3
    learning_rate: float = 2e-3
    flicker: float = 0.3
    shaken: float = 0.5
    steadiness: float = 1.0
    decoded: float = 0.5
    held_out: int = 8
    report_every: int = 100
    ema_decay: float = 0.995


def train_guide(
    folder: Path,
    model: ImageModel,
    training: GuideTraining,
    clips: ClipSampler,
    held_out: ClipSampler,
    budget: Budget,
    device: torch.device,
    seed: int = 0,
) -> Iterator[TrainingRun]:
    """Train the guide of a model in `folder`, resuming what is there; it ends with the best weights, on the CPU."""
    net, tokenizer = model.guide, model.tokenizer
    if net is None or not isinstance(tokenizer, VQGAN):
        raise UserError("This model has no guide to train: its recipe needs a [guide], and a tokenizer of its own.")
    torch.manual_seed(seed)
    tokenizer.to(device).eval().requires_grad_(False)
    net.to(device).train()
    optimizers = muon_and_adamw(net, net.blocks, training.learning_rate)
    run = TrainingRun(folder, {"guide": net}, optimizers, budget, seed, training.ema_decay)
    validation_clips = _pixels(held_out.captioned(np.random.default_rng(1), training.held_out)[0], device)
    batches = prefetch(partial(clips.captioned, count=training.batch), seed, run.step, num_workers_for(device))

    def step() -> None:
        clip = _pixels(next(batches)[0], device)
        with half_precision(device):
            clean, shaken = _tokens(tokenizer, clip, training, run.rng)
            _, losses = _decode_clip(tokenizer, net, clip, clean, shaken, training, run.rng)
        run.update(torch.stack(losses).mean(), "muon", "adamw")

    report = partial(_report, run, tokenizer, validation_clips, training)
    yield from run.train(step, report, training.report_every)
    batches.close()
    net.load_state_dict(run.best_weights())
    net.cpu().eval()
    tokenizer.cpu()


def _pixels(frames: np.ndarray | Tensor, device: torch.device) -> Tensor:
    """(batch, frame, 3, height, width) in [-1, 1]."""
    return as_pixels(frames.reshape(-1, *frames.shape[2:]), device).unflatten(0, frames.shape[:2])


@torch.no_grad()
def _tokens(tokenizer: VQGAN, clip: Tensor, training: GuideTraining, rng: np.random.Generator) -> tuple[Tensor, Tensor]:
    """Tokens (batch, frame, h, w) as they are, and as painting might bring them: with some of each frame's own."""
    strength = torch.from_numpy(rng.random((len(clip), 1, 1, 1, 1))).to(clip) * training.flicker
    noise = torch.from_numpy(rng.standard_normal(clip.shape, np.float32)).to(clip)
    noise = F.avg_pool2d(noise.flatten(0, 1), 3, 1, 1).unflatten(0, clip.shape[:2]) * 3
    clean, noisy = (
        tokenizer.encode(pixels.flatten(0, 1)).unflatten(0, clip.shape[:2])
        for pixels in (clip, clip + noise * strength)
    )
    share = rng.random((len(clip), 1, 1, 1)) * training.shaken
    return clean, torch.where(torch.from_numpy(rng.random(clean.shape) < share).to(clip.device), noisy, clean)


def _decode_clip(
    tokenizer: VQGAN,
    net: GuideEncoder,
    clip: Tensor,
    clean: Tensor,
    tokens: Tensor,
    training: GuideTraining,
    rng: np.random.Generator,
) -> tuple[list[Tensor], list[Tensor]]:
    """Each frame guided by the one before as it came out; all frames as decoded, and a loss for each but the first."""
    with torch.no_grad():
        plain = tokenizer.decode(tokens[:, 0]).float()
        chosen = torch.from_numpy(rng.random(len(clip)) < training.decoded).to(clip.device)
        shown = torch.where(chosen.view(-1, 1, 1, 1), plain, clip[:, 0])
    frames, losses = [shown], []
    for n in range(1, clip.shape[1]):
        both = torch.cat([clip[:, n - 1], frames[-1].detach().clamp(-1, 1)], 1)  # as it was, and as it came out
        moved = compensated(tokenizer, tokens[:, n], Guide(both, tokens[:, n - 1]))
        true, shown = moved.pixels.chunk(2, 1)
        still, guide = (clip[:, n] == true).all(1, keepdim=True), Guide(shown, moved.tokens)
        wanted = torch.where(still, guide.pixels, tokenizer.decode(clean[:, n]).float())
        frames.append(decode_guided(tokenizer, net, tokens[:, n], guide).float())
        change = ((frames[-1] - wanted).abs() * still).mean()
        losses.append(reconstruction_loss(frames[-1], wanted) + training.steadiness * change)
    return frames, losses


@torch.no_grad()
def _report(run: TrainingRun, tokenizer: VQGAN, validation_clips: Tensor, training: GuideTraining) -> None:
    """PSNR of later frames, and how much they flicker where the clip stands still, with the guide and without."""
    net, rng = run.ema, np.random.default_rng(2)
    assert isinstance(net, GuideEncoder)
    clean, tokens = _tokens(tokenizer, validation_clips, training, rng)
    guided, losses = _decode_clip(tokenizer, net, validation_clips, clean, tokens, training, rng)
    plain = [tokenizer.decode(tokens[:, n]).float() for n in range(validation_clips.shape[1])]
    figures = {"loss": float(torch.stack(losses).mean())}
    for name, frames in (("guided", guided), ("plain", plain)):
        figures[f"psnr_{name}"] = _psnr(torch.stack(frames[1:], 1), validation_clips[:, 1:])
        figures[f"flicker_{name}"] = _flicker(torch.stack(frames[1:], 1), validation_clips[:, 1:])
    run.record("loss", **figures)
    rows = [
        np.concatenate([as_picture(p) for p in row[:6]], 1) for row in (validation_clips[:, -1], guided[-1], plain[-1])
    ]
    Image.fromarray(np.concatenate(rows)).save(run.folder / "samples.png")


def _psnr(painted: Tensor, true: Tensor) -> float:
    return 10 * math.log10(4 / max(1e-9, float(F.mse_loss(painted.clamp(-1, 1), true))))


def _flicker(painted: Tensor, true: Tensor) -> float:
    """Mean absolute difference of neighbouring frames, in 1/255, where the true ones are the same."""
    same = (true.diff(dim=1).abs().amax(2, keepdim=True) == 0).expand_as(painted[:, 1:])
    differences = painted.clamp(-1, 1).diff(dim=1).abs()[same]
    return float(differences.mean() * 127.5) if len(differences) else math.nan
