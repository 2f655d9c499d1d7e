"""How far a job is and how long it still takes, from batches that were measured; the time left never climbs.

Patches of a level are painted as one batch, and a batch takes a part of its time however few patches are in it. So
two figures are fitted, seconds per batch and seconds per patch. While all batches were alike, all time is laid to
the patches, which errs towards too long: the first levels of a painting are the narrow ones.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from app.translation import tr


@dataclass(frozen=True)
class Progress:
    """Patches done of all; `seconds_left` is None before it can be known."""

    done: int = 0
    total: int = 0
    seconds_left: float | None = None


class EtaEstimator:
    """The course of one run of a job. Times are seconds of a steady clock; `sharing`: runs that take turns."""

    def __init__(self) -> None:
        self.done = self.total = 0
        self._levels_left = 0.0
        self._batches: list[tuple[int, float]] = []  # patches, seconds of computing
        self._at = 0.0
        self._left = math.inf

    def planned(self, patches: int, resumed: int, levels: int) -> None:
        """resumed: patches that an earlier run has painted; their levels are spread evenly over all."""
        self.total, self.done = patches, resumed
        self._levels_left = levels * (patches - resumed) / max(patches, 1)

    def batch(self, patches: int, seconds: float, now: float) -> None:
        """A batch is finished."""
        self.done += patches
        self._levels_left = max(0.0, self._levels_left - 1)
        self._batches.append((patches, max(seconds, 0.0)))
        self._at = now

    def left(self, now: float, sharing: int = 1) -> float | None:
        """Seconds from now to the end; never more than was said before."""
        if not self._batches:
            return None
        per_batch, per_patch = fitted(self._batches)
        patches = max(0, self.total - self.done)
        batches = min(float(patches), max(self._levels_left, 1.0 if patches else 0.0))
        whole = (per_batch * batches + per_patch * patches) * max(1, sharing)
        # Between two batches the time goes on, yet not beyond what the batch under way can have used up of it.
        one = whole / batches if batches else 0.0
        estimate = whole - min(max(0.0, now - self._at), one)
        self._left = min(self._left, max(0.0, estimate))
        return self._left

    def now(self, now: float, sharing: int = 1) -> Progress:
        return Progress(self.done, self.total, self.left(now, sharing))


def fitted(batches: Sequence[tuple[int, float]]) -> tuple[float, float]:
    """Seconds per batch and per patch, both at least 0, by least squares; all to the patches while sizes are alike."""
    count = len(batches)
    patches, seconds = sum(n for n, _ in batches), math.fsum(s for _, s in batches)
    mean_n, mean_s = patches / count, seconds / count
    spread = math.fsum((n - mean_n) ** 2 for n, _ in batches)
    if not spread:
        return 0.0, seconds / max(patches, 1)
    slope = math.fsum((n - mean_n) * (s - mean_s) for n, s in batches) / spread
    base = mean_s - slope * mean_n
    if slope < 0:
        return mean_s, 0.0
    if base < 0:
        return 0.0, math.fsum(n * s for n, s in batches) / math.fsum(n * n for n, _ in batches)
    return base, slope


def time_left(seconds: float) -> str:
    """`4 s left`; where a job takes longer than was measured, that it is about to end, for how long is not known."""
    return tr("{time} left").format(time=duration(seconds)) if seconds > 0 else tr("finishing")


def duration(seconds: float) -> str:
    """`4 s`, `12 min`, `2 h 10 min`: no finer than one can wait."""
    if seconds < 60:
        return f"{max(1, round(seconds))} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"
