"""Where clips lie on the panel: a lane for each track with a narrow one for words under it, and what is at a point."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF

from app.session.timeline import Timeline
from app.session.values import ClipView, KeyframeView

from .scale import GUTTER, TimeScale

CLIP, WORDS = 50, 24  # px high: the frames of a clip, and its words
ABOVE, BETWEEN, BELOW = 6, 8, 10  # px round them
EDGE = 7  # px at the ends of a clip that its length is dragged by
MARK = 7.0  # px from the beginning of a frame to the middle of its keyframe's mark, and round that to take it by


@dataclass(frozen=True)
class Spot:
    """What is under a point. part: clip, begin, end, words, keyframe or nothing; `number` is the frame there."""

    part: str = "nothing"
    clip: ClipView | None = None
    number: int = 0
    track: int = 0


class Lanes:
    """Reads the timeline each time it is asked: there are few clips, however many frames they have."""

    def __init__(self, timeline: Timeline, scale: TimeScale):
        self._timeline, self._scale = timeline, scale

    @property
    def tracks(self) -> int:
        return 1 + max((clip.track for clip in self._timeline.clips), default=-1)

    def on(self, track: int) -> list[ClipView]:
        return [clip for clip in self._timeline.clips if clip.track == track]

    def named(self, track: int) -> ClipView | None:
        """The clip whose name stands at the left: the chosen one, else that under the playhead, else the first."""
        clips, playhead = self.on(track), self._timeline.playback.playhead
        chosen = [clip for clip in clips if clip.id == self._timeline.selected]
        under = [clip for clip in clips if clip.start <= playhead < clip.end]
        return next(iter(chosen + under + clips), None)

    def height(self, track: int) -> int:
        return ABOVE + CLIP + BETWEEN + WORDS + BELOW

    def top(self, track: int) -> int:
        return sum(self.height(each) for each in range(track))

    @property
    def bottom(self) -> int:
        return self.top(self.tracks)

    def track_at(self, y: float) -> int:
        """The track under a height; one below the last is a new one."""
        return min(max(int(y // self.height(0)), 0), self.tracks)

    # ---- rectangles

    def clip_rect(self, clip: ClipView) -> QRectF:
        return self.span(clip.start, clip.lasts, clip.track)

    def span(self, start: float, lasts: float, track: int) -> QRectF:
        return QRectF(self._scale.x(start), self.top(track) + ABOVE, lasts * self._scale.per_frame, CLIP)

    def words_rect(self, clip: ClipView, first: int, end: int) -> QRectF:
        """The words that hold from one frame of a clip to before another."""
        each, left = self.per_frame(clip), self._scale.x(clip.start)
        top = self.top(clip.track) + ABOVE + CLIP + BETWEEN
        return QRectF(left + first * each, top, (end - first) * each, WORDS)

    def mark(self, clip: ClipView, number: int) -> QPointF:
        """The middle of the mark of a keyframe."""
        rect, each = self.words_rect(clip, number, number), self.per_frame(clip)
        return QPointF(rect.left() + min(each / 2, MARK), rect.center().y())

    def per_frame(self, clip: ClipView) -> float:
        """px of a frame of this clip."""
        return self._scale.per_frame * clip.lasts / max(clip.length, 1)

    def number_at(self, clip: ClipView, x: float) -> int:
        number = int((x - self._scale.x(clip.start)) // max(self.per_frame(clip), 1e-9))
        return min(max(number, 0), clip.length - 1)

    # ---- under a point

    def spot(self, at: QPointF) -> Spot:
        track = self.track_at(at.y())
        if at.x() < GUTTER:
            clip = self.named(track)
            return Spot("name", clip, 0, track) if clip else Spot(track=track)
        for clip in reversed(self.on(track)):
            part = self._part(clip, at)
            if part == "words" and (keyframe := self._keyframe(clip, at)) is not None:
                return Spot("keyframe", clip, keyframe.number, track)
            if part:
                return Spot(part, clip, self.number_at(clip, at.x()), track)
        return Spot(track=track)

    def _keyframe(self, clip: ClipView, at: QPointF) -> KeyframeView | None:
        """Whose mark is nearest, where it can be taken by it."""
        apart = [(abs(self.mark(clip, each.number).x() - at.x()), each) for each in self._timeline.keyframes(clip.id)]
        near = min(apart, key=lambda each: each[0], default=(MARK + 1, None))
        return near[1] if near[0] <= MARK else None

    def _part(self, clip: ClipView, at: QPointF) -> str:
        rect, reach = self.clip_rect(clip), EDGE
        if self.words_rect(clip, 0, clip.length).contains(at):
            return "words"
        if not rect.adjusted(0, 0, reach, 0).contains(at):
            return ""
        inner = min(reach, rect.width() / 4)  # a short clip can be taken in its middle
        if at.x() >= rect.right() - inner:
            return "end"
        return "begin" if at.x() < rect.left() + inner else "clip"
