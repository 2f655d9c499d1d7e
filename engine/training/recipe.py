"""A recipe trains a whole model by one command: stages with a budget each, from pictures to a folder to paint with.

A recipe is a TOML file: `name`, `preset`, changes to the preset under [tokenizer], [decoder] and [guide], and [[stage]]
entries with `kind` ("tokenizer", "decoder", "packed": the decoder from pictures that are encoded once, "films": the
decoder on clips, or "guide": that of PG-VQGAN), `minutes` or
`steps`, and settings of that stage's training; those under [stage.card] hold on a graphics card instead. `start` names
a model whose weights training goes on from, `stills` one that paints the first frames of films from nothing.
`leave_out` lists words of file names that are skipped. A model with `text = false` under [decoder] knows no words;
[sampling] is what it samples best with. The stages hand on the model folder `model`; one that was interrupted goes on
where it was, one that is finished is left as it is.
"""

import signal
import sys
import threading
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import torch

from engine.config import PRESETS, GuideConfig, ModelConfig, SamplingConfig, TextConfig
from engine.datasets.captions import SENTENCES, read_captions
from engine.datasets.images import CropSampler, TrainingPicture, load_folder
from engine.datasets.video_clips import FRAMES, ClipSampler, load_films
from engine.device import choose_device, describe, prepare_process
from engine.models.checkpoint import ImageModel, load_model, save_model, without_text
from engine.models.vqgan import VQGAN
from engine.planning.windows import margin_px
from engine.request import Extent, UserError
from engine.training.data_loading import DecoderTraining
from engine.training.decoder import train_decoder
from engine.training.distributed import World
from engine.training.packed import train_packed
from engine.training.packing import PackSettings, make_pack
from engine.training.pg_vqgan import GuideTraining, train_guide
from engine.training.token_pack import NAMES as PACK
from engine.training.token_pack import TokenPack, load_pack, save_pack
from engine.training.tokenizer import TokenizerTraining, train_tokenizer
from engine.training.trainer import DONE, Budget, TrainingRun, is_unkept, mark_kept
from engine.training.validation import ValidationSet


