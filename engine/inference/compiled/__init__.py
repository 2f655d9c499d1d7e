"""Loops that numba compiles: for this processor, without Python's lock, and kept on the disk.

What is kept lies in a folder of its own for each state of this package, so whatever changes in it is compiled anew. By
itself numba would see changes of a function's own file alone, and not those of what it calls or is given. In a bundle
it asks the program's file, wherever a function stands; so that file belongs to the state there.
"""

import hashlib
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numba
from numba.core import config
from numba.misc.appdirs import AppDirs

ORDERED = frozenset[str]()  # every number is rounded as NumPy does it
FUSED = frozenset({"contract", "nsz", "nnan"})  # a product and the sum that takes it may be one operation; no NaN
ANY_ORDER = frozenset({"contract", "nsz", "nnan", "reassoc"})  # sums in the order that is quickest; no number is NaN

HERE = Path(__file__).parent
BUNDLED: bool = getattr(sys, "frozen", False)
SETTINGS: Any = config


def _state() -> str:
    """What the files of this package hold, and the program of a bundle."""
    files = [*sorted(HERE.glob("*.py")), *([Path(sys.executable)] if BUNDLED else [])]
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in files)).hexdigest()[:16]


def kept_in() -> Path | None:
    """The folder of what is compiled: beside the source or in the user's cache; None where neither can be written.

    A bundle stays as it was unpacked.
    """
    cache = Path(AppDirs("handscroll", False).user_cache_dir)
    for folder in (cache,) if BUNDLED else (HERE / "__pycache__", cache):
        kept = folder / f"compiled-{_state()}"
        try:
            kept.mkdir(parents=True, exist_ok=True)
        except OSError:
            continue
        if os.access(kept, os.W_OK):
            return kept
    return None


def _forget_others(kept: Path) -> None:
    """Remove what earlier states of the package have left beside the source."""
    if kept.parent.parent == HERE:
        for other in kept.parent.glob("compiled-*"):
            if other != kept:
                shutil.rmtree(other, ignore_errors=True)


KEPT = kept_in()
if KEPT:
    _forget_others(KEPT)


def compiled(freedom: frozenset[str]) -> Callable[[Callable[..., Any]], Any]:
    """Compile a function at its first call; freedom: what may be done with sums.

    Where nothing can be kept, it is compiled in every process.
    """

    def compile_it(function: Callable[..., Any]) -> Any:
        before, SETTINGS.CACHE_DIR = SETTINGS.CACHE_DIR, str(KEPT or "")
        try:
            options = {"nogil": True, "fastmath": set(freedom), "error_model": "numpy"}
            return numba.njit(cache=KEPT is not None, **options)(function)
        finally:
            SETTINGS.CACHE_DIR = before

    return compile_it
