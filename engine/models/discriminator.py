"""The patch discriminator that a tokenizer is trained against (a GAN loss, as VQGAN has it)."""

import torch
import torch.nn.functional as F
from torch import Tensor, nn


class Discriminator(nn.Module):
    """A patch discriminator; returns its verdicts and the features between, for feature matching."""

    def __init__(self, width: int = 32):
        super().__init__()
        sizes = [(12, width, 1), (width, 2 * width, 2), (2 * width, 4 * width, 2), (4 * width, 4 * width, 1)]
        self.layers = nn.ModuleList(nn.Conv2d(a, b, 3, stride, padding=1) for a, b, stride in sizes)
        self.verdict = nn.Conv2d(4 * width, 1, 3, padding=1)
        self.to(memory_format=torch.channels_last)  # type: ignore[call-overload]

    def forward(self, pixels: Tensor) -> tuple[Tensor, list[Tensor]]:
        x = F.pixel_unshuffle(pixels, 2)
        features = []
        for layer in self.layers:
            x = F.leaky_relu(layer(x), 0.2)
            features.append(x)
        return self.verdict(x), features
