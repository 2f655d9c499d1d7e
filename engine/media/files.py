"""Which files are pictures."""

from pathlib import Path

from engine.media.formats import suffixes

SUFFIXES = {*suffixes()} - {".gif"}  # most of these move


def picture_files(folder: Path) -> list[Path]:
    """Everything in a folder and below that is called like a picture, in order."""
    return sorted(p for p in folder.rglob("*") if p.suffix.lower() in SUFFIXES)
