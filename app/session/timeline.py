"""The timeline of a session: clips in place and time, their frames as they are painted, playhead and playing.

It is the one thing that widgets of the timeline bind to and call. Numbers of frames count from 0 at the beginning of
their clip; the playhead and starts of clips count frames of the document's time.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import QObject, Signal

from app.document import Job, Region
from engine.request import Box

from .values import Estimate

if TYPE_CHECKING:
    from .session import Session

KEEP: Any = object()  # of a keyframe: what is not given stays as it is


@dataclass(frozen=True, eq=False)
class ClipView:
    """A clip as it is shown. layer: of the still, as long as it is there; region: what moves, None for all of it.

    lasts: how many frames of the document's time it takes; the same as `length` where both have one rate.
    """

    id: int
    name: str
    box: Box
    start: int
    length: int
    rate: float
    track: int
    layer: int | None
    region: Region | None
    loop: bool
    prompt: str
    lasts: int

    @property
    def end(self) -> int:
        """The first frame of the document's time after it."""
        return self.start + self.lasts


@dataclass(frozen=True, eq=False)
class KeyframeView:
    """What an artist has fixed from a frame on; `prompt` is None and `moves` False where it says nothing of that."""

    number: int
    prompt: str | None = None
    moves: bool = False
    region: Region | None = None


class Timeline(QObject):
    """Commands tell what went wrong through `session.failed`, and then give None back and change nothing."""

    clips_changed = Signal()
    frames_changed = Signal(int, object)  # a clip, and the numbers of its frames
    playhead_changed = Signal(int)
    selected_changed = Signal()
    settings_changed = Signal()
    playing_changed = Signal(bool)

    def __init__(self, session: Session):
        super().__init__(session)
        self._session = session
        self.clips: tuple[ClipView, ...] = ()
        self.selected: int | None = None
        self.playhead = 0
        self.rate, self.speed = 12.0, 1.0
        self.loop, self.onion, self.playing = True, False, False

    # ---- what is there

    def clip(self, clip: int) -> ClipView | None:
        """A clip by its number; None when it is not there any more."""
        raise NotImplementedError

    @property
    def length(self) -> int:
        """Frames of the document's time up to the end of the last clip."""
        raise NotImplementedError

    def states(self, clip: int) -> tuple[str, ...]:
        """waiting, painting, done or stale, for each frame."""
        raise NotImplementedError

    def keyframes(self, clip: int) -> tuple[KeyframeView, ...]:
        raise NotImplementedError

    def job(self, clip: int) -> Job | None:
        """What paints a clip or is to go on with it; to be paused, resumed and cancelled as any job of the session."""
        raise NotImplementedError

    def shown(self, box: Box | None = None) -> list[tuple[ClipView, int]]:
        """The clips under the playhead that touch a box, from the lowest to the highest, each with its frame."""
        raise NotImplementedError

    def frame_at(self, clip: ClipView, time: int) -> int | None:
        """The frame that a clip shows at a frame of the document's time; None where it shows nothing."""
        raise NotImplementedError

    # ---- pixels

    def pixels(self, clip: int, number: int) -> np.ndarray | None:
        """A frame, uint8 (height, width, 3), decoded; of one under way its finished patches over what was there.

        A stale frame shows what it showed before; None is a frame of which there is nothing yet.
        """
        raise NotImplementedError

    def growing(self, clip: int, number: int) -> list[tuple[Box, np.ndarray]]:
        """The patches of a frame that are being painted now: where, and uint8 (height, width, 4)."""
        raise NotImplementedError

    def thumbnail(self, clip: int, number: int, height: int) -> np.ndarray | None:
        """A frame made small, uint8 (height, width, 3)."""
        raise NotImplementedError

    # ---- edits, each one entry of the history

    def select(self, clip: int | None) -> None:
        raise NotImplementedError

    def make_clip(self, frames: int) -> int | None:
        """Puts the selected layer on the timeline at the playhead; where there is a region, only that will move."""
        raise NotImplementedError

    def rename(self, clip: int, name: str) -> None:
        raise NotImplementedError

    def move(self, clip: int, start: int, track: int, joins: int = 0) -> int | None:
        """Returns the entry to join while it is dragged."""
        raise NotImplementedError

    def copy(self, clip: int, start: int, track: int) -> int | None:
        """The copy has the painted frames too; what is painted of one from then on does not change the other."""
        raise NotImplementedError

    def split(self, clip: int, at: int) -> int | None:
        """Two clips, the second of which begins with frame `at`; returns that one."""
        raise NotImplementedError

    def trim(self, clip: int, first: int, last: int, joins: int = 0) -> int | None:
        """Only the frames from `first` to `last` are left, where they were in time; the others come back with undo."""
        raise NotImplementedError

    def extend(self, clip: int, length: int, joins: int = 0) -> int | None:
        """Makes a clip longer or shorter at its end; new frames wait to be painted, and go on from the last ones."""
        raise NotImplementedError

    def delete(self, clip: int) -> None:
        raise NotImplementedError

    def swap_still(self, clip: int) -> None:
        """The selected layer instead of the still; time, words and keyframes stay, and all frames become stale."""
        raise NotImplementedError

    def set_prompt(self, clip: int, words: str) -> None:
        """What moves, from the first frame on."""
        raise NotImplementedError

    def set_region(self, clip: int, region: Region | None) -> None:
        """What moves, from the first frame on; None for all of it."""
        raise NotImplementedError

    def set_loop(self, clip: int, loop: bool) -> None:
        """Whether the last frames of a clip go back to its first one."""
        raise NotImplementedError

    def set_keyframe(self, clip: int, number: int, prompt: str = KEEP, region: Region | None = KEEP) -> None:
        """Words, or the region that moves, from a frame on."""
        raise NotImplementedError

    def delete_keyframe(self, clip: int, number: int) -> None:
        raise NotImplementedError

    # ---- work

    def animate(self, clip: int, front: bool = False) -> int | None:
        """Paints the frames that wait or are stale; returns the job."""
        raise NotImplementedError

    def estimate(self, clip: int) -> Estimate | None:
        """What that would take; None where there is nothing to paint."""
        raise NotImplementedError

    # ---- time

    def set_rate(self, rate: float) -> None:
        """Frames a second of the document's time, one entry of the history; clips of the same rate follow."""
        raise NotImplementedError

    def set_speed(self, speed: float) -> None:
        """How fast it is played: 1 is as fast as it is."""
        raise NotImplementedError

    def set_playing_in_a_loop(self, loop: bool) -> None:
        raise NotImplementedError

    def set_onion(self, onion: bool) -> None:
        raise NotImplementedError

    def seek(self, frame: int) -> None:
        raise NotImplementedError

    def step(self, by: int) -> None:
        raise NotImplementedError

    def play(self) -> None:
        raise NotImplementedError

    def pause(self) -> None:
        raise NotImplementedError

    def toggle(self) -> None:
        raise NotImplementedError
