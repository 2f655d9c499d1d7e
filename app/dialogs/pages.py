"""What dialogs are made of: rows that are bound to a setting, headings, and a line of buttons."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QSlider,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from app import theme
from app.settings import LIMITS, Settings
from app.translation import tr

MARGIN = 24  # px round a dialog


class DialogPage(QWidget):
    """Rows with a name at the left; each shows a setting and changes it at once, and follows when it changes."""

    def __init__(self, settings: Settings):
        super().__init__()
        self._settings = settings
        self.form = QFormLayout(self)
        self.form.setContentsMargins(MARGIN, 20, MARGIN, 20)
        self.form.setHorizontalSpacing(24)
        self.form.setVerticalSpacing(12)
        self.form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.FieldsStayAtSizeHint)

    def switch(self, key: str, text: str) -> QCheckBox:
        box = QCheckBox(text)
        box.setObjectName(key)
        box.setChecked(self._settings.get(key))
        box.toggled.connect(lambda on: self._settings.set(key, on))
        self._follow(key, box, box.setChecked)
        self.form.addRow(box)
        return box

    def choice(self, key: str, name: str, texts: dict[object, str]) -> QComboBox:
        """`texts` by value, in the order in which they are offered."""
        box = QComboBox()
        box.setObjectName(key)
        box.setAccessibleName(name)
        values = list(texts)
        box.addItems(list(texts.values()))
        box.setCurrentIndex(nearest(values, self._settings.get(key)))
        box.activated.connect(lambda index: self._settings.set(key, values[index]))
        self._follow(key, box, lambda value: box.setCurrentIndex(nearest(values, value)))
        self.form.addRow(name, box)
        return box

    def number(self, key: str, name: str, unit: str, step: int) -> QSpinBox:
        box = QSpinBox()
        box.setObjectName(key)
        box.setAccessibleName(name)
        low, high = LIMITS[key]
        box.setRange(int(low), int(high))
        box.setSingleStep(step)
        box.setSuffix(f" {unit}")
        box.setKeyboardTracking(False)
        theme.inset(box)
        box.setValue(self._settings.get(key))
        box.valueChanged.connect(lambda value: self._settings.set(key, value))
        self._follow(key, box, box.setValue)
        self.form.addRow(name, box)
        return box

    def text(self, key: str, name: str, example: str) -> QLineEdit:
        """One line, which holds once the field is left."""
        field = QLineEdit(self._settings.get(key))
        field.setObjectName(key)
        field.setAccessibleName(name)
        field.setPlaceholderText(example)
        field.setMinimumWidth(260)
        field.editingFinished.connect(lambda: self._settings.set(key, field.text().strip()))
        self._follow(key, field, field.setText)
        self.form.addRow(name, field)
        return field

    def note(self, text: str) -> QLabel:
        """A quiet sentence under a row."""
        label = quiet(text)
        label.setWordWrap(True)
        self.form.addRow(label)
        return label

    def _follow(self, key: str, widget: QWidget, show: Callable[[Any], object]) -> None:
        _Follower(widget, self._settings, key, show)


class _Follower(QObject):
    """Shows what a setting becomes for as long as its widget lives; the settings outlive every dialog."""

    def __init__(self, widget: QWidget, settings: Settings, key: str, show: Callable[[Any], object]):
        super().__init__(widget)
        self._settings, self._key, self._show = settings, key, show
        settings.changed.connect(self.changed)

    def changed(self, key: str) -> None:
        if key == self._key:
            self._show(self._settings.get(key))


def nearest(values: Sequence[object], value: object) -> int:
    """Where the value is in the list; for a number between the steps, the step next to it."""
    if value in values:
        return values.index(value)
    if isinstance(value, int | float):
        return min(range(len(values)), key=lambda index: abs(float(values[index]) - float(value)))  # type: ignore[arg-type]
    return 0


def quiet(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("tone", "secondary")
    return label


def named(text: str) -> QLabel:
    """The name of the thing, the one that is strong."""
    label = QLabel(text)
    label.setProperty("tone", "name")
    return label


def main_button(text: str) -> QPushButton:
    """The one button that carries the accent."""
    button = QPushButton(text)
    button.setProperty("main", True)
    button.setDefault(True)
    return button


def column(dialog: QDialog) -> QVBoxLayout:
    made = QVBoxLayout(dialog)
    made.setContentsMargins(MARGIN, 20, MARGIN, 20)
    made.setSpacing(12)
    return made


def buttons(*right: QPushButton, left: Sequence[QPushButton] = ()) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    for button in left:
        button.setAutoDefault(False)
        row.addWidget(button)
    row.addStretch()
    for button in right:
        row.addWidget(button)
    return row


def combo(name: str, items: Sequence[tuple[str, object]] = ()) -> QComboBox:
    """A choice among texts, each of which stands for a value."""
    made = QComboBox()
    made.setAccessibleName(name)
    for text, value in items:
        made.addItem(text, value)
    return made


def whole_number(name: str, least: int = 1, most: int = 2**31 - 1, suffix: str = "") -> QSpinBox:
    made = QSpinBox(minimum=least, maximum=most, suffix=suffix)
    made.setAccessibleName(name)
    made.setFixedWidth(104)
    made.setKeyboardTracking(False)  # not while a number is half typed
    theme.inset(made)
    return made


def line(*parts: QWidget | int) -> QWidget:
    """Widgets side by side, and px between them; fields that are typed into and sliders take the room that is left."""
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    for part in parts:
        if isinstance(part, int):
            row.addSpacing(part)
        else:
            row.addWidget(part, 1 if isinstance(part, QLineEdit | QSlider) else 0)
    if not any(isinstance(part, QLineEdit | QSlider) for part in parts):
        row.addStretch(1)
    return made


class QuietForm(QFormLayout):
    """Rows with a quiet name of a fixed width, as in the dialogs that export."""

    def __init__(self, parent: QWidget):
        super().__init__(parent)
        self.setContentsMargins(0, 0, 0, 0)
        self.setHorizontalSpacing(24)
        self.setVerticalSpacing(10)
        self.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)

    def add(self, name: str, *parts: QWidget | int) -> QWidget:
        """Add a row; returns what stands beside its name."""
        label, row = quiet(name), line(*parts)
        label.setMinimumWidth(112)
        label.setMinimumHeight(28)
        self.addRow(label, row)
        return row


def sure_to_delete(parent: QWidget, question: str, then: str, button: str = "") -> bool:
    """Ask once more before something is gone for good; whoever only presses Enter goes back.

    button: what the button says that goes on; “Delete” by default.
    """
    box = QMessageBox(parent)
    box.setText(question)
    box.setInformativeText(then)
    delete = box.addButton(button or tr("Delete"), QMessageBox.ButtonRole.DestructiveRole)
    box.setDefaultButton(box.addButton(tr("Go Back"), QMessageBox.ButtonRole.RejectRole))
    box.exec()
    return box.clickedButton() is delete
