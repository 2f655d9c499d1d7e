"""An artist who paints, paints single patches again, undoes, redoes, saves and exports, and never rests.

Says a line for each thing that the program has promised, and one before each step of the history.

Run by kill_at_random.py, which kills it: `python -c "import steady_hand; steady_hand.main()" FILE MODEL STAGES`.
A line on its standard input ends it in good order.
"""

import json
import sys
import zlib
from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtCore import QSocketNotifier, QTimer
from PySide6.QtWidgets import QApplication

from app.document import Document, Job, Region
from app.export import ExportRequest
from app.export.job import ExportJob
from app.jobs.engine_process import Engine
from app.jobs.queue import JobQueue
from app.session import Group, Session, staging
from app.settings import Settings
from engine.request import Box

PICTURE = Box(0, 0, 192, 256)
WIDTH = 192  # of a region, which gives 12 patches of 64 px
VARIANTS = (1, 2)  # of the regions in turn
AGAIN = 100  # added to the seed of a job whose patch is painted again
SAVE, EXPORT, COPY = 300, 100, 900  # ms
PAUSE = 5  # turns between a step of the history and the next
NAMES = 3  # exports go to so many files in turn, the last of them in tiles
TILE = 128


def region(stage: int) -> Box:
    return Box(PICTURE.right + stage * WIDTH, 0, WIDTH, PICTURE.height)


def job_key(job: Job) -> str:
    """The same in every run: where it paints, and its seed."""
    return f"{job.region.box.x}:{job.request['seed']}"


def layer_check(document: Document, job: Job) -> int:
    """Of the pixels in the layer of a job, inside its region."""
    return zlib.crc32(document.read_layer(job.layer, job.region.box).tobytes())


def picture() -> np.ndarray:
    rows, columns = np.mgrid[: PICTURE.height, : PICTURE.width]
    noise = np.random.default_rng(1).integers(0, 40, (PICTURE.height, PICTURE.width, 3))
    return np.clip(np.stack([rows, columns, 255 - rows], 2) * 0.8 + noise, 0, 255).astype(np.uint8)


def say(**words: Any) -> None:
    print(json.dumps(words), flush=True)


