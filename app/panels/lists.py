"""Lists of the panels: a row is a thumbnail, a name and a quieter line; marks on its right can be pressed."""

from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractListModel,
    QEvent,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)  # fmt: skip
from PySide6.QtGui import QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QLineEdit,
    QListView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)  # fmt: skip

from app import icons, theme
from app.translation import tr

from .row_look import HIGH, LABEL_INKS, PAD, THUMB, Row, draw_label, draw_progress, draw_thumb, ground, placed, words

Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole


class RowsModel(QAbstractListModel):
    """Rows in order; what stays the same is not touched, so that choice and scroll stay where they are."""

    dropped = Signal(object, int)  # the key of a row, and the row before which it was let go
    renamed = Signal(object, str)

    def __init__(self, parent: QWidget, draggable: bool = False, editable: bool = False):
        super().__init__(parent)
        self.all: list[Row] = []
        self._draggable, self._editable = draggable, editable

    def set(self, rows: list[Row]) -> None:
        if [row.key for row in rows] != [row.key for row in self.all]:
            self.beginResetModel()
            self.all = rows
            self.endResetModel()
            return
        for number, (before, after) in enumerate(zip(self.all, rows, strict=True)):
            self.all[number] = after
            if before != after:
                self.dataChanged.emit(self.index(number), self.index(number))

    def position(self, key: Any) -> int:
        """-1 for what is not here."""
        return next((number for number, row in enumerate(self.all) if row.key == key), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.all)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self.all):
            return None
        row = self.all[index.row()]
        if role == ROW:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return row.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{row.name}, {row.detail}" if row.detail else row.name
        if role == Qt.ItemDataRole.ToolTipRole:
            return row.detail if row.warn else None
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        self.renamed.emit(self.all[index.row()].key, str(value))
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled if self._draggable else Qt.ItemFlag.NoItemFlags
        if not self.all[index.row()].fixed:
            flags |= Qt.ItemFlag.ItemIsEditable if self._editable else Qt.ItemFlag.NoItemFlags
            flags |= Qt.ItemFlag.ItemIsDragEnabled if self._draggable else Qt.ItemFlag.NoItemFlags
        return flags

    # ---- dragging within the list

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        return [self._kind]

    def mimeData(self, indexes: Any) -> QMimeData:
        data = QMimeData()
        data.setData(self._kind, str(next(iter(indexes)).row()).encode())
        return data

    def canDropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index) -> bool:
        return self._draggable and data.hasFormat(self._kind)

    def dropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index) -> bool:
        """Only tells where; the session then reorders, and the list is shown anew. False: Qt removes nothing."""
        if self.canDropMimeData(data, action, row, column, parent):
            number = int(bytes(data.data(self._kind).data()))
            before = row if row >= 0 else parent.row() if parent.isValid() else len(self.all)
            if number < len(self.all):
                self.dropped.emit(self.all[number].key, before)
        return False

    @property
    def _kind(self) -> str:
        return f"application/x-handscroll-row-{id(self)}"  # rows of another list mean nothing here


EMPTY = 6  # px at the bottom of a row, without which it is whole all the same
WHEEL = 3  # steps that a notch of the wheel scrolls: a row


class RowsView(QListView):
    """A list without a box round it, as high as its rows; Enter or a double click is `activated`."""

    marked = Signal(object, str)  # the key of a row, and the name of the mark that was pressed
    chosen = Signal(object)  # by the artist, not by `choose`

    def __init__(self, model: RowsModel, name: str, most: int = 60):
        super().__init__()
        self._most, self._quiet = most, False
        self.rows = model
        self.setModel(model)
        self.setItemDelegate(RowDelegate(self))
        self.setAccessibleName(name)
        plain(self)
        self.verticalScrollBar().setSingleStep((HIGH + 2) // WHEEL)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.setMouseTracking(True)
        self.viewport().setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked | QAbstractItemView.EditTrigger.EditKeyPressed)
        if model._draggable:
            self.setDragEnabled(True)
            self.setAcceptDrops(True)
            self.setDropIndicatorShown(True)
            self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        model.modelReset.connect(self.updateGeometry)
        self.selectionModel().currentChanged.connect(self._current_changed)

    @property
    def key(self) -> Any:
        """What the current row stands for; None without one."""
        row = self.currentIndex().data(ROW) if self.currentIndex().isValid() else None
        return row.key if row else None

    def choose(self, key: Any) -> None:
        """Marks a row without telling it."""
        self._quiet = True
        index = self.rows.index(self.rows.position(key))
        self.setCurrentIndex(index)
        if not index.isValid():
            self.clearSelection()
        self._quiet = False

    def _current_changed(self, index: QModelIndex) -> None:
        if not self._quiet and index.isValid() and (row := index.data(ROW)):
            self.chosen.emit(row.key)

    def sizeHint(self) -> QSize:
        rows = min(max(self.rows.rowCount(), 1), self._most)
        return QSize(220, rows * (HIGH + 2))

    def minimumSizeHint(self) -> QSize:
        return QSize(160, HIGH)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """No row is cut at the bottom. What is chosen stays in sight where there is less room now."""
        beyond = self.height() % (HIGH + 2)
        self.setViewportMargins(0, 0, 0, beyond if beyond < HIGH + 2 - EMPTY and self.height() > HIGH else 0)
        super().resizeEvent(event)
        if event.size().height() < event.oldSize().height() and self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())


