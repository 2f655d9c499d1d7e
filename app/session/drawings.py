"""Drawings (SVG) as pictures, through Qt: without pixels of their own, they are drawn large enough to look at."""

from pathlib import Path

import numpy as np
from PySide6.QtCore import QSizeF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from app.qimages import pixels_of
from app.translation import tr
from engine.request import UserError

SUFFIX = ".svg"
LEAST, MOST = 1024, 8192  # px of the longer side


def is_drawing(path: Path) -> bool:
    return path.suffix.lower() == SUFFIX


def drawn_size(path: Path) -> tuple[int, int]:
    """Width and height in which it is drawn: its own, enlarged or reduced to a longer side of LEAST to MOST pixels."""
    return _size(_renderer(path))


def draw(path: Path) -> np.ndarray:
    """uint8 (height, width, 4), straight alpha; UserError where the file is no drawing."""
    renderer = _renderer(path)
    width, height = _size(renderer)
    image = QImage(width, height, QImage.Format.Format_RGBA8888_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    with QPainter(image) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        renderer.render(painter)
    return pixels_of(image)


def _renderer(path: Path) -> QSvgRenderer:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UserError(
            tr("{path} cannot be read: {error}.").format(path=path, error=error.strerror or error)
        ) from None
    renderer = QSvgRenderer(data)
    if not renderer.isValid() or renderer.defaultSize().isEmpty():
        raise UserError(
            tr("{path} is not a drawing that can be read, or it is damaged. Save it as a PNG and take that.").format(
                path=path
            )
        )
    return renderer


def _size(renderer: QSvgRenderer) -> tuple[int, int]:
    size = QSizeF(renderer.defaultSize())
    longest = max(size.width(), size.height())
    by = min(max(longest, LEAST), MOST) / longest
    return max(1, round(size.width() * by)), max(1, round(size.height() * by))
