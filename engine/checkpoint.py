"""Models on disk: a folder with config.json, safetensors in 8 or 32 bits, and a card; nothing is ever unpickled.

In 8 bits a matrix is kept as integers with one scale per output channel; small tensors are kept in 16 bits.
"""

import json
import math
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

from engine.config import PRESETS, ModelConfig
from engine.decoder import VisionDecoder
from engine.device import choose_device
from engine.request import UserError
from engine.vqgan import VQGAN

RESOURCES = Path(__file__).parent.parent / "resources"
MODELS = RESOURCES / "models"
_SCALE = ".scale"  # the name of a matrix's scales is its own with this ending


@dataclass(frozen=True, eq=False)
class ImageModel:
    """A tokenizer and a vision decoder that belong together, ready to paint on their device."""

    config: ModelConfig
    tokenizer: VQGAN
    decoder: VisionDecoder

    @classmethod
    def fresh(cls, config: ModelConfig, seed: int = 0) -> "ImageModel":
        """Random weights, for tests and as a start of training."""
        torch.manual_seed(seed)
        return cls(config, VQGAN(config.tokenizer).eval(), VisionDecoder(config.decoder).eval())

    @property
    def device(self) -> torch.device:
        return self.decoder.head.weight.device

    @property
    def dtype(self) -> torch.dtype:
        return self.decoder.head.weight.dtype

    def to(self, *wishes: torch.device | torch.dtype) -> "ImageModel":
        for wish in wishes:
            self.tokenizer.to(wish)
            self.decoder.to(wish)
        return self


def model_folder(name_or_folder: str) -> Path:
    """The folder of a shipped model by name, or a folder as given; raises UserError when there is none."""
    for folder in (Path(name_or_folder), MODELS / name_or_folder):
        if (folder / "config.json").is_file():
            return folder
    raise UserError(f"There is no model “{name_or_folder}”. Known are: {', '.join(shipped()) or 'none'}; or give a folder.")


def shipped() -> list[str]:
    return sorted(p.parent.name for p in MODELS.glob("*/config.json"))


def load_model(name_or_folder: str, device: str = "auto") -> ImageModel:
    """Read a model and put it on its device; damage and foreign files are told as UserError."""
    folder = model_folder(name_or_folder)
    try:
        config = ModelConfig.from_dict(json.loads((folder / "config.json").read_text()))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise UserError(f"{folder / 'config.json'} does not describe a Handscroll model ({error}).") from None
    where, _ = choose_device(device)
    with torch.device("meta"):
        model = ImageModel(config, VQGAN(config.tokenizer).eval(), VisionDecoder(config.decoder).eval())
    for part, net in (("tokenizer", model.tokenizer), ("decoder", model.decoder)):
        _load_part(net, folder / f"{part}.safetensors")
    model.decoder.positions = VisionDecoder(config.decoder).positions
    return model.to(where)


def _load_part(net: nn.Module, path: Path) -> None:
    try:
        weights = unpack(load_file(path))
    except FileNotFoundError:
        raise UserError(f"{path} is missing: the model is not complete.") from None
    except (SafetensorError, OSError, KeyError) as error:
        raise UserError(f"{path} is damaged or no safetensors file ({error}). Install the model again.") from None
    try:
        net.load_state_dict(weights, assign=True)
    except RuntimeError:
        raise UserError(f"{path} holds weights of another model than its config.json describes.") from None
    net.requires_grad_(False)


def save_model(model: ImageModel, folder: Path, bits: int = 8) -> None:
    """Write config and weights; bits 8 or 32."""
    folder.mkdir(parents=True, exist_ok=True)
    for part, net in (("tokenizer", model.tokenizer), ("decoder", model.decoder)):
        weights = {k: v.detach().cpu().contiguous() for k, v in net.state_dict().items()}
        save_file(pack(weights) if bits == 8 else weights, folder / f"{part}.safetensors")
    (folder / "config.json").write_text(json.dumps(model.config.to_dict(), indent=2) + "\n")


def pack(weights: dict[str, Tensor]) -> dict[str, Tensor]:
    """Matrices in 8 bits with a scale per output channel, other floats in 16 bits."""
    packed = {}
    for name, value in weights.items():
        if value.is_floating_point() and value.dim() >= 2 and value.numel() >= 1024:
            rows = value.float().flatten(1)
            scale = (rows.abs().amax(1) / 127).clamp_min(1e-12)
            packed[name] = (rows / scale[:, None]).round().to(torch.int8).view(value.shape)
            packed[name + _SCALE] = scale
        else:
            packed[name] = value.half() if value.is_floating_point() else value
    return packed


def unpack(weights: dict[str, Tensor]) -> dict[str, Tensor]:
    """The inverse of pack, as float32; weights stored in 32 bits pass through."""
    result = {}
    for name, value in weights.items():
        if name.endswith(_SCALE) and name.removesuffix(_SCALE) in weights:
            continue
        scale = weights.get(name + _SCALE)
        if scale is not None:
            result[name] = value.float() * scale.view(-1, *(1,) * (value.dim() - 1))
        else:
            result[name] = value.float() if value.is_floating_point() else value
    return result


def parameter_counts(config: ModelConfig) -> tuple[int, int]:
    """Parameters of tokenizer and decoder, without building them."""
    with torch.device("meta"):
        nets = VQGAN(config.tokenizer), VisionDecoder(config.decoder)
    tokenizer, decoder = (sum(p.numel() for p in net.parameters()) for net in nets)
    return tokenizer, decoder


def disk_mib(folder: Path) -> float:
    return math.fsum(p.stat().st_size for p in folder.iterdir() if p.is_file()) / 2**20


def presets() -> dict[str, ModelConfig]:
    return dict(PRESETS)
