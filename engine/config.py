"""Sizes of the models, as frozen values that travel with the weights, and the presets from tests to the paper's own."""

import json
import math
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from engine.request import Extent, PaintRequest, UserError

NEAREST = Extent(1, 1, 0)

# Files of a model beside config.json: weights in `PART.safetensors`, or `PART-00.safetensors` and so on, and WORDS.
PARTS = ("tokenizer", "decoder", "guide")
WORDS = "words.model"  # the vocabulary of prompts
DEEPEST = 512  # blocks of a network: more tell of a damaged file, and would be built for minutes


@dataclass(frozen=True)
class TokenizerConfig:
    """A VQGAN with a bounded field (engine/models/vqgan.py).

    compression: pixels to a token's side, a power of two from 4 up.
    widths, depths: channels and blocks per level, finest (2 px a cell) first; as many levels as log2(compression).
    quantizer: "fsq" with `levels` per latent dimension, or "vq" with `codebook` entries of `code_dim` numbers.
    architecture: "taming" for published weights (engine/models/taming_vqgan.py): one level more, an unbounded field.
    """

    compression: int = 8
    widths: tuple[int, ...] = (32, 96, 192)
    depths: tuple[int, ...] = (1, 2, 5)
    kernel: int = 3
    quantizer: Literal["fsq", "vq"] = "fsq"
    levels: tuple[int, ...] = (8, 5, 5, 5)
    codebook: int = 16384
    code_dim: int = 256
    architecture: Literal["bounded", "taming"] = "bounded"

    def __post_init__(self) -> None:
        if self.compression < 4 or self.compression & (self.compression - 1):
            raise ValueError(f"compression must be a power of two from 4 up, not {self.compression}")
        levels = self.compression.bit_length() - (self.architecture == "bounded")
        if not len(self.widths) == len(self.depths) == levels:
            raise ValueError(f"compression {self.compression} needs {levels} levels")
        if sum(self.depths) > DEEPEST:
            raise ValueError(f"a tokenizer has at most {DEEPEST} blocks, not {sum(self.depths)}")

    @property
    def vocabulary(self) -> int:
        """Entries of the codebook."""
        return math.prod(self.levels) if self.quantizer == "fsq" else self.codebook


@dataclass(frozen=True)
class TextConfig:
    """The text encoder (engine/models/text_encoder.py); length: pieces of a prompt, start included; 77 in the paper."""

    vocabulary: int = 2048
    length: int = 77
    layers: int = 2
    dim: int = 256
    heads: int = 4

    def __post_init__(self) -> None:
        if self.dim % self.heads or self.length < 2:
            raise ValueError("dim must be a multiple of heads, and length at least 2")
        if self.layers > DEEPEST:
            raise ValueError(f"a text encoder has at most {DEEPEST} layers, not {self.layers}")


@dataclass(frozen=True)
class DecoderConfig:
    """The vision decoder (engine/models/vision_decoder.py): sizes of Tables 1 and 7b, and our choices.

    kv_heads: grouped-query heads; equal to `heads` in the paper. side: tokens to a patch's side.
    positions: "rotary" beside e_n, or "learned", the paper's bare form. feeding: where e enters, "pre" (the key,
    Eq. 9) or "post" (the output of the attention), for the comparison of Table 5.
    window: patches to the side of a training window.
    text: the text encoder whose states every block reads (Eq. 10); None in a model without words.
    masked: it sees all tokens of a patch at once, some of them hidden, for the local decoders of Table 7a that change
    the picture (engine/inference/mask_predict.py); else one token after another.
    """

    layers: int = 8
    dim: int = 256
    heads: int = 4
    kv_heads: int = 2
    vocabulary: int = 1000
    side: int = 16
    extent: Extent = NEAREST
    positions: Literal["rotary", "learned"] = "rotary"
    feeding: Literal["pre", "post"] = "pre"
    window: int = 3
    text: TextConfig | None = None
    masked: bool = False

    def __post_init__(self) -> None:
        if self.dim % self.heads or self.heads % self.kv_heads:
            raise ValueError("dim must be a multiple of heads, and heads of kv_heads")
        if self.layers > DEEPEST:
            raise ValueError(f"a decoder has at most {DEEPEST} layers, not {self.layers}")

    @property
    def tokens(self) -> int:
        """M, the tokens of a patch."""
        return self.side * self.side

    @property
    def head_dim(self) -> int:
        return self.dim // self.heads


