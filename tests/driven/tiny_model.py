"""Writes a model of random weights with patches of 64 px: `python tests/driven/tiny_model.py FOLDER`."""

import sys
from pathlib import Path

import torch

from engine.config import DecoderConfig, ModelConfig, TokenizerConfig
from engine.models.checkpoint import ImageModel, save_model


def write(folder: Path) -> None:
    """Noise on all weights, so that each of them matters."""
    torch.set_num_threads(1)
    tokenizer = TokenizerConfig(4, (8, 16), (1, 1), kernel=3, levels=(4, 4))
    model = ImageModel.fresh(ModelConfig("tiny", tokenizer, DecoderConfig(2, 32, 2, 1, vocabulary=16)), seed=5)
    torch.manual_seed(5)
    for net in (model.tokenizer, model.decoder):
        for parameter in net.parameters():
            parameter.data.add_(0.1 * torch.randn_like(parameter))
    save_model(model, folder)


if __name__ == "__main__":
    write(Path(sys.argv[1]))
