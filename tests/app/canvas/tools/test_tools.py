"""Tools driven as the view drives them: regions, free forms, moving, keys that are tapped or held."""

import numpy as np
import pytest
from PySide6.QtCore import Qt

from app.canvas.tools.freehand_selection import joined
from app.canvas.tools.region_geometry import GRIPS, connected, grip_place, hole_at, stretched
from app.document import Region
from engine.request import Box
from tests.app.canvas.conftest import ALT, SHIFT, Easel

CTRL = Qt.KeyboardModifier.ControlModifier


# ---- the frame


@pytest.mark.parametrize(
    ("grip", "to", "expected"),
    [
        ((1, 1), (300, 200), Box(0, 0, 300, 200)),
        ((-1, -1), (-40, 20), Box(-40, 20, 140, 80)),
        ((1, 0), (160, 999), Box(0, 0, 160, 100)),
        ((0, -1), (999, 40), Box(0, 40, 100, 60)),
        ((1, 1), (-60, -30), Box(-60, -30, 60, 30)),  # past the corner that stays
        ((1, 0), (3, 0), Box(0, 0, 16, 100)),  # never thinner than a step
    ],
)
def test_a_grip_pulls_its_own_edges(grip: tuple[int, int], to: tuple[int, int], expected: Box):
    assert stretched(Box(0, 0, 100, 100), grip, *to) == expected


def test_a_square_from_the_middle():
    assert stretched(Box(0, 0, 100, 100), (1, 1), 120, 60, square=True) == Box(0, 0, 120, 120)
    assert stretched(Box(0, 0, 100, 100), (1, 1), 130, 110, centred=True) == Box(-30, -10, 160, 120)
    assert stretched(Box(0, 0, 100, 100), (-1, 1), -20, 110, square=True, centred=True) == Box(-20, -20, 140, 140)
    assert stretched(Box(0, 0, 100, 100), (0, 1), 0, 120, centred=True) == Box(0, -20, 100, 140)


def test_connected_parts_follow_a_winding_way():
    free = np.ones((30, 30), bool)
    free[4::4, :-1] = False
    free[6::8] = free[6::8]
    free[8::8, 0], free[8::8, -1] = True, False
    found = connected(free, 0, 0)
    assert found.sum() == free.sum()
    free[16] = False
    assert connected(free, 0, 0)[17:].sum() == 0


# ---- the region tool


def test_a_region_is_dragged_out_on_the_grid(easel: Easel):
    easel.drag((3, 5), (100, 90), (210, 130))
    assert easel.box == Box(0, 0, 208, 128)
    easel.session.settings.set("snap", False)
    easel.drag((303, 305), (400, 390), (511, 431))
    assert easel.box == Box(303, 305, 208, 126)


def test_shift_makes_a_square_and_alt_starts_in_the_middle(easel: Easel):
    easel.drag((0, 0), (200, 100), modifiers=SHIFT)
    assert easel.box == Box(0, 0, 208, 208)
    easel.drag((304, 304), (352, 336), modifiers=ALT)
    assert easel.box == Box(256, 272, 96, 64)


def test_a_modifier_acts_before_the_pointer_moves_again(easel: Easel):
    easel.point("press", 0, 0)
    easel.point("move", 208, 96)
    assert easel.box == Box(0, 0, 208, 96)
    easel.key(Qt.Key.Key_Shift)
    assert easel.box == Box(0, 0, 208, 208)
    easel.key(Qt.Key.Key_Shift, SHIFT, pressed=False)
    assert easel.box == Box(0, 0, 208, 96)
    easel.point("release", 208, 96)


def test_all_eight_grips_pull_and_the_inside_carries(easel: Easel):
    easel.view.centre_on(200, 200)
    for grip in GRIPS:
        easel.session.set_region(Region(Box(96, 96, 192, 192)))
        x, y = grip_place(Box(96, 96, 192, 192), grip)
        easel.drag((x, y), (x + 32 * grip[0], y + 32 * grip[1]))
        left, top = 96 - 32 * (grip[0] < 0), 96 - 32 * (grip[1] < 0)
        assert easel.box == Box(left, top, 192 + 32 * abs(grip[0]), 192 + 32 * abs(grip[1]))
    easel.session.set_region(Region(Box(96, 96, 192, 192)))
    easel.drag((190, 200), (230, 150), (240, 153))
    assert easel.box == Box(144, 48, 192, 192)


