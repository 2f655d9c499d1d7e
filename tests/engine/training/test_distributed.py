"""Two processes that learn together on the CPU: what one would have learned, and one goes on where two were."""

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image
from torch import nn

from engine.config import PRESETS
from engine.models.checkpoint import ImageModel, load_tensors
from engine.request import UserError
from engine.training.data_loading import DecoderTraining
from engine.training.decoder import begun, learner
from engine.training.distributed import World
from engine.training.recipe import train_recipe
from engine.training.trainer import Budget

ROOT = Path(__file__).parents[3]
SCRIPT = Path(__file__).with_name("distributed_processes.py")
CPU = torch.device("cpu")
RECIPE = """
name = "tiny"
preset = "tiny"

[[stage]]
kind = "decoder"
steps = {steps}
batch = 4
held_out = 2
report_every = 2
sheet_every = 0
{more}
"""
WAYS = {
    "accumulated": "patch_loss = false",
    "patches": "patch_loss = true\naccumulate = 2",
    "adam": 'patch_loss = false\noptimizer = "adam"',
    "sharded": 'patch_loss = true\noptimizer = "adam"\nshard = true\nrecompute = true',
}
SHARDED = DecoderTraining(batch=2, optimizer="adam", patch_loss=False, shard=True)


def torchrun(*arguments: str) -> list[str]:
    """The command of two processes that meet, wherever there is a free port."""
    return [sys.executable, "-m", "torch.distributed.run", "--nproc-per-node=2", "--standalone", *arguments]


def environment() -> dict[str, str]:
    return {**os.environ, "OMP_NUM_THREADS": "1", "PYTHONPATH": str(ROOT)}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Pictures and recipes."""
    folder = tmp_path_factory.mktemp("distributed")
    (folder / "pictures").mkdir()
    rng = np.random.default_rng(0)
    for number in range(21):
        small = rng.integers(0, 256, (11, 13, 3), dtype=np.uint8)
        Image.fromarray(small).resize((104, 88), Image.Resampling.BICUBIC).save(folder / f"pictures/{number:02}.png")
    for name, more in WAYS.items():
        (folder / f"{name}.toml").write_text(RECIPE.format(steps=4, more=more))
    return folder


@pytest.fixture(scope="module")
def together(folder: Path) -> Path:
    """The folder after two processes have done what distributed_processes.py says."""
    command = torchrun(str(SCRIPT), str(folder))
    done = subprocess.run(command, cwd=ROOT, env=environment(), capture_output=True, text=True, timeout=400)
    assert done.returncode == 0, done.stderr[-3000:]
    return folder


def state_of(out: Path) -> dict:
    return json.loads((out / "decoder" / "state.json").read_text())


@pytest.mark.parametrize("way", WAYS)
def test_two_processes_learn_what_one_learns(together: Path, way: str) -> None:
    out, other = together / f"{way}-alone", together / f"{way}-together"
    train_recipe(together / f"{way}.toml", out, together / "pictures", "cpu")
    alone, two = (state_of(each)["curve"] for each in (out, other))
    assert [point["step"] for point in two] == [0, 2, 4]
    # Products are of bfloat16 where the CPU has them, and the first steps of Adam and Muon go by signs.
    assert [point["bits"] for point in two] == pytest.approx([point["bits"] for point in alone], rel=2e-3)
    best, others = (load_tensors(each / "decoder", "best") for each in (out, other))
    apart = torch.cat([(best[name] - others[name]).abs().flatten() for name in best])
    assert apart.mean() < 0.01
    log = (other / "decoder" / "log.txt").read_text()
    assert len(log.splitlines()) == len(two)  # the first process alone reports


def kill_all_of(out: Path) -> None:
    """End all processes that train into a folder: each has a session of its own, and one would go on for a while."""
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if str(out).encode() in (process / "cmdline").read_bytes():
                os.kill(int(process.name), signal.SIGKILL)


@pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="finds the processes in /proc")
def test_one_goes_on_where_two_were_killed(folder: Path, tmp_path: Path) -> None:
    recipe, out = tmp_path / "cut.toml", tmp_path / "cut"
    recipe.write_text(RECIPE.format(steps=8, more="patch_loss = false"))
    command = torchrun("-m", "app", "train", "recipe", str(recipe), "--data", str(folder / "pictures"), "-o", str(out))
    two = subprocess.Popen(
        [*command, "--device", "cpu"], cwd=ROOT, env=environment(), stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    state = out / "decoder" / "state.json"
    deadline = time.monotonic() + 240
    while not state.exists() and two.poll() is None and time.monotonic() < deadline:
        time.sleep(0.05)
    kill_all_of(out)  # at once, wherever they are
    two.wait()
    assert state_of(out)["step"] in (2, 4, 6, 8)
    for each in (out, tmp_path / "whole"):
        train_recipe(recipe, each, folder / "pictures", "cpu")
    resumed, whole = (state_of(each)["curve"] for each in (out, tmp_path / "whole"))
    assert [point["step"] for point in resumed] == [0, 2, 4, 6, 8]
    assert [point["bits"] for point in resumed] == pytest.approx([point["bits"] for point in whole], rel=2e-3)


def test_what_two_saved_in_shards_is_read_by_one(together: Path) -> None:
    folder, whole = together / "sharded-True", load_tensors(together, "whole")
    kept = sum(file.stat().st_size for file in (folder / "shards-1").glob("*.safetensors"))
    assert len(list((folder / "shards-1").iterdir())) == 2  # each process wrote its own
    assert kept < 5 * sum(each.nbytes for each in whole.values())  # weights, average, two of Adam: nothing twice
    run = begun(folder, ImageModel.fresh(PRESETS["tiny"]).decoder, SHARDED, Budget(steps=4), CPU, seed=0)
    assert run.step == 1
    assert all(torch.equal(value, whole[name]) for name, value in learner(run).state_dict().items())
    assert float(run.optimizers["adam"].state_dict()["state"][0]["step"]) == 1
    run.step = 2
    run.save()
    assert [each.name for each in folder.glob("shards-*")] == ["shards-2"]
    with pytest.raises(UserError, match="the other value"):
        begun(folder, learner(run), replace(SHARDED, shard=False), Budget(steps=4), CPU, seed=0)


def test_shards_are_trained_with_adam(tmp_path: Path) -> None:
    net = ImageModel.fresh(PRESETS["tiny"]).decoder
    with pytest.raises(UserError, match="needs Adam"):
        begun(tmp_path, net, replace(SHARDED, optimizer="muon"), Budget(steps=1), CPU, seed=0)


def test_parts_of_a_batch_are_all_of_it_and_count_what_they_hold() -> None:
    for total, size in ((8, 2), (7, 3), (5, 5)):
        worlds = [World(rank, size) for rank in range(size)]
        parts = [world.part(total) for world in worlds]
        assert [sample for part in parts for sample in range(part.start, part.stop)] == list(range(total))
        values = np.random.default_rng(0).random(total)
        means = [values[p].mean() * w.weight(total) for p, w in zip(parts, worlds, strict=True)]
        assert np.mean(means) == pytest.approx(values.mean())
    with pytest.raises(UserError, match="cannot be divided"):
        World(0, 4).part(3)


def test_alone_nothing_is_averaged_or_waited_for() -> None:
    world, weight = World.current(), nn.Parameter(torch.ones(2))
    weight.grad = torch.full((2,), 3.0)
    world.average([weight])
    world.wait()
    assert world.leads and weight.grad.tolist() == [3, 3] and world.agree(1.5, 0) == (1.5, 0)
    assert DecoderTraining().accumulate == 1
