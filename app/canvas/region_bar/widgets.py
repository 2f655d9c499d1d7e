"""What the faces of the bar are made of: a row, quiet words, menus, a chip to step through, orders as arrows."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QPainter, QPixmap, QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QWidget

from app import icons, theme
from app.canvas.overlays.overlays import patches_words
from app.canvas.region_bar.floating import HEIGHT, Chip
from app.canvas.region_bar.popovers import Popover
from app.jobs.progress import duration
from app.session import Session
from app.translation import tr
from engine.request import Order

ORDERS: tuple[tuple[Order | None, str, tuple[str, ...]], ...] = (
    (None, tr("Automatic, away from what is there"), ("automatic",)),
    (Order.OMEGA, tr("ω: columns downwards, going right"), ("arrow-down", "arrow-right")),
    (Order.OMEGA_STAR, tr("ω*: columns downwards, going left"), ("arrow-down", "arrow-left")),
    (Order.ZETA, tr("ζ: rows to the right, going down"), ("arrow-right", "arrow-down")),
    (Order.ZETA_STAR, tr("ζ*: rows to the right, going up"), ("arrow-right", "arrow-up")),
)


class BarPage(QWidget):
    """A row of the bar; `refresh` shows the session as it is."""

    def __init__(self, session: Session):
        super().__init__()
        self.session = session
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(6)

    def refresh(self) -> None:
        """Shows what the session says now."""


class Words(QLabel):
    """A quiet sentence; screen readers find it as what it says."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(HEIGHT)
        self.setProperty("tone", "secondary")
        self.setContentsMargins(6, 0, 6, 0)

    def say(self, words: str) -> None:
        self.setText(words)
        self.setAccessibleName(words)
        self.setVisible(bool(words))


class Menu(QMenu):
    """Choices under a button, with the one in effect checked."""

    def offer(self, choices: list[tuple[str, bool, Callable[[], None], QIcon | None]]) -> None:
        self.clear()
        for text, chosen, choose, icon in choices:
            action = self.addAction(text)
            action.setCheckable(icon is None)
            action.setChecked(chosen and icon is None)
            if icon is not None:
                action.setIcon(icon)
            action.triggered.connect(lambda _=False, choose=choose: choose())

    def open_at(self, button: QWidget) -> None:
        self.popup(button.mapToGlobal(QPoint(0, -self.sizeHint().height() - 8)))


class Stepper(Chip):
    """A chip whose value goes up and down with the wheel and the arrow keys."""

    stepped = Signal(int)  # 1 or -1

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.angleDelta().y():
            self.stepped.emit(1 if event.angleDelta().y() > 0 else -1)
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.stepped.emit(1 if event.key() == Qt.Key.Key_Up else -1)
        else:
            super().keyPressEvent(event)


def toggled(popover: Popover, button: QWidget) -> None:
    popover.hide() if popover.isVisible() else popover.open_at(button)


def order_size(drawings: tuple[str, ...]) -> QSize:
    return QSize(18 if len(drawings) == 1 else 15 * len(drawings), 18)


def order_icon(drawings: tuple[str, ...]) -> QIcon:
    """One or two arrows side by side, in the colour of text."""
    size, ratio = order_size(drawings), 2.0
    image = QPixmap(size * ratio)
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.transparent)
    side = 18 if len(drawings) == 1 else 16
    with QPainter(image) as painter:
        for number, name in enumerate(drawings):
            painter.drawPixmap(15 * number, (18 - side) // 2, icons.pixmap(name, side, theme.colour("text"), ratio))
    return QIcon(image)


def estimate_words(patches: int, variants: int, seconds: float | None) -> str:
    words = patches_words(patches) if variants == 1 else f"{variants} × {patches_words(patches)}"
    return words if seconds is None else tr("{words} · about {time}").format(words=words, time=duration(seconds))
