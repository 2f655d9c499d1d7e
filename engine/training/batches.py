"""What a decoder learns from in each step, and how: settings, and batches that are drawn ahead."""

import copy
from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

import numpy as np

from engine.config import DecoderConfig
from engine.datasets.clips import ClipSampler
from engine.datasets.pictures import CropSampler
from engine.request import Order
from engine.schedule import Plan
from engine.training.windows import random_plan, window_plan

T = TypeVar("T")


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

    pixels: np.ndarray
    words: list[str]
    window: Plan
    regions: np.ndarray | None = None


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


def drawn_ahead(rng: np.random.Generator, draw: Callable[[np.random.Generator], T]) -> Generator[T, None, None]:
    """What `draw` makes of a generator, without end, each while a model still learns from the one before.

    It is as if each were drawn when it is asked for: after each `rng` is where it would be had the next not been drawn
    yet, so a run that is saved in between resumes exactly. It must not be used for anything else meanwhile.
    """

    def next_after(before: np.random.Generator) -> tuple[T, np.random.Generator]:
        ahead = copy.deepcopy(before)
        return draw(ahead), ahead

    with ThreadPoolExecutor(1, "draw") as pool:
        waiting = pool.submit(next_after, rng)
        while True:
            batch, ahead = waiting.result()
            rng.bit_generator.state = ahead.bit_generator.state
            waiting = pool.submit(next_after, ahead)
            yield batch
