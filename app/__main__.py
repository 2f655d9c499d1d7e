"""`python -m app` is `handscroll`."""

import multiprocessing
import sys

from app.cli import main

if __name__ == "__main__":
    multiprocessing.freeze_support()  # where the program is one bundle, the engine starts as this very file
    sys.exit(main())
