"""The bar over the canvas while brush or eraser is the chosen tool: colours, size, edge, opacity, pressure."""

import math
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, QSignalBlocker, QSize, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QColorDialog, QHBoxLayout, QSlider, QSpinBox, QWidget

from app import theme
from app.action_keys import hinted
from app.canvas.region_bar.floating import HEIGHT, SHADOW, Floating, IconPush, Push
from app.canvas.tools.toolbox import ToolBox
from app.session import Session
from app.session.values import RECENT_COLOURS, Colour
from app.theme import colour
from app.translation import tr

LEFT, TOP = 68, 16  # px: beside the tools, as high as they begin
RULERS = 18  # px that rulers take
WITH_COLOUR, WITH_RING = ("brush",), ("brush", "eraser", "region_brush", "not_from")
LARGEST = 1000  # px of a brush
FINE = 100  # steps of a slider


class BrushBar(Floating):
    """It says what the next stroke will be; the keys and the eyedropper change the same."""

    def __init__(self, session: Session, view: QWidget, toolbox: ToolBox):
        super().__init__(view)
        self.session, self.swap = session, toolbox.swap_colours
        self.setAccessibleName(tr("Brush"))
        self.swatch = Swatch(self)
        self.recent = [Recent(session) for _ in range(RECENT_COLOURS)]
        self.size_ = Amount(tr("Size"), " px", 1, LARGEST, lambda px: session.set_brush(size=float(px)), curved=True)
        self.hardness = Amount(tr("Hardness"), " %", 0, 100, lambda share: session.set_brush(hardness=share / 100))
        self.opacity = Amount(tr("Opacity"), " %", 1, 100, lambda share: session.set_brush(opacity=share / 100))
        tip = tr("Pen pressure makes strokes thinner, and the eraser weaker")
        self.pressure = IconPush("pressure", tr("Pen pressure"), tip, checkable=True)
        self.pressure.clicked.connect(lambda on: session.set_brush(pressure=on))
        row = QHBoxLayout(self)
        row.setContentsMargins(self.inner(8))
        row.setSpacing(8)
        for widget in (self.swatch, *self.recent, self.size_, self.hardness, self.opacity, self.pressure):
            row.addWidget(widget)
        self.picker: QColorDialog | None = None
        view.installEventFilter(self)
        session.tool_changed.connect(self.refresh)
        session.brush_changed.connect(self.refresh)
        session.settings.changed.connect(self._setting)
        self._setting("shortcuts")
        self.refresh()

    def refresh(self) -> None:
        brush, tool = self.session.brush, self.session.tool
        self.setVisible(tool in WITH_RING)
        if self.isHidden():
            return
        self.swatch.show_colours(brush.colour, brush.other)
        self.swatch.setVisible(tool in WITH_COLOUR)
        self.size_.show_value(round(brush.size))
        for amount, share in ((self.hardness, brush.hardness), (self.opacity, brush.opacity)):
            amount.show_value(round(100 * share))
            amount.setVisible(tool != "region_brush")
        self.pressure.setVisible(tool != "region_brush")
        self.pressure.setChecked(brush.pressure)
        self._place()
        self.raise_()

    def bottom(self) -> int:
        """How far down it reaches, with some air; 0 while it is not there."""
        return 0 if self.isHidden() else self.pos().y() + self.height() - SHADOW + 8

    def _place(self) -> None:
        """Beside the tools; where the view is narrow the colours of before make way, then the sliders."""
        colours = self.session.recent_colours() if self.session.tool in WITH_COLOUR else []
        for square, each in zip(self.recent, [*colours, *[None] * RECENT_COLOURS], strict=False):
            square.take(each)
        beside = RULERS if self.session.settings.get("rulers") else 0
        room = self.view().width() - LEFT - beside - 12 + 2 * SHADOW
        sliders = [amount.slider for amount in (self.size_, self.hardness, self.opacity)]
        for slider in sliders:
            slider.show()
        for widget in (*reversed(self.recent), *reversed(sliders)):
            if self._needs() <= room:
                break
            widget.hide()
        self.resize(min(self._needs(), max(room, self.minimumSizeHint().width())), self.sizeHint().height())
        self.put(QPoint(LEFT + beside, TOP + beside))

    def _needs(self) -> int:
        layout = self.layout()
        if layout is not None:
            layout.invalidate()
            layout.activate()
        return self.sizeHint().width()

    # ---- colours

    def pick(self) -> None:
        """The picker, with a field for hexadecimal numbers; what is chosen is seen at once."""
        if self.picker is None:
            self.picker = QColorDialog(self.window())
            self.picker.setOption(QColorDialog.ColorDialogOption.DontUseNativeDialog)
            self.picker.setWindowTitle(tr("Colour of the brush"))
            self.picker.setModal(False)
            self.picker.currentColorChanged.connect(self._picked)
            self.picker.rejected.connect(lambda: self.session.set_brush(colour=self._before))
        self._before = self.session.brush.colour
        self.picker.setCurrentColor(QColor(*self.session.brush.colour))
        self.picker.show()
        self.picker.raise_()

    def _picked(self, chosen: QColor) -> None:
        if self.picker is not None and self.picker.isVisible():
            self.session.set_brush(colour=(chosen.red(), chosen.green(), chosen.blue()))

    # ---- keeping up

    def _setting(self, key: str) -> None:
        if key == "shortcuts":
            settings = self.session.settings
            self.swatch.setToolTip(
                tr("The colour of the brush: click to choose another. {other}.").format(
                    other=hinted(tr("The one behind it: click to swap"), settings, "swap")
                )
            )
            keys = f"{hinted(tr('Smaller'), settings, 'smaller')}, {hinted(tr('larger'), settings, 'larger')}"
            self.size_.setToolTip(keys)
        elif key in ("rulers", "recent_colours") and not self.isHidden():
            self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and not self.isHidden():
            self._place()
        return False


