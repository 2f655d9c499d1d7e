"""What a frozen network sees of the way from tokens to pixels: a perceptual distance and a projected critic (ours).

The features are those of EfficientNet-Lite0, the network of Projected GANs (Sauer et al. 2021); the distance is that of
LPIPS (Zhang et al. 2018) without learned weights. Their strides leave a lattice where nothing is drawn, so what the
network sees begins at another pixel in each step, and edges that are uneven over the cells of tokens cost. Colours are
left to the reconstruction: pulled at by a critic, the sea turned blue.
"""

import math
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torch.nn.utils.parametrizations import spectral_norm

from engine.models.efficientnet_lite import EfficientNetLite, load_efficientnet_lite

ENDS = (1, 3, 5, 11)  # blocks after which maps are taken: 2, 4, 8 and 16 px a cell
CHANNELS = (16, 24, 40, 112)  # of those maps
SHARES = (0.2, 0.2, 1.0, 1.0, 1.0)  # of the stem and of those: all alike give softer pictures than none
STRIDE = 8  # px: what is seen begins at any of so many offsets
MEASURE_EVERY = 40  # steps from one measurement of the weights to the next


class FrozenFeatures(nn.Module):
    """Maps of the frozen network, each channel brought to mean 0 and variance 1 over real crops."""

    def __init__(self, net: EfficientNetLite | None = None):
        super().__init__()
        self.net = (net or load_efficientnet_lite()).to(memory_format=torch.channels_last)  # type: ignore[call-overload]
        self._norms: list[tuple[Tensor, Tensor]] = []

    @torch.no_grad()
    def measure(self, pixels: Tensor) -> None:
        """Take means and variances from crops (batch, 3, height, width) in [-1, 1]."""
        maps = self.net.levels(pixels, ENDS)
        axes = (0, 2, 3)
        self._norms = [(x.mean(axes, keepdim=True), x.std(axes, keepdim=True).clamp_min(1e-3)) for x in maps]

    def forward(self, pixels: Tensor) -> list[Tensor]:
        maps = self.net.levels(pixels, ENDS)
        return [(x - mean) / deviation for x, (mean, deviation) in zip(maps, self._norms, strict=True)]


class ProjectedCritic(nn.Module):
    """A small head on each level of the frozen network; returns their verdicts.

    weights: buffer (2,), how much perceptual distance and verdict count, as `Perceptual` measures them.
    """

    def __init__(self, widths: tuple[int, ...] = (32, 48, 64, 96)):
        super().__init__()
        strides = (2, 1, 1, 1)
        self.heads = nn.ModuleList(_head(*sizes) for sizes in zip(CHANNELS, widths, strides, strict=True))
        self.weights = nn.Buffer(torch.zeros(2))
        self.to(memory_format=torch.channels_last)  # type: ignore[call-overload]

    def forward(self, maps: list[Tensor]) -> list[Tensor]:
        return [head(x) for head, x in zip(self.heads, maps[1:], strict=True)]


