"""What comes into a film from beyond the picture (ours): columns or rows of patches there are painted too, unseen.

What drifts brings in what lies beside the picture. Painted by a token's width at a time, as it comes, it repeats
itself: each strip is mostly like the one before. So where the words about a still name a direction, DEPTH patches more
are painted where things come from: of frame 0 as a picture goes on, by a model that paints pictures, and of the others
by the film's, which carries along what it finds there, as it does elsewhere. Whenever that has come nearer by a patch,
the picture goes on beyond it (engine/inference/offscreen_panorama.py).
"""

import re
from collections.abc import Callable

from engine.models.checkpoint import ImageModel, same_tokens
from engine.request import Box, PaintRequest, UserError

SIDES = {"left": (-1, 0), "right": (1, 0), "up": (0, -1), "down": (0, 1)}  # columns to the right, rows down
DEPTH = 2  # patches: what comes in next has always been painted as a picture, and something beyond it, too


def comes_from(request: PaintRequest) -> tuple[int, int] | None:
    """From which of SIDES things come into a still, as the words say that are said at first; None where they do not.

    The camera meets what lies where it goes; all else comes from the other side.
    """
    if request.frames == 1 or not request.known:
        return None
    said = " ".join(prompt.text for prompt in request.prompts if not prompt.frame).lower()
    named = [side for name, side in SIDES.items() if re.search(rf"\b{name}(wards?)?\b", said)]
    if len(named) != 1:
        return None
    columns, rows = named[0]
    return (columns, rows) if "camera" in said else (-columns, -rows)


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


def edge_of(target: Box, side: tuple[int, int]) -> Box:
    """The outermost column or row of pixels on a side."""
    columns, rows = side
    x = target.right - 1 if columns > 0 else target.x
    y = target.bottom - 1 if rows > 0 else target.y
    return Box(x, y, 1, target.height) if columns else Box(x, y, target.width, 1)
