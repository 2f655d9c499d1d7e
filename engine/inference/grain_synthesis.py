"""Grain: the surface of the known picture, its weave or paper, laid over what is painted (ours; the paper has none).

A VQGAN keeps forms and loses the surface, so what it paints looks smoother than what it goes on from. What it loses is
measured where the picture is known, as the difference to its own decode: how strong it is at which brightness, in the
calm parts, and which frequencies it has. Noise of the same spectrum is then the surface of what is painted.
"""

from dataclasses import dataclass
from functools import cached_property
from itertools import product

import numpy as np
import torch
import torch.nn.functional as F

from engine.models.checkpoint import ImageModel

MOST = 12  # known patches that are looked at
EDGE = 16  # px of each that are left out: the encoder sees nothing beyond them
CELL, WINDOW, TILE = 16, 32, 256  # px to the side: of what is calm or not, of a spectrum, of the noise that repeats
LEVELS = np.arange(16, 256, 32)  # of brightness, for each of which there is a strength
CALM = 25  # per cent of the cells of a level, which are taken to show the surface and nothing that is drawn
UNEVEN = 2.5  # how much stronger the surface may be at one level than at another: what is more has been drawn
STRONGEST = 8  # grey levels: canvases have up to 7; where nothing is calm, leaves and figures have 20 and more
FINE = 2  # pixels around one that its mean is taken of, to tell how rough a surface is
NEAR = 30  # pixels around one within which known ones tell how rough it is there
FEWEST = 6  # cells of a level, below which the levels beside it tell
_LUMA = np.array([0.299, 0.587, 0.114], np.float32)


