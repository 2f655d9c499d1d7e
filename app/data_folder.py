"""Where the program keeps what is its own: models, studies, settings, and documents without a name."""

import os
import sys
from pathlib import Path

HOME = "HANDSCROLL_DATA"  # names another folder


def data_folder() -> Path:
    """Where this system wants programs to keep what is theirs."""
    if os.environ.get(HOME):
        return Path(os.environ[HOME])
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "Handscroll"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "Handscroll"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "handscroll"
