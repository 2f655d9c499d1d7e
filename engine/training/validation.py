"""Validation of the vision decoder while it trains: bits per token on held-out windows."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from engine.datasets.images import CropSampler
from engine.datasets.video_clips import ClipSampler
from engine.device import half_precision
from engine.inference.prefill import patch_tokens
from engine.models.checkpoint import ImageModel
from engine.models.pixels import encode
from engine.models.text_encoder import TextStates
from engine.models.vision_decoder import VisionDecoder
from engine.planning.schedule import Plan
from engine.planning.windows import window_plan
from engine.request import Order, Patch
from engine.training.data_loading import DecoderTraining
from engine.training.teacher_forcing import IGNORE_INDEX, patch_bits
from engine.training.trainer import TrainingRun

SINGLE_PATCHES = 48  # how many are measured


@dataclass(frozen=True, eq=False)
class ValidationSet:
    """Held-out windows, uint8 (count, side, side, 3), with the caption of each.

    Clips are (count, frame, side, side, 3); of them the first frame is known.

    counted: patches of a window that count, where the others were trained on; None counts all.
    regions: bool (count, side, side), what counts of clips; None counts all.
    margin: pixels that the windows have more on each side.
    single_patches: measured as well, patches that show much of a picture.
    """

    crops: np.ndarray
    words: tuple[str, ...]
    counted: frozenset[Patch] | None = None
    regions: np.ndarray | None = None
    margin: int = 0
    single_patches: "ValidationSet | None" = None

    @classmethod
    def drawn(cls, sampler: CropSampler | ClipSampler, count: int, patch: int | None = None) -> "ValidationSet":
        """Draw from a sampler of held-out pictures; patch: side in pixels of single patches, if they are measured."""
        rng = np.random.default_rng(1)
        if isinstance(sampler, ClipSampler):
            clips, words, regions = sampler.with_regions(rng, count)
            return cls(clips, tuple(words), regions=regions, margin=sampler.margin)
        crops, words = sampler.captioned(rng, count)
        singles = cls.drawn(sampler.telling_of(patch), SINGLE_PATCHES) if patch else None
        return cls(crops, tuple(words), margin=sampler.margin, single_patches=singles)

    def corners(self, count: int, side: int) -> np.ndarray:
        """Return the upper left corners of the first windows, of clips those of their first frame."""
        stills = self.crops[:, 0] if self.crops.ndim == 5 else self.crops
        corner = slice(self.margin, self.margin + side)
        return stills[:count, corner, corner]


def encode_set(validation_set: ValidationSet, model: ImageModel, device: torch.device) -> Tensor:
    return encode(
        model.tokenizer, validation_set.crops, device, validation_set.margin // model.config.tokenizer.compression
    )


def ignore_outside(grid: Tensor, regions: np.ndarray | Tensor) -> Tensor:
    """Return films (batch, frame, height, width) with IGNORE_INDEX outside of regions.

    regions: bool (batch, height, width), in pixels.

    Of the first frames everything is wanted, and so is a token that lies in a region with a part.
    """
    inside = F.adaptive_max_pool2d(torch.as_tensor(regions).float(), grid.shape[-2:]) > 0
    wanted = inside.to(grid.device)[:, None] | (torch.arange(grid.shape[1], device=grid.device) == 0)[:, None, None]
    return grid.masked_fill(~wanted, IGNORE_INDEX)


def held_out_bits(
    net: VisionDecoder,
    grid: Tensor,
    window: Plan,
    text: TextStates | None = None,
    counted: frozenset[Patch] | None = None,
    inputs: Tensor | None = None,
) -> float:
    """Return bits per token over the new patches of a window, or over those that are counted, without IGNORE_INDEX."""
    bits, count = 0.0, 0
    for planned, found in patch_bits(net, window, grid, text, inputs):
        if counted is None or planned.patch in counted:
            bits += float(found.sum()) * net.config.tokens
            count += int((patch_tokens(grid, planned.patch, net.config.side) != IGNORE_INDEX).sum())
    return bits / max(1, count)


def validate(
    run: TrainingRun,
    model: ImageModel,
    grid: Tensor,
    validation_set: ValidationSet,
    training: DecoderTraining,
    singles: Tensor | None,
) -> None:
    """Record held-out bits without text and with it; of films with text against inputs that stand still, too.

    The best weights are chosen by `both`: the mean of the latter two, or of windows and of single patches with text.
    """
    model_ema, config = replace(model, decoder=ema_decoder(run)), model.config.decoder
    frames = grid.shape[1] if grid.dim() == 4 else 1
    rows = grid.shape[-2] // config.side
    plans = [
        window_plan(config.window, config.extent, order, frames=frames, stills=int(frames > 1), rows=rows)
        for order in (Order.OMEGA, Order.ZETA)
    ]

    wanted = grid if validation_set.regions is None else ignore_outside(grid, validation_set.regions)

    def bits(words: Sequence[str], inputs: Tensor = grid) -> float:
        text = model_ema.read(words)
        found = [held_out_bits(model_ema.decoder, wanted, plan, text, validation_set.counted, inputs) for plan in plans]
        return sum(found) / len(found)

    with torch.no_grad(), half_precision(model.device):
        figures = {"bits": bits([""] * len(grid))}
        if model.words is not None:
            figures["with_words"] = bits(validation_set.words)
            if frames > 1 and training.token_corruption:
                late = torch.cat([grid[:, :1], grid[:, :-1]], 1)
                figures["both"] = (figures["with_words"] + bits(validation_set.words, late)) / 2
            if validation_set.single_patches and singles is not None:
                text, plan = (
                    model_ema.read(validation_set.single_patches.words),
                    window_plan(1, config.extent, Order.OMEGA),
                )
                figures["single_patches"] = held_out_bits(model_ema.decoder, singles, plan, text)
                figures["both"] = (figures["bits"] + figures["single_patches"]) / 2
    run.record("both" if "both" in figures else "with_words" if frames > 1 and model.words else "bits", **figures)


def ema_decoder(run: TrainingRun) -> VisionDecoder:
    assert isinstance(run.ema, VisionDecoder)
    return run.ema
