"""Everything that is drawn over the picture, in the order in which it lies there: `overlays` gives it to the view."""

from PySide6.QtCore import QObject, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen

from app.canvas.overlays.drawing import crisp, frame, grip, hairline, label, line_token, outline
from app.canvas.overlays.not_from import NotFromHatch
from app.canvas.overlays.plan import PREPARING, PlanOverlay
from app.canvas.overlays.region_outline import Outline, same_form
from app.canvas.overlays.sources import Sources
from app.canvas.pointer import Overlay
from app.canvas.tiles.clip_renderer import ClipRenderer
from app.canvas.tools.region_geometry import GRIPS, grip_place
from app.canvas.tools.toolbox import ToolBox
from app.canvas.viewport import Viewport
from app.document import Region
from app.session import Group, Session
from app.session.frames import Frames
from app.theme import colour
from app.translation import tr
from engine.request import Box

MARGIN = 6.0  # widget pixels between a label and the edge of the view
PALETTE = 60.0  # widget pixels at the left, where the tools float
LEAST_RING = 6.0  # widget pixels; below, the cursor is a cross
VEIL = 0.04  # of the accent over what the engine looks at: the painting has to look as it does
NOT_YET = {"waiting": tr("waits to be painted"), "painting": tr("is being painted"), "stale": tr("is out of date")}
MOST_BITS = 4.0  # bits per token between the surest and the least sure patch that fill the ramp


def overlays(session: Session, toolbox: ToolBox, film: ClipRenderer) -> list[Overlay]:
    """From the lowest to the highest."""
    kinds = (ContextTint, PlanOverlay, DoubtMap, NotFromHatch, Sources, RegionFrames)
    parts = (*(kind(session, toolbox) for kind in kinds), ClipFrames(session, toolbox, film))
    return [*parts, toolbox, Ring(session, toolbox)]


class OverlayPart(QObject):
    """One thing that is drawn; kept alive by the toolbox."""

    def __init__(self, session: Session, toolbox: ToolBox):
        super().__init__(toolbox)
        self.session, self.toolbox = session, toolbox


