"""What can be done with models as files: import, export, rename and delete, with the questions that belong to it."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QInputDialog, QMenu, QMessageBox, QWidget

from app.jobs.model_library import SUFFIX
from app.jobs.model_registry import ModelInfo
from app.session import Session
from app.translation import tr

FILES = ";;".join((tr("Handscroll models ({pattern})").format(pattern=f"*{SUFFIX}"), tr("All files (*)")))


class ModelMenu(QMenu):
    def __init__(self, session: Session, owner: QWidget):
        super().__init__(owner)
        self._session, self._owner = session, owner
        self._model: ModelInfo | None = None
        self.take_in = self.addAction(tr("Import Model File…"))
        self.take_folder = self.addAction(tr("Import Model Folder…"))
        self.addSeparator()
        self.export, self.name = self.addAction(tr("Export…")), self.addAction(tr("Rename…"))
        self.delete_ = self.addAction(tr("Delete…"))
        self.take_in.triggered.connect(self._import_file)
        self.take_folder.triggered.connect(self._import_folder)
        self.export.triggered.connect(self._export)
        self.name.triggered.connect(self._rename)
        self.delete_.triggered.connect(self._delete)

    def follow(self, model: ModelInfo | None) -> None:
        """The model that the lower entries are about; those that came with the program stay as they are."""
        self._model = model
        self.export.setEnabled(model is not None and not model.problem)
        for action in (self.name, self.delete_):
            action.setEnabled(model is not None and not model.shipped)

    def _import_file(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self._owner, tr("Import a model"), "", FILES)
        if name:
            self._session.model_manager.take_in(Path(name))

    def _import_folder(self) -> None:
        if name := QFileDialog.getExistingDirectory(self._owner, tr("Import the folder of a model")):
            self._session.model_manager.take_in(Path(name))

    def _export(self) -> None:
        assert self._model
        name, _ = QFileDialog.getSaveFileName(self._owner, tr("Export a model"), f"{self._model.name}{SUFFIX}", FILES)
        if name:
            path = Path(name)
            path = path if path.suffix == SUFFIX else path.with_name(path.name + SUFFIX)
            self._session.model_manager.give_away(self._model.name, path)

    def _rename(self) -> None:
        assert self._model
        name, said = QInputDialog.getText(self._owner, tr("Rename model"), tr("Name"), text=self._model.name)
        if said and name.strip():
            self._session.model_manager.rename(self._model.name, name)

    def _delete(self) -> None:
        """For good, so it is asked once more."""
        assert self._model
        box = QMessageBox(self._owner)
        box.setText(tr("Delete the model “{name}” for good?").format(name=self._model.name))
        box.setInformativeText(tr("What was painted with it stays; patches can no longer be painted again with it."))
        delete = box.addButton(tr("Delete"), QMessageBox.ButtonRole.DestructiveRole)
        stay = box.addButton(tr("Go Back"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(stay)
        box.exec()
        if box.clickedButton() is delete:
            self._session.model_manager.delete(self._model.name)
