"""Drags in the tracks: clips in time and to other tracks, copies, ends of clips, and keyframes.

A drag is a generator: before its first yield is the press, each yield gives the point of a move, after it is the
release. Nothing changes until then; what would come of it is shown as a ghost.
"""

from collections.abc import Callable, Generator
from dataclasses import dataclass

from PySide6.QtCore import QPointF, Qt

from app.session.timeline import Timeline
from app.session.values import ClipView

from .lanes import Lanes, Spot
from .scale import TimeScale

SLACK = 4  # px that a click may tremble
CATCH = 6.0  # px within which an end is drawn to another one or to the playhead

COPYING = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier

Drag = Generator[None, tuple[QPointF, bool], None]  # the point, and whether a copy is dragged


@dataclass(frozen=True)
class Ghost:
    """What would come of a drag if it ended now."""

    clip: ClipView
    start: int
    lasts: int
    track: int
    copies: bool = False


@dataclass(frozen=True)
class KeyframeGhost:
    """The same for a keyframe: from one frame of its clip to another."""

    clip: ClipView
    number: int
    to: int
    copies: bool = False


class Dragging:
    """The drag under way; `show` is called when its ghost is another one."""

    def __init__(self, timeline: Timeline, scale: TimeScale, lanes: Lanes, show: Callable[[], object]):
        self._timeline, self._scale, self._lanes, self._show = timeline, scale, lanes, show
        self.ghost: Ghost | KeyframeGhost | None = None
        self._drag: Drag | None = None

    @property
    def busy(self) -> bool:
        return self._drag is not None

    def press(self, spot: Spot, at: QPointF) -> None:
        assert spot.clip is not None
        if spot.part == "keyframe":
            self._drag = self._keyframe(spot.clip, spot.number, at)
        else:
            kind = {"begin": self._begin, "end": self._end}.get(spot.part, self._move)
            self._drag = kind(spot.clip, at)
        next(self._drag)

    def move(self, at: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        if self._drag is not None:
            self._drag.send((at, bool(modifiers & COPYING)))
            self._show()

    def release(self) -> bool:
        """Does what the ghost shows; whether there was one."""
        drag, ghost = self._drag, self.ghost
        self.cancel()
        if drag is None or ghost is None:
            return False
        if isinstance(ghost, KeyframeGhost):
            self._bring(ghost)
        else:
            self._apply(ghost)
        return True

    def cancel(self) -> None:
        if self._drag is not None:
            self._drag.close()
        self._drag, self.ghost = None, None
        self._show()

    # ---- the drags

    def _move(self, clip: ClipView, pressed: QPointF) -> Drag:
        at, copies = yield
        while (at - pressed).manhattanLength() < SLACK:
            at, copies = yield
        row = self._lanes.track_at(pressed.y())
        while True:
            start = self._caught(clip, clip.start + (at.x() - pressed.x()) / self._scale.per_frame, clip.lasts)
            track = max(clip.track + self._lanes.track_at(at.y()) - row, 0)
            self.ghost = Ghost(clip, max(start, 0), clip.lasts, track, copies)
            at, copies = yield

    def _begin(self, clip: ClipView, pressed: QPointF) -> Drag:
        while True:
            at, _ = yield
            start = self._caught(clip, clip.start + (at.x() - pressed.x()) / self._scale.per_frame)
            start = min(max(start, clip.start), clip.end - 1)
            self.ghost = Ghost(clip, start, clip.end - start, clip.track)

    def _end(self, clip: ClipView, pressed: QPointF) -> Drag:
        while True:
            at, _ = yield
            end = self._caught(clip, clip.end + (at.x() - pressed.x()) / self._scale.per_frame)
            self.ghost = Ghost(clip, clip.start, max(end - clip.start, 1), clip.track)

    def _keyframe(self, clip: ClipView, number: int, pressed: QPointF) -> Drag:
        at, copies = yield
        while (at - pressed).manhattanLength() < SLACK:
            at, copies = yield
        while True:
            to = number + round((at.x() - pressed.x()) / self._lanes.per_frame(clip))
            to = self._timeline.keyframe_edits.free_frame(clip.id, number, to, copies)
            self.ghost = KeyframeGhost(clip, number, to, copies)
            at, copies = yield

    def _caught(self, clip: ClipView, start: float, lasts: int = 0) -> int:
        """The nearest frame; where an end comes close to the playhead or to another clip, that."""
        others = [other for other in self._timeline.clips if other.id != clip.id]
        places = {0, self._timeline.playback.playhead, *(o.start for o in others), *(o.end for o in others)}
        near = [place - part for place in places for part in {0, lasts}]
        best = min(near, key=lambda place: abs(place - start), default=round(start))
        return best if abs(best - start) * self._scale.per_frame <= CATCH else round(start)

    # ---- what comes of it

    def _apply(self, ghost: Ghost) -> None:
        clip, timeline = ghost.clip, self._timeline
        if ghost.copies:
            copy = timeline.clip_edits.copy(clip.id, ghost.start, ghost.track)
            timeline.select(copy if copy is not None else clip.id)
        elif ghost.lasts == clip.lasts and (ghost.start, ghost.track) != (clip.start, clip.track):
            timeline.clip_edits.move(clip.id, ghost.start, ghost.track)
        elif ghost.start > clip.start:
            timeline.clip_edits.trim(clip.id, self._frames(clip, ghost.start - clip.start), clip.length - 1)
        elif ghost.lasts != clip.lasts:
            timeline.clip_edits.extend(clip.id, max(self._frames(clip, ghost.lasts), 1))

    def _bring(self, ghost: KeyframeGhost) -> None:
        if ghost.copies:
            self._timeline.keyframe_edits.copy(ghost.clip.id, ghost.number, ghost.to)
        elif ghost.to != ghost.number:
            self._timeline.keyframe_edits.move(ghost.clip.id, ghost.number, ghost.to)

    def _frames(self, clip: ClipView, time: int) -> int:
        """Frames of the clip in so many of the document's time."""
        return round(time * clip.length / max(clip.lasts, 1))
