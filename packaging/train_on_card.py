#!/usr/bin/env python3
"""A quarter of an hour on a graphics card: the decoder learns from a token pack alone; rehearsed on a CPU with `tiny`.

    python3 packaging/train_on_card.py make PICTURES PACK         # here, on a CPU: pictures to tokens, once
    python3 packaging/train_on_card.py run PACK OUT             # there: weights, curve, log and a sheet in OUT
    python3 packaging/train_on_card.py run PACK OUT --larger    # a decoder of 46 M parameters, from nothing
    python3 packaging/train_on_card.py rehearse OUT               # all of it with `tiny`, in a minute, on any machine

PACK is a folder with `train` and `test`, 1.3 bytes a token: 17 million tokens in 22 MiB. OUT holds at most eight files
under 16 MiB in two folders: `model/` to paint with, `figures.json` with curve and log, `sheet.png`.

Expected on an H200, counted and not yet measured: a token costs about 0.1 GFLOP forwards and backwards and moves about
1 MB between kernels, so a step of 192 windows of 3×3 patches (442,000 tokens) takes 0.25 to 0.4 s: 1.1 to 1.8 million
tokens a second, 1,200 to 1,900 steps in eight minutes, 30 to 50 times through 17 million tokens. The larger decoder:
0.3 to 0.5 million tokens a second. `figures.json` says what it was, and `run` tells the speed after its first steps.
Judging, saving and the sheet take a minute more, so eight minutes of learning are a call of nine and a half.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
import torch
from PIL import Image

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from engine.config import PRESETS
from engine.device import choose_device, describe, prepare_process
from engine.inference.contact_sheet import continuation_sheet
from engine.models.checkpoint import ImageModel, load_model, save_model
from engine.models.pixels import as_picture
from engine.training.data_loading import DecoderTraining
from engine.training.packed import train_packed
from engine.training.packing import PackSettings, make_pack
from engine.training.recipe import finish, packed_settings
from engine.training.token_pack import TokenPack, load_pack, save_pack
from engine.training.trainer import Budget, TrainingRun, curve_in

RECIPE = Path(__file__).resolve().parent.parent / "resources" / "recipes" / "starter.toml"
PICTURES, TRAINING = packed_settings(RECIPE, card=True)
LARGER = {"layers": 12, "dim": 512, "heads": 8, "kv_heads": 4}


def make(model: ImageModel, pictures: Path, pack: Path, settings: PackSettings, seed: int = 0) -> None:
    """Encode both splits of a folder of pictures."""
    for split in ("train", "test"):
        made = make_pack(model, pictures, split, settings if split == "train" else settings.held_out(), seed)
        save_pack(made, pack / split)
        size = sum(file.stat().st_size for file in (pack / split).iterdir()) / 2**20
        print(
            f"{split}: {len(made.pictures)} pictures, {made.tokens:,} tokens, {len(made.views)} windows, {size:.1f} MiB"
        )


def larger(model: ImageModel) -> ImageModel:
    """The same tokenizer and words under a larger decoder with random weights."""
    config = replace(model.config, decoder=replace(model.config.decoder, **LARGER))
    fresh = ImageModel.fresh(config)
    fresh.tokenizer.load_state_dict(model.tokenizer.state_dict())
    return replace(fresh, words=model.words)


def run(model: ImageModel, pack: Path, out: Path, budget: Budget, training: DecoderTraining, device: str) -> None:
    """Train, and leave what is to come back in `out`."""
    where, reason = choose_device(device)
    prepare_process()
    torch.set_float32_matmul_precision("high")
    print(f"on {describe(where)} ({reason})", file=sys.stderr, flush=True)
    train, held_out = load_pack(pack / "train"), load_pack(pack / "test")
    model.decoder.requires_grad_(True)
    speed = Speed(model, training)
    with tempfile.TemporaryDirectory() as work:  # what it needs to be resumed is too large to come back
        finish(speed.told(train_packed(Path(work), model, training, train, held_out, budget, where)))
        curve, log = curve_in(Path(work)), (Path(work) / "log.txt").read_text(encoding="utf-8").splitlines()
    figures = {
        "device": describe(where), "torch": torch.__version__, "tokens_a_second": speed.rate,
        "tokens_learned": speed.tokens, "tokens_in_the_pack": train.tokens, "training": asdict(training),
        "before": curve[0], "after": min(curve, key=lambda point: point["mean"]), "curve": curve, "log": log,
    }  # fmt: skip
    save_model(model, out / "model", bits=8)
    (out / "figures.json").write_text(json.dumps(figures, indent=1) + "\n")
    sheet(model, held_out, out / "sheet.png")
    for name in ("before", "after"):
        print(name, {key: round(value, 4) for key, value in figures[name].items()})
    print(f"{speed.rate:,.0f} tokens a second, {speed.tokens:,} in all")


@torch.no_grad()
def sheet(model: ImageModel, held_out: TokenPack, path: Path) -> None:
    """Held-out sketches, as their tokens show them, continued to the right."""
    size = model.config.decoder.window
    tokens, _ = held_out.described("sketch", (size, size), 3)
    crops = [as_picture(pixels) for pixels in model.tokenizer.decode(torch.from_numpy(tokens))]
    continuation_sheet(model, crops, path, columns=3)


class Speed:
    """How many tokens a second were learned, without what judging took; told once early, so that a slow run is seen."""

    def __init__(self, model: ImageModel, training: DecoderTraining):
        self.tokens, self.rate, self._early = 0, 0.0, 20
        self._step = training.batch * model.config.decoder.window**2 * model.config.decoder.tokens

    def told(self, training: Iterator[TrainingRun]) -> Iterator[TrainingRun]:
        for passed in training:
            self.tokens = passed.step * self._step
            self.rate = self.tokens / max(passed.elapsed, 1e-9)
            if passed.step == self._early:
                print(f"{self.rate:,.0f} tokens a second in the first {self._early} steps", file=sys.stderr, flush=True)
            yield passed


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    kinds = parser.add_subparsers(dest="kind", required=True)
    making, running, rehearsing = (kinds.add_parser(name) for name in ("make", "run", "rehearse"))
    making.add_argument("pictures", type=Path, help="a folder with manifest.csv")
    for each in (making, running):
        each.add_argument("pack", type=Path)
        each.add_argument("--model", default="starter", help="whose tokens they are, and what goes on (%(default)s)")
    for each in (running, rehearsing):
        each.add_argument("out", type=Path)
    making.add_argument("--seed", type=int, default=0)
    making.add_argument("--sketches", type=int, default=2, help="maps of each picture (%(default)s)")
    making.add_argument("--brushes", type=int, default=1, help="likewise, at full size (%(default)s)")
    running.add_argument("--minutes", type=float, default=8.0, help="of learning (%(default)s)")
    running.add_argument("--batch", type=int, default=TRAINING.batch, help="windows of a step (%(default)s)")
    running.add_argument("--rate", type=float, default=TRAINING.learning_rate)
    running.add_argument("--larger", action="store_true", help="a larger decoder, from nothing")
    running.add_argument("--device", default="auto")
    args = parser.parse_args()
    if args.kind == "rehearse":
        return rehearse(args.out)
    model = load_model(args.model, "cpu")
    if args.kind == "make":
        settings = replace(PICTURES, sketches=args.sketches, brushes=args.brushes)
        return make(model, args.pictures, args.pack, settings, args.seed)
    training = replace(TRAINING, batch=args.batch, learning_rate=args.rate)
    model = larger(model) if args.larger else model
    run(model, args.pack, args.out, Budget(minutes=args.minutes), training, args.device)


def rehearse(out: Path) -> None:
    """Everything with the smallest model and pictures of noise: it must end with a model that paints."""
    rng, model = np.random.default_rng(0), ImageModel.fresh(PRESETS["tiny"])
    for number in range(40):
        small = Image.fromarray(rng.integers(0, 256, (9, 12, 3), dtype=np.uint8))
        (out / "pictures").mkdir(parents=True, exist_ok=True)
        small.resize((96, 72), Image.Resampling.BICUBIC).save(out / "pictures" / f"{number:02}.png")
    make(model, out / "pictures", out / "pack", PICTURES)
    run(
        model, out / "pack", out / "out", Budget(steps=6), replace(TRAINING, batch=2, report_every=3, held_out=4), "cpu"
    )


if __name__ == "__main__":
    main()
