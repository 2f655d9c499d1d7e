"""The words of the window in the artist's language: `tr` for every text, catalogs in resources/translations.

The language is chosen once, before the modules of the window are imported: their tables hold texts, too.
`packaging/translations.sh` brings the catalogs up to date with Qt's own tools.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtCore import QCoreApplication, QTranslator

FOLDER = Path(__file__).parent.parent / "resources" / "translations"
LANGUAGES = {"en": "English", "de": "Deutsch", "ja": "日本語", "zh_CN": "简体中文"}  # each in its own
SYSTEM = "system"  # of the settings: the language of the desktop
_catalog: QTranslator | None = None
_data = b""  # of the catalog, which Qt does not copy


def tr(text: str, comment: str = "", n: int = -1) -> str:
    """Return a text of the window in the artist's language; with a number it is the plural, and %n becomes it.

    comment: what is meant, where one English word stands for two things. Names in braces are filled in afterwards:
    `tr("{name} copy").format(name=name)`.
    """
    if _catalog is None and n >= 0:
        use("en")  # English has plurals, too
    found = _catalog.translate("", text, comment, n) if _catalog else ""
    return (found or text).replace("%n", f"{n:,}".replace(",", "\u202f")) if n >= 0 else found or text


def use(language: str) -> str:
    """Choose the language, SYSTEM for the desktop's; return the one in use, English where there is no other."""
    from PySide6.QtCore import QTranslator

    global _catalog, _data
    chosen = of_the_system() if language == SYSTEM else language
    chosen = chosen if chosen in LANGUAGES else "en"
    # Read here: Qt would map the file, and a file that is written over while it is mapped ends the process.
    _data = (FOLDER / f"{chosen}.qm").read_bytes()
    _catalog = QTranslator()
    _catalog.load(_data)
    return chosen


def speak(app: QCoreApplication, language: str) -> None:
    """Choose the language of the window, and of what Qt says itself in it, such as the colour dialog."""
    from PySide6.QtCore import QLibraryInfo, QTranslator

    theirs = QTranslator(app)
    if theirs.load(f"qtbase_{use(language)}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(theirs)


def of_the_system() -> str:
    """Return the first language of the desktop that there is a catalog of, whatever country it is spoken in."""
    from PySide6.QtCore import QLocale

    for wanted in QLocale.system().uiLanguages():
        for name in LANGUAGES:
            if wanted.replace("-", "_").split("_")[0] == name.split("_")[0]:
                return name
    return "en"
