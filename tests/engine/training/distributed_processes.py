"""What each of two processes does for test_distributed.py; torchrun starts them with a folder to read and write.

First they train every recipe of the folder. Then both go through one window of a model, as a whole and in shards, and
compare the gradients; they take a step along those in shards, and save.
"""

import sys
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

import torch
from torch import Tensor

import engine.training.decoder as decoding
from engine.config import PRESETS
from engine.models.checkpoint import ImageModel, save_tensors
from engine.planning.windows import window_plan
from engine.request import Order
from engine.training.data_loading import DecoderTraining
from engine.training.distributed import World, joined
from engine.training.recipe import train_recipe
from engine.training.trainer import Budget, TrainingRun

CPU = torch.device("cpu")
WHOLE = DecoderTraining(batch=2, optimizer="adam", patch_loss=False, noise=0.0)
WORDS = ["hills and a lake", ""]  # the second process has nothing to read, and reads it all the same


def fresh() -> ImageModel:
    """A model whose every weight matters."""
    model = ImageModel.fresh(PRESETS["tiny"])
    torch.manual_seed(1)
    for parameter in model.decoder.parameters():
        parameter.data.add_(0.3 * torch.randn_like(parameter))
    return model


def learned(folder: Path, training: DecoderTraining, world: World) -> tuple[TrainingRun, dict[str, Tensor]]:
    """Take one step; return the run, and the gradients put together."""
    model = fresh()
    run = decoding.begun(folder, model.decoder, training, Budget(steps=4), CPU, seed=0)
    run.world = world
    net = decoding.learner(run)
    torch.manual_seed(2)
    grid = torch.randint(16, (2, 8, 8))[world.part(2)]
    window = window_plan(2, net.config.extent, Order.OMEGA)
    next(run.steps())
    replicas = decoding.replicas_for(net, training, CPU)
    decoding.window_step(run, replicas, replace(model, decoder=net), grid, grid, window, training, WORDS)
    run.end_step()
    return run, run.checkpoint.whole({name: p.grad for name, p in net.named_parameters() if p.grad is not None})


def compare_shards(folder: Path, world: World) -> None:
    decoding.half_precision = lambda _: nullcontext()  # so that sums differ by rounding alone
    _, wanted = learned(folder / f"alone-{world.rank}", WHOLE, World())
    for recompute in (False, True):
        run, found = learned(folder / f"sharded-{recompute}", replace(WHOLE, shard=True, recompute=recompute), world)
        assert found.keys() == wanted.keys()
        for name, grad in found.items():
            assert torch.allclose(grad, wanted[name], rtol=1e-3, atol=1e-6), name
    run.save()
    weights = run.checkpoint.whole(dict(run.modules["decoder"].state_dict()))
    if world.leads:
        save_tensors(weights, folder, "whole")


def main(folder: Path) -> None:
    with joined() as world:
        for recipe in sorted(folder.glob("*.toml")):
            train_recipe(recipe, folder / f"{recipe.stem}-together", folder / "pictures", "cpu")
        compare_shards(folder, world)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
