"""The session: what is open and chosen, and the objects that work on it."""

from PySide6.QtCore import QObject

from app.document import Document
from app.jobs.queue import JobQueue
from app.session.auto_extend import AutoExtend
from app.session.documents import Documents
from app.session.layer_commands import LayerCommands
from app.session.model_manager import ModelManager
from app.session.painting import Painting
from app.session.state import SessionState
from app.session.surroundings import Surroundings
from app.settings import Settings
from app.translation import tr
from engine.request import UserError

from .not_from import Marks
from .shelf import Shelf
from .staging import Staging
from .timeline import Timeline
from .values import reports_errors


class Session(SessionState):
    """Widgets bind to the values and signals of the state, and call the part that does the work."""

    def __init__(
        self, queue: JobQueue, settings: Settings, document: Document | None = None, parent: QObject | None = None
    ):
        super().__init__(queue, settings, document, parent)
        self.documents = Documents(self)
        self.layers = LayerCommands(self)
        self.staging = Staging(self)
        self.marks = Marks(self)
        self.shelf = Shelf(self)
        self.painting = Painting(self, Surroundings(self, self.marks), self.staging, self.shelf)
        self.model_manager = ModelManager(self)
        self.auto_extend = AutoExtend(self, self.painting, self.staging)
        self.timeline = Timeline(self)

    def close(self) -> None:
        self.painting.close()
        self.timeline.playback.pause()
        self.documents.close()

    # ---- back and forth

    @reports_errors
    def undo(self) -> None:
        self._tell_step(tr("Undone"), self.document.history.undo())

    @reports_errors
    def redo(self) -> None:
        self._tell_step(tr("Redone"), self.document.history.redo())

    @reports_errors
    def go_to(self, number: int) -> None:
        self.document.history.go_to(number)

    @reports_errors
    def forget_history(self) -> None:
        """Nothing can be undone any more, and the file becomes smaller."""
        before = self.document.size
        for job in self.document.jobs.of_accepted():
            if job.state in ("running", "waiting"):
                self.queue.cancel(job.id)
        self.document.forget_history()
        self.saving.emit()  # frames that nothing leads back to any more go as well
        try:
            self.document.compact()
        except UserError as error:
            raise UserError(
                tr("The history is forgotten, but the file is as large as before. {reason}").format(reason=error)
            ) from error
        if self.documents.named:
            self.documents.save()
            if not self.documents.saved:  # why is told already
                return
        less = max(0, before - self.document.size) / 1e6  # previews may need some
        self.said.emit(tr("The history is forgotten. The file is {size:.1f} MB smaller.").format(size=less))

    def _tell_step(self, what: str, entry: object | None) -> None:
        name = getattr(entry, "name", None)
        self.said.emit(f"{what}: {name}." if name else tr("There is nothing more to go back or forth to."))
