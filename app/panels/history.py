"""What was done, from the first to the last; a click goes there and back."""

import time
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app import theme
from app.document.history import Entry
from app.session import Session
from app.translation import tr
from engine.request import Box

from .lists import ROW, Index, plain
from .row_look import PAD, draw_text, ground
from .rows import Panel, key, label

HIGH = 28  # px
DAY = 86_400  # seconds
BEGINNING = Entry(0, tr("Beginning"), 0.0, Box(0, 0, 0, 0))


class HistoryPanel(Panel):
    def __init__(self, session: Session, parent: QWidget | None = None):
        super().__init__(session, tr("History"), parent)
        self._model = HistoryModel(self)
        self.list = QListView()
        self.list.setModel(self._model)
        self.list.setItemDelegate(EntryDelegate(self.list))
        self.list.setAccessibleName(tr("History, the oldest first"))
        plain(self.list)
        self.list.setMouseTracking(True)
        self.empty = label(tr("What you do is listed here. A click goes back to it."), "secondary", wrap=True)
        self.rows.addWidget(self.empty)
        self.rows.addWidget(self.list, 1)
        self.rows.addStretch(0)
        for signal in (session.opened, session.history_changed):
            signal.connect(self.refresh_soon)
        self.list.clicked.connect(self._go)
        for keys in ("Return", "Enter", "Space"):
            key(self.list, keys, lambda: self._go(self.list.currentIndex()))

    def refresh(self) -> None:
        history = self.session.document.history
        entries = history.entries()
        self.empty.setVisible(not entries)
        self.list.setVisible(bool(entries))
        self._model.set([BEGINNING, *entries], history.head)
        here = self._model.here()
        self.list.setCurrentIndex(here)
        self.list.scrollTo(here)

    def _go(self, index: QModelIndex) -> None:
        entry = index.data(ROW)
        if entry is not None and entry.number != self.session.document.history.head:
            self.session.go_to(entry.number)


class HistoryModel(QAbstractListModel):
    """Ten thousand entries cost what is seen of them: only what differs at the end is told to the view."""

    def __init__(self, parent: QWidget):
        super().__init__(parent)
        self.entries: list[Entry] = []
        self.head = 0

    def set(self, entries: list[Entry], head: int) -> None:
        same = 0
        for before, after in zip(self.entries, entries, strict=False):
            if before != after:
                break
            same += 1
        if same < len(self.entries):
            self.beginRemoveRows(QModelIndex(), same, len(self.entries) - 1)
            del self.entries[same:]
            self.endRemoveRows()
        if same < len(entries):
            self.beginInsertRows(QModelIndex(), same, len(entries) - 1)
            self.entries = entries
            self.endInsertRows()
        if head != self.head:
            self.head = head
            self.dataChanged.emit(self.index(0), self.index(len(self.entries) - 1))

    def here(self) -> QModelIndex:
        """The row of what is in effect."""
        found = next((n for n, entry in enumerate(self.entries) if entry.number == self.head), -1)
        return self.index(found)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self.entries):
            return None
        entry = self.entries[index.row()]
        if role == ROW:
            return entry
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.name
        if role == Qt.ItemDataRole.ToolTipRole and entry.at:
            return time.strftime("%x %X", time.localtime(entry.at))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            state = "undone" if self.undone(entry) else "current" if entry.number == self.head else ""
            return ", ".join(filter(None, [entry.name, moment(entry.at), state]))
        return None

    def undone(self, entry: Entry) -> bool:
        return entry.number > self.head


class EntryDelegate(QStyledItemDelegate):
    """The time, quietly, and the name; what was undone is dim."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(160, HIGH)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry: Entry = index.data(ROW)
        model = index.model()
        assert isinstance(model, HistoryModel)
        focus = bool(option.state & QStyle.StateFlag.State_HasFocus)
        over = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box: QRect = option.rect.adjusted(0, 1, 0, -1)
        ground(painter, box, entry.number == model.head, over, focus)
        painter.setOpacity(0.55 if model.undone(entry) else 1.0)
        inside = box.adjusted(PAD, 0, -PAD, 0)
        small = theme.font(theme.SMALL)
        draw_text(painter, inside.adjusted(0, 0, 36 - inside.width(), 0), moment(entry.at), small, "secondary")
        draw_text(painter, inside.adjusted(41, 0, 0, 0), entry.name, theme.font(), "text")
        painter.restore()


def moment(at: float) -> str:
    """The hour of a day's work, the date of an older one."""
    if not at:
        return ""
    then = time.localtime(at)
    return time.strftime("%H:%M" if time.time() - at < DAY else "%d/%m", then)
