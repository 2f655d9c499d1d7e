"""A model without its words: smaller, and for the empty prompt the same."""

from dataclasses import replace

import torch

from engine.models.checkpoint import ImageModel
from engine.models.vision_decoder import VisionDecoder


@torch.no_grad()
def without_words(model: ImageModel) -> ImageModel:
    """The model without text encoder and cross-attention; what each block hears of the empty prompt joins its bias."""
    if model.words is None:
        return model
    plain = VisionDecoder(replace(model.config.decoder, text=None)).eval().to(model.device, model.dtype)
    weights = {name: value for name, value in model.decoder.state_dict().items() if name in plain.state_dict()}
    for layer, heard in enumerate(model.decoder.hear(None, 1)):
        assert heard is not None and heard.same is not None
        name = f"blocks.{layer}.out.bias"
        weights[name] = weights[name] + heard.same[0, 0]
    plain.load_state_dict(weights)
    plain.positions = model.decoder.positions
    config = replace(model.config, decoder=plain.config)
    return ImageModel(config, model.tokenizer, plain)
