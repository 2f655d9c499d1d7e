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
from engine.training.teacher_forcing import SHOWN, patch_bits
from engine.training.trainer import Run

LONE = 48  # single patches that are judged


@dataclass(frozen=True, eq=False)
class Judge:
    """What a decoder is judged by: held-out windows uint8 (count, side, side, 3), and what is said of each.

    Clips are (count, frame, side, side, 3); of them the first frame is known.

    counted: patches of a window that count, where the others have been learned from; None counts all.
    regions: bool (count, side, side), what counts of clips; None counts all.
    margin: pixels that the windows have more on each side.
    lone: judged as well, single patches that show much of a picture.
    """

    crops: np.ndarray
    words: tuple[str, ...]
    counted: frozenset[Patch] | None = None
    regions: np.ndarray | None = None
    margin: int = 0
    lone: "Judge | None" = None

    @classmethod
    def drawn(cls, sampler: CropSampler | ClipSampler, count: int, patch: int | None = None) -> "Judge":
        """From a sampler of held-out pictures; patch: the side in pixels of single patches, if they are judged."""
        rng = np.random.default_rng(1)
        if isinstance(sampler, ClipSampler):
            clips, words, regions = sampler.with_regions(rng, count)
            return cls(clips, tuple(words), regions=regions, margin=sampler.margin)
        crops, words = sampler.captioned(rng, count)
        lone = cls.drawn(sampler.telling_of(patch), LONE) if patch else None
        return cls(crops, tuple(words), margin=sampler.margin, lone=lone)


def _encoded(judge: Judge, model: ImageModel, device: torch.device) -> Tensor:
    return encode(model.tokenizer, judge.crops, device, judge.margin // model.config.tokenizer.compression)


def _in_regions(grid: Tensor, regions: np.ndarray | Tensor) -> Tensor:
    """Films (batch, frame, height, width) with SHOWN outside of regions, bool (batch, height, width) in pixels.

    Of the first frames everything is wanted, and so is a token that lies in a region with a part.
    """
    inside = F.adaptive_max_pool2d(torch.as_tensor(regions).float(), grid.shape[-2:]) > 0
    wanted = inside.to(grid.device)[:, None] | (torch.arange(grid.shape[1], device=grid.device) == 0)[:, None, None]
    return grid.masked_fill(~wanted, SHOWN)


def held_out_bits(
    net: VisionDecoder,
    grid: Tensor,
    window: Plan,
    text: TextStates | None = None,
    counted: frozenset[Patch] | None = None,
    inputs: Tensor | None = None,
) -> float:
    """Bits per token over the new patches of a window, all or those that are counted, but of tokens that are SHOWN."""
    bits, count = 0.0, 0
    for planned, found in patch_bits(net, window, grid, text, inputs):
        if counted is None or planned.patch in counted:
            bits += float(found.sum()) * net.config.tokens
            count += int((patch_tokens(grid, planned.patch, net.config.side) != SHOWN).sum())
    return bits / max(1, count)


def _report(
    run: Run, model: ImageModel, judged: Tensor, judge: Judge, training: DecoderTraining, alone: Tensor | None
) -> None:
    """Held-out bits without words and with them; of films with words against inputs that stand still, too.

    What the weights are chosen by, both: the mean of the latter two, or of windows and of patches alone with words.
    """
    averaged, config = replace(model, decoder=averaged_decoder(run)), model.config.decoder
    frames = judged.shape[1] if judged.dim() == 4 else 1
    rows = judged.shape[-2] // config.side
    plans = [
        window_plan(config.window, config.extent, order, frames=frames, stills=int(frames > 1), rows=rows)
        for order in (Order.OMEGA, Order.ZETA)
    ]

    wanted = judged if judge.regions is None else _in_regions(judged, judge.regions)

    def bits(words: Sequence[str], inputs: Tensor = judged) -> float:
        heard = averaged.read(words)
        found = [held_out_bits(averaged.decoder, wanted, plan, heard, judge.counted, inputs) for plan in plans]
        return sum(found) / len(found)

    with torch.no_grad(), half_precision(model.device):
        figures = {"bits": bits([""] * len(judged))}
        if model.words is not None:
            figures["with_words"] = bits(judge.words)
            if frames > 1 and training.spoiled:
                late = torch.cat([judged[:, :1], judged[:, :-1]], 1)
                figures["both"] = (figures["with_words"] + bits(judge.words, late)) / 2
            if judge.lone and alone is not None:
                heard, plan = averaged.read(judge.lone.words), window_plan(1, config.extent, Order.OMEGA)
                figures["lone"] = held_out_bits(averaged.decoder, alone, plan, heard)
                figures["both"] = (figures["bits"] + figures["lone"]) / 2
    run.record("both" if "both" in figures else "with_words" if frames > 1 and model.words else "bits", **figures)


def averaged_decoder(run: Run) -> VisionDecoder:
    assert isinstance(run.averaged, VisionDecoder)
    return run.averaged
