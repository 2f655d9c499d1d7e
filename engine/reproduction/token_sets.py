"""Token maps of crops, made once: all variants of a table learn the same ones and are measured on the same ones."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from engine.datasets.images import load_folder
from engine.evaluate.samples import picture_crops
from engine.models.checkpoint import Tokenizer, load_tensors, save_tensors
from engine.models.pixels import encode
from engine.planning.windows import MARGIN
from engine.request import UserError

LEFT_OUT = ("monet256",)  # small soft pieces of a foreign set


@dataclass(frozen=True, eq=False)
class TokenSet:
    """maps: tokens (count, height, width) of crops uint8 (count, side, side, 3); words and source of each."""

    maps: Tensor
    crops: np.ndarray
    words: tuple[str, ...]
    sources: tuple[str, ...]

    def halves(self) -> tuple[list[int], list[int]]:
        """Rows of two halves that have no picture in common; of a single picture, its first and its last crops."""
        names = sorted(set(self.sources))
        if len(names) == 1:
            return list(range(len(self.maps) // 2)), list(range(len(self.maps) // 2, len(self.maps)))
        first = set(names[::2])
        rows = range(len(self.maps))
        return [n for n in rows if self.sources[n] in first], [n for n in rows if self.sources[n] not in first]

    def windows(self, rng: np.random.Generator, count: int, rows: int, columns: int) -> tuple[Tensor, list[str]]:
        """Draw windows of the maps at any offset, (count, rows, columns), and their words."""
        height, width = self.maps.shape[1:]
        chosen = rng.integers(len(self.maps), size=count)
        tops, lefts = rng.integers(height - rows + 1, size=count), rng.integers(width - columns + 1, size=count)
        parts = [
            self.maps[n, top : top + rows, left : left + columns]
            for n, top, left in zip(chosen, tops, lefts, strict=True)
        ]
        return torch.stack(parts), [self.words[n] for n in chosen]


def make_token_set(
    folder: Path, split: str, count: int, side: int, tokenizer: Tokenizer, cache: Path, device: torch.device
) -> TokenSet:
    """Encode `count` crops of one split, or take those that lie in `cache` from an earlier call; side: in pixels.

    Crops are encoded with what lies around them, so that no token tells of an edge. Raises UserError where no picture
    is large enough.
    """
    told = cache / f"{split}.json"
    if told.exists():
        kept = load_tensors(cache, split)
        words, sources = json.loads(told.read_text(encoding="utf-8"))
        return TokenSet(kept["maps"], kept["crops"].numpy(), tuple(words), tuple(sources))
    margin = MARGIN * tokenizer.config.compression
    drawn = list(picture_crops(load_folder(folder, split, side, LEFT_OUT), side, side, count, seed=7, margin=margin))
    if not drawn:
        raise UserError(f"{folder} has no picture of at least {side} px on each side for the {split} split.")
    padded = np.stack([crop for _, crop in drawn])
    words = tuple(", ".join(picture.caption.phrases) for picture, _ in drawn)
    crops = padded[:, margin : margin + side, margin : margin + side]
    maps = torch.cat([encode(tokenizer, crop[None], device, MARGIN).cpu() for crop in padded])
    save_tensors({"maps": maps, "crops": torch.from_numpy(crops.copy())}, cache, split)
    sources = tuple(picture.name for picture, _ in drawn)
    told.write_text(json.dumps([words, sources]), encoding="utf-8")
    return TokenSet(maps, crops, words, sources)


def sentences(sets: Sequence[TokenSet]) -> list[str]:
    """All that is said, for the vocabulary of variants that hear words."""
    return [words for each in sets for words in each.words if words]
