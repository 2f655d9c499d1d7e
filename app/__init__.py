"""The desktop program and its command line; torch is imported only behind `app.cli` and the job queue."""

from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as _version_of


def version() -> str:
    """The version that is installed; "0" for a checkout that is not."""
    try:
        return _version_of("handscroll")
    except PackageNotFoundError:
        return "0"
