"""What is on the timeline: its clips in place and time, which of them is chosen, and the playhead.

Numbers of frames count from 0 at the beginning of their clip; the playhead and starts of clips count frames of the
document's time.
"""

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal

from app.document.timeline import Clip, region_of
from app.jobs import model_registry as models
from app.session.clip_state import ClipState
from app.session.playback import Playback
from app.session.state import SessionState
from app.translation import tr
from engine.request import Box, UserError

from .values import ClipView, KeyframeView


class TimelineState(QObject):
    """A keyframe is known by its clip and the number of its frame."""

    clips_changed = Signal()
    selected_changed = Signal()
    frames_changed = Signal(int, object)  # a clip, and the numbers of its frames

    def __init__(self, session: SessionState):
        super().__init__(session)
        self.session, self.failed = session, session.failed
        self.clips: tuple[ClipView, ...] = ()
        self.films: dict[int, ClipState] = {}  # by clip
        self.selected: int | None = None
        self._keyframe: int | None = None  # the frame of the chosen keyframe, in the chosen clip
        self._rate = 12.0
        self._under_way: dict[int, set[int]] = {}  # frames that are being painted, by clip
        self._words: dict[str, bool] = {}  # whether models read prompts
        self.playback = Playback(self, session.failed, self)
        session.history_changed.connect(self.read)
        session.options_changed.connect(self._models_may_differ)

    # ---- what is there

    @property
    def rate(self) -> float:
        """Frames a second of the document's time."""
        return self._rate

    @property
    def length(self) -> int:
        """Frames of the document's time up to the end of the last clip."""
        return max((clip.end for clip in self.clips), default=0)

    def clip(self, clip: int | None) -> ClipView | None:
        """A clip by its number; None when it is not there any more."""
        return next((each for each in self.clips if each.id == clip), None)

    @property
    def chosen(self) -> ClipView | None:
        return self.clip(self.selected)

    def keyframes(self, clip: int) -> tuple[KeyframeView, ...]:
        """Those of the frames that the clip shows."""
        film = self.films.get(clip)
        if film is None:
            return ()
        found = [(each.number - film.clip.first, each.value) for each in film.keyframes if each.number in film.numbers]
        return tuple(
            KeyframeView(at, value.get("prompt"), "region" in value, region_of(value.get("region")))
            for at, value in found
        )

    def frame_at(self, clip: ClipView, time: int) -> int | None:
        """The frame that a clip shows at a frame of the document's time; None where it shows nothing."""
        if not clip.start <= time < clip.end:
            return None
        return min(int((time - clip.start) * clip.rate / self.rate + 1e-6), clip.length - 1)

    def shown(self, box: Box | None = None) -> list[tuple[ClipView, int]]:
        """The clips under the playhead that touch a box, from the lowest to the highest, each with its frame."""
        there = (
            (clip, self.frame_at(clip, self.playback.playhead))
            for clip in sorted(self.clips, key=lambda each: each.track)
        )
        return [
            (clip, number)
            for clip, number in there
            if number is not None and (box is None or not clip.box.intersect(box).empty)
        ]

    @property
    def selected_keyframe(self) -> KeyframeView | None:
        """The one that is chosen in the chosen clip, as long as it is there."""
        keyframes = self.keyframes(self.selected) if self.selected is not None else ()
        return next((each for each in keyframes if each.number == self._keyframe), None)

    def select(self, clip: int | None, keyframe: int | None = None) -> None:
        """A clip, and one of its keyframes where that is meant."""
        if (clip, keyframe) != (self.selected, self._keyframe):
            self.selected, self._keyframe = clip, keyframe
            self.selected_changed.emit()

    def film(self, clip: int) -> ClipState:
        if clip not in self.films:
            raise UserError(tr("This clip is not on the timeline any more."))
        return self.films[clip]

    def film_of(self, clip: int, number: int) -> ClipState | None:
        """None where the clip has no such frame."""
        film = self.films.get(clip)
        return film if film is not None and 0 <= number < film.clip.length else None

    def under_way(self, clip: int) -> set[int]:
        """The frames that are being painted."""
        return self._under_way.setdefault(clip, set())

    def _view(self, film: ClipState) -> ClipView:
        clip = film.clip
        return ClipView(
            clip.id, clip.name, clip.box, clip.start, clip.length, clip.rate, clip.track, clip.layer,
            region_of(film.held("region")), bool(clip.value.get("loop")), str(film.held("prompt") or ""),
            lasts=max(1, round(clip.length * self.rate / clip.rate)), model=str(film.request["model"]),
        )  # fmt: skip

    # ---- keeping up

    def tell_frames(self, clip: int, numbers: Iterable[int] | None = None) -> None:
        film = self.films[clip]
        shown = [number - film.clip.first for number in numbers or film.numbers if number in film.numbers]
        if shown:
            self.frames_changed.emit(clip, tuple(shown))

    def _made(self, clip: Clip) -> ClipState:
        """As it was, where nothing of it has changed: most of what an artist does is no edit of a clip."""
        before, document = self.films.get(clip.id), self.session.document
        if before is not None and before.clip == clip and before.keyframes == document.timeline.keyframes(clip.id):
            return before
        return ClipState.of(document, clip, self.reads_words, self.under_way(clip.id))

    def read(self) -> None:
        """Everything as the document has it now, after an edit, an undo or the opening of another document."""
        try:
            clips, rate = self.session.document.timeline.clips(), self.session.document.timeline.rate
            films = {clip.id: self._made(clip) for clip in clips}
        except UserError as error:
            self.failed.emit(str(error))
            return
        before, self.films = self.films, films
        if rate != self._rate:
            self._rate = rate
            self.playback.refresh()
        elif before == films:  # films are equal where they are the same
            return
        self.clips = tuple(self._view(film) for film in films.values())
        if self.selected not in films:
            self.select(None)
        self.clips_changed.emit()
        for clip in films:
            if clip in before and before[clip].request != films[clip].request:
                self.tell_frames(clip)

    def clear(self) -> None:
        """Another document is open."""
        self.films, self.clips, self._under_way = {}, (), {}

    def _models_may_differ(self) -> None:
        """What is asked of a model depends on whether it reads words."""
        known, self._words = self._words, {}
        if any(self.reads_words(model) != words for model, words in known.items()):
            self.films = {}
            self.read()

    def reads_words(self, model: str) -> bool:
        """Of one that is not here it is not known, and its words are kept."""
        if model not in self._words:
            info = models.find(model)
            self._words[model] = info is None or info.words
        return self._words[model]
