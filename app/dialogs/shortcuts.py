"""All actions with their keys: search by word or by key, press new ones, and be told who had them."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QKeySequenceEdit,
    QLabel,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from app.action_keys import bind, conflicts, keys_of, menu_name
from app.actions import ACTIONS, BY_ID, Action
from app.settings import Settings
from app.translation import tr

from .pages import buttons, column, main_button, quiet

NATIVE = QKeySequence.SequenceFormat.NativeText
PORTABLE = QKeySequence.SequenceFormat.PortableText


class ShortcutsDialog(QDialog):
    def __init__(self, settings: Settings, parent: QWidget | None = None):
        super().__init__(parent)
        self._settings = settings
        self.setWindowTitle(tr("Shortcuts"))
        self.resize(620, 640)
        lines = column(self)
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("Search by name or by keys, such as “paint” or “Ctrl+Z”"))
        self.search.setAccessibleName(tr("Search"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self.filter)
        self.list = self._list()
        self.message = QLabel()
        self.message.setWordWrap(True)
        self.message.setAccessibleName(tr("Conflict"))
        lines.addWidget(self.search)
        lines.addWidget(self.list, 1)
        lines.addLayout(self._editor())
        lines.addWidget(self.message)
        close, every = main_button(tr("Close")), QPushButton(tr("Reset All"))
        close.setAutoDefault(False)
        close.setDefault(False)
        close.clicked.connect(self.accept)
        every.clicked.connect(self.reset_all)
        lines.addLayout(buttons(close, left=[every]))
        self.refresh()
        self.choose(ACTIONS[0].id)

    def _list(self) -> QTreeWidget:
        made = QTreeWidget()
        made.setHeaderLabels([tr("Action"), tr("Menu"), tr("Keys")])
        made.setRootIsDecorated(False)
        made.setUniformRowHeights(True)
        made.setAccessibleName(tr("Actions"))
        made.setColumnWidth(0, 270)
        made.setColumnWidth(1, 130)
        self.items: dict[str, QTreeWidgetItem] = {}
        for action in ACTIONS:
            item = QTreeWidgetItem([action.text.rstrip("…"), _menus(action.menu), ""])
            item.setData(0, Qt.ItemDataRole.UserRole, action.id)
            self.items[action.id] = item
            made.addTopLevelItem(item)
        made.currentItemChanged.connect(self._chosen)
        return made

    def _editor(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.keys = QKeySequenceEdit()
        self.keys.setMaximumSequenceLength(1)
        self.keys.setAccessibleName(tr("New keys"))
        self.keys.editingFinished.connect(self.take)
        for inner in self.keys.findChildren(QLineEdit):  # Tab would else be taken for a key
            inner.installEventFilter(self)
        self.none, self.first = QPushButton(tr("No Keys")), QPushButton(tr("As at First"))
        self.none.clicked.connect(lambda: self.set_keys(()))
        self.first.clicked.connect(lambda: self.set_keys(self.action.keys))
        for button in (self.none, self.first):
            button.setAutoDefault(False)
        row.addWidget(quiet(tr("New keys")))
        row.addWidget(self.keys, 1)
        row.addWidget(self.none)
        row.addWidget(self.first)
        return row

    # ---- what is chosen

    @property
    def action(self) -> Action:
        item = self.list.currentItem()
        return BY_ID[item.data(0, Qt.ItemDataRole.UserRole)] if item else ACTIONS[0]

    def choose(self, name: str) -> None:
        self.list.setCurrentItem(self.items[name])

    def _chosen(self) -> None:
        keys = keys_of(self.action, self._settings)
        self.keys.setKeySequence(QKeySequence(keys[0]) if keys else QKeySequence())
        self.message.clear()

    def take(self) -> None:
        """The keys that were just pressed; those that another action has are left to it, and this is told."""
        key = self.keys.keySequence().toString(PORTABLE)
        if key and key not in keys_of(self.action, self._settings):
            self.set_keys((key,))

    def set_keys(self, keys: tuple[str, ...]) -> None:
        taken = conflicts(self._settings, self.action, keys)
        if taken:
            others = tr(" and ").join(
                tr("“{name}” in {menu}").format(name=other.text.rstrip("…"), menu=menu_name(other.menu.split("/")[0]))
                for other in taken
            )
            pressed = QKeySequence(keys[0]).toString(NATIVE)
            self._chosen()
            self.message.setText(
                tr("{pressed} already calls {others}. Give that other keys first, or choose another one here.").format(
                    pressed=pressed, others=others
                )
            )
            return
        bind(self._settings, self.action, keys)
        self.refresh()
        self._chosen()

    def reset_all(self) -> None:
        self._settings.reset("shortcuts")
        self.refresh()
        self._chosen()

    # ---- the list

    def refresh(self) -> None:
        for action in ACTIONS:
            keys = keys_of(action, self._settings)
            text = ", ".join(QKeySequence(key).toString(NATIVE) for key in keys)
            self.items[action.id].setText(2, text)
        self.filter(self.search.text())

    def filter(self, words: str) -> None:
        """Every word has to be somewhere in the line."""
        wanted = words.casefold().replace(" + ", "+").split()
        for item in self.items.values():
            line = " ".join(item.text(number) for number in range(3)).casefold()
            item.setHidden(not all(word in line for word in wanted))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tab goes on to the next field, as everywhere."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Tab:
                self.focusNextChild()
                return True
            if event.key() == Qt.Key.Key_Backtab:
                self.focusPreviousChild()
                return True
        return False


def _menus(path: str) -> str:
    """All menus of a path, in words."""
    outer = path.rpartition("/")[0]
    return f"{_menus(outer)} › {menu_name(path)}" if outer else menu_name(path)
