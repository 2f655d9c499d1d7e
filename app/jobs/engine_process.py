"""The engine's process as the window sees it: commands go in, replies come out as signals, and its death is told.

The window never waits for it: a thread writes the commands, the event loop reads what is there and no more.
"""

import contextlib
import multiprocessing
import os
import queue
import signal
import sys
import threading
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess

from PySide6.QtCore import QObject, QSocketNotifier, Qt, Signal

from app.jobs import worker
from app.jobs.protocol import Broken, Command, Reply
from app.translation import tr

MESSAGES_AT_ONCE = 8  # then the event loop has its turn: a reply is up to a megabyte of pixels
PATIENCE = 2.0  # seconds that a process whose pipe is broken has to end by itself


class Engine(QObject):
    """One process at a time; `start` makes another when there is none.

    threaded: replies are read by a thread, as on Windows, where a pipe cannot wake the event loop.
    """

    replied = Signal(object)  # Reply
    lost = Signal(str)  # the process has ended without being asked: how, as the beginning of a sentence
    _arrived = Signal(int, object)  # from the reading thread: the number of the process, and a reply or None at the end

    def __init__(self, parent: QObject | None = None, threaded: bool = sys.platform == "win32"):
        super().__init__(parent)
        self._threaded = threaded
        self._link: _Link | None = None
        self._number = 0
        self._arrived.connect(self._take_arrived, Qt.ConnectionType.QueuedConnection)

    @property
    def alive(self) -> bool:
        return self._link is not None

    @property
    def pid(self) -> int | None:
        return self._link.process.pid if self._link else None

    def start(self) -> None:
        """Returns at once; the process is ready some seconds later, and takes commands meanwhile."""
        if self._link is not None:
            return
        self._number += 1
        self._link = link = _Link()
        if self._threaded:
            link.read_in_thread(self._number, self._arrived.emit)
        else:
            self._watch(link)

    def send(self, command: Command) -> None:
        """Never waits. What is sent to a process that has just died is lost; its death is told."""
        if self._link is not None:
            self._link.outbox.put(command)

    def close(self) -> None:
        """Ends the process, whatever it is doing; nothing is told any more."""
        if self._link is not None:
            link, self._link = self._link, None
            link.end(0.0)

    def _watch(self, link: "_Link") -> None:
        for handle, slot in ((link.pipe.fileno(), self._read), (link.process.sentinel, self._read_to_the_end)):
            notifier = QSocketNotifier(handle, QSocketNotifier.Type.Read, self)
            notifier.activated.connect(slot)
            link.notifiers.append(notifier)

    def _read(self) -> None:
        for _ in range(MESSAGES_AT_ONCE):
            link = self._link  # a listener may have closed it
            if link is None:
                return
            try:
                if not link.pipe.poll():
                    return
                reply = link.pipe.recv()
            except (EOFError, OSError):
                self._ended(link)
                return
            self._take(reply)

    def _read_to_the_end(self) -> None:
        """The process is dead; what it had told before comes first."""
        link = self._link
        with contextlib.suppress(EOFError, OSError):
            while link is not None and link is self._link and link.pipe.poll():
                self._take(link.pipe.recv())
        if link is not None and link is self._link:
            self._ended(link)

    def _take_arrived(self, number: int, reply: Reply | None) -> None:
        if self._link is None or number != self._number:
            return
        if reply is None:
            self._ended(self._link)
        else:
            self._take(reply)

    def _take(self, reply: Reply) -> None:
        if isinstance(reply, Broken) and self._link is not None:
            self._link.reason = reply.sentence
        self.replied.emit(reply)

    def _ended(self, link: "_Link") -> None:
        self._link = None
        code = link.end(PATIENCE)
        self.lost.emit(link.reason or how_it_ended(code))


class _Link:
    """A process, the pipe to it, and the thread that writes into the pipe."""

    def __init__(self) -> None:
        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe(duplex=True)
        self.process: SpawnProcess = context.Process(
            target=worker.main, args=(theirs, os.getpid()), name="handscroll engine", daemon=True
        )
        self.process.start()
        theirs.close()  # so that the pipe breaks when the process ends
        self.outbox: queue.SimpleQueue[Command | None] = queue.SimpleQueue()
        self.threads = [threading.Thread(target=_write, args=(self.pipe, self.outbox), daemon=True, name="to engine")]
        self.threads[0].start()
        self.notifiers: list[QSocketNotifier] = []
        self.reason = ""  # what the process has said before it ended

    def read_in_thread(self, number: int, arrived) -> None:
        thread = threading.Thread(target=_read, args=(self.pipe, number, arrived), daemon=True, name="from engine")
        self.threads.append(thread)
        thread.start()

    def end(self, patience: float) -> int | None:
        """Frees everything; returns the exit code. patience: seconds that the process has to end by itself."""
        for notifier in self.notifiers:
            notifier.setEnabled(False)
            notifier.deleteLater()
        self.process.join(patience)
        self.process.kill()
        self.process.join()
        code = self.process.exitcode
        self.outbox.put(None)
        for thread in self.threads:
            thread.join()
        self.pipe.close()
        self.process.close()
        return code


def _write(pipe: Connection, outbox: "queue.SimpleQueue[Command | None]") -> None:
    with contextlib.suppress(OSError):  # the process has died, which others notice
        while (command := outbox.get()) is not None:
            pipe.send(command)


def _read(pipe: Connection, number: int, arrived) -> None:
    with contextlib.suppress(EOFError, OSError):
        while True:
            arrived(number, pipe.recv())
    with contextlib.suppress(RuntimeError):  # the window is gone
        arrived(number, None)


def how_it_ended(code: int | None) -> str:
    """An exit code in words."""
    if code is not None and code < 0:
        killed, name = -code == getattr(signal, "SIGKILL", 9), _signal_name(-code)
        if killed:
            return tr("The engine was ended from outside, perhaps because the memory of this computer was full.")
        return tr("The engine has crashed ({name}).").format(name=name)
    return (
        tr("The engine has ended unexpectedly.")
        if not code
        else tr("The engine has ended unexpectedly (code {code}).").format(code=code)
    )


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return tr("signal {number}").format(number=number)
