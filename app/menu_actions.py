"""The table of actions as living ones of a window: their keys, their checks, and whether they can be done now."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence

from app.action_keys import keys_of
from app.actions import ACTIONS, Action
from app.translation import tr
from app.workbench import Workbench


class Actions:
    """The table as living actions of a window."""

    def __init__(self, window: Workbench):
        self._window = window
        self.made: dict[str, QAction] = {}
        for action in ACTIONS:
            self._make(action)
        settings, session = window.settings, window.session
        settings.changed.connect(self._setting)
        for signal in (
            session.opened, session.layers_changed, session.history_changed, session.selection_changed,
            session.region_changed, session.options_changed, session.staging_changed, session.queue.changed,
            session.timeline.clips_changed,
            session.timeline.selected_changed, session.timeline.playback.settings_changed,
        ):  # fmt: skip
            signal.connect(self.refresh)
        self.refresh()
        self._setting("shortcuts")

    def __getitem__(self, name: str) -> QAction:
        return self.made[name]

    def _make(self, action: Action) -> None:
        made = QAction(action.text, self._window)
        made.setObjectName(action.id)
        made.setMenuRole(QAction.MenuRole.NoRole)  # macOS would move entries by guessing at their words
        made.setCheckable(bool(action.checkable or action.checked))
        made.triggered.connect(partial(self._run, action))
        if action.canvas:
            made.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        (self._window.view if action.canvas else self._window).addAction(made)
        self.made[action.id] = made

    def _run(self, action: Action, *_: object) -> None:
        if action.checkable:
            self._check(action)  # Qt has turned it already; the setting decides
        action.run(self._window)
        if action.checked:
            self.made[action.id].setChecked(action.checked(self._window.session))

    def refresh(self, *_: object) -> None:
        """What can be done now; undo, redo and Delete say what."""
        session = self._window.session
        for action in ACTIONS:
            if action.enabled:
                self.made[action.id].setEnabled(action.enabled(session))
            if action.checked:
                self.made[action.id].setChecked(action.checked(session))
        history = session.document.history
        self.made["undo"].setText(tr("Undo {step}").format(step=history.undo_name) if history.undo_name else tr("Undo"))
        self.made["redo"].setText(tr("Redo {step}").format(step=history.redo_name) if history.redo_name else tr("Redo"))
        self.made["delete"].setText(tr("Clear Region") if session.region else tr("Delete Layer"))

    def _setting(self, key: str) -> None:
        for action in ACTIONS:
            if key == "shortcuts":
                self.made[action.id].setShortcuts(
                    [QKeySequence(each) for each in keys_of(action, self._window.settings)]
                )
            if action.checkable and key in ("shortcuts", action.checkable):
                self._check(action)

    def _check(self, action: Action) -> None:
        value = self._window.settings.get(action.checkable)
        self.made[action.id].setChecked(value is True if action.value is None else value == action.value)
