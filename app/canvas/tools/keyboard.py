"""The keys of the canvas: letters that take a tool or lend it while they are held, those of staging, and Escape.

What a key means is read from the table of actions, with what the artist has bound otherwise. The window's own entries
come before all this; what reaches the canvas is a letter to be held, and all of them where there is no menu.
"""

import time
from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from app.action_keys import keys_of
from app.actions import ACTIONS
from app.canvas.tools.base import Tool
from app.session import TOOLS, Session

HOLD = 0.3  # seconds after which a key was held, and the former tool returns when it is let go
MODIFIERS = {
    Qt.Key.Key_Shift: Qt.KeyboardModifier.ShiftModifier,
    Qt.Key.Key_Alt: Qt.KeyboardModifier.AltModifier,
    Qt.Key.Key_Control: Qt.KeyboardModifier.ControlModifier,
}
STAGING = ("previous", "next", "accept", "one_more")


class Toolkit(Protocol):
    """The tools as the keyboard needs them."""

    session: Session
    tools: dict[str, Tool]

    @property
    def rerolling(self) -> bool: ...
    @rerolling.setter
    def rerolling(self, wanted: bool) -> None: ...
    @property
    def busy(self) -> bool: ...
    def smaller(self) -> None: ...
    def larger(self) -> None: ...
    def swap_colours(self) -> None: ...
    def default_colours(self) -> None: ...
    def cancel(self) -> bool: ...
    def modify(self, modifiers: Qt.KeyboardModifier) -> None: ...


class ToolKeyboard:
    """`meanings` are the actions of the canvas by key, with its modifiers."""

    def __init__(self, toolbox: Toolkit):
        self._toolbox, self._session = toolbox, toolbox.session
        self._held: tuple[int, str, float] | None = None  # key, tool before, since when
        self.meanings: dict[int, str] = {}
        self._commands: dict[str, Callable[[], object]] = {
            "smaller": toolbox.smaller,
            "larger": toolbox.larger,
            "swap": toolbox.swap_colours,
            "default": toolbox.default_colours,
            "previous": lambda: self._session.staging.next_variant(-1),
            "next": lambda: self._session.staging.next_variant(1),
            "accept": lambda: self._session.staging.accept(),
            "one_more": lambda: self._session.staging.one_more(),
        }
        self._session.settings.changed.connect(self._setting)
        self._setting("shortcuts")

    def _setting(self, key: str) -> None:
        if key == "shortcuts":
            letters = {*TOOLS, *self._commands}
            found = {
                QKeySequence(keys): action.id
                for action in ACTIONS
                for keys in (keys_of(action, self._session.settings) if action.canvas or action.id in letters else ())
            }
            self.meanings = {keys[0].toCombined(): name for keys, name in found.items() if keys.count() == 1}  # type: ignore[index]

    def meaning(self, event: QKeyEvent) -> str:
        """The action that a key stands for, or nothing; a sign may need Shift on one keyboard and not on another."""
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        ways = [modifiers]
        if event.text() and event.text().isprintable() and not event.text().isalnum():
            ways.append(modifiers & ~Qt.KeyboardModifier.ShiftModifier)
        codes = (QKeyCombination(way, Qt.Key(event.key())).toCombined() for way in ways)
        return next((self.meanings[code] for code in codes if code in self.meanings), "")

    # ---- what comes from the view

    def key(self, event: QKeyEvent, pressed: bool) -> bool:
        """Whether the key meant something."""
        if event.key() in MODIFIERS:
            self._modifier(event, pressed)
            return False
        if not pressed:
            return self._let_go(event)
        if event.key() == Qt.Key.Key_Escape:
            return self._escape(event)
        if self._toolbox.busy:  # nothing else begins amid a gesture
            return not event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier)
        return self._letter(event) or self._toolbox.tools[self._session.tool].key(event)

    def hold(self, event: QKeyEvent) -> None:
        """A letter of a tool goes down: the chosen tool is remembered."""
        if self._held is None and not event.isAutoRepeat() and self.meaning(event) in TOOLS:
            self._held = event.key(), self._session.tool, time.monotonic()

    def let_go(self) -> None:
        """The keyboard belongs to something else now."""
        self._held = None

    # ---- what keys do

    def _letter(self, event: QKeyEvent) -> bool:
        name = self.meaning(event)
        if name in TOOLS:
            self.hold(event)
            self._session.set_tool(name)
            return True
        if name not in self._commands or (name in STAGING and not self._is_staged(name)):
            return False
        self._commands[name]()
        return True

    def _is_staged(self, name: str) -> bool:
        """Variants lie on the canvas, and no region is being prepared; while some are painted, others are looked at."""
        group = self._session.staging.current
        if group is None or self._session.region is not None:
            return False
        if name in ("previous", "next"):
            return len(group.jobs) > 1
        return (group.shown.state if name == "accept" else group.state) == "done"

    def _let_go(self, event: QKeyEvent) -> bool:
        """The tool before comes back when its key was held, not tapped."""
        if self._held is None or event.isAutoRepeat() or event.key() != self._held[0]:
            return False
        (_, before, since), self._held = self._held, None
        if time.monotonic() - since > HOLD and self._session.tool == self.meaning(event):
            self._toolbox.cancel()
            self._session.set_tool(before)
        return True

    def _modifier(self, event: QKeyEvent, pressed: bool) -> None:
        """Shift and Alt act at once, without waiting for the pointer to move."""
        own = MODIFIERS[Qt.Key(event.key())]
        self._toolbox.modify(event.modifiers() | own if pressed else event.modifiers() & ~own)

    def _escape(self, event: QKeyEvent) -> bool:
        """Step by step: the gesture, picking a patch, the region, what is staged."""
        toolbox, session = self._toolbox, self._session
        group = session.staging.current
        if toolbox.cancel():
            return True
        if toolbox.rerolling:
            toolbox.rerolling = False
        elif session.region is not None:
            session.set_region(None)
        elif group is not None and group.state == "done" and self.meaning(event) == "discard":
            session.staging.discard(group)
        else:
            return False
        return True