@dataclass(frozen=True, eq=False)
class Grain:
    """tile: float32 (TILE, TILE, 3), luma with a standard deviation of 1. strengths: in grey levels, for LEVELS."""

    tile: np.ndarray
    strengths: np.ndarray

    def over(self, pixels: np.ndarray, x: int, y: int, share: np.ndarray) -> np.ndarray:
        """Pixels uint8 (height, width, 3) with a share (height, width) of it; (x, y) is their place on the canvas."""
        rows, columns = (np.arange(pixels.shape[0]) + y) % TILE, (np.arange(pixels.shape[1]) + x) % TILE
        strength = np.interp(pixels @ _LUMA, LEVELS, self.strengths).astype(np.float32) * share
        grained = pixels + self.tile[rows[:, None], columns] * strength[..., None]
        return np.clip(grained.round(), 0, 255).astype(np.uint8)

    @cached_property
    def roughness(self) -> float:
        """How far its pixels are from the mean of those around, in the mean; the surface of a strength of 1."""
        luma = self.tile @ _LUMA
        wrapped = torch.from_numpy(np.pad(luma, FINE, mode="wrap"))[None, None]
        return float((luma - F.avg_pool2d(wrapped, 2 * FINE + 1, 1)[0, 0].numpy()).std())

    def as_near(self, pixels: np.ndarray, known: np.ndarray) -> np.ndarray:
        """The share of the grain that goes on as strong as the surface of the known pixels near by is, 0 to 1.

        A level has one strength in all of a picture, but still water can be smooth where a sky of its tone is rough,
        and then a line would show where the grain begins. pixels: uint8 (height, width, 3); known: bool (height,
        width). All sums are of integers, so that a part equals the same part of the whole.
        """
        light = pixels.astype(np.int64) @ np.array([299, 587, 114])
        size = (2 * FINE + 1) ** 2
        inside = _around(known, FINE) == size
        rough = np.where(inside, (light - _around(light * known, FINE) // size) ** 2, 0)
        count = _around(inside, NEAR)
        some = np.maximum(count, 1)
        level = _around(light * inside, NEAR) / some / 1000
        found = np.sqrt(_around(rough, NEAR) / some) / 1000
        wanted = np.interp(level, LEVELS, self.strengths) * self.roughness
        nearness = np.minimum(1, 2 * count / (2 * NEAR + 1) ** 2)  # 1 beside a straight border
        return 1 - nearness * (1 - np.minimum(1, found / np.maximum(wanted, 1e-9)))


def _around(values: np.ndarray, reach: int) -> np.ndarray:
    """Sums of whole numbers (height, width) within `reach` rows and columns; beyond the edge there is nothing."""
    for axis in (0, 1):
        before = [(reach + 1, reach) if a == axis else (0, 0) for a in (0, 1)]
        sums = np.pad(values.astype(np.int64), before).cumsum(axis)
        length, width = values.shape[axis], 2 * reach + 1
        ends, starts = np.arange(width, width + length), np.arange(length)
        values = sums.take(ends, axis) - sums.take(starts, axis)
    return values


def beyond(known: np.ndarray) -> np.ndarray:
    """How much of the grain each pixel gets, 0 to 1: half beside the known ones, bool (height, width).

    There the membrane goes on with the very pixels of the border, grain and all. With nothing there seams of four
    paintings were 0.88 in the mean, with all of it 1.29, with half 1.02.
    """
    unknown = torch.from_numpy(~known).float()[None, None]
    around = F.avg_pool2d(unknown, 5, 1, 2, count_include_pad=False)[0, 0]  # 0.6 beside a straight border
    return ((around - 0.2) / 0.8).clamp(0, 1).numpy()


@torch.no_grad()
def grain_of(patches: np.ndarray, model: ImageModel) -> Grain | None:
    """The grain of known patches uint8 (count, side, side, 3); None where there is too little to tell."""
    if not len(patches) or patches.shape[1] < 2 * EDGE + WINDOW:
        return None
    shown = torch.from_numpy(patches).permute(0, 3, 1, 2).to(model.device, model.dtype) / 127.5 - 1
    decoded = model.tokenizer.decode(model.tokenizer.encode(shown)).float().clamp(-1, 1)
    smooth = ((decoded + 1) * 127.5).permute(0, 2, 3, 1).cpu().numpy()[:, EDGE:-EDGE, EDGE:-EDGE]
    lost = patches[:, EDGE:-EDGE, EDGE:-EDGE] - smooth
    strengths = _strengths(smooth, lost)
    return None if strengths is None else Grain(_tile(lost), strengths)


def _strengths(smooth: np.ndarray, lost: np.ndarray) -> np.ndarray | None:
    """Standard deviations of what is lost at each level, in the calmest cells; None without any cell.

    Where all cells of a level are full of lines, as the dark ones of a woodblock print are, the lines pass for surface:
    up to 31 grey levels on prints whose paper has 1.4. On oil paintings the levels differ by 2 to 4 times.
    """
    light, grain = (_cut(pixels @ _LUMA, CELL) for pixels in (smooth, lost))
    level, strong = light.mean((1, 2)), grain.std((1, 2))
    found = {}
    for centre in LEVELS:
        there = strong[np.abs(level - centre) <= LEVELS[0]]
        if len(there) >= FEWEST:
            found[int(centre)] = float(np.percentile(there, CALM))
    if not found:
        return None
    most = min(STRONGEST, UNEVEN * min(found.values()))
    return np.interp(LEVELS, list(found), np.minimum(list(found.values()), most))


def _tile(lost: np.ndarray) -> np.ndarray:
    """Noise with the mean spectrum of the calmer half of all windows; it meets itself at its edges."""
    windows = _cut(lost, WINDOW)
    windows = windows - windows.mean((1, 2), keepdims=True)
    strong = windows.std((1, 2, 3))
    calm = windows / np.maximum(strong, 1e-3)[:, None, None, None]
    calm = calm[strong <= np.median(strong)]
    fade = np.outer(np.hanning(WINDOW), np.hanning(WINDOW))[..., None]
    power = (np.abs(np.fft.fft2(calm * fade, axes=(1, 2))) ** 2).mean(0)
    near = np.fft.fftshift(np.fft.ifft2(power, axes=(0, 1)).real, (0, 1))  # how neighbouring pixels go together
    wide, start = np.zeros((TILE, TILE, 3)), (TILE - WINDOW) // 2
    wide[start : start + WINDOW, start : start + WINDOW] = near
    power = np.abs(np.fft.fft2(np.fft.ifftshift(wide, (0, 1)), axes=(0, 1)))
    power[0, 0] = 0
    chance = np.fft.fft2(np.random.default_rng(0).standard_normal((TILE, TILE)))[..., None]
    tile = np.fft.ifft2(np.sqrt(power) * chance, axes=(0, 1)).real
    return (tile / max(float((tile @ _LUMA).std()), 1e-9)).astype(np.float32)


def _cut(pixels: np.ndarray, side: int) -> np.ndarray:
    """Squares (count, side, side, ...) of pictures (count, height, width, ...); what is left over is dropped."""
    rows, columns = pixels.shape[1] // side, pixels.shape[2] // side
    places = product(range(0, rows * side, side), range(0, columns * side, side))
    return np.concatenate([pixels[:, y : y + side, x : x + side] for y, x in places])
