"""Fine-tuning on pictures, part by part: train, validate, show a sample, and keep the best."""

import hashlib
import json
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import ClassVar

import numpy as np
import torch

from engine.config import SamplingConfig
from engine.datasets.images import CropSampler
from engine.device import choose_device, describe
from engine.finetuning.holdout import read_pictures, validation_set
from engine.inference.contact_sheet import extended
from engine.models.checkpoint import ImageModel, load_model, save_model, without_text
from engine.models.vqgan import VQGAN
from engine.planning.windows import margin_px
from engine.request import Box, UserError
from engine.study_request import Studied, StudyEvent, StudyRequest, StudySample
from engine.training.data_loading import DecoderTraining
from engine.training.decoder import train_decoder
from engine.training.tokenizer import TokenizerTraining, train_tokenizer
from engine.training.trainer import DONE, Budget, TrainingRun, curve_in, is_unkept, mark_kept

TOKENIZER_SHARE = 0.2  # of the minutes
TOKENIZER = TokenizerTraining(discriminator_from=0.3, keep_codes=True, ema_decay=0.99, report_every=20)
DECODER = DecoderTraining(
    batch=2,
    learning_rate=1e-3,
    patch_loss=False,
    known_share=0.3,
    noise=0.03,
    report_every=30,
    sheet_every=0,
    ema_decay=0.98,
)
EARLY_STOP_BITS = 0.15  # bits above the best, from which on a study only learns by heart, and ends
SAMPLE_EVERY = 120.0  # seconds of learning from one sample to the next
NOTE = "study.json"  # what was asked for, in the folder of a study that is not finished
CORNER = 2  # patches to the side of what a sample goes on from


