"""What is measured of each variant: held-out bits, Fréchet distances of what it paints, and how long painting takes."""

import time
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import torch
from torch import Tensor

from engine.evaluate import foreign_networks as foreign
from engine.evaluate.foreign_networks import ForeignFiles
from engine.evaluate.frechet import NOT_COMPUTED, FeatureSpace, block_frechet, measured
from engine.evaluate.samples import blocks
from engine.inference.contact_sheet import extended
from engine.models.checkpoint import ImageModel, Tokenizer
from engine.models.pixels import as_picture
from engine.models.vqgan import VOID
from engine.reproduction.painters import paint
from engine.reproduction.scale import Scale
from engine.reproduction.tables import Experiment
from engine.reproduction.token_sets import TokenSet
from engine.reproduction.variants import Variant
from engine.request import Box

BLOCKS = 4  # of each painting that are measured
REFERENCE = 4  # times as many blocks as are measured; more than these tell little more


@dataclass(frozen=True, eq=False)
class Ruler:
    """What all variants of a table are held against.

    One half of the held-out pictures is the reference; those of the other half are real ones, and are continued. All
    that is measured are as many blocks, since a distance depends on their number.
    """

    scale: Scale
    held_out: TokenSet
    space: FeatureSpace | None
    files: ForeignFiles
    seed: int

    @property
    def tokens(self) -> int:
        """Tokens to the side of what is known, and of what is added."""
        return self.scale.known * self.scale.decoder.side

    @cached_property
    def reference(self) -> list[np.ndarray]:
        return self.drawn(self.held_out.crops[self.held_out.halves()[0]], REFERENCE)

    @cached_property
    def real(self) -> list[np.ndarray]:
        return self.drawn(self.held_out.crops[self.held_out.halves()[1]])

    def reconstructed(self, tokenizer: Tokenizer) -> list[np.ndarray]:
        """The real blocks as the tokenizer keeps them: nothing that is painted out of its tokens can be nearer."""
        return self.drawn(decoded(tokenizer, self.held_out.maps[self.held_out.halves()[1]]))

    def drawn(self, pictures: Iterable[np.ndarray], times: int = 1) -> list[np.ndarray]:
        """Draw as many blocks as are measured of anything, or so many times as many, from all of the pictures."""
        found = [block for each in pictures for block in blocks(each, self.scale.block_px)]
        order = np.random.default_rng(6).permutation(len(found))
        return [found[number] for number in order[: times * BLOCKS * self.scale.paintings]]

    @cached_property
    def real_features(self) -> tuple[np.ndarray, np.ndarray]:
        """Those of the reference and of the real blocks; needs a feature space."""
        assert self.space
        return self.space.features(self.reference), self.space.features(self.real)

    def known(self) -> tuple[Tensor, np.ndarray, list[str]]:
        """Token maps (paintings, tokens, tokens), their pixels, and what is said of their pictures."""
        second = self.held_out.halves()[1]
        rows = [second[number % len(second)] for number in range(self.scale.paintings)]
        top = (self.held_out.maps.shape[1] - self.tokens) // 2
        part = slice(top, top + self.tokens)
        scale = self.held_out.crops.shape[1] // self.held_out.maps.shape[1]
        pixels = slice(top * scale, (top + self.tokens) * scale)
        words = [self.held_out.words[row] for row in rows]
        return self.held_out.maps[rows][:, part, part], self.held_out.crops[rows][:, pixels, pixels], words

    def distance(self, painted: list[np.ndarray]) -> dict[str, Any]:
        """FD-EffLite0 with its confidence, and FID, KID and IS where the files of their network were given."""
        found: dict[str, Any] = foreign.picture_distances(self.files, self.reference, painted)
        if self.space is None:
            return {"value": NOT_COMPUTED, **found}
        reference, real = self.real_features
        return {**measured(reference, self.space.features(painted), real), **found}


def _clock(model: ImageModel) -> float:
    """Seconds of the processor where a CPU paints, since others may share it; else those on the wall."""
    return time.process_time() if model.device.type == "cpu" else time.perf_counter()


