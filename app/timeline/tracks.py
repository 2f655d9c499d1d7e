"""The widget of tracks under the ruler: clips with their frames and words, and the drags and keys that move them."""

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
from app.session import Session
from app.session.values import ClipView
from app.translation import tr

from .drags import Dragging, KeyframeGhost
from .keyboard import TimelineKeyboard
from .lanes import ABOVE, BETWEEN, CLIP, WORDS, Lanes, Spot
from .ruler import playhead_pen, turn_wheel
from .scale import GUTTER, TimeScale, step_of
from .strips import ROUND, UNSAID, Strips, spans
from .thumbs import Thumbs

MARGIN = 14  # px of names from the left
CURSORS: dict[str, Qt.CursorShape] = dict.fromkeys(("begin", "end", "keyframe"), Qt.CursorShape.SizeHorCursor)
FRAME_STATES = {
    "waiting": tr("waiting"), "painting": tr("painting"), "done": tr("done"), "stale": tr("stale"),
}  # fmt: skip
BUBBLE = 20  # px high: the number of the frame over which a keyframe is held


class Tracks(QWidget):
    """`words_wanted` and `name_wanted` ask for an editor, `menu_wanted` for the menu of a clip at a place."""

    words_wanted = Signal(object, int, QRect)  # clip, frame, where
    name_wanted = Signal(object, QRect)
    menu_wanted = Signal(QPointF)

    def __init__(self, session: Session, scale: TimeScale, parent: QWidget | None = None):
        super().__init__(parent)
        self.timeline, self._scale = session.timeline, scale
        self.lanes = Lanes(self.timeline, scale)
        self.thumbs = Thumbs(self.timeline, self)
        self._strips = Strips(self.timeline, self.lanes, self.thumbs)
        self.dragging = Dragging(self.timeline, scale, self.lanes, self.update)
        self._keyboard = TimelineKeyboard(self.timeline, scale, self.dragging, self.edit_name, self.edit_words)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Clips"))
        self._bind(session)

    def _bind(self, session: Session) -> None:
        timeline = self.timeline
        for signal in (
            self._scale.changed, theme.changed, timeline.frames_changed, timeline.playback.playhead_changed,
            timeline.selected_changed, timeline.playback.settings_changed, self.thumbs.changed,
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
        timeline = self.timeline
        clip, keyframe = timeline.clip(timeline.selected), timeline.selected_keyframe
        chosen = (
            tr("{name}, {length} frames from frame {start}").format(
                name=clip.name, length=clip.length, start=clip.start
            )
            if clip
            else tr("none chosen")
        )
        if keyframe is not None:
            arrows = tr("The keyframe at frame {number} is chosen; the arrow keys move it.").format(
                number=keyframe.number
            )
        else:
            arrows = tr("The arrow keys step through frames.")
        self.setAccessibleDescription(
            tr("%n clips; {chosen}. {arrows}", "", len(timeline.clips)).format(chosen=chosen, arrows=arrows)
        )

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
            for clip in self.timeline.clips:
                self._draw_clip(painter, clip)
            self._draw_ghost(painter)
            self._draw_playhead(painter)
            self._draw_focus(painter)

    def _draw_names(self, painter: QPainter, track: int) -> None:
        clip, top = self.lanes.named(track), self.lanes.top(track) + ABOVE
        if clip is None:
            return
        room = GUTTER - MARGIN - 12
        self._write(painter, QRectF(MARGIN, top + 5, room, 20), clip.name, "text", theme.SIZE)
        frames = tr("%n frames", "", clip.length)
        kind = tr("a part") if clip.region is not None else tr("animation")
        self._write(painter, QRectF(MARGIN, top + 25, room, 18), f"{kind} · {frames}", "secondary", theme.SMALL)
        self._write(painter, QRectF(MARGIN, top + CLIP + BETWEEN, room, WORDS), tr("Words"), "text", theme.SIZE)

    @staticmethod
    def _write(painter: QPainter, place: QRectF, words: str, tone: str, size: int) -> None:
        painter.setFont(theme.font(size))
        painter.setPen(theme.colour(tone))
        text = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, int(place.width()))
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)

    def _draw_seconds(self, painter: QPainter) -> None:
        """A quiet line where a second begins, or where several do that would be too close."""
        rate, (first, end) = self.timeline.rate, self._scale.seen
        every = step_of(self._scale.per_frame * rate, 40.0)
        painter.setPen(QPen(theme.colour("line", 0.6), 1))
        for second in range(int(first / rate) // every * every, int(end / rate) + 1, every):
            x = round(self._scale.x(second * rate)) + 0.5
            if x >= GUTTER:
                painter.drawLine(QLineF(x, 0, x, self.height()))

    def _draw_clip(self, painter: QPainter, clip: ClipView) -> None:
        rect, chosen = self.lanes.clip_rect(clip), clip.id == self.timeline.selected
        if rect.right() < GUTTER or rect.left() > self.width():
            return
        dragged = self.dragging.ghost
        ghost = dragged if dragged is not None and dragged.clip.id == clip.id else None
        held = ghost if isinstance(ghost, KeyframeGhost) else None
        keyframe = self.timeline.selected_keyframe if chosen else None
        painter.setOpacity(0.35 if ghost is not None and held is None and not ghost.copies else 1.0)
        self._strips.draw(painter, clip, self.width(), self.devicePixelRatioF())
        self._strips.draw_words(painter, clip, held, keyframe.number if keyframe else None)
        painter.setOpacity(1.0)
        if chosen:
            self._strips.draw_chosen(painter, clip, self.hasFocus())

    def _draw_ghost(self, painter: QPainter) -> None:
        ghost = self.dragging.ghost
        if ghost is None:
            return
        if isinstance(ghost, KeyframeGhost):
            return self._draw_bubble(painter, ghost)
        rect = self.lanes.span(ghost.start, ghost.lasts, ghost.track)
        painter.setPen(QPen(theme.colour("accent_line"), 1.5))
        painter.setBrush(theme.colour("accent_line", 0.16))
        painter.drawRoundedRect(rect, ROUND, ROUND)
        words = (
            tr("frame {number}").format(number=ghost.start)
            if ghost.lasts == ghost.clip.lasts
            else tr("%n frames", "", ghost.lasts)
        )
        if ghost.copies:
            words = f"copy · {words}"
        painter.setFont(theme.font(theme.SMALL))
        painter.setPen(theme.colour("text"))
        painter.drawText(rect.adjusted(8, 0, 200, 0), Qt.AlignmentFlag.AlignVCenter, words)

    def _draw_bubble(self, painter: QPainter, ghost: KeyframeGhost) -> None:
        """Over the mark that is dragged: the frame from which it would hold."""
        words = (
            tr("copy · frame {number}").format(number=ghost.to)
            if ghost.copies
            else tr("frame {number}").format(number=ghost.to)
        )
        painter.setFont(theme.font(theme.SMALL))
        at, wide = self.lanes.mark(ghost.clip, ghost.to), painter.fontMetrics().horizontalAdvance(words) + 16
        left = min(max(at.x() - wide / 2, GUTTER), self.width() - wide - 4)
        place = QRectF(left, at.y() - WORDS / 2 - BUBBLE - 2, wide, BUBBLE)
        painter.setPen(QPen(theme.colour("accent_line"), 1))
        painter.setBrush(theme.colour("raised"))
        painter.drawRoundedRect(place, ROUND, ROUND)
        painter.setPen(theme.colour("text"))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, words)

    def _draw_playhead(self, painter: QPainter) -> None:
        x = round(self._scale.x(self.timeline.playback.playhead)) + 0.5
        if x >= GUTTER:
            painter.setPen(playhead_pen())
            painter.drawLine(QLineF(x, 0, x, self.height()))

    def _draw_focus(self, painter: QPainter) -> None:
        """That the keys go here, where no chosen clip tells it."""
        if self.hasFocus() and self.timeline.clip(self.timeline.selected) is None:
            painter.setClipping(False)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.colour("accent_line"), 1))
            seen = QRectF(self.visibleRegion().boundingRect())
            painter.drawRoundedRect(seen.adjusted(2.5, 0.5, -2.5, -2.5), ROUND, ROUND)

    # ---- the mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        spot = self.lanes.spot(event.position())
        self.timeline.select(spot.clip.id if spot.clip else None, spot.number if spot.part == "keyframe" else None)
        if event.button() == Qt.MouseButton.LeftButton and spot.part in ("clip", *CURSORS):
            self.dragging.press(spot, event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.dragging.busy:
            self.dragging.move(event.position(), event.modifiers())
            return
        spot = self.lanes.spot(event.position())
        self.setCursor(CURSORS.get(spot.part, Qt.CursorShape.ArrowCursor))
        self.setToolTip(self._tip(spot))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.dragging.release()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """On words they are edited, on a name it is; on a frame the playhead goes there."""
        spot = self.lanes.spot(event.position())
        if spot.clip is None:
            return
        if spot.part in ("words", "keyframe"):
            self.edit_words(spot.clip, spot.number)
        elif spot.part == "name":
            self.edit_name(spot.clip)
        else:
            self.timeline.playback.seek(self._scale.frame(event.position().x()))

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
            return tr("{words}\nDouble-click: words from this frame on").format(
                words=self._words_at(spot.clip, spot.number)
            )
        if spot.part == "keyframe":
            return tr("Frame {number} · drag: to another one, with Ctrl a copy · double-click: its words").format(
                number=spot.number
            )
        if spot.part == "name":
            moves = tr("all of it moves") if spot.clip.region is None else tr("only a part of it moves")
            return tr("{name}: {moves}\nDouble-click: another name").format(name=spot.clip.name, moves=moves)
        if spot.part in ("begin", "end"):
            return tr("Drag: shorter or longer")
        return tr("Frame {number}: {state}").format(
            number=spot.number, state=FRAME_STATES[self._strips.states(spot.clip)[spot.number]]
        )

    def _words_at(self, clip: ClipView, number: int) -> str:
        held = [words for first, _, words in spans(clip, self.timeline.keyframes(clip.id)) if first <= number]
        return held[-1] or UNSAID

    # ---- editors

    def edit_words(self, clip: ClipView, number: int) -> None:
        rect = self.lanes.words_rect(clip, number, number + 1)
        self.words_wanted.emit(clip, number, self._inside(rect))

    def edit_name(self, clip: ClipView) -> None:
        top = self.lanes.top(clip.track) + ABOVE
        self.name_wanted.emit(clip, QRect(MARGIN - 8, top, GUTTER - MARGIN, 30))

    def _inside(self, rect: QRectF) -> QRect:
        left = min(max(rect.left(), GUTTER), self.width() - 60)
        return QRect(round(left), round(rect.top()), max(round(rect.width()), 1), round(rect.height()))

    # ---- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._keyboard.press(event):
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.dragging.cancel()