def _head(into: int, width: int, stride: int) -> nn.Sequential:
    sizes = ((into, width, 3, stride), (width, width, 3, 1), (width, 1, 1, 1))
    first, second, last = (spectral_norm(nn.Conv2d(a, b, k, s, padding=k // 2)) for a, b, k, s in sizes)
    return nn.Sequential(first, nn.LeakyReLU(0.2), second, nn.LeakyReLU(0.2), last)


class Perceptual:
    """Both terms as one pull on the pixels, so that the tokenizer is gone through backwards only once.

    weight, critic_weight: how strong the pull of each is beside the gradient of the reconstruction, which is measured
    anew now and then. It is that of the reconstruction alone: with penalties in it the critic grew twentyfold. Only
    detail is pulled at: see `detail`.
    """

    def __init__(self, features: FrozenFeatures, critic: ProjectedCritic, weight: float, critic_weight: float):
        self.features, self.critic, self.weight, self.critic_weight = features, critic, weight, critic_weight

    def pull(
        self, rng: np.random.Generator, step: int, ramp: float, painted: Tensor, pixels: Tensor, plain: Tensor
    ) -> tuple[Tensor, list[Tensor], list[Tensor]]:
        """Return (loss, maps painted, maps true): a loss whose gradient is the pull of both terms.

        plain: the loss of the reconstruction, whose graph is kept. ramp: how much of its weight the critic has, 0 to 1.
        """
        window = shifted(rng, painted.shape[2:])
        ours, aims = painted[window], pixels[window]
        leaf = ours.detach().requires_grad_()
        maps = self.features(leaf)
        with torch.no_grad():
            true = self.features(aims)
        terms = [perceptual_distance(maps, true)]
        if ramp:
            self.critic.requires_grad_(False)
            verdicts = self.critic(maps)
            terms.append(-torch.stack([v.mean() for v in verdicts]).mean())
            self.critic.requires_grad_(True)
        weights = self.critic.weights
        if step % MEASURE_EVERY == 0 or not weights[: len(terms)].all():
            self._measure(terms, leaf, torch.autograd.grad(plain, painted, retain_graph=True)[0].norm())
        total = weights[0] * terms[0] + (ramp * weights[1] * terms[1] if ramp else 0.0)
        (pull,) = torch.autograd.grad(total, leaf)
        return (ours * detail(pull)).sum(), [x.detach() for x in maps], true

    def _measure(self, terms: list[Tensor], leaf: Tensor, reconstruction: Tensor) -> None:
        wanted = (self.weight, self.critic_weight * math.hypot(1.0, self.weight))
        for index, (term, share) in enumerate(zip(terms, wanted, strict=False)):
            (slope,) = torch.autograd.grad(term, leaf, retain_graph=True)
            new, old = share * reconstruction / detail(slope).norm().clamp_min(1e-12), self.critic.weights[index]
            self.critic.weights[index] = torch.where(old == 0, new, 0.7 * old + 0.3 * new)

    def critic_loss(self, painted: list[Tensor], true: list[Tensor]) -> Tensor:
        """The hinge loss of the critic on maps of painted and of true pixels."""
        pairs = list(zip(self.critic(true), self.critic(painted), strict=True))
        return torch.stack([F.relu(1 - real).mean() + F.relu(1 + fake).mean() for real, fake in pairs]).mean()


def shifted(rng: np.random.Generator, size: torch.Size) -> tuple[Any, ...]:
    """All but a stride of the pixels, from a random offset on, so that strides of the network fall anywhere."""
    top, left = (int(offset) for offset in rng.integers(0, STRIDE, 2))
    return (..., slice(top, top + size[0] - STRIDE), slice(left, left + size[1] - STRIDE))


def detail(pull: Tensor) -> Tensor:
    """Take the mean of each cell of a stride off a pull, so that it moves no colour that is wider than that."""
    means = F.avg_pool2d(pull, STRIDE, ceil_mode=True).repeat_interleave(STRIDE, 2).repeat_interleave(STRIDE, 3)
    return pull - means[..., : pull.shape[2], : pull.shape[3]]


def perceptual_distance(ours: list[Tensor], true: list[Tensor]) -> Tensor:
    """Squared differences of maps whose channels are brought to one length at each place, summed over levels."""
    parts = [(_unit(a) - _unit(b)).square().mean() for a, b in zip(ours, true, strict=True)]
    return torch.stack([share * part for share, part in zip(SHARES, parts, strict=True)]).sum()


def _unit(x: Tensor) -> Tensor:
    return x * (x.square().mean(1, keepdim=True) + 0.1).rsqrt()


def lattice_penalty(painted: Tensor, pixels: Tensor, cell: int) -> Tensor:
    """How much more the edges of what is painted change over the columns and rows of a cell than those of the truth."""
    parts = []
    for axis in (3, 2):
        ours, true = (_edges(x, axis, cell) for x in (painted, pixels))
        parts.append((ours / ours.mean().detach() - true / true.mean()).abs().mean())
    return torch.stack(parts).sum()


@torch.no_grad()
def lattice(pixels: Tensor, cell: int) -> float:
    """How uneven edges are over the columns and rows of a cell, as a share of their mean: of real pictures 0.023."""
    edges = [_edges(pixels, axis, cell) for axis in (3, 2)]
    return float(torch.stack([e.std(correction=0) / e.mean() for e in edges]).mean())


def _edges(pixels: Tensor, axis: int, cell: int) -> Tensor:
    """The mean differences of neighbours at each place of a cell along an axis, (cell,)."""
    others = tuple(each for each in range(4) if each != axis)
    steps = pixels.diff(dim=axis).abs().mean(others)
    return steps[: len(steps) // cell * cell].view(-1, cell).mean(0).clamp_min(1e-9)
