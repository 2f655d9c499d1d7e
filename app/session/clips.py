"""The clips of a session and what can be done with them, each command one entry of the history."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import Signal

from app.document import Region
from app.document.timeline import Clip, region_of, region_value
from app.session.clip_state import ClipState, settings
from app.session.playback import END_OF_TIME, Playback, check_rate
from engine.media.video import MOST_FRAMES, MOST_PIXELS
from engine.request import Box, UserError

from .staging import new_seed
from .values import ClipView, KeyframeView, reports_errors

if TYPE_CHECKING:
    from .session import Session

KEEP: Any = object()  # of a keyframe: what is not given stays as it is
MOST_TRACKS = 100
MODEL = "film"  # the one that is shipped


class Clips(Playback):
    """Commands tell what went wrong through `session.failed`, and then give None back and change nothing."""

    clips_changed = Signal()
    selected_changed = Signal()

    def __init__(self, session: Session):
        super().__init__(session, session.failed)
        self._session = session
        self.clips: tuple[ClipView, ...] = ()
        self.selected: int | None = None
        self._rate = 12.0
        self._films: dict[int, ClipState] = {}

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

    def keyframes(self, clip: int) -> tuple[KeyframeView, ...]:
        """Those of the frames that the clip shows."""
        film = self._films.get(clip)
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
        there = ((clip, self.frame_at(clip, self.playhead)) for clip in sorted(self.clips, key=lambda each: each.track))
        return [
            (clip, number)
            for clip, number in there
            if number is not None and (box is None or not clip.box.intersect(box).empty)
        ]

    def _film(self, clip: int) -> ClipState:
        if clip not in self._films:
            raise UserError("This clip is not on the timeline any more.")
        return self._films[clip]

    def _view(self, film: ClipState) -> ClipView:
        clip = film.clip
        return ClipView(
            clip.id, clip.name, clip.box, clip.start, clip.length, clip.rate, clip.track, clip.layer,
            region_of(film.held("region")), bool(clip.value.get("loop")), str(film.held("prompt") or ""),
            lasts=max(1, round(clip.length * self.rate / clip.rate)),
        )  # fmt: skip

    def select(self, clip: int | None) -> None:
        if clip != self.selected:
            self.selected = clip
            self.selected_changed.emit()

    # ---- coming and going

    @reports_errors
    def make_clip(self, frames: int) -> int | None:
        """Puts the selected layer on the timeline at the playhead; where there is a region, only that will move."""
        if frames < 2:
            raise UserError(f"A clip has at least 2 frames, not {frames}: one frame is the picture itself.")
        check_frames(frames)
        session = self._session
        layer = self._layer_to_animate()
        name, box = session.document.layers.get(layer).name, session.document.layers.box(layer)
        pixels, region = self._still(layer, box), _inside(session.region, box, name)
        value = settings(region, session.options.prompt, self._model(), session.options, new_seed())
        made = session.document.timeline.add_clip(
            name, pixels, box, value, layer=layer, rate=self.rate, start=self.playhead, length=frames,
            track=self._free_track(self.playhead, frames),
        )  # fmt: skip
        session.set_region(None)
        self.select(made)
        return made

    @reports_errors
    def delete(self, clip: int) -> None:
        self._document.delete_clip(clip, self._film(clip).clip.name)

    @reports_errors
    def copy(self, clip: int, start: int, track: int) -> int | None:
        """The copy has the painted frames too; what is painted of one from then on does not change the other."""
        its = self._film(clip).clip
        made = self._document.copy_clip(its, f"Copy {its.name}", **_place(start, track))
        self.select(made)
        return made

    @reports_errors
    def split(self, clip: int, at: int) -> int | None:
        """Two clips, the second of which begins with frame `at`; returns that one."""
        its = self._film(clip).clip
        if not 0 < at < its.length:
            raise UserError("A clip is split between two of its frames. Put the playhead inside it.")
        made = self._document.split_clip(its, at, its.start + self._in_time(its, at))
        self.select(made)
        return made

    @reports_errors
    def swap_still(self, clip: int) -> None:
        """The selected layer instead of the still; time, words and keyframes stay, and all frames become stale."""
        self._film(clip)
        layer = self._layer_to_animate()
        box = self._session.document.layers.box(layer)
        self._document.swap_still(clip, self._still(layer, box), box, layer)

    # ---- what a clip is

    @reports_errors
    def rename(self, clip: int, name: str) -> None:
        self._change(clip, "Rename clip", name=name.strip() or "Clip")

    @reports_errors
    def move(self, clip: int, start: int, track: int, joins: int = 0) -> int | None:
        """Returns the entry to join while it is dragged."""
        return self._change(clip, "Move clip", joins, **_place(start, track))

    @reports_errors
    def trim(self, clip: int, first: int, last: int, joins: int = 0) -> int | None:
        """Only the frames from `first` to `last` are left, where they were in time; the others come back with undo."""
        its = self._film(clip).clip
        if not 0 <= first <= last < its.length:
            raise UserError(f"The clip has frames 0 to {its.length - 1}. Trim it to some of these.")
        start = its.start + self._in_time(its, first)
        length = last - first + 1
        return self._change(clip, "Trim clip", joins, start=start, first=its.first + first, length=length)

    @reports_errors
    def extend(self, clip: int, length: int, joins: int = 0) -> int | None:
        """Makes a clip longer or shorter at its end; new frames wait to be painted, and go on from the last ones."""
        if length < 1:
            raise UserError("A clip has at least one frame. Delete it if you do not want it any more.")
        check_frames(self._film(clip).clip.first + length)
        return self._change(clip, "Change length", joins, length=length)

    @reports_errors
    def set_prompt(self, clip: int, words: str) -> None:
        """What moves, from the first frame on."""
        if self._film(clip).overruled("prompt"):
            return self.set_keyframe(clip, 0, prompt=words)
        self._change(clip, "Change words", value={"prompt": words.strip()})

    @reports_errors
    def set_region(self, clip: int, region: Region | None) -> None:
        """What moves, from the first frame on; None for all of it."""
        film = self._film(clip)
        if film.overruled("region"):
            return self.set_keyframe(clip, 0, region=region)
        its = film.clip
        self._change(clip, "Change what moves", value={"region": region_value(_inside(region, its.box, its.name))})

    @reports_errors
    def set_loop(self, clip: int, loop: bool) -> None:
        """Whether the last frames of a clip go back to its first one."""
        self._change(clip, "Loop clip" if loop else "Do not loop clip", value={"loop": bool(loop)})

    @reports_errors
    def set_model(self, clip: int, model: str) -> None:
        """Which model paints it; what another one has painted becomes stale."""
        self._change(clip, "Change model", value={"model": model})

    @reports_errors
    def set_keyframe(self, clip: int, number: int, prompt: str = KEEP, region: Region | None = KEEP) -> None:
        """Words, or the region that moves, from a frame on."""
        its = self._film(clip).clip
        if not 0 <= number < its.length:
            raise UserError(f"The clip has frames 0 to {its.length - 1}, and {number} is none of them.")
        value: dict[str, Any] = {} if prompt is KEEP else {"prompt": prompt.strip()}
        if region is not KEEP:
            value["region"] = region_value(_inside(region, its.box, its.name))
        self._document.set_keyframe(clip, its.first + number, **value)

    @reports_errors
    def delete_keyframe(self, clip: int, number: int) -> None:
        self._document.delete_keyframe(clip, self._film(clip).clip.first + number)

    @reports_errors
    def set_rate(self, rate: float) -> None:
        """Frames a second of the document's time, one entry of the history; clips of the same rate follow."""
        check_rate(rate)
        self._document.set_rate(float(rate))

    # ---- helpers

    @property
    def _document(self) -> Any:
        return self._session.document.timeline

    def _change(self, clip: int, entry: str, joins: int = 0, **fields: Any) -> int:
        self._film(clip)
        self._document.change_clip(clip, entry, joins, **fields)
        self._read()  # an entry that is joined is not told by the history
        return self._session.document.history.head

    def _read(self) -> None:
        raise NotImplementedError

    def _in_time(self, clip: Clip, frames: int) -> int:
        return round(frames * self.rate / clip.rate)

    def _free_track(self, start: int, lasts: int) -> int:
        taken = {clip.track for clip in self.clips if clip.start < start + lasts and start < clip.end}
        return next(track for track in range(len(taken) + 1) if track not in taken)

    def _layer_to_animate(self) -> int:
        """The selected one; where it does not touch the region, the uppermost that does."""
        session = self._session
        layers, region = session.document.layers, session.region
        there = [layer.id for layer in layers.all() if layer.visible and not layers.box(layer.id).empty]
        if session.selected not in there:
            raise UserError("There is no picture to animate. Choose a layer that has one and is visible.")
        order = [session.selected, *reversed(there)]
        touching = (layer for layer in order if region is None or _meet(region, layers.box(layer)))
        return next(touching, session.selected)

    def _still(self, layer: int, box: Box) -> np.ndarray:
        """A layer as frame 0, uint8 (height, width, 3); where it is transparent, what is seen there."""
        if box.width * box.height > MOST_PIXELS:
            raise UserError(
                f"Frames of {box.width} × {box.height} pixels are too large for a film. Animate a smaller picture."
            )
        document = self._session.document
        pixels = document.read_layer(layer, box)
        if (pixels[:, :, 3] < 255).any():
            pixels = np.where(pixels[:, :, 3:] == 255, pixels, document.read(box))
        if (pixels[:, :, 3] < 255).any():
            raise UserError(
                f"“{document.layers.get(layer).name}” has transparent parts, and a film has none. Paint or fill them "
                "first, or put a layer beneath."
            )
        return np.ascontiguousarray(pixels[:, :, :3])

    def _model(self) -> str:
        """The chosen one where it paints films, else the first that does."""
        able = [model.name for model in self._session.models() if model.films and not model.problem]
        return next((name for name in (self._session.options.model, MODEL) if name in able), able[0] if able else MODEL)


def check_frames(frames: int) -> None:
    if frames > MOST_FRAMES:
        raise UserError(
            f"{frames:,} frames are too many for one clip; the limit is {MOST_FRAMES:,}. Make several clips."
        )


def _place(start: int, track: int) -> dict[str, int]:
    return {"start": min(max(int(start), 0), END_OF_TIME), "track": min(max(int(track), 0), MOST_TRACKS)}


def _meet(region: Region, box: Box) -> bool:
    return bool(region.inside(region.box.intersect(box)).any())


def _inside(region: Region | None, box: Box, name: str) -> Region | None:
    """The part of a region that lies in a picture; UserError where there is none."""
    if region is None:
        return None
    if not _meet(region, box):
        raise UserError(f"The region lies outside of “{name}”, so nothing would move. Drag it over the picture.")
    part = region.box.intersect(box)
    return Region(part, None if region.mask is None else region.inside(part))
