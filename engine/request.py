"""What engine and program exchange: boxes, requests and events, frozen and free of torch.

Canvas coordinates are integer pixels with y down; they are unbounded and may be negative. Patches are addressed by
column, row and frame on a grid that is anchored at the first known picture, so the same place keeps the same patch,
and the same noise, however large the target is.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum
from typing import Literal, NamedTuple

import numpy as np

# What is taken where nothing else is asked for, if not what PaintRequest has.
GUIDANCE = 3.0  # of pictures: with 1 words hardly show (resources/manual/words.md)


class UserError(Exception):
    """What went wrong, what was kept and what to do, in a sentence for the artist; never a traceback."""


class Order(str, Enum):
    """The four basic orders of the Arbitrary Direction Controller (paper, Fig. 6)."""

    OMEGA = "omega"  # ↓→ columns top to bottom, going right
    OMEGA_STAR = "omega_star"  # ↓← columns top to bottom, going left
    ZETA = "zeta"  # →↓ rows left to right, going down
    ZETA_STAR = "zeta_star"  # →↑ rows left to right, going up


class Patch(NamedTuple):
    """The place of a patch on the patch grid: the engine's unit of painting, 16×16 tokens of one frame."""

    column: int
    row: int
    frame: int = 0


class Extent(NamedTuple):
    """How far the context of a patch reaches: columns and rows to each side, frames back (ew, eh, ef)."""

    columns: int
    rows: int
    frames: int = 0


class Box(NamedTuple):
    """A rectangle of canvas pixels; empty when width or height is not positive."""

    x: int
    y: int
    width: int
    height: int

    @property
    def right(self) -> int:
        return self.x + self.width

    @property
    def bottom(self) -> int:
        return self.y + self.height

    @property
    def empty(self) -> bool:
        return self.width <= 0 or self.height <= 0

    @classmethod
    def spanning(cls, left: int, top: int, right: int, bottom: int) -> "Box":
        return cls(left, top, right - left, bottom - top)

    @classmethod
    def around(cls, boxes: "Iterable[Box]") -> "Box":
        """The smallest box that holds all boxes; at least one is needed."""
        boxes = list(boxes)
        return cls.spanning(
            min(b.x for b in boxes), min(b.y for b in boxes), max(b.right for b in boxes), max(b.bottom for b in boxes)
        )

    @classmethod
    def holding(cls, mask: np.ndarray) -> "Box":
        """The smallest box with all places that are set in a mask, bool (h, w); an empty one where none is."""
        rows, columns = np.flatnonzero(mask.any(1)), np.flatnonzero(mask.any(0))
        if not len(rows):
            return cls(0, 0, 0, 0)
        return cls.spanning(int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1)

    def grow(self, margin: int) -> "Box":
        return Box(self.x - margin, self.y - margin, self.width + 2 * margin, self.height + 2 * margin)

    def moved(self, right: int, down: int) -> "Box":
        return self._replace(x=self.x + right, y=self.y + down)

    def intersect(self, other: "Box") -> "Box":
        left, top = max(self.x, other.x), max(self.y, other.y)
        right, bottom = min(self.right, other.right), min(self.bottom, other.bottom)
        return Box.spanning(left, top, max(left, right), max(top, bottom))

    def contains(self, other: "Box") -> bool:
        return self.intersect(other) == other

    def slices(self, origin: "Box") -> tuple[slice, slice]:
        """Rows and columns of this box in an array whose first pixel lies at the corner of `origin`."""
        left, top = self.x - origin.x, self.y - origin.y
        return slice(top, top + self.height), slice(left, left + self.width)


@dataclass(frozen=True, eq=False)
class KnownPicture:
    """Pixels that exist before painting: `pixels` uint8 (height, width, 3) at `box`; `mask` bool, True where known.

    frame: of a film, counted from 0; what is known in one frame is not known in others.
    """

    box: Box
    pixels: np.ndarray
    mask: np.ndarray | None = None
    frame: int = 0


