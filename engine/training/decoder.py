"""Training of the vision decoder: Algorithm 1 on windows of patches, in four orders and around random known parts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from engine.datasets.images import CropSampler
from engine.datasets.video_clips import ClipSampler
from engine.device import half_precision
from engine.evaluate.contact_sheet import continuation_sheet
from engine.models.checkpoint import ImageModel, Tokenizer, load_tensors, save_tensors
from engine.models.text_encoder import TextStates
from engine.models.vision_decoder import VisionDecoder
from engine.planning.schedule import Plan
from engine.planning.windows import window_plan, without_margin
from engine.request import Order, Patch
from engine.teaching import SHOWN, patch_bits, patch_tokens, walk
from engine.training.data_loading import DecoderTraining, drawn_ahead, helpers_of, one_batch
from engine.training.optimizers import muon_and_adamw
from engine.training.scheduled_sampling import dreamt, last_alone
from engine.training.threaded_data_parallel import Hands
from engine.training.tokenizer import as_pixels
from engine.training.trainer import Budget, Run

LONE = 48  # single patches that are judged
START = "start"  # the file of the weights that a run began with


@dataclass(frozen=True, eq=False)
class Judge:
    """What a decoder is judged by: held-out windows uint8 (count, side, side, 3), and what is said of each.

    Clips are (count, frame, side, side, 3); of them the first frame is known.

    counted: patches of a window that count, where the others have been learned from; None counts all.
    regions: bool (count, side, side), what counts of clips; None counts all.
    margin: pixels that the windows have more on each side.
    lone: judged as well, single patches that show much of a picture.
    """

    crops: np.ndarray
    words: tuple[str, ...]
    counted: frozenset[Patch] | None = None
    regions: np.ndarray | None = None
    margin: int = 0
    lone: "Judge | None" = None

    @classmethod
    def drawn(cls, sampler: CropSampler | ClipSampler, count: int, patch: int | None = None) -> "Judge":
        """From a sampler of held-out pictures; patch: the side in pixels of single patches, if they are judged."""
        rng = np.random.default_rng(1)
        if isinstance(sampler, ClipSampler):
            clips, words, regions = sampler.with_regions(rng, count)
            return cls(clips, tuple(words), regions=regions, margin=sampler.margin)
        crops, words = sampler.captioned(rng, count)
        lone = cls.drawn(sampler.telling_of(patch), LONE) if patch else None
        return cls(crops, tuple(words), margin=sampler.margin, lone=lone)


def train_decoder(
    folder: Path,
    model: ImageModel,
    training: DecoderTraining,
    crops: CropSampler | ClipSampler,
    judge: Judge,
    budget: Budget,
    device: torch.device,
    seed: int = 0,
) -> Iterator[Run]:
    """Train the decoder of a model in `folder`, resuming what is there; the tokenizer stays as it is.

    Yields its run after each step; what happens meanwhile takes nothing off the budget. It ends with the weights that
    had the fewest held-out bits, those it began with among them, on the CPU.
    """
    torch.manual_seed(seed)
    config, net, tokenizer = model.config, model.decoder, model.tokenizer
    model.to(device)
    net.train()
    run = Run(
        folder, {"decoder": net}, muon_and_adamw(net, _all_blocks(net), training.rate), budget, seed, training.average
    )
    hands = Hands.on(net, device, 1 if training.patch_loss else training.batch)
    judged, judged_alone = _encoded(judge, model, device), judge.lone and _encoded(judge.lone, model, device)
    report = partial(_report, run, model, judged, judge, training, judged_alone)
    stills = judge.crops[:, 0] if judge.crops.ndim == 5 else judge.crops
    corner = slice(judge.margin, judge.margin + 2 * config.patch_px)
    corners = stills[:3, corner, corner]
    margin = crops.margin // config.tokenizer.compression
    if run.step == 0:
        if training.of_start:
            save_tensors(net.state_dict(), folder, START)
        report()
    lone = crops.telling_of(config.patch_px) if isinstance(crops, CropSampler) and training.lone_share else None
    draw = partial(one_batch, crops=crops, lone=lone, config=config.decoder, training=training)
    batches = drawn_ahead(draw, seed, run.step, helpers_of(device))
    for step in run.steps():
        batch = next(batches)
        grid = encode(tokenizer, batch.pixels, device, margin)
        wanted = grid if batch.regions is None else _in_regions(grid, batch.regions)
        _window_step(run, hands, model, grid, wanted, batch.window, training, batch.words)
        if (step + 1) % training.report_every == 0:
            report()
            run.save()
        if training.sheet_every and (step + 1) % (training.report_every * training.sheet_every) == 0:
            continuation_sheet(replace(model, decoder=_averaged(run)), corners, folder / "samples.png")
        with run.resting():
            yield run
    batches.close()
    report()
    run.save()
    weights = run.best_weights()
    if training.of_start:
        start = load_tensors(folder, START)
        weights = {name: value.lerp(start[name], training.of_start) for name, value in weights.items()}
    net.load_state_dict(weights)
    net.eval()
    if training.sheet_every:
        continuation_sheet(model, corners, folder / "samples.png")
    model.to(torch.device("cpu"))


def _all_blocks(net: VisionDecoder) -> nn.ModuleList:
    return nn.ModuleList([*net.blocks, *(net.text.blocks if net.text else ())])


def _encoded(judge: Judge, model: ImageModel, device: torch.device) -> Tensor:
    return encode(model.tokenizer, judge.crops, device, judge.margin // model.config.tokenizer.compression)


@torch.no_grad()
def encode(tokenizer: Tokenizer, crops: np.ndarray | Tensor, device: torch.device, margin: int = 0) -> Tensor:
    """Token maps (batch, h, w) of crops uint8 (batch, height, width, 3); clips have a frame axis after the batch.

    margin: tokens on each side that are left out.
    """
    if crops.ndim == 5:
        return encode(tokenizer, crops.reshape(-1, *crops.shape[2:]), device, margin).unflatten(0, crops.shape[:2])
    with half_precision(device):
        return without_margin(tokenizer.encode(as_pixels(crops, device)), margin)


def _window_step(
    run: Run, hands: Hands, model: ImageModel, grid: Tensor, wanted: Tensor, window: Plan, training: DecoderTraining,
    words: Sequence[str],
) -> None:  # fmt: skip
    """One window of a batch of token maps; wanted: what is to be learned of them, SHOWN where that is nothing."""
    vocabulary, films, lone = model.config.decoder.vocabulary, grid.dim() == 4, len(window.patches) == 1
    wrong = torch.randint_like(grid, vocabulary)
    inputs = torch.where(torch.rand(grid.shape, device=grid.device) < training.noise, wrong, grid)
    if (films or lone) and training.spoiled:
        inputs = _spoiled(inputs, grid.roll(1, 1) if films else wrong, training.spoiled)
    chance, share = int(torch.randint(2**31, ())), 1.0 if training.patch_loss else 1 / len(window.new)

    def losses(net: VisionDecoder, part: slice) -> Iterator[Tensor]:
        """Of each patch of the window, the mean over a part of the batch; what they sum to is the window's."""
        hearing, fed = replace(model, decoder=net), inputs[part]
        with half_precision(grid.device):
            if last_alone(window):
                order = window.new[0].order
                fed = dreamt(hearing, fed, wanted[part], words[part], order, chance + part.start)
            for _, logits, targets in walk(net, window, wanted[part], fed, lambda: hearing.read(words[part])):
                loss = F.cross_entropy(logits.float().flatten(0, 1), targets.flatten(), reduction="sum")
                yield loss / targets.numel() * share

    if training.patch_loss:
        for loss in losses(model.decoder, slice(None)):
            run.update(loss, "muon", "adamw")
            torch.clear_autocast_cache()  # of the weights as they were
    else:
        run.apply(lambda: hands.backward(losses, len(grid)), "muon", "adamw")


