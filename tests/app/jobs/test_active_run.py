"""Which of the patches that a run tells again are news, and must be kept once more."""

from collections.abc import Callable
from typing import Any

import numpy as np

from app.jobs.active_run import Active
from engine.request import Box, Patch, PatchPainted, Update
from tests.app.inline_engines import FlatEngine

from .conftest import Desk

A, B, C, D = (Patch(column, 0) for column in range(4))


def tell(active: Active, patch: Patch) -> list[Patch]:
    """What is kept when this patch is told."""
    update = Update(Box(patch.column * 64, 0, 64, 64), np.zeros((64, 64, 3), np.uint8))
    return [each.patch for each in active.painted(PatchPainted(patch, (update,), np.zeros((16, 16), np.int32), 1.0))]


def run(*kept: Patch) -> Active:
    """A run of a job of which these patches were kept, in this order."""
    return Active(1, 1, "any", dict.fromkeys(kept, 2.0))


def test_a_painting_cut_off_before_its_last_word_keeps_its_pixels():
    active = run(A, B, C)
    assert [tell(active, patch) for patch in (A, B, C)] == [[], [], []], "A alone would have the seams of a lone patch"


def test_neighbours_of_a_patch_painted_again_are_looked_at_once():
    active = run(A, C, D)
    assert tell(active, A) == []
    active.started()
    assert [tell(active, patch) for patch in (B, C, D)] == [[B], [C], [D]]
    assert [tell(run(A, B, C, D), patch) for patch in (A, B, C, D)] == [[]] * 4, "they were kept after it"


def test_and_in_the_next_run_if_that_one_was_cut_off():
    active = run(A, D, B, C)
    assert [tell(active, patch) for patch in (A, B, C, D)] == [[], [], [], [D]]


def test_all_that_is_told_after_a_patch_kept_again_is_kept_after_it():
    """B is painted again beside C, which lies in the same level; a kill came when D was kept, before E was."""
    E = Patch(4, 0)
    active = run(A, C, E, B, D)
    assert [tell(active, patch) for patch in (A, B, C, D, E)] == [[], [], [C], [D], [E]]


def test_a_finished_job_that_was_not_told_so_is_not_painted_on(sit: Callable[..., Desk], document: Any):
    desk = sit(FlatEngine())
    (job,) = desk.add()
    desk.until_done(job)
    pixels, told = desk.pixels(job), desk.heard.count("painted", job)
    document.jobs.set_state(job, "waiting")
    desk.until(lambda: desk.heard.count("finished", job) == 2)
    assert desk.heard.count("painted", job) == told and desk.pixels(job) == pixels
