"""One training run in a folder: a budget in minutes or steps, the schedule, averaged weights, curve and checkpoints.

Everything on disk is safetensors and JSON. With a budget in steps a run that was interrupted ends bit for bit as one
that was not; with a budget in minutes only the clock differs.
"""

import copy
import json
import math
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from PIL import Image, ImageDraw
from torch import Tensor, nn

from engine.media.atomic_file import write_whole
from engine.models.checkpoint import load_tensors, save_tensors
from engine.request import UserError
from engine.training.distributed import World
from engine.training.event_files import EventFiles

STATE = "state.json"
DONE = "done"  # the file that marks a run whose budget is spent
KEPT = "kept"  # and the one that marks that a model has what came of it
WIDTH, HEIGHT, MARGIN = 480, 160, 28  # of a chart of the curve
INK, LINE, PAPER = "#26272a", "#c8452f", "#f4f2ee"


@dataclass(frozen=True)
class Budget:
    """How long to train: exactly one of minutes and steps."""

    minutes: float | None = None
    steps: int | None = None

    def __post_init__(self) -> None:
        if (self.minutes is None) == (self.steps is None):
            raise UserError("Give the training time either in minutes or in steps.")


class RunCheckpoint:
    """The tensors of a run on disk: whole, in one set of safetensors, which the first process writes."""

    sharded = False

    def save(self, tensors: dict[str, Tensor], folder: Path, step: int) -> None:
        if World.current().leads:
            save_tensors(tensors, folder, "state")

    def load(self, folder: Path, step: int, like: dict[str, Tensor]) -> dict[str, Tensor]:
        """Read what a step has left; like: weights as they lie now, and those that each optimiser state belongs to."""
        return load_tensors(folder, "state")

    def tidy(self, folder: Path, step: int) -> None:
        """Remove what is not needed once the state tells of a step."""

    def whole(self, tensors: dict[str, Tensor]) -> dict[str, Tensor]:
        return tensors


