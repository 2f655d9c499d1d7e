"""What the artist marks as not to be taken from, by hand or as the engine proposes it."""

import numpy as np
from PySide6.QtCore import QObject, Signal

from app.document import Region
from app.document.geometry import around, coarser, pieces
from app.session.state import SessionState
from app.session.values import reports_errors
from app.translation import tr
from engine.request import Area, Box, KnownPicture

NAME = tr("Do not take from here")
LEAST_SIDE = 720  # px of the shorter side at which marks are looked for
MOST = 2**25  # pixels that are looked at of one picture
NO_MARKS = tr("No small marks that stand by themselves were found. Brush over what nothing is to be taken from.")


class Marks(QObject):
    changed = Signal()

    def __init__(self, session: SessionState):
        super().__init__(session)
        self._session = session
        self.failed = session.failed
        self._asked: dict[int, tuple[Box, int]] = {}  # by ticket: where, and how much smaller, as a level
        self._found: list[Region] = []
        session.queue.marks_found.connect(self._told)
        session.opened.connect(self._start_anew)
        for signal in (session.pixels_changed, session.opened):
            signal.connect(lambda *_: self.changed.emit())

    @property
    def any(self) -> bool:
        return not self._session.document.not_from.box.empty

    def area(self, within: list[Box]) -> tuple[Area, ...]:
        """What is marked there, as the engine is told of it."""
        marked = self._session.document.not_from
        box = marked.box.intersect(around(within))
        if box.empty or (found := _trimmed(Region(box, marked.mask(box)))) is None:
            return ()
        return (Area(found.box, found.mask),)

    @reports_errors
    def mark(self, box: Box, mask: np.ndarray, wanted: bool = True) -> None:
        """Marks pixels, or lets them be taken from again; one entry of the history."""
        marked = self._session.document.not_from
        if wanted:
            marked.mark(box, mask, NAME)
        else:
            marked.unmark(box, mask, tr("Take from here again"))

    @reports_errors
    def clear(self) -> None:
        """All may be taken from again."""
        marked, entry = self._session.document.not_from, 0
        for box in pieces(marked.box):
            marked.unmark(box, np.ones((box.height, box.width), bool), tr("Take from everywhere again"), entry)
            entry = self._session.document.history.head

    # ---- what the engine proposes

    @reports_errors
    def propose(self) -> None:
        """Asks for the marks in each picture that is seen; the answer is marked."""
        document = self._session.document
        self._session.set_tool("not_from")  # with which the marks are seen and changed
        self._start_anew()
        for layer in (layer for layer in document.layers.all() if layer.visible):
            box = document.layers.box(layer.id)
            if box.empty:
                continue
            level = _level(box)
            small = coarser(box, level)
            pixels = document.read_layer(layer.id, small, level)
            picture = KnownPicture(small, np.ascontiguousarray(pixels[:, :, :3]), pixels[:, :, 3] == 255)
            self._asked[self._session.queue.inquiries.find_marks(picture)] = small, level
        self._session.said.emit(tr("Looking for seals, signatures and lettering.") if self._asked else NO_MARKS)

    def _told(self, ticket: int, mask: np.ndarray | None) -> None:
        if ticket not in self._asked:
            return
        small, level = self._asked.pop(ticket)
        if mask is not None and (found := _trimmed(Region(small, mask))) is not None and found.mask is not None:
            box = Box(*(side << level for side in found.box))
            self._found.append(Region(box, found.mask.repeat(1 << level, 0).repeat(1 << level, 1)))
        if not self._asked:
            self._mark_found()

    @reports_errors
    def _mark_found(self) -> None:
        document, entry = self._session.document, 0
        for region in self._found:
            assert region.mask is not None
            document.not_from.mark(region.box, region.mask, tr("Propose marks"), entry)
            entry = document.history.head
        found, self._found = bool(self._found), []
        self._session.said.emit(
            tr(
                "What looks like a mark is hatched: brush over what is missing, and with Alt over what may be taken "
                "from."
            )
            if found else NO_MARKS
        )  # fmt: skip

    def _start_anew(self) -> None:
        self._asked, self._found = {}, []


def _level(box: Box) -> int:
    """How often a picture is halved until it is no larger than has to be looked at."""
    level, side = 0, min(box.width, box.height)
    while side >> (level + 1) >= LEAST_SIDE or (box.width >> level) * (box.height >> level) > MOST:
        level += 1
    return level


def _trimmed(region: Region) -> Region | None:
    """The smallest one with the same pixels; None where there are none."""
    mask = region.inside(region.box)
    part = Box.holding(mask)
    if part.empty:
        return None
    return Region(part.moved(*region.box[:2]), mask[part.slices(Box(0, 0, *region.box[2:]))])
