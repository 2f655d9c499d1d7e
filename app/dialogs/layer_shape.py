"""The shape of a layer in numbers: size, angle, mirrors, and what is cut from its sides; each change holds at once."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDoubleSpinBox,
    QFormLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app import theme
from app.document.shaping import Shape, baked_border
from app.session import Session
from app.translation import tr
from engine.request import UserError

from .pages import MARGIN, buttons, line, main_button, whole_number

LARGEST = 2**20  # px that the fields hold
LOOKED_AT = 2**24  # pixels of a picture in which a border is looked for
SIDES = {"left": tr("left"), "top": tr("top"), "right": tr("right"), "bottom": tr("bottom")}
_px = partial(whole_number, most=LARGEST, suffix=" px")


class LayerShapeDialog(QDialog):
    """All that is changed while it is open is one entry of the history, as long as nothing else is done."""

    def __init__(self, session: Session, number: int, parent: QWidget | None = None):
        super().__init__(parent)
        self.session, self.number = session, number
        self._entry = 0
        self._quiet = False
        self.shape = session.document.layers.shape(number)  # raises UserError for an empty layer
        self.original = session.document.layers.original(number)
        self.setWindowTitle(tr("Shape of “{name}”").format(name=session.document.layers.get(number).name))
        self._make()
        self._arrange()
        self._connect()
        self._show()

    # ---- making

    def _make(self) -> None:
        self.width_px, self.height_px = _px(tr("Width")), _px(tr("Height"))
        self.ratio = QCheckBox(tr("Keep the ratio"))
        self.ratio.setChecked(True)
        self.angle = QDoubleSpinBox(minimum=-360, maximum=360, decimals=1, suffix=" °")
        self.angle.setAccessibleName(tr("Angle"))
        self.angle.setFixedWidth(104)
        self.angle.setKeyboardTracking(False)
        theme.inset(self.angle)
        self.across, self.down = QCheckBox(tr("Sideways")), QCheckBox(tr("Upside down"))
        self.cuts = {side: _px(tr("Cut from the {side}").format(side=words), 0) for side, words in SIDES.items()}
        self.border = self._proposed()
        self.cut_border = QPushButton(tr("Cut Off the Border"), autoDefault=False)
        self.as_it_was = QPushButton(tr("As It Was"), autoDefault=False)
        self.note = QLabel()
        self.note.setWordWrap(True)
        self.note.setProperty("tone", "secondary")

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, 20, MARGIN, 20)
        column.setSpacing(16)
        form = QFormLayout()
        form.setHorizontalSpacing(24)
        form.setVerticalSpacing(12)
        left, top, right, bottom = (self.cuts[side] for side in SIDES)
        for name, widgets in (
            (tr("Size"), (self.width_px, QLabel("×"), self.height_px, self.ratio)), (tr("Turned"), (self.angle,)),
            (tr("Mirrored"), (self.across, self.down)),
            (tr("Cut at the sides"), (QLabel(SIDES["left"]), left, QLabel(SIDES["right"]), right)),
            (tr("above and below"), (QLabel(SIDES["top"]), top, QLabel(SIDES["bottom"]), bottom)),
        ):  # fmt: skip
            form.addRow(name, line(*widgets))
        column.addLayout(form)
        column.addWidget(self.note)
        close = main_button(tr("Close"))
        close.clicked.connect(self.accept)
        column.addLayout(buttons(close, left=[self.as_it_was, self.cut_border]))

    def _connect(self) -> None:
        self.width_px.valueChanged.connect(lambda px: self._resize(width=px))
        self.height_px.valueChanged.connect(lambda px: self._resize(height=px))
        self.angle.valueChanged.connect(lambda angle: self._change(lambda s: replace(s, angle=angle % 360)))
        self.across.toggled.connect(lambda on: self._change(lambda s: replace(s, across=on)))
        self.down.toggled.connect(lambda on: self._change(lambda s: replace(s, down=on)))
        for spin in self.cuts.values():
            spin.valueChanged.connect(self._cut)
        self.cut_border.clicked.connect(lambda: self._change(lambda shape: shape.cut(*self.border, self.original)))
        self.as_it_was.clicked.connect(lambda: self._change(lambda shape: self._untouched()))
        self.session.layer_edited.connect(self._edited)
        self.session.history_changed.connect(self._history_changed)
        self.session.opened.connect(self.reject)

    # ---- what is there

    def _proposed(self) -> tuple[int, int, int, int]:
        """A frame in one colour that is part of the picture; zeros where none is, or the picture is too large."""
        if self.original.width * self.original.height > LOOKED_AT:
            return 0, 0, 0, 0
        layers = self.session.document.layers
        layer = layers.get(self.number)
        source, box = (layer.id, self.original.moved(layer.x, layer.y))
        if layer.origin is not None:
            source, box = layer.origin, self.original
        return baked_border(self.session.document.read_layer(source, box))

    def _show(self) -> None:
        """The shape in the fields, without telling it."""
        shape, self._quiet = self.shape, True
        self.width_px.setValue(round(shape.width))
        self.height_px.setValue(round(shape.height))
        self.angle.setValue(shape.angle if shape.angle <= 180 else shape.angle - 360)
        self.across.setChecked(shape.across)
        self.down.setChecked(shape.down)
        for side, spin in self.cuts.items():
            spin.setValue(getattr(shape, side))
        self._quiet = False
        cut = tuple(getattr(shape, side) for side in SIDES)
        proposed = any(self.border) and cut == (0, 0, 0, 0)
        self.cut_border.setVisible(proposed)
        sides = ", ".join(f"{px} px {side}" for side, px in zip(SIDES.values(), self.border, strict=True) if px)
        self.note.setText(tr("A border in one colour was found: {sides}.").format(sides=sides) if proposed else "")
        self.note.setVisible(proposed)
        self.as_it_was.setEnabled(shape != self._untouched())

    def _untouched(self) -> Shape:
        return replace(Shape.of(self.original), x=self.shape.x, y=self.shape.y)

    def _edited(self, number: int) -> None:
        """By handles, menus, or a brush, which makes another original."""
        if number == self.number and not self._quiet:
            self._look()

    def _history_changed(self) -> None:
        if not self._quiet:
            self._look()

    def _look(self) -> None:
        layers = self.session.document.layers
        if self.number not in [layer.id for layer in layers.all()]:
            self.reject()
            return
        try:
            self.shape, self.original = layers.shape(self.number), layers.original(self.number)
        except UserError:  # nothing of it is left
            self.reject()
            return
        self._show()

    # ---- changing

    def _change(self, change: Callable[[Shape], Shape]) -> None:
        if self._quiet:
            return
        self._quiet = True
        try:
            wanted = change(self.shape)
            entry = self.session.layers.reshape(self.number, wanted, joins=self._entry)
        except UserError as error:
            self.session.failed.emit(str(error))
        else:
            self._entry = entry or 0
        self._quiet = False
        self._look()

    def _resize(self, width: int = 0, height: int = 0) -> None:
        def change(shape: Shape) -> Shape:
            by = width / shape.width if width else height / shape.height
            if self.ratio.isChecked():
                return replace(shape, width=width or shape.width * by, height=height or shape.height * by)
            return replace(shape, width=width or shape.width, height=height or shape.height)

        self._change(change)

    def _cut(self) -> None:
        left, top, right, bottom = (self.cuts[side].value() for side in SIDES)
        self._change(lambda shape: shape.cut(left, top, right, bottom, self.original))
