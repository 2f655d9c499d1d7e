"""The plan of a painting: numbers, contexts, caches and dependency levels (paper, section 3, Algorithm 2 and Fig. 8).

Everything here follows from the places alone, before a single token is drawn: which patches each patch reads, under
which order their caches are made, and which patches do not need one another and can be painted side by side.
"""

from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from typing import Literal, NamedTuple

from engine.planning import direction_controller as controller
from engine.planning.direction_controller import Strip, nearby, order_key, split
from engine.request import Extent, Order, Patch

# How deep caches are made again under the order of their reader. Measured with the starter: 20 held-out crops of 6×4
# patches, half of them known at a side or four in the middle: with 2 the bits per token are the same to 0.0002, with 40
# caches made where 1 takes 28.
BAND = 1


class CacheKey(NamedTuple):
    """The cache of a patch as it was computed under an order for a strip: a_n of Eq. 12."""

    number: int
    order: Order
    strip: int


Reader = int | CacheKey  # a new patch, by its number, or a cache that is computed from others


@dataclass(frozen=True)
class PlannedPatch:
    """A patch of the plan: p_n with its context c_n (paper, Fig. 8).

    number: from 1, known patches first. strip: from 1, 0 for known patches. level: from 1, 0 for known patches;
    patches of one level do not need one another. context: numbers of the patches it reads, ascending.
    """

    number: int
    patch: Patch
    order: Order
    strip: int
    known: bool
    level: int
    context: tuple[int, ...]

    @property
    def key(self) -> CacheKey:
        """The cache that the patch leaves under its own order, without any more reading."""
        return CacheKey(self.number, self.order, self.strip)


@dataclass(frozen=True, eq=False)
class Plan:
    """All patches by number; `caches`: each cache that is read, in computable order, with the caches it reads itself.

    The cache of a new patch under its own order comes with the painting: it reads what the patch has read.
    """

    patches: tuple[PlannedPatch, ...]
    extent: Extent
    caches: dict[CacheKey, tuple[CacheKey, ...]]
    selected: dict[int, tuple[CacheKey, ...]] = field(repr=False)

    @cached_property
    def new(self) -> tuple[PlannedPatch, ...]:
        return tuple(planned for planned in self.patches if not planned.known)

    @property
    def critical_path(self) -> int:
        """How many patches have to wait for one another: (eh+1)(W-1)+H for a grid in ω order."""
        return max((planned.level for planned in self.new), default=0)

    def levels(self) -> list[list[PlannedPatch]]:
        """The wavefront: new patches that may be painted in one batch, batch after batch."""
        result: list[list[PlannedPatch]] = [[] for _ in range(self.critical_path)]
        for planned in self.new:
            result[planned.level - 1].append(planned)
        return result

    def reads(self, planned: PlannedPatch) -> tuple[CacheKey, ...]:
        """Select of NCP: the caches that a new patch reads, in the order of its context (paper, Algorithm 2)."""
        return self.selected[planned.number]

    def needed(self, remaining: Iterable[PlannedPatch]) -> list[CacheKey]:
        """All caches that painting these patches takes, theirs among them, in an order in which they can be made."""
        wanted = chain.from_iterable(self.reads(planned) for planned in remaining)
        return list(computable(wanted, self.caches.__getitem__, ()))

    def reading(self, finished: Container[int] = ()) -> dict[Reader, tuple[CacheKey, ...]]:
        """Who still reads what, when the patches numbered in `finished` are painted but no cache is left of them."""
        remaining = [planned for planned in self.new if planned.number not in finished]
        result: dict[Reader, tuple[CacheKey, ...]] = {planned.number: self.reads(planned) for planned in remaining}
        result.update((key, self.caches[key]) for key in self.needed(remaining))
        return result


def plan(
    cells: Iterable[Patch],
    known: Iterable[Patch],
    extent: Extent,
    order: Order | None = None,
    recache: Literal["order", "none"] = "order",
    band: int = BAND,
    strips: Sequence[Strip] | None = None,
) -> Plan:
    """Plans the painting of all cells that are not known (paper, Algorithm 2; composite orders: section 3.2).

    order: one strip in this order; None composes strips around the known part of each frame.
    recache: "order" makes the caches that a strip finds again under its own order, from those within `band` patches of
    it; "none" is the literal Algorithm 2, where every patch has one cache, under the order it was painted in.
    strips: given strips instead of planned ones.
    """
    cells, known = set(cells), set(known)
    if strips is None and order is not None:
        strips = [Strip(order, tuple(split(cells - known, order)))]
    elif strips is None:
        strips = _strips_of_frames(cells, known, extent)
    planner = _Planner(extent, recache == "order", band, strips)
    first = order or Order.OMEGA
    for number, strip in enumerate([Strip(first, tuple(split(known, first))), *strips]):
        for patch in strip.patches:
            planner.append(patch, strip.order, number)
    return Plan(tuple(planner.patches), extent, planner.caches, planner.selected)


