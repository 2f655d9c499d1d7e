"""What the tests of exports share: a data folder of their own, and a document with layers, holes and a recipe."""

import os
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from app.data_folder import HOME
from app.document import Document
from engine.request import Box, Patch, PatchPainted, Update

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def noise(width: int, height: int, seed: int = 0, channels: int = 3) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 256, (height, width, channels), dtype=np.uint8)


def smooth(width: int, height: int) -> np.ndarray:
    """Waves, as nature has them more often than noise."""
    y, x = np.mgrid[:height, :width]
    waves = [np.sin(x / a) * np.cos(y / b) for a, b in ((31, 17), (13, 41), (67, 23))]
    return np.rint(np.stack(waves, 2) * 100 + 128).astype(np.uint8)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(HOME, str(tmp_path / "data"))
    return tmp_path / "data"


@pytest.fixture
def out(tmp_path: Path) -> Path:
    (tmp_path / "out").mkdir()
    return tmp_path / "out"


@pytest.fixture
def document() -> Iterator[Document]:
    """A picture of 700×530 at (-100, -30) that is opaque all over, two layers on it, and a hidden one."""
    document = Document.new()
    document.layers.put(noise(700, 530), -100, -30, "Ground")
    veil = noise(90, 80, 1, 4)
    layer = document.layers.put(veil, 250, 200, "Veil / ü")
    document.layers.fade(layer.id, 0.5)
    document.layers.move(layer.id, 7, -3)
    job = document.jobs.add({"prompt": "a river", "seed": 7}, Box(0, 0, 64, 32))
    pixels = noise(64, 32, 3)
    document.jobs.keep(
        job.id, PatchPainted(Patch(0, 0), (Update(Box(0, 0, 64, 32), pixels),), np.zeros((16, 16), np.int32), 2.5)
    )
    document.jobs.accept(job.id)
    hidden = document.layers.put(noise(20, 20, 4), 0, 0, "Hidden")
    document.layers.show(hidden.id, False)
    yield document
    document.close()


@pytest.fixture
def holed(document: Document) -> Document:
    """The same with a part that is clear, far from the rest."""
    document.layers.put(noise(30, 30, 9), 700, 0, "Far")
    return document
