"""Reads the published weights of taming-transformers into a model folder that decoders can be trained over."""

from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file
from torch import Tensor

from engine.config import DecoderConfig, ModelConfig, TokenizerConfig
from engine.models.checkpoint import ImageModel, save_model
from engine.models.taming_vqgan import TamingVQGAN
from engine.request import UserError

CARD = """# {name}

The tokenizer {source}, a VQGAN in the layout of taming-transformers (f16, {codebook} entries), and a decoder that has
learned nothing: train one over it with `handscroll train decoder --tokenizer`.

Its norms and attention look at whole pictures, so patches are decoded in overlapping windows and not exactly.
"""


def import_vqgan(source: Path, out: Path) -> None:
    """Write a model folder `out` with the tokenizer of `source` (.safetensors, or a checkpoint of weights alone).

    Raises UserError for files that hold anything but tensors, or another architecture.
    """
    weights = {name: value for name, value in _read(source).items() if not name.startswith("loss.")}
    try:
        config = _config_of(weights)
        with torch.device("meta"):
            tokenizer = TamingVQGAN(config)
        tokenizer.load_state_dict({name: value.float() for name, value in weights.items()}, assign=True)
    except (KeyError, RuntimeError, ValueError, AttributeError) as error:
        first = str(error).strip().splitlines()[0][:200]
        raise UserError(f"{source} does not contain a VQGAN of taming-transformers ({first}).") from None
    untrained = DecoderConfig(1, 32, 2, 1, vocabulary=config.codebook)
    fresh = ImageModel.fresh(ModelConfig(out.name, config, untrained))
    save_model(ImageModel(fresh.config, tokenizer.eval(), fresh.decoder), out, bits=32)
    (out / "card.md").write_text(CARD.format(name=out.name, source=source.name, codebook=config.codebook), "utf-8")


def _read(source: Path) -> dict[str, Tensor]:
    try:
        of_tensors = source.suffix == ".safetensors"
        found: Any = load_file(source) if of_tensors else torch.load(source, map_location="cpu", weights_only=True)
    except FileNotFoundError:
        raise UserError(f"{source} does not exist.") from None
    except Exception as error:  # a foreign file may fail in any way
        first = next(iter(str(error).strip().splitlines()), type(error).__name__)[:160]
        raise UserError(
            f"{source} contains more than weights ({first}). Save its tensors with safetensors where it "
            "was made, and import that file."
        ) from None
    found = found.get("state_dict", found) if isinstance(found, dict) else {}
    return {str(name): value for name, value in found.items() if isinstance(value, Tensor)}


def _config_of(weights: dict[str, Tensor]) -> TokenizerConfig:
    """Widths and depths as the names and shapes of the weights tell."""
    entries, code_dim = weights["quantize.embedding.weight"].shape
    levels = 1 + max(int(name.split(".")[2]) for name in weights if name.startswith("encoder.down."))
    widths = tuple(len(weights[f"encoder.down.{level}.block.0.conv1.bias"]) for level in range(levels))
    depths = tuple(
        sum(name.startswith(f"encoder.down.{level}.block.") and name.endswith("conv1.bias") for name in weights)
        for level in range(levels)
    )
    return TokenizerConfig(
        2 ** (levels - 1), widths, depths, quantizer="vq", codebook=entries, code_dim=code_dim, architecture="taming"
    )
