"""Three rounds of tests/driven/kill_at_random.py: what was promised before a kill is in the file after it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SEED = 3  # one kill of each kind


@pytest.mark.skipif(sys.platform != "linux", reason="signals and /proc")
def test_nothing_that_was_promised_is_lost(tmp_path: Path):
    command = [sys.executable, ROOT / "tests/driven/kill_at_random.py", "3", tmp_path, "1", str(SEED)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}
    ended = subprocess.run([*map(str, command)], env=environment, capture_output=True, text=True, timeout=300)
    assert ended.returncode == 0, ended.stderr
    told = json.loads(ended.stdout)
    bad = ("lost", "integrity_failures", "cannot_be_opened", "half_written", "other_pixels", "orphans", "bad_copies")
    assert not told["troubles"] and not any(told[each] for each in bad), ended.stderr
    assert told["same_picture"] and told["patches_promised"] >= 4 and told["paintings"]