@dataclass(frozen=True)
class Stage:
    """One part of a model to train: its folder is `out/kind`, the model it takes and leaves is `out/model`."""

    kind: str
    data: Path
    out: Path
    budget: Budget
    device: str = "auto"
    settings: dict[str, Any] = field(default_factory=dict)
    leave_out: Sequence[str] = ()

    def run(self) -> None:
        """Train, or find it done; an interruption leaves the best so far in the model."""
        world = World.current()
        done = self.done
        world.wait()
        if done:
            return
        prepare_process()
        device, reason = choose_device(self.device)
        if world.leads:
            processes = f"{world.size} processes, each on " if world.size > 1 else "on "
            print(f"{self.kind}: {processes}{describe(device)} ({reason})", file=sys.stderr)
        model = load_model(str(self.out / "model"), "cpu")
        for net in model.parts.values():
            net.requires_grad_(True)
        settings = dict(self.settings)
        seed, largest = settings.pop("seed", 0), settings.pop("largest_scale", 3.0)
        folder, work = self.out / self.kind, (self.budget, device, seed)
        if self.kind == "tokenizer":
            training = _settings(TokenizerTraining, settings)
            crops, held_out = self._samplers(training.crop, 2 * training.crop, largest)
            if not isinstance(model.tokenizer, VQGAN):
                raise UserError("An imported tokenizer cannot be trained further; train a decoder for it.")
            finish(train_tokenizer(folder, model.tokenizer, training, crops, held_out, *work))
        elif self.kind == "packed":
            packing = settings.pop("pack", {})
            training = _settings(DecoderTraining, settings)
            train, test = (self._pack(model, split, packing, seed) for split in ("train", "test"))
            finish(train_packed(folder, model, training, train, test, *work))
        elif self.kind == "guide":
            training = _settings(GuideTraining, settings)
            finish(train_guide(folder, model, training, *self._clips(training.crop, training.frames, largest), *work))
        else:
            frames = settings.pop("frames", FRAMES)
            training = _settings(DecoderTraining, settings)
            side = model.config.decoder.window * model.config.patch_px
            films = self.kind == "films"
            height = training.rows * model.config.patch_px if training.rows else None
            around = margin_px(model.config)
            crops, held_out = (
                self._clips(side, frames, largest, around) if films
                else self._samplers(side, side, largest, height, around)
            )  # fmt: skip
            validation_set = ValidationSet.drawn(
                held_out, training.held_out, model.config.patch_px if training.single_patch_share else None
            )
            finish(train_decoder(folder, model, training, crops, validation_set, *work))
        if world.leads:
            save_model(model, self.out / "model", bits=32 if self.kind == "tokenizer" else 8)
            mark_kept(folder)
        world.wait()

    @property
    def done(self) -> bool:
        """Whether the budget is spent and the model has what came of it."""
        folder = self.out / self.kind
        return (folder / DONE).exists() and not is_unkept(folder)

    def _pack(self, model: ImageModel, split: str, packing: dict[str, Any], seed: int) -> TokenPack:
        """The token pack of a split: out of the data, if they are packs, else made once in `out/pack`."""
        world, made = World.current(), self.out / "pack" / split
        found = next((folder for folder in (self.data / split, made) if (folder / PACK).is_file()), None)
        world.wait()  # until all have looked
        if found:
            return load_pack(found)
        settings = _pack_settings(packing, self.leave_out)
        settings = settings.held_out() if split == "test" else settings
        if world.leads:
            save_pack(make_pack(model, self.data, split, settings, seed), made)
        world.wait()
        return load_pack(made)

    def _clips(self, side: int, frames: int, largest: float, margin: int = 0) -> tuple[ClipSampler, ClipSampler]:
        """Clips to learn from, films and stills that move, and held-out ones to measure."""
        train, test = (
            (self._stills(split, 2 * side), load_films(self.data, side + 2 * margin, least=frames, split=split))
            for split in ("train", "test")
        )
        return (
            ClipSampler(*train, side, frames, largest_scale=largest, margin=margin),
            ClipSampler(*test, side, frames, largest_scale=1.5, margin=margin),
        )

    def _stills(self, split: str, smallest: int) -> list[TrainingPicture]:
        """Pictures that are made to move; none where the folder holds films alone."""
        try:
            return load_folder(self.data, split, smallest, tuple(self.leave_out))
        except UserError:
            return []

    def _samplers(
        self, side: int, held_out: int, largest: float, height: int | None = None, margin: int = 0
    ) -> tuple[CropSampler, CropSampler]:
        """Crops to learn from, and held-out ones to measure."""
        train = load_folder(self.data, "train", side, tuple(self.leave_out))
        test = load_folder(self.data, "test", held_out, (*self.leave_out, "monet256"))
        return (
            CropSampler(train, side, largest, height=height, margin=margin),
            CropSampler(test, held_out, 1.5, False, height, margin),
        )


OLD_NAMES = {  # of settings, as recipes before 0.2 have them
    "rate": "learning_rate",
    "average": "ema_decay",
    "spoiled": "token_corruption",
    "dreamt": "self_rollout",
    "wordless": "drop_text",
    "lone_share": "single_patch_share",
    "of_start": "init_interpolation",
    "critic_rate": "discriminator_learning_rate",
    "critic_from": "discriminator_from",
    "critic_weight": "discriminator_weight",
    "critic_width": "discriminator_width",
    "smooth_every": "r1_every",
    "smooth_weight": "r1_weight",
}
STAGES = ("tokenizer", "decoder", "packed", "films", "guide")


def train_recipe(recipe: Path, out: Path, data: Path | None, device: str = "auto") -> Path:
    """Train all stages of a recipe in `out`; returns the folder of the finished model, `out/model`."""
    plan = read_recipe(recipe)
    data = data or (recipe.parent / plan["data"] if "data" in plan else None)
    if data is None:
        raise UserError("The recipe names no training pictures; give a folder with --data FOLDER.")
    stages = [_stage(recipe, dict(values), data, out, device, plan.get("leave_out", ())) for values in plan["stage"]]
    begin(out, configured(plan), plan.get("start"), data=data)
    for stage in stages:
        stage.run()
        if not stage.done:
            break
    return out / "model"


