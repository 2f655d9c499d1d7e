"""Conversion between uint8 pictures, the floats in [-1, 1] that networks read, and tokens."""

import numpy as np
import torch
from torch import Tensor

from engine.device import half_precision
from engine.models.checkpoint import ImageModel, Tokenizer
from engine.planning.windows import without_margin


def as_pixels(crops: np.ndarray | Tensor, device: torch.device) -> Tensor:
    """uint8 (batch, height, width, 3) to float (batch, 3, height, width) in [-1, 1]."""
    return torch.as_tensor(crops).to(device).permute(0, 3, 1, 2).float() / 127.5 - 1


def as_picture(pixels: Tensor) -> np.ndarray:
    """float (3, height, width) in [-1, 1] to uint8 (height, width, 3)."""
    return ((pixels.float().clamp(-1, 1) + 1) * 127.5).round().byte().permute(1, 2, 0).cpu().numpy()


@torch.no_grad()
def encode(tokenizer: Tokenizer, crops: np.ndarray | Tensor, device: torch.device, margin: int = 0) -> Tensor:
    """Token maps (batch, h, w) of crops uint8 (batch, height, width, 3); clips have a frame axis after the batch.

    margin: tokens on each side that are left out.
    """
    if crops.ndim == 5:
        return encode(tokenizer, crops.reshape(-1, *crops.shape[2:]), device, margin).unflatten(0, crops.shape[:2])
    with half_precision(device):
        return without_margin(tokenizer.encode(as_pixels(crops, device)), margin)


def as_floats(crops: np.ndarray, model: ImageModel) -> Tensor:
    """uint8 (batch, height, width, 3) to (batch, 3, height, width) in [-1, 1], where the model is and as it counts."""
    return torch.from_numpy(crops).permute(0, 3, 1, 2).to(model.device, model.dtype) / 127.5 - 1
