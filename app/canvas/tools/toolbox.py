"""Gives each press on the canvas to the chosen tool, or to the one that a held key or the pen's eraser asks for."""

from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QCursor, QKeyEvent, QPainter

from app.canvas.pointer import Pointer
from app.canvas.tools.base import Gesture, Tool
from app.canvas.tools.freehand_selection import LassoTool, NotFromBrush, RegionBrush
from app.canvas.tools.keyboard import ToolKeyboard
from app.canvas.tools.move import HandTool, MoveTool
from app.canvas.tools.paint import BrushTool, EraserTool, EyedropperTool
from app.canvas.tools.region import RegionTool
from app.canvas.viewport import Viewport
from app.session import Session
from engine.request import Box, UserError

PICKS = ("move", "brush", "eraser")  # tools for which Alt means the eyedropper
LARGEST = 1000.0  # canvas pixels of a brush
BLACK, WHITE = (0, 0, 0), (255, 255, 255)


class ToolBox(QObject):
    """Takes what the view does not need for navigation; its keys are those of a `Keyboard`."""

    rerolling_changed = Signal()

    def __init__(self, session: Session, view: Viewport):
        super().__init__(view)
        self.session, self.view = session, view
        kinds = (
            MoveTool, RegionTool, LassoTool, RegionBrush, NotFromBrush, BrushTool, EraserTool, EyedropperTool, HandTool,
        )  # fmt: skip
        self.tools: dict[str, Tool] = {kind.name: kind(session, view) for kind in kinds}
        self.at: Pointer | None = None  # where the pointer was last, None when it has left
        self._gesture: Gesture | None = None
        self._working: Tool | None = None
        self._alt = False
        self._rerolling = False
        self.keyboard = ToolKeyboard(self)
        view.installEventFilter(self)
        session.tool_changed.connect(self._tool_changed)
        session.staging_changed.connect(self._staging_changed)
        session.brush_changed.connect(view.update)

    @property
    def tool(self) -> Tool:
        """The one at work, or the one that a press would take."""
        return self._working or self._tool_for(self.at)

    @property
    def busy(self) -> bool:
        return self._gesture is not None

    # ---- the pointer

    def pointer(self, event: Pointer) -> bool:
        self.at = event
        self._alt = bool(event.modifiers & Qt.KeyboardModifier.AltModifier)
        taken = self._press(event) if event.kind == "press" else self._go_on(event)
        self.view.update()
        return taken

    def _press(self, event: Pointer) -> bool:
        if self._gesture is not None:  # another button while one is down
            return True
        if event.button != Qt.MouseButton.LeftButton:
            return False
        if self.rerolling:
            self._reroll(event)
            return True
        self._working = self._tool_for(event)
        self._gesture = self._working.gesture(event)
        self._advance(None)
        return True

    def _go_on(self, event: Pointer) -> bool:
        if self._gesture is None:
            return event.kind == "hover"
        if event.kind == "release" and event.button not in (Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton):
            return True
        if event.kind in ("move", "release"):
            self._advance(event)
        return True

    def _advance(self, event: Pointer | None) -> None:
        """One step of the gesture; what goes wrong in it is told, and ends it."""
        assert self._gesture is not None
        try:
            if event is None:
                next(self._gesture)
            else:
                self._gesture.send(event)
                if event.kind == "release":
                    self._end()
        except StopIteration:
            self._end()
        except UserError as error:
            self._end()
            self.session.failed.emit(str(error))
        except BaseException:
            self._end()
            raise

    def _end(self) -> None:
        gesture, self._gesture, self._working = self._gesture, None, None
        if gesture is not None:
            gesture.close()

    def cancel(self) -> bool:
        """Takes back the gesture that goes on; False where there is none."""
        busy = self.busy
        self._end()
        self.view.update()
        return busy

    def _tool_for(self, event: Pointer | None) -> Tool:
        if event is not None and event.eraser:
            return self.tools["eraser"]
        if self._alt and self.session.tool in PICKS:
            return self.tools["eyedropper"]
        return self.tools[self.session.tool]

    def cursor(self) -> QCursor | None:
        if self.rerolling and self.patch_here() is not None:
            return QCursor(Qt.CursorShape.PointingHandCursor)
        return self.tool.cursor(self.at)

    def draw(self, painter: QPainter, view: Viewport) -> None:
        """As an overlay: what the tool at work shows."""
        if self._working is not None or self.session.tool == "move":
            self.tool.draw(painter, view)

    # ---- keys

    def key(self, event: QKeyEvent, pressed: bool) -> bool:
        return self.keyboard.key(event, pressed)

    def modify(self, modifiers: Qt.KeyboardModifier) -> None:
        """Other modifiers are held now; the gesture goes on with them at the same place."""
        self._alt = bool(modifiers & Qt.KeyboardModifier.AltModifier)
        if self.at is not None:
            self.at = replace(self.at, modifiers=modifiers)
            if self.busy:
                self._advance(replace(self.at, kind="move"))
        self.view.update()

    # ---- brush

    def smaller(self) -> None:
        self._resize(1 / 1.15, -1)

    def larger(self) -> None:
        self._resize(1.15, 1)

    def _resize(self, factor: float, least: int) -> None:
        size = self.session.brush.size
        wanted = round(size * factor)
        wanted = round(size) + least if wanted == round(size) else wanted
        self.session.set_brush(size=float(min(max(wanted, 1), LARGEST)))

    def swap_colours(self) -> None:
        brush = self.session.brush
        self.session.set_brush(colour=brush.other, other=brush.colour)

    def default_colours(self) -> None:
        self.session.set_brush(colour=BLACK, other=WHITE)

    # ---- single patches of what is staged

    @property
    def rerolling(self) -> bool:
        """Whether a click on a patch of the staged result paints that patch again."""
        return self._rerolling

    @rerolling.setter
    def rerolling(self, wanted: bool) -> None:
        if wanted != self._rerolling:
            self._rerolling = wanted
            self.rerolling_changed.emit()
            self.view.update()

    def patch_here(self) -> Box | None:
        """The finished patch of the current variant under the pointer."""
        group = self.session.staging.current
        if group is None or self.at is None:
            return None
        pixel = Box(int(self.at.x // 1), int(self.at.y // 1), 1, 1)
        boxes = [box for box, _ in self.session.document.jobs.doubts(group.shown.id)]
        return next((box for box in boxes if not box.intersect(pixel).empty), None)

    def _reroll(self, event: Pointer) -> None:
        box = self.patch_here()
        if box is not None:
            self.session.staging.reroll(box)
        self.rerolling = False

    # ---- keeping up

    def _tool_changed(self) -> None:
        self.cancel()
        self.rerolling = False
        cursor = self.cursor()
        if cursor is not None:
            self.view.setCursor(cursor)

    def _staging_changed(self) -> None:
        if self.session.staging.current is None or self.session.staging.current.state != "done":
            self.rerolling = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Sees a letter before an action of the window takes it, so that a tool can be held; the pointer leaving."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            self.keyboard.hold(event)
        elif event.type() == QEvent.Type.Leave and not self.busy:
            self.at = None
            self.view.update()
        elif event.type() == QEvent.Type.FocusOut:
            self.keyboard.let_go()
            self._alt = False
        return False
