"""How large a reproduction is: from seconds in the tests to the paper's base model."""

from dataclasses import dataclass, replace

from engine.config import PRESETS, DecoderConfig, TextConfig
from engine.request import Extent


@dataclass(frozen=True)
class Scale:
    """Sizes of the models, the data and the measurements.

    tokenizer: the model whose tokens all variants learn, or "tiny" for one with random weights. window: tokens to the
    side of the window of the baselines (16 in taming-transformers). batch: windows of patches a step. pictures,
    held_out: crops of `picture_px` that are learned from, and measured on. paintings: how many are made of each kind,
    each of `known` patches to the side, extended by as many. minutes: for all variants of one table together; None
    takes `steps` for each, as many in every table.
    """

    tokenizer: str
    decoder: DecoderConfig
    window: int
    batch: int
    pictures: int
    held_out: int
    picture_px: int
    paintings: int
    block_px: int
    rate: float = 2e-3
    known: int = 2
    wide: int = 3  # times as wide as high are pictures that are made from nothing
    minutes: float | None = None
    steps: int = 3
    shipped: str | None = None  # a finished model that is measured beside the variants


_TINY = replace(PRESETS["tiny"].decoder, text=None)
_SMALL = DecoderConfig(layers=3, dim=96, heads=3, kv_heads=1, side=8, extent=Extent(1, 1, 0), window=3)
_BASE = replace(PRESETS["base"].decoder, text=None)

SCALES = {
    "tiny": Scale("tiny", _TINY, 8, 2, 6, 4, 96, 4, 32, wide=2, steps=2),
    "starter": Scale(
        "starter", _SMALL, 16, 4, pictures=64, held_out=32, picture_px=512, paintings=16, block_px=64, minutes=60,
        shipped="starter",
    ),
    "base": Scale(
        "starter", _BASE, 16, 16, pictures=20_000, held_out=400, picture_px=1024, paintings=64, block_px=256, rate=1e-4,
        minutes=7 * 24 * 60, shipped="starter", known=4, wide=4,
    ),
}  # fmt: skip


def text_of(decoder: DecoderConfig) -> TextConfig:
    """The text encoder of variants that hear words, as wide as their decoder."""
    return TextConfig(512, layers=1, dim=decoder.dim, heads=decoder.heads)
