"""Entries of the menus View and Paint do what they say."""

import pytest

from app.document import Region
from app.session import TOOLS
from engine.request import Box

from .conftest import BESIDE, Stage, noise
from .plays import Plays

PLAYS = Plays()


# ---- view


@PLAYS.of("zoom_in", "zoom_out", "fit", "zoom_100", "zoom_200", "zoom_400", "zoom_800")
def _zoom(stage: Stage) -> None:
    stage.hang()
    ratio = stage.view.devicePixelRatioF()
    for name, scale in (("zoom_100", 1), ("zoom_200", 2), ("zoom_400", 4), ("zoom_800", 8)):
        stage.do(name)
        assert stage.view.camera.scale == pytest.approx(scale * ratio)
    stage.do("zoom_in")
    assert stage.view.camera.scale > 8
    stage.do("zoom_out")
    assert stage.view.camera.scale == pytest.approx(8 * ratio)
    stage.do("fit")
    assert stage.view.visible_box().contains(Box(0, 0, 256, 256))


@PLAYS.of("fit_region")
def _fit_region(stage: Stage) -> None:
    stage.hang()
    stage.session.set_region(Region(Box(9000, 9000, 256, 256)))
    stage.do("fit_region")
    assert stage.view.visible_box().contains(Box(9000, 9000, 256, 256))


@PLAYS.of("rulers", "grid", "minimap", "doubt", "snap")
def _switches(stage: Stage) -> None:
    for name in ("rulers", "grid", "minimap", "doubt", "snap"):
        before = stage.settings.get(name)
        stage.do(name)
        assert stage.settings.get(name) is not before
        assert stage.window.actions_[name].isChecked() is not before
        stage.do(name)
        assert stage.settings.get(name) is before


@PLAYS.of("paper", "checker", "dark", "light", "system")
def _choices(stage: Stage) -> None:
    for name, key in (
        ("checker", "ground"),
        ("paper", "ground"),
        ("light", "theme"),
        ("system", "theme"),
        ("dark", "theme"),
    ):
        stage.do(name)
        stage.do(name)
        assert stage.settings.get(key) == name and stage.window.actions_[name].isChecked()


# ---- paint


@PLAYS.of("paint", "paint_front")
def _paint(stage: Stage) -> None:
    assert not stage.window.actions_["paint"].isEnabled()
    stage.frame()
    for name in ("paint", "paint_front"):
        stage.session.set_region(Region(BESIDE._replace(y=1024 if name == "paint" else 4096)))
        stage.do(name)
        stage.until(lambda: stage.session.staging.current and stage.session.staging.current.state == "done")
    assert len(stage.session.staging.groups()) == 2


@PLAYS.of("pause")
def _pause(stage: Stage) -> None:
    stage.frame()
    stage.session.painting.paint()
    stage.do("pause")
    jobs = stage.session.document.jobs
    stage.until(lambda: {job.state for job in jobs.all()} == {"paused"})
    stage.do("pause")
    stage.until(lambda: {job.state for job in jobs.all()} == {"done"})


@PLAYS.of("frame_right", "frame_left", "frame_up", "frame_down")
def _frames(stage: Stage) -> None:
    stage.hang()
    for name, box in (
        ("frame_right", Box(256, 0, 256, 256)), ("frame_left", Box(-256, 0, 256, 256)),
        ("frame_up", Box(0, -256, 256, 256)), ("frame_down", Box(0, 256, 256, 256)),
    ):  # fmt: skip
        stage.session.set_region(None)
        stage.do(name)
        assert stage.session.region and stage.session.region.box == box
    stage.do("frame_right")
    assert stage.session.region.box == Box(256, 256, 256, 256)


@PLAYS.of("no_region")
def _no_region(stage: Stage) -> None:
    stage.frame()
    stage.do("no_region")
    assert stage.session.region is None


@PLAYS.of("compare")
def _compare(stage: Stage) -> None:
    stage.stage(variants=3)
    stage.do("compare")
    grid = stage.window.variants
    assert grid.isVisible() and [cell.text() for cell in grid.cells] == ["1", "2", "3"]
    bar = stage.window.bar.panel_box()
    assert bar.isValid() and not grid.panel_rect().translated(grid.pos()).intersects(bar)
    grid.cells[2].click()
    assert stage.session.staging.current and stage.session.staging.current.chosen == 2 and grid.cells[2].isChecked()
    stage.do("compare")
    assert not grid.isVisible()


@PLAYS.of("previous", "next", "accept")
def _accept(stage: Stage) -> None:
    stage.stage()
    stage.do("next")
    assert stage.session.staging.current and stage.session.staging.current.chosen == 1
    stage.do("previous")
    assert stage.session.staging.current.chosen == 0
    stage.do("accept")
    assert len(stage.session.document.layers.all()) == 2 and not stage.session.staging.groups()


@PLAYS.of("discard", "bring_back")
def _discard(stage: Stage) -> None:
    stage.stage()
    stage.do("discard")
    assert not stage.session.staging.groups()
    stage.do("bring_back")
    assert len(stage.session.staging.groups()) == 1


@PLAYS.of("one_more", "reroll")
def _one_more(stage: Stage) -> None:
    stage.stage(variants=1)
    stage.do("one_more")
    stage.until(lambda: stage.session.staging.current and stage.session.staging.current.state == "done")
    assert stage.session.staging.current and len(stage.session.staging.current.jobs) == 2
    stage.do("reroll")
    assert stage.window.hands.rerolling
    stage.do("discard")  # Esc ends the picking first
    assert not stage.window.hands.rerolling and stage.session.staging.groups()


@PLAYS.of("propose_marks", "clear_marks")
def _not_from(stage: Stage) -> None:
    """The engine of flat colours takes what is black for a mark."""
    marked = stage.session.document.not_from
    for name in ("propose_marks", "clear_marks"):
        assert not stage.window.actions_[name].isEnabled(), name
    pixels = noise() | 1
    pixels[40:60, 100:130] = 0
    stage.session.documents.place_pixels(pixels, 128, 128, "Sealed")
    stage.do("propose_marks")
    stage.until(lambda: stage.session.marks.any)
    assert marked.box == Box(100, 40, 30, 20) and marked.mask(marked.box).all() and stage.session.tool == "not_from"
    stage.do("clear_marks")
    assert not stage.session.marks.any and not stage.window.actions_["clear_marks"].isEnabled()
    stage.do("undo")
    assert marked.mask(Box(100, 40, 30, 20)).all()
    stage.session.set_tool("region")


@PLAYS.of(*TOOLS)
def _tools(stage: Stage) -> None:
    for name in (*TOOLS, "region"):
        stage.do(name)
        assert stage.session.tool == name
        assert [tool for tool, button in stage.window.palette_.buttons.items() if button.isChecked()] == [name]


@PLAYS.of("smaller", "larger", "swap", "default")
def _brush(stage: Stage) -> None:
    size = stage.session.brush.size
    stage.do("larger")
    assert stage.session.brush.size > size
    stage.do("smaller")
    assert stage.session.brush.size == pytest.approx(size, abs=1)
    stage.do("default")
    before = stage.session.brush
    stage.do("swap")
    assert (stage.session.brush.colour, stage.session.brush.other) == (before.other, before.colour)


@pytest.mark.parametrize("name", PLAYS.once)
def test_what_is_in_the_menus_of_view_and_paint_does_what_it_says(stage: Stage, name: str):
    PLAYS[name](stage)
