"""What a process says it holds."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from engine.memory import peak_memory_mib, resident_mib

ROOT = Path(__file__).parents[2]


def test_what_was_held_stays_the_peak():
    held = np.ones(2**26, dtype=np.uint8)
    assert resident_mib() > 64
    del held
    assert peak_memory_mib() > 64


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="other systems count what the parent held")
def test_a_small_process_that_a_large_one_starts_is_small():
    held = np.ones(2**29, dtype=np.uint8)
    program = "from engine.memory import peak_memory_mib; print(peak_memory_mib())"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT)
    assert len(held) and float(run.stdout) < 100
