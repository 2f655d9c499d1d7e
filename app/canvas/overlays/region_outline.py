"""How a region looks before it is painted: paper, and the outline of a free form."""

import numpy as np
from PySide6.QtCore import QLineF, QRectF
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from app.canvas.overlays.drawing import crisp
from app.canvas.viewport import Viewport
from app.document import Document, Region
from app.document.geometry import NOWHERE
from app.qimages import tinted
from app.theme import colour
from engine.request import Box

HAIR = 1e-6  # widget pixels that a part reaches over the next one, where both end in the middle of a device pixel
FINEST = 1024  # pixels to a side at which paper and outlines are kept


def same_form(one: Region, other: Region) -> bool:
    """Whether two regions mark the same pixels; those of a job are read anew from the file each time."""
    if one.box != other.box or (one.mask is None) != (other.mask is None):
        return False
    return one.mask is other.mask or bool(np.array_equal(one.mask, other.mask))  # type: ignore[arg-type]


class Paper:
    """Paper over the part of a region that is empty: inside its free form, and where the picture is transparent."""

    def __init__(self, document: Document, region: Region):
        self.region = region
        self._side = 1 << max(0, (max(region.box.width, region.box.height) - 1) // FINEST).bit_length()
        self._image = self._drawn(document)

    def _drawn(self, document: Document) -> QImage | None:
        """The paper in pixels of a coarse level; None where all of it is plain."""
        level, side, box = self._side.bit_length() - 1, self._side, self.region.box
        coarse = Box.spanning(box.x // side, box.y // side, (box.right - 1) // side + 1, (box.bottom - 1) // side + 1)
        missing = 255 - document.read(coarse, level)[:, :, 3]
        if self.region.mask is not None:
            missing[~self._form(coarse)] = 0
        elif missing.min(initial=255) == 255:
            return None
        self._origin, self._missing = (coarse.x * side, coarse.y * side), missing > 0
        return tinted(missing, colour("paper"))

    def _form(self, coarse: Box) -> np.ndarray:
        """The free form in coarse pixels."""
        box, side, mask = self.region.box, self._side, self.region.mask
        assert mask is not None
        rows = np.clip((np.arange(coarse.height) + coarse.y) * side + side // 2 - box.y, 0, box.height - 1)
        columns = np.clip((np.arange(coarse.width) + coarse.x) * side + side // 2 - box.x, 0, box.width - 1)
        return mask[rows][:, columns]

    def bare(self, box: Box) -> Box:
        """The smallest box round the paper in a part of the region."""
        box = box.intersect(self.region.box)
        if self._image is None or box.empty:
            return box
        x, y, side = *self._origin, self._side
        left, top, right, bottom = (
            (box.x - x) // side, (box.y - y) // side, (box.right - 1 - x) // side + 1, (box.bottom - 1 - y) // side + 1
        )  # fmt: skip
        part = self._missing[top:bottom, left:right]
        paper = Box.holding(part)
        if paper.empty:
            return NOWHERE
        whole = Box(*(number * side for number in paper.moved(left, top)))
        return whole.moved(x, y).intersect(box)

    def fill(self, painter: QPainter, view: Viewport, box: Box) -> None:
        """Lays paper on a part of the region."""
        box = box.intersect(self.region.box)
        rect = crisp(view, box).adjusted(0, 0, HAIR, HAIR)
        if box.empty or not rect.intersects(QRectF(view.rect())):
            return
        if self._image is None:
            painter.fillRect(rect, colour("paper"))
            return
        x, y, side = *self._origin, self._side
        source = QRectF((box.x - x) / side, (box.y - y) / side, box.width / side, box.height / side)
        painter.drawImage(rect, self._image, source)


class Outline:
    """The edge of a free form, along its pixels."""

    def __init__(self, region: Region):
        mask = region.mask
        assert mask is not None
        self.region = region
        self._side = max(1, -(-max(mask.shape) // FINEST))
        self._lines = _edges(mask[:: self._side, :: self._side])

    def draw(self, painter: QPainter, view: Viewport, ink: QColor) -> None:
        rect, box, side = crisp(view, self.region.box), self.region.box, self._side
        painter.save()
        painter.translate(rect.topLeft())
        painter.scale(rect.width() / box.width * side, rect.height() / box.height * side)
        for shade, width in ((colour("on_accent", 0.4), 3), (ink, 1)):  # seen on a picture of any colour
            pen = QPen(shade, width)
            pen.setCosmetic(True)  # device pixels at any scale
            painter.setPen(pen)
            painter.drawLines(self._lines)
        painter.restore()


def _edges(mask: np.ndarray) -> list[QLineF]:
    """Lines between what belongs to a form and what does not, each as long as it is straight."""
    padded = np.pad(mask, 1)
    across = _runs(padded[1:] != padded[:-1])
    down = _runs((padded[:, 1:] != padded[:, :-1]).T)
    return [QLineF(start - 1, at, end - 1, at) for at, start, end in across] + [
        QLineF(at, start - 1, at, end - 1) for at, start, end in down
    ]


def _runs(edge: np.ndarray) -> list[tuple[int, int, int]]:
    """Row, start and end of every run of True along the rows."""
    steps = np.diff(np.pad(edge, ((0, 0), (1, 1))).astype(np.int8), axis=1)
    rows, starts = np.nonzero(steps == 1)
    _, ends = np.nonzero(steps == -1)
    return [(int(row), int(start), int(end)) for row, start, end in zip(rows, starts, ends, strict=True)]