class FineTuningRun:
    """A study while it runs: its data, the model as it is trained, and how far it is."""

    shares: ClassVar = {"tokenizer": TOKENIZER_SHARE, "decoder": 1 - TOKENIZER_SHARE}  # of the minutes
    kind: ClassVar = "pictures"

    def __init__(self, request: StudyRequest, stop: Callable[[], bool]):
        self.request, self.stop, self.work = request, stop, Path(request.work)
        base = load_model(request.base, "cpu")
        base = base if request.words else without_text(base)
        self.patch, self.window = base.config.patch_px, base.config.decoder.window * base.config.patch_px
        self.notes = tuple(self._read_splits(base))
        _claim(self.work, request, self._learned())
        self.model = self._starting_model(base)
        self.device, _ = choose_device(request.device)
        self.spent = dict.fromkeys(self.shares, 0.0)  # seconds of learning
        self.curve: tuple[tuple[float, float], ...] = ()
        self.stopped = False

    def _read_splits(self, base: ImageModel) -> list[str]:
        """Set `splits`; return sentences about them."""
        self.splits, notes = read_pictures(self.request.pictures, self.window, self.patch)
        return notes

    def _learned(self) -> list[tuple[str, np.ndarray]]:
        """Names and pixels of what is learned from."""
        return [(split.picture.name, split.picture.pixels) for split in self.splits]

    @property
    def count(self) -> int:
        return len(self._learned())

    @property
    def pixels(self) -> int:
        return sum(pixels.size // 3 for _, pixels in self._learned())

    @property
    def bits(self) -> float:
        """Of the best so far; NaN before it is measured."""
        return min((bits for _, bits in self.curve), default=float("nan"))

    @property
    def base_bits(self) -> float:
        return self.curve[0][1] if self.curve else float("nan")

    def _starting_model(self, base: ImageModel) -> ImageModel:
        model = load_model(str(self.work / "model"), "cpu") if (self.work / "model").exists() else base
        for net in (model.tokenizer, model.decoder):
            net.requires_grad_(True)
        words = tuple(dict.fromkeys([*base.config.words, *self._phrases()])) if self.request.words else ()
        changes = {"name": self.request.name, "sampling": self._sampling(base), "words": words}
        return replace(model, config=replace(model.config, **changes))

    def _phrases(self) -> list[str]:
        """What is said of the pictures, which the model knows from now on."""
        return [phrase for split in self.splits for phrase in split.picture.caption.phrases]

    def _sampling(self, base: ImageModel) -> SamplingConfig:
        """All tokens: strokes of one hand are among the rarer ones of a model that knows many."""
        return SamplingConfig()

    def learn(self, part: str) -> Iterator[StudyEvent]:
        """One part to the end of its budget, until `stop`, or until it learns by heart."""
        if self._is_spent(part) and not is_unkept(self.work / part):
            return
        sampled, run = time.monotonic(), None
        for run in self._training(part):
            self.spent[part] = min(run.elapsed, 60 * self._minutes(part))  # the last step may end later
            if self.stop():
                run.stopping = self.stopped = True
                continue
            if part == "decoder":
                self._check_early_stop(run)
            yield self._progress(run)
            if time.monotonic() - sampled > SAMPLE_EVERY:
                yield self.sample(replace(self.model, **{part: run.ema}))
                sampled = time.monotonic()
        self._is_spent(part)
        if run:  # the last look at the held-out strip comes after the last step
            yield self._progress(run)

    def _is_spent(self, part: str) -> bool:
        """Whether the minutes of a part are over; what is left of them counts as spent then."""
        done = (self.work / part / DONE).exists()
        if part == "tokenizer":  # one that was imported is kept as it is
            done = done or not isinstance(self.model.tokenizer, VQGAN)
        if done:
            self.spent[part] = self._minutes(part) * 60
        if part == "decoder":
            self.curve = _points(curve_in(self.work / part))
        return done

    def _training(self, part: str) -> Iterator[TrainingRun]:
        """The steps of learning a part."""
        request, folder, budget = self.request, self.work / part, Budget(self._minutes(part))
        learned = [split.learned for split in self.splits]
        if part == "tokenizer":
            settings = replace(TOKENIZER, crop=self.patch)
            crops = CropSampler(learned, self.patch, 1.5, request.flip)
            held_out = CropSampler([split.held_out for split in self.splits], self.patch, 1.0, flip=False)
            net = self.model.tokenizer
            assert isinstance(net, VQGAN)
            return train_tokenizer(folder, net, settings, crops, held_out, budget, self.device, request.seed)
        margin = margin_px(self.model.config)
        # Little time, so hardly any change of scale: the size it will be painted at.
        crops = CropSampler(learned, self.window, 1.25, request.flip, margin=margin)
        validation = validation_set(self.splits, self.window, self.patch, margin)
        return train_decoder(folder, self.model, DECODER, crops, validation, budget, self.device, request.seed)

    def _minutes(self, part: str) -> float:
        return self.shares[part] * self.request.minutes

    def _check_early_stop(self, run: TrainingRun) -> None:
        self.curve = _points(run.curve)
        bits = [bits for _, bits in self.curve]
        run.stop_early = len(bits) > 3 and min(bits[-2:]) > min(bits) + EARLY_STOP_BITS

    def _progress(self, run: TrainingRun) -> Studied:
        seconds = sum(self.spent.values())
        remaining = max(0.0, 60 * self.request.minutes - seconds)
        return Studied(run.step, seconds, remaining, self.curve)

    @torch.no_grad()
    def sample(self, model: ImageModel) -> StudySample:
        where = model.device
        sample = self._sample(model.to(self.device))
        model.to(where)
        return sample

    def _sample(self, model: ImageModel) -> StudySample:
        """The corner before the held-out strip of the first picture, painted on by a column of patches."""
        side, picture = CORNER * self.patch, self.splits[0].learned.pixels
        top = max(0, (picture.shape[0] - side) // 2)
        corner = picture[top : top + side, -side:]
        return StudySample(extended(model, corner, Box(0, 0, side + self.patch, side), self.request.seed), side)

    def keep(self) -> None:
        """The model as it is now, where painting finds it, and where the study goes on."""
        out = Path(self.request.out)
        if not self.stopped:
            save_model(self.model, self.work / "model", bits=32)
            for part in self.shares:
                mark_kept(self.work / part)
        save_model(self.model, out)
        (out / "card.md").write_text(self._card(), encoding="utf-8")

    def _card(self) -> str:
        request, learned = self.request, self._learned()
        lines = [f"{name}, {_extent(pixels)}" for name, pixels in learned[:20]]
        more = f" and {len(learned) - 20} more" if len(learned) > 20 else ""
        measured = f"{self.base_bits:.2f} before, {self.bits:.2f} after" if self.bits == self.bits else "not measured"
        return (
            f"# {request.name}\n\nLearned from {self.kind} on this machine, beginning with “{request.base}”.\n\n"
            "| | |\n|---|---|\n"
            f"| learned from | {'; '.join(lines)}{more} |\n"
            f"| learning | {sum(self.spent.values()) / 60:.1f} minutes on {describe(self.device)} |\n"
            f"| bits per token on the held-out end | {measured} |\n"
            f"| licence of the weights | that of the {self.kind} they were learned from |\n"
        )


def _points(curve: list[dict[str, float]]) -> tuple[tuple[float, float], ...]:
    """Minutes, and the held-out bits that the weights are chosen by."""
    return tuple((point["minutes"], point.get("both", point["bits"])) for point in curve)


def _extent(pixels: np.ndarray) -> str:
    *frames, height, width, _ = pixels.shape
    return f"{width}×{height} px" + "".join(f", {count} frames" for count in frames)


def _claim(work: Path, request: StudyRequest, learned: list[tuple[str, np.ndarray]]) -> None:
    """Makes the folder of a study, or finds it to be of this one."""
    digest = hashlib.sha256()
    for name, pixels in learned:
        digest.update(name.encode() + pixels.tobytes())
    facts = {"pictures": digest.hexdigest(), "base": request.base, "seed": request.seed, "flip": request.flip}
    facts["words"] = request.words
    note = work / NOTE
    if note.exists():
        if json.loads(note.read_text(encoding="utf-8")).get("facts") != facts:
            raise UserError(
                f"There is an unfinished study “{request.name}” of other pictures or settings. "
                f"Choose another name, or delete {work} to discard that one."
            )
        return
    try:
        work.mkdir(parents=True, exist_ok=True)
        note.write_text(json.dumps({"facts": facts, "asked": asdict(request)}), encoding="utf-8")
    except OSError as error:
        raise UserError(f"{work} cannot be written ({error.strerror}), so training cannot start.") from None