class TrainingRun:
    """The state of a training run; `for _ in run.steps()` trains until the budget is spent, or until `stopping`.

    modules: everything with weights; of the first a moving average is kept and measured. optimizers go with them.
    Who measures or saves inside the loop calls `end_step` before, so that what is kept counts the step just taken.
    ema: a copy of the first module for the average, where it cannot be copied here. checkpoint: how tensors are kept.
    """

    def __init__(
        self,
        folder: Path,
        modules: dict[str, nn.Module],
        optimizers: dict[str, torch.optim.Optimizer],
        budget: Budget,
        seed: int = 0,
        ema_decay: float = 0.999,
        ema: nn.Module | None = None,
        checkpoint: RunCheckpoint = RunCheckpoint(),  # noqa: B008 - it has no state
    ):
        self.folder, self.modules, self.optimizers, self.budget = folder, modules, optimizers, budget
        self.rng = np.random.default_rng(seed)
        self.ema_decay, self.checkpoint = ema_decay, checkpoint
        self.world, self.events = World.current(), EventFiles(folder)
        self.loss: Tensor | None = None  # of the step before, where the one who trains tells it
        self.step, self.elapsed, self.best = 0, 0.0, math.inf
        self.stopping = self.stop_early = self._in_step = False
        self._since = time.monotonic()
        self.curve: list[dict[str, float]] = []
        self.ema = (ema or copy.deepcopy(next(iter(modules.values())))).eval().requires_grad_(False)
        self._base_learning_rates = {n: [g["lr"] for g in o.param_groups] for n, o in optimizers.items()}
        folder.mkdir(parents=True, exist_ok=True)
        torch.manual_seed(seed)
        if (folder / STATE).exists():
            self._load()

    @property
    def progress(self) -> float:
        """Part of the budget that is spent, 0 to 1."""
        spent = self.step / self.budget.steps if self.budget.steps else self.elapsed / (60 * (self.budget.minutes or 1))
        return min(1.0, spent)

    @property
    def is_measured(self) -> bool:
        """Whether the curve has a point for what was learned until now."""
        return bool(self.curve) and self.curve[-1]["step"] == self.step

    @property
    def remaining(self) -> float:
        """Seconds left."""
        return self.elapsed * (1 / self.progress - 1) if self.progress else math.inf

    def steps(self) -> Iterator[int]:
        """Step numbers until the budget is spent or is `enough`; `stopping` ends them too, and all is kept."""
        while self.progress < 1 and not self.stopping and not self.stop_early:
            self._since = time.monotonic()
            self._set_learning_rates()
            self._in_step = True
            yield self.step
            self.end_step()
            self._agree()
        self.save()
        self.events.close()
        if self.stopping:
            self._log("stopped early: the state is kept, the same command goes on")
        elif self.world.leads:
            (self.folder / DONE).touch()
        self.world.wait()

    def train(self, step: Callable[[], None], report: Callable[[], object], every: int) -> Iterator["TrainingRun"]:
        """Take steps until the budget is spent; yields after each, and reports and saves now and then and at the end.

        What happens while it waits takes nothing off the budget.
        """
        for _ in self.steps():
            step()
            self.end_step()
            if self.step % every == 0:
                report()
                self.save()
            with self.off_the_clock():
                yield self
        if not self.is_measured:
            report()
        self.save()

    def end_step(self) -> None:
        """Count the step that was just taken, its time and its weights; once for each, however often it is called."""
        if self._in_step:
            self._in_step = False
            self._update_ema()
            self.step += 1
        self._tick()

    def _tick(self) -> None:
        now = time.monotonic()
        self.elapsed, self._since = self.elapsed + now - self._since, now

    def _agree(self) -> None:
        """All processes have spent the same time, and stop together."""
        self.elapsed, stopping, stop_early = self.world.agree(self.elapsed, self.stopping, self.stop_early)
        self.stopping, self.stop_early = bool(stopping), bool(stop_early)

    @contextmanager
    def off_the_clock(self) -> Iterator[None]:
        """Take what happens meanwhile off no budget."""
        self._tick()
        yield
        self._since = time.monotonic()

    def update(self, loss: Tensor, *names: str, clip: float = 1.0) -> None:
        """One step of the named optimisers."""
        self.loss = loss.detach()
        self.apply(loss.backward, *names, clip=clip)

    def apply(self, backward: Callable[[], object], *names: str, clip: float = 1.0) -> None:
        """One step of the named optimisers along the gradients that `backward` leaves."""
        optimizers = [self.optimizers[name] for name in names]
        for optimizer in optimizers:
            optimizer.zero_grad(set_to_none=True)
        backward()
        if not self.checkpoint.sharded:  # shards average themselves
            self.world.average(p for o in optimizers for g in o.param_groups for p in g["params"])
        nn.utils.clip_grad_norm_([p for o in optimizers for g in o.param_groups for p in g["params"]], clip)
        for optimizer in optimizers:
            optimizer.step()

    def record(self, best_by: str | None = None, **figures: float) -> bool:
        """Add a point to the curve; keep the averaged weights where the figure named `best_by` is the lowest so far."""
        self.curve.append({"step": self.step, "minutes": self.elapsed / 60, **figures})
        words = "  ".join(f"{k} {v:.4g}" for k, v in figures.items())
        self._log(f"{self.elapsed:6.0f} s  step {self.step}  {words}  {self.remaining:.0f} s left")
        better = best_by is not None and figures[best_by] < self.best
        if better and best_by:
            self.best, averaged = figures[best_by], self.checkpoint.whole(self.ema.state_dict())
            if self.world.leads:
                save_tensors(averaged, self.folder, "best")
        if self.world.leads:
            draw_curve(self.curve, self.folder / "curve.png")
            loss = {} if self.loss is None else {"loss": float(self.loss)}
            rates = {name: optimizer.param_groups[0]["lr"] for name, optimizer in self.optimizers.items()}
            self.events.write(self.step, {**figures, **loss}, rates)
        self.world.wait()
        return better

    def _log(self, line: str) -> None:
        if not self.world.leads:
            return
        print(line, file=sys.stderr, flush=True)
        with (self.folder / "log.txt").open("a", encoding="utf-8") as log:
            log.write(line + "\n")

    def best_weights(self) -> dict[str, Tensor]:
        """The averaged weights of the best point of the curve, or the newest when nothing was measured."""
        if self.best < math.inf:
            return load_tensors(self.folder, "best")
        return self.checkpoint.whole(self.ema.state_dict())

    def save(self) -> None:
        """Write the state: the tensors, then what tells of them; processes end this together."""
        tensors = self._weights()
        for name, optimizer in self.optimizers.items():
            for index, slots in optimizer.state_dict()["state"].items():
                tensors |= {f"optimizer.{name}.{index}.{k}": torch.as_tensor(v) for k, v in slots.items()}
        self.checkpoint.save({**tensors, "random": torch.get_rng_state()}, self.folder, self.step)
        self.world.wait()
        if self.world.leads:
            self._write()
            self.checkpoint.tidy(self.folder, self.step)
        self.world.wait()

    def _weights(self) -> dict[str, Tensor]:
        tensors = {f"averaged.{k}": v for k, v in self.ema.state_dict().items()}
        for name, module in self.modules.items():
            tensors |= {f"module.{name}.{k}": v for k, v in module.state_dict().items()}
        return tensors

    def _write(self) -> None:
        state = {
            "step": self.step,
            "sharded": self.checkpoint.sharded,
            "elapsed": self.elapsed,
            "best": self.best,
            "curve": self.curve,
            "random": self.rng.bit_generator.state,
        }
        write_whole(self.folder / STATE, json.dumps(state))

    def _load(self) -> None:
        state = json.loads((self.folder / STATE).read_text())
        if state.get("sharded", False) != self.checkpoint.sharded:
            raise UserError(
                f"The run in {self.folder} was started with the other value of `shard`. Change it back to continue."
            )
        self.step, self.elapsed, self.best = state["step"], state["elapsed"], state["best"]
        self.curve = state["curve"]
        tensors = self.checkpoint.load(self.folder, self.step, {**self._weights(), **self._optimized()})
        self.rng.bit_generator.state = state["random"]
        torch.set_rng_state(tensors["random"])
        self.ema.load_state_dict(_under(tensors, "averaged."))
        for name, module in self.modules.items():
            module.load_state_dict(_under(tensors, f"module.{name}."))
        for name, optimizer in self.optimizers.items():
            slots: dict[int, dict[str, Tensor]] = {}
            for key, value in _under(tensors, f"optimizer.{name}.").items():
                index, slot = key.split(".", 1)
                slots.setdefault(int(index), {})[slot] = value
            optimizer.load_state_dict({**optimizer.state_dict(), "state": slots})

    def _optimized(self) -> dict[str, Tensor]:
        """The weights of the optimisers, by the numbers that they have there."""
        found: dict[str, Tensor] = {}
        for name, optimizer in self.optimizers.items():
            weights = [weight for group in optimizer.param_groups for weight in group["params"]]
            found |= {f"optimizer.{name}.{index}": weight for index, weight in enumerate(weights)}
        return found

    def _set_learning_rates(self) -> None:
        """Warm-up over the first 5 % (paper), then a constant rate and a linear cool-down over the last 40 %."""
        factor = min(1.0, (self.progress + 1e-3) / 0.05) * min(1.0, max(0.02, (1 - self.progress) / 0.4))
        for name, optimizer in self.optimizers.items():
            for group, base in zip(optimizer.param_groups, self._base_learning_rates[name], strict=True):
                group["lr"] = base * factor

    @torch.no_grad()
    def _update_ema(self) -> None:
        decay = min(self.ema_decay, (self.step + 1) / (self.step + 10))
        for mean, value in zip(
            self.ema.state_dict().values(), next(iter(self.modules.values())).state_dict().values(), strict=True
        ):
            if mean.is_floating_point():
                mean.lerp_(value, 1 - decay)
            else:
                mean.copy_(value)


