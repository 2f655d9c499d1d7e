"""What `handscroll plan` says: a painting planned without a model, in numbers and as a grid (paper, Fig. 6-8).

The grid of patches is anchored at the corner of the known picture, so that the same place keeps the same patch however
large the target is; in the report columns and rows count from the left and upper end of the target.
"""

from typing import Any

from engine.planning.context_pool import peak_pool
from engine.planning.schedule import plan
from engine.request import Box, Extent, Order, Patch, UserError

IMAGE_EXTENT = Extent(2, 2)  # the paper's extent for pictures (Table 1)
ARROWS = {Order.OMEGA: "→", Order.OMEGA_STAR: "←", Order.ZETA: "↓", Order.ZETA_STAR: "↑"}
WAYS = {
    Order.OMEGA: "columns top to bottom, going right",
    Order.OMEGA_STAR: "columns top to bottom, going left",
    Order.ZETA: "rows left to right, going down",
    Order.ZETA_STAR: "rows left to right, going up",
}


def plan_report(
    size: tuple[int, int],
    known: tuple[int, int] | None = None,
    at: tuple[int, int] = (0, 0),
    extent: Extent = IMAGE_EXTENT,
    frames: int = 1,
    patch_px: int = 256,
    order: Order | None = None,
) -> dict[str, Any]:
    """The plan of a target of `size` pixels with a known picture, of size `known`, at `at` in its first frame.

    Numbers, contexts and levels are those of Algorithm 2 (paper, Fig. 8). `count` is the number of patches to paint;
    `peak_pool` the most caches that are held at once when they are painted one by one.
    """
    _check(size, known, at, extent, frames, patch_px)
    left, top = _first_line(at[0], patch_px, known), _first_line(at[1], patch_px, known)
    columns, rows = -((left - size[0]) // patch_px), -((top - size[1]) // patch_px)
    cells = [Patch(x, y, frame) for frame in range(frames) for x in range(columns) for y in range(rows)]
    picture = Box(*at, *known) if known else Box(0, 0, 0, 0)
    target = Box(0, 0, *size)

    def is_known(cell: Patch) -> bool:
        box = Box(left + cell.column * patch_px, top + cell.row * patch_px, patch_px, patch_px)
        return cell.frame == 0 and picture.contains(box.intersect(target))

    planned = plan(cells, [cell for cell in cells if is_known(cell)], extent, order)
    patches = [
        {
            "number": p.number,
            "column": p.patch.column,
            "row": p.patch.row,
            "frame": p.patch.frame,
            "known": p.known,
            "order": p.order.value,
            "strip": p.strip,
            "level": p.level,
            "context": list(p.context),
        }
        for p in planned.patches
    ]
    return {
        "patches": patches,
        "count": len(planned.new),
        "critical_path": planned.critical_path,
        "peak_pool": peak_pool(planned),
    }


def draw(report: dict[str, Any]) -> str:
    """The report as text: the numbered grid, frames one below another, known patches in brackets (as in Fig. 7)."""
    patches = report["patches"]
    width = max(len(str(patch["number"])) for patch in patches)
    grids: dict[int, dict[int, dict[int, str]]] = {}
    for patch in sorted(patches, key=lambda patch: (patch["frame"], patch["row"], patch["column"])):
        lines = grids.setdefault(patch["frame"], {})
        lines.setdefault(patch["row"], {})[patch["column"]] = _cell(patch, width)
    text = []
    for frame, lines in grids.items():
        text += [f"frame {frame}"] if len(grids) > 1 else []
        text += ["".join(line.values()).rstrip() for line in lines.values()] + [""]
    return "\n".join(text + _legend(patches) + [_summary(report)])


def _cell(patch: dict[str, Any], width: int) -> str:
    number = f"{patch['number']:>{width}}"
    return f"[{number}] " if patch["known"] else f" {number}{ARROWS[Order(patch['order'])]} "


def _legend(patches: list[dict[str, Any]]) -> list[str]:
    used = {Order(patch["order"]) for patch in patches if not patch["known"]}
    known = ["[ ] known"] if any(patch["known"] for patch in patches) else []
    return known + [f"{ARROWS[order]} {WAYS[order]}" for order in Order if order in used]


def _summary(report: dict[str, Any]) -> str:
    count, path, peak = report["count"], report["critical_path"], report["peak_pool"]
    patches, caches = ("patch" if count == 1 else "patches"), ("cache" if peak == 1 else "caches")
    return f"{count} {patches} to paint, critical path {path}; at most {peak} {caches} held"


def _first_line(at: int, patch_px: int, known: tuple[int, int] | None) -> int:
    """Where the first column or row of the grid begins: at 0, or less where the known picture shifts the grid."""
    return -(-at % patch_px) if known else 0


def _check(
    size: tuple[int, int],
    known: tuple[int, int] | None,
    at: tuple[int, int],
    extent: Extent,
    frames: int,
    patch_px: int,
) -> None:
    if min(size) < 1:
        raise UserError(f"A result of {size[0]}×{size[1]} pixels is empty; give a width and a height above 0.")
    if patch_px < 1:
        raise UserError(f"A patch cannot be {patch_px} pixels wide; give 1 or more, 256 is usual.")
    if frames < 1:
        raise UserError(f"{frames} frames are not possible; give 1 for a picture, or more for a film.")
    if min(extent) < 0:
        raise UserError(f"The extent {','.join(map(str, extent))} is negative; give numbers of at least 0.")
    if known and min(known) < 1:
        raise UserError(f"A known picture of {known[0]}×{known[1]} pixels is empty; leave it out, or give its size.")
    if known and Box(*at, *known).intersect(Box(0, 0, *size)).empty:
        raise UserError(
            f"The known picture at {at[0]},{at[1]} lies completely outside the result of {size[0]}×{size[1]} pixels; "
            "move it inside, or leave it out."
        )
