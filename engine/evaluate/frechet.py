"""A feature space that needs no download, "handscroll-bank-1", and the Fréchet distance of two sets in it.

64 numbers per picture: oriented first and second derivatives at four scales (as in steerable filter banks), how sparse
and how related across scales they are, local contrast, colour moments and correlation at a distance. They are plain
sums with fixed constants, so the space is the same everywhere. It is not the space of FID, and its distances are not
comparable with any FID; what the number is worth shows in the real-against-real value beside it.
"""

import math
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

SPACE = "handscroll-bank-1"
DIMENSIONS = 64
SMALLEST = 32  # pixels to a side: four scales and correlations at 16 px need as much
_SCALES = 4
_YCBCR = np.array([[0.299, 0.587, 0.114], [-0.168736, -0.331264, 0.5], [0.5, -0.418688, -0.081312]])
_FAINT = 0.25  # grey levels added before a logarithm: less is not seen


def features(crops: Sequence[np.ndarray] | np.ndarray) -> np.ndarray:
    """Crops uint8 (height, width, 3) to float64 (count, 64), each of the order of one."""
    return np.array([_one(crop) for crop in crops], np.float64).reshape(len(crops), DIMENSIONS)


def frechet_distance(a: np.ndarray, b: np.ndarray) -> float:
    """Between Gaussians fitted to two sets of features (count, dim): |μa - μb|² + tr(Ca + Cb - 2 (Ca Cb)^½).

    The trace of the root is the sum of the singular values of Ca^½ Cb^½: exact even where a covariance is singular.
    """
    roots = [_root(np.atleast_2d(np.cov(x, rowvar=False))) for x in (a, b)]
    shared = np.linalg.svd(roots[0] @ roots[1], compute_uv=False).sum()
    spread = sum(float((root * root).sum()) for root in roots)
    return max(0.0, float(((a.mean(0) - b.mean(0)) ** 2).sum() + spread - 2 * shared))


def _root(covariance: np.ndarray) -> np.ndarray:
    values, vectors = np.linalg.eigh(covariance)
    return (vectors * np.sqrt(values.clip(0))) @ vectors.T


def _one(crop: np.ndarray) -> np.ndarray:
    if min(crop.shape[:2]) < SMALLEST:
        raise ValueError(f"features need {SMALLEST} px to a side, not {crop.shape[:2]}")
    whole = planes = np.moveaxis(crop @ _YCBCR.T, -1, 0)  # (Y Cb Cr, height, width) in grey levels, float64
    result, magnitudes = [], []
    for scale in range(_SCALES):
        planes = _halved(planes) if scale else planes
        filtered, magnitude = _oriented(planes[0])
        chroma = [np.hypot(*_slopes(plane)) for plane in planes[1:]]
        result += [*filtered, *(_log_mean(c) for c in chroma)]  # 8 + 2
        magnitudes.append(magnitude)
    result += [_across_scales(*pair) for pair in pairwise(magnitudes)]
    return np.array(result + _contrast(whole[0]) + _colours(whole) + _distant(whole[0]))


def _oriented(luma: np.ndarray) -> tuple[list[float], np.ndarray]:
    """Seven oriented energies and their sparsity, and the gradient magnitude (height - 2, width - 2)."""
    dx, dy = _slopes(luma)
    first = [math.cos(t) * dx + math.sin(t) * dy for t in np.arange(4) * math.pi / 4]
    centre = luma[1:-1, 1:-1]
    dxx, dyy = luma[1:-1, 2:] - 2 * centre + luma[1:-1, :-2], luma[2:, 1:-1] - 2 * centre + luma[:-2, 1:-1]
    dxy = (luma[2:, 2:] - luma[2:, :-2] - luma[:-2, 2:] + luma[:-2, :-2]) / 4
    angles = np.arange(3) * math.pi / 3
    second = [math.cos(t) ** 2 * dxx + math.sin(2 * t) * dxy + math.sin(t) ** 2 * dyy for t in angles]
    magnitude = np.hypot(dx, dy)
    sparsity = math.log2((np.square(magnitude).mean() + _FAINT**2) / (magnitude.mean() + _FAINT) ** 2)
    return [*(_log_mean(np.abs(d)) for d in first + second), sparsity], magnitude


def _slopes(plane: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Central differences to the right and down, (height - 2, width - 2) each."""
    return (plane[1:-1, 2:] - plane[1:-1, :-2]) / 2, (plane[2:, 1:-1] - plane[:-2, 1:-1]) / 2


def _contrast(luma: np.ndarray) -> list[float]:
    """Standard deviations of 8×8 blocks: mean, three quantiles, and the share of flat blocks."""
    height, width = (side // 8 for side in luma.shape)
    spread = luma[: height * 8, : width * 8].reshape(height, 8, width, 8).std((1, 3)).flatten()
    values = [spread.mean(), *np.quantile(spread, [0.1, 0.5, 0.9])]
    return [*(math.log2(value + _FAINT) for value in values), float((spread < 2).mean()) * 2]


def _colours(planes: np.ndarray) -> list[float]:
    """Moments of Y, Cb and Cr: means and spreads in units of 32 and 8 grey levels, skewness, quantiles, covariance."""
    luma, cb, cr = planes
    deviation = luma.std() + 1
    skew = float(np.cbrt(((luma - luma.mean()) ** 3).mean()) / deviation)
    low, high = np.quantile(luma, [0.05, 0.95])
    tones = [luma.mean() / 32, math.log2(deviation), skew, low / 32, high / 32]
    shades = [cb.mean() / 8, cr.mean() / 8, math.log2(cb.std() + 1), math.log2(cr.std() + 1)]
    return [*tones, *shades, _related(luma, cb), _related(luma, cr), _related(cb, cr)]


def _distant(luma: np.ndarray) -> list[float]:
    """Correlation of luma with itself 4 and 16 px to the right and down."""
    return [
        *(_related(luma[:, apart:], luma[:, :-apart]) for apart in (4, 16)),
        *(_related(luma[apart:], luma[:-apart]) for apart in (4, 16)),
    ]


def _across_scales(fine: np.ndarray, coarse: np.ndarray) -> float:
    """Correlation of gradient magnitudes of two scales; the first pixel of each is the second of its picture."""
    fine = _halved(fine[1:, 1:])
    height, width = min(fine.shape[0], coarse.shape[0]), min(fine.shape[1], coarse.shape[1])
    return _related(fine[:height, :width], coarse[:height, :width])


def _related(a: np.ndarray, b: np.ndarray) -> float:
    """Correlation of two planes of one size; near 0 for flat ones."""
    a, b = a - a.mean(), b - b.mean()
    return float((a * b).mean() / (a.std() * b.std() + 1))


def _halved(planes: np.ndarray) -> np.ndarray:
    """Means of 2×2 pixels: (…, height, width) to (…, height // 2, width // 2)."""
    height, width = planes.shape[-2] // 2, planes.shape[-1] // 2
    return planes[..., : 2 * height, : 2 * width].reshape(*planes.shape[:-2], height, 2, width, 2).mean((-3, -1))


def _log_mean(values: np.ndarray) -> float:
    return math.log2(values.mean() + _FAINT)
