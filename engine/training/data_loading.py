"""What a decoder learns from in each step, and how: settings, and batches that are drawn ahead."""

from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import count
from typing import Literal, NamedTuple, TypeVar

import numpy as np
import torch
from torch import Tensor
from torch.utils.data import DataLoader, Dataset

from engine.config import DecoderConfig
from engine.datasets.images import CropSampler
from engine.datasets.video_clips import ClipSampler
from engine.device import cores
from engine.planning.schedule import Plan
from engine.planning.windows import random_plan, window_plan
from engine.request import Order

T = TypeVar("T")

MAX_WORKERS = 8


@dataclass(frozen=True)
class DecoderTraining:
    """How to train the vision decoder.

    patch_loss: one optimiser step per patch (paper, Table 7c), else one per window.
    known_share: share of the windows of which a random part is known, so that composite contexts occur.
    noise: share of input tokens replaced by random ones, which hardens against the model's own mistakes.
    token_corruption: share of the films and of the single patches whose input tokens are wrong in part, from none to
    all, so that the text has to say what comes. In films they are the tokens of the frame before, since standing still
    is the mistake that a film never leaves; in single patches they are random.
    self_rollout: of films that begin with a still only the last frame is learned; the model draws those between
    itself, so that it learns to go on from what it paints (scheduled sampling).
    drop_text: share of the batches without text (classifier-free guidance needs them).
    single_patch_share: share of the batches that are single patches which show much of a picture, as many as the
    windows have, all with text: text is learned best where no patches before it tell more.
    sketch_share: share of the windows out of a token pack that show large forms; the others show brushwork.
    init_interpolation: share of the initial weights in the final ones (Wortsman et al. 2022), which brings back what
    was known and is seldom seen again.
    rows: patches from the upper to the lower edge of the pictures, for handscrolls; None for square windows.
    ema_decay: of the moving average of the weights, from step to step.
    accumulate: parts of a batch that are learned from one after another before a step, where memory is short.
    shard: of several devices each keeps a part of all weights and states (FSDP), where one cannot hold them; needs
    Adam. recompute: blocks are run again for their gradients (activation checkpointing): less memory, a third slower.
    optimizer: Muon for the matrices of the blocks and AdamW for the rest, or Adam for all, as in the paper.
    """

    batch: int = 8
    learning_rate: float = 2e-3
    patch_loss: bool = True
    known_share: float = 0.3
    noise: float = 0.03
    token_corruption: float = 0.0
    self_rollout: bool = False
    drop_text: float = 0.3
    single_patch_share: float = 0.0
    sketch_share: float = 0.5
    init_interpolation: float = 0.0
    rows: int | None = None
    held_out: int = 12
    report_every: int = 25
    sheet_every: int = 4  # reports from one sheet of samples to the next; 0 for none
    ema_decay: float = 0.999
    accumulate: int = 1
    shard: bool = False
    recompute: bool = False
    optimizer: Literal["muon", "adam"] = "muon"


class Batch(NamedTuple):
    """pixels: uint8 (batch, height, width, 3), of films with a frame axis before the height; words of each.

    regions: of films, bool (batch, height, width) where they are to be learned.
    """

    pixels: np.ndarray | Tensor
    words: list[str]
    window: Plan
    regions: np.ndarray | Tensor | None = None


def draw_batch(
    rng: np.random.Generator, crops: CropSampler | ClipSampler, singles: CropSampler | None, config: DecoderConfig,
    training: DecoderTraining,
) -> Batch:  # fmt: skip
    """Draw one batch; singles: what single patches are drawn from, where some batches are such."""
    if singles and rng.random() < training.single_patch_share:
        return _single_patches(rng, singles, config, training)
    return _windows(rng, crops, config, training)


def _single_patches(
    rng: np.random.Generator, singles: CropSampler, config: DecoderConfig, training: DecoderTraining
) -> Batch:
    pixels, words = singles.captioned(rng, training.batch * config.window**2)
    return Batch(pixels, words, window_plan(1, config.extent, tuple(Order)[rng.integers(4)]))


def _windows(
    rng: np.random.Generator, crops: CropSampler | ClipSampler, config: DecoderConfig, training: DecoderTraining
) -> Batch:
    regions, frames = None, 1
    if isinstance(crops, ClipSampler):
        pixels, words, regions = crops.with_regions(rng, training.batch)
        frames = int(rng.integers(2, pixels.shape[1] + 1))  # the first frames teach the most, and cost the least
        pixels = pixels[:, :frames]
    else:
        pixels, words = crops.captioned(rng, training.batch)
    stills = max(1, frames - 1) if training.self_rollout else 1
    window = random_plan(rng, config, training.known_share, frames, stills, training.rows)
    if rng.random() < training.drop_text:
        words = [""] * len(words)  # all of a batch at once: without words it is cheaper
    return Batch(pixels, words, window, regions)


class _Steps(Dataset[T]):
    """What is drawn for each step of a run, by the number of the step."""

    def __init__(self, draw: Callable[[np.random.Generator], T], seed: int):
        self.draw, self.seed = draw, seed

    def __getitem__(self, step: int) -> T:
        return self.draw(np.random.default_rng((self.seed, step)))


def prefetch(
    draw: Callable[[np.random.Generator], T], seed: int, start: int = 0, num_workers: int = 0
) -> Generator[T, None, None]:
    """What `draw` makes for the steps from `start` on, without end, while a model still learns from those before.

    Each step has a generator of its own, so a run that is resumed draws what it would have drawn.
    num_workers: processes that draw, for a graphics card, which trains faster than one draws; arrays come as tensors.
    None: a thread, which needs no memory of its own.
    """
    steps = _Steps(draw, seed)
    if num_workers:
        yield from DataLoader(steps, batch_size=None, sampler=count(start), num_workers=num_workers, prefetch_factor=3)
        return
    with ThreadPoolExecutor(1, "draw") as pool:
        waiting = pool.submit(steps.__getitem__, start)
        for step in count(start + 1):
            drawn = waiting.result()
            waiting = pool.submit(steps.__getitem__, step)
            yield drawn


def num_workers_for(device: torch.device) -> int:
    """How many processes draw for a model that learns on a device."""
    return 0 if device.type == "cpu" else max(1, min(MAX_WORKERS, cores() - 1))
