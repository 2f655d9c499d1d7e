"""Files: open, save, place, export, recent ones, and the one question on leaving a document that has no name."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QMenu, QMessageBox

from app import welcome
from app.document import recovery
from app.document.file import SUFFIX
from app.translation import tr
from app.workbench import Workbench
from engine.media.formats import patterns
from engine.request import UserError

DOCUMENTS = tr("Handscroll documents ({pattern})").format(pattern=f"*{SUFFIX}")
PICTURES = tr("Pictures ({patterns})").format(patterns=f"{patterns()} *.svg")
BOTH = tr("Documents and pictures ({patterns})").format(patterns=f"*{SUFFIX} {patterns()} *.svg")
ALL = tr("All files (*)")


class FileCommands(QObject):
    def __init__(self, window: Workbench):
        super().__init__(window)
        self._window, self._session, self._settings = window, window.session, window.settings
        self._fit_placed = False  # all is to be seen once the pictures have come
        self._session.placed.connect(self._placed)
        self._untouched: object = None  # the welcome document as it was made: nobody minds losing that

    # ---- opening

    def new(self) -> None:
        self._leave(self._session.documents.new)

    def choose_and_open(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self._window, tr("Open"), self._folder(), ";;".join((BOTH, DOCUMENTS, ALL))
        )
        if name:
            self.open(Path(name))

    def open(self, path: Path) -> None:
        """A document, or a picture as a new document; afterwards all of it is seen."""
        if not path.exists() and str(path) in self._settings.get("recent"):
            self._settings.forget_file(path)
        self._leave(lambda: self._session.documents.open(path))

    def welcome(self) -> None:
        self._leave(self._make_welcome)

    def _make_welcome(self) -> None:
        self._session.documents.new()
        if self._session.document.layers.all():  # the new one could not be made, and this has been told
            return
        try:
            welcome.fill(self._session)
        except UserError as error:
            self._session.failed.emit(str(error))
        self._untouched = self._mark()
        self._window.show_box(welcome.FIRST_VIEW)
        self._window.toast.tell(welcome.first_words(self._settings), passing=True)

    def show_recoverable(self) -> None:
        from app.dialogs.recovery import RecoveryDialog

        dialog = RecoveryDialog(self._window)
        dialog.chosen.connect(self.open)
        dialog.open()

    # ---- placing

    def choose_and_place(self) -> None:
        names, _ = QFileDialog.getOpenFileNames(
            self._window, tr("Place pictures"), self._folder(), f"{PICTURES};;{ALL}"
        )
        self.place([Path(name) for name in names])

    def place(self, paths: list[Path]) -> None:
        """Beside what is there, one after another."""
        for path in paths:
            self._session.documents.place(path)
        self._fit_placed = bool(paths)
        if not self._session.documents.placer.busy:
            self._placed()

    def _placed(self) -> None:
        if self._fit_placed:
            self._fit_placed = False
            self._window.view.fit()

    # ---- saving

    def save(self) -> bool:
        """True when the document is saved, under a name."""
        if not self._session.documents.named:
            return self.save_as()
        self._session.documents.save()
        return self._session.documents.saved

    def save_as(self) -> bool:
        path = self._ask_name(tr("Save as"), DOCUMENTS, self._name())
        if path is None:
            return False
        self._session.documents.save_as(path)
        return self._session.document.path == path.absolute()

    def save_copy(self) -> None:
        path = self._ask_name(tr("Save a copy"), DOCUMENTS, tr("{name} copy").format(name=self._name()))
        if path is not None:
            self._session.documents.save_copy(path)

    def export(self) -> None:
        from app.export.dialog import ExportDialog

        ExportDialog(self._session, self._window).open()

    def export_film(self) -> None:
        from app.export.film_dialog import FilmDialog

        FilmDialog(self._session, self._window).open()

    def _ask_name(self, title: str, kinds: str, name: str) -> Path | None:
        suggestion = str(Path(self._folder()) / f"{name}{SUFFIX}")
        chosen, _ = QFileDialog.getSaveFileName(self._window, title, suggestion, kinds)
        if not chosen:
            return None
        path = Path(chosen)
        return path if path.suffix == SUFFIX else path.with_name(path.name + SUFFIX)

    def _name(self) -> str:
        layers = self._session.document.layers.all()
        return (
            self._session.document.path.stem
            if self._session.documents.named
            else layers[0].name
            if layers
            else tr("Untitled")
        )

    def _folder(self) -> str:
        """Where the artist's files are: of this document, of the last one, else home."""
        if self._session.documents.named:
            return str(self._session.document.path.parent)
        recent = [Path(name).parent for name in self._settings.get("recent")]
        return str(next((folder for folder in recent if folder.is_dir()), Path.home()))

    # ---- leaving a document

    def _leave(self, go_on: Callable[[], object]) -> None:
        """Goes on to another document unless the artist would rather stay."""
        before = self._session.document
        path, answer = before.path, self._may_leave()
        if answer == "stay":
            return
        drop = answer == "discard" or (not answer and self._is_untouched())
        go_on()
        if drop and self._session.document is not before:
            self._forget(path)

    def _may_leave(self) -> str:
        """What is to become of the document: the answer where a question was due, and saved where that was it."""
        answer = self._ask_about_unnamed() if self._would_be_missed() else ""
        return "stay" if answer == "save" and not self.save_as() else answer

    def may_close(self) -> bool:
        """Asks what has to be asked, and closes the document; False when the artist would rather stay."""
        answer = self._may_leave()
        if answer != "stay":
            self.leave(drop=answer == "discard")
        return answer != "stay"

    def leave(self, drop: bool = False) -> None:
        """Closes the document without a question: what has no name is kept for later, unless it is to be dropped."""
        path, drop = self._session.document.path, drop or self._is_untouched()
        self._window.view.let_go()
        self._session.close()
        if drop:
            self._forget(path)

    def _forget(self, path: Path) -> None:
        try:
            if recovery.is_unnamed(path):
                recovery.delete(path)
        except UserError as error:
            self._session.failed.emit(str(error))

    def _would_be_missed(self) -> bool:
        """A named document is in its file already, an empty one is nothing, the welcome picture is there again."""
        return not (self._session.document.empty or self._session.documents.named or self._is_untouched())

    def _is_untouched(self) -> bool:
        return self._untouched is not None and self._mark() == self._untouched

    def _mark(self) -> object:
        document = self._session.document
        return document.path, document.history.head, document.history.redo_name, len(document.jobs.all())

    def _ask_about_unnamed(self) -> str:
        """save, keep, discard or stay."""
        box = QMessageBox(self._window)
        box.setWindowTitle("Handscroll")
        box.setText(tr("This document has no name yet."))
        box.setInformativeText(
            tr("It can be kept as it is, and is offered to you the next time; or you save it under a name.")
        )
        save = box.addButton(tr("Save…"), QMessageBox.ButtonRole.AcceptRole)
        keep = box.addButton(tr("Keep It for Later"), QMessageBox.ButtonRole.AcceptRole)
        discard = box.addButton(tr("Discard"), QMessageBox.ButtonRole.DestructiveRole)
        stay = box.addButton(tr("Go Back"), QMessageBox.ButtonRole.RejectRole)
        save.setProperty("main", True)
        box.setDefaultButton(save)
        box.setEscapeButton(stay)
        box.exec()
        return {save: "save", keep: "keep", discard: "discard"}.get(box.clickedButton(), "stay")  # type: ignore[call-overload]

    # ---- recent files

    def fill_recent(self, menu: QMenu) -> None:
        menu.clear()
        for name in self._settings.get("recent"):
            action = menu.addAction(Path(name).stem.replace("&", "&&"))
            action.setToolTip(name)
            action.triggered.connect(lambda _=False, path=Path(name): self.open(path))
        if menu.isEmpty():
            menu.addAction(tr("Nothing yet")).setEnabled(False)
        else:
            menu.addSeparator()
            menu.addAction(tr("Forget These")).triggered.connect(lambda: self._settings.set("recent", []))
