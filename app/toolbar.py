"""The tools, floating at the left of the canvas; the one in hand carries the accent."""

from PySide6.QtCore import QPoint, QSize
from PySide6.QtWidgets import QFrame, QVBoxLayout

from app import icons
from app.action_keys import keys_of, shown
from app.actions import BY_ID
from app.canvas.region_bar.floating import Floating, IconPush
from app.session import TOOLS
from app.translation import tr
from app.workbench import Workbench

PLACE = QPoint(12, 16)  # of the panel, in the view
RULERS = 18  # px that rulers take
GROUPS = (("move", "region", "lasso", "region_brush", "not_from"), ("brush", "eraser", "eyedropper"), ("hand",))
NAMES = {tool: BY_ID[tool].text for tool in TOOLS}
HELP = {
    "move": tr("drag layers"),
    "region": tr("drag out what is to be painted"),
    "lasso": tr("draw round what is to be painted"),
    "region_brush": tr("brush over what is to be painted"),
    "not_from": tr("brush over what nothing is to be taken from; Alt takes it back"),
    "brush": tr("paint with a colour; the engine goes on from it"),
    "eraser": tr("take away; what is gone can be painted again"),
    "eyedropper": tr("take a colour from the picture"),
    "hand": tr("drag the canvas"),
}


class ToolPalette(Floating):
    def __init__(self, window: Workbench):
        super().__init__(window.view)
        self.setAccessibleName(tr("Tools"))
        self._session, self._settings, self._view = window.session, window.settings, window.view
        self.buttons: dict[str, IconPush] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(self.inner(6))
        column.setSpacing(4)
        for number, group in enumerate(GROUPS):
            if number:
                rule = QFrame()
                rule.setProperty("rule", True)
                column.addWidget(rule)
            for tool in group:
                column.addWidget(self._button(tool))
        self._session.tool_changed.connect(self._follow)
        self._settings.changed.connect(self._setting)
        self._setting("shortcuts")
        self._setting("rulers")
        self._follow()

    def _button(self, tool: str) -> IconPush:
        button = IconPush(tool, NAMES[tool], checkable=True)
        button.drawing.deleteLater()
        button.drawing = icons.follow(button, tool, "secondary", "on_accent")
        button.setFixedSize(34, 34)
        button.setIconSize(QSize(20, 20))
        button.setProperty("tool", True)
        button.setStyleSheet("")
        button.clicked.connect(lambda: self._take(tool))
        self.buttons[tool] = button
        return button

    def _take(self, tool: str) -> None:
        self._session.set_tool(tool)
        self._follow()  # a click on the one in hand would turn its mark off

    def _follow(self) -> None:
        for tool, button in self.buttons.items():
            button.setChecked(tool == self._session.tool)

    def _setting(self, key: str) -> None:
        if key == "shortcuts":
            for tool, button in self.buttons.items():
                letter = shown(keys_of(BY_ID[tool], self._settings))
                button.setToolTip(f"{NAMES[tool]}{f' ({letter})' if letter else ''}: {HELP[tool]}")
        elif key == "rulers":
            beside = RULERS if self._settings.get("rulers") else 0
            self.adjustSize()
            self.put(PLACE + QPoint(beside, beside))
            panel = self.panel_rect().translated(self.pos())
            self._view.tools_box = lambda: panel
