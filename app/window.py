"""The main window: connects canvas, tools, panels and menus, and has no state of its own."""

from pathlib import Path

from PySide6.QtCore import QByteArray, QEvent, QMimeData, QObject, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QMenu, QMenuBar, QWidget

from app import icons, theme
from app.action_keys import hint, menu_name
from app.actions import ACTIONS, MENUS
from app.canvas.brush_bar import BrushBar
from app.canvas.overlays.overlays import overlays
from app.canvas.region_bar.bar import Bar, StagedBar
from app.canvas.tools.toolbox import ToolBox
from app.canvas.variant_grid import VariantGrid
from app.canvas.view import CanvasView
from app.commands import Commands
from app.context_menus import ContextMenus
from app.dialogs.engine_line import ask_to_send
from app.docks import Docks
from app.document.file import SUFFIX
from app.document.tile_packing import warm
from app.files import FileCommands
from app.menu_actions import Actions
from app.session import Session
from app.statusbar import StatusBar
from app.toast import Toast
from app.toolbar import ToolPalette
from app.translation import tr
from app.welcome import Invitation
from app.workbench import Workbench
from engine.request import Box

SIZE = (1600, 1000)
SMALLEST = (760, 480)
IDLE = 400  # ms after the first paint
FRAMED = 100  # ms until the desktop has put its frame round the window


