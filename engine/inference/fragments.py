"""Fragments in a sketch: pieces of larger things that float on a smooth ground, and are forgotten (ours).

A token copies what fits its surroundings, and so now and then the tip of a tower begins in the middle of the sky, and
nothing goes on below it. Such a piece is rough where all around it is smooth, touches nothing that is known, and comes
from something larger.
"""

import numpy as np
import torch
import torch.nn.functional as F

from engine.inference.connected_parts import components
from engine.inference.marks import pooled
from engine.inference.working_scale import whole

CELL = 4  # small px
SMOOTHEST = 8.0  # grey levels of deviation, above which a place is rough however calm the picture is
FEWEST = 3  # cells of a fragment that is seen
LARGEST = 0.06  # of the squared height of the picture in cells
SHARE = 0.6  # of what a piece comes from, from which on it is whole
RING = 0.5  # of the roughness of a fragment, which the ring around it has at most
APART = 30.0  # grey levels, summed over colours, between a fragment and its ring


def roughness(pixels: np.ndarray) -> np.ndarray:
    """Standard deviation of the lightness in the 2×2 cells around each cell, float32 (rows, columns)."""
    light = torch.from_numpy(pixels @ np.array([0.299, 0.587, 0.114], np.float32))[None, None]
    stack = torch.cat([light, light**2], 1)
    mean = F.avg_pool2d(stack, 2 * CELL, CELL, CELL // 2, count_include_pad=False)[0]
    deviation = (mean[1] - mean[0] ** 2).clamp_min(0).sqrt().numpy()
    return deviation[: pixels.shape[0] // CELL, : pixels.shape[1] // CELL]


class Fragments:
    """Finds fragments; what the source has is looked at once.

    source: float32 (h, w, 3) as the tokenizer shows it; known: bool (h, w).
    """

    def __init__(self, source: np.ndarray, known: np.ndarray):
        cells = whole(known, CELL)
        rough = roughness(source)
        self.ground = max(SMOOTHEST, 0.9 * float(np.median(rough[cells])))
        label = components((rough > self.ground) & cells)
        self.size = np.bincount(label.ravel())[label] * (label > 0)
        self.largest = LARGEST * len(np.unique(np.nonzero(cells)[0])) ** 2

    def find(self, sketch: np.ndarray, free: np.ndarray, came: np.ndarray) -> np.ndarray:
        """Which pixels of a sketch, float32 (h, w, 3), belong to fragments, bool (h, w).

        free: bool (h, w), what may be forgotten. came: int64 (rows, columns, 2), the cell of the source that each cell
        came from, -1 where from nowhere.
        """
        rough = roughness(sketch)
        label = components(rough > self.ground)
        count = np.bincount(label.ravel())
        open_cells = whole(free, CELL)
        colour = F.avg_pool2d(torch.from_numpy(sketch).permute(2, 0, 1)[None], CELL)[0].permute(1, 2, 0).numpy()
        found = np.zeros(rough.shape, bool)
        for number in np.flatnonzero((count >= FEWEST) & (count < self.largest)):
            piece = label == number
            if number == 0 or not open_cells[piece].all() or self._at_an_edge(piece):
                continue
            part = _around(piece, 5)
            if self._floats(piece[part], rough[part], colour[part]) and self._is_part(piece[part], came[part]):
                found |= piece
        wide = _grown(found, 1).repeat(CELL, 0).repeat(CELL, 1)
        return wide & free

    @staticmethod
    def _at_an_edge(piece: np.ndarray) -> bool:
        return bool(piece[:2].any() or piece[-2:].any() or piece[:, :1].any() or piece[:, -1:].any())

    @staticmethod
    def _floats(piece: np.ndarray, rough: np.ndarray, colour: np.ndarray) -> bool:
        ring = _grown(piece, 4) & ~_grown(piece, 2)
        if not ring.any():
            return False
        calm = float(np.quantile(rough[ring], 0.75)) <= RING * float(rough[piece].mean())
        return calm and float(np.abs(colour[piece].mean(0) - np.median(colour[ring], 0)).sum()) >= APART

    def _is_part(self, piece: np.ndarray, came: np.ndarray) -> bool:
        places = came[piece]
        places = places[places[:, 0] >= 0]
        if not len(places):
            return True  # the decoder alone has begun it
        whole = self.size[places[:, 0], places[:, 1]]
        return int(piece.sum()) < SHARE * float(np.median(whole))


def _around(mask: np.ndarray, by: int) -> tuple[slice, slice]:
    """The rows and columns of what is set, and some around."""
    rows, columns = np.nonzero(mask)
    return (
        slice(max(0, int(rows.min()) - by), int(rows.max()) + 1 + by),
        slice(max(0, int(columns.min()) - by), int(columns.max()) + 1 + by),
    )


def _grown(mask: np.ndarray, by: int) -> np.ndarray:
    return pooled(torch.from_numpy(mask.astype(np.float32))[None, None], by)[0, 0].numpy() > 0
