"""What can be done with clips, each command one entry of the history."""

from typing import Any

import numpy as np

from app.document import Region
from app.document.timeline import Clip, region_value
from app.session.clip_state import settings
from app.session.keyframe_edits import KeyframeEdits, inside, meet
from app.session.playback import END_OF_TIME, check_rate
from app.session.timeline_state import TimelineState
from app.translation import tr
from engine.media.video import MOST_FRAMES, MOST_PIXELS
from engine.request import Box, UserError

from .values import new_seed, reports_errors

MOST_TRACKS = 100
MODEL = "film"  # the one that is shipped


class ClipEdits:
    """Commands tell what went wrong through `session.failed`, and then give None back and change nothing."""

    def __init__(self, timeline: TimelineState, keyframes: KeyframeEdits):
        self._timeline, self._session, self.failed = timeline, timeline.session, timeline.failed
        self._keyframes = keyframes

    # ---- coming and going

    @reports_errors
    def make_clip(self, frames: int) -> int | None:
        """Puts the selected layer on the timeline at the playhead; where there is a region, only that will move."""
        if frames < 2:
            raise UserError(
                tr("A clip has at least 2 frames, not {frames}: one frame is the picture itself.").format(frames=frames)
            )
        check_frames(frames)
        session, start = self._session, self._timeline.playback.playhead
        layer = self._layer_to_animate()
        name, box = session.document.layers.get(layer).name, session.document.layers.box(layer)
        pixels, region = self._still(layer, box), inside(session.region, box, name)
        value = settings(region, session.options.prompt, self._model(), session.options, new_seed())
        made = session.document.timeline.add_clip(
            name, pixels, box, value, layer=layer, rate=self._timeline.rate, start=start, length=frames,
            track=self._free_track(start, frames),
        )  # fmt: skip
        session.set_region(None)
        self._timeline.select(made)
        return made

    @reports_errors
    def delete(self, clip: int) -> None:
        self._document.delete_clip(clip, self._timeline.film(clip).clip.name)

    @reports_errors
    def copy(self, clip: int, start: int, track: int) -> int | None:
        """The copy has the painted frames too; what is painted of one from then on does not change the other."""
        its = self._timeline.film(clip).clip
        made = self._document.copy_clip(its, tr("Copy {name}").format(name=its.name), **_place(start, track))
        self._timeline.select(made)
        return made

    @reports_errors
    def split(self, clip: int, at: int) -> int | None:
        """Two clips, the second of which begins with frame `at`; returns that one."""
        its = self._timeline.film(clip).clip
        if not 0 < at < its.length:
            raise UserError(tr("A clip is split between two of its frames. Put the playhead inside it."))
        made = self._document.split_clip(its, at, its.start + self._in_time(its, at))
        self._timeline.select(made)
        return made

    @reports_errors
    def swap_still(self, clip: int) -> None:
        """The selected layer instead of the still; time, words and keyframes stay, and all frames become stale."""
        self._timeline.film(clip)
        layer = self._layer_to_animate()
        box = self._session.document.layers.box(layer)
        self._document.swap_still(clip, self._still(layer, box), box, layer)

    # ---- what a clip is

    @reports_errors
    def rename(self, clip: int, name: str) -> None:
        self._change(clip, tr("Rename clip"), name=name.strip() or tr("Clip"))

    @reports_errors
    def move(self, clip: int, start: int, track: int, joins: int = 0) -> int | None:
        """Returns the entry to join while it is dragged."""
        return self._change(clip, tr("Move clip"), joins, **_place(start, track))

    @reports_errors
    def trim(self, clip: int, first: int, last: int, joins: int = 0) -> int | None:
        """Only the frames from `first` to `last` are left, where they were in time; the others come back with undo."""
        its = self._timeline.film(clip).clip
        if not 0 <= first <= last < its.length:
            raise UserError(
                tr("The clip has frames 0 to {length}. Trim it to some of these.").format(length=its.length - 1)
            )
        start = its.start + self._in_time(its, first)
        length = last - first + 1
        return self._change(clip, tr("Trim clip"), joins, start=start, first=its.first + first, length=length)

    @reports_errors
    def extend(self, clip: int, length: int, joins: int = 0) -> int | None:
        """Makes a clip longer or shorter at its end; new frames wait to be painted, and go on from the last ones."""
        if length < 1:
            raise UserError(tr("A clip has at least one frame. Delete it if you do not want it any more."))
        check_frames(self._timeline.film(clip).clip.first + length)
        return self._change(clip, tr("Change length"), joins, length=length)

    @reports_errors
    def set_prompt(self, clip: int, words: str) -> None:
        """What moves, from the first frame on."""
        if self._timeline.film(clip).overruled("prompt"):
            return self._keyframes.set(clip, 0, prompt=words)
        self._change(clip, tr("Change words"), value={"prompt": words.strip()})

    @reports_errors
    def set_region(self, clip: int, region: Region | None) -> None:
        """What moves, from the first frame on; None for all of it."""
        film = self._timeline.film(clip)
        if film.overruled("region"):
            return self._keyframes.set(clip, 0, region=region)
        its = film.clip
        self._change(clip, tr("Change what moves"), value={"region": region_value(inside(region, its.box, its.name))})

    @reports_errors
    def set_loop(self, clip: int, loop: bool) -> None:
        """Whether the last frames of a clip go back to its first one."""
        self._change(clip, tr("Loop clip") if loop else tr("Do not loop clip"), value={"loop": bool(loop)})

    @reports_errors
    def set_model(self, clip: int, model: str) -> None:
        """Which model paints it; what another one has painted becomes stale."""
        self._change(clip, tr("Change model"), value={"model": model})

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
        self._timeline.film(clip)
        self._document.change_clip(clip, entry, joins, **fields)
        self._timeline.read()  # an entry that is joined is not told by the history
        return self._session.document.history.head

    def _in_time(self, clip: Clip, frames: int) -> int:
        return round(frames * self._timeline.rate / clip.rate)

    def _free_track(self, start: int, lasts: int) -> int:
        taken = {clip.track for clip in self._timeline.clips if clip.start < start + lasts and start < clip.end}
        return next(track for track in range(len(taken) + 1) if track not in taken)

    def _layer_to_animate(self) -> int:
        """The selected one; where it does not touch the region, the uppermost that does."""
        session = self._session
        layers, region = session.document.layers, session.region
        there = [layer.id for layer in layers.all() if layer.visible and not layers.box(layer.id).empty]
        if session.selected not in there:
            raise UserError(tr("There is no picture to animate. Choose a layer that has one and is visible."))
        order = [session.selected, *reversed(there)]
        touching = (layer for layer in order if region is None or meet(region, layers.box(layer)))
        return next(touching, session.selected)

    def _still(self, layer: int, box: Box) -> np.ndarray:
        """A layer as frame 0, uint8 (height, width, 3); where it is transparent, what is seen there."""
        if box.width * box.height > MOST_PIXELS:
            raise UserError(
                tr("Frames of {width} × {height} pixels are too large for a film. Animate a smaller picture.").format(
                    width=box.width, height=box.height
                )
            )
        document = self._session.document
        pixels = document.read_layer(layer, box)
        if (pixels[:, :, 3] < 255).any():
            pixels = np.where(pixels[:, :, 3:] == 255, pixels, document.read(box))
        if (pixels[:, :, 3] < 255).any():
            raise UserError(
                tr(
                    "“{name}” has transparent parts, and a film has none. Paint or fill them first, or put a layer "
                    "beneath."
                ).format(name=document.layers.get(layer).name)
            )
        return np.ascontiguousarray(pixels[:, :, :3])

    def _model(self) -> str:
        """The chosen one where it paints films, else the first that does."""
        able = [model.name for model in self._session.models() if model.films and not model.problem]
        return next((name for name in (self._session.options.model, MODEL) if name in able), able[0] if able else MODEL)


def check_frames(frames: int) -> None:
    if frames > MOST_FRAMES:
        raise UserError(
            tr("{frames} frames are too many for one clip; the limit is {most}. Make several clips.").format(
                frames=f"{frames:,}", most=f"{MOST_FRAMES:,}"
            )
        )


def _place(start: int, track: int) -> dict[str, int]:
    return {"start": min(max(int(start), 0), END_OF_TIME), "track": min(max(int(track), 0), MOST_TRACKS)}
