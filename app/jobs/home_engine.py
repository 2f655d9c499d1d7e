"""What has to be computed on this computer, where the files are that it reads and writes: studies, and looks at models.

The engine that paints does it, where it is here as well; else a process of its own, which is started when needed.
"""

from PySide6.QtCore import QObject, Signal

from app.jobs.engine_process import Engine
from app.jobs.engines import AnyEngine, Engines
from app.jobs.protocol import Command, Stop


class HomeEngine(QObject):
    """`replied` carries what both engines say; numbers tell whose it is. lost: the one that was asked last has died."""

    replied = Signal(object)
    lost = Signal(str)

    def __init__(self, painting: Engines, parent: QObject | None = None):
        super().__init__(parent)
        self._painting, self._own = painting, Engine(self)
        self._asked: AnyEngine | Engines = painting
        for engine in (self._painting, self._own):
            engine.replied.connect(self.replied)
            engine.lost.connect(lambda reason, engine=engine: self._lost(engine, reason))

    def send(self, command: Command) -> None:
        if not isinstance(command, Stop):  # which is for whoever has the study
            self._asked = self._own if self._painting.elsewhere else self._painting
        self._asked.send(command)

    def close(self) -> None:
        self._own.close()

    def _lost(self, engine: AnyEngine | Engines, reason: str) -> None:
        if engine is self._asked:
            self.lost.emit(reason)