def _in_regions(grid: Tensor, regions: np.ndarray | Tensor) -> Tensor:
    """Films (batch, frame, height, width) with SHOWN outside of regions, bool (batch, height, width) in pixels.

    Of the first frames everything is wanted, and so is a token that lies in a region with a part.
    """
    inside = F.adaptive_max_pool2d(torch.as_tensor(regions).float(), grid.shape[-2:]) > 0
    wanted = inside.to(grid.device)[:, None] | (torch.arange(grid.shape[1], device=grid.device) == 0)[:, None, None]
    return grid.masked_fill(~wanted, SHOWN)


def _spoiled(inputs: Tensor, wrong: Tensor, share: float) -> Tensor:
    """Tokens of a share of the samples replaced by wrong ones, in half of them all; first frames of films stay."""
    count, rest = len(inputs), (1,) * (inputs.dim() - 1)
    parts = (2 * torch.rand(count, device=inputs.device)).clamp_max(1)
    parts *= torch.rand(count, device=inputs.device) < share
    hit = torch.rand(inputs.shape, device=inputs.device) < parts.view(count, *rest)
    if inputs.dim() == 4:
        hit[:, 0] = False
    return torch.where(hit, wrong, inputs)


def held_out_bits(
    net: VisionDecoder,
    grid: Tensor,
    window: Plan,
    text: TextStates | None = None,
    counted: frozenset[Patch] | None = None,
    inputs: Tensor | None = None,
) -> float:
    """Bits per token over the new patches of a window, all or those that are counted, but of tokens that are SHOWN."""
    bits, count = 0.0, 0
    for planned, found in patch_bits(net, window, grid, text, inputs):
        if counted is None or planned.patch in counted:
            bits += float(found.sum()) * net.config.tokens
            count += int((patch_tokens(grid, planned.patch, net.config.side) != SHOWN).sum())
    return bits / max(1, count)


