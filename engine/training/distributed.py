"""Several processes that learn one model together, with PyTorch's own distributed engine.

`torchrun --nproc-per-node=N -m app train ...` starts them, on one machine or on many. Each draws the same batch from
the generator of the step and learns from its own part of it, so N processes see what one would have seen. Gradients are
averaged as DistributedDataParallel does it; its wrapper wants one forward per backward, and a decoder is called once
for every patch of a window, and for caches in between. The first process alone writes and reports.
"""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import torch
import torch.distributed as dist
from torch import nn

from engine.request import UserError


@dataclass(frozen=True)
class World:
    """Which of how many processes this is; alone it is the first of one."""

    rank: int = 0
    size: int = 1

    @classmethod
    def current(cls) -> "World":
        if not dist.is_available() or not dist.is_initialized():
            return cls()
        return cls(dist.get_rank(), dist.get_world_size())

    @property
    def leads(self) -> bool:
        """Whether this process writes and reports."""
        return self.rank == 0

    def part(self, total: int) -> slice:
        """The samples of a batch that this process learns from; raises UserError where some would have none."""
        if total < self.size:
            raise UserError(f"A batch of {total} cannot be divided among {self.size} processes. Start fewer.")
        return slice(total * self.rank // self.size, total * (self.rank + 1) // self.size)

    def weight(self, total: int) -> float:
        """What the mean over the own part counts, so that the mean over all processes is that over all samples."""
        part = self.part(total)
        return (part.stop - part.start) * self.size / total

    def wait(self) -> None:
        """Until all processes have come here."""
        if self.size > 1:
            dist.barrier()

    @torch.no_grad()
    def average(self, parameters: Iterable[nn.Parameter]) -> None:
        """Bring the gradients to the mean over all processes, in one buffer; those that nobody has stay away."""
        if self.size == 1:
            return
        wanted = [p for p in parameters if p.requires_grad]
        device = wanted[0].device
        there = torch.tensor([p.grad is not None for p in wanted], device=device, dtype=torch.int32)
        dist.all_reduce(there, dist.ReduceOp.MAX)
        some = [p for p, found in zip(wanted, there.tolist(), strict=True) if found]
        grads = [p.grad if p.grad is not None else torch.zeros_like(p) for p in some]
        buffer = torch.cat([grad.flatten() for grad in grads])
        dist.all_reduce(buffer)
        buffer /= self.size
        for parameter, mean in zip(some, buffer.split([grad.numel() for grad in grads]), strict=True):
            parameter.grad = mean.view_as(parameter)

    def agree(self, *values: float) -> tuple[float, ...]:
        """The largest of each value among all processes: clocks and wishes to stop are then the same for all."""
        if self.size == 1:
            return values
        found = torch.tensor(values, dtype=torch.float64, device=_device())
        dist.all_reduce(found, dist.ReduceOp.MAX)
        return tuple(found.tolist())


@contextmanager
def joined() -> Iterator[World]:
    """Meet the other processes that torchrun has started, if there are any, and part from them at the end."""
    if int(os.environ.get("WORLD_SIZE", "1")) < 2:
        yield World()
        return
    if torch.cuda.is_available():
        torch.cuda.set_device(int(os.environ.get("LOCAL_RANK", "0")))
    dist.init_process_group("nccl" if torch.cuda.is_available() else "gloo")
    try:
        yield World.current()
    finally:
        dist.destroy_process_group()


def _device() -> torch.device:
    return torch.device("cuda", torch.cuda.current_device()) if dist.get_backend() == "nccl" else torch.device("cpu")
