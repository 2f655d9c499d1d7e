"""Where the engine computes: the device and why, memory that is kept instead of given back, and 8-bit weights."""

import copy
import ctypes
import os
import platform
import resource
import warnings
from functools import cache

import torch
from torch import Tensor, nn

from engine.request import UserError


def choose_device(wish: str = "auto") -> tuple[torch.device, str]:
    """The device for "auto", "cpu" or "cuda", and the reason in words."""
    if wish == "cpu":
        return torch.device("cpu"), "the CPU was asked for"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about drivers; that no device was found is said below
        found = torch.cuda.is_available()
    if found:
        return torch.device("cuda"), torch.cuda.get_device_name()
    if wish == "cuda":
        raise UserError("No CUDA device was found. Leave out --device cuda to work on the CPU.")
    return torch.device("cpu"), "no CUDA device found"


def describe(device: torch.device) -> str:
    if device.type == "cuda":
        return torch.cuda.get_device_name(device)
    threads = torch.get_num_threads()
    return f"CPU, {threads} thread{'s' * (threads != 1)}"


def keep_memory() -> None:
    """Tell glibc to keep freed memory: a training step on a CPU otherwise spends most of its time on page faults.

    Measured on two cores, one tokenizer step: GELU of 2.4 M numbers 19 ms before, 1.2 ms after.
    """
    if platform.libc_ver()[0] == "glibc":
        libc = ctypes.CDLL(None)
        libc.mallopt(-4, 0)  # M_MMAP_MAX: large blocks come from the heap too
        libc.mallopt(-1, 2**31 - 1)  # M_TRIM_THRESHOLD


def cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def peak_memory_mib() -> float:
    """The largest resident size of this process so far."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 2**20 if platform.system() == "Darwin" else peak / 2**10


@cache
def bfloat16_pays(device: torch.device) -> bool:
    """Whether it has instructions for products of bfloat16.

    A CPU that must make floats of them first takes longer than with floats. Measured on one core with AVX2: a product
    of matrices 6.2 ms, in bfloat16 63.
    """
    flags = ("_is_avx512_bf16_supported", "_is_amx_tile_supported")
    return device.type != "cpu" or any(getattr(torch.cpu, flag, lambda: False)() for flag in flags)


def sums_halves() -> bool:
    """Whether sums of rows in float16 are made by fbgemm, which is there for x86; others would take long."""
    return "fbgemm" in torch.backends.quantized.supported_engines


def half_precision(device: torch.device) -> torch.autocast:
    """bf16 where it pays: the matrix products of training."""
    return torch.autocast(device.type, torch.bfloat16, enabled=bfloat16_pays(device))


class Int8Linear(nn.Module):
    """A linear layer whose weights stay in 8 bits with one scale per row, for steps that read every weight once.

    Measured on one core at batch 1, the 32 layers of the starter: 1.1 ms a step against 4.1 ms in float32, 3.8 ms with
    PyTorch's dynamic quantisation and 5.4 ms in bfloat16. Activations go in as bfloat16.
    """

    def __init__(self, linear: nn.Linear):
        super().__init__()
        weight, scale = to_int8(linear.weight.detach())
        self.weight = nn.Buffer(weight)
        self.scale = nn.Buffer(scale.bfloat16())
        self.bias = linear.bias

    def forward(self, x: Tensor) -> Tensor:
        y = int8_product(x.flatten(0, -2), self.weight, self.scale).to(x.dtype)
        y = y if x.dim() == 2 else y.view(*x.shape[:-1], -1)
        return y if self.bias is None else y + self.bias


def int8_product(x: Tensor, weight: Tensor, scale: Tensor) -> Tensor:
    """What Int8Linear computes without a bias, and in bfloat16, as it comes; x: (rows, columns)."""
    return torch._weight_int8pack_mm(x.bfloat16(), weight, scale)  # pyright: ignore[reportPrivateImportUsage]


def to_int8(weight: Tensor) -> tuple[Tensor, Tensor]:
    """Integers in [-127, 127] and a scale per row, (rows,) float32 with the value of a bfloat16.

    Scales are rounded to bfloat16, in which they are used. The largest weight of a row is always 127, so weights that
    were once in 8 bits come out the same when they are brought there again.
    """
    rows = weight.float().flatten(1)
    scale = (rows.abs().amax(1) / 127).clamp_min(1e-12).bfloat16().float()
    return (rows / scale[:, None]).round().clamp(-127, 127).to(torch.int8).view(weight.shape), scale


def in_int8(net: nn.Module) -> nn.Module:
    """A copy of a network that shares everything but its linear layers, which become 8-bit ones."""
    memo = {id(t): t for t in (*net.parameters(), *net.buffers())}
    twin = copy.deepcopy(net, memo)
    for module in list(twin.modules()):
        for name, child in module.named_children():
            if isinstance(child, nn.Linear):
                setattr(module, name, Int8Linear(child))
    return twin


def short_of_memory(error: Exception) -> bool:
    """Whether an error says that memory ran out, in any of the words that torch and oneDNN have for it."""
    if isinstance(error, MemoryError | torch.OutOfMemoryError):
        return True
    signs = ("allocate memory", "out of memory", "could not create a primitive", "could not execute a primitive")
    return isinstance(error, RuntimeError) and any(sign in str(error) for sign in signs)
