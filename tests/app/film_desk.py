"""What the tests of films share: a session over any engine with a model for films, and a picture to animate."""

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication

from app.document import Document
from app.jobs.queue import JobQueue
from app.session import Session
from app.session.timeline import Timeline
from app.session.values import ClipView
from app.settings import Settings
from tests.app.inline_engines import FlatEngine

LONG = 60  # seconds; other work may have most of the processor


class FilmDesk:
    """A session with a picture of an odd size, all that it has said, and its timeline."""

    def __init__(self, folder: Path, engine: Any, path: Path | None = None):
        self.folder, self.engine = folder, engine
        settings = Settings(folder / "settings.json")
        settings.set("device", "cpu")
        self.queue = JobQueue(engine, settings.get)
        self.session = Session(self.queue, settings, Document.open(path) if path else None)
        self.failures: list[str] = []
        self.told_frames: list[tuple[int, tuple[int, ...]]] = []
        self.session.failed.connect(self.failures.append)
        self.timeline.frames_changed.connect(lambda clip, numbers: self.told_frames.append((clip, numbers)))

    @property
    def timeline(self) -> Timeline:
        return self.session.timeline

    @property
    def document(self) -> Document:
        return self.session.document

    def place(self, width: int, height: int, seed: int = 0) -> int:
        self.session.documents.place_pixels(noise(width, height, seed), width / 2, height / 2, "Hills")
        assert self.session.selected is not None
        return self.session.selected

    def make(self, frames: int = 3, size: tuple[int, int] = (100, 70)) -> int:
        self.place(*size)
        clip = self.timeline.clip_edits.make_clip(frames)
        assert clip is not None, self.failures
        return clip

    def animate(self, clip: int) -> int:
        job = self.timeline.painting.animate(clip)
        assert job is not None, self.failures
        return job

    def painted(self, clip: int) -> None:
        self.animate(clip)
        self.until(
            lambda: set(self.timeline.frames.states(clip)) == {"done"} and self.timeline.painting.job(clip) is None
        )

    def view(self, clip: int) -> ClipView:
        view = self.timeline.clip(clip)
        assert view is not None
        return view

    def frames(self, clip: int) -> list[bytes]:
        """Decoded from the file, and not from memory."""
        self.timeline.frames._pixels.clear()
        return [self.pixels(clip, number).tobytes() for number in range(self.view(clip).length)]

    def pixels(self, clip: int, number: int) -> np.ndarray:
        found = self.timeline.frames.pixels(clip, number)
        assert found is not None
        return found

    def until(self, so: Callable[[], bool]) -> None:
        """Looks after every turn of the events: what comes and goes within milliseconds is to be seen too."""
        end = time.monotonic() + LONG
        while not so():
            assert time.monotonic() < end, f"that took too long: {self.queue.status.message} {self.failures}"
            QCoreApplication.processEvents()
            time.sleep(0.0005)  # an engine in another process wants to tell something

    def told(self, *words: str) -> None:
        """One failure, with these words in it."""
        assert len(self.failures) == 1, self.failures
        for word in words:
            assert word in self.failures[0], self.failures[0]
        self.failures.clear()

    def close(self) -> None:
        self.session.close()
        self.queue.close()


def flat_desk(folder: Path, patch: pytest.MonkeyPatch, pace: int = 0) -> Iterator[FilmDesk]:
    """With data of its own, a film model that is only described, and an engine that paints flat colours."""
    patch.setenv("HANDSCROLL_DATA", str(folder / "data"))
    describe_film_model(folder / "data" / "models" / "film")
    made = FilmDesk(folder, FlatEngine(patch_px=64, pace=pace))
    yield made
    made.close()


def noise(width: int, height: int, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 256, (height, width, 3), dtype=np.uint8)


def describe_film_model(folder: Path) -> None:
    """A model that is only described, for an engine that paints flat colours."""
    folder.mkdir(parents=True)
    config = {"tokenizer": {"compression": 4}, "decoder": {"side": 16, "extent": [1, 1, 2], "text": {"length": 8}}}
    (folder / "config.json").write_text(json.dumps(config))


def write_film_model(folder: Path, words: bool = False) -> None:
    """A tiny one that looks back at two frames; random weights that all matter."""
    import torch

    from engine.config import PRESETS, DecoderConfig, ModelConfig, TokenizerConfig
    from engine.models.checkpoint import ImageModel, save_model
    from engine.request import Extent

    tokenizer = TokenizerConfig(4, (8, 16), (1, 1), kernel=3, levels=(4, 4))
    text = PRESETS["tiny"].decoder.text if words else None
    decoder = DecoderConfig(2, 32, 2, 1, vocabulary=16, extent=Extent(1, 1, 2), text=text)
    model = ImageModel.fresh(ModelConfig("film", tokenizer, decoder), seed=5)
    chance = torch.Generator().manual_seed(5)
    for net in (model.tokenizer, model.decoder):
        for parameter in net.parameters():
            parameter.data.add_(0.1 * torch.randn(parameter.shape, generator=chance))
    save_model(model, folder)