@dataclass(frozen=True, eq=False)
class Area:
    """A part of the canvas: a box, or what `mask`, bool (height, width), marks of it."""

    box: Box
    mask: np.ndarray | None = None


@dataclass(frozen=True, eq=False)
class Reference:
    """A picture that does not lie on the canvas and is painted from: `pixels` uint8 (height, width, 3).

    avoid: bool (height, width), what nothing is taken from. at: the canvas pixel near which it is taken from; None
    takes from it everywhere. file: where it can be read again.
    """

    name: str
    pixels: np.ndarray
    avoid: np.ndarray | None = None
    at: tuple[int, int] | None = None
    file: str = ""


@dataclass(frozen=True, eq=False)
class PaintedPatch:
    """A patch finished earlier, for exact resume: `tokens` int32 in raster order, (16, 16)."""

    patch: Patch
    tokens: np.ndarray


class Prompt(NamedTuple):
    """Words that steer the painting. `at`: the canvas pixel where they are said; None says them everywhere.

    frame: of a film, the first in which they are said; they are until others are.
    """

    text: str
    at: tuple[int, int] | None = None
    frame: int = 0


@dataclass(frozen=True, eq=False)
class PaintRequest:
    """Everything the engine needs to paint `target`, contained in one value.

    known: what exists before painting, inside the target and around it; around it, whole patches are read as context.
    painted: what an earlier run has painted; of patches that are known, the tokens that they were painted with.
    anchor: a corner of the patch grid; None takes the corner of the first known picture, or of the target.
    temperature: > 0 (1.0 is the model's own). top_k: 0 keeps all tokens. top_p: in (0, 1], 1 keeps all.
    min_p: in [0, 1], the share of the likeliest token's probability below which none is taken; 0 keeps all.
    Either is what the model samples best with where it is None.
    order: one order for everything, or None for composite strips around the known part.
    recache: "order" re-reads the border band under the reader's order; "none" is the literal Algorithm 2.
    prompts: none, one, or several with a place each; empty words continue the surroundings. So in each frame of a film.
    guidance: classifier-free; 1.0 is none, more follows the words more strictly and takes twice the time.
    grain: from 0, how much of the surface of the known picture is laid over what is painted; 1 is as much as it has
    itself. Films have none.
    exemplar: from 0 to 1, how far the known picture is followed: it votes on every token, and gives what is painted its
    own pixels. 0 is Algorithm 2 as the paper has it. Films have none, nor have pictures out of nothing without
    references.
    scale: with an exemplar, how many times smaller than the canvas the picture is painted before its pixels come back;
    1 is as it is, 0 chooses.
    lively: with an exemplar, from 0 (calm: little that is single begins) to 1.
    not_from: with an exemplar, parts of the canvas that nothing is taken from.
    replaced: parts of the known pictures that are painted anew, as if nothing were known there. feather: from 0, pixels
    around them over which what is painted goes over into what was there.
    wrap: pixels after which the canvas comes round to its left end again, as a panorama does; 0 is never.
    references: with an exemplar, other pictures that are followed as well; where nothing is known, they alone.
    frames: how many the target has; above 1 it is a film, and the model has to look back at frames.
    since: of a film the last of the frames that are whole, as it was told: with the patches of these among `painted`,
    they are neither decoded nor told again.
    local: how the tokens of a patch are drawn: one after another, or, as a preview by a model that was trained for it,
    all at once in a few rounds or in one (paper, Table 7a).
    """

    target: Box
    known: tuple[KnownPicture, ...] = ()
    seed: int = 0
    temperature: float = 1.0
    top_k: int = 0
    top_p: float | None = None
    min_p: float | None = None
    order: Order | None = None
    recache: Literal["order", "none"] = "order"
    painted: tuple[PaintedPatch, ...] = field(default=())
    anchor: tuple[int, int] | None = None
    prompts: tuple[Prompt, ...] = ()
    guidance: float = 1.0
    grain: float = 0.0
    exemplar: float = 0.0
    scale: float = 0.0
    lively: float = 0.5
    not_from: tuple[Area, ...] = ()
    replaced: tuple[Area, ...] = ()
    feather: int = 0
    wrap: int = 0
    references: tuple[Reference, ...] = ()
    frames: int = 1
    since: "FramePainted | None" = None
    local: Literal["ar", "mask_predict", "parallel"] = "ar"


