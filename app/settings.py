"""Preferences of the program: one table of defaults, one JSON file that a crash cannot leave half written."""

import copy
import json
import os
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.data_folder import data_folder
from app.jobs.engine_place import COMMAND
from app.translation import LANGUAGES, SYSTEM

DEFAULTS: dict[str, Any] = {
    # how it looks
    "theme": "dark",  # dark, light, system
    "ui_scale": 1.0,  # 0.75 to 2; of everything but the picture; takes effect at the next start
    "language": SYSTEM,  # system, or one of app/translation.py; takes effect at the next start
    "reduce_motion": False,
    "layout": "",  # where docks were left, base64
    "geometry": "",  # where the window was left, base64
    # the canvas
    "ground": "paper",  # paper, checker
    "rulers": False,
    "grid": False,  # outlines of the patches
    "minimap": True,
    "doubt": False,  # the map of how unlikely the model found what it painted
    "snap": True,  # regions and pictures to 16 px
    "wheel": "zoom",  # zoom, pan
    "cache_mib": 256,  # 64 to 4096; decoded tiles kept in memory
    # painting
    "engine": "here",  # here, ssh: on another computer
    "engine_host": "",  # its name, as SSH knows it
    "engine_command": COMMAND,  # what starts the engine there
    "device": "auto",  # auto, cpu, cuda; takes effect at the next start of the engine
    "seconds_per_patch": {},  # measured, by model and device
    "exemplar": 1.0,  # 0 to 1; how far the picture is followed
    "lively": 0.5,  # 0 to 1; from calm
    "scale": 0.0,  # 0 to 4; how many times smaller than it is the picture is painted at first; 0 chooses
    "feather": 16.0,  # 0 to 64 px; over which what is replaced goes over into what is around it
    "reference_folders": [],  # the artist's own pictures that words choose from to paint from
    # files
    "recipe_in_png": True,
    "recent": [],  # the latest first
    "recent_colours": [],  # of the brush, as "#c8452f", the latest first
    "welcomed": False,  # the welcome picture is opened once by itself
    "shortcuts": {},  # action → list of keys, only where they differ from the table
}
CHOICES = {
    "language": (SYSTEM, *LANGUAGES),
    "theme": ("dark", "light", "system"),
    "ground": ("paper", "checker"),
    "wheel": ("zoom", "pan"),
    "engine": ("here", "ssh"),
    "device": ("auto", "cpu", "cuda"),
}
LIMITS = {
    "ui_scale": (0.75, 2.0), "cache_mib": (64, 4096), "exemplar": (0.0, 1.0), "lively": (0.0, 1.0), "scale": (0.0, 4.0),
    "feather": (0.0, 64.0),
}  # fmt: skip
RECENT = 12  # names kept
FORMER_ACTIONS = {"unroll_right": "auto_extend_right", "unroll_left": "auto_extend_left"}  # ids before 0.2


class Settings(QObject):
    """Values by name; each change is on the disk when `set` returns."""

    changed = Signal(str)  # the key

    def __init__(self, path: Path | None = None, parent: QObject | None = None):
        super().__init__(parent)
        self.path = path or data_folder() / "settings.json"
        self.problem = ""  # a sentence for the artist when the file could not be read or written
        self._values: dict[str, Any] = self._read()

    def get(self, key: str) -> Any:
        """A copy of the value; KeyError for a name that is not in the table."""
        return copy.deepcopy(self._values.get(key, DEFAULTS[key]))

    def set(self, key: str, value: Any) -> None:
        """Keeps a value; ValueError for one that cannot be meant."""
        if not is_valid(key, value):
            raise ValueError(f"{key} cannot be {value!r}")
        if value == self._values.get(key, DEFAULTS[key]):
            return
        self._values[key] = copy.deepcopy(value)
        self._write()
        self.changed.emit(key)

    def reset(self, key: str) -> None:
        self.set(key, DEFAULTS[key])

    def remember_file(self, path: Path) -> None:
        """Puts a file at the head of the recent ones."""
        name = str(path.absolute())
        self.set("recent", [name, *(each for each in self.get("recent") if each != name)][:RECENT])

    def forget_file(self, path: Path | str) -> None:
        self.set("recent", [each for each in self.get("recent") if each != str(path)])

    def _read(self) -> dict[str, Any]:
        try:
            found = json.loads(self.path.read_text(encoding="utf-8"))
            if not isinstance(found, dict):
                raise ValueError("not a table")
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, RecursionError):
            self._set_aside()
            return {}
        # Keys of a later version are kept for it; values that make no sense fall back one by one.
        valid = {key: value for key, value in found.items() if key not in DEFAULTS or is_valid(key, value)}
        if "shortcuts" in valid:
            valid["shortcuts"] = {FORMER_ACTIONS.get(name, name): keys for name, keys in valid["shortcuts"].items()}
        return valid

    def _set_aside(self) -> None:
        aside = self.path.with_name(f"settings-damaged-{time.strftime('%Y%m%d-%H%M%S')}.json")
        with suppress(OSError):
            os.replace(self.path, aside)
        self.problem = f"The settings could not be read, so the usual ones are used. The old file is kept as {aside}."

    def _write(self) -> None:
        """Beside the file and then in its place: a reader finds the old values or the new ones."""
        part = self.path.with_name(f"{self.path.name}.{os.getpid()}.part")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            part.write_text(json.dumps(self._values, indent=1, ensure_ascii=False), encoding="utf-8")
            os.replace(part, self.path)
        except OSError as error:
            with suppress(OSError):
                part.unlink(missing_ok=True)
            reason = error.strerror or error
            self.problem = (
                f"The settings hold until you close the program, but cannot be written to {self.path}: {reason}."
            )


def is_valid(key: str, value: Any) -> bool:
    """Of the kind of the default, one of the choices where there are some, within the limits where there are some."""
    default = DEFAULTS[key]
    if isinstance(default, bool):
        return isinstance(value, bool)
    if isinstance(default, int | float):
        low, high = LIMITS.get(key, (-1e9, 1e9))
        kind = int if isinstance(default, int) else (int, float)
        return isinstance(value, kind) and not isinstance(value, bool) and low <= value <= high
    return isinstance(value, type(default)) and (key not in CHOICES or value in CHOICES[key])
