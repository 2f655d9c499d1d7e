"""Marks in a picture that are not to be gone on with: seals, signatures, lettering (ours; not in the paper).

They are strokes on an even ground: thinner than the ground between things is wide, of another tone, together in a small
place, and with the ground all around and showing through. They are looked for at one size whatever the picture's, so
that the same marks are found however small it is painted. A small figure that stands alone on an even ground passes for
one: it is not repeated either.
"""

from functools import lru_cache

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image
from torch import Tensor

from engine.inference.connected_parts import bounds, components

TILE = 1024  # columns that are looked at at once
LOOKED_AT = 720  # px of the shorter side
THICK = 17  # px: strokes are thinner
CONTRAST = 42.0  # grey levels between a stroke and its ground, in the channel in which they differ most
TOGETHER = 5, 2  # px around a stroke that belong to its mark; on busy ground they would join it to all else
RING = 10  # px around a mark that are looked at
LARGEST = 0.36  # of the shorter side that a mark is wide and high at most
FEWEST = 24, 300  # px of strokes, at either
BARE = 0.06  # of the ring that strokes cover at most
EVEN, SLOPING = 14.0, 36.0  # grey levels that the ring deviates from a slope at most, or from one tone if smooth
SMOOTH = 2.6  # grey levels that a smooth ring differs from what is near by
NEAR = 9  # px that are near by
THROUGH = 60.0  # grey levels between the ground inside and the ring, at most
LEAST, LETTERS = 4, 12  # px of the height of a letter; letters of a text
SHARED, MORE = 4, 3.0  # letters on the line of each, and how many times more these are than by chance
FULL = 0.7  # of a mark that strokes cover at most


