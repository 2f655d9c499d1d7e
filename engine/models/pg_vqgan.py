"""The guide of PG-VQGAN: what frame n-1 shows is added to every level of the decoder of frame n (paper, section 3.4).

The VQGAN stays as it is. Each level of the guide encoder ends in a 1×1 convolution that begins at zero, so a fresh
guide changes nothing, and a frame without one is that of the plain VQGAN to the bit.

Ours: beside the pixels of frame n-1 the encoder sees how far the latents of frame n lie from those of frame n-1. Pixels
alone cannot tell what stands still, and a frozen decoder cannot compare them with its tokens on its own. And pixels are
not summed to; it says how much of those of frame n-1 is kept. So what stands still stays as it is, with all its grain,
however often it is painted; and since frame n-1 is shown as its tokens have wandered, so does what drifts.
"""

import math
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from engine.config import GuideConfig, TokenizerConfig
from engine.models.motion_compensation import came_from, carried
from engine.models.vqgan import VOID, VQGAN, Block


@dataclass(frozen=True, eq=False)
class Guide:
    """Frame n-1: `pixels` (batch, 3, height, width) in [-1, 1], and its `tokens` (batch, h, w), VOID where unknown.

    rests: bool (batch, h, w), what is known not to move, where anything is.
    """

    pixels: Tensor
    tokens: Tensor
    rests: Tensor | None = None


class GuideEncoder(nn.Module):
    """As many levels as the VQGAN's decoder has, and how much of the pixels is kept."""

    def __init__(self, config: GuideConfig, tokenizer: TokenizerConfig, code_dim: int):
        super().__init__()
        self.compression, self.kernel, self.depth = tokenizer.compression, tokenizer.kernel, config.depth
        widths = config.widths
        self.change_in = nn.Conv2d(code_dim, widths[0], 3, padding=1)
        self.pixels_in = nn.Conv2d(12, widths[0], 3, padding=1)
        self.blocks, self.down, self.sums = nn.ModuleList(), nn.ModuleList(), nn.ModuleList()
        for level, width in enumerate(widths):
            self.blocks.append(nn.Sequential(*(Block(width, self.kernel) for _ in range(config.depth))))
            self.sums.append(nn.Conv2d(width, tokenizer.widths[level], 1))
            if level + 1 < len(widths):
                self.down.append(nn.Conv2d(width, widths[level + 1], 2, stride=2))
        self.keep = nn.Conv2d(widths[0], 4, 1)
        for convolution in (*self.sums, self.keep):
            nn.init.zeros_(convolution.weight)  # type: ignore[arg-type]
            nn.init.zeros_(convolution.bias)  # type: ignore[arg-type]
        self.to(memory_format=torch.channels_last)  # type: ignore[call-overload]

    def forward(self, pixels: Tensor, change: Tensor) -> tuple[list[Tensor], Tensor]:
        """What is added to the levels of the decoder, coarsest first; and what share of each pixel is kept.

        pixels: frame n-1 (batch, 3, height, width). change: (batch, code_dim, h, w), latents of frame n less those of
        frame n-1. The shares are (batch, 1, height, width).
        """
        scale = self.compression // 2
        x = self.pixels_in(F.pixel_unshuffle(pixels, 2).contiguous(memory_format=torch.channels_last))
        x = x + self.change_in(change).repeat_interleave(scale, 2).repeat_interleave(scale, 3)
        added, kept = [], x
        for level, blocks in enumerate(self.blocks):
            x = blocks(x)
            kept = x if not level else kept
            added.append(self.sums[level](x))
            if level < len(self.down):
                x = self.down[level](x)
        return added[::-1], F.pixel_shuffle(self.keep(kept), 2).clamp(0, 1)

    @property
    def halo(self) -> int:
        """Tokens' worth of pixels around a place that what is added to it depends on."""
        blocks = sum(self.depth * (self.kernel // 2) * 2 ** (level + 1) for level in range(len(self.blocks)))
        return math.ceil((self.compression + blocks) / self.compression)  # a 3×3 convolution over latents comes first


def compensated(tokenizer: VQGAN, tokens: Tensor, guide: Guide) -> Guide:
    """Frame n-1, warped to where the tokens of frame n have it (engine/models/motion_compensation.py).

    It depends on REACH tokens around each.
    """
    known, shown = ((each != VOID).unsqueeze(1) for each in (tokens, guide.tokens))
    ways = came_from(tokenizer.latents_of(tokens), tokenizer.latents_of(guide.tokens), known, shown, guide.rests)
    pixels = carried(guide.pixels, ways, tokenizer.config.compression)
    return Guide(pixels, carried(guide.tokens.unsqueeze(1), ways)[:, 0], guide.rests)


def decode_guided(tokenizer: VQGAN, encoder: GuideEncoder, tokens: Tensor, guide: Guide) -> Tensor:
    """Pixels (batch, 3, height, width) of token maps (batch, h, w), with what frame n-1 shows; differentiable."""
    latents, before = (tokenizer.latents_of(each) for each in (tokens, guide.tokens))
    unknown = ((tokens == VOID) | (guide.tokens == VOID)).unsqueeze(1)
    change = (latents - before).masked_fill(unknown, 0)
    added, kept = encoder(guide.pixels, change)
    decoded, side = tokenizer.pixels_of(latents, added), encoder.compression
    kept = kept.masked_fill(unknown.repeat_interleave(side, 2).repeat_interleave(side, 3), 0)
    return decoded + kept * (guide.pixels - decoded)
