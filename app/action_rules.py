"""What entries of the menus do to settings, tools and layers, and when there is anything to do it to."""

from collections.abc import Callable
from typing import Any

from app.session import Session
from app.session.clip_edits import ClipEdits
from app.session.layer_commands import LayerCommands
from app.session.playback import Playback
from app.session.values import ClipView


def switch(key: str) -> Callable[[Any], object]:
    return lambda window: window.settings.set(key, not window.settings.get(key))


def choose(key: str, value: Any) -> Callable[[Any], object]:
    return lambda window: window.settings.set(key, value)


def tool(name: str) -> Callable[[Any], object]:
    return lambda window: window.commands.take_tool(name)


def panel(name: str) -> Callable[[Any], object]:
    return lambda window: window.docks.show_or_hide(name)


def frame(right: int, down: int) -> Callable[[Any], object]:
    return lambda window: window.commands.frame_beside(right, down)


def zoom_to(scale: float) -> Callable[[Any], object]:
    return lambda window: window.view.zoom_to(scale)


def on_layer(run: Callable[[LayerCommands, int], object]) -> Callable[[Any], object]:
    """For the chosen layer."""

    def chosen(window: Any) -> None:
        if window.session.selected is not None and not window.hands.busy:
            run(window.session.layers, window.session.selected)

    return chosen


def playback(run: Callable[[Playback], object]) -> Callable[[Any], object]:
    return lambda window: run(window.session.timeline.playback)


def on_clip(run: Callable[[ClipEdits, ClipView], object]) -> Callable[[Any], object]:
    """For the chosen clip."""

    def chosen(window: Any) -> None:
        if clip := window.session.timeline.chosen:
            run(window.session.timeline.clip_edits, clip)

    return chosen


def label(colour: str) -> Callable[[Any], object]:
    return on_layer(lambda layers, number: layers.label(number, colour))


def labelled(colour: str) -> Callable[[Session], bool]:
    """Whether the chosen layer has this label."""

    def is_so(session: Session) -> bool:
        chosen = session.selected_layer()
        return chosen is not None and chosen.label == colour

    return is_so


def has_layer(session: Session) -> bool:
    return session.selected is not None


def has_picture(session: Session) -> bool:
    return bool(session.document.layers.all())


def has_region(session: Session) -> bool:
    return session.region is not None


def can_replace(session: Session) -> bool:
    return has_region(session) and has_picture(session)


def is_staged(session: Session) -> bool:
    """The keys of staging rest while a region is being prepared: they move its frame then."""
    return session.staging.current is not None and session.staging.current.state == "done" and session.region is None


def has_variants(session: Session) -> bool:
    """Of these some may still be painted; the others can be looked at."""
    return session.staging.current is not None and len(session.staging.current.jobs) > 1 and session.region is None


def can_accept(session: Session) -> bool:
    return (
        session.staging.current is not None and session.staging.current.shown.state == "done" and session.region is None
    )


def has_clips(session: Session) -> bool:
    return bool(session.timeline.clips)


def has_clip(session: Session) -> bool:
    return session.timeline.selected is not None


def clip_loops(session: Session) -> bool:
    return session.timeline.chosen is not None and session.timeline.chosen.loop


def has_jobs(session: Session) -> bool:
    return any(job.state in ("running", "waiting", "paused") for job in session.document.jobs.all())
