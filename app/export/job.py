"""An export in a thread of its own, with its own reader; its news arrive as signals in the thread that made it."""

import threading
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from app.document import Document
from app.translation import tr
from engine.request import UserError

from .image import ExportRequest, export

TELL_EVERY = 0.05  # seconds


class BackgroundJob(QObject):
    """Something that is written. Exactly one of `done`, `cancelled`, `failed` ends it.

    work: writes in the thread, and returns the files; none where it was stopped.
    """

    progressed = Signal(float)  # the share, 0 to 1
    done = Signal(object)  # list of paths
    cancelled = Signal()
    failed = Signal(str)  # a sentence

    def __init__(self, work: Callable[[], list[Path]], parent: QObject | None = None):
        super().__init__(parent)
        self._work = work
        self._stop = threading.Event()
        self._last_emitted = 0.0
        self._thread = threading.Thread(target=self._run, name="export", daemon=True)

    @property
    def running(self) -> bool:
        return self._thread.is_alive()

    @property
    def stopped(self) -> bool:
        return self._stop.is_set()

    def start(self) -> None:
        self._thread.start()

    def cancel(self) -> None:
        """Nothing half-written stays; `cancelled` tells when all is cleared away."""
        self._stop.set()

    def wait(self) -> None:
        """Until the thread has ended; what it told last is still to be delivered."""
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        try:
            files = self._work()
        except UserError as error:
            self.failed.emit(str(error))
        except Exception as error:  # an artist must not wait for ever on what nobody has foreseen
            self.failed.emit(
                tr("The export failed ({kind}: {error}). Nothing was written.").format(
                    kind=type(error).__name__, error=error
                )
            )
        else:
            self._finish(files)

    def _finish(self, files: list[Path]) -> None:
        if files:
            self.done.emit(files)
        else:
            self.cancelled.emit()

    def progress(self, share: float) -> bool:
        """Tells how far it is; whether to go on."""
        now = time.monotonic()
        if now - self._last_emitted >= TELL_EVERY or share == 1:
            self._last_emitted = now
            self.progressed.emit(share)
        return not self._stop.is_set()


class ExportJob(BackgroundJob):
    """Pictures out of a document."""

    def __init__(self, document: Document, request: ExportRequest, parent: QObject | None = None):
        super().__init__(lambda: export(document, request, self.progress), parent)
