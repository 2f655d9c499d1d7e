"""What is planned and being painted: numbered patches on paper, the one in progress, and the order as arrows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from PySide6.QtCore import QLineF, QObject, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter

from app.canvas.overlays.drawing import arrow_head, crisp, frame, hairline, line_token
from app.canvas.overlays.region_outline import Paper, same_form
from app.canvas.tools.toolbox import ToolBox
from app.canvas.viewport import Viewport
from app.document import Region
from app.session import Session
from app.theme import SMALL, changed, colour, font
from engine.request import Box

ON_PAPER = QColor("#6d6a64")  # paper is the same in both schemes, and so is what is written on it
PAPER_LINE = QColor("#a39e92")
LEAST_OUTLINED, LEAST_NUMBERED = 7.0, 30.0  # widget pixels to a side
MOST_ARROWS = 1000  # patches, beyond which one arrow stands for all
PREPARING = ("region", "lasso", "region_brush")  # the tools that the order is shown for

Point = tuple[float, float]


@dataclass
class PlanScene:
    """A region on its way: its patches in painting order, and what has become of them."""

    region: Region
    boxes: Sequence[Box] = ()
    places: np.ndarray = field(default_factory=lambda: np.empty((0, 4), np.int64))  # the boxes as numbers
    done: set[int] = field(default_factory=set)
    running: set[int] = field(default_factory=set)
    grown: list[Box] = field(default_factory=list)

    def __post_init__(self) -> None:
        waits = np.ones(len(self.places), bool)
        begun = {n for n in self.running if any(not self.boxes[n].intersect(grown).empty for grown in self.grown)}
        waits[[n for n in (*self.done, *begun) if n < len(waits)]] = False
        self.numbers = np.flatnonzero(waits)
        self.places = self.places[waits]
        growing = (self.boxes[n] for n in begun - self.done)
        self.bare = [*merged(self.places), *(part for box in growing for part in self._left(box))]
        if not self.boxes:
            self.bare = [self.region.box]
        self._runs: list[tuple[Point, Point, Point]] | None = None

    def runs(self, paper: Paper) -> list[tuple[Point, Point, Point]]:
        """Where the order goes, through the middle of the paper of each patch."""
        if self._runs is None:
            places = [paper.bare(box) for box in self.boxes]
            self._runs = list(
                straight(self.boxes, [p if not p.empty else b for p, b in zip(places, self.boxes, strict=True)])
            )
        return self._runs

    def _left(self, box: Box) -> list[Box]:
        """What has not grown of a patch."""
        parts = [box]
        for grown in self.grown:
            parts = [rest for part in parts for rest in without(part, grown)]
        return parts


class PlanOverlay(QObject):
    def __init__(self, session: Session, toolbox: ToolBox):
        super().__init__(toolbox)
        self._session, self._toolbox = session, toolbox
        self._scenes: list[PlanScene] | None = None
        self._papers: list[Paper] = []
        self._arrays: list[tuple[Sequence[Box], np.ndarray]] = []
        for signal in (session.plan_changed, session.staging_changed, session.region_changed, session.growing_changed):
            signal.connect(self._forget)
        session.pixels_changed.connect(self._forget_papers)
        session.opened.connect(self._forget_papers)
        changed.connect(self._forget_papers)

    def _forget(self, *_: object) -> None:
        self._scenes = None
        self._toolbox.view.update()

    def _forget_papers(self, *_: object) -> None:
        self._papers = []
        self._forget()

    # ---- what there is to draw

    def scenes(self) -> list[PlanScene]:
        if self._scenes is None:
            self._scenes = list(self._read())
        return self._scenes

    def _read(self) -> Iterator[PlanScene]:
        session = self._session
        for group in session.staging.groups():
            job = group.shown
            if job.state == "done":
                continue
            plan = session.staging.plans.get(job.id)
            grown = [update.box for (number, _), update in session.staging.growing.items() if number == job.id]
            if plan is None:
                yield PlanScene(group.region)
            else:
                yield PlanScene(group.region, plan.boxes, self._numbers_of(plan.boxes), plan.done, plan.running, grown)
        if session.region is not None:
            boxes = session.sketch.boxes if session.sketch else ()
            yield PlanScene(session.region, boxes, self._numbers_of(boxes))

    def _numbers_of(self, boxes: Sequence[Box]) -> np.ndarray:
        """Boxes as an array, kept: a long scroll has thousands of them, and one more is done every moment."""
        for known, places in self._arrays:
            if known is boxes:
                return places
        places = np.array(boxes, np.int64).reshape(-1, 4)
        self._arrays = [*self._arrays[-7:], (boxes, places)]
        return places

    def _paper(self, region: Region) -> Paper:
        """Kept while the picture under it stays as it is."""
        for paper in self._papers:
            if same_form(paper.region, region):
                return paper
        self._papers = [*self._papers[-7:], Paper(self._session.document, region)]
        return self._papers[-1]

    # ---- drawing

    def draw(self, painter: QPainter, view: Viewport) -> None:
        for scene in self.scenes():
            paper = self._paper(scene.region)
            for box in scene.bare:
                paper.fill(painter, view, box)
            numbers, rects = self._visible(scene, paper, view)
            self._outlines(painter, view, crisp(view, scene.region.box), rects)
            if self._shows_order(scene, view):
                self._arrows(painter, view, scene, paper)
                self._numbers(painter, numbers, rects, halo=True)
            else:
                self._numbers(painter, numbers, rects)
            for number in scene.running:
                frame(painter, view, scene.boxes[number], line_token())

    def _visible(self, scene: PlanScene, paper: Paper, view: Viewport) -> tuple[list[int], list[QRectF]]:
        """The numbers of waiting patches that can be seen, and the widget rectangles of their paper."""
        seen, places = view.visible_box(), scene.places
        inside = (places[:, 0] < seen.right) & (places[:, 0] + places[:, 2] > seen.x)
        inside &= (places[:, 1] < seen.bottom) & (places[:, 1] + places[:, 3] > seen.y)
        if not inside.any():
            return [], []
        largest = Box(*(int(number) for number in places[inside].max(0)))
        if min(view.box_to_widget(largest).width(), view.box_to_widget(largest).height()) < LEAST_OUTLINED:
            return [], []
        bare = (paper.bare(Box(*(int(number) for number in place))) for place in places[inside])
        found = [
            (int(n), crisp(view, box)) for n, box in zip(scene.numbers[inside], bare, strict=True) if not box.empty
        ]
        return [number for number, _ in found], [rect for _, rect in found]

    def _outlines(self, painter: QPainter, view: Viewport, edge: QRectF, rects: list[QRectF]) -> None:
        """One dashed line per edge of the grid; an outline per patch would lay the dashes of two over one another."""
        across: dict[float, tuple[float, float]] = {}
        down: dict[float, tuple[float, float]] = {}
        ratio = view.devicePixelRatioF()
        for rect in rects:
            for lines, ats, low, high in (
                (across, (rect.top(), rect.bottom()), rect.left(), rect.right()),
                (down, (rect.left(), rect.right()), rect.top(), rect.bottom()),
            ):
                for at in (round(at * ratio) / ratio for at in ats):  # neighbours compute their edge differently
                    start, end = lines.get(at, (low, high))
                    lines[at] = min(start, low), max(end, high)
        for lines, ends in ((across, (edge.top(), edge.bottom())), (down, (edge.left(), edge.right()))):
            for at in ends:
                lines.pop(round(at * ratio) / ratio, None)
        half = 0.5 / ratio
        painter.setPen(hairline(view, PAPER_LINE, dashed=True))
        painter.drawLines([QLineF(start, at + half, end, at + half) for at, (start, end) in across.items()])
        painter.drawLines([QLineF(at + half, start, at + half, end) for at, (start, end) in down.items()])

    def _numbers(self, painter: QPainter, numbers: list[int], rects: list[QRectF], halo: bool = False) -> None:
        painter.setFont(font(SMALL))
        for number, rect in zip(numbers, rects, strict=True):
            if min(rect.width(), rect.height()) < LEAST_NUMBERED:
                continue
            if halo:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(colour("paper"))
                half = 12 if number < 99 else 17
                painter.drawRoundedRect(QRectF(rect.center() - QPointF(half, 11), QSizeF(2 * half, 22)), 11, 11)
            painter.setPen(ON_PAPER)
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, str(number + 1))

    # ---- the order

    def _shows_order(self, scene: PlanScene, view: Viewport) -> bool:
        at = self._toolbox.at
        if at is None or self._toolbox.busy or len(scene.boxes) < 2:
            return False
        waits = scene.region is self._session.region
        return waits and self._session.tool in PREPARING and view.box_to_widget(scene.region.box).contains(at.at)

    def _arrows(self, painter: QPainter, view: Viewport, scene: PlanScene, paper: Paper) -> None:
        pen = hairline(view, colour(line_token(), 0.9))
        pen.setWidthF(1.5)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(crisp(view, scene.region.box), Qt.ClipOperation.IntersectClip)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        scale = view.camera.scale / view.devicePixelRatioF()
        close = min(scene.boxes[0][2:]) * scale < LEAST_NUMBERED or len(scene.boxes) > MOST_ARROWS
        for start, end, step in overall(scene.boxes) if close else scene.runs(paper):
            reach = QPointF(step[0], step[1]) * (scale * 0.3)
            tip, tail = view.to_widget(*end) + reach, view.to_widget(*start) - reach
            painter.drawLine(tail, tip)
            arrow_head(painter, tip, tip - tail)
        painter.restore()


# ---- geometry


def merged(places: np.ndarray) -> list[Box]:
    """The same places in fewer boxes: neighbours in a row become one. places: x, y, width, height in rows."""
    if not len(places):
        return []
    x, y, width, height = places[np.lexsort((places[:, 0], places[:, 3], places[:, 1]))].T
    begins = np.ones(len(places), bool)
    begins[1:] = (y[1:] != y[:-1]) | (height[1:] != height[:-1]) | (x[1:] != x[:-1] + width[:-1])
    firsts = np.flatnonzero(begins)
    rights = np.append(firsts[1:] - 1, len(places) - 1)
    return [
        Box(int(x[first]), int(y[first]), int(x[last] + width[last] - x[first]), int(height[first]))
        for first, last in zip(firsts, rights, strict=True)
    ]


def without(box: Box, hole: Box) -> list[Box]:
    """What is left of a box, as up to four boxes: above, below, left and right of the hole."""
    cut = box.intersect(hole)
    if cut.empty:
        return [box]
    parts = (
        Box.spanning(box.x, box.y, box.right, cut.y),
        Box.spanning(box.x, cut.bottom, box.right, box.bottom),
        Box.spanning(box.x, cut.y, cut.x, cut.bottom),
        Box.spanning(cut.right, cut.y, box.right, cut.bottom),
    )
    return [part for part in parts if not part.empty]


def straight(boxes: Sequence[Box], places: list[Box]) -> Iterator[tuple[Point, Point, Point]]:
    """Runs of neighbours in painting order: middle of the first and of the last place, and the step between two."""
    middles = [(box.x + box.width / 2, box.y + box.height / 2) for box in places]
    start = 0
    for number in range(1, len(boxes) + 1):
        if number < len(boxes) and _goes_on(boxes, start, number):
            continue
        if number - start > 1:
            step = middles[start + 1][0] - middles[start][0], middles[start + 1][1] - middles[start][1]
            yield middles[start], middles[number - 1], step
        start = number


def overall(boxes: Sequence[Box]) -> list[tuple[Point, Point, Point]]:
    """One arrow for all, from the middle of the first patches to that of the last, where single ones would blur."""
    some = max(1, len(boxes) // 8)
    first, last = ([(b.x + b.width / 2, b.y + b.height / 2) for b in part] for part in (boxes[:some], boxes[-some:]))
    start, end = (
        (sum(x for x, _ in part) / some, sum(y for _, y in part) / some) for part in (first, last)
    )  # fmt: skip
    return [(start, end, (0.0, 0.0))]


def _goes_on(boxes: Sequence[Box], start: int, number: int) -> bool:
    """Whether a patch touches the one before, in the direction of its run."""
    way = _way(boxes[number - 1], boxes[number])
    near = not boxes[number - 1].grow(1).intersect(boxes[number]).empty
    return near and (number - start < 2 or way == _way(boxes[start], boxes[start + 1]))


def _way(one: Box, other: Box) -> tuple[int, int]:
    right, down = other.x - one.x, other.y - one.y
    return (right > 0) - (right < 0), (down > 0) - (down < 0)
