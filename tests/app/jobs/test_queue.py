"""The queue over the engine that paints flat colours: order, states, what is kept, and what is told."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.document import Document
from app.jobs import event_handler
from app.jobs.throughput import EngineStatus
from engine.request import Box, Patch, PatchPainted, UserError
from tests.app.inline_engines import FlatEngine, FlatPainter, SteppingEngine

from .conftest import TARGET, Desk

Sit = Callable[..., Desk]


@pytest.fixture
def desk(sit: Sit) -> Desk:
    return sit(FlatEngine(patch_px=64, width=4, pace=3))


def test_a_job_is_painted_and_kept_patch_by_patch(desk: Desk):
    kept: list[tuple[int, int]] = []
    desk.queue.painted.connect(lambda job, event: kept.append((desk.heard.count("painted", job), desk.kept(job))))
    (job,) = desk.add()
    assert desk.state(job) == "running"
    desk.until_done(job)
    assert [event.patches for _, _, event in desk.heard.of("planned")] == [8]
    assert desk.heard.count("started") == desk.heard.count("painted") == 8
    assert desk.heard.count("finished") == 1 and not desk.heard.of("failed")
    assert all(in_file >= told for told, in_file in kept), "a patch was told before it was in the file"
    assert desk.heard.count("grown") == 24
    _, _, patch, update = desk.heard.of("grown")[0]
    assert isinstance(patch, Patch) and update.pixels.shape == (64, 64, 4)
    alpha = desk.document.read_layer(desk.job(job).layer, TARGET)[:, :, 3]
    assert (alpha[:, 64:] == 255).all() and not alpha[:, :64].any(), "only what was not known is in the layer"
    progress = desk.queue.progress(job)
    assert (progress.done, progress.total) == (8, 8)


def test_recipe_seed_and_request_stay_with_the_job(desk: Desk):
    jobs = desk.add(seeds=(5, 6, 7))
    asked = [desk.job(number).request for number in jobs]
    assert [values["seed"] for values in asked] == [5, 6, 7]
    assert all(values["target"] == list(TARGET) and values["anchor"] == [0, 0] for values in asked)
    assert [desk.job(number).variant_of for number in jobs] == [None, jobs[0], jobs[0]]
    desk.until_done(*jobs)
    assert len({desk.pixels(number) for number in jobs}) == 3
    desk.document.jobs.accept(jobs[1])
    record = desk.document.recipe_at(100, 10)
    assert record is not None and record.recipe == {"prompt": "a river", "seed": 6}


def test_two_jobs_take_turns_and_the_third_waits(desk: Desk):
    jobs = desk.add(seeds=(1, 2, 3))
    assert [desk.state(number) for number in jobs] == ["running", "running", "waiting"]
    desk.until_done(*jobs)
    told = [job for name, job, *_ in desk.heard.all if name == "painted"]
    first_end = max(n for n, job in enumerate(told) if job == jobs[0])
    assert jobs[1] in told[:first_end], "the second waited for the first"
    assert told.index(jobs[2]) > min(first_end, max(n for n, job in enumerate(told) if job == jobs[1]))


def test_as_many_are_painted_at_once_as_share_batches(sit: Sit):
    engine = FlatEngine(patch_px=64, width=4, pace=3)
    assert isinstance(engine.painter, FlatPainter)
    engine.painter.together = 4
    desk = sit(engine)
    jobs = desk.add(seeds=(1, 2, 3, 4, 5))
    desk.until(lambda: [desk.state(number) for number in jobs] == ["running"] * 4 + ["waiting"])
    desk.queue.pause(jobs[1])
    desk.until(lambda: desk.state(jobs[4]) == "running")
    desk.queue.resume(jobs[1])
    desk.until_done(*jobs)
    assert desk.heard.count("painted") == 5 * 8, "nothing is painted twice"


def test_what_is_painted_alone_and_with_others_is_measured_apart(desk: Desk, settings: dict[str, Any]):
    desk.until_done(*desk.add())
    alone = desk.queue.estimate(80, "starter")
    assert desk.queue.estimate(80, "starter", shared=True) == alone, "as long as nothing else is known"
    desk.until_done(*desk.add(seeds=(2, 3)))
    assert {key.split(" | ")[0] for key in settings["seconds_per_patch"]} == {"starter", "starter, together"}


def test_the_front_of_the_queue_goes_first(desk: Desk):
    jobs = desk.add(seeds=(1, 2, 3))
    desk.queue.to_front(jobs[2])
    assert [desk.state(number) for number in jobs] == ["running", "waiting", "running"]
    (urgent,) = desk.add(seeds=(4,), front=True)
    assert desk.state(urgent) == "running"
    desk.until_done(*jobs, urgent)
    assert desk.heard.of("finished")[0][1] in (urgent, jobs[2])
    assert all(desk.kept(number) == 8 for number in (*jobs, urgent))


def test_variants_in_front_keep_their_order(desk: Desk):
    desk.add(seeds=(1,))
    jobs = desk.add(seeds=(2, 3), front=True)
    assert [job.id for job in desk.document.jobs.all()][:2] == jobs


def test_pause_and_resume_paint_the_same(desk: Desk, sit: Sit):
    (whole,) = desk.add(seeds=(9,))
    desk.until_done(whole)
    (job,) = desk.add(seeds=(9,))
    desk.until(lambda: desk.kept(job) >= 2)
    desk.queue.pause(job)
    assert desk.state(job) == "paused"
    desk.until(lambda: desk.heard.count("stopped", job) == 1)
    so_far = desk.kept(job)
    assert 2 <= so_far < 8
    desk.qtbot.wait(30)
    assert desk.kept(job) == so_far, "it went on after it was stopped"
    assert desk.queue.progress(job).done == so_far and desk.queue.progress(job).total == 8
    before = desk.heard.count("painted", job)
    desk.queue.resume(job)
    desk.until_done(job)
    assert desk.heard.count("painted", job) - before == 8 - so_far, "finished patches are not told again"
    assert desk.pixels(job) == desk.pixels(whole)


def test_resume_while_it_is_still_stopping(desk: Desk):
    (job,) = desk.add()
    desk.until(lambda: desk.heard.count("started", job) > 0)
    desk.queue.pause(job)
    desk.queue.resume(job)
    desk.until_done(job)
    assert desk.kept(job) == 8


def test_cancel_keeps_what_is_finished_and_resume_all_leaves_it_alone(desk: Desk):
    job, other = desk.add(seeds=(1, 2))
    desk.until(lambda: desk.kept(job) > 0)
    desk.queue.cancel(job)
    desk.queue.pause(other)
    desk.until(lambda: desk.heard.count("stopped") == 2)
    assert desk.state(job) == "paused" and desk.job(job).message == "cancelled" and desk.kept(job)
    desk.queue.resume_all()
    desk.until_done(other)
    assert desk.state(job) == "paused"
    desk.queue.resume(job)
    desk.until_done(job)


def test_pause_all_and_resume_all(desk: Desk):
    jobs = desk.add(seeds=(1, 2, 3))
    desk.queue.pause_all()
    assert {desk.state(number) for number in jobs} == {"paused"}
    desk.queue.resume_all()
    desk.until_done(*jobs)


def test_a_removed_job_is_forgotten(desk: Desk):
    job, other = desk.add(seeds=(1, 2))
    desk.until(lambda: desk.heard.count("started", job) > 0)
    desk.document.jobs.remove(job)
    desk.until_done(other)
    assert desk.heard.count("stopped", job) == 1 and not desk.heard.of("finished", job)


def test_set_aside_while_it_stops_stays_set_aside(desk: Desk):
    (job,) = desk.add()
    desk.until(lambda: desk.kept(job) > 0)
    desk.queue.cancel(job)
    desk.document.jobs.set_state(job, "paused", "set aside")
    desk.until(lambda: desk.heard.count("stopped", job) + desk.heard.count("finished", job) > 0)
    assert desk.job(job).message == "set aside"


def test_one_patch_of_a_variant_is_painted_again(desk: Desk):
    (job,) = desk.add(seeds=(1,))
    desk.until_done(job)
    again = desk.document.jobs.patch_at(job, 200, 70)
    assert again is not None
    made = desk.document.jobs.vary(job, 2, again)
    desk.queue.resume(made.id)
    desk.until_done(made.id)
    before = {each.patch: each.tokens.tobytes() for each in desk.document.jobs.painted(job)}
    after = {each.patch: each.tokens.tobytes() for each in desk.document.jobs.painted(made.id)}
    assert {patch for patch in before if before[patch] != after[patch]} == {again}
    assert all(bits == bits for _, bits in desk.document.jobs.doubts(made.id))


def test_another_document_takes_over(desk: Desk, home: Path):
    job, _ = desk.add(seeds=(1, 2))
    desk.until(lambda: desk.kept(job) > 0)
    other = Document.new()
    former, desk.document = desk.document, other
    desk.queue.bind(other)
    assert {each.state for each in former.jobs.all()} == {"paused"}
    (mine,) = desk.add(seeds=(3,))
    assert mine == job, "numbers begin anew in every document"
    desk.until_done(mine)
    assert desk.kept(mine) == 8
    desk.queue.bind(former)
    other.close()
    desk.document = former
    assert {each.state for each in former.jobs.all()} == {"paused"}
    desk.queue.resume(job)
    desk.until_done(job)
    assert desk.kept(job) == 8


def test_waiting_jobs_of_an_opened_document_go_on(desk: Desk):
    desk.queue.bind(None)
    job = desk.document.jobs.add({**_asked(), "model": "starter"}, TARGET)
    desk.queue.bind(desk.document)
    desk.until_done(job.id)


def _asked() -> dict[str, Any]:
    return {
        "target": list(TARGET), "anchor": None, "seed": 1, "temperature": 1.0, "top_k": 0, "top_p": 1.0,
        "order": None, "recache": "order",
    }  # fmt: skip


@pytest.mark.parametrize("request_", [{}, {**_asked(), "order": "zigzag", "model": "starter"}, _asked()])
def test_a_job_that_is_not_readable_fails_in_words(desk: Desk, request_: dict[str, Any]):
    job = desk.document.jobs.add(request_, TARGET)
    desk.until(lambda: desk.state(job.id) == "failed")
    assert "cannot be read" in desk.job(job.id).message and desk.heard.count("failed", job.id) == 1


def test_a_model_that_is_gone_fails_in_words_and_others_go_on(desk: Desk):
    desk.model = "mountains"
    (lost,) = desk.add()
    desk.model = "starter"
    (job,) = desk.add()
    desk.until_done(job)
    assert desk.state(lost) == "failed" and "mountains" in desk.job(lost).message


def test_nothing_to_paint_fails_in_words(desk: Desk):
    (job,) = desk.add(box=Box(0, 0, 64, 64))
    desk.until(lambda: desk.state(job) == "failed")
    assert "nothing to paint" in desk.job(job).message


# ---- trouble


def painter(desk: Desk) -> Any:
    return desk.engine.painter


def test_short_memory_goes_on_once_in_smaller_batches(desk: Desk):
    painter(desk).failures[3] = MemoryError()
    (job,) = desk.add()
    desk.until_done(job)
    assert desk.kept(job) == 8 and not desk.heard.of("failed")
    assert "at most 1 at once" in desk.queue.status.message


def test_memory_short_twice_fails_and_can_be_tried_again(desk: Desk):
    painter(desk).failures |= {3: MemoryError(), 5: MemoryError()}
    (job,) = desk.add()
    desk.until(lambda: desk.state(job) == "failed")
    assert "memory" in desk.job(job).message and desk.heard.count("failed", job) == 1
    assert 0 < desk.kept(job) < 8
    desk.queue.resume(job)
    desk.until_done(job)
    assert desk.kept(job) == 8


def test_any_other_error_is_a_sentence(desk: Desk, caplog: pytest.LogCaptureFixture):
    painter(desk).failures[2] = ZeroDivisionError("of all things")
    job, other = desk.add(seeds=(1, 2))
    desk.until(lambda: desk.state(job) == "failed" or desk.state(other) == "failed")
    failed = job if desk.state(job) == "failed" else other
    desk.until_done(job + other - failed)
    assert "of all things" in desk.job(failed).message and "kept" in desk.job(failed).message
    desk.queue.resume(failed)
    desk.until_done(failed)


@pytest.mark.parametrize("device", [False, True])
def test_an_engine_that_is_lost_once_goes_on_by_itself(desk: Desk, device: bool):
    jobs = desk.add(seeds=(1, 2))
    if device:
        painter(desk).failures[4] = SystemError()
        desk.until(lambda: "from outside" in desk.queue.status.message)
    else:
        desk.until(lambda: desk.kept(jobs[0]) > 0)
        desk.engine.die()
    assert "started again" in desk.queue.status.message and desk.queue.status.state in ("starting", "painting")
    desk.until_done(*jobs)
    assert [desk.kept(job) for job in jobs] == [8, 8]


def test_an_engine_that_is_lost_twice_fails_the_job(desk: Desk):
    (job,) = desk.add()
    for kept in (1, 3):
        desk.until(lambda kept=kept: desk.kept(job) >= kept)
        desk.engine.die()
    assert desk.state(job) == "failed" and "twice" in desk.job(job).message
    assert desk.heard.count("failed", job) == 1
    desk.queue.resume(job)
    desk.until_done(job)
    assert desk.kept(job) == 8


def test_a_pause_that_the_engine_did_not_live_to_answer(desk: Desk):
    (job,) = desk.add()
    desk.until(lambda: desk.kept(job) > 0)
    desk.queue.pause(job)
    desk.engine.die()
    assert desk.state(job) == "paused" and desk.heard.count("stopped", job) == 1
    desk.queue.resume(job)
    desk.until_done(job)


def test_patches_that_cannot_be_kept_stop_the_job(desk: Desk, monkeypatch: pytest.MonkeyPatch):
    def full(*_: object) -> None:
        raise UserError("There is no room left on the disk.")

    (job,) = desk.add()
    with monkeypatch.context() as context:
        context.setattr(desk.document.jobs, "keep", full)
        context.setattr(desk.document.jobs, "set_state", full)
        desk.until(lambda: desk.heard.count("failed") == 1)
        desk.qtbot.wait(30)
    assert desk.heard.of("failed") == [("failed", job, "There is no room left on the disk.")], "told once, not again"
    desk.queue.resume(job)
    desk.until_done(job)
    assert desk.kept(job) == 8


# ---- what is asked besides


def test_only_the_latest_sketch_is_answered(desk: Desk):
    from engine.request import PaintRequest

    tickets = [desk.queue.inquiries.sketch(PaintRequest(Box(0, 0, width, 64)), "starter") for width in (64, 128, 256)]
    desk.until(lambda: desk.heard.count("sketched") > 0)
    desk.qtbot.wait(20)
    ((_, ticket, planned),) = desk.heard.of("sketched")
    assert ticket == tickets[-1] and planned.patches == 4
    with pytest.raises(UserError, match="mountains"):
        desk.queue.inquiries.sketch(PaintRequest(Box(0, 0, 64, 64)), "mountains")


def test_a_sketch_knows_masks_and_is_none_where_nothing_is_to_paint(desk: Desk):
    from engine.request import KnownPicture, PaintRequest

    mask = np.ones((64, 128), bool)
    mask[:, 70:90] = False
    picture = KnownPicture(Box(0, 0, 128, 64), np.zeros((64, 128, 3), np.uint8), mask)
    for known, patches in ((picture, 1), (KnownPicture(picture.box, picture.pixels), None)):
        ticket = desk.queue.inquiries.sketch(PaintRequest(picture.box, (known,)), "starter")
        desk.until(lambda ticket=ticket: any(each[1] == ticket for each in desk.heard.of("sketched")))
        planned = desk.heard.of("sketched")[-1][2]
        assert (planned and planned.patches) == patches


def test_the_estimate_is_measured_and_outlives_the_program(desk: Desk, sit: Sit, settings: dict[str, Any]):
    seconds, memory = desk.queue.estimate(8, "starter")
    assert seconds is None and memory is not None and memory > 300
    (job,) = desk.add()
    desk.until_done(job)
    seconds, memory = desk.queue.estimate(80, "starter")
    assert seconds is not None and seconds > 0 and memory == 104.0
    (key,) = settings["seconds_per_patch"]
    assert key.startswith("starter | ")
    again = sit(FlatEngine(), its=desk.document)
    assert again.queue.estimate(80, "starter")[0] == pytest.approx(seconds, rel=0.01)
    assert again.queue.estimate(1, "mountains") == (None, None)


def test_status_tells_device_and_reason(desk: Desk):
    assert desk.queue.status == EngineStatus()
    desk.queue.warm()
    assert desk.queue.status.state == "starting"
    desk.until(lambda: desk.queue.status.state == "ready")
    status = desk.queue.status
    assert (status.device, status.reason, status.memory_mib) == ("flat colours", "nothing is computed", 100.0)
    (job,) = desk.add()
    assert desk.queue.status.state == "painting"
    desk.until_done(job)
    assert desk.queue.status.state == "ready" and not desk.queue.status.message


def test_the_first_start_is_told_and_past_with_whatever_comes_next(sit: Sit):
    painter = FlatPainter()
    painter.compiles = True
    desk = sit(SteppingEngine(painter))
    states: list[str] = []
    desk.queue.status_changed.connect(lambda: states.append(desk.queue.status.state))
    (job,) = desk.add()
    desk.until_done(job)
    assert "preparing" in states and states[states.index("preparing") + 1] == "painting"
    states.clear()
    desk.until_done(*desk.add(seeds=(9,)))
    assert "preparing" not in states


def test_while_the_engine_says_nothing_the_time_left_is_told_anew(sit: Sit, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(event_handler, "QUIET", 10)
    engine = FlatEngine(patch_px=64, width=4)
    desk = sit(engine)
    painted: list[int] = []
    changes: list[float] = []

    def hold(number: int) -> None:  # as while a section is refined, and at once: a slow test would come too late
        painted.append(number)
        if len(painted) == 5:
            engine.hold(True)
            changes.clear()

    desk.queue.painted.connect(hold)
    (job,) = desk.add()
    desk.queue.changed.connect(lambda: changes.append(desk.queue.progress(job).seconds_left or 0.0))
    desk.until(lambda: len(painted) == 5 and len(changes) > 3)
    assert changes == sorted(changes, reverse=True)
    engine.hold(False)
    desk.until_done(job)
    changes.clear()
    desk.qtbot.wait(60)
    assert len(changes) < 2, "nothing is under way: that it has ended may be told once more, and no time"


def test_a_half_told_batch_is_not_kept(desk: Desk):
    """So that what is resumed paints the same batches, and the very same numbers."""
    (job,) = desk.add()
    sizes: list[int] = []
    desk.queue.painted.connect(lambda number, event: sizes.append(desk.kept(number)))
    desk.until_done(job)
    starts = [len(list(group)) for group in _runs([each[0] for each in desk.heard.all if each[0] in KINDS])]
    assert sum(starts[::2]) == 8 and starts[::2] == starts[1::2]
    assert all(isinstance(event, PatchPainted) for _, _, event in desk.heard.of("painted"))
    assert len(set(sizes)) == len(starts[::2])


KINDS = ("started", "painted")


def _runs(names: list[str]) -> list[list[str]]:
    groups: list[list[str]] = []
    for name in names:
        if groups and groups[-1][0] == name:
            groups[-1].append(name)
        else:
            groups.append([name])
    return groups