def test_esc_takes_a_gesture_back_and_then_the_region(easel: Easel):
    easel.drag((0, 0), (128, 128))
    easel.point("press", 64, 64)
    easel.point("move", 300, 300)
    assert easel.box != Box(0, 0, 128, 128)
    assert easel.key(Qt.Key.Key_Escape)
    assert easel.box == Box(0, 0, 128, 128) and not easel.toolbox.busy
    easel.point("move", 500, 500)
    assert easel.box == Box(0, 0, 128, 128)
    easel.key(Qt.Key.Key_Escape)
    assert easel.box is None
    assert not easel.key(Qt.Key.Key_Escape)


def test_a_click_beside_the_region_gives_it_up(easel: Easel):
    easel.drag((0, 0), (128, 128))
    easel.drag((300, 300), (301, 300))
    assert easel.box is None


def test_a_double_click_fits_the_region_to_a_hole(easel: Easel):
    layer = easel.place(400, 300, x=-100, y=-50)
    easel.session.layers.erase(layer, Box(37, 41, 90, 60))
    easel.session.set_region(None)
    easel.drag((60, 60), (60, 60), clicks=2)
    assert easel.box is not None and easel.box.contains(Box(37, 41, 90, 60))
    assert easel.box.width <= 128 and easel.box.height <= 96
    easel.drag((-90, -40), (-90, -40), clicks=2)
    assert easel.box is None, "there is no hole: the frame goes"


def test_a_hole_in_a_large_picture_is_found_in_coarse_pixels(easel: Easel):
    layer = easel.place(2048, 1024)
    easel.session.layers.erase(layer, Box(700, 300, 200, 100))
    found = hole_at(easel.session.document, 750, 350)
    assert found.contains(Box(700, 300, 200, 100)) and found.width <= 208
    assert hole_at(easel.session.document, 10, 10).empty and hole_at(easel.session.document, -10, 10).empty


def test_arrow_keys_make_move_and_stretch_a_region(easel: Easel):
    easel.place(300, 200)
    assert easel.key(Qt.Key.Key_Right)
    assert easel.box == Box(304, 0, 512, 208), "beside the picture, on the side of the arrow"
    easel.key(Qt.Key.Key_Left)
    assert easel.box == Box(288, 0, 512, 208)
    easel.key(Qt.Key.Key_Down, SHIFT)
    assert easel.box == Box(288, 0, 512, 224)
    easel.key(Qt.Key.Key_Up, CTRL)
    assert easel.box == Box(288, -128, 512, 224)
    for _ in range(40):
        easel.key(Qt.Key.Key_Left, SHIFT)
    assert easel.box == Box(288, -128, 16, 224)


# ---- free forms


def test_the_lasso_marks_what_it_goes_round(easel: Easel):
    easel.session.set_tool("lasso")
    easel.drag((32, 32), (160, 32), (160, 160), (32, 160))
    region = easel.session.region
    assert region is not None and region.mask is not None
    assert region.box == Box(32, 32, 128, 128) and region.mask.all()
    easel.drag((160, 32), (288, 32), (160, 160), modifiers=SHIFT)
    region = easel.session.region
    assert region is not None and region.mask is not None and region.box == Box(32, 32, 256, 128)
    assert region.mask[5, 250] == region.mask[60, 150] and not region.mask[120, 250]
    easel.drag((0, 0), (96, 0), (96, 400), (0, 400), modifiers=ALT)
    region = easel.session.region
    assert region is not None and region.mask is not None and not region.mask[:, :64].any() and region.mask[50, 80]
    easel.drag((0, 0), (1, 0))
    assert easel.session.region is None


def test_the_region_brush_adds_and_with_alt_takes_away(easel: Easel):
    easel.session.set_tool("region_brush")
    easel.session.set_brush(size=40.0)
    easel.drag((100, 100), (300, 100))
    first = easel.session.region
    assert first is not None and first.mask is not None
    assert int(first.mask.sum()) == pytest.approx(200 * 40 + np.pi * 400, rel=0.02)
    easel.drag((100, 200), (300, 200))
    second = easel.session.region
    assert second is not None and second.mask is not None and second.mask.sum() == pytest.approx(2 * first.mask.sum())
    easel.drag((100, 100), (300, 100), modifiers=ALT)
    third = easel.session.region
    assert (
        third is not None and third.mask is not None and third.mask.sum() == pytest.approx(first.mask.sum(), rel=0.01)
    )
    easel.drag((100, 200), (300, 200), modifiers=ALT)
    assert easel.session.region is None, "nothing is left"


