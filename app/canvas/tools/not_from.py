"""The brush that marks what nothing is to be taken from where the picture is followed; Alt takes marks away."""

from PySide6.QtCore import Qt

from app.canvas.pointer import Pointer
from app.canvas.tools.base import held
from app.canvas.tools.freehand_selection import RegionBrush


class NotFromBrush(RegionBrush):
    name = "not_from"

    def _let_go(self, event: Pointer, dragged: bool) -> None:
        form = self.form(dragged)
        if form is not None and form.mask is not None:
            takes = held(event.modifiers, Qt.KeyboardModifier.AltModifier)
            self.session.marks.mark(form.box, form.mask, not takes)
