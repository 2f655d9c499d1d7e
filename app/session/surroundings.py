"""What the engine gets of the picture around a region: the known pixels, and which of them nothing is taken from."""

import numpy as np

from app.document import Region
from app.document.geometry import around
from app.session.not_from import Marks
from app.session.shelf import Beside
from app.session.state import SessionState
from engine.request import Area, Box, KnownPicture

CONTEXT = 3  # patches around the region within which there is something to go on from
REACH = 4096  # px around the region in which a picture that is followed is looked at


class Surroundings:
    """The picture is read once for many looks at regions beside it, until a pixel of it changes."""

    def __init__(self, session: SessionState, marks: Marks):
        self._session, self._marks = session, marks
        self._known: KnownPicture | None = None
        for signal in (session.pixels_changed, session.opened):
            signal.connect(self.forget)
        session.region_changed.connect(lambda: self.forget() if session.region is None else None)

    def forget(self, *_: object) -> None:
        self._known = None

    def near(self, region: Region) -> Box:
        """Where something has to lie for the region to touch it."""
        return region.box.grow(CONTEXT * self._session.patch_px)

    def boxes(self, within: Box) -> list[Box]:
        """Where the layers that are seen have pixels there."""
        document = self._session.document
        layers = (layer for layer in document.layers.all() if layer.visible)
        boxes = (document.layers.box(layer.id).intersect(within) for layer in layers)
        return [box for box in boxes if not box.empty]

    def followed(self, region: Region) -> bool:
        """Whether the region follows the picture that it touches."""
        return self._session.options.exemplar > 0 and bool(self.boxes(self.near(region)))

    def looked_at(self, region: Region) -> list[Box]:
        """Where the engine looks: what the region touches, or all in reach where that is followed."""
        return self.boxes(region.box.grow(REACH) if self.followed(region) else self.near(region))

    def known(self, region: Region) -> tuple[KnownPicture, ...]:
        """One picture of all that is there to look at, or none where nothing is."""
        box = around(self.looked_at(region)) if self.followed(region) else self.near(region)
        if self._known is None or self._known.box != box:
            self._known = self._read(box)
        known = self._known
        near = (known,) if known.mask is not None and known.mask.any() else ()
        return (*near, *self._other_end(region, box))

    def period(self, region: Region) -> int:
        """Pixels after which a panorama comes round: the width of all there is, with the region; 0 where none is."""
        session = self._session
        return around([session.document.bounds, region.box]).width if session.options.wrap else 0

    def _other_end(self, region: Region, seen: Box) -> list[KnownPicture]:
        """What a panorama has where it comes round to the region, as far as that is not among what was seen."""
        period = self.period(region)
        ends = (around(self.boxes(self.near(region).moved(way, 0))) for way in (-period, period) if period)
        return [self._read(box) for box in ends if not box.empty and not seen.contains(box)]

    def _read(self, box: Box) -> KnownPicture:
        pixels = self._session.document.read(box)
        return KnownPicture(box, np.ascontiguousarray(pixels[:, :, :3]), pixels[:, :, 3] == 255)

    def not_from(self, region: Region, beside: Beside) -> tuple[Area, ...]:
        """What the artist has marked of it, and what is not to be taken from beside a picture."""
        marked, seen = self._marks.area(self.looked_at(region)), self.looked_at(region)
        if beside == "shelf":
            return (*marked, *map(Area, seen))
        if beside == "picture":
            touched = self.boxes(self.near(region))
            return (*marked, *(Area(box) for box in seen if all(box.intersect(each).empty for each in touched)))
        return marked
