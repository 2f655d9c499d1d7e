"""How many threads a command takes, on a machine that has other things to do as well."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.inference.cpu_threads import EVERY, busy_ticks, free
from tests.app.conftest import Studio

STAT = "cpu  9 9 9 9 9 9 9 9\ncpu0 10 1 5 1000 50 2 3 0 0 0\ncpu1 20 0 0 900 0 0 0 0 0 0\ncpu7 1 1 1 1 1 1 1\nintr 3\n"
ROOT = Path(__file__).parents[3]
linux = pytest.mark.skipif(
    not Path("/proc/stat").exists() or len(os.sched_getaffinity(0)) < 2, reason="needs two cores, and a /proc/stat"
)


def test_only_the_cores_that_may_be_used_count() -> None:
    assert busy_ticks(STAT, {0}) == 10 + 1 + 5 + 2 + 3
    assert busy_ticks(STAT, {0, 1}) == 21 + 20


@pytest.mark.parametrize(
    ("cores", "taken", "reserved", "left"),
    [(2, 0.1, 0, 2), (2, 0.9, 0, 1), (2, 2.0, 0, 1), (16, 3.1, 0, 13), (1, 0.0, 0, 1), (8, 0.0, 1, 7), (8, 0.9, 1, 7),
     (8, 3.0, 1, 5), (1, 0.0, 1, 1), (4, -0.2, 0, 4)],
)  # fmt: skip
def test_what_others_take_is_left_to_them(cores: int, taken: float, reserved: int, left: int) -> None:
    assert free(cores, taken, reserved) == left


@pytest.fixture
def busy() -> Iterator[str]:
    """Two cores that are kept busy by others; the words that run a program on them."""
    pair = ",".join(map(str, sorted(os.sched_getaffinity(0))[:2]))
    hogs = [subprocess.Popen(["taskset", "-c", pair, sys.executable, "-c", "while True: pass"]) for _ in range(2)]
    yield pair
    for hog in hogs:
        hog.kill()
        hog.wait()


def on(pair: str, code: str, *arguments: object) -> str:
    """The last line that a program prints which may use as many threads as it likes."""
    environment = {name: value for name, value in os.environ.items() if name != "OMP_NUM_THREADS"}
    command = ["taskset", "-c", pair, sys.executable, "-c", code, *map(str, arguments)]
    ran = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True, timeout=300)
    return ran.stdout.splitlines()[-1]


COMMAND = """
import sys
from app.cli.main import main
code = main(sys.argv[1:])
import torch
print(code, torch.get_num_threads())
"""


@linux
def test_outpaint_on_a_busy_machine_takes_one_thread(studio: Studio, busy: str) -> None:
    picture = studio.picture()
    arguments = ("outpaint", picture, "--right", 8, "-o", studio.folder / "x.png", "--model", studio.model)
    assert on(busy, COMMAND, *arguments) == "0 1"


@linux
def test_evaluate_on_a_busy_machine_takes_one_thread(busy: str, tmp_path: Path) -> None:
    """It ends at once, for there are no pictures; by then threads are taken."""
    (tmp_path / "model").mkdir()
    assert on(busy, COMMAND, "evaluate", "--data", tmp_path, "--model", tmp_path / "model") == "1 1"


ENGINE = """
from app.jobs.worker import TorchPainter
painter = TorchPainter()
painter._threads._reserved = 0  # of two cores one would always be the artist's
print(painter.ready("cpu").device)
"""


@linux
def test_the_engine_of_the_window_takes_one_thread_of_a_busy_machine(busy: str) -> None:
    assert on(busy, ENGINE) == "CPU, 1 thread"


LATER = f"""
import os, subprocess, sys, time, torch
from pathlib import Path
from engine.inference.cpu_threads import CpuThreads
ticks = Path(sys.argv[1])
cores, hertz = sorted(os.sched_getaffinity(0)), os.sysconf("SC_CLK_TCK")
def others(seconds):
    mine = time.process_time()
    lines = [f"cpu{{core}} {{round((seconds + mine) / len(cores) * hertz)}} 0 0 0 0 0 0" for core in cores]
    ticks.write_text("\\n".join(lines))
others(0)
threads = CpuThreads(ticks=ticks)
threads.begin()
seen = [torch.get_num_threads()]
threads.look()
seen += [torch.get_num_threads()]
for busy in ({EVERY} * 1.1, {EVERY} * 1.1):
    time.sleep({EVERY} * 1.05)
    others(busy)
    threads.look()
    seen += [torch.get_num_threads()]
print(*seen)
"""


@linux
def test_threads_go_and_come_back_with_what_others_do(tmp_path: Path) -> None:
    """The first two seconds others take one core, then none: two threads at first, one, two again."""
    pair = ",".join(map(str, sorted(os.sched_getaffinity(0))[:2]))
    assert on(pair, LATER, tmp_path / "stat") == "2 2 1 2"
