"""How much of an export is done, counted in pixels."""

from collections.abc import Callable, Iterator

import numpy as np


class Meter:
    """Report shares of `total` pixels, 0 to 1, to `report`; a file that is packed after its pixels counts half before.

    `report` may raise, which ends the export.
    """

    def __init__(self, report: Callable[[float], None], total: int, packed: bool = False):
        self.report, self.total, self.done = report, max(total, 1), 0
        self._weight = 0.5 if packed else 1.0

    def counted(self, strips: Iterator[np.ndarray]) -> Iterator[np.ndarray]:
        """Pass strips (rows, width, channels) on, and report each when it has been used."""
        for strip in strips:
            yield strip
            self._add(strip.shape[0] * strip.shape[1])

    def finish_file(self, pixels: int) -> None:
        """Count the packing of a file of so many pixels."""
        self._add(round(pixels * (1 / self._weight - 1)))

    def _add(self, pixels: int) -> None:
        self.done += pixels
        self.report(min(1.0, self.done * self._weight / self.total))
