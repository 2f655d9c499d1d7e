"""What the tests of the command line share: a tiny model in a folder, small pictures, and one way to run a command."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pytest
from PIL import Image

from app.cli import main

from .tiny_films import tiny_film_model


class Ended(NamedTuple):
    """How a command ended, and what it has said."""

    code: int
    out: str
    err: str

    @property
    def figures(self) -> dict[str, Any]:
        """The one JSON object on stdout."""
        assert self.code == 0, self.err
        return json.loads(self.out)

    def told(self, code: int, *words: str) -> None:
        """Ended with this code, nothing on stdout, and one line on stderr with these words in it."""
        assert self.code == code, self.err
        assert not self.out and self.err.count("\n") == 1 and self.err.endswith("\n"), self.err
        assert "Traceback" not in self.err
        for word in words:
            assert word in self.err, self.err

    def told_last(self, *words: str) -> None:
        """Ended with code 1 and these words in the last line on stderr, after others about progress."""
        assert self.code == 1 and not self.out and "Traceback" not in self.err, self.err
        for word in words:
            assert word in self.err.splitlines()[-1], self.err


class Studio:
    """A folder to work in, with a model in it."""

    def __init__(self, folder: Path, model: Path, capsys: pytest.CaptureFixture[str]):
        self.folder, self.model, self.capsys = folder, model, capsys

    def run(self, *arguments: object) -> Ended:
        self.capsys.readouterr()
        code = main([str(argument) for argument in arguments])
        told = self.capsys.readouterr()
        return Ended(code, told.out, told.err)

    def outpaint(self, picture: Path, output: Path, *arguments: object) -> Ended:
        return self.run("outpaint", picture, "-o", output, "--model", self.model, "--device", "cpu", *arguments)

    def picture(self, width: int = 19, height: int = 16, name: str = "in.png", **options: Any) -> Path:
        Image.fromarray(self.noise(width, height)).save(self.folder / name, **options)
        return self.folder / name

    def left_behind(self) -> set[str]:
        """Names in the folder."""
        return {path.name for path in self.folder.iterdir()}

    @staticmethod
    def noise(width: int, height: int, channels: int = 3) -> np.ndarray:
        return np.random.default_rng(width).integers(0, 256, (height, width, channels), dtype=np.uint8)

    @staticmethod
    def pixels(path: Path) -> np.ndarray:
        return np.asarray(Image.open(path).convert("RGB"))


@pytest.fixture(scope="session")
def tiny_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Random weights, all of which matter."""
    import torch

    from engine.config import PRESETS
    from engine.models.checkpoint import ImageModel, save_model

    model = ImageModel.fresh(PRESETS["tiny"], seed=5)
    for net in (model.tokenizer, model.decoder):
        for parameter in net.parameters():
            parameter.data.add_(0.1 * torch.randn_like(parameter))
    folder = tmp_path_factory.mktemp("model")
    save_model(model, folder)
    return folder


@pytest.fixture(scope="session")
def film_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_film_model(tmp_path_factory.mktemp("films"))


@pytest.fixture(scope="session")
def patch_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Random weights too, with patches of 16×16 tokens, as the window's document keeps them; 64 px wide."""
    root, folder = Path(__file__).parents[2], tmp_path_factory.mktemp("patches") / "tiny"
    environment = {**os.environ, "PYTHONPATH": str(root), "OMP_NUM_THREADS": "1"}
    subprocess.run([sys.executable, root / "tests/driven/tiny_model.py", folder], env=environment, check=True)
    return folder


@pytest.fixture
def studio(
    tmp_path: Path, tiny_model: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Studio:
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    return Studio(tmp_path, tiny_model, capsys)
