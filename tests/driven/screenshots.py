"""Takes the pictures of the manual and the README from the real window and the real engine.

xvfb-run -a -s "-screen 0 1440x900x24" python tests/driven/screenshots.py FOLDER [--model NAME]

The window fits itself into the screen, and the screen of Qt's offscreen platform is small.
"""

import argparse
import json
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app import theme
from app.document import Region
from app.export.dialog import ExportDialog
from app.export.film_dialog import FilmDialog
from app.jobs.engine_process import Engine
from app.jobs.queue import JobQueue
from app.session import Session
from app.settings import Settings
from app.window import Window
from engine.request import Box

SIZE = (1440, 900)
REGION = Box(1280, 0, 384, 768)  # beside the landscape of the welcome document
WITHIN = Box(420, 220, 288, 256)  # a part of it
PATIENCE = 600


class Studio:
    def __init__(self, folder: Path, model: str):
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.app = QApplication([])
        self.settings = Settings()
        theme.apply(self.app, self.settings)
        self.session = Session(JobQueue(Engine(), self.settings.get, settings_set=self.settings.set), self.settings)
        self.session.set_options(model=model, seed=7, seed_locked=True)
        self.window = Window(self.session)
        self.window.resize(*SIZE)
        self.window.show()

    def wait(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.app.processEvents()
            time.sleep(0.002)

    def until(self, done: Callable[[], object]) -> None:
        end = time.monotonic() + PATIENCE
        while not done():
            if time.monotonic() > end:
                raise TimeoutError("painting takes too long")
            self.wait(0.02)

    def shot(self, name: str, widget: QWidget | None = None) -> None:
        self.wait(0.6)
        path = self.folder / f"{name}.webp"
        (widget or self.window).grab().save(str(path), "WEBP", 88)
        print(path.name, flush=True)

    def hover(self, x: float, y: float) -> None:
        at = self.window.view.to_widget(x, y)
        QTest.mouseMove(self.window.view, QPoint(round(at.x()), round(at.y())))


def take(studio: Studio, region: Box) -> None:
    window, session = studio.window, studio.session
    window.files.welcome()
    studio.until(lambda: len(session.document.layers.all()) >= 3)
    studio.wait(3)
    studio.shot("first-start")
    window.view.fit(Box(-40, -40, 1800, 880))
    studio.wait(0.3)
    view, corners = window.view, ((region.x, region.y), (region.right, region.bottom))
    start, end = (QPoint(round(p.x()), round(p.y())) for p in (view.to_widget(*corner) for corner in corners))
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(view, (start + end) / 2)
    QTest.mouseMove(view, end)
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=end)
    assert session.region is not None
    studio.hover(region.x + region.width / 2, region.y + region.height / 2)
    studio.until(lambda: session.sketch is not None)
    studio.shot("region")
    take_replace(studio)
    session.set_region(Region(region))
    session.set_options(variants=2)
    session.painting.paint()
    group = session.staging.groups()[0].number
    plans = session.staging.plans
    studio.until(lambda: group in plans and len(plans[group].done) >= len(plans[group].boxes) // 2)
    studio.shot("painting")
    studio.until(lambda: session.staging.groups()[0].state == "done")
    session.staging.next_variant()
    studio.shot("staging")
    session.settings.set("doubt", True)
    studio.shot("doubt")
    session.settings.set("doubt", False)
    session.staging.accept()
    studio.hover(region.x + 200, region.y + 300)
    studio.shot("accepted")
    session.settings.set("theme", "light")
    studio.shot("light")
    session.settings.set("theme", "dark")
    dialog = ExportDialog(session, window)
    dialog.show()
    studio.wait(0.8)
    studio.shot("export", dialog)
    dialog.close()


def take_replace(studio: Studio) -> None:
    """A frame over the picture, whose part is to be painted anew."""
    session = studio.session
    session.set_region(Region(WITHIN))
    studio.until(lambda: session.replaces and session.sketch is not None)
    studio.shot("replace")


def take_timeline(studio: Studio, picture: Path, region: Box) -> None:
    """The timeline empty, with a clip that waits, under way and done; the last two where a model for films is here."""
    window, session, timeline = studio.window, studio.session, studio.session.timeline
    window.files.open(picture)
    studio.wait(1.5)
    window.view.fit()
    window.toast.let_pass()
    studio.shot("timeline-empty")
    session.set_region(Region(region))
    window.actions_["make_clip"].trigger()
    clip = timeline.selected
    assert clip is not None
    timeline.clip_edits.extend(clip, 12)
    timeline.clip_edits.set_prompt(clip, "clouds drift left")
    timeline.keyframe_edits.set(clip, 8, prompt="clouds drift right")
    window.toast.let_pass()
    studio.shot("timeline-waiting")
    window.files.export_film()
    studio.wait(0.5)
    dialog = window.findChild(FilmDialog)
    assert dialog is not None
    dialog.file.setText(f"{picture.stem}.mp4")
    studio.shot("timeline-export", dialog)
    dialog.reject()
    if any(model.films for model in session.models()):
        timeline.painting.animate(clip)
        studio.until(
            lambda: timeline.frames.states(clip).count("done") > 3 and "painting" in timeline.frames.states(clip)
        )
        timeline.playback.seek(timeline.frames.states(clip).index("painting"))
        studio.shot("timeline-painting")
        studio.until(lambda: set(timeline.frames.states(clip)) == {"done"})
        timeline.playback.seek(5)
        timeline.playback.turn_onion()
        studio.shot("timeline-onion")
    session.settings.set("theme", "light")
    studio.shot("timeline-light")
    session.settings.set("theme", "dark")


def take_study(studio: Studio, picture: Path, minutes: float) -> None:
    """The panel while a picture is learned, and with what has come of it."""
    window, session = studio.window, studio.session
    window.files.open(picture)
    for name, dock in window.docks.docks.items():
        dock.setVisible(name in ("layers", "study", "paint"))
    window.docks.panels["study"].asking.minutes.setValue(round(minutes))  # type: ignore[attr-defined]
    studio.wait(1)
    studio.shot("study-asking")
    session.model_manager.study([picture], "By the Pool", "starter", minutes)
    studies = session.model_manager.studies
    studio.until(lambda: studies.current and (len(studies.current.curve) > 3 or not studies.current.active))
    studio.shot("study")
    studio.until(lambda: studies.current and not studies.current.active)
    studio.shot("study-done")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--model", default="starter")
    parser.add_argument("--study", type=Path, metavar="PICTURE", help="only the study panel, learning this")
    parser.add_argument("--timeline", type=Path, metavar="PICTURE", help="only the timeline, this in motion")
    parser.add_argument("--minutes", type=float, default=10, help="of learning")
    parser.add_argument("--region", type=int, nargs=4, default=REGION)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        os.environ["HANDSCROLL_DATA"] = home
        studio = Studio(asked.folder, asked.model)
        if asked.study:
            take_study(studio, asked.study, asked.minutes)
        elif asked.timeline:
            take_timeline(studio, asked.timeline, Box(*asked.region))
        else:
            take(studio, Box(*asked.region))
        studio.window.files.leave()
        studio.session.queue.close()
        print(json.dumps({"size": SIZE}))


if __name__ == "__main__":
    main()
