"""Drives the real window while it paints in the hand of a large picture, kills it, opens its file, and compares.

    xvfb-run -a -s "-screen 0 1600x1000x24" python tests/driven/follow_by_hand.py PICTURE FOLDER [MODEL [WIDTH HEIGHT]]

A region on two sides of the picture is painted, one patch of it again; it is accepted, undone, done again and saved.
Another region is begun, and the program is killed amid it: the file has the same pixels, and goes on.
"""

import json
import os
import signal
import subprocess
import sys
import zlib
from pathlib import Path
from typing import Any

from paint_by_hand import Hand
from PySide6.QtCore import QPoint, QPointF
from PySide6.QtWidgets import QApplication

from app import theme
from app.document import Document, Region
from app.jobs.engine_process import Engine
from app.jobs.queue import JobQueue
from app.panels.recipe import RecipePanel
from app.session import Session
from app.settings import Settings
from app.window import Window
from engine.request import Box

LONG = 600  # seconds; other work may have most of the processor
NAME = "followed.handscroll"


def check(document: Document, box: Box) -> int:
    return zlib.crc32(document.read(box).tobytes())


def layer_check(document: Document, job: int) -> int:
    return zlib.crc32(document.read_layer(document.jobs.get(job).layer, document.jobs.get(job).region.box).tobytes())


class Desk:
    """A window with the real engine in its process, and hands on it."""

    def __init__(self, folder: Path, model: str, size: tuple[int, int], document: Document | None = None):
        self.folder = folder
        self.app = QApplication(sys.argv[:1])
        settings = Settings()
        theme.apply(self.app, settings)
        self.session = Session(JobQueue(Engine(), settings.get, settings_set=settings.set), settings, document)
        self.session.set_options(model=model, variants=1, seed=7, seed_locked=True)
        self.window = Window(self.session)
        self.window.resize(*size)
        self.window.show()
        self.hand, self.failures = Hand(self.app), []
        self.session.failed.connect(self.failures.append)
        self.hand.wait(0.5)

    def shot(self, name: str) -> None:
        self.hand.wait(0.3)
        self.window.grab().save(str(self.folder / f"{name}.png"))

    def until_done(self) -> None:
        groups = self.session.staging.groups
        assert self.hand.until(lambda: groups() and groups()[0].state in ("done", "failed"), LONG), "it takes too long"
        assert groups()[0].state == "done", groups()[0].shown.message

    def at(self, x: float, y: float) -> QPoint:
        return self.window.view.mapToGlobal(self.window.view.to_widget(x, y).toPoint())

    def frame(self, box: Box) -> None:
        self.hand.press("c")
        self.hand.drag(QPointF(self.at(box.x, box.y)), QPointF(self.at(box.right, box.bottom)))

    def point_at(self, box: Box) -> None:
        at = self.at(box.x + box.width / 2, box.y + box.height / 2)
        self.hand._do("mousemove", str(at.x()), str(at.y()))
        self.hand.wait(0.4)


