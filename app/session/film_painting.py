"""Painting the frames of clips that wait or are stale, one job for each clip."""

from contextlib import suppress

from app.document import Job
from app.jobs import model_registry as models
from app.session.clip_state import ClipState
from app.session.timeline_state import TimelineState
from app.translation import tr
from engine.request import UserError

from .values import Estimate, reports_errors

OTHERWISE = "the clip was changed; animate it again"  # the message of a job whose frames are not wanted any more


class FilmPainting:
    def __init__(self, timeline: TimelineState):
        self._timeline, self._session, self.failed = timeline, timeline.session, timeline.failed
        timeline.clips_changed.connect(self._stop_unwanted)

    def job(self, clip: int) -> Job | None:
        """What paints a clip or is to go on with it; to be paused, resumed and cancelled as any job of the session."""
        return next((job for job in self._jobs(clip) if job.state != "done" and self._wanted(job)), None)

    @reports_errors
    def animate(self, clip: int, front: bool = False) -> int | None:
        """Paints the frames that wait or are stale, in one job for each clip; returns it."""
        film, session = self._timeline.film(clip), self._session
        missing = film.missing()
        if not missing:
            raise UserError(
                tr("All frames of this clip are painted. Make it longer, or change its words or what moves.")
            )
        self._check_model(str(film.request["model"]))
        for job in self._jobs(clip):  # what they have painted belongs to the clip
            session.queue.cancel(job.id)
            session.document.jobs.remove(job.id)
        made = session.queue.add_film(
            {**film.request, "frames": missing[-1] + 1}, film.clip.box, clip, film.clip.value, front
        )
        session.said.emit(tr("Painting %n frames of {name}.", "", len(missing)).format(name=film.clip.name))
        return made

    def estimate(self, clip: int) -> Estimate | None:
        """What that would take; None where there is nothing to paint."""
        film = self._timeline.films.get(clip)
        if film is None:
            return None
        model = str(film.request["model"])
        side = next((m.patch_px for m in self._session.models() if m.name == model), 0) or self._session.patch_px
        patches = sum(_patches(film, number, side) for number in film.missing())
        return Estimate(patches, *self._session.queue.estimate(patches, model)) if patches else None

    def _check_model(self, name: str) -> None:
        info = models.find(name)
        if info is None or not info.films:
            what = tr("is not here") if info is None else tr("paints pictures, not films")
            able = ", ".join(model.name for model in models.models() if model.films) or tr("none yet")
            raise UserError(
                tr(
                    "The model “{name}” {what}. Models for films that are here: {able}. The clip is kept; "
                    "choose one of these for it, or import one, and animate again."
                ).format(name=name, what=what, able=able)
            )
        models.place(name)

    def _jobs(self, clip: int | None = None) -> list[Job]:
        """Of a clip, or of all."""
        jobs = self._session.document.jobs.all()
        return [job for job in jobs if job.clip is not None and clip in (None, job.clip)]

    def _wanted(self, job: Job) -> bool:
        """Whether a job paints what its clip asks for now."""
        film = self._timeline.films.get(job.clip or 0)
        return film is not None and {**job.request, "frames": 0} == {**film.request, "frames": 0}

    def _stop_unwanted(self) -> None:
        """Jobs of clips that are gone or ask for something else now."""
        for job in self._jobs():
            if job.state in ("running", "waiting") and not self._wanted(job):
                self._session.queue.cancel(job.id)
                with suppress(UserError):
                    self._session.document.jobs.set_state(job.id, "paused", OTHERWISE)


def _patches(film: ClipState, number: int, side: int) -> int:
    """How many patches of a frame move; the grid begins at the corner of the still."""
    box, region = film.clip.box, film.region_at(number)
    moving = box if region is None else region.box.intersect(box)
    columns = -((box.x - moving.right) // side) - (moving.x - box.x) // side
    rows = -((box.y - moving.bottom) // side) - (moving.y - box.y) // side
    return columns * rows
