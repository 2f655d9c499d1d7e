"""Starts the program of packaging/bundle.sh where it finds nothing but itself, and paints with it by its keys.

    Xvfb :9 -screen 0 1600x1000x24 & DISPLAY=:9 python tests/driven/bundle_by_hand.py ARCHIVE FOLDER [ROOT]

The archive is unpacked into FOLDER, or into ROOT, a folder with a bare system that the program is locked into
(`debootstrap --variant=minbase bookworm ROOT`, as root). Its environment holds DISPLAY and HOME and no more. FOLDER
gets a picture of the screen.
"""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tarfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from PySide6.QtGui import QGuiApplication

PATIENCE = 300  # seconds


def until(done: Callable[[], object]) -> float:
    """Seconds that it took."""
    start = time.monotonic()
    while not done():
        if time.monotonic() - start > PATIENCE:
            raise TimeoutError("nothing comes of it")
        time.sleep(0.1)
    return round(time.monotonic() - start, 1)


def xdotool(*arguments: str) -> str:
    return subprocess.run(["xdotool", *arguments], capture_output=True, text=True).stdout.strip()


def count(home: Path, question: str) -> int:
    """Of the one document without a name."""
    for path in home.rglob("untitled-*.handscroll"):
        try:
            with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as db:
                return int(db.execute(question).fetchone()[0])
        except sqlite3.Error:  # not whole yet
            return 0
    return 0


def main(archive: Path, folder: Path, root: Path | None) -> dict:
    app = QGuiApplication(sys.argv[:1])
    where = (root or folder) / "opt"
    home = where / "home"
    home.mkdir(parents=True, exist_ok=True)
    with tarfile.open(archive) as packed:
        packed.extractall(where, filter="tar")
    (program,) = where.glob("handscroll-*/handscroll")
    inside = Path("/") / program.relative_to(root) if root else program
    environment = {"DISPLAY": os.environ["DISPLAY"], "HOME": str(Path("/opt/home") if root else home)}
    locked = [shutil.which("chroot") or "/usr/sbin/chroot", str(root)] if root else []
    with open(folder / "said.log", "wb") as log:
        child = subprocess.Popen([*locked, str(inside)], env=environment, cwd="/", stdout=log, stderr=log)
    told: dict = {"window": until(lambda: child.poll() is not None or xdotool("search", "--name", "· Handscroll"))}
    assert child.poll() is None, (folder / "said.log").read_text()
    until(lambda: count(home, "SELECT count(*) FROM layers WHERE present = 1") >= 3)  # the welcome pictures
    time.sleep(5)
    xdotool("search", "--name", "· Handscroll", "windowfocus", "--sync")
    xdotool("key", "ctrl+shift+Right")
    time.sleep(2)
    xdotool("key", "ctrl+Return")
    told["first patches"] = until(lambda: child.poll() is not None or count(home, "SELECT count(*) FROM patches") >= 2)
    time.sleep(1)
    app.primaryScreen().grabWindow(0).save(str(folder / "bundle.png"))
    child.terminate()
    told["ended"] = child.wait(60)
    told["patches"] = count(home, "SELECT count(*) FROM patches")
    told["said"] = (folder / "said.log").read_text()
    return told


if __name__ == "__main__":
    out = Path(sys.argv[2])
    out.mkdir(parents=True, exist_ok=True)
    print(json.dumps(main(Path(sys.argv[1]), out, Path(sys.argv[3]) if len(sys.argv) > 3 else None)))
