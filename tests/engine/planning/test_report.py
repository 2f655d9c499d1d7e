"""`handscroll plan`: the figures of the paper as text, the geometry of known pictures, and sentences for mistakes."""

import json

import pytest

from engine.planning.report import draw, plan_report
from engine.request import Extent, Order, UserError


def known_cells(report):
    return {(p["column"], p["row"], p["frame"]) for p in report["patches"] if p["known"]}


def shape(report):
    return max(p["column"] for p in report["patches"]) + 1, max(p["row"] for p in report["patches"]) + 1


def test_figures_7_and_8():
    report = plan_report((768, 768), extent=Extent(1, 1, 1), frames=3)
    assert report["count"] == 27
    assert report["patches"][26]["context"] == [14, 15, 17, 18, 23, 24, 26]
    assert report["patches"][13]["context"] == list(range(1, 14))


def test_a_handscroll_of_38912_by_2048():
    paths = {
        order: plan_report((38912, 2048), order=order)["critical_path"] for order in (Order.OMEGA, Order.ZETA, None)
    }
    assert paths == {Order.OMEGA: 461, Order.ZETA: 173, None: 173}


def test_outpainting_of_1024_to_3072():
    report = plan_report((3072, 3072), (1024, 1024), (1024, 1024))
    assert (report["count"], report["critical_path"]) == (128, 34)
    assert known_cells(report) == {(x, y, 0) for x in range(4, 8) for y in range(4, 8)}


def test_the_report_is_plain_data():
    report = plan_report((512, 512), (256, 256))
    assert json.loads(json.dumps(report)) == report


def test_the_grid_is_anchored_at_the_known_picture():
    report = plan_report((1000, 700), (256, 256), (300, 200))
    assert shape(report) == (5, 3)  # 44 + 3 × 256 + 188 wide; 200 + 256 + 244 high
    assert known_cells(report) == {(2, 1, 0)}
    assert shape(plan_report((1000, 700), None, (300, 200))) == (4, 3)


def test_a_patch_is_known_only_when_all_of_it_that_is_inside_the_target_is():
    assert known_cells(plan_report((1024, 512), (500, 512))) == {(0, 0, 0), (0, 1, 0)}
    whole = plan_report((1000, 500), (1000, 500))  # the last patches stick out of the target
    assert whole["count"] == 0 and whole["critical_path"] == 0 and len(known_cells(whole)) == 8


def test_a_picture_that_sticks_out_of_the_target_is_cropped():
    report = plan_report((1024, 512), (512, 2048), (-256, -512))
    assert known_cells(report) == {(0, 0, 0), (0, 1, 0)}


def test_an_animation_knows_its_first_frame_only():
    report = plan_report((512, 512), (512, 512), extent=Extent(1, 1, 3), frames=3)
    assert known_cells(report) == {(x, y, 0) for x in (0, 1) for y in (0, 1)}
    assert report["count"] == 8 and {p["order"] for p in report["patches"]} == {"omega"}


def test_small_patches_and_a_given_order():
    report = plan_report((256, 128), patch_px=128, order=Order.OMEGA_STAR)
    assert [(p["column"], p["order"]) for p in report["patches"]] == [(1, "omega_star"), (0, "omega_star")]


def test_draw_shows_numbers_known_patches_and_arrows():
    text = draw(plan_report((768, 512), (256, 256), (256, 0)))
    assert text.splitlines() == [
        " 3← [1]  2→",
        " 4↓  5↓  6↓",
        "",
        "[ ] known",
        "→ columns top to bottom, going right",
        "← columns top to bottom, going left",
        "↓ rows left to right, going down",
        "5 patches to paint, critical path 5; at most 5 caches held",
    ]


def test_draw_puts_frames_one_below_another():
    lines = draw(plan_report((512, 256), extent=Extent(1, 1, 1), frames=2)).splitlines()
    assert lines[:6] == ["frame 0", " 1→  2→", "", "frame 1", " 3→  4→", ""]


@pytest.mark.parametrize(
    "arguments, sentence",
    [
        ({"size": (0, 512)}, "is empty"),
        ({"size": (512, 512), "known": (0, 10)}, "is empty"),
        ({"size": (512, 512), "known": (10, 10), "at": (512, 0)}, "completely outside"),
        ({"size": (512, 512), "known": (10, 10), "at": (-10, 0)}, "completely outside"),
        ({"size": (512, 512), "extent": Extent(2, -1)}, "negative"),
        ({"size": (512, 512), "frames": 0}, "0 frames"),
        ({"size": (512, 512), "patch_px": 0}, "0 pixels wide"),
    ],
)
def test_mistakes_are_told_in_a_sentence(arguments, sentence):
    with pytest.raises(UserError, match=sentence):
        plan_report(**arguments)
