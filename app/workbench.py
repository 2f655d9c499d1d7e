"""What the parts of the window share: the session, the canvas, the tools and the messages."""

from typing import Protocol

from PySide6.QtCore import QPointF
from PySide6.QtGui import QAction, QCursor
from PySide6.QtWidgets import QMainWindow

from app.canvas.tools.toolbox import ToolBox
from app.canvas.view import CanvasView
from app.session import Session
from app.settings import Settings
from app.toast import Toast
from engine.request import Box


class NamedActions(Protocol):
    def __getitem__(self, name: str) -> QAction: ...


class Workbench(QMainWindow):
    session: Session
    settings: Settings
    view: CanvasView
    hands: ToolBox
    toast: Toast
    actions_: NamedActions

    def show_box(self, box: Box | None) -> None:
        """All of this box, or of the picture; once the view has its size where it has none yet."""
        if box is None:
            self.view.fit()
        else:
            self.view.fit(box)

    def place_for_new(self) -> tuple[float, float]:
        """Where what is pasted goes, in canvas pixels."""
        at = self.view.mapFromGlobal(QCursor.pos())
        inside = self.view.underMouse() and self.view.rect().contains(at)
        return self.view.to_canvas(QPointF(at if inside else self.view.rect().center()))
