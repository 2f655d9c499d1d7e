"""Which patches of a plan are finished together, at full size, once they are painted in small (ours)."""

from dataclasses import dataclass

from engine.planning.schedule import Plan, PlannedPatch
from engine.request import Order, Patch

LARGEST = 12  # patches of a section; the last one of a strip may have twice as many


@dataclass(frozen=True, eq=False)
class Section:
    """Patches that are finished together: neighbouring columns (or rows) of a strip. ahead: they and the next ones."""

    patches: frozenset[Patch]
    ahead: frozenset[Patch]


def sections(plan: Plan) -> list[Section]:
    """Cut the strips of a plan into sections, in the order in which they are painted."""
    found: list[Section] = []
    strips: dict[int, list[PlannedPatch]] = {}
    for planned in plan.new:
        strips.setdefault(planned.strip, []).append(planned)
    for strip in strips.values():
        lines: list[list[Patch]] = []
        for planned in strip:
            along = planned.order in (Order.OMEGA, Order.OMEGA_STAR)
            if lines and (lines[-1][0].column if along else lines[-1][0].row) == (
                planned.patch.column if along else planned.patch.row
            ):
                lines[-1].append(planned.patch)
            else:
                lines.append([planned.patch])
        groups = [lines[0]]
        for line in lines[1:]:
            if len(groups[-1]) + len(line) <= LARGEST:
                groups[-1] = groups[-1] + line
            else:
                groups.append(line)
        groups[-2:] = [[patch for group in groups[-2:] for patch in group]]  # the last but one looks at the last anyway
        for group, after in zip(groups, [*groups[1:], []], strict=True):
            found.append(Section(frozenset(group), frozenset([*group, *after])))
    return found
