"""Panels as docks: they can be moved, floated, put away, and put back to where they were at first."""

from collections.abc import Callable

from PySide6.QtCore import QByteArray, QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import (
    QDockWidget,
    QFrame,
    QHBoxLayout,
    QMainWindow,
    QScrollArea,
    QTabBar,
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
from app.panels.references import ReferencesPanel
from app.panels.rows import MARGIN, Panel
from app.panels.study import StudyPanel
from app.session import Session
from app.timeline.panel import TimelinePanel
from app.translation import tr
from app.workbench import Workbench

VERSION = 2  # of the arrangement; what is kept of another one is not used
SHORT, LOW = 1080, 860  # px of the window, below which four panels over the timeline would be cut, and three
MOST = 0.45  # of the height of the window, that the timeline takes by itself
WIDTH = 312  # px of the column
# name, title, widget, seen at first, height
PANELS: tuple[tuple[str, str, Callable[[Session, QWidget], Panel], bool, int], ...] = (
    ("layers", tr("Layers"), LayersPanel, True, 262),
    ("paint", tr("Paint"), PaintPanel, True, 322),
    ("history", tr("History"), HistoryPanel, True, 180),
    ("queue", tr("Queue"), QueuePanel, True, 180),
    ("references", tr("Taken From"), ReferencesPanel, False, 220),
    ("recipe", tr("Recipe"), RecipePanel, False, 180),
    ("models", tr("Models"), ModelsPanel, False, 220),
    ("study", tr("Study"), StudyPanel, False, 320),
)


class Docks(QObject):
    def __init__(self, window: Workbench):
        super().__init__(window)
        self._window, self._settings = window, window.settings
        self._put_away: list[QDockWidget] = []
        self.panels: dict[str, Panel] = {}
        self.docks: dict[str, QDockWidget] = {}
        for name, title, kind, _, _ in PANELS:
            self.panels[name] = kind(window.session, window)
            self.docks[name] = self._dock(name, title, Title(self.panels[name]), _scrolled(self.panels[name]))
        self.timeline = TimelinePanel(window.session, window)
        self.docks["timeline"] = self._dock("timeline", tr("Timeline"), Bottom(self.timeline), self.timeline)
        options = QMainWindow.DockOption
        window.setDockOptions(options.AllowNestedDocks | options.AllowTabbedDocks)
        window.setTabPosition(Qt.DockWidgetArea.AllDockWidgetAreas, QTabWidget.TabPosition.North)
        self.timeline.tracks_changed.connect(self._fit_timeline)
        self._tabs = QTimer(self, singleShot=True, interval=0)
        self._tabs.timeout.connect(self._name_once)
        self.reset()
        self._restore()
        self._later = QTimer(self, singleShot=True, interval=500)
        self._later.timeout.connect(self.keep)

    def _dock(self, name: str, title: str, bar: QWidget, widget: QWidget) -> QDockWidget:
        dock = QDockWidget(title, self._window)
        dock.setObjectName(name)
        dock.setTitleBarWidget(bar)
        dock.setWidget(widget)
        action = self._window.actions_[f"panel_{name}"]
        action.setCheckable(True)
        dock.toggleViewAction().toggled.connect(action.setChecked)
        dock.installEventFilter(self)
        for signal in (dock.visibilityChanged, dock.dockLocationChanged, dock.topLevelChanged):
            signal.connect(lambda _: self._tabs.start())
        return dock

    def _name_once(self) -> None:
        """Where panels share a place their names stand on the tabs, whole: what has no room there is scrolled to."""
        for tabs in self._window.findChildren(QTabBar):
            tabs.setElideMode(Qt.TextElideMode.ElideNone)
            tabs.setUsesScrollButtons(True)
        for name, panel in self.panels.items():
            dock = self.docks[name]
            beside = [each for each in self._window.tabifiedDockWidgets(dock) if not each.isHidden()]
            panel.heading.name_shown(dock.isFloating() or not beside)

    def reset(self) -> None:
        """The timeline at the bottom, all others at the right, as at the first start."""
        for name, _, _, seen, _ in PANELS:
            dock = self.docks[name]
            dock.setFloating(False)
            self._window.removeDockWidget(dock)
            self._window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, dock)
            dock.setVisible(seen)
        self._share_place()
        self._lay_timeline()
        docks = [self.docks[name] for name, *_ in PANELS]
        self._window.resizeDocks(docks, [height for *_, height in PANELS], Qt.Orientation.Vertical)
        self._window.resizeDocks(docks[:1], [WIDTH], Qt.Orientation.Horizontal)
        if self._window.isVisible():
            self._suit_height()

    def _share_place(self) -> None:
        """Panels that are called now and then come as tabs beside the queue, and take no room from the others."""
        for name, _, _, seen, _ in PANELS:
            if not seen:
                self._window.tabifyDockWidget(self.docks["queue"], self.docks[name])

    def _lay_timeline(self) -> None:
        """Over the full width; the column at the right ends above it."""
        dock, area = self.docks["timeline"], Qt.DockWidgetArea.BottomDockWidgetArea
        self._window.setCorner(Qt.Corner.BottomRightCorner, area)
        self._window.setCorner(Qt.Corner.BottomLeftCorner, area)
        dock.setFloating(False)
        self._window.removeDockWidget(dock)
        self._window.addDockWidget(area, dock)
        dock.setVisible(True)
        self._fit_timeline()

    def _fit_timeline(self) -> None:
        """One line where nothing is on it; else high enough for two tracks, if that leaves room for the picture."""
        dock, wanted = self.docks["timeline"], self.timeline.wanted()
        title = self.timeline.transport.sizeHint().height()
        if not wanted:
            self._window.resizeDocks([dock], [1], Qt.Orientation.Vertical)
        elif dock.height() < (high := min(title + wanted, round(self._window.height() * MOST))):
            self._window.resizeDocks([dock], [high], Qt.Orientation.Vertical)

    def first_seen(self) -> None:
        """The window has its size now; what the artist has arranged stays."""
        if not self._settings.get("layout"):
            self._suit_height()

    def _suit_height(self) -> None:
        """Where the window is too low for four panels, two of them share a place; in a low one three do."""
        if self._window.height() >= SHORT:
            return
        first = "paint" if self._window.height() < LOW else "history"
        if first == "paint":
            self._window.tabifyDockWidget(self.docks["paint"], self.docks["history"])
        self._window.tabifyDockWidget(self.docks["history"], self.docks["queue"])
        self._share_place()
        self.docks[first].raise_()
        names = ("layers", "paint", "history") if first == "history" else ("layers", "paint")
        heights = [height for name, *_, height in PANELS if name in names]
        self._window.resizeDocks([self.docks[name] for name in names], heights, Qt.Orientation.Vertical)

    def show_or_hide(self, name: str) -> None:
        dock = self.docks[name]
        dock.setVisible(dock.isHidden())
        if not dock.isHidden():
            dock.raise_()

    def _usual(self) -> list[QDockWidget]:
        return [self.docks[name] for name, _, _, seen, _ in PANELS if seen] + [self.docks["timeline"]]

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


class Bottom(QWidget):
    """The transport of the timeline is what its dock is dragged by; above it the hairline."""

    def __init__(self, timeline: TimelinePanel):
        super().__init__()
        column = _below_hairline(self)
        column.addWidget(timeline.transport)


def _below_hairline(widget: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(widget)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    rule = QFrame()
    rule.setObjectName("edge")
    column.addWidget(rule)
    return column


def _scrolled(panel: Panel) -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(panel)
    return area


class Title(QWidget):
    """The heading of the panel is what the dock is dragged by; above it the hairline between panels."""

    def __init__(self, panel: Panel):
        super().__init__()
        panel.rows.removeWidget(panel.heading)
        margins = panel.rows.contentsMargins()
        panel.rows.setContentsMargins(margins.left(), 4, margins.right(), margins.bottom())
        column = _below_hairline(self)
        row = QHBoxLayout()
        row.setContentsMargins(MARGIN, 8, MARGIN, 0)
        row.addWidget(panel.heading)
        column.addLayout(row)
