"""The keys of the tracks: stepping through time, moving clips and keyframes, opening editors."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from app.session.timeline import Timeline
from app.session.values import ClipView, KeyframeView

from .drags import Dragging
from .scale import TimeScale

Keys, Modifier = Qt.Key, Qt.KeyboardModifier
PLAIN, SHIFT, ALT, CTRL = (
    Modifier.NoModifier, Modifier.ShiftModifier, Modifier.AltModifier, Modifier.ControlModifier,
)  # fmt: skip
Table = dict[tuple[int, Modifier], Callable[[], object]]
FAR = 10  # frames with Shift


class TimelineKeyboard:
    """While a keyframe is chosen the arrows and Delete are meant for it, and Escape lets it go."""

    def __init__(
        self, timeline: Timeline, scale: TimeScale, dragging: Dragging, edit_name: Callable[[ClipView], None],
        edit_words: Callable[[ClipView, int], None],
    ):  # fmt: skip
        self._timeline, self._scale, self._dragging = timeline, scale, dragging
        self._edit_name, self._edit_words = edit_name, edit_words
        self._carried: tuple[int, int, int] | None = None  # a keyframe that is carried on: clip, frame, entry

    def press(self, event: QKeyEvent) -> bool:
        """Whether the key means something here."""
        pressed = event.key(), event.modifiers() & ~Modifier.KeypadModifier
        tables = [self._keys()]
        if (keyframe := self._timeline.selected_keyframe) is not None and not self._dragging.busy:
            tables.insert(0, self._keys_of(keyframe))
        run = next((table[pressed] for table in tables if pressed in table), None)
        if run is not None:
            run()
        return run is not None

    def _keys_of(self, keyframe: KeyframeView) -> Table:
        clip = self._timeline.selected
        assert clip is not None
        return {
            (Keys.Key_Left, PLAIN): lambda: self._carry_keyframe(clip, keyframe.number, -1),
            (Keys.Key_Right, PLAIN): lambda: self._carry_keyframe(clip, keyframe.number, 1),
            (Keys.Key_Left, SHIFT): lambda: self._carry_keyframe(clip, keyframe.number, -FAR),
            (Keys.Key_Right, SHIFT): lambda: self._carry_keyframe(clip, keyframe.number, FAR),
            (Keys.Key_Delete, PLAIN): lambda: self._timeline.keyframe_edits.delete(clip, keyframe.number),
            (Keys.Key_Escape, PLAIN): lambda: self._timeline.select(clip),
            (Keys.Key_Return, PLAIN): lambda: self._with(
                lambda clip: self._edit_words(clip, keyframe.number)
            ),
        }  # fmt: skip

    def _keys(self) -> Table:
        timeline, edits, scale = self._timeline, self._timeline.clip_edits, self._scale
        return {
            (Keys.Key_Left, PLAIN): lambda: self._step(-1),
            (Keys.Key_Right, PLAIN): lambda: self._step(1),
            (Keys.Key_Left, SHIFT): lambda: self._step(-FAR),
            (Keys.Key_Right, SHIFT): lambda: self._step(FAR),
            (Keys.Key_Home, PLAIN): lambda: self._seek(0),
            (Keys.Key_End, PLAIN): lambda: self._seek(max(timeline.length - 1, 0)),
            (Keys.Key_Space, PLAIN): timeline.playback.toggle,
            (Keys.Key_Up, PLAIN): lambda: self._choose(-1),
            (Keys.Key_Down, PLAIN): lambda: self._choose(1),
            (Keys.Key_PageUp, PLAIN): lambda: self._with(lambda clip: self._choose_keyframe(clip, -1)),
            (Keys.Key_PageDown, PLAIN): lambda: self._with(lambda clip: self._choose_keyframe(clip, 1)),
            (Keys.Key_Left, ALT): lambda: self._carry(-1, 0),
            (Keys.Key_Right, ALT): lambda: self._carry(1, 0),
            (Keys.Key_Up, ALT): lambda: self._carry(0, -1),
            (Keys.Key_Down, ALT): lambda: self._carry(0, 1),
            (Keys.Key_Left, ALT | SHIFT): lambda: self._lengthen(-1),
            (Keys.Key_Right, ALT | SHIFT): lambda: self._lengthen(1),
            (Keys.Key_Delete, PLAIN): lambda: self._with(lambda clip: edits.delete(clip.id)),
            (Keys.Key_F2, PLAIN): lambda: self._with(self._edit_name),
            (Keys.Key_Return, PLAIN): lambda: self._with(self._edit_here),
            (Keys.Key_Escape, PLAIN): self._dragging.cancel,
            (Keys.Key_Plus, PLAIN): lambda: scale.zoom(1.25),
            (Keys.Key_Minus, PLAIN): lambda: scale.zoom(0.8),
            (Keys.Key_Plus, SHIFT): lambda: scale.zoom(1.25),
            (Keys.Key_0, PLAIN): lambda: scale.fit(timeline.length),
            (Keys.Key_D, CTRL): lambda: self._with(lambda clip: edits.copy(clip.id, clip.end, clip.track)),
        }  # fmt: skip

    def _with(self, run: Callable[[ClipView], object]) -> None:
        if clip := self._timeline.chosen:
            run(clip)

    # ---- time

    def _step(self, by: int) -> None:
        self._timeline.playback.step(by)
        self._scale.show(self._timeline.playback.playhead)

    def _seek(self, frame: int) -> None:
        self._timeline.playback.seek(frame)
        self._scale.show(frame)

    # ---- clips

    def _choose(self, step: int) -> None:
        """The next clip in the order of tracks and time."""
        clips = sorted(self._timeline.clips, key=lambda clip: (clip.track, clip.start))
        if clips:
            numbers = [clip.id for clip in clips]
            chosen = self._timeline.selected
            at = numbers.index(chosen) + step if chosen in numbers else 0
            self._timeline.select(numbers[min(max(at, 0), len(clips) - 1)])

    def _carry(self, later: int, down: int) -> None:
        move = self._timeline.clip_edits.move
        self._with(lambda clip: move(clip.id, max(clip.start + later, 0), max(clip.track + down, 0)))

    def _lengthen(self, by: int) -> None:
        self._with(lambda clip: self._timeline.clip_edits.extend(clip.id, max(clip.length + by, 1)))

    def _edit_here(self, clip: ClipView) -> None:
        number = self._timeline.frame_at(clip, self._timeline.playback.playhead)
        self._edit_words(clip, number if number is not None else 0)

    # ---- keyframes

    def _choose_keyframe(self, clip: ClipView, step: int) -> None:
        """The next one before or after the one that is chosen, or the playhead, which goes along."""
        chosen = self._timeline.selected_keyframe
        under = self._timeline.frame_at(clip, self._timeline.playback.playhead)
        here = chosen.number if chosen is not None else under if under is not None else -1
        numbers = [each.number for each in self._timeline.keyframes(clip.id)]
        beyond = [number for number in numbers if (number - here) * step > 0 or (number == here and chosen is None)]
        if beyond:
            number = min(beyond, key=lambda each: abs(each - here))
            self._timeline.select(clip.id, number)
            self._seek(clip.start + round(number * clip.lasts / max(clip.length, 1)))

    def _carry_keyframe(self, clip: int, number: int, by: int) -> None:
        """Several presses in a row are one entry of the history."""
        joins = self._carried[2] if self._carried and self._carried[:2] == (clip, number) else 0
        entry = self._timeline.keyframe_edits.move(clip, number, number + by, joins)
        keyframe = self._timeline.selected_keyframe
        self._carried = (clip, keyframe.number, entry) if entry is not None and keyframe is not None else None
