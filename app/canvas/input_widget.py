"""The canvas with its events: each goes to navigation first, and what that does not need to the tools."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QNativeGestureEvent, QTabletEvent, QWheelEvent
from PySide6.QtWidgets import QGestureEvent

from app.canvas.navigation import Navigation
from app.canvas.pointer import PointerHandler, pointer_of
from app.canvas.viewport import Viewport


class InputWidget(Viewport):
    """`hands` get what is not navigation."""

    navigation: Navigation
    hands: PointerHandler | None = None

    def _resized(self) -> None:
        """The size in device pixels is another one."""
        self._moved()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QNativeGestureEvent) and self.navigation.native(event):
            return True
        if isinstance(event, QGestureEvent) and self.navigation.gesture(event):
            return True
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._resized()
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._point(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._point(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._point(event)

    def tabletEvent(self, event: QTabletEvent) -> None:
        if event.type() in (QEvent.Type.TabletPress, QEvent.Type.TabletMove, QEvent.Type.TabletRelease):
            self._point(event)
            event.accept()  # or it comes again as a mouse

    def _point(self, event: QMouseEvent | QTabletEvent) -> None:
        """To navigation first, then to the hands."""
        pointer = pointer_of(event, *self.to_canvas(event.position()))
        self.pointer_moved.emit(pointer.x, pointer.y)
        navigate = {"press": self.navigation.press, "release": self.navigation.release}
        taken = navigate.get(pointer.kind, self.navigation.move)(event)
        if not taken and self.hands is not None:
            taken = self.hands.pointer(pointer)
        self.refresh_cursor()
        event.setAccepted(taken or pointer.kind != "press" or pointer.button != Qt.MouseButton.RightButton)

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.navigation.wheel(event)
        event.accept()
        x, y = self.to_canvas(event.position())
        self.pointer_moved.emit(x, y)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        taken = self.navigation.space(event, True) or (self.hands is not None and self.hands.key(event, True))
        taken = taken or self.navigation.key(event)
        self.refresh_cursor()
        if not taken:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        taken = self.navigation.space(event, False) or (self.hands is not None and self.hands.key(event, False))
        self.refresh_cursor()
        if not taken:
            super().keyReleaseEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.navigation.let_go()
        self.refresh_cursor()
        super().focusOutEvent(event)

    def refresh_cursor(self) -> None:
        """That of navigation while it goes on, else that of the tool."""
        cursor = self.navigation.cursor
        if cursor is None and self.hands is not None:
            cursor = self.hands.cursor()
        if cursor is None:
            self.unsetCursor()
        else:
            self.setCursor(cursor)
