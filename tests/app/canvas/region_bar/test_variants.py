"""While some variants are painted others are looked at and accepted; a second bar is there while a region is drawn."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.canvas.region_bar.bar import StagedBar
from app.canvas.variant_grid import VariantGrid
from app.document import Region
from engine.request import Box
from tests.app.inline_engines import FlatPainter

from ..conftest import Easel

BESIDE = Box(256, 0, 256, 256)


def begun(easel: Easel, variants: int = 4) -> None:
    """The first of them is done; the others are paused in the turn in which they were asked for."""
    easel.place()
    easel.paint(BESIDE)
    for _ in range(variants - 1):
        easel.session.staging.one_more()
    easel.session.queue.pause_all()
    group = easel.session.staging.current
    assert group is not None and [job.state for job in group.jobs] == ["done", *["paused"] * (variants - 1)]


def test_a_finished_variant_is_accepted_while_others_wait(easel: Easel) -> None:
    begun(easel)
    group, painting = easel.session.staging.current, easel.bar.painting
    assert group is not None and group.state != "done" and easel.bar.page is painting
    done = next(n for n, job in enumerate(group.jobs) if job.state == "done")
    while easel.session.staging.current and easel.session.staging.current.chosen != done:
        QTest.mouseClick(painting.next, Qt.MouseButton.LeftButton)
    assert painting.back.isVisible() and painting.keep.isVisible()
    easel.session.queue.resume_all()
    QTest.mouseClick(painting.keep, Qt.MouseButton.LeftButton)
    assert len(easel.session.document.layers.all()) == 2 and not easel.session.staging.groups() and not easel.failures
    easel.qtbot.waitUntil(
        lambda: not any(job.state in ("running", "waiting") for job in easel.session.document.jobs.all()), timeout=8000
    )
    easel.session.undo()
    assert easel.session.staging.current is not None and len(easel.session.staging.current.jobs) == 4


def test_the_bar_says_why_the_first_start_takes_long(easel: Easel, painter: FlatPainter) -> None:
    painter.compiles = True
    said: dict[str, str] = {}
    queue, progress = easel.session.queue, easel.bar.painting.progress
    queue.status_changed.connect(lambda: said.update({queue.status.state: progress.text()}))
    easel.place()
    easel.paint(BESIDE)
    assert "only this once" in said["preparing"] and "only this once" not in said["painting"]


def test_the_grid_shows_all_and_enter_accepts_one(easel: Easel) -> None:
    begun(easel, variants=2)
    grid = VariantGrid(easel.session, easel.view)
    grid.toggle()
    assert grid.isVisible() and len(grid.cells) == 2
    assert {cell.text().split(" · ")[0] for cell in grid.cells} == {"1", "2"}
    assert any("paused" in cell.text() for cell in grid.cells)
    easel.session.queue.resume_all()
    easel.qtbot.waitUntil(easel.all_done, timeout=8000)
    easel.qtbot.waitUntil(lambda: [cell.text() for cell in grid.cells] == ["1", "2"], timeout=8000)
    QTest.keyClick(grid.cells[0], Qt.Key.Key_Right)
    assert easel.session.staging.current is not None and easel.session.staging.current.chosen == 1
    seed = easel.session.staging.current.shown.id
    QTest.keyClick(grid.cells[1], Qt.Key.Key_Return)
    assert not grid.isVisible() and easel.session.document.jobs.get(seed).accepted


def test_pictures_of_the_grid_end_where_the_canvas_ends(easel: Easel) -> None:
    """Beside a picture there is nothing on three sides of a region; the empty margin pushed it out of the middle."""
    easel.place()
    easel.place(900, 256, 0, 400, "Far below and wider")
    easel.paint(BESIDE, variants=2)
    grid = VariantGrid(easel.session, easel.view)
    grid.toggle()
    for cell in grid.cells:
        image = cell.icon().pixmap(cell.iconSize()).toImage()
        last = image.width() - 1, image.height() - 1
        assert all(image.pixelColor(x, y).alpha() == 255 for x in (0, last[0]) for y in (0, last[1]))


def test_staged_variants_have_their_bar_while_a_region_is_drawn(easel: Easel) -> None:
    easel.place()
    bar = StagedBar(easel.session, easel.view, easel.toolbox, easel.bar)
    easel.paint(BESIDE, variants=2)
    assert not bar.isVisible() and easel.bar.page is easel.bar.staging
    easel.session.set_region(Region(Box(0, 256, 256, 256)))
    assert easel.bar.page is easel.bar.setup and bar.isVisible() and bar.page is bar.staging
    assert not bar.panel_box().intersects(easel.bar.panel_box())
    QTest.mouseClick(bar.staging.next, Qt.MouseButton.LeftButton)
    assert easel.session.staging.current is not None and easel.session.staging.current.chosen == 1
    QTest.mouseClick(bar.staging.accept, Qt.MouseButton.LeftButton)
    assert len(easel.session.document.layers.all()) == 2 and easel.session.region is not None and not bar.isVisible()


def test_a_long_reason_leaves_room_for_the_buttons(easel: Easel, painter: FlatPainter) -> None:
    painter.failures = {0: ValueError("could not broadcast input array " * 12)}
    easel.place()
    easel.session.set_region(Region(BESIDE))
    easel.session.painting.paint()
    easel.qtbot.waitUntil(lambda: any(job.state == "failed" for job in easel.session.document.jobs.all()), timeout=8000)
    page = easel.bar.painting
    assert page.hold.text() == "Try again" and page.progress.text().endswith("…")
    assert page.progress.sizeHint().width() < 480 and "broadcast" in page.progress.toolTip()
