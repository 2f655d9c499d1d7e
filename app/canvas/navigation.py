"""Moving over the canvas: wheel, middle button, space, touch pad, pinch and the keys."""

import math

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QCursor, QInputDevice, QKeyEvent, QMouseEvent, QNativeGestureEvent, QTabletEvent, QWheelEvent
from PySide6.QtWidgets import QGestureEvent, QPinchGesture

from app.canvas.viewport import Viewport

NOTCH = 120.0  # of a wheel, in the units of Qt
WHEEL_ZOOM = 1.2  # times for a notch
WHEEL_PAN = 80.0  # widget pixels for a notch
SCRUB = 200.0  # widget pixels of dragging for twice the scale
KEY_PAN, KEY_PAN_FAR = 64.0, 320.0  # widget pixels for an arrow key, with Shift
KEY_ZOOM = math.sqrt(2)

ARROWS = {
    Qt.Key.Key_Left: (1, 0),
    Qt.Key.Key_Right: (-1, 0),
    Qt.Key.Key_Up: (0, 1),
    Qt.Key.Key_Down: (0, -1),
}
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


class Navigation:
    """Each method says whether the event was meant for it."""

    def __init__(self, view: Viewport):
        self._view = view
        self._space = False
        self._button = Qt.MouseButton.NoButton  # that drags
        self._scrubs = False
        self._last = QPointF()
        self._anchor = QPointF()

    @property
    def cursor(self) -> QCursor | None:
        if self._button != Qt.MouseButton.NoButton:
            shape = Qt.CursorShape.SizeHorCursor if self._scrubs else Qt.CursorShape.ClosedHandCursor
            return QCursor(shape)
        return QCursor(Qt.CursorShape.OpenHandCursor) if self._space else None

    def let_go(self) -> None:
        """The window was left: nothing is held any more."""
        self._space, self._button = False, Qt.MouseButton.NoButton

    # ---- mouse and pen

    def press(self, event: QMouseEvent | QTabletEvent) -> bool:
        middle = event.button() == Qt.MouseButton.MiddleButton
        if self.dragging:
            return True  # a second button does not begin anything meanwhile
        if not middle and not (self._space and event.button() == Qt.MouseButton.LeftButton):
            return False
        self._button = event.button()
        self._scrubs = bool(event.modifiers() & CONTROL)
        self._last = self._anchor = event.position()
        return True

    @property
    def dragging(self) -> bool:
        return self._button != Qt.MouseButton.NoButton

    def move(self, event: QMouseEvent | QTabletEvent) -> bool:
        if not self.dragging:
            return False
        way = event.position() - self._last
        self._last = event.position()
        if self._scrubs:
            self._view.zoom(2 ** ((way.x() - way.y()) / SCRUB), self._anchor)
        else:
            self._view.pan(way.x(), way.y())
        return True

    def release(self, event: QMouseEvent | QTabletEvent) -> bool:
        if not self.dragging:
            return False
        if event.button() == self._button:
            self._button = Qt.MouseButton.NoButton
        return True

    # ---- wheel, touch pad, pinch

    def wheel(self, event: QWheelEvent) -> bool:
        if is_touch_pad(event) and not event.modifiers() & CONTROL:
            way = event.pixelDelta()
            self._view.pan(way.x(), way.y())
            return True
        turned = event.angleDelta()
        amount = turned.y() or turned.x()  # with Alt or Shift some systems turn the wheel's axis
        pans = self._view.session.settings.get("wheel") == "pan"
        if event.modifiers() & CONTROL or not (pans or event.modifiers() & SHIFT or not turned.y()):
            self._view.zoom(WHEEL_ZOOM ** (amount / NOTCH), event.position())
        elif event.modifiers() & SHIFT:
            self._view.pan(amount / NOTCH * WHEEL_PAN, 0)
        else:
            self._view.pan(turned.x() / NOTCH * WHEEL_PAN, turned.y() / NOTCH * WHEEL_PAN)
        return True

    def native(self, event: QNativeGestureEvent) -> bool:
        kind = event.gestureType()
        if kind == Qt.NativeGestureType.ZoomNativeGesture:
            self._view.zoom(max(1 + event.value(), 0.1), event.position())
        elif kind == Qt.NativeGestureType.SmartZoomNativeGesture:
            self._view.fit()
        else:
            return False
        return True

    def gesture(self, event: QGestureEvent) -> bool:
        pinch = event.gesture(Qt.GestureType.PinchGesture)
        if not isinstance(pinch, QPinchGesture):
            return False
        middle = QPointF(self._view.mapFromGlobal(pinch.centerPoint()))
        way = pinch.centerPoint() - pinch.lastCenterPoint()
        self._view.pan(way.x(), way.y())
        if pinch.changeFlags() & QPinchGesture.ChangeFlag.ScaleFactorChanged and pinch.lastScaleFactor():
            self._view.zoom(pinch.scaleFactor() / pinch.lastScaleFactor(), middle)
        return True

    # ---- keys

    def space(self, event: QKeyEvent, pressed: bool) -> bool:
        """Space is looked at before the tools do; whatever else it may mean, here it is a hand."""
        if event.key() != Qt.Key.Key_Space or event.modifiers() & CONTROL:
            return False
        if not event.isAutoRepeat():
            self._space = pressed
        return True

    def key(self, event: QKeyEvent) -> bool:
        """What the tools had no use for."""
        if event.modifiers() & (CONTROL | Qt.KeyboardModifier.AltModifier):
            return False
        if (way := ARROWS.get(Qt.Key(event.key()))) is not None:
            far = KEY_PAN_FAR if event.modifiers() & SHIFT else KEY_PAN
            self._view.pan(way[0] * far, way[1] * far)
        elif event.key() in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self._view.zoom(KEY_ZOOM)
        elif event.key() == Qt.Key.Key_Minus:
            self._view.zoom(1 / KEY_ZOOM)
        else:
            return False
        return True


def is_touch_pad(event: QWheelEvent) -> bool:
    """Pixels alone do not tell: some wheels count in pixels too, but have no beginning and no end."""
    if event.pixelDelta().isNull():
        return False
    touch_pad = event.pointingDevice().type() == QInputDevice.DeviceType.TouchPad
    return touch_pad or event.phase() != Qt.ScrollPhase.NoScrollPhase
