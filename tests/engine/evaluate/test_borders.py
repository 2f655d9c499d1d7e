"""Figures of borders of any form: seams and edges, of holes and gaps as well."""

import numpy as np
import pytest

from engine.evaluate import borders
from engine.evaluate.borders import border_edges, border_seams, parts, seam_scores
from engine.request import Box
from tests.engine.evaluate.test_report import clouds


def known(width: int = 300, height: int = 200) -> np.ndarray:
    mask = np.ones((height, width), bool)
    mask[60:140, 100:180] = False
    return mask


def test_a_hole_and_a_gap_have_figures_of_about_one_on_each_border() -> None:
    pixels = clouds(300, 200)
    for figures in (border_seams(pixels, known()), border_edges(pixels, known())):
        assert all(score == pytest.approx(1, abs=0.35) for score in figures.values()), figures
    gap = np.ones((200, 300), bool)
    gap[:, 120:160] = False
    found = border_seams(pixels, gap)
    assert found["left"] and found["right"] and found["up"] is found["down"] is None
    assert set(border_seams(pixels, gap | True).values()) == {None}


def test_a_rectangle_is_scored_as_its_sides_are() -> None:
    pixels, mask = clouds(300, 200), np.zeros((200, 300), bool)
    mask[:, 120:] = True
    assert border_seams(pixels, mask)["left"] == pytest.approx(seam_scores(pixels, Box(120, 0, 180, 200))["left"])


def test_a_hole_of_another_tone_has_seams_and_edges(monkeypatch) -> None:
    pixels = clouds(300, 200).astype(int) // 2
    pixels[~known()] += 60
    pixels = pixels.astype(np.uint8)
    seams, edges = border_seams(pixels, known()), border_edges(pixels, known())
    assert all(score and score > 2 for score in (*seams.values(), *edges.values()))
    monkeypatch.setattr(borders, "TILE", 64)
    assert border_seams(pixels, known()) == pytest.approx(seams) and border_edges(pixels, known()) == pytest.approx(
        edges
    )


def test_where_fine_detail_ends_there_is_an_edge_though_no_seam() -> None:
    pixels = np.full((128, 256, 3), 240, np.uint8)
    pixels[:, :128:3] = 20  # lines, as letters have them
    pixels[:, 126:128] = 240
    mask = np.zeros((128, 256), bool)
    mask[:, :128] = True
    seam, edge = border_seams(pixels, mask)["right"], border_edges(pixels, mask)["right"]
    assert seam is not None and seam < 1 and edge is not None and edge > 4


def test_each_part_has_a_box_and_figures_of_its_own() -> None:
    mask = known()
    mask[:, 280:] = False
    first, second = parts(mask)
    assert first.box == Box(100, 60, 80, 80) and second.box == Box(280, 0, 20, 200)
    pixels = clouds(300, 200)
    assert set(border_seams(*second.of(pixels))) == {"left", "right", "up", "down"}
    assert border_seams(*first.of(pixels)) == pytest.approx(border_seams(pixels, known()), rel=0.05)
    assert parts(mask | True) == []