@torch.no_grad()
def decoded(tokenizer: Tokenizer, maps: Tensor) -> np.ndarray:
    """Token maps (count, height, width) as pictures uint8 (count, height, width, 3)."""
    device = next(tokenizer.parameters()).device
    return np.stack([as_picture(tokenizer.decode(each[None].to(device))[0]) for each in maps])


def measure(variant: Variant, model: ImageModel, experiment: Experiment, ruler: Ruler) -> dict[str, Any]:
    """Distances and seconds for 1000 tokens, for each side that is asked for, and for pictures from nothing."""
    found: dict[str, Any] = {}
    for side in experiment.sides:
        if side in variant.sides:
            found[side] = _continued(variant, model, side, experiment.words, ruler)
        else:
            found[side] = "N/A: raster order sees only what lies above and to the left"
    if experiment.wide:
        found["wide"] = _from_nothing(variant, model, experiment.words, ruler)
    return found


def _painted(
    variant: Variant, model: ImageModel, maps: Tensor, words: list[str], ruler: Ruler
) -> tuple[np.ndarray, dict[str, float]]:
    """The maps painted to their end, as pictures, and how long that took."""
    started = _clock(model)
    painted = paint(variant, model, maps, ruler.seed, words)
    seconds = _clock(model) - started
    return decoded(model.tokenizer, painted), {"seconds_per_1000_tokens": 1000 * seconds / int((maps == VOID).sum())}


def _continued(variant: Variant, model: ImageModel, side: str, with_words: bool, ruler: Ruler) -> dict[str, Any]:
    known, _, words = ruler.known()
    pictures, speed = _painted(variant, model, beside(known, side), words if with_words else [""] * len(known), ruler)
    scale = ruler.held_out.crops.shape[1] // ruler.held_out.maps.shape[1]
    return {**ruler.distance(ruler.drawn(new_part(pictures, side, ruler.tokens * scale))), **speed}


def beside(known: Tensor, side: str) -> Tensor:
    """Maps with as much again to be painted on a side; known: (count, side, side)."""
    unknown = torch.full_like(known, VOID)
    parts = [unknown, known] if side in ("left", "up") else [known, unknown]
    return torch.cat(parts, 2 if side in ("left", "right") else 1)


def new_part(pictures: np.ndarray, side: str, length: int) -> np.ndarray:
    """What was painted of pictures (count, height, width, 3) on a side, `length` pixels."""
    match side:
        case "left":
            return pictures[:, :, :length]
        case "right":
            return pictures[:, :, -length:]
        case "up":
            return pictures[:, :length]
    return pictures[:, -length:]


def _from_nothing(variant: Variant, model: ImageModel, with_words: bool, ruler: Ruler) -> dict[str, Any]:
    known, _, words = ruler.known()
    maps = torch.full((len(known), ruler.tokens, ruler.scale.wide * ruler.tokens), VOID)
    pictures, speed = _painted(variant, model, maps, words if with_words else [""] * len(maps), ruler)
    size = ruler.scale.block_px
    found = ruler.distance(ruler.drawn(pictures))
    if ruler.space:
        found["block"] = block_frechet(ruler.space, pictures, ruler.real_features[0], size)
    found["block_fid"] = foreign.block_fid(ruler.files, ruler.reference, pictures, size)
    if with_words:
        found["clip_sim"] = foreign.clip_similarity(ruler.files, list(pictures), words)
    return {**found, **speed}


def measure_shipped(model: ImageModel, experiment: Experiment, ruler: Ruler) -> dict[str, Any]:
    """A finished model continues the same crops as an artist has it, with all that follows the tokens."""
    _, crops, _ = ruler.known()
    found: dict[str, Any] = {}
    for side in experiment.sides:
        size = crops.shape[1]
        shift = {"left": (-size, 0), "up": (0, -size)}.get(side, (0, 0))
        wide = (2 * size, size) if side in ("left", "right") else (size, 2 * size)
        started = _clock(model)
        box = Box(shift[0], shift[1], wide[0], wide[1])
        pictures = np.stack([extended(model, crop, box, seed) for seed, crop in enumerate(crops)])
        seconds = _clock(model) - started
        part = new_part(pictures, side, size)
        made = ruler.distance(ruler.drawn(part))
        made["seconds_per_1000_tokens"] = 1000 * seconds * model.config.tokenizer.compression**2 / part[..., 0].size
        found[side] = made
    return found
