"""Bringing what is painted to what was there: filling in beyond a border, and the membrane that removes its seam.

Known pixels are never touched. Everything here depends on a bounded neighbourhood, so that a box computed on its own
equals the same box of the whole picture.
"""

import math
from functools import cache

import torch
import torch.nn.functional as F
from torch import Tensor

REACH = 32  # pixels into the painted side over which a colour difference fades out
FEATHER = 64  # pixels over which a part that moves goes over into the still around it
CLOSE = 5  # pixels into the painted side over which a surface goes over into another one
_CLOSE_SHARPNESS = 8.0
# Of the nearest known pixel in the first painted one, and half of it in the next: seams of 1.28 became 0.90.
SOFT = 0.3
PARTED = 28.0  # grey levels across a border, from which on its sides are different things
ALONG = 3  # pixels along it, to each side, over which that is averaged
_SHARPNESS = 4.0  # weights fall with distance to this power: with 3 seams of four paintings were 1.29, now 1.13

_NEARBY = 4  # pixels around, whose weights are summed one by one


@cache
def _weights(reach: int, sharpness: float) -> Tensor:
    """Inverse-distance weights within `reach`, (1, 1, 2·reach + 1, 2·reach + 1); none for the pixel itself."""
    axis = torch.arange(-reach, reach + 1, dtype=torch.float32)
    distance = torch.hypot(axis[:, None], axis[None])
    weights = distance.clamp_min(1).pow(-sharpness) - reach**-sharpness
    weights[reach, reach] = 0
    return weights.clamp_min(0)[None, None]


def _spread(values: Tensor, kernel: Tensor) -> Tensor:
    """Sums of values (batch, 1, height, width) around each pixel by the kernel, in float64.

    Through the FFT, as kernels are wide, but for the pixels nearby: the noise of the transform goes with the largest
    weights, and the faintest are a millionth of these. In float32 a line showed at `reach`. What lies nearby is summed
    in float32, an eighth of float64's time: it either counts for most or is nothing at all.
    """
    kernel, reach = kernel.to(values.device), kernel.shape[-1] // 2
    inner = slice(reach - _NEARBY, reach + _NEARBY + 1)
    near, far = kernel[..., inner, inner], kernel.to(torch.float64, copy=True)
    far[..., inner, inner] = 0
    size = [values.shape[-2] + 2 * reach, values.shape[-1] + 2 * reach]
    product = torch.fft.rfft2(values.double(), s=size) * torch.fft.rfft2(far, s=size)
    spread = torch.fft.irfft2(product, s=size)[..., reach:-reach, reach:-reach]
    some = values.to(near).transpose(0, 1)  # as channels of their own: seven times faster than one of several pictures
    kernels = near.expand(len(values), 1, -1, -1)
    return spread + F.conv2d(some, kernels, padding=_NEARBY, groups=len(values)).transpose(0, 1)


def membrane(
    painted: Tensor, original: Tensor, known: Tensor, reach: int = REACH, sharpness: float = _SHARPNESS,
    parted: float = math.inf,
) -> Tensor:  # fmt: skip
    """The painted pixels with the colour difference at the border of the known part diffused into them.

    painted, original: (3, height, width); known: bool (height, width). Near a known pixel the correction is that
    pixel's difference, further off a mean of those around, and beyond `reach` nothing. Known pixels become `original`.
    parted: grey levels (of 255) from which on the two sides are different things, which are left apart.
    """
    if not known.any():
        return painted
    border = known & ~_eroded(known)  # only the rim speaks: what lies behind it is not next to anything new
    difference = (original - painted) * border
    if parted < math.inf:
        difference = difference * _fits(difference, border, parted)
    weight, *totals = _spread(
        torch.cat([border.to(painted)[None], difference]).unsqueeze(1), _weights(reach, sharpness)
    )[:, 0]
    weight, total = weight.clamp_min(0), torch.stack(totals)
    mean = torch.where(weight > 1e-9, total / weight.clamp_min(1e-9), 0.0).to(painted)
    fade = (1 - (_distance(known, reach) - 1) / (reach - 1)).clamp(0, 1)
    return torch.where(known, original, painted + mean * _eased(fade))


