"""Bringing what is painted to what was there: filling in beyond a border, and the membrane that removes its seam.

Known pixels are never touched. Everything here depends on a bounded neighbourhood, so that a box computed on its own
equals the same box of the whole picture.
"""

from functools import cache

import torch
import torch.nn.functional as F
from torch import Tensor

REACH = 32  # pixels into the painted side over which a colour difference fades out
_SHARPNESS = 4.0  # weights fall with distance to this power: with 3 seams of four paintings were 1.29, now 1.13

_NEARBY = 4  # pixels around, whose weights are summed one by one


@cache
def _weights(reach: int) -> Tensor:
    """Inverse-distance weights within `reach`, (1, 1, 2·reach + 1, 2·reach + 1); none for the pixel itself."""
    axis = torch.arange(-reach, reach + 1, dtype=torch.float32)
    distance = torch.hypot(axis[:, None], axis[None])
    weights = distance.clamp_min(1).pow(-_SHARPNESS) - reach**-_SHARPNESS
    weights[reach, reach] = 0
    return weights.clamp_min(0)[None, None]


def _spread(values: Tensor, kernel: Tensor) -> Tensor:
    """Sum of values (batch, 1, height, width) around each pixel by the kernel, in float64.

    Through the FFT, as kernels are wide, but for the pixels nearby: the noise of the transform goes with the largest
    weights, and the faintest are a millionth of these. In float32 a line showed at `reach`.
    """
    values, kernel, reach = values.double(), kernel.to(values.device, torch.float64), kernel.shape[-1] // 2
    inner = slice(reach - _NEARBY, reach + _NEARBY + 1)
    near, far = kernel[..., inner, inner], kernel.clone()
    far[..., inner, inner] = 0
    size = [values.shape[-2] + 2 * reach, values.shape[-1] + 2 * reach]
    product = torch.fft.rfft2(values, s=size) * torch.fft.rfft2(far, s=size)
    spread = torch.fft.irfft2(product, s=size)[..., reach:-reach, reach:-reach]
    return spread + F.conv2d(values, near, padding=_NEARBY)


def membrane(painted: Tensor, original: Tensor, known: Tensor, reach: int = REACH) -> Tensor:
    """The painted pixels with the colour difference at the border of the known part diffused into them.

    painted, original: (3, height, width); known: bool (height, width). Near a known pixel the correction is that
    pixel's difference, further off a mean of those around, and beyond `reach` nothing. Known pixels become `original`.
    """
    if not known.any():
        return painted
    border = known & ~_eroded(known)  # only the rim speaks: what lies behind it is not next to anything new
    difference = (original - painted) * border
    kernel = _weights(reach)
    weight = _spread(border.to(painted)[None, None], kernel)[0].clamp_min(0)
    total = _spread(difference.unsqueeze(1), kernel)[:, 0]
    mean = torch.where(weight > 1e-9, total / weight.clamp_min(1e-9), 0.0).to(painted)
    fade = (1 - (_distance(known, reach) - 1) / (reach - 1)).clamp(0, 1)
    return torch.where(known, original, painted + mean * fade * fade * (3 - 2 * fade))


def _eroded(known: Tensor, by: int = 2) -> Tensor:
    """Known pixels further than `by` from any unknown one; outside the picture nothing is unknown."""
    unknown = (~known).to(torch.float32)[None, None]
    return F.max_pool2d(unknown, 2 * by + 1, stride=1, padding=by)[0, 0] == 0


def _distance(known: Tensor, reach: int) -> Tensor:
    """Distance of each pixel to the nearest known one along rows and columns combined, at most reach + 1."""
    far = float(reach + 1)
    steps = torch.where(known, 0.0, far)
    for axis in (0, 1):  # the lower envelope of squared distances, one axis after the other
        best = steps.clone()
        for shift in range(1, reach + 1):
            for moved in (_shifted(steps, shift, axis, far), _shifted(steps, -shift, axis, far)):
                best = torch.minimum(best, torch.hypot(moved, torch.tensor(float(shift))))
        steps = best
    return steps.clamp_max(far)


def _shifted(x: Tensor, by: int, axis: int, fill: float) -> Tensor:
    result = torch.full_like(x, fill)
    length = x.shape[axis]
    if abs(by) < length:
        result.narrow(axis, max(by, 0), length - abs(by)).copy_(x.narrow(axis, max(-by, 0), length - abs(by)))
    return result


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
