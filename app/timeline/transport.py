"""The row over the ruler: to the ends, play, where one is, how fast it goes, and one button that paints the clip."""

from collections.abc import Callable

from PySide6.QtCore import QSignalBlocker, QSize, Qt, QTimer
from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from app import theme
from app.action_keys import hinted
from app.document import Job
from app.jobs.progress import duration, time_left
from app.panels.rows import MARGIN, ToolButton, label
from app.session import Session
from app.session.values import ClipView
from app.translation import tr

SPEEDS = (0.25, 0.5, 1.0, 2.0, 4.0)
SLOWEST, FASTEST = 0.1, 120.0  # frames a second that can be typed
VERBS = {
    "running": tr("Pause"),
    "waiting": tr("Pause"),
    "paused": tr("Go On"),
    "failed": tr("Try Again"),
}  # by the state of its job
SOON = 120  # ms
BUTTON = QSize(30, 30)


class TransportBar(QWidget):
    """Also what the dock is dragged by, where nothing else is."""

    def __init__(self, session: Session, parent: QWidget | None = None):
        super().__init__(parent)
        self.session, self._timeline = session, session.timeline
        row = QHBoxLayout(self)
        row.setContentsMargins(MARGIN, 10, MARGIN, 2)
        row.setSpacing(6)
        self._make_buttons()
        self._make_numbers()
        for each in (self.start, self.play, self.end):
            row.addWidget(each)
        row.addSpacing(8)
        for each in (self.place, self.rate, self.speed, self.loop, self.onion):
            row.addWidget(each)
        row.addWidget(self.invitation, 9)
        row.addStretch(1)
        for each in (self.news, self.key, self.split, self.cancel, self.work):
            row.addWidget(each)
        self._bind()

    # ---- making

    def _make_buttons(self) -> None:
        timeline, tip = self._timeline, self._tip
        self.start = _big("to-start", tip(tr("To the first frame"), "frame_first"), lambda: timeline.playback.seek(0))
        self.play = _big("play", tip(tr("Play"), "play"), timeline.playback.toggle)
        self.end = _big("to-end", tip(tr("To the last frame"), "frame_last"), timeline.playback.to_end)
        self.loop = ToolButton("loop", tr("Play round and round"), timeline.playback.turn_loop, checkable=True)
        onion = tip(tr("Onion skin: the frame before in red, the one after in green"), "onion")
        self.onion = ToolButton("onion", onion, timeline.playback.turn_onion, True)
        self.key = ToolButton("keyframe", tip(tr("Keyframe: other words from here on"), "keyframe"))
        self.split = ToolButton("split", tip(tr("Split the clip at the playhead"), "clip_split"))
        self.cancel = ToolButton("cancel", tr("Stop painting this clip; finished frames stay"), self._cancel)
        self.work = QPushButton(tr("Animate"))
        self.work.setProperty("main", True)
        self.work.clicked.connect(self._work)

    def _make_numbers(self) -> None:
        self.place, self.news = label("", "secondary"), label("", "secondary")
        self.invitation = label("", "secondary")
        self.invitation.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.place.setMinimumWidth(136)
        self.rate = QDoubleSpinBox(minimum=SLOWEST, maximum=FASTEST, decimals=2, suffix=" fps")
        self.rate.setAccessibleName(tr("Frames a second"))
        self.rate.setToolTip(tr("Frames a second"))
        self.rate.setKeyboardTracking(False)
        self.rate.setFixedWidth(104)
        theme.inset(self.rate)
        self.speed = QComboBox()
        self.speed.setAccessibleName(tr("Speed"))
        self.speed.setToolTip(tr("How fast it is played"))
        for speed in SPEEDS:
            self.speed.addItem(f"{speed:g}×", speed)
        self.rate.valueChanged.connect(self._timeline.clip_edits.set_rate)
        self.speed.activated.connect(lambda at: self._timeline.playback.set_speed(self.speed.itemData(at)))

    def _tip(self, words: str, action: str) -> str:
        return hinted(words, self.session.settings, action)

    def _bind(self) -> None:
        timeline = self._timeline
        self._soon = QTimer(self, singleShot=True, interval=SOON)
        self._soon.timeout.connect(self.refresh)
        for signal in (
            timeline.clips_changed, timeline.selected_changed, timeline.playback.settings_changed,
            timeline.playback.playing_changed, self.session.opened, self.session.options_changed,
        ):  # fmt: skip
            signal.connect(self.refresh)
        for signal in (timeline.frames_changed, self.session.queue.changed, self.session.queue.status_changed):
            signal.connect(self._later)
        timeline.playback.playhead_changed.connect(self._show_place)
        self.refresh()

    # ---- what is shown

    def invite(self, words: str) -> None:
        """How a clip is made, where there is none: then there is nothing to play either."""
        self.invitation.setText(words)
        self.invitation.setVisible(bool(words))
        for each in (self.start, self.play, self.end, self.place, self.rate, self.speed, self.loop, self.onion):
            each.setVisible(not words)

    def _later(self, *_: object) -> None:
        """While frames are painted it is told many times a second."""
        if not self._soon.isActive():
            self._soon.start()

    def refresh(self, *_: object) -> None:
        timeline = self._timeline
        self.play.rename(
            *((tr("Pause"), "pause") if timeline.playback.playing else (self._tip(tr("Play"), "play"), "play"))
        )
        with QSignalBlocker(self.rate), QSignalBlocker(self.speed):
            if not self.rate.hasFocus() or self.rate.value() != timeline.rate:
                self.rate.setValue(timeline.rate)
            self.speed.setCurrentIndex(self.speed.findData(timeline.playback.speed))
        self.loop.setChecked(timeline.playback.loop)
        self.onion.setChecked(timeline.playback.onion)
        for each in (self.start, self.play, self.end):
            each.setEnabled(bool(timeline.clips))
        self._show_work()
        self._show_place()

    def _show_place(self, *_: object) -> None:
        frame = self._timeline.playback.playhead
        seconds = frame / max(self._timeline.rate, SLOWEST)
        self.place.setText(tr("frame {number} · {seconds:.2f} s").format(number=frame, seconds=seconds))

    def _show_work(self) -> None:
        """The button says what it will do with the chosen clip, and how much there is of it."""
        clip, job = self._timeline.chosen, self._job()
        for each in (self.news, self.key, self.split, self.work):
            each.setVisible(clip is not None)
        state = job.state if job else ""
        self.cancel.setVisible(state in VERBS)
        if clip is None:
            return
        under = self._timeline.frame_at(clip, self._timeline.playback.playhead)
        self.split.setEnabled(bool(under))
        self.work.setText({**VERBS, "failed": tr("Go On")}.get(state, tr("Animate")))
        states = self._timeline.frames.states(clip.id)
        left = sum(each != "done" for each in states)
        self.work.setEnabled(bool(state in VERBS or left))
        self.work.setToolTip(self._tip(tr("Paint the frames that wait or are out of date"), "animate"))
        self.news.setText(self._news(clip, states, state, job.id if job else None))

    def _news(self, clip: ClipView, states: tuple[str, ...], state: str, job: int | None) -> str:
        done, left = states.count("done"), len(states) - states.count("done")
        if state == "running" and job is not None:
            seconds = self.session.queue.progress(job).seconds_left
            return tr("{done} of {frames} frames").format(done=done, frames=len(states)) + (
                f" · {time_left(seconds)}" if seconds is not None else ""
            )
        if state in ("waiting", "paused"):
            return tr("{state} · {done} of {frames} frames").format(
                state=tr("waiting") if state == "waiting" else tr("paused"), done=done, frames=len(states)
            )
        if not left:
            return tr("all frames are painted")
        stale = states.count("stale")
        words = tr("{left} to paint").format(left=left) + (
            tr(", {stale} of them out of date").format(stale=stale) if stale and stale != left else ""
        )
        estimate = self._timeline.painting.estimate(clip.id)
        if estimate is not None and estimate.seconds is not None:
            words += tr(" · about {time}").format(time=duration(estimate.seconds))
        return tr("out of date: ") + words if stale == left else words

    def _job(self) -> Job | None:
        """What paints the chosen clip."""
        clip = self._timeline.chosen
        return self._timeline.painting.job(clip.id) if clip else None

    # ---- what the artist does

    def _work(self) -> None:
        if (job := self._job()) and job.state in VERBS:
            self.session.queue.pause_or_go_on(job)
        elif clip := self._timeline.chosen:
            self._timeline.painting.animate(clip.id)

    def _cancel(self) -> None:
        if job := self._job():
            self.session.queue.cancel(job.id)


def _big(icon: str, name: str, run: Callable[[], object]) -> ToolButton:
    made = ToolButton(icon, name, run)
    made.setFixedSize(BUTTON)
    made.setProperty("transport", True)
    made.setCursor(Qt.CursorShape.ArrowCursor)
    return made
