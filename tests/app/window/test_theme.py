"""Colours, type and icons are those of the look, and can be read."""

from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QFontInfo, QFontMetrics, QPalette
from PySide6.QtWidgets import QApplication, QToolButton

from app import icons, theme
from app.canvas.overlays.drawing import VEIL
from app.settings import Settings

TOOLS = ("move", "region", "lasso", "region_brush", "brush", "eraser", "eyedropper", "hand")


@pytest.fixture
def settings(tmp_path: Path, qapp: QApplication) -> Settings:
    settings = Settings(tmp_path / "settings.json")
    theme.apply(qapp, settings)
    return settings


def contrast(one: QColor, other: QColor) -> float:
    """Of two opaque colours after WCAG, 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(of: QColor) -> float:
    parts = (of.redF(), of.greenF(), of.blueF())
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("scheme", ["dark", "light"])
def test_text_can_be_read(settings: Settings, scheme: str):
    settings.set("theme", scheme)
    for ground in ("panel", "window", "status", "raised", "ground"):
        assert contrast(theme.colour("text"), theme.colour(ground)) >= 7
    for ground in ("panel", "window", "status"):
        assert contrast(theme.colour("secondary"), theme.colour(ground)) >= 4.5
    assert contrast(theme.colour("on_accent"), theme.colour("accent")) >= 4.5
    for picture in (0, 255):  # black or white behind the veil of a label
        ground = theme.colour("ground")
        parts = (round(VEIL * part + (1 - VEIL) * picture) for part in (ground.red(), ground.green(), ground.blue()))
        assert contrast(theme.colour("text"), QColor(*parts)) >= 4.5


def test_the_setting_changes_everything_at_once(settings: Settings, qapp: QApplication, qtbot):
    assert theme.scheme() == "dark" and theme.colour("panel").name() == "#222427"
    button = QToolButton()
    qtbot.addWidget(button)
    icons.follow(button, "brush")
    before = button.icon().cacheKey()
    with qtbot.waitSignal(theme.changed):
        settings.set("theme", "light")
    assert theme.colour("panel").name() == "#f4f2ee"
    assert qapp.palette().color(QPalette.ColorRole.Window).name() == "#f4f2ee"
    assert button.icon().cacheKey() != before
    settings.set("theme", "system")
    assert theme.scheme() in ("dark", "light")


def test_applying_again_leaves_one_keeper(settings: Settings, qapp: QApplication, tmp_path: Path, qtbot):
    other = Settings(tmp_path / "other.json")
    theme.apply(qapp, other)
    with qtbot.assertNotEmitted(theme.changed):
        settings.set("theme", "light")
    assert theme.scheme() == "dark"


def test_no_token_is_left_in_the_sheet(settings: Settings):
    assert "@" not in theme.style_sheet()
    with pytest.raises(KeyError):
        theme.colour("no such colour")


def test_type_is_bundled_with_figures_of_equal_width(settings: Settings):
    assert QFontInfo(theme.font()).family() == "Inter"
    assert QFontInfo(theme.font(strong=True)).weight() == 600
    metrics = QFontMetrics(theme.font())
    assert metrics.horizontalAdvance("1111") == metrics.horizontalAdvance("0000")
    assert "SIL OPEN FONT LICENSE" in (theme.RESOURCES / "fonts" / "OFL.txt").read_text()


def test_every_icon_can_be_drawn(settings: Settings):
    assert set(TOOLS) <= set(icons.names())
    for name in icons.names():
        image = icons.pixmap(name, 20, QColor("#ff0000"), 2.0).toImage()
        assert image.width() == 40
        assert any(image.pixelColor(x, y).alpha() > 200 for x in range(40) for y in range(40)), name
    assert not icons.app_icon().isNull()
