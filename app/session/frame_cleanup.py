"""Painted frames that nothing leads back to: no clip shows them, and no undo or redo brings back what they follow from.

They are left where something was painted, taken back, and then something else was done.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator

from app.document import Document
from app.document.frames import Frame, frame_keys
from app.session.clip_state import ClipState, asked
from engine.request import UserError


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
