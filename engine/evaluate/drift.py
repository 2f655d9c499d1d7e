"""Colour drift: what is left of the colours of a picture after it was extended again and again from its own end."""

from collections.abc import Callable
from typing import Any

import numpy as np

from engine.inference.contact_sheet import extended
from engine.models.checkpoint import ImageModel
from engine.request import Box

KEPT = 3  # patch columns of the result before that each link starts from, as a picture of its own


def chained(model: ImageModel, start: np.ndarray, links: int, seed: int, exemplar: float = 0.0) -> np.ndarray:
    """The last of `links` extensions to the right by one patch column each, uint8 (height, patch_px, 3).

    exemplar: how far the known part is followed. All of it is then, as on a canvas, where nothing is forgotten; the
    model alone reads no farther than KEPT columns.
    """
    size, known = model.config.patch_px, start
    for link in range(links):
        target = Box(0, 0, known.shape[1] + size, known.shape[0])
        known = extended(model, known, target, seed + link, exemplar)[:, 0 if exemplar else -KEPT * size :]
    return known[:, -size:]


def drift(
    model: ImageModel,
    starts: np.ndarray,
    links: int,
    tell: Callable[[str], None],
    seed: int = 0,
    exemplar: float = 0.0,
) -> dict[str, Any]:
    """Shifts in grey levels, per channel (R, G, B), of the last extension against the crop that the chain began with.

    starts: crops uint8 (count, height, width, 3). A single chain may go where a picture goes, so the mean shift over
    the starts tells of a bias, and the mean of the absolute shifts of how far chains wander.
    """
    means, deviations = [], []
    for number, start in enumerate(starts):
        tell(f"colour drift: chain {number + 1} of {len(starts)}, {links} extensions")
        last = chained(model, start, links, seed + 1000 * number, exemplar)
        means.append(_pixels(last).mean(0) - _pixels(start).mean(0))
        deviations.append(_pixels(last).std(0) - _pixels(start).std(0))
    return {
        "links": links,
        "starts": len(starts),
        "mean_shift": np.mean(means, 0).tolist(),
        "mean_shift_absolute": np.abs(means).mean(0).tolist(),
        "deviation_shift": np.mean(deviations, 0).tolist(),
        "deviation_shift_absolute": np.abs(deviations).mean(0).tolist(),
    }


def _pixels(picture: np.ndarray) -> np.ndarray:
    """(height · width, 3) float64."""
    return picture.reshape(-1, 3).astype(np.float64)
