"""The bench measures every way on the same weights, and says it in figures and a plot."""

from collections.abc import Callable
from xml.etree import ElementTree

import pytest

from app.cli.bench import plot
from engine.models.checkpoint import ImageModel
from engine.reproduction import speed


def test_all_ways_are_measured_in_one_run(shaken: Callable[..., ImageModel], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(speed, "WIDTHS", (1, 2))
    told: list[str] = []
    figures = speed.measure_speed(shaken(5), True, told.append)
    assert figures["compiled"] and figures["recompute_over_cached"] > 0
    assert set(figures["before_over_now"]) == set(figures["multiply_adds_share"]) == {1, 2}
    assert set(figures["seconds_per_256"]) == {"sequence", "batches"}
    assert {"following", "words", "words, guided"} <= set(figures["seconds_per_256_with"])
    assert list(figures["seconds_per_patch"]) == [1, 10, 30] and figures["pool_mib"][30] == figures["pool_mib"][10]
    assert all(figures[name] > 0 for name in ("bandwidth_gb_s", "bandwidth_share", "multiply_adds_g_s"))
    assert told[0] == "measuring the machine itself"


def test_the_plot_has_two_bars_for_each_width() -> None:
    drawn = ElementTree.fromstring(plot({1: 2.0, 4: 4.0}, {1: 1.0, 4: 1.0}))
    bars = drawn.findall(".//{http://www.w3.org/2000/svg}rect")
    assert [float(bar.attrib["height"]) for bar in bars] == [160, 80, 80, 20]
