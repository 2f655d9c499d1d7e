"""What can be done with keyframes, each command one entry of the history."""

from typing import Any

from app.document import Region
from app.document.timeline import region_value
from app.session.timeline_state import TimelineState
from app.translation import tr
from engine.request import Box, UserError

from .values import reports_errors

KEEP: Any = object()  # of a keyframe: what is not given stays as it is


class KeyframeEdits:
    def __init__(self, timeline: TimelineState):
        self._timeline, self._session, self.failed = timeline, timeline.session, timeline.failed

    @reports_errors
    def set(self, clip: int, number: int, prompt: str = KEEP, region: Region | None = KEEP) -> None:
        """Words, or the region that moves, from a frame on."""
        its = self._timeline.film(clip).clip
        if not 0 <= number < its.length:
            raise UserError(
                tr("The clip has frames 0 to {length}, and {number} is none of them.").format(
                    length=its.length - 1, number=number
                )
            )
        value: dict[str, Any] = {} if prompt is KEEP else {"prompt": prompt.strip()}
        if region is not KEEP:
            value["region"] = region_value(inside(region, its.box, its.name))
        self._session.document.timeline.set_keyframe(clip, its.first + number, **value)

    @reports_errors
    def delete(self, clip: int, number: int) -> None:
        self._session.document.timeline.delete_keyframe(clip, self._timeline.film(clip).clip.first + number)

    def free_frame(self, clip: int, number: int, to: int, copies: bool = False) -> int:
        """Where a keyframe comes to lie that is brought to a frame: there, or beyond those that have one already."""
        view, taken = self._timeline.clip(clip), {each.number for each in self._timeline.keyframes(clip)}
        last = view.length - 1 if view else 0
        to, step = min(max(to, 1), max(last, 1)), 1 if to >= number else -1
        onward = range(to, last + 1) if step > 0 else range(to, 0, -1)
        back = range(to, number, -step)
        if not copies:
            taken.discard(number)
        return next((each for each in (*onward, *back) if each not in taken), number)

    @reports_errors
    def move(self, clip: int, number: int, to: int, joins: int = 0) -> int | None:
        """To the free frame there; returns the entry to join while it is moved on."""
        first = self._there(clip, number)
        to = self.free_frame(clip, number, to)
        self._session.document.timeline.move_keyframe(clip, first + number, first + to, joins)
        self._timeline.read()  # an entry that is joined is not told by the history
        self._timeline.select(clip, to)
        return self._session.document.history.head

    @reports_errors
    def copy(self, clip: int, number: int, to: int) -> None:
        """The same words and region from another frame on."""
        first = self._there(clip, number)
        to = self.free_frame(clip, number, to, copies=True)
        if to == number:
            raise UserError(tr("Every frame of this clip has a keyframe already. Make the clip longer to copy one."))
        self._session.document.timeline.copy_keyframe(clip, first + number, first + to)
        self._timeline.select(clip, to)

    def _there(self, clip: int, number: int) -> int:
        """The frame of the film that the clip begins with; UserError where the keyframe is gone."""
        if number not in {each.number for each in self._timeline.keyframes(clip)}:
            raise UserError(tr("This keyframe is not on the timeline any more."))
        return self._timeline.film(clip).clip.first


def meet(region: Region, box: Box) -> bool:
    return bool(region.inside(region.box.intersect(box)).any())


def inside(region: Region | None, box: Box, name: str) -> Region | None:
    """The part of a region that lies in a picture; UserError where there is none."""
    if region is None:
        return None
    if not meet(region, box):
        raise UserError(
            tr("The region lies outside of “{name}”, so nothing would move. Drag it over the picture.").format(
                name=name
            )
        )
    part = region.box.intersect(box)
    return Region(part, None if region.mask is None else region.inside(part))
