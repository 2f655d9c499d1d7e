"""How a clip looks: thumbnails of what is painted, empty slots for what waits, the frame under way in the accent."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen

from app import theme
from app.session.timeline import Timeline
from app.session.values import ClipView, KeyframeView
from app.translation import tr

from .drags import KeyframeGhost
from .lanes import Lanes
from .scale import GUTTER
from .thumbs import Thumbs

ROUND = 4.0  # px
LEAST_SLOT = 5.0  # px of a frame, below which waiting frames are one slot
STALE = 0.38  # how much is seen of a frame that is out of date
UNSAID = tr("as it is")  # where no words are
DIAMOND, CHOSEN = 4.0, 5.0  # px, half of a keyframe's mark


class Cell(NamedTuple):
    """Frames that are drawn as one: those that share a thumbnail, a slot, or the one being painted."""

    first: int
    end: int
    state: str


def cells(states: Sequence[str], per_frame: float, thumb: float, first: int, end: int) -> Iterator[Cell]:
    """The frames from `first` to before `end`, as cells. thumb: px that a thumbnail is wide.

    Cells of painted frames begin at multiples of their length, so that they stay where they are while one scrolls.
    """
    each = max(round(thumb / per_frame), 1)
    alone = per_frame >= LEAST_SLOT
    number = first // each * each if first < len(states) else end
    while number < min(end, len(states)):
        state = states[number]
        pictured = state in ("done", "stale")
        most = each if pictured else 1 if alone or state == "painting" else len(states)
        stop = number + 1
        while stop < min(end, len(states)) and stop - number < most and states[stop] == state:
            if pictured and stop % each == 0:
                break
            stop += 1
        yield Cell(number, stop, state)
        number = stop


class Strips:
    """Draws clips and their words; asked for what can be seen only."""

    def __init__(self, timeline: Timeline, lanes: Lanes, thumbs: Thumbs):
        self._timeline, self._lanes, self._thumbs = timeline, lanes, thumbs
        self._states: dict[int, tuple[str, ...]] = {}
        timeline.clips_changed.connect(self._states.clear)
        timeline.frames_changed.connect(lambda clip, _: self._states.pop(clip, None))

    def states(self, clip: ClipView) -> tuple[str, ...]:
        """Kept until they change: there may be ten thousand, and the playhead goes by twelve times a second."""
        if clip.id not in self._states:
            self._states[clip.id] = self._timeline.frames.states(clip.id)
        return self._states[clip.id]

    # ---- frames

    def draw(self, painter: QPainter, clip: ClipView, right: float, ratio: float) -> None:
        rect, each = self._lanes.clip_rect(clip), self._lanes.per_frame(clip)
        wide = rect.height() * clip.box.width / max(clip.box.height, 1)
        first = self._lanes.number_at(clip, GUTTER)
        end = self._lanes.number_at(clip, right) + 1
        for cell in cells(self.states(clip), each, wide, first, end):
            left = rect.left() + cell.first * each
            place = QRectF(left, rect.top(), (cell.end - cell.first) * each, rect.height())
            gap = 1.0 if place.width() > 4 else 0.0
            self._draw_cell(painter, clip, cell, place.adjusted(gap, 0, -gap, 0), ratio)

    def _draw_cell(self, painter: QPainter, clip: ClipView, cell: Cell, place: QRectF, ratio: float) -> None:
        if cell.state == "waiting":
            return _slot(painter, place)
        path = _rounded(place)
        painter.fillPath(path, theme.colour("paper" if cell.state == "painting" else "raised"))
        thumb = self._thumbs.get(clip.id, cell.first, round(place.height() * ratio))
        if thumb is not None:
            painter.save()
            painter.setClipPath(path, Qt.ClipOperation.IntersectClip)
            painter.setOpacity(STALE if cell.state == "stale" else 1.0)
            wide = thumb.width() * place.height() / thumb.height()
            shown = QRectF(place.center().x() - wide / 2, place.top(), wide, place.height())
            if wide < place.width():
                shown = QRectF(place.left(), place.top(), place.width(), place.height())
            painter.drawPixmap(shown, thumb, QRectF(thumb.rect()))
            painter.restore()
        if cell.state == "painting":
            painter.setPen(QPen(theme.colour("accent_line"), 1.5))
            painter.drawPath(path)
        elif cell.state == "stale":
            painter.setPen(QPen(theme.colour("secondary"), 1, Qt.PenStyle.DashLine))
            painter.drawPath(_rounded(place.adjusted(0.5, 0.5, -0.5, -0.5)))

    def draw_chosen(self, painter: QPainter, clip: ClipView, focus: bool) -> None:
        """Round a clip that is chosen; in the accent while the keys go to it."""
        rect = self._lanes.clip_rect(clip).adjusted(-2, -3, 2, 3)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.colour("accent_line") if focus else theme.colour("secondary"), 1.5))
        painter.drawRoundedRect(rect, ROUND + 2, ROUND + 2)

    # ---- words

    def draw_words(self, painter: QPainter, clip: ClipView, ghost: KeyframeGhost | None, chosen: int | None) -> None:
        """As they would be if the keyframe that is dragged were let go; chosen: the frame of the one that is."""
        keyframes = brought(self._timeline.keyframes(clip.id), ghost)
        for number, end, words in spans(clip, keyframes):
            self._draw_span(painter, self._lanes.words_rect(clip, number, end), words, number == 0)
        for keyframe in keyframes:
            at = self._lanes.mark(clip, keyframe.number)
            _diamond(painter, at, keyframe.moves, keyframe.number == (ghost.to if ghost else chosen))

    def _draw_span(self, painter: QPainter, rect: QRectF, words: str, first: bool) -> None:
        rect = rect.adjusted(1, 0, -1, 0)
        if rect.width() < 2:
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("accent", 0.16) if first and words else theme.colour("raised"))
        painter.drawRoundedRect(rect, ROUND, ROUND)
        painter.setFont(theme.font(theme.SMALL))
        painter.setPen(theme.colour("text" if words else "secondary"))
        inner = rect.adjusted(8 if first else 18, 0, -6, 0)
        inner.setLeft(max(inner.left(), GUTTER + 8))  # words stay in sight while their beginning has gone by
        if inner.width() > 16:
            text = painter.fontMetrics().elidedText(words or UNSAID, Qt.TextElideMode.ElideRight, int(inner.width()))
            if len(text) > 1:  # not the dots alone
                painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)


def brought(keyframes: Sequence[KeyframeView], ghost: KeyframeGhost | None) -> list[KeyframeView]:
    """With the one that is dragged where it is held now."""
    held = [each for each in keyframes if ghost is not None and each.number == ghost.number]
    kept = [each for each in keyframes if ghost is None or ghost.copies or each not in held]
    moved = [replace(each, number=ghost.to) for each in held if ghost is not None]
    return sorted(kept + moved, key=lambda each: each.number)


def spans(clip: ClipView, keyframes: Sequence[KeyframeView]) -> list[tuple[int, int, str]]:
    """From which frame to before which one which words hold."""
    changes = {0: clip.prompt}
    changes |= {each.number: each.prompt for each in keyframes if each.prompt is not None and each.number < clip.length}
    starts = sorted(changes)
    return [
        (start, end, changes[start])
        for start, end in zip(starts, [*starts[1:], clip.length], strict=True)
        if end > start
    ]


def _slot(painter: QPainter, place: QRectF) -> None:
    painter.setPen(QPen(theme.colour("line"), 1))
    painter.setBrush(theme.colour("window" if theme.scheme() == "dark" else "raised"))
    painter.drawRoundedRect(place.adjusted(0.5, 0.5, -0.5, -0.5), ROUND, ROUND)


def _rounded(place: QRectF) -> QPainterPath:
    path = QPainterPath()
    path.addRoundedRect(place, ROUND, ROUND)
    return path


def _diamond(painter: QPainter, at: QPointF, filled: bool, chosen: bool) -> None:
    """Filled where the region that moves is another one from here on; in the accent while it is chosen."""
    half, ink = (CHOSEN, theme.colour("accent_line")) if chosen else (DIAMOND, theme.colour("text"))
    corners = [QPointF(-half, 0), QPointF(0, -half), QPointF(half, 0), QPointF(0, half)]
    painter.setPen(QPen(ink, 1.8 if chosen else 1.2))
    painter.setBrush(ink if filled else Qt.BrushStyle.NoBrush)
    painter.drawPolygon([at + corner for corner in corners])
