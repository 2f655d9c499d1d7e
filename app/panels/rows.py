"""What panels are made of: a heading with its few buttons, rows, sliders with name and number, hairlines."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSlider, QToolButton, QVBoxLayout, QWidget

from app import icons, theme
from app.session import Session

MARGIN, GAP = 14, 8  # px: at the sides of a panel, between rows
CLOSE = 4  # px between rows of panels that are to have room in a window 720 px high


class Panel(QWidget):
    """A heading over rows. `refresh` reads the session anew: once for many signals, and only while it is seen."""

    def __init__(self, session: Session, title: str, parent: QWidget | None = None):
        super().__init__(parent)
        self.session = session
        self.setAccessibleName(title)
        self.heading = Heading(title)
        self.rows = QVBoxLayout(self)
        self.rows.setContentsMargins(MARGIN, 10, MARGIN, 12)
        self.rows.setSpacing(GAP)
        self.rows.addWidget(self.heading)
        self._stale = True
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._refresh_if_seen)
        theme.changed.connect(self.update)

    def refresh(self) -> None:
        """Shows what the session says now."""

    def refresh_soon(self, *_: object) -> None:
        self._stale = True
        if self.isVisible() and not self._soon.isActive():
            self._soon.start()

    def _refresh_if_seen(self) -> None:
        if self._stale and self.isVisible():
            self._stale = False
            self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._refresh_if_seen()


class Heading(QWidget):
    """The name of a panel, small and quiet; buttons come on its right."""

    def __init__(self, title: str):
        super().__init__()
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(2)
        self.setMinimumHeight(26)
        self.title, self._name = title, label(title, "heading")
        line.addWidget(self._name, 1)
        self._line = line

    def add(self, button: QWidget) -> None:
        self._line.addWidget(button)

    def name_shown(self, shown: bool) -> None:
        """Not where the name stands on a tab above; without buttons no room is left for it then."""
        self._name.setText(self.title if shown else "")
        self.setVisible(shown or self._line.count() > 1)


class ToolButton(QToolButton):
    """A small icon; its name is its tooltip and what a screen reader says."""

    def __init__(self, icon: str, name: str, run: Callable[[], object] | None = None, checkable: bool = False):
        super().__init__()
        self._icons = icons.follow(self, icon, "secondary", "text" if checkable else "")
        self.setIconSize(QSize(16, 16))
        self.setCheckable(checkable)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.rename(name)
        if run:
            self.clicked.connect(lambda: run())

    def rename(self, name: str, icon: str = "") -> None:
        self.setToolTip(name)
        self.setAccessibleName(name)
        if icon and icon != self._icons.name:
            self._icons.show(icon)


class NamedSlider(QWidget):
    """Name on the left, number on the right, the slider below or between. Values are steps of 1/100."""

    moved = Signal(float)  # by the artist, not by `set`
    released = Signal()

    def __init__(
        self, name: str, low: float, high: float, shown: Callable[[float], str] = "{:.2f}".format, in_line: bool = False
    ):  # fmt: skip
        """in_line: all in one line."""
        super().__init__()
        self._shown = shown
        self._slider = QSlider(Qt.Orientation.Horizontal)
        self._slider.setRange(round(low * 100), round(high * 100))
        self._slider.setSingleStep(5)
        self._slider.setPageStep(10)
        self._slider.setAccessibleName(name)
        self.number = label("", "secondary")
        self._lay_out(label(name), in_line)
        self._slider.valueChanged.connect(self._changed)
        self._slider.sliderReleased.connect(self.released)
        self._quiet = False

    def _lay_out(self, name: QLabel, in_line: bool) -> None:
        line, rows = QHBoxLayout(), QVBoxLayout(self)
        line.setSpacing(GAP)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addLayout(line)
        line.addWidget(name, 0 if in_line else 1)
        if in_line:
            line.addWidget(self._slider, 1)
        else:
            rows.addWidget(self._slider)
        line.addWidget(self.number)

    @property
    def slider(self) -> QSlider:
        return self._slider

    @property
    def value(self) -> float:
        return self._slider.value() / 100

    def set(self, value: float) -> None:
        """Shows a value without telling it; a slider in the artist's hand is left alone."""
        if not self._slider.isSliderDown():
            self._quiet = True
            self._slider.setValue(round(value * 100))
            self._quiet = False
            self.number.setText(self._shown(value))

    def _changed(self) -> None:
        self.number.setText(self._shown(self.value))
        if not self._quiet:
            self.moved.emit(self.value)


class Disclosure(QWidget):
    """A name with an arrow; what is behind it is shown when it is opened."""

    def __init__(self, name: str, *lines: QWidget):
        super().__init__()
        self.button = QToolButton()
        self.button.setText(name)
        self.button.setAccessibleName(name)
        self.button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.button.setIconSize(QSize(12, 12))
        self.button.setCheckable(True)
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.button.setProperty("disclosure", True)
        self._icons = icons.follow(self.button, "right", "secondary", "secondary")
        self.inside = QWidget()
        rows, inner = QVBoxLayout(self), QVBoxLayout(self.inside)
        for layout in (rows, inner):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(GAP)
        for line in lines:
            inner.addWidget(line)
        rows.addWidget(self.button)
        rows.addWidget(self.inside)
        self.inside.hide()
        self.button.toggled.connect(self.open)

    def open(self, wanted: bool) -> None:
        self.button.setChecked(wanted)
        self.inside.setVisible(wanted)
        self._icons.show("down" if wanted else "right")


def row(name: str, *controls: QWidget) -> QWidget:
    """A name on the left, what can be set on the right."""
    made = QWidget()
    line = QHBoxLayout(made)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(4)
    words = label(name)
    line.addWidget(words, 1)
    for control in controls:
        line.addWidget(control)
        if not control.accessibleName():
            control.setAccessibleName(name)
    if controls:
        words.setBuddy(controls[0])
    return made


def label(text: str = "", tone: str = "", wrap: bool = False) -> QLabel:
    """tone: secondary, heading, name, or the usual one."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    if tone:
        made.setProperty("tone", tone)
    if tone == "secondary":
        made.setFont(theme.font(theme.SMALL))
    return made


def rule() -> QFrame:
    """A hairline."""
    made = QFrame()
    made.setProperty("rule", True)
    made.setFixedHeight(1)
    return made


def show_text(of: QLabel, text: str) -> None:
    """Empty words take no room."""
    of.setText(text)
    of.setVisible(bool(text))


def key(owner: QWidget, keys: str, run: Callable[[], object]) -> None:
    """A key that acts only while this widget has the focus, so that the canvas keeps it otherwise."""
    QShortcut(QKeySequence(keys), owner, context=Qt.ShortcutContext.WidgetShortcut).activated.connect(lambda: run())
