"""What floats over the canvas: a rounded panel with a soft shadow, and the small buttons in it."""

from PySide6.QtCore import QMargins, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QWidget

from app import icons, theme
from app.theme import colour, font

RADIUS = 12
SHADOW = 14  # px around the panel
HEIGHT = 30  # px of what stands in it


class Floating(QWidget):
    """A panel over its parent. Its margins hold the shadow, so the panel itself is `panel_rect`."""

    def __init__(self, parent: QWidget):
        super().__init__(parent)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        # What happens on the panel is not meant for the picture under it.
        self.setAttribute(Qt.WidgetAttribute.WA_NoMousePropagation)
        theme.changed.connect(self.update)

    @staticmethod
    def inner(margin: int = 8) -> QMargins:
        """Margins of a layout in it."""
        return QMargins(*(4 * [SHADOW + margin]))

    def view(self) -> QWidget:
        """What it floats over."""
        parent = self.parentWidget()
        assert parent is not None
        return parent

    def panel_rect(self) -> QRect:
        return self.rect().adjusted(SHADOW, SHADOW, -SHADOW, -SHADOW)

    def put(self, corner: QPoint) -> None:
        """Moves it so that the panel, not the shadow, begins here."""
        self.move(corner - QPoint(SHADOW, SHADOW))

    def paintEvent(self, event: QPaintEvent) -> None:
        panel = QRectF(self.panel_rect())
        dark = theme.scheme() == "dark"
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour("shadow", 0.024 if dark else 0.013))
            for grown in range(SHADOW - 2, 0, -1):  # veils over one another fade like a blur, for less
                soft = panel.adjusted(-grown, 3 - grown, grown, 1 + grown)
                painter.drawRoundedRect(soft, RADIUS + grown, RADIUS + grown)
            painter.setBrush(colour("panel"))
            painter.setPen(colour("line", 0.7) if dark else colour("line"))
            painter.drawRoundedRect(panel.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to the canvas."""
        if event.key() == Qt.Key.Key_Escape and self.isAncestorOf(self.focusWidget() or self):
            self.view().setFocus()
            event.accept()
        else:
            super().keyPressEvent(event)


class Push(QPushButton):
    """A button of a floating panel: takes the focus from Tab, never from a click, so that keys stay with the canvas."""

    def __init__(self, text: str, name: str, tip: str = "", main: bool = False):
        super().__init__(text)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setFixedHeight(HEIGHT)
        self.setAccessibleName(name)
        self.setToolTip(tip)
        self.setAutoDefault(True)  # Enter presses it
        if main:
            self.setProperty("main", True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Space press it, other keys go where they always go."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.click()
        else:
            event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.isCheckable() and self.isChecked():  # active, so it has the accent
            with QPainter(self) as painter:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                painter.setPen(colour("accent_line"))
                painter.setBrush(colour("accent_line", 0.14))
                painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)


class Chip(Push):
    """A quiet name and its value: `Variants 3`."""

    def __init__(self, label: str, tip: str = ""):
        super().__init__("", label, tip)
        self._label, self._value = label, ""
        theme.changed.connect(self.update)

    @property
    def value(self) -> str:
        return self._value

    @value.setter
    def value(self, text: str) -> None:
        if text != self._value:
            self._value = text
            self.setAccessibleName(f"{self._label} {text}")
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        letters = QFontMetrics(font())
        return QSize(letters.horizontalAdvance(f"{self._label} {self._value}") + 22, HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        rect, letters = self.rect(), QFontMetrics(font())
        left = (rect.width() - letters.horizontalAdvance(f"{self._label} {self._value}")) // 2
        with QPainter(self) as painter:
            painter.setFont(font())
            middle = Qt.AlignmentFlag.AlignVCenter
            painter.setPen(colour("secondary"))
            painter.drawText(rect.adjusted(left, 0, 0, 0), middle, self._label)
            painter.setPen(colour("text"))
            painter.drawText(
                rect.adjusted(left + letters.horizontalAdvance(f"{self._label} "), 0, 0, 0), middle, self._value
            )


class IconPush(Push):
    """A square button with a drawing."""

    def __init__(self, icon: str, name: str, tip: str = "", checkable: bool = False):
        super().__init__("", name, tip or name)
        self.setFixedWidth(HEIGHT + 2)
        self.setStyleSheet("padding: 0;")
        self.setCheckable(checkable)
        self.setIconSize(QSize(18, 18))
        self.drawing = icons.follow(self, icon, "text", "accent_line" if checkable else "")
