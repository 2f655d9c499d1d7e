"""A tiny model for films, in a folder."""

from dataclasses import replace
from pathlib import Path


def tiny_film_model(folder: Path, masked: bool = False) -> Path:
    """A model that looks back at two frames; random weights, all of which matter."""
    import torch

    from engine.config import PRESETS
    from engine.models.checkpoint import ImageModel, save_model
    from engine.request import Extent

    tiny = PRESETS["tiny"]
    decoder = replace(tiny.decoder, extent=Extent(1, 1, 2), masked=masked)
    model = ImageModel.fresh(replace(tiny, name="films", decoder=decoder), 5)
    for net in (model.tokenizer, model.decoder):
        for parameter in net.parameters():
            parameter.data.add_(0.1 * torch.randn_like(parameter))
    save_model(model, folder)
    return folder
