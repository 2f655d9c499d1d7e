"""What is saved: layers of tiles, history, jobs and recipes, in one SQLite file; knows no window and no engine."""

from .document import Document, GuideLine, PatchRecord
from .geometry import Region
from .jobs import Job
from .preview import thumbnail_of
from .reading import Layer, Reader
from .recovery import Recoverable, recoverable
from .tiles import Damaged, Surface

__all__ = [
    "Damaged",
    "Document",
    "GuideLine",
    "Job",
    "Layer",
    "PatchRecord",
    "Reader",
    "Recoverable",
    "Region",
    "Surface",
    "recoverable",
    "thumbnail_of",
]