@dataclass(frozen=True)
class Planned:
    """The work ahead: how many patches are new, how many of them are painted already, and the levels they fall into.

    notes: what could not be done as asked, in sentences. updates: pixels that are there without painting.
    """

    patches: int
    resumed: int
    levels: int
    boxes: tuple[Box, ...]
    notes: tuple[str, ...] = ()
    updates: "tuple[Update, ...]" = ()


@dataclass(frozen=True)
class PatchStarted:
    patch: Patch
    box: Box


class Update(NamedTuple):
    """Pixels that changed: uint8 (height, width, 3) at `box`, in the frame of the patch that is told of."""

    box: Box
    pixels: np.ndarray


class Taken(NamedTuple):
    """Part of a patch that follows the known picture: `box` of the canvas came from `source`, as large.

    reference: the name of the reference that it came from, with `source` where it would lie on the canvas if it hung
    at its corner, as large as it was painted from; empty for the canvas itself.
    """

    box: Box
    source: Box
    reference: str = ""


@dataclass(frozen=True, eq=False)
class PatchPainted:
    """A finished patch, cut to the target, and the parts of earlier patches that changed with it.

    Where it is not told live: parts as large as several patches that nothing changes any more, with this one or not.
    taken: with an exemplar, where the largest parts of the patch came from. refined: the same of earlier patches, whose
    pixels were found with this one.

    bits_per_token: how unlikely the model found what it drew (the doubt map); `tokens` int32 (16, 16).
    """

    patch: Patch
    updates: tuple[Update, ...]
    tokens: np.ndarray
    bits_per_token: float
    taken: tuple[Taken, ...] = ()
    refined: tuple[tuple[Patch, tuple[Taken, ...]], ...] = ()


@dataclass(frozen=True, eq=False)
class PatchGrown:
    """A patch that is still being painted, as it stands; only to be looked at, the finished one replaces it.

    The pixels of `update` have a fourth channel: 255 where something is painted or known, 0 elsewhere.
    """

    patch: Patch
    update: Update


@dataclass(frozen=True, eq=False)
class FramePainted:
    """A frame of a film as it stays, uint8 (height, width, 3) of the whole target; frames come in their order.

    Until then what patches tell of it is provisional: the guide of PG-VQGAN needs all of the frame before.
    """

    frame: int
    pixels: np.ndarray


@dataclass(frozen=True)
class Followed:
    """How a painting followed the known picture.

    scale: how many times smaller it was painted. sources: places that could be taken from. sourced: share of the new
    tokens that have a source. verbatim: share of them in runs of more than 12×12 tokens taken as they stand; longest:
    width and height of the largest run in canvas pixels. shares: of the new tokens, by the reference that they came
    from, the largest first; the rest came from the canvas.
    """

    scale: float
    sources: int
    sourced: float
    verbatim: float
    longest: tuple[int, int]
    shares: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True)
class Finished:
    """All of the target is painted; `peak_pool` patches and `peak_pool_bytes` were held in the pool at most.

    followed: with an exemplar, what came from it.
    """

    peak_pool: int
    peak_pool_bytes: int
    followed: Followed | None = None


@dataclass(frozen=True)
class Stopped:
    """Painting stopped on request; every finished patch has been told."""


PaintEvent = Planned | PatchStarted | PatchGrown | PatchPainted | FramePainted | Finished | Stopped
