"""The timeline of a session: what is on it, and the objects that work on it."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import suppress

from app.document import Document
from app.document.frames import Frame, frame_keys
from app.session.clip_edits import ClipEdits
from app.session.clip_state import ClipState, asked
from app.session.film_painting import FilmPainting
from app.session.frames import Frames
from app.session.keyframe_edits import KeyframeEdits
from app.session.state import SessionState
from app.session.timeline_state import TimelineState
from app.translation import tr
from engine.request import UserError


class Timeline(TimelineState):
    """Widgets of the timeline bind to the values and signals of the state, and call the part that does the work."""

    def __init__(self, session: SessionState):
        super().__init__(session)
        self.frames = Frames(self)
        self.painting = FilmPainting(self)
        self.keyframe_edits = KeyframeEdits(self)
        self.clip_edits = ClipEdits(self, self.keyframe_edits)
        self._notified: set[int] = set()  # clips of which the artist has heard that their picture is another one now
        session.layer_edited.connect(self._tell_of_the_still)
        session.opened.connect(self._open)
        session.saving.connect(self._forget)
        self.read()

    def _tell_of_the_still(self, layer: int) -> None:
        """What is done to a picture is not seen where its clip shows a frame; that is told once for each clip."""
        for clip in self.clips:
            if (
                clip.layer == layer
                and clip.id not in self._notified
                and self.frame_at(clip, self.playback.playhead) is not None
            ):
                self._notified.add(clip.id)
                self.session.said.emit(
                    tr(
                        "“{name}” is on the timeline, where it stays as it was. To animate it as it is now, exchange "
                        "the picture of its clip for this layer (menu Time, Clip)."
                    ).format(name=clip.name)
                )

    def _open(self) -> None:
        self.playback.pause()
        self._notified.clear()
        self.frames.clear()
        self.clear()
        self.read()
        self.clips_changed.emit()
        self.playback.seek(0)

    def _forget(self) -> None:
        """The file grows by what was painted, so what nothing leads back to leaves it before it is saved."""
        with suppress(UserError):  # a full disk: saving tells that itself
            if forget_leftovers(self.session.document, self.reads_words):
                for film in self.films.values():
                    film.look(self.session.document)


def forget_leftovers(document: Document, words: Callable[[str], bool]) -> bool:
    """Whether there were any; in a document that is damaged nothing is forgotten."""
    try:
        gone = list(_leftovers(document, words))
    except (UserError, KeyError, TypeError, ValueError, AttributeError):
        return False  # told where it is looked at
    if gone:
        document.frames.forget(gone)
        document.history.sweep()
    return bool(gone)


def _leftovers(document: Document, words: Callable[[str], bool]) -> Iterator[Frame]:
    kept: dict[int, set[int]] = defaultdict(set)
    frames: dict[int, list[Frame]] = {}
    for clip, keyframes in document.timeline.ever():
        if clip.id not in frames:
            frames[clip.id] = document.frames.all(clip.id)
        its = frames[clip.id]
        film = ClipState(clip, keyframes, asked(clip, keyframes, words))
        film.sort(its)
        kept[clip.id] |= {frame.id for frame in its if frame.layer == clip.still}
        kept[clip.id] |= {frame.id for frame in film.painted.values()}
        kept[clip.id] |= {frame.id for number, frame in film.former.items() if not film.whole(number)}
    for job in document.jobs.all():
        if job.clip in frames and job.state != "done":  # it goes on with what it has begun
            keys = frame_keys(job.request, range(1, int(job.request["frames"])))
            its = frames[job.clip]
            kept[job.clip] |= {f.id for f in its if keys.get(f.number) == f.key or f.layer == job.request["still"]}
    for clip, its in frames.items():
        yield from (frame for frame in its if frame.id not in kept[clip])
