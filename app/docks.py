"""Panels as docks: they can be moved, floated, put away, and put back to where they were at first."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import (
    QDockWidget,
    QFrame,
    QHBoxLayout,
    QMainWindow,
    QScrollArea,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from app.panels.history import HistoryPanel
from app.panels.layers import LayersPanel
from app.panels.models import ModelsPanel
from app.panels.paint import PaintPanel
from app.panels.queue import QueuePanel
from app.panels.recipe import RecipePanel
from app.panels.rows import MARGIN, Panel
from app.panels.study import StudyPanel
from app.session import Session

if TYPE_CHECKING:
    from app.window import Window

VERSION = 1  # of the arrangement; what is kept of another one is not used
SHORT = 880  # px of the window, below which four panels would be cut
WIDTH = 312  # px of the column
# name, title, widget, seen at first, height
PANELS: tuple[tuple[str, str, Callable[[Session, QWidget], Panel], bool, int], ...] = (
    ("layers", "Layers", LayersPanel, True, 250),
    ("paint", "Paint", PaintPanel, True, 262),
    ("history", "History", HistoryPanel, True, 200),
    ("queue", "Queue", QueuePanel, True, 180),
    ("recipe", "Recipe", RecipePanel, False, 180),
    ("models", "Models", ModelsPanel, False, 220),
    ("study", "Study", StudyPanel, False, 320),
)


class Docks(QObject):
    def __init__(self, window: Window):
        super().__init__(window)
        self._window, self._settings = window, window.settings
        self._put_away: list[QDockWidget] = []
        self.panels: dict[str, Panel] = {}
        self.docks: dict[str, QDockWidget] = {}
        for name, title, kind, _, _ in PANELS:
            self.panels[name] = kind(window.session, window)
            self.docks[name] = self._dock(name, title)
        options = QMainWindow.DockOption
        window.setDockOptions(options.AllowNestedDocks | options.AllowTabbedDocks)
        window.setTabPosition(Qt.DockWidgetArea.AllDockWidgetAreas, QTabWidget.TabPosition.North)
        self.reset()
        self._restore()
        self._later = QTimer(self, singleShot=True, interval=500)
        self._later.timeout.connect(self.keep)

    def _dock(self, name: str, title: str) -> QDockWidget:
        dock = QDockWidget(title, self._window)
        dock.setObjectName(name)
        dock.setTitleBarWidget(Title(self.panels[name]))
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(self.panels[name])
        dock.setWidget(area)
        action = self._window.actions_[f"panel_{name}"]
        action.setCheckable(True)
        dock.toggleViewAction().toggled.connect(action.setChecked)
        dock.installEventFilter(self)
        return dock

    def reset(self) -> None:
        """All of them at the right, as at the first start."""
        for name, _, _, seen, _ in PANELS:
            dock = self.docks[name]
            dock.setFloating(False)
            self._window.removeDockWidget(dock)
            self._window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, dock)
            dock.setVisible(seen)
        docks = list(self.docks.values())
        self._window.resizeDocks(docks, [height for *_, height in PANELS], Qt.Orientation.Vertical)
        self._window.resizeDocks(docks[:1], [WIDTH], Qt.Orientation.Horizontal)
        if self._window.isVisible():
            self._suit_height()

    def first_seen(self) -> None:
        """The window has its size now; what the artist has arranged stays."""
        if not self._settings.get("layout"):
            self._suit_height()

    def _suit_height(self) -> None:
        """Where the window is too low for four panels, two of them share a place."""
        if self._window.height() >= SHORT:
            return
        self._window.tabifyDockWidget(self.docks["history"], self.docks["queue"])
        self.docks["history"].raise_()
        names = ("layers", "paint", "history")
        heights = [height for name, *_, height in PANELS if name in names]
        self._window.resizeDocks([self.docks[name] for name in names], heights, Qt.Orientation.Vertical)

    def show_or_hide(self, name: str) -> None:
        dock = self.docks[name]
        dock.setVisible(dock.isHidden())
        if not dock.isHidden():
            dock.raise_()

    def _usual(self) -> list[QDockWidget]:
        return [self.docks[name] for name, _, _, seen, _ in PANELS if seen]

    def show_or_hide_all(self) -> None:
        """Away for a moment, to see the picture alone; the same ones come back."""
        seen = [dock for dock in self.docks.values() if not dock.isHidden()]
        if seen:
            self._put_away = seen
        for dock in seen or self._put_away or self._usual():
            dock.setVisible(not seen)

    def keep(self) -> None:
        """Remembers where everything is."""
        self._settings.set("layout", bytes(self._window.saveState(VERSION).toBase64().data()).decode())

    def _restore(self) -> None:
        kept = self._settings.get("layout")
        if kept and not self._window.restoreState(QByteArray.fromBase64(kept.encode()), VERSION):
            self.reset()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kinds = (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.ShowToParent, QEvent.Type.HideToParent)
        if event.type() in kinds and self._window.isVisible() and hasattr(self, "_later"):
            self._later.start()
        return False


class Title(QWidget):
    """The heading of the panel is what the dock is dragged by; above it the hairline between panels."""

    def __init__(self, panel: Panel):
        super().__init__()
        panel.rows.removeWidget(panel.heading)
        margins = panel.rows.contentsMargins()
        panel.rows.setContentsMargins(margins.left(), 4, margins.right(), margins.bottom())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        rule = QFrame()
        rule.setObjectName("edge")
        column.addWidget(rule)
        row = QHBoxLayout()
        row.setContentsMargins(MARGIN, 8, MARGIN, 0)
        row.addWidget(panel.heading)
        column.addLayout(row)
