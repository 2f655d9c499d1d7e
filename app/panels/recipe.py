"""How the pixel under the pointer was made, and the way to paint like that again."""

import math
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QPushButton, QWidget

from app.document import PatchRecord
from app.session import Session
from app.translation import tr
from engine.request import Order, UserError

from .rows import Panel, ToolButton, label, row, show_text

EVERY = 100  # ms between looks
INVITATION = tr("Move the pointer over a painted patch to see how it was made.")
NOT_PAINTED = tr("This was placed or drawn by hand; there is no recipe for it.")
ORDERS = {
    None: tr("Automatic"),
    Order.OMEGA: tr("Columns, to the right"),
    Order.OMEGA_STAR: tr("Columns, to the left"),
    Order.ZETA: tr("Rows, downwards"),
    Order.ZETA_STAR: tr("Rows, upwards"),
}
FACTS = (tr("Model"), tr("Seed"), tr("Freedom"), tr("Order"), tr("Bits per token"))
FOLLOWING = (tr("Follows the picture"), tr("Painted at"), tr("Taken from"), tr("Taken as it stands"))


class RecipePanel(Panel):
    def __init__(self, session: Session, parent: QWidget | None = None):
        super().__init__(session, tr("Recipe"), parent)
        self.record: PatchRecord | None = None
        self._point: tuple[int, int] | None = None
        self._seen: tuple[int, int] | None = None
        self.hold = ToolButton("lock", tr("Hold this recipe while the pointer moves on"), checkable=True)
        self.heading.add(self.hold)
        self.words = label(INVITATION, "secondary", wrap=True)
        self.rows.addWidget(self.words)
        self.facts = {name: label("", "secondary", wrap=name in FOLLOWING) for name in (*FACTS, *FOLLOWING)}
        self._lines = {name: row(name, value) for name, value in self.facts.items()}
        self.prompt = label("", wrap=True)
        self.use = QPushButton(tr("Use this recipe"))
        self.use.setToolTip(tr("Model, seed, freedom, order and words for what is painted next"))
        for each in (*self._lines.values(), self.prompt, self.use):
            self.rows.addWidget(each)
        self.rows.addStretch(1)
        for value in self.facts.values():
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._look_later = QTimer(self, singleShot=True, interval=EVERY)
        self._look_later.timeout.connect(self._look)
        self.use.clicked.connect(self.use_it)
        session.pixels_changed.connect(self._forget)
        session.staging_changed.connect(self._forget)
        session.opened.connect(self._start_anew)
        self.refresh()

    def follow(self, x: float, y: float) -> None:
        """The pointer is here, in canvas pixels."""
        if self.isVisible() and not self.hold.isChecked():
            self._point = math.floor(x), math.floor(y)
            if not self._look_later.isActive():
                self._look_later.start()

    def use_it(self) -> None:
        """Paints next with what made this patch, the seed held."""
        if self.record is not None:
            self.session.set_options(**options_of(self.record.recipe))
            self.session.said.emit(tr("The recipe of this patch is set for what you paint next."))

    def _look(self) -> None:
        """The file is asked only when the pointer has left the patch that is shown."""
        if self._point is None or self._point == self._seen or self.hold.isChecked():
            return
        self._seen = self._point
        try:
            self.record = self.session.staging.recipe_at(*self._point)
        except UserError:  # damage is shown where the picture is drawn
            self.record = None
        self.refresh()

    def _forget(self, *_: object) -> None:
        """Another picture may lie under a pointer that rests."""
        self._seen = None
        if self._point is not None and self.isVisible() and not self._look_later.isActive():
            self._look_later.start()

    def _start_anew(self) -> None:
        self.record, self._point, self._seen = None, None, None
        self.hold.setChecked(False)
        self.refresh()

    def refresh(self) -> None:
        record = self.record
        self.use.setVisible(record is not None)
        facts = {**facts_of(record), **following(record)} if record else {}
        for name, line in self._lines.items():
            line.setVisible(name in facts)
            self.facts[name].setText(facts.get(name, ""))
        taken = [part for part in record.taken if not part.reference] if record else []
        self.session.staging.show_sources(tuple(taken) if self.isVisible() else ())
        self.hold.setEnabled(record is not None)
        show_text(self.words, "" if record else self._why_nothing())
        show_text(self.prompt, str(record.recipe.get("prompt") or "") if record else "")

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.session.staging.show_sources(())

    def _why_nothing(self) -> str:
        if self._seen is None or not self.session.layers.pick_colour(*self._seen):
            return INVITATION
        return NOT_PAINTED


