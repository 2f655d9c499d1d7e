"""Going on without end: stretch after stretch is painted ahead of what is seen, as one unrolls a scroll.

Each stretch is a painting like others, accepted by itself when it is done, so every one of them can be undone.
"""

from PySide6.QtCore import QObject, Signal

from app.document import Region
from app.session.painting import Painting
from app.session.staging import Staging
from app.session.state import SessionState
from app.session.values import Group
from app.translation import tr
from engine.request import Box, UserError

STRETCH = 4  # patches of a stretch, along the scroll
AHEAD = 1.0  # widths of the view that are painted beyond its edge


class AutoExtend(QObject):
    """direction: 1 to the right, -1 to the left as a handscroll is read, 0 at rest."""

    changed = Signal()

    def __init__(self, session: SessionState, painting: Painting, staging: Staging):
        super().__init__(session)
        self.direction = 0
        self._session, self._painting, self._staging = session, painting, staging
        self._scroll = self._seen = Box(0, 0, 0, 0)
        self._job: int | None = None
        session.queue.failed.connect(lambda job, _: self._lost(job))
        session.staging_changed.connect(self._follow_staging)
        session.opened.connect(self.stop)

    def start(self, direction: int) -> None:
        """Goes on from the chosen layer, or from all that is there; asked again in the same direction, it ends."""
        if direction == self.direction:
            self.stop()
            return
        self.stop()
        session = self._session
        box = session.chosen_box()
        if box.empty:
            session.failed.emit(tr("There is nothing to go on from yet. Place a picture or paint one first."))
            return
        self.direction, self._scroll = direction, box
        session.said.emit(
            tr("It goes on to the right as you scroll there.")
            if direction > 0
            else tr("It goes on to the left as you scroll there.")
        )
        self.changed.emit()
        self._go_on()

    def stop(self) -> None:
        """No other stretch is begun; the one that is under way waits to be accepted like any painting."""
        if self.direction:
            self.direction, self._job = 0, None
            self._session.said.emit(tr("It does not go on any further."))
            self.changed.emit()

    def look(self, seen: Box) -> None:
        """What is seen now, in canvas pixels."""
        self._seen = seen
        self._go_on()

    # ---- stretch after stretch

    def _go_on(self) -> None:
        if not self.direction or self._job is not None or not self._wanted():
            return
        scroll, width = self._scroll, STRETCH * self._session.patch_px
        x = scroll.right if self.direction > 0 else scroll.x - width
        try:
            self._job = self._painting.paint_stretch(Region(Box(x, scroll.y, width, scroll.height)))
        except UserError as error:
            self._session.failed.emit(str(error))
            self.stop()

    def _wanted(self) -> bool:
        """Whether the painted end is not far enough beyond the edge of the view."""
        ahead = round(AHEAD * self._seen.width)
        if self.direction > 0:
            return self._scroll.right < self._seen.right + ahead
        return self._scroll.x > self._seen.x - ahead

    def _follow_staging(self) -> None:
        """A stretch that is done is accepted; one that was set aside, cancelled or paused is not gone on from."""
        if self._job is None:
            return
        group = next((each for each in self._staging.groups() if each.shown.id == self._job), None)
        if group is None or group.state == "paused":
            self.stop()
        elif group.state == "done":
            self._accept(group)

    def _accept(self, group: Group) -> None:
        end, self._job = group.region.box, None
        self._staging.accept(group)
        left, right = min(self._scroll.x, end.x), max(self._scroll.right, end.right)
        self._scroll = Box(left, self._scroll.y, right - left, self._scroll.height)
        self._go_on()

    def _lost(self, job: int) -> None:
        if job == self._job:
            self.stop()
