"""Training a model of films on frames that it has painted itself, in place of the true frames before (ours).

With true frames before it a model learns to go on from true frames, and at painting time loses what it moves within a
dozen frames, each of which reads one that is a little off. So the frames before are drawn by the model, and what comes
next is still the truth.
"""

from collections.abc import Sequence

import torch
from torch import Tensor

from engine.inference.prefill import patch_slices
from engine.models.checkpoint import ImageModel
from engine.models.vision_decoder import ORDERS
from engine.planning.schedule import Plan
from engine.planning.windows import window_plan
from engine.request import Order
from engine.training.teacher_forcing import IGNORE_INDEX, teacher_forcing


def last_alone(window: Plan) -> bool:
    """Whether all new patches lie in one frame, and frames before it are more than a still."""
    frames = {planned.patch.frame for planned in window.new}
    return len(frames) == 1 and min(frames) > 1


@torch.no_grad()
def self_rollout(
    model: ImageModel, inputs: Tensor, wanted: Tensor, words: Sequence[str], order: Order, seed: int
) -> Tensor:
    """Token maps (batch, frame, h, w) whose frames between the first and the last are drawn, one from the other.

    Each token is drawn after the true ones before it in its frame. Where `wanted` is IGNORE_INDEX the inputs stay.
    """
    config, decoder = model.config.decoder, model.decoder
    chance = torch.Generator(inputs.device).manual_seed(seed)
    inputs, size = inputs.clone(), inputs.shape[-1] // config.side
    for frame in range(1, inputs.shape[1] - 1):
        seen = inputs[:, max(0, frame - config.extent.frames) : frame + 1]
        window = window_plan(size, config.extent, order, frames=seen.shape[1], stills=seen.shape[1] - 1)
        drawn = inputs[:, frame].clone()
        for planned, logits, _ in teacher_forcing(decoder, window, seen, read_text=lambda: model.read(words)):
            shares = logits.float().softmax(-1).flatten(0, 1)
            tokens = torch.multinomial(shares, 1, generator=chance).view(logits.shape[:2])
            raster = tokens[:, decoder.positions.orders[ORDERS.index(planned.order)].argsort()]
            rows, columns = patch_slices(planned.patch, config.side)
            drawn[:, rows, columns] = raster.unflatten(1, (config.side, config.side))
        inputs[:, frame] = torch.where(wanted[:, frame] == IGNORE_INDEX, inputs[:, frame], drawn)
    return inputs
