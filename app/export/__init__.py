"""From a document to pictures that other programs read: streamed where the format allows, whole or not at all."""

from .formats import FORMATS, Format, fitting_tiles, format_of, limits
from .image import ExportPlan, ExportRequest, export, planned

__all__ = [
    "FORMATS",
    "ExportPlan",
    "ExportRequest",
    "Format",
    "export",
    "fitting_tiles",
    "format_of",
    "limits",
    "planned",
]