def readers(plan: Plan, finished: Container[int] = ()) -> dict[CacheKey, int]:
    """How many patches and caches are still to read each cache: what Remove of NCP goes by (paper, section 3.3)."""
    return dict(Counter(chain.from_iterable(plan.reading(finished).values())))


def computable(
    wanted: Iterable[CacheKey], inputs: Callable[[CacheKey], Sequence[CacheKey]], have: Container[CacheKey]
) -> Iterator[CacheKey]:
    """The wanted caches and all that they are made from, inputs first, without those that one has.

    Depth first on a stack of its own: chains of caches run to thousands, further than Python can recurse.
    """
    made: set[CacheKey] = set()
    stack = list(wanted)[::-1]
    while stack:
        key = stack[-1]
        missing = [] if key in made or key in have else [k for k in inputs(key) if k not in made and k not in have]
        if missing:
            stack.extend(reversed(missing))
            continue
        stack.pop()
        if key not in made and key not in have:
            made.add(key)
            yield key


def _strips_of_frames(cells: set[Patch], known: set[Patch], extent: Extent) -> list[Strip]:
    """Composite strips frame by frame, frames outermost.

    A frame that knows nothing of its own continues the strip of the frame before when both are one strip of one order:
    training painted all frames of a clip in one order too, so that nothing needs another cache.
    """
    result: list[Strip] = []
    alone = False  # the frame before is one single strip
    for frame in sorted({cell.frame for cell in cells - known}):
        own, given = _flat(cells, frame), _flat(known, frame)
        found = [_lift(strip, frame) for strip in controller.strips(own, given, extent)]
        if alone and not given and [strip.order for strip in found] == [result[-1].order]:
            result[-1] = Strip(result[-1].order, result[-1].patches + found[0].patches)
        else:
            result += found
            alone = len(found) == 1
    return result


def _flat(patches: set[Patch], frame: int) -> set[Patch]:
    return {patch._replace(frame=0) for patch in patches if patch.frame == frame}


def _lift(strip: Strip, frame: int) -> Strip:
    return Strip(strip.order, tuple(patch._replace(frame=frame) for patch in strip.patches))


class _Planner:
    """Takes the patches in the order of their numbers, and finds for each what it reads and whom it waits for."""

    def __init__(self, extent: Extent, recache: bool, band: int, strips: Sequence[Strip]):
        self.extent, self.recache, self.strips = extent, recache, strips
        self.reach = Extent(band, band, extent.frames)
        self.patches: list[PlannedPatch] = []
        self.caches: dict[CacheKey, tuple[CacheKey, ...]] = {}
        self.selected: dict[int, tuple[CacheKey, ...]] = {}
        self.numbers: dict[Patch, int] = {}
        self.bands: dict[int, set[Patch]] = {}
        self.ready: dict[CacheKey, int] = {}  # the level at which the tokens behind a cache are all painted

    def append(self, patch: Patch, order: Order, strip: int) -> None:
        number, known, level = len(self.patches) + 1, strip == 0, 0
        # Only patches with smaller numbers are in the table yet, so whatever is found there is context.
        context = tuple(sorted(self.numbers[near] for near in nearby(patch, self.extent) if near in self.numbers))
        self.selected[number] = tuple(self.key(n, order, strip) for n in context)
        if not known:
            self.make(self.selected[number])
            level = 1 + max((self.ready[key] for key in self.selected[number]), default=0)
        self.patches.append(PlannedPatch(number, patch, order, strip, known, level, context))
        self.numbers[patch] = number

    def key(self, number: int, order: Order, strip: int) -> CacheKey:
        """The cache of a patch that a reader of this order and strip asks for."""
        return CacheKey(number, order, strip) if self.recache else self.patches[number - 1].key

    def make(self, wanted: Iterable[CacheKey]) -> None:
        for key in computable(wanted, self.inputs, self.caches):
            self.caches[key] = inputs = self.inputs(key)
            self.ready[key] = max([self.patches[key.number - 1].level, *(self.ready[k] for k in inputs)])

    def inputs(self, key: CacheKey) -> tuple[CacheKey, ...]:
        """What a cache is computed from: what its patch has read, or, made again, what the strip would have read."""
        planned = self.patches[key.number - 1]
        if planned.key == key:
            return self.selected[key.number]
        place, band = order_key(key.order, planned.patch), self.band(key.strip)
        return tuple(
            CacheKey(number, key.order, key.strip)
            for number in sorted(self.numbers[near] for near in nearby(planned.patch, self.extent) if near in band)
            if order_key(key.order, self.patches[number - 1].patch) < place
        )

    def band(self, strip: int) -> set[Patch]:
        """The patches around a strip, painted or known before it began, that its caches are made again from."""
        if strip not in self.bands:
            near = {near for patch in self.strips[strip - 1].patches for near in nearby(patch, self.reach)}
            before = {p for p in near if p in self.numbers and self.patches[self.numbers[p] - 1].strip < strip}
            self.bands[strip] = before
        return self.bands[strip]
