"""Two processes that learn together on the CPU: what one would have learned, and one goes on where two were."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image
from torch import nn

from engine.models.checkpoint import load_tensors
from engine.request import UserError
from engine.training.data_loading import DecoderTraining
from engine.training.distributed import World

ROOT = Path(__file__).parents[3]
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


@pytest.fixture(scope="module")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pictures")
    rng = np.random.default_rng(0)
    for number in range(21):
        small = rng.integers(0, 256, (11, 13, 3), dtype=np.uint8)
        Image.fromarray(small).resize((104, 88), Image.Resampling.BICUBIC).save(folder / f"{number:02}.png")
    return folder


def command(recipe: Path, out: Path, pictures: Path, processes: int) -> list[str]:
    many = ["-m", "torch.distributed.run", f"--nproc-per-node={processes}", "--standalone"] if processes > 1 else []
    return [sys.executable, *many, "-m", "app", "train", "recipe", str(recipe), "--data", str(pictures), "-o", str(out),
            "--device", "cpu"]  # fmt: skip


def trained(
    folder: Path, name: str, pictures: Path, processes: int, steps: int = 4, more: str = ""
) -> tuple[list[float], dict[str, torch.Tensor]]:
    """Train a tiny decoder; return the curve of the run and the weights that it ends with."""
    recipe, out = folder / f"{name}.toml", folder / name
    recipe.write_text(RECIPE.format(steps=steps, more=more))
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "PYTHONPATH": str(ROOT)}
    run = subprocess.run(
        command(recipe, out, pictures, processes),
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert run.returncode == 0, run.stderr[-3000:]
    state = json.loads((out / "decoder" / "state.json").read_text())
    tensors = load_tensors(out / "decoder", "state")
    return [p["bits"] for p in state["curve"]], {k: v for k, v in tensors.items() if k.startswith("module.")}


@pytest.mark.parametrize(
    "more",
    ["patch_loss = false", "patch_loss = true\naccumulate = 2", 'patch_loss = false\noptimizer = "adam"'],
    ids=["accumulated loss", "patch loss in parts", "adam"],
)
def test_two_processes_learn_what_one_learns(tmp_path: Path, pictures: Path, more: str) -> None:
    alone, weights = trained(tmp_path, "alone", pictures, 1, more=more)
    together, others = trained(tmp_path, "together", pictures, 2, more=more)
    assert together == pytest.approx(alone, rel=1e-3)  # products are of bfloat16 where the CPU has them
    # Single weights are no measure: the first steps of Adam and Muon go by signs, which rounding alone can turn.
    apart = torch.cat([(weights[name] - others[name]).abs().flatten() for name in weights])
    assert apart.mean() < 0.01
    log = (tmp_path / "together" / "decoder" / "log.txt").read_text()
    assert len(log.splitlines()) == len(alone)  # the first process alone reports


def test_one_goes_on_where_two_were_killed(tmp_path: Path, pictures: Path) -> None:
    whole, _ = trained(tmp_path, "whole", pictures, 1, steps=8, more="patch_loss = false")
    recipe, out = tmp_path / "cut.toml", tmp_path / "cut"
    recipe.write_text(RECIPE.format(steps=8, more="patch_loss = false"))
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "PYTHONPATH": str(ROOT)}
    two = subprocess.Popen(
        command(recipe, out, pictures, 2), cwd=ROOT, env=environment, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    state = out / "decoder" / "state.json"
    deadline = time.monotonic() + 240
    while not state.exists() and two.poll() is None and time.monotonic() < deadline:
        time.sleep(0.05)
    os.killpg(two.pid, signal.SIGKILL)  # both, at once, wherever they are
    two.wait()
    assert json.loads(state.read_text())["step"] in range(1, 8)
    resumed, _ = trained(tmp_path, "cut", pictures, 1, steps=8, more="patch_loss = false")
    assert json.loads(state.read_text())["step"] == 8
    assert resumed[-1] == pytest.approx(whole[-1], rel=0.05)  # what came after the last save is learned once more


def test_parts_of_a_batch_are_all_of_it_and_count_what_they_hold() -> None:
    for total, size in ((8, 2), (7, 3), (5, 5)):
        worlds = [World(rank, size) for rank in range(size)]
        parts = [world.part(total) for world in worlds]
        assert [sample for part in parts for sample in range(part.start, part.stop)] == list(range(total))
        values = np.random.default_rng(0).random(total)
        means = [values[p].mean() * w.weight(total) for p, w in zip(parts, worlds, strict=True)]
        assert np.mean(means) == pytest.approx(values.mean())
    with pytest.raises(UserError, match="cannot be shared"):
        World(0, 4).part(3)


def test_alone_nothing_is_averaged_or_waited_for() -> None:
    world, weight = World.current(), nn.Parameter(torch.ones(2))
    weight.grad = torch.full((2,), 3.0)
    world.average([weight])
    world.wait()
    assert world.leads and weight.grad.tolist() == [3, 3] and world.agree(1.5, 0) == (1.5, 0)
    assert DecoderTraining().accumulate == 1