def marks(full: np.ndarray, mask: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
    """Return where marks are in pixels, uint8 (h, w, 3), of which those of a mask are known, as bool of a shape."""
    height, width = mask.shape
    scale = min(1.0, LOOKED_AT / min(height, width))
    size = max(1, round(width * scale)), max(1, round(height * scale))
    pixels = np.asarray(Image.fromarray(full).resize(size, Image.Resampling.LANCZOS))
    known = np.asarray(Image.fromarray(mask.astype(np.uint8)).resize(size, Image.Resampling.NEAREST)) > 0
    found = find_marks(pixels, known)
    return np.asarray(Image.fromarray(found.astype(np.uint8) * 255).resize((shape[1], shape[0]))) > 0


def find_marks(pixels: np.ndarray, known: np.ndarray) -> np.ndarray:
    """Return where the marks of a picture are, bool (h, w). pixels: uint8 (h, w, 3); known: bool (h, w).

    It is looked for once for a picture that is painted on again and again.
    """
    found = _found(np.ascontiguousarray(pixels).tobytes(), np.ascontiguousarray(known).tobytes(), known.shape)
    return np.frombuffer(found, bool).reshape(known.shape)


@lru_cache(maxsize=4)
def _found(pixels: bytes, known: bytes, shape: tuple[int, int]) -> bytes:
    picture = np.frombuffer(pixels, np.uint8).reshape(*shape, 3).copy()  # torch wants arrays that can be written
    there = np.frombuffer(known, bool).reshape(shape).copy()
    colours = torch.from_numpy(picture).permute(2, 0, 1).float()
    return (_of_a_kind(colours, picture, there) | _of_a_kind(-colours, picture, there)).tobytes()


def _of_a_kind(colours: Tensor, pixels: np.ndarray, known: np.ndarray) -> np.ndarray:
    """Marks that are darker than their ground in colours, (3, h, w)."""
    strokes = _thin(colours) & torch.from_numpy(known)
    result = np.zeros(known.shape, bool)
    light = pixels @ np.array([0.299, 0.587, 0.114], np.float32)
    near_by = F.avg_pool2d(torch.from_numpy(light)[None, None], NEAR, 1, NEAR // 2, count_include_pad=False)
    rough = np.abs(light - near_by[0, 0].numpy())
    for together, fewest in zip(TOGETHER, FEWEST, strict=True):
        label = components((_grown(strokes, together) & torch.from_numpy(known)).numpy())
        result |= _marks_of(label, strokes, known, light, rough, pixels, fewest)
    return result


def _marks_of(
    label: np.ndarray, strokes: Tensor, known: np.ndarray, light: np.ndarray, rough: np.ndarray, pixels: np.ndarray,
    fewest: int,
) -> np.ndarray:  # fmt: skip
    """Which of the numbered parts are marks, bool (h, w)."""
    result = np.zeros(known.shape, bool)
    most = LARGEST * min(known.shape)
    for number, (rows, columns) in enumerate(bounds(label), start=1):
        if rows.stop - rows.start > most or columns.stop - columns.start > most:
            inside = label[rows, columns] == number
            if _is_lettering(strokes[rows, columns].numpy() & inside, inside, light[rows, columns], most):
                result[rows, columns] |= inside
            continue
        wide = widened(rows, RING, known.shape[0]), widened(columns, RING, known.shape[1])
        inside = label[wide] == number
        if _is_mark(inside, strokes[wide].numpy(), known[wide], light[wide], rough[wide], pixels[wide], fewest):
            result[wide] |= inside
    return result


def _is_mark(
    inside: np.ndarray,
    strokes: np.ndarray,
    known: np.ndarray,
    light: np.ndarray,
    rough: np.ndarray,
    pixels: np.ndarray,
    fewest: int,
) -> bool:
    own = strokes & inside
    ring = (_grown(torch.from_numpy(inside), RING).numpy() & known) & ~inside
    if own.sum() < fewest or ring.sum() < 4 * RING or own.sum() > FULL * inside.sum():
        return False
    if strokes[ring].mean() > BARE or not _even(light, ring, rough[ring].mean() <= SMOOTH):
        return False
    between = inside & ~strokes
    if not between.any():
        return False
    apart = pixels[between].mean(0) - pixels[ring].mean(0)
    return float(np.abs(apart).max()) <= THROUGH


def _even(light: np.ndarray, ring: np.ndarray, smooth: bool) -> bool:
    """Whether a ring is of one tone, or goes over from one into another."""
    tone = light[ring]
    if smooth:
        return float(tone.std()) <= SLOPING
    plane = np.column_stack([np.ones(len(tone)), *np.nonzero(ring)])
    return float((tone - plane @ np.linalg.lstsq(plane, tone, rcond=None)[0]).std()) <= EVEN


def _is_lettering(strokes: np.ndarray, inside: np.ndarray, light: np.ndarray, most: float) -> bool:
    """Whether strokes (h, w) on an even ground are small and stand in lines, or in columns."""
    if not (inside & ~strokes).any() or float(light[inside & ~strokes].std()) > EVEN:
        return False
    found = [(r.start, r.stop, c.start, c.stop) for r, c in bounds(components(strokes))]
    tops, bottoms, lefts, rights = np.array(found).T
    small = (bottoms - tops <= most) & (rights - lefts <= most) & (bottoms - tops >= LEAST)
    if small.sum() < LETTERS or small.sum() < len(found) / 2:
        return False
    middles = (lefts + rights)[small] // 2
    return _in_lines(bottoms[small], strokes.shape[0]) or _in_lines(middles, strokes.shape[1])


def _in_lines(places: np.ndarray, length: int) -> bool:
    """Whether most places share theirs with several others, and with many more than by chance."""
    others = (np.abs(places[:, None] - places) <= 1).sum(1) - 1
    return float(np.median(others)) >= max(SHARED, MORE * 3 * len(places) / length)


def _thin(colours: Tensor, tile: int = TILE) -> Tensor:
    """What is thin and darker than its ground in colours (3, h, w), bool (h, w); tile by tile, which gives the same."""
    found = torch.zeros(colours.shape[1:], dtype=torch.bool)
    for left in range(0, colours.shape[2], tile):
        first = max(0, left - 2 * THICK)
        own = colours[..., first : left + tile + 2 * THICK]
        ground = -_widest(-_widest(own))  # a closing: what is thin and dark is gone
        thin = (ground - own).amax(0) > CONTRAST
        found[:, left : left + tile] = thin[:, left - first :][:, :tile]
    return found


def _widest(colours: Tensor) -> Tensor:
    """The largest value within half of THICK, (3, h, w)."""
    return pooled(colours[None], THICK // 2)[0]


def _grown(mask: Tensor, by: int) -> Tensor:
    return pooled(mask.float()[None, None], by)[0, 0] > 0


def pooled(values: Tensor, reach: int) -> Tensor:
    """The largest of the values (n, c, h, w) within `reach` pixels, column by column and row by row.

    Of two windows beside or over one another the larger value is that of both together, so a few steps are enough.
    """
    for axis in (3, 2):
        around = [0, 0, 0, 0]
        around[6 - 2 * axis : 8 - 2 * axis] = reach, reach
        values, seen, side = F.pad(values, around, value=-torch.inf), 1, 2 * reach + 1
        while seen < side:
            step = min(seen, side - seen)
            count = values.shape[axis] - step
            values = torch.maximum(values.narrow(axis, 0, count), values.narrow(axis, step, count))
            seen += step
    return values


def widened(part: slice, by: int, length: int) -> slice:
    """A part of so many places with some more on either side."""
    return slice(max(0, part.start - by), min(length, part.stop + by))
