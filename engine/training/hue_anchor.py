"""Hues that stay where they were while the way from tokens to pixels learns strokes (ours).

A colour that the pictures hardly have, a turquoise sea, is lost to whatever is learned from them, a few crops a step;
the weights that a run begins with have it. So their hues are the aim, not those of the pictures: on the tokens of
crops, and on tokens that no crop has.
"""

import copy
import math

import numpy as np
import torch
from torch import Tensor, nn

from engine.models.vqgan import VOID, VQGAN, FiniteScalar
from engine.training.reconstruction import hue_loss

WIDE = 32  # px of a place whose hue is compared as a whole, beside that of single cells
SQUARES = (4, 8, 16)  # tokens of the side of a square of one token


class HueAnchor:
    """The VQGAN that a run begins with, which tells what hues tokens have."""

    def __init__(self, net: VQGAN):
        self.begun = copy.deepcopy(net).eval().requires_grad_(False)

    def loss(self, net: VQGAN, rng: np.random.Generator, tokens: Tensor, painted: Tensor) -> Tensor:
        """How far hues are off, of what was painted from tokens (batch, h, w; VOID is hidden) and from strange ones."""
        some = tokens[: (len(tokens) + 1) // 2]
        strange = torch.cat([moved_tokens(net.quantizer, rng, some), mosaic(net.vocabulary, rng, some)])
        both = torch.cat([painted, net.pixels_of(net.latents_of(strange)).float()])
        aims = self.begun.decode(torch.cat([tokens, strange])).float()
        return hue_loss(both, aims) + hue_loss(both, aims, WIDE)


def moved_tokens(quantizer: nn.Module, rng: np.random.Generator, tokens: Tensor) -> Tensor:
    """Other tokens (batch, h, w) with the forms of these: all of a map moved in colour, and a share of them any at all.

    Of a codebook that is learned, whose entries have no order, only the share.
    """
    moved, drawn = tokens, lambda size, *shape: torch.from_numpy(rng.integers(0, size, shape)).to(tokens.device)
    if isinstance(quantizer, FiniteScalar):
        moved, base = torch.zeros_like(tokens), 1
        for levels in quantizer.levels:
            step = drawn(2 * levels - 1, len(tokens), 1, 1) - (levels - 1)
            moved = moved + base * (tokens // base % levels + step).clamp(0, levels - 1)
            base *= levels
    share = torch.from_numpy(rng.random((len(tokens), 1, 1)) ** 2).to(tokens.device)
    anew = torch.from_numpy(rng.random(tokens.shape)).to(tokens.device) < share
    anything = drawn(quantizer.size, *tokens.shape)
    return torch.where(tokens == VOID, tokens, torch.where(anew, anything, moved))


def mosaic(vocabulary: int, rng: np.random.Generator, like: Tensor) -> Tensor:
    """Token maps of a shape in squares of one token each, any of the vocabulary: a sea is hardly more."""
    maps = []
    for _ in like:
        side = int(rng.choice(SQUARES))
        rows, columns = (math.ceil(length / side) for length in like.shape[1:])
        few = rng.integers(0, vocabulary, (rows, columns)).repeat(side, 0).repeat(side, 1)
        maps.append(torch.from_numpy(few[: like.shape[1], : like.shape[2]]))
    return torch.stack(maps).to(like.device)
