"""Which files are pictures."""

from pathlib import Path

SUFFIXES = {".png", ".jpg", ".jpeg", ".webp", ".tif", ".tiff", ".bmp"}


def picture_files(folder: Path) -> list[Path]:
    """Everything in a folder and below that is called like a picture, in order."""
    return sorted(p for p in folder.rglob("*") if p.suffix.lower() in SUFFIXES)
