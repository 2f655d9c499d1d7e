"""Where the engine runs: a process on this computer, or one on another that SSH starts with the user's own keys.

SSH asks nothing (there is no terminal to ask in), opens no port, and gives up on a line that has been dead for 45 s.
"""

import os
import re
import shlex
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.translation import tr

ROOT = Path(__file__).parents[2]
COMMAND = "handscroll engine --stdio"
SSH = (
    "ssh", "-T", "-o", "BatchMode=yes", "-o", "ClearAllForwardings=yes", "-o", "ConnectTimeout=20",
    "-o", "ServerAliveInterval=15", "-o", "ServerAliveCountMax=3",
)  # fmt: skip
HOST = re.compile(r"[^\s-]\S*")  # a name that begins with a minus would be an option of SSH
FAILED = 255  # what SSH ends with where it does so for its own reasons
NOT_FOUND = 127  # what a shell ends with that does not know the command


@dataclass(frozen=True)
class EnginePlace:
    """host: as in the user's SSH configuration; empty is this computer. command: what starts the engine there.

    card: which graphics card it computes on, where there are several.
    """

    elsewhere: bool = False
    host: str = ""
    command: str = COMMAND
    card: int = 0

    @property
    def problem(self) -> str:
        """Why there can be no engine, in a sentence; empty where there can."""
        if not self.elsewhere or HOST.fullmatch(self.host):
            return ""
        return tr("Name the computer that paints, as your SSH configuration does, under Settings › Engine.")

    def arguments(self) -> list[str]:
        """The program to be started, and what it is told."""
        card = ["--card", str(self.card)] if self.card else []
        if self.elsewhere:
            return [*SSH, "--", self.host, " ".join([self.command, *card])]
        if getattr(sys, "frozen", False):  # one bundle, which is started as the window was
            return [sys.executable, "engine", "--stdio", *card]
        return [sys.executable, "-P", "-m", "app", "engine", "--stdio", *card]

    def environment(self) -> dict[str, str]:
        """Of the process; on this computer it finds the program whatever folder it is started in."""
        paths = [str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
        return dict(os.environ) if self.elsewhere else {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}

    def how_it_ended(self, code: int | None, said: str, greeted: bool) -> str:
        """An exit code in words. said: the last line on the standard error. greeted: the engine had been there."""
        if not self.elsewhere:
            return how_it_ended(code)
        why = f" ({said})" if said else ""
        if code == NOT_FOUND:
            return tr("{host} does not know the command “{command}”{why}. Settings › Engine has it.").format(
                host=self.host, command=shlex.split(self.command)[0] if self.command.strip() else "", why=why
            )
        if code == FAILED or (code is not None and code < 0):
            broken = tr("The connection to {host} is broken{why}.") if greeted else tr("{host} cannot be reached{why}.")
            return broken.format(host=self.host, why=why)
        return tr("The engine on {host} has ended{why}.").format(host=self.host, why=why)


def place_of(get: Callable[[str], Any], card: int = 0) -> EnginePlace:
    """What the settings say."""
    host, command = str(get("engine_host")).strip(), str(get("engine_command")).strip()
    return EnginePlace(get("engine") == "ssh", host, command, card)


def how_it_ended(code: int | None) -> str:
    """An exit code of a process on this computer in words."""
    if code is not None and code < 0:
        killed, name = -code == getattr(signal, "SIGKILL", 9), _signal_name(-code)
        if killed:
            return tr("The engine was ended from outside, perhaps because the memory of this computer was full.")
        return tr("The engine has crashed ({name}).").format(name=name)
    return (
        tr("The engine has ended unexpectedly.")
        if not code
        else tr("The engine has ended unexpectedly (code {code}).").format(code=code)
    )


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return tr("signal {number}").format(number=number)
