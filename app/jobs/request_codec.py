"""Requests as the document keeps them: plain values for JSON; pixels and finished patches lie beside them there.

That of a film has two more values: `still`, the layer of its frame 0, and `regions`, what moves from which frame on.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from app.document import Region
from app.document.timeline import region_of, region_value
from engine.library.entries import found_again
from engine.request import (
    Area,
    Box,
    FramePainted,
    KnownPicture,
    Order,
    PaintedPatch,
    PaintRequest,
    Prompt,
    Reference,
    UserError,
)


def to_dict(request: PaintRequest, model: str) -> dict[str, Any]:
    """Everything that decides the result but known pixels and finished patches."""
    values: dict[str, Any] = {
        "model": model,
        "target": [int(number) for number in request.target],
        "anchor": None if request.anchor is None else [int(number) for number in request.anchor],
        "seed": int(request.seed),
        "temperature": float(request.temperature),
        "top_k": int(request.top_k),
        "top_p": _number(request.top_p),
        "min_p": _number(request.min_p),
        "order": request.order.value if request.order else None,
        "recache": request.recache,
        "prompts": [[p.text, None if p.at is None else list(p.at), p.frame] for p in request.prompts],
        "guidance": float(request.guidance),
        "grain": float(request.grain),
        "frames": int(request.frames),
    }
    if request.exemplar:  # what does not follow a picture is asked as ever: the keys of painted frames are made of it
        values |= {
            "exemplar": float(request.exemplar),
            "scale": float(request.scale),
            "lively": float(request.lively),
            "not_from": list(map(_area_value, request.not_from)),
        }
    if request.exemplar and request.references:
        values["references"] = [[each.file, None if each.at is None else list(each.at)] for each in request.references]
    if request.replaced:
        values |= {"replaced": list(map(_area_value, request.replaced)), "feather": int(request.feather)}
    if request.wrap:
        values["wrap"] = int(request.wrap)
    return values


def from_dict(
    values: dict[str, Any],
    known: Sequence[KnownPicture] = (),
    painted: Sequence[PaintedPatch] = (),
    since: FramePainted | None = None,
) -> tuple[PaintRequest, str]:
    """The request and the name of its model; raises UserError for values that another program has left."""
    try:
        anchor, frames = values.get("anchor"), int(values.get("frames", 1))
        if frames > 1:
            known = tuple(moving(known[0], frames, values["regions"]))
        request = PaintRequest(
            Box(*map(int, values["target"])),
            tuple(known),
            seed=int(values["seed"]),
            temperature=float(values["temperature"]),
            top_k=int(values["top_k"]),
            top_p=_number(values["top_p"]),
            min_p=_number(values.get("min_p", 0.0)),
            order=Order(values["order"]) if values.get("order") else None,
            recache="none" if values["recache"] == "none" else "order",
            painted=tuple(painted),
            anchor=None if anchor is None else (int(anchor[0]), int(anchor[1])),
            prompts=tuple(_prompt(*each) for each in values.get("prompts", ())),
            guidance=float(values.get("guidance", 1.0)),
            grain=float(values.get("grain", 0.0)),
            exemplar=float(values.get("exemplar", 0.0)),
            scale=float(values.get("scale", 0.0)),
            lively=float(values.get("lively", PaintRequest.lively)),
            not_from=tuple(map(_area, values.get("not_from", ()))),
            references=tuple(_reference(*each) for each in values.get("references", ())),
            replaced=tuple(map(_area, values.get("replaced", ()))),
            feather=int(values.get("feather", 0)),
            wrap=int(values.get("wrap", 0)),
            frames=frames,
            since=since,
        )
        model = str(values["model"])
    except (AttributeError, KeyError, TypeError, ValueError, IndexError, OverflowError) as error:
        raise UserError(
            "The settings of this job cannot be read. Its finished patches are kept; paint the region again."
        ) from error
    return request, model


def _number(value: Any) -> float | None:
    """None is left to the model."""
    return None if value is None else float(value)


def _reference(file: Any, at: Any) -> Reference:
    return found_again(str(file)).reference(None if at is None else (int(at[0]), int(at[1])))


def _prompt(text: Any, at: Any, frame: Any = 0) -> Prompt:
    return Prompt(str(text), None if at is None else (int(at[0]), int(at[1])), int(frame))


def _area_value(area: Area) -> Any:
    return region_value(Region(area.box, area.mask))


def _area(value: Any) -> Area:
    region = region_of(value)
    if region is None:
        raise ValueError("an area is missing")
    return Area(region.box, region.mask)


def moving(still: KnownPicture, frames: int, regions: Sequence[Any]) -> Iterator[KnownPicture]:
    """What is known of a film: the still, and of all other frames what lies outside of the region that moves there.

    regions: pairs of a frame and a region as JSON keeps it; pixels and masks are shared by all frames they hold for.
    """
    yield still
    since = {int(number): region_of(region) for number, region in regions}
    resting: np.ndarray | None = None
    for number in range(frames):
        if number in since:
            resting = resting_in(still.box, since[number])
        if number and resting is not None:
            yield KnownPicture(still.box, still.pixels, resting, number)


def resting_in(box: Box, region: Region | None) -> np.ndarray | None:
    """Where a picture at `box` stays as it is, bool (height, width); None where all of it moves."""
    return None if region is None else ~region.inside(box)
