"""The keys of the actions: those of the table, or what the artist has bound otherwise in the settings."""

from PySide6.QtGui import QKeySequence

from app.actions import ACTIONS, BY_ID, INNER_MENUS, MENUS, Action
from app.settings import Settings

SHORT = {"Return": "Enter", "Left": "←", "Right": "→", "Up": "↑", "Down": "↓"}


def menu_name(path: str) -> str:
    """The last menu of a path, in words."""
    name = path.rpartition("/")[2]
    return MENUS[name] if path in MENUS else INNER_MENUS[name]


def keys_of(action: Action, settings: Settings) -> tuple[str, ...]:
    """The keys in effect."""
    bound = settings.get("shortcuts").get(action.id)
    return action.keys if not isinstance(bound, list) else tuple(str(key) for key in bound)


def bind(settings: Settings, action: Action, keys: tuple[str, ...]) -> None:
    """Binds other keys to an action, none for none; what the table says needs no entry."""
    bound = settings.get("shortcuts")
    bound.pop(action.id, None)
    if tuple(keys) != action.keys:
        bound[action.id] = list(keys)
    settings.set("shortcuts", bound)


def conflicts(settings: Settings, action: Action, keys: tuple[str, ...]) -> list[Action]:
    """The other actions that one of these keys would call."""
    wanted = {normal(key) for key in keys}
    others = (other for other in ACTIONS if other is not action)
    return [other for other in others if wanted & {normal(key) for key in keys_of(other, settings)}]


def normal(key: str) -> str:
    """`ctrl+enter` and `Ctrl+Return` are one key to the hand."""
    text = QKeySequence(key).toString(QKeySequence.SequenceFormat.PortableText)
    return text.removesuffix("Enter") + "Return" if text.endswith("Enter") else text


def shown(keys: tuple[str, ...]) -> str:
    """As the system writes keys; the first is enough for a menu or a tooltip."""
    return QKeySequence(keys[0]).toString(QKeySequence.SequenceFormat.NativeText) if keys else ""


def hint(settings: Settings, name: str) -> str:
    """The first key of an action in words, as they stand on the keys; empty without one."""
    keys = shown(keys_of(BY_ID[name], settings))
    for long, short in SHORT.items():
        keys = keys.replace(long, short)
    return keys


def hinted(text: str, settings: Settings, name: str) -> str:
    """A text with the key of an action behind it: `Accept (Enter)`."""
    keys = hint(settings, name)
    return f"{text} ({keys})" if keys else text