def paint(picture: Path, folder: Path, model: str, size: tuple[int, int]) -> None:
    """Says what it has promised, and paints until it is killed."""
    desk = Desk(folder, model, size)
    session, hand, window = desk.session, desk.hand, desk.window
    session.documents.open(picture)
    assert hand.until(lambda: not session.document.bounds.empty and not session.documents.placer.busy, 60)
    bounds = session.document.bounds
    corner = Box(bounds.right - 256, bounds.bottom - 320, 640, 640)  # on two sides of the picture
    window.view.fit(Box(bounds.x, bounds.y, bounds.width + 640, bounds.height + 512).grow(32))
    hand.until(lambda: session.queue.status.state == "ready", 120)
    desk.frame(corner)
    assert session.region is not None
    session.set_region(Region(corner))  # to the pixel, whatever the zoom is
    assert hand.until(lambda: session.sketch is not None and session.estimate is not None, LONG)
    assert session.estimate is not None
    patches = session.estimate.patches
    desk.shot("1-region")
    known = check(session.document, bounds)
    told: list[object] = []
    session.queue.painted.connect(lambda job, event: told.append(event))
    hand.press("ctrl+Return")
    assert hand.until(lambda: len(told) >= max(2, patches // 2), LONG)
    desk.shot("2-painting")
    desk.until_done()
    desk.shot("3-done")
    first = session.staging.groups()[0].shown
    before = layer_check(session.document, first.id)
    box = session.document.jobs.doubts(first.id)[0][0]
    hand.press("shift+r")
    desk.point_at(box)
    hand._do("click", "1")
    assert hand.until(lambda: len(session.staging.groups()[0].jobs) == 2, 10), "no patch was painted again"
    desk.until_done()
    desk.shot("4-painted-again")
    again = session.staging.groups()[0].shown
    differs = layer_check(session.document, again.id) != before == layer_check(session.document, first.id)
    hand.press("F7")
    recipe = window.docks.panels["recipe"]
    assert isinstance(recipe, RecipePanel)
    for number in range(20):
        boxes = [each for each, _ in session.document.jobs.doubts(again.id)]
        desk.point_at(boxes[number % len(boxes)])
        if session.staging.sources:
            break
    desk.shot("5-taken-from")
    sources = [recipe.facts[name].text() for name in ("Taken from", "Painted at")]
    window.view.setFocus()
    hand.press("Return")
    assert hand.until(lambda: not session.staging.groups(), 10)
    accepted = check(session.document, corner)
    hand.press("ctrl+z")
    undone = check(session.document, corner)
    hand.press("ctrl+shift+z")
    redone = check(session.document, corner)
    session.documents.save_as(folder / NAME)
    unchanged = check(session.document, bounds) == known
    told.clear()
    left = Box(bounds.x - 384, bounds.y, 384, 384)
    window.view.fit(left.grow(256))
    hand.wait(0.2)
    desk.frame(left)
    hand.press("ctrl+Return")
    assert hand.until(lambda: len(told) >= 1, LONG)
    job = session.staging.groups()[0].shown.id
    kept = layer_check(session.document, job)
    said = {
        "patches": [patches, len(session.document.patches_in(corner))], "differs": differs, "sources": sources,
        "known_unchanged": unchanged, "undone_is_other": undone != accepted, "redone_is_the_same": redone == accepted,
        "accepted": accepted, "corner": list(corner), "job": job, "kept": kept, "failures": desk.failures,
    }  # fmt: skip
    print(json.dumps(said), flush=True)
    hand.wait(LONG)


def go_on(folder: Path, model: str, size: tuple[int, int], said: dict[str, Any]) -> dict[str, Any]:
    """What the file holds after the program was killed, and whether it goes on."""
    desk = Desk(folder, model, size, Document.open(folder / NAME))
    session, job = desk.session, said["job"]
    same = check(session.document, Box(*said["corner"])) == said["accepted"]
    kept = layer_check(session.document, job) == said["kept"]
    session.queue.resume(job)
    desk.until_done()
    desk.window.view.fit()
    desk.shot("6-gone-on")
    desk.window.files.leave()
    session.queue.close()
    return {**said, "reopened_is_the_same": same, "what_was_kept_is_the_same": kept, "went_on": True}


def main(picture: Path, folder: Path, model: str, size: tuple[int, int]) -> dict[str, Any]:
    folder.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, __file__, str(picture), str(folder), model, *map(str, size), "paint"]
    program = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert program.stdout is not None
    line = program.stdout.readline()
    os.kill(program.pid, signal.SIGKILL)
    program.wait()
    program.stdout.close()
    return go_on(folder, model, size, json.loads(line))


if __name__ == "__main__":
    given = sys.argv[1:]
    model = given[2] if len(given) > 2 else "starter"
    size = (int(given[3]), int(given[4])) if len(given) > 4 else (1600, 1000)
    if given[5:] == ["paint"]:
        paint(Path(given[0]), Path(given[1]), model, size)
    else:
        print(json.dumps(main(Path(given[0]), Path(given[1]), model, size)))
