"""What tests of painting share."""

from typing import Any

import pytest
import torch

from engine.inference.fused_states import states_of


@pytest.fixture
def begun_alone(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Have the memory suffice for one patch at a time; with how many patches each batch was begun."""
    begun: list[int] = []

    def states(decoder: Any, orders: torch.Tensor, *others: Any) -> Any:
        begun.append(len(orders))
        if len(orders) > 1:
            raise torch.OutOfMemoryError("CUDA out of memory")
        return states_of(decoder, orders, *others)

    monkeypatch.setattr("engine.inference.guidance.states_of", states)
    return begun
