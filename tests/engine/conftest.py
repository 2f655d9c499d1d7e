"""What the tests of the engine share: tiny models whose every weight matters."""

from collections.abc import Callable

import pytest
import torch

from engine.config import PRESETS, ModelConfig
from engine.models.checkpoint import ImageModel


@pytest.fixture(scope="session")
def shaken() -> Callable[..., ImageModel]:
    """Makes tiny models; projections that begin at zero get noise like all other weights."""

    def make(
        seed: int, noise: float = 0.1, dtype: torch.dtype = torch.float32, config: ModelConfig = PRESETS["tiny"]
    ) -> ImageModel:
        torch.set_default_dtype(dtype)
        model = ImageModel.fresh(config, seed).to(dtype)
        torch.set_default_dtype(torch.float32)
        for net in (model.tokenizer, model.decoder):
            for parameter in net.parameters():
                parameter.data.add_(noise * torch.randn_like(parameter))
            net.requires_grad_(False)
        return model

    return make
