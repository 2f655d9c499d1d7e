"""What needs no painting: even ground goes on as it is, and thin strips are mirrored (ours; not in the paper).

A white margin, the paper of a page or a flat background has no grain and begins nothing, so whatever a model adds to it
is wrong. A strip thinner than a token would cost patches of 256 tokens for what no eye tells from its mirror image.
"""

import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import torch

from engine.inference.connected_parts import bounds, components
from engine.inference.marks import find_marks, pooled, widened
from engine.media.known_pictures import THIN, laid_together
from engine.request import Box, KnownPicture, PaintRequest, Update

RING = 8  # px of what is known around a part that tell whether the ground is even
EVEN = 2  # grey levels in each channel that an even ground differs from its median at most
FEWEST = 64  # px of ground in the ring
BARE = 0.4  # of the ring that has to be ground, the rest being marks
SEEN = 256  # px around a part in which marks are looked for
MOST = 2**24  # px of a target that are looked at
GOES_ON = "What is all around is of one colour, so it goes on in that."

Marks = Callable[[], np.ndarray]  # finds seals, lettering and the like, bool (h, w); it takes a while


@dataclass(frozen=True, eq=False)
class Fill:
    """Pixels that are there without painting: `picture` is known from now on; `notes` say what was done."""

    picture: KnownPicture
    updates: tuple[Update, ...]
    notes: tuple[str, ...]

    def added_to(self, request: PaintRequest) -> PaintRequest:
        return replace(request, known=(*request.known, self.picture))


def fill(request: PaintRequest) -> Fill | None:
    """Return what needs no painting in the target where a picture is followed without words; None where all does."""
    target = request.target
    worded = any(prompt.text.strip() for prompt in request.prompts)
    if worded or not request.known or not request.exemplar or request.frames > 1:
        return None
    if target.width * target.height > MOST:
        return None
    wide = target.grow(RING)
    own = target.slices(wide)
    pixels, known = laid_together(request.known, wide)
    unknown = np.zeros(known.shape, bool)
    unknown[own] = ~known[own]
    even = _go_on_evenly(pixels, known, unknown, lambda: _marks_near(request.known, wide))
    thin = _thin(unknown & ~even)
    thin |= _thin(unknown & ~even & ~thin)  # corners, between two strips
    _mirror(pixels, known | even, thin)
    new = even | thin
    if not new.any():
        return None
    left = (unknown & ~new)[own]
    pixels, new = np.ascontiguousarray(pixels[own]), new[own]
    boxes = _boxes(Box(0, 0, target.width, target.height), new, left)
    updates = tuple(Update(box.moved(*target[:2]), pixels[box.slices(Box(0, 0, 0, 0))].copy()) for box in boxes)
    return Fill(KnownPicture(target, pixels, new), updates, (GOES_ON,) if even.any() else ())


def _boxes(box: Box, new: np.ndarray, left: np.ndarray) -> Iterator[Box]:
    """Boxes that hold all that is new and nothing that is left to be painted."""
    here = box.slices(Box(0, 0, 0, 0))
    if not new[here].any():
        return
    if not left[here].any():
        yield box
        return
    if box.width >= box.height:
        half = box._replace(width=box.width // 2), Box.spanning(box.x + box.width // 2, box.y, box.right, box.bottom)
    else:
        half = box._replace(height=box.height // 2), Box.spanning(box.x, box.y + box.height // 2, box.right, box.bottom)
    for part in half:
        yield from _boxes(part, new, left)


# ---- even ground


def _go_on_evenly(pixels: np.ndarray, known: np.ndarray, unknown: np.ndarray, marks: Marks) -> np.ndarray:
    """Paint the parts that even ground is all around, in place; returns where they are, bool (h, w)."""
    found = np.zeros(unknown.shape, bool)
    label = components(unknown)
    for number, part in enumerate(bounds(label), start=1):
        near = tuple(widened(some, RING, length) for some, length in zip(part, label.shape, strict=True))
        own = label[near] == number
        ring = pooled(torch.from_numpy(own)[None, None].float(), RING)[0, 0].numpy() > 0
        colour = _colour(pixels[near], ring & known[near], lambda near=near: marks()[near])
        if colour is not None:
            pixels[near][own] = colour
            found[near] |= own
    return found


def _colour(pixels: np.ndarray, ring: np.ndarray, marks: Marks) -> np.ndarray | None:
    """The colour of an even ring, of which marks are no part."""
    if ring.sum() < FEWEST:
        return None
    seen = pixels[ring].astype(np.int16)
    colour = np.median(seen, 0).astype(np.uint8)
    ground = np.abs(seen - colour).max(1) <= EVEN
    if ground.all():
        return colour
    if ground.mean() < BARE or not (ground | marks()[ring]).all():
        return None
    return colour


def _marks_near(known: Sequence[KnownPicture], box: Box) -> np.ndarray:
    """Marks in a box, bool (h, w), looked for among what is known in and around it."""
    near = Box.around(picture.box for picture in known).intersect(box.grow(SEEN))
    shared, found = near.intersect(box), np.zeros((box.height, box.width), bool)
    found[shared.slices(box)] = find_marks(*laid_together(known, near))[shared.slices(near)]
    return found


# ---- thin strips


def _thin(unknown: np.ndarray) -> np.ndarray:
    """What is at most THIN pixels wide or high, bool (h, w)."""
    result = np.zeros_like(unknown)
    if unknown.any():
        part = Box.holding(unknown).slices(Box(0, 0, 0, 0))
        own = unknown[part]
        result[part] = own & ((_runs(own) <= THIN) | (_runs(own.T).T <= THIN))
    return result


def _runs(mask: np.ndarray) -> np.ndarray:
    """How long the run of each pixel in its row is, int64 (h, w)."""
    columns = np.arange(mask.shape[1])
    before = np.maximum.accumulate(np.where(mask, -1, columns), axis=1)
    after = np.minimum.accumulate(np.where(mask, mask.shape[1], columns)[:, ::-1], axis=1)[:, ::-1]
    return after - before - 1


def _mirror(pixels: np.ndarray, known: np.ndarray, thin: np.ndarray) -> None:
    """Give thin strips the pixels beyond the nearest known one, in place; those without any stay unknown."""
    reach = range(-THIN, THIN + 1)
    ways = sorted(itertools.product(reach, reach), key=lambda way: way[0] ** 2 + way[1] ** 2)
    rows, columns = np.nonzero(thin)
    for dy, dx in ways[1:]:
        near = _at(known, rows + dy, columns + dx)
        far = near & _at(known, rows + 2 * dy, columns + 2 * dx)
        times = 1 + far
        pixels[rows[near], columns[near]] = pixels[(rows + times * dy)[near], (columns + times * dx)[near]]
        rows, columns = rows[~near], columns[~near]
    thin[rows, columns] = False


def _at(mask: np.ndarray, rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
    """A mask at places, False beyond its edges."""
    inside = (rows >= 0) & (rows < mask.shape[0]) & (columns >= 0) & (columns < mask.shape[1])
    return inside & mask[rows.clip(0, mask.shape[0] - 1), columns.clip(0, mask.shape[1] - 1)]
