"""steady_hand.py in a process of its own: its words as they come, and the means to kill it or its engine."""

import contextlib
import json
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

from app.data_folder import HOME

ROOT = Path(__file__).parents[2]
PATIENCE = 120.0  # seconds without a word after which a program is taken for stuck
Words = dict[str, Any]


class Child:
    """The program: its words, and the means to end it."""

    def __init__(self, path: Path, model: Path, stages: int):
        environment = {
            **os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "tests/driven")]),
            HOME: str(path.parent / "data"), "QT_QPA_PLATFORM": "offscreen", "OMP_NUM_THREADS": "1",
        }  # fmt: skip
        code = "import steady_hand; steady_hand.main()"
        self.process = subprocess.Popen(
            [sys.executable, "-c", code, str(path), str(model), str(stages)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment, text=True,
        )  # fmt: skip
        self.said: list[Words] = []
        self.engine = 0
        self._lines: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._lines.put(line)
        self._lines.put(None)

    def next(self, seconds: float) -> Words | None:
        """The next words within this time; None when there are none. The end is {"ended": exit code}."""
        try:
            line = self._lines.get(timeout=max(seconds, 0))
        except queue.Empty:
            return None
        if line is None:
            self._lines.put(None)  # for whoever asks again
            return {"ended": self.process.wait()}
        words = json.loads(line)
        self.engine = words.get("engine", self.engine)
        self.said.append(words)
        return words

    def until(self, *names: str, seconds: float = PATIENCE) -> Words | None:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            words = self.next(end - time.monotonic())
            if words and (words.keys() & {*names, "ended"}):
                return words
        return None

    def kill_window(self) -> None:
        self.process.kill()

    def kill_engine(self) -> bool:
        if not self.engine or not is_child(self.engine, self.process.pid):
            return False
        os.kill(self.engine, signal.SIGKILL)
        return True

    def close(self) -> int:
        """In good order; returns the exit code."""
        assert self.process.stdin is not None
        with contextlib.suppress(OSError):
            self.process.stdin.write("end\n")
            self.process.stdin.flush()
        self.until("ended")
        return self.process.poll() if self.process.poll() is not None else -99  # type: ignore[return-value]

    def end(self) -> bool:
        """Collects what is left; True when no engine has outlived its window."""
        self.process.kill()
        self.process.wait()
        self._thread.join()
        while "ended" not in (self.next(0) or {"ended": 0}):  # its last words
            pass
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()
        deadline = time.monotonic() + 10
        while lives(self.engine) and time.monotonic() < deadline:
            time.sleep(0.01)
        return not lives(self.engine)


def _stat(process: int) -> list[str]:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def is_child(process: int, parent: int) -> bool:
    return _stat(process)[1:2] == [str(parent)]


def lives(process: int) -> bool:
    return bool(process) and bool(_stat(process)) and _stat(process)[0] not in ("Z", "X")
