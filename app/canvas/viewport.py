"""A widget that shows the canvas of a session through a camera: the base that tools and overlays know."""

from PySide6.QtCore import QPointF, QRect, QRectF, Signal
from PySide6.QtWidgets import QWidget

from app.canvas.camera import Camera
from app.session import Session
from engine.request import Box

FIT_MARGIN = 64.0  # widget pixels round a picture that is fitted: the tools lie in them


class Viewport(QWidget):
    camera_changed = Signal()
    pointer_moved = Signal(float, float)  # canvas coordinates

    def __init__(self, session: Session, parent: QWidget | None = None):
        super().__init__(parent)
        self.session, self.camera = session, Camera()

    def bounds(self) -> Box:
        """Where the picture lies on the canvas."""
        return self.session.document.bounds

    def margins(self) -> tuple[int, int]:
        """Left and top widget pixels that are covered."""
        return 0, 0

    def tools_box(self) -> QRect:
        """Where the tools float; empty where there are none."""
        return QRect()

    def _moved(self, hurry: bool = False) -> None:
        """The camera looks elsewhere; hurry: a gesture is under way."""
        self.camera_changed.emit()
        self.update()

    # ---- from canvas to widget and back

    @property
    def scale(self) -> float:
        """Widget pixels for each canvas pixel; the camera counts in device pixels."""
        return self.camera.scale / self.devicePixelRatioF()

    def to_canvas(self, point: QPointF) -> tuple[float, float]:
        ratio = self.devicePixelRatioF()
        return self.camera.to_canvas(point.x() * ratio, point.y() * ratio)

    def to_widget(self, x: float, y: float) -> QPointF:
        ratio = self.devicePixelRatioF()
        right, down = self.camera.to_device(x, y)
        return QPointF(right / ratio, down / ratio)

    def box_to_widget(self, box: Box) -> QRectF:
        """On whole device pixels, as the picture is drawn there."""
        ratio = self.devicePixelRatioF()
        left, top, right, bottom = self.camera.edges(box)
        return QRectF(left / ratio, top / ratio, (right - left) / ratio, (bottom - top) / ratio)

    def visible_box(self) -> Box:
        return self.camera.seen()

    # ---- moving

    def zoom(self, factor: float, at: QPointF | None = None) -> None:
        """What is under `at` stays there; by default the middle."""
        self.zoom_to(self.camera.scale * factor, at)

    def zoom_to(self, scale: float, at: QPointF | None = None) -> None:
        """scale: device pixels for each canvas pixel, 1/512 to 64."""
        ratio, at = self.devicePixelRatioF(), at if at is not None else QRectF(self.rect()).center()
        self.camera.zoom_to(scale, at.x() * ratio, at.y() * ratio)
        self._moved(hurry=True)

    def fit(self, box: Box | None = None) -> None:
        """All of the picture, or of a box, not larger than 100 %."""
        box = self.bounds() if box is None else box
        if box.empty:
            self.camera.scale, self.camera.x, self.camera.y = 1.0, 0.0, 0.0
        else:
            self.camera.fit(box, FIT_MARGIN * self.devicePixelRatioF(), most=1.0)
        self._moved()

    def centre_on(self, x: float, y: float) -> None:
        self.camera.x, self.camera.y = float(x), float(y)
        self._moved(hurry=True)

    def pan(self, dx: float, dy: float) -> None:
        """Moves the picture by widget pixels."""
        ratio = self.devicePixelRatioF()
        self.camera.pan(dx * ratio, dy * ratio)
        self._moved(hurry=True)
