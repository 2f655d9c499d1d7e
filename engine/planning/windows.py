"""The windows of patches that a decoder learns from, and is judged by."""

from functools import cache

import numpy as np
from torch import Tensor

from engine.config import DecoderConfig, ModelConfig
from engine.planning.schedule import Plan, plan
from engine.request import Extent, Order, Patch

MARGIN = 4  # tokens around windows that are encoded with them and left out


def margin_px(config: ModelConfig) -> int:
    """MARGIN in pixels."""
    return MARGIN * config.tokenizer.compression


def without_margin(maps: Tensor, margin: int) -> Tensor:
    """Token maps (..., height, width) without so many tokens at each side.

    Beside the edge of a crop, beyond which it sees nothing, the encoder takes other tokens than inside a picture:
    measured with the starter's, 4 of 5 in the last column, 2 of 1000 in the fourth.
    """
    return maps[..., margin : maps.shape[-2] - margin, margin : maps.shape[-1] - margin]


def random_plan(
    rng: np.random.Generator, config: DecoderConfig, known_share: float, frames: int = 1, stills: int = 1,
    height: int | None = None,
) -> Plan:  # fmt: skip
    """A window in one of the four orders, or composite strips around a random rectangle of known patches.

    Of a film the first frames, `stills` of them, are known in as many windows, and all frames are in one order.
    """
    size, extent = config.window, config.extent
    height = height or size
    known = rng.random() < known_share
    if frames > 1 or not known:
        stills = stills if known else 0
        return window_plan(size, extent, tuple(Order)[rng.integers(4)], None, frames, stills, height)
    columns, rows = sorted(rng.integers(0, size, 2)), sorted(rng.integers(0, height, 2))
    box = (int(columns[0]), int(rows[0]), int(columns[1]), int(rows[1]))
    box = box if box != (0, 0, size - 1, height - 1) else (0, 0, 0, 0)
    return window_plan(size, extent, None, box, rows=height)


@cache
def window_plan(
    size: int,
    extent: Extent,
    order: Order | None,
    known: tuple[int, int, int, int] | None = None,
    frames: int = 1,
    stills: int = 0,
    rows: int | None = None,
) -> Plan:
    """The plan of a window, square without `rows`; `known`: first and last column and row of a known rectangle.

    frames: of a film; stills: how many of its first frames are known.
    """
    cells = [Patch(x, y, f) for f in range(frames) for x in range(size) for y in range(rows or size)]
    left, top, right, bottom = known or (0, 0, -1, -1)
    given = [p for p in cells if p.frame < stills or (left <= p.column <= right and top <= p.row <= bottom)]
    return plan(cells, given, extent, order)
