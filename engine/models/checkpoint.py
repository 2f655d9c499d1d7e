"""Models on disk: a folder with config.json, safetensors in 8 or 32 bits, and a card; nothing is ever unpickled.

In 8 bits a matrix is kept as integers with one scale per output channel; small tensors are kept in 16 bits.
"""

import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import cast

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file
from torch import Tensor, nn
from torch.overrides import TorchFunctionMode

from engine.config import PARTS, WORDS, ModelConfig, TokenizerConfig, read_config
from engine.datasets.captions import SENTENCES
from engine.device import choose_device
from engine.media.atomic_file import file_hash, write_whole
from engine.models.pg_vqgan import GuideEncoder
from engine.models.quantization import quantize_int8, with_bfloat16_linears, with_int8_linears
from engine.models.taming_vqgan import TamingVQGAN
from engine.models.text_encoder import TextStates, TextTokenizer
from engine.models.vision_decoder import VisionDecoder
from engine.models.vqgan import VQGAN
from engine.request import UserError

RESOURCES = Path(__file__).parents[2] / "resources"
MODELS = RESOURCES / "models"
FILE_LIMIT = 15 * 2**20  # bytes of tensors in one file, so that each stays under 16 MiB
HASHES = "files"  # in config.json: the SHA-256 of each file by its name
_SCALE = ".scale"  # the name of a matrix's scales is its own with this ending


Tokenizer = VQGAN | TamingVQGAN


def tokenizer_of(config: TokenizerConfig) -> Tokenizer:
    """A tokenizer with random weights."""
    return TamingVQGAN(config) if config.architecture == "taming" else VQGAN(config)


@dataclass(frozen=True, eq=False)
class ImageModel:
    """A tokenizer and a vision decoder that belong together, ready to paint on their device.

    words: the vocabulary of its prompts; None in a model without words. guide: of PG-VQGAN, where it has one.
    """

    config: ModelConfig
    tokenizer: Tokenizer
    decoder: VisionDecoder
    words: TextTokenizer | None = None
    guide: GuideEncoder | None = None

    @classmethod
    def fresh(cls, config: ModelConfig, seed: int = 0, sentences: Sequence[str] = SENTENCES) -> "ImageModel":
        """Random weights, for tests and as a start of training; `sentences` are what words are learned from."""
        torch.manual_seed(seed)
        text = config.decoder.text
        words = TextTokenizer.learn(sentences, text.vocabulary) if text else None
        return cls(config, *_nets(config), words, _guide_of(config))

    def read(self, texts: Sequence[str], rows: slice = slice(None)) -> TextStates | None:
        """What the decoder hears of prompts, a batch; None in a model without words.

        rows: those that are wanted; they are as long as the longest of all.
        """
        text = self.config.decoder.text
        if text is None or self.words is None:
            return None
        pieces, present = self.words.batch(texts, text.length, self.device)
        return self.decoder.read_text(pieces[rows], present[rows])

    @cached_property
    def stepper(self) -> VisionDecoder:
        """The decoder that goes token by token: with weights in 8 bits on a CPU, in bfloat16 on a graphics card."""
        if self.dtype != torch.float32:
            return self.decoder
        shortened = with_int8_linears if self.device.type == "cpu" else with_bfloat16_linears
        return cast(VisionDecoder, shortened(self.decoder))

    @property
    def device(self) -> torch.device:
        return self.decoder.head.weight.device

    @property
    def dtype(self) -> torch.dtype:
        return self.decoder.head.weight.dtype

    def to(self, *wishes: torch.device | torch.dtype) -> "ImageModel":
        """Move both parts, in place; `stepper` is made anew when it is next wanted."""
        self.__dict__.pop("stepper", None)
        for wish in wishes:
            for net in self.parts.values():
                net.to(wish)
        return self

    @property
    def parts(self) -> dict[str, nn.Module]:
        """All that has weights, by the names of its files."""
        nets = {part: getattr(self, part) for part in PARTS}
        return {part: net for part, net in nets.items() if net is not None}


