"""How many threads compute: as many as there are cores that nothing else is using, looked at again and again.

A thread that has to wait for its core holds up all the others at every step: two patches took 185 s with two threads
on two cores of which one was busy, and 44 s with one thread.
"""

import math
import os
import time
from pathlib import Path

TICKS = Path("/proc/stat")  # per core, what it has been busy with; only Linux tells
SHORTEST = 0.3  # seconds, below which ticks are too coarse to tell how busy the machine is
EVERY = 2.0  # seconds between two looks
LEAST = 0.25  # of a core: others that take less of it are not in the way


class CpuThreads:
    """Sets torch's threads. It watches from the moment when it is made, which is best before torch is read.

    OMP_NUM_THREADS, where it is set, has the last word. reserved: cores that are never taken, as long as one is left.
    """

    def __init__(self, reserved: int = 0, ticks: Path = TICKS):
        self._reserved, self._ticks = reserved, ticks
        self._since, self._busy = time.monotonic(), self._busy_seconds()

    def begin(self) -> None:
        """Prepare the process, and take the cores that were free so far."""
        from engine.device import prepare_process

        prepare_process()
        self._take(SHORTEST)

    def look(self) -> None:
        """Take the cores that were free of late; call it between any two steps, it costs nothing most of the time."""
        if time.monotonic() - self._since >= EVERY:
            self._take(EVERY)

    def _take(self, shortest: float) -> None:
        if "OMP_NUM_THREADS" in os.environ:
            return
        import torch

        from engine.device import cores

        now, busy = time.monotonic(), self._busy_seconds()
        seconds = now - self._since
        taken = (busy - self._busy) / seconds if seconds >= shortest else 0.0
        self._since, self._busy = now, busy
        threads = free(cores(), taken, self._reserved)
        if threads != torch.get_num_threads():
            torch.set_num_threads(threads)

    def _busy_seconds(self) -> float:
        """What others than this process have used of the cores that it may use; 0 where nobody tells."""
        try:
            ticks = busy_ticks(self._ticks.read_text(), os.sched_getaffinity(0))
            return ticks / os.sysconf("SC_CLK_TCK") - time.process_time()
        except (OSError, AttributeError, ValueError):
            return 0.0


def free(cores: int, taken: float, reserved: int = 0) -> int:
    """Return how many of the cores are left where others take so many of them and some are reserved; at least 1."""
    return max(1, cores - max(reserved, math.ceil(taken - LEAST)))


def busy_ticks(told: str, cores: set[int]) -> int:
    """All that is not idling or waiting for a disk, of the lines "cpuN user nice system idle iowait irq softirq …"."""
    lines = [line.split() for line in told.splitlines()]
    mine = [[int(n) for n in fields[1:8]] for fields in lines if fields and fields[0] in {f"cpu{n}" for n in cores}]
    return sum(sum(ticks) - ticks[3] - ticks[4] for ticks in mine)