@dataclass(frozen=True)
class GuideConfig:
    """The guide encoder of PG-VQGAN (engine/models/pg_vqgan.py): channels and blocks per level, finest first."""

    widths: tuple[int, ...] = (32, 64, 96)
    depth: int = 1


@dataclass(frozen=True)
class SamplingConfig:
    """What a model samples best with, where nothing else is asked for: top_p in (0, 1], min_p in [0, 1]."""

    top_p: float = 1.0
    min_p: float = 0.0

    def __post_init__(self) -> None:
        if not (0 < self.top_p <= 1 and 0 <= self.min_p <= 1):
            raise ValueError("top_p must be above 0 and at most 1, and min_p from 0 to 1")

    def applied(self, request: PaintRequest) -> PaintRequest:
        """The request with numbers where it leaves them to the model."""
        top_p = self.top_p if request.top_p is None else request.top_p
        return replace(request, top_p=top_p, min_p=self.min_p if request.min_p is None else request.min_p)

    def cuts(self, request: PaintRequest) -> tuple[float, int, float, float]:
        """Temperature, top-k, top-p and min-p to draw with."""
        top_p = self.top_p if request.top_p is None else request.top_p
        return request.temperature, request.top_k, top_p, self.min_p if request.min_p is None else request.min_p


@dataclass(frozen=True)
class ModelConfig:
    """A model: tokenizer and vision decoder over its codebook; `guide` is None where frames are decoded each alone.

    stills: the image model that paints the first frame of a film from nothing, for one that has only learned to go on;
    both have the same tokens. words: phrases that it was taught beyond those that all models are.
    """

    name: str = "starter"
    tokenizer: TokenizerConfig = field(default_factory=TokenizerConfig)
    decoder: DecoderConfig = field(default_factory=DecoderConfig)
    guide: GuideConfig | None = None
    stills: str | None = None
    sampling: SamplingConfig = field(default_factory=SamplingConfig)
    words: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.guide and len(self.guide.widths) != len(self.tokenizer.widths):
            raise ValueError("the guide has as many levels as the tokenizer")

    @property
    def patch_px(self) -> int:
        return self.decoder.side * self.tokenizer.compression

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> "ModelConfig":
        """The inverse of to_dict after a trip through JSON; raises TypeError or ValueError on foreign fields."""
        tokenizer: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in values["tokenizer"].items()}
        decoder = {**values["decoder"], "extent": Extent(*values["decoder"]["extent"])}
        if decoder.get("text"):
            decoder["text"] = TextConfig(**decoder["text"])
        guide = values.get("guide")
        guide = GuideConfig(tuple(guide["widths"]), guide["depth"]) if guide else None
        parts = TokenizerConfig(**tokenizer), DecoderConfig(**decoder), guide
        sampling = SamplingConfig(**values.get("sampling", {}))
        return cls(values["name"], *parts, values.get("stills"), sampling, tuple(values.get("words", ())))


def read_config(folder: Path) -> ModelConfig:
    """Return what the config.json of a model says; raises UserError where it describes none."""
    path = folder / "config.json"
    try:
        return ModelConfig.from_dict(json.loads(path.read_text(encoding="utf-8")))
    except (ArithmeticError, OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise UserError(f"{path} does not describe a Handscroll model ({error}).") from None


def _paper(layers: int, dim: int, heads: int) -> DecoderConfig:
    text = TextConfig(16384, layers=12, dim=dim, heads=heads)
    return DecoderConfig(layers, dim, heads, heads, vocabulary=16384, extent=Extent(2, 2, 0), window=5, text=text)


_PAPER_TOKENIZER = TokenizerConfig(16, (128, 128, 256, 512), (2, 2, 4, 6), quantizer="vq")

PRESETS = {
    "tiny": ModelConfig(
        "tiny",
        TokenizerConfig(4, (8, 16), (1, 1), kernel=3, levels=(4, 4)),
        DecoderConfig(2, 32, 2, 1, vocabulary=16, side=4, text=TextConfig(512, layers=1, dim=16, heads=2)),
    ),
    "starter": ModelConfig(decoder=DecoderConfig(text=TextConfig())),
    "base": ModelConfig("base", _PAPER_TOKENIZER, _paper(16, 768, 12)),
    "large": ModelConfig("large", _PAPER_TOKENIZER, _paper(24, 1280, 20)),
}
PARAMETERS = {  # of the tokenizer and of the decoder with its text encoder, so that a list of presets needs no torch
    "tiny": (12_881, 43_184),
    "starter": (2_691_155, 10_071_400),
    "base": (29_713_295, 274_230_784),
    "large": (29_713_295, 929_032_704),
}
