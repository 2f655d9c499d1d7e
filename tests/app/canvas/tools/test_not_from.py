"""The brush that marks what nothing is to be taken from, and the hatch that shows it."""

import numpy as np

from app.qimages import pixels_of
from engine.request import Box
from tests.app.canvas.conftest import ALT, Easel


def seen(easel: Easel) -> np.ndarray:
    easel.qtbot.wait(300)
    return pixels_of(easel.view.grab().toImage()).astype(int)


def test_the_brush_marks_and_with_alt_takes_back(easel: Easel):
    easel.place()
    easel.session.set_tool("not_from")
    easel.session.set_brush(size=20.0)
    easel.drag((50, 50), (100, 50), (150, 50))
    marked = easel.session.document.not_from
    assert marked.box == Box(40, 40, 120, 20) and easel.history()[-1] == "Do not take from here"
    easel.drag((100, 50), (101, 50), modifiers=ALT)
    assert not marked.mask(Box(95, 45, 10, 10)).any() and marked.mask(Box(60, 45, 10, 10)).all()
    assert easel.session.tool == "not_from" and easel.session.region is None and not easel.failures
    easel.session.undo()
    easel.session.undo()
    assert marked.box.empty


def test_the_hatch_is_seen_only_with_the_brush_in_hand(easel: Easel):
    easel.place()
    easel.view.fit()
    easel.session.set_tool("hand")
    plain = seen(easel)
    easel.session.marks.mark(Box(64, 64, 128, 128), np.ones((128, 128), bool))
    assert np.array_equal(seen(easel), plain)
    for scale in (1.0, 0.25):
        easel.view.zoom_to(scale)
        easel.session.set_tool("hand")
        plain = seen(easel)
        easel.session.set_tool("not_from")
        changed = (seen(easel) != plain).any(2)
        place = easel.view.box_to_widget(Box(64, 64, 128, 128)).toAlignedRect()
        assert changed[place.top() : place.bottom(), place.left() : place.right()].mean() > 0.9
        assert changed.sum() < place.width() * place.height() * 1.3
