"""Drives the keys of the real window through an X server with a window manager, and prints what each came to.

    xvfb-run -a -s "-screen 0 1600x1000x24" sh -c "openbox & python tests/driven/keys_by_hand.py PICTURE"

The window manager matters: it takes the keys that are its own before any program sees them.
"""

import json
import sys
from pathlib import Path

from paint_by_hand import Hand
from PySide6.QtWidgets import QApplication, QWidget

from app import theme
from app.document import Region
from app.jobs.queue import JobQueue
from app.panels.lists import RowsView
from app.session import Session
from app.settings import Settings
from app.window import Window
from engine.request import Box
from tests.app.inline_engines import FlatEngine


class Desk:
    def __init__(self, picture: Path, pace: int = 0):
        """pace: ms between two events of the engine."""
        self.app = QApplication(sys.argv[:1])
        settings = Settings()
        theme.apply(self.app, settings)
        self.session = Session(JobQueue(FlatEngine(pace=pace), settings.get, settings_set=settings.set), settings)
        self.window = Window(self.session)
        self.hand = Hand(self.app)
        self.window.resize(1280, 720)
        self.window.show()
        self.session.documents.open(picture)
        self.hand.until(lambda: self.app.activeWindow() is self.window, 10)

    def click(self, widget: QWidget, x: int | None = None, y: int | None = None) -> None:
        middle = widget.rect().center()
        at = widget.mapToGlobal(middle)
        if x is not None and y is not None:
            at += type(at)(x, y) - middle
        self.hand._do("mousemove", str(at.x()), str(at.y()), "click", "1")
        self.hand.wait(0.3)

    @property
    def focus(self) -> str:
        return type(self.app.focusWidget()).__name__

    @property
    def region(self) -> list[int] | None:
        region = self.session.region
        return None if region is None else list(region.box)


def letters(desk: Desk) -> list[str]:
    """The tools after a letter with the keyboard in the list of layers, and in the canvas."""
    rows = desk.window.docks.panels["layers"].findChild(RowsView)
    assert isinstance(rows, RowsView)
    desk.click(rows.viewport(), 80, 12)
    found = [desk.focus]
    for letter in ("b", "c"):
        desk.hand.press(letter)
        found.append(desk.session.tool)
    return [*found, desk.focus]


def frames(desk: Desk) -> list[list[int] | None]:
    found: list[list[int] | None] = []
    for arrow in ("Right", "Left", "Up", "Down"):
        desk.session.set_region(None)
        desk.hand.press(f"ctrl+shift+{arrow}")
        found.append(desk.region)
    desk.session.set_region(None)
    return found


def menus(desk: Desk) -> list[str]:
    """Who has the keyboard after one Esc in an open menu, opened by the mouse and by the keys."""
    bar, found = desk.window.top.menus, []
    first = bar.actionGeometry(bar.actions()[0]).center()
    desk.click(bar, first.x(), first.y())
    for keys in ((), ("Right", "Right"), ("Alt_L",), ("Alt_L", "Down")):
        desk.hand.press(*keys, "Escape")
        found.append(desk.focus)
        if not keys:
            desk.click(bar, first.x(), first.y())
    return found


def delete(desk: Desk) -> list[int]:
    """Layers and transparent pixels after Delete with a region, after undo, and after Delete without."""
    document, found = desk.session.document, []
    bounds = document.bounds
    desk.session.select(document.layers.all()[0].id)
    desk.session.set_region(Region(Box(bounds.x + 16, bounds.y + 16, 32, 16)))
    for keys in (("Delete",), ("ctrl+z",), ("Escape", "Delete")):
        desk.hand.press(*keys)
        found += [len(document.layers.all()), int((document.read(bounds)[:, :, 3] == 0).sum())]
    desk.hand.press("ctrl+z")
    return found


def staged(desk: Desk) -> list[bool]:
    """Whether arrows made a frame while something was painted, and while it was staged."""
    bounds, session = desk.session.document.bounds, desk.session
    session.set_region(Region(Box(bounds.right, bounds.y, 256, 128)))
    desk.hand.press("c", "ctrl+Return", "Down", "Up")
    found = [session.region is not None]
    desk.hand.until(lambda: session.staging.current is not None and session.staging.current.state == "done", 20)
    desk.hand.press("Down", "Up", "Left", "Right")
    return [*found, session.region is not None]


def main(picture: Path) -> dict:
    desk = Desk(picture)
    told = {
        "bounds": list(desk.session.document.bounds), "letters": letters(desk), "frames": frames(desk),
        "menus": menus(desk), "delete": delete(desk), "staged": staged(desk),
    }  # fmt: skip
    desk.window.files.leave()
    desk.session.queue.close()
    return told


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]))))
