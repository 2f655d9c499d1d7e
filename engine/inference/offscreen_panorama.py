"""A panorama beyond the still of a film, painted further and further (ours; engine/inference/motion_direction.py).

Things come in by a token a frame, so every `side` frames what is ahead has moved by a patch. Then the outermost column
or row of patches is painted anew, as the picture would go on there. Each part goes on from the pixels of those before:
a panorama of which only the end is kept, however long the film.
"""

from collections.abc import Callable, Iterator

import numpy as np
import torch

from engine.inference.video_canvas import FilmCanvas
from engine.request import Box, KnownPicture, PaintEvent, PaintRequest, Patch, PatchPainted

KEPT = 3  # parts, each a patch deep or deeper: nothing farther off is read
# top_p of all parts but the first, which is the model's own: with 1 a sky turned into rocks or fire 400 px on, with 0.8
# into plain grey.
CALM = 0.9


class Panorama:
    """Gives a film what it looks ahead to: the same in every run, so nobody needs to be told."""

    def __init__(self, film: FilmCanvas, paint: Callable[[PaintRequest], Iterator[PaintEvent]]):
        """paint: by a model of pictures, or by the film's own."""
        self._film, self._paint = film, paint
        self._due = sorted(film.fresh)
        self._stills = tuple(known for known in film.request.known if not known.frame)
        self._parts: list[KnownPicture] = []

    def until(self, frame: int) -> None:
        """Paint what the film needs up to this frame, unless it has it."""
        while self._due and self._due[0] <= frame:
            self._go_on(self._due.pop(0))

    def _go_on(self, frame: int) -> None:
        film, fresh = self._film, self._film.fresh[frame]
        columns, rows = film.wandered(frame)
        right, down = columns * film.patch_px, rows * film.patch_px
        target = Box.around([film.box_of(patch).moved(right, down) for patch in fresh])
        known, grid = (*self._stills, *self._parts[-KEPT:]), (film.left, film.top)
        pixels, mask = np.zeros((target.height, target.width, 3), np.uint8), np.zeros(target[:1:-1], bool)
        tokens: dict[Patch, np.ndarray] = {}
        top_p = CALM if self._parts else None
        for event in self._paint(PaintRequest(target, known, film.request.seed, anchor=grid, grain=1.0, top_p=top_p)):
            if isinstance(event, PatchPainted):
                tokens[event.patch] = event.tokens
                for box, painted in event.updates:
                    pixels[box.slices(target)], mask[box.slices(target)] = painted, True
        self._parts.append(KnownPicture(target, pixels, mask))
        for patch in fresh:
            there = Patch(patch.column + columns, patch.row + rows, 0)
            if there in tokens:  # unless the painting was stopped
                box = film.box_of(there).intersect(target)
                film.give(patch, torch.from_numpy(tokens[there].astype("int64")), pixels[box.slices(target)])
