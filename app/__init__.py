"""The desktop program and its command line; torch is imported only behind `app.cli` and the job queue."""


def version() -> str:
    """The version that is installed; "0" for a checkout that is not."""
    from importlib import metadata

    try:
        return metadata.version("handscroll")
    except metadata.PackageNotFoundError:
        return "0"
