"""The whole picture in a card at the lower left, with a frame round what is seen; dragging in it goes there."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from app import theme
from app.canvas.camera import Camera
from app.canvas.tiles.renderer import CanvasRenderer
from app.canvas.viewport import Viewport
from app.translation import tr
from engine.request import Box

WIDE, HIGH, LEAST = 174, 120, 28  # widget pixels of the picture: at most, at most, and of the space for it at least
MARGIN, AWAY, SHADOW = 8, 12, 6
AGAIN = 400  # ms after a change, so that painting does not draw it for each patch


class Minimap(QWidget):
    def __init__(self, view: Viewport, picture: CanvasRenderer):
        super().__init__(view)
        self._view, self._picture = view, picture
        self._card: QPixmap | None = None
        self._shown = QRectF()
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(tr("Overview"))
        self.setAccessibleDescription(tr("The whole picture; drag the frame to look at another part of it."))
        self._later = QTimer(self, singleShot=True, interval=AGAIN)
        self._later.timeout.connect(self.redraw)
        view.camera_changed.connect(self.follow)
        theme.changed.connect(self.redraw)
        self.hide()

    # ---- when it is there

    def spoil(self) -> None:
        if not self._later.isActive():
            self._later.start()

    def redraw(self) -> None:
        self._card = None
        self.update()
        self.follow()

    def follow(self) -> None:
        """Shown while a part of the picture is out of sight."""
        bounds, seen = self._picture.bounds, self._view.camera.seen()
        wanted = bool(self._view.session.settings.get("minimap")) and not bounds.empty and not seen.contains(bounds)
        if wanted:
            self._lay(bounds)
        self.setVisible(wanted)
        if wanted and self._frame() != self._shown:
            self._shown = self._frame()
            self.update()

    def _lay(self, bounds: Box) -> None:
        scale = min(WIDE / bounds.width, HIGH / bounds.height)
        high = round(max(bounds.height * scale, LEAST)) + 2 * MARGIN
        left = AWAY - SHADOW + self._view.margins()[0]
        top = self._view.height() - AWAY - high - SHADOW
        tools = self._view.tools_box()
        if top < tools.bottom() + AWAY:  # a low view: beside the tools, not under them
            left = max(left, tools.right() + AWAY - SHADOW)
        self.setGeometry(left, top, WIDE + 2 * (MARGIN + SHADOW), high + 2 * SHADOW)

    # ---- geometry

    def _whole(self) -> QRectF:
        """Where the picture is drawn in the card."""
        bounds = self._picture.bounds
        scale = min(WIDE / bounds.width, HIGH / bounds.height)
        size = max(bounds.width * scale, 1.0), max(bounds.height * scale, 1.0)
        middle = QRectF(self.rect()).center()
        return QRectF(middle.x() - size[0] / 2, middle.y() - size[1] / 2, *size)

    def _frame(self) -> QRectF:
        """What is seen, cut to the card."""
        whole, bounds, seen = self._whole(), self._picture.bounds, self._view.visible_box()
        scale = whole.width() / bounds.width
        frame = QRectF(
            whole.x() + (seen.x - bounds.x) * scale, whole.y() + (seen.y - bounds.y) * scale,
            max(seen.width * scale, 4.0), max(seen.height * scale, 4.0),
        )  # fmt: skip
        room = SHADOW + MARGIN / 2
        return frame.intersected(QRectF(self.rect()).adjusted(room, room, -room, -room))

    # ---- the mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._go(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._go(event)

    def _go(self, event: QMouseEvent) -> None:
        whole, bounds = self._whole(), self._picture.bounds
        scale = whole.width() / bounds.width
        at: QPointF = event.position()
        self._view.centre_on(bounds.x + (at.x() - whole.x()) / scale, bounds.y + (at.y() - whole.y()) / scale)
        event.accept()

    # ---- drawing

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._picture.bounds.empty:
            return
        with QPainter(self) as painter:
            painter.drawPixmap(0, 0, self._drawn())
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            frame = self._frame()
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(0, 0, 0, 110), 2.5))
            painter.drawRect(frame)
            painter.setPen(QPen(QColor(255, 255, 255, 230), 1))
            painter.drawRect(frame)

    def _drawn(self) -> QPixmap:
        """The card with the picture in it; it stays the same while the frame moves."""
        ratio = self.devicePixelRatioF()
        size = QSize(round(self.width() * ratio), round(self.height() * ratio))
        if self._card is None or self._card.size() != size:
            self._card = QPixmap(size)
            self._card.setDevicePixelRatio(ratio)
            self._card.fill(Qt.GlobalColor.transparent)
            with QPainter(self._card) as painter:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                self._draw_card(painter)
                painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
                painter.drawImage(self._whole(), self._small())
        return self._card

    def _draw_card(self, painter: QPainter) -> None:
        card = QRectF(self.rect()).adjusted(SHADOW, SHADOW, -SHADOW, -SHADOW)
        radius = theme.FLOATING_RADIUS
        painter.setPen(Qt.PenStyle.NoPen)
        for step in range(SHADOW, 0, -1):  # a soft shadow, without the blur of a whole effect
            painter.setBrush(theme.colour("shadow", 0.035))
            painter.drawRoundedRect(card.adjusted(-step, -step + 2, step, step), radius + step, radius + step)
        path = QPainterPath()
        path.addRoundedRect(card, radius, radius)
        painter.fillPath(path, theme.colour("panel"))

    def _small(self) -> QImage:
        """The picture as large as it is drawn, made from the tiles that are at hand."""
        ratio, whole, bounds = self.devicePixelRatioF(), self._whole(), self._picture.bounds
        camera = Camera(x=bounds.x + bounds.width / 2, y=bounds.y + bounds.height / 2)
        camera.resize(round(whole.width() * ratio), round(whole.height() * ratio))
        camera.scale = camera.width / bounds.width
        return self._picture.overview(camera)
