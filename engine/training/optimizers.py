"""Muon for the matrices of the blocks, AdamW for everything else."""

import math
from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor, nn

from engine.device import bfloat16_pays
from engine.models.vision_decoder import VisionDecoder


class FloatMuon(torch.optim.Muon):
    """Muon in float32. PyTorch's multiplies bfloat16, which took two thirds of a training step on a CPU without it."""

    @torch.no_grad()
    def step(self, closure: Callable[[], float] | None = None) -> float | None:  # type: ignore[override]
        with torch.enable_grad():
            loss = closure() if closure else None
        for group in self.param_groups:
            for weight in group["params"]:
                if weight.grad is not None:
                    self._update(weight, weight.grad, group)
        return loss

    def _update(self, weight: Tensor, grad: Tensor, group: dict[str, Any]) -> None:
        state, momentum = self.state[weight], group["momentum"]
        if not state:
            state["momentum_buffer"] = torch.zeros_like(weight)
        mean = state["momentum_buffer"].lerp_(grad, 1 - momentum)
        ahead = grad.lerp(mean, momentum) if group["nesterov"] else mean
        way = _orthogonal(ahead, group["ns_coefficients"], group["ns_steps"], group["eps"])
        tall = math.sqrt(max(1.0, weight.shape[0] / weight.shape[1]))
        weight.mul_(1 - group["lr"] * group["weight_decay"]).add_(way, alpha=-group["lr"] * tall)


def _orthogonal(matrix: Tensor, factors: tuple[float, float, float], steps: int, eps: float) -> Tensor:
    """Nearly the orthogonal matrix that is closest, by the quintic iteration of Newton and Schulz."""
    if matrix.shape[0] > matrix.shape[1]:
        return _orthogonal(matrix.T, factors, steps, eps).T
    a, b, c = factors
    matrix = matrix / matrix.norm().clamp_min(eps)
    for _ in range(steps):
        gram = matrix @ matrix.T
        matrix = torch.addmm(matrix, torch.addmm(gram, gram, gram, beta=b, alpha=c), matrix, beta=a)
    return matrix


def all_blocks(net: VisionDecoder) -> nn.ModuleList:
    """The blocks of a decoder and of its text encoder, where the large matrices are."""
    return nn.ModuleList([*net.blocks, *(net.text.blocks if net.text else ())])


def muon_and_adamw(
    net: nn.Module, blocks: nn.Module, learning_rate: float, weight_decay: float = 0.03
) -> dict[str, torch.optim.Optimizer]:
    """Optimisers "muon" and "adamw" of a network. In a trial Muon needed a third of AdamW's crops for the same loss."""
    matrices = [p for p in blocks.parameters() if p.dim() == 2 and p.requires_grad]
    chosen = {id(p) for p in matrices}
    rest = [p for p in net.parameters() if id(p) not in chosen and p.requires_grad]
    kind = torch.optim.Muon if bfloat16_pays(matrices[0].device) else FloatMuon
    return {
        "muon": kind(matrices, lr=10 * learning_rate, weight_decay=weight_decay),
        "adamw": torch.optim.AdamW(rest, lr=learning_rate, betas=(0.9, 0.95), weight_decay=weight_decay),
    }


def adam(net: nn.Module, learning_rate: float) -> dict[str, torch.optim.Optimizer]:
    """Return the paper's optimiser, Adam for all weights, as "adam"."""
    return {"adam": torch.optim.Adam([p for p in net.parameters() if p.requires_grad], lr=learning_rate)}
