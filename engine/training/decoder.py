"""Training of the vision decoder: Algorithm 1 on windows of patches, in four orders and around random known parts."""

import copy
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import replace
from functools import partial
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor

from engine.datasets.images import CropSampler
from engine.datasets.video_clips import ClipSampler
from engine.device import half_precision
from engine.inference.contact_sheet import continuation_sheet
from engine.models.checkpoint import ImageModel, load_tensors, save_tensors
from engine.models.pixels import encode
from engine.models.vision_decoder import VisionDecoder
from engine.planning.schedule import Plan
from engine.request import UserError
from engine.training.data_loading import DecoderTraining, draw_batch, num_workers_for, prefetch
from engine.training.optimizers import adam, all_blocks, muon_and_adamw
from engine.training.scheduled_sampling import last_alone, self_rollout
from engine.training.teacher_forcing import teacher_forcing
from engine.training.threaded_data_parallel import ThreadedReplicas
from engine.training.trainer import Budget, TrainingRun
from engine.training.validation import ValidationSet, ema_decoder, encode_set, ignore_outside, validate

START = "start"  # the file of the weights that a run began with


def train_decoder(
    folder: Path,
    model: ImageModel,
    training: DecoderTraining,
    crops: CropSampler | ClipSampler,
    validation_set: ValidationSet,
    budget: Budget,
    device: torch.device,
    seed: int = 0,
) -> Iterator[TrainingRun]:
    """Train the decoder of a model in `folder`, resuming what is there; the tokenizer stays as it is.

    Yields its run after each step; what happens meanwhile takes nothing off the budget. It ends with the weights that
    had the fewest held-out bits, those it began with among them, on the CPU.
    """
    torch.manual_seed(seed)
    finished, config, tokenizer = model, model.config, model.tokenizer
    model.to(device)
    run = begun(folder, model.decoder, training, budget, device, seed)
    model = replace(model, decoder=learner(run))
    replicas = replicas_for(model.decoder, training, device)
    validation_grid, singles_grid = (
        encode_set(validation_set, model, device),
        validation_set.single_patches and encode_set(validation_set.single_patches, model, device),
    )
    margin = crops.margin // config.tokenizer.compression
    corners = validation_set.corners(3, 2 * config.patch_px)
    sheets = training.sheet_every > 0 and run.world.leads
    if run.step == 0 and training.init_interpolation and run.world.leads:
        save_tensors(finished.decoder.state_dict(), folder, START)
    singles = (
        crops.telling_of(config.patch_px) if isinstance(crops, CropSampler) and training.single_patch_share else None
    )
    draw = partial(draw_batch, crops=crops, singles=singles, config=config.decoder, training=training)
    batches = prefetch(draw, seed, run.step, num_workers_for(device))

    def step() -> None:
        batch = next(batches)
        own = run.world.part(len(batch.words))
        grid = encode(tokenizer, batch.pixels[own], device, margin)
        wanted = grid if batch.regions is None else ignore_outside(grid, batch.regions[own])
        window_step(run, replicas, model, grid, wanted, batch.window, training, batch.words)

    def report() -> None:
        validate(run, model, validation_grid, validation_set, training, singles_grid)
        due = sheets and run.step and run.step % (training.report_every * training.sheet_every) == 0
        if due and not training.shard:  # one process alone cannot paint with shards
            continuation_sheet(replace(model, decoder=ema_decoder(run)), corners, folder / "samples.png")

    if run.step == 0:
        report()
    yield from run.train(step, report, training.report_every)
    batches.close()
    finished.decoder.load_state_dict(toward_start(run.best_weights(), folder, training.init_interpolation))
    finished.decoder.eval()
    if sheets:
        continuation_sheet(finished, corners, folder / "samples.png")
    finished.to(torch.device("cpu"))


def toward_start(weights: dict[str, Tensor], folder: Path, share: float) -> dict[str, Tensor]:
    """Return weights that lie by `share` of the way nearer to those that the training in `folder` began with."""
    if not share:
        return weights
    start = load_tensors(folder, START)
    return {name: value.lerp(start[name], share) for name, value in weights.items()}


def begun(
    folder: Path, net: VisionDecoder, training: DecoderTraining, budget: Budget, device: torch.device, seed: int
) -> TrainingRun:
    """Begin a run for a decoder on its device, or go on with it; where it is sharded, a copy of the decoder learns.

    Raises UserError for shards under Muon, whose steps want whole matrices.
    """
    net.train().recompute = training.recompute
    if not training.shard:
        return TrainingRun(folder, {"decoder": net}, optimizers_of(net, training), budget, seed, training.ema_decay)
    if training.optimizer != "adam":
        raise UserError('Sharded training needs Adam: add `optimizer = "adam"` beside `shard = true`.')
    from engine.training.sharding import ShardedCheckpoint, shard  # it brings much of PyTorch that others can spare

    net, ema = (shard(copy.deepcopy(net), device) for _ in range(2))
    optimizers = optimizers_of(net, training)
    checkpoint = ShardedCheckpoint()
    return TrainingRun(folder, {"decoder": net}, optimizers, budget, seed, training.ema_decay, ema, checkpoint)


