"""A recipe trains a whole model by one command: stages with a budget each, from pictures to a folder to paint with.

A recipe is a TOML file: `name`, `preset`, changes to the preset under [tokenizer] and [decoder], and [[stage]] entries
with `kind` ("tokenizer" or "decoder"), `minutes` or `steps`, and settings of that stage's training. A stage that was
interrupted goes on where it was; one that is finished is left as it is.
"""

import sys
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import torch

from engine.checkpoint import ImageModel, load_model, save_model
from engine.config import PRESETS, ModelConfig
from engine.datasets.pictures import CropSampler, load_folder
from engine.decoder import VisionDecoder
from engine.device import choose_device, describe, keep_memory
from engine.request import Extent, UserError
from engine.training.decoder import DecoderTraining, train_decoder
from engine.training.run import DONE, Budget
from engine.training.tokenizer import TokenizerTraining, train_tokenizer
from engine.vqgan import VQGAN


def train_recipe(recipe: Path, out: Path, data: Path | None, device: str = "auto") -> Path:
    """Train all stages of a recipe in `out`; returns the folder of the finished model, `out/model`."""
    plan = _read_recipe(recipe)
    folder = data or (recipe.parent / plan["data"] if "data" in plan else None)
    if folder is None:
        raise UserError("The recipe names no pictures to learn from: give them with --data FOLDER.")
    config = configured(plan)
    for stage in plan["stage"]:
        settings = dict(stage)
        kind = settings.pop("kind", None)
        budget = Budget(settings.pop("minutes", None), settings.pop("steps", None))
        words = tuple(plan.get("leave_out", ()))
        if kind == "tokenizer":
            _tokenizer_stage(config, settings, folder, out, budget, device, words)
        elif kind == "decoder":
            _decoder_stage(config, settings, folder, out, budget, device, words)
        else:
            raise UserError(f"{recipe} has a stage of kind “{kind}”; known are tokenizer and decoder.")
        if not _is_done(out / kind):
            break  # it was interrupted; the best so far is in the model's folder
    return out / "model"


def train_tokenizer_command(
    data: Path, out: Path, preset: str, minutes: float | None, steps: int | None, device: str, seed: int
) -> None:
    """Train a tokenizer of a preset in `out/tokenizer`; `out/model` can be trained on from there."""
    _tokenizer_stage(PRESETS[preset], {"seed": seed}, data, out, Budget(minutes, steps), device, ())


def train_decoder_command(
    data: Path,
    out: Path,
    tokenizer: Path,
    preset: str,
    minutes: float | None,
    steps: int | None,
    device: str,
    seed: int,
    loss: str = "patch",
) -> None:
    """Train a vision decoder over the tokenizer of a model folder; the result is `out/model`."""
    held = load_model(str(tokenizer), "cpu")
    config = replace(PRESETS[preset], tokenizer=held.config.tokenizer)
    config = replace(config, decoder=replace(config.decoder, vocabulary=held.tokenizer.vocabulary))
    save_model(ImageModel(config, held.tokenizer, VisionDecoder(config.decoder)), out / "model", bits=32)
    settings = {"seed": seed, "patch_loss": loss == "patch"}
    _decoder_stage(config, settings, data, out, Budget(minutes, steps), device, ())


def configured(plan: dict[str, Any]) -> ModelConfig:
    """The preset of a recipe with its changes."""
    if plan.get("preset") not in PRESETS:
        raise UserError(f"The recipe names no known preset; known are {', '.join(PRESETS)}.")
    config = PRESETS[plan["preset"]]
    tokenizer = {k: tuple(v) if isinstance(v, list) else v for k, v in plan.get("tokenizer", {}).items()}
    decoder = dict(plan.get("decoder", {}))
    if "extent" in decoder:
        decoder["extent"] = Extent(*decoder["extent"])
    try:
        config = replace(config, name=plan.get("name", config.name), tokenizer=replace(config.tokenizer, **tokenizer))
        vocabulary = VQGAN(config.tokenizer).vocabulary
        return replace(config, decoder=replace(config.decoder, **{"vocabulary": vocabulary, **decoder}))
    except (TypeError, ValueError) as error:
        raise UserError(f"The recipe asks for a model that cannot be built: {error}.") from None


def _read_recipe(path: Path) -> dict[str, Any]:
    try:
        plan = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise UserError(f"There is no recipe {path}.") from None
    except (OSError, ValueError) as error:
        raise UserError(f"{path} is no readable recipe: {error}.") from None
    if not plan.get("stage"):
        raise UserError(f"{path} has no [[stage]] to train.")
    return plan


def _tokenizer_stage(
    config: ModelConfig,
    settings: dict[str, Any],
    data: Path,
    out: Path,
    budget: Budget,
    device: str,
    words: tuple[str, ...],
) -> None:
    if _is_done(out / "tokenizer"):
        return
    where = _announce("tokenizer", device)
    seed, largest = settings.pop("seed", 0), settings.pop("largest_scale", 3.0)
    training = _settings(TokenizerTraining, settings)
    crops = CropSampler(load_folder(data, "train", training.crop, words), training.crop, largest)
    judged = _held_out(data, 2 * training.crop, words)
    net = train_tokenizer(out / "tokenizer", config.tokenizer, training, crops, judged, budget, where, seed)
    torch.manual_seed(seed)
    save_model(ImageModel(config, net, VisionDecoder(config.decoder)), out / "model", bits=32)


def _decoder_stage(
    config: ModelConfig,
    settings: dict[str, Any],
    data: Path,
    out: Path,
    budget: Budget,
    device: str,
    words: tuple[str, ...],
) -> None:
    if _is_done(out / "decoder"):
        return
    where = _announce("decoder", device)
    seed, largest = settings.pop("seed", 0), settings.pop("largest_scale", 3.0)
    training = _settings(DecoderTraining, settings)
    tokenizer = load_model(str(out / "model"), "cpu").tokenizer
    side = config.decoder.window * config.patch_px
    crops = CropSampler(load_folder(data, "train", side, words), side, largest)
    net = train_decoder(
        out / "decoder", config, training, tokenizer, crops, _held_out(data, side, words), budget, where, seed
    )
    save_model(ImageModel(config, tokenizer.cpu(), net), out / "model")


def _held_out(data: Path, side: int, words: tuple[str, ...]) -> CropSampler:
    return CropSampler(load_folder(data, "test", side, (*words, "monet256")), side, largest_scale=1.5, flip=False)


def _settings(kind: type, values: dict[str, Any]) -> Any:
    try:
        return kind(**values)
    except TypeError as error:
        raise UserError(f"A stage of the recipe has a setting that is not known: {error}.") from None


def _announce(stage: str, device: str) -> torch.device:
    keep_memory()
    where, reason = choose_device(device)
    print(f"{stage}: on {describe(where)} ({reason})", file=sys.stderr)
    return where


def _is_done(folder: Path) -> bool:
    return (folder / DONE).exists()
