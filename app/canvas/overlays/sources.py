"""Where the parts of a painted patch came from: faint lines from them into the picture that was followed."""

from PySide6.QtCore import QObject, QPointF, Qt
from PySide6.QtGui import QPainter, QPen

from app.canvas.overlays.drawing import crisp, line_token, outline
from app.canvas.tools.toolbox import ToolBox
from app.canvas.viewport import Viewport
from app.session import Session
from app.theme import colour
from engine.request import Box

DOT = 2.5  # widget pixels


class Sources(QObject):
    def __init__(self, session: Session, toolbox: ToolBox):
        super().__init__(toolbox)
        self._session = session
        session.sources_changed.connect(toolbox.view.update)

    def draw(self, painter: QPainter, view: Viewport) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for box, source, _ in self._session.staging.sources:
            for each, strength in ((box, 0.4), (source, 0.75)):
                outline(painter, view, crisp(view, each), colour(line_token(), strength))
            start, end = _middle(view, source), _middle(view, box)
            painter.setPen(QPen(colour(line_token(), 0.55), 1.0))
            painter.drawLine(start, end)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(line_token(), 0.8))
            painter.drawEllipse(end, DOT, DOT)


def _middle(view: Viewport, box: Box) -> QPointF:
    return view.box_to_widget(box).center()
