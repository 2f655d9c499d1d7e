"""Runs one experiment: tokens, training side by side, measurements and the page; what is finished is kept."""

import json
import os
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from engine.config import PRESETS
from engine.device import choose_device, describe, prepare_process
from engine.evaluate.foreign_networks import ForeignFiles
from engine.evaluate.frechet import FeatureSpace
from engine.media.atomic_file import write_whole
from engine.models.checkpoint import ImageModel, load_model
from engine.reproduction.measures import Ruler, measure, measure_shipped
from engine.reproduction.page import columns_of, write_page
from engine.reproduction.scale import SCALES, Scale
from engine.reproduction.tables import Experiment, experiments
from engine.reproduction.token_sets import make_token_set, sentences
from engine.reproduction.variants import Learning, Variant, held_out_bits, seconds_a_step, train_variant
from engine.request import UserError

RESULTS = "results.json"
SHIPPED = "the shipped model"
PAINTING_SHARE = 0.35  # of the minutes that measuring may take; the rest is for learning
FEWEST_STEPS = 4


def reproduce(
    what: str,
    scale_name: str,
    data: Path,
    out: Path,
    minutes: float | None = None,
    device: str = "auto",
    seed: int = 0,
    tokenizer: str | None = None,
    files: ForeignFiles = ForeignFiles(),  # noqa: B008 - frozen
    steps: int | None = None,
    tell: Callable[[str], None] = lambda _: None,
) -> dict[str, Any]:
    """Make a table or figure again in `out/WHAT-SCALE`; returns all numbers, which `results.json` holds too.

    minutes: for the whole table; the variants learn for as many steps each. steps: of each instead, so that tables can
    be compared, and share what they learn. tokenizer: a model whose tokens are learned. A call that was interrupted is
    gone on with. Raises UserError where the data do not suffice.
    """
    files.check()
    scale = SCALES[scale_name]
    scale = replace(scale, minutes=minutes or scale.minutes, tokenizer=tokenizer or scale.tokenizer)
    if steps:
        scale = replace(scale, minutes=None, steps=steps)
    experiment = experiments(scale)[what]
    folder = out / f"{what}-{scale_name}"
    folder.mkdir(parents=True, exist_ok=True)
    return _Experimenting(experiment, scale, scale_name, data, folder, device, seed, files, tell).run()


