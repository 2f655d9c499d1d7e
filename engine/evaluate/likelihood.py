"""Held-out bits per token: how well the decoder foresees pictures it has not seen (paper, Tables 5 to 7 in our units).

Per order, per side of an outpainting around one known patch, with the context's caches and without any, and with caches
made again under the reader's order or not. All of it is teacher forcing, in float32 unless the model is something else.
"""

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import torch
from torch import Tensor

from engine.models.checkpoint import ImageModel
from engine.models.pixels import as_floats
from engine.models.vision_decoder import VisionDecoder
from engine.planning.schedule import Plan, plan
from engine.planning.windows import MARGIN, without_margin
from engine.request import Order, Patch
from engine.training.teacher_forcing import patch_bits

SIDES = {Order.OMEGA: "right", Order.OMEGA_STAR: "left", Order.ZETA: "down", Order.ZETA_STAR: "up"}


@dataclass(frozen=True)
class EvalWindow:
    """A piece of the patch grid whose tokens are all known to us: columns × rows patches."""

    columns: int
    rows: int

    def plan(
        self,
        model: ImageModel,
        order: Order | None,
        caches: bool = True,
        recache: Literal["order", "none"] = "order",
    ) -> Plan:
        """In one order, or with None in composite strips around the patch in the middle; planned as painting is."""
        config = model.config.decoder
        cells = [Patch(x, y) for x in range(self.columns) for y in range(self.rows)]
        known = [] if order else [Patch(self.columns // 2, self.rows // 2)]
        planned = plan(cells, known, config.extent, order, recache)
        return planned if caches else without_context(planned)


def without_context(planned: Plan) -> Plan:
    """Return the same patches in the same orders, each of which reads nothing."""
    return Plan(planned.patches, planned.extent, {}, {p.number: () for p in planned.patches})


@torch.no_grad()
def encode(model: ImageModel, crops: np.ndarray, margin: int = 0) -> Tensor:
    """Token maps (count, height, width) of crops uint8, one after another: crops may be large.

    margin: tokens on each side that are left out.
    """
    maps = torch.cat([model.tokenizer.encode(as_floats(crop[None], model)) for crop in crops])
    return without_margin(maps, margin)


@torch.no_grad()
def bits_by_order(decoder: VisionDecoder, grid: Tensor, window: Plan) -> dict[Order, float]:
    """Bits per token of the new patches of a plan, by the order in which they are painted."""
    found: dict[Order, list[float]] = {}
    for planned, bits in patch_bits(decoder, window, grid):
        found.setdefault(planned.order, []).append(float(bits.mean()))
    return {order: float(np.mean(bits)) for order, bits in found.items()}


def orders_bits(model: ImageModel, grid: Tensor, window: EvalWindow) -> dict[str, dict[str, float]]:
    """For each of the four orders, bits per token with caches and without."""
    result = {}
    for order in Order:
        kinds = {"with_caches": True, "without_caches": False}
        result[order.value] = {
            name: bits_by_order(model.decoder, grid, window.plan(model, order, caches))[order]
            for name, caches in kinds.items()
        }
    return result


def sides_bits(model: ImageModel, grid: Tensor, window: EvalWindow) -> dict[str, dict[str, float]]:
    """For each side of an outpainting around the middle patch, bits per token by where the caches come from."""
    plans = {
        "recache_order": window.plan(model, None),
        "recache_none": window.plan(model, None, recache="none"),
        "without_caches": window.plan(model, None, caches=False),
    }
    result: dict[str, dict[str, float]] = {side: {} for side in SIDES.values()}
    for name, planned in plans.items():
        for order, bits in bits_by_order(model.decoder, grid, planned).items():
            result[SIDES[order]][name] = bits
    return result


def likelihood(model: ImageModel, square: np.ndarray, wide: np.ndarray) -> dict[str, Any]:
    """Bits per token at training size and four times as wide.

    square: crops uint8 of window × window patches. wide: of 4·window × window; there may be none. All have a margin of
    MARGIN tokens. The wide ones are also measured cut into four, since they come from few pictures and only the same
    tokens can be compared.
    """
    size = model.config.decoder.window
    result: dict[str, Any] = {"training_size": _both(model, encode(model, square, MARGIN), EvalWindow(size, size))}
    if not len(wide):
        return result | {"four_times_wide": "not computed (no held-out picture is wide enough)"}
    grid = encode(model, wide, MARGIN)
    quarters = torch.cat(grid.chunk(4, 2))
    return result | {
        "four_times_wide": _both(model, grid, EvalWindow(4 * size, size)),
        "four_times_wide_cut_into_training_size": _orders(model, quarters, EvalWindow(size, size)),
    }


def _both(model: ImageModel, grid: Tensor, window: EvalWindow) -> dict[str, Any]:
    return _orders(model, grid, window) | {"sides": sides_bits(model, grid, window)}


def _orders(model: ImageModel, grid: Tensor, window: EvalWindow) -> dict[str, Any]:
    patches = [window.columns, window.rows]
    return {"crops": len(grid), "patches": patches, "orders": orders_bits(model, grid, window)}