def begin(out: Path, config: ModelConfig, start: str | None = None, seed: int = 0, data: Path | None = None) -> None:
    """Put the first model in `out/model` unless there is one: fresh, or with the parts of `start` that fit.

    Words are those of `start`, or learned from the captions of `data`. Of several processes the first does it.
    """
    world = World.current()
    if world.leads and not (out / "model" / "config.json").exists():
        _begin(out, config, start, seed, data)
    world.wait()


def _begin(out: Path, config: ModelConfig, start: str | None, seed: int, data: Path | None) -> None:
    sentences = [", ".join(caption.phrases) for caption in read_captions(data).values()] if data else []
    model = ImageModel.fresh(config, seed, [*sentences, *SENTENCES])
    if start:
        model = _with_parts(model, load_model(start, "cpu"))
    save_model(model, out / "model", bits=32)


def _with_parts(model: ImageModel, known: ImageModel) -> ImageModel:
    """The model with tokenizer, guide and decoder of another, where they fit: one without words may learn them."""
    if known.config.tokenizer != model.config.tokenizer:
        return model
    model.tokenizer.load_state_dict(known.tokenizer.state_dict())
    if model.guide and known.guide and known.config.guide == model.config.guide:
        model.guide.load_state_dict(known.guide.state_dict())
    ours = replace(model.config.decoder, window=known.config.decoder.window)  # windows concern no weights
    if known.config.decoder == ours:
        model.decoder.load_state_dict(known.decoder.state_dict())
        return replace(model, words=known.words)
    if replace(known.config.decoder, text=None) == ours:
        model.decoder.load_state_dict(without_text(known).decoder.state_dict())
        return model
    if known.config.decoder == replace(ours, text=None):
        model.decoder.load_state_dict(known.decoder.state_dict(), strict=False)
    elif known.config.decoder == replace(ours, extent=known.config.decoder.extent):
        return replace(_to_films(model, known), words=known.words)
    return model


@torch.no_grad()
def _to_films(model: ImageModel, known: ImageModel) -> ImageModel:
    """A model for films with the decoder of one for pictures: places in a frame keep their e, others begin at 0."""
    ours, theirs = model.config.decoder.extent, known.config.decoder.extent
    if ours[:2] != theirs[:2] or theirs.frames:
        return model
    weights, e = known.decoder.state_dict(), torch.zeros_like(model.decoder.e.weight)
    e[-len(weights["e.weight"]) :] = weights["e.weight"]  # the labels of the same frame are the last ones
    model.decoder.load_state_dict({**weights, "e.weight": e})
    return model


def train_tokenizer_command(data: Path, out: Path, preset: str, budget: Budget, device: str, seed: int) -> None:
    """Train the tokenizer of a preset in `out/tokenizer`; `out/model` can be trained on from there."""
    begin(out, PRESETS[preset], seed=seed, data=data)
    Stage("tokenizer", data, out, budget, device, {"seed": seed}).run()


def train_decoder_command(
    data: Path, out: Path, tokenizer: Path, preset: str, budget: Budget, device: str, seed: int, loss: str = "patch"
) -> None:
    """Train a vision decoder over the tokenizer of a model folder; the result is `out/model`."""
    known = load_model(str(tokenizer), "cpu")
    decoder = replace(PRESETS[preset].decoder, vocabulary=known.config.tokenizer.vocabulary)
    config = replace(PRESETS[preset], tokenizer=known.config.tokenizer, decoder=decoder)
    begin(out, config, str(tokenizer), seed, data)
    Stage("decoder", data, out, budget, device, {"seed": seed, "patch_loss": loss == "patch"}).run()


