"""How many threads a command takes."""

import pytest

from app.cli.cpu_threads import busy_ticks, free

STAT = "cpu  9 9 9 9 9 9 9 9\ncpu0 10 1 5 1000 50 2 3 0 0 0\ncpu1 20 0 0 900 0 0 0 0 0 0\ncpu7 1 1 1 1 1 1 1\nintr 3\n"


def test_only_the_cores_that_may_be_used_count() -> None:
    assert busy_ticks(STAT, {0}) == 10 + 1 + 5 + 2 + 3
    assert busy_ticks(STAT, {0, 1}) == 21 + 20


@pytest.mark.parametrize(
    ("cores", "taken", "left"), [(2, 0.1, 2), (2, 0.9, 1), (2, 2.0, 1), (16, 3.4, 13), (1, 0.0, 1)]
)
def test_what_others_take_is_left_to_them(cores: int, taken: float, left: int) -> None:
    assert free(cores, taken) == left
