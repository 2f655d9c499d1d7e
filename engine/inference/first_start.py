"""What is done before a model paints: the step is fetched or compiled, and the first time all other loops as well."""

import llvmlite.binding as llvm
import numpy as np

from engine.inference import fused_states
from engine.inference.paint import paint
from engine.models.checkpoint import ImageModel
from engine.request import Box, KnownPicture, PaintRequest

SIDE = 256  # px of the noise


def get_ready(model: ImageModel) -> None:
    """Make ready what a model will need, in a moment; after an installation, in half a minute.

    To compile all loops a small piece is painted beside noise, which is then forgotten.
    """
    fused_states.get_ready(model.stepper)
    if not fused_states.compiles():
        return
    from engine.inference.compiled import KEPT

    assert KEPT is not None
    done = KEPT / f"all-{llvm.get_host_cpu_name()}"
    if done.exists():
        return
    noise = np.random.default_rng(0).integers(0, 256, (SIDE, SIDE, 3), np.uint8)
    known = (KnownPicture(Box(0, 0, SIDE, SIDE), noise),)
    for _ in paint(PaintRequest(Box(0, 0, SIDE + SIDE // 4, SIDE), known, exemplar=1.0), model):
        pass
    done.touch()