class _Experimenting:
    """What one experiment holds while it runs."""

    def __init__(
        self, experiment: Experiment, scale: Scale, scale_name: str, data: Path, folder: Path, device: str, seed: int,
        files: ForeignFiles, tell: Callable[[str], None],
    ):  # fmt: skip
        self.experiment, self.scale, self.folder, self.tell = experiment, scale, folder, tell
        self.device, _ = choose_device(device)
        self.known = _tokens_of(scale).to(self.device)
        content = f"{scale_name} {scale.tokenizer} {data.resolve().name} {scale.pictures} of {scale.picture_px} px"
        self.shared = folder.parent / _as_name(f"tokens {content}")
        learned, held_out = (
            make_token_set(data, split, count, scale.picture_px, self.known.tokenizer, self.shared, self.device)
            for split, count in (("train", scale.pictures), ("test", scale.held_out))
        )
        self.learning = Learning(scale, learned, held_out, seed, self.device, tell)
        self.ruler = Ruler(scale, held_out, FeatureSpace.load(), files, seed)
        self.sentences = sentences((learned, held_out))
        self.facts: dict[str, Any] = {
            "what": experiment.what,
            "scale": scale_name,
            "data": data.resolve().name,
            "tokenizer": scale.tokenizer,
            "pictures": len(learned.maps),
            "held_out": len(held_out.maps),
            "picture_px": scale.picture_px,
            "seed": seed,
            "device": describe(self.device),
            "tokens_per_step": scale.batch * (scale.decoder.window * scale.decoder.side) ** 2,
        }
        self.state = self._read()
        prepare_process()  # from here on: what the pictures took is given back before

    def _read(self) -> dict[str, Any]:
        """What an earlier call has finished; raises UserError where it was of other data or settings."""
        path = self.folder / RESULTS
        if not path.exists():
            return {"facts": self.facts, "steps": None, "seconds": 0.0, "processor": 0.0, "loads": [], "results": {}}
        state = json.loads(path.read_text(encoding="utf-8"))
        same = all(state["facts"].get(name) == value for name, value in self.facts.items() if name != "device")
        if not same:
            raise UserError(
                f"{self.folder} contains this experiment with other settings. Choose another folder with -o."
            )
        return state

    def _save(self) -> None:
        write_whole(self.folder / RESULTS, json.dumps(self.state, indent=1))

    def run(self) -> dict[str, Any]:
        wall, work = time.perf_counter(), time.process_time()

        def note() -> None:
            nonlocal wall, work
            self.state["seconds"] += time.perf_counter() - wall
            self.state["processor"] += time.process_time() - work
            self.state["loads"].append(round(os.getloadavg()[1], 1))
            wall, work = time.perf_counter(), time.process_time()
            self._save()

        steps = self.state["steps"] = self.state["steps"] or self._steps()
        note()
        self._real()
        for variant in self.experiment.variants:
            if variant.name not in self.state["results"]:
                self.state["results"][variant.name] = self._row(variant, steps)
                note()
        if self.experiment.shipped and self.scale.shipped and SHIPPED not in self.state["results"]:
            self.tell("measuring the shipped model on the same crops")
            model = load_model(self.scale.shipped, str(self.device))
            found = measure_shipped(model, self.experiment, self.ruler)
            parameters = sum(p.numel() for p in model.decoder.parameters())
            told = {"bits": "other tokens", "minutes": "see its card", "parameters": parameters}
            self.state["results"][SHIPPED] = {**found, **told}
            note()
        note()
        facts = {**self.facts, "steps": steps} | {name: self.state[name] for name in ("seconds", "processor", "loads")}
        self.state["page"] = write_page(self.folder, self.experiment, facts, self.state["results"])
        return self.state

    def _steps(self) -> int:
        """As many steps as all variants can take in the minutes, after what is needed for measuring."""
        if self.scale.minutes is None:
            return self.scale.steps
        taught = [variant for variant in self.experiment.variants if not variant.trained_as]
        seconds = 0.0
        for variant in taught:
            with TemporaryDirectory() as aside:
                seconds += seconds_a_step(variant, self._model(variant), self.learning, Path(aside))
        steps = int(60 * self.scale.minutes * (1 - PAINTING_SHARE) / seconds)
        self.tell(f"{steps} steps for each of {len(taught)} variants, {seconds:.1f} s for one of each")
        return max(FEWEST_STEPS, steps)

    def _model(self, variant: Variant) -> ImageModel:
        words = self.sentences if variant.words else []
        return variant.fresh(self.scale, self.known, words, self.learning.seed)

    def _real(self) -> None:
        """The rows that no variant can be below."""
        results = self.state["results"]
        if "real pictures" not in results:
            same = {"bits": "not painted", "minutes": "none"}
            places = columns_of(self.experiment)
            rows = {
                "real pictures": self.ruler.real,
                "real, through the tokenizer": self.ruler.reconstructed(self.known.tokenizer),
            }
            for name, blocks in rows.items():
                results[name] = {**same, **dict.fromkeys(places, self.ruler.distance(blocks))}
            self._save()

    def _row(self, variant: Variant, steps: int) -> dict[str, Any]:
        """Train a variant, or take the weights of the one that it shares them with, and measure it."""
        model = self._model(variant)
        teacher = next((v for v in self.experiment.variants if v.name == variant.trained_as), variant)
        self.tell(
            f"{variant.name}: training" if teacher is variant else f"{variant.name}: uses the weights of {teacher.name}"
        )
        kept = self.shared / teacher.key(self.scale, self.learning.seed, steps)
        run = train_variant(kept, teacher, model, self.learning, steps)
        self.tell(f"{variant.name}: painting")
        row = measure(variant, model, self.experiment, self.ruler)
        one_round = variant.local != "ar"
        row["bits"] = "none: it has no likelihood" if one_round else held_out_bits(variant, model, self.learning)
        if self.experiment.longer:
            row["bits_longer"] = self._longer(variant, model)
        row["parameters"] = sum(p.numel() for p in model.decoder.parameters())
        return {**row, "minutes": run.elapsed / 60, "curve": run.curve}

    def _longer(self, variant: Variant, model: ImageModel) -> float | str:
        """Bits of windows as long as the held-out crops allow, at most four training widths."""
        config = model.config.decoder
        columns = min(4 * config.window, self.learning.held_out.maps.shape[2] // config.side)
        if columns <= config.window:
            return "the crops are not longer"
        return held_out_bits(variant, model, self.learning, columns)


def _as_name(name: str) -> str:
    return "".join(c if c.isalnum() else "-" for c in name.lower()).strip("-")


def _tokens_of(scale: Scale) -> ImageModel:
    """The model whose tokens are learned."""
    if scale.tokenizer == "tiny":
        return ImageModel.fresh(PRESETS["tiny"])
    return load_model(scale.tokenizer, "cpu")