def configured(plan: dict[str, Any]) -> ModelConfig:
    """The preset of a recipe with its changes; [guide], empty or with sizes, asks for PG-VQGAN."""
    if plan.get("preset") not in PRESETS:
        raise UserError(f"The recipe names no valid preset; valid are {', '.join(PRESETS)}.")
    config = PRESETS[plan["preset"]]
    tokenizer = {k: tuple(v) if isinstance(v, list) else v for k, v in plan.get("tokenizer", {}).items()}
    decoder = dict(plan.get("decoder", {}))
    if "extent" in decoder:
        decoder["extent"] = Extent(*decoder["extent"])
    try:
        if "text" in decoder:
            decoder["text"] = TextConfig(**decoder["text"]) if decoder["text"] else None
        if "guide" in plan:
            guide: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in plan["guide"].items()}
            config = replace(config, guide=GuideConfig(**guide))
        name, stills = plan.get("name", config.name), plan.get("stills")
        sampling = SamplingConfig(**plan.get("sampling", {}))
        tokenizer = replace(config.tokenizer, **tokenizer)
        config = replace(config, name=name, stills=stills, tokenizer=tokenizer, sampling=sampling)
        decoder = {"vocabulary": config.tokenizer.vocabulary, **decoder}
        return replace(config, decoder=replace(config.decoder, **decoder))
    except (TypeError, ValueError) as error:
        raise UserError(f"The recipe describes a model that cannot be built: {error}.") from None


def finish(training: Iterator[TrainingRun]) -> None:
    """To the end of the budget, or until Ctrl-C or a polite kill, after which the same command goes on."""
    asked = threading.Event()
    here = threading.current_thread() is threading.main_thread()  # only there may signals be heard
    numbers = (signal.SIGINT, signal.SIGTERM) if here else ()
    before = {number: signal.signal(number, lambda *_: asked.set()) for number in numbers}
    try:
        for run in training:
            run.stopping = asked.is_set()
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def read_recipe(path: Path) -> dict[str, Any]:
    """Read a recipe file; raises UserError where it is none."""
    try:
        plan = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise UserError(f"The recipe {path} does not exist.") from None
    except (OSError, ValueError) as error:
        raise UserError(f"{path} is not a readable recipe: {error}.") from None
    stages = plan.get("stage")
    if not stages or not isinstance(stages, list) or not all(isinstance(stage, dict) for stage in stages):
        raise UserError(f"{path} has no [[stage]] to train.")
    return plan


def _stage(recipe: Path, values: dict[str, Any], data: Path, out: Path, device: str, leave_out: Sequence[str]) -> Stage:
    kind = values.pop("kind", None)
    if kind not in STAGES:
        raise UserError(f"{recipe} has a stage of kind “{kind}”; valid are {' and '.join(STAGES)}.")
    card = values.pop("card", {})
    if card and choose_device(device)[0].type == "cuda":
        values |= card
    return Stage(
        kind, data, out, Budget(values.pop("minutes", None), values.pop("steps", None)), device, values, leave_out
    )


def packed_settings(recipe: Path, card: bool = False) -> tuple[PackSettings, DecoderTraining]:
    """What the packed stage of a recipe packs and how it trains, with what holds on a graphics card where `card`."""
    plan = read_recipe(recipe)
    stages = [dict(stage) for stage in plan["stage"] if stage.get("kind") == "packed"]
    if not stages:
        raise UserError(f"{recipe} has no stage of kind “packed”.")
    values = stages[0]
    packing, on_card = values.pop("pack", {}), values.pop("card", {})
    values |= on_card if card else {}
    training = {name: value for name, value in values.items() if name not in ("kind", "minutes", "steps", "seed")}
    return _pack_settings(packing, plan.get("leave_out", ())), _settings(DecoderTraining, training)


def _pack_settings(packing: dict[str, Any], leave_out: Sequence[str]) -> PackSettings:
    values = {name: tuple(value) if isinstance(value, list) else value for name, value in packing.items()}
    return _settings(PackSettings, {"leave_out": tuple(leave_out), **values})


def _settings(kind: type, values: dict[str, Any]) -> Any:
    try:
        return kind(**{OLD_NAMES.get(name, name): value for name, value in values.items()})
    except TypeError as error:
        raise UserError(f"A stage of the recipe has an unknown setting: {error}.") from None
