"""Data parallelism on a CPU: each thread takes its part of a batch through its own replica of a network.

The copies share their weights and have their own gradients, which are summed. Products of this size gain less from
several threads each, which wait for one another in every one of them.
"""

import copy
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import Any

import torch
from torch import Tensor, nn

MOST = 8


class ThreadedReplicas:
    """`count` replicas of a network, the network itself among them."""

    def __init__(self, net: nn.Module, count: int):
        self.nets = [net, *(_replica(net) for _ in range(count - 1))]
        self._threads = ThreadPoolExecutor(count, "replica", torch.set_num_threads, (1,)) if count > 1 else None

    @classmethod
    def for_device(cls, net: nn.Module, device: torch.device, batch: int) -> "ThreadedReplicas":
        """Make as many as there are threads and samples; one on a graphics card."""
        return cls(net, min(MOST, batch, torch.get_num_threads()) if device.type == "cpu" else 1)

    def backward(self, losses: Callable[[Any, slice], Iterable[Tensor]], samples: int) -> None:
        """Leaves the gradients of the summed losses of all samples; each of `losses` is the mean over a slice of them.

        Backwards from each before the next is made, so that what one needs is given back.
        """
        count = min(len(self.nets), samples)
        parts = [slice(start, end) for start, end in pairwise(samples * part // count for part in range(count + 1))]

        def train(net: nn.Module, part: slice) -> None:
            for loss in losses(net, part):
                (loss * ((part.stop - part.start) / samples)).backward()

        if self._threads is None or count == 1:
            return train(self.nets[0], slice(0, samples))
        for done in [self._threads.submit(train, net, part) for net, part in zip(self.nets, parts, strict=False)]:
            done.result()
        self._gather()

    @torch.no_grad()
    def _gather(self) -> None:
        for whole, *others in zip(*(net.parameters() for net in self.nets), strict=True):
            for other in others:
                if other.grad is not None:
                    whole.grad = other.grad if whole.grad is None else whole.grad.add_(other.grad)
                    other.grad = None


def _replica(net: nn.Module) -> nn.Module:
    """Copy a network; the copy shares its weights, whatever happens to them."""
    memo: dict[int, Any] = {id(buffer): buffer for buffer in net.buffers()}
    memo |= {id(weight): nn.Parameter(weight.data, weight.requires_grad) for weight in net.parameters()}
    return copy.deepcopy(net, memo)
