"""The timeline of a session: what is on it, and the objects that work on it."""

from contextlib import suppress

from app.session.clip_edits import ClipEdits
from app.session.film_painting import FilmPainting
from app.session.frame_cleanup import forget_leftovers
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
