"""Painting in the hand of the picture through the session, with the real engine and a tiny model: what is kept."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from app.document import Document, Job, Region
from app.jobs import request_codec as requests
from app.jobs.queue import JobQueue
from app.session import Session
from app.session import staging as staging_module
from app.settings import Settings
from engine.request import Box, PaintedPatch, PatchPainted
from tests.app.inline_engines import InlineEngine

PICTURE = Box(0, 0, 512, 384)
CORNER = Box(256, 192, 448, 320)  # beside the picture and below it
LONG = 240_000  # ms


class Desk:
    """A session over a file, with a picture in it."""

    def __init__(self, folder: Path, qtbot: QtBot, model: Path):
        self.folder, self.qtbot, self.model = folder, qtbot, model
        self.failures: list[str] = []
        self.open(None)
        rows, columns = np.mgrid[: PICTURE.height, : PICTURE.width]
        noise = np.random.default_rng(3).integers(0, 60, (PICTURE.height, PICTURE.width, 3))
        waves = 90 + 60 * np.sin(rows / 17 + columns / 29)
        pixels = np.clip(np.stack([waves, rows / 2, 200 - columns / 4], 2) + noise, 0, 255).astype(np.uint8)
        self.session.documents.place_pixels(pixels, PICTURE.width / 2, PICTURE.height / 2, "Hills")

    def open(self, document: Document | None) -> None:
        settings = Settings(self.folder / "settings.json")
        self.engine = InlineEngine()
        self.session = Session(JobQueue(self.engine, settings.get), settings, document)
        self.session.failed.connect(self.failures.append)
        self.session.set_options(model=str(self.model), seed=4, seed_locked=True)

    def close(self) -> None:
        self.session.close()
        self.session.queue.close()

    def start(self, box: Box = CORNER, **options: Any) -> int:
        self.session.set_options(**options)
        self.session.set_region(Region(box))
        self.session.painting.paint()
        assert not self.failures, self.failures
        return self.session.staging.groups()[-1].shown.id

    def until(self, true: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(true()), timeout=LONG)

    def until_done(self) -> None:
        self.until(lambda: all(group.state == "done" for group in self.session.staging.groups()))
        assert not self.failures, self.failures

    def job(self, number: int) -> Job:
        return self.session.document.jobs.get(number)

    def pixels(self, number: int) -> np.ndarray:
        job = self.job(number)
        return self.session.document.read_layer(job.layer, job.region.box)

    def told(self, number: int, painted: tuple[PaintedPatch, ...] = ()) -> tuple[np.ndarray, list[PatchPainted]]:
        """What the engine tells of a job from its beginning, laid over one another, uint8 (height, width, 3)."""
        from engine.inference.paint import paint
        from engine.models.checkpoint import load_model

        job, jobs = self.job(number), self.session.document.jobs
        request, _ = requests.from_dict(job.request, jobs.known(number), painted)
        pixels, events = np.zeros((job.region.box.height, job.region.box.width, 3), np.uint8), []
        for event in paint(request, load_model(str(self.model), "cpu"), grown=True):
            if isinstance(event, PatchPainted):
                events.append(event)
                for update in event.updates:
                    pixels[update.box.slices(job.region.box)] = update.pixels
        return pixels, events


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path, patch_model: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setenv("HANDSCROLL_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    made = Desk(tmp_path, qtbot, patch_model)
    yield made
    made.close()


def test_the_picture_is_followed_by_default_and_the_recipe_says_so(desk: Desk):
    job = desk.job(desk.start())
    assert job.request["exemplar"] == 1.0 and job.request["lively"] == 0.5 and job.request["scale"] == 0.0
    desk.until_done()
    pixels, events = desk.told(job.id)
    assert any(len(event.updates) > 1 for event in events), "nothing was refined"
    assert np.array_equal(desk.pixels(job.id)[:, :, :3], pixels)
    desk.session.staging.accept()
    record = desk.session.document.recipe_at(CORNER.right - 5, CORNER.bottom - 5)
    assert record is not None and record.recipe["exemplar"] == 1.0
    followed = record.recipe["followed"]
    assert followed["sources"] > 0 and 0 < followed["sourced"] <= 1 and len(followed["longest"]) == 2
    known = desk.session.document.read(PICTURE)[:, :, :3]
    assert np.array_equal(known, desk.session.document.read_layer(1, PICTURE)[:, :, :3])


def test_a_patch_tells_where_it_was_taken_from_also_moved_and_copied(desk: Desk):
    number = desk.start()
    desk.until_done()
    session, document = desk.session, desk.session.document
    _, events = desk.told(number)
    boxes = {event.patch: event.updates[0].box for event in events}
    told = {boxes[patch]: taken for event in events for patch, taken in ((event.patch, event.taken), *event.refined)}
    sources = {box: [each for each in taken if box.contains(each.box)] for box, taken in told.items()}
    assert any(sources.values())
    box = next(box for box, taken in sources.items() if len(taken) == len(told[box]) > 0)
    middle = box.x + box.width // 2, box.y + box.height // 2
    staged = session.staging.recipe_at(*middle)
    assert staged is not None and list(staged.taken) == sources[box], "before it is accepted too"
    assert all(PICTURE.contains(taken.source) for taken in staged.taken)
    for patch in document.patches_in(CORNER):
        assert all(patch.box.contains(taken.box) for taken in patch.taken), "cut with the patch"
    session.staging.accept()
    session.layers.duplicate(document.layers.all()[-1].id)
    session.layers.move_layer(document.layers.all()[-1].id, 1000, 7)
    moved = session.staging.recipe_at(middle[0] + 1000, middle[1] + 7)
    assert moved is not None and [each.source for each in moved.taken] == [each.source for each in sources[box]]
    assert [each.box for each in moved.taken] == [each.box.moved(1000, 7) for each in sources[box]]


def test_it_is_not_followed_where_nothing_is_touched_or_none_is_wanted(desk: Desk):
    far = desk.job(desk.start(Box(2048, 0, 128, 128)))
    assert "exemplar" not in far.request
    own = desk.job(desk.start(Box(512, 0, 128, 128), exemplar=0.0))
    assert "exemplar" not in own.request and desk.session.settings.get("exemplar") == 0.0
    desk.until_done()


def test_the_estimate_counts_the_patches_that_the_engine_plans(desk: Desk):
    session = desk.session
    desk.session.set_options(scale=2.0)
    session.set_region(Region(CORNER))
    desk.until(lambda: session.sketch and session.estimate)
    expected = session.estimate
    assert expected is not None and session.sketch is not None
    told: list[tuple[int, tuple[Box, ...]]] = []
    session.queue.planned.connect(lambda job, planned: told.append((planned.patches, planned.boxes)))
    boxes = session.sketch.boxes
    desk.start()
    desk.until(lambda: told)
    assert told == [(expected.patches, boxes)]
    assert max(box.width for box in boxes) == 128, "patches of 64 px, twice as large"


def test_stopped_and_closed_it_goes_on_to_the_same_pixels(desk: Desk):
    number = desk.start()
    document = desk.session.document
    desk.until(lambda: len(document.jobs.painted(number)) >= 3)
    desk.session.documents.save_as(desk.folder / "kept.handscroll")
    kept = len(document.jobs.painted(number))
    desk.close()
    desk.open(Document.open(desk.folder / "kept.handscroll"))
    assert desk.job(number).state == "paused" and kept < 30
    desk.session.queue.resume(number)
    desk.until_done()
    assert np.array_equal(desk.pixels(number)[:, :, :3], desk.told(number)[0])


def test_a_patch_painted_again_leaves_what_a_whole_painting_would(desk: Desk, monkeypatch: pytest.MonkeyPatch):
    number = desk.start()
    desk.until_done()
    before = desk.pixels(number)
    monkeypatch.setattr(staging_module, "new_seed", lambda: 77)
    jobs = desk.session.document.jobs
    again = jobs.patch_at(number, PICTURE.right + 20, PICTURE.bottom - 20)
    assert again is not None
    desk.session.staging.reroll(Box(PICTURE.right + 20, PICTURE.bottom - 20, 1, 1))
    made = desk.session.staging.groups()[0].shown.id
    desk.until_done()
    kept = tuple(each for each in jobs.painted(number) if each.patch != again)
    reference, _ = desk.told(made, kept)
    assert np.array_equal(desk.pixels(made)[:, :, :3], reference)
    assert not np.array_equal(desk.pixels(made), before)
    assert np.array_equal(desk.pixels(number), before), "the first variant stays"
    desk.session.staging.accept()
    accepted = desk.session.document.read(CORNER)
    desk.session.undo()
    desk.session.redo()
    assert np.array_equal(desk.session.document.read(CORNER), accepted)


def test_variants_share_what_is_known(desk: Desk):
    desk.start(variants=2)
    first, second = desk.session.staging.groups()[0].jobs
    jobs = desk.session.document.jobs
    assert np.array_equal(jobs.known(first.id)[0].pixels, jobs.known(second.id)[0].pixels)
    before = jobs.known(second.id)[0].pixels
    desk.session.staging.remove_job(first.id)
    assert np.array_equal(jobs.known(second.id)[0].pixels, before)
    desk.until_done()
    desk.session.staging.remove_job(second.id)


def test_jobs_of_former_programs_paint_as_they_did(desk: Desk):
    """Their requests say nothing of following."""
    number = desk.start(exemplar=0.0)
    request, _ = requests.from_dict(desk.job(number).request)
    assert (request.exemplar, request.scale, request.lively, request.not_from) == (0.0, 0.0, 0.5, ())
    assert requests.to_dict(replace(request, exemplar=0.0), "starter").keys() >= {"grain"}
    desk.until_done()