def _fits(difference: Tensor, border: Tensor, parted: float) -> Tensor:
    """How well the two sides of a border fit, (height, width) in (0, 1], by the mean over ALONG pixels."""
    sums = torch.cat([difference, border.to(difference)[None]])[None]
    *mean, share = F.avg_pool2d(sums, 2 * ALONG + 1, 1, ALONG)[0]
    apart = torch.stack(mean).abs().amax(0) / share.clamp_min(1e-6)
    return 1 / (1 + (apart / parted) ** 4)


def joined(painted: Tensor, original: Tensor, known: Tensor, cut_out: bool = False) -> Tensor:
    """The membrane for painted pixels with a surface of their own, which does not go on from that of the known ones.

    Within CLOSE pixels each is brought to the very pixel beside it: grain that begins anew from one pixel to the next
    shows as a line. cut_out: the known ones are a thing whose colours are not to glow into its ground.
    """
    smooth = membrane(painted, original, known, parted=PARTED)
    parted = PARTED if cut_out else math.inf
    close = membrane(painted, original, known, 2 * CLOSE, _CLOSE_SHARPNESS, parted)
    far = _distance(known, CLOSE)
    result = smooth + _eased((1 - (far - 1) / CLOSE).clamp(0, 1)) * (close - smooth)
    beside = membrane(torch.zeros_like(painted), original, known, 2 * CLOSE, _CLOSE_SHARPNESS)  # the nearest known ones
    mixed = torch.where(known, 0, SOFT * (1 - (far - 1) / 2).clamp(0, 1))
    return result + mixed * (beside - result)


def feather(known: Tensor, reach: int = FEATHER) -> Tensor:
    """How much of what is painted shows beside what is known, (height, width) from 0 at its border to 1 in its midst.

    known: bool (height, width). It rises over `reach` pixels; where the widest place is narrower than twice that, over
    half of the way there.
    """
    far = _distance(known, 2 * reach)
    rise = far.amax().div(2).clamp(1, reach)
    return _eased(((far - 0.5) / rise).clamp(0, 1))


def _eased(share: Tensor) -> Tensor:
    """From 0 to 1 without a bend at either end."""
    return share * share * (3 - 2 * share)


def _eroded(known: Tensor, by: int = 2) -> Tensor:
    """Known pixels further than `by` from any unknown one; outside the picture nothing is unknown."""
    unknown = (~known).to(torch.float32)[None, None]
    return F.max_pool2d(unknown, 2 * by + 1, stride=1, padding=by)[0, 0] == 0


def _distance(known: Tensor, reach: int) -> Tensor:
    """Distance (height, width) of each pixel to the nearest known one, at most reach + 1."""
    squares = torch.minimum(_gap(known), _gap(known.flip(0)).flip(0)).clamp_max(reach + 1).square()
    best = squares.clone()  # the lower envelope of the squares along rows
    for shift in range(1, min(reach, known.shape[1] - 1) + 1):
        for to, of in ((best[:, shift:], squares[:, :-shift]), (best[:, :-shift], squares[:, shift:])):
            torch.minimum(to, of + shift**2, out=to)
    return best.sqrt().clamp_max(reach + 1)


def _gap(known: Tensor) -> Tensor:
    """How far above each pixel the nearest known one of its column is, (height, width) float32; inf without any."""
    rows = torch.arange(len(known), dtype=torch.float32, device=known.device)[:, None]
    return rows - torch.where(known, rows, -torch.inf).cummax(0).values


def extend(pixels: Tensor, known: Tensor) -> Tensor:
    """Fill unknown pixels (3, height, width) from the known ones around, coarse to fine, for the encoder's sake.

    A token at the border would otherwise encode the border itself. Without any known pixel the result is zero.
    """
    levels = [(pixels * known, known.to(pixels))]
    while max(levels[-1][1].shape) > 1 and not bool((levels[-1][1] > 0).all()):
        values, weights = levels[-1]
        levels.append(
            (
                F.avg_pool2d(values[None], 2, ceil_mode=True, count_include_pad=False)[0],
                F.avg_pool2d(weights[None, None], 2, ceil_mode=True, count_include_pad=False)[0, 0],
            )
        )
    filled = torch.zeros_like(levels[-1][0])
    for values, weights in reversed(levels):
        filled = F.interpolate(filled[None], size=weights.shape, mode="nearest")[0]
        filled = torch.where(weights > 0, values / weights.clamp_min(1e-9), filled)
    return torch.where(known, pixels, filled)
