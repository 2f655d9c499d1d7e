"""The first start compiles what painting needs."""

from collections.abc import Callable
from pathlib import Path

import pytest

from engine.inference import compiled
from engine.inference.compiled.matching import better
from engine.inference.compiled.searching import find
from engine.inference.compiled.settling import solve
from engine.inference.compiled.step import advance
from engine.inference.compiled.tree_reweighted import label_grid
from engine.inference.first_start import get_ready
from engine.models.checkpoint import ImageModel


def test_all_loops_are_compiled_once(
    shaken: Callable[..., ImageModel], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compiled, "KEPT", tmp_path)
    model = shaken(5)
    told: list[str] = []
    get_ready(model, lambda: told.append("once"))
    (done,) = tmp_path.iterdir()
    assert all(loop.signatures for loop in (advance, find, better, solve, label_grid))
    since = done.stat().st_mtime_ns
    get_ready(model, lambda: told.append("again"))
    assert told == ["once"]
    assert done.stat().st_mtime_ns == since
