"""Training of the vision decoder: Algorithm 1 on windows of patches, in four orders and around random known parts."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from engine.datasets.images import CropSampler
from engine.datasets.video_clips import ClipSampler
from engine.device import half_precision
from engine.inference.contact_sheet import continuation_sheet
from engine.models.checkpoint import ImageModel, load_tensors, save_tensors
from engine.models.pixels import encode
from engine.models.vision_decoder import VisionDecoder
from engine.planning.schedule import Plan
from engine.training.data_loading import DecoderTraining, drawn_ahead, helpers_of, one_batch
from engine.training.optimizers import muon_and_adamw
from engine.training.scheduled_sampling import dreamt, last_alone
from engine.training.teacher_forcing import walk
from engine.training.threaded_data_parallel import Hands
from engine.training.trainer import Budget, Run
from engine.training.validation import Judge, _encoded, _in_regions, _report, averaged_decoder

START = "start"  # the file of the weights that a run began with


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
        folder, {"decoder": net}, muon_and_adamw(net, all_blocks(net), training.rate), budget, seed, training.average
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
        window_step(run, hands, model, grid, wanted, batch.window, training, batch.words)
        if (step + 1) % training.report_every == 0:
            report()
            run.save()
        if training.sheet_every and (step + 1) % (training.report_every * training.sheet_every) == 0:
            continuation_sheet(replace(model, decoder=averaged_decoder(run)), corners, folder / "samples.png")
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


def all_blocks(net: VisionDecoder) -> nn.ModuleList:
    return nn.ModuleList([*net.blocks, *(net.text.blocks if net.text else ())])


def window_step(
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


def _spoiled(inputs: Tensor, wrong: Tensor, share: float) -> Tensor:
    """Tokens of a share of the samples replaced by wrong ones, in half of them all; first frames of films stay."""
    count, rest = len(inputs), (1,) * (inputs.dim() - 1)
    parts = (2 * torch.rand(count, device=inputs.device)).clamp_max(1)
    parts *= torch.rand(count, device=inputs.device) < share
    hit = torch.rand(inputs.shape, device=inputs.device) < parts.view(count, *rest)
    if inputs.dim() == 4:
        hit[:, 0] = False
    return torch.where(hit, wrong, inputs)
