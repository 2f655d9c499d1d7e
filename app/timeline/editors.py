"""Small fields over the tracks: the name of a clip, and the words and the region of a keyframe."""

from PySide6.QtCore import QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from app.panels.rows import ToolButton, label
from app.session import Session
from app.session.values import ClipView, KeyframeView
from app.translation import tr
from app.words_field import WordsField
from engine.request import Box, PaintRequest, Planned, Prompt, UserError

WIDE = 420  # px
ASK_AFTER = 300  # ms of rest after the last letter


class NameField(QLineEdit):
    """Enter keeps the name, Esc leaves it as it was."""

    def __init__(self, session: Session, parent: QWidget):
        super().__init__(parent)
        self._tracks = parent
        self._timeline, self._clip = session.timeline, 0
        self.setAccessibleName(tr("Name of the clip"))
        self.returnPressed.connect(self._keep)
        self.hide()

    def open_at(self, clip: ClipView, place: QRect) -> None:
        self._clip = clip.id
        self.setText(clip.name)
        self.setGeometry(place)
        self.show()
        self.raise_()
        self.selectAll()
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def _keep(self) -> None:
        clip = self._timeline.clip(self._clip)
        if clip is not None and self.text().strip() not in ("", clip.name):
            self._timeline.clip_edits.rename(clip.id, self.text().strip())
        self._leave()

    def _leave(self) -> None:
        self.hide()
        self._tracks.setFocus(Qt.FocusReason.PopupFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.hide()


class KeyframeField(QFrame):
    """What is said from a frame on: words, and which region moves. Enter keeps it, Esc leaves it as it was."""

    def __init__(self, session: Session, tracks: QWidget, window: QWidget):
        super().__init__(window)
        self._tracks = tracks
        self.session, self._timeline = session, session.timeline
        self._clip, self._number = 0, 0
        self.setProperty("floating", True)
        self.setFixedWidth(WIDE)
        self.heading, self.region_words = label("", "secondary"), label("", "secondary", wrap=True)
        self.words = WordsField(self._known, tr("The key ↓ lists what the model knows."))
        self.words.setAccessibleName(tr("Words"))
        self.words.setPlaceholderText(tr("what moves: mist drifts left, rain begins…"))
        self.words.returnPressed.connect(self.keep)
        self._ticket = 0
        self._later = QTimer(self, singleShot=True, interval=ASK_AFTER)
        self._later.timeout.connect(self._ask)
        self.words.written.connect(lambda _: self._later.start())
        session.queue.sketched.connect(self._answered)
        self.remove = ToolButton("trash", tr("Take this keyframe away"), self._remove)
        self.region, self.whole = QPushButton(tr("Move only the region")), QPushButton(tr("Move all of it"))
        self.region.clicked.connect(self._take_region)
        self.whole.clicked.connect(self._take_whole)
        self._arrange()
        self.hide()
        QApplication.instance().focusChanged.connect(self._focus_moved)  # type: ignore[union-attr]

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 12)
        column.setSpacing(8)
        above = QHBoxLayout()
        above.addWidget(self.heading, 1)
        above.addWidget(self.remove)
        below = QHBoxLayout()
        below.addWidget(self.region_words, 1)
        below.addWidget(self.region)
        below.addWidget(self.whole)
        column.addLayout(above)
        column.addWidget(self.words)
        column.addLayout(below)

    # ---- opening

    def open_at(self, clip: ClipView, number: int, corner: QPoint) -> None:
        """corner: in the window; the field stands on it, over the canvas, so that nothing of the timeline is hidden."""
        self._clip, self._number = clip.id, number
        self.refresh()
        self.adjustSize()
        room = self.window().width() - self.width() - 8
        self.move(max(min(corner.x() - 24, room), 8), max(corner.y() - self.height() - 8, 8))
        self.show()
        self.raise_()
        self.words.selectAll()
        self.words.setFocus(Qt.FocusReason.PopupFocusReason)
        if self._reads_words():
            self.session.queue.warm(clip.model)  # which then says what it knows
            self._ask()

    def refresh(self) -> None:
        """From the first frame on it is the clip itself that is meant."""
        clip, key = self._timeline.clip(self._clip), self.keyframe()
        if clip is None:
            self.hide()
            return
        self.heading.setText(
            tr("From the first frame on")
            if not self._number
            else tr("From frame {number} on").format(number=self._number)
        )
        self.remove.setVisible(key is not None)
        self.words.setText(self._words_here(clip))
        moves = clip.region if not self._number else key.region if key is not None and key.moves else None
        stated = not self._number or (key is not None and key.moves)
        box = moves.box if moves is not None else None
        self.region_words.setText(
            tr("{width} × {height} px of it move").format(width=box.width, height=box.height)
            if box
            else tr("all of it moves")
            if stated
            else tr("moves as before")
        )
        self.region.setEnabled(self.session.region is not None)
        self.region.setToolTip("" if self.region.isEnabled() else tr("Drag out a region on the canvas first."))

    def keyframe(self) -> KeyframeView | None:
        found = (each for each in self._timeline.keyframes(self._clip) if each.number == self._number)
        return next(found, None)

    def _words_here(self, clip: ClipView) -> str:
        """Those that hold at this frame, also when they were said before it."""
        words = clip.prompt
        for each in self._timeline.keyframes(clip.id):
            if each.number <= self._number and each.prompt is not None:
                words = each.prompt
        return words

    # ---- what the model knows

    def _reads_words(self) -> bool:
        clip = self._timeline.clip(self._clip)
        return clip is not None and self._timeline.reads_words(clip.model)

    def _known(self) -> tuple[str, ...]:
        clip = self._timeline.clip(self._clip)
        return self.session.queue.known_words(clip.model) if clip is not None else ()

    def _ask(self) -> None:
        """Asks the engine what the model makes of the words, by a picture that is planned and not painted."""
        clip, words = self._timeline.clip(self._clip), self.words.text().strip()
        self.words.say_of("")
        self._ticket = 0
        if clip is None or not words or not self._reads_words():
            return
        request = PaintRequest(Box(0, 0, 8, 8), (), prompts=(Prompt(words),))
        try:
            self._ticket = self.session.queue.inquiries.sketch(request, clip.model)
        except UserError as error:
            self.words.say_of(str(error))

    def _answered(self, ticket: int, planned: Planned | None) -> None:
        if ticket == self._ticket and planned is not None:
            self.words.say_of(" ".join(planned.notes))

    # ---- what the artist says

    def keep(self) -> None:
        clip, words = self._timeline.clip(self._clip), self.words.text().strip()
        self.close_back()
        if clip is None or (words == self._words_here(clip) and (self.keyframe() or not self._number)):
            return
        if self._number:
            self._timeline.keyframe_edits.set(clip.id, self._number, prompt=words)
        else:
            self._timeline.clip_edits.set_prompt(clip.id, words)

    def _take_region(self) -> None:
        if self.session.region is not None:
            self._set_region(self.session.region)
            self.session.set_region(None)
            self.refresh()

    def _take_whole(self) -> None:
        self._set_region(None)

    def _set_region(self, region: object) -> None:
        if self._number:
            self._timeline.keyframe_edits.set(self._clip, self._number, region=region)  # type: ignore[arg-type]
        else:
            self._timeline.clip_edits.set_region(self._clip, region)  # type: ignore[arg-type]
        self.refresh()

    def _remove(self) -> None:
        self._timeline.keyframe_edits.delete(self._clip, self._number)
        self.close_back()

    def close_back(self) -> None:
        self.hide()
        self._tracks.setFocus(Qt.FocusReason.PopupFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_back()
        else:
            super().keyPressEvent(event)

    def _focus_moved(self, _: QWidget | None, now: QWidget | None) -> None:
        if self.isVisible() and now is not None and now is not self and not self.isAncestorOf(now):
            self.hide()
