"""How loops are compiled by numba: for this processor, without Python's lock, and kept on the disk.

What is kept is made anew when the file of a function changes, not those that it calls: functions that call one another
are in one file.
"""

from collections.abc import Callable
from typing import Any

from numba import njit

ORDERED = frozenset[str]()  # every number is rounded as NumPy does it
ANY_ORDER = frozenset({"contract", "nsz", "nnan", "reassoc"})  # sums in the order that is quickest; no number is NaN


def compiled(freedom: frozenset[str]) -> Callable[[Callable[..., Any]], Any]:
    """Compile a function at its first call; freedom: what may be done with sums."""

    def compile_it(function: Callable[..., Any]) -> Any:
        options = {"nogil": True, "fastmath": set(freedom), "error_model": "numpy"}
        try:
            return njit(cache=True, **options)(function)
        except RuntimeError:  # no folder can be written: it is compiled in every process
            return njit(**options)(function)

    return compile_it
