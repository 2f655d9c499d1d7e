"""The fields of the export dialog: only those that mean something for the format are shown."""

from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QCheckBox,
    QColorDialog,
    QDoubleSpinBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QSlider,
    QWidget,
)  # fmt: skip

from app import theme
from app.dialogs.pages import QuietForm, combo, quiet, whole_number
from app.translation import tr
from engine.media.metadata import NOTHING, Metadata, left_out
from engine.request import Box

from .formats import FORMATS, Format
from .image import PAPER, ExportRequest
from .plan import LARGEST_SCALE, scaled

WHOLE, REGION, EACH = "whole", "region", "each"


class Fields(QWidget):
    changed = Signal()

    def __init__(self, bounds: Box, region: Box | None, path: Path, recipe: bool, metadata: Metadata = NOTHING):
        super().__init__()
        self._bounds, self._region = bounds, region
        self._ground, self._tiles, self._wish = PAPER, None, False
        self._said = metadata
        self._make(path, recipe)
        self._arrange()
        self._connect()
        self._format_changed()
        self._size_from_scale()
        theme.changed.connect(self._show_ground)

    # ---- making

    def _make(self, path: Path, recipe: bool) -> None:
        self.format = combo(tr("Format"), [(kind.name, kind.kind) for kind in FORMATS])
        self.about = quiet("")
        self.what = combo(tr("What"), [(tr("Whole picture"), WHOLE)])
        if self._region is not None:
            self.what.addItem(tr("Region"), REGION)
        self.what.addItem(tr("Each layer, a file of its own"), EACH)
        self.scale = QDoubleSpinBox(minimum=0.01, maximum=LARGEST_SCALE * 100, value=100, decimals=2, suffix=" %")
        theme.inset(self.scale)
        self.width_px, self.height_px = whole_number(tr("Width in pixels")), whole_number(tr("Height in pixels"))
        self.bits = combo(tr("Bits"), [(tr("8 bits a channel"), 8), (tr("16 bits a channel"), 16)])
        self.quality = QSlider(Qt.Orientation.Horizontal)
        self.quality.setRange(1, 100)
        self.quality.setValue(90)
        self.quality_value = QLabel("90")
        self.recipe = QCheckBox(tr("Keep the recipe of the painting in it"))
        self.recipe.setChecked(recipe)
        self.metadata = QCheckBox(tr("Keep caption, copyright and camera data"))
        self.metadata.setChecked(True)
        self.fill = QCheckBox(tr("Fill with"))
        self.ground = QPushButton(autoDefault=False)
        self.tiles = QCheckBox()
        self.file = QLineEdit(str(path))
        self.browse = QPushButton(tr("Browse…"), autoDefault=False)
        for widget, name in ((self.scale, tr("Scale")), (self.quality, tr("Quality")), (self.file, tr("File"))):
            widget.setAccessibleName(name)
        self.scale.setFixedWidth(100)
        self.quality_value.setMinimumWidth(28)
        self.quality_value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.ground.setAccessibleName(tr("Colour under transparent parts"))
        self._show_ground()

    def _arrange(self) -> None:
        form = self._form = QuietForm(self)
        self._rows = {
            "format": form.add(tr("Format"), self.format, self.about),
            "what": form.add(tr("What"), self.what),
            "size": form.add(tr("Size"), self.scale, 12, self.width_px, QLabel("×"), self.height_px, quiet("px")),
            "bits": form.add(tr("Depth"), self.bits),
            "quality": form.add(tr("Quality"), self.quality, self.quality_value),
            "fill": form.add(tr("Transparent parts"), self.fill, self.ground),
            "recipe": form.add(tr("Recipe"), self.recipe),
            "metadata": form.add(tr("Said of it"), self.metadata),
            "tiles": form.add(tr("Tiles"), self.tiles),
            "file": form.add(tr("File"), self.file, self.browse),
        }

    def _connect(self) -> None:
        self.format.currentIndexChanged.connect(self._format_chosen)
        self.what.currentIndexChanged.connect(self._size_from_scale)
        self.scale.valueChanged.connect(self._size_from_scale)
        self.width_px.valueChanged.connect(lambda value: self._scale_from(value / max(self.box.width, 1)))
        self.height_px.valueChanged.connect(lambda value: self._scale_from(value / max(self.box.height, 1)))
        self.quality.valueChanged.connect(lambda value: self.quality_value.setText(str(value)))
        self.file.editingFinished.connect(self._path_typed)
        self.ground.clicked.connect(self._choose_ground)
        for signal in (
            self.bits.currentIndexChanged, self.quality.valueChanged, self.recipe.toggled, self.fill.toggled,
            self.tiles.toggled, self.file.textChanged, self.metadata.toggled,
        ):  # fmt: skip
            signal.connect(self.changed)

    # ---- what is asked for

    @property
    def kind(self) -> Format:
        return next(kind for kind in FORMATS if kind.kind == self.format.currentData())

    @property
    def box(self) -> Box:
        """The part of the canvas that is exported."""
        return self._region if self.what.currentData() == REGION and self._region else self._bounds

    @property
    def tiled(self) -> bool:
        return self._tiles is not None and self.tiles.isChecked()

    @property
    def share(self) -> float:
        return self.scale.value() / 100

    def path(self) -> Path:
        """With the suffix of the format; a bare name lies in the artist's own folder."""
        path = Path(self.file.text().strip() or tr("Untitled")).expanduser()
        path = path if path.is_absolute() else Path.home() / path
        return path if path.suffix.lower() in self.kind.suffixes else path.with_name(path.name + self.kind.suffixes[0])

    def request(self) -> ExportRequest:
        kind, what = self.kind, self.what.currentData()
        return ExportRequest(
            self.path(),
            what=self._region if what == REGION else None,
            scale=self._exact_scale(),
            each_layer=what == EACH and not kind.layers,
            bits=self.bits.currentData() if kind.deep else 8,
            quality=self.quality.value(),
            recipe=self.recipe.isChecked(),
            tiles=self._tiles if self.tiled else None,
            ground=self._ground if not kind.alpha or (self.fill.isChecked() and not kind.layers) else None,
            metadata=self.metadata.isChecked(),
        )

    def _exact_scale(self) -> float:
        """Per cent are rounded; where the artist typed pixels, these count."""
        size = self.width_px.value(), self.height_px.value()
        for side, whole in sorted(zip(size, self.box[2:], strict=True), key=lambda pair: -pair[1]):
            if whole > 0 and scaled(self.box, side / whole) == size:
                return side / whole
        return self.share

    def offer_tiles(self, tiles: tuple[int, int] | None) -> None:
        """Shows the row for tiles where one file cannot hold it all."""
        self._tiles = tiles
        self._form.setRowVisible(self._rows["tiles"], tiles is not None)
        if tiles is not None:
            self.tiles.setText(tr("Cut into tiles of {width} × {height} px").format(width=tiles[0], height=tiles[1]))

    def set_path(self, path: Path) -> None:
        """A path from a file dialog; its suffix chooses the format."""
        self.file.setText(str(path))
        self._path_typed()

    # ---- keeping up

    def _format_chosen(self) -> None:
        path = Path(self.file.text().strip() or tr("Untitled"))
        known = {suffix for kind in FORMATS for suffix in kind.suffixes}
        path = path.with_suffix("") if path.suffix.lower() in known else path
        with QSignalBlocker(self.file):
            self.file.setText(str(path.with_name(path.name + self.kind.suffixes[0])))
        self._format_changed()
        self.changed.emit()

    def _format_changed(self) -> None:
        kind = self.kind
        self.about.setText(kind.about)
        self.metadata.setToolTip(left_out(self._said, kind.kind))
        self._ask_to_fill(kind)
        for name, shown in (
            ("bits", kind.deep), ("quality", kind.quality), ("recipe", kind.recipe), ("fill", not kind.layers),
            ("metadata", bool(self._said)),
        ):  # fmt: skip
            self._form.setRowVisible(self._rows[name], shown)
        each = self.what.findData(EACH)
        self.what.model().item(each).setEnabled(not kind.layers)  # type: ignore[attr-defined]  # a standard item model
        if kind.layers and self.what.currentIndex() == each:
            self.what.setCurrentIndex(0)

    def _ask_to_fill(self, kind: Format) -> None:
        """Without alpha there is no choice; the artist's own comes back with the next format that has it."""
        if not kind.alpha and self.fill.isEnabled():
            self._wish = self.fill.isChecked()
        if kind.alpha == self.fill.isEnabled():
            return
        self.fill.setEnabled(kind.alpha)
        with QSignalBlocker(self.fill):
            self.fill.setChecked(self._wish if kind.alpha else True)

    def _path_typed(self) -> None:
        suffix = Path(self.file.text().strip()).suffix.lower()
        for number, kind in enumerate(FORMATS):
            if suffix in kind.suffixes and number != self.format.currentIndex():
                with QSignalBlocker(self.format):
                    self.format.setCurrentIndex(number)
                self._format_changed()
        self.changed.emit()

    def _size_from_scale(self) -> None:
        self._show_size(*scaled(self.box, self.share))
        each = self.what.currentData() == EACH
        for part in (self.width_px, self.height_px):
            part.setEnabled(not each)  # each has its own
        self.changed.emit()

    def _scale_from(self, share: float) -> None:
        share = min(max(share, 0.0001), LARGEST_SCALE)
        with QSignalBlocker(self.scale):
            self.scale.setValue(share * 100)
        self._show_size(*scaled(self.box, share))
        self.changed.emit()

    def _show_size(self, width: int, height: int) -> None:
        for part, value in ((self.width_px, width), (self.height_px, height)):
            with QSignalBlocker(part):
                part.setValue(min(value, part.maximum()))

    def _choose_ground(self) -> None:
        chosen = QColorDialog.getColor(QColor(*self._ground), self, tr("Colour under transparent parts"))
        if chosen.isValid():
            self.set_ground((chosen.red(), chosen.green(), chosen.blue()))

    def set_ground(self, colour: tuple[int, int, int]) -> None:
        self._ground = colour
        self._show_ground()
        self.fill.setChecked(True)
        self.changed.emit()

    def _show_ground(self) -> None:
        name, line = QColor(*self._ground).name(), theme.colour("secondary").name()
        self.ground.setStyleSheet(f"background: {name}; border: 1px solid {line}; min-width: 26px; max-width: 26px;")
        self.ground.setToolTip(name)