def plain(view: QListView) -> None:
    """No frame, no jumps, one row at a time."""
    view.setFrameShape(QFrame.Shape.NoFrame)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    view.setUniformItemSizes(True)
    view.setTabKeyNavigation(False)  # Tab leaves the list, arrows go through it


class RowDelegate(QStyledItemDelegate):
    def __init__(self, view: RowsView):
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(160, HIGH + 2)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: Row = index.data(ROW)
        box, state = option.rect.adjusted(0, 1, 0, -1), option.state
        over = bool(state & QStyle.StateFlag.State_MouseOver)
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground(painter, box, chosen, over, bool(state & QStyle.StateFlag.State_HasFocus) and self._by_keys())
        painter.setOpacity(0.6 if row.dim else 1.0)
        left = box.x() + PAD
        if row.thumb is not None:
            draw_thumb(painter, QRect(QPoint(left, box.center().y() - THUMB.height() // 2 + 1), THUMB), row.thumb)
            if row.label in LABEL_INKS:
                draw_label(painter, QRect(QPoint(left, box.center().y() - THUMB.height() // 2 + 1), THUMB), row.label)
            left += THUMB.width() + 8
        marks = [(mark, place) for mark, place in placed(row, box) if mark.lasting or over or chosen]
        right = min([place.x() for _, place in marks], default=box.right() - PAD)
        words(painter, QRect(left, box.y() + 5, right - left, 36), row)
        painter.setOpacity(1.0)
        for mark, place in marks:
            icon = icons.pixmap(mark.icon, 16, theme.colour("secondary"), self._view.devicePixelRatioF())
            painter.drawPixmap(place.x() + 3, place.y() + 3, icon)
        if row.progress is not None:
            draw_progress(painter, QRect(left, box.bottom() - 2, box.right() - PAD - left, 2), row.progress)
        painter.restore()

    def _by_keys(self) -> bool:
        """The frame of the focus is for those who use keys."""
        return self._view.hasFocus()

    def editorEvent(
        self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: Index
    ) -> bool:  # fmt: skip
        presses = (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease, QEvent.Type.MouseButtonDblClick)
        if not isinstance(event, QMouseEvent) or event.type() not in presses:
            return False
        row: Row = index.data(ROW)
        for mark, place in placed(row, option.rect):
            if place.contains(event.position().toPoint()) and event.button() == Qt.MouseButton.LeftButton:
                if event.type() == QEvent.Type.MouseButtonRelease:
                    self._view.marked.emit(row.key, mark.name)
                return True
        return False

    def helpEvent(self, event: Any, view: Any, option: QStyleOptionViewItem, index: Index) -> bool:
        from PySide6.QtWidgets import QToolTip

        row: Row | None = index.data(ROW)
        for mark, place in placed(row, option.rect) if row else ():
            if place.contains(event.pos()):
                QToolTip.showText(event.globalPos(), mark.name, view)
                return True
        return super().helpEvent(event, view, option, index)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        editor = QLineEdit(parent)
        editor.setAccessibleName(tr("Name"))
        editor.setMaxLength(200)
        return editor

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        left = PAD + THUMB.width() + 2
        editor.setGeometry(option.rect.adjusted(left, 8, -4, -8))
