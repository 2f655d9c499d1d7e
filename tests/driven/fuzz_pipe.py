"""Both ends of the pipe between window and engine, as `fuzz` feeds them: what can still be read is done."""

import os
from collections.abc import Callable
from pathlib import Path
from queue import SimpleQueue
from typing import Any

import numpy as np
from PySide6.QtWidgets import QApplication

from app.document import Document
from app.jobs.active_run import Active
from app.jobs.model_store import ModelStore
from app.jobs.protocol import (
    Check,
    Failed,
    FindMarks,
    FindModel,
    FirstStart,
    Hello,
    Learn,
    MarksFound,
    ModelFound,
    ModelLoaded,
    ModelPart,
    Paint,
    Ready,
    RunEvent,
    Sketch,
    Sketched,
    Stop,
    Warm,
)
from app.jobs.queue import JobQueue
from app.jobs.request_codec import to_dict
from app.jobs.scheduler import Scheduler
from app.jobs.wire import REPLIES, Message, MessageReader
from app.jobs.worker import read_commands
from engine.request import (
    Area,
    Box,
    Finished,
    Followed,
    FramePainted,
    KnownPicture,
    PaintRequest,
    Patch,
    PatchGrown,
    PatchPainted,
    PatchStarted,
    Planned,
    Taken,
    Update,
    UserError,
)
from engine.study_request import StudyRequest
from tests.app.inline_engines import FlatEngine, FlatPainter

MOST = 2048  # px to the side of what is painted of a request that was read
KNOWN = KnownPicture(Box(0, 0, 16, 8), np.full((8, 16, 3), 90, np.uint8), np.ones((8, 16), bool))
REQUEST = PaintRequest(Box(0, 0, 128, 64), (KNOWN,), anchor=(0, 0), not_from=(Area(Box(0, 0, 9, 9)),))
COMMANDS_SENT: tuple[Message, ...] = (
    Paint(1, REQUEST, "starter", "cpu"), Sketch.of(1, REQUEST, "starter", "cpu"), FindMarks(2, KNOWN), Stop(1),
    Learn(1, StudyRequest(("a.png",), "study", "out", "work")), Check(3, "folder"), FindModel("0" * 64),
    ModelPart("0" * 64, "config.json", b"{}"), Warm("starter"),
)  # fmt: skip
BOX = Box(64, 0, 8, 8)
PIXELS = np.zeros((8, 8, 4), np.uint8)
PAINTED = PatchPainted(
    Patch(1, 0), (Update(BOX, PIXELS[..., :3]),), np.zeros((16, 16), np.int32), 2.0, (Taken(BOX, BOX, "a picture"),)
)
EVENTS = (
    Planned(2, 0, 1, (BOX,)), PatchStarted(Patch(1, 0), BOX), PatchGrown(Patch(1, 0), Update(BOX, PIXELS)), PAINTED,
    FramePainted(0, PIXELS[..., :3]), Finished(1, 0, Followed(2.0, 9, 0.5, 0.1, (3, 4))),
)  # fmt: skip
REPLIES_SENT: tuple[Message, ...] = (
    *(RunEvent(1, event, 0.5) for event in EVENTS), Ready("CPU", "it is there"), FirstStart(),
    Failed(1, "memory", "Too much.", 4),
    ModelLoaded("starter", 1.0, 1.0, 4, ("river",)), Sketched(1, Planned(2, 0, 1, (BOX,))), Hello(),
    MarksFound(1, np.ones((8, 8), bool)), ModelFound("0" * 64, True),
)  # fmt: skip


os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


class PipeEnds:
    """sides: what is sent to each end, and the end, which takes bytes and raises UserError where they say nothing."""

    def __init__(self, folder: Path):
        self._app = QApplication.instance() or QApplication([])  # for the timers of the queue
        self._stream = folder / "stream"
        self._document, self._queue = Document.new(), JobQueue(FlatEngine(), {"device": "cpu"}.get)
        self._queue.bind(self._document)
        self.sides: tuple[tuple[tuple[Message, ...], Callable[[bytes], None]], ...] = (
            (COMMANDS_SENT, self.at_the_engine), (REPLIES_SENT, self.at_the_window),
        )  # fmt: skip

    def at_the_engine(self, data: bytes) -> None:
        self._stream.write_bytes(data)
        stream = os.open(self._stream, os.O_RDONLY)
        inbox, told = SimpleQueue[Any](), list[Any]()
        try:
            code = read_commands(stream, inbox, told.append)
        finally:
            os.close(stream)
        store, turns = ModelStore(), Scheduler(FlatPainter(64), told.append)
        while not inbox.empty():
            command = inbox.get()
            if isinstance(command, FindModel | ModelPart):
                store.answer(command)
            elif not isinstance(command, Paint | Sketch) or max(command.request.target[2:]) <= MOST:
                turns.take(command)
        for _ in range(40):
            if not turns.idle:
                turns.step()
        if code:
            raise UserError(told[0].sentence)

    def at_the_window(self, data: bytes) -> None:
        """With a job whose run is under way."""
        jobs, reader = self._document.jobs, MessageReader(REPLIES)
        job = jobs.add(to_dict(REQUEST, "starter"), REQUEST.target)
        jobs.set_state(job.id, "paused")
        self._queue._dispatcher.runs = {1: Active(1, job.id, "starter", {})}
        try:
            reader.feed(data)
            while (reply := reader.next()) is not None:
                self._queue._events.on_reply(reply)
                self._queue.inquiries.on_reply(reply)
        finally:
            self._queue._dispatcher.runs = {}
            jobs.remove(job.id)
