"""Hues that stay where they were while the way from tokens to pixels learns strokes (ours).

A colour that the pictures hardly have, a turquoise sea, is lost to whatever is learned from them, a few crops a step;
the weights that a run begins with have it. So their hues are an aim beside those of the pictures, and weigh more: on
the tokens of crops, and on tokens that no crop has.
"""

import copy
import math
from collections.abc import Callable

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from engine.models.vqgan import VOID, VQGAN, FiniteScalar
from engine.training.reconstruction import hue_loss, hues

WIDE = 32  # px of a place whose hue is compared as a whole, beside that of single cells
SQUARES = (4, 8, 16)  # tokens of the side of a square of one token
SETTLED_PX = 192  # of the side of crops whose hues are given back: a place sees what lies 64 px around
LARGE_SQUARES = (8, 12, 24, 24)  # tokens of a side of a square there, once for each time in so many
SETTLING = 3e-4  # the highest learning rate by which hues are given back in the end
ALONE, MIDDLE, MEASURED_EVERY = 20, 2, 90  # tokens of a map of one token, from its middle on either side; steps


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

    def settle(self, net: VQGAN, crops: Callable[[np.random.Generator], Tensor], steps: int, seed: int = 0) -> None:
        """Give the colours of wide places back to the tokens of a net that has learned, and change nothing else.

        crops: draws pixels (batch, 3, SETTLED_PX, SETTLED_PX) in [-1, 1]. What is aimed at is what the
        net decodes itself, with the means of WIDE pixels that were there when the run began; the tokens are those of
        crops, these moved in colour, and mosaics in which a token is the more frequent the farther off its colour is.
        """
        rng, taught = np.random.default_rng(seed), copy.deepcopy(net).requires_grad_(False)
        ways = [*net.decoder.parameters(), *net.colour_out.parameters()]
        optimizer = torch.optim.AdamW(ways, SETTLING, betas=(0.9, 0.99), weight_decay=0.0)
        odds = np.full(net.vocabulary, 1 / net.vocabulary)
        for step in range(steps):
            rise, fall = min(1.0, (step + 1) / 20), (1 + math.cos(math.pi * step / steps)) / 2
            optimizer.param_groups[0]["lr"] = SETTLING * rise * fall
            if step % MEASURED_EVERY == 0:
                odds = self.colours_off(net) ** 2 + 0.3
                odds /= odds.sum()
            tokens = net.encode(crops(rng))
            some = tokens[: (len(tokens) + 1) // 2]
            moved = moved_tokens(net.quantizer, rng, some)
            large = mosaic(net.vocabulary, rng, some, odds, LARGE_SQUARES)
            optimizer.zero_grad()
            self._settling_loss(net, taught, torch.cat([tokens, moved, large])).backward()
            optimizer.step()

    def _settling_loss(self, net: VQGAN, taught: VQGAN, tokens: Tensor) -> Tensor:
        """How far pixels are from those of `taught` with the colours of before; squares, for a few are far off."""
        with torch.no_grad():
            own, begun = taught.decode(tokens), _wide(self.begun.decode(tokens))
            change = F.interpolate(begun - _wide(own), scale_factor=WIDE, mode="bilinear", align_corners=False)
        painted, aim = net.pixels_of(net.latents_of(tokens)), own + change
        wide = _wide(painted)
        pairs = [(wide, begun), *zip(hues(wide, 1), hues(begun, 1), strict=True)]
        off = torch.stack([F.mse_loss(ours, before) for ours, before in pairs]).sum()
        return 0.3 * F.l1_loss(painted, aim) + F.mse_loss(painted, aim) + 30 * off

    @torch.no_grad()
    def colours_off(self, net: VQGAN) -> np.ndarray:
        """How far the colour of a wide place of each token is from what it was, in grey levels, (vocabulary,)."""
        every = torch.arange(net.vocabulary, device=net.void.device)
        found, size = [], net.config.compression
        inner = slice((ALONE // 2 - MIDDLE) * size, (ALONE // 2 + MIDDLE) * size)
        for some in every.split(25):
            alone = some.view(-1, 1, 1).expand(-1, ALONE, ALONE)
            seen = (each.decode(alone)[..., inner, inner].clamp(-1, 1) for each in (net, self.begun))
            ours, begun = (each.mean((2, 3)) for each in seen)
            found.append((ours - begun).abs().mean(1) * 127.5)
        return torch.cat(found).double().cpu().numpy()


def _wide(pixels: Tensor) -> Tensor:
    """Means of wide places, of what can be seen: strokes that reach beyond black or white change the mean."""
    return F.avg_pool2d(pixels.clamp(-1, 1), WIDE)


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


def mosaic(
    vocabulary: int, rng: np.random.Generator, like: Tensor, odds: np.ndarray | None = None,
    squares: tuple[int, ...] = SQUARES,
) -> Tensor:  # fmt: skip
    """Token maps of a shape in squares of one token each, any of the vocabulary: a sea is hardly more.

    odds: (vocabulary,), how likely each is.
    """
    maps = []
    for _ in like:
        side = int(rng.choice(squares))
        rows, columns = (math.ceil(length / side) for length in like.shape[1:])
        few = rng.choice(vocabulary, (rows, columns), p=odds).repeat(side, 0).repeat(side, 1)
        maps.append(torch.from_numpy(few[: like.shape[1], : like.shape[2]]))
    return torch.stack(maps).to(like.device)
