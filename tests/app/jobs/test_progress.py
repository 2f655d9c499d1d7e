"""The time left: measured, never climbing, and near the truth for paintings whose levels differ in width."""

import random

import pytest

from app.jobs.progress import EtaEstimator, duration, fitted, time_left


def wavefront(columns: int, rows: int, widest: int = 16) -> list[int]:
    """Sizes of the batches of a grid, diagonal by diagonal."""
    levels = [sum(1 for c in range(columns) for r in range(rows) if c + r == n) for n in range(columns + rows - 1)]
    return [min(widest, size - start) for size in levels for start in range(0, size, widest)]


@pytest.mark.parametrize("per_batch", [0.0, 0.2, 2.0])
@pytest.mark.parametrize("noise", [0.0, 0.5])
@pytest.mark.parametrize("grid", [(1, 1), (8, 1), (12, 8), (30, 20)])
def test_it_never_climbs(grid: tuple[int, int], noise: float, per_batch: float):
    chance = random.Random(1)
    batches, now, told = wavefront(*grid), 100.0, []
    course = EtaEstimator()
    course.planned(sum(batches), 0, sum(grid) - 1)
    assert course.left(now) is None
    for size in batches:
        seconds = (per_batch + 0.3 * size) * (1 + noise * chance.uniform(-1, 1))
        for _ in range(4):
            now += seconds / 4
            told.append(course.left(now, chance.choice((1, 2))))
        course.batch(size, seconds, now)
        told.append(course.left(now))
    known = [left for left in told if left is not None]
    assert known == sorted(known, reverse=True)
    assert told[-1] == 0.0 and course.now(now).done == course.now(now).total


@pytest.mark.parametrize("per_batch", [0.0, 0.2, 2.0])
def test_in_the_middle_it_is_near_the_truth(per_batch: float):
    batches, now = wavefront(12, 8), 0.0
    course = EtaEstimator()
    course.planned(sum(batches), 0, 19)
    costs = [per_batch + 0.3 * size for size in batches]
    for n, (size, cost) in enumerate(zip(batches, costs, strict=True)):
        now += cost
        course.batch(size, cost, now)
        left = course.left(now)
        if n == len(batches) // 2:
            assert left == pytest.approx(sum(costs[n + 1 :]), rel=0.15)


def test_a_resumed_job_counts_what_was_done_but_measures_anew():
    course = EtaEstimator()
    course.planned(20, 15, 8)
    assert course.now(0.0).done == 15 and course.now(0.0).seconds_left is None
    course.batch(1, 2.0, 10.0)
    assert course.left(10.0) == pytest.approx(8.0)


def test_between_batches_it_goes_on_but_no_further_than_one_batch():
    course = EtaEstimator()
    course.planned(10, 0, 10)
    course.batch(1, 2.0, 0.0)
    assert [course.left(second) for second in (0.0, 1.0, 2.0, 50.0)] == [18.0, 17.0, 16.0, 16.0]


def test_sharing_takes_longer_and_is_told_at_once_where_nothing_was_told_yet():
    course = EtaEstimator()
    course.planned(4, 0, 4)
    course.batch(1, 2.0, 0.0)
    assert course.left(0.0, sharing=2) == 12.0
    assert course.left(0.0, sharing=1) == 6.0
    assert course.left(0.0, sharing=2) == 6.0, "rather stand still than climb"


def test_fitted():
    assert fitted([(1, 3.0), (1, 5.0)]) == (0.0, 4.0)
    assert fitted([(1, 3.0), (4, 6.0), (2, 4.0)]) == pytest.approx((2.0, 1.0))
    assert fitted([(1, 5.0), (4, 2.0)]) == (3.5, 0.0)
    base, each = fitted([(1, 1.0), (4, 9.0)])
    assert base == 0.0 and 1.0 < each < 2.5


def test_remaining_time_is_told_as_one_would():
    told = [duration(seconds) for seconds in (0.2, 42, 59.4, 90, 600, 3600, 7500)]
    assert told == ["1 s", "42 s", "59 s", "2 min", "10 min", "1 h 0 min", "2 h 5 min"]


def test_what_takes_longer_than_was_measured_is_finishing():
    course = EtaEstimator()
    course.planned(2, 0, 2)
    course.batch(1, 2.0, 10.0)
    told = [time_left(course.left(now) or 0.0) for now in (10.0, 11.0, 11.9, 12.0, 40.0)]
    assert told == ["2 s left", "1 s left", "1 s left", "finishing", "finishing"]
