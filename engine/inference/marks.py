"""Marks in a picture that are not to be gone on with: seals, signatures, lettering (ours; not in the paper).

They are small rough things that stand alone on a smooth ground. They are looked for at one size whatever the picture's,
so that the same marks are found however small it is painted.
"""

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image

from engine.inference.working_scale import KnownPart

LOOKED_AT = 720  # px of the shorter side
CELL = 8  # px
GROUND = 14.0  # grey levels of deviation in 2×2 cells, from which on a place is rough
LARGEST = 100  # cells of a mark


def marks(part: KnownPart) -> np.ndarray:
    """Which of the small known pixels belong to marks, bool (h, w)."""
    height, width = part.known.shape
    scale = min(1.0, LOOKED_AT / min(height, width))
    rows, columns = (max(2, round(side * scale / CELL)) for side in (height, width))
    size = columns * CELL, rows * CELL
    light = np.asarray(Image.fromarray(part.pixels).convert("L").resize(size, Image.Resampling.LANCZOS), np.float32)
    known = np.asarray(Image.fromarray(part.known.astype(np.uint8)).resize(size, Image.Resampling.NEAREST)) > 0
    found = _small_things(_roughness(light, known) > GROUND)
    shape = part.small_known.shape
    return np.asarray(Image.fromarray(found).resize((shape[1], shape[0]), Image.Resampling.NEAREST)) > 0


def _roughness(light: np.ndarray, known: np.ndarray) -> np.ndarray:
    """Standard deviation of the known pixels around each cell, (rows, columns)."""
    stack = torch.from_numpy(np.stack([light, light**2, np.ones_like(light)]) * known)[None]
    mean = F.avg_pool2d(stack, 2 * CELL, CELL, CELL // 2)[0].numpy()
    share = np.maximum(mean[2], 1e-6)
    return np.sqrt(np.maximum(mean[1] / share - (mean[0] / share) ** 2, 0)) * (mean[2] > 0)


def _small_things(rough: np.ndarray) -> np.ndarray:
    """Connected places of at most LARGEST cells, and the ring around them."""
    label = components(rough)
    sizes = np.bincount(label.ravel())
    small = sizes <= LARGEST
    small[0] = False
    alone = torch.from_numpy(small[label].astype(np.float32))[None, None]
    return F.max_pool2d(alone, 3, 1, 1)[0, 0].numpy() > 0


def components(mask: np.ndarray) -> np.ndarray:
    """Number the 8-connected parts of a mask, int64, 0 outside: the largest index of a part spreads through it."""
    label = torch.arange(1, mask.size + 1, dtype=torch.float64).view(mask.shape) * torch.from_numpy(mask)
    while True:
        grown = F.max_pool2d(label[None, None], 3, 1, 1)[0, 0] * torch.from_numpy(mask)
        if torch.equal(grown, label):
            break
        label = grown
    return np.unique(label.long().numpy(), return_inverse=True)[1].reshape(mask.shape)
