"""TensorBoard event files: what a run tells is in them, and nothing is written where nobody asked."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import torch
from PIL import Image

from engine.training.event_files import FOLDER, want_event_files
from engine.training.trainer import Budget, TrainingRun

pytest.importorskip("tensorboard", reason="pip install handscroll[tensorboard]")


@pytest.fixture(autouse=True)
def unasked_again() -> Iterator[None]:
    yield
    want_event_files(False)


def run_in(folder: Path) -> None:
    net = torch.nn.Linear(2, 1)
    run = TrainingRun(folder, {"net": net}, {"adamw": torch.optim.AdamW(net.parameters(), 1e-3)}, Budget(steps=2))
    Image.new("RGB", (4, 3), "red").save(folder / "samples.png")
    for step in run.steps():
        run.update(net(torch.ones(1, 2)).square().sum(), "adamw")
        run.record("bits", bits=5.0 - step)


def test_figures_loss_rates_and_samples_are_there(tmp_path: Path) -> None:
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

    want_event_files()
    run_in(tmp_path)
    events = EventAccumulator(str(tmp_path / FOLDER)).Reload()
    tags = events.Tags()
    assert {"figures/bits", "figures/loss", "learning_rate/adamw"} <= set(tags["scalars"])
    assert tags["images"] == ["samples"]
    assert [event.value for event in events.Scalars("figures/bits")] == [5.0, 4.0]


def test_nothing_is_written_unasked_and_a_root_gathers_runs(tmp_path: Path) -> None:
    run_in(tmp_path / "quiet")
    assert not (tmp_path / "quiet" / FOLDER).exists()
    want_event_files(root=tmp_path / "all")
    run_in(tmp_path / "decoder")
    assert list((tmp_path / "all" / "decoder").glob("events*"))
