"""Between NumPy arrays and the images of Qt; each way makes a copy."""

import numpy as np
from PySide6.QtGui import QColor, QImage


def image_of(pixels: np.ndarray) -> QImage:
    """uint8 (height, width, 3 or 4), alpha not multiplied in."""
    height, width, channels = pixels.shape
    kind = QImage.Format.Format_RGB888 if channels == 3 else QImage.Format.Format_RGBA8888
    return QImage(np.ascontiguousarray(pixels).data, width, height, channels * width, kind).copy()


def pixels_of(image: QImage) -> np.ndarray:
    """uint8 (height, width, 4), alpha not multiplied in."""
    image = image.convertToFormat(QImage.Format.Format_RGBA8888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : 4 * image.width()].reshape(image.height(), image.width(), 4).copy()


def tinted(alpha: np.ndarray, ink: QColor, opacity: float = 1.0) -> QImage:
    """Ink as dense as alpha, uint8 (height, width), says; premultiplied, as Qt draws it fastest."""
    share = alpha * np.float32(opacity / 255)
    pixels = np.empty((*alpha.shape, 4), np.uint8)
    for channel, value in enumerate((ink.blue(), ink.green(), ink.red(), 255)):
        pixels[:, :, channel] = share * value + 0.5
    height, width = alpha.shape
    return QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_ARGB32_Premultiplied).copy()
