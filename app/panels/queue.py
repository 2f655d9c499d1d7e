"""What is to be painted, in order, pictures and films; pictures that are not in the document's yet, too."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QPushButton, QWidget

from app.document import Job
from app.jobs.progress import Progress, time_left
from app.session import Session
from app.session.film_painting import OTHERWISE
from app.translation import tr

from .lists import RowsModel, RowsView
from .row_look import Row
from .rows import Panel, ToolButton, key, label, show_text
from .thumbnails import Thumbnails

ASIDE = "set aside"
SOON = 120  # ms in which the patches of a film are gathered for one look
STATES = {
    "waiting": tr("waiting"), "running": tr("painting"), "paused": tr("paused"), "done": tr("done"),
    "failed": tr("failed"),
}  # fmt: skip
MESSAGES = {  # of jobs, as the document keeps them
    ASIDE: tr("set aside"), OTHERWISE: tr("the clip was changed; animate it again"),
    "accepted before it was finished": tr("accepted before it was finished"),
}  # fmt: skip


class QueuePanel(Panel):
    def __init__(self, session: Session, parent: QWidget | None = None):
        super().__init__(session, tr("Queue"), parent)
        self.thumbnails = Thumbnails(session, self)
        self._model = RowsModel(self, draggable=True)
        self.list = RowsView(self._model, tr("Queue, the next first"))
        self.empty = label(
            tr("Nothing is waiting to be painted. Regions and films line up here."), "secondary", wrap=True
        )
        self.message = label("", "secondary", wrap=True)
        self.again = QPushButton(tr("Show variants again"))
        self.again.clicked.connect(lambda: self._with(session.staging.bring_back))
        self._add_buttons()
        for each in (self.empty, self.list, self.message, self.again):
            self.rows.addWidget(each)
        self.rows.addStretch(1)
        self._bind()

    def _add_buttons(self) -> None:
        self.go = ToolButton("pause", tr("Pause"), self._toggle)
        self.front = ToolButton("up", tr("To the front of the queue"), lambda: self._with(self.session.queue.to_front))
        self.cancel = ToolButton("cancel", tr("Cancel"), self._cancel)
        for button in (self.go, self.front, self.cancel):
            self.heading.add(button)

    def _bind(self) -> None:
        session = self.session
        for signal in (
            session.opened, session.queue.changed, session.staging_changed, session.plan_changed,
            session.queue.status_changed, session.timeline.clips_changed, self.thumbnails.changed,
        ):  # fmt: skip
            signal.connect(self.refresh_soon)
        self._later = QTimer(self, singleShot=True, interval=SOON)
        self._later.timeout.connect(self.refresh_soon)
        session.timeline.frames_changed.connect(self._frames_changed)
        self.list.chosen.connect(lambda _: self._show_chosen())
        self._model.dropped.connect(self._dropped)
        key(self.list, "Space", self._toggle)
        key(self.list, "Del", self._cancel)
        key(self.list, "Alt+Up", lambda: self._step(-1))
        key(self.list, "Alt+Down", lambda: self._step(1))

    # ---- what is shown

    def _frames_changed(self, *_: object) -> None:
        if not self._later.isActive():
            self._later.start()

    def refresh(self) -> None:
        self._all = self.session.document.jobs.all()
        shown = [job for job in self._all if not job.accepted and not (job.film and job.state == "done")]
        self._jobs = {job.id: job for job in shown}
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
        progress, layer = self.session.queue.progress(job.id), job.film.still if job.film else job.layer
        share = progress.done / progress.total if progress.total and job.state in ("running", "paused") else None
        thumb, stamp = self.thumbnails.get(layer, job.region.box)
        return Row(
            job.id, self._name(job), in_words(job, progress, self._frames(job)), thumb, stamp, progress=share,
            dim=job.message == ASIDE, warn=job.state == "failed",
        )  # fmt: skip

    def _name(self, job: Job) -> str:
        if job.film is not None:
            clip = self.session.timeline.clip(job.clip)
            return tr("Film: {name}").format(name=clip.name) if clip else tr("Film of a clip that is gone")
        box = job.region.box
        return f"{box.width} × {box.height} px, {self._which(job)}"

    def _frames(self, job: Job) -> Sequence[str]:
        """The states of the frames that a film job paints; none for one whose clip asks for something else now."""
        timeline = self.session.timeline
        wanted = timeline.painting.job(job.clip) if job.clip is not None else None
        return timeline.frames.states(wanted.clip) if wanted and wanted.clip and wanted.id == job.id else ()

    def _which(self, job: Job) -> str:
        """What tells a job from the others: its seed, or its number among the variants of a region."""
        family = [each for each in self._all if (each.variant_of or each.id) == (job.variant_of or job.id)]
        if len(family) == 1:
            return tr("seed {seed}").format(seed=job.request.get("seed", "?"))
        numbers = sorted(each.id for each in family)
        return tr("variant {chosen} of {jobs}").format(chosen=numbers.index(job.id) + 1, jobs=len(family))

    def _show_chosen(self) -> None:
        """The buttons say what they would do with the chosen job."""
        job = self._jobs.get(self.list.key) if self._jobs else None
        state = job.state if job else ""
        unwanted = self._why_unwanted(job) if job else ""
        rests = bool(unwanted) or (job is not None and job.message == ASIDE)
        stops = state in ("running", "waiting")
        if stops:
            self.go.rename(tr("Pause"), "pause")
        elif state == "failed":
            self.go.rename(tr("Try again from the last finished patch"), "retry")
        else:
            self.go.rename(tr("Go on"), "play")
        self.go.setEnabled(state not in ("", "done") and not rests)
        self.front.setEnabled(state in ("waiting", "running", "paused") and not rests)
        self.cancel.setEnabled(job is not None)
        result = tr("Remove; its painted frames stay") if job and job.film else tr("Remove with its result")
        self.cancel.rename(*((tr("Cancel"), "cancel") if stops else (result, "trash")))
        self.again.setVisible(job is not None and job.message == ASIDE)
        show_text(self.message, job.message if job and state == "failed" else unwanted)

    def _why_unwanted(self, job: Job) -> str:
        """Why a film does not go on; empty for one that can."""
        if job.film is None or self._frames(job):
            return ""
        gone = self.session.timeline.clip(job.clip) is None
        return tr("This film does not go on: {why}.").format(
            why=tr("its clip is not on the timeline any more") if gone else MESSAGES[OTHERWISE]
        )

    # ---- what the artist does

    def _with(self, run: Callable[[int], object]) -> None:
        if self.list.key is not None:
            run(self.list.key)

    def _toggle(self) -> None:
        job = self._jobs.get(self.list.key)
        if job is not None and self.go.isEnabled():
            self.session.queue.pause_or_go_on(job)

    def _cancel(self) -> None:
        """Stops what is under way; what is at rest leaves the queue."""
        job = self._jobs.get(self.list.key)
        if job is None:
            return
        if job.state in ("running", "waiting"):
            self.session.queue.cancel(job.id)
        else:
            self.session.staging.remove_job(job.id)

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


def in_words(job: Job, progress: Progress, frames: Sequence[str] = ()) -> str:
    """How far a job is, as one would say it; a film is told in frames."""
    if job.state == "failed":
        return tr("could not go on; see below")
    if job.film is not None and not frames:
        return tr("out of date; see below")
    has_message = job.message == ASIDE or (job.state == "paused" and job.message)
    words = [MESSAGES.get(job.message, job.message) if has_message else STATES[job.state]]
    if frames:
        done = frames.count("done")
        now = tr("frame {number} of {frames}").format(number=min(done + 1, len(frames)), frames=len(frames))
        words.append(
            now if job.state == "running" else tr("{done} of {frames} frames").format(done=done, frames=len(frames))
        )
    elif job.state in ("running", "paused") and progress.total:
        words.append(tr("{done} of {total}").format(done=progress.done, total=progress.total))
    elif job.state in ("paused", "done") and progress.done:
        words.append(tr("%n patches", "", progress.done))
    if job.state == "running" and progress.seconds_left is not None:
        words.append(time_left(progress.seconds_left))
    return " · ".join(words)