def _nets(config: ModelConfig) -> tuple[Tokenizer, VisionDecoder]:
    return tokenizer_of(config.tokenizer).eval(), VisionDecoder(config.decoder).eval()


def _guide_of(config: ModelConfig) -> GuideEncoder | None:
    if config.guide is None:
        return None
    codes = len(config.tokenizer.levels) if config.tokenizer.quantizer == "fsq" else config.tokenizer.code_dim
    return GuideEncoder(config.guide, config.tokenizer, codes).eval()


class _LeftAsMade(TorchFunctionMode):
    """Initialises nothing: on the meta device that would import all of torch's compiler, for a second."""

    def __torch_function__(self, func, types, args=(), kwargs=None):
        kwargs = kwargs or {}
        if getattr(func, "__module__", "") == nn.init.__name__:
            return kwargs["tensor"] if "tensor" in kwargs else args[0]
        return func(*args, **kwargs)


@contextmanager
def without_weights() -> Iterator[None]:
    """Networks that are made here have shapes alone."""
    with torch.device("meta"), _LeftAsMade():
        yield


def model_folder(name_or_folder: str) -> Path:
    """The folder of a shipped model by name, or a folder as given; raises UserError when there is none."""
    for folder in (Path(name_or_folder), MODELS / name_or_folder):
        if (folder / "config.json").is_file():
            return folder
    known = ", ".join(shipped()) or "none"
    raise UserError(f"There is no model “{name_or_folder}”. Available: {known}; or give a folder.")


def shipped() -> list[str]:
    return sorted(p.parent.name for p in MODELS.glob("*/config.json"))


def load_model(name_or_folder: str, device: str = "auto") -> ImageModel:
    """Read a model and put it on its device; damage and foreign files are told as UserError."""
    folder = model_folder(name_or_folder)
    config = read_config(folder)
    check_files(folder)
    where, _ = choose_device(device)
    try:
        with without_weights():
            nets, guide = _nets(config), _guide_of(config)
    except (ArithmeticError, AssertionError, AttributeError, IndexError, RuntimeError, TypeError, ValueError) as error:
        raise UserError(f"The model described by {folder / 'config.json'} cannot be built ({error}).") from None
    model = ImageModel(config, *nets, _load_words(config, folder), guide)
    for part, net in model.parts.items():
        _load_part(net, folder, part)
    return model.to(where)


def _load_part(net: nn.Module, folder: Path, part: str) -> None:
    try:
        net.load_state_dict(unpack(load_tensors(folder, part)), assign=True)
    except RuntimeError:
        raise UserError(f"{folder / part} does not belong to the model that config.json describes.") from None
    net.requires_grad_(False)


def _load_words(config: ModelConfig, folder: Path) -> TextTokenizer | None:
    text = config.decoder.text
    if text is None:
        return None
    try:
        words = TextTokenizer((folder / WORDS).read_bytes())
    except OSError as error:
        raise UserError(f"{folder / WORDS} cannot be read ({error.strerror}): the model is not complete.") from None
    if words.vocabulary > text.vocabulary:
        raise UserError(f"{folder / WORDS} does not belong to the model that config.json describes.")
    return words


def save_model(model: ImageModel, folder: Path, bits: int = 8) -> None:
    """Write weights, words and, when all of them are there, the config with the hash of each file; bits 8 or 32."""
    for part, net in model.parts.items():
        save_tensors(pack(net.state_dict()) if bits == 8 else net.state_dict(), folder, part)
    if model.words:
        (folder / WORDS).write_bytes(model.words.model)
    write_config(model.config, folder)


def write_config(config: ModelConfig, folder: Path) -> None:
    """Write config.json with the SHA-256 of each file of the model that lies beside it, for `check_files`."""
    found = [path for part in PARTS for path in _tensor_files(folder, part)]
    found += [folder / WORDS] if config.decoder.text else []
    values = {**config.to_dict(), HASHES: {path.name: file_hash(path) for path in found if path.is_file()}}
    write_whole(folder / "config.json", json.dumps(values, indent=2) + "\n")


