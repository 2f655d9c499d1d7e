"""Memory and threads for a command: as many threads as there are cores that nothing else is using."""

import os
import time
from pathlib import Path

TICKS = Path("/proc/stat")  # per core, what it has been busy with; only Linux tells
SHORTEST = 0.3  # seconds, below which ticks are too coarse to tell how busy the machine is


def prepare() -> None:
    """Freed memory is kept, all free cores are used; OMP_NUM_THREADS, where it is set, has the last word.

    A thread that has to wait for its core holds up all the others at every step: on two busy cores two threads painted
    six times as slowly as one. How busy the machine is shows while torch is being read.
    """
    begun, busy = time.monotonic(), _busy_seconds()
    import torch

    from engine.device import cores, keep_memory

    keep_memory()
    if "OMP_NUM_THREADS" not in os.environ:
        seconds = time.monotonic() - begun
        taken = (_busy_seconds() - busy) / seconds if seconds > SHORTEST else 0.0
        torch.set_num_threads(free(cores(), taken))


def free(cores: int, taken: float) -> int:
    """How many of the cores are left by others that take so many of them."""
    return max(1, cores - round(taken))


def _busy_seconds() -> float:
    """What others than this process have used so far of the cores that it may use; 0 where nobody tells."""
    try:
        return busy_ticks(TICKS.read_text(), os.sched_getaffinity(0)) / os.sysconf("SC_CLK_TCK") - time.process_time()
    except (OSError, AttributeError, ValueError):
        return 0.0


def busy_ticks(told: str, cores: set[int]) -> int:
    """All that is not idling or waiting for a disk, of the lines "cpuN user nice system idle iowait irq softirq …"."""
    lines = [line.split() for line in told.splitlines()]
    mine = [[int(n) for n in fields[1:8]] for fields in lines if fields and fields[0] in {f"cpu{n}" for n in cores}]
    return sum(sum(ticks) - ticks[3] - ticks[4] for ticks in mine)
