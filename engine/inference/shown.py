"""How painted patches are shown: at their own size, or as they go over into what they replace."""

from collections.abc import Sequence

import numpy as np

from engine.inference.canvas import Canvas
from engine.inference.following import Following
from engine.media.known_pictures import Opening
from engine.request import Box, KnownPicture, Patch, Update


class AsItIs:
    """What is painted is shown at its own size."""

    def __init__(self, canvas: Canvas, live: bool):
        self.canvas = canvas
        self.updates = canvas.updates if live else canvas.final_updates

    def box_of(self, patch: Patch) -> Box:
        """What is seen of a patch."""
        return self.canvas.box_of(patch).intersect(self.canvas.request.target)

    def glance(self, patch: Patch) -> np.ndarray:
        return self.canvas.glance(self.box_of(patch), patch.frame)


class LaidBack:
    """What replaces a part of the known pictures goes over into what is around it."""

    def __init__(self, shown: "AsItIs | Following | LaidBack", opening: Opening, known: Sequence[KnownPicture]):
        """known: what was there before it was opened."""
        self._shown, self._opening, self._known = shown, opening, known
        self.box_of = shown.box_of

    def updates(self, patch: Patch) -> tuple[Update, ...]:
        return laid_back(self._opening, self._shown.updates(patch), self._known)

    def glance(self, patch: Patch) -> np.ndarray:
        return self._opening.laid_back(self._shown.glance(patch), self.box_of(patch), self._known)


def laid_back(opening: Opening, updates: tuple[Update, ...], known: Sequence[KnownPicture]) -> tuple[Update, ...]:
    """Updates as they go over into what is around them where known pixels are replaced."""
    return tuple(Update(box, opening.laid_back(pixels, box, known)) for box, pixels in updates)
