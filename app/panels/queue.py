"""What is to be painted, in order; what was painted and is not in the picture yet, too."""

from collections.abc import Callable

from PySide6.QtWidgets import QPushButton, QWidget

from app.document import Job
from app.jobs.progress import Progress
from app.session import Session

from .lists import RowsModel, RowsView
from .row_look import Row
from .rows import Panel, ToolButton, key, label, show_text
from .thumbnails import Thumbnails

ASIDE = "set aside"
STATES = {"waiting": "waiting", "running": "painting", "paused": "paused", "done": "done", "failed": "failed"}


class QueuePanel(Panel):
    def __init__(self, session: Session, parent: QWidget | None = None):
        super().__init__(session, "Queue", parent)
        self.thumbnails = Thumbnails(session, self)
        self._model = RowsModel(self, draggable=True)
        self.list = RowsView(self._model, "Queue, the next first")
        self.empty = label("Nothing is waiting to be painted. Regions line up here.", "secondary", wrap=True)
        self.message = label("", "secondary", wrap=True)
        self.again = QPushButton("Show variants again")
        self.again.clicked.connect(lambda: self._with(session.bring_back))
        self._add_buttons()
        for each in (self.empty, self.list, self.message, self.again):
            self.rows.addWidget(each)
        self.rows.addStretch(1)
        self._bind()

    def _add_buttons(self) -> None:
        self.go = ToolButton("pause", "Pause", self._toggle)
        self.front = ToolButton("up", "To the front of the queue", lambda: self._with(self.session.to_front))
        self.cancel = ToolButton("cancel", "Cancel", self._cancel)
        for button in (self.go, self.front, self.cancel):
            self.heading.add(button)

    def _bind(self) -> None:
        session = self.session
        for signal in (
            session.opened, session.queue.changed, session.staging_changed, session.plan_changed,
            session.queue.status_changed, self.thumbnails.changed,
        ):  # fmt: skip
            signal.connect(self.refresh_soon)
        self.list.chosen.connect(lambda _: self._show_chosen())
        self._model.dropped.connect(self._dropped)
        key(self.list, "Space", self._toggle)
        key(self.list, "Del", self._cancel)
        key(self.list, "Alt+Up", lambda: self._step(-1))
        key(self.list, "Alt+Down", lambda: self._step(1))

    # ---- what is shown

    def refresh(self) -> None:
        self._all = self.session.document.jobs.all()
        self._jobs = {job.id: job for job in self._all if not job.accepted}
        chosen = self.list.key
        self._model.set([self._row(job) for job in self._jobs.values()])
        if chosen not in self._jobs:
            chosen = next(iter(self._jobs), None)
        self.list.choose(chosen)
        self.empty.setVisible(not self._jobs)
        self.list.setVisible(bool(self._jobs))
        self.list.updateGeometry()
        self._show_chosen()

    def _row(self, job: Job) -> Row:
        progress = self.session.queue.progress(job.id)
        box = job.region.box
        name = f"{box.width} × {box.height} px, {self._which(job)}"
        share = progress.done / progress.total if progress.total and job.state in ("running", "paused") else None
        thumb = self.thumbnails.get(job.layer, box)
        stamp = self.thumbnails.stamps.get(job.layer, 0)
        return Row(
            job.id, name, in_words(job, progress), thumb, stamp, progress=share, dim=job.message == ASIDE,
            warn=job.state == "failed",
        )  # fmt: skip

    def _which(self, job: Job) -> str:
        """What tells a job from the others: its seed, or its number among the variants of a region."""
        family = [each for each in self._all if (each.variant_of or each.id) == (job.variant_of or job.id)]
        if len(family) == 1:
            return f"seed {job.request.get('seed', '?')}"
        numbers = sorted(each.id for each in family)
        return f"variant {numbers.index(job.id) + 1} of {len(family)}"

    def _show_chosen(self) -> None:
        """The buttons say what they would do with the job in hand."""
        job = self._jobs.get(self.list.key) if self._jobs else None
        state = job.state if job else ""
        aside = job is not None and job.message == ASIDE
        stops = state in ("running", "waiting")
        if stops:
            self.go.rename("Pause", "pause")
        elif state == "failed":
            self.go.rename("Try again from the last finished patch", "retry")
        else:
            self.go.rename("Go on", "play")
        self.go.setEnabled(state not in ("", "done") and not aside)
        self.front.setEnabled(state in ("waiting", "running", "paused") and not aside)
        self.cancel.setEnabled(job is not None)
        self.cancel.rename(*(("Cancel", "cancel") if stops else ("Remove with its result", "trash")))
        self.again.setVisible(aside)
        show_text(self.message, job.message if job and state == "failed" else "")

    # ---- what the artist does

    def _with(self, run: Callable[[int], object]) -> None:
        if self.list.key is not None:
            run(self.list.key)

    def _toggle(self) -> None:
        job = self._jobs.get(self.list.key)
        if job is not None and self.go.isEnabled():
            self.session.pause_or_go_on(job)

    def _cancel(self) -> None:
        """Stops what is under way; what is at rest leaves the queue."""
        job = self._jobs.get(self.list.key)
        if job is None:
            return
        if job.state in ("running", "waiting"):
            self.session.cancel(job.id)
        else:
            self.session.remove_job(job.id)

    def _dropped(self, job: int, before: int) -> None:
        """Jobs that are not listed keep their place: it is counted among all of them."""
        everyone = [each.id for each in self.session.document.jobs.all() if each.id != job]
        follower = next((row.key for row in self._model.all[before:] if row.key != job), None)
        self.session.queue.move(job, len(everyone) if follower is None else everyone.index(follower))

    def _step(self, down: int) -> None:
        row = self._model.position(self.list.key)
        if row >= 0 and 0 <= row + down < len(self._model.all):
            self._dropped(self.list.key, row + down + (down > 0))

    _all: list[Job] = []  # noqa: RUF012
    _jobs: dict[int, Job] = {}  # noqa: RUF012  those that are listed, by number; replaced, never changed


def in_words(job: Job, progress: Progress) -> str:
    """How far a job is, as one would say it."""
    if job.state == "failed":
        return "could not go on; see below"
    words = [job.message if job.message == ASIDE or (job.state == "paused" and job.message) else STATES[job.state]]
    if job.state in ("running", "paused") and progress.total:
        words.append(f"{progress.done} of {progress.total}")
    elif job.state in ("paused", "done") and progress.done:
        words.append("1 patch" if progress.done == 1 else f"{progress.done} patches")
    if job.state == "running" and progress.seconds_left is not None:
        words.append(f"{duration(progress.seconds_left)} left")
    return " · ".join(words)


def duration(seconds: float) -> str:
    """No finer than one can wait."""
    if seconds < 90:
        return f"{max(round(seconds), 1)} s"
    return f"{round(seconds / 60)} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"
