"""The public Python interface: pictures as NumPy arrays, one call for each kind of painting.

Arrays are uint8 in sRGB: pictures (height, width, 3), films (frame, height, width, 3). Further keywords are fields of
`PaintRequest` (engine/request.py), such as temperature, order or exemplar; resources/docs/python-api.md has examples.
"""

from typing import Any

import numpy as np

from engine.inference.motion_direction import paints_beside
from engine.inference.paint import paint_all, paint_frames
from engine.media.animation import animation
from engine.models.checkpoint import ImageModel, load_model
from engine.request import GUIDANCE, Box, KnownPicture, PaintRequest, Prompt, UserError

__all__ = ["ImageModel", "UserError", "animate", "generate", "load_model", "outpaint"]


def outpaint(
    model: ImageModel, picture: np.ndarray, *, left: int = 0, right: int = 0, up: int = 0, down: int = 0,
    prompt: str = "", seed: int = 0, mask: np.ndarray | None = None, **settings: Any,
) -> np.ndarray:  # fmt: skip
    """Extend a picture by pixels on any side; what is known stays as it is, to the bit.

    mask: bool (height, width), False where the picture itself is to be painted. Raises UserError for what cannot be
    painted.
    """
    known = _known(picture, mask)
    if min(left, right, up, down) < 0:
        raise UserError("A picture can be extended by 0 or more pixels on each side.")
    height, width = picture.shape[:2]
    target = Box(-left, -up, left + width + right, up + height + down)
    settings = {"guidance": GUIDANCE, "grain": 1.0, "exemplar": 1.0, **settings}
    return paint_all(PaintRequest(target, (known,), seed, prompts=_prompts(prompt), **settings), model)


def generate(
    model: ImageModel, width: int, height: int, *, prompt: str = "", seed: int = 0, **settings: Any
) -> np.ndarray:
    """Paint a picture of any size in pixels from words, or from nothing."""
    if width < 1 or height < 1:
        raise UserError("A picture needs at least one pixel on each side.")
    settings = {"guidance": GUIDANCE, **settings}
    return paint_all(PaintRequest(Box(0, 0, width, height), (), seed, prompts=_prompts(prompt), **settings), model)


def animate(
    model: ImageModel, picture: np.ndarray, frames: int, *, prompt: str = "", region: Box | None = None, seed: int = 0,
    **settings: Any,
) -> np.ndarray:  # fmt: skip
    """Make a still move for so many frames, the still among them; outside `region` it stays as it is.

    The model has to be one for films. Where the prompt names a direction, the starter paints what comes in.
    """
    still = _known(picture, None)
    if frames < 2:
        raise UserError("A film needs at least two frames.")
    known = animation(still, frames, region)
    request = PaintRequest(still.box, known, seed, prompts=_prompts(prompt), frames=frames, **settings)
    return paint_frames(request, model, begins=paints_beside(request, model, load_model))


def _known(picture: np.ndarray, mask: np.ndarray | None) -> KnownPicture:
    if picture.dtype != np.uint8 or picture.ndim != 3 or picture.shape[2] != 3:
        raise UserError(f"A picture must be a uint8 array (height, width, 3), not {picture.dtype} {picture.shape}.")
    if mask is not None and (mask.dtype != bool or mask.shape != picture.shape[:2]):
        raise UserError(f"The mask must be a bool array {picture.shape[:2]}, not {mask.dtype} {mask.shape}.")
    return KnownPicture(Box(0, 0, picture.shape[1], picture.shape[0]), picture, mask)


def _prompts(text: str) -> tuple[Prompt, ...]:
    return (Prompt(text),) if text else ()
