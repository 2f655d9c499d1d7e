"""What drifts through a film is a picture of its own, which goes by a token further in each frame (ours).

Where the words about a still name a direction (engine/inference/motion_direction.py), what moves is taken out of the
still: all of it under a camera, the part that was marked, or the sky. What is hidden by things that rest is painted,
and what lies beyond is as the film goes on, in the still's own hand (engine/inference/following.py). So every frame
shows the pixels of one picture, at other places: nothing swims, and no token is drawn that only wanders.
"""

from collections.abc import Callable, Iterator

import numpy as np

from engine.config import ModelConfig
from engine.inference.motion_direction import Moving, comes_from, first_change, what_moves
from engine.inference.working_scale import filled_in
from engine.media.animation import mixed
from engine.media.known_pictures import laid_together, lay_updates
from engine.request import Box, KnownPicture, PaintEvent, PaintRequest, Stopped

PART = 2  # patches that are painted at once: enough to see forms
KEPT = 3  # parts that are gone on from

Paint = Callable[[PaintRequest], Iterator[PaintEvent]]


class Backdrop:
    """The picture that goes by: the same in every run, so nobody needs to be told."""

    def __init__(self, request: PaintRequest, side: tuple[int, int], moving: Moving, step: int, part: int):
        """side: columns to the right and rows down to where things come from, one of them 1 or -1.

        step: pixels by which it goes on in each frame. part: how deep what is painted at once is, in pixels.
        """
        self._target, self._side, self._share = request.target, side, moving.share
        self._seed, self._step, self._deep = request.seed, step, part
        self._end = first_change(request)  # the first frame of which this does not tell
        still = tuple(known for known in request.known if not known.frame)
        self._still = laid_together(still, request.target)[0]
        self._known = still if moving.known.all() else (KnownPicture(request.target, self._still, moving.known),)
        self._box = Box.holding(moving.share > 0).moved(request.target.x, request.target.y)
        self._little = int(moving.known.sum()) < (part // PART) ** 2  # than a patch: it comes back as in a mirror
        self._parts: list[KnownPicture] = []
        self._beyond = 0  # parts beyond the first one, which is what is hidden

    @classmethod
    def of(cls, request: PaintRequest, config: ModelConfig) -> "Backdrop | None":
        """What goes by in a film; None where nothing does that the words tell of."""
        side = comes_from(request)
        moving = None if side is None else what_moves(request)
        if side is None or moving is None:
            return None
        return cls(request, side, moving, config.tokenizer.compression, PART * config.patch_px)

    def tells(self, frame: int) -> bool:
        """Whether it tells all that is seen in a frame."""
        return 0 < frame < self._end

    def until(self, frame: int, paint: Paint) -> None:
        """Paint what is seen up to a frame, unless it is there or the painting is stopped."""
        if not self._parts and not self._paint(self._box, paint):
            return
        while self._beyond * self._deep < min(frame, self._end - 1) * self._step:
            if not self._paint(self._next(), paint):
                return
            self._beyond += 1
            here, last = self._box.moved(*self._wandered(frame)), self._parts[-KEPT:]
            self._parts = [
                part for part in self._parts if self._little or part in last or not part.box.intersect(here).empty
            ]

    def seen(self, box: Box, frame: int) -> tuple[np.ndarray, np.ndarray]:
        """What a frame shows in a box, uint8 (h, w, 3), and where it is known, bool (h, w): some beyond the target."""
        pixels, known = laid_together((*self._known, *self._parts), box.moved(*self._wandered(frame)))
        shared = box.intersect(self._target)
        here, there = shared.slices(box), shared.slices(self._target)
        pixels[here] = mixed(self._still[there], pixels[here], self._share[there][..., None])
        return pixels, known

    def _wandered(self, frame: int) -> tuple[int, int]:
        return self._side[0] * frame * self._step, self._side[1] * frame * self._step

    def _next(self) -> Box:
        """Where the next part lies: beside what moves, and beyond the parts before."""
        (columns, rows), first, deep = self._side, self._box, self._deep
        x = first.right if columns > 0 else first.x - deep if columns else first.x
        y = first.bottom if rows > 0 else first.y - deep if rows else first.y
        beside = Box(x, y, deep, first.height) if columns else Box(x, y, first.width, deep)
        return beside.moved(columns * self._beyond * deep, rows * self._beyond * deep)

    def _paint(self, box: Box, paint: Paint) -> bool:
        """Have what is not known of a box; returns whether the painting came to its end."""
        known = (*self._known, *self._parts[-KEPT:])
        pixels, there = laid_together(known, box)
        if self._little:
            pixels = self._mirrored(box) if self._parts else filled_in(pixels, there)
        elif not there.all():
            for event in paint(PaintRequest(box, known, self._seed + self._beyond, grain=1.0, exemplar=1.0)):
                if isinstance(event, Stopped):
                    return False
                lay_updates(event, pixels, box)
        self._parts.append(KnownPicture(box, pixels))
        return True

    def _mirrored(self, box: Box) -> np.ndarray:
        """What moves, again and again, at a box beside it: every second time as in a mirror."""
        first, (columns, _) = self._parts[0].pixels, self._side
        far = self._deep * (self._beyond + 1)
        wide = np.pad(first, ((0, 0), (far, far), (0, 0)) if columns else ((far, far), (0, 0), (0, 0)), "symmetric")
        origin = self._box.moved(-far, 0) if columns else self._box.moved(0, -far)
        return wide[box.slices(origin)]
