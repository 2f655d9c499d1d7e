"""What the view draws is what the document holds, pixel by pixel; staged, growing and changed pixels come at once."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from app import theme
from app.canvas.tiles.tile_loader import Key
from engine.request import Box, Patch, Update

from .view_desk import HIGH, WIDE, Desk, token

ROOT = Path(__file__).parents[3]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> Iterator[Desk]:
    monkeypatch.setenv("HANDSCROLL_DATA", str(tmp_path))
    made = Desk(tmp_path)
    yield made
    made.close()


@pytest.mark.parametrize("far", [0, -70_000, 1_000_000_000])
def test_at_100_percent_every_pixel_is_the_document_s(desk: Desk, far: int):
    desk.noise(far + 37, far - 50, 900, 700)
    desk.corner(far + 60, far - 40)
    expected = desk.session.document.read(Box(far + 60, far - 40, WIDE, HIGH))
    assert np.array_equal(desk.seen(), expected[:, :, :3])
    desk.view.pan(-33, -21)
    desk.rest()
    expected = desk.session.document.read(Box(far + 93, far - 19, WIDE, HIGH))
    assert np.array_equal(desk.seen(), expected[:, :, :3])


def test_panning_and_zooming_draw_what_drawing_anew_does(desk: Desk):
    desk.noise(0, 0, 1500, 1200)
    desk.view.zoom_to(0.61)
    for way in ((13, -7), (-60, 20), (-111, -45)):
        desk.view.pan(*way)
    desk.rest()
    shifted = desk.seen()
    desk.view.sheet.spoil()
    assert np.abs(shifted.astype(int) - desk.seen()).max() <= 1


def test_nothing_is_ground_and_holes_are_paper(desk: Desk):
    desk.noise(0, 0)
    desk.session.document.layers.erase(desk.session.document.layers.all()[0].id, Box(100, 100, 20, 20))
    desk.corner(-50, -50)
    assert desk.at(-20, -20) == token("ground")
    assert desk.at(110, 110) == token("paper")
    desk.settings.set("ground", "checker")
    squares = {desk.at(x, 110) for x in range(100, 120)}
    assert squares == {token(name) for name in ("checker_a", "checker_b")}


@pytest.mark.parametrize("scale", [1.0, 0.5, 0.3, 2.0])
def test_a_finished_patch_is_there_in_the_next_frame(desk: Desk, scale: float):
    desk.noise(0, 0)
    job = desk.stage(Box(300, 0, 256, 200))
    desk.view.zoom_to(scale)
    desk.view.centre_on(350, 100)
    desk.rest()
    desk.patch(job, Box(300, 0, 128, 128), (10, 200, 30))
    assert desk.at(340, 64) == (10, 200, 30)
    desk.rest()
    assert desk.at(340, 64) == (10, 200, 30)


def test_a_growing_patch_is_drawn_until_it_is_finished(desk: Desk):
    desk.noise(0, 0)
    job = desk.stage(Box(300, 0, 256, 200))
    desk.corner(200, 0)
    half = Update(Box(300, 0, 128, 128), np.full((128, 128, 3), (200, 0, 90), np.uint8))
    desk.queue.grown.emit(job, Patch(0, 0), half)
    assert desk.at(350, 64) == (200, 0, 90)
    desk.patch(job, half.box, (1, 2, 3))
    assert desk.at(350, 64) == (1, 2, 3)


def test_accepting_never_shows_a_moment_without_the_picture(desk: Desk):
    desk.noise(0, 0)
    job = desk.stage(Box(300, 0, 384, 200))
    desk.corner(250, -20)
    for column in range(3):
        desk.patch(job, Box(300 + 128 * column, 0, 128, 128), (10, 90, 200), column)
    desk.rest()
    desk.session.document.jobs.set_state(job, "done")
    desk.queue.changed.emit()
    desk.session.staging.accept()
    assert desk.at(340, 60) == desk.at(600, 60) == (10, 90, 200)
    desk.rest()
    assert desk.at(340, 60) == desk.at(600, 60) == (10, 90, 200)
    assert not desk.view.picture.retiring and not desk.failures


def test_a_stroke_is_there_in_the_next_frame_and_exact_afterwards(desk: Desk):
    desk.noise(0, 0, 1200, 800)
    desk.view.zoom_to(0.4)
    desk.view.centre_on(400, 300)
    desk.rest()
    layer = desk.session.document.layers.all()[0].id
    stroke = np.full((40, 60, 4), 255, np.uint8)
    desk.session.layers.stroke(layer, Box(380, 290, 60, 40), stroke)
    assert desk.at(400, 300) == (255, 255, 255)
    desk.rest()
    held = desk.view.pyramid.get(Key(0, 1, 0, 0))
    assert held is not None and held.image is not None and not held.stale


def test_hiding_a_layer_and_undo_reach_the_screen(desk: Desk):
    desk.noise(0, 0)
    desk.corner(-10, -10)
    layer = desk.session.document.layers.all()[0].id
    before = desk.seen()
    desk.session.layers.show(layer, False)
    desk.rest()
    assert desk.at(100, 100) == token("ground")
    desk.session.undo()
    desk.rest()
    assert np.array_equal(desk.seen(), before)


def test_a_document_is_seen_at_once_by_its_preview(desk: Desk, tmp_path: Path):
    desk.noise(0, 0, 3000, 400)
    desk.session.document.save_as(tmp_path / "long.handscroll")
    desk.session.document.save()
    desk.session.documents.new()
    assert desk.view.picture.empty
    desk.session.documents.open(tmp_path / "long.handscroll")
    grey = desk.seen()[HIGH // 2, WIDE // 2]  # noise from afar
    assert np.abs(grey.astype(int) - theme.colour("ground").red()).min() > 40
    desk.rest()
    assert not desk.failures


def test_sharp_on_a_screen_with_twice_the_pixels(tmp_path: Path):
    """In a process of its own: the ratio is chosen when the program starts."""
    code = f"""
import numpy as np, sys
sys.path[:0] = [{str(ROOT)!r}]
from pathlib import Path
from PySide6.QtWidgets import QApplication
app = QApplication([])
from tests.app.canvas.view_desk import Desk, WIDE, HIGH
from engine.request import Box
desk = Desk(Path({str(tmp_path)!r}))
desk.noise(0, 0, 1200, 900)
desk.view.zoom_to(1.0); desk.view.centre_on(600, 450); desk.rest()
ratio = desk.view.devicePixelRatioF()
wide, high = round(WIDE * ratio), round(HIGH * ratio)
left, top = desk.view.camera.left, desk.view.camera.top
print(ratio, np.array_equal(desk.seen(), desk.session.document.read(Box(-left, -top, wide, high))[:, :, :3]))
desk.close()
"""
    for ratio in ("2", "1.5"):
        variables = {"QT_SCALE_FACTOR": ratio, "QT_QPA_PLATFORM": "offscreen", "HANDSCROLL_DATA": str(tmp_path)}
        told = subprocess.run(
            [sys.executable, "-c", code], env=variables, capture_output=True, text=True, timeout=60, cwd=ROOT
        )
        assert told.stdout.split() == [str(float(ratio)), "True"], told.stderr
