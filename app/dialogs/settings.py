"""Settings: every change holds at once, so there is nothing to confirm."""

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QPushButton, QTabWidget, QVBoxLayout, QWidget

from app.settings import DEFAULTS, Settings

from .pages import MARGIN, DialogPage, buttons, main_button

# What is set elsewhere, where it is used, or is no matter of taste.
KEPT = (
    "recent", "recent_colours", "shortcuts", "seconds_per_patch", "welcomed", "layout", "geometry", "exemplar",
    "lively", "scale",
)  # fmt: skip


class SettingsDialog(QDialog):
    def __init__(self, settings: Settings, parent: QWidget | None = None):
        super().__init__(parent)
        self._settings = settings
        self.setWindowTitle("Settings")
        self.setMinimumWidth(520)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 20)
        self.pages = QTabWidget()
        self.pages.setDocumentMode(True)
        pages = {"Look": self._look(), "Canvas": self._canvas(), "Painting": self._painting(), "Files": self._files()}
        for name, page in pages.items():
            self.pages.addTab(page, name)
        column.addWidget(self.pages)
        self.usual, close = QPushButton("Back to the Usual"), main_button("Close")
        self.usual.clicked.connect(self.reset)
        close.clicked.connect(self.accept)
        row = buttons(close, left=[self.usual])
        row.setContentsMargins(MARGIN, 0, MARGIN, 0)
        column.addLayout(row)

    def reset(self) -> None:
        """All that is shown here; shortcuts and recent files stay."""
        for key in DEFAULTS:
            if key not in KEPT:
                self._settings.reset(key)

    def _look(self) -> DialogPage:
        page = DialogPage(self._settings)
        page.choice("theme", "Colours", {"dark": "Dark", "light": "Light", "system": "Like the system"})
        sizes = (0.75, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0)
        page.choice("ui_scale", "Size of text and icons", {size: f"{size:.0%}".replace("%", " %") for size in sizes})
        page.note("The size changes at the next start.")
        page.switch("reduce_motion", "Reduce motion")
        return page

    def _canvas(self) -> DialogPage:
        page = DialogPage(self._settings)
        page.choice("wheel", "The wheel", {"zoom": "zooms at the pointer", "pan": "moves the picture"})
        page.choice("ground", "Empty canvas", {"paper": "Paper", "checker": "Checkerboard"})
        page.switch("snap", "Regions and pictures snap to 16 px")
        page.switch("rulers", "Rulers")
        page.switch("grid", "Patch grid")
        page.switch("minimap", "Minimap")
        page.number("cache_mib", "Memory for the picture", "MiB", 64)
        page.note("More memory makes large pictures move more smoothly.")
        return page

    def _painting(self) -> DialogPage:
        page = DialogPage(self._settings)
        page.choice(
            "device", "Paint on", {"auto": "the fastest device", "cpu": "the processor", "cuda": "the graphics card"}
        )
        page.note("The device changes when the engine starts the next time. The line at the bottom says which it is.")
        page.switch("doubt", "Show the doubt map over what is staged")
        return page

    def _files(self) -> DialogPage:
        page = DialogPage(self._settings)
        page.switch("recipe_in_png", "Write the recipe into exported PNG files")
        page.note("With it you can see later with which seed and model a picture was painted.")
        folder = QPushButton("Show the Folder of Handscroll")
        folder.clicked.connect(self.show_folder)
        page.form.addRow(folder)
        page.note(
            f"Documents without a name, your own models and these settings are kept in {self._settings.path.parent}."
        )
        return page

    def show_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._settings.path.parent)))
