"""How well the tokenizer keeps a picture, and how much of its codebook it uses; on held-out crops at native scale."""

import math
from typing import Any

import numpy as np
import torch

from engine.evaluate.borders import LUMA
from engine.models.checkpoint import ImageModel
from engine.models.pixels import as_floats, as_picture
from engine.training.reconstruction import gradients


@torch.no_grad()
def tokenizer_figures(model: ImageModel, crops: np.ndarray) -> dict[str, Any]:
    """crops: uint8 (count, height, width, 3), sides multiples of the compression.

    psnr_db and ssim: means over the crops, in 8 bits. sharpness: gradient energy (mean absolute difference of
    neighbouring pixels) against the original, 1.0 is as sharp. perplexity: 2 to the entropy of the tokens in bits.
    """
    psnr, ssim, energy = [], [], np.zeros(2)
    use = np.zeros(model.tokenizer.vocabulary, np.int64)
    for crop in crops:
        tokens = model.tokenizer.encode(as_floats(crop[None], model))
        painted = as_picture(model.tokenizer.decode(tokens)[0])
        use += np.bincount(tokens.flatten().cpu().numpy(), minlength=len(use))
        psnr.append(peak_signal_to_noise(crop, painted))
        ssim.append(structural_similarity(crop, painted))
        energy += [_gradient_energy(crop), _gradient_energy(painted)]
    return {
        "crops": len(crops),
        "crop_px": int(crops.shape[1]),
        "psnr_db": float(np.mean(psnr)),
        "ssim": float(np.mean(ssim)),
        "sharpness": float(energy[1] / max(energy[0], 1e-9)),
        "entries": len(use),
        "entries_used": int((use > 0).sum()),
        "perplexity": perplexity(use),
        "tokens": int(use.sum()),
    }


def perplexity(use: np.ndarray) -> float:
    """2 to the entropy of counts (entries,)."""
    share = use[use > 0] / use.sum()
    return float(2 ** -(share * np.log2(share)).sum())


def peak_signal_to_noise(a: np.ndarray, b: np.ndarray) -> float:
    """PSNR in dB of two pictures uint8; 99 for equal ones, so that a mean stays finite."""
    error = float(((a.astype(np.float64) - b) ** 2).mean())
    return min(99.0, 10 * math.log10(255**2 / error)) if error else 99.0


def structural_similarity(a: np.ndarray, b: np.ndarray) -> float:
    """SSIM of the luma of two pictures uint8 (Wang et al. 2004: Gaussian window 11×11, σ 1.5, K 0.01 and 0.03)."""
    x, y = a @ LUMA, b @ LUMA
    mean_x, mean_y = _blurred(x), _blurred(y)
    var_x, var_y = _blurred(x * x) - mean_x**2, _blurred(y * y) - mean_y**2
    shared = _blurred(x * y) - mean_x * mean_y
    c1, c2 = (0.01 * 255) ** 2, (0.03 * 255) ** 2
    top = (2 * mean_x * mean_y + c1) * (2 * shared + c2)
    return float((top / ((mean_x**2 + mean_y**2 + c1) * (var_x + var_y + c2))).mean())


def _blurred(x: np.ndarray) -> np.ndarray:
    """(height, width) to (height - 10, width - 10)."""
    weights = np.exp(-((np.arange(11) - 5.0) ** 2) / (2 * 1.5**2))
    weights /= weights.sum()
    rows = np.tensordot(weights, np.stack([x[i : x.shape[0] - 10 + i] for i in range(11)]), 1)
    return np.tensordot(weights, np.stack([rows[:, i : x.shape[1] - 10 + i] for i in range(11)]), 1)


def _gradient_energy(pixels: np.ndarray) -> float:
    floats = torch.from_numpy(np.ascontiguousarray(pixels)).permute(2, 0, 1).float()
    return float(sum(difference.abs().mean() for difference in gradients(floats)))
