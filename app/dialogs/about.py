"""What this program is, what is in it, and under which terms."""

from PySide6.QtCore import Qt, qVersion
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app import icons, theme, version, welcome
from app.jobs.device_words import device_and_reason
from app.session import Session
from app.translation import tr

from .pages import buttons, column, main_button, quiet


class AboutDialog(QDialog):
    def __init__(self, session: Session, parent: QWidget | None = None):
        super().__init__(parent)
        self.setWindowTitle(tr("About Handscroll"))
        self.setFixedWidth(500)
        lines = column(self)
        lines.addLayout(self._head())
        label = QLabel("".join(f"<p>{text}</p>" for text in self.texts(session)))
        label.setWordWrap(True)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        lines.addWidget(label)
        lines.addSpacing(4)
        close = main_button(tr("Close"))
        close.clicked.connect(self.accept)
        lines.addLayout(buttons(close))

    def _head(self) -> QHBoxLayout:
        row, words = QHBoxLayout(), QVBoxLayout()
        row.setSpacing(16)
        picture = QLabel()
        picture.setPixmap(icons.pixmap("handscroll", 64))
        name = QLabel("Handscroll")
        name.setFont(theme.font(20, strong=True))
        words.addWidget(name)
        own = version() if version() != "0" else tr("unknown")
        words.addWidget(quiet(tr("Version {version}, Qt {qt}").format(version=own, qt=qVersion())))
        row.addWidget(picture)
        row.addLayout(words)
        row.addStretch()
        return row

    def texts(self, session: Session) -> list[str]:
        status = session.queue.status
        device = device_and_reason(status.device, status.reason) or tr("the engine has not started yet")
        pictures = "; ".join(welcome.credits())
        return [
            tr("Paints on where a painting ends. Everything happens on this machine; nothing is sent anywhere."),
            tr("It paints with {model} on this device: {device}.").format(model=session.options.model, device=device),
            tr(
                "An open implementation of NUWA-Infinity. Apache License 2.0. Type: Inter, SIL Open Font License 1.1. "
                "Window: Qt, LGPL 3."
            ),
            tr("The welcome pictures are in the public domain: {pictures}.").format(pictures=pictures),
        ]
