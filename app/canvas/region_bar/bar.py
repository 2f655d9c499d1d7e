"""The bar beside the region: it follows region and camera, stays inside the view, and shows one of its faces."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect
from PySide6.QtWidgets import QHBoxLayout

from app.canvas.region_bar.floating import SHADOW, Floating
from app.canvas.region_bar.pages import PaintingPage, SetupPage, StagingPage
from app.canvas.region_bar.widgets import BarPage
from app.canvas.tools.toolbox import ToolBox
from app.canvas.viewport import Viewport
from app.session import Session
from app.translation import tr
from engine.request import Box

GAP = 14  # px between the region and the bar
MARGIN = 12  # px to the edge of the view
LABEL = 26  # px above the region where its size is written
PALETTE = 68  # px at the left where the tools float


class Bar(Floating):
    def __init__(self, session: Session, view: Viewport, toolbox: ToolBox):
        super().__init__(view)
        self.session, self.canvas = session, view
        self.at_edge = False  # out of the way of what is looked at in the middle
        self.setAccessibleName(tr("Paint the region"))
        self.setup, self.painting = SetupPage(session, view), PaintingPage(session)
        self.staging = StagingPage(session, toolbox)
        row = QHBoxLayout(self)
        row.setContentsMargins(self.inner(8))
        for page in (self.setup, self.painting, self.staging):
            row.addWidget(page)
            page.hide()
        self.hide()
        view.installEventFilter(self)
        view.camera_changed.connect(self.follow)
        for signal in (
            session.region_changed, session.options_changed, session.estimate_changed, session.staging_changed,
            session.plan_changed, session.queue.changed, session.opened, toolbox.rerolling_changed,
        ):  # fmt: skip
            signal.connect(self.refresh)
        session.queue.status_changed.connect(self._refresh_progress)
        self.refresh()

    # ---- what it shows

    @property
    def page(self) -> BarPage | None:
        """The face for what is going on; a region that is prepared comes before one that is painted."""
        return self.setup if self.session.region is not None else self.of_the_group()

    def of_the_group(self) -> BarPage | None:
        """The face for what is being painted, or staged."""
        group = self.session.staging.current
        if group is None:
            return None
        return self.staging if group.state == "done" else self.painting

    def refresh(self, *_: object) -> None:
        shown = self.page
        had_focus = self.isAncestorOf(self.window().focusWidget()) if self.window().focusWidget() else False
        for page in (self.setup, self.painting, self.staging):
            page.setVisible(page is shown)
        if shown is not None:
            shown.refresh()
            self.follow()
        if self.isHidden() and shown is not None:
            self.raise_()
        self.setVisible(shown is not None)
        if had_focus and (shown is None or not shown.isAncestorOf(self.window().focusWidget() or shown)):
            self.canvas.setFocus()  # what had it is gone; keys go on with the canvas

    def _refresh_progress(self, *_: object) -> None:
        """Say what the engine does; it may do that after the document was closed, of which nothing is read here."""
        if self.painting.isVisible():
            self.painting.refresh()
            self.follow()

    # ---- where it is

    def target(self) -> Box | None:
        """The region that the bar belongs to."""
        if self.session.region is not None:
            return self.session.region.box
        return None if self.session.staging.current is None else self.session.staging.current.region.box

    def follow(self) -> None:
        box = self.target()
        if box is None:
            return
        for widget in (self.page, self):  # what its texts need by now
            if widget is not None and (layout := widget.layout()) is not None:
                layout.invalidate()
                layout.activate()
        widest = self.canvas.width() - PALETTE - MARGIN + 2 * SHADOW
        hint = self.sizeHint()
        self.resize(max(min(hint.width(), widest), self.minimumSizeHint().width()), hint.height())
        self.put(self._corner(box))

    def _corner(self, box: Box) -> QPoint:
        """Under the region, above it where there is no room, else at the lower edge of the view."""
        region, panel = self.canvas.box_to_widget(box), self.panel_rect()
        lowest = self.canvas.height() - panel.height() - MARGIN
        top = region.bottom() + GAP
        if top > lowest:
            top = region.top() - LABEL - panel.height()
            top = top if top >= MARGIN else lowest
        top = lowest if self.at_edge else top
        left = (
            region.right() - panel.width()
            if region.width() > panel.width()
            else region.center().x() - panel.width() / 2
        )
        rightmost = self.canvas.width() - panel.width() - MARGIN
        leftmost = min(PALETTE, max(rightmost, MARGIN))
        return QPoint(round(max(min(left, rightmost), leftmost)), round(max(min(top, lowest), MARGIN)))

    def panel_box(self) -> QRect:
        """Where the panel is in the view; empty while it is not there."""
        return QRect() if self.isHidden() else self.panel_rect().translated(self.pos())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.follow()
        return False


class StagedBar(Bar):
    """The same beside what is painted or staged, while another region is being prepared."""

    def __init__(self, session: Session, view: Viewport, toolbox: ToolBox, other: Bar):
        self._other = other
        super().__init__(session, view, toolbox)
        self.setAccessibleName(tr("Variants"))

    @property
    def page(self) -> BarPage | None:
        return None if self.session.region is None else self.of_the_group()

    def target(self) -> Box | None:
        return None if self.session.staging.current is None else self.session.staging.current.region.box

    def _corner(self, box: Box) -> QPoint:
        """Out of the way of the bar of the region."""
        corner, panel, taken = super()._corner(box), self.panel_rect(), self._other.panel_box()
        if not QRect(corner, panel.size()).intersects(taken):
            return corner
        above = taken.top() - panel.height() - GAP // 2
        return QPoint(corner.x(), above if above >= MARGIN else taken.bottom() + GAP // 2)