def _report(
    run: Run, model: ImageModel, judged: Tensor, judge: Judge, training: DecoderTraining, alone: Tensor | None
) -> None:
    """Held-out bits without words and with them; of films with words against inputs that stand still, too.

    What the weights are chosen by, both: the mean of the latter two, or of windows and of patches alone with words.
    """
    averaged, config = replace(model, decoder=_averaged(run)), model.config.decoder
    frames = judged.shape[1] if judged.dim() == 4 else 1
    rows = judged.shape[-2] // config.side
    plans = [
        window_plan(config.window, config.extent, order, frames=frames, stills=int(frames > 1), rows=rows)
        for order in (Order.OMEGA, Order.ZETA)
    ]

    wanted = judged if judge.regions is None else _in_regions(judged, judge.regions)

    def bits(words: Sequence[str], inputs: Tensor = judged) -> float:
        heard = averaged.read(words)
        found = [held_out_bits(averaged.decoder, wanted, plan, heard, judge.counted, inputs) for plan in plans]
        return sum(found) / len(found)

    with torch.no_grad(), half_precision(model.device):
        figures = {"bits": bits([""] * len(judged))}
        if model.words is not None:
            figures["with_words"] = bits(judge.words)
            if frames > 1 and training.spoiled:
                late = torch.cat([judged[:, :1], judged[:, :-1]], 1)
                figures["both"] = (figures["with_words"] + bits(judge.words, late)) / 2
            if judge.lone and alone is not None:
                heard, plan = averaged.read(judge.lone.words), window_plan(1, config.extent, Order.OMEGA)
                figures["lone"] = held_out_bits(averaged.decoder, alone, plan, heard)
                figures["both"] = (figures["bits"] + figures["lone"]) / 2
    run.record("both" if "both" in figures else "with_words" if frames > 1 and model.words else "bits", **figures)


def _averaged(run: Run) -> VisionDecoder:
    assert isinstance(run.averaged, VisionDecoder)
    return run.averaged
