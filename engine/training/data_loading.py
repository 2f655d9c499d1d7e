"""What a decoder learns from in each step, and how: settings, and batches that are drawn ahead."""

from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import count
from typing import NamedTuple, TypeVar

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

MOST_HELPERS = 8


@dataclass(frozen=True)
class DecoderTraining:
    """How to train.

    patch_loss: an optimiser step per patch (paper, Table 7c), else one per window. known_share: windows of which a
    random part is known, so that composite contexts are seen. noise: share of input tokens replaced by random ones,
    which hardens against the model's own mistakes. spoiled: share of the films and of the lone patches whose input
    tokens are wrong in part, from none to all, so that what is to come has to be learned from the words: those of films
    are the tokens of the frame before, since to stand still is the mistake that a film goes on with for ever; those of
    lone patches are random ones. dreamt: of films that begin with a still only the last frame is learned, and those
    between are drawn by the model itself, so that it learns to go on from what it paints. wordless: share of the
    batches that are learned without words. lone_share: share of the batches that are single patches that show much of a
    picture, as many as the windows have, all with words: what words tell is little beside what the patches before it
    tell, so it is best heard where there are none.
    sketch_share: share of the windows out of a token pack that show large forms; the others show brushwork.
    of_start: share of the weights it began with in those it ends with (Wortsman et al. 2022): what was known and is
    seldom learned again comes back.
    rows: patches from the upper to the lower edge of the pictures, for handscrolls; None for square windows.
    """

    batch: int = 8
    rate: float = 2e-3
    patch_loss: bool = True
    known_share: float = 0.3
    noise: float = 0.03
    spoiled: float = 0.0
    dreamt: bool = False
    wordless: float = 0.3
    lone_share: float = 0.0
    sketch_share: float = 0.5
    of_start: float = 0.0
    rows: int | None = None
    held_out: int = 12
    report_every: int = 25
    sheet_every: int = 4  # reports from one sheet of samples to the next; 0 for none
    average: float = 0.999  # of the weights, from step to step


class Batch(NamedTuple):
    """pixels: uint8 (batch, height, width, 3), of films with a frame axis before the height; words of each.

    regions: of films, bool (batch, height, width) where they are to be learned.
    """

    pixels: np.ndarray | Tensor
    words: list[str]
    window: Plan
    regions: np.ndarray | Tensor | None = None


def one_batch(
    rng: np.random.Generator, crops: CropSampler | ClipSampler, lone: CropSampler | None, config: DecoderConfig,
    training: DecoderTraining,
) -> Batch:  # fmt: skip
    """lone: what single patches are drawn from, where some batches are such."""
    if lone and rng.random() < training.lone_share:
        return _patches(rng, lone, config, training)
    return _windows(rng, crops, config, training)


def _patches(rng: np.random.Generator, lone: CropSampler, config: DecoderConfig, training: DecoderTraining) -> Batch:
    pixels, words = lone.captioned(rng, training.batch * config.window**2)
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
    stills = max(1, frames - 1) if training.dreamt else 1
    window = random_plan(rng, config, training.known_share, frames, stills, training.rows)
    if rng.random() < training.wordless:
        words = [""] * len(words)  # all of a batch at once: without words it is cheaper
    return Batch(pixels, words, window, regions)


class _Steps(Dataset[T]):
    """What is drawn for each step of a run, by the number of the step."""

    def __init__(self, draw: Callable[[np.random.Generator], T], seed: int):
        self.draw, self.seed = draw, seed

    def __getitem__(self, step: int) -> T:
        return self.draw(np.random.default_rng((self.seed, step)))


def drawn_ahead(
    draw: Callable[[np.random.Generator], T], seed: int, start: int = 0, helpers: int = 0
) -> Generator[T, None, None]:
    """What `draw` makes for the steps from `start` on, without end, while a model still learns from those before.

    Each step has a generator of its own, so a run that is resumed draws what it would have drawn.
    helpers: processes that draw, for a graphics card, which learns faster than one can; arrays come as tensors then.
    None: a thread, which needs no memory of its own.
    """
    steps = _Steps(draw, seed)
    if helpers:
        yield from DataLoader(steps, batch_size=None, sampler=count(start), num_workers=helpers, prefetch_factor=3)
        return
    with ThreadPoolExecutor(1, "draw") as pool:
        waiting = pool.submit(steps.__getitem__, start)
        for step in count(start + 1):
            drawn = waiting.result()
            waiting = pool.submit(steps.__getitem__, step)
            yield drawn


def helpers_of(device: torch.device) -> int:
    """How many processes draw for a model that learns on a device."""
    return 0 if device.type == "cpu" else max(1, min(MOST_HELPERS, cores() - 1))
