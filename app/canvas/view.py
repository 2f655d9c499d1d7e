"""The canvas widget: shows the document, as much of it as is there, and draws what lies over it."""

import math

from PySide6.QtCore import QRect, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import (
    QCloseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QApplication, QWidget

from app import theme
from app.canvas.input_widget import InputWidget
from app.canvas.overlays.grid import draw_grid, draw_invitation, draw_welcome_to_drop
from app.canvas.overlays.minimap import Minimap
from app.canvas.overlays.rulers import THICK, CanvasRuler
from app.canvas.tiles.backing_store import BackingStore
from app.canvas.tiles.clip_renderer import ClipRenderer
from app.canvas.tiles.invalidation import Invalidation
from app.canvas.tiles.mip_cache import MipCache
from app.canvas.tiles.patch_fade import PatchFades
from app.canvas.tiles.renderer import CanvasRenderer
from app.canvas.tiles.tile_loader import TileLoader
from app.session import Session
from app.translation import tr
from engine.request import Box

from .drops import Drops
from .navigation import Navigation
from .pointer import Overlay

REFINE = 100  # ms after a gesture until everything is drawn as well as it can be
GATHER = 6  # ms in which tiles that have come are gathered for one frame


class CanvasView(InputWidget):
    """`overlays` are drawn over the picture in their order; `hands` get what is not navigation."""

    def __init__(self, session: Session, parent: QWidget | None = None):
        super().__init__(session, parent)
        self.overlays: list[Overlay] = []
        self.pyramid = MipCache(int(session.settings.get("cache_mib")) * 2**20)
        self.picture = CanvasRenderer(session, self.pyramid, self.camera)
        self.sheet, self.loader = BackingStore(), TileLoader()
        self.fades = PatchFades(self)
        self.film = self.picture.film = ClipRenderer(self, self)
        self.navigation, self.drops = Navigation(self), Drops(self)
        self.drawn_pixels = 0  # of the picture, in the last frame: what was not just shifted or shown again
        self._ratio = 0.0
        self._never_filled = True
        self._reported: set[str] = set()
        self._refine = QTimer(self, singleShot=True, interval=REFINE)
        self._retire = QTimer(self, singleShot=True)
        self._arrivals = QTimer(self, singleShot=True, interval=GATHER)
        self._set_up()
        self.minimap = Minimap(self, self.picture)
        self._rulers: tuple[CanvasRuler, ...] = ()
        self._bind()
        self.lay_rulers()
        self._resized()
        self.open()

    def _set_up(self) -> None:
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAttribute(Qt.WidgetAttribute.WA_TabletTracking)
        self.setMouseTracking(True)
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.grabGesture(Qt.GestureType.PinchGesture)
        self.setAccessibleName(tr("Canvas"))
        self.setAccessibleDescription(
            tr("The picture. The arrow keys move over it, plus and minus look closer or from farther away.")
        )

    def _bind(self) -> None:
        self._changes = Invalidation(self)
        self.loader.arrived.connect(self._arrivals.start)
        self._arrivals.timeout.connect(self._take)
        self.fades.changed.connect(self._update_device)
        self._refine.timeout.connect(self._refined)
        self._retire.timeout.connect(self._retired)
        theme.changed.connect(self._dressed)
        self.destroyed.connect(self.loader.let_go)
        app = QApplication.instance()
        if app is not None:
            app.aboutToQuit.connect(self.loader.let_go)

    # ---- what is shown

    def open(self) -> None:
        """Another document: everything is read anew, its preview is there at once."""
        self.loader.look_at(self.session.document)
        self.pyramid.clear()
        self.fades.clear()
        self._reported.clear()
        self.picture.open()
        self.sheet.spoil()
        self.minimap.redraw()
        self._never_filled = self.picture.bounds.empty
        self.fit()

    def let_go(self) -> None:
        """Holds nothing of the document when this returns, so that it can be closed or moved."""
        self.loader.let_go()

    def fetch(self) -> None:
        """Has the loader read what is missing."""
        self.loader.want(self.picture.missing(), self.pyramid.state)
        self._retire_if_complete()

    def spoil(self, box: Box) -> None:
        """Draws a part of the canvas again."""
        left, top, right, bottom = self.camera.edges(box)
        grown = QRectF(left - 1, top - 1, right - left + 2, bottom - top + 2)  # smoothing reaches a pixel farther
        rect = grown.intersected(QRectF(self.sheet.all)).toAlignedRect()
        if not rect.isEmpty():
            self.sheet.spoil(rect)
            self._update_device(rect)

    def first_picture(self) -> None:
        """Something is on a canvas that never held anything; after an undo it is where the artist looks."""
        if self._never_filled:
            self._never_filled = False
            self.fit()

    def retire_after(self, milliseconds: int) -> None:
        self._retire.start(milliseconds)

    def _retire_if_complete(self) -> None:
        if self.picture.retiring and self.picture.complete():
            self._retired()

    def _retired(self) -> None:
        self._retire.stop()
        for box in self.picture.retire():
            self.spoil(box)

    def _take(self) -> None:
        """Tiles have come; they are drawn in the next frame."""
        overview = False
        for loaded in self.loader.take():
            if self.pyramid.accept(loaded):
                self.spoil(loaded.key.place.box(loaded.key.level))
                overview = overview or loaded.key.level == self.picture.overview_level
            if loaded.error and loaded.error not in self._reported:
                self._reported.add(loaded.error)
                self.session.failed.emit(loaded.error)
        if overview:
            self.minimap.spoil()
        self._retire_if_complete()

    def _refined(self) -> None:
        self.picture.hurry = False
        self.sheet.spoil()
        self.update()

    def _dressed(self) -> None:
        self.sheet.spoil()
        self.update()

    def bounds(self) -> Box:
        return self.picture.bounds

    def margins(self) -> tuple[int, int]:
        """Left and top widget pixels that the rulers cover."""
        return (THICK, THICK) if self._rulers else (0, 0)

    def _moved(self, hurry: bool = False) -> None:
        self.loader.pause()  # a tile more would cost the coming frame some milliseconds
        self.picture.hurry = hurry
        if hurry:
            self._refine.start()
        self.fades.clear()
        self.camera_changed.emit()
        self.update()
        self.fetch()

    # ---- drawing

    def paintEvent(self, event: QPaintEvent) -> None:
        self.loader.pause()
        try:
            self._renew_screen()
            with QPainter(self) as painter:
                self._draw(painter, event.rect())
        finally:
            self.loader.go_on()

    def _renew_screen(self) -> None:
        self.sheet.look(self.camera.scale, self.camera.left, self.camera.top)
        self.drawn_pixels = self.sheet.refresh(self.picture.draw)

    def _draw(self, painter: QPainter, rect: QRect) -> None:
        ratio = self.devicePixelRatioF()
        painter.save()
        painter.scale(1 / ratio, 1 / ratio)  # from here on device pixels, whatever the ratio is
        whole = QRectF(rect.x() * ratio, rect.y() * ratio, rect.width() * ratio, rect.height() * ratio)
        self.sheet.show(painter, whole.toAlignedRect().intersected(self.sheet.all))
        self.fades.draw(painter)
        painter.restore()
        if self.session.settings.get("grid"):
            draw_grid(painter, self)
        if self.picture.empty:
            draw_invitation(painter, self)
        for overlay in self.overlays:
            painter.save()
            overlay.draw(painter, self)
            painter.restore()
        if self.drops.hovering:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            draw_welcome_to_drop(painter, self)

    def _update_device(self, rect: QRect) -> None:
        """Draws a part of the screen, in device pixels, in the next frame."""
        ratio = self.devicePixelRatioF()
        area = QRectF(rect.x() / ratio, rect.y() / ratio, rect.width() / ratio, rect.height() / ratio)
        self.update(area.toAlignedRect())

    def lay_rulers(self) -> None:
        for ruler in self._rulers:
            ruler.setParent(None)
            ruler.deleteLater()
        wanted = bool(self.session.settings.get("rulers"))
        self._rulers = (CanvasRuler(self, upright=True), CanvasRuler(self, upright=False)) if wanted else ()
        for ruler in self._rulers:
            ruler.show()
        self.minimap.follow()
        self.minimap.raise_()

    # ---- size

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._resized()

    def _resized(self) -> None:
        """What was in the upper left corner stays there; a change of the ratio keeps what is seen."""
        ratio = self.devicePixelRatioF()
        if self._ratio and ratio != self._ratio:
            self.camera.scale *= ratio / self._ratio
        self._ratio = ratio
        size = QSize(math.ceil(self.width() * ratio), math.ceil(self.height() * ratio))
        if not size.isEmpty() and size != self.sheet.pixmap.size():
            self.sheet.resize(size)
            self.camera.resize(size.width(), size.height())
        self._moved()

    def sizeHint(self) -> QSize:
        return QSize(960, 640)

    # ---- files, and the end

    def dragEnterEvent(self, event) -> None:
        self.drops.enter(event)

    def dragMoveEvent(self, event) -> None:
        self.drops.move(event)

    def dragLeaveEvent(self, event) -> None:
        self.drops.leave()

    def dropEvent(self, event) -> None:
        self.drops.drop(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.let_go()
        super().closeEvent(event)
