"""Where the engine computes: the device and why, its threads and its precision."""

import os
import warnings
from functools import cache

import torch
from threadpoolctl import threadpool_limits

from engine.memory import keep_freed_memory
from engine.request import UserError


def choose_device(wish: str = "auto", card: int = 0) -> tuple[torch.device, str]:
    """The device for "auto", "cpu" or "cuda", and the reason in words. card: which of several."""
    if wish == "cpu":
        return torch.device("cpu"), "the CPU was asked for"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about drivers; that no device was found is said below
        found = torch.cuda.is_available()
    if found:
        torch.cuda.set_device(card)
        return torch.device("cuda"), torch.cuda.get_device_name()
    if wish == "cuda":
        raise UserError("No CUDA device was found. Leave out --device cuda to use the CPU.")
    return torch.device("cpu"), "no CUDA device found"


def cards(device: torch.device) -> int:
    """How many of its kind there are that can compute side by side; a CPU is one."""
    return torch.cuda.device_count() if device.type == "cuda" else 1


def describe(device: torch.device) -> str:
    if device.type == "cuda":
        return torch.cuda.get_device_name(device)
    threads = torch.get_num_threads()
    return f"CPU, {threads} thread{'s' * (threads != 1)}"


def prepare_process() -> None:
    """Keep memory that is freed, and leave the cores to torch: both cost most of the time otherwise.

    NumPy's own threads wait for work spinning, as torch's do: 384x720 px beside a picture took 23.3 s on two idle cores
    with both, 9.1 s with NumPy on one thread, and 12.2 s with torch on one thread.
    """
    threadpool_limits(1, user_api="blas")
    keep_freed_memory()


def cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


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


def short_of_memory(error: Exception) -> bool:
    """Whether an error says that memory ran out, in any of the words that torch and oneDNN have for it."""
    if isinstance(error, MemoryError | torch.OutOfMemoryError):
        return True
    signs = ("allocate memory", "out of memory", "could not create a primitive", "could not execute a primitive")
    return isinstance(error, RuntimeError) and any(sign in str(error) for sign in signs)