def test_a_form_is_stretched_and_carried_with_its_frame(easel: Easel):
    mask = np.zeros((64, 64), bool)
    mask[:32] = True
    easel.session.set_region(Region(Box(0, 0, 64, 64), mask))
    easel.drag((64, 64), (128, 128))
    region = easel.session.region
    assert region is not None and region.mask is not None and region.mask.shape == (128, 128)
    assert region.mask[:64].all() and not region.mask[64:].any()
    easel.drag((40, 40), (72, 40))
    assert easel.box == Box(32, 0, 128, 128)
    easel.drag((60, 60), (60, 60), clicks=2)
    assert easel.session.region is not None and easel.session.region.mask is None, "a frame again"


def test_forms_too_far_apart_are_told_of(easel: Easel):
    near = Region(Box(0, 0, 16, 16), np.ones((16, 16), bool))
    easel.session.set_tool("lasso")
    easel.session.set_region(near)
    far = 10_000_000
    easel.view.centre_on(far, far)
    easel.drag((far, far), (far + 64, far), (far + 64, far + 64), modifiers=SHIFT)
    assert len(easel.failures) == 1 and "too far apart" in easel.failures[0]
    assert easel.session.region is near and not easel.toolbox.busy
    assert joined(None, near, False, True) is None


# ---- moving


def test_the_highest_layer_with_a_pixel_there_is_moved(easel: Easel):
    low = easel.place(256, 256)
    high = easel.place(128, 128, x=64, y=64, name="High")
    easel.session.layers.erase(high, Box(64, 64, 32, 32))
    easel.session.set_tool("move")
    before = len(easel.history())
    easel.drag((150, 150), (170, 150), (203, 161))
    layers = {layer.id: layer for layer in easel.session.document.layers.all()}
    assert (layers[high].x, layers[high].y) == (48, 16) and (layers[low].x, layers[low].y) == (0, 0)
    assert easel.history()[before:] == ["Move layer"] and easel.session.selected == high
    easel.drag((130, 90), (130, 130))
    assert easel.session.selected == low, "through the hole of the higher one"
    easel.session.layers.lock(low, True)
    easel.drag((10, 60), (100, 60))
    assert easel.session.selected is None


def test_esc_puts_a_layer_back(easel: Easel):
    layer = easel.place()
    easel.session.set_tool("move")
    easel.point("press", 100, 100)
    easel.point("move", 180, 100)
    assert easel.session.document.layers.get(layer).x == 80
    easel.key(Qt.Key.Key_Escape)
    assert easel.session.document.layers.get(layer).x == 0


def test_arrow_keys_nudge_the_selected_layer(easel: Easel):
    layer = easel.place()
    easel.session.set_tool("move")
    easel.key(Qt.Key.Key_Left)
    easel.key(Qt.Key.Key_Down, SHIFT)
    moved = easel.session.document.layers.get(layer)
    assert (moved.x, moved.y) == (-1, 16)


def test_the_hand_drags_the_canvas(easel: Easel):
    easel.session.set_tool("hand")
    before = easel.view.to_canvas(easel.view.rect().center().toPointF())
    at = easel.view.rect().center().toPointF()
    x, y = easel.view.to_canvas(at)
    easel.point("press", x, y)
    easel.point("move", x + 50, y)
    easel.point("release", x + 50, y)
    after = easel.view.to_canvas(at)
    assert after[0] == pytest.approx(before[0] - 50, abs=1) and after[1] == pytest.approx(before[1], abs=1)


# ---- which tool


def test_a_tap_switches_and_holding_is_for_a_while(easel: Easel, monkeypatch: pytest.MonkeyPatch):
    now = [100.0]
    monkeypatch.setattr("app.canvas.tools.keyboard.time.monotonic", lambda: now[0])
    easel.key(Qt.Key.Key_B)
    now[0] += 0.1
    easel.key(Qt.Key.Key_B, pressed=False)
    assert easel.session.tool == "brush"
    easel.key(Qt.Key.Key_H)
    now[0] += 1
    easel.key(Qt.Key.Key_H, pressed=False)
    assert easel.session.tool == "brush"
    for key, name in {
        Qt.Key.Key_V: "move",
        Qt.Key.Key_C: "region",
        Qt.Key.Key_L: "lasso",
        Qt.Key.Key_E: "eraser",
    }.items():
        easel.key(key)
        easel.key(key, pressed=False)
        assert easel.session.tool == name


def test_other_buttons_are_left_to_the_view(easel: Easel):
    from app.canvas.pointer import Pointer

    right = Pointer("press", 0, 0, easel.view.to_widget(0, 0), Qt.MouseButton.RightButton, Qt.MouseButton.RightButton)
    assert not easel.toolbox.pointer(right)
    assert not easel.toolbox.busy
