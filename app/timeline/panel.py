"""The timeline at the bottom: transport, ruler and tracks; where nothing is on it, it says how a clip is made."""

from functools import partial

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QMenu, QScrollArea, QVBoxLayout, QWidget

from app.action_keys import hint
from app.session import Session
from app.session.values import ClipView
from app.translation import tr

from .editors import KeyframeField, NameField
from .ruler import TimeRuler
from .scale import TimeScale
from .tracks import Tracks
from .transport import TransportBar

FRAMES = 24  # of a new clip; its end can be dragged
HIGH = 204  # px, with one track
ANY = 2**24 - 1  # px, Qt's word for no limit


class TimelinePanel(QWidget):
    """`transport` is the title of its dock; without clips it is that one line."""

    tracks_changed = Signal()  # another number of them has clips

    def __init__(self, session: Session, parent: QWidget | None = None):
        super().__init__(parent)
        self.session, self.timeline = session, session.timeline
        self._tracks = -1
        self.setAccessibleName(tr("Timeline"))
        self.scale = TimeScale(self)
        self.transport = TransportBar(session, self)
        self.ruler, self.tracks = TimeRuler(session, self.scale), Tracks(session, self.scale)
        self.name_field = NameField(session, self.tracks)
        self.words_field = KeyframeField(session, self.tracks, self.window())
        self.menu = QMenu(self)
        self.models = self.menu.addMenu(tr("Painted By"))
        self.models.aboutToShow.connect(self._fill_models)
        self._arrange()
        self._bind()

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(self.tracks)
        self.area.setMinimumHeight(self.tracks.lanes.height(0) + 1)
        column.addWidget(self.ruler)
        column.addWidget(self.area, 1)
        self.setFocusProxy(self.tracks)

    def _bind(self) -> None:
        timeline = self.timeline
        for signal in (timeline.clips_changed, self.session.opened, self.session.selection_changed):
            signal.connect(self._refresh)
        self.session.region_changed.connect(self._refresh)
        self.session.settings.changed.connect(self._refresh)
        self.transport.key.clicked.connect(self.edit_words)
        self.transport.split.clicked.connect(self.split)
        self.tracks.words_wanted.connect(self._edit_words)
        self.tracks.name_wanted.connect(self.name_field.open_at)
        self.tracks.menu_wanted.connect(self._open_menu)
        timeline.playback.playhead_changed.connect(self._follow)
        self.tracks.installEventFilter(self)
        self._refresh()

    def sizeHint(self) -> QSize:
        return QSize(900, HIGH)

    # ---- what is shown

    def _refresh(self, *_: object) -> None:
        there = bool(self.timeline.clips)
        for each in (self.ruler, self.area):
            each.setVisible(there)
        self.setMaximumHeight(ANY if there else 0)
        self.transport.invite("" if there else self._invitation())
        tracks = max((clip.track for clip in self.timeline.clips), default=-1) + 1
        if tracks != self._tracks:
            self._tracks = tracks
            self.tracks_changed.emit()

    def wanted(self) -> int:
        """px that all of it takes, or two tracks of it; 0 where nothing is on it."""
        if not self._tracks:
            return 0
        rest = self.ruler.sizeHint().height() + 32
        return sum(self.tracks.lanes.height(track) for track in range(min(self._tracks, 2))) + rest

    def _invitation(self) -> str:
        keys = hint(self.session.settings, "make_clip") or tr("Time › Make a Clip")
        if self.session.selected is None:
            return tr("A still that is to move comes here. Place a picture first, then press {keys}.").format(keys=keys)
        what = tr("the part in the frame") if self.session.region is not None else tr("the chosen layer")
        return tr("Press {keys} to set {what} in motion: it becomes a clip of {frames} frames.").format(
            keys=keys, what=what, frames=FRAMES
        )

    def _follow(self, frame: int) -> None:
        """While it plays the ruler goes along."""
        if self.timeline.playback.playing:
            self.scale.show(frame)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.scale.resize(self.width())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.tracks and event.type() == QEvent.Type.ContextMenu:
            self.tracks.setFocus(Qt.FocusReason.MouseFocusReason)
        return False

    # ---- what the artist asks for, from keys and menus too

    def make_clip(self) -> None:
        made = self.timeline.clip_edits.make_clip(FRAMES)
        if made is not None:
            self.tracks.setFocus(Qt.FocusReason.OtherFocusReason)

    def animate(self) -> None:
        if clip := self.timeline.chosen:
            self.timeline.painting.animate(clip.id)

    def take_region(self) -> None:
        """From the first frame on only what is in the frame on the canvas moves."""
        if (clip := self.timeline.chosen) and self.session.region is not None:
            self.timeline.clip_edits.set_region(clip.id, self.session.region)
            self.session.set_region(None)

    def split(self) -> None:
        clip, number = self._here()
        if clip is not None and number == 0:
            self.session.failed.emit(tr("A clip is split before a later frame than its first. Move the playhead on."))
        elif clip is not None and number is not None:
            self.timeline.clip_edits.split(clip.id, number)

    def _here(self) -> tuple[ClipView | None, int | None]:
        """The chosen clip and its frame under the playhead; where the playhead is elsewhere, that is told."""
        clip = self.timeline.chosen
        number = self.timeline.frame_at(clip, self.timeline.playback.playhead) if clip else None
        if clip is not None and number is None:
            self.session.failed.emit(
                tr("The playhead is not on “{name}”. Move it there first: nothing was changed.").format(name=clip.name)
            )
        return clip, number

    def trim(self, first: bool) -> None:
        """Lets the clip begin, or end, at the playhead."""
        clip, number = self._here()
        if clip is not None and number is not None:
            self.timeline.clip_edits.trim(clip.id, *((number, clip.length - 1) if first else (0, number)))

    def edit_words(self) -> None:
        """Of the chosen keyframe, else at the playhead, or at the first frame where that is elsewhere."""
        keyframe = self.timeline.selected_keyframe
        if clip := self.timeline.chosen:
            here = self.timeline.frame_at(clip, self.timeline.playback.playhead) or 0
            self.tracks.edit_words(clip, keyframe.number if keyframe else here)

    def edit_name(self) -> None:
        if clip := self.timeline.chosen:
            self.tracks.edit_name(clip)

    def delete_keyframe(self) -> None:
        """The chosen one, else the last one that holds at the playhead."""
        keyframe = self.timeline.selected_keyframe
        if keyframe is not None and self.timeline.selected is not None:
            return self.timeline.keyframe_edits.delete(self.timeline.selected, keyframe.number)
        clip, number = self._here()
        if clip is None or number is None:
            return
        before = [each.number for each in self.timeline.keyframes(clip.id) if each.number <= number]
        if before:
            self.timeline.keyframe_edits.delete(clip.id, before[-1])

    def _edit_words(self, clip: ClipView, number: int, place: QRect) -> None:
        at = self.tracks.mapTo(self.window(), place.topLeft())
        corner = QPoint(at.x(), self.transport.mapTo(self.window(), QPoint()).y())
        self.words_field.setParent(self.window())
        self.words_field.open_at(clip, number, corner)

    def _open_menu(self, at: QPointF) -> None:
        if self.timeline.selected is not None:
            self.menu.popup(at.toPoint())

    def _fill_models(self) -> None:
        """Those that paint films; the clip is painted by the one that is chosen."""
        self.models.clear()
        for model in self.session.models():
            if model.films and not model.problem and (clip := self.timeline.chosen):
                self.models.addAction(model.name, partial(self.timeline.clip_edits.set_model, clip.id, model.name))
        if self.models.isEmpty():
            self.models.addAction(tr("There is none for films")).setEnabled(False)