class Swatch(Push):
    """Both colours, the one that is painted with in front."""

    def __init__(self, bar: BrushBar):
        super().__init__("", tr("Colour of the brush"))
        self._bar = bar
        self._front, self._back = QColor(), QColor()
        self.setFixedWidth(44)

    def show_colours(self, front: Colour, back: Colour) -> None:
        self._front, self._back = QColor(*front), QColor(*back)
        self.setAccessibleDescription(self._front.name())
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """What is behind comes to the front; a click on the front one chooses another colour."""
        self.setDown(False)
        if not self.rect().contains(event.position().toPoint()):
            return
        front = self._boxes()[0].contains(event.position())
        self._bar.pick() if front or not self._boxes()[1].contains(event.position()) else self._bar.swap()

    def click(self) -> None:
        """By the keys."""
        self._bar.pick()

    def _boxes(self) -> tuple[QRectF, QRectF]:
        return QRectF(3, 4, 22, 18), QRectF(19, 9, 22, 17)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for box, ink in zip(reversed(self._boxes()), (self._back, self._front), strict=True):
                painter.setPen(colour("panel"))
                painter.setBrush(colour("panel"))
                painter.drawRoundedRect(box.adjusted(-1.5, -1.5, 1.5, 1.5), 5, 5)
                painter.setPen(colour("secondary", 1.0 if self.hasFocus() or self.underMouse() else 0.8))
                painter.setBrush(ink)
                painter.drawRoundedRect(box, 4, 4)


class Recent(Push):
    """A colour that was painted with before."""

    def __init__(self, session: Session):
        super().__init__("", tr("Colour used before"))
        self._colour: Colour | None = None
        self.setFixedSize(18, HEIGHT)
        self.clicked.connect(lambda: self._colour and session.set_brush(colour=self._colour))

    def take(self, one: Colour | None) -> None:
        self._colour = one
        self.setVisible(one is not None)
        if one is not None:
            name = QColor(*one).name()
            self.setToolTip(name)
            self.setAccessibleName(tr("Colour {name}").format(name=name))
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(colour("secondary" if self.hasFocus() or self.underMouse() else "line"))
            painter.setBrush(QColor(*(self._colour or (0, 0, 0))))
            painter.drawRoundedRect(QRectF(0.5, (HEIGHT - 17) / 2, 17, 17), 4, 4)


class Amount(QWidget):
    """A slider and its number, which can be typed. curved: small values get more of the slider."""

    def __init__(
        self, name: str, unit: str, low: int, high: int, changed: Callable[[int], object], curved: bool = False
    ):
        super().__init__()
        self._low, self._high, self._curved, self._changed = low, high, curved, changed
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, FINE)
        self.slider.setFixedWidth(64)
        self.slider.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.number = QSpinBox(minimum=low, maximum=high, suffix=unit)
        self.number.setPrefix(f"{name} ")
        self.number.setKeyboardTracking(False)
        self.number.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        theme.inset(self.number)
        widest = self.number.fontMetrics().horizontalAdvance(f"{name} {high}{unit}")
        self.number.setFixedSize(QSize(widest + 38, HEIGHT))
        for widget in (self.slider, self.number):
            widget.setAccessibleName(name)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self.number)
        row.addWidget(self.slider)
        self.slider.valueChanged.connect(lambda step: self._changed(self._value(step)))
        self.number.valueChanged.connect(self._changed)

    def show_value(self, value: int) -> None:
        """Shows a value without telling it; a slider in the artist's hand is left alone."""
        for widget, shown in ((self.slider, self._step(value)), (self.number, value)):
            with QSignalBlocker(widget):
                if widget is self.number or not self.slider.isSliderDown():
                    widget.setValue(shown)

    def _value(self, step: int) -> int:
        share = step / FINE
        if self._curved:
            return round(self._low * (self._high / self._low) ** share)
        return round(self._low + (self._high - self._low) * share)

    def _step(self, value: int) -> int:
        if self._curved:
            return round(FINE * math.log(max(value, self._low) / self._low) / math.log(self._high / self._low))
        return round(FINE * (value - self._low) / (self._high - self._low))