class Window(Workbench):
    def __init__(self, session: Session):
        super().__init__()
        self.session, self.settings = session, session.settings
        self.setWindowIcon(icons.app_icon())
        self.setMinimumSize(*SMALLEST)
        self.setAcceptDrops(True)
        self.view = CanvasView(session, self)
        self.setCentralWidget(self.view)
        self.hands = ToolBox(session, self.view)
        self.view.hands = self.hands
        self.view.overlays.extend(overlays(session, self.hands, self.view.film))
        self.bar = Bar(session, self.view, self.hands)
        self.staged_bar = StagedBar(session, self.view, self.hands, self.bar)
        self.variants = VariantGrid(session, self.view, (self.bar, self.staged_bar))
        for page in (self.bar.staging, self.bar.painting, self.staged_bar.staging, self.staged_bar.painting):
            page.compare.clicked.connect(self.variants.toggle)
        self.files, self.commands = FileCommands(self), Commands(self)
        self.actions_ = Actions(self)
        self.docks = Docks(self)
        self.timeline = self.docks.timeline
        self.timeline.menu.addActions([self.actions_[action.id] for action in ACTIONS if action.menu == "Time/Clip"])
        self.palette_ = ToolPalette(self)
        self.brush_bar = BrushBar(session, self.view, self.hands)
        self.menus = ContextMenus(self, self.docks.panels["layers"].list)  # type: ignore[attr-defined]
        self.status = StatusBar(self)
        self.setStatusBar(self.status)
        self.invitation, self.toast = Invitation(self, self.files), Toast(self.view, self.brush_bar.bottom)
        self.top = TopBar(self)
        self.setMenuWidget(self.top)
        self._first_view: Box | None = None
        self._greeted = False
        self._bind()
        self.view.installEventFilter(self)
        self._restore_place()
        self.view.setFocus()

    def _bind(self) -> None:
        session = self.session
        session.failed.connect(self.toast.tell)
        session.noticed.connect(lambda sentence: self.toast.tell(sentence, passing=True))
        session.opened.connect(self._opened)
        session.region_changed.connect(self.toast.let_pass)
        session.title_changed.connect(self._title)
        session.queue.model_lacking.connect(lambda model: ask_to_send(model, session.queue.answer, self))
        self.view.camera_changed.connect(lambda: session.auto_extend.look(self.view.camera.seen()))
        session.auto_extend.changed.connect(self._auto_extending)
        self.view.pointer_moved.connect(self.docks.panels["recipe"].follow)  # type: ignore[attr-defined]
        self.settings.changed.connect(self._setting_changed)
        self.toast.tell(self.settings.problem)
        self._title()

    def _setting_changed(self, key: str) -> None:
        self.toast.tell(self.settings.problem)
        if key.startswith("engine"):
            self.session.queue.change_engine()
            self.session.queue.warm(self.session.options.model)

    def _opened(self) -> None:
        self.show_box(None)
        self._title()

    def _title(self) -> None:
        self.setWindowTitle(f"{self.session.documents.title} · Handscroll")

    # ---- what is seen

    def show_box(self, box: Box | None) -> None:
        if self._greeted:
            super().show_box(box)
        else:
            self._first_view = box

    def extend_without_end(self, direction: int) -> None:
        """Goes on without end in a direction, or no longer."""
        self.session.auto_extend.look(self.view.camera.seen())
        self.session.auto_extend.start(direction)

    def _auto_extending(self) -> None:
        """While it goes on, the entry of the menu says how to end it."""
        for name, way, words in (
            ("auto_extend_right", 1, tr("To the Right")),
            ("auto_extend_left", -1, tr("To the Left")),
        ):
            under_way = self.session.auto_extend.direction == way
            self.actions_[name].setText(tr("Stop Extending") if under_way else words)
            if under_way:
                self.toast.tell(
                    tr("It goes on as you scroll. {name} ends it.").format(name=hint(self.settings, name)), passing=True
                )

    def full_screen(self) -> None:
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc that nothing else had a use for gives the keys back to the canvas."""
        if event.key() == Qt.Key.Key_Escape:
            self.view.setFocus()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and not self._greeted:
            self._greeted = True
            QTimer.singleShot(0, self, self._begin)
        return False

    def _begin(self) -> None:
        """After the first paint: the picture in full view, an engine and all else that is warm when it is needed."""
        self.show_box(self._first_view)
        QTimer.singleShot(IDLE, self, warm)
        self.session.queue.warm(self.session.options.model)

    # ---- files dropped beside the canvas

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _paths(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """A document opens; pictures are placed beside what is there."""
        event.acceptProposedAction()
        self.take(_paths(event.mimeData()))

    def take(self, paths: list[Path]) -> None:
        documents = [path for path in paths if path.suffix == SUFFIX]
        if documents:
            self.files.open(documents[0])
        else:
            self.files.place(paths)

    # ---- coming and going

    def _restore_place(self) -> None:
        kept = self.settings.get("geometry")
        if not kept or not self.restoreGeometry(QByteArray.fromBase64(kept.encode())):
            room = self.screen().availableSize()
            self.resize(min(SIZE[0], room.width()), min(SIZE[1], room.height()))

    def keep_place(self) -> None:
        self.docks.keep()
        self.settings.set("geometry", bytes(self.saveGeometry().toBase64().data()).decode())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._greeted:
            self.docks.first_seen()
            QTimer.singleShot(FRAMED, self, self._fit_screen)
        self.view.setFocus()

    def _fit_screen(self, tries: int = 8) -> None:
        """The frame that the desktop puts round it, some time after it is shown, is inside of the screen too."""
        room, framed = self.screen().availableGeometry(), self.frameGeometry()
        if framed == self.geometry() and tries:
            QTimer.singleShot(FRAMED, self, lambda: self._fit_screen(tries - 1))
            return
        over = framed.width() - room.width(), framed.height() - room.height()
        if self.isFullScreen() or self.isMaximized():
            return
        if max(over) > 0:
            self.resize(self.width() - max(over[0], 0), self.height() - max(over[1], 0))
            self.move(room.topLeft())
        elif not room.contains(framed):
            self.move(
                max(room.left(), min(framed.left(), room.right() - framed.width())),
                max(room.top(), min(framed.top(), room.bottom() - framed.height())),
            )

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self.files.may_close():
            event.ignore()
            return
        self.keep_place()
        self.session.queue.close()
        event.accept()


class TopBar(QWidget):
    """The name of the program, its menus, and in the middle the name of the document."""

    def __init__(self, window: Window):
        super().__init__(window)
        self.setObjectName("topbar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._window = window
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 0, 14, 1)
        row.setSpacing(4)
        name = QLabel("Handscroll")
        name.setFont(theme.font(strong=True))
        self.menus = QMenuBar(self)
        self.menus.setNativeMenuBar(False)
        self.title = QLabel(self)
        self.title.setProperty("tone", "secondary")
        row.addWidget(name)
        row.addWidget(self.menus, 1)
        self._made: dict[str, QMenu] = {}
        for menu in MENUS:
            self._fill(menu)
        window.session.title_changed.connect(self._follow)
        window.session.opened.connect(self._follow)
        self._follow()

    def _fill(self, name: str) -> None:
        menu = self._menu(name)
        for action in (action for action in ACTIONS if action.menu.split("/")[0] == name):
            if action.rule:
                menu.addSeparator()
            inner = self._menu(action.menu)
            inner.addAction(self._window.actions_[action.id])
            if action.id == "open":
                self._recent(menu)

    def _menu(self, path: str) -> QMenu:
        """The menu of this path, made where it is not there yet."""
        if path not in self._made:
            parent = path.rpartition("/")[0]
            menu = QMenu(menu_name(path), self)
            menu.setToolTipsVisible(True)
            self._made[path] = menu
            if parent:
                self._menu(parent).addMenu(menu)
            else:
                self.menus.addMenu(menu)
                menu.aboutToHide.connect(lambda: QTimer.singleShot(0, self, self._leave))
        return self._made[path]

    def _leave(self) -> None:
        """A menu was closed, and none was opened after it: the bar would keep the arrows for itself."""
        if QApplication.activePopupWidget() is None and self.menus.hasFocus():
            self._window.view.setFocus()

    def _recent(self, menu: QMenu) -> None:
        recent = menu.addMenu(tr("Open Recent"))
        recent.setToolTipsVisible(True)
        recent.aboutToShow.connect(lambda: self._window.files.fill_recent(recent))
        self._window.files.fill_recent(recent)

    def _follow(self) -> None:
        self.title.setText(self._window.session.documents.title)
        self._centre()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._centre()

    def _centre(self) -> None:
        """In the middle of the window, or right of the menus where it would lie on them; gone without room."""
        self.title.adjustSize()
        menus = self.menus.x() + sum(self.menus.actionGeometry(action).width() for action in self.menus.actions()) + 24
        left = max((self.width() - self.title.width()) // 2, menus)
        self.title.setVisible(left + self.title.width() <= self.width())
        self.title.move(left, (self.height() - self.title.height()) // 2)


def _paths(data: QMimeData) -> list[Path]:
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()] if data.hasUrls() else []
