"""What is to be painted anew over what is there: a region, and the edge over which new goes over into old."""

import numpy as np

from app.document import Document, Region
from engine.media.known_pictures import Opening
from engine.request import Area, Box


def area_of(region: Region) -> Area:
    return Area(region.box, region.mask)


def with_edge(region: Region, feather: int, document: Document) -> Region:
    """The region, and around it the edge of so many pixels, where the picture is known."""
    opening = Opening.of((area_of(region),), feather)
    known = document.read(opening.box)[:, :, 3] == 255
    inside = np.where(known, opening.share > 0, opening.share == 255)
    part = Box.holding(inside)
    mask = inside[part.slices(Box(0, 0, *opening.box[2:]))]
    return Region(part.moved(*opening.box[:2]), None if mask.all() else mask)
