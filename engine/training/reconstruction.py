"""How far a reconstruction is from its picture: pixels, edges and hues."""

import torch.nn.functional as F
from torch import Tensor


def reconstruction_loss(painted: Tensor, pixels: Tensor) -> Tensor:
    """Pixel differences, differences of gradients at three scales, for lines matter more than tones, and of hues.

    Without a term of their own hues go first: red and green weigh little among pixels, yet a sky that turns from pink
    to grey is seen at once.
    """
    loss = F.l1_loss(painted, pixels) + hue_loss(painted, pixels)
    for scale in range(3):
        if scale:
            painted, pixels = F.avg_pool2d(painted, 2), F.avg_pool2d(pixels, 2)
        for a, b in zip(gradients(painted), gradients(pixels), strict=True):
            loss = loss + 0.4 * F.l1_loss(a, b)
    return loss


def hue_loss(painted: Tensor, pixels: Tensor, cell: int = 8) -> Tensor:
    """Differences of the hues of cells, green twice, which is seen most."""
    red_blue, green = (a - b for a, b in zip(hues(painted, cell), hues(pixels, cell), strict=True))
    return red_blue.abs().mean() + 2 * green.abs().mean()


def hues(pixels: Tensor, cell: int = 8) -> tuple[Tensor, Tensor]:
    """Red against blue, and green against both, of mean colours: (batch, height / cell, width / cell) each."""
    red, green, blue = F.avg_pool2d(pixels, cell).unbind(1)
    return red - blue, green - (red + blue) / 2


def gradients(pixels: Tensor) -> tuple[Tensor, Tensor]:
    """Differences to the next row and to the next column."""
    return pixels[..., 1:, :] - pixels[..., :-1, :], pixels[..., :, 1:] - pixels[..., :, :-1]
