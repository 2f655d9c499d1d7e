"""A hatch over the places that nothing is taken from, shown while the brush that marks them is the chosen tool."""

import numpy as np
from PySide6.QtCore import QObject, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QImage, QPainter, QPen, QPixmap

from app.canvas.overlays.drawing import line_token
from app.canvas.tools.toolbox import ToolBox
from app.canvas.viewport import Viewport
from app.document.geometry import coarser
from app.session import Session
from app.theme import colour
from engine.request import Box

VEIL, APART = 0.16, 9  # of the accent under the hatch; widget pixels between two of its lines
COARSEST = 10


class NotFromHatch(QObject):
    def __init__(self, session: Session, toolbox: ToolBox):
        super().__init__(toolbox)
        self._session, self._view = session, toolbox.view
        self._drawn: tuple[object, QPixmap] | None = None
        session.marks.changed.connect(self._forget)
        session.tool_changed.connect(self._forget)

    def _forget(self) -> None:
        self._drawn = None
        if self._session.tool == "not_from":
            self._view.update()

    def draw(self, painter: QPainter, view: Viewport) -> None:
        if self._session.tool != "not_from" or not self._session.marks.any:
            return
        camera = view.camera
        state = camera.x, camera.y, camera.scale, view.size(), colour(line_token()).name()
        if self._drawn is None or self._drawn[0] != state:
            self._drawn = state, self._hatched(view)
        painter.drawPixmap(0, 0, self._drawn[1])

    def _hatched(self, view: Viewport) -> QPixmap:
        """The mask as the view shows it, filled with a veil and lines across."""
        ratio = view.devicePixelRatioF()
        made = QPixmap(view.size() * ratio)
        made.setDevicePixelRatio(ratio)
        made.fill(Qt.GlobalColor.transparent)
        marked = self._session.document.not_from
        box = marked.box.intersect(view.visible_box().grow(2))
        if box.empty:
            return made
        level = min(max(int(np.log2(max(1 / view.camera.scale, 1))), 0), COARSEST)
        small = coarser(box, level)
        mask = np.where(marked.mask(small, level), 255, 0).astype(np.uint8)
        image = QImage(mask.data, small.width, small.height, small.width, QImage.Format.Format_Alpha8)
        whole = view.box_to_widget(Box(*(side << level for side in small)))
        with QPainter(made) as painter:
            painter.drawImage(whole, image)
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
            painter.fillRect(QRectF(view.rect()), QBrush(_pattern(ratio)))
        return made


def _pattern(ratio: float) -> QPixmap:
    """A veil with lines across that go on from one tile of it to the next."""
    made = QPixmap(round(APART * ratio), round(APART * ratio))
    made.setDevicePixelRatio(ratio)
    made.fill(colour(line_token(), VEIL))
    with QPainter(made) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour(line_token(), 0.9), 1.2))
        for shift in (-APART, 0, APART):
            painter.drawLine(QPointF(shift - 1, APART + 1), QPointF(shift + APART + 1, -1))
    return made