class SteadyHand:
    def __init__(self, path: Path, model: str, stages: int):
        self.path, self.stages, self.exports = path, stages, 0
        self.engine, self.told_engine = Engine(), 0
        settings = Settings()
        self.queue = JobQueue(self.engine, settings.get, settings_set=settings.set)
        self.session = Session(self.queue, settings, Document.open(path) if path.exists() else None)
        self.session.set_options(model=model, seed_locked=True)
        self.session.failed.connect(lambda sentence: say(failed=sentence))
        self.queue.failed.connect(lambda job, sentence: QTimer.singleShot(0, lambda: self.session.queue.resume(job)))
        self.queue.painted.connect(self._painted)
        self.export: ExportJob | None = None
        self.undone: set[str] = set()  # what was accepted by this program is undone once
        self.pause = 0
        self.timers: list[QTimer] = []

    def begin(self) -> None:
        session = self.session
        if not session.documents.named:
            session.documents.place_pixels(picture(), PICTURE.width / 2, PICTURE.height / 2, "Picture")
            session.documents.save_as(self.path)
        say(opened=str(session.document.path))
        for job in session.document.jobs.all():
            if job.state in ("paused", "failed") and not job.accepted:
                session.queue.resume(job.id)
        for every, what in ((20, self._go_on), (SAVE, self._save), (EXPORT, self._export), (COPY, self._copy)):
            timer = QTimer(interval=every)
            timer.timeout.connect(what)
            timer.start()
            self.timers.append(timer)

    # ---- painting

    def _go_on(self) -> None:
        """The next thing that an artist would do: paint the next region, or accept what is finished."""
        if self.engine.pid not in (None, self.told_engine):
            self.told_engine = self.engine.pid or 0
            say(engine=self.engine.pid)
        if self.pause:
            self.pause -= 1
        elif self.session.document.history.redo_name:
            self._step("redo", "redone")
        elif self._to_undo():
            self._step("undo", "undone")
        elif group := self.session.staging.current:
            if group.state == "done":
                self._choose(group)
        else:
            self._paint()

    def _paint(self) -> None:
        stage = len(self._accepted())
        if stage == self.stages:
            say(finished=stage)
            self.end()
            return
        self.session.set_options(variants=VARIANTS[stage % len(VARIANTS)], seed=7 + stage)
        self.session.set_region(Region(region(stage)))
        self.session.painting.paint()

    def _choose(self, group: Group) -> None:
        """The first variant, in which one patch is painted again, is the one that comes into the picture."""
        first = group.jobs[0]
        seed = first.request["seed"] + AGAIN
        again = next((job for job in group.jobs if job.request["seed"] == seed), None)
        while self.session.staging.current and self.session.staging.current.shown.id != (again or first).id:
            self.session.staging.next_variant()
        if again is None:
            staging.new_seed = lambda: seed
            self.session.staging.reroll(first.region.box._replace(width=WIDTH // 3))
            self._say_kept("rerolled", self.session.document.jobs.all()[-1])
        else:
            self._accept(again)

    def _accept(self, job: Job) -> None:
        say(accepting=job_key(job))
        self.session.staging.accept()
        if self.session.document.jobs.get(job.id).accepted:
            say(accepted=job_key(job), pixels=layer_check(self.session.document, job))
            self.pause = PAUSE

    def _accepted(self) -> list[Job]:
        return sorted((job for job in self.session.document.jobs.all() if job.accepted), key=lambda job: job.region.box)

    def _to_undo(self) -> bool:
        accepted = self._accepted()
        return bool(accepted) and job_key(accepted[-1]) not in self.undone

    def _step(self, step: str, done: str) -> None:
        """Undoes the last acceptance, or does it again."""
        again = [job for job in self.session.document.jobs.all() if job.request["seed"] >= AGAIN]
        of = [job for job in again if not job.accepted] if step == "redo" else self._accepted()[-1:]
        key = job_key(min(of, key=lambda job: job.region.box))
        say(**{f"{step}ing": key})
        getattr(self.session, step)()
        self.undone.add(key)
        say(**{done: key})
        self.pause = PAUSE

    def _say_kept(self, word: str, job: Job, **more: Any) -> None:
        document = self.session.document
        kept = len(document.jobs.painted(job.id))
        say(**{word: job_key(job)}, kept=kept, pixels=layer_check(document, job), **more)

    def _painted(self, number: int, event: Any) -> None:
        tokens = zlib.crc32(np.ascontiguousarray(event.tokens, "<i4").tobytes())
        self._say_kept("painted", self.session.document.jobs.get(number), patch=list(event.patch), tokens=tokens)

    # ---- saving and exporting

    def _save(self) -> None:
        self.session.documents.save()
        say(saved=self.session.documents.saved)

    def _copy(self) -> None:
        path = self.path.with_name(f"copy-{self.path.name}")
        self.session.documents.save_copy(path)
        say(copied=path.name)

    def _export(self) -> None:
        if self.export is not None:
            return
        self.exports += 1
        number = self.exports % NAMES
        path = self.path.with_name(f"{self.path.stem}-{number}.png")
        tiles = (TILE, TILE) if number == NAMES - 1 else None
        self.export = job = ExportJob(self.session.document, ExportRequest(path, tiles=tiles))
        job.done.connect(lambda files: self._exported([file.name for file in files]))
        job.failed.connect(lambda sentence: say(failed=sentence))
        job.start()

    def _exported(self, names: list[str]) -> None:
        if self.export is not None:
            self.export.wait()
            self.export = None
        say(exported=names)

    # ---- the end

    def end(self) -> None:
        for timer in self.timers:
            timer.stop()
        if self.export is not None:
            self.export.cancel()
            self.export.wait()
        self.session.close()
        self.queue.close()
        QTimer.singleShot(0, QApplication.quit)


def main() -> None:
    app = QApplication(sys.argv[:1])
    hand = SteadyHand(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
    hand.begin()
    asked = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
    asked.activated.connect(lambda: (asked.setEnabled(False), hand.end()))
    app.exec()
