"""What following the known picture changes: held-out pictures painted on with and without it, in one run (ours)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from engine.datasets.images import TrainingPicture
from engine.evaluate.borders import seam_scores
from engine.evaluate.drift import drift
from engine.evaluate.frechet import NOT_COMPUTED, FeatureSpace, frechet_distance
from engine.evaluate.samples import blocks_around, tiles
from engine.evaluate.sharpness import sharpness
from engine.inference.paint import paint
from engine.media.known_pictures import lay_updates
from engine.models.checkpoint import ImageModel
from engine.request import Box, Finished, Followed, KnownPicture, PaintRequest

MARGIN = BLOCK = 256  # px that are painted on each side; to the side of blocks whose features are compared

Tell = Callable[[str], None]


@dataclass(frozen=True, eq=False)
class Painted:
    """A picture painted on on all sides, uint8, where its known part lies in it, and how that was followed."""

    pixels: np.ndarray
    known: Box
    followed: Followed | None


def following_figures(
    model: ImageModel, held_out: Sequence[TrainingPicture], count: int, starts: np.ndarray, links: int, tell: Tell
) -> dict[str, Any]:
    """Return the figures of `count` pictures, whole, with and without the exemplar.

    starts: crops uint8 (count, height, width, 3) that chains of `links` extensions begin with.
    """
    chosen = [held_out[number] for number in np.random.default_rng(7).permutation(len(held_out))[:count]]
    others = tiles([picture for picture in held_out if picture not in chosen] or list(chosen), BLOCK)
    space = FeatureSpace.load()
    report: dict[str, Any] = {"paintings": [picture.name for picture in chosen]}
    for name, exemplar in (("with", 1.0), ("without", 0.0)):
        made = []
        for number, picture in enumerate(chosen):
            tell(f"{name} the exemplar: picture {number + 1} of {len(chosen)}")
            made.append(painted_around(model, picture.pixels, exemplar, seed=number))
        report[name] = _figures(made, others, space) | {"drift": drift(model, starts, links, tell, 0, exemplar)}
    return report


def painted_around(model: ImageModel, pixels: np.ndarray, exemplar: float, seed: int) -> Painted:
    """Paint MARGIN pixels on every side of a picture."""
    own = Box(0, 0, pixels.shape[1], pixels.shape[0])
    target = own.grow(MARGIN)
    request = PaintRequest(target, (KnownPicture(own, pixels),), seed=seed, exemplar=exemplar, grain=1.0)
    result, followed = np.zeros((target.height, target.width, 3), np.uint8), None
    result[own.slices(target)] = pixels
    for event in paint(request, model, live=False):
        lay_updates(event, result, target)
        if isinstance(event, Finished):
            followed = event.followed
    return Painted(result, own.moved(MARGIN, MARGIN), followed)


def _figures(made: Sequence[Painted], others: Sequence[np.ndarray], space: FeatureSpace | None) -> dict[str, Any]:
    seams = [seam_scores(each.pixels, each.known) for each in made]
    sharp = [sharpness(each.pixels, each.known) for each in made]
    followed = [each.followed for each in made if each.followed]
    return {
        "sharpness": _by_side(sharp, np.min),
        "seams": _by_side(seams, np.max),
        "frechet": _distance(made, others, space),
        "verbatim": float(np.mean([f.verbatim for f in followed])) if followed else None,
        "sourced": float(np.mean([f.sourced for f in followed])) if followed else None,
    }


def _by_side(found: Sequence[dict[str, float | None]], worst: Callable[[list[float]], Any]) -> dict[str, Any]:
    """Mean and worst of each side."""
    sides = {side: [value for each in found if (value := each[side]) is not None] for side in found[0]}
    return {side: {"mean": float(np.mean(v)), "worst": float(worst(v))} for side, v in sides.items()}


def _distance(made: Sequence[Painted], others: Sequence[np.ndarray], space: FeatureSpace | None) -> float | str:
    if space is None:
        return NOT_COMPUTED
    new = [block for each in made for block in blocks_around(each.pixels, each.known, BLOCK)]
    if min(len(new), len(others)) < 2:
        return "not computed (too few blocks)"
    return frechet_distance(space.features(others), space.features(new))
