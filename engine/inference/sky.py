"""Finds the sky of a still, and how much of it shows at each pixel (ours).

In small, a skyline is sought: in each column the sky goes down to one row. What sky looks like is learned from the
picture itself, by turns: the line that suits best what is known of both sides, then what is above and below it (after
GrabCut, Rother et al. 2004). At full size, what stands before the sky is taken out, gaps through which it is seen are
put in, and the picture guides the edge: sharp at a roof, and soft where the sky goes over into mist (He et al. 2013).
"""

from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageFilter

from engine.inference.gradient_domain import box_sums

SMALL = 160  # px of the longer side at which the skyline is sought
GUIDED = 512  # px of the longer side at which the edge is computed
LEAST = 0.06  # of the picture, below which nothing is called a sky
SURE = 5.6  # how unlike sky and ground are at least: how much more one looks like sky, natural logarithm
COLOURS = 24
ROUGHNESS = (2, 4, 6, 9, 13, 18, 26, 40)  # grey levels of spread, between which pixels count as alike
WALLS = (3, 5, 8, 12, 17, 24, 34)  # grey levels of the steps that have to be taken to come from the sky to a pixel
TURNS = 8
FIRM, STEPS, JUMP, FARTHEST = 0.12, 0.05, 0.4, 30  # weights of looks, of a step at the skyline, and of its jumps
HORIZONS = (0.5, 0.8)  # of the height, from which the line is sought


@dataclass(frozen=True, eq=False)
class Skyline:
    """above: bool (h, w) in small, where the sky is. palette, odds: its colours, and which of these are those of sky.

    sure: how unlike both sides are.
    """

    above: np.ndarray
    palette: Image.Image
    odds: np.ndarray
    sure: float


def sky_of_still(pixels: np.ndarray) -> np.ndarray | None:
    """Return how much of the sky shows in a still uint8 (h, w, 3), float32 (h, w) from 0 to 1; None without a sky."""
    line = _skyline(pixels)
    if line.sure < SURE:
        return None
    height, width = pixels.shape[:2]
    unit = max(1, round(max(height, width) / SMALL))
    sky, things = _in_full(pixels, line, unit)
    share = np.minimum(np.clip((_guided(pixels, sky, 5 * unit) - 0.25) / 0.6, 0, 1), 1 - _mean(things, 1))
    share[things] = 0
    return share.astype(np.float32) if share.mean() >= LEAST else None


# ---- the skyline, in small


def _skyline(pixels: np.ndarray) -> Skyline:
    """Return the line above which all looks like sky, and below which all looks like ground."""
    small = _reduced(Image.fromarray(pixels), SMALL)
    soft = small.filter(ImageFilter.MedianFilter(5))
    coloured, luma = np.asarray(soft, np.float32), np.asarray(small.convert("L"), np.float32)
    palette = soft.quantize(COLOURS, kmeans=3)
    rough = np.sqrt(np.maximum(_mean(luma**2, 2) - _mean(luma, 2) ** 2, 0))
    bright = np.maximum(_rank(_mean(luma, 2)), _rank(np.maximum(coloured[..., 2] - coloured[..., 0] - 4, 0)))
    looks = [
        (np.asarray(palette).astype(np.intp), COLOURS),
        (np.digitize(rough, ROUGHNESS), len(ROUGHNESS) + 1),
        (_walls(coloured, bright), len(WALLS) + 1),
    ]
    steps, far_down = _steps_down(coloured), (np.arange(len(luma)) + 0.5)[:, None] / len(luma)
    likely = np.clip(1.25 * (bright + 1 - _rank(_mean(rough, 3))) - 0.6, 0.05, 1)  # what is bright or blue, and smooth
    found = [_learned(likely * np.clip(2.4 * (low - far_down), 0, 1), looks, steps, low) for low in HORIZONS]
    sure, above, odds = max(found, key=lambda each: each[0])
    return Skyline(above, palette, odds, sure)


def _learned(
    sky: np.ndarray, looks: list[tuple[np.ndarray, int]], steps: np.ndarray, low: float
) -> tuple[float, np.ndarray, np.ndarray]:
    """Return how unlike both sides of a skyline are, where the sky is, bool (h, w), and the odds of the first look.

    sky: a first guess, (h, w). low: from where down there is less and less sky, in heights.
    """
    height, odds, told = len(sky), [], sky
    rows = np.arange(height)[:, None]
    less = 2 * np.clip(((rows + 0.5) / height - low - 0.2) / 0.15, 0, 1)
    for _ in range(TURNS):
        odds = [_odds(labels, count, sky) for labels, count in looks]
        told = np.sum([each[labels] for each, (labels, _) in zip(odds, looks, strict=True)], 0)
        gain = FIRM * np.pad(np.cumsum(told - less, 0), ((1, 0), (0, 0))) + STEPS * np.minimum(steps, 50)
        before, sky = sky, (rows < _best_line(gain)).astype(float)
        if (sky == before).all():
            break
    above = sky > 0
    sure = told[above].mean() - told[~above].mean() if above.any() and not above.all() else 0
    return float(sure), above, odds[0]


