"""What is done before a model paints: the step is fetched or compiled, and the first time all other loops as well."""

from collections.abc import Callable
from pathlib import Path

import llvmlite.binding as llvm
import numpy as np

from engine.inference import fused_states
from engine.inference.paint import paint
from engine.models.checkpoint import ImageModel
from engine.request import Box, KnownPicture, PaintRequest

SIDE = 256  # px of the noise


def get_ready(model: ImageModel, begins: Callable[[], None] = lambda: None) -> None:
    """Make ready what a model will need, in a moment; after an installation, in half a minute, which `begins` tells.

    To compile all loops a small piece is painted beside noise, which is then forgotten.
    """
    done = _mark()
    if done is None or done.exists():
        fused_states.get_ready(model.stepper)
        return
    begins()
    fused_states.get_ready(model.stepper)
    noise = np.random.default_rng(0).integers(0, 256, (SIDE, SIDE, 3), np.uint8)
    known = (KnownPicture(Box(0, 0, SIDE, SIDE), noise),)
    for _ in paint(PaintRequest(Box(0, 0, SIDE + SIDE // 4, SIDE), known, exemplar=1.0), model):
        pass
    done.touch()


def _mark() -> Path | None:
    """The file that says that all loops are compiled for this processor; None where none are."""
    if not fused_states.compiles():
        return None
    from engine.inference.compiled import KEPT

    assert KEPT is not None
    return KEPT / f"all-{llvm.get_host_cpu_name()}"
