"""Rotary positions of the vision decoder, in coordinates *relative to the patch that reads*.

A key is rotated to the place of its token inside its own patch and cached so; a reader turns it on by the distance of
the patches, which is fixed by the context label, and adds e_n for the same label. Rotations compose, so this equals
global coordinates; yet angles stay small, e_n is the key term of Eq. 9 as the paper has it, and a picture moved on the
canvas is painted the same to the last bit.
"""

import torch
from torch import Tensor, nn

from engine.config import DecoderConfig
from engine.planning.direction_controller import label_count, offset, token_order
from engine.request import Order

ORDERS = tuple(Order)


class Positions(nn.Module):
    """Tables of the token orders and of the rotations by places inside a patch and by distances of patches."""

    def __init__(self, config: DecoderConfig):
        super().__init__()
        side, extent = config.side, config.extent
        orders = torch.tensor([token_order(order, side) for order in ORDERS])
        inside = torch.tensor([(i % side, i // side, 0) for i in range(side * side)], dtype=torch.float64)
        apart = torch.tensor([offset(label, extent) for label in range(label_count(extent))], dtype=torch.float64)
        apart = apart * torch.tensor([side, side, 1])
        rates = _rates(config)
        if config.positions == "learned":
            rates = rates * 0
        self.orders: Tensor
        self.inside: Tensor
        self.apart: Tensor
        self.register_buffer("orders", orders, persistent=False)  # (order, step) to raster location
        self.register_buffer("inside", _turns(inside @ rates), persistent=False)  # (location, head_dim / 2, 2)
        self.register_buffer("apart", _turns(apart @ rates), persistent=False)  # (label, head_dim / 2, 2)


def _rates(config: DecoderConfig) -> Tensor:
    """Angle per token along (x, y, frame) for each pair of head dimensions: (3, head_dim / 2), float64.

    Frames turn the slower half of the pairs of x and y further, so that within a frame a model for films is one for
    pictures and can go on from its weights.
    """
    pairs = config.head_dim // 2
    along_x = (pairs + 1) // 2
    rates = torch.zeros(3, pairs, dtype=torch.float64)
    for axis, start, count in ((0, 0, along_x), (1, along_x, pairs - along_x)):
        rates[axis, start : start + count] = 1.5 * 100.0 ** (-torch.arange(count, dtype=torch.float64) / max(count, 1))
        slow = torch.arange(count - count // 2, dtype=torch.float64)
        rates[2, start + count // 2 : start + count] = 1.5 * 10.0 ** (-slow / max(len(slow), 1))
    return rates


def _turns(angles: Tensor) -> Tensor:
    """Cosine and sine as the two parts of a complex number, (..., head_dim / 2, 2)."""
    return torch.stack([angles.cos(), angles.sin()], -1).to(torch.get_default_dtype())


def rotate(x: Tensor, turns: Tensor) -> Tensor:
    """Rotate neighbouring pairs of the last axis of x (..., head_dim) by turns (..., head_dim / 2, 2), broadcast.

    One complex product: on a CPU the count of operations is what a step costs.
    """
    pairs = torch.view_as_complex(x.to(turns.dtype).unflatten(-1, (-1, 2)))
    return torch.view_as_real(pairs * torch.view_as_complex(turns)).flatten(-2)
