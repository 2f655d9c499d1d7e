"""Our own line icons: SVG on a 20 px grid, coloured when they are asked for."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QObject, QRectF, QSize, Qt
from PySide6.QtGui import QAction, QColor, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton

from app import theme

FOLDER = theme.RESOURCES / "icons"
SIZES = (16, 20, 24)
INK = "currentColor"  # what the files are drawn with


def names() -> list[str]:
    return sorted(path.stem for path in FOLDER.glob("*.svg"))


def icon(name: str, colour: QColor | None = None, checked: QColor | None = None) -> QIcon:
    """In the colour of text, or another one; `checked` when its button is down. Made anew after theme.changed."""
    made = QIcon()
    ink = colour or theme.colour("text")
    faint = QColor(ink)
    faint.setAlphaF(0.35)
    for size in SIZES:
        for ratio in (1.0, 2.0):
            made.addPixmap(pixmap(name, size, ink, ratio), QIcon.Mode.Normal, QIcon.State.Off)
            made.addPixmap(pixmap(name, size, faint, ratio), QIcon.Mode.Disabled, QIcon.State.Off)
            if checked:
                made.addPixmap(pixmap(name, size, checked, ratio), QIcon.Mode.Normal, QIcon.State.On)
    return made


def pixmap(name: str, size: int = 20, colour: QColor | None = None, ratio: float | None = None) -> QPixmap:
    """`size` in logical px, for a screen of `ratio` device px each."""
    if ratio is None:
        screen = QGuiApplication.primaryScreen()
        ratio = screen.devicePixelRatio() if screen else 1.0
    return _drawn(name, size, (colour or theme.colour("text")).name(QColor.NameFormat.HexArgb), ratio)


@lru_cache(maxsize=1024)
def _drawn(name: str, size: int, ink: str, ratio: float) -> QPixmap:
    colour = QColor(ink)
    text = (FOLDER / f"{name}.svg").read_text(encoding="utf-8").replace(INK, colour.name())
    image = QPixmap(QSize(round(size * ratio), round(size * ratio)))
    image.fill(Qt.GlobalColor.transparent)
    with QPainter(image) as painter:
        painter.setOpacity(colour.alphaF())
        QSvgRenderer(QByteArray(text.encode())).render(painter, QRectF(image.rect()))
    image.setDevicePixelRatio(ratio)
    return image


def app_icon() -> QIcon:
    """A handscroll half unrolled, with a red seal; the small sizes have a simpler drawing."""
    made = QIcon()
    for size in (16, 20, 24, 32, 48, 64, 128, 256):
        made.addPixmap(pixmap("handscroll-small" if size <= 24 else "handscroll", size, QColor("black"), 1.0))
    return made


class Follower(QObject):
    """Keeps the icon of a button or an action in the colours that are shown; lives as long as that does."""

    def __init__(self, owner: QAbstractButton | QAction, name: str, token: str = "text", checked: str = ""):
        super().__init__(owner)
        self._owner, self.name, self._token, self._checked = owner, name, token, checked
        theme.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        checked = theme.colour(self._checked) if self._checked else None
        self._owner.setIcon(icon(self.name, theme.colour(self._token), checked))

    def show(self, name: str) -> None:
        """Another drawing from now on."""
        self.name = name
        self.refresh()


def follow(owner: QAbstractButton | QAction, name: str, token: str = "text", checked: str = "") -> Follower:
    """Gives a button or an action an icon that stays right when the colours change."""
    return Follower(owner, name, token, checked)
