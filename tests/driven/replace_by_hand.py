"""Replaces parts of a picture and accepts variants while others are painted, by real mouse and keys.

xvfb-run -a -s "-screen 0 1600x1000x24" sh -c "openbox & python tests/driven/replace_by_hand.py PICTURE FOLDER"
"""

import json
import sys
from pathlib import Path

import numpy as np
from brush_and_layers_by_hand import on_screen
from keys_by_hand import Desk
from PySide6.QtWidgets import QPushButton

from engine.request import Box

EDGE = 8  # px


def shot(desk: Desk, path: Path) -> str:
    desk.hand.wait(0.3)
    desk.window.grab().save(str(path))
    return path.name


def seen(desk: Desk, name: str) -> list[QPushButton]:
    """The buttons over the canvas whose names begin so."""
    buttons = desk.window.view.findChildren(QPushButton)
    return [each for each in buttons if each.isVisible() and each.accessibleName().startswith(name)]


def done(desk: Desk) -> bool:
    group = desk.session.staging.current
    return group is not None and group.state == "done"


def changed(desk: Desk, before: np.ndarray, box: Box) -> list[float]:
    """The shares of pixels that are not what they were: in a box, in the edge around it, and outside of both."""
    bounds = desk.session.document.bounds
    apart = (desk.session.document.read(Box(bounds.x, bounds.y, *before.shape[1::-1])) != before).any(2)
    inside, near = np.zeros(apart.shape, bool), np.zeros(apart.shape, bool)
    inside[box.slices(bounds)] = True
    near[box.grow(EDGE).intersect(bounds).slices(bounds)] = True
    return [float(apart[mask].mean()) for mask in (inside, near & ~inside, ~near)]


def replaced(desk: Desk, folder: Path) -> dict:
    """A frame over the picture is dragged out, painted anew by Ctrl+Enter, accepted, undone and done again."""
    session, hand = desk.session, desk.hand
    session.set_options(feather=EDGE)
    bounds = session.document.bounds
    before = session.document.read(bounds)
    wanted = Box(bounds.x + 96, bounds.y + 32, 64, 64)
    hand.press("c")
    hand.drag(on_screen(desk, wanted.x, wanted.y), on_screen(desk, wanted.right, wanted.bottom))
    region = session.region
    assert region is not None
    assert hand.until(lambda: session.replaces, 10)
    verb, shots = session.painting.verb(), [shot(desk, folder / "replace-1-region.png")]
    hand.press("ctrl+Return")
    assert hand.until(lambda: done(desk), 30)
    staged = changed(desk, before, region.box)
    shots.append(shot(desk, folder / "replace-2-staged.png"))
    hand.press("Return")
    accepted = changed(desk, before, region.box)
    names = [layer.name for layer in session.document.layers.all()]
    hand.press("ctrl+z")
    undone = changed(desk, before, region.box)
    hand.press("ctrl+shift+z")
    return {
        "verb": verb, "staged": staged, "accepted": accepted, "undone": undone, "names": names,
        "redone": changed(desk, before, region.box) == accepted, "screenshots": shots,
    }  # fmt: skip


def half(desk: Desk, folder: Path) -> dict:
    """A frame that lies half on the picture: the button Replace paints all of it."""
    session, hand = desk.session, desk.hand
    bounds = session.document.bounds
    before = session.document.read(bounds)
    wanted = Box(bounds.right - 64, bounds.y, 128, 64)
    hand.drag(on_screen(desk, wanted.x, wanted.y), on_screen(desk, wanted.right, wanted.bottom))
    assert hand.until(lambda: session.holds, 10)
    assert hand.until(lambda: bool(seen(desk, "Replace")), 5)
    name = shot(desk, folder / "replace-3-half.png")
    desk.click(seen(desk, "Replace")[0])
    assert hand.until(lambda: done(desk), 30)
    hand.press("Return")
    box = Box(wanted.x, wanted.y, 64, 64)
    alpha = session.document.read(wanted)[:, :, 3]
    return {"changed": changed(desk, before, box)[0], "whole": bool((alpha == 255).all()), "screenshots": [name]}


def variants(desk: Desk, folder: Path) -> dict:
    """The first of three variants is accepted in its own bar while others are painted and the next frame is drawn."""
    session, hand = desk.session, desk.hand
    session.set_options(variants=3)
    hand.press("c", "ctrl+shift+Left", "ctrl+Return")
    assert hand.until(lambda: session.staging.current is not None, 10)
    assert hand.until(lambda: any(job.state == "done" for job in _jobs(desk)), 60)
    going = [job.state for job in _jobs(desk)]
    hand.press("g")
    hand.wait(0.5)
    shots = [shot(desk, folder / "staging-1-grid.png")]
    grid = desk.window.variants.isVisible()
    hand.press("g", "ctrl+shift+Right")
    framed = session.region is not None
    shots.append(shot(desk, folder / "staging-2-next-frame.png"))
    before = len(session.document.layers.all())
    desk.click(seen(desk, "Accept")[0])
    hand.wait(0.3)
    layers = len(session.document.layers.all()) - before
    states = [job.state for job in session.document.jobs.all() if not job.accepted]
    return {
        "going": going, "grid": grid, "framed": framed, "accepted": layers, "region_stays": session.region is not None,
        "running": states.count("running"), "screenshots": shots,
    }  # fmt: skip


def _jobs(desk: Desk) -> tuple:
    group = desk.session.staging.current
    return () if group is None else group.jobs


def main(picture: Path, folder: Path) -> dict:
    desk = Desk(picture, pace=25)
    told = {"replaced": replaced(desk, folder), "half": half(desk, folder), "variants": variants(desk, folder)}
    desk.window.files.leave()
    desk.session.queue.close()
    return told


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), Path(sys.argv[2]))))
