"""Requests as the document keeps them: plain values for JSON; pixels and finished patches lie beside them there."""

from collections.abc import Sequence
from typing import Any

from engine.request import Box, KnownPicture, Order, PaintedPatch, PaintRequest, Prompt, UserError


def to_dict(request: PaintRequest, model: str) -> dict[str, Any]:
    """Everything that decides the result but known pixels and finished patches."""
    return {
        "model": model,
        "target": [int(number) for number in request.target],
        "anchor": None if request.anchor is None else [int(number) for number in request.anchor],
        "seed": int(request.seed),
        "temperature": float(request.temperature),
        "top_k": int(request.top_k),
        "top_p": float(request.top_p),
        "order": request.order.value if request.order else None,
        "recache": request.recache,
        "prompts": [[p.text, None if p.at is None else list(p.at)] for p in request.prompts],
        "guidance": float(request.guidance),
    }


def from_dict(
    values: dict[str, Any], known: Sequence[KnownPicture] = (), painted: Sequence[PaintedPatch] = ()
) -> tuple[PaintRequest, str]:
    """The request and the name of its model; raises UserError for values that another program has left."""
    try:
        anchor = values.get("anchor")
        request = PaintRequest(
            Box(*map(int, values["target"])),
            tuple(known),
            seed=int(values["seed"]),
            temperature=float(values["temperature"]),
            top_k=int(values["top_k"]),
            top_p=float(values["top_p"]),
            order=Order(values["order"]) if values.get("order") else None,
            recache="none" if values["recache"] == "none" else "order",
            painted=tuple(painted),
            anchor=None if anchor is None else (int(anchor[0]), int(anchor[1])),
            prompts=tuple(_prompt(*each) for each in values.get("prompts", ())),
            guidance=float(values.get("guidance", 1.0)),
        )
        model = str(values["model"])
    except (KeyError, TypeError, ValueError, IndexError) as error:
        raise UserError(
            "What this job was asked for is not readable. Its finished patches are kept; paint the region again."
        ) from error
    return request, model


def _prompt(text: Any, at: Any) -> Prompt:
    return Prompt(str(text), None if at is None else (int(at[0]), int(at[1])))