def _walls(coloured: np.ndarray, bright: np.ndarray) -> np.ndarray:
    """Return how high the steps are, in WALLS, that lead to each pixel from what is bright at the top, (h, w)."""
    step = np.zeros(bright.shape)
    step[1:] = np.abs(np.diff(coloured, axis=0)).max(2)
    step[:, 1:] = np.maximum(step[:, 1:], np.abs(np.diff(coloured, axis=1)).max(2))
    top = max(1, len(bright) // 16)
    seeds = np.zeros(bright.shape, bool)
    seeds[:top] = bright[:top] >= np.percentile(bright[:top], (5, 95)).mean()
    return np.sum([~_reached(seeds, seeds | (step < wall)) for wall in WALLS], 0)


def _steps_down(coloured: np.ndarray) -> np.ndarray:
    """Return how much the colour changes at each line between rows, over one and over three, (h + 1, w)."""
    steps = np.zeros((len(coloured) + 1, coloured.shape[1]))
    steps[1:-1] = np.abs(np.diff(coloured, axis=0)).max(2)
    steps[2:-2] = np.maximum(steps[2:-2], np.abs(coloured[3:] - coloured[:-3]).max(2))
    return steps


def _odds(labels: np.ndarray, count: int, sky: np.ndarray) -> np.ndarray:
    """Return how much likelier each label is in the sky than on the ground, natural logarithm, (count,)."""
    shares = []
    for part in (sky, 1 - sky):
        found = np.bincount(labels.ravel(), part.ravel(), count) + 1
        shares.append(found / found.sum())
    return np.clip(np.log(shares[0] / shares[1]), -2.5, 2.5)


def _best_line(gain: np.ndarray) -> np.ndarray:
    """Return the row in each column, (w,), with the highest gain (rows, w) in all, jumps charged (Viterbi)."""
    rows = np.arange(len(gain))
    jumps = JUMP * np.minimum(np.abs(rows[:, None] - rows), FARTHEST)
    best, ways = gain[:, 0], []
    for column in gain.T[1:]:
        reached = best - jumps
        ways.append(reached.argmax(1))
        best = reached.max(1) + column
    line = [int(best.argmax())]
    for way in reversed(ways):
        line.append(int(way[line[-1]]))
    return np.array(line[::-1])


# ---- at full size


def _in_full(pixels: np.ndarray, line: Skyline, unit: int) -> tuple[np.ndarray, np.ndarray]:
    """Return where the sky is, and where things stand before it that are joined to the ground, both bool (h, w)."""
    still = Image.fromarray(pixels)
    above = Image.fromarray(line.above.astype(np.uint8) * 255).resize(still.size, Image.Resampling.BILINEAR)
    sky = np.asarray(above) > 127
    inner = _mean(sky, unit) > 0.99  # so that nothing of the ground counts as sky
    palette = still.filter(ImageFilter.MedianFilter(3)).quantize(palette=line.palette, dither=Image.Dither.NONE)
    odds, (far, near) = line.odds[np.asarray(palette)], _far_from(pixels.astype(np.float32), inner, 10 * unit)
    unlike = (far > 1.8) & (odds < 0.2) | (far > 2.7) | _thin(still, inner, unit)
    wider = filtered(unlike & sky, ImageFilter.MaxFilter(3))  # so that oblique lines hang together
    closed = filtered(wider, ImageFilter.MinFilter(3))
    things = _reached(_mean(~sky, unit) > 0, ~sky | wider) & closed & sky
    gaps = _reached(sky, sky | (far < 1.2) & (odds > 0.5) & (near > 0.15)) & ~sky
    found = sky & ~things | gaps
    most = _mean(found, unit)
    return found & (most >= 0.15) | (most > 0.85), things


def _thin(still: Image.Image, sky: np.ndarray, unit: int) -> np.ndarray:
    """Return what differs from its surroundings by more than the brush does in the sky around: masts, boughs, ropes."""
    small = _reduced(still, GUIDED)
    wide = 4 * max(1, round(max(small.size) / SMALL)) + 1
    middle = small.filter(ImageFilter.MedianFilter(wide)).resize(still.size, Image.Resampling.BILINEAR)
    around = np.asarray(middle, np.float32)
    step = np.abs(np.asarray(still) - around).max(2)
    usual = _mean(step * sky, 10 * unit) / np.maximum(_mean(sky, 10 * unit), 1e-3)
    return step > 1.5 * usual + 8


def filtered(mask: np.ndarray, rank: ImageFilter.Filter) -> np.ndarray:
    """Return a mask, bool (h, w), wider or narrower by what a filter looks at."""
    return np.asarray(Image.fromarray(mask.astype(np.uint8)).filter(rank)) > 0


def _far_from(coloured: np.ndarray, sky: np.ndarray, reach: int) -> tuple[np.ndarray, np.ndarray]:
    """Return how far each colour is from those of the sky around, in their spread, and how much of that is there."""
    near = _mean(sky, reach)
    some = np.maximum(near, 1e-6)
    mean = _mean(coloured * sky[..., None], reach) / some[..., None]
    square = _mean((coloured**2).sum(2) * sky, reach) / some
    spread = np.sqrt(np.maximum(square - (mean**2).sum(2), 0))
    far = np.sqrt(((coloured - mean) ** 2).sum(2)) / (spread + 6)
    return np.where(near > 0, far, np.inf), near


def _guided(pixels: np.ndarray, mask: np.ndarray, reach: int, smooth: float = 3e-4) -> np.ndarray:
    """Return a mask, bool (h, w), as a linear function of the colours around, so that its edge is the picture's.

    The fast guided filter (He and Sun 2015): the functions are found in small, and used at full size.
    """
    guide = Image.fromarray(pixels)
    small = np.asarray(_reduced(guide, GUIDED), np.float64) / 255
    reach = max(1, round(reach * len(small) / len(pixels)))
    wanted = np.asarray(Image.fromarray(mask.astype(np.float32)).resize(small.shape[1::-1], Image.Resampling.BOX))
    colours, some = _mean(small, reach), _mean(wanted, reach)
    squares = _mean(small[..., :, None] * small[..., None, :], reach) - colours[..., :, None] * colours[..., None, :]
    both = _mean(small * wanted[..., None], reach) - colours * some[..., None]
    slope = np.linalg.solve(squares + smooth * np.eye(3), both[..., None])[..., 0]
    rest = some - (slope * colours).sum(2)
    functions = _mean(np.concatenate([slope, rest[..., None]], 2), reach).astype(np.float32)
    at = [
        np.asarray(Image.fromarray(np.ascontiguousarray(each)).resize(guide.size, Image.Resampling.BILINEAR))
        for each in np.moveaxis(functions, 2, 0)
    ]
    return sum((each * channel / 255 for each, channel in zip(at, np.moveaxis(pixels, 2, 0), strict=False)), at[3])


# ---- what both are made with


def _reached(start: np.ndarray, through: np.ndarray) -> np.ndarray:
    """Return what can be reached from a start through what may be gone through, both bool (h, w).

    Whole runs of a column or a row are filled at once, by turns, so that a few turns are enough.
    """
    found, count = start & through, -1
    while found.sum() != count:
        count = found.sum()
        for _ in range(2):
            runs = np.cumsum(~through, 1) + np.arange(len(through))[:, None] * (through.shape[1] + 1)
            hit = np.bincount(runs.ravel(), found.ravel(), runs[-1, -1] + 1) > 0
            found, through = (hit[runs] & through).T, through.T
    return found


def _mean(values: np.ndarray, reach: int) -> np.ndarray:
    """Return means of values (h, w, …) over squares of this reach, as far as they lie in the picture."""
    around, flat = (reach, reach), values.reshape(*values.shape[:2], -1).astype(float)
    count = box_sums(np.ones(values.shape[:2]), around)
    return np.stack([box_sums(each, around) / count for each in np.moveaxis(flat, 2, 0)], 2).reshape(values.shape)


def _rank(values: np.ndarray) -> np.ndarray:
    """Return the share of values that are lower, (h, w)."""
    return np.searchsorted(np.sort(values, axis=None), values) / values.size


def _reduced(picture: Image.Image, longest: int) -> Image.Image:
    """Return a picture so small that its longer side is at most so long."""
    least = min(1.0, longest / max(picture.size))
    return picture.resize([max(1, round(side * least)) for side in picture.size], Image.Resampling.BOX)
