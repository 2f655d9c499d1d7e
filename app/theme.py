"""Colours, type and the style sheet: a palette of our own on Fusion, dark or light, the same on every system."""

from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QAbstractSpinBox, QApplication

from app.settings import Settings

RESOURCES = Path(__file__).parent.parent / "resources"
ACCENT = {"accent": "#c8452f", "accent_line": "#e06a52", "on_accent": "#ffffff", "paper": "#e9e4d8"}
SKINS = {"before": "#d0432c", "after": "#3f9a5f"}  # of the onion skin: red and green in every program
COLOURS = {
    "dark": {
        "ground": "#17181a",  # round the picture
        "window": "#1b1c1e",  # menus and fields
        "panel": "#222427",
        "raised": "#2a2c30",  # what can be pressed, what is chosen
        "line": "#34373c",
        "text": "#d9dadc",
        "secondary": "#8f949b",
        "edge": "#141517",  # the hairline between a panel and the ground
        "status": "#191a1c",
        "hover": "#32353a",
        "knob": "#e2e3e5",
        "checker_a": "#2a2c30",
        "checker_b": "#222427",
        "shadow": "#000000",
    },
    "light": {
        "ground": "#d9d6cf",
        "window": "#f4f2ee",
        "panel": "#f4f2ee",
        "raised": "#e6e3dc",
        "line": "#d3cfc6",
        "text": "#26272a",
        "secondary": "#6d6a64",
        "edge": "#cfcbc2",
        "status": "#efece6",
        "hover": "#dbd7ce",
        "knob": "#ffffff",
        "checker_a": "#ffffff",
        "checker_b": "#e6e3dc",
        "shadow": "#4a463c",
    },
}
RADIUS, FLOATING_RADIUS = 6, 11  # px: of rows and buttons, of what floats over the canvas
SIZE, SMALL = 13, 12  # px of type


class _Signals(QObject):
    changed = Signal()


_signals = _Signals()
changed = _signals.changed  # colours are others now: draw anew, make icons anew
_scheme = "dark"
_fonts: list[int] = []  # Inter, once it is known to Qt


def scheme() -> str:
    """`dark` or `light`, as it is shown now."""
    return _scheme


def colour(name: str, alpha: float = 1.0) -> QColor:
    """A token of the scheme that is shown; alpha 0 to 1. KeyError for a name that is none."""
    found = QColor(ACCENT.get(name) or SKINS.get(name) or COLOURS[_scheme][name])
    found.setAlphaF(alpha)
    return found


def font(size: int = SIZE, strong: bool = False) -> QFont:
    """Inter with figures of equal width; `size` in px, strong for the one name or button that matters."""
    made = QFont(["Inter", "Noto Sans", "Noto Sans CJK SC", "DejaVu Sans"])
    made.setPixelSize(size)
    made.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
    made.setFeature(QFont.Tag("tnum"), 1)  # numbers that count do not dance
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return made


def apply(app: QApplication, settings: Settings) -> None:
    """Dresses the program, and keeps it dressed when the setting or the system's choice changes."""
    if not _fonts:
        _fonts.extend(QFontDatabase.addApplicationFont(str(path)) for path in sorted(RESOURCES.glob("fonts/*.otf")))
        app.setStyle("Fusion")
    app.setFont(font())
    _dress(app, settings.get("theme"))
    keeper = _Keeper(app, settings)
    if former := app.findChild(_Keeper, "theme keeper", Qt.FindChildOption.FindDirectChildrenOnly):
        former.setParent(None)
        former.deleteLater()
    keeper.setObjectName("theme keeper")


class _Keeper(QObject):
    def __init__(self, app: QApplication, settings: Settings):
        super().__init__(app)
        self._app, self._settings = app, settings
        settings.changed.connect(self._setting)
        app.styleHints().colorSchemeChanged.connect(self._system)

    def _setting(self, key: str) -> None:
        if key == "theme" and self.parent() is not None:
            _dress(self._app, self._settings.get("theme"))

    def _system(self) -> None:
        if self.parent() is not None and self._settings.get("theme") == "system":
            _dress(self._app, "system")


def _dress(app: QApplication, theme: str) -> None:
    global _scheme
    if theme == "system":
        theme = "light" if app.styleHints().colorScheme() == Qt.ColorScheme.Light else "dark"
    _scheme = theme
    app.setPalette(palette())
    app.setStyleSheet(style_sheet())
    changed.emit()


def palette() -> QPalette:
    made, role = QPalette(), QPalette.ColorRole
    for roles, name in (
        ((role.Window,), "panel"),
        ((role.Base,), "window"),
        ((role.AlternateBase, role.Button, role.ToolTipBase), "raised"),
        ((role.WindowText, role.Text, role.ButtonText, role.ToolTipText), "text"),
        ((role.PlaceholderText,), "secondary"),
        ((role.Highlight, role.Accent), "accent"),
        ((role.HighlightedText, role.BrightText), "on_accent"),
        ((role.Link, role.LinkVisited), "accent_line" if _scheme == "dark" else "accent"),
        ((role.Light, role.Midlight), "hover"),
        ((role.Mid, role.Dark), "line"),
        ((role.Shadow,), "edge"),
    ):
        for each in roles:
            made.setColor(each, colour(name))
    for each in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, each, colour("secondary", 0.55))
    return made


def style_sheet() -> str:
    """The sheet of resources/style.qss with the tokens in it."""
    text = (RESOURCES / "style.qss").read_text(encoding="utf-8")
    tokens = {**COLOURS[_scheme], **ACCENT, "icons": (RESOURCES / "icons").as_posix(), "scheme": _scheme}
    faint = colour("secondary", 0.55)
    tokens["faint"] = f"rgba({faint.red()}, {faint.green()}, {faint.blue()}, {faint.alpha()})"
    for name in sorted(tokens, key=len, reverse=True):  # accent_line before accent
        text = text.replace(f"@{name}", tokens[name])
    return text


def inset(box: QAbstractSpinBox) -> None:
    """The distance from the border that a line edit has: the style sheet does not reach into a spin box."""
    box.lineEdit().setTextMargins(8, 0, 0, 0)
