"""From the command line to a window: checks what is needed, opens documents, and offers recovered ones."""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from app.translation import tr
from engine.request import UserError

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from app.window import Window

XCB = ("libxcb-cursor.so.0", "libxcb-icccm.so.4", "libxcb-keysyms.so.1", "libxcb-xkb.so.1", "libxkbcommon-x11.so.0")
APT = (
    "apt-get install -y --no-install-recommends libgl1 libegl1 libglib2.0-0 libdbus-1-3 libfontconfig1 libfreetype6"
    " libxkbcommon0 fonts-dejavu-core libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-xkb1"
    " libxcb-shape0"
)
TRACEBACK = "HANDSCROLL_TRACEBACK"


class NoWindow(UserError):
    """Why there can be no window, and what to do."""


def check_display() -> None:
    """Qt ends the process where it finds no display; this tells in words before."""
    if os.environ.get("QT_QPA_PLATFORM") or not sys.platform.startswith("linux"):
        return
    if os.environ.get("WAYLAND_DISPLAY"):
        return
    if not os.environ.get("DISPLAY"):
        raise NoWindow("There is no display to open a window on.")
    missing = [name for name in XCB if not _loads(name)]
    if missing:
        raise NoWindow(f"The window needs system libraries that are missing ({missing[0]}). Install them with: {APT}")
    if not _answers():
        raise NoWindow(f"The display {os.environ['DISPLAY']} does not answer.")


def _loads(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def _answers() -> bool:
    """Whether the X server takes a connection."""
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return True
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(None, None))
    failed = bool(xcb.xcb_connection_has_error(connection))
    xcb.xcb_disconnect(connection)
    return not failed


def launch(path: Path | None = None) -> int:
    """Opens the window, with a document or a picture if one is named, and stays until it is closed."""
    check_display()
    try:
        from PySide6.QtWidgets import QApplication
    except ImportError as error:
        raise NoWindow(f"The window cannot be opened ({error}). Install what it needs with: {APT}") from error
    from app import translation
    from app.settings import Settings

    settings = Settings()
    if settings.get("ui_scale") != 1.0:
        os.environ.setdefault("QT_SCALE_FACTOR", str(settings.get("ui_scale")))
    app = QApplication(sys.argv[:1])
    translation.speak(app, settings.get("language"))
    from app import icons, theme
    from app.jobs.engine_place import place_of
    from app.jobs.engine_process import Engine
    from app.jobs.queue import JobQueue
    from app.session import Session
    from app.window import Window

    app.setApplicationName("Handscroll")
    app.setDesktopFileName("handscroll")
    app.setWindowIcon(icons.app_icon())
    theme.apply(app, settings)

    def engine(card: int = 0) -> Engine:
        return Engine(place=lambda: place_of(settings.get, card))

    queue = JobQueue(engine(), settings.get, settings_set=settings.set, more=engine)
    try:
        session = Session(queue, settings)
    except UserError:
        queue.close()
        raise
    window = Window(session)
    sys.excepthook = lambda *error: _unexpected(window, *error)
    undo = _end_on_signals(app)
    begin(window, path)
    window.show()
    try:
        return app.exec()
    finally:
        undo()
        if window.isVisible():  # ended from outside: everything is in the file already
            window.keep_place()
            window.hide()  # first: what has the keyboard asks for the document until it is out of sight
            window.files.leave()
            queue.close()


def begin(window: Window, path: Path | None) -> None:
    """What is seen first: the file that was named, else the welcome picture once; what was left behind is offered."""
    from app.document import recoverable
    from app.document.temp_files import clear_away

    clear_away()
    left = [each for each in recoverable() if each.path != window.session.document.path]
    if path is not None:
        window.files.open(path.absolute())
    elif not window.settings.get("welcomed"):
        window.settings.set("welcomed", True)
        window.files.welcome()
    if left and path is None:
        window.files.show_recoverable()


def _unexpected(window: Window, kind: type[BaseException], error: BaseException, where: TracebackType | None) -> None:
    """A mistake of the program's: told, and the work goes on."""
    if issubclass(kind, KeyboardInterrupt):
        return
    if os.environ.get(TRACEBACK):
        traceback.print_exception(kind, error, where)
    sentence = (
        str(error)
        if isinstance(error, UserError)
        else tr("Something unexpected went wrong ({kind}: {error}).").format(kind=kind.__name__, error=error)
    )
    window.toast.tell(tr("{sentence} What is painted is kept in the file.").format(sentence=sentence))


def _end_on_signals(app: QApplication) -> Callable[[], None]:
    """Ctrl+C in the terminal and a polite kill close the program as the last window does, but without a question."""
    from PySide6.QtCore import QSocketNotifier

    here, there = socket.socketpair()
    for end in (here, there):
        end.setblocking(False)
    before = signal.set_wakeup_fd(there.fileno())
    kinds = [signal.SIGINT, signal.SIGTERM]
    former = [signal.signal(kind, lambda *_: None) for kind in kinds]
    notifier = QSocketNotifier(here.fileno(), QSocketNotifier.Type.Read, app)
    notifier.activated.connect(lambda *_: app.exit(0))  # quit() would ask the windows first

    def undo() -> None:
        notifier.setEnabled(False)
        signal.set_wakeup_fd(before)
        for kind, handler in zip(kinds, former, strict=True):
            signal.signal(kind, handler)
        here.close()
        there.close()

    return undo