def facts_of(record: PatchRecord) -> dict[str, str]:
    recipe, bits = record.recipe, record.bits_per_token
    words = (
        str(recipe.get("model", tr("unknown"))), str(recipe.get("seed", tr("unknown"))),
        f"{_number(recipe.get('freedom'), 1.0):.2f}", ORDERS[order_of(recipe)],
        f"{bits:.2f}" if math.isfinite(bits) else tr("not measured"),
    )  # fmt: skip
    return dict(zip(FACTS, words, strict=True))


def following(record: PatchRecord) -> dict[str, str]:
    """How the picture was followed, and what came of it where that is known; nothing where it was not."""
    strength, lively = (_number(record.recipe.get(key), 0.0) for key in ("exemplar", "lively"))
    if not strength:
        return {}
    words = [
        tr("{strength:.0f} %, {lively:.0f} % lively").format(strength=100 * strength, lively=100 * lively), "",
        _taken_from(record), "",
    ]  # fmt: skip
    found = record.recipe.get("followed")
    if isinstance(found, dict):
        scale, share = _number(found.get("scale"), 1.0), _number(found.get("verbatim"), 0.0)
        longest = found.get("longest")
        words[1] = tr("full size") if scale == 1 else tr("1 / {scale} of its size").format(scale=f"{scale:.3g}")
        words[3] = f"{100 * share:.0f} %"
        if isinstance(longest, list) and len(longest) == 2 and all(isinstance(side, int) for side in longest):
            words[3] += tr(", at most {width} × {height} px").format(width=longest[0], height=longest[1])
    return {name: text for name, text in zip(FOLLOWING, words, strict=True) if text}


def _taken_from(record: PatchRecord) -> str:
    """This picture, and other ones with their shares of all that was painted."""
    places = sum(not part.reference for part in record.taken)
    names = list(dict.fromkeys(part.reference for part in record.taken if part.reference))
    found = record.recipe.get("followed")
    shares = dict(found.get("shares") or ()) if isinstance(found, dict) else {}
    shown = [f"{name} ({100 * shares[name]:.0f} %)" if name in shares else name for name in names]
    here = [tr("this picture, %n places", "", places)] if places else []
    return "\n".join([*here, *shown]) or tr("no one place")


def options_of(recipe: dict[str, Any]) -> dict[str, Any]:
    """What of a recipe can be chosen again; other things in it are left out, they may be of a later version."""
    found: dict[str, Any] = {"order": order_of(recipe), "prompt": str(recipe.get("prompt") or "")}
    found["freedom"] = min(max(_number(recipe.get("freedom"), 1.0), 0.1), 2.0)
    found["guidance"] = min(max(_number(recipe.get("guidance"), 1.0), 1.0), 6.0)
    found["grain"] = min(max(_number(recipe.get("grain"), 0.0), 0.0), 1.5)
    for key, usual in (("exemplar", 0.0), ("lively", 0.5), ("scale", 0.0)):
        found[key] = min(max(_number(recipe.get(key), usual), 0.0), 4.0 if key == "scale" else 1.0)
    kept = recipe.get("top_p")
    found["top_p"] = None if kept is None else min(max(_number(kept, 1.0), 0.01), 1.0)
    if isinstance(recipe.get("model"), str):
        found["model"] = recipe["model"]
    if isinstance(recipe.get("seed"), int):
        found |= {"seed": recipe["seed"], "seed_locked": True}
    return found


def order_of(recipe: dict[str, Any]) -> Order | None:
    try:
        return Order(recipe.get("order"))
    except ValueError:
        return None


def _number(value: Any, usual: float) -> float:
    return float(value) if isinstance(value, int | float) and math.isfinite(value) else usual
