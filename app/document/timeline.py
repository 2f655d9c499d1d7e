"""Clips, their frames and keyframes: rows with a history like layers have; the pixels of a frame are a layer."""

import json
from dataclasses import dataclass, field
from typing import Any

from .file import DocumentFile
from .history import History
from .trouble import damaged, told


@dataclass(frozen=True)
class Clip:
    """A moving part of the picture; `rate` in frames a second, `start` and `length` in frames."""

    id: int
    name: str
    layer: int | None = None
    rate: float = 12.0
    start: int = 0
    length: int = 1
    place: int = 0


@dataclass(frozen=True)
class Frame:
    """state: waiting, painting, done or stale."""

    id: int
    clip: int
    number: int
    layer: int | None = None
    state: str = "waiting"


@dataclass(frozen=True)
class Keyframe:
    """What the artist fixes at a frame; `value` holds prompt, strength and whatever else belongs to it."""

    id: int
    clip: int
    number: int
    layer: int | None = None
    value: dict[str, Any] = field(default_factory=dict)


class Timeline:
    def __init__(self, file: DocumentFile, history: History):
        self._file, self._history = file, history

    def clips(self) -> list[Clip]:
        rows = self._rows("id, name, layer, rate, start, length, place FROM clips WHERE present = 1 ORDER BY place, id")
        return [Clip(*row) for row in rows]

    def frames(self, clip: int) -> list[Frame]:
        what = "id, clip, number, layer, state FROM frames WHERE clip = ? AND present = 1 ORDER BY number"
        return [Frame(*row) for row in self._rows(what, clip)]

    def keyframes(self, clip: int) -> list[Keyframe]:
        what = "id, clip, number, layer, value FROM keyframes WHERE clip = ? AND present = 1 ORDER BY number"
        try:
            return [
                Keyframe(id, of, at, layer, json.loads(value)) for id, of, at, layer, value in self._rows(what, clip)
            ]
        except (ValueError, TypeError) as error:
            raise damaged(self._file.path, "a keyframe is not readable") from error

    def add_clip(self, name: str, **values: Any) -> int:
        return self._add("clips", f"Add {name}", name=name, **values)

    def add_frame(self, clip: int, number: int, **values: Any) -> int:
        return self._add("frames", "Add frame", clip=clip, number=number, **values)

    def add_keyframe(self, clip: int, number: int, value: dict[str, Any], layer: int | None = None) -> int:
        return self._add("keyframes", "Add keyframe", clip=clip, number=number, value=json.dumps(value), layer=layer)

    def change(self, kind: str, item: int, name: str, **values: Any) -> None:
        """Gives a clip, frame or keyframe (`kind` is its table) other values; present=0 deletes it."""
        values = {key: json.dumps(value) if isinstance(value, dict) else value for key, value in values.items()}
        with self._history.edit(name) as edit:
            edit.change(kind, item, **values)

    def _add(self, kind: str, entry: str, **values: Any) -> int:
        with self._history.edit(entry) as edit:
            item = edit.add(kind, **values)
            edit.change(kind, item, present=1)
        return item

    def _rows(self, what: str, *values: Any) -> list[tuple]:
        with told(self._file.path):
            return self._file.db.execute(f"SELECT {what}", values).fetchall()