def check_files(folder: Path) -> None:
    """Raise UserError where a file is not the one whose hash config.json has; configs of before have none."""
    hashes = json.loads((folder / "config.json").read_text(encoding="utf-8")).get(HASHES, {})
    if not isinstance(hashes, dict):
        raise UserError(f"{folder / 'config.json'} does not describe a model ({HASHES} is not a list of files).")
    for name, wanted in hashes.items():
        path = folder / Path(name).name
        if not path.is_file():
            raise UserError(f"{path} is missing: the model is not complete. Install it again.")
        if file_hash(path) != wanted:
            raise UserError(f"{path} is damaged or belongs to another model. Install the model again.")


def save_tensors(tensors: dict[str, Tensor], folder: Path, stem: str) -> None:
    """Write `stem.safetensors`, or `stem-01.safetensors` and so on where one file would pass FILE_LIMIT.

    Each file is complete before it takes its name.
    """
    folder.mkdir(parents=True, exist_ok=True)
    files: list[dict[str, Tensor]] = [{}]
    room = FILE_LIMIT
    for name, value in tensors.items():
        if value.nbytes > room and files[-1]:
            files.append({})
            room = FILE_LIMIT
        files[-1][name] = value.detach().cpu().contiguous()
        room -= value.nbytes
    names = [f"{stem}.safetensors"] if len(files) == 1 else [f"{stem}-{n:02}.safetensors" for n in range(len(files))]
    for name, content in zip(names, files, strict=True):
        part = folder / f"{name}.part"
        save_file(content, part)
        os.replace(part, folder / name)
    for stale in set(_tensor_files(folder, stem)) - {folder / name for name in names}:
        stale.unlink()


def load_tensors(folder: Path, stem: str) -> dict[str, Tensor]:
    """The inverse of save_tensors; raises UserError for missing or damaged files."""
    tensors: dict[str, Tensor] = {}
    paths = _tensor_files(folder, stem)
    if not paths:
        raise UserError(f"{folder / stem}.safetensors is missing: the model is not complete.")
    for path in paths:
        try:
            tensors |= load_file(path)
        except (SafetensorError, OSError, KeyError) as error:
            raise UserError(f"{path} is damaged or not a safetensors file. Install the model again.") from error
    return tensors


def _tensor_files(folder: Path, stem: str) -> list[Path]:
    return sorted(
        p for p in folder.glob(f"{stem}*.safetensors") if p.stem.removeprefix(stem).strip("-0123456789") == ""
    )


def pack(weights: dict[str, Tensor]) -> dict[str, Tensor]:
    """Matrices in 8 bits with a scale per output channel, other floats in 16 bits."""
    packed = {}
    for name, value in weights.items():
        if value.is_floating_point() and value.dim() >= 2 and value.numel() >= 1024:
            packed[name], scale = quantize_int8(value)
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


@torch.no_grad()
def same_tokens(one: ImageModel, other: ImageModel) -> bool:
    """Whether patches of one model can be gone on with by the other: their tokens mean the same, and are as many."""
    if one.config.decoder.side != other.config.decoder.side or one.config.tokenizer != other.config.tokenizer:
        return False
    noise = torch.rand(1, 3, 64, 64, generator=torch.Generator().manual_seed(0)) * 2 - 1
    maps = [model.tokenizer.encode(noise.to(model.device, model.dtype)).cpu() for model in (one, other)]
    return torch.equal(*maps)


@torch.no_grad()
def without_text(model: ImageModel) -> ImageModel:
    """The model without text encoder and cross-attention; what each block hears of the empty prompt joins its bias."""
    if model.words is None:
        return model
    plain = VisionDecoder(replace(model.config.decoder, text=None)).eval().to(model.device, model.dtype)
    weights = {name: value for name, value in model.decoder.state_dict().items() if name in plain.state_dict()}
    for layer, text in enumerate(model.decoder.project_text(None, 1)):
        assert text is not None and text.constant is not None
        name = f"blocks.{layer}.out.bias"
        weights[name] = weights[name] + text.constant[0, 0]
    plain.load_state_dict(weights)
    plain.positions = model.decoder.positions
    config = replace(model.config, decoder=plain.config)
    return ImageModel(config, model.tokenizer, plain)
