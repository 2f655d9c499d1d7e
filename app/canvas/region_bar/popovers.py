"""Small panels that a button of the bar opens: the place and size of the region in numbers, and the seed."""

from PySide6.QtCore import QPoint, QSignalBlocker, Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QCheckBox, QGridLayout, QLabel, QSpinBox, QVBoxLayout, QWidget

from app.canvas.region_bar.floating import Floating, Push
from app.canvas.tools.region import reshaped
from app.dialogs.pages import whole_number
from app.session import Session
from app.translation import tr
from engine.request import Box

FARTHEST = 1_000_000_000  # canvas pixels that can be typed
LARGEST_SEED = 2**31 - 1


class Popover(Floating):
    """Opens above or below a button; closes on Esc, on Enter, and when the focus goes elsewhere."""

    def __init__(self, session: Session, parent: QWidget):
        super().__init__(parent)
        self.session = session
        self._opener: QWidget | None = None
        self.hide()
        QApplication.instance().focusChanged.connect(self._focus_moved)  # type: ignore[union-attr]

    def first(self) -> QWidget:
        """What has the focus when it opens."""
        return self

    def open_at(self, button: QWidget) -> None:
        self._opener = button
        self.adjustSize()
        view, panel = self.view(), self.panel_rect()
        corner = button.mapTo(view, QPoint(0, 0))
        top = corner.y() - panel.height() - 16
        top = top if top > 8 else corner.y() + button.height() + 16
        left = min(max(corner.x() + (button.width() - panel.width()) // 2, 8), view.width() - panel.width() - 8)
        self.put(QPoint(left, top))
        self.show()
        self.raise_()
        self.first().setFocus(Qt.FocusReason.PopupFocusReason)

    def showEvent(self, event: QShowEvent) -> None:
        self.refresh()
        super().showEvent(event)

    def refresh(self) -> None:
        """Reads what it shows from the session."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.close_back()
        else:
            super().keyPressEvent(event)

    def close_back(self) -> None:
        self.hide()
        if self._opener is not None and self._opener.isVisible():
            self._opener.setFocus(Qt.FocusReason.PopupFocusReason)

    def _focus_moved(self, _: QWidget | None, now: QWidget | None) -> None:
        if self.isVisible() and now is not None and now is not self and not self.isAncestorOf(now):
            self.hide()


class PlacePopover(Popover):
    """x, y, width and height of the region in canvas pixels."""

    def __init__(self, session: Session, parent: QWidget):
        super().__init__(session, parent)
        self.setAccessibleName(tr("Place and size of the region"))
        rows = QGridLayout(self)
        rows.setContentsMargins(self.inner(12))
        rows.setHorizontalSpacing(8)
        rows.setVerticalSpacing(8)
        self.fields: dict[str, QSpinBox] = {}
        for number, (key, words) in enumerate(
            (("x", "x"), ("y", "y"), ("width", tr("Width")), ("height", tr("Height")))
        ):
            field = whole_number(tr("{words} in pixels").format(words=words), 1 if number > 1 else -FARTHEST, FARTHEST)
            name = QLabel(words)
            name.setProperty("tone", "secondary")
            name.setBuddy(field)
            rows.addWidget(name, number // 2, 2 * (number % 2))
            rows.addWidget(field, number // 2, 2 * (number % 2) + 1)
            field.valueChanged.connect(self._apply)
            self.fields[key] = field
        session.region_changed.connect(self._region_changed)

    def first(self) -> QWidget:
        return self.fields["x"]

    def refresh(self) -> None:
        if self.session.region is not None:
            for key, value in self.session.region.box._asdict().items():
                with QSignalBlocker(self.fields[key]):
                    self.fields[key].setValue(min(max(value, -FARTHEST), FARTHEST))

    def _apply(self) -> None:
        region = self.session.region
        if region is not None:
            box = Box(*(self.fields[key].value() for key in ("x", "y", "width", "height")))
            self.session.set_region(reshaped(region, box))

    def _region_changed(self) -> None:
        if self.isVisible():
            self.refresh() if self.session.region is not None else self.hide()


class SeedPopover(Popover):
    """The number that all chance comes from."""

    def __init__(self, session: Session, parent: QWidget):
        super().__init__(session, parent)
        self.setAccessibleName(tr("Seed"))
        rows = QVBoxLayout(self)
        rows.setContentsMargins(self.inner(12))
        rows.setSpacing(8)
        self.number = whole_number(tr("Seed"), 0, LARGEST_SEED)
        self.number.setFixedWidth(176)
        self.lock = QCheckBox(tr("Use this seed every time"))
        self.again = Push(tr("Another seed"), tr("Another seed"), tr("Draws a new number"))
        for widget in (self.number, self.lock, self.again):
            rows.addWidget(widget)
        self.number.valueChanged.connect(lambda seed: session.set_options(seed=seed, seed_locked=True))
        self.lock.toggled.connect(lambda on: session.set_options(seed_locked=on))
        self.again.clicked.connect(lambda: session.set_options(seed=(session.options.seed * 48271 + 11) % 100_000))
        session.options_changed.connect(self.refresh)

    def first(self) -> QWidget:
        return self.number

    def refresh(self) -> None:
        with QSignalBlocker(self.number), QSignalBlocker(self.lock):
            self.number.setValue(self.session.options.seed)
            self.lock.setChecked(self.session.options.seed_locked)
