"""Sets a still in motion with real mouse and keys through an X server, and prints what happened as one JSON object.

    xvfb-run -a -s "-screen 0 1600x1000x24" python tests/driven/animate_by_hand.py PICTURE FOLDER

A model for films has to be there under the name “film”: the shipped one, or one in the folder of the program's data.
"""

import json
import sys
import time
from pathlib import Path

from paint_by_hand import Hand, Pulse
from PySide6.QtCore import QPoint, QPointF
from PySide6.QtWidgets import QApplication

from app import theme
from app.export.film_dialog import FilmDialog
from app.jobs.engine_process import Engine
from app.jobs.queue import JobQueue
from app.session import Session
from app.session.values import ClipView
from app.settings import Settings
from app.window import Window
from engine.media.video import film_facts, read_film

FRAMES, LONGER = 4, 10


class Artist:
    """A window, hands, and what came of it."""

    def __init__(self, picture: Path, folder: Path):
        self.folder, self.told = folder, dict[str, object]()
        self.app = QApplication(sys.argv[:1])
        settings = Settings()
        settings.set("welcomed", True)
        theme.apply(self.app, settings)
        self.session = Session(JobQueue(Engine(), settings.get, settings_set=settings.set), settings)
        self.failures: list[str] = []
        self.session.failed.connect(self.failures.append)
        self.window = Window(self.session)
        self.window.resize(1600, 1000)
        self.window.show()
        self.session.documents.open(picture)
        self.hand, self.timeline, self.panel = Hand(self.app), self.session.timeline, self.window.timeline
        self.hand.wait(0.5)
        self.window.view.fit()
        assert self.hand.until(lambda: self.session.queue.status.state == "ready", 60), self.session.queue.status

    # ---- hands

    @property
    def clip(self) -> ClipView:
        (clip,) = self.timeline.clips
        return clip

    def click(self, at: QPointF) -> None:
        self.hand.drag(at, at)

    def in_tracks(self, frame: float) -> QPointF:
        """On the screen, the middle of the clip's frames at this height."""
        rect = self.panel.tracks.lanes.clip_rect(self.clip)
        return QPointF(self.panel.tracks.mapToGlobal(QPointF(self.panel.scale.x(frame), rect.center().y())))

    def on_ruler(self, frame: float) -> QPointF:
        return QPointF(self.panel.ruler.mapToGlobal(QPointF(self.panel.scale.x(frame + 0.5), 12)))

    def on(self, widget) -> QPointF:
        return QPointF(widget.mapToGlobal(QPoint(widget.width() // 2, widget.height() // 2)))

    def shot(self, name: str) -> None:
        self.hand.wait(0.3)
        self.window.grab().save(str(self.folder / name))
        self.told.setdefault("screenshots", []).append(name)  # type: ignore[attr-defined]

    def painted(self) -> int:
        return self.timeline.frames.states(self.clip.id).count("done")

    # ---- what an artist does

    def make(self) -> None:
        """A still on the timeline, cut to a few frames by dragging its end."""
        self.click(self.on(self.panel.transport.invitation))  # the keys come to a window that has been pressed
        self.shot("1-empty.png")
        self.hand.press("ctrl+t")
        assert self.hand.until(lambda: len(self.timeline.clips) == 1, 5), self.failures
        end = self.in_tracks(self.clip.end) - QPointF(2, 0)
        self.hand.drag(end, end - QPointF((self.clip.length - FRAMES) * self.panel.scale.per_frame, 0))
        self.told["frames"] = self.clip.length
        self.shot("2-waiting.png")

    def animate(self) -> None:
        """Paints, and scrubs over the ruler meanwhile."""
        pulse, still = Pulse(), self.timeline.frames.pixels(self.clip.id, 0)
        grown, scrubbed = list[int](), set[int]()
        self.timeline.frames_changed.connect(
            lambda clip, numbers: grown.extend(n for n in numbers if self.timeline.frames.growing(clip, n))
        )
        self.timeline.playback.playhead_changed.connect(scrubbed.add)
        self.click(self.on(self.panel.transport.work))
        assert self.hand.until(lambda: self.painted() > 1), self.failures
        pulse.start()
        while self.painted() < self.clip.length and self.timeline.painting.job(self.clip.id):
            self.hand.drag(self.on_ruler(0), self.on_ruler(FRAMES - 1))
        gaps = pulse.stop()
        assert self.hand.until(lambda: self.painted() == self.clip.length), self.failures
        self.told |= {"scrubbed": sorted(scrubbed), "largest_gap_ms": round(max(gaps, default=0.0), 1)}
        self.told["patches_seen_growing"] = len(grown)
        same = still is not None and (self.timeline.frames.pixels(self.clip.id, 0) == still).all()
        self.told["still_unchanged"] = bool(same)
        self.shot("3-painted.png")

    def play(self) -> None:
        shown: list[tuple[float, int]] = []
        self.click(self.on_ruler(0))
        self.timeline.playback.playhead_changed.connect(lambda frame: shown.append((time.monotonic(), frame)))
        self.click(self.on(self.panel.transport.play))
        self.hand.wait(1.5)
        self.click(self.on(self.panel.transport.play))
        self.told["played"] = [frame for _, frame in shown]
        self.told["frames_a_second"] = round((len(shown) - 1) / (shown[-1][0] - shown[0][0]), 1)
        self.click(self.on(self.panel.transport.onion))
        self.click(self.on_ruler(2))
        self.told["onion"] = self.timeline.playback.onion
        self.shot("4-onion.png")
        self.click(self.on(self.panel.transport.onion))

    def extend(self) -> None:
        """Longer by ten frames, painted, and undone."""
        before = [self.timeline.frames.pixels(self.clip.id, number) for number in range(self.clip.length)]
        end = self.in_tracks(self.clip.end) - QPointF(2, 0)
        self.hand.drag(end, end + QPointF(LONGER * self.panel.scale.per_frame, 0))
        self.told["extended"] = self.clip.length
        self.click(self.on(self.panel.transport.work))
        assert self.hand.until(lambda: self.painted() == self.clip.length), self.failures
        self.shot("5-extended.png")
        after = [self.timeline.frames.pixels(self.clip.id, number) for number in range(FRAMES)]
        pairs = zip(before, after, strict=True)
        self.told["earlier_frames_unchanged"] = all(bool((one == other).all()) for one, other in pairs)
        self.hand.press("ctrl+z")
        self.told["undone"] = self.clip.length
        self.hand.press("ctrl+shift+z")
        self.told["redone"] = [self.clip.length, self.painted()]

    def export(self) -> None:
        self.hand.press("ctrl+alt+e")
        assert self.hand.until(lambda: self.window.findChild(FilmDialog) is not None, 5)
        dialog = self.window.findChild(FilmDialog)
        assert dialog is not None
        path = self.folder / "by-hand.mp4"
        dialog.file.setText(str(path))
        self.hand.wait(0.3)
        dialog.grab().save(str(self.folder / "6-export.png"))
        self.click(self.on(dialog.go))
        assert self.hand.until(path.exists, 60), dialog.note.text()
        self.told["film"] = {**film_facts(path), "frames": sum(1 for _ in read_film(path))}

    def keyframe(self) -> None:
        """Other words from a frame on, dragged to another frame, carried back by a key, and taken away again."""
        self.click(self.on_ruler(5))
        self.hand.press("shift+k", "r", "a", "i", "n", "Return")
        places = [self.keyframes()]
        start = self.on_mark(5)
        self.hand.drag(start, start + QPointF(4 * self.panel.scale.per_frame, 0))
        self.shot("7-keyframe.png")
        for key in ("", "Left", "ctrl+z", "ctrl+z"):
            self.hand.press(*filter(None, [key]))
            places.append(self.keyframes())
        self.click(self.on_mark(5))
        self.hand.press("Delete")
        self.told["keyframe"] = [*places, self.keyframes()]

    def keyframes(self) -> list[int]:
        return [each.number for each in self.timeline.keyframes(self.clip.id) if each.prompt == "rain"]

    def on_mark(self, frame: int) -> QPointF:
        """On the screen, the mark of a keyframe."""
        return QPointF(self.panel.tracks.mapToGlobal(self.panel.tracks.lanes.mark(self.clip, frame)))

    def reopen(self) -> None:
        path = self.folder / "by-hand.handscroll"
        self.session.documents.save_as(path)
        self.session.documents.new()
        self.session.documents.open(path)
        self.hand.wait(0.3)
        self.told["reopened"] = [self.clip.length, self.painted()]
        self.session.settings.set("theme", "light")
        self.click(self.on_ruler(3))
        self.shot("8-light.png")
        self.told["failures"] = self.failures
        self.window.files.leave()
        self.session.queue.close()
        self.window.hide()


def main(picture: Path, folder: Path) -> dict:
    artist = Artist(picture, folder)
    for step in (artist.make, artist.animate, artist.play, artist.extend, artist.export, artist.keyframe,
                 artist.reopen):  # fmt: skip
        step()
    return artist.told


if __name__ == "__main__":
    out = Path(sys.argv[2])
    out.mkdir(parents=True, exist_ok=True)
    print(json.dumps(main(Path(sys.argv[1]), out)))
