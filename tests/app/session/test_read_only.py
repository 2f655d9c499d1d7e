"""A document that may not be written is opened as a copy; permissions bind everybody but the system's own user."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from app.data_folder import HOME
from app.document import Document

ROOT = Path(__file__).parents[3]

OPENS = """
import json, os, sys, PIL.WebPImagePlugin
from PySide6.QtCore import QCoreApplication
app = QCoreApplication([])
from tests.app.inline_engines import FlatEngine
from app.jobs.queue import JobQueue
from app.session import Session
from app.settings import Settings
from pathlib import Path
if os.geteuid() == 0:  # all is imported by now
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
session, told = Session(JobQueue(FlatEngine()), Settings(Path(sys.argv[2]))), []
session.failed.connect(told.append)
session.documents.open(sys.argv[1])
names = [layer.name for layer in session.document.layers.all()]
session.layers.add_layer("Mine")
print(json.dumps({"told": told, "names": names, "named": session.documents.named,
                  "recent": session.settings.get("recent"), "layers": len(session.document.layers.all())}))
session.close()
session.queue.close()
"""


@pytest.fixture
def shared() -> Iterator[Path]:
    """A folder that every user may look into."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    for each in (folder, *folder.rglob("*")):
        each.chmod(0o755)
    shutil.rmtree(folder)


@pytest.mark.skipif(sys.platform == "win32", reason="has other permissions")
@pytest.mark.parametrize("locked", ["file", "folder"])
def test_opened_as_a_copy_and_left_as_it_is(shared: Path, monkeypatch: pytest.MonkeyPatch, locked: str) -> None:
    home = shared / "home"
    home.mkdir(mode=0o777)
    home.chmod(0o777)
    monkeypatch.setenv(HOME, str(home / "data"))
    path = shared / "theirs" / "hills.handscroll"
    path.parent.mkdir()
    document = Document.new()
    document.layers.put(np.full((8, 8, 3), 9, np.uint8), 0, 0, "Hills")
    document.save_as(path)
    document.close()
    shutil.rmtree(home / "data", ignore_errors=True)
    before = path.read_bytes()
    path.chmod(0o444 if locked == "file" else 0o666)
    path.parent.chmod(0o777 if locked == "file" else 0o555)
    environment = {**os.environ, "HOME": str(home), HOME: str(home / "data"), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", OPENS, str(path), str(home / "settings.json")]
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, cwd=home)
    assert ran.returncode == 0, ran.stderr
    found = json.loads(ran.stdout.splitlines()[-1])
    assert "a copy" in found["told"][0] and found["names"] == ["Hills"] and found["layers"] == 2
    assert not found["named"] and not found["recent"]
    assert path.read_bytes() == before and [each.name for each in path.parent.iterdir()] == [path.name]
