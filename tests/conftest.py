"""What holds for every test: nothing that it started is still running when it ends."""

import multiprocessing
import os
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # windows need no display here


@pytest.fixture(autouse=True)
def nothing_stays_alive() -> Iterator[None]:
    """Fails a test that leaves a thread or a child process behind."""
    threads = set(threading.enumerate())
    children = _children()
    yield
    deadline = time.monotonic() + 2  # one that is just ending may end
    while (left := _left(threads, children)) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not left, f"the test left running: {', '.join(left)}"


def _left(threads: set[threading.Thread], children: set[int]) -> list[str]:
    multiprocessing.active_children()  # collects those that have ended
    new = [thread.name for thread in threading.enumerate() if thread not in threads]
    return new + [f"process {child}" for child in sorted(_children() - children)]


def _children() -> set[int]:
    """Numbers of the living child processes; those of multiprocessing alone where the system does not list them."""
    found = {child.pid for child in multiprocessing.active_children() if child.pid}
    for tasks in Path("/proc/self/task").glob("*/children"):
        found |= {int(number) for number in tasks.read_text().split()}
    return {child for child in found if not _idle_helper(child)}


def _idle_helper(child: int) -> bool:
    """multiprocessing keeps one process that counts its shared memory; it is meant to stay until the program ends."""
    try:
        return b"resource_tracker" in Path(f"/proc/{child}/cmdline").read_bytes()
    except OSError:
        return False


@pytest.fixture(autouse=True)
def one_torch_thread() -> None:
    """The same sums in the same order on every machine; torch is not imported for the sake of it."""
    torch = sys.modules.get("torch")
    if torch is not None and torch.get_num_threads() != 1:
        torch.set_num_threads(1)
