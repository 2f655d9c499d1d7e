"""The grid of patches, on demand, and what is drawn where nothing is yet."""

import math
from collections.abc import Iterator

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from app import theme
from app.action_keys import hint
from app.canvas.overlays.drawing import crisp
from app.canvas.viewport import Viewport
from app.translation import tr
from engine.request import Box

NARROWEST = 10.0  # widget pixels between lines; a denser grid would be a veil
INVITATION = tr("Drop a picture here")


LINES = QColor(128, 126, 122, 130)  # in the middle of light and dark: seen on ink and on paper


def draw_grid(painter: QPainter, view: Viewport) -> None:
    """Hairlines between the patches. Where a picture is followed their size is known only of those that are planned."""
    painter.setPen(QPen(LINES, 0))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if view.session.options.exemplar:
        painter.drawRects([crisp(view, box) for box in _patches(view)])
    else:
        _draw_lattice(painter, view)


def _patches(view: Viewport) -> Iterator[Box]:
    """Those in sight: painted, under way, and planned for the region."""
    session, seen = view.session, view.visible_box()
    document = session.document
    boxes = [
        box.moved(layer.x, layer.y)
        for layer in document.layers.all() if layer.visible
        for box in document.patch_boxes(layer.id)
    ]  # fmt: skip
    for group in session.staging.groups():
        plan = session.staging.plans.get(group.shown.id)
        boxes += plan.boxes if plan else document.patch_boxes(group.shown.layer)
    boxes += session.sketch.boxes if session.sketch else ()
    return (box for box in boxes if not box.intersect(seen).empty and box.width * view.scale >= NARROWEST)


def _draw_lattice(painter: QPainter, view: Viewport) -> None:
    """None before the first picture or region has anchored it."""
    guide = view.session.document.guide
    if guide is None or guide.patch * view.scale < NARROWEST:
        return
    seen = view.visible_box()
    columns = range(math.ceil((seen.x - guide.x) / guide.patch), (seen.right - guide.x) // guide.patch + 1)
    rows = range(math.ceil((seen.y - guide.y) / guide.patch), (seen.bottom - guide.y) // guide.patch + 1)
    lines = []
    for column in columns:
        x = view.to_widget(guide.x + column * guide.patch, 0).x()
        lines.append(QLineF(x, 0, x, view.height()))
    for row in rows:
        y = view.to_widget(0, guide.y + row * guide.patch).y()
        lines.append(QLineF(0, y, view.width(), y))
    painter.drawLines(lines)


def draw_invitation(painter: QPainter, view: Viewport) -> None:
    painter.setPen(theme.colour("secondary"))
    painter.setFont(theme.font())
    keys = hint(view.session.settings, "place")
    words = tr("{invitation}, or press {keys}").format(invitation=INVITATION, keys=keys) if keys else INVITATION
    painter.drawText(QRectF(view.rect()), Qt.AlignmentFlag.AlignCenter, words)


def draw_welcome_to_drop(painter: QPainter, view: Viewport) -> None:
    """While a file is held over the canvas."""
    painter.setPen(QPen(theme.colour("accent_line"), 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(QRectF(view.rect()).adjusted(4, 4, -4, -4), 8, 8)
