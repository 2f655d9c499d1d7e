"""What the tests of the queue share: a document, a tiny model with patches of 16×16 tokens, and ears for signals."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from app.data_folder import HOME
from app.document import Document, Job, Region
from app.jobs.queue import JobQueue
from engine.request import Box, KnownPicture, PaintRequest

KNOWN = Box(0, 0, 64, 128)
TARGET = Box(0, 0, 320, 128)
LONG = 60_000  # milliseconds; other work may have most of the processor


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(HOME, str(tmp_path / "data"))
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    return tmp_path / "data"


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The folder of a model with patches of 64 px; made in this process, by the engine itself."""
    from engine.config import DecoderConfig, ModelConfig, TokenizerConfig
    from engine.models.checkpoint import ImageModel, save_model

    folder = tmp_path_factory.mktemp("models") / "tiny"
    tokenizer = TokenizerConfig(4, (8, 16), (1, 1), kernel=3, levels=(4, 4))
    save_model(ImageModel.fresh(ModelConfig("tiny", tokenizer, DecoderConfig(2, 32, 2, 1, vocabulary=16))), folder)
    return str(folder)


@pytest.fixture
def document(home: Path) -> Iterator[Document]:
    made = Document.new()
    yield made
    made.close()


class Heard:
    """Everything that a queue has told, in order: (signal, job, what else)."""

    def __init__(self, queue: JobQueue):
        self.all: list[tuple[Any, ...]] = []
        for name in ("planned", "started", "grown", "painted", "finished", "stopped", "failed", "sketched"):
            getattr(queue, name).connect(self._ear(name))

    def _ear(self, name: str) -> Callable[..., None]:
        return lambda *values: self.all.append((name, *values))

    def of(self, name: str, job: int | None = None) -> list[tuple[Any, ...]]:
        return [each for each in self.all if each[0] == name and job in (None, each[1])]

    def count(self, name: str, job: int | None = None) -> int:
        return len(self.of(name, job))


class Desk:
    """A queue over an engine, with a document, and what a test asks of it."""

    def __init__(
        self, qtbot: QtBot, engine: Any, document: Document, model: str, settings: dict[str, Any], more: Any = None
    ):  # fmt: skip
        self.qtbot, self.engine, self.document, self.model = qtbot, engine, document, model
        self.queue = JobQueue(engine, settings.__getitem__, settings_set=settings.__setitem__, more=more)
        self.heard = Heard(self.queue)
        self.queue.bind(document)

    def add(self, seeds: tuple[int, ...] = (1,), box: Box = TARGET, known: bool = True, **options: Any) -> list[int]:
        pixels = np.random.default_rng(0).integers(0, 256, (KNOWN.height, KNOWN.width, 3), dtype=np.uint8)
        pictures = (KnownPicture(KNOWN, pixels),) if known else ()
        request = PaintRequest(box, pictures, anchor=(0, 0))
        return self.queue.add(request, Region(box), {"prompt": "a river"}, seeds, self.model, **options)

    def job(self, number: int) -> Job:
        return self.document.jobs.get(number)

    def state(self, number: int) -> str:
        return self.job(number).state

    def pixels(self, number: int) -> bytes:
        job = self.job(number)
        return self.document.read_layer(job.layer, job.region.box).tobytes()

    def kept(self, number: int) -> int:
        return len(self.document.jobs.painted(number))

    def until(self, true: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(true, timeout=LONG)

    def until_done(self, *numbers: int) -> None:
        self.until(lambda: all(self.state(number) in ("done", "failed") for number in numbers))
        for number in numbers:
            assert self.state(number) == "done", self.job(number).message


@pytest.fixture
def settings() -> dict[str, Any]:
    return {"device": "cpu", "seconds_per_patch": {}}


@pytest.fixture
def sit(
    qtbot: QtBot, qapp: QCoreApplication, document: Document, settings: dict[str, Any]
) -> Iterator[Callable[..., Desk]]:
    """Desks by engine and model; closed at the end."""
    desks: list[tuple[Desk, bool]] = []

    def make(
        engine: Any, model: str = "starter", its: Document | None = None, shared: bool = False, more: Any = None
    ) -> Desk:  # fmt: skip
        desk = Desk(qtbot, engine, its or document, model, settings, more)
        desks.append((desk, shared))
        return desk

    yield make
    for desk, shared in desks:
        if shared:  # other tests go on with its engine
            desk.queue.bind(None)
        else:
            desk.queue.close()


@pytest.fixture
def calm(sit: Callable[..., Desk], tiny: str) -> bytes:
    """The pixels of TARGET with seed 3, painted in this process with nothing to disturb it."""
    from tests.app.inline_engines import InlineEngine

    its = Document.new()
    desk = sit(InlineEngine(), tiny, its)
    (job,) = desk.add((3,))
    desk.until_done(job)
    pixels = desk.pixels(job)
    desk.queue.close()
    its.close()
    return pixels
