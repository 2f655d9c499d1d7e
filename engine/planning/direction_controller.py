"""The Arbitrary Direction Controller: which patch comes next, and where the others lie (paper, section 3.2, Fig. 6-7).

`split` and `label` are the paper's Split and Emb. `strips` composes the four basic orders around whatever is known, so
that each patch of an outpainting sees a context of a shape that training showed.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from engine.request import Box, Extent, Order, Patch


class Strip(NamedTuple):
    """A run of patches that are painted in one basic order, first to last."""

    order: Order
    patches: tuple[Patch, ...]


# --- Split ------------------------------------------------------------------------------------------------------------


def order_key(order: Order, patch: Patch) -> tuple[int, int, int]:
    """Sorts patches into one of the four basic orders (paper, Fig. 6), frames outermost (Fig. 7)."""
    column, row, frame = patch
    match order:
        case Order.OMEGA:
            return frame, column, row
        case Order.OMEGA_STAR:
            return frame, -column, row
        case Order.ZETA:
            return frame, row, column
        case Order.ZETA_STAR:
            return frame, -row, column


def split(patches: Iterable[Patch], order: Order) -> list[Patch]:
    """Split of ADC: the patches p_1 … p_N in the order in which they are painted (paper, Fig. 6)."""
    return sorted(patches, key=lambda patch: order_key(order, patch))


def token_order(order: Order, side: int = 16) -> list[int]:
    """Step → raster location (y * side + x) inside a patch: the arrows of Fig. 6 are the local order too."""
    return sorted(range(side * side), key=lambda location: order_key(order, Patch(location % side, location // side)))


# --- Emb --------------------------------------------------------------------------------------------------------------


def label_count(extent: Extent) -> int:
    """Rows of the position table: (2ew+1)(2eh+1)(ef+1); 18 for (1,1,1), the letters a…r of Fig. 7."""
    return (2 * extent.columns + 1) * (2 * extent.rows + 1) * (extent.frames + 1)


def label(reader: Patch, read: Patch, extent: Extent) -> int:
    """Emb of ADC: the row of the position table for `read`, as `reader` sees it (paper, Eq. 9 and Fig. 7)."""
    dx, dy, df = read.column - reader.column, read.row - reader.row, read.frame - reader.frame
    ew, eh, ef = extent
    if abs(dx) > ew or abs(dy) > eh or not -ef <= df <= 0:
        raise ValueError(f"{read} lies outside the extent {tuple(extent)} of {reader}")
    return ((df + ef) * (2 * eh + 1) + (dy + eh)) * (2 * ew + 1) + (dx + ew)


def offset(label: int, extent: Extent) -> tuple[int, int, int]:
    """The (dx, dy, df) that a row of the position table stands for: the inverse of `label` (paper, Fig. 7)."""
    ew, eh, ef = extent
    rest, x = divmod(label, 2 * ew + 1)
    z, y = divmod(rest, 2 * eh + 1)
    return x - ew, y - eh, z - ef


@cache
def _offsets(extent: Extent) -> tuple[tuple[int, int, int], ...]:
    every = (offset(row, extent) for row in range(label_count(extent)))
    return tuple(place for place in every if place != (0, 0, 0))


def nearby(patch: Patch, extent: Extent) -> Iterator[Patch]:
    """All places within the extent of a patch but its own, in label order (paper, section 3.3, Fig. 8)."""
    column, row, frame = patch
    for dx, dy, df in _offsets(extent):
        yield Patch(column + dx, row + dy, frame + df)


# --- composite orders -------------------------------------------------------------------------------------------------


def path_length(strips: Iterable[Strip], extent: Extent) -> int:
    """Patches that have to wait for one another when all others are painted side by side: the critical path."""
    level: dict[Patch, int] = {}
    for strip in strips:
        for patch in strip.patches:
            level[patch] = 1 + max((level.get(near, 0) for near in nearby(patch, extent)), default=0)
    return max(level.values(), default=0)


def strips(cells: Collection[Patch], known: Collection[Patch], extent: Extent) -> list[Strip]:
    """The basic orders composed around the known part of one frame (paper, section 3.2: outpainting).

    All cells that are not known are painted. First the holes and gaps inside the bounding box of the known ones, then
    outward from it: right and left, then down and up over the new width; or the other way round where that is shorter.
    """
    new, known = set(cells) - set(known), set(known)
    if not new:
        return []
    if not known:
        single = ([Strip(order, tuple(split(new, order)))] for order in (Order.OMEGA, Order.ZETA))
        return min(single, key=lambda strips: path_length(strips, extent))
    middle = _bounds(known)
    inner = _fill({cell for cell in new if _inside(cell, middle)}, known)
    outer = {cell for cell in new if not _inside(cell, middle)}
    sideways, upright = (Order.OMEGA, Order.OMEGA_STAR), (Order.ZETA, Order.ZETA_STAR)
    choices = [inner + _outward(outer, middle, orders) for orders in (sideways + upright, upright + sideways)]
    return min(choices, key=lambda strips: path_length(strips, extent))


def _outward(cells: set[Patch], middle: Box, orders: Sequence[Order]) -> list[Strip]:
    """One strip to each side of `middle`. A corner falls to the later order, which so spans all that came before."""
    sides: dict[Order, list[Patch]] = {order: [] for order in orders}
    for cell in cells:
        sides[[order for order in orders if _beyond(cell, middle, order)][-1]].append(cell)
    return [Strip(order, tuple(split(side, order))) for order, side in sides.items() if side]


def _beyond(cell: Patch, middle: Box, order: Order) -> bool:
    """Whether the cell lies on the side of `middle` towards which the order paints."""
    match order:
        case Order.OMEGA:
            return cell.column >= middle.right
        case Order.OMEGA_STAR:
            return cell.column < middle.x
        case Order.ZETA:
            return cell.row >= middle.bottom
        case Order.ZETA_STAR:
            return cell.row < middle.y


def _fill(free: set[Patch], known: set[Patch]) -> list[Strip]:
    """Covers `free` by rectangles, greedily: the best-known one first, each known to the next once it is painted."""
    free, known, result = set(free), set(known), []
    while free:
        # Equal shares: the larger one, since fewer strips leave fewer borders; then the upper left one.
        box = max(_rectangles(free), key=lambda box: (_share(box, known), box.width * box.height, -box.y, -box.x))
        starts = {order: sum(cell in known for cell in _start(box, order)) for order in Order}
        order = max(Order, key=starts.__getitem__)
        strip = Strip(order, tuple(split(_cells(box), order)))
        result.append(strip)
        free.difference_update(strip.patches)
        known.update(strip.patches)
    return result


def _share(box: Box, known: set[Patch]) -> float:
    """How much of the outer rim of a rectangle is known."""
    return sum(cell in known for order in Order for cell in _start(box, order)) / (2 * (box.width + box.height))


def _start(box: Box, order: Order) -> list[Patch]:
    """The cells just outside of the side at which an order enters a rectangle: ω left, ω* right, ζ top, ζ* bottom."""
    match order:
        case Order.OMEGA:
            return _cells(Box(box.x - 1, box.y, 1, box.height))
        case Order.OMEGA_STAR:
            return _cells(Box(box.right, box.y, 1, box.height))
        case Order.ZETA:
            return _cells(Box(box.x, box.y - 1, box.width, 1))
        case Order.ZETA_STAR:
            return _cells(Box(box.x, box.bottom, box.width, 1))


def _rectangles(free: set[Patch]) -> Iterator[Box]:
    """Every rectangle of free cells that cannot be made larger on any side."""
    run: dict[Patch, int] = {}  # free cells from here to the right
    for cell in sorted(free, reverse=True):
        run[cell] = 1 + run.get(cell._replace(column=cell.column + 1), 0)
    for x, y, frame in free:
        width, height, left = run[Patch(x, y, frame)], 1, True
        above = run.get(Patch(x, y - 1, frame), 0)
        while width > above:  # or else it could grow upward, and so could all below it, which are no wider
            left = left and Patch(x - 1, y + height - 1, frame) in free
            below = min(width, run.get(Patch(x, y + height, frame), 0))
            if below < width and not left:
                yield Box(x, y, width, height)
            width, height = below, height + 1


# Boxes count cells here, not pixels.
def _cells(box: Box) -> list[Patch]:
    return [Patch(x, y) for x in range(box.x, box.right) for y in range(box.y, box.bottom)]


def _bounds(cells: Collection[Patch]) -> Box:
    return Box.around(Box(cell.column, cell.row, 1, 1) for cell in cells)


def _inside(cell: Patch, box: Box) -> bool:
    return box.x <= cell.column < box.right and box.y <= cell.row < box.bottom
