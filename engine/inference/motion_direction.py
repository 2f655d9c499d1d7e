"""Which way a film goes, as the words about a still say it, and what of the still goes there (ours)."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch
from PIL import ImageFilter

from engine.inference.seam_blending import feather
from engine.inference.sky import filtered, sky_of_still
from engine.media.known_pictures import known_mask, laid_together
from engine.models.checkpoint import ImageModel, same_tokens
from engine.request import PaintRequest, UserError

SIDES = {"left": (-1, 0), "right": (1, 0), "up": (0, -1), "down": (0, 1)}  # columns to the right, rows down
SKY = re.compile(r"\b(clouds?|sky|skies|mist|fog)\b")
INNER = ImageFilter.MinFilter(3)  # without the outermost pixels of a mask, in which what lies beside it may shine
NO_SKY = "No sky was found in the picture, so the model decides what moves. Mark what is to drift, and only that will."


def comes_from(request: PaintRequest) -> tuple[int, int] | None:
    """From which of SIDES things come into a still, as the words say that are said at first; None where they do not.

    The camera meets what lies where it goes; all else comes from the other side.
    """
    if request.frames == 1 or not request.known:
        return None
    said = _said(request)
    named = [side for name, side in SIDES.items() if re.search(rf"\b{name}(wards?)?\b", said)]
    if len(named) != 1:
        return None
    columns, rows = named[0]
    return (columns, rows) if "camera" in said else (-columns, -rows)


@dataclass(frozen=True, eq=False)
class Moving:
    """What of a still goes by. share: how much of it shows, float32 (h, w) in [0, 1]; known: bool, where it is seen."""

    share: np.ndarray
    known: np.ndarray


def what_moves(request: PaintRequest) -> Moving | None:
    """All under a camera, a part where one is marked, else the sky; None where the words are about something else."""
    target, said = request.target, _said(request)
    still = tuple(known for known in request.known if not known.frame)
    if not known_mask(still, target).all():
        return None
    rests = known_mask((known for known in request.known if known.frame == 1), target)
    if rests.all():
        return None
    if rests.any():
        return Moving(feather(torch.from_numpy(rests)).numpy(), ~rests)
    if "camera" in said:
        return Moving(np.ones(rests.shape, np.float32), ~rests)
    share = sky_of_still(laid_together(still, target)[0]) if SKY.search(said) else None
    return None if share is None else Moving(share, filtered(share == 1, INNER))


def asks_for_sky(request: PaintRequest) -> bool:
    """Whether the sky of a still is to go by: the words name it and a direction, and no part is marked."""
    said, still = _said(request), (known for known in request.known if not known.frame)
    marked = known_mask((known for known in request.known if known.frame == 1), request.target).any()
    named = comes_from(request) is not None and "camera" not in said and SKY.search(said) is not None
    return named and not marked and bool(known_mask(still, request.target).all())


def first_change(request: PaintRequest) -> int:
    """The first frame after 0 in which other words are said or something else rests than in frame 1."""
    places: dict[int, list[tuple]] = {}
    for known in request.known:
        places.setdefault(known.frame, []).append((known.box, id(known.mask)))
    said = [prompt.frame for prompt in request.prompts if prompt.frame]
    other = (frame for frame in range(2, request.frames) if places.get(frame) != places.get(1))
    return min([*said, next(other, request.frames)])


def _said(request: PaintRequest) -> str:
    return " ".join(prompt.text for prompt in request.prompts if not prompt.frame).lower()


def paints_beside(request: PaintRequest, model: ImageModel, load: Callable[[str], ImageModel]) -> ImageModel | None:
    """What paints beside the still of a film: the model that its own names for stills, got by `load`.

    None where nothing lies there, and where the film's own has to: the other is gone, or its tokens are different.
    """
    if not model.config.stills or comes_from(request) is None:
        return None
    try:
        beside = load(model.config.stills)
    except UserError:
        return None
    return beside if same_tokens(beside, model) else None
