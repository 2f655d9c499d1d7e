"""What the tests of the document share: a data folder of their own, small pictures, and finished patches."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from app.data_folder import HOME
from app.document import Document
from engine.request import Box, Patch, PatchPainted, Update


class Hand:
    """Makes what a test paints with, in a folder to save in."""

    def __init__(self, folder: Path):
        self.folder = folder

    @staticmethod
    def noise(width: int, height: int, seed: int = 0, channels: int = 3) -> np.ndarray:
        return np.random.default_rng(seed).integers(0, 256, (height, width, channels), dtype=np.uint8)

    def painted(self, column: int, box: Box, seed: int = 0) -> PatchPainted:
        tokens = np.random.default_rng(seed).integers(0, 65536, (16, 16)).astype(np.int32)
        return PatchPainted(Patch(column, 0), (Update(box, self.noise(box.width, box.height, seed)),), tokens, 2.5)

    @staticmethod
    def whole(document: Document) -> bytes:
        """Where the picture lies, and all its pixels."""
        box = document.bounds
        return repr(box).encode() + document.read(box).tobytes()

    def saved(self, name: str = "a") -> Path:
        """A closed document with two layers, a history and a job."""
        document = Document.new()
        first = document.layers.put(self.noise(300, 200), -20, -30)
        document.layers.paint(first.id, Box(5, 5, 50, 40), self.noise(50, 40, 1))
        job = document.jobs.add({"prompt": "a river", "seed": 7}, Box(280, 0, 256, 128))
        document.jobs.keep(job.id, self.painted(1, Box(280, 0, 256, 128)))
        document.jobs.accept(job.id)
        document.save_as(self.folder / name)
        document.save()
        document.close()
        return self.folder / f"{name}.handscroll"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(HOME, str(tmp_path / "data"))
    return tmp_path / "data"


@pytest.fixture
def hand(tmp_path: Path) -> Hand:
    return Hand(tmp_path)


@pytest.fixture
def document(home: Path) -> Iterator[Document]:
    document = Document.new()
    yield document
    document.close()