def learner(run: TrainingRun) -> VisionDecoder:
    """The decoder that learns."""
    net = run.modules["decoder"]
    assert isinstance(net, VisionDecoder)
    return net


def replicas_for(net: VisionDecoder, training: DecoderTraining, device: torch.device) -> ThreadedReplicas:
    """One replica for each thread that may take a part of the batch; shards have but one."""
    return ThreadedReplicas.for_device(net, device, 1 if training.patch_loss or training.shard else training.batch)


def optimizers_of(net: VisionDecoder, training: DecoderTraining) -> dict[str, torch.optim.Optimizer]:
    """Return what the settings ask for, by name."""
    if training.optimizer == "adam":
        return adam(net, training.learning_rate)
    return muon_and_adamw(net, all_blocks(net), training.learning_rate)


def window_step(
    run: TrainingRun, replicas: ThreadedReplicas, model: ImageModel, grid: Tensor, wanted: Tensor, window: Plan,
    training: DecoderTraining, words: Sequence[str],
) -> None:  # fmt: skip
    """Train on one window of a batch of token maps; wanted: their targets, IGNORE_INDEX where there is none.

    Of several processes each has its own part of the maps, and the words of all. Random numbers are drawn for the whole
    batch, so each sample meets those that it would meet in one process.
    """
    total, own = len(words), run.world.part(len(words))
    vocabulary, films, singles = model.config.decoder.vocabulary, grid.dim() == 4, len(window.patches) == 1
    whole = (total, *grid.shape[1:])
    wrong = torch.randint(vocabulary, whole, device=grid.device)[own]
    inputs = torch.where(torch.rand(whole, device=grid.device)[own] < training.noise, wrong, grid)
    if (films or singles) and training.token_corruption:
        inputs = _corrupted(inputs, grid.roll(1, 1) if films else wrong, training.token_corruption, total, own)
    chance, share = int(torch.randint(2**31, ())), 1.0 if training.patch_loss else 1 / len(window.new)
    share *= run.world.weight(total)
    seen: list[Tensor] = []  # losses of all patches and parts, whose mean is that of the window

    def losses(net: VisionDecoder, part: slice) -> Iterator[Tensor]:
        """Of each patch of the window, the mean over a part of the batch; what they sum to is the window's."""
        conditioned, fed = replace(model, decoder=net), inputs[part]
        rows = slice(own.start + part.start, own.start + part.stop)
        # Weights that change from patch to patch are made short anew for each.
        with nullcontext() if training.patch_loss else half_precision(grid.device):
            if last_alone(window):
                order = window.new[0].order
                fed = self_rollout(conditioned, fed, wanted[part], words[rows], order, chance + rows.start)
            walk = teacher_forcing(net, window, wanted[part], fed, lambda: conditioned.read(words, rows))
            for _ in window.new:
                with half_precision(grid.device):
                    _, logits, targets = next(walk)
                    loss = F.cross_entropy(logits.float().flatten(0, 1), targets.flatten(), reduction="sum")
                loss = loss / targets.numel()
                seen.append(loss.detach())
                yield loss * share

    def backward() -> None:
        """Leave the gradients of a whole window, one part of the batch after another."""
        for part in parts:
            size = part.stop - part.start

            def of_part(net: VisionDecoder, inside: slice, part: slice = part, size: int = size) -> Iterator[Tensor]:
                own_part = slice(part.start + inside.start, part.start + inside.stop)
                return (loss * (size / len(grid)) for loss in losses(net, own_part))

            replicas.backward(of_part, size)

    parts = _micro_batches(len(grid), training.accumulate)
    if training.patch_loss:
        walks = [losses(model.decoder, part) for part in parts]
        for _ in window.new:
            run.apply(partial(_backward, walks, [(p.stop - p.start) / len(grid) for p in parts]), *run.optimizers)
    else:
        run.apply(backward, *run.optimizers)
    run.loss = torch.stack(seen).mean()


def _micro_batches(samples: int, count: int) -> list[slice]:
    """Parts of a batch that are learned from one after another, so that each needs memory alone."""
    count = min(samples, count)
    return [slice(samples * n // count, samples * (n + 1) // count) for n in range(count)]


def _backward(walks: Sequence[Iterator[Tensor]], weights: Sequence[float]) -> None:
    """Leave the gradients of the next patch, summed over the parts of a batch."""
    for walk, weight in zip(walks, weights, strict=True):
        (next(walk) * weight).backward()


def _corrupted(inputs: Tensor, wrong: Tensor, share: float, total: int, own: slice) -> Tensor:
    """Replace tokens of a share of the samples by wrong ones, in half of these all; first frames of films stay."""
    rest, where = inputs.shape[1:], inputs.device
    parts = (2 * torch.rand(total, device=where)).clamp_max(1)
    parts *= torch.rand(total, device=where) < share
    hit = (torch.rand((total, *rest), device=where) < parts.view(total, *(1,) * len(rest)))[own]
    if inputs.dim() == 4:
        hit[:, 0] = False
    return torch.where(hit, wrong, inputs)
