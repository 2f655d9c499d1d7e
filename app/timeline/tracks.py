"""The tracks under the ruler: clips with their frames and words, the hand that moves them, and the keys."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QLineF, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from app import theme
from app.session.timeline import ClipView

from .drags import Hand
from .lanes import ABOVE, BETWEEN, CLIP, WORDS, Lanes, Spot
from .ruler import playhead_pen, turn_wheel
from .scale import GUTTER, Scale, step_of
from .strips import ROUND, Strips
from .thumbs import Thumbs

if TYPE_CHECKING:
    from app.session import Session

MARGIN = 14  # px of names from the left
CURSORS = {"begin": Qt.CursorShape.SizeHorCursor, "end": Qt.CursorShape.SizeHorCursor}


class Tracks(QWidget):
    """`words_wanted` and `name_wanted` ask for an editor, `menu_wanted` for the menu of a clip at a place."""

    words_wanted = Signal(int, int, QRect)  # clip, frame, where
    name_wanted = Signal(int, QRect)
    menu_wanted = Signal(QPointF)

    def __init__(self, session: Session, scale: Scale, parent: QWidget | None = None):
        super().__init__(parent)
        self._timeline, self._scale = session.timeline, scale
        self.lanes = Lanes(self._timeline, scale)
        self.thumbs = Thumbs(self._timeline, self)
        self._strips = Strips(self._timeline, self.lanes, self.thumbs)
        self.hand = Hand(self._timeline, scale, self.lanes, self.update)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Clips")
        self._bind(session)

    def _bind(self, session: Session) -> None:
        timeline = self._timeline
        for signal in (
            self._scale.changed, theme.changed, timeline.frames_changed, timeline.playhead_changed,
            timeline.selected_changed, timeline.settings_changed,
        ):  # fmt: skip
            signal.connect(self._later)
        timeline.clips_changed.connect(self._clips)
        timeline.selected_changed.connect(self._describe)
        session.opened.connect(self._opened)
        self._describe()

    def _later(self, *_: object) -> None:
        self.update()

    def _opened(self) -> None:
        self.thumbs.clear()
        self._clips()

    def _clips(self) -> None:
        self.updateGeometry()
        self._describe()
        self.update()

    def _describe(self) -> None:
        """What a screen reader says of it."""
        timeline = self._timeline
        clip = timeline.clip(timeline.selected) if timeline.selected is not None else None
        chosen = f"{clip.name}, {clip.length} frames from frame {clip.start}" if clip else "none chosen"
        self.setAccessibleDescription(f"{len(timeline.clips)} clips; {chosen}. The arrow keys step through frames.")

    def sizeHint(self) -> QSize:
        return QSize(600, max(self.lanes.bottom, self.lanes.height(0)))

    def minimumSizeHint(self) -> QSize:
        return QSize(GUTTER * 2, self.sizeHint().height())

    # ---- drawing

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
            for track in range(self.lanes.tracks):
                self._draw_names(painter, track)
            painter.setClipRect(QRectF(GUTTER - 4, 0, self.width(), self.height()))
            self._draw_seconds(painter)
            for clip in self._timeline.clips:
                self._draw_clip(painter, clip)
            self._draw_ghost(painter)
            self._draw_playhead(painter)

    def _draw_names(self, painter: QPainter, track: int) -> None:
        clip, top = self.lanes.named(track), self.lanes.top(track) + ABOVE
        if clip is None:
            return
        room = GUTTER - MARGIN - 12
        self._write(painter, QRectF(MARGIN, top + 5, room, 20), clip.name, "text", theme.SIZE)
        frames = f"{clip.length:,} frame{'s' if clip.length != 1 else ''}".replace(",", "\u2009")
        kind = "part of it moves" if clip.region is not None else "animation"
        self._write(painter, QRectF(MARGIN, top + 25, room, 18), f"{kind} · {frames}", "secondary", theme.SMALL)
        self._write(painter, QRectF(MARGIN, top + CLIP + BETWEEN, room, WORDS), "Words", "text", theme.SIZE)

    @staticmethod
    def _write(painter: QPainter, place: QRectF, words: str, tone: str, size: int) -> None:
        painter.setFont(theme.font(size))
        painter.setPen(theme.colour(tone))
        text = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, int(place.width()))
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)

    def _draw_seconds(self, painter: QPainter) -> None:
        """A quiet line where a second begins, or where several do that would be too close."""
        rate, (first, end) = self._timeline.rate, self._scale.seen
        every = step_of(self._scale.per_frame * rate, 40.0)
        painter.setPen(QPen(theme.colour("line", 0.6), 1))
        for second in range(int(first / rate) // every * every, int(end / rate) + 1, every):
            x = round(self._scale.x(second * rate)) + 0.5
            if x >= GUTTER:
                painter.drawLine(QLineF(x, 0, x, self.height()))

    def _draw_clip(self, painter: QPainter, clip: ClipView) -> None:
        rect, chosen = self.lanes.clip_rect(clip), clip.id == self._timeline.selected
        if rect.right() < GUTTER or rect.left() > self.width():
            return
        dragged = self.hand.ghost is not None and self.hand.ghost.clip.id == clip.id and not self.hand.ghost.copies
        painter.setOpacity(0.35 if dragged else 1.0)
        self._strips.draw(painter, clip, self.width(), self.devicePixelRatioF())
        self._strips.draw_words(painter, clip)
        painter.setOpacity(1.0)
        if chosen:
            self._strips.draw_chosen(painter, clip, self.hasFocus())

    def _draw_ghost(self, painter: QPainter) -> None:
        ghost = self.hand.ghost
        if ghost is None:
            return
        rect = self.lanes.span(ghost.start, ghost.lasts, ghost.track)
        painter.setPen(QPen(theme.colour("accent_line"), 1.5))
        painter.setBrush(theme.colour("accent_line", 0.16))
        painter.drawRoundedRect(rect, ROUND, ROUND)
        words = f"frame {ghost.start}" if ghost.lasts == ghost.clip.lasts else f"{ghost.lasts} frames"
        if ghost.copies:
            words = f"copy · {words}"
        painter.setFont(theme.font(theme.SMALL))
        painter.setPen(theme.colour("text"))
        painter.drawText(rect.adjusted(8, 0, 200, 0), Qt.AlignmentFlag.AlignVCenter, words)

    def _draw_playhead(self, painter: QPainter) -> None:
        x = round(self._scale.x(self._timeline.playhead)) + 0.5
        if x >= GUTTER:
            painter.setPen(playhead_pen())
            painter.drawLine(QLineF(x, 0, x, self.height()))

    # ---- the hand

    def mousePressEvent(self, event: QMouseEvent) -> None:
        spot = self.lanes.spot(event.position())
        self._timeline.select(spot.clip.id if spot.clip else None)
        if event.button() == Qt.MouseButton.LeftButton and spot.part in ("clip", "begin", "end"):
            self.hand.press(spot, event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.hand.busy:
            self.hand.move(event.position(), event.modifiers())
            return
        spot = self.lanes.spot(event.position())
        self.setCursor(CURSORS.get(spot.part, Qt.CursorShape.ArrowCursor))
        self.setToolTip(self._tip(spot))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.hand.release()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """On words they are edited, on a name it is; on a frame the playhead goes there."""
        spot = self.lanes.spot(event.position())
        if spot.clip is None:
            return
        if spot.part == "words":
            self.edit_words(spot.clip, spot.number)
        elif spot.part == "name":
            self.edit_name(spot.clip)
        else:
            self._timeline.seek(self._scale.frame(event.position().x()))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_wanted.emit(QPointF(event.globalPos()))

    def wheelEvent(self, event: QWheelEvent) -> None:
        turn_wheel(self._scale, event)

    def leaveEvent(self, event: QEvent) -> None:
        self.unsetCursor()

    def _tip(self, spot: Spot) -> str:
        if spot.clip is None:
            return ""
        if spot.part == "words":
            return "Double-click: words from this frame on"
        if spot.part == "name":
            return "Double-click: another name"
        if spot.part in ("begin", "end"):
            return "Drag: shorter or longer"
        return f"Frame {spot.number}: {self._strips.states(spot.clip)[spot.number]}"

    # ---- editors

    def edit_words(self, clip: ClipView, number: int) -> None:
        rect = self.lanes.words_rect(clip, number, number + 1)
        self.words_wanted.emit(clip.id, number, self._inside(rect))

    def edit_name(self, clip: ClipView) -> None:
        top = self.lanes.top(clip.track) + ABOVE
        self.name_wanted.emit(clip.id, QRect(MARGIN - 8, top, GUTTER - MARGIN, 30))

    def _inside(self, rect: QRectF) -> QRect:
        left = min(max(rect.left(), GUTTER), self.width() - 60)
        return QRect(round(left), round(rect.top()), max(round(rect.width()), 1), round(rect.height()))

    # ---- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        run = self._keys().get((event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier))
        if run is None:
            super().keyPressEvent(event)
        else:
            run()

    def _keys(self) -> dict[tuple[int, Qt.KeyboardModifier], Callable[[], object]]:
        plain, shift, alt = (
            Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier,
        )  # fmt: skip
        timeline, keys, ctrl = self._timeline, Qt.Key, Qt.KeyboardModifier.ControlModifier
        return {
            (keys.Key_Left, plain): lambda: self._step(-1),
            (keys.Key_Right, plain): lambda: self._step(1),
            (keys.Key_Left, shift): lambda: self._step(-10),
            (keys.Key_Right, shift): lambda: self._step(10),
            (keys.Key_Home, plain): lambda: self._seek(0),
            (keys.Key_End, plain): lambda: self._seek(max(timeline.length - 1, 0)),
            (keys.Key_Space, plain): timeline.toggle,
            (keys.Key_Up, plain): lambda: self._choose(-1),
            (keys.Key_Down, plain): lambda: self._choose(1),
            (keys.Key_Left, alt): lambda: self._carry(-1, 0),
            (keys.Key_Right, alt): lambda: self._carry(1, 0),
            (keys.Key_Up, alt): lambda: self._carry(0, -1),
            (keys.Key_Down, alt): lambda: self._carry(0, 1),
            (keys.Key_Left, alt | shift): lambda: self._lengthen(-1),
            (keys.Key_Right, alt | shift): lambda: self._lengthen(1),
            (keys.Key_Delete, plain): lambda: self._with(lambda clip: timeline.delete(clip.id)),
            (keys.Key_F2, plain): lambda: self._with(self.edit_name),
            (keys.Key_Return, plain): lambda: self._with(self._edit_here),
            (keys.Key_Escape, plain): self.hand.cancel,
            (keys.Key_Plus, plain): lambda: self._scale.zoom(1.25),
            (keys.Key_Minus, plain): lambda: self._scale.zoom(0.8),
            (keys.Key_Plus, shift): lambda: self._scale.zoom(1.25),
            (keys.Key_0, plain): lambda: self._scale.fit(timeline.length),
            (keys.Key_D, ctrl): lambda: self._with(lambda clip: timeline.copy(clip.id, clip.end, clip.track)),
        }  # fmt: skip

    def _with(self, run: Callable[[ClipView], object]) -> None:
        chosen = self._timeline.selected
        clip = self._timeline.clip(chosen) if chosen is not None else None
        if clip is not None:
            run(clip)

    def _step(self, by: int) -> None:
        self._timeline.step(by)
        self._scale.show(self._timeline.playhead)

    def _seek(self, frame: int) -> None:
        self._timeline.seek(frame)
        self._scale.show(frame)

    def _choose(self, step: int) -> None:
        """The next clip in the order of tracks and time."""
        clips = sorted(self._timeline.clips, key=lambda clip: (clip.track, clip.start))
        if clips:
            numbers = [clip.id for clip in clips]
            chosen = self._timeline.selected
            at = numbers.index(chosen) + step if chosen in numbers else 0
            self._timeline.select(numbers[min(max(at, 0), len(clips) - 1)])

    def _carry(self, later: int, down: int) -> None:
        self._with(lambda clip: self._timeline.move(clip.id, max(clip.start + later, 0), max(clip.track + down, 0)))

    def _lengthen(self, by: int) -> None:
        self._with(lambda clip: self._timeline.extend(clip.id, max(clip.length + by, 1)))

    def _edit_here(self, clip: ClipView) -> None:
        number = self._timeline.frame_at(clip, self._timeline.playhead)
        self.edit_words(clip, number if number is not None else 0)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.hand.cancel()
