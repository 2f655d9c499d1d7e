"""Settings: every change holds at once, so there is nothing to confirm."""

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QPushButton, QTabWidget, QVBoxLayout, QWidget

from app.jobs.engine_place import COMMAND
from app.jobs.queue import JobQueue
from app.settings import DEFAULTS, Settings
from app.translation import LANGUAGES, SYSTEM, tr

from .engine_line import EngineLine
from .pages import MARGIN, DialogPage, buttons, main_button

# What is set elsewhere, where it is used, or is no matter of taste.
KEPT = (
    "recent", "recent_colours", "shortcuts", "seconds_per_patch", "welcomed", "layout", "geometry", "exemplar",
    "lively", "scale", "feather", "reference_folders",
)  # fmt: skip


class SettingsDialog(QDialog):
    """queue: whose engine the page of that name tells of, and starts."""

    def __init__(self, settings: Settings, queue: JobQueue, parent: QWidget | None = None):
        super().__init__(parent)
        self._settings, self._queue = settings, queue
        self.setWindowTitle(tr("Settings"))
        self.setMinimumWidth(520)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 20)
        self.pages = QTabWidget()
        self.pages.setDocumentMode(True)
        pages = {
            tr("Look"): self._look(),
            tr("Canvas"): self._canvas(),
            tr("Engine"): self._engine(),
            tr("Files"): self._files(),
        }
        for name, page in pages.items():
            self.pages.addTab(page, name)
        column.addWidget(self.pages)
        self.usual, close = QPushButton(tr("Back to the Usual")), main_button(tr("Close"))
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
        page.choice("theme", tr("Colours"), {"dark": tr("Dark"), "light": tr("Light"), "system": tr("Like the system")})
        sizes = (0.75, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0)
        page.choice(
            "ui_scale", tr("Size of text and icons"), {size: f"{size:.0%}".replace("%", " %") for size in sizes}
        )
        page.note(tr("The size changes at the next start."))
        page.choice("language", tr("Language"), {SYSTEM: tr("Like the system"), **LANGUAGES})
        page.note(tr("The language changes at the next start."))
        page.switch("reduce_motion", tr("Reduce motion"))
        return page

    def _canvas(self) -> DialogPage:
        page = DialogPage(self._settings)
        page.choice("wheel", tr("The wheel"), {"zoom": tr("zooms at the pointer"), "pan": tr("moves the picture")})
        page.choice("ground", tr("Empty canvas"), {"paper": tr("Paper"), "checker": tr("Checkerboard")})
        page.switch("snap", tr("Regions and pictures snap to 16 px"))
        page.switch("rulers", tr("Rulers"))
        page.switch("grid", tr("Patch grid"))
        page.switch("minimap", tr("Minimap"))
        page.switch("doubt", tr("Show the doubt map over what is staged"))
        page.number("cache_mib", tr("Memory for the picture"), "MiB", 64)
        page.note(tr("More memory makes large pictures move more smoothly."))
        return page

    def _engine(self) -> DialogPage:
        page = DialogPage(self._settings)
        where = page.choice(
            "engine", tr("Engine runs on"), {"here": tr("this computer"), "ssh": tr("another one, by SSH")}
        )
        fields = [
            page.text("engine_host", tr("Name of that computer"), tr("as in your SSH configuration")),
            page.text("engine_command", tr("Command there"), COMMAND),
        ]
        page.note(
            tr(
                "Handscroll must be installed there, and your SSH key must open it without a password. Documents stay "
                "here; what lies around a region is sent through SSH, and nothing listens on a port."
            )
        )

        def follow() -> None:
            for field in fields:
                field.setEnabled(self._settings.get("engine") == "ssh")

        where.currentIndexChanged.connect(follow)
        follow()
        page.choice(
            "device",
            tr("Paint on"),
            {"auto": tr("the fastest device"), "cpu": tr("the processor"), "cuda": tr("the graphics card")},
        )
        page.note(
            tr("The device changes when the engine starts the next time. The line at the bottom says which it is.")
        )
        page.form.addRow(EngineLine(self._queue))
        return page

    def _files(self) -> DialogPage:
        page = DialogPage(self._settings)
        page.switch("recipe_in_png", tr("Write the recipe into exported PNG files"))
        page.note(tr("With it you can see later with which seed and model a picture was painted."))
        folder = QPushButton(tr("Show the Folder of Handscroll"))
        folder.clicked.connect(self.show_folder)
        page.form.addRow(folder)
        page.note(
            tr("Documents without a name, your own models and these settings are kept in {folder}.").format(
                folder=self._settings.path.parent
            )
        )
        return page

    def show_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._settings.path.parent)))
