"""`python -m app` is `handscroll`."""

import multiprocessing
import os
import sys

from app.cli import main


def hide_bundle() -> None:
    """Let programs that a bundle starts, such as SSH and the browser, find the libraries of the system, not its own.

    The linker has read the variable when a process begins. Where the bundle starts itself, it sets it anew.
    """
    os.environ.pop("LD_LIBRARY_PATH", None)
    if (before := os.environ.pop("LD_LIBRARY_PATH_ORIG", None)) is not None:
        os.environ["LD_LIBRARY_PATH"] = before
    os.environ["PYINSTALLER_RESET_ENVIRONMENT"] = "1"


if __name__ == "__main__":
    if getattr(sys, "frozen", False):
        hide_bundle()
    multiprocessing.freeze_support()  # in a bundle, processes that draw training data start as this very file
    sys.exit(main())
