"""Keyframes in the artist's hand: which one is chosen, where it can go, and the commands that bring it there."""

from __future__ import annotations

from engine.request import UserError

from .clips import Clips
from .values import KeyframeView, reports_errors


class Keyframes(Clips):
    """A keyframe is known by its clip and the number of its frame."""

    _chosen: int | None = None  # the frame of the chosen keyframe, in the chosen clip

    @property
    def selected_keyframe(self) -> KeyframeView | None:
        """The one that is chosen in the chosen clip, as long as it is there."""
        keyframes = self.keyframes(self.selected) if self.selected is not None else ()
        return next((each for each in keyframes if each.number == self._chosen), None)

    def select(self, clip: int | None, keyframe: int | None = None) -> None:
        """A clip, and one of its keyframes where that is meant."""
        if (clip, keyframe) != (self.selected, self._chosen):
            self.selected, self._chosen = clip, keyframe
            self.selected_changed.emit()

    def free_frame(self, clip: int, number: int, to: int, copies: bool = False) -> int:
        """Where a keyframe comes to lie that is brought to a frame: there, or beyond those that have one already."""
        view, taken = self.clip(clip), {each.number for each in self.keyframes(clip)}
        last = view.length - 1 if view else 0
        to, step = min(max(to, 1), max(last, 1)), 1 if to >= number else -1
        onward = range(to, last + 1) if step > 0 else range(to, 0, -1)
        back = range(to, number, -step)
        if not copies:
            taken.discard(number)
        return next((each for each in (*onward, *back) if each not in taken), number)

    @reports_errors
    def move_keyframe(self, clip: int, number: int, to: int, joins: int = 0) -> int | None:
        """To the free frame there; returns the entry to join while it is moved on."""
        first = self._there(clip, number)
        to = self.free_frame(clip, number, to)
        self._document.move_keyframe(clip, first + number, first + to, joins)
        self._read()  # an entry that is joined is not told by the history
        self.select(clip, to)
        return self._session.document.history.head

    @reports_errors
    def copy_keyframe(self, clip: int, number: int, to: int) -> None:
        """The same words and region from another frame on."""
        first = self._there(clip, number)
        to = self.free_frame(clip, number, to, copies=True)
        if to == number:
            raise UserError("Every frame of this clip has a keyframe already. Make the clip longer to copy one.")
        self._document.copy_keyframe(clip, first + number, first + to)
        self.select(clip, to)

    def _there(self, clip: int, number: int) -> int:
        """The frame of the film that the clip begins with; UserError where the keyframe is gone."""
        if number not in {each.number for each in self.keyframes(clip)}:
            raise UserError("This keyframe is not on the timeline any more.")
        return self._film(clip).clip.first
