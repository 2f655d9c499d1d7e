"""`python -m app` is `handscroll`."""

import multiprocessing
import sys

from app.cli import main

if __name__ == "__main__":
    multiprocessing.freeze_support()  # in a bundle, processes that draw training data start as this very file
    sys.exit(main())