class ContextTint(OverlayPart):
    """What the engine will look at, framed while the pointer is over the region or pulls at it."""

    def __init__(self, session: Session, toolbox: ToolBox):
        super().__init__(session, toolbox)
        self._boxes: list[Box] | None = None
        for signal in (session.region_changed, session.pixels_changed, session.options_changed, session.opened):
            signal.connect(self._forget)

    def _forget(self, *_: object) -> None:
        self._boxes = None

    def draw(self, painter: QPainter, view: Viewport) -> None:
        region, at = self.session.region, self.toolbox.at
        if region is None or at is None or self.session.tool not in PREPARING:
            return
        if not self.toolbox.busy and not view.box_to_widget(region.box).contains(at.at):
            return
        if self._boxes is None:
            self._boxes = self.session.painting.looked_at()
        path, own = QPainterPath(), QPainterPath()
        for box in self._boxes:
            one = QPainterPath()
            one.addRect(crisp(view, box))
            path = path.united(one)
        own.addRect(crisp(view, region.box))
        path = path.subtracted(own)
        painter.fillPath(path, colour("accent_line", VEIL))
        painter.setPen(hairline(view, colour(line_token(), 0.45)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(path)


class RegionFrames(OverlayPart):
    """The region with its grips and its size; the regions that are painted or staged, and what they are about."""

    def __init__(self, session: Session, toolbox: ToolBox):
        super().__init__(session, toolbox)
        self._outlines: list[Outline] = []
        for signal in (session.region_changed, session.staging_changed, session.plan_changed, session.estimate_changed):
            signal.connect(toolbox.view.update)

    def draw(self, painter: QPainter, view: Viewport) -> None:
        for group in self.session.staging.groups():
            self._draw_group(painter, view, group)
        if self.session.region is not None:
            self._draw_region(painter, view, self.session.region)

    def _draw_group(self, painter: QPainter, view: Viewport, group: Group) -> None:
        current = self.session.staging.current
        chosen = current is not None and current.number == group.number
        self._edge(painter, view, group.region, line_token() if chosen else "secondary")
        if chosen:
            self._label(painter, view, group.region.box, self._news(group))
        if self.toolbox.rerolling and chosen and (patch := self.toolbox.patch_here()) is not None:
            rect = crisp(view, patch)
            painter.fillRect(rect, colour("accent_line", 0.18))
            outline(painter, view, rect, colour(line_token()))

    def _news(self, group: Group) -> str:
        if len(group.jobs) > 1:
            return tr("variant {chosen} of {jobs}").format(chosen=group.chosen + 1, jobs=len(group.jobs))
        plan, job = self.session.staging.plans.get(group.shown.id), group.shown
        if plan is None or job.state == "done":
            return size_words(group.region.box)
        return f"{size_words(group.region.box)} · {patches_words(len(plan.boxes))}"

    def _draw_region(self, painter: QPainter, view: Viewport, region: Region) -> None:
        self._edge(painter, view, region, line_token())
        estimate = self.session.estimate
        words = f" · {patches_words(estimate.patches)}" if estimate is not None and estimate.patches else ""
        self._label(painter, view, region.box, size_words(region.box) + words)
        if self.session.tool == "region":
            rect = view.box_to_widget(region.box)
            small = min(rect.width(), rect.height()) < 40
            for each in GRIPS:
                if all(each) or not small:
                    grip(painter, view, view.to_widget(*grip_place(region.box, each)))

    def _edge(self, painter: QPainter, view: Viewport, region: Region, token: str) -> None:
        if region.mask is None:
            frame(painter, view, region.box, token)
            return
        outline(painter, view, crisp(view, region.box), colour(token, 0.45), dashed=True)
        found = next((each for each in self._outlines if same_form(each.region, region)), None) or Outline(region)
        self._outlines = [*(each for each in self._outlines if each is not found), found][-8:]
        found.draw(painter, view, colour(token))

    def _label(self, painter: QPainter, view: Viewport, box: Box, words: str) -> None:
        rect = crisp(view, box)
        left, top = view.margins()
        inside = QRectF(view.rect()).adjusted(PALETTE + left, MARGIN + top, -MARGIN, -MARGIN)
        if rect.intersects(QRectF(view.rect())):
            label(painter, words, rect.right(), rect.top() - 5, inside)


class ClipFrames(OverlayPart):
    """Of the frames under the playhead: the patches that are being painted, and which frame is not there yet."""

    def __init__(self, session: Session, toolbox: ToolBox, film: ClipRenderer):
        super().__init__(session, toolbox)
        self._film, timeline = film, session.timeline
        for signal in (timeline.playback.playhead_changed, timeline.clips_changed, timeline.frames_changed):
            signal.connect(lambda *_: toolbox.view.update() if timeline.clips else None)

    def draw(self, painter: QPainter, view: Viewport) -> None:
        timeline, seen = self.session.timeline, view.visible_box()
        for clip, number in self._film.showing():
            if clip.box.intersect(seen).empty:
                continue
            for box, _ in timeline.frames.growing(clip.id, number):
                frame(painter, view, box, line_token())
            if not timeline.playback.playing and (words := not_yet(timeline.frames, self._film, clip.id, number)):
                rect, inside = crisp(view, clip.box), QRectF(view.rect()).adjusted(PALETTE, MARGIN, -MARGIN, -MARGIN)
                label(
                    painter,
                    tr("frame {number} {words}").format(number=number, words=words),
                    rect.right(),
                    rect.top() - 5,
                    inside,
                )


def not_yet(frames: Frames, film: ClipRenderer, clip: int, number: int) -> str:
    """What is to be said of a frame that is not there yet; nothing of one that is."""
    state = frames.states(clip)[number]
    half = state == "waiting" and film.begun(clip, number) is not None
    return tr("is half painted") if half else NOT_YET.get(state, "")


class DoubtMap(OverlayPart):
    """How unlikely the model found each patch of the staged variant: the accent, the stronger the more bits."""

    def __init__(self, session: Session, toolbox: ToolBox):
        super().__init__(session, toolbox)
        self._doubts: list[tuple[Box, float]] | None = None
        for signal in (session.staging_changed, session.staged_changed, session.opened):
            signal.connect(self._forget)
        session.settings.changed.connect(toolbox.view.update)

    def _forget(self, *_: object) -> None:
        self._doubts = None

    def draw(self, painter: QPainter, view: Viewport) -> None:
        group = self.session.staging.current
        if group is None or not self.session.settings.get("doubt"):
            return
        if self._doubts is None:
            self._doubts = self.session.staging.doubts(group)
        least = min((bits for _, bits in self._doubts), default=0.0)
        most = max(max((bits for _, bits in self._doubts), default=0.0), least + MOST_BITS)
        for box, bits in self._doubts:
            rect = crisp(view, box)
            if rect.intersects(QRectF(view.rect())):
                painter.fillRect(rect, colour("accent", 0.06 + 0.54 * (bits - least) / (most - least)))
                if min(rect.width(), rect.height()) >= 64:
                    label(painter, f"{bits:.1f}", rect.right() - 4, rect.bottom() - 4, rect)


class Ring(OverlayPart):
    """The size of the brush, round the pointer: white beside black, to be seen on any picture."""

    def draw(self, painter: QPainter, view: Viewport) -> None:
        at, ring = self.toolbox.at, self.toolbox.tool.ring
        half = ring * view.camera.scale / view.devicePixelRatioF() / 2
        if at is None or self.toolbox.rerolling or 2 * half < LEAST_RING:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for shade, grown in ((colour("shadow", 0.55), 0.5), (colour("on_accent", 0.95), -0.5)):
            painter.setPen(QPen(shade, 1))
            painter.drawEllipse(at.at, half + grown, half + grown)
        painter.restore()


def size_words(box: Box) -> str:
    return f"{box.width} × {box.height} px"


def patches_words(number: int) -> str:
    return tr("%n patches", "", number)
