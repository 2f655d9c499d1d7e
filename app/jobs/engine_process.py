"""The engine's process as the window sees it: commands go in, replies come out as signals, and its death is told.

It is a process on this computer, or `ssh` with one behind it on another (`engine_place`); the window never waits for
either. A connection that breaks is made again a few times before it is told as a death.
"""

import sys
from collections.abc import Callable, Iterator
from dataclasses import replace

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, QTimer, Signal

from app.jobs.engine_place import EnginePlace
from app.jobs.protocol import (
    Broken,
    Command,
    Greeting,
    Hello,
    ModelCommand,
    ModelFound,
    ModelLoaded,
    ModelPart,
    Ready,
    Reply,
    Stop,
)
from app.jobs.remote_models import LackingModel, RemoteModels
from app.jobs.wire import REPLIES, Garbled, MessageReader, encode
from app.translation import tr

MESSAGES_AT_ONCE = 8  # then the event loop has its turn: a reply is up to a megabyte of pixels
AHEAD = 2**22  # bytes of a model that are handed to the pipe before it has taken them
AGAIN = (1.0, 4.0, 15.0, 30.0)  # seconds between attempts to connect anew
KILLED = 2_000  # ms in which a process that is killed is gone


class Engine(QObject):
    """One process at a time; `start` makes another when there is none. place: where, read at each start."""

    started = Signal()
    replied = Signal(object)  # Reply
    lost = Signal(str)  # the process has ended without being asked: how, as the beginning of a sentence
    model_lacking = Signal(object)  # LackingModel; `answer` has to be called

    def __init__(self, parent: QObject | None = None, place: Callable[[], EnginePlace] = EnginePlace):
        super().__init__(parent)
        self._where = place
        self._link: _Link | None = None
        self._waiting: list[Command] = []  # until the engine has said that it is there
        self._tries = 0  # to connect anew, to where there has been an engine
        self._again = QTimer(self, singleShot=True)
        self._again.timeout.connect(self._connect)
        # Whoever hears a reply may end the process, which it must not while it is amid telling that there is something.
        self._more = QTimer(self, singleShot=True, interval=0)
        self._more.timeout.connect(self._read)
        self.process = QProcess(self)
        self.process.readyReadStandardOutput.connect(self._more.start)
        self.process.readyReadStandardError.connect(self._read_errors)
        self.process.bytesWritten.connect(self._send_parts)
        self.process.finished.connect(self._finished)
        self.process.errorOccurred.connect(self._failed)

    @property
    def alive(self) -> bool:
        return self._link is not None or self._again.isActive()

    @property
    def pid(self) -> int | None:
        return self.process.processId() if self._link else None

    @property
    def elsewhere(self) -> bool:
        """Whether what is started next will be on another computer."""
        return self._where().elsewhere

    # ---- what is asked

    def start(self) -> None:
        """Returns at once; the process is ready some seconds later, and takes commands meanwhile."""
        if not self.alive:
            self._connect()
            self.started.emit()

    def send(self, command: Command) -> None:
        """Starts the process where there is none, but not to stop something, and never waits.

        What is sent to a process that has just died is lost; its death is told.
        """
        if not isinstance(command, Stop):
            self.start()
        if self._link is not None and self._link.greeted:
            self._link.send(command)
        elif self.alive:
            self._waiting.append(command)

    def answer(self, weights: str, send: bool) -> None:
        """What the artist says to `model_lacking`."""
        if self._link is not None and self._link.models is not None:
            if send:
                self._link.parts = self._link.models.parts(weights)
                self._send_parts()
            else:
                self._link.models.refused(weights)

    def close(self) -> None:
        """Ends the process, whatever it is doing; nothing is told any more."""
        self._again.stop()
        self._waiting.clear()
        self._tries = 0
        self._end()

    # ---- the process

    def _connect(self) -> None:
        place = self._where()
        self._link = link = _Link(place, self._write, self.replied.emit, self.model_lacking.emit)
        if place.problem:
            QTimer.singleShot(0, self, lambda: self._ended(place.problem) if link is self._link else None)
            return
        environment = QProcessEnvironment()
        for name, value in place.environment().items():
            environment.insert(name, value)
        self.process.setProcessEnvironment(environment)
        program, *arguments = place.arguments()
        self.process.start(program, arguments)

    def _end(self) -> None:
        self._link = None
        self._more.stop()
        self.process.kill()
        self.process.waitForFinished(KILLED)

    def _finished(self, code: int, status: QProcess.ExitStatus) -> None:
        """The process is dead; what it had told before comes first, and may end it in another way."""
        link = self._link
        self._read_errors()
        self._read(sys.maxsize)
        if link is not None and link is self._link:
            signal = status == QProcess.ExitStatus.CrashExit
            how = link.place.how_it_ended(-code if signal else code, link.said[:200], link.greeted)
            self._ended(link.reason or how)

    def _failed(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart and self._link:
            program = self._link.place.arguments()[0]
            self._ended(tr("{program} could not be started.").format(program=program))

    def _ended(self, reason: str) -> None:
        """By itself: told, but where a connection that was there can be made again."""
        greeted = self._link is not None and self._link.greeted
        self._end()
        if not greeted and self._tries:
            self._again.start(round(1000 * AGAIN[-self._tries]))
            self._tries -= 1
            return
        self._waiting.clear()
        self.lost.emit(reason)

    # ---- what is written and read

    def _write(self, command: Command | ModelCommand) -> None:
        self.process.write(encode(command))

    def _send_parts(self) -> None:
        """A model, piece by piece as the pipe takes it, so that commands find their way in between."""
        while self._link and self.process.bytesToWrite() < AHEAD and (part := next(self._link.parts, None)):
            self._write(part)

    def _read(self, most: int = MESSAGES_AT_ONCE) -> None:
        data = bytes(self.process.readAllStandardOutput().data())
        link = self._link
        try:
            for _ in range(most):
                if link is None or link is not self._link or (reply := link.read(data)) is None:
                    return  # a listener may have ended it
                data = b""
                self._take(link, reply)
        except Garbled as error:
            self._ended(str(error))
            return
        self._more.start()

    def _take(self, link: "_Link", reply: Reply | Greeting) -> None:
        if isinstance(reply, Hello):
            self._tries = len(AGAIN) if link.place.elsewhere else 0
            waiting, self._waiting = self._waiting, []
            for command in waiting:
                link.send(command)
        elif not isinstance(reply, ModelFound):
            self.replied.emit(reply)

    def _read_errors(self) -> None:
        text = bytes(self.process.readAllStandardError().data()).decode("utf-8", "replace")
        if self._link:
            self._link.said = next(
                (line.strip() for line in reversed(text.splitlines()) if line.strip()), self._link.said
            )
        if sys.stderr is not None:
            sys.stderr.write(text)


class _Link:
    """What is known of one process, from its start to its end.

    greeted: the engine has said that it is there. reason: what it has said before it ended. said: the last line on its
    standard error. models: of an engine elsewhere. parts: of a model that is being sent.
    """

    def __init__(
        self, place: EnginePlace, write: Callable[[Command | ModelCommand], None], tell: Callable[[Reply], None],
        ask: Callable[[LackingModel], None],
    ):  # fmt: skip
        self.place, self.greeted, self.reason, self.said = place, False, "", ""
        self.models = RemoteModels(place.host, write, tell, ask) if place.elsewhere else None
        self.send: Callable[[Command], None] = self.models.send if self.models else write
        self.parts: Iterator[ModelPart] = iter(())
        self._reader = MessageReader(REPLIES)

    def read(self, data: bytes) -> Reply | Greeting | None:
        """The next reply, as if it had come from here, once it is whole."""
        self._reader.feed(data)
        reply = self._reader.next()
        if isinstance(reply, Hello):
            self.greeted = True
        elif isinstance(reply, Broken):
            self.reason = reply.sentence
        elif isinstance(reply, Ready) and self.place.elsewhere:
            reply = replace(reply, device=tr("{device} on {host}").format(device=reply.device, host=self.place.host))
        elif isinstance(reply, ModelLoaded | ModelFound) and self.models:
            reply = self.models.understood(reply)
        return reply
