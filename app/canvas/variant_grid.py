"""All variants of a region side by side, those too that are still painted; a click shows one, Enter accepts it."""

import math

import numpy as np
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QHideEvent, QIcon, QKeyEvent, QPixmap, QShowEvent
from PySide6.QtWidgets import QGridLayout, QToolButton

from app.canvas.region_bar.bar import Bar
from app.canvas.region_bar.floating import Floating
from app.canvas.viewport import Viewport
from app.document import Job
from app.document.geometry import around, coarser
from app.document.tiles import lay_over
from app.qimages import image_of
from app.session import Group, Session
from app.translation import tr
from engine.request import Box, UserError

AWAY, EDGE = 92, 16  # px to the sides of the view, and to what is above and below
INNER = 12  # px within the panel
GAP, WORDS = 10, 34  # px between two, and of the words under each
SOON = 200  # ms after a patch
STEPS: dict[int, int] = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}
AROUND = 0.15  # of the region's longer side, that is seen round it
CONTEXT = 256  # px, at most
COARSE = 128  # px, about, of the longer side, in which is looked for what there is
STATES = {"running": tr("painting"), "waiting": tr("waiting"), "paused": tr("paused"), "failed": tr("failed")}


class VariantGrid(Floating):
    """bars: of the region and of what is staged; they keep to the lower edge while it is there."""

    def __init__(self, session: Session, view: Viewport, bars: tuple[Bar, ...] = ()):
        super().__init__(view)
        self.session, self._canvas, self._bars = session, view, bars
        self.setAccessibleName(tr("Variants side by side"))
        self.cells: list[QToolButton] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(self.inner(INNER))
        self._grid.setSpacing(GAP)
        self._later = QTimer(self, singleShot=True, interval=SOON)
        self._later.timeout.connect(self.refresh)
        for signal in (session.staging_changed, session.staged_changed, session.queue.changed):
            signal.connect(self._soon)
        session.opened.connect(self.hide)
        view.installEventFilter(self)
        self.hide()

    def toggle(self) -> None:
        if self.isVisible():
            self.leave()
        elif self.session.staging.current is not None:
            self.show()
            self.raise_()
            self.refresh()
            if self.cells:
                self.cells[self.session.staging.current.chosen].setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        self._move_bars(True)
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._move_bars(False)

    def _move_bars(self, away: bool) -> None:
        for bar in self._bars:
            bar.at_edge = away
            bar.follow()

    def leave(self) -> None:
        self.hide()
        self._canvas.setFocus()

    def _soon(self, *_: object) -> None:
        if self.isVisible() and not self._later.isActive():
            self._later.start()

    # ---- what is shown

    def refresh(self) -> None:
        group = self.session.staging.current
        if group is None:
            self.leave()
            return
        if len(self.cells) != len(group.jobs):
            self._make(group)
        box = self._around(group)
        size = self._cell_size(box, len(group.jobs))
        for number, (cell, job) in enumerate(zip(self.cells, group.jobs, strict=True)):
            cell.setIconSize(size)
            cell.setIcon(QIcon(self._picture(job, box, size)))
            cell.setText(self._words(number, job))
            cell.setChecked(number == group.chosen)
        self.adjustSize()
        room, panel = self._room(), self.panel_rect()
        panel.moveCenter(room.center())
        self.put(QPoint(panel.x(), max(panel.y(), EDGE)))

    def _room(self) -> QRect:
        """Beside the tools and above the bars."""
        tops = [bar.panel_box().top() for bar in self._bars if not bar.isHidden()]
        lowest = min([self._canvas.height(), *tops])
        return QRect(AWAY, EDGE, self._canvas.width() - 2 * AWAY, lowest - 2 * EDGE)

    def _make(self, group: Group) -> None:
        for cell in self.cells:
            cell.deleteLater()
        self.cells = [self._cell(number) for number in range(len(group.jobs))]
        columns = self._columns(self._around(group), len(group.jobs))
        for number, cell in enumerate(self.cells):
            self._grid.addWidget(cell, number // columns, number % columns)

    def _around(self, group: Group) -> Box:
        """The region with some of what is round it, as far as there is anything."""
        box = group.region.box
        wide = box.grow(min(round(AROUND * max(box.width, box.height)), CONTEXT))
        level = max(0, math.floor(math.log2(max(wide.width, wide.height) / COARSE)))
        coarse = coarser(wide, level)
        try:
            there = Box.holding(self.session.document.read(coarse, level)[..., 3] > 0).moved(coarse.x, coarse.y)
        except UserError:  # told where the picture itself is drawn
            return box
        seen = Box(*(number << level for number in there))
        return wide.intersect(around([seen, box]))

    def _cell(self, number: int) -> QToolButton:
        cell = QToolButton(self)
        cell.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        cell.setCheckable(True)
        cell.setProperty("variant", True)
        cell.setAccessibleName(tr("Variant {number}").format(number=number + 1))
        cell.clicked.connect(lambda: self._choose(number))
        cell.installEventFilter(self)
        cell.show()
        return cell

    def _columns(self, box: Box, count: int) -> int:
        """As many as make the pictures largest."""
        return max(range(1, count + 1), key=lambda columns: self._scale(box, count, columns))

    def _scale(self, box: Box, count: int, columns: int) -> float:
        rows = -(-count // columns)
        room = self._room().adjusted(INNER, INNER, -INNER, -INNER)
        wide = (room.width() - columns * (GAP + 12)) / columns / box.width
        high = (room.height() - rows * (GAP + WORDS)) / rows / box.height
        return max(min(wide, high, 1.0), 1 / max(box.width, box.height))

    def _cell_size(self, box: Box, count: int) -> QSize:
        scale = self._scale(box, count, self._columns(box, count))
        return QSize(max(1, int(box.width * scale)), max(1, int(box.height * scale)))

    def _picture(self, job: Job, box: Box, size: QSize) -> QPixmap:
        """A variant with what is round it, from a coarse level where that is enough."""
        ratio = self.devicePixelRatioF()
        level = max(0, math.floor(math.log2(max(1.0, box.width / max(size.width() * ratio, 1)))))
        coarse = coarser(box, level)
        try:
            pixels = self.session.document.read(coarse, level).copy()
            lay_over(pixels, self.session.document.read_layer(job.layer, coarse, level), coarse=level > 0)
        except UserError:  # told where the picture itself is drawn
            pixels = np.zeros((1, 1, 4), np.uint8)
        image = image_of(pixels).scaled(
            size * ratio, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
        drawn = QPixmap.fromImage(image)
        drawn.setDevicePixelRatio(ratio)
        return drawn

    def _words(self, number: int, job: Job) -> str:
        progress = self.session.queue.progress(job.id)
        if job.state == "done":
            return f"{number + 1}"
        how_far = tr("{done} of {total}").format(done=progress.done, total=progress.total) if progress.total else ""
        words = STATES[job.state]
        return " · ".join(part for part in (f"{number + 1}", words, how_far) if part)

    # ---- what the artist does

    def _choose(self, number: int) -> None:
        group = self.session.staging.current
        if group is not None and number < len(group.jobs):
            self.session.staging.next_variant(number - group.chosen)
            self.refresh()

    def _accept(self, cell: QToolButton) -> None:
        self._choose(self.cells.index(cell))
        self.leave()
        self.session.staging.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A double click or Enter accepts; arrows go from one to the next."""
        if watched is self._canvas:
            if event.type() == QEvent.Type.Resize and self.isVisible():
                self._later.start()
            return False
        if event.type() == QEvent.Type.MouseButtonDblClick and isinstance(watched, QToolButton):
            self._accept(watched)
            return True
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and isinstance(watched, QToolButton):
            step = STEPS.get(event.key(), 0)
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._accept(watched)
                return True
            if step:
                to = (self.cells.index(watched) + step) % len(self.cells)
                self.cells[to].setFocus()
                self._choose(to)
                return True
        return False
