"""The public interface: the examples of its page run, and what is wrong is told in a sentence."""

import re
from pathlib import Path

import numpy as np
import pytest

from engine.api import animate, generate, outpaint
from engine.config import PRESETS
from engine.models.checkpoint import ImageModel
from engine.request import UserError

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "resources" / "docs" / "python-api.md"


def test_the_examples_of_the_page_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    names: dict[str, object] = {}
    examples = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert len(examples) == 6
    for example in examples:
        exec(compile(example, str(PAGE), "exec"), names)  # the page's own code, one example after another


def test_what_is_wrong_is_told() -> None:
    model, picture = ImageModel.fresh(PRESETS["tiny"]), np.zeros((32, 32, 3), np.uint8)
    for wrong in (
        lambda: outpaint(model, picture[..., 0], right=16),
        lambda: outpaint(model, picture, right=-1),
        lambda: outpaint(model, picture, mask=np.ones((8, 8), bool)),
        lambda: outpaint(model, picture),  # nothing to paint
        lambda: generate(model, 0, 16),
        lambda: animate(model, picture, 1),
        lambda: animate(model, picture, 3),  # no film model
    ):
        with pytest.raises(UserError):
            wrong()
