"""The manual: the Markdown files of resources/manual in a quiet reader, opened by F1."""

from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import (
    QDesktopServices,
    QImage,
    QResizeEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFragment,
    QTextLength,
    QTextTable,
)
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QTextBrowser, QWidget

from app import theme
from app.translation import tr

FOLDER = theme.RESOURCES / "manual"
FIRST, LAST = "window", "credits"  # what is opened by itself, and what few look for
FRAME = 24  # px that the frame of a window may take
LINE = 145  # percent


def chapters() -> dict[str, Path]:
    """Titles and files, the window first."""
    paths = sorted(FOLDER.glob("*.md"), key=lambda path: (path.stem != FIRST, path.stem == LAST, path.stem))
    return {title(path): path for path in paths}


def title(path: Path) -> str:
    """Its first heading."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return next((line.lstrip("# ").strip() for line in lines if line.startswith("#")), path.stem)


class Manual(QDialog):
    def __init__(self, parent: QWidget | None = None):
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowTitle(tr("Manual"))
        room = self.screen().availableSize()
        self.resize(min(960, room.width() - FRAME), min(720, room.height() - 3 * FRAME))
        self._paths = list(chapters().values())
        self.list = QListWidget()
        self.list.setFixedWidth(220)
        self.list.setAccessibleName(tr("Chapters"))
        self.list.setContentsMargins(8, 8, 8, 8)
        self.list.setSpacing(2)
        self.list.addItems(list(chapters()))
        self.text = ManualView()
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 12, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.list)
        row.addWidget(self.text, 1)
        self.list.currentRowChanged.connect(self._show)
        theme.changed.connect(self._again)
        self.list.setCurrentRow(0)

    def _show(self, row: int) -> None:
        if 0 <= row < len(self._paths):
            self.text.read(self._paths[row])

    def _again(self) -> None:
        self._show(self.list.currentRow())


class ManualView(QTextBrowser):
    """Markdown with pictures beside it; links within the manual are followed, others go to the browser."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("Text"))
        self.setOpenLinks(False)
        self.setSearchPaths([str(FOLDER)])
        self.anchorClicked.connect(self._follow)
        self.document().setDocumentMargin(24)

    def read(self, path: Path) -> None:
        self.document().setBaseUrl(QUrl.fromLocalFile(str(path)))
        self.document().setDefaultFont(theme.font(14))
        features = QTextDocument.MarkdownFeature.MarkdownDialectGitHub
        self.document().setMarkdown(path.read_text(encoding="utf-8"), features)
        self._dress()
        self._fit_pictures()
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def _dress(self) -> None:
        """Lines with air between them, headings in the size of the look, pictures not wider than the text."""
        block = self.document().begin()
        while block.isValid():
            cursor = QTextCursor(block)
            form = QTextBlockFormat()
            level = block.blockFormat().headingLevel()
            form.setLineHeight(LINE, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
            form.setTopMargin(20 if level > 1 else 4)
            form.setBottomMargin(8)
            cursor.mergeBlockFormat(form)
            if level:
                cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
                letters = QTextCharFormat()
                letters.setFont(theme.font({1: 22, 2: 16}.get(level, 14), strong=True))
                cursor.mergeCharFormat(letters)
            block = block.next()
        for frame in self.document().rootFrame().childFrames():
            if isinstance(frame, QTextTable):
                self._dress_table(frame)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_pictures()

    def _fit_pictures(self) -> None:
        """As wide as the text at most, made smaller by Qt's better way."""
        document = self.document()
        room = round(self.viewport().width() - 2 * document.documentMargin())
        block = document.begin()
        while block.isValid():
            parts = block.begin()
            while not parts.atEnd():
                if parts.fragment().charFormat().isImageFormat():
                    self._fit(parts.fragment(), room)
                parts += 1
            block = block.next()

    def _fit(self, part: QTextFragment, room: int) -> None:
        form = part.charFormat().toImageFormat()
        whole = QImage(str(FOLDER / form.name()))
        width = min(whole.width(), room)
        if whole.isNull() or width < 1 or form.width() == width:
            return
        ratio = self.devicePixelRatioF()
        small = whole.scaledToWidth(
            min(round(width * ratio), whole.width()), Qt.TransformationMode.SmoothTransformation
        )  # fmt: skip
        self.document().addResource(QTextDocument.ResourceType.ImageResource.value, QUrl(form.name()), small)
        form.setWidth(width)
        form.setHeight(round(whole.height() * width / whole.width()))
        cursor = QTextCursor(self.document())
        cursor.setPosition(part.position())
        cursor.setPosition(part.position() + part.length(), QTextCursor.MoveMode.KeepAnchor)
        cursor.setCharFormat(form)

    def _dress_table(self, table: QTextTable) -> None:
        form = table.format().toTableFormat()
        form.setBorderCollapse(True)
        form.setBorderBrush(theme.colour("line"))
        form.setCellPadding(7)
        form.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
        table.setFormat(form)

    def _follow(self, url: QUrl) -> None:
        path = FOLDER / url.fileName()
        if url.isRelative() and path.suffix == ".md" and path.is_file():
            self.read(path)
        elif url.isRelative():
            self.scrollToAnchor(url.fragment())
        elif url.scheme() in ("http", "https"):
            QDesktopServices.openUrl(url)
