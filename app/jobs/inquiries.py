"""What the engine is asked besides painting; each question has a ticket, and the signal that answers it carries it."""

from app.jobs import model_registry as models
from app.jobs.dispatcher import Dispatcher
from app.jobs.engines import Engines
from app.jobs.home_engine import HomeEngine
from app.jobs.protocol import Check, Checked, FindMarks, MarksFound, Reply, Sketch, Sketched
from app.jobs.signals import JobSignals
from app.translation import tr
from engine.request import KnownPicture, PaintRequest


class Inquiries:
    def __init__(self, engine: Engines, dispatcher: Dispatcher, home: HomeEngine, signals: JobSignals):
        self._engine, self._dispatcher, self._home, self._signals = engine, dispatcher, home, signals
        self._sketch = 0  # the ticket that is not answered yet
        self._checks: set[int] = set()  # not answered yet
        self._marks: set[int] = set()

    def sketch(self, request: PaintRequest, model: str) -> int:
        """Asks for the plan of a request; of several that are under way only the latest is answered."""
        place = models.place(model)
        self._sketch = ticket = self._dispatcher.new_number()
        self._engine.send(Sketch.of(ticket, request, place, self._dispatcher.device()))
        return ticket

    def check(self, folder: str) -> int:
        """Asks whether a folder holds a model that is whole; `checked` answers."""
        ticket = self._dispatcher.new_number()
        self._checks.add(ticket)
        self._home.send(Check(ticket, folder))
        return ticket

    def find_marks(self, picture: KnownPicture) -> int:
        """Asks for the marks in a picture; `marks_found` answers."""
        ticket = self._dispatcher.new_number()
        self._marks.add(ticket)
        self._engine.send(FindMarks(ticket, picture))
        return ticket

    def on_reply(self, reply: Reply) -> None:
        if isinstance(reply, Checked):
            self._checks.discard(reply.ticket)
            self._signals.checked.emit(reply.ticket, reply.problem)
        elif isinstance(reply, MarksFound):
            self._marks.discard(reply.ticket)
            self._signals.marks_found.emit(reply.ticket, reply.mask)
        elif isinstance(reply, Sketched) and reply.ticket == self._sketch:
            self._sketch = 0
            self._signals.sketched.emit(reply.ticket, reply.planned)

    def lost(self, reason: str) -> None:
        """The engine's process has died, perhaps of one of these."""
        marks, sketch = self._marks, self._sketch
        self._marks, self._sketch = set(), 0
        for ticket in marks:
            self._signals.marks_found.emit(ticket, None)
        if sketch:
            self._signals.sketched.emit(sketch, None)

    def home_lost(self, reason: str) -> None:
        """The same of the process that looks at models."""
        checks, self._checks = self._checks, set()
        for ticket in checks:
            self._signals.checked.emit(
                ticket, tr("The engine ended while it looked at the model. {reason}").format(reason=reason)
            )
