"""How much prompts help: bits with and without text (as in the paper's Table 4), captions found by likelihood.

A caption is found where its own picture is likelier under it than under the captions of other pictures. That is asked
of whole pictures reduced to one patch: there nothing but the words tells what they show.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from torch import Tensor

from engine.datasets.captions import seen
from engine.datasets.images import TrainingPicture
from engine.evaluate.likelihood import encode
from engine.evaluate.samples import picture_crops
from engine.media.resizing import resized
from engine.models.checkpoint import ImageModel
from engine.planning.windows import MARGIN, margin_px, window_plan
from engine.request import Order
from engine.training.teacher_forcing import patch_bits

CHOICES = 10  # captions of which one is the picture's own


@torch.no_grad()
def bits_under(model: ImageModel, grid: Tensor, texts: Sequence[str], order: Order) -> Tensor:
    """Bits per token of square windows (batch, side, side) in one order under a text each: (batch,)."""
    config = model.config.decoder
    window = window_plan(grid.shape[-1] // config.side, config.extent, order)
    return torch.stack([bits for _, bits in patch_bits(model.decoder, window, grid, model.read(texts))]).mean(0)


def text_alignment(model: ImageModel, held_out: Sequence[TrainingPicture], count: int) -> dict[str, Any] | str:
    """Figures from `count` held-out windows, at most one of each picture that has a caption."""
    if model.words is None:
        return "not computed (the model does not understand prompts)"
    side = model.config.decoder.window * model.config.patch_px
    captioned = [p for p in held_out if p.caption.phrases]
    margin = margin_px(model.config)
    samples = list(picture_crops(captioned, side, side, min(count, len(captioned)), seed=8, margin=margin))
    if not samples:
        return "not computed (no held-out picture has a caption)"
    grids = [encode(model, crop[None], MARGIN) for _, crop in samples]
    captions = [", ".join(picture.caption.phrases) for picture, _ in samples]
    inside = slice(margin, margin + side)
    whole = [", ".join((text, *seen(crop[inside, inside]))) for text, (_, crop) in zip(captions, samples, strict=True)]
    small = [_reduced(picture.pixels, model.config.patch_px) for picture in captioned]
    patches = [encode(model, crop[None]) for crop in small]
    about = [", ".join(picture.caption.phrases) for picture in captioned]
    looks = [", ".join(seen(crop)) for crop in small]
    both = [f"{text}, {look}" for text, look in zip(about, looks, strict=True)]
    return {
        "windows": len(samples),
        "bits_per_token": {order.value: _with_and_without(model, grids, whole, order) for order in Order},
        "bits_per_token_of_a_picture_in_one_patch": _with_and_without(model, patches, both, Order.ZETA),
        "retrieval": {
            "captions": _retrieval(model, patches, about),
            "seen_words": _retrieval(model, patches, looks),
            "captions_and_seen_words": _retrieval(model, patches, both),
        },
    }


def _reduced(pixels: np.ndarray, side: int) -> np.ndarray:
    """The middle square of a picture, as large as it can be, at another size."""
    height, width = pixels.shape[:2]
    least = min(height, width)
    top, left = (height - least) // 2, (width - least) // 2
    return resized(pixels[top : top + least, left : left + least], (side, side))


def _with_and_without(
    model: ImageModel, grids: Sequence[Tensor], texts: Sequence[str], order: Order
) -> dict[str, float]:
    bits = [
        bits_under(model, grid.expand(2, -1, -1), [text, ""], order) for grid, text in zip(grids, texts, strict=True)
    ]
    with_text, without_text = torch.stack(bits).mean(0).tolist()
    return {"with_text": with_text, "without_text": without_text}


def _retrieval(model: ImageModel, grids: Sequence[Tensor], texts: Sequence[str]) -> dict[str, Any]:
    """R@1: how often the own text is the likeliest of up to ten; chance is 1 / choices."""
    choices = min(CHOICES, len(texts))
    rng, found = np.random.default_rng(9), 0
    for number, grid in enumerate(grids):
        others = rng.permutation([n for n in range(len(texts)) if texts[n] != texts[number]])[: choices - 1]
        asked = [texts[number], *(texts[other] for other in others)]
        found += int(bits_under(model, grid.expand(len(asked), -1, -1), asked, Order.ZETA).argmin()) == 0
    return {"pictures": len(grids), "choices": choices, "recall_at_1": found / len(grids), "chance": 1 / choices}
