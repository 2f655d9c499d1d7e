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
        self._open((*names, *CANVAS, *(LAYER if session.selected is not None else ())), window.view, at)

    def on_row(self, at: QPoint) -> None:
        """Of the row under the pointer, which is chosen by that."""
        rows = self._rows
        index = rows.indexAt(at)
        if index.isValid():
            rows.setCurrentIndex(index)
        kind = rows.key[0] if rows.key else ""
        if kind == "layer":
            self._open(LAYER, rows.viewport(), at)
        elif kind == "group":
            self._open(STAGED, rows.viewport(), at)

    def _open(self, names: tuple[str, ...], widget: QWidget, at: QPoint) -> None:
        actions, menu = self._window.actions_, QMenu(widget)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for name in names:
            if name:
                menu.addAction(actions[name])
            else:
                menu.addSeparator()
        if "layer_show" in names:
            labels = menu.addMenu(tr("Colour Label"))
            labels.addActions([actions["label_none"], *(actions[f"label_{name}"] for name in LABELS)])
        menu.popup(widget.mapToGlobal(at))
