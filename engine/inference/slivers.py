"""Pixels that no patch covers: what rounding to the working scale leaves at the edge of a target or of a hole (ours).

A target may end less than half a small pixel beyond a patch, and a hole may reach as far into one that counts as known.
Such slivers are at most a few pixels wide, and take the colours of what lies beside them.
"""

from collections.abc import Iterable

import numpy as np

from engine.inference.working_scale import filled_in
from engine.media.known_pictures import known_mask, laid_together, repeated
from engine.request import Box, PaintRequest, Update

BESIDE = 8  # px around them that are looked at


class Slivers:
    """The slivers of one painting, with what lies around them as far as it is finished."""

    def __init__(self, box: Box, pixels: np.ndarray, there: np.ndarray):
        """box: of the canvas, with some around. pixels: uint8 (h, w, 3). there: bool (h, w), which are known so far."""
        self.box, self.pixels, self.there = box, pixels, there

    @classmethod
    def of(cls, request: PaintRequest, patches: Iterable[Box]) -> "Slivers | None":
        """Return those of a painting, by the boxes of its patches within its target; None where there are none."""
        target, known = request.target, repeated(request.known, request.wrap)
        left = ~known_mask(known, target)
        for box in patches:
            left[box.slices(target)] = False
        if not left.any():
            return None
        box = Box.holding(left).moved(target.x, target.y).grow(BESIDE).intersect(target)
        return cls(box, *laid_together(known, box))

    def take(self, update: Update) -> None:
        """Note finished pixels that lie around them."""
        shared = update.box.intersect(self.box)
        if not shared.empty:
            self.pixels[shared.slices(self.box)] = update.pixels[shared.slices(update.box)]
            self.there[shared.slices(self.box)] = True

    def filled(self) -> Update:
        """Return them with what lies around, once that is finished."""
        return Update(self.box, filled_in(self.pixels, self.there))
