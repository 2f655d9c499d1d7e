"""Everything that a painting depends on: the hash by which its journal is found, and the recipe kept in the PNG."""

import hashlib
import json
from typing import Any

import numpy as np

from engine.request import Area, PaintRequest, Reference


def asked(request: PaintRequest) -> dict[str, Any]:
    """The request in plain values, but for the known pixels."""
    names = ("seed", "temperature", "top_k", "top_p", "order", "recache")
    facts: dict[str, Any] = {"target": list(request.target), **{name: getattr(request, name) for name in names}}
    if any(prompt.text.strip() for prompt in request.prompts):
        facts |= {"prompts": [[p.text, p.at] for p in request.prompts], "guidance": request.guidance}
    if request.min_p:
        facts["min_p"] = request.min_p
    if request.grain:
        facts["grain"] = request.grain
    if request.exemplar:
        facts |= {name: getattr(request, name) for name in ("exemplar", "scale", "lively")}
        facts["not_from"] = [list(area.box) for area in request.not_from]
    if request.replaced:
        facts |= {"replaced": [_area(area) for area in request.replaced], "feather": request.feather}
    if request.wrap:
        facts["wrap"] = request.wrap
    if request.exemplar and request.references:
        facts["references"] = [[each.name, reference_hash(each), each.at] for each in request.references]
    if request.local != "ar":
        facts["local"] = request.local
    return facts


def _area(area: Area) -> list[Any]:
    """Its box, and what the mask is known by."""
    mask = [] if area.mask is None else [hashlib.sha256(np.packbits(area.mask).data).hexdigest()]
    return [*area.box, *mask]


def reference_hash(reference: Reference) -> str:
    digest = hashlib.sha256(np.ascontiguousarray(reference.pixels).data)
    if reference.avoid is not None:
        digest.update(np.packbits(reference.avoid).data)
    return digest.hexdigest()[:16]


def fingerprint(request: PaintRequest, weights: str, width: int) -> str:
    """One hash over everything that decides the result, so that no journal goes on with another painting.

    weights: the hash of the model's; width: the most patches of a batch.
    """
    digest = hashlib.sha256()
    for known in request.known:
        digest.update(json.dumps(list(known.box)).encode())
        digest.update(np.ascontiguousarray(known.pixels).data)
        if known.mask is not None:
            digest.update(np.packbits(known.mask).data)
    facts = {**asked(request), "weights": weights, "known": digest.hexdigest(), "width": width}
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()
