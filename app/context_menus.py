"""Menus at the pointer: on a row of the layers, and on the canvas; their entries are those of the menu bar."""

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtWidgets import QMenu, QWidget

from app.panels.lists import RowsView
from app.session.values import LABELS
from app.translation import tr
from app.workbench import Workbench

RULE = ""
LAYER = (
    "layer_duplicate", "layer_delete", RULE, "layer_shape", "mirror_across", "mirror_down", "turn_right", "turn_left",
    RULE, "merge_down", "flatten", RULE, "layer_up", "layer_down", RULE, "layer_show", "layer_lock",
)  # fmt: skip
IN_REGION = (
    "paint", "replace_region", "fit_region", RULE, "delete", "erase_region", "cut_to_region", "no_region", RULE,
)  # fmt: skip
CANVAS = ("copy", "paste", RULE)
STAGED = ("accept", "discard", "one_more", RULE)


class ContextMenus:
    def __init__(self, window: Workbench, rows: RowsView):
        self._window, self._rows = window, rows
        for widget, show in ((window.view, self.on_canvas), (rows, self.on_row)):
            widget.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
            widget.customContextMenuRequested.connect(show)

    def on_canvas(self, at: QPoint) -> None:
        """What can be done with what is staged, with the region, and with the layer under the pointer."""
        window, session = self._window, self._window.session
        if window.hands.busy:
            return
        layer = window.hands.tools["move"].layer_at(*window.view.to_canvas(QPointF(at)))
        if layer is not None and session.region is None:
            session.select(layer.id)
        names = STAGED if session.staging.current is not None and session.staging.current.state == "done" else ()
        names += IN_REGION if session.region is not None else ()
        menu = self._menu((*names, *CANVAS), window.view)
        if session.selected is not None:
            self._add_layer(menu.addMenu(tr("Layer")) if names else menu)  # a menu of all is higher than small screens
        menu.popup(window.view.mapToGlobal(at))

    def on_row(self, at: QPoint) -> None:
        """Of the row under the pointer, which is chosen by that."""
        rows = self._rows
        index = rows.indexAt(at)
        if index.isValid():
            rows.setCurrentIndex(index)
        kind = rows.key[0] if rows.key else ""
        if kind not in ("layer", "group"):
            return
        menu = self._menu(STAGED if kind == "group" else (), rows.viewport())
        if kind == "layer":
            self._add_layer(menu)
        menu.popup(rows.viewport().mapToGlobal(at))

    def _menu(self, names: tuple[str, ...], widget: QWidget) -> QMenu:
        menu = QMenu(widget)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._add(menu, names)
        return menu

    def _add_layer(self, menu: QMenu) -> None:
        actions = self._window.actions_
        self._add(menu, LAYER)
        labels = menu.addMenu(tr("Colour Label"))
        labels.addActions([actions["label_none"], *(actions[f"label_{name}"] for name in LABELS)])

    def _add(self, menu: QMenu, names: tuple[str, ...]) -> None:
        for name in names:
            if name:
                menu.addAction(self._window.actions_[name])
            else:
                menu.addSeparator()
