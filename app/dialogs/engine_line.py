"""How the engine is, in one line that follows it; and the question before a model is sent to another computer."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QMessageBox, QPushButton, QWidget

from app.jobs.device_words import device_words
from app.jobs.queue import JobQueue
from app.jobs.remote_models import LackingModel
from app.translation import tr

from .pages import quiet

STATES = {
    "starting": tr("The engine is starting."), "ready": tr("The engine is ready."),
    "painting": tr("The engine paints."),
    "preparing": tr("The engine prepares itself for this computer. This takes a minute or two, only this once."),
    "gone": tr("The engine is not running."),
}  # fmt: skip
LINES = 4  # there is room for


class EngineLine(QWidget):
    """State and device, or why it has ended, and a button that starts the engine."""

    def __init__(self, queue: JobQueue):
        super().__init__()
        self._queue = queue
        self.text, self.start = quiet(""), QPushButton(tr("Start It Now"))
        self.text.setWordWrap(True)
        self.text.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.text.setMinimumHeight(LINES * self.text.fontMetrics().lineSpacing())
        self.start.setAutoDefault(False)
        self.start.clicked.connect(lambda: queue.warm())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 8, 0, 0)
        row.addWidget(self.text, 1)
        row.addWidget(self.start, alignment=Qt.AlignmentFlag.AlignTop)
        queue.status_changed.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        status = self._queue.status
        running = status.state in ("ready", "painting")
        device = f"{device_words(status.device)}." if running and status.device else ""
        sentences = [STATES[status.state], device, "" if running else status.message]
        self.text.setText(" ".join(filter(None, sentences)))
        self.start.setEnabled(status.state == "gone")


def ask_to_send(model: LackingModel, answer: Callable[[str, bool], None], parent: QWidget) -> None:
    """Shows the question; painting that needs the model waits for the answer, everything else goes on."""
    box = QMessageBox(parent)
    box.setText(tr("Send the model “{name}” to {host}?").format(name=model.name, host=model.host))
    box.setInformativeText(
        tr("It is not there yet ({mib:.0f} MiB). Once sent, it is kept there.").format(mib=model.mib)
    )
    send = box.addButton(tr("Send"), QMessageBox.ButtonRole.AcceptRole)
    box.addButton(tr("Do Not Send"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(send)
    box.finished.connect(lambda _: answer(model.weights, box.clickedButton() is send))
    box.finished.connect(box.deleteLater)
    box.open()
