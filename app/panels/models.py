"""The models that can paint, what is known of each, and what the engine runs on."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCharFormat, QTextCursor, QTextFormat, QTextLength, QTextTable
from PySide6.QtWidgets import (
    QFileDialog,
    QInputDialog,
    QLabel,
    QMenu,
    QPushButton,
    QTextBrowser,
    QToolButton,
    QWidget,
)

from app import theme
from app.dialogs.pages import sure_to_delete
from app.jobs.device_words import device_words, reason_words
from app.jobs.model_library import SUFFIX
from app.jobs.model_registry import ModelInfo
from app.session import Session
from app.translation import tr

from .lists import RowsModel, RowsView
from .row_look import Row
from .rows import Panel, ToolButton, label, row, rule, show_text

FACTS = (tr("On disk"), tr("In memory"), tr("Patch"), tr("Licence"), tr("Path"))
TASKS = {"outpaint": tr("continues pictures"), "text": tr("paints from words"), "video": tr("moving pictures")}
STATES = {
    "starting": tr("starting"), "preparing": tr("preparing, only this once"), "ready": tr("ready"),
    "painting": tr("painting"), "gone": tr("not running"),
}  # fmt: skip
ENGINE = (tr("Engine"), tr("Device"), tr("Memory in use"), tr("A patch takes"))


class ModelsPanel(Panel):
    def __init__(self, session: Session, parent: QWidget | None = None):
        super().__init__(session, tr("Models"), parent)
        self.menu = ModelMenu(session, self)
        more = ToolButton("more", tr("Import, export, rename and delete models"))
        more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        more.setMenu(self.menu)
        self.heading.add(more)
        self.heading.add(ToolButton("retry", tr("Look for models again"), session.refresh_models))
        self._model = RowsModel(self)
        self.list = RowsView(self._model, tr("Models"), 4)
        self.empty = label(
            tr("There is no model. Put one into the folder of models, and look again."), "secondary", True
        )
        self.use = QPushButton(tr("Paint with this model"))
        self.problem = label("", "secondary", wrap=True)
        self.facts = {name: _value() for name in FACTS}
        self.engine = {name: _value() for name in ENGINE}
        self.reason = label("", "secondary", wrap=True)
        self.card = QTextBrowser()
        self.card.setAccessibleName(tr("About this model"))
        self.card.setOpenLinks(False)
        self.card.setMinimumHeight(80)
        self._lay_out()
        for signal in (session.options_changed, session.queue.status_changed, theme.changed):
            signal.connect(self.refresh_soon)
        self.list.chosen.connect(lambda _: self._show_chosen())
        self.list.doubleClicked.connect(lambda _: self.use_it())
        self.use.clicked.connect(self.use_it)

    def _lay_out(self) -> None:
        for each in (self.empty, self.list, self.problem, self.use):
            self.rows.addWidget(each)
        for name, value in self.facts.items():
            self.rows.addWidget(row(name, value))
        self.rows.addWidget(self.card, 1)
        self.rows.addWidget(rule())
        for name, value in self.engine.items():
            self.rows.addWidget(row(name, value))
        self.rows.addWidget(self.reason)

    def use_it(self) -> None:
        if self.use.isEnabled() and self.list.key is not None:
            self.session.set_options(model=self.list.key)

    def refresh(self) -> None:
        models, chosen = self.session.models(), self.list.key
        self._model.set([self._row(model) for model in models])
        if chosen not in {model.name for model in models}:
            chosen = self.session.options.model
        self.list.choose(chosen)
        self.empty.setVisible(not models)
        self.list.setVisible(bool(models))
        self.list.updateGeometry()
        self._show_chosen()
        self._show_engine()

    def _row(self, model: ModelInfo) -> Row:
        tasks = ", ".join(TASKS.get(task, task) for task in model.tasks)
        about = tr("cannot be used") if model.problem else tasks
        if model.name == self.session.options.model:
            about += tr(" · in use")
        return Row(model.name, model.name, about, warn=bool(model.problem), fixed=True)

    def _show_chosen(self) -> None:
        model = next((model for model in self.session.models() if model.name == self.list.key), None)
        self.menu.follow(model)
        for name, value in self.facts.items():
            value.setText(_facts(model).get(name, "") if model else "")
        path = str(model.path) if model else ""
        self.facts[tr("Path")].setToolTip(path)
        self.facts[tr("Path")].setText(
            self.facts[tr("Path")].fontMetrics().elidedText(path, Qt.TextElideMode.ElideLeft, 190)
        )
        show_text(self.problem, model.problem if model else "")
        self.use.setEnabled(bool(model and not model.problem and model.name != self.session.options.model))
        self.use.setVisible(model is not None and model.name != self.session.options.model)
        self.card.setVisible(bool(model and model.card))
        card = model.card if model else ""
        if card != self.card.property("text"):
            self.card.setProperty("text", card)
            show_card(self.card, card)

    def _show_engine(self) -> None:
        status = self.session.queue.status
        values = {
            tr("Engine"): STATES[status.state],
            tr("Device"): device_words(status.device) or tr("not known yet"),
            tr("Memory in use"): mib(status.memory_mib) if status.memory_mib else "–",
            tr("A patch takes"): f"{status.seconds_per_patch:.2f} s"
            if status.seconds_per_patch
            else tr("not measured yet"),
        }
        for name, value in values.items():
            self.engine[name].setText(value)
        show_text(self.reason, " ".join(filter(None, [_sentence(reason_words(status.reason)), status.message])))


def _facts(model: ModelInfo) -> dict[str, str]:
    return {
        tr("On disk"): mib(model.mib),
        tr("In memory"): tr("about {memory_mib}").format(memory_mib=mib(model.memory_mib)),
        tr("Patch"): f"{model.patch_px} px" if model.patch_px else tr("unknown"),
        tr("Licence"): model.licence or tr("not stated"),
    }


def show_card(browser: QTextBrowser, card: str) -> None:
    """Markdown in the size of the rows: its title is the name above, its tables have no lines."""
    lines = card.splitlines()
    browser.setMarkdown("\n".join(lines[1:] if lines and lines[0].startswith("# ") else lines))
    whole = QTextCursor(browser.document())
    whole.select(QTextCursor.SelectionType.Document)
    small = QTextCharFormat()
    small.setProperty(QTextFormat.Property.FontPixelSize, theme.SMALL)
    whole.mergeCharFormat(small)
    for frame in browser.document().rootFrame().childFrames():
        if isinstance(frame, QTextTable):
            _plain_table(frame)


def _plain_table(table: QTextTable) -> None:
    if not any(table.cellAt(0, at).firstCursorPosition().block().text() for at in range(table.columns())):
        table.removeRows(0, 1)  # Markdown wants a head, even an empty one
    form = table.format()
    form.setBorder(0)
    form.setCellPadding(2)
    form.setCellSpacing(0)
    if table.columns() == 2:
        shares = (28, 72)
        form.setColumnWidthConstraints([QTextLength(QTextLength.Type.PercentageLength, each) for each in shares])
    table.setFormat(form)


def _value() -> QLabel:
    made = label("", "secondary")
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made


def _sentence(text: str) -> str:
    text = text.strip()
    return text and text[0].upper() + text[1:] + ("" if text.endswith(".") else ".")


def mib(size: float) -> str:
    """In the unit that reads best."""
    return f"{size / 1024:.1f} GiB" if size >= 1024 else f"{size:.0f} MiB" if size >= 10 else f"{size:.1f} MiB"


FILES = ";;".join((tr("Handscroll models ({pattern})").format(pattern=f"*{SUFFIX}"), tr("All files (*)")))


class ModelMenu(QMenu):
    def __init__(self, session: Session, owner: QWidget):
        super().__init__(owner)
        self._session, self._owner = session, owner
        self._model: ModelInfo | None = None
        self.take_in = self.addAction(tr("Import Model File…"), self._import_file)
        self.take_folder = self.addAction(tr("Import Model Folder…"), self._import_folder)
        self.addSeparator()
        self.export = self.addAction(tr("Export…"), self._export)
        self.name = self.addAction(tr("Rename…"), self._rename)
        self.delete_ = self.addAction(tr("Delete…"), self._delete)

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
        what = tr("Delete the model “{name}” for good?").format(name=self._model.name)
        then = tr("What was painted with it stays; patches can no longer be painted again with it.")
        if sure_to_delete(self._owner, what, then):
            self._session.model_manager.delete(self._model.name)
