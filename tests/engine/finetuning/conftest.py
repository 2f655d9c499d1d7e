"""What both kinds of studies are tested with."""

import pytest

from engine.finetuning import image_study, study
from engine.training.trainer import Budget

STEPS = 120  # for a minute


@pytest.fixture
def steps_for_minutes(monkeypatch: pytest.MonkeyPatch) -> None:
    """A study ends after so many steps, however busy the machine is."""
    for module in (image_study, study):
        monkeypatch.setattr(module, "Budget", lambda minutes: Budget(steps=max(2, round(STEPS * minutes))))
