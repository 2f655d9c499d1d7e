"""The region's frame: dragged out, pulled by eight grips, fitted to a hole, and led by the arrow keys."""

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QCursor, QKeyEvent

from app.canvas.pointer import Pointer
from app.canvas.tools.base import ARROWS, Gesture, Tool, held, slipped
from app.canvas.tools.region_geometry import GRIPS, Grip, grip_place, hole_at, outwards, resampled, stretched
from app.document import Region
from app.document.geometry import SNAP
from app.translation import tr
from engine.request import Box

GRASP = 9.0  # widget pixels round a grip within which it is taken
FIRST = 512  # canvas pixels to a side of a region made with the keys

CURSORS: dict[Grip, Qt.CursorShape] = {
    (-1, -1): Qt.CursorShape.SizeFDiagCursor,
    (1, 1): Qt.CursorShape.SizeFDiagCursor,
    (1, -1): Qt.CursorShape.SizeBDiagCursor,
    (-1, 1): Qt.CursorShape.SizeBDiagCursor,
    (0, -1): Qt.CursorShape.SizeVerCursor,
    (0, 1): Qt.CursorShape.SizeVerCursor,
    (-1, 0): Qt.CursorShape.SizeHorCursor,
    (1, 0): Qt.CursorShape.SizeHorCursor,
}


class RegionTool(Tool):
    name = "region"

    def gesture(self, event: Pointer) -> Gesture:
        before = self.session.region
        if event.clicks > 1:
            self._fit(event)
            return
        try:
            if before is not None and (grip := self.grip_at(event.at)) is not None:
                yield from self._pull(before, grip)
            elif before is not None and self._holds(before, event):
                yield from self._carry(before, event)
            else:
                yield from self._drag_out(event)
        except GeneratorExit:
            self.session.set_region(before)
            raise

    # ---- the three ways to drag

    def _drag_out(self, press: Pointer) -> Gesture:
        """A new region from corner to corner; a click beside the old one gives it up."""
        corner = self._on_grid(press)
        dragged, start = False, Box(*corner, 0, 0)
        while (event := (yield)).kind == "move":
            dragged = dragged or slipped(event.at, press.at)
            if dragged:
                self.session.set_region(Region(self._stretched(start, (1, 1), event)))
        if not dragged:
            self.session.set_region(None)

    def _pull(self, before: Region, grip: Grip) -> Gesture:
        while (event := (yield)).kind == "move":
            self.session.set_region(reshaped(before, self._stretched(before.box, grip, event)))

    def _carry(self, before: Region, press: Pointer) -> Gesture:
        while (event := (yield)).kind == "move":
            right, down = event.x - press.x, event.y - press.y
            if held(event.modifiers, Qt.KeyboardModifier.ShiftModifier):
                right, down = (right, 0.0) if abs(right) >= abs(down) else (0.0, down)
            x, y = before.box.x + round(right), before.box.y + round(down)
            at = before.box._replace(
                x=self.session.snapped(x) if round(right) else before.box.x,
                y=self.session.snapped(y) if round(down) else before.box.y,
            )
            self.session.set_region(Region(at, before.mask))

    def _stretched(self, box: Box, grip: Grip, event: Pointer) -> Box:
        square = held(event.modifiers, Qt.KeyboardModifier.ShiftModifier)
        centred = held(event.modifiers, Qt.KeyboardModifier.AltModifier)
        return stretched(box, grip, *self._on_grid(event), square, centred)

    def _on_grid(self, event: Pointer) -> tuple[int, int]:
        return self.session.snapped(round(event.x)), self.session.snapped(round(event.y))

    # ---- a double click

    def _fit(self, event: Pointer) -> None:
        """Round the hole under the pointer; elsewhere a free form becomes its frame again, and a frame goes."""
        hole, region = hole_at(self.session.document, int(event.x // 1), int(event.y // 1)), self.session.region
        if not hole.empty:
            self.session.set_region(Region(outwards(hole, self.step())))
        elif region is not None and region.mask is not None:
            self.session.set_region(Region(region.box))
        else:
            self.session.set_region(None)

    # ---- what is under the pointer

    def grip_at(self, at: QPointF) -> Grip | None:
        """The grip under this place of the widget."""
        region = self.session.region
        if region is None:
            return None
        for grip in sorted(GRIPS, key=lambda grip: not all(grip)):  # corners first, where a small frame is crowded
            way = self.view.to_widget(*grip_place(region.box, grip)) - at
            if max(abs(way.x()), abs(way.y())) <= GRASP:
                return grip
        return None

    def cursor(self, at: Pointer | None) -> QCursor:
        if at is not None and (grip := self.grip_at(at.at)) is not None:
            return QCursor(CURSORS[grip])
        if at is not None and self.session.region is not None and self._holds(self.session.region, at):
            return QCursor(Qt.CursorShape.SizeAllCursor)
        return QCursor(Qt.CursorShape.CrossCursor)

    @staticmethod
    def _holds(region: Region, at: Pointer) -> bool:
        return not region.box.intersect(Box(int(at.x // 1), int(at.y // 1), 1, 1)).empty

    # ---- keys

    def key(self, event: QKeyEvent) -> bool:
        if event.key() not in ARROWS:
            return False
        right, down = (way * self._stride(event) for way in ARROWS[event.key()])
        region = self.session.region
        if region is None and self.session.staging.current is not None:
            return False  # while something is painted or staged nobody means another frame
        if region is None:
            self.session.set_region(Region(self._beside(*ARROWS[event.key()])))
        elif held(event.modifiers(), Qt.KeyboardModifier.ShiftModifier):
            box = region.box
            least = self.step()
            size = max(box.width + right, least), max(box.height + down, least)
            self.session.set_region(reshaped(region, Box(box.x, box.y, *size)))
        else:
            self.session.set_region(Region(region.box.moved(right, down), region.mask))
        self._say()
        return True

    def _say(self) -> None:
        """Where the region is now, for those who lead it by the keys."""
        if self.session.region is not None:
            x, y, width, height = self.session.region.box
            self.session.said.emit(
                tr("Region {width} × {height} px at {x}, {y}").format(width=width, height=height, x=x, y=y)
            )

    def _stride(self, event: QKeyEvent) -> int:
        """Ctrl makes long steps."""
        return self.step() * (8 if held(event.modifiers(), Qt.KeyboardModifier.ControlModifier) else 1)

    def _beside(self, right: int, down: int) -> Box:
        """A first region on that side of the picture, along the whole of it; in the middle of an empty view."""
        bounds = self.session.document.bounds
        if bounds.empty:
            seen = self.view.visible_box()
            x, y = seen.x + (seen.width - FIRST) // 2, seen.y + (seen.height - FIRST) // 2
            return Box(self.session.snapped(x), self.session.snapped(y), FIRST, FIRST)
        box = outwards(bounds, SNAP if self.step() == SNAP else 1)
        if right:
            return Box(box.right if right > 0 else box.x - FIRST, box.y, FIRST, box.height)
        return Box(box.x, box.bottom if down > 0 else box.y - FIRST, box.width, FIRST)


def reshaped(region: Region, box: Box) -> Region:
    """The region in another frame, its free form stretched with it."""
    return Region(box, None if region.mask is None else resampled(region.mask, box.width, box.height))