def _under(tensors: dict[str, Tensor], prefix: str) -> dict[str, Tensor]:
    return {k.removeprefix(prefix): v for k, v in tensors.items() if k.startswith(prefix)}


def mark_kept(folder: Path) -> None:
    """Says that a model has what came of the run in a folder, if its budget is spent."""
    if (folder / DONE).exists():
        (folder / KEPT).touch()


def is_unkept(folder: Path) -> bool:
    """Whether a run is done and no model has what came of it, since the process died in between."""
    return (folder / DONE).exists() and not (folder / KEPT).exists()


def curve_in(folder: Path) -> list[dict[str, float]]:
    """The curve of the run in a folder as it was last kept; empty without one."""
    path = folder / STATE
    return json.loads(path.read_text())["curve"] if path.exists() else []


def draw_curve(points: list[dict[str, float]], path: Path, unit: str = "minutes") -> None:
    """Write a PNG with a chart for each figure of the points over their minutes, or what else `unit` says they are."""
    figures = [k for k in dict.fromkeys(k for p in points for k in p) if k not in ("step", "minutes")]
    sheet = Image.new("RGB", (WIDTH, HEIGHT * max(1, len(figures))), PAPER)
    draw = ImageDraw.Draw(sheet)
    for row, figure in enumerate(figures):
        _chart(draw, figure, [(p["minutes"], p[figure]) for p in points if figure in p], row * HEIGHT, unit)
    sheet.save(path)


def _chart(draw: ImageDraw.ImageDraw, figure: str, values: list[tuple[float, float]], top: int, unit: str) -> None:
    xs, ys = [x for x, _ in values], [y for _, y in values]
    left, span = min(xs), (max(xs) - min(xs)) or 1
    low, high = min(ys), max(ys)
    draw.text((MARGIN, top + 6), f"{figure}: {ys[-1]:.4g}  ({low:.4g} … {high:.4g})", fill=INK)
    plot_height = HEIGHT - 2 * MARGIN

    def place(x: float, y: float) -> tuple[float, float]:
        height = (y - low) / ((high - low) or 1) * plot_height
        return MARGIN + (x - left) / span * (WIDTH - 2 * MARGIN), top + HEIGHT - MARGIN - height

    draw.line([place(x, y) for x, y in values], fill=LINE, width=2)
    draw.text((MARGIN, top + HEIGHT - 20), f"{left:.0f} … {left + span:.0f} {unit}", fill=INK)
