"""What is known of a canvas, free of torch: pictures laid together, and what of them is opened to be painted anew.

Opened pixels count as unknown while it is painted, so nothing is taken from them. Around them lies an edge, over which
what is painted goes over into what was there; beyond it every pixel stays as it is, to the bit.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from engine.request import Area, Box, KnownPicture, PaintEvent, PaintRequest, PatchPainted, Planned

WIDEST_FEATHER = 64  # px
THIN = 4  # px of a strip that is mirrored and costs no patch
CUT_OUT = 0.7  # of its frame that a thing that is cut out fills at most; ovals and turned photographs fill more


def laid_together(pictures: Iterable[KnownPicture], box: Box) -> tuple[np.ndarray, np.ndarray]:
    """Return known pixels uint8 (h, w, 3), zero elsewhere, and where they are, bool (h, w); later ones lie on top."""
    pixels = np.zeros((box.height, box.width, 3), np.uint8)
    pictures = tuple(pictures)
    lay_known(pictures, pixels, box)
    return pixels, known_mask(pictures, box)


def lay_known(pictures: Iterable[KnownPicture], pixels: np.ndarray, box: Box) -> None:
    """Put known pictures into the pixels (h, w, 3) of a box, in place."""
    for here, own, known in _parts_in(box, pictures):
        np.copyto(pixels[here], own, where=known[..., None])


def lay_updates(event: PaintEvent, pixels: np.ndarray, box: Box) -> None:
    """Put what an event of a painting shows into the pixels (h, w, 3) of its target, in place."""
    if isinstance(event, Planned | PatchPainted):
        for where, painted in event.updates:
            pixels[where.slices(box)] = painted


def known_mask(pictures: Iterable[KnownPicture], box: Box) -> np.ndarray:
    """Return where anything is known in a box, bool (h, w)."""
    mask = np.zeros((box.height, box.width), bool)
    for here, _, known in _parts_in(box, pictures):
        mask[here] |= known
    return mask


def holds(pictures: Iterable[KnownPicture], pixels: np.ndarray, box: Box) -> bool:
    """Return whether all that is known of a box is in its pixels (h, w, 3), to the bit."""
    own, known = laid_together(pictures, box)
    return bool((own == pixels).all(2, where=known[..., None]).all())


def _parts_in(
    box: Box, pictures: Iterable[KnownPicture]
) -> Iterator[tuple[tuple[slice, slice], np.ndarray, np.ndarray]]:
    """What lies in a box: where in it, its pixels, and which of these are known, bool (h, w) or () for all."""
    for picture in pictures:
        shared = picture.box.intersect(box)
        if not shared.empty:
            there = shared.slices(picture.box)
            known = np.ones((), bool) if picture.mask is None else picture.mask[there]
            yield shared.slices(box), picture.pixels[there], known


def is_cut_out(known: np.ndarray) -> bool:
    """Return whether what is known, bool (h, w), is a thing cut out, with no corner of its frame and little of it."""
    box = Box.holding(known)
    if box.empty:
        return False
    frame = known[box.slices(Box(0, 0, 0, 0))]
    return not frame[[0, 0, -1, -1], [0, -1, 0, -1]].any() and float(frame.mean()) < CUT_OUT


def repeated(known: Sequence[KnownPicture], wrap: int) -> tuple[KnownPicture, ...]:
    """Return known pictures; of a panorama so wide, also as they come again to its left and right."""
    ways = (0, -wrap, wrap) if wrap else (0,)
    return tuple(replace(each, box=each.box.moved(way, 0)) for way in ways for each in known)


@dataclass(frozen=True, eq=False)
class Opening:
    """What is painted anew: `share` uint8 (h, w) at `box`, from 0, where all stays, to 255, where nothing does."""

    box: Box
    share: np.ndarray

    @classmethod
    def of(cls, areas: Sequence[Area], feather: int) -> "Opening":
        """Open areas, at least one, and `feather` px around them, over which the share falls."""
        box = Box.around(area.box for area in areas).grow(feather)
        share = np.zeros((box.height, box.width), np.uint8)
        for area in areas:
            wide = area.box.grow(feather)
            own = share[wide.slices(box)]
            np.maximum(own, _share(_distance(area, feather), feather), out=own)
        return cls(box, share)

    def opened(self, request: PaintRequest) -> PaintRequest:
        """Return the same painting with nothing known of what is painted anew."""
        return replace(request, known=tuple(map(self._opened, request.known)), replaced=())

    def _opened(self, picture: KnownPicture) -> KnownPicture:
        shared = picture.box.intersect(self.box)
        if shared.empty:
            return picture
        height, width = picture.box.height, picture.box.width
        mask = np.ones((height, width), bool) if picture.mask is None else picture.mask.copy()
        mask[shared.slices(picture.box)] &= self.share[shared.slices(self.box)] == 0
        return replace(picture, mask=mask)

    def laid_back(self, pixels: np.ndarray, box: Box, known: Iterable[KnownPicture]) -> np.ndarray:
        """Return painted pixels uint8 (h, w, 3 or 4) at a box as they go over into what was known there."""
        shared = box.intersect(self.box)
        if shared.empty:
            return pixels
        original, there = laid_together(known, shared)
        own, share = shared.slices(box), self.share[shared.slices(self.box)].astype(np.uint32)[..., None]
        painted = pixels[own][..., :3]
        mixed = (painted * share + original * (255 - share) + 127) // 255
        result = pixels.copy()
        result[own][..., :3] = np.where(there[..., None], mixed, painted)
        return result


def opened(request: PaintRequest) -> PaintRequest:
    """Return the same painting with nothing known of what is to be replaced."""
    return Opening.of(request.replaced, request.feather).opened(request) if request.replaced else request


def _share(distance: np.ndarray, feather: int) -> np.ndarray:
    """Return 255 at a distance of 0, less up to `feather` px, without a bend at either end, and 0 beyond."""
    near = np.clip(1 - distance / (feather + 1), 0, 1)
    share = np.ceil(255 * near * near * (3 - 2 * near))
    return np.where(distance > feather, 0, share).astype(np.uint8)


def _distance(area: Area, reach: int) -> np.ndarray:
    """Return the distances of the pixels of an area and `reach` px around it to the area, float32 (h, w)."""
    down, across = (_outside(side, reach) for side in (area.box.height, area.box.width))
    if area.mask is None:
        return np.hypot(down[:, None], across)
    inside = np.pad(area.mask, reach)
    squares = np.minimum(np.minimum(_above(inside), _above(inside[::-1])[::-1]), reach + 1) ** 2
    best = squares.copy()  # the lower envelope of the squares along rows
    for shift in range(1, reach + 1):
        np.minimum(best[:, shift:], squares[:, :-shift] + shift**2, out=best[:, shift:])
        np.minimum(best[:, :-shift], squares[:, shift:] + shift**2, out=best[:, :-shift])
    return np.sqrt(best)


def _outside(length: int, reach: int) -> np.ndarray:
    """How far each place of a line and `reach` px beyond its ends lies from the line, float32."""
    places = np.arange(-reach, length + reach, dtype=np.float32)
    return np.maximum(np.maximum(-places, places - length + 1), 0)


def _above(inside: np.ndarray) -> np.ndarray:
    """How far above each pixel the nearest of its column that is inside lies, float32; far where there is none."""
    rows = np.arange(len(inside), dtype=np.float32)[:, None]
    return rows - np.maximum.accumulate(np.where(inside, rows, np.float32(-1e6)), axis=0)
